"""Finding and reading track files, and the overlays on tracks: which folders, in which order, what may be read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault

OVERLAY = ".overlay.toml"
"""How the name of an overlay ends. Before it stands the id of the track that the overlay changes."""

MAX_BYTES = 1_000_000
"""The largest track file that is read."""

MAX_FILES = 500
"""The most track files read from one folder."""


class Source(NamedTuple):
    """One track file as read: its id (the file's stem), where it is, and its text (or why there is none).

    ``overlay`` when it is an overlay; its id is that of the track it changes.
    """

    id: str
    file: str
    text: str
    fault: Fault | None = None
    overlay: bool = False


def bundled() -> Path:
    """Return the folder of the tracks that come with the program, in a wheel or in a checkout."""
    packaged = Path(__file__).resolve().parent.parent / "tracks"
    return packaged if packaged.is_dir() else packaged.parent.parent / "tracks"


def read_sources(folders: Iterable[Path]) -> list[Source]:
    """Read every ``*.toml`` of the folders; for a track found twice, the first folder wins.

    Overlays come last, and none wins over another: all of them apply. Those of the first folder stand at the end,
    so that they have the last word. Never raises: a file that cannot be read becomes a source with a fault. Hidden
    files are passed over.
    """
    found: dict[str, Source] = {}
    overlays: dict[Path, Path] = {}
    for folder in folders:
        try:
            files = sorted(
                path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] != "."
            )
        except OSError:
            continue
        for path in files[:MAX_FILES]:
            if is_overlay(path):
                overlays.setdefault(_real(path), path)
            elif path.stem not in found:
                found[path.stem] = read_source(path)
        if late := [path for path in files[MAX_FILES:] if path.stem not in found]:
            found[late[0].stem] = _too_many(late)
    return [*found.values(), *map(read_source, reversed(overlays.values()))]


def read_source(path: Path) -> Source:
    """Read one file if it is an ordinary one of a sensible size, in UTF-8. Never raises."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "is not an ordinary file", "put a text file in its place")
        if status.st_size > MAX_BYTES:
            return _unreadable(
                path, f"is larger than {MAX_BYTES:,} bytes", "part it into several tracks, each in its file"
            )
        return Source(track_of(path), str(path), path.read_bytes().decode(), overlay=is_overlay(path))
    except UnicodeDecodeError as error:
        help = "open it in an editor and save it with the encoding UTF-8"
        return _unreadable(path, f"is not UTF-8 text (byte {error.start})", help)
    except OSError as error:
        help = "allow reading it" if isinstance(error, PermissionError) else "look at its name and its place"
        return _unreadable(path, f"cannot be read: {error.strerror}", help)


def is_overlay(path: Path) -> bool:
    """Tell whether a file is an overlay on a track, by its name."""
    return path.name.endswith(OVERLAY)


def track_of(path: Path) -> str:
    """Return the id of the track that a file holds or, if it is an overlay, changes."""
    return path.name.removesuffix(OVERLAY) if is_overlay(path) else path.stem


def _real(path: Path) -> Path:
    """Return the one name of a file: a folder may be named twice, and an overlay must not apply twice."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _too_many(late: list[Path]) -> Source:
    """Return the first file that is not read any more, with the fault that says so for all of them."""
    from roadmap.loading.diagnostics import Fault

    others = f" and {len(late) - 1} more" if len(late) > 1 else ""
    message = f"the file{others} cannot be read: its folder holds more than {MAX_FILES}"
    fault = Fault("T010", "error", str(late[0]), 0, 0, 0, 0, message, "part the tracks among several folders")
    return Source(late[0].stem, str(late[0]), "", fault)


def _unreadable(path: Path, why: str, help: str) -> Source:
    from roadmap.loading.diagnostics import Fault

    fault = Fault("T010", "error", str(path), 0, 0, 0, 0, f"the file {why}", help)
    return Source(track_of(path), str(path), "", fault, is_overlay(path))
