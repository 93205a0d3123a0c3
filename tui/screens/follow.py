"""Before following a role that was found by comparing, by the quiz or in a posting: what it means, once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from roadmap.analysis.compare import switch
from roadmap.analysis.sentences import switch_text
from roadmap.model.amounts import rounded
from tui.messages import HintClicked
from tui.screens.base import roadmap_app
from tui.text import count, flow, hours
from tui.widgets.chrome import KeyBar
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.session import Session

KEYS = (("enter", "follow it"), ("esc", "not now"))
"""What can be answered."""


class FollowScreen(ModalScreen[bool]):
    """Follow this role? True or False."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "follow it", id="follow.yes"),
        Binding("escape,b,n,q", "answer(False)", "not now", id="follow.no"),
    ]

    app = getters.app(roadmap_app)
    about = getters.query_one("#reading", LineList)

    def __init__(self, role: str) -> None:
        super().__init__(id="follow")
        self.role = role

    def compose(self) -> ComposeResult:
        """Build the sentences and the keys."""
        with Vertical(classes="dialog"):
            yield LineList(lambda width: follow_lines(self.app.session, self.role, width), id="reading",
                           cursor=False)  # fmt: skip
            yield KeyBar(lambda: KEYS, id="answers")

    def on_mount(self) -> None:
        """Draw the sentences once there is a width."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        self.about.show()
        self.about.styles.height = len(self.about.lines)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)

    @on(HintClicked)
    def _clicked(self, event: HintClicked) -> None:
        event.stop()
        self.dismiss(event.word == KEYS[0][1])


def follow_lines(session: Session, role: str, width: int) -> list[Line]:
    """Return what following a role means: its size, what of it is there already, what happens to the file."""
    track, standing = session.catalog.tracks[role], session.standing(role)
    whole = f"{count(len(standing.path.milestones), 'milestone')}, {hours(standing.path.hours)}"
    done = rounded(standing.hours.done)
    sentences = [f"{whole}; {done} h of it you already have." if done else f"{whole}."]
    if session.role == role:
        sentences.append("You follow it already: its map opens.")
    elif session.role is not None:
        said = switch_text(session.catalog, switch(session.catalog, session.progress, session.role, role))
        sentences += [said[:1].upper() + said[1:] + ".", "What you did for another role stays and counts."]
    elif not session.workspace.snapshot.exists:
        sentences.append(
            f"This writes {session.workspace.place.path.name}, which is yours to edit and commit."
        )
    rows = [line(Part(f"Follow {row}" if at == 0 else row, "title")) for at, row in
            enumerate(flow(track.title + "?", width - 7))]  # fmt: skip
    rows += [line(row) for row in flow(track.tagline, min(width, 78))] if track.tagline else []
    for sentence in sentences:
        rows += [Line(), *(line(Part(row, "muted")) for row in flow(sentence, min(width, 78)))]
    return [*rows, Line()]
