"""Where a person stands on a path: states, totals, what is missing, what is locked and by what.

Two totals are kept apart everywhere. *Claimed* is what the person marked, counted by hours. *Proven* is how
many milestones have a project with evidence for all three proofs.

The hours of a milestone are those of the project it needs plus the rest, and the rest is split evenly over its
required skills. Reading is the way and not the goal: it changes no total, unless a milestone has nothing else.
What is skipped leaves both sides of every total.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.path import Path, path_of
from roadmap.analysis.records import Records
from roadmap.model.progress import Progress, State
from roadmap.model.track import HOURS_PER_SKILL, Milestone, Project

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog

COMPLETE = frozenset({"done", "proven", "skipped"})
"""States of a milestone that open what comes after it."""


class Total(NamedTuple):
    """A part of a whole; ``percent`` is 100 only when nothing is left."""

    done: float
    total: float
    percent: int


class MilestoneStanding(NamedTuple):
    """A milestone on a path, with the person's standing in it.

    ``track`` is the track of the path that lists it, which is not its own when it is listed by reference, and
    ``number`` its place there, from 1. ``state`` is todo, learning, done, proven or skipped. ``locked_by``
    names the milestones that must come first: any one member of each group; it explains and never refuses.
    ``missing`` lists the items between here and done. ``hours`` and ``hours_done`` leave out what is skipped.
    """

    milestone: Milestone
    number: int
    state: str
    hours: float
    hours_done: float
    skills_done: int
    skills_total: int
    projects_done: int
    projects_proven: int
    needs: int
    locked_by: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    track: str = ""

    @property
    def locked(self) -> bool:
        """True when something must come first and the person has not begun anyway."""
        return bool(self.locked_by) and self.state == "todo"


class Standing(NamedTuple):
    """A path with the person's standing on it. ``hours`` are claimed hours of all hours."""

    path: Path
    milestones: tuple[MilestoneStanding, ...]
    claimed: Total
    proven: Total
    hours: Total

    @property
    def missing(self) -> tuple[str, ...]:
        """The addresses of everything that stands between here and a claimed path."""
        return tuple(dict.fromkeys(address for one in self.milestones for address in one.missing))

    def of(self, address: str) -> MilestoneStanding | None:
        """Return the standing of one milestone of the path."""
        return next((one for one in self.milestones if one.milestone.address == address), None)


def standing_of(catalog: Catalog, progress: Progress, role: str) -> Standing:
    """Return where the person stands on a role's path. Raises KeyError for an unknown role."""
    records = Records(catalog, progress)
    path = path_of(catalog, role)
    states: dict[str, MilestoneStanding] = {}
    found = []
    listed = {
        one.address: track for track in reversed(path.tracks) for one in catalog.tracks[track].milestones
    }
    numbers: dict[str, int] = {}
    for milestone in path.milestones:
        track = listed[milestone.address]
        numbers[track] = numbers.get(track, 0) + 1
        one = measure_milestone(milestone, numbers[track], records)
        states[milestone.address] = one._replace(track=track)

    def open_by(address: str) -> bool:
        if address not in states:
            other = catalog.milestone(address)
            if other is None:
                return True
            states[address] = measure_milestone(other, 0, records)
        return states[address].state in COMPLETE

    for milestone in path.milestones:
        one = states[milestone.address]
        waits = tuple(group for group in milestone.after if not any(open_by(address) for address in group))
        found.append(one._replace(locked_by=waits) if waits else one)
    return _totals(path, tuple(found))


def _totals(path: Path, found: tuple[MilestoneStanding, ...]) -> Standing:
    counted = [one for one in found if one.state != "skipped"]
    hours_done = sum(one.hours_done for one in counted)
    hours_all = sum(one.hours for one in counted)
    missing = any(one.missing for one in counted)
    percent = (
        min(99, floor(100 * hours_done / hours_all)) if missing and hours_all else (0 if missing else 100)
    )
    claimed = [one for one in counted if one.state in ("done", "proven")]
    provable = [one for one in counted if one.needs]
    proven = [one for one in provable if one.projects_proven >= one.needs]
    proven_percent = floor(100 * len(proven) / len(provable)) if provable else 0
    return Standing(
        path,
        found,
        claimed=Total(len(claimed), len(counted), percent),
        proven=Total(len(proven), len(provable), proven_percent),
        hours=Total(round(hours_done, 2), round(hours_all, 2), percent),
    )


