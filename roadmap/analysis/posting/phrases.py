"""Phrases with simple wildcards, found in a text by an index of their first words.

A phrase is a few lower-case words. ``train*`` is any word that begins so, ``build|design`` is one word or the
other, and ``...`` between two words leaves room for up to seven others in the same sentence. A hyphen or a slash
in the text is a space, and the last word of a phrase may stand in the plural.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOM = 7
"""How many words ``...`` may skip."""

WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*[+#]*")
"""A word of a text."""


class Word(NamedTuple):
    """A word in lower case, and where it stands in the text."""

    text: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of a part of a text."""
    part = text[start:end]
    small = part.lower()
    if len(small) != len(part):  # a few letters grow when they are made small; their places would be wrong
        small = "".join(letter.lower()[:1] for letter in part)
    small = small.replace("’", "'")
    return [Word(match.group(), match.start() + start, match.end() + start) for match in WORD.finditer(small)]


class Element(NamedTuple):
    """One place of a phrase: whole words, beginnings of words, and whether others may stand before it."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]
    room: bool

    def fits(self, word: str) -> bool:
        """Tell whether a word may stand here."""
        return word in self.exact or (bool(self.prefixes) and word.startswith(self.prefixes))


class Match(NamedTuple):
    """A phrase found: whose it is, its first and last word (counted), and whether other words stand inside."""

    owner: int
    first: int
    last: int
    loose: bool


def compile_phrase(phrase: str) -> tuple[Element, ...]:
    """Return the elements of a phrase. An empty one, or one that begins with ``...``, has none."""
    elements: list[Element] = []
    room = False
    parts = phrase.lower().replace("-", " ").replace("/", " ").split()
    for number, part in enumerate(parts):
        if part == "...":
            room = bool(elements)
            continue
        elements.append(_element(part, room, number == len(parts) - 1))
        room = False
    return tuple(elements)


@cache
def _element(part: str, room: bool, last: bool) -> Element:
    choices = [one for one in part.split("|") if one]
    exact = [one for one in choices if not one.endswith("*")]
    if last:
        exact += [plural for one in exact for plural in _plurals(one)]
    return Element(frozenset(exact), tuple(one[:-1] for one in choices if one.endswith("*")), room)


def _plurals(word: str) -> tuple[str, ...]:
    if len(word) < 2 or not word[-1].isalpha():
        return ()
    return (word + "s", word[:-1] + "ies") if word.endswith("y") else (word + "s", word + "es")


class _Entry:
    """A phrase in the index: its owner, and what follows its first word, compiled when that word is met."""

    __slots__ = ("_rest", "_text", "owner")

    def __init__(self, owner: int, text: str) -> None:
        self.owner = owner
        self._text = text
        self._rest: tuple[Element, ...] | None = None

    @property
    def rest(self) -> tuple[Element, ...]:
        """The elements after the first."""
        if self._rest is None:
            self._rest = compile_phrase(self._text)[1:]
        return self._rest


class Index:
    """Many phrases, each with an owner (a number), looked up by the first word of each."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._exact: dict[str, list[_Entry]] = {}
        self._prefixes: dict[str, list[_Entry]] = {}
        self._lengths: tuple[int, ...] = ()
        self._known: dict[str, tuple[_Entry, ...]] = {}
        for owner, phrase in phrases:
            text = phrase.replace("-", " ").replace("/", " ")
            first, _, rest = text.partition(" ")
            entry = _Entry(owner, text)
            for choice in first.split("|"):
                if choice.endswith("*"):
                    self._prefixes.setdefault(choice[:-1], []).append(entry)
                    continue
                self._exact.setdefault(choice, []).append(entry)
                if not rest:
                    for plural in _plurals(choice):
                        self._exact.setdefault(plural, []).append(entry)
        self._lengths = tuple(sorted({len(prefix) for prefix in self._prefixes}))

    def _candidates(self, word: str) -> tuple[_Entry, ...]:
        known = self._known.get(word)
        if known is None:
            found = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                found += self._prefixes.get(word[:length], ())
            known = self._known[word] = tuple(found)
        return known

    def find(self, sentence: Sequence[Word]) -> Iterator[Match]:
        """Yield every phrase that stands in a sentence."""
        known = self._known
        count = len(sentence)
        for first, word in enumerate(sentence):
            entries = known.get(word.text)
            for entry in self._candidates(word.text) if entries is None else entries:
                rest = entry.rest
                if not rest:
                    yield Match(entry.owner, first, first, False)
                    continue
                second = rest[0]  # most phrases fail at their second word: look at it before anything else
                if first + 1 == count or not (second.room or second.fits(sentence[first + 1].text)):
                    continue
                last = _follow(sentence, first, rest)
                if last is not None:
                    yield Match(entry.owner, first, last, last - first > len(rest))


def _follow(sentence: Sequence[Word], place: int, rest: tuple[Element, ...]) -> int | None:
    """Return the place of the last word when the rest of a phrase follows, else None."""
    if not rest:
        return place
    element = rest[0]
    furthest = place + 1 + (ROOM if element.room else 0)
    for here in range(place + 1, min(furthest + 1, len(sentence))):
        if element.fits(sentence[here].text):
            last = _follow(sentence, here, rest[1:])
            if last is not None:
                return last
    return None
