"""The lines of a TOML text: which begin inside a value, where comments are, which tables are headed where.

A parser says what a text means and forgets how it is laid out. This remembers the layout, and copes with a
broken text as well: it is what finds a conflict marker and what decides where a new table goes.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_PIECE = re.compile(
    r'(?P<long>"""|\'\'\')|(?P<short>"(?:[^"\\\n]|\\[^\n])*+"?|\'[^\'\n]*+\'?)'
    r"|(?P<comment>#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)"
)
_LONG_END = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*+'{3,5}", re.DOTALL),
}
_HEADER = re.compile(r"[ \t]*\[")
# As this program writes them: no need to ask a parser.
_PLAIN_HEADER = re.compile(r"\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\]\r?\n?\Z")


class Line(NamedTuple):
    """One line with its ending. ``comment`` starts at its ``#`` and has no line ending."""

    text: str
    in_string: bool
    in_value: bool
    comment: str | None

    @property
    def blank(self) -> bool:
        """True for a line of white space between entries."""
        return not self.in_value and not self.text.strip()

    @property
    def only_comment(self) -> bool:
        """True for a line between entries that holds a comment and nothing else."""
        return not self.in_value and self.text.lstrip().startswith("#")


class Header(NamedTuple):
    """A ``[table]`` line: its place from 0, the keys it names, and whether it is a ``[[table]]``."""

    place: int
    path: tuple[str, ...]
    array: bool


def split_bom(text: str) -> tuple[str, str]:
    """Return a leading byte order mark, or an empty string, and the rest."""
    return ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)


def scan(text: str) -> list[Line]:
    """Return the lines of a text, valid or not, with what each begins inside of. Linear in its length."""
    starts: dict[int, tuple[bool, bool]] = {0: (False, False)}
    comments: dict[int, str] = {}
    line = depth = at = 0
    while piece := _PIECE.search(text, at):
        at = piece.end()
        match piece.lastgroup:
            case "end":
                line += 1
                starts[line] = (False, depth > 0)
            case "comment":
                comments[line] = piece.group().rstrip("\r")
            case "open":
                depth += 1
            case "close":
                depth = max(depth - 1, 0)
            case "long":
                closing = _LONG_END[piece.group()].match(text, at)
                end = closing.end() if closing else len(text)
                for _ in range(text.count("\n", at, end)):
                    line += 1
                    starts[line] = (True, True)
                at = end
            case _:
                pass
    texts = re.findall(r"[^\n]*\n|[^\n]+", text)
    return [Line(words, *starts[number], comments.get(number)) for number, words in enumerate(texts)]


def headers(lines: list[Line]) -> list[Header]:
    """Return the table headers among the lines, in order. What is not a valid header is passed over."""
    import tomli

    found = []
    for index, line in enumerate(lines):
        if line.in_value or not _HEADER.match(line.text):
            continue
        if plain := _PLAIN_HEADER.match(line.text):
            found.append(Header(index, tuple(plain[1].split(".")), array=False))
            continue
        try:
            tree: Any = tomli.loads(line.text)
        except (ValueError, RecursionError):
            continue
        path: list[str] = []
        while tree:
            if isinstance(tree, list):
                tree = tree[0]
                continue
            [(key, tree)] = tree.items()
            path.append(key)
        found.append(Header(index, tuple(path), line.text.lstrip().startswith("[[")))
    return found
