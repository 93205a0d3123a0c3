"""Finding and reading track files: which folders, in which order, and what may be read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault

MAX_BYTES = 1_000_000
"""The largest track file that is read."""

MAX_FILES = 500
"""The most track files read from one folder."""


class Source(NamedTuple):
    """One track file as read: its id (the file's stem), where it is, and its text (or why there is none)."""

    id: str
    file: str
    text: str
    fault: Fault | None = None


def bundled() -> Path:
    """Return the folder of the tracks that come with the program, in a wheel or in a checkout."""
    packaged = Path(__file__).resolve().parent.parent / "tracks"
    return packaged if packaged.is_dir() else packaged.parent.parent / "tracks"


def read_sources(folders: Iterable[Path]) -> list[Source]:
    """Read every ``*.toml`` of the folders; for a track found twice, the first folder wins.

    Never raises: a file that cannot be read becomes a source with a fault. Hidden files are passed over.
    """
    found: dict[str, Source] = {}
    for folder in folders:
        try:
            files = sorted(path for path in folder.iterdir() if path.suffix == ".toml")[:MAX_FILES]
        except OSError:
            continue
        for path in files:
            if not path.name.startswith(".") and path.stem not in found:
                found[path.stem] = read_source(path)
    return list(found.values())


def read_source(path: Path) -> Source:
    """Read one file if it is an ordinary one of a sensible size, in UTF-8. Never raises."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "is not an ordinary file")
        if status.st_size > MAX_BYTES:
            return _unreadable(path, f"is larger than {MAX_BYTES:,} bytes")
        return Source(path.stem, str(path), path.read_bytes().decode())
    except UnicodeDecodeError as error:
        return _unreadable(path, f"is not UTF-8 text (byte {error.start})")
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error.strerror}")


def _unreadable(path: Path, why: str) -> Source:
    from roadmap.loading.diagnostics import Fault

    return Source(path.stem, str(path), "", Fault("T010", "error", str(path), 0, 0, 0, 0, f"the file {why}"))
