"""The person's records, seen through the tracks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.analysis.records import Records, further
from roadmap.model.progress import EMPTY, RANK, Entry, Progress, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

TRACK = """
title = "T"
[[milestones]]
id = "m"
title = "M"
former = ["m-before"]
[[milestones.skills]]
id = "s"
can = "do it"
former = ["s-before"]
[[milestones.resources]]
id = "one"
title = "Page"
url = "https://example.org/page"
[[milestones.resources]]
id = "two"
title = "Page"
url = "https://www.example.org/page"
"""

DONE = Entry(State.DONE, date(2026, 1, 2))
TEXTS = st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple)
ENTRIES = st.builds(
    Entry, st.sampled_from(State), st.none() | st.just(date(2026, 1, 2)), st.sampled_from(["", "x", "y"]),
    TEXTS, TEXTS, TEXTS, TEXTS,
)  # fmt: skip


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(t=TRACK)


def records(tracks: Catalog, **entries: Entry) -> Records:
    return Records(tracks, Progress(entries={name.replace("__", "/").replace("_", "-"): one
                                             for name, one in entries.items()}))  # fmt: skip


@pytest.mark.parametrize("name", ["t__m__s", "t__m_before__s", "t__m__s_before", "t__m_before__s_before"])
def test_progress_follows_a_rename_of_item_and_milestone(tracks: Catalog, name: str) -> None:
    written = name.replace("__", "/").replace("_", "-")
    found = records(tracks, **{name: DONE})
    assert found.entry("t/m/s") == DONE
    assert found.state("t/m/s") == State.DONE
    assert found.written("t/m/s") == written
    assert found.copies("t/m/s") == [written]
    assert found.has("t/m/s")
    assert found.orphans == []


def test_what_no_track_knows_is_listed_as_it_is_written(tracks: Catalog) -> None:
    found = records(tracks, gone__for_good=DONE, t__m_before__lost=DONE, t__m__s=DONE, u=DONE)
    assert found.orphans == ["gone/for-good", "t/m-before/lost", "u"]


def test_nothing_recorded_is_an_empty_record(tracks: Catalog) -> None:
    found = records(tracks)
    assert found.entry("t/m/s") is EMPTY
    assert not found.has("t/m/s")
    assert found.written("t/m/s") == "t/m/s"
    assert found.copies("t/m/s") == ["t/m/s"]


def test_old_and_new_records_of_a_thing_are_united(tracks: Catalog) -> None:
    old, new = DONE._replace(note="old"), Entry(note="new")
    for found in (
        records(tracks, t__m_before__s=old, t__m__s=new),
        records(tracks, t__m__s=new, t__m_before__s=old),
    ):
        assert found.entry("t/m/s") == Entry(State.DONE, date(2026, 1, 2), "old\nnew")
        assert found.written("t/m/s") == "t/m/s"
        assert found.copies("t/m/s") == ["t/m/s", "t/m-before/s"]


def test_a_page_that_stands_twice_has_one_record(tracks: Catalog) -> None:
    found = records(tracks, t__m__two=DONE)
    assert found.entry("t/m/one") == found.entry("t/m/two") == DONE
    assert found.copies("t/m/one") == ["t/m/two"]
    both = records(tracks, t__m__one=EMPTY, t__m__two=DONE)
    assert both.copies("t/m/one") == ["t/m/one", "t/m/two"]
    assert both.copies("t/m/two") == ["t/m/two", "t/m/one"]


@given(ENTRIES, ENTRIES)
def test_uniting_keeps_the_furthest_state_and_everything_else(one: Entry, other: Entry) -> None:
    both = further(one, other)
    assert RANK[both.state] == max(RANK[one.state], RANK[other.state])
    assert further(one, one) == one
    for field in ("links", "built", "evaluated", "explained"):
        assert set(getattr(both, field)) == {*getattr(one, field), *getattr(other, field)}
    assert set(both.note.split("\n")) == ({one.note, other.note} - {""} or {""})
    if both.on is not None:
        assert any(entry.state == both.state and entry.on == both.on for entry in (one, other))
