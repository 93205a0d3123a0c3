"""Addresses: ``track/milestone`` or ``track/milestone/item``, and how a short one is understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*\Z"
"""The pattern of an id: kebab-case, ASCII letters and digits. Compiled at its first use."""

MAX_ID = 64
"""The longest id allowed, in characters."""


def is_id(text: str) -> bool:
    """Tell whether a text may be an id."""
    return len(text) <= MAX_ID and re.match(ID, text) is not None


def slug(text: str) -> str:
    """Make an id from a title, for resources whose author gave none. Empty when nothing is left."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:MAX_ID].strip("-")


class Found(NamedTuple):
    """The answer to "which address is meant": exactly one, or several candidates, or near misses."""

    address: str | None
    candidates: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def resolve(text: str, known: Iterable[str], prefer: Iterable[str] = ()) -> Found:
    """Find the one known address that ``text`` names in full or by its ending.

    ``prefer`` narrows an ambiguous ending: when exactly one candidate is among the preferred addresses (the
    path a person follows, say), that one is meant. An unknown text comes back with its nearest neighbors.
    """
    wanted = text.strip().strip("/").lower()
    all_known = list(dict.fromkeys(known))
    if wanted in all_known:
        return Found(wanted)
    ending = "/" + wanted
    hits = [address for address in all_known if address.endswith(ending)]
    if len(hits) > 1:
        favored = set(prefer)
        narrowed = [address for address in hits if address in favored]
        hits = narrowed if len(narrowed) == 1 else hits
    if len(hits) == 1:
        return Found(hits[0])
    if hits:
        return Found(None, candidates=tuple(hits))
    return Found(None, near=tuple(near(wanted, all_known)))


def near(text: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to ``limit`` known addresses that look like ``text``, by their ending or as a whole."""
    import difflib

    by_ending: dict[str, str] = {}
    for address in known:
        parts = address.split("/")
        for start in range(len(parts)):
            by_ending.setdefault("/".join(parts[start:]), address)
    close = difflib.get_close_matches(text, by_ending, n=limit * 2, cutoff=0.6)
    return list(dict.fromkeys(by_ending[key] for key in close))[:limit]
