"""Paths with wildcards, and phrases: matched by plain comparison, never by a regular expression of a track."""

from __future__ import annotations

import re

from roadmap.loading.check_values import segments as segments


def has_wildcard(text: str) -> bool:
    """Tell whether a part of a path stands for several names."""
    return "*" in text or "?" in text


def like(pattern: str, text: str) -> bool:
    """Tell whether a whole text is like a pattern: ``*`` is any run of characters, ``?`` any one of them."""
    at = start = 0
    star, mark = -1, 0
    while at < len(text):
        if start < len(pattern) and pattern[start] == "*":
            star, mark = start, at
            start += 1
        elif start < len(pattern) and pattern[start] in ("?", text[at]):
            start += 1
            at += 1
        elif star >= 0:  # let the last star take one character more
            mark += 1
            start, at = star + 1, mark
        else:
            return False
    return not pattern[start:].strip("*")


def matches(pattern: str, path: str) -> bool:
    """Tell whether a path of a folder is meant by a pattern: ``**`` is any number of folders.

    As in a shell, a wildcard does not stand for the dot that hides a file.
    """
    wanted, parts = pattern.split("/"), path.split("/")
    open_at = {0}  # how much of the pattern may be behind us
    for part in parts:
        reached = set()
        for place in _past_stars(wanted, open_at):
            if place == len(wanted):
                continue
            if wanted[place] == "**":
                if not part.startswith("."):
                    reached |= {place, place + 1} if place == len(wanted) - 1 else {place}
            elif like(wanted[place], part) and part.startswith(".") <= wanted[place].startswith("."):
                reached.add(place + 1)
        open_at = reached
    return len(wanted) in _past_stars(wanted, open_at)


def _past_stars(wanted: list[str], places: set[int]) -> set[int]:
    """Add to the places those that are reached when ``**`` stands for no folder at all."""
    found = set(places)
    for place in sorted(places):
        while place < len(wanted) - 1 and wanted[place] == "**":
            place += 1
            found.add(place)
    return found


def occurrences(phrase: str, text: str) -> int:
    """Count how often a phrase occurs, whatever its case and line breaks.

    A ``*`` in the phrase stands for any run of characters in one line.
    """
    phrase = " ".join(phrase.split()).casefold()
    pieces = [piece for piece in phrase.split("*") if piece.strip()]
    if not pieces:
        return 0
    if len(pieces) == 1:
        return re.sub(r"\s+", " ", text).casefold().count(pieces[0])
    found = 0
    for line in text.casefold().splitlines():
        line, at = " ".join(line.split()), 0
        while True:
            for piece in pieces:
                at = line.find(piece, at)
                if at < 0:
                    break
                at += len(piece)
            if at < 0:
                break
            found += 1
    return found
