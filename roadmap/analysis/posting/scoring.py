"""Weighing the evidence: each sentence has one vote, split among the roles whose signals stand in it.

A sentence counts by the part of the posting it stands in. The signals in it speak for roles by their weights; a
sum of ``FULL`` fills its vote. A duty in which no signal stands adds a little to ``none``: work that no role is known
by. So a posting's shares are shares of what it says the person will do.

The figures here and the weights of the signals were fitted together on labeled postings; docs/reading-a-posting.md
says how far they can be trusted, and tests/bench/postings.py measures them on others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.posting.phrases import Index, Match, Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from roadmap.analysis.posting.sections import Sentence
    from roadmap.model.track import Signal


def _set(words_of_it: str) -> frozenset[str]:
    return frozenset(words_of_it.split())


NONE = "none"
"""The answer that no role fits."""

PART_WEIGHT: Mapping[str, float] = {
    "title": 1.0,
    "duties": 1.0,
    "role": 1.0,
    "requirements": 0.45,
    "company": 0.15,
    "nice": 0.1,
    "other": 0.0,
}
"""How much a sentence counts, by the part it stands in."""

FULL = 4.0
"""The sum of weights that fills the vote of a sentence."""

UNCLAIMED: Mapping[str, float] = {"duties": 0.06, "role": 0.05}
"""How much a sentence without any signal adds to ``none``: work that no role is known by."""

UNTOLD = 0.08
"""How much a duty adds to ``none`` that speaks of models or of working together, but of nothing a role is known by."""

UNCLAIMED_MEANS = "work that no role is known by"

LEAST = 4
"""The fewest words of a sentence that may be such work."""

CLAIMS = 1.0
"""The least weight of a signal that makes a sentence its role's, so that other work in it counts less.

