"""Milestones of other tracks on one's own path: put there and taken off again, in an overlay beside the progress file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from roadmap.authoring.files import AuthoringError, shown
from roadmap.authoring.overlay_refs import listed, with_refs, without_refs
from roadmap.loading.clean import quote
from roadmap.loading.sources import OVERLAY
from roadmap.model.errors import ProgressError, SaveFailed
from roadmap.storage.atomic import ABSENT, ChangedMeanwhile, Hint, read_text, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_Answer = TypeVar("_Answer")

TRIES = 5
"""How often a change is made anew because somebody wrote the file in between."""


def overlay_of(folder: Path, role: str) -> Path:
    """Return where the overlay of a role lies in a folder of tracks."""
    return folder / f"{role}{OVERLAY}"


def added_in(path: Path) -> list[str]:
    """Return the milestones of other tracks that an overlay lists; none when there is no overlay.

    Raises AuthoringError when the file cannot be used.
    """
    text, _ = _read(path)
    return _told(path, listed, text)


def put(path: Path, role: str, addresses: Sequence[str], before: str | None = None) -> bool:
    """Put milestones at the end of the overlay of a role, which is begun if need be. Returns False for no change.

    ``before`` is the id of the milestone of the role that they come before on the path, by default none. Raises
    AuthoringError, with the file as it was, when it cannot be read, understood or written.
    """
    return _change(path, lambda text: with_refs(text, role, addresses, before))


def take(path: Path, addresses: Sequence[str]) -> bool:
    """Take milestones out of an overlay. Returns False for no change. Raises what ``put`` raises."""
    return _change(path, lambda text: without_refs(text, addresses))


def _change(path: Path, change: Callable[[str], str]) -> bool:
    for _ in range(TRIES):
        text, hint = _read(path)
        new = _told(path, change, text)
        if new == text:
            return False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, new.encode(), expect=hint)
        except ChangedMeanwhile:
            continue
        except SaveFailed as error:
            raise AuthoringError(error.message, error.help) from None
        except OSError as error:
            raise AuthoringError(
                f"{shown(path.parent)} cannot be made: {error.strerror}.", "Allow it."
            ) from None
        return True
    raise AuthoringError(f"{shown(path)} is being written by another program.", "Try again.")


def _read(path: Path) -> tuple[str, Hint]:
    try:
        text, found = read_text(path)
    except (FileNotFoundError, NotADirectoryError):
        return "", ABSENT
    except ProgressError as error:
        raise AuthoringError(error.message, error.help) from None
    return text, found.hint


def _told(path: Path, ask: Callable[[str], _Answer], text: str) -> _Answer:
    """Ask something of a file's text; what is wrong with it is told with the name of the file."""
    try:
        return ask(text)
    except AuthoringError as error:
        name = quote(f"{path.parent.name}/{path.name}", 90)
        raise AuthoringError(f"{name} cannot be changed. {error.message}", error.help) from None
