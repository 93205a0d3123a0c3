"""Tracks change while a person learns: things are renamed, moved into renamed milestones, and removed.

A record stays under the address it was written with, and every later mark goes there too: one changed line,
which merges with what another laptop, with older tracks, does to the same record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.model.errors import NewerProgress
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

OLD = """
title = "Baker"

[[milestones]]
id = "loaf"
title = "Bread"
skills = [{ id = "press", can = "knead a dough" }, { id = "wait", can = "wait for a dough" }]
"""
NEW = """
title = "Baker"

[[milestones]]
id = "bread"
title = "Bread"
former = ["loaf"]
skills = [{ id = "knead", can = "knead a dough", former = ["press"] }]
"""


@pytest.fixture
def tracks(home: Path) -> Callable[[str], None]:
    (home / "tracks").mkdir()
    return lambda text: (home / "tracks" / "baker.toml").write_text(text) and None


def test_a_renamed_thing_keeps_its_record_where_it_was_written(
    home: Path, tracks: Callable[[str], None], roadmap: Callable[..., Any]
) -> None:
    tracks(OLD)
    assert roadmap("init", "--role", "baker").code == 0
    assert roadmap("done", "press").code == 0
    assert roadmap("note", "wait", "an hour").code == 0
    file = home / "progress.toml"
    before = file.read_text()
    tracks(NEW)
    assert '"state": "done"' in roadmap("show", "knead", "--json").out
    assert roadmap("reset", "baker/loaf/press").code == 0, "the former address is understood as well"
    after = file.read_text()
    assert "[baker.loaf.press]" in after
    assert "bread" not in after
    assert "knead" not in after
    changed = set(before.splitlines()) ^ set(after.splitlines())
    assert all(line.startswith(("state", "on")) for line in changed)
    assert "an hour" in after, "the record of what was removed stays"
    assert '"state": "todo"' in roadmap("show", "knead", "--json").out
    tracks(OLD)  # and with the older tracks, as on another laptop, it is the same record
    assert '"state": "todo"' in roadmap("show", "press", "--json").out


def test_a_thing_under_both_names_is_one_and_a_mark_goes_to_both(
    home: Path, tracks: Callable[[str], None], roadmap: Callable[..., Any]
) -> None:
    tracks(NEW)
    file = home / "progress.toml"
    file.write_text(
        'schema = 1\nrole = "baker"\n\n[baker.loaf.press]\nstate = "done"\nnote = "old"\n\n'
        '[baker.bread.knead]\nstate = "learning"\nnote = "new"\n'
    )
    shown = roadmap("show", "knead", "--json").out
    assert '"state": "done"' in shown
    assert "old" in shown
    assert "new" in shown
    assert roadmap("reset", "knead").code == 0
    assert '"state": "todo"' in roadmap("show", "knead", "--json").out
    assert roadmap("note", "knead", "only this").code == 0
    assert file.read_text().count("note = ") == 1
    assert roadmap("undo").code == 0
    assert 'note = "old"' in file.read_text()
    assert 'note = "new"' in file.read_text()


def test_what_was_removed_stays_and_is_listed(
    home: Path, tracks: Callable[[str], None], roadmap: Callable[..., Any]
) -> None:
    tracks(OLD)
    roadmap("init", "--role", "baker")
    roadmap("done", "wait")
    tracks(NEW)
    assert roadmap("done", "knead").code == 0
    assert "[baker.loaf.wait]" in (home / "progress.toml").read_text()
    answer = roadmap("doctor")
    assert answer.code == 0, answer
    assert "baker/loaf/wait" in answer.out


def test_a_file_of_a_newer_version_is_never_rewritten(
    home: Path, tracks: Callable[[str], None], roadmap: Callable[..., Any]
) -> None:
    tracks(NEW)
    file = home / "progress.toml"
    newer = 'schema = 2\nrole = "baker"\n\n[baker.bread.knead]\nstate = "done"\n'
    file.write_text(newer)
    for words in (
        ["done", "knead"],
        ["undo"],
        ["note", "knead", "x"],
        ["init", "--role", "baker"],
        ["resolve"],
    ):
        assert roadmap(*words).code != 0, words
        assert file.read_text() == newer
    assert "Upgrade roadmap" in roadmap("status").err
    store = Store(file, home / "state")
    with pytest.raises(NewerProgress):
        store.create("schema = 1\n")
    with pytest.raises(NewerProgress):
        store.change([], "nothing")
    assert file.read_text() == newer
