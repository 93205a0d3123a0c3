"""Leaving with changes that could not be saved: ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType

from tui.screens.base import roadmap_app
from tui.screens.help import Reader
from tui.text import count, flow
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnsavedScreen(Reader):
    """Try again, leave without the changes, or stay."""

    BINDINGS: ClassVar[Sequence[BindingType]] = [  # type: ignore[assignment]
        Binding("r", "again", "try again", id="unsaved.again"),
        Binding("y", "leave", "quit without them", id="unsaved.leave"),
        Binding("escape,n,b", "close", "stay", id="unsaved.stay"),
    ]

    app = getters.app(roadmap_app)

    def __init__(self) -> None:
        super().__init__(id="unsaved")

    def lines(self, width: int) -> list[Line]:
        """Return what is the matter and what can be done."""
        session = self.app.session
        rows = [line(Part(f"{count(session.unsaved, 'change')} not saved", "error")), Line()]
        rows += [line(row) for row in flow(str(session.trouble or ""), width)]
        rows += [Line(), *(line(Part(f"  {marked.what}", "muted")) for marked in session.pending[:8]), Line()]
        keys = (("r", "try again"), ("y", "quit without them"), ("esc", "stay"))
        parts = [part for key, word in keys for part in (Part(key, "key"), Part(f" {word}   ", "muted"))]
        return [*rows, Line(tuple(parts))]

    async def action_again(self) -> None:
        """Try to save once more, and leave when that works."""
        await self.app.session.save()
        if not self.app.session.unsaved:
            self.app.exit()
        else:
            self._fill()

    def action_leave(self) -> None:
        """Leave without the changes."""
        self.app.session.pending.clear()
        self.app.exit(return_code=1)
