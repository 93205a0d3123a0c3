"""Undo and redo that outlive the program: a line of JSON for every change, one file for a progress file.

Each line is ``{"what", "at", "edits": [[path, before, after], ...], "undone"}``. The journal is a comfort and
not the truth: one that is broken is set aside and a new one begun, and nothing here can harm a progress file.
"""

from __future__ import annotations

import contextlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.model.edit import Edit
from roadmap.storage.atomic import write_private

if TYPE_CHECKING:
    from pathlib import Path as File

    from roadmap.model.edit import Path

MAX_ENTRIES = 200
"""How many changes can be taken back."""

MAX_BYTES = 1_000_000
"""The largest journal; the oldest changes go first."""


class Opaque:
    """A value in the file that this program never writes itself, so that it cannot bring it back."""


OPAQUE = Opaque()


class Step(NamedTuple):
    """One key that a change touched, with the plain values before and after. None stands for no key."""

    path: Path
    before: Any
    after: Any


class Change(NamedTuple):
    """What to do to take a change back, or to make it again: each step goes from ``before`` to ``after``."""

    what: str
    steps: tuple[Step, ...]
    position: int
    undo: bool

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The steps as edits of the text."""
        return tuple(Edit(step.path, step.after) for step in self.steps)


class _Record(NamedTuple):
    what: str
    at: str
    steps: tuple[Step, ...]
    undone: bool = False


class Journal:
    """The changes made to one progress file. Call it under that file's lock."""

    def __init__(self, file: File) -> None:
        self.file = file

    def record(self, what: str, at: datetime, steps: tuple[Step, ...]) -> None:
        """Add a change. What was undone before can then no longer be redone. Raises OSError."""
        records = [record for record in self._load() if not record.undone]
        self._save([*records, _Record(what, at.isoformat(timespec="seconds"), steps)])

    def undo(self) -> Change | None:
        """Return what takes the latest change back, or None when there is none. Changes nothing yet."""
        records = self._load()
        for position in reversed(range(len(records))):
            if not records[position].undone:
                steps = tuple(Step(s.path, s.after, s.before) for s in reversed(records[position].steps))
                return Change(records[position].what, steps, position, undo=True)
        return None

    def redo(self) -> Change | None:
        """Return what makes the change again that was taken back last, or None. Changes nothing yet."""
        for position, record in enumerate(self._load()):
            if record.undone:
                return Change(record.what, record.steps, position, undo=False)
        return None

    def settle(self, change: Change) -> None:
        """Remember that a change from ``undo`` or ``redo`` was carried out. Raises OSError."""
        records = self._load()
        if change.position < len(records):
            records[change.position] = records[change.position]._replace(undone=change.undo)
            self._save(records)

    def _load(self) -> list[_Record]:
        try:
            data = self.file.read_bytes()
        except OSError:
            return []
        try:
            if len(data) > 2 * MAX_BYTES:
                raise ValueError("not written by this program")
            return [_record(json.loads(line)) for line in data.decode("utf-8").split("\n") if line]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            with contextlib.suppress(OSError):
                self.file.replace(self.file.with_suffix(".broken"))
            return []

    def _save(self, records: list[_Record]) -> None:
        lines = [_line(record) for record in records[-MAX_ENTRIES:]]
        size = sum(map(len, lines))
        while lines and size > MAX_BYTES:
            size -= len(lines.pop(0))
        write_private(self.file, "".join(lines).encode("utf-8"))


def _line(record: _Record) -> str:
    edits = [[step.path, _tagged(step.before), _tagged(step.after)] for step in record.steps]
    entry: dict[str, Any] = {"what": record.what, "at": record.at, "edits": edits}
    if record.undone:
        entry["undone"] = True
    return json.dumps(entry, separators=(",", ":")) + "\n"


def _record(entry: dict[str, Any]) -> _Record:
    what, at, undone = entry["what"], entry["at"], entry.get("undone", False)
    steps = tuple(Step(tuple(path), _plain(old), _plain(new)) for path, old, new in entry["edits"])
    names = [name for step in steps for name in step.path]
    if not all(isinstance(text, str) for text in (what, at, *names)) or not all(step.path for step in steps):
        raise TypeError("not a change")
    return _Record(what, at, steps, undone is True)


def _tagged(value: Any) -> Any:
    """Return a value as JSON: a date with its name on it, and what no edit can write as opaque."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple | list) and all(isinstance(part, str) for part in value):
        return list(value)
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int) and value.bit_length() < 64:
        return value
    return {"opaque": True}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        if not all(isinstance(part, str) for part in value):
            raise TypeError("not a list of texts")
        return tuple(value)
    if not isinstance(value, dict):
        return value
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    return OPAQUE
