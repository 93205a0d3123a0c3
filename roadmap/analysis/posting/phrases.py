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
    new = tuple.__new__  # quicker than Word(...), and there are many words
    return [
        new(Word, (match.group(), match.start() + start, match.end() + start))
        for match in WORD.finditer(small)
    ]


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


def _spelled(phrase: str) -> str:
    """Return a phrase as the words of a text are: no hyphens, no slashes, no apostrophe at the end of a word."""
    if "-" in phrase or "/" in phrase:
        phrase = phrase.replace("-", " ").replace("/", " ")
    return phrase.replace("'|", "|").replace("' ", " ") if "'" in phrase else phrase


def compile_phrase(phrase: str) -> tuple[Element, ...]:
    """Return the elements of a phrase. An empty one, or one that begins with ``...``, has none."""
    elements: list[Element] = []
    room = False
    parts = _spelled(phrase.lower()).split()
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

    __slots__ = ("_rest", "_text", "owner", "pair", "second")

    def __init__(self, owner: int, text: str) -> None:
        self.owner = owner
        self._text = text
        self._rest: tuple[Element, ...] | None = None
        parts = text.split(" ", 2)
        self.second = parts[1] if len(parts) > 1 else ""
        """What stands after the first word, as it is written."""
        self.pair = len(parts) == 2
        """Whether the phrase ends there."""

    @property
    def rest(self) -> tuple[Element, ...]:
        """The elements after the first."""
        if self._rest is None:
            self._rest = compile_phrase(self._text)[1:]
        return self._rest


class _Group:
    """The phrases that begin with one word, sorted by what may come second, so that most are never looked at."""

    __slots__ = ("alone", "far", "lengths", "prefixes", "second")

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self.alone: list[int] = []
        self.far: list[_Entry] = []
        self.second: dict[str, list[_Entry]] = {}
        self.prefixes: dict[str, list[_Entry]] = {}
        for entry in entries:
            if entry.second == "...":
                self.far.append(entry)
                continue
            if not entry.second:
                self.alone.append(entry.owner)
                continue
            for choice in entry.second.split("|"):
                if choice.endswith("*"):
                    self.prefixes.setdefault(choice[:-1], []).append(entry)
                    continue
                self.second.setdefault(choice, []).append(entry)
                for plural in _plurals(choice) if entry.pair else ():
                    self.second.setdefault(plural, []).append(entry)
        self.lengths = tuple({len(prefix) for prefix in self.prefixes})

    def near(self, word: str) -> list[_Entry]:
        """Return the phrases whose second word may be this one."""
        found = self.second.get(word)
        for length in self.lengths:
            more = self.prefixes.get(word[:length])
            if more is not None:
                found = more if found is None else found + more
        return found or _NOTHING


_NOTHING: list[_Entry] = []


class Index:
    """Many phrases, each with an owner (a number), looked up by the first word of each."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._exact: dict[str, list[tuple[int, str]]] = {}
        self._prefixes: dict[str, list[tuple[int, str]]] = {}
        self._known: dict[str, _Group | None] = {}
        self._groups: dict[tuple[str, ...], _Group] = {}
        exact, prefixes = self._exact, self._prefixes
        for owner, phrase in phrases:
            text = _spelled(phrase)
            first, _, rest = text.partition(" ")
            entry = (owner, text)
            for choice in first.split("|") if "|" in first else (first,):
                if choice[-1:] == "*":
                    prefixes.setdefault(choice[:-1], []).append(entry)
                    continue
                exact.setdefault(choice, []).append(entry)
                if not rest:
                    for plural in _plurals(choice):
                        exact.setdefault(plural, []).append(entry)
        self._lengths = tuple(sorted({len(prefix) for prefix in prefixes}))

    def _group(self, word: str) -> _Group | None:
        """Return the phrases that begin with a word. Words with the same beginning share them."""
        begun = [word[:length] for length in self._lengths if length <= len(word)]
        begun = [one for one in begun if one in self._prefixes]
        whole = self._exact.get(word)
        if whole is None and not begun:
            self._known[word] = None
            return None
        key = (word if whole else "", *begun)
        group = self._groups.get(key)
        if group is None:
            found = [*(whole or ()), *(entry for one in begun for entry in self._prefixes[one])]
            group = self._groups[key] = _Group([_Entry(*entry) for entry in found])
        self._known[word] = group
        return group

    def find(self, sentence: Sequence[Word]) -> Iterator[Match]:
        """Yield every phrase that stands in a sentence."""
        known = self._known
        count = len(sentence)
        for first, word in enumerate(sentence):
            text = word.text
            group = known[text] if text in known else self._group(text)
            if group is None:
                continue
            for owner in group.alone:
                yield Match(owner, first, first, False)
            if first + 1 == count:
                continue
            for entry in group.near(sentence[first + 1].text):
                if entry.pair:
                    yield Match(entry.owner, first, first + 1, False)
                    continue
                last = _follow(sentence, first + 1, entry.rest[1:])
                if last is not None:
                    yield Match(entry.owner, first, last, last - first > len(entry.rest))
            for entry in group.far:
                last = _follow(sentence, first, entry.rest)
                if last is not None:
                    yield Match(entry.owner, first, last, last - first > len(entry.rest))


def _follow(sentence: Sequence[Word], place: int, rest: tuple[Element, ...]) -> int | None:
    """Return the place of the last word when the rest of a phrase follows, else None."""
    exact, prefixes, room = rest[0]
    furthest = place + 2 + (ROOM if room else 0)
    for here in range(place + 1, min(furthest, len(sentence))):
        text = sentence[here].text
        if text in exact or (prefixes and text.startswith(prefixes)):
            if len(rest) == 1:
                return here
            last = _follow(sentence, here, rest[1:])
            if last is not None:
                return last
    return None
