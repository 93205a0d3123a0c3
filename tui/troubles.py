"""What is wrong with a file, in the words of the banner and of the quiet line below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.loading.sources import OVERLAY
from tui.text import count

if TYPE_CHECKING:
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
    """Return one line about tracks with faults, nothing when all are sound. ``key`` opens the palette."""
    faults = session.workspace.faults
    if not faults:
        return ""
    files = len({fault.file for fault in faults})
    first = faults[0]
    file = Path(first.file)
    place = f"{file.parent.name}/{file.name}" + (f":{first.line}:{first.column}" if first.line else "")
    has = "has a fault" if files == 1 else "have faults"
    what = "overlay" if all(fault.file.endswith(OVERLAY) for fault in faults) else "track"
    return f"{count(files, what)} {has}: {place} {first.message} ({key}, faults, for all)"
