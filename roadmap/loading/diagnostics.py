"""Faults of a track: what is wrong, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from roadmap.loading.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    "T013": "a web address is malformed",
    "T014": "an address is malformed",
    "T015": "a short address could be several things",
    "T016": "the same question is asked twice",
    "T017": "the same web page has two titles",
    "T018": "the same sentence stands twice",
    "T019": "a milestone can never open",
    "T020": "a section is empty",
    "T021": "the hours of a milestone do not add up",
    "T022": "a line of `explained` is not a question",
    "T023": "`evaluated` names no number",
    "T024": "a text is too long for its place on the screens",
    "T025": "a check has the wrong kind or the wrong parameters",
    "T026": "text begins or ends with white space",
    "T027": "an overlay names something that is not in the track",
    "T028": "an overlay adds what is there already",
    "T029": "an overlay for a track there is not",
    "T030": "an overlay asks for what cannot be done",
}
"""Every code a fault can have. Codes are never reused."""

TAB = 4
"""Columns a tab is shown as in a quoted line."""

_ROOM = 160
"""Most characters of one line that are quoted around a fault, unless somebody has less room."""


class Related(NamedTuple):
    """A second place that explains a fault, such as where an id was used first."""

    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    source: str = ""


class Fix(NamedTuple):
    """One safe change of the text: replace what stands between two offsets, in characters, by another text."""

    start: int
    end: int
    text: str


class Fault(NamedTuple):
    """One fault of one file. ``line`` and ``column`` count from 1; 0 when the fault has no place.

    ``end_column`` is one past the last character. ``source`` is the line as it stands in the file. ``fix``
    holds the changes that mend the fault without anybody having to think about it; mostly there are none.
    """

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
    related: tuple[Related, ...] = ()
    fix: tuple[Fix, ...] = ()

    @classmethod
    def revive(cls, row: Sequence[Any]) -> Fault:
        """Return the fault that was stored as a list of its fields, such as JSON makes of it."""
        fault = cls(*row)
        return fault._replace(
            related=tuple(Related(*one) for one in fault.related), fix=tuple(Fix(*one) for one in fault.fix)
        )

    def brief(self) -> str:
        """Return the fault on one line, as compilers do: ``file:line:column: error[code]: message``."""
        first = self.related[0] if self.related else None
        more = f"{first.message}: line {first.line}" if first and first.file == self.file else ""
        tail = f" ({self.help or more})" if self.help or more else ""
        return f"{_where(self)}: {self.severity}[{self.code}]: {self.message}{tail}"

    def render(self, room: int = _ROOM) -> str:
        """Return the fault with its line, a caret under the place, and the second places if there are any.

        Of a line with more than ``room`` characters, what stands around the place is quoted.
        """
        lines = [self.line, *(one.line for one in self.related)]
        digits = max(len(str(line)) for line in lines)
        out = [f"{self.severity}[{self.code}]: {self.message}", f"{' ' * digits}--> {_where(self)}"]
        out += _quoted(self, digits, "^", "", room)
        for one in self.related:
            if one.file != self.file or not one.source or not self.source:
                out.append(f"{' ' * digits}::: {_where(one)}")
            elif abs(one.line - self.line) > 1:
                out.append(f"{'.' * 3}")
            out += _quoted(one, digits, "-", one.message, room)
        if self.help:
            out.append(f"{' ' * digits} = help: {self.help}")
        return "\n".join(out)


def _where(place: Fault | Related) -> str:
    file = clean(place.file).replace("\n", "\ufffd")
    return f"{file}:{place.line}:{place.column}" if place.line else file


def _quoted(place: Fault | Related, digits: int, mark: str, label: str, room: int) -> list[str]:
    """Quote the line of a place and underline the place. Long lines are cut around it; tabs become spaces."""
    gutter = " " * digits
    if not place.line or not place.source:
        return [f"{gutter} = {label}"] if label else []
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(place.source)
    # A line of 40,000 characters is quoted where it matters only.
    left = max(0, start - room // 2) if len(place.source) > room else 0
    right = min(len(place.source), left + room)
    before = ("…" if left else "") + _shown(place.source[left:start])
    marked = _shown(place.source[start : min(end, right)])
    after = _shown(place.source[min(end, right) : right]) + ("…" if right < len(place.source) else "")
    under = " " * _cells(before) + mark * max(1, _cells(marked)) + (f" {label}" if label else "")
    line = f"{place.line:>{digits}} | {before}{marked}{after}"
    return [f"{gutter} |", line.rstrip(), f"{gutter} | {under}"]


def _shown(text: str) -> str:
    return clean(text.replace("\t", " " * TAB)).replace("\n", " ")


def _cells(text: str) -> int:
    return sum(width(character) for character in text)


def width(character: str) -> int:
    """Return how many terminal cells a character takes: 2 for wide ones, 0 for combining ones and joiners."""
    if unicodedata.combining(character) or character in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
