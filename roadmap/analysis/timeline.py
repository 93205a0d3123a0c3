"""A person's progress over time, from the versions that the file had."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.changes import Change, changes
from roadmap.model.progress import Progress, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Version(NamedTuple):
    """The file in one commit, and in the one before it. ``id`` is None for what is not committed yet.

    ``after`` is None where the file could not be read or was removed, ``before`` where there was none.
    """

    id: str | None
    day: date | None
    subject: str
    before: Progress | None
    after: Progress | None


class Event(NamedTuple):
    """What one version changed."""

    version: Version
    changes: tuple[Change, ...]


class Week(NamedTuple):
    """What was done first in the seven days from ``monday`` on."""

    monday: date
    items: int
    milestones: int
    proven: int


class Timeline(NamedTuple):
    """``events`` oldest first; ``first_done`` and ``first_proven`` are days by address, by day.

    A day is the one recorded in the file, else that of the commit, else None.
    """

    events: tuple[Event, ...]
    first_done: Mapping[str, date | None]
    first_proven: Mapping[str, date | None]


def timeline(versions: Iterable[Version]) -> Timeline:
    """Return what happened in each version, and when each thing was done for the first time.

    ``versions`` stand oldest first. What was done and taken back later keeps its first day.
    """
    events = []
    done: dict[str, date | None] = {}
    proven: dict[str, date | None] = {}
    for version in versions:
        before, after = version.before or Progress(), version.after
        events.append(Event(version, tuple(changes(before, after)) if after is not None else ()))
        for address, entry in after.entries.items() if after is not None else ():
            if entry.state == State.DONE:
                day = entry.on or version.day
                known = done.get(address)
                if address not in done or (known and day and day < known):
                    done[address] = day
            if entry.proven and address not in proven:
                proven[address] = entry.on or version.day
    return Timeline(tuple(events), _by_day(done), _by_day(proven))


def weeks(line: Timeline, until: date, limit: int | None = None) -> list[Week]:
    """Return the weeks from the first thing done to the one of ``until``, empty ones too; at most the last few.

    A day that lies after ``until`` is in the last week: clocks differ.
    """
    counts: dict[date, list[int]] = {}
    last = _monday(until)
    for place, days in enumerate((line.first_done, line.first_proven)):
        for address, day in days.items():
            if day is not None:
                kind = 2 if place else 1 if address.count("/") == 1 else 0
                counts.setdefault(min(_monday(day), last), [0, 0, 0])[kind] += 1
    if not counts:
        return []
    first = min(counts)
    if limit is not None:
        first = max(first, last - timedelta(weeks=limit - 1))
    number = (last - first).days // 7 + 1
    mondays = [first + timedelta(weeks=week) for week in range(number)]
    return [Week(monday, *counts.get(monday, (0, 0, 0))) for monday in mondays]


def _monday(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - day.weekday(), 1))


def _by_day(days: dict[str, date | None]) -> dict[str, date | None]:
    return dict(sorted(days.items(), key=lambda one: (one[1] is None, one[1] or date.max)))
