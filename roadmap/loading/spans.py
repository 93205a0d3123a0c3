"""Where each key and value of a TOML text stands.

No maintained TOML library tells positions of everything (keys, values, array items, headers), so this scanner
does, for text that a real parser has already accepted. That is why it may be simple: it never judges, it only
finds. It runs only when there is a fault to report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from collections.abc import Callable

Path = tuple[str | int, ...]

_SKIP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
_BLANK = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^\s.=\]\[#"\']+')
_STRING = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|""?(?!"))*"""(?:"{0,2})'
    r"|'''(?:[^']|''?(?!'))*'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, as offsets in characters; ``end`` is one past the last."""

    start: int
    end: int


class SpanIndex:
    """Spans of every key, value, array item and header of a TOML text that is known to be valid.

    ``keys`` holds the key of a pair, and the whole ``[header]`` of a table that has one. ``values`` holds what
    stands right of an equals sign or in an array. ``names`` holds every place where a key is written, also
    inside headers, so that it can be pointed at, or renamed, as a word. ``named`` turns the name of a key into
    what paths call it, for callers whose data have cleaned names.
    """

    def __init__(self, text: str, named: Callable[[str], str] = str) -> None:
        self.text = text
        self._named = named
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.names: dict[Path, list[Span]] = {}
        self._lines = [0, *(match.end() for match in re.finditer(r"\n", text))]
        self._told: dict[int, str] = {}
        self._counts: dict[Path, int] = {}
        self._at = 1 if text.startswith("\ufeff") else 0
        self._scan()

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from 1, in characters."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its ending; empty past the end."""
        if not 1 <= number <= len(self._lines):
            return ""
        if number not in self._told:  # a hostile line is a megabyte long and has a thousand faults
            end = self._lines[number] if number < len(self._lines) else len(self.text)
            self._told[number] = self.text[self._lines[number - 1] : end].rstrip("\r\n")
        return self._told[number]

    def find(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of a value (or of its key), or of the nearest thing around it that has one."""
        here = path
        first = True
        while here:
            span = self.keys.get(here) if key or not first else self.values.get(here)
            span = span or self.keys.get(here) or self.values.get(here)
            if span is not None:
                return span
            here = here[:-1]
            first = False
        return Span(0, 0)

    def name(self, path: Path) -> Span:
        """Return the word of a key, also where it stands inside a header, or else what ``find`` returns."""
        spans = self.names.get(path)
        return spans[0] if spans else self.find(path, key=True)

    def _scan(self) -> None:
        table: Path = ()
        while True:
            self._skip()
            if self._at >= len(self.text):
                return
            if self.text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)

    def _skip(self) -> None:
        match = _SKIP.match(self.text, self._at)
        if match:
            self._at = match.end()

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self._at)
        if match:
            self._at = match.end()

    def _key(self) -> list[tuple[str, Span]]:
        parts = []
        while True:
            self._blank()
            match = _KEY_PART.match(self.text, self._at)
            if match is None:
                raise ValueError(f"no key at offset {self._at}")
            raw = match.group()
            name = tomli.loads(f"x={raw}")["x"] if raw[0] in "\"'" else raw
            parts.append((self._named(name), Span(match.start(), match.end())))
            self._at = match.end()
            self._blank()
            if not self.text.startswith(".", self._at):
                return parts
            self._at += 1

    def _header(self) -> Path:
        start = self._at
        many = self.text.startswith("[[", self._at)
        self._at += 2 if many else 1
        parts = self._key()
        self._at += 2 if many else 1
        whole = Span(start, self._at)
        path: Path = ()
        for index, (name, span) in enumerate(parts):
            path = (*path, name)
            self.names.setdefault(path, []).append(span)
            self.keys.setdefault(path, whole)
            if many and index == len(parts) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        self.keys[path] = whole
        return path

    def _pair(self, table: Path) -> None:
        parts = self._key()
        path = table
        for name, span in parts:
            path = (*path, name)
            self.keys.setdefault(path, span)
            self.names.setdefault(path, []).append(span)
        self._at += 1  # the equals sign
        self._blank()
        self._value(path)

    def _value(self, path: Path) -> None:
        start = self._at
        opening = self.text[start]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            match = (_STRING if opening in "\"'" else _SCALAR).match(self.text, start)
            if match is None:
                raise ValueError(f"no value at offset {start}")
            self._at = start + len(match.group().rstrip())
        self.values[path] = Span(start, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while True:
            self._skip()
            if self.text[self._at] == "]":
                self._at += 1
                return
            if self.text[self._at] == ",":
                self._at += 1
                continue
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while True:
            self._skip()
            if self.text[self._at] == "}":
                self._at += 1
                return
            if self.text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
