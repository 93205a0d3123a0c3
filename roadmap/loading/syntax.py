"""What to say of a text that is not TOML: where, in plain words, and what was probably meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import tomli

from roadmap.loading.clean import quote
from roadmap.loading.diagnostics import Fault, Related
from roadmap.loading.spans import SpanIndex

if TYPE_CHECKING:
    from roadmap.loading.spans import Path, Span

_HUGE_NUMBER = re.compile(r"[0-9][0-9_]{4299,}")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7})(?= |$)", re.MULTILINE)
_KEY = re.compile(r'[ \t]*(?:"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[\w-]+)')
_CURLY = re.compile("[“”„‘’]")
_UNQUOTED = re.compile(r"[A-Za-z_]")
_WORD = re.compile(r"([A-Za-z]+)[ \t]*(?=[,}\]#]|$)")
_LAST_KEY = re.compile(r"[\"']?([\w-]+)[\"']?[ \t]*=[ \t]*$")
_BRACKETS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5}'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*|[\[{\]}]',
    re.DOTALL,
)

SWITCHES = frozenset(("capstone", "leads", "optional"))
"""The keys of tracks that are true or false."""


def unparsable(file: str, text: str, error: Exception, deepest: int) -> Fault:
    """Return the fault of a text that could not be parsed, from the error that the parser raised."""
    if isinstance(error, tomli.TOMLDecodeError):
        text = text.replace("\r\n", "\n")  # as the parser counts
        conflict = _CONFLICT.search(text)
        if conflict:
            return _at(file, text, conflict.start(), conflict.end(), "git left conflict markers here",
                       "choose one side, or both, and delete the marker lines")  # fmt: skip
        return _syntax(file, text, error)
    if isinstance(error, RecursionError):
        return too_deep(file, text, deepest)
    # Not a matter of syntax to the parser: a number of thousands of digits.
    number = _HUGE_NUMBER.search(text)
    start, end = number.span() if number else (0, 0)
    return _at(file, text, start, end, "not readable TOML: a number too large to read")


def too_deep(file: str, text: str, deepest: int) -> Fault:
    """Return the fault of a text whose arrays or tables are nested too deeply, at the bracket that is too many."""
    depth = 0
    for piece in _BRACKETS.finditer(text):
        word = piece.group()
        if word in "[{":
            depth += 1
            if depth > deepest:
                return _at(
                    file, text, piece.start(), piece.end(), f"nested too deeply: more than {deepest} levels"
                )
        elif word in "]}":
            depth = max(0, depth - 1)
    return Fault("T001", "error", file, 0, 0, 0, 0, f"nested too deeply: more than {deepest} levels")


def _syntax(file: str, text: str, error: tomli.TOMLDecodeError) -> Fault:
    """Put the parser's finding in plain words, at the token that is wrong rather than behind it."""
    at = min(error.pos, len(text))
    what = error.msg
    line_start = text.rfind("\n", 0, at) + 1
    if what.startswith(("Cannot overwrite", "Cannot declare", "Duplicate inline")):
        return _twice(file, text, what, at, line_start)
    if what.startswith("Illegal character") and text[at : at + 1] in "\r\n":
        quotes = [match.start() for match in re.finditer("[\"']", text[line_start:at])]
        start = line_start + quotes[0] if quotes else at
        return _at(file, text, start, at, "not valid TOML: this string does not end on its line",
                   "close it with the quote it began with, or use three quotes for several lines")  # fmt: skip
    if what.startswith("Illegal character"):
        return _at(file, text, at, at + 1, "not valid TOML: a control character stands here", "delete it")
    if what.startswith("Unterminated string"):
        start = max(text.rfind('"""', 0, at), text.rfind("'''", 0, at), 0)
        return _at(file, text, start, start + 3, "not valid TOML: this string does not end",
                   "close it with the same three quotes")  # fmt: skip
    if what.startswith("Invalid value"):
        rest = text[at : text.find("\n", at) if "\n" in text[at:] else len(text)].rstrip()
        key = _LAST_KEY.search(text, line_start, at)
        word = _WORD.match(rest)
        if word and (meant := _switch(word[1], key[1] if key else "")):
            return _at(file, text, at, at + len(word[1]), "not valid TOML: this is no value", meant)
        return _at(file, text, at, at + len(rest), *_value(rest))
    if what.startswith("Expected '=' after a key"):
        return _at(file, text, at, at + 1, "not valid TOML: a key is followed by `=` and a value",
                   "write `key = value`" if text[at : at + 1] != ":" else "write `=` instead of `:`")  # fmt: skip
    if what.startswith("Unescaped"):
        at = max(text.rfind("\\", line_start, at), line_start)
    help = {
        "Unclosed array": "close the array with `]`, and part its entries with commas",
        "Unclosed inline": "close the table with `}`, and part its keys with commas",
        "Expected newline": "one line holds one key: move the rest to a line of its own",
        "Unescaped": "write \\\\ for a backslash, or use 'single quotes'",
    }
    said = next((text for start, text in help.items() if what.startswith(start)), "")
    plain = quote(what[:1].lower() + what[1:])[1:-1]
    return _at(file, text, at, at + 1, f"not valid TOML: {plain}", said)


