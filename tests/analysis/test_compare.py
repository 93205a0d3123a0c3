"""Roles side by side: sets of addresses, hours, and the cost of switching."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.compare import compare, switch
from roadmap.analysis.path import path_of
from roadmap.model.progress import Entry, Progress, State

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog

FIVE = (
    "ai-engineer", "genai-developer", "agentic-ai-engineer", "forward-deployed-engineer", "ml-engineer",
)  # fmt: skip


@settings(max_examples=40)
@given(data=st.data())
def test_shared_and_only_are_apart_and_hours_agree_with_the_paths(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    result = compare(catalog, progress, list(catalog.tracks))
    for role in result.roles:
        assert not set(result.shared) & set(result.only[role])
        assert result.hours[role] == pytest.approx(path_of(catalog, role).hours)
        assert -0.02 <= result.remaining[role] <= result.hours[role] + 0.02
    milestones = {role: {one.address for one in path_of(catalog, role).milestones} for role in result.roles}
    in_all = set.intersection(*milestones.values())
    assert {one for one in result.shared if catalog.milestone(one)} == in_all


def test_a_branch_shares_its_trunk_but_for_the_capstone(bundle: Catalog) -> None:
    result = compare(bundle, Progress(), ["ai-engineer", "agentic-ai-engineer"])
    trunk = [one.address for one in bundle.tracks["ai-engineer"].milestones if not one.capstone]
    assert [one for one in result.shared if bundle.milestone(one)] == trunk
    assert "ai-engineer/ai-capstone" in result.only["ai-engineer"]
    own = {one.address for one in bundle.tracks["agentic-ai-engineer"].milestones}
    assert own <= set(result.only["agentic-ai-engineer"])


def test_a_shared_skill_of_milestones_that_are_not_shared_is_listed(bundle: Catalog) -> None:
    result = compare(bundle, Progress(), ["ai-engineer", "ml-engineer"])
    skills = [one for one in result.shared if bundle.milestone(one) is None]
    assert "ai-engineer/judges-and-experiments/validated-judge" in skills
    assert not any(bundle.milestone(one) for one in result.shared)


def test_what_is_yours_lowers_the_cost_of_switching(bundle: Catalog) -> None:
    fresh = switch(bundle, Progress(), "ai-engineer", "forward-deployed-engineer")
    own = bundle.tracks["forward-deployed-engineer"].milestones
    assert fresh.milestones == tuple(one.address for one in own)
    assert fresh.hours == pytest.approx(sum(one.hours for one in own))
    assert (fresh.yours, fresh.hours_yours) == ((), 0)
    done = {address: Entry(state=State.DONE) for address in fresh.milestones[:2]}
    later = switch(bundle, Progress(entries=done), "ai-engineer", "forward-deployed-engineer")
    assert later.yours == fresh.milestones[:2]
    assert later.hours_yours == pytest.approx(own[0].hours + own[1].hours)
    assert later.remaining == pytest.approx(fresh.hours - later.hours_yours)


def test_back_to_the_trunk_costs_its_capstone_alone(bundle: Catalog) -> None:
    assert switch(bundle, Progress(), "genai-developer", "ai-engineer").milestones == (
        "ai-engineer/ai-capstone",
    )


def test_profiles_keep_every_dimension_and_say_where_there_is_none(bundle: Catalog) -> None:
    result = compare(bundle, Progress(), FIVE)
    assert len(result.profile) == 9
    for name, values in result.profile.items():
        assert values == {role: bundle.tracks[role].role.profile[name] for role in FIVE}


def test_one_role_is_nothing_to_compare(bundle: Catalog) -> None:
    with pytest.raises(ValueError, match="two"):
        compare(bundle, Progress(), ["ai-engineer", "ai-engineer"])
    with pytest.raises(KeyError):
        compare(bundle, Progress(), ["ai-engineer", "gardener"])
