"""The versions inside one text: those between conflict markers, and those of tables that stand there twice."""

from __future__ import annotations

import re
from typing import NamedTuple

from roadmap.loading.toml_lines import Line, headers, scan

_OPENING = re.compile(r"(<{7,})(?:[ \r\n]|\Z)")
_KEY = re.compile(r"[ \t]*((?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*[^=\s]+)*)[ \t]*=")


class Sides(NamedTuple):
    """Three versions of a file. ``base`` is what the other two came from, None when nobody knows."""

    base: str | None
    ours: str
    theirs: str


def split_markers(text: str) -> Sides | None:
    """Return the versions that git wrote between conflict markers, or None when there are none.

    Understands the styles merge, diff3 and zdiff3 and markers of any size; only the last two have a base.
    None as well when the markers do not add up, because somebody began to take them out.
    """
    lines = text.split("\n")
    ends = [*(line + "\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
    parts: dict[str, list[str]] = {"base": [], "ours": [], "theirs": []}
    where, size, found, based = "", 0, False, True
    for line in ends:
        opening = _OPENING.match(line)
        if not where:
            if opening:
                where, size, found = "ours", len(opening[1]), True
            else:
                for part in parts.values():
                    part.append(line)
        elif where == "ours" and opening and len(opening[1]) == size:
            return None
        elif where == "ours" and _marks(line, "|", size):
            where = "base"
        elif where in ("ours", "base") and _marks(line, "=", size):
            based = based and where == "base"
            where = "theirs"
        elif where == "theirs" and _marks(line, ">", size):
            where = ""
        else:
            parts[where].append(line)
    if where or not found:
        return None
    base, ours, theirs = ("".join(part) for part in parts.values())
    return Sides(base if based else None, ours, theirs)


def split_copies(text: str) -> list[str] | None:
    """Return a text for each copy of what stands there twice, or None when nothing does.

    A merge that git calls clean can leave a table twice, or a key twice in a table. The first text has the
    first copies, the second the second ones, and so on; all else is in each of them.
    """
    lines = scan(text)
    copies = [group for group in _groups(lines) if len(group) > 1]
    if not copies:
        return None
    texts = []
    for number in range(max(map(len, copies))):
        gone: set[int] = set()
        for group in copies:
            kept = min(number, len(group) - 1)
            gone.update(line for place, part in enumerate(group) if place != kept for line in part)
        texts.append("".join(line.text for place, line in enumerate(lines) if place not in gone))
    return texts


def names(lines: list[Line]) -> list[tuple[tuple[str, ...], str] | None]:
    """Return what each line belongs to: the table's path, and the key, which is empty for the header.

    None for blank lines and comments between entries. A table that is one of an array counts as the array.
    """
    heads = {head.place: head.path for head in headers(lines)}
    found: list[tuple[tuple[str, ...], str] | None] = []
    table: tuple[str, ...] = ()
    owner: tuple[tuple[str, ...], str] | None = None
    for place, line in enumerate(lines):
        if line.in_value:
            found.append(owner)
            continue
        key = _KEY.match(line.text)
        if place in heads:
            table = heads[place]
            owner = (table, "")
        else:
            owner = (table, key[1]) if key else None
        found.append(owner)
    return found


def _groups(lines: list[Line]) -> list[list[range]]:
    """Return the lines of each table, and of each key of a table, all copies of one thing together."""
    heads = headers(lines)
    arrays = {head.path for head in heads if head.array}
    tables: dict[tuple[str, ...], list[range]] = {}
    groups: list[list[range]] = []
    owners = names(lines)
    starts = [0, *(head.place for head in heads), len(lines)]
    for number in range(len(starts) - 1):
        start, end = starts[number], starts[number + 1]
        if number and not any(heads[number - 1].path[:n] in arrays for n in range(1, 99)):
            last = end
            while end < len(lines) and last > start and lines[last - 1].only_comment:
                last -= 1  # a comment right above the next header is that one's
            tables.setdefault(heads[number - 1].path, []).append(range(start, last))
        keys: dict[str, list[range]] = {}
        for place in range(start, end):
            owner = owners[place]
            if owner and owner[1] and not lines[place].in_value:
                stop = place + 1
                while stop < end and lines[stop].in_value:
                    stop += 1
                keys.setdefault(owner[1], []).append(range(place, stop))
        groups += keys.values()
    return [*tables.values(), *groups]


def _marks(line: str, sign: str, size: int) -> bool:
    """Tell whether a line is a marker of exactly this size."""
    return line.startswith(sign * size) and line[size : size + 1] in ("", " ", "\r", "\n")
