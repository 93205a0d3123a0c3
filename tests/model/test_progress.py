"""Records of a person, and what edits make of them."""

from __future__ import annotations

from datetime import date

import pytest

from roadmap.model.edit import Edit, edit, with_edits
from roadmap.model.errors import BrokenProgress, ProgressError
from roadmap.model.progress import EMPTY, RANK, WORDS, Entry, Progress, State


def test_proven_takes_all_three_proofs() -> None:
    entry = Entry(built=("a",), evaluated=("b",))
    assert not entry.proven
    assert entry.lacks == ("explained",)
    assert entry.evidence("built") == ("a",)
    whole = entry._replace(explained=("c",))
    assert whole.proven
    assert whole.lacks == ()
    assert not Entry(State.DONE).proven


def test_every_word_has_a_state_and_every_state_a_rank() -> None:
    assert set(WORDS.values()) == set(State) == set(RANK)
    assert all(WORDS[state.value] == state for state in State)


def test_an_absent_record_is_empty_and_cannot_be_changed() -> None:
    progress = Progress()
    assert progress.entry("a/b") is EMPTY
    with pytest.raises(TypeError):
        progress.entries["a/b"] = Entry()  # type: ignore[index]


def test_edits_change_a_copy() -> None:
    before = Progress("old", 3.0, {"t/m/s": Entry(State.DONE, date(2026, 1, 2), "note")})
    after = with_edits(
        before,
        [
            Edit(("role",), "new"),
            edit("t/m/s", "state", "reading"),
            edit("t/m/s", "on", None),
            edit("t/m/s", "links", ("x", "y")),
            edit("t/m/p", "built", "z"),
            edit("t/m/p", "evaluated", ("z", "zz")),
            edit("t/m/p", "explained", None),
            edit("t/m/p", "note", None),
        ],
    )
    assert after.role == "new"
    assert after.hours_per_week == 3.0
    assert after.entries["t/m/s"] == Entry(State.LEARNING, None, "note", ("x", "y"))
    assert after.entries["t/m/p"] == Entry(built=("z",), evaluated=("z", "zz"))
    assert before.entries == {"t/m/s": Entry(State.DONE, date(2026, 1, 2), "note")}


def test_edits_of_the_top() -> None:
    assert with_edits(Progress("a", 3.0), [Edit(("role",), None)]).role is None
    assert with_edits(Progress("a", 3.0), [Edit(("hours_per_week",), 8)]).hours_per_week == 8.0


def test_an_error_says_what_and_what_to_do() -> None:
    error = BrokenProgress("It is broken.", "Mend it.", 3, 4)
    assert isinstance(error, ProgressError)
    assert str(error) == "It is broken. Mend it."
    assert (error.message, error.help, error.line, error.column) == ("It is broken.", "Mend it.", 3, 4)
