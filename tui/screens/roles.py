"""The roles: who builds the model and who builds with it, which is the trunk, and what each is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from roadmap.analysis import marks
from roadmap.analysis.path import path_of
from roadmap.model.errors import ProgressError
from tui.messages import Opened
from tui.screens.base import Frame
from tui.text import count, hours
from tui.views.roles import Spot, picture, role_lines
from tui.widgets.chrome import Rule
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.geometry import Offset
    from textual.widget import Widget


class RolePicture(LineList):
    """The picture of all roles, in two columns when there is room."""

    spots: dict[str, Spot]

    def _index(self) -> None:
        self.spots = getattr(self, "spots", {})
        self.keys = list(self.spots)
        self._heads = {key: spot.row for key, spot in self.spots.items()}

    def key_at(self, place: Offset) -> str:
        """Return the role at a place of the view."""
        row = round(self.scroll_offset.y) + place.y
        return next((k for k, s in self.spots.items() if s.row == row and s.start <= place.x < s.end), "")

    def across(self, by: int) -> None:
        """Move to the nearest role in the column at the left or right."""
        here = self.spots.get(self.key)
        if here is None:
            return
        beside = {k: s for k, s in self.spots.items() if (s.start - here.start) * by > 8}
        if beside:
            self.select(min(beside, key=lambda key: abs(beside[key].row - here.row)))


class RolesScreen(Frame):
    """Choose a role, knowing what it is."""

    CSS_PATH = "roles.tcss"
    PURPOSE = (
        "The roles, told apart: on the left those who build the model, on the right those who build with it. "
        "Branches add to their trunk. Choosing one writes its path into your progress file; what you did for "
        "another role stays and counts."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("roles.choose", "follow it"),
        ("list.up", "move"),
        ("app.find", "find"),
        ("app.map", "map"),
        ("app.palette", "actions"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "follow this role", id="roles.choose"),
        Binding("left,h", "across(-1)", "the column at the left", id="roles.left"),
        Binding("right,l", "across(1)", "the column at the right", id="roles.right"),
        Binding("J,shift+down", "about(1)", "scroll the text below", id="roles.about-down"),
        Binding("K,shift+up", "about(-1)", "scroll the text back", id="roles.about-up"),
        Binding("b,escape", "app.map", "back to the map", id="roles.back"),
    ]

    picture = getters.query_one("#picture", RolePicture)
    about = getters.query_one("#about", LineList)
    between = getters.query_one("#between", Rule)

    @property
    def listing(self) -> LineList:
        """The picture."""
        return self.picture

    def body(self) -> Iterator[Widget]:
        """Yield the picture, and below it what is said about the selected role."""
        yield RolePicture(self._picture_lines, id="picture", signs=self.signs, opening=True)
        yield Rule(self.signs, id="between")
        yield LineList(self._about_lines, id="about", signs=self.signs, cursor=False)

    def _picture_lines(self, width: int) -> list[Line]:
        lines, self.picture.spots = picture(self.session, self.signs, width, self.picture.key)
        return lines

    def _about_lines(self, width: int) -> list[Line]:
        return role_lines(self.session, self.picture.key, width) if self.picture.key else []

    def fill(self) -> None:
        """Draw everything."""
        tracks = self.session.catalog.tracks
        role = self.session.role
        self.picture.when_selected = self._selected
        if not self.picture.key:
            self.picture.key = role or self._start()
        where = f"you follow {tracks[role].title}" if role else "choose a role"
        self.headline.say([Part("roadmap", "title")], [Part(where, "muted")])
        self.show_faults()
        width, height = self.app.size
        rows = len(picture(self.session, self.signs, width - 1, "")[0])
        self.picture.styles.height = min(rows, max(4, height - 8))
        self.picture.show()
        self.about.show()
        if not tracks:
            self.say("no track could be loaded: ctrl+p, faults", "error")
        elif self.session.progress.role and role is None:
            self.say(f"no track describes your role {self.session.progress.role}: choose another", "warning")

    def _start(self) -> str:
        """Return the role to start at: the one most others extend."""
        tracks = self.session.catalog.tracks
        extended = [one.extends for one in tracks.values() if one.extends in tracks]
        return max(extended, key=extended.count) if extended else next(iter(tracks), "")

    def _selected(self) -> None:
        self.about.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.about.show()

    def action_across(self, by: int) -> None:
        """Move to the other column."""
        self.picture.across(by)

    def action_about(self, by: int) -> None:
        """Scroll what is said about the role."""
        self.about.step(by * 3)

    @on(Opened)
    async def action_choose(self) -> None:
        """Follow the selected role, and show its map; at the first run, this creates the progress file."""
        session, role = self.session, self.picture.key
        if not role or not self.app.may_mark:
            return
        path = path_of(session.catalog, role)
        whole = f"{count(len(path.milestones), 'milestone')}, {hours(path.hours)}"
        title = session.catalog.tracks[role].title
        if not session.workspace.snapshot.exists:
            try:
                await session.create(role, self.app.hours_per_week)
            except ProgressError as error:
                self.app.say(str(error), "error")
                return
            self.app.go("map")
            place = session.workspace.place.path.name
            self.call_after_refresh(self.app.say, f"{place} created for {title}: {whole}", "done")
            return
        if session.progress.role != role:
            self.app.mark(marks.choose_role(session.catalog, session.progress, role))
        self.app.go("map")
        self.call_after_refresh(self.app.say, f"you follow {title}: {whole}", "text")
