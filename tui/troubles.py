"""What is wrong with a file, in the words of the banner and of the quiet line below it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.text import count

if TYPE_CHECKING:
    from tui.session import Session


def trouble_text(session: Session) -> str:
    """Return what the banner says: nothing when all is well."""
    trouble = session.trouble
    if trouble is None:
        return ""
    where = f"{session.workspace.place.path.name}, line {trouble.line}: " if trouble.line else ""
    if trouble.closed:
        waits = f" {count(session.unsaved, 'change')} kept here." if session.unsaved else ""
        return f"{where}{trouble} Until then the last good state is shown, and marking is off.{waits}"
    return (
        f"{where}{trouble} {count(session.unsaved, 'change')} not saved yet, kept here; ctrl+r tries again."
    )


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
    return f"{count(files, 'track')} {has}: {place} {first.message} ({key}, faults, for all)"
