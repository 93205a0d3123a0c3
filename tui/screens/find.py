"""Find anything: milestones, skills, resources, projects and the person's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from roadmap.model.catalog import kind_of
from roadmap.model.track import Milestone
from tui.finder import Finder, Match
from tui.messages import Opened
from tui.screens.base import roadmap_app
from tui.signs import state_of_item, state_of_milestone
from tui.text import clip, flow
from tui.views.common import standing_of_milestone
from tui.widgets.lines import Line, LineList, Part, line, spread

if TYPE_CHECKING:
    from textual.app import ComposeResult

EMPTY = "Some letters in their order are enough: rtv finds retrieval. Several words must all occur."

MOST = 60
"""How many matches are listed."""


class FindScreen(ModalScreen[str | None]):
    """Type a few letters or words; enter goes to the match."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "close", id="find.cancel"),
        Binding("up,ctrl+k", "step(-1)", "up", id="find.up"),
        Binding("down,ctrl+n", "step(1)", "down", id="find.down"),
        Binding("pageup", "page(-1)", "a page up", id="find.page-up"),
        Binding("pagedown", "page(1)", "a page down", id="find.page-down"),
    ]

    app = getters.app(roadmap_app)
    hits = getters.query_one("#hits", LineList)

    def __init__(self) -> None:
        super().__init__(id="find")
        self._finder: Finder | None = None
        self._found: list[Match] = []
        self._words = ""

    def compose(self) -> ComposeResult:
        """Build the line to type in and the matches below it."""
        with Vertical(classes="dialog"):
            yield Input(placeholder="find a milestone, skill, resource, project or note", id="words")
            yield LineList(self._lines, id="hits", signs=self.app.signs)

    def on_mount(self) -> None:
        """Take what can be found from the session."""
        session = self.app.session
        path = session.standing(session.role).path.tracks if session.role else ()
        notes = {address: session.records.entry(address).note for address in session.catalog.things}
        for address, remarks in session.catalog.notes.items():
            notes[address] = "\n".join((*remarks, notes.get(address, "")))
        self._finder = Finder(session.catalog, {a: n for a, n in notes.items() if n}, path)
        self.query_one(Input).focus()
        self.call_after_refresh(self.hits.show)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        if self._finder is None:
            return
        self._words = event.value
        self._found = self._finder.find(event.value, MOST)
        self.hits.key = self._found[0].address if self._found else ""
        self.hits.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.hits.show()

    def _lines(self, width: int) -> list[Line]:
        if not self._words.strip():
            return [Line(), *(line(Part(row, "muted")) for row in flow(EMPTY, width))]
        if not self._found:
            return [Line(), Line((Part("Nothing matches. Fewer letters find more.", "muted"),))]
        return [self._line(match, width - 1) for match in self._found]

    def _line(self, match: Match, width: int) -> Line:
        session, signs = self.app.session, self.app.signs
        thing = session.catalog.things[match.address]
        if isinstance(thing, Milestone):
            state = state_of_milestone(standing_of_milestone(session, thing))
        else:
            state = state_of_item(session.records.entry(match.address), thing)
        kind = "note" if match.in_note else kind_of(thing)
        room = max(10, width - signs.width - 2 - 11)
        title = clip(match.title, room, signs.ellipsis)
        parts = [Part(signs.state(state), state), Part(" ")]
        for at, letter in enumerate(title):
            ink = "match" if at in match.offsets and at < len(title) - 1 else "text"
            if parts[-1].ink == ink:
                parts[-1] = Part(parts[-1].text + letter, ink)
            else:
                parts.append(Part(letter, ink))
        return Line(spread(parts, (Part(kind, "faint"),), width), key=match.address)

    @on(Input.Submitted)
    @on(Opened)
    def _go(self) -> None:
        self.dismiss(self.hits.key or None)

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        self.hits.step(by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.hits.page(pages)

    def action_cancel(self) -> None:
        """Close without going anywhere."""
        self.dismiss(None)
