"""Roles side by side: what each is for, what they share, and what going from one to another costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from tui.following import ask_to_follow
from tui.messages import Opened
from tui.screens.base import Frame
from tui.text import count
from tui.views.compare import CompareView
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.geometry import Offset
    from textual.widget import Widget

    from tui.session import Session


def default_roles(session: Session, role: str) -> list[str]:
    """Return a role and its neighbor: the one that is followed, else the one it is mistaken for, else its trunk."""
    tracks = session.catalog.tracks
    if role not in tracks:
        return []
    track = tracks[role]
    near = (session.role, track.role.not_this_role, track.extends, *tracks)
    return [role, *[one for one in near if one in tracks and one != role][:1]]


class Heads(LineList):
    """The titles of the columns; one of them is selected."""

    spans: dict[str, tuple[int, int]]

    def _index(self) -> None:
        self.spans = getattr(self, "spans", {})
        self.keys = list(self.spans)
        self._heads = dict.fromkeys(self.keys, 0)

    def key_at(self, place: Offset) -> str:
        """Return the role whose column is at a place of the view."""
        return next((key for key, (start, end) in self.spans.items() if start <= place.x < end), "")

    def show(self, key: str | None = None, *, keep: bool = True) -> None:
        """Build the titles anew, and take as many rows as they need."""
        super().show(key, keep=keep)
        if self.lines:
            self.styles.height = len(self.lines)

    def on_click(self, event: events.Click) -> None:
        """Select the role that is clicked; open it when it is selected already."""
        place = event.get_content_offset(self)
        key = self.key_at(place) if place is not None else ""
        event.prevent_default()
        if key:
            event.stop()
            was = self.key
            self.select(key)
            if key == was:
                self.post_message(Opened(key, self.id or ""))

    def reveal(self) -> None:
        """Leave the scroll where it is: all of it is in view."""


class CompareScreen(Frame):
    """Two to five roles, laid side by side."""

    CSS_PATH = "compare.tcss"
    PURPOSE = (
        "Roles side by side, worked out from their tracks: what each is for, how much of it is yours already, what "
        "they share, and what going from one to another costs in milestones and hours. Left and right select a "
        "role; enter follows it, after saying what that means."
    )
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("compare.follow", "follow"),
        ("compare.right", "next role"),
        ("list.down", "scroll"),
        ("compare.pick", "pick roles"),
        ("app.find", "find"),
        ("app.back", "back"),
        ("app.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "follow", "follow the selected role", id="compare.follow"),
        Binding("left,h", "turn(-1)", "the role at the left", id="compare.left"),
        Binding("right,l,tab", "turn(1)", "the role at the right", id="compare.right"),
        Binding("space,c", "pick", "pick which roles to compare", id="compare.pick"),
        Binding("b,escape", "back", "back to the roles", id="app.back"),
    ]

    heads = getters.query_one("#heads", Heads)
    table = getters.query_one("#table", LineList)

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__()
        self.roles = list(roles)
        self._view: CompareView | None = None

    @property
    def listing(self) -> LineList:
        """What is scrolled."""
        return self.table

    def body(self) -> Iterator[Widget]:
        """Yield the titles of the columns, and below them the comparison."""
        yield Heads(self._heads_lines, id="heads", signs=self.signs, cursor=False, opening=True)
        yield LineList(self._lines, id="table", signs=self.signs, cursor=False)

    @property
    def view(self) -> CompareView:
        """The comparison of the present state."""
        if self._view is None or self._view.version != self.session.version:
            self._view = CompareView(self.session, self.roles, self.signs)
        return self._view

    def _heads_lines(self, width: int) -> list[Line]:
        rows, self.heads.spans = self.view.heads(width, self.heads.key)
        return rows

    def _lines(self, width: int) -> list[Line]:
        return self.view.lines(width, self.heads.key)

    def fill(self) -> None:
        """Draw everything."""
        self.roles = [role for role in self.roles if role in self.session.catalog.tracks]
        if len(self.roles) < 2:  # the tracks were changed meanwhile
            self.app.pop_screen()
            return
        left = [Part(f"{self.signs.back} ", "muted"), Part("Compare", "title")]
        self.headline.say(left, [Part(f"{count(len(self.roles), 'role')} side by side", "muted")])
        self.heads.when_selected = self.table.show
        if self.heads.key not in self.roles:
            self.heads.key = self.roles[0]
        self.heads.show()
        self.table.show()

    def action_turn(self, by: int) -> None:
        """Select the role of the next column."""
        at = self.roles.index(self.heads.key) if self.heads.key in self.roles else 0
        self.heads.select(self.roles[(at + by) % len(self.roles)])

    @on(Opened)
    def action_follow(self) -> None:
        """Follow the selected role, once that is confirmed."""
        ask_to_follow(self.app, self.heads.key)

    def action_pick(self) -> None:
        """Choose other roles to compare."""
        from tui.screens.pick import PickScreen

        def picked(roles: list[str] | None) -> None:
            if roles:
                self.roles, self._view = roles, None
                self.table.scroll_to(y=0, animate=False, force=True, immediate=True)
                self.fill()

        self.app.push_screen(PickScreen(self.roles), picked)

    def action_back(self) -> None:
        """Go back to the roles."""
        self.app.pop_screen()
