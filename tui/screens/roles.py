"""The roles: who builds the model and who builds with it, which is the trunk, and what each is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from tui.following import follow
from tui.messages import Opened
from tui.screens.base import Frame
from tui.text import listed
from tui.views.roles import Spot, picture, role_lines
from tui.widgets.chrome import Rule
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.geometry import Offset
    from textual.widget import Widget

    from tui.views.fit import Answers

MOST = 5
"""More roles than this cannot be taken in side by side."""


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
        "another role stays and counts. To decide, lay roles side by side, answer a short quiz, or paste a job "
        "posting and see which roles it mixes."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("roles.choose", "follow"),
        ("roles.compare", "compare"),
        ("roles.fit", "what fits"),
        ("roles.posting", "read a posting"),
        ("app.find", "find"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "follow this role", id="roles.choose"),
        Binding("space", "pick", "pick it for comparing", id="roles.pick"),
        Binding("c", "compare", "compare roles", id="roles.compare"),
        Binding("f", "fit", "find what fits: a short quiz", id="roles.fit"),
        Binding("d", "posting", "read a job posting", id="roles.posting"),
        Binding("left,h", "across(-1)", "the column at the left", id="roles.left"),
        Binding("right,l", "across(1)", "the column at the right", id="roles.right"),
        Binding("J,shift+down", "about(1)", "scroll the text below", id="roles.about-down"),
        Binding("K,shift+up", "about(-1)", "scroll the text back", id="roles.about-up"),
        Binding("b,escape", "app.map", "back to the map", id="roles.back"),
    ]

    picture = getters.query_one("#picture", RolePicture)
    about = getters.query_one("#about", LineList)
    between = getters.query_one("#between", Rule)

    def __init__(self) -> None:
        super().__init__()
        self.picked: list[str] = []
        # what was answered and pasted, kept while the program runs and nowhere else
        self.quiz: Answers | None = None
        self.posting = ""

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
        lines, self.picture.spots = picture(self.session, self.signs, width, self.picture.key, self.picked)
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
        width, height = self.app.room
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
        """Follow the selected role, and show its map."""
        await follow(self.app, self.picture.key)

    # telling them apart

    def action_pick(self) -> None:
        """Pick the selected role for comparing, or let it go."""
        role = self.picture.key
        if role in self.picked:
            self.picked.remove(role)
        elif len(self.picked) >= MOST:
            self.say(f"{MOST} roles side by side are the most")
            return
        elif role:
            self.picked.append(role)
        self.picture.show()
        names = listed([self.session.catalog.tracks[one].title for one in self.picked])
        key = self.app.key_name(self, "roles.compare")
        more = f": {key} compares them" if len(self.picked) > 1 else ": pick another, or more"
        self.say(f"picked {names}{more}" if names else "nothing is picked", "text")

    def action_compare(self) -> None:
        """Lay the picked roles side by side, by default the selected one and its neighbor."""
        from tui.screens.compare import CompareScreen, default_roles

        picked = [role for role in self.picked if role in self.session.catalog.tracks]
        roles = (
            picked
            if len(picked) > 1
            else default_roles(self.session, picked[0] if picked else self.picture.key)
        )
        if len(roles) < 2:
            self.say("comparing takes two roles, and there is only one")
            return
        self.app.push_screen(CompareScreen(roles))

    def action_fit(self) -> None:
        """Ask the quiz; answers given before are still there."""
        from tui.screens.fit import open_quiz

        self.quiz = open_quiz(self.app, self.quiz)

    def action_posting(self) -> None:
        """Read a posting."""
        from tui.screens.decode import DecodeScreen

        self.app.push_screen(DecodeScreen(self.posting, self._keep_posting))

    def _keep_posting(self, text: str) -> None:
        self.posting = text
