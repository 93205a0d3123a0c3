"""What all screens have in common: the frame of headline, rules and keys, and moving in a list."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from tui.messages import HintClicked
from tui.widgets.chrome import Banner, Headline, KeyBar, Note, Rule, TooSmall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from tui.app import RoadmapApp
    from tui.session import Session
    from tui.signs import Signs
    from tui.widgets.lines import LineList

OPEN_WITHIN = 0.1
"""Seconds after which a screen is shown even if its list has no room to be drawn."""

MESSAGE_FOR = 6.0
"""Seconds that a message stays."""

MOVES: list[BindingType] = [
    Binding("up,k", "step(-1)", "up", id="list.up"),
    Binding("down,j", "step(1)", "down", id="list.down"),
    Binding("pageup,ctrl+u", "page(-1)", "a page up", id="list.page-up"),
    Binding("pagedown,ctrl+d", "page(1)", "a page down", id="list.page-down"),
    Binding("home,g", "edge(False)", "first", id="list.first"),
    Binding("end,G", "edge(True)", "last", id="list.last"),
]


def roadmap_app() -> type[RoadmapApp]:
    """Return the application's class, for typed access to it without a circle of imports."""
    from tui.app import RoadmapApp

    return RoadmapApp


class Frame(Screen[None]):
    """A screen of the program.

    Subclasses say what stands in the middle (``body``), which list the keys move (``listing``), what to do when
    the progress changes (``fill``), what the screen is for (``PURPOSE``), and which keys stand at the bottom
    (``HINTS``: ids of bindings with a word for each).
    """

    TITLE: ClassVar[str] = "roadmap"
    PURPOSE: ClassVar[str] = ""
    HINTS: ClassVar[Sequence[tuple[str, str]]] = ()
    SHOWS_SIGNS: ClassVar[bool] = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*MOVES]

    app = getters.app(roadmap_app)
    headline = getters.query_one("#headline", Headline)
    rule = getters.query_one("#rule", Rule)
    banner = getters.query_one("#banner", Banner)
    note = getters.query_one("#note", Note)

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self._seen = -1

    @property
    def session(self) -> Session:
        """The open progress file."""
        return self.app.session

    @property
    def signs(self) -> Signs:
        """The signs of this terminal."""
        return self.app.signs

    @property
    def listing(self) -> LineList:
        """The list that the keys move."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Build the frame around the body."""
        signs = self.signs
        yield TooSmall(id="too-small")
        with Vertical(id="frame"):
            yield Headline(signs, id="headline", tag=self.app.tag)
            yield Rule(signs, id="top-rule")
            yield Banner(id="banner")
            yield from self.body()
            yield Note(signs, id="note")
            yield Rule(signs, id="rule")
            yield KeyBar(self.key_hints, id="keys")
        yield from self.app.beside()

    def body(self) -> Iterator[Widget]:
        """Yield what stands between the two rules."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show the present state. Called after each change of the progress, and when the screen comes back."""
        raise NotImplementedError

    def follow(self) -> bool:
        """Find again what this screen is about, after the tracks changed; tell whether it is still there."""
        return True

    def refill(self) -> None:
        """Show the present state, its troubles included."""
        self._seen = self.session.version
        self.set_class(self.signs.ascii, "-ascii")
        self.show_trouble()
        self.fill()

    def on_mount(self) -> None:
        """Fill the screen for the first time; lists draw themselves as soon as they have a size."""
        # one frame with everything in it, instead of an empty one before
        opening = ExitStack()
        opening.enter_context(self.app.batch_update())

        def opened() -> None:
            opening.close()
            self.refresh()

        self.listing.when_drawn = opened
        self.set_timer(OPEN_WITHIN, opened)
        self.refill()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while another screen was in front."""
        if self._seen not in (-1, self.session.version):
            self.refill()
        self.show_trouble()

    def show_trouble(self) -> None:
        """Show or hide the banner."""
        self.banner.say(self.app.banner_text)

    def show_faults(self) -> None:
        """Show a quiet line when a track has a fault."""
        self.note.say(self.app.note_text(self))

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a message in the lower rule for a while."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.rule.say(text, tone)
        if text:
            self._timer = self.set_timer(MESSAGE_FOR, lambda: self.rule.say(""))

    # keys

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys for the footer, as they are bound now."""
        return [(self.app.key_name(self, id), word) for id, word in self.hints()]

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the ids of the bindings for the footer, each with a word."""
        return self.HINTS

    @on(HintClicked)
    async def _hint_clicked(self, event: HintClicked) -> None:
        """Do what the key does that was clicked."""
        event.stop()
        id = next((id for id, word in self.hints() if word == event.word), "")
        for active in list(self.active_bindings.values()):
            if active.binding.id == id:
                await self.app.run_action(active.binding.action, active.node)
                return

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        self.listing.step(by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.listing.page(pages)

    def action_edge(self, last: bool) -> None:
        """Move the cursor to the first or the last line."""
        self.listing.edge(last)
