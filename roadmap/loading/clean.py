"""Text from files is hostile until cleaned: characters that steer a terminal or hide are replaced.

Each of them becomes U+FFFD, so that something visible stands where something was. Printable text of every
language passes unchanged, and so do line feeds, tabs and the joiners (ZWJ, ZWNJ) that scripts and emoji need.
"""

from __future__ import annotations

import re
from typing import Any

_CLASS = (
    "["
    "\x00-\x08\x0b-\x1f"  # C0 without tab and line feed: escape, bell, carriage return, ...
    "\x7f-\x9f"  # DEL, and C1, where one character can begin a terminal command
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: shows text in another order than it is read
    "\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff"  # zero width: makes two ids look equal
    "\U000e0000-\U000e007f"  # tags: whole sentences that no one sees
    "\ud800-\udfff"  # surrogates: cannot be written as UTF-8
    "]"
)
UNCLEAN: re.Pattern[str]
"""One character that ``clean`` replaces. Compiled at its first use: most commands meet plain text only."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """Return the text with every steering or hidden character replaced by U+FFFD."""
    if plainly_clean(text):
        return text
    return __getattr__("UNCLEAN").sub(REPLACEMENT, text)


def is_clean(text: str) -> bool:
    """Tell whether ``clean`` would return the text unchanged."""
    return plainly_clean(text) or __getattr__("UNCLEAN").search(text) is None


def plainly_clean(text: str) -> bool:
    """Tell quickly of most texts that they are clean; False means that nobody knows yet."""
    return text.isascii() and text.replace("\n", "").replace("\t", "").isprintable()


def __getattr__(name: str) -> re.Pattern[str]:
    """Compile the pattern when it is first asked for: that takes longer than importing the module."""
    if name != "UNCLEAN":
        raise AttributeError(name)
    pattern: re.Pattern[str] = globals().setdefault("UNCLEAN", re.compile(_CLASS))
    return pattern


def clean_tree(data: Any) -> Any:
    """Clean every string in parsed TOML, keys included; other values are returned as they are.

    Two keys that become equal by cleaning are kept apart, so that nothing disappears.
    """
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [clean_tree(value) for value in data]
    if isinstance(data, dict):
        cleaned: dict[str, Any] = {}
        for key, value in data.items():
            name = clean(key)
            while name in cleaned or (name != key and name in data):
                name += REPLACEMENT
            cleaned[name] = clean_tree(value)
        return cleaned
    return data


def quote(text: str, limit: int = 60) -> str:
    """Return the text for use inside a message: cleaned, on one line, in double quotes.

    At most ``limit`` characters, the quotes not counted; a shortened text ends in an ellipsis.
    """
    line = " ".join(clean(text[: limit * 4]).split())
    if len(line) > limit or len(text) > limit * 4:
        line = line[: max(limit - 1, 0)] + "…"
    return f'"{line}"'
