"""The rule about hours: what a milestone says it takes is what its parts add up to (T021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading.outline import number, words
from roadmap.model.track import HOURS_PER_SKILL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.outline import Stage

TOLERANCE = 2
"""Hours by which an author may round."""

UNKNOWN = 40
"""The most hours that a part without an estimate can stand for."""


def implausible_hours(draft: Draft) -> Iterator[Fault]:
    """Stated hours are essential reading, half an hour for each required skill, and the core project.

    A capstone is exempt: most of its work is in no list. A part without an estimate may take anything
    sensible.
    """
    for stage in draft.outline.stages:
        stated = number(stage.data, "hours")
        if stated is None or stage.data.get("capstone") is True:
            continue
        low, high, parts = _range(stage)
        if low - TOLERANCE <= stated <= high + TOLERANCE:
            continue
        total = f"{low:g}" if low == high else f"{low:g} at least" if stated < low else f"{high:g} at most"
        yield draft.at(
            "T021",
            f"{stated:g} hours are stated, but the parts of the milestone add up to {total}",
            (*stage.path, "hours"),
            severity="warning",
            help=f"{parts}; or leave `hours` out, and they are counted for you",
        )


def _range(stage: Stage) -> tuple[float, float, str]:
    """Return the fewest and the most hours the parts can take, and the parts in words."""
    reading = [
        number(one.data, "hours") for one in stage.of("resource") if one.data.get("optional") is not True
    ]
    skills = sum(one.data.get("optional") is not True for one in stage.of("skill"))
    projects = list(stage.of("project"))
    needs = number(stage.data, "needs")
    needed = min(1, len(projects)) if needs is None else min(int(max(needs, 0)), len(projects))
    core = [one for one in projects if (words(one.data, "level") or "core") == "core"] or projects
    building = [number(one.data, "hours") for one in core] if needed else []
    study = HOURS_PER_SKILL * skills
    known = sum(one for one in reading if one is not None)
    unknown = UNKNOWN * sum(one is None for one in reading)
    least = needed * min((0 if one is None else one for one in building), default=0)
    most = needed * max((UNKNOWN if one is None else one for one in building), default=0)
    parts = f"{known:g} of reading, {study:g} for skills and {least:g} for projects"
    return known + study + least, known + study + unknown + most, parts