One below it is weak: words that lean to a role, and add nothing where a stronger signal says it of the same words.
"""

BESIDE = 0.75
"""How much a signal counts beside a stronger kind in its sentence: other work beside a role's, what the work is about
beside a signal that leads."""

ELSEWHERE = 0.6
"""How much what the work is about counts in a posting whose duties are led throughout by another role."""

MOSTLY = 0.25
"""The part of the duties that a role must lead for all of them to be done for the same people."""

MANY_LED = 2
"""The fewest duties that are such a part."""

_TOGETHER = (
    "collaborat",
    "partner",
    "liais",
    "coordinat",
    "interfac",
    "work",
    "alongside",
    "team",
    "align",
    "engag",
)
_WITH = frozenset({"with", "alongside", "across"})
_PEOPLE = _set(
    "team teams engineer engineers scientist scientists manager managers designer designers researcher researchers "
    "developers experts analysts architects owners leads leaders leadership stakeholders product engineering sales "
    "marketing design science operations functions departments organizations units colleagues partners"
)
_NEGATIONS = _set("not no never without isn't aren't won't don't doesn't cannot can't nor neither instead")
_NOT_A_NEGATION = _set("only just limited necessarily merely simply")
_NEAR = 5
"""How many words before a phrase a negation reaches."""


class Vote(NamedTuple):
    """What one signal adds: for whom, how much, and the words that say so (places in the plain text)."""

    role: str
    weight: float
    start: int
    end: int
    means: str
    part: str


class _Read(NamedTuple):
    """A sentence, its words, the signals found in it, and whether a neutral phrase stands in it."""

    sentence: Sentence
    line: list[Word]
    hits: list[Match]
    neutral: bool


class Scorer:
    """All signals of all roles, compiled once. ``signals`` is keyed by role; ``neutral`` phrases say nothing.

    ``broad`` keywords of milestones are kept for what a reading is asked later: which milestones it covers.
    """

    def __init__(
        self,
        signals: Mapping[str, Iterable[Signal]],
        neutral: Iterable[str] = (),
        broad: Iterable[str] = (),
    ) -> None:
        self.broad = frozenset(broad)
        self._signals = [(role, signal) for role, own in signals.items() for signal in own]
        count = len(self._signals)
        self._neutral = 2 * count
        phrases = [(n, one) for n, (_, signal) in enumerate(self._signals) for one in signal.phrases]
        phrases += [(count + n, one) for n, (_, signal) in enumerate(self._signals) for one in signal.unless]
        phrases += [(self._neutral, one) for one in neutral]
        self._index = Index(phrases)

    def votes(self, text: str, found: Iterable[Sentence]) -> list[Vote]:
        """Return everything that counts, in the order of the text. A sentence said twice counts once."""
        read: list[_Read] = []
        seen: set[str] = set()
        for sentence in found:
            said = text[sentence.start : sentence.end]
            if PART_WEIGHT[sentence.part] and said not in seen:
                seen.add(said)
                read.append(self._read(sentence, words(text, sentence.start, sentence.end)))
        throughout = self._throughout(read)
        return [vote for one in read for vote in self._vote(one, throughout)]

    def _throughout(self, read: Sequence[_Read]) -> frozenset[str]:
        """Return the roles that lead so many duties that the rest must be done for the same people."""
        leading = [self._leading(one.hits) for one in read if one.sentence.part == "duties"]
        enough = max(MANY_LED, MOSTLY * len(leading))
        roles = {role for one in leading for role in one}
        led = frozenset(role for role in roles if sum(role in one for one in leading) >= enough)
        return frozenset({NONE}) if NONE in led else led

    def _leading(self, hits: Sequence[Match]) -> set[str]:
        return {self._signals[hit.owner][0] for hit in hits if self._signals[hit.owner][1].leads}

    def _vote(self, one: _Read, throughout: frozenset[str]) -> list[Vote]:
        sentence, line, hits, neutral = one
        weight = PART_WEIGHT[sentence.part]
        if not hits:
            rest = weight * UNCLAIMED.get(sentence.part, 0.0)
            if neutral:
                rest = UNTOLD if sentence.part == "duties" else 0.0
            if not rest or len(line) < LEAST:
                return []
            return [Vote(NONE, rest, sentence.start, sentence.end, UNCLAIMED_MEANS, sentence.part)]
        weights = self._weights(hits)
        share = weight / max(sum(weights), FULL)
        return [
            Vote(
                self._signals[hit.owner][0],
                own * share * self._for_others(hit, throughout),
                line[hit.first].start,
                line[hit.last].end,
                self._signals[hit.owner][1].means,
                sentence.part,
            )
            for hit, own in zip(hits, weights, strict=True)
        ]

    def _weights(self, hits: Sequence[Match]) -> list[float]:
        """Return the weight of each hit in the company of the others."""
        claimed = any(
            self._signals[hit.owner][0] != NONE and self._signals[hit.owner][1].weight >= CLAIMS
            for hit in hits
        )
        leading = self._leading(hits)
        weights = []
        for hit in hits:
            role, signal = self._signals[hit.owner]
            other = claimed and not signal.leads
            beside = other if role == NONE else bool(leading) and role not in leading
            weights.append(signal.weight * (BESIDE if beside else 1))
        return weights

    def _for_others(self, hit: Match, throughout: frozenset[str]) -> float:
        """Return how much a hit counts where another role leads throughout."""
        role = self._signals[hit.owner][0]
        return ELSEWHERE if throughout and role != NONE and role not in throughout else 1.0

    def _read(self, sentence: Sentence, line: list[Word]) -> _Read:
        """Find the signals in a sentence: at most one match of each, the longest, unless denied or inside others."""
        matches = list(self._index.find(line))
        if not matches:
            return _Read(sentence, line, [], False)
        count = len(self._signals)
        neutral = any(match.owner == self._neutral for match in matches)
        taken_back = {match.owner - count for match in matches if match.owner >= count}
        people = _people(line)
        part = sentence.part
        denied = False
        best: dict[int, Match] = {}
        firm: list[Match] = []
        for match in matches:
            if match.owner >= count or match.owner in taken_back:
                continue
            signal = self._signals[match.owner][1]
            wanted = part in signal.parts if signal.parts else part != "title"
            if not wanted or (match.first in people and not signal.leads):
                continue
            if _denied(line, match.first):
                denied = True
                continue
            if not match.loose:
                firm.append(match)
            old = best.get(match.owner)
            if old is None or match.last - match.first > old.last - old.first:
                best[match.owner] = match
        if denied and not best:  # it says what the work is not, which is no sign of other work
            return _Read(sentence, [], [], True)
        hits = [
            match for match in best.values() if not (self._inside(match, firm) or self._repeats(match, best))
        ]
        return _Read(sentence, line, sorted(hits, key=lambda match: match.first), neutral)

    def _inside(self, one: Match, others: Sequence[Match]) -> bool:
        """Tell whether a longer phrase of another role says more of the same words."""
        role = self._signals[one.owner][0]
        return any(
            other.first <= one.first
            and one.last <= other.last
            and other.last - other.first > one.last - one.first
            and self._signals[other.owner][0] != role
            for other in others
        )

    def _repeats(self, one: Match, others: Mapping[int, Match]) -> bool:
        """Tell whether a stronger signal says it of the same words: one of the same role, or of any beside a weak one."""
        role, signal = self._signals[one.owner]
        for number, other in others.items():
            if (self._signals[number][1].weight, -number) <= (signal.weight, -one.owner):
                continue
            within = other.first <= one.first and one.last <= other.last
            around = one.first <= other.first and other.last <= one.last
            if ((within or around) and self._signals[number][0] == role) or (
                within and signal.weight < CLAIMS
            ):
                return True
        return False


def _people(line: Sequence[Word]) -> range:
    """Return the places of the people one works with: "partner with data science and marketing teams to ...".

    They say with whom, not what. What the work is stands before, or after the "to".
    """
    if not any(word.text in _WITH for word in line):
        return range(0)
    for place, word in enumerate(line):
        if not word.text.startswith(_TOGETHER):
            continue
        for start in range(place, min(place + 6, len(line))):
            if line[start].text not in _WITH:
                continue
            last = start
            for here in range(start + 1, len(line)):
                if line[here].text in ("to", "on", "in") and last > start:
                    break
                if line[here].text in _PEOPLE:
                    last = here
            if last > start:
                return range(start + 1, last + 1)
    return range(0)


def _denied(line: Sequence[Word], first: int) -> bool:
    """Tell whether a negation stands shortly before: "you will not train models", "rather than training"."""
    for place in range(max(0, first - _NEAR), first):
        word = line[place].text
        following = line[place + 1].text if place + 1 < len(line) else ""
        if word in _NEGATIONS and following not in _NOT_A_NEGATION:
            return True
        if word == "rather" and following == "than":
            return True
    return False
