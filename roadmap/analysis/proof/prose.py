"""Markdown as a check reads it: sections, and which words of it are the person's own."""

from __future__ import annotations

import re
from typing import NamedTuple

_COMMENT = re.compile(r"(?<!\\)<!--")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CRITERION = re.compile(r"\s*[-*+] \[[ xX]\]")
_LABEL = re.compile(r"\s*(?:[-*+] )?(?:\w+ ){0,2}\w+:\s*")


class Section(NamedTuple):
    """A heading and what is under it, up to the next heading of its level or above.

    ``text`` has everything as it stands; ``own`` only what the person wrote: no comments, no quotations, no
    lines of the checklist, no headings, and no label with nothing after it.
    """

    level: int
    title: str
    text: str
    own: str


def without_comments(text: str) -> str:
    """Return the text without its ``<!-- -->`` comments; one that is never closed goes on to the end."""
    parts = _COMMENT.split(text)
    return parts[0] + "".join(part.partition("-->")[2] for part in parts[1:])


def own_words(text: str) -> str:
    """Return what a person wrote in a document, without what a template or a track put there."""
    kept = []
    fence = ""
    for line in without_comments(text).splitlines():
        fence, inside = _fenced(line, fence)
        if inside or not (
            line.lstrip().startswith(">")
            or _HEADING.fullmatch(line)
            or _CRITERION.match(line)
            or _LABEL.fullmatch(line)
        ):
            kept.append(line)
    return "\n".join(kept)


def sections(text: str) -> list[Section]:
    """Return the sections of a document in their order, inner ones included."""
    lines = without_comments(text).splitlines()
    heads: list[tuple[int, int, str]] = []  # where, level, title
    fence = ""
    for at, line in enumerate(lines):
        fence, inside = _fenced(line, fence)
        if not inside and (found := _HEADING.fullmatch(line)):
            title = found[2].strip()
            heads.append((at, len(found[1]), title.rstrip("#").rstrip() or title))
    result = []
    for index, (at, level, title) in enumerate(heads):
        end = next((other for other, depth, _ in heads[index + 1 :] if depth <= level), len(lines))
        body = "\n".join(lines[at + 1 : end])
        result.append(Section(level, title, body, own_words(body)))
    return result


def _fenced(line: str, fence: str) -> tuple[str, bool]:
    """Follow fences of code through a text: the fence that is open after a line, and whether it holds the line."""
    found = _FENCE.match(line)
    if not fence:
        return (found[1], True) if found else ("", False)
    if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
        return "", True
    return fence, True


def section(text: str, name: str) -> Section | None:
    """Return the first section with a heading of that name, whatever its case, or None."""
    wanted = plain(name)
    return next((one for one in sections(text) if plain(one.title) == wanted), None)


def plain(title: str) -> str:
    """Reduce a heading to what makes it the same: no case, no marks of emphasis, single spaces."""
    return " ".join(re.sub(r"[*_`\\]", "", title).split()).casefold().rstrip(":")


def words(text: str) -> int:
    """Count words: runs of characters between spaces that hold a letter or a digit."""
    return sum(1 for word in text.split() if any(ch.isalnum() for ch in word))
