"""Reading a whole file safely, and replacing it in one step or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from typing import TYPE_CHECKING, NamedTuple

from roadmap.loading.clean import quote
from roadmap.loading.progress_text import MAX_SIZE
from roadmap.model.errors import SaveFailed, UnreadableProgress

if TYPE_CHECKING:
    from pathlib import Path

STALE_AFTER = 3600
"""The age in seconds at which a temporary file is taken to be left over from a crash."""

REPLACE_TRIES = 10
"""On Windows a file that another program has open cannot be replaced; it is tried again, 50 ms apart."""

Hint = tuple[int, int, int]
"""What ``os.stat`` tells of a file's content: time of change in ns, size in bytes, inode."""

ABSENT: Hint = (0, 0, 0)
"""The hint of a file that is not there."""

UNCHANGED = "The file is as it was."


class Fingerprint(NamedTuple):
    """What a file looked like: time of change in ns, size in bytes, inode; and the hash of its content.

    The first three are a cheap hint (git rewrites files in place within a second, so whole seconds would
    not do); ``sha256``, in hex, is the truth.
    """

    mtime_ns: int
    size: int
    inode: int
    sha256: str

    @property
    def hint(self) -> Hint:
        """The part that ``os.stat`` gives."""
        return self.mtime_ns, self.size, self.inode


class ChangedMeanwhile(Exception):  # noqa: N818 - a signal between two functions, not an error to show
    """Somebody wrote the file after it was read."""


def hint(path: Path) -> Hint:
    """Return the cheap part of a file's fingerprint, or ABSENT when there is no file to look at."""
    try:
        found = path.stat()
    except OSError:
        return ABSENT
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_text(path: Path) -> tuple[str, Fingerprint]:
    """Read a file of UTF-8 text and take its fingerprint.

    Nothing is translated: line endings stay, and a byte order mark is the first character of the text (a
    caller who writes the text back keeps it by doing nothing, one who does not want it strips U+FEFF).
    Raises FileNotFoundError, or UnreadableProgress: no permission, a folder, a pipe, a device, a loop of
    links, more than MAX_SIZE bytes, or not UTF-8. Never waits, not even for a pipe.
    """
    data, found = _read(path)
    print_of_it = Fingerprint(found.st_mtime_ns, found.st_size, found.st_ino, hash_of(data))
    try:
        return data.decode("utf-8"), print_of_it
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        raise UnreadableProgress(
            f"{quote(str(path), 200)} is not UTF-8 text.",
            "Open it in an editor and save it with the encoding UTF-8.",
            line=data.count(b"\n", 0, error.start) + 1,
            column=len(data[start : error.start].decode("utf-8", "replace")) + 1,
        ) from None


def read_bytes(path: Path) -> tuple[bytes, Hint]:
    """Read a file whatever it holds, and take its hint. Raises what ``read_text`` raises but for the encoding."""
    data, found = _read(path)
    return data, (found.st_mtime_ns, found.st_size, found.st_ino)


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def real(path: Path) -> Path:
    """Return the path with every link followed, the last one too; its target need not exist.

    Raises UnreadableProgress for links that lead in a circle.
    """
    try:
        resolved = path.resolve()
        found = resolved.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return resolved
    except (OSError, RuntimeError) as error:  # before Python 3.13 a loop is a RuntimeError
        raise _unreadable(path, error) from None
    if stat.S_ISLNK(found.st_mode):
        raise _unreadable(path, OSError(errno.ELOOP, "loop"))
    return resolved


def write_atomically(
    path: Path, data: bytes, backups: Path | None = None, expect: Hint | None = None
) -> str | None:
    """Replace a file's content so that a crash leaves the old content or the new, never a part.

    Links are followed, and the file's mode is kept; a new file gets what the umask allows. A file with
    several names, or one that cannot be replaced (a single file mounted into a container), is written in
    place, after a copy was put into ``backups`` (by default a folder in the state folder). Returns None, or
    one sentence when the file is saved but something about that is worth telling.

    ``expect`` is the hint of the file that ``data`` was made from (ABSENT for none): ChangedMeanwhile is
    raised, and nothing written, when it is another one by the time of replacing. Raises SaveFailed, with the
    old content in place, when the file cannot be written.
    """
    target = real(path)
    try:
        old = target.lstat()
    except FileNotFoundError:
        old = None
    except OSError as error:
        raise _failed(target, error) from None
    if old and not stat.S_ISREG(old.st_mode):
        raise SaveFailed(f"{quote(str(target), 200)} is not a regular file.", "Choose another place for it.")
    if old and not os.access(target, os.W_OK):
        raise SaveFailed(
            f"{quote(str(target), 200)} is read-only. {UNCHANGED}",
            "Allow writing to it, or choose another file.",
        )
    try:
        if old and old.st_nlink > 1:
            return _in_place(target, data, backups, expect)
        sweep(target)
        return _replace(target, data, old, expect)
    except _CannotReplace:
        return _in_place(target, data, backups, expect)
    except OSError as error:
        raise _failed(target, error) from None


