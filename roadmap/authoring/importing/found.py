"""What the readers of foreign formats hand over: stages with skills and links, and what was lost on the way."""

from __future__ import annotations

import re
from typing import NamedTuple

from roadmap.authoring.files import AuthoringError
from roadmap.loading.clean import UNCLEAN

MAX_BYTES = 8_000_000
"""The largest file that is imported."""

MAX_STAGES = 200
"""The most stages a track can hold."""


class ImportRefused(AuthoringError):  # noqa: N818 - says what is the matter
    """The file is not of the format, or too large, or holds nothing to learn."""


class Learn(NamedTuple):
    """One thing to learn.

    ``source`` tells where it came from, for a comment. ``name`` is what it is called there, when that makes a
    better id than the text. ``hint`` is help that goes with it.
    """

    text: str
    source: str = ""
    name: str = ""
    hint: str = ""


class Link(NamedTuple):
    """A web page that belongs to a stage."""

    title: str
    url: str
    kind: str = "article"


class Stage(NamedTuple):
    """A stage to be.

    ``key`` tells stages of the file apart; ``after`` holds keys of others, and ``after_note`` how sure that is.
    ``name`` makes the id when it is better for that than the title.
    """

    key: str
    title: str
    skills: tuple[Learn, ...]
    links: tuple[Link, ...] = ()
    why: str = ""
    after: tuple[str, ...] = ()
    after_note: str = ""
    source: str = ""
    name: str = ""


class Found(NamedTuple):
    """Everything a reader found.

    ``origin`` and ``caution`` go to the head of the track, ``lost`` to its end. The person is told what is in
    ``caution`` and ``lost``.
    """

    title: str
    stages: tuple[Stage, ...]
    origin: str
    caution: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    tagline: str = ""


def line(value: object, limit: int = 400) -> str:
    """Return a value of a foreign file as one clean line of text; empty when it is not text.

    Characters that steer a terminal or hide are dropped, white space becomes single spaces, and a text longer
    than ``limit`` characters is cut and ends in an ellipsis.
    """
    if not isinstance(value, str):
        return ""
    # Cut first: nobody reads the tail of a megabyte, and cleaning it would take time.
    text = " ".join(UNCLEAN.sub("", re.sub(r"\s+", " ", value[: limit * 4 + 1000])).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def texts(value: object, limit: int = 200) -> list[str]:
    """Return the texts in a value that may be one text or a list of them; at most ``limit``."""
    many = value if isinstance(value, list) else [value]
    return [text for one in many[:limit] if (text := line(one))]


def tables(value: object, limit: int) -> list[dict[str, object]]:
    """Return the tables in a value that should be a list of them; at most ``limit``."""
    return [one for one in value[:limit] if isinstance(one, dict)] if isinstance(value, list) else []


def address(value: object) -> str:
    """Return a web address that a track may hold, or an empty text."""
    text = value.strip() if isinstance(value, str) and len(value) <= 1000 else ""
    return text if re.fullmatch(r'https?://[^\s<>"]+', text) and UNCLEAN.search(text) is None else ""


def without_circles(after: dict[str, list[str]]) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Drop the requirements that close a circle; return the rest, and what was dropped as (who, what).

    Requirements that name nothing are dropped without a word. Linear in stages and requirements, no recursion.
    """
    kept: dict[str, list[str]] = {key: [] for key in after}
    dropped = []
    done: set[str] = set()
    for start in after:
        if start in done:
            continue
        trail = {start: iter(dict.fromkeys(after[start]))}  # the way from the start to here, in order
        while trail:
            here = next(reversed(trail))
            wanted = next(trail[here], None)
            if wanted is None:
                del trail[here]
                done.add(here)
            elif wanted in trail:
                dropped.append((here, wanted))
            elif wanted in after:
                kept[here].append(wanted)
                if wanted not in done:
                    trail[wanted] = iter(dict.fromkeys(after[wanted]))
    return kept, dropped
