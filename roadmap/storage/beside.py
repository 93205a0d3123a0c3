"""Keeping a change that cannot be saved, because the file on disk can no longer be read.

Somebody's merge or slip of the pen must not cost what a person does in an open window: the result goes into a
file of its own beside the progress file, and the error names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from roadmap.loading.clean import quote
from roadmap.model.errors import ProgressError, SaveFailed
from roadmap.storage.atomic import ABSENT, ChangedMeanwhile, hint, real, write_atomically
from roadmap.storage.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from roadmap.model.edit import Edit

TRIES = 100
"""How many files of one day there may be."""


class Kept(NamedTuple):
    """Where the changes of this window were put, the text that is there, and the keys that were changed."""

    path: Path
    text: str
    keys: frozenset[tuple[str, ...]] = frozenset()


def keep_beside(
    path: Path, kept: Kept | None, start: str, edits: Sequence[Edit], order: Sequence[str], day: date
) -> Kept:
    """Put edits into a file beside ``path``, called ``progress.toml.mine-2026-11-24``, and return that.

    ``kept`` is what this window put there before; the edits are added to it. Otherwise they are made to
    ``start``, in a file that nobody has yet. Raises a ProgressError when that is impossible.
    """
    text = apply_edits(kept.text if kept else start, edits, order)
    data = text.encode("utf-8")
    keys = frozenset(edit.path for edit in edits) | (kept.keys if kept else frozenset())
    if kept and hint(kept.path) != ABSENT:
        write_atomically(kept.path, data)
        return Kept(kept.path, text, keys)
    target = real(path)
    for number in range(1, TRIES):
        name = target.with_name(
            f"{target.name}.mine-{day.isoformat()}" + (f"-{number}" if number > 1 else "")
        )
        if hint(name) == ABSENT:
            try:
                write_atomically(name, data, expect=ABSENT)
            except ChangedMeanwhile:
                continue
            return Kept(name, text, keys)
    raise SaveFailed(
        f"There are {TRIES} files with unsaved changes beside the progress file.", "Remove some."
    )


def drop(kept: Kept, edits: Sequence[Edit]) -> None:
    """Remove what was put beside the file when these edits, saved by now, are all of it and nobody changed it."""
    if not kept.keys <= {edit.path for edit in edits}:
        return
    try:
        if kept.path.read_bytes() == kept.text.encode("utf-8"):
            kept.path.unlink()
    except OSError:
        pass  # it stays, and says itself what to do with it


def kept_files(path: Path) -> list[Path]:
    """Return the files that such changes were put in and that are still there, oldest name first."""
    target = real(path)
    ours = re.compile(re.escape(target.name) + r"\.mine-\d{4}-\d{2}-\d{2}(?:-\d+)?\Z")
    try:
        return sorted(one for one in target.parent.iterdir() if ours.match(one.name))
    except OSError:
        return []


def with_place(error: ProgressError, kept: Kept) -> ProgressError:
    """Return the error with a sentence on where the change is."""
    name = quote(kept.path.name, 120)[1:-1]
    return type(error)(
        f"{error.message} Your change is kept beside it, in {name}.",
        f"{error.help} Then take over from {name} what is missing, and remove it.",
        error.line,
        error.column,
    )
