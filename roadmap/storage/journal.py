"""Undo and redo that outlive the program: a line of JSON for every change, one file for a progress file.

Each line is ``{"what", "at", "edits": [[path, before, after], ...], "undone"}``. The journal is a comfort and
not the truth: one that is broken is set aside and a new one begun, and nothing here can harm a progress file.
"""

from __future__ import annotations

import contextlib
import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading.clean import quote
from roadmap.loading.progress_text import read_toml
from roadmap.model.edit import Edit
from roadmap.model.errors import UndoRefused
from roadmap.storage.atomic import write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    """The changes made to one progress file. Call it under that file's lock.

    Every method raises OSError when the file is there and cannot be read; it is not written then.
    """

    def __init__(self, file: File) -> None:
        self.file = file

    def record(self, what: str, at: datetime, steps: tuple[Step, ...]) -> None:
        """Add a change. What was undone before can then no longer be redone."""
        kept = [line for line in self._lines() if not line.endswith(_UNDONE)]
        self._write([*kept, _line(_Record(what, at.isoformat(timespec="seconds"), steps))])

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
        """Remember that a change from ``undo`` or ``redo`` was carried out."""
        records = self._load()
        if change.position < len(records):
            records[change.position] = records[change.position]._replace(undone=change.undo)
            self._save(records)

    def _load(self) -> list[_Record]:
        try:
            data = self.file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return []
        try:
            if len(data) > 2 * MAX_BYTES:
                raise ValueError("not written by this program")
            return [_record(json.loads(line)) for line in data.decode("utf-8").split("\n") if line]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            with contextlib.suppress(OSError):
                self.file.replace(self.file.with_suffix(".broken"))
            return []

    def _lines(self) -> list[str]:
        """Return the lines as they are: adding one need not understand the others, and each save adds one."""
        try:
            data = self.file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return []
        lines = data.decode("utf-8", "replace").splitlines(keepends=True)
        if len(data) <= 2 * MAX_BYTES and all(_OURS.match(line) for line in lines):
            return lines
        return [_line(record) for record in self._load()]

    def _save(self, records: list[_Record]) -> None:
        self._write([_line(record) for record in records])

    def _write(self, lines: list[str]) -> None:
        lines = lines[-MAX_ENTRIES:]
        size = sum(map(len, lines))
        while lines and size > MAX_BYTES:
            size -= len(lines.pop(0))
        write_private(self.file, "".join(lines).encode("utf-8"))


_OURS = re.compile(r'\{"what":.*\}\n\Z')
_UNDONE = ',"undone":true}\n'


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


def values_at(text: str, paths: Iterable[Path]) -> dict[Path, Any]:
    """Return what stands at each path of a text, a list of texts as the tuple an edit has."""
    from roadmap.storage.edits import value_at  # only a change needs it, and what it imports

    data = read_toml(text)
    found = {path: value_at(data, path) for path in paths}
    return {path: tuple(value) if isinstance(value, list) else value for path, value in found.items()}


def refuse_if_changed(text: str, change: Change) -> None:
    """Raise UndoRefused unless each key still is as the change left it, or already as it shall become."""
    verb = "taken back" if change.undo else "made again"
    now = values_at(text, [step.path for step in change.steps])
    for step in change.steps:
        field = quote("/".join(step.path[:-1]) + f": {step.path[-1]}" if step.path[1:] else step.path[0], 160)
        if step.after is OPAQUE:
            raise UndoRefused(
                f"{quote(change.what)} cannot be {verb}: {field} held a value that roadmap never writes.",
                "Change it in an editor; nothing was lost.",
            )
        if now[step.path] not in (step.before, step.after):
            raise UndoRefused(
                f"{quote(change.what)} cannot be {verb}: {field} was changed by somebody else since.",
                "Look at it and set it by hand; nothing was lost.",
            )
