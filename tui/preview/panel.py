"""The panel of faults: beside the screen when there is room, below it when there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.messages import HintClicked, Opened
from tui.preview.lines import keyed, panel_lines, tally
from tui.screens.base import MOVES
from tui.widgets.chrome import Inked, KeyBar, Rule
from tui.widgets.lines import Line, LineList, Part, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip

    from tui.preview.app import PreviewApp
    from tui.preview.place import Place
    from tui.preview.rehearsal import PreviewSession
    from tui.signs import Signs


def preview_app() -> type[PreviewApp]:
    """Return the application's class, for typed access to it without a circle of imports."""
    from tui.preview.app import PreviewApp

    return PreviewApp


class Head(Inked):
    """The headline of the panel; below a screen, it is drawn as a rule."""

    app = getters.app(preview_app)

    def __init__(self, signs: Signs, id: str | None = None) -> None:
        super().__init__(id=id)
        self.signs = signs
        self.across = False

    def parts(self, width: int) -> Sequence[Part]:
        """Return how many faults there are, and below a screen also the keys."""
        found = self.app.session.reading
        number = tally(found.faults)
        worst = "error" if "error" in number else "warning" if found.faults else "muted"
        more = f"; {len(found.elsewhere)} elsewhere" if found.elsewhere else ""
        said = [Part("Faults  ", "title"), Part(number, worst), Part(more, "muted")]
        if not found.faults and not found.elsewhere:
            said = [Part("No faults", "title")]
        if not self.across:
            return [Part(" "), *(said if width_of(said) < width else said[1:2])]
        rule = self.signs.rule
        left = [Part(rule * 2 + " ", "line"), *said, Part(" ")]
        right: list[Part] = []
        for key, word in self.app.panel_keys():
            right += [Part(f" {key}", "key"), Part(f" {word} ", "muted")]
        right.append(Part(rule * 2, "line"))
        gap = width - width_of(left) - width_of(right)
        return [*left, Part(rule * gap, "line"), *right] if gap > 0 else [*left, Part(rule * width, "line")]

    def on_click(self, event: events.Click) -> None:
        """Hide the panel."""
        event.stop()
        self.app.action_faults()


class Faults(LineList, can_focus=True):
    """The faults. The keys go here while it has the focus, and only then its cursor shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        Binding("enter,space", "open", "explain the fault", id="preview.open"),
        Binding("escape,b,left,h", "leave", "back to the screen", id="preview.leave"),
    ]

    def _draw(self, one: Line, lit: bool, width: int) -> Strip:
        return super()._draw(one, lit and self.has_focus, width)

    def on_focus(self) -> None:
        """Show the cursor."""
        self._strips.clear()
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._strips.clear()
        self.refresh()

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        self.step(by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.page(pages)

    def action_edge(self, last: bool) -> None:
        """Move the cursor to the first or the last fault."""
        self.edge(last)

    def action_open(self) -> None:
        """Explain the fault under the cursor."""
        if self.key:
            self.post_message(Opened(self.key, self.id or ""))

    def action_leave(self) -> None:
        """Give the keys back to the screen."""
        self.screen.set_focus(None)


class FaultPanel(Vertical):
    """What is wrong with the track that is being written, on every screen of a preview."""

    app = getters.app(preview_app)

    def __init__(self, session: PreviewSession, signs: Signs) -> None:
        super().__init__(classes="fault-panel")
        self.session = session
        self.signs = signs
        self.place: Place | None = None
        self.head = Head(signs, id="fault-head")
        self.faults = Faults(self._lines, id="faults", signs=signs)

    def compose(self) -> ComposeResult:
        """Build headline, list and keys."""
        yield self.head
        yield Rule(self.signs, id="fault-top")
        yield self.faults
        yield Rule(self.signs, id="fault-rule")
        yield KeyBar(self.app.panel_keys, id="fault-keys")

    def _lines(self, width: int) -> list[Line]:
        return panel_lines(self.session, self.signs, width)

    def on_mount(self) -> None:
        """Take a place and fill it."""
        self.set_class(self.signs.ascii, "-ascii")
        self.fit(self.app.panel_place)
        self.fill()

    def fill(self) -> None:
        """Show the present faults."""
        self.head.refresh()
        self.faults.show()

    def fit(self, place: Place) -> bool:
        """Take a place on the screen; tell whether it is another one than before."""
        if place == self.place:
            return False
        self.place = place
        self.display = place.cells > 0
        self.head.across = not place.beside
        self.set_class(place.beside, "-beside")
        self.styles.width = place.cells if place.beside else "100%"
        self.styles.height = "100%" if place.beside else place.cells
        if not place.cells and self.faults.has_focus:
            self.screen.set_focus(None)
        return True

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        event.stop()
        fault = keyed(self.session.faults).get(event.key)
        if fault is not None:
            from tui.preview.screens import FaultScreen

            self.app.push_screen(FaultScreen(event.key, fault))

    @on(HintClicked)
    async def _hint_clicked(self, event: HintClicked) -> None:
        event.stop()
        if event.word == "explain":
            self.faults.action_open()
        elif event.word == "hide":
            self.app.action_faults()
        else:
            self.app.action_panel()
