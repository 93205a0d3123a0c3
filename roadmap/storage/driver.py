"""The merge driver: letting git merge the progress file field by field, and setting that up.

Git calls a driver with three temporary files and takes what it leaves in the second. A driver that fails
without a word would leave our side there, and theirs would be lost at the next ``git add``; so every failure
leaves conflict markers, even that of a program which is no longer installed.
"""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING

from roadmap.loading.progress_text import parse_progress
from roadmap.model.errors import NewerProgress, ProgressError
from roadmap.storage.atomic import real, write_atomically
from roadmap.storage.combine import combine
from roadmap.storage.git import GitFailed, merge_lines

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap.analysis.merge import Decision
    from roadmap.storage.git import Git

NAME = "roadmap"
"""What the driver is called in git's configuration and in the attributes."""

ATTRIBUTES = ".gitattributes"

ON, OFF, ATTRIBUTE_ONLY, DRIVER_ONLY = "on", "off", "attribute only", "driver only"
"""What ``state`` says. With the attribute only, git merges as if nothing were set up."""


def state(git: Git) -> str:
    """Tell whether the driver is set up for the file in this clone: one of ON, OFF and the two halves."""
    attribute = git.attribute("merge") == NAME
    driver = git.setting(f"merge.{NAME}.driver") is not None
    return {(True, True): ON, (True, False): ATTRIBUTE_ONLY, (False, True): DRIVER_ONLY}.get(
        (attribute, driver), OFF
    )


def set_up(git: Git) -> list[Path]:
    """Write the attribute and the driver; return the files that changed. Raises a ProgressError.

    The attribute stands beside the file, where other clones see it, and in the clone's own attributes as
    well: the first is missing while a branch from before is checked out, as in a rebase.
    """
    changed = []
    for attributes, line in _places(git):
        text = _read(attributes)
        if line not in text.splitlines():
            eol = "\r\n" if "\r\n" in text else "\n"
            gap = "" if not text or text.endswith("\n") else eol
            _write(attributes, f"{text}{gap}{line}{eol}")
            changed.append(attributes)
    wanted = {"name": "roadmap: the progress file, field by field", "driver": command()}
    for key, value in wanted.items():
        if git.setting(f"merge.{NAME}.{key}") != value:
            git.set(f"merge.{NAME}.{key}", value)
            changed.append(git.path("config"))
    if git.attribute("merge") != NAME:
        raise GitFailed(
            "Another line in the attributes overrides the merge driver.",
            f"Look for `merge` in {ATTRIBUTES} and in .git/info/attributes.",
        )
    return list(dict.fromkeys(changed))


def remove(git: Git) -> list[Path]:
    """Take out what ``set_up`` wrote; return the files that changed. Raises a ProgressError."""
    changed = []
    for attributes, line in _places(git):
        text = _read(attributes)
        kept = "".join(one for one in text.splitlines(keepends=True) if one.rstrip("\r\n") != line)
        if kept != text:
            if kept:
                _write(attributes, kept)
            else:
                attributes.unlink()
            changed.append(attributes)
    if git.setting(f"merge.{NAME}.driver") is not None or git.setting(f"merge.{NAME}.name") is not None:
        git.forget(f"merge.{NAME}")
        changed.append(git.path("config"))
    return changed


def command() -> str:
    """Return the line that git gives to the shell.

    The part behind ``||`` is for a program that is gone or was killed: it leaves what git itself would.
    """
    # -P: a folder called "roadmap" in the repository is not the program.
    program = " ".join(map(shlex.quote, (sys.executable, "-P", "-m", "roadmap")))
    labels = "-L ours -L base -L theirs"
    return (
        f"{program} git driver %O %A %B %L %P || "
        "{ if grep -q '^<<<<<<<' %A; then exit 1; fi; "
        f"git merge-file --quiet --marker-size=%L {labels} %A %O %B; }}"
    )


def drive(base: Path, ours: Path, theirs: Path, size: int = 7) -> tuple[int, tuple[Decision, ...], str]:
    """Merge three files into ``ours``. Return the exit status for git, the decisions, and what went wrong.

    The status is 0 for a merge and 1 for conflict markers. Raises OSError when a file cannot be read or
    written; the command that git runs then merges the lines itself.
    """
    was, mine, yours = (path.read_bytes().decode("utf-8", "surrogateescape") for path in (base, ours, theirs))
    try:
        for text in (mine, yours):
            text.encode("utf-8")
        combined = combine(was or None, mine, yours)
        parse_progress(combined.text)
    except Exception as error:  # whatever it is, git must be left with markers
        reason = error.message if isinstance(error, ProgressError) else f"{type(error).__name__}: {error}"
        text, clean = _marked(was, mine, yours, size)
        if clean and not isinstance(error, NewerProgress):  # nothing to see, and yet not to be trusted
            text, clean = _whole(mine, yours, size), False
        ours.write_bytes(text.encode("utf-8", "surrogateescape"))
        return (0 if clean else 1), (), reason
    ours.write_bytes(combined.text.encode("utf-8"))
    return 0, combined.decisions, ""


def _marked(base: str, ours: str, theirs: str, size: int) -> tuple[str, bool]:
    """Return what git makes of three texts, with markers."""
    try:
        return merge_lines(base, ours, theirs, size=size)
    except GitFailed:  # bytes that git does not take for text
        return _whole(ours, theirs, size), False


def _whole(ours: str, theirs: str, size: int) -> str:
    """Return both texts between markers, each as a whole."""
    one, other = (text if text.endswith("\n") or not text else text + "\n" for text in (ours, theirs))
    return f"{'<' * size} ours\n{one}{'=' * size}\n{other}{'>' * size} theirs\n"


def _places(git: Git) -> list[tuple[Path, str]]:
    """Return the two attribute files and the line that goes into each."""
    beside = git.file.parent / ATTRIBUTES
    own = git.path("info/attributes")
    return [(beside, _line(git.file.name)), (own, _line(git.file.relative_to(real(git.top)).as_posix()))]


def _line(name: str) -> str:
    """Return the attribute's line. A name with signs that mean something there is escaped and quoted."""
    pattern = "/" + re.sub(r"([*?\[\]\\])", r"\\\1", name)
    if re.search(r"[\s\"#!\\]", pattern):
        pattern = '"' + pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
    return f"{pattern} merge={NAME}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise GitFailed(f"{ATTRIBUTES} cannot be read ({error.strerror}).", "Allow reading it.") from None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    write_atomically(path, text.encode("utf-8", "surrogateescape"))
