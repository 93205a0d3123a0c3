"""Random tracks, and random progress in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import strategies as st

from roadmap.model.catalog import Catalog
from roadmap.model.progress import Entry, Progress, State
from roadmap.model.track import Milestone, Project, Resource, Skill, SkillEntry, Track

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

PAGES = [
    "https://example.org/a",
    "https://www.example.org/a/",
    "https://example.org/b",
    "https://example.org/c",
]
HOURS = st.sampled_from([0.0, 0.5, 1.0, 3.0, 7.5, 20.0])


class World(NamedTuple):
    """Tracks ``trunk`` and ``branch``, which extends it, and somebody's progress on ``branch``."""

    catalog: Catalog
    progress: Progress


@st.composite
def _milestone(draw: DrawFn, address: str, earlier: list[Milestone]) -> Milestone:
    skills = [
        SkillEntry(Skill(f"{address}/s{n}", f"do {n}"), optional=draw(st.booleans()))
        for n in range(draw(st.integers(0, 3)))
    ]
    foreign = [entry.skill for one in earlier for entry in one.skills if not entry.shared]
    if foreign:
        shared = draw(st.lists(st.sampled_from(foreign), max_size=2, unique=True))
        skills += [SkillEntry(skill, optional=draw(st.booleans()), shared=True) for skill in shared]
    resources = [
        Resource(f"{address}/r{n}", f"Page {n}", draw(st.sampled_from(PAGES)), optional=draw(st.booleans()))
        for n in range(draw(st.integers(0, 2)))
    ]
    projects = [
        Project(f"{address}/p{n}", f"Project {n}", draw(st.sampled_from(["core", "stretch"])), "build it",
                draw(st.none() | HOURS), ("x",), ("y",), ("z?",))
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    before = [one.address for one in earlier]
    groups = (
        st.lists(st.sampled_from(before), min_size=1, max_size=2, unique=True) if before else st.nothing()
    )
    return Milestone(
        address,
        address.title(),
        "",
        draw(HOURS),
        stated_hours=True,
        after=tuple(map(tuple, draw(st.lists(groups, max_size=2)))) if before else (),
        skills=tuple(skills),
        resources=tuple(resources),
        projects=tuple(projects),
        needs=draw(st.integers(0, len(projects))),
    )


ENTRIES = st.builds(
    Entry,
    state=st.sampled_from(State),
    on=st.none() | st.just(date(2026, 1, 2)),
    built=st.sampled_from([(), ("https://example.org/repo",)]),
    evaluated=st.sampled_from([(), ("evals.json",)]),
    explained=st.sampled_from([(), ("notes.md",)]),
)


@st.composite
def _worlds(draw: DrawFn) -> World:
    trunk: list[Milestone] = []
    for n in range(draw(st.integers(1, 3))):
        trunk.append(draw(_milestone(f"trunk/m{n}", trunk)))
    if draw(st.booleans()):
        trunk[-1] = trunk[-1]._replace(capstone=True)
    branch: list[Milestone] = []
    for n in range(draw(st.integers(0, 2))):
        branch.append(draw(_milestone(f"branch/n{n}", [*trunk, *branch])))
    catalog = Catalog(
        {
            "trunk": Track("trunk", "Trunk", "trunk.toml", milestones=tuple(trunk)),
            "branch": Track("branch", "Branch", "branch.toml", extends="trunk", milestones=tuple(branch)),
        }
    )
    recorded = draw(st.lists(st.sampled_from(sorted(catalog.things)), unique=True))
    entries = {address: draw(ENTRIES) for address in recorded}
    return World(catalog, Progress("branch", 6.0, entries))


@pytest.fixture(scope="session")
def worlds() -> SearchStrategy[World]:
    """Random tracks with random progress: milestones with and without skills, projects and reading."""
    return _worlds()
