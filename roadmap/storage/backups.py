"""Copies of a progress file from before: one a day, and one before each change that replaces all of it.

They lie in the state folder, where neither git nor an editor finds them, and are for this user only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from roadmap.storage.atomic import write_private

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

KEPT_BACKUPS = 14
"""How many days of backups are kept; a day without changes has none and counts for nothing."""

KEPT_BEFORE = 30
"""How many copies from before a restored backup or a settled conflict are kept."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_BEFORE = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}-[a-z]+(?:-\d+)?\Z")
_IN_PLACE = "before-in-place-"

KINDS = {"conflict": "before a conflict was settled", "restore": "before a backup was restored"}
"""What the last part of a name says of a copy."""


class Backup(NamedTuple):
    """One copy. ``name`` is what a person calls it by; ``why`` says when it was made; ``size`` is in bytes."""

    name: str
    path: Path
    why: str
    size: int


class Backups:
    """The copies of one progress file. Change them under that file's lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep_first_of_day(self, content: bytes, now: datetime) -> None:
        """Keep a content unless the day has a copy already, and let the oldest day go. Raises OSError."""
        today = self.folder / f"{now:%Y-%m-%d}.toml"
        if today.exists():
            return
        write_private(today, content)
        self._forget(_DAY, KEPT_BACKUPS)

    def keep_before(self, what: str, content: bytes, now: datetime) -> Backup:
        """Keep a content that is about to be replaced as a whole; ``what`` is one of KINDS. Raises OSError."""
        stem = f"{now:%Y-%m-%d-%H%M%S}-{what}"
        name, number = stem, 1
        while (self.folder / f"{name}.toml").exists():  # two in the same second
            number += 1
            name = f"{stem}-{number}"
        path = self.folder / f"{name}.toml"
        write_private(path, content)
        self._forget(_BEFORE, KEPT_BEFORE)
        return Backup(name, path, KINDS[what], len(content))

    def listed(self) -> list[Backup]:
        """Return all copies, newest first, without reading them. Raises nothing: none when there is no folder."""
        found = []
        try:
            paths = [path for path in self.folder.iterdir() if path.suffix == ".toml" and path.is_file()]
            for path in paths:
                if why := _why(path.stem):
                    status = path.stat()
                    found.append((status.st_mtime_ns, Backup(path.stem, path, why, status.st_size)))
        except OSError:
            pass
        return [backup for _, backup in sorted(found, key=lambda one: (one[0], one[1].name), reverse=True)]

    def _forget(self, pattern: re.Pattern[str], kept: int) -> None:
        ours = sorted(path for path in self.folder.glob("*.toml") if pattern.match(path.stem))
        for old in ours[:-kept]:
            old.unlink()


def _why(name: str) -> str | None:
    """Say what a copy is, or None for a file that is none."""
    if _DAY.match(name):
        return "before the first change of that day"
    if _BEFORE.match(name):
        return KINDS.get(name.split("-")[4])
    return "before the latest save in place" if name.startswith(_IN_PLACE) else None
