"""A track file that somebody is writing: what it says now, seen with the tracks around it, and when to look again.

Everything here only reads.
"""

from __future__ import annotations

import os
from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from roadmap.lint.files import Library
from roadmap.lint.run import lint
from roadmap.loading.assemble import assemble
from roadmap.loading.judge import Draft, judge
from roadmap.loading.overlay_judge import OverlayDraft, judge_overlay
from roadmap.loading.sources import MAX_FILES, Source, is_overlay, read_source, read_sources, track_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog

Stamp = tuple[tuple[str, int, int, int], ...]
"""What tells one state of a folder from another: name, time of the last change, size and number of each track."""

PATIENCE = 4
"""How many looks in a row may find a file changed again before it is read all the same."""


class Reading(NamedTuple):
    """What a track file said at one moment.

    ``shown`` tells whether ``catalog`` has the track: it is sound, and so is what it extends; of an overlay,
    whether it is laid over its track. ``faults`` are its own, as lint tells them; ``elsewhere`` are those of the
    other files.
    """

    catalog: Catalog
    faults: tuple[Fault, ...]
    elsewhere: tuple[Fault, ...]
    shown: bool


class TrackFile:
    """One track file, or an overlay on a track, read again and again while somebody writes it.

    ``id`` is that of the track. ``folders`` are where other tracks are, the first of a name wins; the file itself
    comes before all of them. Other files are judged once for each of their states. Nothing is kept on disk.
    """

    def __init__(self, file: Path, folders: Sequence[Path]) -> None:
        self.file = file
        self.id = track_of(file)
        self.folders = [file.parent, *folders]
        self._drafts: dict[str, tuple[str, Draft]] = {}
        self._texts: dict[str, str] = {}
        self._library = Library()
        self._last: Reading | None = None

    def stamp(self) -> Stamp:
        """Return what changes whenever the file does, or a track beside it. Cheap, opens nothing, never raises."""
        found = [_stamp(self.file.name, self.file)]
        try:
            with os.scandir(self.file.parent) as entries:
                beside = [one for one in entries if one.name.endswith(".toml") and one.name != self.file.name]
        except OSError:
            beside = []
        found += [_stamp(one.name, one) for one in beside[:MAX_FILES] if not one.name.startswith(".")]
        return tuple(sorted(found))

    def read(self) -> Reading:
        """Read the file and the tracks around it. Never raises for what stands in a file.

        When no text differs from the last time, the last reading itself is returned.
        """
        own = read_source(self.file)
        others = [one for one in read_sources(self.folders) if not self._replaces(one)]
        texts = {one.file: one.text if one.fault is None else one.fault.message for one in (own, *others)}
        if self._last is not None and texts == self._texts:
            return self._last
        around = {file: text for file, text in texts.items() if file != own.file}
        if self._last is None or around != {f: text for f, text in self._texts.items() if f != own.file}:
            self._library = Library(self.folders)
        self._texts = texts
        drafts = [self._draft(one) for one in (own, *others) if not one.overlay]
        # the last overlay has the last word, as if its folder came first
        overlays = [_overlay(one) for one in (*others, own) if one.overlay]
        laid = not overlays or not own.overlay or not overlays[-1].failed
        catalog, told = assemble(drafts, overlays)
        faults = list(lint([own], self._library).faults)
        places = {(fault.line, fault.column) for fault in faults}
        # what only shows among all tracks, such as a trunk that has faults of its own
        faults += [one for one in told if one.file == own.file and (one.line, one.column) not in places]
        elsewhere = tuple(one for one in told if one.file != own.file)
        self._last = Reading(catalog, tuple(faults), elsewhere, laid and self.id in catalog.tracks)
        return self._last

    def _replaces(self, source: Source) -> bool:
        """Tell whether a source is this file itself, or another track of its id."""
        if source.overlay != is_overlay(self.file) or source.id != self.id:
            return False
        return not source.overlay or os.path.realpath(source.file) == os.path.realpath(self.file)

    def _draft(self, source: Source) -> Draft:
        """Judge a source, unless that was done for the same text before."""
        if source.fault is not None:
            return Draft(source.id, source.file, source.text, faults=[source.fault])
        text, draft = self._drafts.get(source.file, ("", None))
        if draft is None or text != source.text:
            draft = judge(source.id, source.file, source.text)
            self._drafts[source.file] = (source.text, draft)
        fresh = copy(draft)
        fresh.faults = list(draft.faults)  # assembling adds to them
        return fresh


class Watch:
    """Decides when to read again: once something changed and has then stayed as it is for a moment.

    Editors write in several steps, or put a new file in the place of the old one; in between there may be an
    empty file or none.
    """

    def __init__(self, stamp: Stamp) -> None:
        self._read = self._seen = stamp
        self._looks = 0

    def due(self, stamp: Stamp) -> bool:
        """Take one more look, and tell whether to read now."""
        steady = stamp == self._seen
        self._seen = stamp
        if stamp == self._read:
            self._looks = 0
            return False
        self._looks += 1
        if not steady and self._looks < PATIENCE:
            return False
        self._read, self._looks = stamp, 0
        return True


def _overlay(source: Source) -> OverlayDraft:
    if source.fault is not None:
        return OverlayDraft(source.id, source.file, source.text, faults=[source.fault])
    return judge_overlay(source.id, source.file, source.text)


def _stamp(name: str, file: Path | os.DirEntry[str]) -> tuple[str, int, int, int]:
    try:
        status = file.stat()
    except OSError:
        return name, 0, 0, 0
    return name, status.st_mtime_ns, status.st_size, status.st_ino
