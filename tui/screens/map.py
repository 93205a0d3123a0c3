"""The map: the line of stations from the trunk into the branch, and what is said about the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from roadmap.analysis import marks
from roadmap.analysis.suggest import here
from roadmap.model.progress import State
from roadmap.storage.workspace import today
from tui.messages import Opened, SignClicked
from tui.screens.base import Frame
from tui.views.common import how_far
from tui.views.map import detail_lines, map_lines, rail_of
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from roadmap.analysis.standing import MilestoneStanding, Standing
    from roadmap.model.catalog import Catalog
    from tui.rail import Row


class MapScreen(Frame):
    """The home of the program: where I am, what is next, what is locked and why."""

    CSS_PATH = "map.tcss"
    PURPOSE = (
        "The map of the role you follow, one station for each milestone, in an order that works. Where the line "
        "forks, milestones may run side by side. The cursor starts on what is next."
    )
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("map.open", "open"),
        ("map.start", "start"),
        ("map.next", "next"),
        ("app.find", "find"),
        ("app.roles", "roles"),
        ("app.undo", "undo"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,l", "open", "open the milestone", id="map.open"),
        Binding("space", "start", "start it, or put it back", id="map.start"),
        Binding("n", "next", "go to what is next", id="map.next"),
        Binding("d", "done", "mark all of it done", id="map.done"),
        Binding("x", "skip", "skip it, or take it up", id="map.skip"),
        Binding("J,shift+down", "detail(1)", "scroll the text beside it", id="map.detail-down"),
        Binding("K,shift+up", "detail(-1)", "scroll the text back", id="map.detail-up"),
    ]

    map = getters.query_one("#map", LineList)
    detail = getters.query_one("#detail", LineList)

    def __init__(self) -> None:
        super().__init__()
        self._rail: tuple[str, Catalog | None, list[Row]] = ("", None, [])

    @property
    def listing(self) -> LineList:
        """The stations."""
        return self.map

    @property
    def standing(self) -> Standing | None:
        """Where the person stands on the role that is followed."""
        role = self.session.role
        return self.session.standing(role) if role else None

    @property
    def selected(self) -> MilestoneStanding | None:
        """The milestone under the cursor."""
        standing = self.standing
        return standing.of(self.map.key) if standing else None

    def body(self) -> Iterator[Widget]:
        """Yield the map and what is said beside it."""
        with Horizontal(id="body"):
            yield LineList(self._map_lines, id="map", signs=self.signs)
            yield LineList(self._detail_lines, id="detail", signs=self.signs, cursor=False)

    def _map_lines(self, width: int) -> list[Line]:
        standing = self.standing
        if standing is None:
            return []
        catalog = self.session.catalog
        if self._rail[0] != standing.path.role or self._rail[1] is not catalog:
            self._rail = (standing.path.role, catalog, rail_of(standing))
        return map_lines(self.session, standing, self._rail[2], self.signs, width)

    def _detail_lines(self, width: int) -> list[Line]:
        standing = self.standing
        if standing is None or not self.map.key:
            return []
        return detail_lines(
            self.session,
            standing,
            self.map.key,
            self.signs,
            width,
            self.detail.scrollable_content_region.height,
        )

    def fill(self) -> None:
        """Draw headline, map and detail."""
        standing = self.standing
        if standing is None:
            return
        self.map.when_selected = self._selected
        new = self._rail[0] != standing.path.role
        title = self.session.catalog.tracks[standing.path.role].title
        self.headline.say([Part(title, "title")], *how_far(standing, self.signs))
        self.show_faults()
        at = here(standing)
        self.map.show(at.milestone.address if new and at else None, keep=not new)
        self.detail.show()

    def _selected(self) -> None:
        self.detail.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.detail.show()

    @on(Opened)
    def action_open(self) -> None:
        """Open the selected milestone."""
        if self.selected is not None:
            from tui.screens.milestone import MilestoneScreen

            self.app.push_screen(MilestoneScreen(self.map.key))

    @on(SignClicked)
    def action_start(self) -> None:
        """Start the selected milestone; one that was only started goes back to not begun."""
        one = self.selected
        if one is None:
            return
        record = self.session.records.state(one.milestone.address)
        if one.state == "todo" or (one.state == "skipped" and record == State.SKIPPED):
            self._mark(State.LEARNING)
        elif one.state == "learning" and not one.hours_done and not self._begun_inside(one):
            self._mark(State.TODO)
        elif one.state == "learning":
            self.app.say("begun already: open it to mark its skills")
        else:
            self.app.say("done already")

    def _begun_inside(self, one: MilestoneStanding) -> bool:
        from roadmap.analysis.path import items_of

        return any(self.session.records.state(item) != State.TODO for item in items_of(one.milestone))

    def action_done(self) -> None:
        """Mark the whole milestone done, with all its skills."""
        if self.selected is not None:
            self._mark(State.DONE)

    def action_skip(self) -> None:
        """Skip the milestone, or take it up again."""
        if (one := self.selected) is not None:
            if self.session.records.state(one.milestone.address) != State.SKIPPED:
                self._mark(State.SKIPPED)
            else:
                self._mark(State.LEARNING if self._begun_inside(one) else State.TODO)

    def _mark(self, state: State) -> None:
        session = self.session
        self.app.mark(marks.mark(session.catalog, session.progress, [self.map.key], state, today()))

    def action_next(self) -> None:
        """Put the cursor on what is next."""
        standing = self.standing
        if standing is not None and (at := here(standing)) is not None:
            self.map.select(at.milestone.address)
        else:
            self.app.say("everything on this path is done")

    def action_detail(self, by: int) -> None:
        """Scroll what is said about the milestone."""
        self.detail.step(by * 3)
