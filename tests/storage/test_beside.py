"""A change in an open window, while the file on disk can no longer be read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from roadmap.loading.progress_text import parse_progress
from roadmap.model.edit import edit
from roadmap.model.errors import BrokenProgress, ConflictedProgress, NewerProgress, ProgressError
from roadmap.model.progress import State
from roadmap.storage.resolve import resolve
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TEXT = 'schema = 1\n\n[t.m]\nstate = "todo"  # mine\n\n[t.n]\nstate = "todo"\n'
CONFLICT = TEXT.replace(
    'state = "todo"  # mine', '<<<<<<< a\nstate = "todo"\n=======\nstate = "done"\n>>>>>>> b'
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "work").mkdir()
    file = tmp_path / "work" / "progress.toml"
    file.write_text(TEXT)
    return Store(file, tmp_path / "state", lambda: datetime(2026, 11, 24, 10, 0))


def names(store: Store) -> list[str]:
    return sorted(path.name for path in store.path.parent.iterdir())


@pytest.mark.parametrize(
    ("content", "kind"),
    [(CONFLICT, ConflictedProgress), ("x = =\n", BrokenProgress), ("schema = 9\n", NewerProgress)],
)
def test_changes_go_beside_it_and_the_error_says_where(
    store: Store, content: str, kind: type[ProgressError]
) -> None:
    base = store.load()
    store.path.write_text(content)
    for number, address in enumerate(("t/m", "t/n")):
        with pytest.raises(kind, match=r"kept beside it, in progress\.toml\.mine-2026-11-24\.") as caught:
            store.change([edit(address, "state", "done")], "done", base=base)
        assert "take over" in caught.value.help
        assert names(store) == ["progress.toml", "progress.toml.mine-2026-11-24"]
        kept = (store.path.parent / "progress.toml.mine-2026-11-24").read_text()
        assert kept.count('"done"') == number + 1  # changes of one window come together
        assert "# mine" in kept
    assert parse_progress(kept).entry("t/m").state is State.DONE
    assert store.path.read_text() == content


def test_what_another_window_put_there_stays(store: Store) -> None:
    base = store.load()
    store.path.write_text("x = =\n")
    other = Store(store.path, store.state_dir, store.clock)
    for window, address in ((store, "t/m"), (other, "t/n")):
        with pytest.raises(BrokenProgress):
            window.change([edit(address, "state", "done")], "done", base=base)
    assert names(store) == [
        "progress.toml",
        "progress.toml.mine-2026-11-24",
        "progress.toml.mine-2026-11-24-2",
    ]


def test_once_it_can_be_read_again_changes_go_into_it_and_resolve_names_the_rest(store: Store) -> None:
    base = store.load()
    store.path.write_text(CONFLICT)
    with pytest.raises(ConflictedProgress):
        store.change([edit("t/n", "state", "done")], "done", base=base)
    result = resolve(store)
    assert result is not None
    assert "progress.toml.mine-2026-11-24" in result.notes[0]
    after = store.change([edit("t/n", "note", "x")], "note", base=base)
    assert after.progress.entry("t/n").note == "x"
    assert after.progress.entry("t/m").state is State.DONE


def test_a_command_that_never_saw_the_file_leaves_nothing_behind(store: Store) -> None:
    store.path.write_text("x = =\n")
    with pytest.raises(BrokenProgress):
        store.change([edit("t/n", "state", "done")], "done")
    assert names(store) == ["progress.toml"]


def test_what_was_put_beside_goes_when_it_is_saved_after_all(store: Store) -> None:
    base = store.load()
    store.path.write_text(CONFLICT)
    first, second = edit("t/m", "state", "done"), edit("t/n", "state", "done")
    for one in (first, second):
        with pytest.raises(ConflictedProgress):
            store.change([one], "done", base=base)
    store.path.write_text(TEXT)
    store.change([second, first], "done", base=base)
    assert names(store) == ["progress.toml"]
    assert parse_progress(store.path.read_text()).entry("t/m").state is State.DONE


@pytest.mark.parametrize("touched", [True, False])
def test_what_was_put_beside_stays_when_some_of_it_is_not_saved_or_somebody_changed_it(
    store: Store, touched: bool
) -> None:
    base = store.load()
    store.path.write_text("x = =\n")
    first, second = edit("t/m", "state", "done"), edit("t/n", "state", "done")
    for one in (first, second):
        with pytest.raises(BrokenProgress):
            store.change([one], "done", base=base)
    mine = store.path.parent / "progress.toml.mine-2026-11-24"
    if touched:
        mine.write_text(mine.read_text() + "# looked at\n")
    kept = mine.read_bytes()
    store.path.write_text(TEXT)
    store.change([first, second] if touched else [second], "done", base=base)
    assert mine.read_bytes() == kept
