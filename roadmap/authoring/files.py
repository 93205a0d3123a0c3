"""Writing new files without ever replacing one, and the errors an author can act on."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Literal

from roadmap.authoring.schema import FILE, OVERLAY_FILE, is_ours, schema_text
from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from pathlib import Path


THERE = "Nothing is overwritten: choose another id, or another folder with --in."
"""What to do when a file is there already."""


class AuthoringError(Exception):
    """Something an author can put right: what is the matter, and what to do about it."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def free(path: Path) -> None:
    """Raise AuthoringError if there is something at a path already, or at a link there."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return  # writing tells what is wrong with the place
    raise AuthoringError(f"{shown(path)} is there already.", THERE)


def create(path: Path, text: str) -> None:
    """Write a new file, with its folder if need be. Raises AuthoringError if there is something already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                with contextlib.suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError:
        raise AuthoringError(f"{shown(path)} is there already.", THERE) from None
    except OSError as error:
        raise AuthoringError(
            f"{shown(path)} cannot be written: {error.strerror}.", "Choose another folder with --in."
        ) from None


def place_schema(folder: Path, *, overlay: bool = False) -> Literal["written", "there", "older", "foreign"]:
    """Put the schema beside tracks, or that of overlays, unless there is one; say what was found.

    ``older``: one that this program made in another version. ``foreign``: a file of another origin. Neither
    is touched. Raises AuthoringError when the folder cannot be written.
    """
    path = folder / (OVERLAY_FILE if overlay else FILE)
    text = schema_text(overlay=overlay)
    if not path.exists() and not path.is_symlink():
        create(path, text)
        return "written"
    try:
        found = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return "foreign"
    if found == text:
        return "there"
    return "older" if is_ours(found, overlay=overlay) else "foreign"


def quoted(text: str) -> str:
    """Return a text as a basic string of TOML. The text is clean already: no surrogate, no delete character."""
    return json.dumps(text, ensure_ascii=False)


def shown(path: Path) -> str:
    """Return a path for use in a message: cleaned, shortened and in double quotes."""
    return quote(str(path), 200)
