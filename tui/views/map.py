"""The map as lines: a rail of stations, and what is said about the selected one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.analysis.standing import COMPLETE
from roadmap.analysis.suggest import next_steps, unlocks
from roadmap.model.catalog import title_of
from tui.rail import STATION, Row, Stop, draw
from tui.signs import state_of_milestone
from tui.text import clip, flow, hours, listed
from tui.views.common import (
    hours_left,
    joined,
    labelled,
    lock_reason,
    paragraph,
    project_line,
    sentences,
    waits_for,
)
from tui.widgets.lines import Line, Part, line, spread

if TYPE_CHECKING:
    from roadmap.analysis.standing import MilestoneStanding, Standing
    from tui.session import Session
    from tui.signs import Signs

ROOMY = 58
"""The width in cells from which a station shows its hours beside what is said of its state."""

TITLE_INK = {
    "learning": "title",
    "todo": "text",
    "locked": "faint",
    "done": "muted",
    "proven": "muted",
    "skipped": "faint",
}


def rail_of(standing: Standing) -> list[Row]:
    """Return the rail of a path; a milestone of another track is a station of the track that lists it."""
    return draw([Stop(one.milestone.address, one.track, one.milestone.after) for one in standing.milestones])


def map_lines(session: Session, standing: Standing, rows: list[Row], signs: Signs, width: int) -> list[Line]:
    """Return the map: headings, joints and stations."""
    by_name = {one.milestone.address: one for one in standing.milestones}
    unit = signs.width + 1
    widths: dict[int, int] = {}
    for row in rows:
        if row.kind != "heading":
            widths[row.depth] = max(widths.get(row.depth, 0), (row.depth + len(row.cells)) * unit)
    passed = True
    out: list[Line] = []
    for row in rows:
        if row.kind == "heading":
            if out and not row.cells:
                out.append(Line())
            out.append(_heading(session, standing, row, signs, width, passed))
        elif row.kind == "joint":
            out.append(line(*_rail(row, signs, passed, "")))
        else:
            one = by_name[row.name]
            passed = passed and one.state in COMPLETE
            out.append(_station(standing, one, row, signs, width, widths[row.depth], passed))
    return out


def _rail(row: Row, signs: Signs, passed: bool, state: str) -> list[Part]:
    """Return the cells of a row: lines in the rail's ink, the sign in its state's."""
    ink = "passed" if passed else "rail"
    parts = [Part(" " + " " * (row.depth * (signs.width + 1)))]
    link = signs.rail["─"][0]
    for cell, joined_on in zip(row.cells, row.joined, strict=True):
        if cell == STATION:
            parts.append(Part(signs.state(state), state))
        else:
            parts.append(Part(signs.rail[cell], ink))
        parts.append(Part(link if joined_on else " ", ink))
    return parts


def _heading(session: Session, standing: Standing, row: Row, signs: Signs, width: int, passed: bool) -> Line:
    own = [one for one in standing.milestones if one.track == row.name]
    done = sum(one.state in COMPLETE for one in own)
    title = session.catalog.tracks[row.name].title.upper()
    right = f"{done} of {len(own)}" if width >= ROOMY - 16 else ""
    left = [*_rail(row, signs, passed, "")]
    room = width - sum(len(part.text) for part in left) - len(right) - 2
    return Line(
        spread(
            (*left, Part(clip(title, room, signs.ellipsis), "heading")), (Part(right, "faint"),), width - 1
        )
    )


def _station(
    standing: Standing,
    one: MilestoneStanding,
    row: Row,
    signs: Signs,
    width: int,
    rail_width: int,
    passed: bool,
) -> Line:
    state = state_of_milestone(one)
    rail = _rail(row, signs, passed, state)
    used = sum(len(part.text) for part in rail)
    start = 1 + rail_width + 1
    number = Part(f"{one.number:>2}  ", "faint" if state in ("locked", "skipped") else "muted")
    said, size = _said(standing, one, state), hours(one.milestone.hours)
    if width >= ROOMY:
        right = [Part(said, "faint" if state == "locked" else state), Part(f"{size:>7}", "muted")]
    elif said:
        right = [Part(said, "faint" if state == "locked" else state)]
    else:
        right = [Part(size, "faint" if state in COMPLETE else "muted")]
    room = width - 1 - start - 4 - sum(len(part.text) for part in right) - 1
    title = Part(clip(one.milestone.title, room, signs.ellipsis), TITLE_INK[state])
    left = (*rail, Part(" " * max(0, start - used)), number, title)
    at = 1 + 1 + (row.depth + row.cells.index(STATION)) * (signs.width + 1)
    return Line(spread(left, right, width - 1), key=one.milestone.address, sign=(at, at + signs.width))


def _said(standing: Standing, one: MilestoneStanding, state: str) -> str:
    if state == "locked":
        return lock_reason(standing, one)
    if state == "skipped":
        return "skipped"
    if state == "learning":
        if one.skills_done < one.skills_total or not one.needs:
            return f"{one.skills_done} of {one.skills_total}"
        return "project left"
    return ""


def detail_lines(
    session: Session, standing: Standing, address: str, signs: Signs, width: int, height: int
) -> list[Line]:
    """Return what is said about one milestone: state, why, what is next, what it waits for and opens."""
    one = standing.of(address)
    if one is None:
        return []
    milestone, state = one.milestone, state_of_milestone(one)
    room = min(width - 1, 78)
    title = [line(Part(row, "title"), head=False) for row in flow(milestone.title, room)]
    facts = [
        line(
            Part(signs.state(state) + " ", state),
            Part(_facts(one, state), state if state != "todo" else "text"),
        )
    ]
    facts += [line(Part(row, "muted")) for row in flow(project_line(session, one), room)]
    facts.append(line(Part(hours_left(one), "muted")))
    low = height < 26
    why = sentences(milestone.why, room, 4 if low else 12)
    limit = 5 if low else 0
    blocks = [title, facts, paragraph(why, room, limit=limit, signs=signs)]
    if one.locked:
        blocks.append(_listed("needs", waits_for(session, one), room))
    elif state in ("todo", "learning"):
        blocks.append(_next(session, standing, one, room))
    blocks.append(_opens(session, standing, one, room))
    return joined(blocks)


def _facts(one: MilestoneStanding, state: str) -> str:
    words = {"todo": "not begun"}.get(state, state)
    if one.skills_total and state in ("learning", "todo", "locked"):
        return f"{words}, {one.skills_done} of {one.skills_total} skills"
    return words


def _next(session: Session, standing: Standing, one: MilestoneStanding, width: int) -> list[Line]:
    for step in next_steps(session.catalog, session.progress, standing):
        if step.milestone == one.milestone.address:
            return _listed("next", step.title, width)
    return []


def _opens(session: Session, standing: Standing, one: MilestoneStanding, width: int) -> list[Line]:
    if one.state in COMPLETE:
        return []
    names = [
        title_of(session.catalog.things[address]) for address in unlocks(standing, one.milestone.address)
    ]
    return _listed("opens", listed(names) if names else "", width)


def _listed(label: str, text: str, width: int) -> list[Line]:
    return labelled(label, text, width, column=7) if text else []