def write_private(path: Path, data: bytes) -> None:
    """Write a file of the program's own, readable by this user only, in one step. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    try:
        _write_all(os.open(temporary, _NEW, 0o600), data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(target: Path) -> None:
    """Remove temporary files of this program beside a file that are older than STALE_AFTER seconds."""
    ours = re.compile(re.escape(f".{target.name}.") + r"[0-9a-f]{16}\.tmp\Z")
    with contextlib.suppress(OSError):
        for name in os.listdir(target.parent):  # noqa: PTH208 - names are enough
            stale = target.with_name(name)
            if ours.match(name) and stale.lstat().st_mtime < time.time() - STALE_AFTER:
                stale.unlink()  # a folder of that name is not ours, and stays


class _CannotReplace(Exception):  # noqa: N818
    """The file is there and writable, but its name cannot be given to another file."""


_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY


def _read(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        # A pipe without a writer would make an ordinary open wait for ever.
        descriptor = os.open(path, _LOOK)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, error) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or a device"
            raise UnreadableProgress(
                f"{quote(str(path), 200)} is {kind}, not a file.", "Name a file, such as progress.toml."
            )
        data = _read_all(descriptor, found.st_size)
    except OSError as error:
        raise _unreadable(path, error) from None
    finally:
        with contextlib.suppress(OSError):  # everything was read
            os.close(descriptor)
    if len(data) > MAX_SIZE:
        raise UnreadableProgress(
            f"{quote(str(path), 200)} is larger than {MAX_SIZE // 1_000_000} MB.",
            "Move what does not belong in it to another file.",
        )
    return data, found


def _read_all(descriptor: int, size: int) -> bytes:
    """Read up to MAX_SIZE + 1 bytes, in one go when the file is as large as it said."""
    parts: list[bytes] = []
    room = MAX_SIZE + 1
    while room and (part := os.read(descriptor, min(room, size + 1))):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _replace(target: Path, data: bytes, old: os.stat_result | None, expect: Hint | None) -> str | None:
    temporary = target.with_name(f".{target.name}.{os.urandom(8).hex()}.tmp")
    try:
        # A new file's mode is left to the umask; a copy of an old one is private until it has its mode.
        descriptor = os.open(temporary, _NEW, 0o600 if old else 0o666)
        _write_all(descriptor, data, old)
        # A disk that lies about a write is found here, while the old content is still in place.
        if not _holds(temporary, data):
            raise OSError(errno.EIO, "what was written reads back differently")
        if expect is not None and hint(target) != expect:
            raise ChangedMeanwhile
        _rename(temporary, target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return _sync_folder(target.parent)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return _read(path)[0] == data
    except UnreadableProgress:
        return False


def _write_all(descriptor: int, data: bytes, like: os.stat_result | None = None) -> None:
    """Write everything, give the file another's owner and mode, make it durable, and close it."""
    try:
        rest = memoryview(data)
        while rest:  # a write may take less than it is given
            rest = rest[os.write(descriptor, rest) :]
        if like is not None and hasattr(os, "fchmod"):
            made = os.fstat(descriptor)
            if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
                try:
                    os.fchown(descriptor, like.st_uid, like.st_gid)
                except PermissionError:  # a shared file of somebody else must stay theirs
                    raise _CannotReplace from None
            os.fchmod(descriptor, stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _rename(temporary: Path, target: Path) -> None:
    for left in reversed(range(REPLACE_TRIES)):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(0.05)
        except OSError as error:
            if error.errno in (errno.EBUSY, errno.EXDEV) and target.exists():
                raise _CannotReplace from None
            raise


def _sync_folder(folder: Path) -> str | None:
    """Make the new name durable. The file is already saved, so a failure is told and not raised."""
    if os.name == "nt":  # folders cannot be opened there
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return f"Saved, but the disk did not confirm that it would survive a power cut ({error.strerror})."
    return None


def _in_place(target: Path, data: bytes, backups: Path | None, expect: Hint | None) -> str | None:
    """Overwrite a file that must keep its inode. Not atomic, hence the copy beforehand."""
    if backups is None:
        from roadmap.storage.places import state_dir

        backups = state_dir() / "backups"
    try:
        old, found = _read(target)
        copy = backups / f"before-in-place-{hash_of(str(target).encode())[:16]}.toml"
        write_private(copy, old)
    except OSError as error:
        raise _failed(target, error) from None
    if expect is not None and (found.st_mtime_ns, found.st_size, found.st_ino) != expect:
        raise ChangedMeanwhile
    try:
        _overwrite(target, data)
    except OSError as error:
        try:
            _overwrite(target, old)
        except OSError:
            raise SaveFailed(
                f"{quote(str(target), 200)} could only be written in part ({error.strerror}).",
                f"Its content from before is in {copy}; copy it back.",
            ) from None
        raise _failed(target, error) from None
    return f"Saved in place, because the file has other names or cannot be replaced; before that: {copy}."


def _overwrite(target: Path, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | _BINARY)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.ftruncate(descriptor, len(data))  # last: until here nothing is shorter than it was
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unreadable(path: Path, error: Exception) -> UnreadableProgress:
    number = getattr(error, "errno", None)
    name = quote(str(path), 200)
    if number == errno.ELOOP or isinstance(error, RuntimeError):
        return UnreadableProgress(f"{name} is a link that leads in a circle.", "Remove the link.")
    if isinstance(error, PermissionError):
        return UnreadableProgress(f"You have no permission to read {name}.", "Allow reading it.")
    return UnreadableProgress(
        f"{name} cannot be read ({getattr(error, 'strerror', None) or error}).",
        "Check the path and the disk.",
    )


def _failed(target: Path, error: OSError) -> SaveFailed:
    name = quote(str(target), 200)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SaveFailed(
            f"{name} could not be saved: the disk is full. {UNCHANGED}", "Make room and repeat it."
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return SaveFailed(
            f"{name} could not be saved: its folder is read-only. {UNCHANGED}", "Allow writing to the folder."
        )
    if isinstance(error, FileNotFoundError):
        return SaveFailed(f"{name} could not be saved: its folder is missing.", "Create the folder first.")
    return SaveFailed(
        f"{name} could not be saved ({error.strerror or error}). {UNCHANGED}", "Check the disk and repeat it."
    )
