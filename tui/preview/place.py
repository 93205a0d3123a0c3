"""Where the panel of faults stands on a terminal of some size."""

from __future__ import annotations

from typing import NamedTuple

WIDE = 100
"""The width of the terminal from which the panel stands beside the screen."""


class Place(NamedTuple):
    """Where the panel is: beside the screen or below it, and how many columns or rows it takes; 0 for none."""

    beside: bool
    cells: int


def place_of(width: int, height: int, faults: int, shown: bool) -> Place:
    """Return the place of the panel on a terminal. The screen keeps 66 columns beside it, or 10 rows above it."""
    if not shown or width < 40 or height < 10:
        return Place(False, 0)
    if width >= WIDE:
        return Place(True, max(34, min(50, width - 80)))
    if height < 14:
        return Place(False, 0)
    return Place(False, max(4, min(12, height // 3)) if faults else 3)
