"""One progress file on disk: loading it, changing it, and taking changes back.

Changes are operations on the text that is on disk at that moment, made under a lock. What another window,
another program or git put there in the meantime therefore stays.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from roadmap.loading.clean import quote
from roadmap.loading.progress_text import MAX_SIZE, parse_progress, read_toml
from roadmap.model.errors import (
    BrokenProgress,
    ConflictedProgress,
    EditRefused,
    NewerProgress,
    ProgressError,
    SaveFailed,
    UnreadableProgress,
)
from roadmap.model.progress import SCHEMA, Progress
from roadmap.storage.atomic import (
    ABSENT,
    ChangedMeanwhile,
    Fingerprint,
    hash_of,
    hint,
    read_bytes,
    read_text,
    real,
    write_atomically,
)
from roadmap.storage.lock import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from roadmap.model.edit import Edit
    from roadmap.storage.backups import Backup, Backups
    from roadmap.storage.beside import Kept
    from roadmap.storage.journal import Change, Journal

LOCK_TIMEOUT = 5.0
"""How many seconds to wait for another window of roadmap to finish saving."""

TRIES = 5
"""How often a change starts anew when somebody without a lock (an editor, git) writes in the same instant."""


class Snapshot(NamedTuple):
    """A progress file as it was at one moment. ``warnings`` are sentences about the save that led to it."""

    progress: Progress
    text: str
    fingerprint: Fingerprint | None
    exists: bool
    warnings: tuple[str, ...] = ()


class Store:
    """A progress file and what the program keeps about it in its state folder.

    ``clock`` gives the local time; it dates backups and the journal, never the progress file.
    """

    def __init__(self, path: Path, state_dir: Path, clock: Callable[[], datetime] = datetime.now) -> None:
        self.path = path
        self.state_dir = state_dir
        self.clock = clock
        self.lock_timeout = LOCK_TIMEOUT
        self._key_held: str | None = None
        self._kept: Kept | None = None

    def load(self) -> Snapshot:
        """Read the file. One that does not exist is empty. Raises a ProgressError when it cannot be read."""
        try:
            text, fingerprint = read_text(self.path)
        except FileNotFoundError:
            return Snapshot(Progress(), "", None, exists=False)
        return Snapshot(parse_progress(text), text, fingerprint, exists=True)

    def changed(self, snapshot: Snapshot) -> bool:
        """Tell whether the file says something else than it did. Cheap while nobody touches it."""
        if snapshot.fingerprint is None:
            return hint(self.path) != ABSENT
        if hint(self.path) == snapshot.fingerprint.hint:
            return False
        try:
            return read_text(self.path)[1].sha256 != snapshot.fingerprint.sha256
        except (FileNotFoundError, ProgressError):
            return True

    def create(self, text: str) -> Snapshot:
        """Write the first text of a file, and its folder. Raises SaveFailed when there is one already."""
        parse_progress(text)
        taken = SaveFailed(
            f"{quote(str(self.path), 200)} already holds progress; it is as it was.",
            "Use it as it is, or choose another place.",
        )
        with self._locked():
            before = self.load()
            if before.text.strip("\ufeff \t\r\n"):
                raise taken
            try:
                return self._write(before, text, ())
            except ChangedMeanwhile:  # somebody was faster
                raise taken from None

    def change(
        self, edits: Iterable[Edit], what: str, order: Sequence[str] = (), base: Snapshot | None = None
    ) -> Snapshot:
        """Make edits to what is on disk now, remember them as ``what`` for undo, and return the new state.

        ``order`` says where new tables go, see ``apply_edits``. ``base`` is the state that the edits were made
        for: a field that somebody else changed since is merged, and a warning says how. A file that does not
        exist is created, unless ``base`` says that there was one. Nothing is written when the edits change
        nothing. Raises a ProgressError, with the file as it was, when the file cannot be read, the edits
        cannot be made, or the result cannot be saved. With a ``base``, edits of a file that can no longer be
        read are put beside it, and the error names the place.
        """
        from roadmap.storage.journal import Step, values_at

        asked = edits = list(edits)
        with self._locked():
            try:
                before, after, edits = self._edited(edits, order, base=base)
            except (BrokenProgress, ConflictedProgress, NewerProgress, UnreadableProgress) as error:
                if base is None:
                    raise
                from roadmap.storage.beside import keep_beside, with_place

                day = self.clock().date()
                self._kept = keep_beside(self.path, self._kept, base.text, edits, order, day)
                raise with_place(error, self._kept) from None
            if self._kept:
                from roadmap.storage.beside import drop

                drop(self._kept, asked)
                self._kept = None
            if after.text == before.text:
                return after
            paths = dict.fromkeys(edit.path for edit in edits)
            old, new = values_at(before.text, paths), values_at(after.text, paths)
            steps = tuple(Step(path, old[path], new[path]) for path in paths if old[path] != new[path])
            return self._noted(after, lambda: self._journal().record(what, self.clock(), steps))

    def mend(self, text: str, seen: Fingerprint | None) -> tuple[str, ...]:
        """Put a mended text in the place of a file in conflict, which goes to the backups; return warnings.

        ``seen`` is the fingerprint the file had when the text was made from it, None for no file. Raises
        SaveFailed, with the file as it was, when it is another one by now or cannot be written.
        """
        changed = SaveFailed(
            f"{quote(str(self.path), 200)} was changed at the same time; it is as it was.", "Run this again."
        )
        with self._locked():
            try:
                old, now = read_text(self.path)
            except FileNotFoundError:
                old, now = "", None
            if (now and now.sha256) != (seen and seen.sha256):
                raise changed
            if old:
                self._keep_before("conflict", old.encode("utf-8"))
            try:
                return self._write(Snapshot(Progress(), old, now, now is not None), text, ()).warnings
            except ChangedMeanwhile:
                raise changed from None

    def restore(self, name: str) -> tuple[Backup | None, tuple[str, ...]]:
        """Put a backup in the file's place; return the copy of what was there (None for nothing), and warnings.

        What is there need not be readable as progress, only as a file; the copy of it is made first, and
        restoring that takes this back. Raises KeyError for a name that is not listed, and a ProgressError,
        with the file as it was, when the backup is not sound, a newer program wrote the file, or saving fails.
        """
        with self._locked():
            chosen = next((backup for backup in self.backups.listed() if backup.name == name), None)
            if chosen is None:
                raise KeyError(name)
            text, _ = read_text(chosen.path)
            progress = parse_progress(text)
            try:
                old, status = read_bytes(self.path)
            except FileNotFoundError:
                before, kept = Snapshot(progress, "", None, exists=False), None
            else:
                _refuse_if_newer(old)
                if old == text.encode("utf-8"):
                    return None, ()
                before = Snapshot(progress, "", Fingerprint(*status, hash_of(old)), exists=True)
                kept = self._keep_before("restore", old)
            try:
                return kept, self._write(before, text, ()).warnings
            except ChangedMeanwhile:
                raise SaveFailed(
                    f"{quote(str(self.path), 200)} was changed at the same time; it is as it was.",
                    "Look at it, and run this again.",
                ) from None

    def _keep_before(self, what: str, content: bytes) -> Backup:
        """Keep what is about to be replaced. Raises SaveFailed: without a copy nothing is replaced."""
        try:
            return self.backups.keep_before(what, content, self.clock())
        except OSError as error:
            raise SaveFailed(
                f"No backup could be written to {self.backups.folder} ({error.strerror}). Nothing was changed.",
                "Allow writing to that folder, or set ROADMAP_STATE_DIR to another one.",
            ) from None

    def undo(self, order: Sequence[str] = ()) -> tuple[str, Snapshot] | None:
        """Take the latest change back; return what it was and the new state, or None when there is none.

        Raises UndoRefused, with file and journal as they were, when somebody else changed the same key
        since; and what ``change`` raises.
        """
        from roadmap.storage.journal import Journal

        with self._locked():
            return self._carry_out(self._remembered(Journal.undo), order)

    def redo(self, order: Sequence[str] = ()) -> tuple[str, Snapshot] | None:
        """Make the change again that was taken back last. Like ``undo`` in all else."""
        from roadmap.storage.journal import Journal

        with self._locked():
            return self._carry_out(self._remembered(Journal.redo), order)

    def _remembered(self, ask: Callable[[Journal], Change | None]) -> Change | None:
        try:
            return ask(self._journal())
        except OSError as error:
            raise SaveFailed(
                f"What was changed before cannot be read ({error.strerror or error}). Nothing was changed.",
                f"Allow reading the files in {self.state_dir / 'journal'}, and repeat it.",
            ) from None

    def _carry_out(self, change: Change | None, order: Sequence[str]) -> tuple[str, Snapshot] | None:
        if change is None:
            return None
        _, after, _ = self._edited(change.edits, order, change)
        return change.what, self._noted(after, lambda: self._journal().settle(change))

    def _edited(
        self,
        edits: Sequence[Edit],
        order: Sequence[str],
        change: Change | None = None,
        base: Snapshot | None = None,
    ) -> tuple[Snapshot, Snapshot, Sequence[Edit]]:
        """Return the state before and after, and the edits made.

        The states are the same but for warnings when nothing had to be written.
        """
        from roadmap.storage.edits import apply_edits
        from roadmap.storage.journal import refuse_if_changed

        for _ in range(TRIES):
            before = self.load()
            if change:
                refuse_if_changed(before.text, change)
            made, told = self._onto(before, edits, base)
            start = before.text
            if not start.strip("\ufeff \t\r\n"):
                start += f"schema = {SCHEMA}\n"
            text = apply_edits(start, made, order)
            if text == start:
                return before, before._replace(warnings=told), made
            warnings = self._back_up(before)
            try:
                return before, self._write(before, text, (*told, *warnings)), made
            except ChangedMeanwhile:
                continue
        raise SaveFailed(
            f"Something keeps writing to {quote(str(self.path), 200)}; this change was not saved.",
            "Find out what it is, and repeat the change.",
        )

    def _onto(
        self, before: Snapshot, edits: Sequence[Edit], base: Snapshot | None
    ) -> tuple[Sequence[Edit], tuple[str, ...]]:
        """Return the edits as they are to be made on what is on disk now, and what was decided for that."""
        if base is None or base.text == before.text:
            return edits, ()
        if base.exists and not before.exists:
            raise SaveFailed(
                f"{quote(str(self.path), 200)} is no longer there; a new file would lack everything else.",
                "Put it back: `git checkout` or `roadmap doctor --restore` can.",
            )
        from roadmap.storage.rebase import rebased

        return rebased(edits, base.text, before.text)

    def _write(self, before: Snapshot, text: str, warnings: tuple[str, ...]) -> Snapshot:
        data = text.encode("utf-8")
        if len(data) > MAX_SIZE:
            raise EditRefused(
                f"The file would grow beyond {MAX_SIZE // 1_000_000} MB and could not be read again.",
                "Shorten the note.",
            )
        progress = parse_progress(text)
        if not before.exists:
            try:
                real(self.path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise SaveFailed(
                    f"The folder of {quote(str(self.path), 200)} cannot be created ({error.strerror}).",
                    "Choose another place.",
                ) from None
        expect = before.fingerprint.hint if before.fingerprint else ABSENT
        warning = write_atomically(self.path, data, self._folder("backups"), expect)
        ours = hash_of(data)
        try:
            fingerprint = read_text(self.path)[1]
        except (OSError, ProgressError):
            fingerprint = Fingerprint(*ABSENT, ours)
        if fingerprint.sha256 != ours:  # written again by somebody already: ``changed`` must say so
            fingerprint = Fingerprint(*ABSENT, ours)
        return Snapshot(progress, text, fingerprint, True, (*warnings, *([warning] if warning else [])))

    def _noted(self, after: Snapshot, note: Callable[[], None]) -> Snapshot:
        """Write the journal. The change is saved by then, so a failure is told and not raised."""
        try:
            note()
        except OSError as error:
            warning = f"Saved, but it cannot be undone: the journal was not written ({error.strerror})."
            return after._replace(warnings=(*after.warnings, warning))
        return after

    def _back_up(self, before: Snapshot) -> tuple[str, ...]:
        """Keep the text as it was before the first change of the day."""
        if not before.text.strip():
            return ()
        try:
            self.backups.keep_first_of_day(before.text.encode("utf-8"), self.clock())
        except OSError as error:
            return (f"No backup could be written to {self.backups.folder} ({error.strerror}).",)
        return ()

    @property
    def backups(self) -> Backups:
        """The copies of this file. Raises UnreadableProgress when the file is a link in a circle."""
        from roadmap.storage.backups import Backups

        return Backups(self._folder("backups"))

    def _journal(self) -> Journal:
        from roadmap.storage.journal import Journal

        return Journal(self.journal_file)

    @property
    def journal_file(self) -> Path:
        """Where the changes that can be taken back are kept. Raises what ``backups`` raises."""
        return self.state_dir / "journal" / f"{self._key()}.jsonl"

    def _folder(self, name: str) -> Path:
        return self.state_dir / name / self._key()

    def _key(self) -> str:
        """Return a name for this file's records: the same for every link to it, and throughout one save."""
        return self._key_held or hash_of(str(real(self.path)).encode("utf-8", "surrogateescape"))[:16]

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        key = self._key()
        with locked(self.state_dir / "locks" / f"{key}.lock", self.lock_timeout):
            try:
                self._key_held = key
                yield
            finally:
                self._key_held = None


def _refuse_if_newer(content: bytes) -> None:
    """Raise NewerProgress for a file in a later format; what else is wrong with it does not matter here."""
    try:
        read_toml(content.decode("utf-8"))
    except NewerProgress:
        raise
    except (ProgressError, UnicodeDecodeError):
        pass
