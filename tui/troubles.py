"""What is wrong with a file, in the words of the banner and of the quiet line below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault
    from tui.session import Session


def trouble_text(session: Session, key: str) -> str:
    """Return what the banner says: nothing when all is well. ``key`` tries again, and settles conflicts."""
    trouble = session.trouble
    if trouble is None:
        return ""
    told = f"line {trouble.line}" in trouble.message  # and then not said twice
    place = f", line {trouble.line}" if trouble.line and not told else ""
    where = f"{session.workspace.place.path.name}{place}: " if trouble.line else ""
    if trouble.closed:
        waits = f" {count(session.unsaved, 'change')} kept here." if session.unsaved else ""
        says = f"{trouble.message} {key} settles it here." if trouble.conflict else str(trouble)
        return f"{where}{says} Until then the last good state is shown, and marking is off.{waits}"
    return f"{where}{trouble} {count(session.unsaved, 'change')} not saved yet, kept here; {key} tries again."


def fault_note(session: Session, key: str) -> str:
    """Return one line about tracks with faults, nothing when all are sound. ``key`` opens the palette.

    The line is cut where the terminal ends, so the way to all faults stands before the first of them.
    """
    faults = in_order(session.workspace.faults)
    if not faults:
        return ""
    first = faults[0]
    place = Path(first.file).name + (f":{first.line}:{first.column}" if first.line else "")
    return f"{faulty(faults)} ({key} faults): {place} {first.message}"


def faulty(faults: Iterable[Fault]) -> str:
    """Say how many files have faults: ``2 files with faults``."""
    return f"{count(len({fault.file for fault in faults}), 'file')} with faults"


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by file, and in each file from its top to its end."""
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))
