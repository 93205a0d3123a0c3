"""The whole reading of a posting: shares, evidence, whether it is clear, and where its title misleads."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.posting.language import language_of
from roadmap.analysis.posting.scoring import NONE, Scorer, Vote
from roadmap.analysis.posting.sections import Sentence, sentences
from roadmap.analysis.posting.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap.model.catalog import Catalog
    from roadmap.model.choosing import OtherWork
    from roadmap.model.track import Signal

LEAD = 0.25
"""The lead in shares, over the second answer, from which a reading is clear."""

ENOUGH = 1.5
"""The least evidence, in whole votes, that a clear reading rests on."""


class Lines(NamedTuple):
    """Finds the line of the input that a place in the plain text came from."""

    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def of(self, place: int) -> int:
        """Return the line, from 1."""
        return self.numbers[bisect_right(self.starts, place) - 1]


class Evidence(NamedTuple):
    """A quote and the share of the posting that it brings a role. ``line`` counts from 1, in the text as given.

    ``start`` and ``end`` are places in the reading's plain text, for highlighting.
    """

    role: str
    quote: str
    line: int
    weight: float
    means: str
    part: str
    start: int
    end: int


class Reading(NamedTuple):
    """What a posting says. ``shares`` has every role and ``none``, the largest first, and sums to 1.

    ``language`` is the language when it is not English, which is not read: everything is then ``none`` and nothing
    is clear. ``title_role`` is the role that the title alone would suggest. ``broad`` are keywords that ask for
    nothing when they stand alone.
    """

    text: str
    shares: tuple[tuple[str, float], ...]
    evidence: tuple[Evidence, ...]
    clear: bool
    title: str
    title_role: str | None
    language: str | None
    parts: tuple[Sentence, ...]
    numbers: tuple[int, ...]
    broad: frozenset[str] = frozenset()

    @property
    def top(self) -> str:
        """The role with the largest share, or ``none``."""
        return self.shares[0][0]

    @property
    def title_misleads(self) -> bool:
        """True when the title names a role and the work described is another's."""
        return self.title_role is not None and self.title_role != self.top and self.language is None

    def lines(self) -> Lines:
        """Return the finder of lines."""
        return Lines(_line_starts(self.text), self.numbers)


def scorer_of(catalog: Catalog, other: OtherWork) -> Scorer:
    """Compile the signals of all tracks. Keep the result when many postings are read."""
    signals: dict[str, tuple[Signal, ...]] = {id: track.signals for id, track in catalog.tracks.items()}
    signals[NONE] = other.signals
    return Scorer(signals, other.neutral, other.broad)


def read_posting(text: str, roles: tuple[str, ...], scorer: Scorer) -> Reading:
    """Read a posting. Never raises for what stands in it; one without any evidence is ``none``, and not clear.

    ``roles`` are the roles to choose from, in the order that settles equal shares.
    """
    page = plain(text)
    found = sentences(page.text)
    language = language_of(page.text)
    votes = [] if language else scorer.votes(page.text, found)
    total = sum(vote.weight for vote in votes)
    sums = dict.fromkeys((*roles, NONE), 0.0)
    for vote in votes:
        sums[vote.role] += vote.weight
    if total:
        shares = sorted(((role, value / total) for role, value in sums.items()), key=lambda one: -one[1])
    else:
        shares = [(NONE, 1.0), *((role, 0.0) for role in roles)]
    lead = shares[0][1] - shares[1][1]
    lines = Lines(_line_starts(page.text), page.numbers)
    title = next((page.text[one.start : one.end].strip("#* ") for one in found if one.part == "title"), "")
    return Reading(
        text=page.text,
        shares=tuple(shares),
        evidence=tuple(_evidence(page.text, vote, total, lines) for vote in votes),
        clear=total >= ENOUGH and lead >= LEAD,
        title=title,
        title_role=_title_role(votes),
        language=language,
        parts=tuple(found),
        numbers=page.numbers,
        broad=scorer.broad,
    )


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def _evidence(text: str, vote: Vote, total: float, lines: Lines) -> Evidence:
    line = lines.of(vote.start)
    quote = " ".join(text[vote.start : vote.end].replace("**", "").split())
    return Evidence(vote.role, quote, line, vote.weight / total, vote.means, vote.part, vote.start, vote.end)


def _title_role(votes: list[Vote]) -> str | None:
    """Return the role whose signals weigh most in the title."""
    sums: Mapping[str, float] = {}
    for vote in votes:
        if vote.part == "title" and vote.role != NONE:
            sums = {**sums, vote.role: sums.get(vote.role, 0.0) + vote.weight}
    return max(sums, key=lambda role: sums[role]) if sums else None
