"""Which milestones and skills a posting asks for, by their keywords, and which of them are already the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.posting.phrases import Index, Word, words
from roadmap.analysis.records import Records
from roadmap.analysis.standing import measure_milestone
from roadmap.model.progress import State
from roadmap.model.track import Milestone, Skill

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from roadmap.analysis.posting.reading import Reading
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Progress

ASKING = frozenset({"title", "duties", "role", "requirements", "nice"})
"""The parts of a posting that ask for something. The company's praise of itself does not."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SMALL = _words(
    "a an and are as at be by for from in into is it its no not of on one or over own than that the then to under "
    "what when where which who with"
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "ed", "er", "es", "s", "e")
_ROOT = 4
"""The fewest letters that are left of a word when its ending is taken off."""

_SPREAD = 3
"""How many other words may stand among the words of a skill's id."""


class Covered(NamedTuple):
    """A milestone or skill that a posting asks for: the words that ask, their line, and the reader's state.

    ``state`` is that of a milestone (todo, learning, done, proven, skipped) or the mark of a skill.
    """

    address: str
    quote: str
    line: int
    state: str

    @property
    def gap(self) -> bool:
        """True when it is not yet the reader's."""
        return self.state in ("todo", "learning")


def coverage(catalog: Catalog, progress: Progress, reading: Reading) -> tuple[Covered, ...]:
    """Return what the posting asks for, in the order of the tracks. Nothing when it was not read."""
    if reading.language is not None:
        return ()
    things = [thing for thing in catalog.things.values() if isinstance(thing, Milestone | Skill)]
    keywords = Index(
        (number, keyword.lower())
        for number, thing in enumerate(things)
        if isinstance(thing, Milestone)
        for keyword in thing.keywords
    )
    skills = _Skills((number, thing) for number, thing in enumerate(things) if isinstance(thing, Skill))
    found: dict[int, dict[str, tuple[str, int]]] = {}
    lines = reading.lines()
    for sentence in reading.parts:
        if sentence.part not in ASKING:
            continue
        line = words(reading.text, sentence.start, sentence.end)
        hits = [(match.owner, match.first, match.last) for match in keywords.find(line)]
        for owner, first, last in [*hits, *skills.find(line)]:
            start, end = line[first].start, line[last].end
            quote = " ".join(reading.text[start:end].split())
            found.setdefault(owner, {}).setdefault(quote.lower(), (quote, lines.of(start)))
    records = Records(catalog, progress)
    covered = []
    for number in sorted(found):
        quotes = found[number]
        telling = [one for key, one in quotes.items() if not _among(key, reading.broad)]
        if not telling and len(quotes) < 2:
            continue
        quote, line_number = telling[0] if telling else next(iter(quotes.values()))
        thing = things[number]
        covered.append(Covered(thing.address, quote, line_number, _state(thing, records)))
    return tuple(covered)


class _Skills:
    """Finds skills by the words of their ids, near each other, in any order and with any usual ending."""

    def __init__(self, skills: Iterable[tuple[int, Skill]]) -> None:
        self._by_root: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for number, skill in skills:
            spelled = skill.address.rpartition("/")[2].split("-")
            roots = frozenset(_root(word) for word in spelled if word not in _SMALL)
            if len(roots) > 1:
                self._by_root.setdefault(max(roots, key=lambda root: (len(root), root)), []).append(
                    (number, roots)
                )

    def find(self, line: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
        """Yield each skill a sentence speaks of, with the places of the first and the last word that say so."""
        roots = [_root(word.text) for word in line]
        for place, root in enumerate(roots):
            for number, wanted in self._by_root.get(root, ()):
                reach = len(wanted) + _SPREAD - 1
                near = range(max(0, place - reach), min(len(roots), place + reach + 1))
                places = [
                    min(
                        (here for here in near if roots[here] == one),
                        key=lambda here: abs(here - place),
                        default=-1,
                    )
                    for one in wanted
                ]
                if min(places) >= 0 and max(places) - min(places) <= reach:
                    yield number, min(places), max(places)


def _root(word: str) -> str:
    """Return a word without its ending: ``rerank`` for "reranking", ``embedd`` for "embeddings"."""
    word = word.removesuffix("'s")
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            return word[: -len(ending)]
    return word


def _among(quote: str, broad: Collection[str]) -> bool:
    """Tell whether a quote is one of the keywords that stand in many postings for other reasons."""
    return quote in broad or quote.removesuffix("s") in broad or quote.replace("-", " ") in broad


def _state(thing: Milestone | Skill, records: Records) -> str:
    if isinstance(thing, Milestone):
        return measure_milestone(thing, 0, records).state
    state = records.state(thing.address)
    return state.value if isinstance(state, State) else str(state)
