"""Guessing what somebody meant to write, within a bound: a hostile file must not cost minutes of guessing."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDGET = 60_000
"""How many comparisons one ``Hints`` makes before it stops guessing; about half a second."""

_LONGEST = 120


class Hints:
    """Near misses among known words, as long as the budget lasts."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._left = budget

    def near(self, wanted: str, known: Iterable[str], limit: int = 1, cutoff: float = 0.6) -> list[str]:
        """Return up to ``limit`` known words that look like the wanted one, best first."""
        if len(wanted) > _LONGEST or self._left <= 0:
            return []
        words = list(known)
        self._left -= len(words)
        return difflib.get_close_matches(wanted, words, n=limit, cutoff=cutoff)

    def did_you_mean(self, wanted: str, known: Iterable[str]) -> str:
        """Return a sentence that offers the nearest known word, or an empty text when none is near."""
        close = self.near(wanted, known)
        return f"did you mean `{close[0]}`?" if close else ""
