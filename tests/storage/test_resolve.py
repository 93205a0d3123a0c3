"""Conflicts of real git, settled: nothing of either side is lost, and the file is left staged."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis.merge import merge
from roadmap.loading.progress_text import parse_progress, read_toml
from roadmap.model.edit import Edit, Value, edit
from roadmap.model.errors import BrokenProgress, ConflictedProgress, NewerProgress, ProgressError, SaveFailed
from roadmap.model.progress import State
from roadmap.storage import resolve as module
from roadmap.storage.edits import apply_edits, outline
from roadmap.storage.resolve import Resolution, resolve
from roadmap.storage.sides import split_copies, split_markers
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MILESTONES = [f"t/m{n}" for n in range(10)]
ITEMS = {m: [f"{m}/i{n}" for n in range(5)] for m in MILESTONES}
ORDER = [address for m in MILESTONES for address in (m, *ITEMS[m])]
BEGUN = MILESTONES[:4]


def started() -> str:
    """Return a file in which the first milestones are begun."""
    text = outline("t", 6, MILESTONES)
    return apply_edits(text, [one for m in BEGUN for one in begin(m)], ORDER)


def begin(milestone: str) -> list[Edit]:
    return [edit(milestone, "state", "learning"), *(edit(item, "state", "todo") for item in ITEMS[milestone])]


START = started()


def change(rng: random.Random, address: str) -> list[Edit]:
    """Return what a person might do to one thing."""
    kind = rng.choice(["done", "done", "state", "note", "lines", "links", "built", "own"])
    day = date(2026, 11, rng.randint(1, 28))
    values: dict[str, dict[str, Value]] = {
        "done": {"state": "done", "on": day},
        "state": {"state": rng.choice(["learning", "skipped", "todo", "doing"])},
        "note": {"note": f"note {rng.randrange(99)}"},
        "lines": {"note": f"one {rng.randrange(99)}\n{rng.choice(['=======', 'two'])}\nthree"},
        "links": {
            "links": tuple(f"https://example.org/{rng.randrange(9)}" for _ in range(rng.randint(1, 3)))
        },
        "built": {"built": f"https://example.org/{rng.randrange(9)}"},
        "own": {"mood": rng.randrange(9)},
    }
    return [edit(address, field, value) for field, value in values[kind].items()]


def edited(rng: random.Random, text: str, addresses: list[str]) -> str:
    for address in addresses:
        text = apply_edits(text, change(rng, address), ORDER)
    return text


def with_comments(rng: random.Random, text: str, sign: str) -> str:
    """Write comments where people write them: on a line, above a table, behind a header or a value."""
    lines = text.splitlines(keepends=True)
    inside = False
    for place, line in enumerate(lines):
        inside ^= line.count('"""') == 1
        if inside or '"""' in line or "#" in line or rng.random() > 0.08:
            continue
        comment = f"# {sign} {rng.randrange(10**9)}"
        if line.startswith("[") and rng.random() < 0.5:
            lines[place] = f"{comment}\n{line}"
        elif line.strip() and not line.rstrip().endswith(("[", ",")):
            lines[place] = f"{line.rstrip()}  {comment}\n"
    return "".join(lines)


def comments(text: str, sign: str) -> set[str]:
    return {line.partition(f"# {sign} ")[2].strip() for line in text.split("\n") if f"# {sign} " in line}


def said(text: str) -> Any:
    """Return what a text says, with a lone text and a list of it made equal."""
    return parse_progress(text)._replace(notices=())


@pytest.fixture
def repo(make_repo: Callable[..., Any]) -> Any:
    return make_repo()


@pytest.fixture
def store(repo: Any, tmp_path: Path) -> Store:
    return Store(repo.file, tmp_path / "state")


def settled(store: Store) -> Resolution:
    result = resolve(store)
    assert result is not None
    assert result.written
    return result


@pytest.mark.parametrize("seed", range(16))
def test_overlapping_edits_are_settled_and_every_comment_survives(repo: Any, store: Store, seed: int) -> None:
    rng = random.Random(seed)
    base = with_comments(rng, START, "base")
    things = rng.sample(ORDER[:24], 6) + rng.sample(ORDER[24:], 2)
    ours, theirs = (
        with_comments(rng, edited(rng, base, rng.sample(things, 5)), sign) for sign in ("ours", "theirs")
    )
    repo.fork(base, ours, theirs)
    if repo.merge():
        return
    result = settled(store)
    assert result.source == "index"
    assert result.staged
    assert not repo.unmerged
    assert said(repo.text) == said_data(merge(*map(read_toml, (base, ours, theirs))).data)
    for sign, side in (("ours", ours), ("theirs", theirs)):
        assert comments(side, sign) <= comments(repo.text, sign)
    assert comments(base, "base") <= comments(repo.text, "base")
    repo.git("commit", "-q", "--no-edit")
    assert not repo.git("status", "--porcelain")


