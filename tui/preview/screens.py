"""The screens that only a preview has: the empty one before there is anything to show, and one fault in full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType

from tui.preview.lines import fault_lines, why_not
from tui.preview.panel import preview_app
from tui.screens import help
from tui.screens.base import Frame
from tui.screens.help import Reader
from tui.text import flow
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from roadmap.loading.diagnostics import Fault


class EmptyScreen(Frame):
    """A track that could not be shown yet."""

    PURPOSE = (
        "The track has faults that keep it from being shown; mend them in your editor and save, and its map "
        "appears here."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("preview.panel", "to the faults"),
        ("app.retry", "read it again"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.panel", "to the faults", id="preview.go", show=False),
    ]

    what = getters.query_one("#what", LineList)

    @property
    def listing(self) -> LineList:
        """The sentences."""
        return self.what

    def body(self) -> Iterator[Widget]:
        """Yield the sentences."""
        yield LineList(self._lines, id="what", signs=self.signs, cursor=False)

    def show_trouble(self) -> None:
        """Show no banner: the whole screen is about the faults."""

    def _lines(self, width: int) -> list[Line]:
        from tui.preview.rehearsal import PreviewSession

        session = self.session
        assert isinstance(session, PreviewSession)
        room = min(width - 2, 78)
        rows = [Line(), line(" ", Part("Nothing to show yet.", "title")), Line()]
        told = f"{why_not(session)} Mend it in your editor and save: its map appears here by itself."
        return rows + [line(" ", Part(row)) for row in flow(told, room)]

    def fill(self) -> None:
        """Draw everything."""
        self.headline.say([Part(self.session.workspace.place.path.name, "title")])
        self.what.show()


class FaultScreen(Reader):
    """One fault in full. It goes away by itself when the fault is mended."""

    CSS_PATH = str(Path(help.__file__).parent / "help.tcss")  # the reader's; it is not beside this file
    app = getters.app(preview_app)

    def __init__(self, key: str, fault: Fault) -> None:
        super().__init__(id="fault")
        self.key = key
        self.fault = fault

    def lines(self, width: int) -> list[Line]:
        """Return the fault as lint tells it."""
        return fault_lines(self.fault, self.app.signs, width)

    def again(self, fault: Fault) -> None:
        """Show the same fault at its present place."""
        if fault != self.fault:
            self.fault = fault
            self._fill()
