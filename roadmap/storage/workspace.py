"""Everything one run works with: the tracks, the progress file, and the ways to change it.

Both the commands and the terminal UI go through here, so that a mark means the same in both.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadmap.analysis.path import order_of, outline_of, path_of
from roadmap.analysis.records import Records
from roadmap.analysis.standing import Standing, standing_of
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.storage.places import Place, cache_dir, config_dir, find_progress, state_dir
from roadmap.storage.store import Snapshot, Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.analysis.marks import Marked
    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Progress


class Workspace:
    """The tracks and one progress file. ``place`` says which file it is and how it was found."""

    def __init__(self, place: Place, tracks: Path | None = None) -> None:
        self.place = place
        self.tracks_option = tracks
        self.store = Store(place.path, state_dir())
        self.catalog: Catalog
        self.faults: list[Fault]
        self.reload_tracks()
        self._snapshot: Snapshot | None = None

    @classmethod
    def find(cls, progress: Path | None = None, tracks: Path | None = None) -> Workspace:
        """Open the workspace of the progress file that DESIGN's search order finds."""
        return cls(find_progress(progress), tracks)

    def reload_tracks(self) -> None:
        """Read the tracks again: from ``--tracks``, beside the progress file, the config folder, the bundle."""
        folders = [self.place.tracks, config_dir() / "tracks", bundled()]
        if self.tracks_option is not None:
            folders.insert(0, self.tracks_option)
        self.catalog, self.faults = load_tracks(folders, cache_dir())

    def overlay(self, role: str) -> Path:
        """Return where the overlay of a role lies that is changed by ``extend`` and ``shorten``; it need not exist."""
        from roadmap.storage.additions import overlay_of

        return overlay_of(self.place.tracks, role)

    def extend(self, role: str, addresses: Sequence[str]) -> bool:
        """Put milestones of other tracks on a role's path, before its capstone. Returns False for no change.

        Raises AuthoringError when the overlay cannot be changed.
        """
        from roadmap.storage.additions import put

        own = (one for one in self.catalog.tracks[role].milestones if one.track == role)
        capstone = next((one.id for one in own if one.capstone), None)
        if not put(self.overlay(role), role, addresses, capstone):
            return False
        self.reload_tracks()
        return True

    def shorten(self, role: str, addresses: Sequence[str]) -> bool:
        """Take milestones off a role's path that ``extend`` put there. Returns False for no change.

        Raises AuthoringError when the overlay cannot be changed.
        """
        from roadmap.storage.additions import take

        if not take(self.overlay(role), addresses):
            return False
        self.reload_tracks()
        return True

    def toggle_on_path(self, role: str, address: str) -> bool | None:
        """Put a milestone on a role's path, or take it off if ``extend`` put it there; tell whether it is on it now.

        Returns None, and changes nothing, for a milestone that the path has of itself. Raises AuthoringError.
        """
        from roadmap.storage.additions import added_in

        if address in added_in(self.overlay(role)):
            self.shorten(role, [address])
            return False
        if any(one.address == address for one in path_of(self.catalog, role).milestones):
            return None
        self.extend(role, [address])
        return True

    @property
    def snapshot(self) -> Snapshot:
        """The progress file as last read. Reads it at the first use; raises ProgressError when it cannot be."""
        if self._snapshot is None:
            self._snapshot = self.store.load()
        return self._snapshot

    @property
    def progress(self) -> Progress:
        """What the progress file says."""
        return self.snapshot.progress

    @property
    def records(self) -> Records:
        """The person's records, by present address."""
        return Records(self.catalog, self.progress)

    def standing(self, role: str | None = None) -> Standing:
        """Return the standing on a role's path, by default the followed one. Raises KeyError without a role."""
        chosen = role or self.progress.role
        if chosen is None:
            raise KeyError("no role")
        return standing_of(self.catalog, self.progress, chosen)

    def apply(self, marked: Marked, base: Snapshot | None = None) -> bool:
        """Write a mark to the progress file. Returns False when it changed nothing. Raises ProgressError.

        What somebody else changed since ``base`` stays, and is merged with the mark where both changed the
        same; ``snapshot.warnings`` tell of that. ``base`` is the state that the mark was made for, by default
        the one last read; pass it when the file was read again between the mark and its saving.
        """
        before = self.snapshot
        order = order_of(self.catalog, self.progress.role)
        self._snapshot = self.store.change(marked.edits, marked.what, order, base or before)
        return self._snapshot.text != before.text

    def create(self, role: str | None, hours_per_week: float | None) -> None:
        """Create the progress file with the outline of a role's path. Raises ProgressError if there is one."""
        from roadmap.storage.edits import outline

        text = outline(role, hours_per_week, outline_of(self.catalog, role) if role else ())
        self._snapshot = self.store.create(text)

    def refresh(self) -> bool:
        """Read the file again if somebody else changed it; tell whether that was so. Raises ProgressError."""
        if not self.store.changed(self.snapshot):
            return False
        self._snapshot = self.store.load()
        return True

    def undo(self) -> str | None:
        """Take back the last change of this file; return what it was, None when there is nothing."""
        return self._step(self.store.undo())

    def redo(self) -> str | None:
        """Make the last change taken back again; return what it was, None when there is nothing."""
        return self._step(self.store.redo())

    def _step(self, result: tuple[str, Snapshot] | None) -> str | None:
        if result is None:
            return None
        what, self._snapshot = result
        return what


def today() -> date:
    """Return today's date where the person is, for marks. The one place that asks the clock."""
    return date.today()
