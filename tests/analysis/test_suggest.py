"""What comes next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.standing import COMPLETE, standing_of
from roadmap.analysis.suggest import here, next_steps, unlocks
from roadmap.model.progress import Entry, Progress, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

TRACK = """
title = "Track"
[[milestones]]
id = "base"
title = "Base"
hours = 4
[[milestones.skills]]
id = "one"
can = "do one"
[[milestones.skills]]
id = "two"
can = "do two"
[[milestones.projects]]
id = "build"
title = "Build"
hours = 2
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[milestones]]
id = "upper"
title = "Upper"
after = ["base"]
[[milestones.skills]]
id = "three"
can = "do three"
[[milestones]]
id = "reading"
title = "Reading"
[[milestones.resources]]
id = "page"
title = "A page"
url = "https://example.org"
hours = 1.5
[[milestones]]
id = "bare"
title = "Bare"
hours = 2
"""


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(t=TRACK)


def steps(tracks: Catalog, **entries: State | Entry) -> list[tuple[str, float | None, str]]:
    progress = Progress("t", None, {
        name.replace("__", "/"): one if isinstance(one, Entry) else Entry(one) for name, one in entries.items()
    })  # fmt: skip
    standing = standing_of(tracks, progress, "t")
    return [(step.address, step.hours, step.reason) for step in next_steps(tracks, progress, standing)]


def test_a_fresh_path_begins_at_its_beginning(tracks: Catalog) -> None:
    assert steps(tracks) == [
        ("t/base/one", 1.0, "Base is open, and opens Upper"),
        ("t/base/two", 1.0, "the same milestone: Base"),
        ("t/reading/page", 1.5, "Reading is open"),
        ("t/base/build", 2.0, "the project that proves Base"),
        ("t/bare", 2.0, "Bare is open"),
    ]


def test_what_is_begun_comes_first(tracks: Catalog) -> None:
    found = steps(tracks, t__base=State.LEARNING, t__base__two=State.LEARNING, t__base__one=State.TODO)
    assert found[0] == ("t/base/two", 1.0, "you are in the middle of it")
    assert found[1] == ("t/base/one", 1.0, "2 of 2 skills left in Base")


def test_a_begun_project_says_which_evidence_is_missing(tracks: Catalog) -> None:
    entry = Entry(State.LEARNING, built=("repo",))
    found = {address: reason for address, _hours, reason in steps(tracks, t__base__build=entry)}
    assert found["t/base/build"] == "you began it; evidence is missing for evaluated and explained"
    plain = {a: reason for a, _hours, reason in steps(tracks, t__base__build=State.LEARNING)}
    assert plain["t/base/build"] == "you began it"


def test_reading_and_bare_milestones_have_reasons_that_make_sense(tracks: Catalog) -> None:
    found = steps(tracks, t__reading=State.LEARNING, t__bare=State.LEARNING)
    assert ("t/reading/page", 1.5, "Reading is begun") in found
    assert ("t/bare", 2.0, "you are in the middle of it") in found


def test_what_waits_for_something_off_the_path_comes_when_nothing_else_is_left(
    sound: Callable[..., Catalog],
) -> None:
    catalog = sound(
        t='title = "T"\n[[milestones]]\nid = "m"\ntitle = "M"\nafter = ["u/n"]\n',
        u='title = "U"\n[[milestones]]\nid = "n"\ntitle = "N"\n',
    )
    assert [address for address, _hours, _reason in steps(catalog)] == ["t/m"]


def test_here_is_the_begun_one_else_the_first_open_one(tracks: Catalog) -> None:
    def at(**entries: State) -> str | None:
        progress = Progress("t", None, {name.replace("__", "/"): Entry(one) for name, one in entries.items()})
        found = here(standing_of(tracks, progress, "t"))
        return found and found.milestone.address

    assert at() == "t/base"
    assert at(t__bare=State.LEARNING) == "t/bare"
    assert at(t__base=State.DONE) == "t/upper"
    every = dict.fromkeys(("t__base", "t__upper", "t__reading", "t__bare"), State.DONE)
    assert at(**every) is None


def test_what_a_milestone_unlocks(tracks: Catalog) -> None:
    standing = standing_of(tracks, Progress("t"), "t")
    assert unlocks(standing, "t/base") == ["t/upper"]
    assert unlocks(standing, "t/reading") == []


@settings(max_examples=40)
@given(data=st.data())
def test_steps_are_missing_open_and_listed_once(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    standing = standing_of(catalog, progress, "branch")
    found = next_steps(catalog, progress, standing)
    addresses = [step.address for step in found]
    assert len(addresses) == len(set(addresses))
    assert set(addresses) <= set(standing.missing)
    assert bool(found) is bool(standing.missing)
    begun_or_open = {
        one.milestone.address
        for one in standing.milestones
        if one.state not in COMPLETE and (not one.locked_by or one.state == "learning")
    }
    if begun_or_open:
        assert {step.milestone for step in found} <= begun_or_open
    for step in found:
        assert step.reason
        assert step.hours is None or step.hours >= 0
