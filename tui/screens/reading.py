"""Longer texts to read on request: faults of tracks, records without a track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.help import Reader
from tui.text import wrap
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence


class TextScreen(Reader):
    """A title and some blocks of text, each wrapped as it is."""

    def __init__(self, title: str, blocks: Sequence[str]) -> None:
        super().__init__(id="text")
        self.text_title = title
        self.blocks = blocks

    def lines(self, width: int) -> list[Line]:
        """Return the title and the blocks."""
        rows = [line(Part(self.text_title, "title"))]
        for block in self.blocks:
            rows += [Line(), *(line(row) for part in block.split("\n") for row in _kept(part, width))]
        return rows


def _kept(text: str, width: int) -> list[str]:
    """Return one line as it is when it fits, so that carets stay under what they point at."""
    return [text] if len(text) <= width and text.strip() else wrap(text, width)
