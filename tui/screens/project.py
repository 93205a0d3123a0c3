"""A project: the brief and the three proofs, with what is recorded for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from roadmap.analysis import marks
from roadmap.model.progress import State
from roadmap.model.track import PROOFS, Project
from roadmap.storage.workspace import today
from tui.messages import Opened, SignClicked
from tui.screens.notes import Noting
from tui.signs import state_of_item, word_of
from tui.text import hours
from tui.views.project import BRIEF, project_lines
from tui.widgets.chrome import Rule
from tui.widgets.lines import Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

GLOW_FOR = 1.6
"""Seconds that a project glows when its third proof is there."""


class ProjectScreen(Noting):
    """One project, and the evidence for it."""

    CSS_PATH = "project.tcss"
    PURPOSE = (
        "One project. It is proven when each of the three proofs has evidence: a link or a path to what you built, "
        "to how you measured it, to how you explain it. Claiming is free; proving is what others can check."
    )
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("project.evidence", "record evidence"),
        ("project.open", "open"),
        ("project.remove", "remove"),
        ("notes.edit", "note"),
        ("app.undo", "undo"),
        ("app.back", "back"),
        ("app.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "evidence", "record evidence", id="project.evidence"),
        Binding("o", "open_link", "open it in the browser", id="project.open"),
        Binding("delete,backspace,d", "remove", "remove the evidence", id="project.remove"),
        Binding("space", "mark", "next state", id="project.mark"),
        Binding("x", "skip", "skip it, or take it up", id="project.skip"),
        Binding("b,escape,left,h", "back", "back", id="app.back"),
    ]

    proofs = getters.query_one("#proofs", LineList)

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    @property
    def listing(self) -> LineList:
        """The lines of the project."""
        return self.proofs

    @property
    def project(self) -> Project:
        """The project shown."""
        found = self.session.catalog.things[self.address]
        assert isinstance(found, Project)
        return found

    def follow(self) -> bool:
        """Follow the project to its present address, if it has one."""
        catalog = self.session.catalog
        self.address = catalog.present(self.address)
        return isinstance(catalog.things.get(self.address), Project)

    @property
    def note_on(self) -> str:
        """The address that notes and links go to."""
        return self.address

    def body(self) -> Iterator[Widget]:
        """Yield the list."""
        yield LineList(self._lines, id="proofs", signs=self.signs, measure=100)

    def _lines(self, width: int) -> list[Line]:
        return project_lines(self.session, self.project, self.signs, width)

    def fill(self) -> None:
        """Draw headline and list."""
        project = self.project
        record = self.session.records.entry(self.address)
        state = state_of_item(record, project)
        left = [Part(f"{self.signs.back} ", "muted"), Part(project.title, "title")]
        right = [Part(f"{project.level}   {hours(project.hours)}   ", "muted")]
        right.append(Part(f"{self.signs.state(state)} {word_of(state, 'project')}", state))
        self.headline.say(left, right, right[1:])
        if not self.proofs.key:
            self.proofs.key = next(iter(record.lacks), PROOFS[0])
        self.proofs.show()

    def _at(self) -> tuple[str, int]:
        """Return the proof under the cursor, and which piece of evidence; -1 for the proof itself."""
        proof, _, number = self.proofs.key.partition(":")
        return proof, int(number) if number else -1

    @on(Opened)
    def action_evidence(self) -> None:
        """Ask for evidence for the proof under the cursor."""
        proof, _ = self._at()
        if proof == BRIEF:
            proof = next(iter(self.session.records.entry(self.address).lacks), PROOFS[0])
            self.proofs.select(proof)
        if not self.app.may_mark:
            return
        from tui.screens.ask import AskScreen

        criteria = self.project.criteria(proof)  # type: ignore[arg-type]

        def answered(text: str | None) -> None:
            if text:
                self._record(proof, (*self.session.records.entry(self.address).evidence(proof), text))

        title = {
            "built": "Where is it built?",
            "evaluated": "Where is it evaluated?",
            "explained": "Where is it explained?",
        }
        self.app.push_screen(AskScreen(title[proof], "; ".join(criteria), hint="a link or a path"), answered)

    @on(SignClicked)
    def _sign_clicked(self) -> None:
        self.action_evidence()

    def _record(self, proof: str, evidence: Sequence[str]) -> None:
        session = self.session
        was = session.records.entry(self.address).proven
        marked = marks.prove(session.catalog, session.progress, self.address, {proof: evidence}, today())
        if self.app.mark(marked) and not was and session.records.entry(self.address).proven:
            self._celebrate()

    def _celebrate(self) -> None:
        """Let the moment of the third proof be seen, for a moment."""
        undo = self.app.key_name(self, "app.undo")
        sign = self.signs.state("proven")
        self.say(f"{sign} proven: built, evaluated and explained. Well done. ({undo} undoes)", "proven")
        if self.app.animation_level != "none":
            self._glow(True)
            self.set_timer(GLOW_FOR, lambda: self._glow(False))

    def _glow(self, on: bool) -> None:
        for rule in self.query(Rule):
            rule.glow(on)

    def action_remove(self) -> None:
        """Remove the evidence under the cursor; on a proof, its only piece."""
        proof, number = self._at()
        if proof == BRIEF:
            return
        evidence = list(self.session.records.entry(self.address).evidence(proof))
        if not evidence:
            self.app.say(f"no evidence for {proof} yet")
        elif number < 0 and len(evidence) > 1:
            self.app.say("several pieces: go down to the one to remove")
        else:
            del evidence[max(number, 0)]
            self._record(proof, evidence)

    def action_open_link(self) -> None:
        """Open the evidence under the cursor; on a proof, its first piece."""
        proof, number = self._at()
        record = self.session.records.entry(self.address)
        found = record.links if proof == BRIEF else record.evidence(proof)
        self.open_web(found[max(number, 0)] if found else "", "proof" if proof != BRIEF else "project")

    def action_mark(self) -> None:
        """Give the project its next state."""
        from tui.screens.milestone import NEXT

        self._mark(NEXT[self.session.records.state(self.address)])

    def action_skip(self) -> None:
        """Skip the project, or take it up again."""
        skipped = self.session.records.state(self.address) == State.SKIPPED
        self._mark(State.TODO if skipped else State.SKIPPED)

    def _mark(self, state: State) -> None:
        session = self.session
        self.app.mark(marks.mark(session.catalog, session.progress, [self.address], state, today()))

    def action_back(self) -> None:
        """Go back to where this was opened."""
        self.app.pop_screen()
