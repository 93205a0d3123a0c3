"""Roles side by side, computed from the tracks alone: set algebra over the addresses on their paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.path import items_of, path_of
from roadmap.analysis.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Progress
    from roadmap.model.track import Milestone


class Switch(NamedTuple):
    """What it takes to go from one role to another.

    ``milestones`` are those of the other's path that the first lacks, ``hours`` theirs. ``yours`` are those of them
    that are done, ``hours_yours`` the hours already claimed of all of them, and ``shared_skills`` the skills of
    theirs that the first path teaches.
    """

    start: str
    goal: str
    milestones: tuple[str, ...]
    hours: float
    yours: tuple[str, ...]
    hours_yours: float
    shared_skills: int

    @property
    def remaining(self) -> float:
        """Hours still to do."""
        return self.hours - self.hours_yours


class Comparison(NamedTuple):
    """Two to five roles side by side. Addresses stand in the order of the paths.

    ``shared`` holds what is on every path: milestones, and skills of milestones that are not. ``only`` holds what
    is on one path alone. ``hours`` is for the whole path, ``yours`` what is claimed of it, ``remaining`` the rest
    without what is skipped. ``profile`` maps a dimension to each role's value, None where a track gives none.
    """

    roles: tuple[str, ...]
    shared: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    hours: Mapping[str, float]
    yours: Mapping[str, float]
    remaining: Mapping[str, float]
    profile: Mapping[str, Mapping[str, int | None]]
    switches: tuple[Switch, ...]


def compare(catalog: Catalog, progress: Progress, roles: Sequence[str]) -> Comparison:
    """Compare roles. Raises KeyError for one that no track describes, ValueError for fewer than two."""
    chosen = tuple(dict.fromkeys(roles))
    if len(chosen) < 2:
        raise ValueError("comparing takes at least two roles")
    standings = {role: standing_of(catalog, progress, role) for role in chosen}
    paths = {role: path_of(catalog, role).milestones for role in chosen}
    addresses = {role: _addresses(milestones) for role, milestones in paths.items()}
    common = set.intersection(*(set(own) for own in addresses.values()))
    only = {}
    for role, own in addresses.items():
        others: set[str] = set()
        others.update(*(addresses[other] for other in chosen if other != role))
        only[role] = _brief(catalog, [one for one in own if one not in others])
    dimensions = dict.fromkeys(name for role in chosen for name in catalog.tracks[role].role.profile)
    return Comparison(
        roles=chosen,
        shared=_brief(catalog, [one for one in addresses[chosen[0]] if one in common]),
        only=only,
        hours={role: sum(one.hours for one in milestones) for role, milestones in paths.items()},
        yours={role: one.hours.done for role, one in standings.items()},
        remaining={role: one.hours.total - one.hours.done for role, one in standings.items()},
        profile={
            name: {role: catalog.tracks[role].role.profile.get(name) for role in chosen}
            for name in dimensions
        },
        switches=tuple(
            switch(catalog, progress, start, goal) for start in chosen for goal in chosen if start != goal
        ),
    )


def switch(catalog: Catalog, progress: Progress, start: str, goal: str) -> Switch:
    """Return what it takes to go from one role to another. Raises KeyError for one that no track describes."""
    have = {one.address for one in path_of(catalog, start).milestones}
    learned = _skills(path_of(catalog, start).milestones)
    standing = standing_of(catalog, progress, goal)
    new = [one for one in standing.milestones if one.milestone.address not in have]
    return Switch(
        start=start,
        goal=goal,
        milestones=tuple(one.milestone.address for one in new),
        hours=sum(one.milestone.hours for one in new),
        yours=tuple(one.milestone.address for one in new if one.state in ("done", "proven")),
        hours_yours=sum(one.hours_done for one in new),
        shared_skills=len(learned & _skills([one.milestone for one in new])),
    )


def _skills(milestones: Sequence[Milestone]) -> set[str]:
    return {skill.address for one in milestones for skill in one.required_skills}


def _addresses(milestones: Sequence[Milestone]) -> list[str]:
    """Return everything on a path: milestones, what is written in them, and skills they refer to."""
    found: dict[str, None] = {}
    for one in milestones:
        found[one.address] = None
        found.update(dict.fromkeys(entry.skill.address for entry in one.skills))
        found.update(dict.fromkeys(items_of(one)))
    return list(found)


def _brief(catalog: Catalog, addresses: Sequence[str]) -> tuple[str, ...]:
    """Leave out what belongs to a milestone in the list, and resources and projects, which go with theirs."""
    listed = set(addresses)
    kept = []
    for address in addresses:
        home = catalog.home(address)
        if home is None or address == home.address:
            kept.append(address)
            continue
        is_skill = any(entry.skill.address == address for entry in home.skills)
        if is_skill and home.address not in listed:
            kept.append(address)
    return tuple(kept)
