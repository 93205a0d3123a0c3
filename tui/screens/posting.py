"""What a posting says: its shares of the roles, the quotes that decided, and what of it is not yet mine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Container

from roadmap.analysis.posting.scoring import NONE
from tui.following import ask_to_follow
from tui.messages import Opened
from tui.screens.base import Frame
from tui.screens.decode import CUT
from tui.text import clip
from tui.views.decode import ReadingView, TextView
from tui.widgets.chrome import KeyBar, Rule
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from roadmap.model.track import Milestone
    from tui.screens.decode import Outcome


class PostingScreen(Frame):
    """A posting that was read, beside its text."""

    CSS_PATH = "posting.tcss"
    PURPOSE = (
        "What the posting says. The shares of the roles and of other work add up to everything it says of the work; "
        "each share is the sum of its quotes. Moving through the quotes shows them in the text. Below stands what "
        "the posting asks for: enter on a milestone opens it, and one that is not on your path can be put there. Enter "
        "on a role follows it."
    )
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("posting.open", "follow or open"),
        ("posting.part", "next part"),
        ("posting.text-down", "text"),
        ("posting.compare", "compare"),
        ("app.back", "back"),
        ("app.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open", "follow the role, open the milestone", id="posting.open"),
        Binding("a", "toggle_on_path", "put the milestone on my path, or take it off", id="posting.path"),
        Binding("tab,n", "part", "the next part of the result", id="posting.part"),
        Binding("c", "compare", "compare the first two roles", id="posting.compare"),
        Binding("J,shift+down", "text(1)", "scroll the text", id="posting.text-down"),
        Binding("K,shift+up", "text(-1)", "scroll the text back", id="posting.text-up"),
        Binding("b,escape,left,h", "back", "back to the text", id="app.back"),
    ]

    ON_PATH: ClassVar[tuple[str, str]] = ("posting.path", "on my path")
    """The key that stands at the bottom where it does something."""

    result = getters.query_one("#result", LineList)
    text = getters.query_one("#text", LineList)
    between = getters.query_one("#between", Rule)
    bar = getters.query_one("#keys", KeyBar)

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome
        self._view: ReadingView | None = None
        self._text_view: TextView | None = None

    @property
    def listing(self) -> LineList:
        """The result."""
        return self.result

    @property
    def view(self) -> ReadingView:
        """The reading in lines."""
        if self._view is None:
            self._view = ReadingView(self.session, self.outcome.reading, self.outcome.covered, self.signs)
        return self._view

    def body(self) -> Iterator[Widget]:
        """Yield the result, and the text beside it or below it."""
        with Container(id="body"):
            yield LineList(self._lines, id="result", signs=self.signs, opening=True)
            yield Rule(self.signs, id="between")
            yield LineList(self._text_lines, id="text", signs=self.signs, cursor=False)

    def _lines(self, width: int) -> list[Line]:
        return self.view.lines(width - 1, self.result.key)

    def _text_lines(self, width: int) -> list[Line]:
        if self._text_view is None:
            reading = self.outcome.reading
            self._text_view = TextView(reading.text, reading.numbers, self.view.spans(), self.signs)
        return self._text_view.lines(width, self._selected_span())

    def _selected_span(self) -> tuple[int, int]:
        return self.view.span_of(self.result.key) if self.result.key else (0, 0)

    def fill(self) -> None:
        """Draw everything."""
        name = self.outcome.name or self.outcome.reading.title
        left = [Part(f"{self.signs.back} ", "muted"), Part("Read a posting", "title")]
        right = "clear" if self.outcome.reading.clear else "not clear"
        short = [Part(right, "done" if self.outcome.reading.clear else "warning")]
        self.headline.say(left, [Part(f"{clip(name, 44, self.signs.ellipsis)}   ", "muted"), *short], short)
        self.note.say(CUT if self.outcome.cut else "", "warning")
        self.result.when_selected = self._selected
        if not self.result.key:
            self.result.key = next(iter(self.view.starts()), "")
        self.result.show()
        self._selected()

    @property
    def asked(self) -> Milestone | None:
        """The selected milestone, if one is selected that the posting asks for."""
        kind, _, address = self.result.key.partition(":")
        return self.session.catalog.milestone(address) if kind == "ask" else None

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys of what is selected; a milestone that the path has of itself cannot be put there."""
        asked, role = self.asked, self.session.role
        if asked is None or role is None:
            return self.HINTS
        standing = self.session.standing(role)
        if standing.of(asked.address) is not None and asked.track in standing.path.tracks:
            return self.HINTS
        return [self.HINTS[0], self.ON_PATH, *self.HINTS[1:]]

    def _selected(self) -> None:
        """Show in the text what the selected line is about, and which keys it has."""
        self.bar.refresh()
        self.text.show()
        start, end = self._selected_span()
        if self._text_view is not None and end > start:
            room = self.text.scrollable_content_region.height
            row = self._text_view.row_of(start)
            top = max(0, row - max(1, room // 3))
            self.text.scroll_to(y=top, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Find the place in the text again when it is wrapped anew."""
        self.call_after_refresh(self._selected)

    def action_part(self) -> None:
        """Go to the next part of the result, and round again."""
        keys, starts = self.result.keys, self.view.starts()
        if not keys or not starts:
            return
        here = keys.index(self.result.key) if self.result.key in keys else 0
        after = [key for key in starts if key in keys and keys.index(key) > here]
        self.result.select(after[0] if after else starts[0])

    def action_text(self, by: int) -> None:
        """Scroll the text."""
        self.text.step(by * 3)

    @on(Opened)
    def action_open(self) -> None:
        """Follow the selected role, or open what is asked for."""
        kind, _, what = self.result.key.partition(":")
        if kind == "role":
            ask_to_follow(self.app, what)
        elif kind == "quote":
            one = self.outcome.reading.evidence[int(what)]
            self.say(f"line {one.line}: {clip(one.quote, 60, self.signs.ellipsis)}", "text")
        elif kind == "ask":
            from tui.screens.milestone import MilestoneScreen

            home = self.session.catalog.home(what)
            if home is not None:
                self.app.push_screen(MilestoneScreen(home.address, what))

    async def action_toggle_on_path(self) -> None:
        """Put the selected milestone on the path that is followed; take it off if that is what put it there."""
        from roadmap.authoring.files import AuthoringError

        milestone = self.asked
        if milestone is None or self.session.role is None:
            self.say(
                "choose a milestone it asks for" if self.session.role else "follow a role first: enter on one"
            )
            return
        if not self.app.may_mark:
            return
        try:
            there = await self.session.toggle_on_path(milestone.address)
        except AuthoringError as error:
            self.say(f"{error.message} {error.help}".strip(), "error")
            return
        self.refill()
        name = clip(milestone.title, 40, self.signs.ellipsis)
        key = self.app.key_name(self, "posting.path")
        if there is None:
            self.say(f"{name} is on your path already")
        elif there:
            self.say(f"on your path: {name} ({key} takes it off)", "done")
        else:
            self.say(f"off your path: {name} ({key} puts it back)", "text")

    def action_compare(self) -> None:
        """Lay the first two roles of the reading side by side."""
        from tui.screens.compare import CompareScreen

        roles = [role for role, _ in self.outcome.reading.shares if role != NONE][:2]
        if len(roles) > 1:
            self.app.push_screen(CompareScreen(roles))
        else:
            self.say("comparing takes two roles, and there is only one")

    def action_back(self) -> None:
        """Go back to the place where the posting was pasted."""
        self.app.pop_screen()
