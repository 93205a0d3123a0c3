"""Undo and redo that outlive the program."""

from __future__ import annotations

import json
import math
import stat
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.storage.edits import Edit
from roadmap.storage.journal import MAX_BYTES, MAX_ENTRIES, OPAQUE, Journal, Step

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 24, 10, 30)
PATH = ("t", "one", "state")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal" / "x.jsonl")


def note(journal: Journal, what: str, before: object = "a", after: object = "b") -> None:
    journal.record(what, AT, (Step(PATH, before, after),))


def test_there_is_nothing_to_undo_at_first(journal: Journal) -> None:
    assert journal.undo() is None
    assert journal.redo() is None
    assert not journal.file.exists()


def test_the_latest_change_comes_back_first_and_again(journal: Journal) -> None:
    note(journal, "first", None, "todo")
    note(journal, "second", "todo", "done")
    change = journal.undo()
    assert change is not None
    assert (change.what, change.edits) == ("second", (Edit(PATH, "todo"),))
    assert journal.undo() == change  # asking does nothing
    journal.settle(change)
    first = journal.undo()
    assert first is not None
    assert (first.what, first.edits) == ("first", (Edit(PATH, None),))
    journal.settle(first)
    assert journal.undo() is None
    again = journal.redo()
    assert again is not None
    assert (again.what, again.edits) == ("first", (Edit(PATH, "todo"),))
    journal.settle(again)
    redo = journal.redo()
    assert redo is not None
    assert redo.what == "second"


def test_a_new_change_ends_what_can_be_redone(journal: Journal) -> None:
    note(journal, "first")
    note(journal, "second")
    journal.settle(journal.undo())  # type: ignore[arg-type]
    note(journal, "third")
    assert journal.redo() is None
    assert journal.undo().what == "third"  # type: ignore[union-attr]


def test_steps_are_taken_back_in_reverse(journal: Journal) -> None:
    journal.record("both", AT, (Step(("a",), 1, 2), Step(("b",), 3, 4)))
    change = journal.undo()
    assert change is not None
    assert change.steps == (Step(("b",), 4, 3), Step(("a",), 2, 1))


def test_each_line_is_json_that_says_what_and_when(journal: Journal) -> None:
    journal.record(
        "done: streaming",
        AT,
        (Step(PATH, "todo", "done"), Step(("t", "one", "on"), None, date(2026, 11, 24))),
    )
    [line] = journal.file.read_text().splitlines()
    assert json.loads(line) == {
        "what": "done: streaming",
        "at": "2026-11-24T10:30:00",
        "edits": [
            [["t", "one", "state"], "todo", "done"],
            [["t", "one", "on"], None, {"date": "2026-11-24"}],
        ],
    }
    assert stat.S_IMODE(journal.file.stat().st_mode) == 0o600


VALUES = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(), max_size=3).map(tuple),
)


@given(before=VALUES, after=VALUES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_value_comes_back_as_it_was(journal: Journal, before: object, after: object) -> None:
    note(journal, "x", before, after)
    change = Journal(journal.file).undo()
    assert change is not None
    [step] = change.steps
    assert (step.before, step.after) == (after, before)
    assert (type(step.before), type(step.after)) == (type(after), type(before))


@pytest.mark.parametrize(
    "value", [[1, 2], {"a": 1}, time(1, 2), 2**70, 10**5000, [["x"]]], ids=lambda value: type(value).__name__
)
def test_a_value_that_is_never_written_is_marked(journal: Journal, value: object) -> None:
    note(journal, "x", value, "b")
    change = journal.undo()
    assert change is not None
    assert change.steps[0].after is OPAQUE


def test_no_number_is_a_number(journal: Journal) -> None:
    note(journal, "x", math.nan)
    change = journal.undo()
    assert change is not None
    assert isinstance(change.steps[0].after, float)


def test_it_is_capped_by_entries_and_by_size(journal: Journal) -> None:
    for number in range(MAX_ENTRIES + 5):
        note(journal, str(number))
    assert len(journal.file.read_text().splitlines()) == MAX_ENTRIES
    for number in range(5):
        note(journal, f"large {number}", "x" * (MAX_BYTES // 4))
    assert journal.file.stat().st_size <= MAX_BYTES
    assert journal.undo().what == "large 4"  # type: ignore[union-attr]
    note(journal, "too large", "x" * MAX_BYTES)
    assert journal.undo() is None


@pytest.mark.parametrize(
    "content",
    [
        b"not json\n",
        b"\xff\xfe",
        b"[]\n",
        b"{}\n",
        b'{"what": "x", "at": "y", "edits": [[[1], "a", "b"]]}\n',
        b'{"what": "x", "at": "y", "edits": [[[], "a", "b"]]}\n',
        b'{"what": "x", "at": "y", "edits": [[["a"], [1], "b"]]}\n',
        b'{"what": "x", "at": "y", "edits": [[["a"], {"date": "soon"}, "b"]]}\n',
        b'{"what": 1, "at": "y", "edits": []}\n',
        b'{"what": "x", "at": "y", "edits": [[["a"], "b"',
        b"[" * 100_000,
        b"x" * (2 * MAX_BYTES + 1),
    ],
)
def test_a_broken_journal_is_set_aside(journal: Journal, content: bytes) -> None:
    journal.file.parent.mkdir()
    journal.file.write_bytes(content)
    assert journal.undo() is None
    assert not journal.file.exists()
    assert journal.file.with_suffix(".broken").read_bytes() == content
    note(journal, "fresh")
    assert journal.undo().what == "fresh"  # type: ignore[union-attr]


def test_cut_off_anywhere_it_never_falls_over(journal: Journal) -> None:
    note(journal, "one", date(2026, 1, 1), ("x", "y"))
    note(journal, "two")
    data = journal.file.read_bytes()
    for end in range(len(data)):
        journal.file.write_bytes(data[:end])
        change = journal.undo()
        assert change is None or change.what in ("one", "two")
