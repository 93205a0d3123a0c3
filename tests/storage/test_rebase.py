"""Edits made on an old state of the file meet what somebody else changed meanwhile: neither is lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.model.errors import EditRefused, SaveFailed
from roadmap.storage.edits import Edit
from roadmap.storage.rebase import rebased
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

BASE = 'schema = 1\n\n[t.m.a]\nstate = "learning"\nnote = "one"\nlinks = ["x"]\n'


def edit(field: str, value: Any) -> Edit:
    return Edit(("t", "m", "a", field), value)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "progress.toml", tmp_path / "state")
    store.path.write_text(BASE)
    return store


CASES = {
    "links": ('["x"]', '["x", "theirs"]', ("links", ("x", "mine")), ("x", "mine", "theirs")),
    "taken away and added to": ('["x"]', '["x", "theirs"]', ("links", None), ("theirs", "x")),
    "done and skipped": ('"learning"', '"done"', ("state", "skipped"), "done"),
    "what I did not change": ('"learning"', '"done"', ("state", "learning"), "done"),
    "what they did not change": ('"one"', '"two"', ("state", "done"), "done"),
}


@pytest.mark.parametrize(("old", "new", "mine", "wanted"), CASES.values(), ids=CASES.keys())
def test_both_changes_stay(old: str, new: str, mine: tuple[str, Any], wanted: Any) -> None:
    theirs = BASE.replace(old, new)
    edits, _ = rebased([edit(*mine)], BASE, theirs)
    found = {one.path[-1]: one.value for one in edits}[mine[0]]
    assert (sorted(found), type(found)) == (sorted(wanted), type(wanted))


def test_both_notes_are_kept_and_it_is_told(store: Store) -> None:
    seen = store.load()
    store.path.write_text(BASE.replace('"one"', '"theirs"'))
    after = store.change([edit("note", "mine")], "note on: a", base=seen)
    assert sorted(after.progress.entry("t/m/a").note.splitlines()) == ["mine", "theirs"]
    assert "t/m/a note" in after.warnings[0]
    assert store.undo() is not None
    assert store.path.read_text() == BASE.replace('"one"', '"theirs"')


def test_a_mark_and_its_date_go_together(store: Store) -> None:
    seen = store.load()
    store.path.write_text(BASE.replace('"learning"', '"done"\non = 2026-01-02'))
    later = [edit("state", "done"), edit("on", date(2026, 3, 4))]
    assert store.change(later, "done: a", base=seen).progress.entry("t/m/a").on == date(2026, 1, 2)
    behind = [edit("state", "skipped"), edit("on", None)]
    entry = store.change(behind, "skipped: a", base=seen).progress.entry("t/m/a")
    assert (entry.state, entry.on) == ("done", date(2026, 1, 2))


def test_the_outline_of_an_old_view_takes_nothing_back(store: Store) -> None:
    seen = store.load()
    store.path.write_text(BASE + '\n[t.m.b]\nstate = "done"\n')
    store.change([Edit(("t", "m", "b", "state"), "todo")], "outline", base=seen)
    assert store.load().progress.entry("t/m/b").state == "done"


def test_what_is_in_the_way_is_refused(store: Store) -> None:
    seen = store.load()
    store.path.write_text(BASE.replace("[t.m.a]", "[t.m.a.state]"))
    with pytest.raises(EditRefused):
        store.change([edit("state", "done")], "done", base=seen)


def test_a_file_that_is_gone_is_not_begun_anew(store: Store) -> None:
    seen = store.load()
    store.path.unlink()
    with pytest.raises(SaveFailed, match="no longer there"):
        store.change([edit("state", "done")], "done", base=seen)
    assert not store.path.exists()
