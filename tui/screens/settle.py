"""A merge conflict in the progress file: show what would be decided, and write it when the person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType

from roadmap.analysis.decisions import decision_text
from roadmap.model.errors import ProgressError
from roadmap.storage.resolve import CONTINUE, SOURCES
from tui.screens.base import roadmap_app
from tui.screens.help import Reader
from tui.text import count, flow
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.storage.resolve import Resolution


class SettleScreen(Reader):
    """Both sides put together field by field, with each decision; nothing is written before the person says so."""

    BINDINGS: ClassVar[Sequence[BindingType]] = [  # type: ignore[assignment]
        Binding("y", "write", "write it", id="settle.write"),
        Binding("escape,n,b,q", "close", "not now", id="settle.close"),
    ]

    app = getters.app(roadmap_app)

    def __init__(self) -> None:
        super().__init__(id="settle")
        self.found: Resolution | None = None
        self.error: ProgressError | None = None
        self.asked = False

    def on_mount(self) -> None:
        """Work out what would be decided."""
        super().on_mount()
        self.run_worker(self._ask(), exclusive=True)

    async def _ask(self) -> None:
        try:
            self.found = await self.app.session.settle(dry_run=True)
        except ProgressError as error:
            self.error = error
        self.asked = True
        self._fill()

    def lines(self, width: int) -> list[Line]:
        """Return what would be decided, or why it cannot be."""
        rows = [line(Part("Settle the conflict", "title")), Line()]
        if not self.asked:
            return [*rows, line(Part("reading both sides", "muted"))]
        if self.error is not None:
            rows += [line(Part(row, "error")) for row in flow(self.error.message, width)]
            return [*rows, Line(), *(line(row) for row in flow(self.error.help, width)), Line(), self._keys()]
        if self.found is None:
            return [*rows, line("There is nothing to settle any more."), Line(), self._keys()]
        text = f"Both sides are put together field by field, from {SOURCES[self.found.source]}."
        rows += [line(row) for row in flow(text, width)]
        if self.found.operation == "rebase" and self.found.decisions:
            text = 'In a rebase, "ours" is the branch you rebase onto, and "theirs" your own commit.'
            rows += [line(Part(row, "muted")) for row in flow(text, width)]
        rows.append(Line())
        for one in self.found.decisions:
            first, *rest = flow(decision_text(one), width - 2)
            rows += [line(first), *(line(Part(f"  {row}", "muted")) for row in rest)]
        if not self.found.decisions:
            rows.append(line("The two sides changed different things; nothing had to be decided."))
        for note in self.found.notes:
            rows += [Line(), *(line(Part(row, "warning")) for row in flow(note, width))]
        return [*rows, Line(), self._keys("write it")]

    def _keys(self, write: str = "") -> Line:
        keys = [("y", write)] if write else []
        parts = [
            (Part(key, "key"), Part(f" {word}   ", "muted")) for key, word in [*keys, ("esc", "not now")]
        ]
        return Line(tuple(part for pair in parts for part in pair))

    async def action_write(self) -> None:
        """Write and stage what was shown; what changed on disk since is taken in, as ever."""
        if self.found is None:
            return
        try:
            result = await self.app.session.settle()
        except ProgressError as error:
            self.found, self.error = None, error
            self._fill()
            return
        self.dismiss(None)
        if result is None:
            await self.app.settled("it was settled already")
            return
        told = f"settled, {count(len(result.decisions), 'decision')}{', staged' if result.staged else ''}"
        then = f"; {CONTINUE[result.operation]}" if result.staged and result.operation else ""
        self.app.session.decided += [*map(decision_text, result.decisions), *result.notes]
        await self.app.settled(told + then)
