"""Finding things by words, and by letters in order when words find too little."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.fuzzy import FuzzySearch

from roadmap.analysis.search import search
from roadmap.model.catalog import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from roadmap.model.catalog import Catalog

EFFORT = 2000
"""How many ways to match one title are looked at; beyond that, letters count as found one after another.

Textual's search tries every way, which for a long title and an unlucky query is more than a lifetime.
"""


class Match(NamedTuple):
    """One thing found: where the letters stand in its title, and whether it was the person's note."""

    address: str
    title: str
    offsets: frozenset[int]
    in_note: bool = False


class Finder:
    """What can be found. ``tracks`` are those whose things come first among equals."""

    def __init__(self, catalog: Catalog, notes: Mapping[str, str], tracks: Sequence[str] = ()) -> None:
        self._catalog = catalog
        self._notes = notes
        self._tracks = set(tracks)
        self._fuzzy = FuzzySearch()
        self._titles = {address: " ".join(title_of(one).split()) for address, one in catalog.things.items()}

    def find(self, words: str, limit: int) -> list[Match]:
        """Return the best matches for what was typed, the best first."""
        words = " ".join(words.lower().split())
        if not words:
            return []
        found: dict[str, Match] = {}
        for hit in search(self._catalog, words, self._notes, self._tracks):
            title = self._titles[hit.address]
            offsets = _word_offsets(words, title)
            in_note = not offsets and words in self._notes.get(hit.address, "").lower()
            found[hit.address] = Match(hit.address, title, offsets, in_note)
            if len(found) >= limit:
                return list(found.values())
        scored = []
        for address, title in self._titles.items():
            if address not in found:
                score, places = self._letters(words, title)
                if score:
                    bonus = 1.2 if address.split("/")[0] in self._tracks else 1.0
                    scored.append((score * bonus, Match(address, title, frozenset(places))))
        scored.sort(key=lambda one: -one[0])
        for _, match in scored[: limit - len(found)]:
            found[match.address] = match
        return list(found.values())

    def _letters(self, words: str, title: str) -> tuple[float, Sequence[int]]:
        """Return score and places of letters in order, or (0, ()).

        A match that is scattered thin over a long title is none.
        """
        letters = words.replace(" ", "")
        low = title.lower()
        place, first = -1, []
        for letter in letters:
            place = low.find(letter, place + 1)
            if place < 0:
                return 0.0, ()
            first.append(place)
        effort = 1
        for letter in letters:
            effort *= max(1, low.count(letter))
        if effort <= EFFORT:
            score, offsets = self._fuzzy.match(letters, title)
        else:
            score, offsets = self._fuzzy.score(title, first), first
        groups = 1 + sum(b != a + 1 for a, b in zip(offsets, list(offsets)[1:], strict=False))
        starts = self._fuzzy.get_first_letters(title)
        begun = sum(at in starts for at in offsets)
        if groups > 1 + max(begun, len(letters) // 3):
            return 0.0, ()
        return score, offsets


def _word_offsets(words: str, title: str) -> frozenset[int]:
    """Return where whole words typed occur in a title."""
    low = title.lower()
    found: set[int] = set()
    for word in words.split():
        at = low.find(word)
        if at >= 0:
            found.update(range(at, at + len(word)))
    return frozenset(found)
