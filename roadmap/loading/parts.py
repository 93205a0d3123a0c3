"""The parts of a track from their shapes: defaults filled in, ids and hours worked out, lines joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.model.address import slug
from roadmap.model.track import HOURS_PER_SKILL, Check, Project, Resource, Role, SkillEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from roadmap.loading.shape import ProjectShape, ResourceShape, TrackShape


def one_line(text: str) -> str:
    """Join the lines of a text: where an author broke a line, no screen and no column has to."""
    return " ".join(text.split())


def build_role(shape: TrackShape) -> Role:
    """Build what tells a role apart."""
    return Role(
        builds=shape.builds,
        optimizes_for=one_line(shape.optimizes_for),
        daily_work=one_line(shape.daily_work),
        artifacts=one_line(shape.artifacts),
        enjoys=one_line(shape.enjoys),
        interviews=one_line(shape.interviews),
        from_software=one_line(shape.from_software),
        not_this=one_line(shape.not_this.because) if shape.not_this else "",
        not_this_role=shape.not_this.role if shape.not_this else "",
        profile=dict(shape.profile),
    )


def build_resources(
    milestone: str, shapes: list[ResourceShape], taken: set[str | None]
) -> tuple[Resource, ...]:
    """Build resources; one without an id gets one from its title, numbered when that is taken."""
    ids = resource_ids([(shape.id, shape.title) for shape in shapes], taken)
    return tuple(
        [
            Resource(f"{milestone}/{id}", one_line(shape.title), shape.url, one_line(shape.by), shape.kind,
                     shape.cost or "", shape.hours, one_line(shape.note), shape.optional,
                     tuple(f"{milestone}/{one}" for one in shape.former))
            for id, shape in zip(ids, shapes, strict=True)
        ]
    )  # fmt: skip


def resource_ids(wanted: Iterable[tuple[str | None, str]], taken: Collection[str | None]) -> list[str]:
    """Return an id for each resource, of which the given id, if any, and the title are known.

    One without an id gets one from its title, numbered when that is among the ``taken`` ids of its milestone.
    """
    used = set(taken)
    ids = []
    for given, title in wanted:
        id = given
        if not id:
            base = slug(title) or "resource"
            id = base
            number = 2
            while id in used:
                id = f"{base[:60].strip('-')}-{number}"
                number += 1
            used.add(id)
        ids.append(id)
    return ids


def build_project(milestone: str, shape: ProjectShape) -> Project:
    """Build a project. The parameters of its checks are kept as the author wrote them."""
    checks = tuple(Check(one.kind, one.proof, dict(one.model_extra or {})) for one in shape.checks)
    return Project(
        address=f"{milestone}/{shape.id}",
        title=one_line(shape.title),
        level=shape.level,
        brief=one_line(shape.brief),
        hours=shape.hours,
        built=tuple(map(one_line, shape.built)),
        evaluated=tuple(map(one_line, shape.evaluated)),
        explained=tuple(map(one_line, shape.explained)),
        checks=checks,
        former=tuple(f"{milestone}/{one}" for one in shape.former),
    )


def work_out_hours(
    skills: tuple[SkillEntry, ...], resources: tuple[Resource, ...], projects: tuple[Project, ...], needs: int
) -> float:
    """Work out the hours of a milestone whose author states none, by the one rule of all tracks."""
    reading = sum(one.hours or 0 for one in resources if not one.optional)
    study = HOURS_PER_SKILL * sum(1 for one in skills if not one.optional)
    core = [one for one in projects if one.level == "core"] or list(projects)
    building = needs * (core[0].hours or 0) if core else 0
    return reading + study + building
