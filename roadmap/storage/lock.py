"""One save at a time: a lock in the state folder, which the system lets go of when its holder dies."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from roadmap.model.errors import SaveFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POLL = 0.01
"""Seconds between two tries to get the lock; a save holds it for about as long."""


@contextlib.contextmanager
def locked(name: Path, timeout: float) -> Iterator[None]:
    """Hold the lock file of that name. Raises SaveFailed after ``timeout`` seconds, or when it cannot be made."""
    import filelock

    try:
        name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = filelock.FileLock(name, timeout=timeout, poll_interval=POLL)
        lock.acquire()
    except filelock.Timeout:
        raise SaveFailed(
            f"Another roadmap has been saving this file for over {timeout:g} seconds "
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
        with contextlib.suppress(OSError):  # the lock ends with the process at the latest
            lock.release()
