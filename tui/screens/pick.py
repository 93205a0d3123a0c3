"""Picking roles to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from roadmap.analysis.path import path_of
from tui.messages import HintClicked, Opened
from tui.screens.base import MOVES, roadmap_app
from tui.screens.roles import MOST
from tui.text import clip, hours
from tui.widgets.chrome import KeyBar
from tui.widgets.lines import ClickList, Line, LineList, Part, line, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

KEYS = (("space", "pick"), ("enter", "compare"), ("esc", "as before"))
"""What the keys do, for the line below the roles."""


class PickScreen(ModalScreen[list[str] | None]):
    """Tick two to five roles. Returns them in the order they were picked, None to leave them as before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "tick", "pick, or let go", id="pick.tick"),
        Binding("enter", "done", "compare them", id="pick.done"),
        Binding("escape,b,q", "cancel", "as before", id="pick.cancel"),
        *MOVES,
    ]

    app = getters.app(roadmap_app)
    choices = getters.query_one("#choices", LineList)

    def __init__(self, picked: Sequence[str]) -> None:
        super().__init__(id="pick")
        self.picked = list(picked)

    def compose(self) -> ComposeResult:
        """Build the list of roles and the keys."""
        with Vertical(classes="dialog"):
            yield ClickList(self._lines, id="choices", signs=self.app.signs)
            yield KeyBar(lambda: KEYS, id="answers")

    def on_mount(self) -> None:
        """Draw the roles once there is a width."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self.choices.show(self.picked[0] if self.picked else None)
        self.choices.styles.height = min(len(self.choices.lines), max(3, self.size.height - 5))

    def _lines(self, width: int) -> list[Line]:
        session, signs = self.app.session, self.app.signs
        rows = [line(Part("Which roles? Two to five", "title")), Line()]
        for track in session.catalog.tracks.values():
            tick = signs.tick if track.id in self.picked else " "
            size = hours(path_of(session.catalog, track.id).hours)
            title = clip(track.title, width - 14, signs.ellipsis)
            left = (Part(f" {tick} ", "done"), Part(title))
            rows.append(Line(spread(left, (Part(f"{size} ", "muted"),), min(width - 1, 60)), key=track.id))
        return [*rows, Line()]

    @on(Opened)
    def action_tick(self) -> None:
        """Pick the role under the cursor, or let it go."""
        role = self.choices.key
        if role in self.picked:
            self.picked.remove(role)
        elif len(self.picked) < MOST:
            self.picked.append(role)
        self.choices.show()

    def action_done(self) -> None:
        """Compare what is picked; fewer than two leave everything as it was."""
        self.dismiss(self.picked if len(self.picked) > 1 else None)

    def action_cancel(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    @on(HintClicked)
    def _clicked(self, event: HintClicked) -> None:
        event.stop()
        {"pick": self.action_tick, "compare": self.action_done}.get(event.word, self.action_cancel)()

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        self.choices.step(by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.choices.page(pages)

    def action_edge(self, last: bool) -> None:
        """Move the cursor to the first or the last role."""
        self.choices.edge(last)
