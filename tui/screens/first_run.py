"""The first run: what this is, where the progress file will live, how many hours a week."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from roadmap.storage.places import Place, candidates_for_new
from roadmap.storage.workspace import Workspace
from tui.messages import Opened
from tui.screens.base import Frame
from tui.text import clip, flow, hours
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

WELCOME = (
    "This tells AI engineering roles apart, and shows each as a path: what to learn, read and build.",
    "You mark what you can do and record evidence for what you built; claimed and proven are kept apart.",
    "Everything works offline, and your progress is one text file that is yours to read, edit and commit.",
)
"""What this is, in three sentences."""

HOURS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40)
"""The hours a week that the arrow keys go through."""


class FirstRunScreen(Frame):
    """Choose where the file will live; nothing is written before a role is chosen."""

    CSS_PATH = "first_run.tcss"
    PURPOSE = (
        "The first run: choose where your progress file will live and how many hours a week you have. Nothing is "
        "written until you have chosen a role on the next screen."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("first.go", "continue"),
        ("list.up", "place"),
        ("first.less", "fewer hours"),
        ("first.more", "more"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "continue to the roles", id="first.go"),
        Binding("left,minus,h", "hours(-1)", "fewer hours a week", id="first.less"),
        Binding("right,plus,l", "hours(1)", "more hours a week", id="first.more"),
    ]

    choices = getters.query_one("#choices", LineList)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.hours = 6

    @property
    def listing(self) -> LineList:
        """The places."""
        return self.choices

    def body(self) -> Iterator[Widget]:
        """Look for places, and yield the one list. A file named by option or environment is the only place."""
        place = self.session.workspace.place
        named = bool(os.environ.get("ROADMAP_PROGRESS")) or "--progress" in place.how
        self.places = [place] if named else candidates_for_new(Path.cwd())
        yield LineList(self._lines, id="choices", signs=self.signs, measure=84)

    def _lines(self, width: int) -> list[Line]:
        room = min(width - 3, 76)
        rows = [line(" ", Part("Welcome.", "title")), Line()]
        for sentence in WELCOME:
            rows += [line(" ", row) for row in flow(sentence, room)]
        rows += [Line(), line(" ", Part("Where your progress will live", "heading"))]
        for at, place in enumerate(self.places):
            lit = self.choices.key == f"place:{at}"
            sign = self.signs.state("done" if lit else "todo")
            path = clip(tilde(place.path), room - 6, self.signs.ellipsis)
            rows.append(
                line(" ", Part(sign, "done" if lit else "todo"), " ", Part(path, "title"), key=f"place:{at}")
            )
            indent = " " * (self.signs.width + 2)
            rows += [
                line(indent, Part(row, "muted"), key=f"place:{at}", head=False)
                for row in flow(why(place), room - len(indent))
            ]
        rows += [Line(), line(" ", Part("Hours a week you can give it", "heading"))]
        less, more = (self.app.key_name(self, id) for id in ("first.less", "first.more"))
        change = [Part(f"   {less} {more}", "key"), Part(" change it", "muted")]
        rows.append(line(" ", Part(hours(self.hours), "title"), *change))
        return rows

    def fill(self) -> None:
        """Draw everything."""
        self.headline.say([Part("roadmap", "title")], [Part("nothing is written yet", "muted")])
        self.choices.opening = True
        self.choices.key = self.choices.key or "place:0"
        self.choices.show()

    def action_hours(self, by: int) -> None:
        """Change the hours a week."""
        at = HOURS.index(self.hours) + by
        self.hours = HOURS[min(max(at, 0), len(HOURS) - 1)]
        self.choices.show()

    @on(Opened)
    def action_go(self) -> None:
        """Continue to the roles with the chosen place; still nothing is written."""
        place = self.places[int(self.choices.key.partition(":")[2] or 0)]
        workspace = self.session.workspace
        if place.path != workspace.place.path:
            self.session.move(Workspace(place, workspace.tracks_option))
        self.app.hours_per_week = float(self.hours)
        self.app.go("roles")


def tilde(path: Path) -> str:
    """Return a path with the home folder written as ``~``."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def why(place: Place) -> str:
    """Return the sentence that speaks for a place."""
    return place.how[:1].upper() + place.how[1:] + ("" if place.how.endswith(".") else ".")
