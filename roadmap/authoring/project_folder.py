"""Writing the first files of a project: all of them or none, and never over anything that is there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.authoring.files import AuthoringError, create, shown
from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TOLD = 8
"""How many files in the way are named."""

OTHER = "Name another folder, or one that is not there yet."


def write_project(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, which is made if it is absent. Paths in ``files`` stay inside it.

    Raises AuthoringError, with nothing written, when the folder cannot be used or one of the files is there.
    """
    try:
        _write(folder, files)
    except OSError as error:
        reason = error.strerror or "the system refused"
        raise AuthoringError(f"{shown(folder)} cannot be written: {reason}.", OTHER) from None
    except ValueError:  # a null character in the path
        raise AuthoringError(f"{shown(folder)} cannot be the name of a folder.", OTHER) from None


def _write(folder: Path, files: Mapping[str, str]) -> None:
    if folder.is_symlink():
        raise AuthoringError(
            f"{shown(folder)} is a symbolic link.",
            "Name the folder itself, so that it is clear what is written.",
        )
    if not os.path.lexists(folder):
        _make(folder, files)
    elif not folder.is_dir():
        raise AuthoringError(f"{shown(folder)} is a file, not a folder.", OTHER)
    else:
        _add(folder, files)


def _make(folder: Path, files: Mapping[str, str]) -> None:
    """Write everything beside the place it is for, then move it there in one step."""
    parent = folder.parent
    if not parent.is_dir():
        what = "is not a folder" if os.path.lexists(parent) else "does not exist"
        raise AuthoringError(f"{shown(parent)} {what}.", f"Make it first: it is to hold {shown(folder)}.")
    made = Path(tempfile.mkdtemp(prefix=".roadmap-", dir=parent))
    try:
        for path, text in files.items():
            _create(made / path, text)
        made.chmod(0o777 & ~_umask())  # it was made for its owner alone
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _umask() -> int:
    """Return the permissions that new files lack; it can only be asked for by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _add(folder: Path, files: Mapping[str, str]) -> None:
    """Write into a folder that has none of the files; whatever was written goes again when one fails."""
    taken = [path for path in files if _in_the_way(folder, path)]
    if taken:
        names = "\n".join(f"  {quote(path, 200)[1:-1]}" for path in taken[:MOST_TOLD])
        more = f"\n  and {len(taken) - MOST_TOLD} more" if len(taken) > MOST_TOLD else ""
        raise AuthoringError(
            f"{shown(folder)} has something already where these belong:\n{names}{more}",
            "Nothing was written. Name an empty folder, or move these away first.",
        )
    folders = [above for path in files for above in reversed((folder / path).relative_to(folder).parents)]
    fresh = [folder / one for one in dict.fromkeys(folders) if not (folder / one).exists()]
    written: list[Path] = []
    try:
        for path, text in files.items():
            _create(folder / path, text)
            written.append(folder / path)
    except BaseException:
        for file in written:
            with contextlib.suppress(OSError):
                file.unlink()
        for one in reversed(fresh):
            with contextlib.suppress(OSError):
                one.rmdir()
        raise


def _in_the_way(folder: Path, path: str) -> bool:
    """Tell whether a file cannot be made without touching what is there, or without leaving the folder."""
    at = folder
    *above, name = path.split("/")
    for part in above:
        at = at / part
        if at.is_symlink() or (os.path.lexists(at) and not at.is_dir()):
            return True
    return os.path.lexists(at / name)


def _create(path: Path, text: str) -> None:
    try:
        create(path, text)
    except AuthoringError as error:
        raise AuthoringError(error.message, OTHER) from None
