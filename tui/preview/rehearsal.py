"""What the screens work with in a preview: the track as it was last good, and progress that lives in memory."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from roadmap.authoring.files import AuthoringError
from roadmap.authoring.preview import Watch
from roadmap.model.edit import with_edits
from roadmap.model.progress import Progress
from roadmap.storage.places import Place
from roadmap.storage.store import Snapshot
from roadmap.storage.workspace import Workspace
from tui.session import Session
from tui.troubles import in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.analysis.marks import Marked
    from roadmap.authoring.preview import Reading, TrackFile
    from roadmap.loading.diagnostics import Fault


class Rehearsal(Workspace):
    """A workspace whose progress is in memory: it reads no progress file, and writes nothing anywhere."""

    def __init__(self, track: TrackFile, reading: Reading) -> None:
        self.catalog, self.faults = reading.catalog, [*reading.faults, *reading.elsewhere]
        super().__init__(Place(track.file, "the track of this preview"))
        self._past: list[tuple[str, Progress]] = []
        self._future: list[tuple[str, Progress]] = []
        self._put(Progress(role=track.id))

    def _put(self, progress: Progress) -> None:
        self._snapshot = Snapshot(progress, "", None, exists=True)

    def reload_tracks(self) -> None:
        """Leave the tracks as they are: they come with each reading of the file."""

    def toggle_on_path(self, role: str, address: str) -> bool | None:
        """Leave the path as it is. Always raises AuthoringError."""
        del role, address
        raise AuthoringError("A preview changes no overlay.", "Try it in `roadmap` itself.")

    def apply(self, marked: Marked, base: Snapshot | None = None) -> bool:
        """Make a mark in memory. Returns False when it changed nothing."""
        del base
        before = self.progress
        after = with_edits(before, marked.edits)
        if after == before:
            return False
        self._past.append((marked.what, before))
        self._future.clear()
        self._put(after)
        return True

    def create(self, role: str | None, hours_per_week: float | None) -> None:
        """Begin anew in memory."""
        self._past.clear()
        self._future.clear()
        self._put(Progress(role=role, hours_per_week=hours_per_week))

    def refresh(self) -> bool:
        """Say that nobody else changed the progress: nobody else has it."""
        return False

    def undo(self) -> str | None:
        """Take back the last mark; return what it was, None when there is none."""
        return self._turn(self._past, self._future)

    def redo(self) -> str | None:
        """Make the last mark again that was taken back; return what it was, None when there is none."""
        return self._turn(self._future, self._past)

    def _turn(self, here: list[tuple[str, Progress]], there: list[tuple[str, Progress]]) -> str | None:
        if not here:
            return None
        what, progress = here.pop()
        there.append((what, self.progress))
        self._put(progress)
        return what


class PreviewSession(Session):
    """A session on a track that is being written, followed as if its author had chosen it.

    ``reading`` is what the file says now; the catalog is from the last reading that could be shown, of the time
    ``good_at`` by ``clock``, which is None as long as there was none. Construct it off the screen: it reads.
    """

    workspace: Rehearsal

    def __init__(self, track: TrackFile, clock: Callable[[], datetime] = datetime.now) -> None:
        self.track = track
        self.clock = clock
        self._watch = Watch(track.stamp())
        self.reading = track.read()
        self.good_at = clock() if self.reading.shown else None
        super().__init__(Rehearsal(track, self.reading))
        self.open()

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.track.file.name

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the file now, then what is wrong with other tracks, each from top to end."""
        return (*in_order(self.reading.faults), *in_order(self.reading.elsewhere))

    async def read_again(self, *, at_once: bool = False) -> Reading | None:
        """Look whether the file changed, and read it when it has; None when there is nothing new.

        ``at_once`` reads it in any case.
        """

        def work() -> Reading | None:
            if not self._watch.due(self.track.stamp()) and not at_once:
                return None
            return self.track.read()

        found = await self._on_disk(work)
        return None if found is self.reading else found

    def take(self, reading: Reading) -> None:
        """Work with a reading from now on; one that cannot be shown leaves the last good one in place."""
        self.reading = reading
        self.workspace.faults = list(self.faults)
        if reading.shown:
            self.good_at = self.clock()
            self.workspace.catalog = reading.catalog
        self._show(self.progress)

    def _refuse_if_gone(self) -> None:
        """Marks are in memory; that the track's file is gone does not matter to them."""
