"""One change to a progress file, as an operation: which key, which value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from roadmap.model.progress import EMPTY, WORDS, Entry, Progress
from roadmap.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | int | float | bool | date | tuple[str, ...] | None
"""What a key can be set to; None stands for no key."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Edit(Record):
    """Set one key, named by the tables it is in and itself, to a value. None deletes it.

    ``("role",)`` is a key at the top; ``("ai-engineer", "first-app", "streaming", "state")`` one of an item.
    """

    path: Path
    value: Value


def edit(address: str, field: str, value: Value) -> Edit:
    """Return the edit that sets one field of the entry at an address."""
    return Edit((*address.split("/"), field), value)


def with_edits(progress: Progress, edits: Iterable[Edit]) -> Progress:
    """Return what a progress would say after some edits, without touching any file."""
    entries = dict(progress.entries)
    top: dict[str, Value] = {}
    for one in edits:
        if len(one.path) == 1:
            top[one.path[0]] = one.value
        else:
            address = "/".join(one.path[:-1])
            entries[address] = _with(entries.get(address, EMPTY), one.path[-1], one.value)
    role = top.get("role", progress.role)
    hours = top.get("hours_per_week", progress.hours_per_week)
    return replace(
        progress,
        entries=entries,
        role=role if isinstance(role, str) else None,
        hours_per_week=float(hours) if isinstance(hours, int | float) else None,
    )


def _with(entry: Entry, field: str, value: Value) -> Entry:
    """Return a record with one field set, as if read back from the file."""
    many = value if isinstance(value, tuple) else (str(value),) if value is not None else ()
    match field:
        case "state":
            return replace(entry, state=WORDS[str(value)] if value is not None else EMPTY.state)
        case "on":
            return replace(entry, on=value if isinstance(value, date) else None)
        case "note":
            return replace(entry, note=str(value or ""))
        case "links":
            return replace(entry, links=many)
        case "built":
            return replace(entry, built=many)
        case "evaluated":
            return replace(entry, evaluated=many)
        case "explained":
            return replace(entry, explained=many)
        case _:
            return entry
