"""A project as one list: the brief, and three proofs with their criteria and what is recorded for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.model.track import PROOFS
from tui.signs import state_of_item
from tui.text import MEASURE, count, flow, hours, listed, wrap
from tui.views.common import BLANK, overlay_notes, own_additions, paragraph
from tui.widgets.lines import Line, Part, line, spread

if TYPE_CHECKING:
    from roadmap.model.progress import Entry
    from roadmap.model.track import Project, Proof
    from tui.session import Session
    from tui.signs import Signs

BRIEF = "brief"
"""The key of the brief in the list; a proof's key is its name, that of one evidence ``built:0``."""


def project_lines(session: Session, project: Project, signs: Signs, width: int) -> list[Line]:
    """Return all lines of a project."""
    width -= 2
    record = session.records.entry(project.address)
    rows = [
        line(" ", Part(row), key=BRIEF, head=at == 0, prose=True)
        for at, row in enumerate(flow(project.brief or project.title, min(width - 1, MEASURE)))
    ]
    rows += overlay_notes(session.catalog, project.address, width, 1, BRIEF)
    rows += own_additions(record, width, 1, BRIEF)
    rows += [BLANK, _verdict(project, record, signs, width)]
    for proof in PROOFS:
        rows += [BLANK, *_proof(project, proof, record, signs, width)]
    return rows


def _verdict(project: Project, record: Entry, signs: Signs, width: int) -> Line:
    """Say how the project stands: proven, or what it lacks for that."""
    state = state_of_item(record, project)
    if state == "proven":
        words = "Proven: built, evaluated and explained."
        return line(" ", Part(f"{signs.state('proven')} {words}", "proven"))
    lacks = listed(list(record.lacks))
    size = hours(project.hours)
    word = {"todo": "not begun", "learning": "doing", "done": "done, by your word", "skipped": "skipped"}[
        state
    ]
    left = (Part(" "), Part(signs.state(state), state), Part(f" {word}", "text"))
    right = (Part(f"to be proven it lacks {lacks}" if size or lacks else "", "muted"),)
    return Line(spread(left, right, min(width, MEASURE)))


def _proof(project: Project, proof: Proof, record: Entry, signs: Signs, width: int) -> list[Line]:
    evidence = record.evidence(proof)
    state = "done" if evidence else "todo"
    if record.proven:
        state = "proven"
    said = count(len(evidence), "piece") + " of evidence" if evidence else "no evidence yet"
    head = (
        Part(" "),
        Part(signs.state(state), state),
        Part(f" {proof.upper():<11}", "heading"),
        Part(said, "muted"),
    )
    rows = [line(*head, key=proof, sign=(1, 2 + signs.width + 1))]
    indent = 1 + signs.width + 1
    for at, one in enumerate(evidence):
        for row_at, row in enumerate(wrap(one, min(width - indent - 2, MEASURE))):
            lead = Part(f"{signs.arrow} " if row_at == 0 else " " * (len(signs.arrow) + 1), "muted")
            rows.append(line(" " * indent, lead, Part(row, "link"), key=f"{proof}:{at}", head=row_at == 0))
    for criterion in project.criteria(proof):
        first, *rest = paragraph(criterion, width, "text", indent=indent + 2, key=proof)
        rows.append(
            line(" " * indent, Part(f"{signs.bullet} ", "muted"), *first.parts[1:], key=proof, head=False)
        )
        rows += rest
    return rows
