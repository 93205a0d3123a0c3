"""What to do next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.records import Records
from roadmap.analysis.standing import COMPLETE, MilestoneStanding, Standing, split_hours
from roadmap.model.catalog import title_of
from roadmap.model.progress import Progress, State
from roadmap.model.track import PROOFS, Project, Skill

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog, Item
    from roadmap.model.progress import Entry
    from roadmap.model.track import Milestone


class Suggestion(NamedTuple):
    """One thing to do next. ``hours`` is a share of its milestone, None when nothing is known."""

    address: str
    title: str
    milestone: str
    hours: float | None
    reason: str


def next_steps(catalog: Catalog, progress: Progress, standing: Standing) -> list[Suggestion]:
    """Return everything that can be done now, the best first: never what is locked, done or skipped.

    Only when all that is left is locked, by something outside the path, comes what is locked: locks never refuse.

    First what is begun, in the milestone that is begun; then the rest of that milestone; then the first step
    of every other open milestone, those that open most coming first among equals in path order.
    """
    records = Records(catalog, progress)
    opened = [
        one
        for one in standing.milestones
        if one.state not in COMPLETE and (not one.locked_by or one.state == "learning")
    ]
    opened = opened or [one for one in standing.milestones if one.state not in COMPLETE]
    opened.sort(key=lambda one: (one.state != "learning", bool(one.locked_by)))
    lists = [_steps(catalog, records, standing, one) for one in opened]
    first = lists[0] if lists else []
    rest = [step for steps in lists[1:] for step in steps[:1]]
    later = [step for steps in lists[1:] for step in steps[1:]]
    ordered = [*first[:2], *rest[:1], *first[2:], *rest[1:], *later]
    return list({step.address: step for step in ordered}.values())


def here(standing: Standing) -> MilestoneStanding | None:
    """Return the milestone the person is at: the first begun one, else the first open one."""
    for wanted in ("learning", "todo"):
        for one in standing.milestones:
            if one.state == wanted and (wanted == "learning" or not one.locked):
                return one
    return next((one for one in standing.milestones if one.state not in COMPLETE), None)


def unlocks(standing: Standing, address: str) -> list[str]:
    """Return the milestones of the path that finishing this one would open."""
    return [
        one.milestone.address
        for one in standing.milestones
        if one.locked_by and all(address in group for group in one.locked_by)
    ]


def _steps(
    catalog: Catalog, records: Records, standing: Standing, one: MilestoneStanding
) -> list[Suggestion]:
    milestone = one.milestone
    count = len(milestone.required_skills)
    skill_hours = split_hours(milestone)[0] / count if count else 0.0
    steps: list[Suggestion] = []
    for address in one.missing:
        thing = catalog.things[address]
        entry = records.entry(address)
        hours = round(skill_hours, 1) if isinstance(thing, Skill) else thing.hours
        reason = _reason(catalog, standing, one, thing, entry, first=not steps)
        steps.append(Suggestion(address, title_of(thing), milestone.address, hours, reason))
    steps.sort(key=lambda step: records.state(step.address) != State.LEARNING)
    return steps


def _reason(
    catalog: Catalog,
    standing: Standing,
    one: MilestoneStanding,
    thing: Milestone | Item,
    entry: Entry,
    *,
    first: bool,
) -> str:
    """Say why this comes next, in one clause."""
    title = one.milestone.title
    if isinstance(thing, Project):
        if len(entry.lacks) < len(PROOFS):
            return f"you began it; evidence is missing for {' and '.join(entry.lacks)}"
        return "you began it" if entry.state == State.LEARNING else f"the project that proves {title}"
    if entry.state == State.LEARNING:
        return "you are in the middle of it"
    if not isinstance(thing, Skill):
        return f"{title} is begun" if one.state == "learning" else f"{title} is open"
    if one.state == "learning":
        left = sum(1 for other in one.missing if not isinstance(catalog.things[other], Project))
        return f"{left} of {one.skills_total} skills left in {title}"
    if not first:
        return f"the same milestone: {title}"
    opens = [title_of(catalog.things[other]) for other in unlocks(standing, one.milestone.address)]
    return f"{title} is open" + (f", and opens {opens[0]}" if opens else "")