def _switch(word: str, key: str) -> str:
    """Say what to write for a bare word that was meant as ``true`` or ``false``; an empty text when it was not.

    What else than these two words means them depends on the key: a title may well be "on".
    """
    low = word.lower()
    if low not in ("true", "false") and key not in SWITCHES:
        return ""
    meant = {"yes": ["true"], "on": ["true"], "no": ["false"], "off": ["false"]}.get(low)
    close = meant or difflib.get_close_matches(low[:20], ("true", "false"), n=1)
    return f"did you mean `{close[0]}`?" if close else "write true or false"


def _value(rest: str) -> tuple[str, str]:
    if not rest or rest.startswith("#"):
        return "not valid TOML: there is no value after `=`", "write a value, or delete the line"
    if _CURLY.match(rest):
        return "not valid TOML: this string has curly quotes", 'use straight quotes: "..."'
    if _UNQUOTED.match(rest):
        rest = re.split(r"\s#", rest)[0].rstrip()  # a comment is none of the text
        return "not valid TOML: text needs quotes", f"write {quote(rest, 40)}"
    return "not valid TOML: this is no value", ""


def _twice(file: str, text: str, what: str, at: int, line_start: int) -> Fault:
    """Say which key or table is defined again, and where it was first.

    What stands before the statement is sound, so its spans can be had; the statement itself is read by hand.
    """
    inline = re.match(r"Duplicate inline table key '(.*)'", what)
    if inline:
        again = [
            match.span(1)
            for match in re.finditer(rf"[{{,\s](['\"]?{re.escape(inline[1])}['\"]?)\s*=", text[:at])
        ]
        start, end = again[-1] if again else (at, at + 1)
        return _at(file, text, start, end, f"not valid TOML: `{quote(inline[1], 80)[1:-1]}` stands twice in one table",
                   "keep one of the two")  # fmt: skip
    before = text[:line_start]
    try:
        spans = SpanIndex(before)
        found = _again(spans, text, line_start, at)
    except (ValueError, IndexError, RecursionError):  # the statement began on an earlier line
        found = None
    if found is None:
        start = max(line_start, text.rfind("=", line_start, at))
        key = _KEY.match(text, line_start)
        start, end = (key.start(), key.end()) if key and "[" not in text[line_start:at] else (start, at)
        return _at(file, text, start, end, "not valid TOML: this key or table is there already",
                   "keep one of the two")  # fmt: skip
    name, here, first = found
    line, column = spans.place(first.start)
    end_line, end_column = spans.place(first.end)
    fault = _at(file, text, here[0], here[1], f"not valid TOML: `{quote(name, 80)[1:-1]}` is defined twice",
                "keep one of the two; a merge may have left both")  # fmt: skip
    related = Related("first defined here", file, line, column, end_line, end_column, spans.line(line))
    return fault._replace(related=(related,))


def _again(spans: SpanIndex, text: str, line_start: int, at: int) -> tuple[str, tuple[int, int], Span] | None:
    statement = text[line_start:at]
    indent = len(statement) - len(statement.lstrip())
    header = statement.lstrip().startswith("[")
    end = text.find("\n", line_start)
    line = text[line_start : end if end >= 0 else len(text)]
    if header:
        closing = line.find("]]") + 2 if line.lstrip().startswith("[[") else line.find("]") + 1
        parsed = SpanIndex(line[:closing] + "\n")
    else:
        equals = line.find("=")
        parsed = SpanIndex(line[:equals] + "= 0\n")
    own = max(parsed.keys, key=len)
    names = [part for part in own if isinstance(part, str)]
    table: Path = () if header else _last_table(spans)
    here = _resolve(spans, tuple(names)) if header else (*table, *names)
    first = spans.keys.get(here)
    for path, span in spans.keys.items():  # a key that is already more than a table, or less than one
        if first is None and [one for one in path if isinstance(one, str)] == [*table, *names]:
            first = span
    if first is None or first.start >= line_start:
        return None
    word = line[indent:closing] if header else line[indent:equals].rstrip()
    return ".".join(names), (line_start + indent, line_start + indent + len(word)), first


def _last_table(spans: SpanIndex) -> Path:
    """Return the table that the end of a text stands in."""
    headers = [(span.start, len(path), path) for path, span in spans.keys.items()
               if spans.text.startswith("[", span.start)]  # fmt: skip
    return max(headers)[2] if headers else ()


def _resolve(spans: SpanIndex, names: Path) -> Path:
    """Read the names of a header as a path: in an array of tables, the last element is meant."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        index = 0
        while (*path, index) in spans.keys:
            index += 1
        if index and path != names:
            path = (*path, index - 1)
    return path


def _at(file: str, text: str, start: int, end: int, message: str, help: str = "") -> Fault:
    """Return a fault of a text that has no spans, because it cannot be parsed."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    source = text[line_start : line_end if line_end >= 0 else len(text)].rstrip("\r")
    line, column = text.count("\n", 0, start) + 1, start - line_start + 1
    end_column = max(column + 1, min(end - line_start, len(source)) + 1)
    return Fault("T001", "error", file, line, column, line, end_column, message, help, source)
