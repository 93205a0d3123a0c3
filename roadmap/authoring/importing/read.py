"""Reading a foreign file: how large it may be, which format it has, and who reads that."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

import tomli

from roadmap.authoring.files import shown
from roadmap.authoring.importing import markdown, roadmap_sh, rustlings, skill_tree
from roadmap.authoring.importing.found import MAX_BYTES, Found, ImportRefused, line

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("roadmap.sh", "skill-tree", "rustlings", "markdown")
"""The formats, by the names they have on the command line."""


def read_file(path: Path) -> bytes:
    """Return the content of an ordinary file of a sensible size. Raises ImportRefused otherwise."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ImportRefused(
                f"{shown(path)} is not an ordinary file.", "Name a file, or - for standard input."
            )
        if found.st_size > MAX_BYTES:
            raise ImportRefused(f"{shown(path)} is larger than {MAX_BYTES:,} bytes.", "Cut it in parts.")
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(
            f"{shown(path)} cannot be read: {error.strerror}.", "Name a file that can."
        ) from None


def read(data: bytes, name: str, title: str, kind: str | None = None) -> Found:
    """Return what a foreign file holds.

    ``name`` is the file's name, for its ending; ``title`` is used when the file has none of its own. Without
    ``kind``, one of FORMATS, it is told from the ending and the content. Raises ImportRefused for everything
    that is wrong.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(f"The file is larger than {MAX_BYTES:,} bytes.", "Cut it in parts.")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ImportRefused(
            f"The file is not UTF-8 text (byte {error.start}).", "Save it with the encoding UTF-8."
        ) from None
    ending = name.lower().rpartition(".")[2]
    if kind is None and ending in ("md", "markdown"):
        kind = "markdown"
    if kind == "markdown":
        return markdown.read(text, title)
    if kind == "roadmap.sh" or (kind is None and (ending == "json" or text.lstrip().startswith("{"))):
        return roadmap_sh.read(_json(text), title)
    if kind in ("skill-tree", "rustlings") or ending == "toml":
        table = _toml(text)
        if kind == "skill-tree" or (kind is None and "group" in table):
            return skill_tree.read(table, title)
        if kind == "rustlings" or "exercises" in table:
            return rustlings.read(table, title)
        if "milestones" in table:
            raise ImportRefused(
                "This is a track already.", "Put it into a folder `tracks` beside your progress file."
            )
    elif ending in ("txt", "text", name.lower()):
        return markdown.read(text, title)
    raise ImportRefused(
        "The format of the file cannot be told.", f"Name it with --format: {', '.join(FORMATS)}."
    )


def _json(text: str) -> dict[str, Any]:
    """Parse JSON whose top is an object. Raises ImportRefused."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ImportRefused(
            f"The file is not valid JSON: line {error.lineno}, column {error.colno}: {line(error.msg, 120)}.",
            "Save it again, or name its format with --format.",
        ) from None
    except (RecursionError, ValueError) as error:
        what = (
            "is nested too deeply"
            if isinstance(error, RecursionError)
            else "holds a number too large to read"
        )
        raise ImportRefused(f"The file {what}.", "No roadmap needs that; is it the right file?") from None
    if not isinstance(data, dict):
        raise ImportRefused("The file holds no JSON object.", "Is it the JSON of a roadmap.sh roadmap?")
    return data


def _toml(text: str) -> dict[str, Any]:
    """Parse TOML. Raises ImportRefused."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ImportRefused(
            f"The file is not valid TOML: line {error.lineno}, column {error.colno}: {line(error.msg, 120)}.",
            "Mend it there, or name its format with --format.",
        ) from None
    except (RecursionError, ValueError) as error:
        what = (
            "is nested too deeply"
            if isinstance(error, RecursionError)
            else "holds a number too large to read"
        )
        raise ImportRefused(f"The file {what}.", "No such file needs that; is it the right one?") from None
