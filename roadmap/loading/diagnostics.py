"""Faults of a track: what is wrong, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

CODES: dict[str, str] = {
    "T001": "the file is not valid TOML",
    "T002": "unknown key",
    "T003": "a key is missing",
    "T004": "a value has the wrong type or is out of bounds",
    "T005": "an id is not kebab-case",
    "T006": "two things have the same id",
    "T007": "an address names nothing",
    "T008": "milestones wait for each other in a circle",
    "T009": "tracks extend each other in a circle",
    "T010": "the file cannot be read",
    "T011": "text holds control or invisible characters",
    "T012": "a reference leads to another reference or to the wrong kind of thing",
}
"""Every code a fault can have. Codes are never reused."""


class Fault(NamedTuple):
    """One fault of one file. ``line`` and ``column`` count from 1; 0 when the fault has no place."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    help: str = ""
    source: str = ""

    def brief(self) -> str:
        """Return the fault on one line, as compilers do: ``file:line:column: error[code]: message``."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        tail = f" ({self.help})" if self.help else ""
        return f"{where}: {self.severity}[{self.code}]: {self.message}{tail}"

    def render(self) -> str:
        """Return the fault with its line and a caret under the place."""
        out = [f"{self.severity}[{self.code}]: {self.message}"]
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        out.append(f" --> {where}")
        if self.line and self.source:
            number = str(self.line)
            gutter = " " * len(number)
            before = self.source[: self.column - 1]
            length = (
                self.end_column - self.column
                if self.end_line == self.line
                else len(self.source) - self.column + 1
            )
            marked = self.source[self.column - 1 : self.column - 1 + max(1, length)]
            lead = "".join("\t" if ch == "\t" else " " * width(ch) for ch in before)
            carets = "^" * max(1, sum(width(ch) for ch in marked))
            out += [f"{gutter} |", f"{number} | {self.source}", f"{gutter} | {lead}{carets}"]
        if self.help:
            out.append(f"  = help: {self.help}")
        return "\n".join(out)


def width(character: str) -> int:
    """Return how many terminal cells a character takes: 2 for wide ones, 0 for combining ones."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
