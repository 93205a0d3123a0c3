"""One change to a progress file, as an operation: which key, which value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.progress import EMPTY, WORDS, Entry, Progress, State
from roadmap.model.track import PROOFS

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | int | float | bool | date | tuple[str, ...] | None
"""What a key can be set to; None stands for no key."""

Path = tuple[str, ...]


class Edit(NamedTuple):
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
    return progress._replace(
        entries=entries,
        role=role if isinstance(role, str) else None,
        hours_per_week=float(hours) if isinstance(hours, int | float) else None,
    )


def _with(entry: Entry, field: str, value: Value) -> Entry:
    """Return a record with one field set, as if read back from the file."""
    many = value if isinstance(value, tuple) else (str(value),) if value is not None else ()
    match field:
        case "state":
            begun = State.LEARNING if len(entry.lacks) < len(PROOFS) else State.TODO
            return entry._replace(state=WORDS[str(value)] if value is not None else begun)
        case "on":
            return entry._replace(on=value if isinstance(value, date) else None)
        case "note":
            return entry._replace(note=str(value or ""))
        case "links":
            return entry._replace(links=many)
        case "built":
            return entry._replace(built=many)
        case "evaluated":
            return entry._replace(evaluated=many)
        case "explained":
            return entry._replace(explained=many)
        case _:
            return entry
