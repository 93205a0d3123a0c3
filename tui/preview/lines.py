"""Faults as lines: the list of the panel, and one fault in full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from roadmap.lint.catalog import explain
from tui.text import count, flow, listed, wrap
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from roadmap.loading.diagnostics import Fault
    from tui.preview.rehearsal import PreviewSession
    from tui.signs import Signs

SIGNS = {"error": "×", "warning": "!"}
"""The sign of each severity; the word always stands beside it."""

ASCII_SIGNS = {"error": "x", "warning": "!"}
"""The same, where only ASCII can be shown."""

LONG = 64
"""The width in cells from which a message stands on the line of its code."""

KEPT_NOWHERE = "Marks are tried here and kept nowhere."
"""What happens to marks, said where one can always read it."""


def sign_of(fault: Fault, signs: Signs) -> str:
    """Return the sign of a fault's severity."""
    return (ASCII_SIGNS if signs.ascii else SIGNS)[fault.severity]


def tally(faults: Iterable[Fault]) -> str:
    """Return how many faults there are, in words: ``2 errors, 1 warning``, ``no faults``."""
    found = [fault.severity for fault in faults]
    return (
        ", ".join(count(found.count(one), one) for one in ("error", "warning") if one in found) or "no faults"
    )


def clock_text(at: datetime | None) -> str:
    """Return a time as people write it."""
    return f"{at:%H:%M:%S}" if at else ""


def keyed(faults: Iterable[Fault]) -> dict[str, Fault]:
    """Give each fault a key that stays the same while its line moves."""
    found: dict[str, Fault] = {}
    for fault in faults:
        key = f"{fault.file} {fault.code} {fault.message}"
        while key in found:
            key += "+"
        found[key] = fault
    return found


def banner(session: PreviewSession) -> str:
    """Return what is said above a view that is older than the file; nothing when it is not."""
    if session.reading.shown or session.good_at is None:
        return ""
    return f"{why_not(session)} You see the last good save, of {clock_text(session.good_at)}."


def why_not(session: PreviewSession) -> str:
    """Say in a sentence why the file cannot be shown as it is."""
    unreadable = next((fault for fault in session.reading.faults if fault.code == "T010"), None)
    if unreadable is not None:
        return f"{session.name}: {unreadable.message}."
    errors = sum(fault.severity == "error" for fault in session.reading.faults)
    return f"{session.name} has {count(errors, 'error')}."


def panel_lines(session: PreviewSession, signs: Signs, width: int) -> list[Line]:
    """Return the list of the panel: which save is shown, every fault, and what happens to marks."""
    room = width - 1
    rows = [line(Part(row, ink)) for text, ink in _state(session) for row in flow(text, room)]
    rows += [Line()] if session.faults and room < LONG else []
    file = ""
    for key, fault in keyed(session.faults).items():
        if fault in session.reading.elsewhere and fault.file != file:
            rows += [Line()] if not file or room < LONG else []
            rows += [] if file else [line(Part("In other tracks", "heading"))]
            rows += [line(Part(row, "muted")) for row in wrap(Path(fault.file).name, room)]
            file = fault.file
        rows += _fault(key, fault, signs, room)
    return [
        *rows,
        *([Line()] if session.faults else []),
        *(line(Part(row, "muted")) for row in flow(KEPT_NOWHERE, room)),
    ]


def _state(session: PreviewSession) -> list[tuple[str, str]]:
    if session.reading.shown:
        return [(f"As saved at {clock_text(session.good_at)}.", "muted")]
    if session.good_at is None:
        return [("Nothing could be shown yet.", "warning")]
    return [(f"The last good save is shown, of {clock_text(session.good_at)}.", "warning")]


def _fault(key: str, fault: Fault, signs: Signs, width: int) -> list[Line]:
    where = f"line {fault.line}" if fault.line else ""
    lead = [
        Part(f"{sign_of(fault, signs)} ", fault.severity),
        Part(f"{fault.severity:<7} {fault.code}", fault.severity),
        Part(f"  {where}" if where else "", "muted"),
    ]
    used = sum(cell_len(part.text) for part in lead)
    if width >= LONG and used < width // 2:
        indent = max(used + 2, 27)
        first, *rest = flow(fault.message, width - indent)
        rows = [line(*lead, Part(" " * (indent - used)), Part(first), key=key)]
        return rows + [line(" " * indent, Part(row), key=key, head=False) for row in rest]
    if used > width:
        lead = [*lead[:2], Part("")]
    rows = [line(*lead, key=key)]
    if not lead[2].text and where:
        rows += [line("  ", Part(row, "muted"), key=key, head=False) for row in wrap(where, width - 2)]
    return rows + [line("  ", Part(row), key=key, head=False) for row in flow(fault.message, width - 2)]


def fault_lines(fault: Fault, signs: Signs, width: int) -> list[Line]:
    """Return one fault in full, as lint tells it: its place with a caret, what to do, and what its code means."""
    rows = [
        line(Part(f"{sign_of(fault, signs)} {fault.severity} {fault.code}", fault.severity)),
        *(line(Part(row, "title")) for row in flow(fault.message, min(width, 78))),
        Line(),
    ]
    rows += [line(Part(row, _ink(text))) for text in framed(fault, width)[1:] for row in _kept(text, width)]
    page = explain(fault.code).partition("\n\n")[2]
    if page:
        rows += [Line(), line(Part(f"What {fault.code} means", "heading")), Line()]
        rows += [line(Part(row, "muted")) for text in _reflowed(page) for row in _kept(text, min(width, 78))]
    return rows


def _reflowed(page: str) -> list[str]:
    """Return the lines of a page with the lines of each running paragraph put together; examples stay."""
    blocks = page.split("\n\n")
    return [
        row
        for block in blocks
        for row in ("", *(block.split("\n") if block.startswith(" ") else [" ".join(block.split())]))
    ][1:]


def framed(fault: Fault, width: int) -> list[str]:
    """Return the fault as lint prints it, with long lines of the file cut around its place to fit a width."""
    rows: list[str] = []
    for room in (width - 8, width - 14, width // 2 - 4):
        rows = fault.render(max(room, 10)).split("\n")
        if all(cell_len(row) <= width for row in rows if " | " in row):
            break
    return rows


def _ink(text: str) -> str:
    """Return the ink of one line of a quoted fault, however many rows it takes."""
    return "muted" if text.lstrip().startswith(("-->", ":::", "= help")) else "text"


def _kept(text: str, width: int) -> list[str]:
    """Return one line as it is when it fits, so that carets stay under what they point at."""
    return [text] if cell_len(text) <= width and text.strip() else wrap(text, width)


def hidden_tag(session: PreviewSession, key: str) -> str:
    """Return what stands in the headline while the panel is hidden."""
    return f"preview, {listed([tally(session.reading.faults)])} ({key})" if session.faults else "preview"
