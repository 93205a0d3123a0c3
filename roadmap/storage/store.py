"""One progress file on disk: loading it, changing it, and taking changes back.

Changes are operations on the text that is on disk at that moment, made under a lock. What another window,
another program or git put there in the meantime therefore stays.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading.clean import quote
from roadmap.loading.progress_text import MAX_SIZE, parse_progress, read_toml
from roadmap.model.errors import EditRefused, ProgressError, SaveFailed, UndoRefused
from roadmap.model.progress import SCHEMA, Progress
from roadmap.storage.atomic import (
    ABSENT,
    ChangedMeanwhile,
    Fingerprint,
    hash_of,
    hint,
    read_text,
    real,
    write_atomically,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from roadmap.model.edit import Edit
    from roadmap.model.edit import Path as KeyPath
    from roadmap.storage.journal import Change, Journal

LOCK_TIMEOUT = 5.0
"""How many seconds to wait for another window of roadmap to finish saving."""

KEPT_BACKUPS = 14
"""How many days of backups are kept; a day without changes has none and counts for nothing."""

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

    def change(self, edits: Iterable[Edit], what: str, order: Sequence[str] = ()) -> Snapshot:
        """Make edits to what is on disk now, remember them as ``what`` for undo, and return the new state.

        ``order`` says where new tables go, see ``apply_edits``. A file that does not exist is created.
        Nothing is written when the edits change nothing. Raises a ProgressError, with the file as it was,
        when the file cannot be read, the edits cannot be made, or the result cannot be saved.
        """
        from roadmap.storage.journal import Step

        edits = list(edits)
        with self._locked():
            before, after = self._edited(edits, order)
            if after is before:
                return before
            paths = dict.fromkeys(edit.path for edit in edits)
            old, new = _values(before.text, paths), _values(after.text, paths)
            steps = tuple(Step(path, old[path], new[path]) for path in paths if old[path] != new[path])
            return self._noted(after, lambda: self._journal().record(what, self.clock(), steps))

    def undo(self, order: Sequence[str] = ()) -> tuple[str, Snapshot] | None:
        """Take the latest change back; return what it was and the new state, or None when there is none.

        Raises UndoRefused, with file and journal as they were, when somebody else changed the same key
        since; and what ``change`` raises.
        """
        with self._locked():
            return self._carry_out(self._journal().undo(), order)

    def redo(self, order: Sequence[str] = ()) -> tuple[str, Snapshot] | None:
        """Make the change again that was taken back last. Like ``undo`` in all else."""
        with self._locked():
            return self._carry_out(self._journal().redo(), order)

    def _carry_out(self, change: Change | None, order: Sequence[str]) -> tuple[str, Snapshot] | None:
        if change is None:
            return None
        _, after = self._edited(change.edits, order, change)
        return change.what, self._noted(after, lambda: self._journal().settle(change))

    def _edited(
        self, edits: Sequence[Edit], order: Sequence[str], change: Change | None = None
    ) -> tuple[Snapshot, Snapshot]:
        """Return the state before and after; the same object twice when nothing had to be written."""
        from roadmap.storage.edits import apply_edits

        for _ in range(TRIES):
            before = self.load()
            if change:
                _refuse_if_changed(before.text, change)
            start = before.text
            if not start.strip("\ufeff \t\r\n"):
                start += f"schema = {SCHEMA}\n"
            text = apply_edits(start, edits, order)
            if text == start:
                return before, before
            warnings = self._back_up(before)
            try:
                return before, self._write(before, text, warnings)
            except ChangedMeanwhile:
                continue
        raise SaveFailed(
            f"Something keeps writing to {quote(str(self.path), 200)}; this change was not saved.",
            "Find out what it is, and repeat the change.",
        )

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
        """Keep the text as it was before the first change of the day, and the last days' ones."""
        folder = self._folder("backups")
        today = folder / f"{self.clock():%Y-%m-%d}.toml"
        if not before.text.strip() or today.exists():
            return ()
        try:
            write_private(today, before.text.encode("utf-8"))
            for old in sorted(folder.glob("????-??-??.toml"))[:-KEPT_BACKUPS]:
                old.unlink()
        except OSError as error:
            return (f"No backup could be written to {folder} ({error.strerror}).",)
        return ()

    def _journal(self) -> Journal:
        from roadmap.storage.journal import Journal

        return Journal(self.state_dir / "journal" / f"{self._key()}.jsonl")

    def _folder(self, name: str) -> Path:
        return self.state_dir / name / self._key()

    def _key(self) -> str:
        """Return a name for this file's records: the same for every link to it."""
        return hash_of(str(real(self.path)).encode("utf-8", "surrogateescape"))[:16]

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        import filelock

        name = self.state_dir / "locks" / f"{self._key()}.lock"
        try:
            name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = filelock.FileLock(name, timeout=self.lock_timeout)
            lock.acquire()
        except filelock.Timeout:
            raise SaveFailed(
                f"Another roadmap has been saving this file for over {self.lock_timeout:g} seconds "
                f"(its lock is {name}). Nothing was changed.",
                "Close the other one and repeat the change.",
            ) from None
        except OSError as error:
            raise SaveFailed(
                f"The lock {name} cannot be made ({error.strerror or error}). Nothing was changed.",
                "Allow writing to that folder, or set ROADMAP_STATE_DIR to another one.",
            ) from None
        try:
            yield
        finally:
            lock.release()


def _values(text: str, paths: Iterable[KeyPath]) -> dict[KeyPath, Any]:
    """Return what stands at each path of a text, a list of texts as the tuple an edit has."""
    from roadmap.storage.edits import value_at

    data = read_toml(text)
    found = {path: value_at(data, path) for path in paths}
    return {path: tuple(value) if isinstance(value, list) else value for path, value in found.items()}


def _refuse_if_changed(text: str, change: Change) -> None:
    """Raise UndoRefused unless each key still is as the change left it, or already as it shall become."""
    from roadmap.storage.journal import OPAQUE

    verb = "taken back" if change.undo else "made again"
    now = _values(text, [step.path for step in change.steps])
    for step in change.steps:
        field = quote("/".join(step.path[:-1]) + f": {step.path[-1]}" if step.path[1:] else step.path[0], 160)
        if step.after is OPAQUE:
            raise UndoRefused(
                f"{quote(change.what)} cannot be {verb}: {field} held a value that roadmap never writes.",
                "Change it in an editor; nothing was lost.",
            )
        if now[step.path] not in (step.before, step.after):
            raise UndoRefused(
                f"{quote(change.what)} cannot be {verb}: {field} was changed by somebody else since.",
                "Look at it and set it by hand; nothing was lost.",
            )