def said_data(data: Any) -> Any:
    import tomli_w

    return said(tomli_w.dumps(data))


def both(field_edits: dict[str, Value], other: dict[str, Value]) -> tuple[str, str]:
    one, two = (
        apply_edits(START, [edit("t/m1/i1", field, value) for field, value in part.items()], ORDER)
        for part in (field_edits, other)
    )
    return one, two


OURS, THEIRS = both(
    {"state": "learning", "note": "mine"}, {"state": "done", "on": date(2026, 11, 3), "note": "yours"}
)


def check(text: str) -> None:
    entry = parse_progress(text).entry("t/m1/i1")
    assert entry.state is State.DONE
    assert entry.on == date(2026, 11, 3)
    assert entry.note == "mine\nyours"


def test_decisions_are_told_and_a_dry_run_writes_nothing(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    assert not repo.merge()
    before = repo.text
    result = resolve(store, dry_run=True)
    assert result is not None
    assert not result.written
    assert not result.staged
    assert result.operation == "merge"
    assert [(d.address, d.field, d.ours, d.theirs, d.chosen) for d in result.decisions] == [
        ("t/m1/i1", "note", "mine", "yours", "mine\nyours"),
        ("t/m1/i1", "on", None, date(2026, 11, 3), date(2026, 11, 3)),
        ("t/m1/i1", "state", "learning", "done", "done"),
    ]
    assert repo.text == before
    assert repo.unmerged
    check(settled(store).text)
    assert resolve(store) is None
    [backup] = (store.state_dir / "backups").glob("*/*-conflict.toml")
    assert backup.read_text() == before


def test_only_the_lines_of_the_conflict_differ_from_what_git_had(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    settled(store)
    new = [line for line in repo.text.splitlines() if line not in OURS.splitlines()]
    assert new == ['state = "done"', 'note = """', "mine", 'yours"""', "on = 2026-11-03"]


@pytest.mark.parametrize("swap", [False, True])
def test_a_rebase_with_the_sides_swapped_comes_to_the_same(repo: Any, store: Store, swap: bool) -> None:
    repo.fork(START, *((THEIRS, OURS) if swap else (OURS, THEIRS)))
    assert "CONFLICT" in repo.git("rebase", "theirs", ok=False)
    result = settled(store)
    assert result.operation == "rebase"
    check(repo.text)
    repo.git("-c", "core.editor=true", "rebase", "--continue")
    check(repo.text)
    assert not repo.git("status", "--porcelain")


def test_a_cherry_pick(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    assert "CONFLICT" in repo.git("cherry-pick", "theirs", ok=False)
    assert settled(store).operation == "cherry-pick"
    check(repo.text)
    repo.git("-c", "core.editor=true", "cherry-pick", "--continue")


def test_a_stash_that_is_put_back(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.git("checkout", "-q", "base")
    repo.file.write_text(THEIRS)
    repo.git("stash", "-q")
    repo.git("checkout", "-q", "ours")
    assert "CONFLICT" in repo.git("stash", "pop", ok=False)
    assert settled(store).operation is None
    check(repo.text)


def test_a_work_tree_and_a_folder_below_the_top(repo: Any, tmp_path: Path) -> None:
    (repo.folder / "deep er").mkdir()
    repo.file = repo.folder / "deep er" / "mein fortschritt ü*.toml"
    texts = {"base": START, "theirs": THEIRS, "ours": OURS}
    for branch, text in texts.items():
        repo.git("checkout", "-q", "-B", branch, *([] if branch == "base" else ["base"]))
        repo.file.parent.mkdir(exist_ok=True)
        repo.commit(text)
    tree = tmp_path / "tree"
    repo.git("worktree", "add", "-q", "-b", "third", str(tree), "ours")
    repo.folder = tree
    repo.file = tree / "deep er" / "mein fortschritt ü*.toml"
    assert not repo.merge()
    result = settled(Store(repo.file, tmp_path / "state"))
    assert (result.source, result.operation, result.staged) == ("index", "merge", True)
    check(repo.text)


def test_a_link_to_a_file_in_another_repository(repo: Any, tmp_path: Path) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    link = tmp_path / "progress.toml"
    link.symlink_to(repo.file)
    assert settled(Store(link, tmp_path / "state")).staged
    assert link.is_symlink()
    check(repo.text)


def test_both_added_the_file_and_nothing_was_there_before(repo: Any, store: Store) -> None:
    repo.fork(None, OURS, THEIRS)
    assert not repo.merge()
    assert settled(store).source == "index"
    check(repo.text)
    assert repo.text.count("[t.m1]") == 1


@pytest.mark.parametrize("gone", ["ours", "theirs"])
def test_one_side_removed_the_file_and_the_other_changed_it(repo: Any, store: Store, gone: str) -> None:
    repo.fork(START, OURS, OURS)
    repo.git("checkout", "-q", gone)
    repo.file.unlink()
    repo.commit()
    repo.git("checkout", "-q", "ours")
    if gone == "ours":
        repo.git("checkout", "-q", "theirs")
        repo.commit(THEIRS)
        repo.git("checkout", "-q", "ours")
    assert not repo.merge()
    [decision] = settled(store).decisions
    assert decision.field == "file"
    assert repo.text == (THEIRS if gone == "ours" else OURS)
    assert not repo.unmerged


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_markers_when_the_index_is_gone(repo: Any, store: Store, style: str) -> None:
    repo.git("config", "merge.conflictStyle", style)
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    repo.git("add", "-A")
    repo.git("commit", "-qm", "with markers")
    with pytest.raises(ConflictedProgress, match="roadmap resolve"):
        store.load()
    result = settled(store)
    assert result.source == "markers"
    assert result.staged
    check(repo.text)


def test_markers_where_there_is_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "progress.toml", tmp_path / "state")
    text = START.replace(
        '[t.m1.i1]\nstate = "todo"\n',
        '[t.m1.i1]\n<<<<<<< HEAD\nstate = "learning"\nnote = "mine"\n=======\nstate = "done"\non = 2026-11-03\n'
        'note = "yours"  # of mine\n>>>>>>> other\n',
    )
    for path in ("", None):
        store.path.write_bytes(text.replace("\n", "\r\n").encode())
        if path is not None:
            monkeypatch.setenv("PATH", path)
        result = settled(store)
        assert result.source == "markers"
        assert not result.staged
        data = store.path.read_bytes().decode()
        check(data)
        assert "# of mine\r\n" in data
        assert data.count("\n") == data.count("\r\n")
        monkeypatch.undo()


def test_conflicts_within_a_conflict(store: Store) -> None:
    inner = '<<<<<<<<< a\nnote = "one"\n=========\nnote = "two"\n>>>>>>>>> b\n'
    text = f'[t.m]\n<<<<<<< HEAD\n{inner}=======\nnote = "three"\n>>>>>>> x\n'
    store.path.write_text(text)
    settled(store)
    note = parse_progress(store.path.read_text()).entry("t/m").note
    assert sorted(note.split("\n")) == ["one", "three", "two"]


def test_a_clean_merge_that_left_a_table_twice(store: Store) -> None:
    store.path.write_text(
        'schema = 1\n\n[t.m1.a]  # mine\nstate = "todo"\nnote = "x"\n\n[t.m2]\nstate = "done"\nstate = "todo"\n\n'
        '# above\n[t.m1.a]\nstate = "done"\non = 2026-11-03\n\n[[own.log]]\n[own.log.x]\na = 1\n\n[[own.log]]\n'
        "[own.log.x]\na = 2\n"
    )
    result = settled(store)
    assert result.source == "copies"
    text = store.path.read_text()
    progress = parse_progress(text)
    entry = progress.entry("t/m1/a")
    assert (entry.state, entry.on, entry.note) == (State.DONE, date(2026, 11, 3), "x")
    assert progress.entry("t/m2").state is State.DONE
    assert text.count("[t.m1.a]") == 1
    assert text.count("[own.log.x]") == 2
    assert "# mine" in text
    assert "# above" in text


def test_what_was_done_to_the_file_after_the_conflict_is_taken_in(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    repo.file.write_text(repo.text.replace("[t.m9]\n", '# by hand\n[t.m9]\nnote = "typed in the meantime"\n'))
    result = settled(store)
    check(repo.text)
    assert 'note = "typed in the meantime"' in repo.text
    assert "# by hand" in repo.text
    assert "taken in" in result.notes[0]


def test_a_file_that_a_failed_driver_left_with_our_side_only_and_then_was_worked_on(
    repo: Any, store: Store
) -> None:
    repo.git("config", "merge.gone.driver", "no-such-program-at-all %A")
    (repo.folder / ".gitattributes").write_text("progress.toml merge=gone\n")
    repo.fork(START, OURS, THEIRS)
    (repo.folder / ".gitattributes").write_text("progress.toml merge=gone\n")
    assert not repo.merge()
    assert repo.text == OURS
    store.change([edit("t/m9", "state", "done")], "done: m9", ORDER)
    settled(store)
    check(repo.text)
    assert parse_progress(repo.text).entry("t/m9").state is State.DONE


def test_what_cannot_be_read_is_left_alone_and_the_side_is_named(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS + "broken = = 1\n")
    repo.merge()
    before = repo.text
    with pytest.raises(BrokenProgress, match='"theirs"'):
        resolve(store)
    assert repo.text == before
    assert repo.unmerged


def test_a_version_of_a_newer_program_is_never_rewritten(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS.replace("schema = 1", "schema = 9"))
    repo.merge()
    before = repo.text
    with pytest.raises(NewerProgress):
        resolve(store)
    assert repo.text == before


def test_nothing_to_settle(repo: Any, store: Store) -> None:
    assert resolve(store) is None
    repo.commit(START)
    assert resolve(store) is None
    repo.file.write_text("broken = = 1\n")
    with pytest.raises(BrokenProgress):
        resolve(store)


def test_lines_taken_out_since_the_conflict_began_come_back_and_it_is_said(repo: Any, store: Store) -> None:
    base = START.replace('[t.m2]\nstate = "learning"', '[t.m2]\nstate = "learning"\nnote = "keep me"')
    ours, theirs = (apply_edits(base, [edit("t/m1/i1", "note", text)], ORDER) for text in ("mine", "yours"))
    repo.fork(base, ours, theirs)
    assert not repo.merge()
    repo.file.write_text(repo.text.replace('note = "keep me"\n', ""))
    result = settled(store)
    assert any("are back" in note for note in result.notes)
    assert parse_progress(repo.text).entry("t/m2").note == "keep me"


def test_a_conflict_that_was_not_touched_says_nothing_of_the_kind(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    assert settled(store).notes == ()


def test_somebody_who_writes_in_the_same_instant_is_not_overwritten(
    repo: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    combine = module.combine

    def meddle(*texts: Any) -> Any:
        repo.file.write_text("# somebody else\n")
        return combine(*texts)

    monkeypatch.setattr(module, "combine", meddle)
    with pytest.raises(SaveFailed, match="same time"):
        resolve(store)
    assert repo.text == "# somebody else\n"


def test_an_index_that_is_locked_leaves_a_settled_file_and_says_so(repo: Any, store: Store) -> None:
    repo.fork(START, OURS, THEIRS)
    repo.merge()
    (repo.folder / ".git" / "index.lock").write_text("")
    result = resolve(store)
    assert result is not None
    assert not result.staged
    assert "not staged" in result.notes[0]
    check(repo.text)


def test_a_file_with_other_line_endings_and_a_mark_keeps_them(repo: Any, store: Store) -> None:
    windows = [("\ufeff" + text.replace("\n", "\r\n")).encode() for text in (START, OURS, THEIRS)]
    repo.fork(*windows)
    repo.merge()
    settled(store)
    data = repo.file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    check(data.decode())


def test_odd_values_of_both_sides_are_settled(repo: Any, store: Store) -> None:
    base = START + '\n[own]\n"a key" = 1\nlist = [1, 2]\n'
    ours = base.replace('"a key" = 1', '"a key" = 2  # quoted').replace("[1, 2]", "[1, 2, 3]")
    theirs = base.replace('"a key" = 1', '"a key" = 3').replace("[1, 2]", "[{ x = 07:32:00 }]")
    theirs += "\n[[own.log]]\nat = 1979-05-27T07:32:00Z\n"
    repo.fork(base, ours, theirs)
    repo.merge()
    result = settled(store)
    own = read_toml(repo.text)["own"]
    assert own == merge(*map(read_toml, (base, ours, theirs))).data["own"]
    assert {own["a key"], own["a key-other"]} == {2, 3}
    assert len(result.decisions) == 2
    assert "# quoted" in repo.text


def test_markers_that_do_not_add_up_are_no_versions() -> None:
    whole = "a\n<<<<<<< x\nb\n||||||| y\nc\n=======\nd\n>>>>>>> z\ne\n"
    assert split_markers(whole) == ("a\nc\ne\n", "a\nb\ne\n", "a\nd\ne\n")
    assert split_markers(whole.replace("||||||| y\nc\n", "")) == (None, "a\nb\ne\n", "a\nd\ne\n")
    lines = whole.splitlines(keepends=True)
    for gone in (6, 8):
        assert split_markers("".join(lines[: gone - 1] + lines[gone:])) is None
    assert split_markers("a\n=======\n>>>>>>> z\n") is None
    assert split_markers("<<<<<<< x\n" + whole) is None
    assert split_copies("[a]\nx = 1\n\n[b]\nx = 1\n") is None


def test_a_conflicted_text_cut_anywhere_is_settled_or_refused(tmp_path: Path) -> None:
    text = (
        '[t.m]\n<<<<<<< a\nnote = """\nx\n"""\n||||||| b\nlinks = ["a"]\n=======\nstate = "done"\n>>>>>>> c\n'
    )
    text += "[t.m]\non = 2026-11-03\n" * 3
    outcomes = set()
    for cut in range(len(text)):
        try:
            found = module.mended(text[:cut] + text[cut + 3 :])
        except ProgressError:
            outcomes.add("refused")
        else:
            outcomes.add("settled")
            assert found is None or read_toml(found[1].text) is not None
    assert outcomes == {"settled", "refused"}
