"""Pieces that several views share: paragraphs, headings, progress as a bar with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from roadmap.model.amounts import rounded
from tui.signs import bar, state_of_milestone
from tui.text import MEASURE, flow, hours, wrap
from tui.widgets.lines import Line, Part, line, spread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.analysis.standing import MilestoneStanding, Standing
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Entry
    from roadmap.model.track import Milestone
    from tui.session import Session
    from tui.signs import Signs

BLANK = Line()


def paragraph(
    text: str,
    width: int,
    ink: str = "text",
    *,
    indent: int = 0,
    key: str = "",
    limit: int = 0,
    signs: Signs | None = None,
) -> list[Line]:
    """Return a text as lines of running text; with ``limit``, only so many, the last one marked as cut."""
    room = min(width - indent, MEASURE)
    rows = flow(text, room)
    if limit and len(rows) > limit:
        rows = [*rows[: limit - 1], closed(rows[limit - 1], room, signs)]
    return [line(" " * indent, Part(row, ink), key=key, head=False) for row in rows]


def closed(row: str, room: int, signs: Signs | None) -> str:
    """End a line of text that has more to follow."""
    mark = signs.ellipsis if signs else "…"
    row = row[: max(0, room - len(mark))].rstrip(" ,;:")
    return row + mark if not row.endswith(".") else row


def sentences(text: str, width: int, limit: int) -> str:
    """Return as many whole sentences from the start of a text as fit into some lines, at least one."""
    text = " ".join(text.split())
    kept = ""
    for part in text.replace(". ", ".\0").split("\0"):
        longer = f"{kept} {part}".strip()
        if kept and len(flow(longer, width)) > limit:
            break
        kept = longer
    return kept


def own_text(text: str, width: int, ink: str, indent: int, key: str) -> list[Line]:
    """Return the person's own text, whose line feeds mean something."""
    rows = wrap(text, min(width - indent, MEASURE))
    return [line(" " * indent, Part(row, ink), key=key, head=False) for row in rows]


def labelled(
    label: str, text: str, width: int, *, ink: str = "text", indent: int = 0, column: int = 0
) -> list[Line]:
    """Return a muted label with a text beside it, wrapped beneath itself."""
    column = column or len(label) + 2
    rows = flow(text, min(width - indent - column, MEASURE))
    return [
        line(
            " " * indent, Part((label if at == 0 else "").ljust(column), "muted"), Part(row, ink), head=False
        )
        for at, row in enumerate(rows)
    ]


def section(title: str, right: str, width: int) -> Line:
    """Return a heading with something said at its right."""
    return Line(spread((Part(title, "heading"),), (Part(right, "muted"),), width))


def host_of(url: str) -> str:
    """Return the host of a web address, nothing for anything that is not http or https."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") and host else ""


def own_additions(entry: Entry, width: int, indent: int, key: str) -> list[Line]:
    """Return the person's note and links for a thing."""
    rows: list[Line] = []
    for label, ink, text in (("note", "text", entry.note), *(("link", "link", link) for link in entry.links)):
        rows += _own(label, ink, text, width, indent, key)
    return rows


def overlay_notes(catalog: Catalog, address: str, width: int, indent: int, key: str) -> list[Line]:
    """Return what the person's overlays did to a thing: that they added it, what they hide in it, and remarks."""
    rows: list[Line] = []
    if address in catalog.added and address.rpartition("/")[0] not in catalog.added:
        rows += paragraph("added by your overlay", width, "faint", indent=indent, key=key)
    if hidden := catalog.left_out.get(address):
        names = ", ".join(one.rpartition("/")[2] for one in hidden)
        rows += paragraph(f"hidden by your overlay: {names}", width, "faint", indent=indent, key=key)
    for remark in catalog.notes.get(address, ()):
        rows += _own("note", "text", remark, width, indent, key)
        rows.append(line(" " * (indent + 6), Part("from your overlay", "faint"), key=key, head=False))
    return rows


def _own(label: str, ink: str, text: str, width: int, indent: int, key: str) -> list[Line]:
    rows = []
    found = own_text(text, width, ink, indent + 6, key) if text else []
    for at, row in enumerate(found):
        lead = Part(" " * indent + (label if at == 0 else "").ljust(6), "muted")
        rows.append(line(lead, *row.parts[1:], key=key, head=False))
    return rows


