"""What the screens work with: the progress as the person sees it now, and the way it gets to disk.

A mark shows at once: it changes the progress in memory and waits here. The disk is touched by one thread only,
one operation after the other, so that saving, undoing and looking for changes never meet. Marks that are not
saved yet are laid over whatever the file says, so another program's changes and the person's own both show.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from roadmap.analysis import marks
from roadmap.analysis.records import Records
from roadmap.analysis.standing import standing_of
from roadmap.model.edit import with_edits
from roadmap.model.errors import (
    BrokenProgress,
    ConflictedProgress,
    NewerProgress,
    ProgressError,
    SaveFailed,
    UnreadableProgress,
)
from roadmap.model.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.analysis.marks import Marked
    from roadmap.analysis.standing import Standing
    from roadmap.model.catalog import Catalog
    from roadmap.storage.resolve import Resolution
    from roadmap.storage.store import Snapshot
    from roadmap.storage.workspace import Workspace

Result = TypeVar("Result")

SAVE_AFTER = 0.3
"""Seconds without another mark after which marks are saved."""


class Trouble(NamedTuple):
    """Why something with the file did not work: what is the matter, and what to do.

    ``closed`` tells that marking is off until the file on disk is mended, ``conflict`` that both sides of a
    merge are in the file and can be put together here.
    """

    message: str
    help: str
    closed: bool = False
    line: int | None = None
    conflict: bool = False

    @classmethod
    def of(cls, error: ProgressError, *, closed: bool = False) -> Trouble:
        """Make a trouble of an error about the progress file."""
        return cls(error.message, error.help, closed, error.line, isinstance(error, ConflictedProgress))

    def __str__(self) -> str:
        return f"{self.message} {self.help}".strip()


UNUSABLE = (BrokenProgress, ConflictedProgress, NewerProgress, UnreadableProgress)
"""What makes a file unusable until the person mends it."""


class Gone(SaveFailed):
    """The file was there, and somebody took it away. Writing would make a new one that lacks everything else."""


class Session:
    """One progress file while it is open.

    Call everything from the event loop; what touches the disk is a coroutine and returns when it is done.
    ``trouble`` is what is wrong with the file at the moment, or None.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.progress: Progress = Progress()
        self.trouble: Trouble | None = None
        self.pending: list[Marked] = []
        self.decided: list[str] = []
        """What was decided where somebody else had changed the same field, and what else saving had to tell."""
        self._beside = 0  # how many of the waiting marks are in a file beside one that cannot be read
        self._base: Snapshot | None = None  # the file as it was when the first waiting mark was made
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")
        self._saving = asyncio.Lock()
        self._records: Records | None = None
        self._standings: dict[str, Standing] = {}
        self._version = 0

    @property
    def catalog(self) -> Catalog:
        """The tracks."""
        return self.workspace.catalog

    @property
    def version(self) -> int:
        """A number that grows whenever the progress says something else."""
        return self._version

    def open(self) -> None:
        """Read the file for the first time, on this thread. Raises ProgressError."""
        self._show(self.workspace.progress)

    def move(self, workspace: Workspace) -> None:
        """Work with another file, which nothing was written to yet."""
        self.workspace = workspace
        self.pending.clear()
        self._base = None
        self._beside = 0

    @property
    def records(self) -> Records:
        """The person's records, by present address."""
        if self._records is None:
            self._records = Records(self.catalog, self.progress)
        return self._records

    @property
    def role(self) -> str | None:
        """The role that is followed, when a track describes it."""
        role = self.progress.role
        return role if role in self.catalog.tracks else None

    def standing(self, role: str) -> Standing:
        """Return where the person stands on a role's path; worked out once for each state of the progress."""
        if role not in self._standings:
            self._standings[role] = standing_of(self.catalog, self.progress, role)
        return self._standings[role]

    @property
    def unsaved(self) -> int:
        """How many marks are not on disk yet."""
        return len(self.pending)

    def mark(self, marked: Marked) -> bool:
        """Show a mark at once and keep it for saving. Returns False when it changes nothing."""
        if not marked.edits:
            return False
        after = with_edits(self.progress, marked.edits)
        if after == self.progress:
            return False
        if not self.pending:
            self._base = self.workspace.snapshot
        self.pending.append(marked)
        self._show(after)
        return True

    def _show(self, progress: Progress) -> None:
        self.progress = progress
        self._records = None
        self._standings.clear()
        self._version += 1

    def _settle(self) -> None:
        """Show what the file says, with the marks over it that are not saved yet."""
        edits = [edit for marked in self.pending for edit in marked.edits]
        base = self.workspace.progress
        self._show(with_edits(base, edits) if edits else base)

    async def _on_disk(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    async def save(self) -> tuple[str, ...]:
        """Write all marks that wait, in one change. Returns sentences worth telling.

        Never raises: what goes wrong becomes ``trouble``, and the marks stay, to be tried again.
        """
        async with self._saving:
            return await self._save()

    async def _save(self) -> tuple[str, ...]:
        batch = list(self.pending)
        if not batch or self._beside >= len(batch):
            return ()
        try:
            await self._on_disk(lambda: self._write(batch))
        except (Gone, *UNUSABLE) as error:
            self._beside = 0 if isinstance(error, Gone) else len(batch)
            self.trouble = Trouble.of(error, closed=True)
            return ()
        except ProgressError as error:
            self.trouble = Trouble.of(error)
            return ()
        except Exception as error:  # whatever it is, the marks stay and the person is told
            self.trouble = Trouble(f"Saving failed: {error}", "Try again with ctrl+r.")
            return ()
        del self.pending[: len(batch)]
        self._beside = 0
        self._base = self.workspace.snapshot if self.pending else None
        self.trouble = None
        self._settle()
        self.decided += self.workspace.snapshot.warnings
        return self.workspace.snapshot.warnings

    def save_now(self) -> bool:
        """Write what waits from the calling thread, at the very end. Returns False when marks are left.

        Marks for a file that cannot be read are left in a file beside it.
        """
        self._disk.shutdown(wait=True)
        if self.pending and self._beside < len(self.pending):
            try:
                self._write(list(self.pending))
            except (ProgressError, OSError):
                return False
            self.pending.clear()
        return not self.pending

    def _write(self, batch: list[Marked]) -> None:
        self._refuse_if_gone()
        self.workspace.apply(_together(batch), self._base)

    def _refuse_if_gone(self) -> None:
        if self.workspace.snapshot.exists and not self.workspace.place.path.exists():
            raise Gone(
                f"{self.workspace.place.path.name} is no longer there.",
                "Put it back (git can); what is on the screen is its last good state.",
            )

    async def undo(self) -> str | None:
        """Save what waits, then take the last change back and say what it was. Raises ProgressError."""
        return await self._step(self.workspace.undo)

    async def redo(self) -> str | None:
        """Save what waits, then make the change again that was taken back. Raises ProgressError."""
        return await self._step(self.workspace.redo)

    async def _step(self, step: Callable[[], str | None]) -> str | None:
        await self.save()
        if self.trouble:
            raise SaveFailed(self.trouble.message, self.trouble.help)

        def work() -> str | None:
            self._refuse_if_gone()
            return step()

        what = await self._on_disk(work)
        self._settle()
        return what

    async def look(self) -> bool:
        """See whether somebody else changed the file, and show it. Returns True when something changed.

        A file that cannot be read now becomes ``trouble``, and the last good state stays.
        """

        def work() -> tuple[bool, Trouble | None]:
            try:
                self._refuse_if_gone()
                return self.workspace.refresh(), None
            except ProgressError as error:
                return False, Trouble.of(error, closed=True)

        was_closed = self.trouble is not None and self.trouble.closed
        changed, trouble = await self._on_disk(work)
        if trouble is not None:
            if was_closed and self.trouble and self.trouble.message.startswith(trouble.message):
                return False  # the one shown may say more: where the change is kept
            news = trouble != self.trouble
            self.trouble = trouble
            return news
        if was_closed:
            self.trouble = None
            self._beside = 0
        if changed:
            self._settle()
        return changed or was_closed

    async def settle(self, *, dry_run: bool = False) -> Resolution | None:
        """Put both sides of a merge conflict together, field by field; None when there is no conflict.

        With ``dry_run`` nothing is written. Raises ProgressError with the file as it was.
        """
        from roadmap.storage.resolve import resolve

        return await self._on_disk(lambda: resolve(self.workspace.store, dry_run=dry_run))

    async def create(self, role: str, hours_per_week: float | None) -> None:
        """Write the first progress file, with the outline of a role. Raises ProgressError."""
        await self._on_disk(lambda: self.workspace.create(role, hours_per_week))
        self._settle()

    async def toggle_on_path(self, address: str) -> bool | None:
        """Put a milestone of another track on the path that is followed, or take it off; tell whether it is on it now.

        None for one that the path has of itself, or when no role is followed. Raises AuthoringError.
        """
        role = self.role
        if role is None:
            return None
        there = await self._on_disk(lambda: self.workspace.toggle_on_path(role, address))
        self._settle()
        return there

    async def reopen(self) -> None:
        """Read the file again after it could not be read at the start. Raises ProgressError."""
        await self._on_disk(lambda: self.workspace.snapshot)
        self._settle()


def _together(batch: list[Marked]) -> Marked:
    """Make one change of several marks; of two on the same key the later one counts."""
    edits = {edit.path: edit for marked in batch for edit in marked.edits}
    names = list(dict.fromkeys(marked.what for marked in batch))
    last = {what.partition(": ")[2]: what for what in names}
    what = "; ".join(last.values()) if len(last) <= 3 else f"{len(last)} marks, the last of them {names[-1]}"
    return marks.Marked(tuple(edits.values()), what)
