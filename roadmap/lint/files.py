"""Which files are linted, and where the tracks are that they may refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading.judge import parse
from roadmap.loading.sources import MAX_FILES, Source, is_overlay, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from roadmap.loading.outline import Outline


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the tracks and overlays that paths mean: a file is itself, a folder is every ``*.toml`` right in it.

    Each file is named once, in the order given. A path that does not exist is kept, so that it becomes a fault.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else [path]:
            found.setdefault(file.absolute(), file)
    return list(found.values())


def read_files(files: Iterable[Path]) -> list[Source]:
    """Read files; one that cannot be read becomes a source with a fault. Never raises."""
    return [read_source(file) for file in files]


def passed_over(path: Path) -> int:
    """Return how many files of a folder are passed over because it holds too many; 0 for a file."""
    return max(0, len(_all_in(path)) - MAX_FILES) if path.is_dir() else 0


def _in_folder(folder: Path) -> list[Path]:
    return _all_in(folder)[:MAX_FILES]


def _all_in(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return []
    return [path for path in files if not path.name.startswith(".")]


class Library:
    """Tracks that linted ones may refer to. A file is read when something asks for its track, and only once.

    For a track found twice, the first folder wins, as everywhere.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._files: dict[str, Path] = {}
        for folder in folders:
            for path in _in_folder(folder):
                if is_overlay(path):
                    continue
                self._files.setdefault(path.stem, path)
        self._read: dict[str, Outline | None] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._files

    @property
    def ids(self) -> list[str]:
        """The ids of all tracks there are, readable or not."""
        return list(self._files)

    def outline(self, id: str) -> Outline | None:
        """Return what a track names and refers to, or None when there is none or it cannot be read."""
        if id not in self._read:
            self._read[id] = self._load(self._files[id]) if id in self._files else None
        return self._read[id]

    def _load(self, path: Path) -> Outline | None:
        source = read_source(path)
        if source.fault is not None:
            return None
        draft = parse(source.id, source.file, source.text.removeprefix("\ufeff"))
        return draft.outline if draft.parsed else None


def outlines_for(own: dict[str, Outline], library: Library, *, every: bool = False) -> dict[str, Outline]:
    """Return the outlines that the own tracks need: what they refer to, and what that refers to in turn.

    With ``every``, all there are, for guessing what a wrong address was meant to be.
    """
    found: dict[str, Outline] = {}
    pending = [text for one in own.values() for text in one.mentions()]
    if every:
        pending += library.ids
    while pending:
        id = pending.pop().partition("/")[0]
        if id in own or id in found or id not in library:
            continue
        one = library.outline(id)
        if one is not None:
            found[id] = one
            pending += one.mentions()
    return found
