"""From a pasted posting to plain lines: HTML and Markdown taken off, broken words mended, line numbers kept."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from roadmap.loading.clean import clean


class Plain(NamedTuple):
    """Readable text; ``numbers[i]`` is the line of the input (from 1) that its i-th line came from."""

    text: str
    numbers: tuple[int, ...]


_TAGS = re.compile(
    r"</?(?:p|br|li|ul|ol|div|span|h[1-6]|strong|em|b|i|td|tr|table|section|a)\b[^<>]*>", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;/?(?:p|br|li|ul|div|h[1-6]|strong)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_BLOCKS = "p br li ul ol div section article header footer table tr td th dl dt dd hr h1 h2 h3 h4 h5 h6"
_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\x0b\x0c]")
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_BREAK = "\v"
"""Stands for a line break that the input does not have; cleaned text never holds one."""


def plain(text: str) -> Plain:
    """Return the readable text of a posting. Every character that could steer a terminal is gone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    if not text.isascii():
        for ligature, letters in _LIGATURES.items():
            text = text.replace(ligature, letters)
    if _ESCAPED.search(text):
        text = html.unescape(text)
    if _TAGS.search(text):
        text = _without_tags(text)
    text = _BREAK.join(clean(piece).replace("\ufffd", " ") for piece in text.split(_BREAK))
    lines: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        for piece in line.split(_BREAK):
            lines.append(piece.rstrip())
            numbers.append(number)
    _mend_hyphens(lines)
    return Plain("\n".join(lines), tuple(numbers))


def _without_tags(text: str) -> str:
    """Take HTML off. Breaks that only the tags stood for become ``_BREAK``; those of the input stay."""

    def newlines(match: re.Match[str]) -> str:
        return "\n" * match.group().count("\n")

    def replace(match: re.Match[str]) -> str:
        closing, name = match.group(1), match.group(2).lower()
        kept = newlines(match)
        if name in ("strong", "b"):
            return f"**{kept}"
        if name not in _BLOCKS.split():
            return kept
        if closing:
            return _BREAK + kept
        start = "- " if name == "li" else "# " if name[0] == "h" and name[1:].isdigit() else ""
        return _BREAK + kept + start

    text = _TAG.sub(replace, _HIDDEN.sub(newlines, text))
    return html.unescape(text).replace("\u00a0", " ")


_HYPHEN = re.compile(r"[a-z]{2}-$")


def _mend_hyphens(lines: list[str]) -> None:
    """Put words together that a PDF broke at the end of a line: ``infer-`` and ``ence`` become ``inference``."""
    for index in range(len(lines) - 1):
        if _HYPHEN.search(lines[index]):
            head, _, rest = lines[index + 1].lstrip().partition(" ")
            if head[:1].islower() and head.isalpha():
                lines[index] = lines[index][:-1] + head
                lines[index + 1] = rest
