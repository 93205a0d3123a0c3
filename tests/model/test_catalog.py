"""What stands at an address, under a former one, and twice on the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.model.catalog import Catalog, kind_of, page, title_of
from roadmap.model.track import Milestone, Project, Resource, Skill, Track

if TYPE_CHECKING:
    from collections.abc import Callable

TRUNK = """
title = "Trunk"
[[milestones]]
id = "now"
title = "Now"
former = ["before", "long-before"]
[[milestones.skills]]
id = "ride"
can = "ride"
former = ["walk"]
[[milestones.resources]]
title = "Riding"
url = "https://www.example.org/ride/#top"
former = ["horse-book"]
[[milestones.projects]]
id = "tour"
title = "A tour"
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
former = ["trip"]
"""

BRANCH = """
title = "Branch"
extends = "trunk"
[[milestones]]
id = "later"
title = "Later"
[[milestones.skills]]
ref = "trunk/now/ride"
[[milestones.resources]]
title = "The same page"
url = "http://Example.org/ride"
"""


@pytest.fixture
def catalog(sound: Callable[..., Catalog]) -> Catalog:
    return sound(trunk=TRUNK, branch=BRANCH)


def test_everything_is_found_by_its_address(catalog: Catalog) -> None:
    kinds = {address: kind_of(thing) for address, thing in catalog.things.items()}
    assert kinds == {
        "trunk/now": "milestone",
        "trunk/now/ride": "skill",
        "trunk/now/riding": "resource",
        "trunk/now/tour": "project",
        "branch/later": "milestone",
        "branch/later/the-same-page": "resource",
    }
    assert list(catalog.addresses()) == list(kinds)
    assert title_of(catalog.things["trunk/now/ride"]) == "ride"
    assert title_of(catalog.things["trunk/now/tour"]) == "A tour"


def test_a_shared_skill_is_one_object(catalog: Catalog) -> None:
    entry = catalog.tracks["branch"].milestones[0].skills[0]
    assert entry.shared
    assert entry.skill is catalog.things["trunk/now/ride"]


def test_an_item_is_at_home_in_its_milestone(catalog: Catalog) -> None:
    assert catalog.home("trunk/now/ride") is catalog.milestone("trunk/now")
    assert catalog.home("trunk/now") is catalog.milestone("trunk/now")
    assert catalog.home("trunk/nowhere/ride") is None
    assert catalog.milestone("trunk/now/ride") is None


@pytest.mark.parametrize(
    ("written", "present"),
    [
        ("trunk/now", "trunk/now"),
        ("trunk/before", "trunk/now"),
        ("trunk/long-before", "trunk/now"),
        ("trunk/before/ride", "trunk/now/ride"),
        ("trunk/now/walk", "trunk/now/ride"),
        ("trunk/before/walk", "trunk/now/ride"),
        ("trunk/long-before/trip", "trunk/now/tour"),
        ("trunk/now/horse-book", "trunk/now/riding"),
        ("trunk/before/unheard-of", "trunk/now/unheard-of"),
        ("trunk/unheard-of", "trunk/unheard-of"),
        ("gone/for/good", "gone/for/good"),
    ],
)
def test_former_addresses_lead_to_the_present_one(catalog: Catalog, written: str, present: str) -> None:
    assert catalog.present(written) == present


def test_the_same_page_is_one_group(catalog: Catalog) -> None:
    pages = ("trunk/now/riding", "branch/later/the-same-page")
    assert catalog.same == {pages[0]: pages, pages[1]: pages}


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://example.org", True),
        ("http://www.EXAMPLE.org/", True),
        ("https://example.org/#part", True),
        ("https://example.org/a", False),
        ("https://example.org/?q=1", False),
        ("https://docs.example.org", False),
    ],
)
def test_what_makes_a_page_the_same(url: str, same: bool) -> None:
    assert (page(url) == page("https://example.org")) is same


def test_the_path_of_a_page_keeps_its_case() -> None:
    assert page("https://example.org/A") != page("https://example.org/a")


def test_a_milestone_listed_by_another_track_is_indexed_once() -> None:
    skill = Skill("a/m/s", "do it")
    milestone = Milestone("a/m", "M", "", 1.0, True)
    catalog = Catalog(
        {
            "a": Track("a", "A", "a.toml", milestones=(milestone,)),
            "b": Track("b", "B", "b.toml", milestones=(milestone,)),
        }
    )
    assert list(catalog.things) == ["a/m"]
    assert kind_of(skill) == "skill"
    assert kind_of(Resource("a/m/r", "R", "https://example.org")) == "resource"
    assert kind_of(Project("a/m/p", "P", "core", "", None, (), (), ())) == "project"


def test_a_circle_of_former_ids_ends() -> None:
    one = Milestone("t/a", "A", "", 1.0, True, former=("t/b",))
    two = Milestone("t/b", "B", "", 1.0, True, former=("t/a",))
    catalog = Catalog({"t": Track("t", "T", "t.toml", milestones=(one, two))})
    assert catalog.present("t/a") == "t/a"
    assert catalog.present("t/b/item") == "t/a/item"
