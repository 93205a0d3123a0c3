"""Writing single values as TOML a person likes to read, exactly."""

from __future__ import annotations

import re
from datetime import date

from roadmap.loading.clean import UNCLEAN, quote
from roadmap.model.errors import EditRefused

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
"""A key that needs no quotes."""

LINE = 100
"""The longest line, in characters, that a list is written on; a longer one gets a line for each item."""

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'["\\]|' + UNCLEAN.pattern + r"|[\n\t]")
# In a multi-line string line feeds stand as they are. A quote is escaped where it could be taken for part of
# the end of the string, and white space at the end of a line because editors trim it.
_ESCAPED_LONG = re.compile(r'\\|(?<="")"|"\Z|[ \t](?=\n|\Z)|' + UNCLEAN.pattern)


def render(value: object, eol: str = "\n") -> str:
    """Return a value as TOML; a text of several lines as a multi-line string, its lines ended by ``eol``.

    Raises EditRefused for what cannot stand in a progress file.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):  # a time of day beside it is kept
        return value.isoformat()
    if isinstance(value, str):
        return _text(value, eol)
    if isinstance(value, tuple | list) and all(isinstance(part, str) for part in value):
        parts = [_text(part, None) for part in value]
        line = f"[{', '.join(parts)}]"
        if len(line) <= LINE or len(parts) < 2:
            return line
        return f"[{eol}" + "".join(f"    {part},{eol}" for part in parts) + "]"
    raise EditRefused(
        f"A value of type {type(value).__name__} cannot stand in a progress file.",
        "Use a text, a number, true or false, a date, or a tuple of texts.",
    )


def _text(text: str, eol: str | None) -> str:
    """Return a text in quotes; on one line when ``eol`` is None."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise EditRefused(
            f"{quote(text)} holds half a character, which no file can hold.", "Type the text again."
        )
    if eol is not None and "\n" in text:
        # TOML drops the line feed that follows the opening quotes.
        return '"""' + eol + _ESCAPED_LONG.sub(_escape, text).replace("\n", eol) + '"""'
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}")
