"""The signs for states, rails and bars, in Unicode and in ASCII. Sign and word carry the meaning, not color."""

from __future__ import annotations

import locale
import sys
from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.progress import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap.analysis.standing import MilestoneStanding
    from roadmap.model.progress import Entry
    from roadmap.model.track import Project

WORDS = ("todo", "learning", "done", "proven", "skipped", "locked")
"""Every state that has a sign, in the order they are explained."""

MEANING = {
    "todo": "not begun (todo)",
    "learning": "begun (learning, doing)",
    "done": "done, by your word (claimed)",
    "proven": "proven by three proofs",
    "skipped": "skipped, counts nowhere",
    "locked": "other things come first",
}
"""What each state means, for the help."""


class Signs(NamedTuple):
    """One set of signs. ``width`` is how many cells a state's sign takes; all signs of a set agree."""

    ascii: bool
    width: int
    states: Mapping[str, str]
    rail: Mapping[str, str]
    rule: str
    divider: str
    cursor: str
    bar: tuple[str, str, str]
    back: str
    ellipsis: str
    bullet: str
    arrow: str
    question: str
    tick: str

    def state(self, word: str) -> str:
        """Return the sign of a state."""
        return self.states[word]

    def key(self, text: str) -> str:
        """Return the name of a key in this set's characters."""
        return _ASCII_KEYS.get(text, text) if self.ascii else text


_ASCII_KEYS = {
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "⏎": "enter",
    "⌫": "backspace",
    "␣": "space",
}

UNICODE = Signs(
    ascii=False,
    width=1,
    states={"todo": "○", "learning": "◐", "done": "●", "proven": "◆", "skipped": "◌", "locked": "·"},
    rail={part: part for part in "│─├┤╮╯╰╭┬┴┼ "},
    rule="─",
    divider="│",
    cursor="▌",
    bar=("▓", "█", "░"),
    back="‹",
    ellipsis="…",
    bullet="–",
    arrow="→",
    question="?",
    tick="✓",
)

ASCII = Signs(
    ascii=True,
    width=3,
    states={"todo": "[ ]", "learning": "[~]", "done": "[x]", "proven": "[*]", "skipped": "[-]", "locked": "[.]"},
    rail={
        "│": " | ", "─": "---", "├": " +-", "┤": "-+ ", "╮": "-+ ", "╯": "-+ ", "╰": " +-", "╭": " +-",
        "┬": "-+-", "┴": "-+-", "┼": "-+-", " ": "   ",
    },
    rule="-",
    divider="|",
    cursor=">",
    bar=("#", "=", "."),
    back="<",
    ellipsis="...",
    bullet="-",
    arrow="->",
    question="?",
    tick="+",
)  # fmt: skip


def choose(ascii: bool) -> Signs:  # noqa: A002 - the name the config uses
    """Return the ASCII set when asked for, or when the terminal is not UTF-8."""
    return ASCII if ascii or not speaks_unicode() else UNICODE


def speaks_unicode() -> bool:
    """Tell whether the locale and the terminal's stream are UTF-8."""
    stream = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    names = (locale.getencoding(), stream)
    return all(name.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001") for name in names)


def bar(signs: Signs, claimed: float, proven: float, cells: int = 8) -> tuple[str, str, str]:
    """Return the three parts of a bar: proven, claimed beyond that, and rest; both shares from 0 to 1.

    A share above nothing shows at least one cell, and one below everything leaves at least one empty.
    """

    def length(share: float) -> int:
        if share <= 0:
            return 0
        return cells if share >= 1 else min(cells - 1, max(1, round(share * cells)))

    whole = length(claimed)
    sure = min(length(proven), whole)
    return signs.bar[0] * sure, signs.bar[1] * (whole - sure), signs.bar[2] * (cells - whole)


def state_of_milestone(standing: MilestoneStanding) -> str:
    """Return the word a milestone is shown with."""
    return "locked" if standing.locked else standing.state


def state_of_item(entry: Entry, thing: object = None) -> str:
    """Return the word an item is shown with: its mark, or proven for a project with all three proofs."""
    if hasattr(thing, "evaluated") and entry.proven:
        return "proven"
    return entry.state.value


def state_of_project(entry: Entry, project: Project) -> str:
    """Return the word a project is shown with."""
    return state_of_item(entry, project)


def word_of(state: str, kind: str) -> str:
    """Return the word for a state of a kind of thing: a project is ``doing`` where a skill is ``learning``."""
    if state == State.LEARNING:
        return {"project": "doing", "resource": "reading"}.get(kind, state)
    if state == State.DONE and kind == "resource":
        return "read"
    return state