def measure_milestone(milestone: Milestone, number: int, records: Records) -> MilestoneStanding:
    """Return the standing in one milestone, without its locks."""
    mark = records.state(milestone.address)
    skills = [skill for skill in milestone.required_skills if records.state(skill.address) != State.SKIPPED]
    done = [skill for skill in skills if records.state(skill.address) == State.DONE]
    projects = [one for one in milestone.projects if records.state(one.address) != State.SKIPPED]
    proven = [one for one in projects if records.entry(one.address).proven]
    built = [one for one in projects if one in proven or records.state(one.address) == State.DONE]
    needs = min(milestone.needs, len(projects))
    whole = mark == State.DONE
    skill_hours, project_hours = split_hours(milestone)
    all_skills = len(milestone.required_skills)
    per_skill = skill_hours / all_skills if all_skills else 0.0
    per_project = project_hours / milestone.needs if milestone.needs else 0.0
    hours = per_skill * len(skills) + per_project * needs
    hours_done = per_skill * len(done) + per_project * min(needs, len(built))
    missing = [skill.address for skill in skills if skill not in done]
    if len(built) < needs:
        waiting = [one for one in by_preference(milestone, records) if one in projects and one not in built]
        missing += [one.address for one in waiting[: needs - len(built)]]
    if not all_skills and not milestone.needs:
        hours, hours_done, missing = _by_reading(milestone, records)
    if whole:
        hours_done, missing = hours, []
    begun = mark == State.LEARNING or any(
        records.state(address) in (State.LEARNING, State.DONE)
        for address in (
            *(entry.skill.address for entry in milestone.skills if not entry.shared),
            *(one.address for one in milestone.projects),
        )
    )
    nothing_left = not skills and not needs and (all_skills or milestone.needs)
    if mark == State.SKIPPED or (nothing_left and not whole):
        state = "skipped"
    elif not missing:
        state = "proven" if needs and len(proven) >= needs else "done"
    else:
        state = "learning" if begun or done else "todo"
    return MilestoneStanding(
        milestone=milestone,
        number=number,
        state=state,
        hours=hours,
        hours_done=hours_done,
        skills_done=len(skills) if whole else len(done),
        skills_total=len(skills),
        projects_done=len(built),
        projects_proven=len(proven),
        needs=needs,
        locked_by=(),
        missing=() if state == "skipped" else tuple(missing),
    )


def split_hours(milestone: Milestone) -> tuple[float, float]:
    """Split a milestone's hours into those of its skills and those of the projects it needs.

    The projects take the hours of the core ones; at least half an hour stays for each required skill.
    """
    count = len(milestone.required_skills)
    if not milestone.needs:
        return (milestone.hours, 0.0) if count else (0.0, 0.0)
    if not count:
        return 0.0, milestone.hours
    ranked = sorted(milestone.projects, key=lambda one: one.level != "core")[: milestone.needs]
    wanted = sum(one.hours or 0 for one in ranked)
    project_hours = max(0.0, min(wanted, milestone.hours - HOURS_PER_SKILL * count))
    return milestone.hours - project_hours, project_hours


def by_preference(milestone: Milestone, records: Records) -> list[Project]:
    """Order a milestone's projects by what to take up: begun ones, then the core, then as written."""

    def rank(project: Project) -> tuple[bool, bool]:
        entry = records.entry(project.address)
        begun = entry.state in (State.LEARNING, State.DONE) or len(entry.lacks) < 3
        return (not begun, project.level != "core")

    return sorted(milestone.projects, key=rank)


def _by_reading(milestone: Milestone, records: Records) -> tuple[float, float, list[str]]:
    """Count a milestone that holds nothing but reading: its essential resources, evenly."""
    pages = [
        one for one in milestone.resources if not one.optional and records.state(one.address) != State.SKIPPED
    ]
    missing = [one.address for one in pages if records.state(one.address) != State.DONE]
    if not pages:
        begun = records.state(milestone.address) in (State.DONE, State.SKIPPED)
        return milestone.hours, 0.0, [] if begun else [milestone.address]
    share = milestone.hours / len(pages)
    return milestone.hours, share * (len(pages) - len(missing)), missing
