"""Answers as plain text: words and columns, no boxes and no color, so that everybody can read them."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from roadmap.model.amounts import count, hours_text, split_hours
from roadmap.model.catalog import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap.analysis.standing import MilestoneStanding
    from roadmap.model.catalog import Catalog

__all__ = [
    "cells",
    "columns",
    "count",
    "hours_text",
    "split_hours",
    "state_text",
    "waits_text",
    "width",
    "wrap",
]

MAX_WIDTH = 88
"""The widest line of text, however wide the terminal is."""


def width() -> int:
    """Return the columns to write in: those of the terminal, between 40 and 88."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isdigit() else 0
    if not columns:
        try:
            columns = os.get_terminal_size().columns
        except OSError:  # not a terminal
            columns = 80
    return max(40, min(MAX_WIDTH, columns))


def wrap(text: str, indent: str = "", hang: str | None = None) -> str:
    """Wrap a paragraph to the width, with an indent for the first line and another for the rest."""
    import textwrap

    rest = indent if hang is None else hang
    lines = textwrap.wrap(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines) or indent.rstrip()


def cells(text: str) -> int:
    """Return how many columns a text takes: wide characters count two, combining ones none."""
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = (), gap: str = "  ") -> str:
    """Line rows up in columns; those numbered in ``right`` end flush. The last column is never padded."""
    if not rows:
        return ""
    flush = set(right)
    count = max(len(row) for row in rows)
    widths = [max((cells(row[i]) for row in rows if i < len(row)), default=0) for i in range(count)]
    lines = []
    for row in rows:
        parts = []
        for i, cell in enumerate(row):
            space = " " * (widths[i] - cells(cell))
            parts.append(space + cell if i in flush else cell + space)
        lines.append(gap.join(parts).rstrip())
    return "\n".join(lines)


def state_text(one: MilestoneStanding) -> str:
    """Name the state of a milestone, ``locked`` included."""
    return "locked" if one.locked else one.state


def waits_text(catalog: Catalog, one: MilestoneStanding) -> str:
    """Say what a milestone waits for: "needs Search that finds the right thing and one of X, Y"."""
    parts = []
    for group in one.locked_by:
        names = [title_of(catalog.things[address]) for address in group if address in catalog.things]
        parts.append(names[0] if len(names) == 1 else "one of: " + ", ".join(names))
    return "needs " + "; ".join(parts) if parts else ""
