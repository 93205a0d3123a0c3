"""The path of a role: the milestones from the root of its chain to the role itself, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog
    from roadmap.model.track import Milestone, Track


class Path(NamedTuple):
    """A role's path. ``tracks`` and ``milestones`` stand in order, root first."""

    role: str
    tracks: tuple[str, ...]
    milestones: tuple[Milestone, ...]

    @property
    def hours(self) -> float:
        """Hours of all milestones together."""
        return sum(milestone.hours for milestone in self.milestones)


def path_of(catalog: Catalog, role: str) -> Path:
    """Return the path of a role.

    A capstone belongs to its own role only, so a branch's path leaves out the trunk's. A milestone listed
    twice stands once. Raises KeyError for a role no track describes.
    """
    chain: list[Track] = []
    id: str | None = role
    while id is not None:
        track = catalog.tracks[id]
        chain.insert(0, track)
        id = track.extends
    milestones: dict[str, Milestone] = {}
    for track in chain:
        for milestone in track.milestones:
            if not milestone.capstone or track.id == role:
                milestones.setdefault(milestone.address, milestone)
    return Path(role, tuple(track.id for track in chain), tuple(milestones.values()))


def order_of(catalog: Catalog, role: str | None) -> list[str]:
    """Return all addresses in curriculum order: the role's path first, then everything else.

    A milestone is followed by its skills, resources and projects. This is the order of tables in the file.
    """
    path = path_of(catalog, role).milestones if role in catalog.tracks else ()
    others = (milestone for track in catalog.tracks.values() for milestone in track.milestones)
    order: dict[str, None] = {}
    for milestone in (*path, *others):
        if milestone.address not in order:
            order.update(dict.fromkeys((milestone.address, *items_of(milestone))))
    return list(order)


def outline_of(catalog: Catalog, role: str) -> list[str]:
    """Return what a progress file has a table for when a role is chosen, in curriculum order.

    That is every milestone of the path, its own items, and the skills it shares with other tracks. Raises
    KeyError for a role no track describes.
    """
    found: dict[str, None] = {}
    for milestone in path_of(catalog, role).milestones:
        found.update(dict.fromkeys((milestone.address, *items_of(milestone), *shared_by(milestone))))
    return list(found)


def shared_by(milestone: Milestone) -> list[str]:
    """Return the addresses of the skills that a milestone has from other milestones."""
    return [entry.skill.address for entry in milestone.skills if entry.shared]


def items_of(milestone: Milestone) -> list[str]:
    """Return the addresses of the items written in a milestone: skills, resources, projects, in order."""
    return [
        *(entry.skill.address for entry in milestone.skills if not entry.shared),
        *(resource.address for resource in milestone.resources),
        *(project.address for project in milestone.projects),
    ]
