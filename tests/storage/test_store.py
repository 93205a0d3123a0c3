"""A progress file on disk: loaded, changed and taken back without losing what anybody wrote."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import textwrap
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import filelock
import pytest

from roadmap.model.errors import (
    BrokenProgress,
    ConflictedProgress,
    EditRefused,
    NewerProgress,
    ProgressError,
    SaveFailed,
    UndoRefused,
    UnreadableProgress,
)
from roadmap.model.progress import Entry, Progress, State
from roadmap.storage import store as store_module
from roadmap.storage.atomic import ABSENT
from roadmap.storage.backups import KEPT_BACKUPS
from roadmap.storage.edits import Edit, outline
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

MILESTONES = [f"t/m{n}" for n in range(5)]
ORDER = [address for m in MILESTONES for address in (m, f"{m}/a", f"{m}/b")]
DONE = [Edit(("t", "m1", "state"), "done")]


class Clock:
    now = datetime(2026, 11, 24, 10, 0)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    (tmp_path / "work").mkdir()
    return Store(tmp_path / "work" / "progress.toml", tmp_path / "state", clock)


@pytest.fixture
def started(store: Store) -> Store:
    store.create(outline("t", 6, MILESTONES))
    return store


def state(store: Store, address: str) -> State:
    return store.load().progress.entry(address).state


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_does_not_exist_is_empty(store: Store) -> None:
    snapshot = store.load()
    assert snapshot == (Progress(), "", None, False, ())
    assert not store.changed(snapshot)
    assert not store.path.exists()
    assert not store.state_dir.exists()


def test_a_first_file_is_created_once(store: Store) -> None:
    text = outline("t", 6, MILESTONES)
    snapshot = store.create(text)
    assert snapshot.exists
    assert snapshot.text == store.path.read_text() == text
    assert snapshot == store.load()
    with pytest.raises(SaveFailed, match="already holds progress"):
        store.create(outline("u", 1, []))
    assert store.path.read_text() == text


def test_an_empty_file_may_be_filled_and_folders_are_made(store: Store, tmp_path: Path) -> None:
    store.path.write_text(" \n")
    assert store.create("schema = 1\n").text == "schema = 1\n"
    deep = Store(tmp_path / "a" / "b" / "progress.toml", tmp_path / "state")
    assert deep.create("schema = 1\n").exists
    with pytest.raises(BrokenProgress):
        Store(tmp_path / "c.toml", tmp_path / "state").create("a = ")
    assert not (tmp_path / "c.toml").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProgressError):
        Store(tmp_path / "file" / "progress.toml", tmp_path / "state").create("")
    with pytest.raises(SaveFailed, match="lock"):
        Store(tmp_path / "progress.toml", tmp_path / "file").create("")


def test_a_change_is_saved_and_returned(started: Store) -> None:
    snapshot = started.change(DONE, "done: m1", ORDER)
    assert snapshot.progress.entry("t/m1") == Entry(State.DONE)
    assert snapshot == started.load()
    assert snapshot.warnings == ()
    assert files(started.path.parent) == ["progress.toml"]


def test_a_change_to_no_file_creates_it(store: Store) -> None:
    store.change([Edit(("t", "m1", "note"), "x")], "note", ORDER)
    assert store.path.read_text() == 'schema = 1\n\n[t.m1]\nnote = "x"\n'


def test_a_change_that_changes_nothing_writes_nothing(started: Store) -> None:
    before = started.path.stat()
    kept = started.change([Edit(("t", "m1", "state"), "todo"), Edit(("t", "m1", "on"), None)], "nothing")
    assert kept == started.load()
    after = started.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not (started.state_dir / "backups").exists()
    assert started.undo() is None


def test_line_endings_mark_and_mode_survive(started: Store) -> None:
    data = b"\xef\xbb\xbf" + started.path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    started.path.write_bytes(data)
    started.path.chmod(0o640)
    started.change(DONE, "done", ORDER)
    new = started.path.read_bytes()
    assert new == data.replace(b'[t.m1]\r\nstate = "todo"', b'[t.m1]\r\nstate = "done"')
    assert stat.S_IMODE(started.path.stat().st_mode) == 0o640


def test_what_somebody_else_wrote_meanwhile_survives(started: Store) -> None:
    started.load()
    theirs = started.path.read_text().replace('[t.m3]\nstate = "todo"', '[t.m3]\nstate = "done" # by hand')
    started.path.write_text(theirs)
    started.change(DONE, "done", ORDER)
    text = started.path.read_text()
    assert 'state = "done" # by hand' in text
    assert state(started, "t/m1") is state(started, "t/m3") is State.DONE


def test_whether_it_changed_is_judged_by_content(started: Store) -> None:
    snapshot = started.load()
    assert not started.changed(snapshot)
    os.utime(started.path, (1, 1))
    assert not started.changed(snapshot)
    started.path.write_text(snapshot.text.replace("todo", "done", 1))
    assert started.changed(snapshot)
    started.path.write_text(snapshot.text)
    assert not started.changed(snapshot)
    started.path.unlink()
    assert started.changed(snapshot)
    assert not started.changed(started.load())
    os.mkfifo(started.path)
    assert started.changed(snapshot)


def test_a_new_file_is_a_change(store: Store) -> None:
    empty = store.load()
    store.path.write_text("")
    assert store.changed(empty)


BAD = {
    "broken": ("schema = 1\n[t.m1]\nstate = \n", BrokenProgress),
    "conflict": ("<<<<<<< HEAD\nschema = 1\n=======\nschema = 1 \n>>>>>>> x\n", ConflictedProgress),
    "two copies": ("[t.m1]\nstate='todo'\n\n[t.m1]\nstate='done'\n", ConflictedProgress),
    "newer": ("schema = 2\n", NewerProgress),
    "not utf-8": (b"# \xe4\n", UnreadableProgress),
}


@pytest.mark.parametrize(("content", "kind"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_read_is_never_overwritten(
    store: Store, content: str | bytes, kind: type[ProgressError]
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    store.path.write_bytes(data)
    for act in (store.load, lambda: store.change(DONE, "done"), lambda: store.create("schema = 1")):
        with pytest.raises(kind):
            act()
    assert store.path.read_bytes() == data
    assert files(store.path.parent) == ["progress.toml"]


def test_truncated_or_conflicted_anywhere_it_is_never_overwritten(store: Store) -> None:
    data = b'schema = 1\n\n[t.m1]\nstate = "todo"\nnote = """\ntwo\nlines"""\nlinks = ["a"]\n\n[t.m2]\non = 2026-01-01\n'
    lines = data.split(b"\n")
    inside = (5, 6)  # in the note a marker is a part of the note
    cut = [data[:end] for end in range(len(data))]
    marked = [b"\n".join([*lines[:n], b"=======", *lines[n:]]) for n in range(len(lines)) if n not in inside]
    outcomes = []
    for content in cut + marked:
        store.path.write_bytes(content)
        try:
            snapshot = store.change(DONE, "done", ORDER)
        except ProgressError:
            assert store.path.read_bytes() == content
            outcomes.append(False)
        else:
            assert snapshot.progress.entry("t/m1").state is State.DONE
            kept = [line for line in content.split(b"\n") if not line.startswith(b"state")]
            assert set(kept) <= set(store.path.read_bytes().split(b"\n"))
            outcomes.append(True)
    assert not any(outcomes[len(cut) :])
    assert 10 < sum(outcomes) < len(cut)


def test_what_is_no_file_is_never_overwritten(store: Store) -> None:
    store.path.symlink_to(store.path)
    with pytest.raises(UnreadableProgress, match="circle"):
        store.change(DONE, "done")
    store.path.unlink()
    os.mkfifo(store.path)
    with pytest.raises(UnreadableProgress, match="pipe"):
        store.change(DONE, "done")
    store.path.unlink()
    store.path.mkdir()
    with pytest.raises(UnreadableProgress, match="folder"):
        store.change(DONE, "done")
    assert store.path.is_dir()


def test_every_link_to_a_file_is_that_file(started: Store, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(started.path)
    other = Store(link, started.state_dir)
    other.change(DONE, "done", ORDER)
    assert link.is_symlink()
    undone = started.undo()
    assert undone is not None
    assert undone[0] == "done"
    assert state(other, "t/m1") is State.TODO


def test_a_dangling_link_gets_its_target(store: Store, tmp_path: Path) -> None:
    store.path.symlink_to(tmp_path / "later" / "real.toml")
    assert not store.load().exists
    store.create("schema = 1\n")
    assert (tmp_path / "later" / "real.toml").read_text() == "schema = 1\n"
    assert store.path.is_symlink()


def test_a_result_too_large_to_be_read_again_is_refused(started: Store) -> None:
    before = started.path.read_bytes()
    with pytest.raises(ProgressError):
        started.change([Edit(("t", "m1", "note"), "ü" * 2_100_000)], "long")
    assert started.path.read_bytes() == before


def test_a_refused_edit_leaves_everything_as_it_was(started: Store) -> None:
    before = started.path.read_bytes()
    with pytest.raises(EditRefused):
        started.change([*DONE, Edit(("t", "m1"), "x")], "wrong")
    assert started.path.read_bytes() == before
    assert started.undo() is None


def test_a_lock_that_is_held_is_named(started: Store) -> None:
    started.change(DONE, "done", ORDER)
    [name] = (started.state_dir / "locks").iterdir()
    started.lock_timeout = 0.05
    with filelock.FileLock(name), pytest.raises(SaveFailed) as caught:
        started.change([Edit(("t", "m2", "state"), "done")], "more")
    assert str(name) in caught.value.message
    assert state(started, "t/m2") is State.TODO


def test_one_backup_a_day_of_what_was_there_before(started: Store, clock: Clock) -> None:
    first = started.path.read_bytes()
    begin = clock.now
    for day in range(KEPT_BACKUPS + 3):
        clock.now = begin + timedelta(days=day)
        for word in ("learning", "done"):
            started.change([Edit(("t", "m1", "state"), word), Edit(("t", "m1", "note"), f"day {day}")], "x")
        if not day:
            [backup] = (started.state_dir / "backups").glob("*/2026-11-24.toml")
            assert backup.read_bytes() == first
            assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    kept = files(backup.parent)
    assert len(kept) == KEPT_BACKUPS
    assert kept[0] == "2026-11-27.toml"
    assert 'note = "day 15"' in (backup.parent / kept[-1]).read_text()


def test_a_backup_that_cannot_be_written_is_told(started: Store) -> None:
    (started.state_dir / "backups").write_text("in the way")
    snapshot = started.change(DONE, "done", ORDER)
    assert "No backup" in snapshot.warnings[0]
    assert state(started, "t/m1") is State.DONE


def test_a_journal_that_cannot_be_written_is_told(started: Store) -> None:
    (started.state_dir / "journal").write_text("in the way")
    snapshot = started.change(DONE, "done", ORDER)
    assert "cannot be undone" in snapshot.warnings[0]
    assert state(started, "t/m1") is State.DONE


def test_undo_and_redo_survive_the_process(started: Store, clock: Clock) -> None:
    texts = [started.load().text]
    steps: list[list[Edit]] = [
        DONE,
        [Edit(("t", "m2", "a", "state"), "done"), Edit(("t", "m2", "a", "on"), date(2026, 11, 24))],
        [Edit(("t", "m2", "a", "note"), "two\nlines"), Edit(("hours_per_week",), 8)],
    ]
    for number, edits in enumerate(steps):
        texts.append(started.change(edits, f"change {number}", ORDER).text)
    for number in reversed(range(len(steps))):
        done = Store(started.path, started.state_dir, clock).undo(ORDER)
        assert done is not None
        assert (done[0], done[1].text) == (f"change {number}", texts[number])
        assert started.path.read_text() == texts[number]
    assert started.undo() is None
    for number in range(len(steps)):
        done = Store(started.path, started.state_dir, clock).redo(ORDER)
        assert done is not None
        assert (done[0], done[1].text) == (f"change {number}", texts[number + 1])
    assert started.redo() is None


def test_an_undo_keeps_what_others_changed_elsewhere(started: Store) -> None:
    started.change(DONE, "done", ORDER)
    started.path.write_text(started.path.read_text() + "# mine\n")
    assert started.undo() is not None
    assert started.path.read_text().endswith("# mine\n")
    assert state(started, "t/m1") is State.TODO


def test_an_undo_of_what_others_changed_is_refused_and_can_be_had_later(started: Store) -> None:
    before = started.load().text
    mine = started.change(DONE, "mark m1", ORDER).text
    theirs = mine.replace('"done"', '"skipped"')
    started.path.write_text(theirs)
    with pytest.raises(UndoRefused, match="t/m1: state") as caught:
        started.undo()
    assert "mark m1" in caught.value.message
    assert started.path.read_text() == theirs
    started.path.write_text(mine)
    assert started.undo() is not None
    assert started.path.read_text() == before
    started.path.write_text(theirs)
    with pytest.raises(UndoRefused, match="made again"):
        started.redo()


def test_what_others_already_took_back_counts_as_taken_back(started: Store) -> None:
    before = started.load().text
    started.change(DONE, "done", ORDER)
    started.path.write_text(before)
    undone = started.undo()
    assert undone is not None
    assert undone[1].text == before
    assert started.undo() is None


def test_a_value_that_is_never_written_cannot_be_brought_back(started: Store) -> None:
    started.path.write_text("schema = 1\n[t.m1]\nlinks = [1, 2]\n")
    text = started.change([Edit(("t", "m1", "links"), ("x",))], "link", ORDER).text
    with pytest.raises(UndoRefused, match="never writes"):
        started.undo()
    assert started.path.read_text() == text


def test_a_broken_journal_is_no_obstacle(started: Store) -> None:
    started.change(DONE, "done", ORDER)
    [journal] = (started.state_dir / "journal").iterdir()
    journal.write_text("broken")
    assert started.undo() is None
    started.change([Edit(("t", "m2", "state"), "done")], "again", ORDER)
    assert started.undo() is not None


def test_an_editor_that_saves_in_the_same_instant_wins_no_race(
    started: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store_module.write_atomically
    meddled = []

    def meddle(path: Path, data: bytes, *rest: object) -> str | None:
        if not meddled:
            meddled.append(path)
            path.write_text(path.read_text() + "# theirs\n")
        return write(path, data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store_module, "write_atomically", meddle)
    snapshot = started.change(DONE, "done", ORDER)
    assert snapshot.text.endswith("# theirs\n")
    assert snapshot.progress.entry("t/m1").state is State.DONE


def test_who_creates_the_file_first_keeps_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write = store_module.write_atomically

    def meddle(path: Path, data: bytes, *rest: object) -> str | None:
        path.write_text("schema = 1 # theirs\n")
        return write(path, data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store_module, "write_atomically", meddle)
    with pytest.raises(SaveFailed, match="already holds progress"):
        store.create(outline("t", 6, MILESTONES))
    assert store.path.read_text() == "schema = 1 # theirs\n"


def test_something_that_never_stops_writing_is_told(started: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write = store_module.write_atomically

    def meddle(path: Path, data: bytes, *rest: object) -> str | None:
        path.write_text(path.read_text() + "#\n")
        return write(path, data, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(store_module, "write_atomically", meddle)
    with pytest.raises(SaveFailed, match="keeps writing"):
        started.change(DONE, "done", ORDER)
    assert state(started, "t/m1") is State.TODO


def test_who_writes_right_after_the_save_is_noticed(started: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write = store_module.write_atomically

    def then(path: Path, *rest: object) -> str | None:
        warning = write(path, *rest)  # type: ignore[arg-type]
        path.write_text(path.read_text() + "# theirs\n")
        return warning

    monkeypatch.setattr(store_module, "write_atomically", then)
    snapshot = started.change(DONE, "done", ORDER)
    assert snapshot.fingerprint is not None
    assert snapshot.fingerprint.hint == ABSENT
    assert started.changed(snapshot)


WORKER = """
    import pathlib, sys
    from roadmap.storage.edits import Edit
    from roadmap.storage.store import Store
    path, state, name = sys.argv[1:]
    store = Store(pathlib.Path(path), pathlib.Path(state))
    store.lock_timeout = 60
    for number in range(50):
        store.change([Edit(("t", "m1", f"{name}-{number}", "state"), "done")], f"{name} {number}")
"""


def test_two_processes_lose_nothing_of_each_other(started: Store) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WORKER), str(started.path), str(started.state_dir), name]
        )
        for name in ("left", "right")
    ]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    progress = started.load().progress
    done = {address for address, entry in progress.entries.items() if entry.state is State.DONE}
    assert done == {f"t/m1/{name}-{n}" for name in ("left", "right") for n in range(50)}
    assert progress.notices == ()
    undone = 0
    while started.undo() is not None:
        undone += 1
    assert undone == 100
    assert started.load().text == outline("t", 6, MILESTONES)
