"""The roles as a picture: on which side of the model one works, and which role is the trunk of which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from roadmap.analysis.path import path_of
from roadmap.model.amounts import rounded
from tui.text import clip, count, flow, hours
from tui.views.common import BLANK, labelled
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.model.track import Track
    from tui.session import Session
    from tui.signs import Signs

SIDES = (("the-model", "builds the model"), ("with-the-model", "builds with the model"))
"""The two sides of the picture, with their headings."""

STACKED = 68
"""The width in cells below which the two sides stand one above the other."""


class Spot(NamedTuple):
    """Where a role stands in the picture: the row, and the columns from and to."""

    row: int
    start: int
    end: int


class _Entry(NamedTuple):
    """One role of a column: the lines that lead to it, its title, its hours, and what is said beside it."""

    key: str
    lead: str
    title: str
    size: str
    beside: str


def picture(
    session: Session, signs: Signs, width: int, selected: str, picked: Sequence[str] = ()
) -> tuple[list[Line], dict[str, Spot]]:
    """Return the lines of the picture, and where each role stands in it, in the order of reading.

    ``picked`` are the roles that are marked for comparing.
    """
    columns = [(title, _ticked(_column(session, side, signs), picked, signs)) for side, title in SIDES]
    columns = [(title, entries) for title, entries in columns if entries]
    placed = {entry.key for _, entries in columns for entry in entries}
    others = [
        _Entry(track.id, "", track.title, _size(session, track), _beside(session, track))
        for track in session.catalog.tracks.values()
        if track.id not in placed
    ]
    rows: list[Line] = []
    spots: dict[str, Spot] = {}
    if width < STACKED or len(columns) < 2:
        for title, entries in columns:
            rows += [BLANK] if rows else []
            _stack(rows, spots, title, entries, 1, width - 2, selected, signs)
    else:
        left = min(max(26, max(_width(entry) for entry in columns[0][1])), width // 2 - 2)
        start, room = left + 3, width - left - 4
        one: list[Line] = []
        two: list[Line] = []
        _stack(one, spots, *columns[0], 1, left, selected, signs)
        _stack(two, spots, *columns[1], start, min(room, 64), selected, signs)
        for at in range(max(len(one), len(two))):
            parts = list(one[at].parts) if at < len(one) else []
            used = sum(cell_len(part.text) for part in parts)
            if at < len(two):
                parts += [Part(" " * (start - 1 - used)), *two[at].parts]
            rows.append(Line(tuple(parts)))
    if others:
        rows += [BLANK] if rows else []
        others = _ticked(others, picked, signs)
        _stack(rows, spots, "other tracks", others, 1, min(width - 2, 64), selected, signs)
    return rows, dict(sorted(spots.items(), key=lambda item: (item[1].start, item[1].row)))


def _stack(
    rows: list[Line],
    spots: dict[str, Spot],
    title: str,
    entries: list[_Entry],
    start: int,
    width: int,
    selected: str,
    signs: Signs,
) -> None:
    """Put a column's heading and its roles below what is there."""
    rows.append(line(" ", Part(title, "heading")))
    rows.append(line(" ", Part(signs.rule * min(width, cell_len(title)), "rail")))
    leads = max(cell_len(entry.lead) + cell_len(entry.title) for entry in entries)
    sizes = max(cell_len(entry.size) for entry in entries)
    beside = max(cell_len(entry.beside) for entry in entries)
    names = max(12, min(leads, width - sizes - (beside + 2 if beside else 0) - 4))
    for entry in entries:
        lit = entry.key == selected
        lead = cell_len(entry.lead)
        name = clip(entry.title, names - lead, signs.ellipsis)
        size = f"{entry.size:>{sizes}}"
        cursor = Part(signs.cursor if lit else " ", "accent", lit)
        parts = (
            Part(entry.lead, "rail"),
            cursor,
            Part(name, "title" if lit else "text", lit),
            Part(" " * (names - lead - cell_len(name) + 2), "text", lit),
            Part(size + " ", "muted", lit),
            Part(f" {entry.beside}" if entry.beside else "", "proven"),
        )
        spots[entry.key] = Spot(len(rows), start + lead, start + names + 4 + sizes)
        rows.append(Line(parts))


def _ticked(entries: list[_Entry], picked: Sequence[str], signs: Signs) -> list[_Entry]:
    """Put a tick before what is picked."""
    return [one._replace(title=f"{signs.tick} {one.title}") if one.key in picked else one for one in entries]


def _width(entry: _Entry) -> int:
    return cell_len(entry.lead) + cell_len(entry.title) + cell_len(entry.size) + cell_len(entry.beside) + 6


def _column(session: Session, side: str, signs: Signs) -> list[_Entry]:
    """Return the roles of one side: the roots in order, each with its branches below it."""
    tracks = [one for one in session.catalog.tracks.values() if one.role.builds == side]
    ids = {one.id for one in tracks}
    out: list[_Entry] = []

    def add(track: Track, lead: str, below: str) -> None:
        out.append(_Entry(track.id, lead, track.title, _size(session, track), _beside(session, track)))
        children = [one for one in tracks if one.extends == track.id]
        for at, child in enumerate(children):
            last = at == len(children) - 1
            fork = signs.rail["╰" if last else "├"] + signs.rail["─"][0]
            rest = signs.rail[" " if last else "│"] + " "
            add(child, below + fork, below + rest)

    for track in sorted(tracks, key=lambda one: not _is_trunk(session, one)):
        if track.extends not in ids:
            add(track, "", "")
    return out


def _is_trunk(session: Session, track: Track) -> bool:
    return any(one.extends == track.id for one in session.catalog.tracks.values())


def _size(session: Session, track: Track) -> str:
    """Return the hours of a role's path; of a branch, the hours it adds to its trunk."""
    if track.extends is None:
        return hours(path_of(session.catalog, track.id).hours)
    return "+" + hours(sum(one.hours for one in track.milestones))


def _beside(session: Session, track: Track) -> str:
    if session.progress.role == track.id:
        return "yours"
    if session.progress.role is None and track.extends is None and _is_trunk(session, track):
        return "start here"
    return ""


def role_lines(session: Session, role: str, width: int) -> list[Line]:
    """Return what is said about one role."""
    track = session.catalog.tracks[role]
    about = track.role
    room = min(width, 92)
    rows = [line("  ", Part(row, "title")) for row in flow(track.title, room)]
    rows += [line("  ", Part(row)) for row in flow(track.tagline, min(room, 78))] if track.tagline else []
    facts: list[Line] = []
    for label, text in (
        ("from here", _from_here(session, role)),
        ("optimizes for", about.optimizes_for),
        ("enjoyed by", about.enjoys),
        ("what it is not", about.not_this),
        ("daily work", about.daily_work),
        ("what you make", about.artifacts),
        ("interviews", about.interviews),
        ("from software", about.from_software),
    ):
        if text:
            facts += labelled(label, text, room, indent=2, column=16)
    return [*rows, *([BLANK, *facts] if facts else [])]


def _from_here(session: Session, role: str) -> str:
    """Return the size of a role's path, and what of it is done already."""
    standing = session.standing(role)
    whole = f"{count(len(standing.path.milestones), 'milestone')}, {hours(standing.path.hours)}"
    done = rounded(standing.hours.done)
    return f"{whole}; {done} h of it you already have" if done else whole
