"""A milestone: one list to walk through with one key, where the selected line opens beneath itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from roadmap.analysis import marks
from roadmap.model.catalog import kind_of
from roadmap.model.progress import State
from roadmap.model.track import Milestone, Project, Resource, Skill
from roadmap.storage.workspace import today
from tui.messages import Opened, SignClicked
from tui.screens.notes import Noting
from tui.signs import state_of_milestone
from tui.text import count, hours
from tui.views.common import host_of, standing_of_milestone
from tui.views.milestone import MilestoneView
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

NEXT = {
    State.TODO: State.LEARNING,
    State.LEARNING: State.DONE,
    State.DONE: State.TODO,
    State.SKIPPED: State.TODO,
}
"""What space makes of a skill or a project in each state."""


class MilestoneScreen(Noting):
    """One milestone: why, skills with recall questions, resources, projects."""

    CSS_PATH = "milestone.tcss"
    PURPOSE = (
        "One milestone: what to be able to do and show, what to read, what to build. The selected line opens "
        "beneath itself. Skills count when you can do them; the questions help you find out, and hide their "
        "answers until you ask."
    )
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("milestone.mark", "mark"),
        ("milestone.answer", "answer"),
        ("milestone.link-open", "open"),
        ("notes.edit", "note"),
        ("milestone.skip", "skip"),
        ("milestone.next", "next one"),
        ("app.back", "back"),
        ("app.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "next state", id="milestone.mark"),
        Binding("x", "skip", "skip it, or take it up", id="milestone.skip"),
        Binding("a", "answer", "show the next answer", id="milestone.answer"),
        Binding("enter", "open", "open project, page, answer", id="milestone.open"),
        Binding("o", "open_link", "open its page in the browser", id="milestone.link-open"),
        Binding("left_square_bracket", "turn(-1)", "the milestone before", id="milestone.previous"),
        Binding("right_square_bracket", "turn(1)", "the milestone after", id="milestone.next"),
        Binding("b,escape,left,h", "back", "back", id="app.back"),
    ]

    items = getters.query_one("#items", LineList)

    def __init__(self, address: str, select: str = "") -> None:
        super().__init__()
        self.address = address
        self._select = select
        self._begun = False
        self._view: MilestoneView | None = None

    @property
    def listing(self) -> LineList:
        """The lines of the milestone."""
        return self.items

    @property
    def milestone(self) -> Milestone:
        """The milestone shown."""
        found = self.session.catalog.milestone(self.address)
        assert found is not None
        return found

    @property
    def note_on(self) -> str:
        """The address that notes and links go to."""
        return self.items.key or self.address

    def body(self) -> Iterator[Widget]:
        """Yield the list."""
        yield LineList(self._lines, id="items", signs=self.signs, measure=110, opening=True)

    def _lines(self, width: int) -> list[Line]:
        if self._view is None or self._view.milestone is not self.milestone:
            before = self._view
            self._view = MilestoneView(self.session, self.milestone, self.signs)
            if before is not None and before.milestone.address == self.address:  # the track was written anew
                self._view.revealed = before.revealed
        return self._view.lines(width, self.items.key)

    def follow(self) -> bool:
        """Follow the milestone to its present address, if it has one."""
        catalog = self.session.catalog
        found = catalog.milestone(catalog.present(self.address))
        if found is None:
            return False
        self.address, self.items.key = found.address, catalog.present(self.items.key)
        return True

    def visit(self, address: str, select: str = "") -> None:
        """Show another milestone, with one of its items selected."""
        self.address, self._select, self._view = address, select or address, None
        self.fill()

    def fill(self) -> None:
        """Draw headline and list."""
        one = standing_of_milestone(self.session, self.milestone)
        state = state_of_milestone(one)
        number = f"{one.number}  " if one.number else ""
        left = [
            Part(f"{self.signs.back} ", "muted"),
            Part(number, "muted"),
            Part(self.milestone.title, "title"),
        ]
        skills = f"{one.skills_done} of {one.skills_total}   " if one.skills_total else ""
        right = [Part(f"{hours(one.milestone.hours)}   {skills}", "muted")]
        right.append(Part(f"{self.signs.state(state)} {state}", state))
        self.headline.say(left, right, right[1:])
        self.items.when_selected = self._selected
        if not self._begun:
            self._begun, self._select = True, self._select or self._first()
        if self._select:
            select, self._select = self._select, ""
            self.items.key = select
            if self._view is not None:
                self._view.revealed = 0
            self.items.scroll_to(y=0, animate=False, force=True, immediate=True)
            self.items.show(select, keep=False)
        else:
            self.items.show()

    def _first(self) -> str:
        """Return where the cursor starts: the first skill or project that is left, else the top."""
        one = standing_of_milestone(self.session, self.milestone)
        begun = [address for address in one.missing if self.session.records.state(address) == State.LEARNING]
        return next(iter((*begun, *one.missing)), self.address)

    def _selected(self) -> None:
        if self._view is not None and self._view.revealed:
            self._view.revealed = 0
            self.items.show()

    def _thing(self) -> Milestone | Skill | Resource | Project:
        return self.session.catalog.things.get(self.items.key, self.milestone)

    @on(SignClicked)
    def action_mark(self) -> None:
        """Give the selected thing its next state."""
        thing = self._thing()
        state = self.session.records.state(thing.address)
        if isinstance(thing, Milestone):
            one = standing_of_milestone(self.session, thing)
            if one.state in ("todo", "skipped"):
                self._mark(thing.address, State.LEARNING)
            else:
                self.app.say("a milestone is done when its skills and a project are: mark those")
        elif isinstance(thing, Resource):
            self._mark(thing.address, State.TODO if state == State.DONE else State.DONE)
        else:
            self._mark(thing.address, NEXT[state])

    def action_skip(self) -> None:
        """Skip the selected thing, or take it up again."""
        thing = self._thing()
        if isinstance(thing, Milestone):
            self.app.say("a whole milestone is skipped on the map")
            return
        skipped = self.session.records.state(thing.address) == State.SKIPPED
        self._mark(thing.address, State.TODO if skipped else State.SKIPPED)

    def _mark(self, address: str, state: State) -> None:
        session = self.session
        self.app.mark(marks.mark(session.catalog, session.progress, [address], state, today()))

    def action_answer(self) -> None:
        """Show one more answer of the selected skill."""
        thing = self._thing()
        if not isinstance(thing, Skill) or not thing.ask:
            self.app.say("questions stand with the skills")
        elif self._view is not None and self._view.revealed < len(thing.ask):
            self._view.revealed += 1
            self.items.show()
        else:
            self.app.say("all answers are shown")

    @on(Opened)
    def action_open(self) -> None:
        """Open the selected thing: a project's screen, a resource's page, a skill's next answer."""
        thing = self._thing()
        if isinstance(thing, Project):
            from tui.screens.project import ProjectScreen

            self.app.push_screen(ProjectScreen(thing.address))
        elif isinstance(thing, Resource):
            self.action_open_link()
        elif isinstance(thing, Skill):
            self.action_answer()

    def action_open_link(self) -> None:
        """Open the page of the selected thing, or the first of the person's own links for it."""
        thing = self._thing()
        links = self.session.records.entry(thing.address).links
        url = thing.url if isinstance(thing, Resource) else next((one for one in links if host_of(one)), "")
        self.open_web(url, kind_of(thing))

    def action_turn(self, by: int) -> None:
        """Show the milestone before or after this one on its path."""
        standing = self.session.standing(self.session.role or self.milestone.track)
        addresses = [one.milestone.address for one in standing.milestones]
        if self.address not in addresses:
            addresses = [one.address for one in self.session.catalog.tracks[self.milestone.track].milestones]
        at = addresses.index(self.address) + by
        if not 0 <= at < len(addresses):
            self.app.say("this is the last one" if by > 0 else "this is the first one")
            return
        self.address, self._view, self.items.key = addresses[at], None, ""
        self._select = self._first()
        self.fill()
        self.app.say(f"{count(len(addresses) - at - 1, 'milestone')} after this one" if by > 0 else "")

    def action_back(self) -> None:
        """Go back to where this was opened."""
        self.app.pop_screen()