def how_far(standing: Standing, signs: Signs) -> tuple[list[Part], list[Part], list[Part]]:
    """Return progress on a path as a bar with its numbers, in three lengths, the longest first."""
    hours_of, proven = standing.hours, standing.proven
    share = hours_of.done / hours_of.total if hours_of.total else 0.0
    sure = proven.done / proven.total if proven.total else 0.0
    full = bar(signs, share, sure)
    drawn = [Part(full[0], "proven"), Part(full[1], "done"), Part(full[2], "rail")]
    claimed = f"claimed {rounded(hours_of.done)} of {rounded(hours_of.total)} h"
    sides = f"proven {round(proven.done)} of {round(proven.total)}"
    numbers = [Part(claimed, "text"), Part("  "), Part(sides, "text")]
    short = [Part(f"{rounded(hours_of.done)}/{rounded(hours_of.total)} h", "text")]
    return [*drawn, Part("  "), *numbers], numbers, short


def lock_reason(standing: Standing, one: MilestoneStanding) -> str:
    """Return why a milestone is locked, in numbers: ``needs 5, 6`` or ``needs trunk 7 or 8``."""
    here: list[str] = []
    trunk: list[str] = []
    elsewhere: list[str] = []
    for group in one.locked_by:
        found = [other for other in (standing.of(address) for address in group) if other is not None]
        words = " or ".join(str(other.number) for other in found)
        if not found:
            elsewhere.append("another track")
        elif all(other.track == one.track for other in found):
            here.append(words)
        elif all(other.track in (standing.path.tracks[0], one.track) for other in found):
            trunk.append(words)
        else:
            elsewhere.append(words)
    parts = [*here, *([f"trunk {', '.join(trunk)}"] if trunk else []), *dict.fromkeys(elsewhere)]
    return "needs " + ", ".join(parts)


def waits_for(session: Session, one: MilestoneStanding) -> str:
    """Return the names of what must come first."""
    groups = []
    for group in one.locked_by:
        titles = [session.catalog.things[address] for address in group if address in session.catalog.things]
        groups.append(" or ".join(getattr(thing, "title", "") for thing in titles))
    return "; ".join(group for group in groups if group)


def project_line(session: Session, one: MilestoneStanding) -> str:
    """Return in words whether the project of a milestone is proven."""
    if not one.milestone.projects:
        return "no project here"
    proven = [p.title for p in one.milestone.projects if session.records.entry(p.address).proven]
    if proven:
        return f"proven: {', '.join(proven)}"
    begun = [p for p in one.milestone.projects if len(session.records.entry(p.address).lacks) < 3]
    if begun:
        lacks = session.records.entry(begun[0].address).lacks
        return f"project not proven: {' and '.join(lacks)} missing"
    return "project not proven"


def standing_of_milestone(session: Session, milestone: Milestone) -> MilestoneStanding:
    """Return the standing in any milestone: with its place on the followed path, or measured for itself."""
    from roadmap.analysis.standing import measure_milestone

    for role in dict.fromkeys((session.role, milestone.track)):
        if role in session.catalog.tracks:
            found = session.standing(role).of(milestone.address)
            if found is not None:
                return found
    return measure_milestone(milestone, 0, session.records)


def state_words(one: MilestoneStanding) -> str:
    """Return state and skills of a milestone in words: ``learning, 3 of 7 skills``."""
    word = state_of_milestone(one)
    if one.skills_total and word != "skipped":
        return f"{word}, {one.skills_done} of {one.skills_total} skills"
    return word


def hours_left(one: MilestoneStanding) -> str:
    """Return the hours a milestone still takes, in words."""
    left = one.hours - one.hours_done
    if one.state in ("done", "proven", "skipped"):
        return hours(one.milestone.hours)
    if one.hours_done <= 0:
        return f"about {hours(left)}"
    return f"about {hours(left)} of {hours(one.hours)} left"


def joined(rows: Iterable[list[Line]]) -> list[Line]:
    """Put blocks of lines below each other, with a blank line between those that say something."""
    out: list[Line] = []
    for block in rows:
        if block:
            out += [BLANK, *block] if out else block
    return out
