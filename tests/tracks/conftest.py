"""The bundled tracks, part by part, for tests of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog
    from roadmap.model.track import Milestone, Project, Resource, Skill


class Prose(NamedTuple):
    """One text an author wrote, and the address it stands under. Titles are not among them: pages have theirs."""

    address: str
    text: str


@pytest.fixture(scope="session")
def milestones(bundle: Catalog) -> list[Milestone]:
    return [one for track in bundle.tracks.values() for one in track.milestones]


@pytest.fixture(scope="session")
def skills(milestones: list[Milestone]) -> list[Skill]:
    """Every skill where it is written; references to it are left out."""
    return [entry.skill for one in milestones for entry in one.skills if not entry.shared]


@pytest.fixture(scope="session")
def projects(milestones: list[Milestone]) -> list[Project]:
    return [project for one in milestones for project in one.projects]


@pytest.fixture(scope="session")
def resources(milestones: list[Milestone]) -> list[Resource]:
    return [resource for one in milestones for resource in one.resources]


@pytest.fixture(scope="session")
def prose(
    bundle: Catalog,
    milestones: list[Milestone],
    skills: list[Skill],
    projects: list[Project],
    resources: list[Resource],
) -> list[Prose]:
    """Every text of all tracks, but for titles and what only programs read."""
    found = []
    for track in bundle.tracks.values():
        role = track.role
        about = (track.tagline, role.optimizes_for, role.daily_work, role.artifacts, role.enjoys, role.interviews,
                 role.from_software, role.not_this)  # fmt: skip
        found += [Prose(track.id, text) for text in about]
    found += [Prose(one.address, one.why) for one in milestones]
    for skill in skills:
        asked = (text for question in skill.ask for text in (question.q, question.a))
        found += [Prose(skill.address, text) for text in (skill.can, *asked)]
    for one in projects:
        texts = (one.brief, *one.built, *one.evaluated, *one.explained)
        found += [Prose(one.address, text) for text in texts]
    found += [Prose(one.address, one.note) for one in resources]
    return [one for one in found if one.text]


@pytest.fixture(scope="session")
def titles(bundle: Catalog, milestones: list[Milestone], projects: list[Project]) -> list[Prose]:
    """Every title that is the tracks' own: of roles, milestones and projects."""
    return [Prose(one.id, one.title) for one in bundle.tracks.values()] + [
        Prose(one.address, one.title) for one in (*milestones, *projects)
    ]
