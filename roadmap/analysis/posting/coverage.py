"""Which milestones and skills a posting asks for, by their keywords, and which of them are already the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.posting.phrases import Index, words
from roadmap.analysis.records import Records
from roadmap.analysis.standing import measure_milestone
from roadmap.model.progress import State
from roadmap.model.track import Milestone, Skill

if TYPE_CHECKING:
    from roadmap.analysis.posting.reading import Reading
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Progress

ASKING = frozenset({"title", "duties", "role", "requirements", "nice"})
"""The parts of a posting that ask for something. The company's praise of itself does not."""

BROAD = frozenset(
    (
        "orchestration", "monitoring", "reliability", "experimentation", "adoption", "use cases", "integrations",
        "genai", "ai agents", "planning", "reasoning", "memory", "simulation", "video", "media", "pdf", "react",
        "typescript", "ux", "user experience", "latency", "throughput", "caching", "compliance", "governance",
        "audit", "permissions", "discovery", "pilot", "prototype", "deployments", "inference", "versioning",
        "classification", "regression", "statistics", "hypothesis", "feasibility", "ranking", "reusable",
        "measurable", "rollout", "enablement", "discoveries", "asynchronous", "durable", "nlp", "gpu", "profiling",
        "embeddings", "benchmark", "benchmarks", "experimentation", "ci/cd", "docker", "fastapi", "kpis", "roi",
        "demos", "presentations", "etl", "data sources", "workshops", "consulting", "performance optimization",
        "system design", "evals", "conversational", "multimodal", "crm", "erp", "salesforce", "retries", "retry",
    )
)  # fmt: skip
"""Keywords that stand in many postings for other reasons: one alone proves little, two together count."""


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
    index = Index((number, phrase) for number, thing in enumerate(things) for phrase in _phrases(thing))
    found: dict[int, dict[str, tuple[str, int]]] = {}
    lines = reading.lines()
    for sentence in reading.parts:
        if sentence.part not in ASKING:
            continue
        line = words(reading.text, sentence.start, sentence.end)
        for match in index.find(line):
            start, end = line[match.first].start, line[match.last].end
            quote = " ".join(reading.text[start:end].split())
            found.setdefault(match.owner, {}).setdefault(quote.lower(), (quote, lines.of(start)))
    records = Records(catalog, progress)
    covered = []
    for number in sorted(found):
        quotes = found[number]
        telling = [one for key, one in quotes.items() if not _broad(key)]
        if not telling and len(quotes) < 2:
            continue
        quote, line_number = telling[0] if telling else next(iter(quotes.values()))
        thing = things[number]
        covered.append(Covered(thing.address, quote, line_number, _state(thing, records)))
    return tuple(covered)


def _phrases(thing: Milestone | Skill) -> tuple[str, ...]:
    """Return what asks for a thing: a milestone's keywords, or the id of a skill read as words."""
    if isinstance(thing, Milestone):
        return tuple(keyword.lower() for keyword in thing.keywords)
    spelled = thing.address.rpartition("/")[2].replace("-", " ")
    return (spelled,) if spelled.count(" ") else ()


def _broad(quote: str) -> bool:
    return quote in BROAD or quote.removesuffix("s") in BROAD or quote.replace("-", " ") in BROAD


def _state(thing: Milestone | Skill, records: Records) -> str:
    if isinstance(thing, Milestone):
        return measure_milestone(thing, 0, records).state
    state = records.state(thing.address)
    return state.value if isinstance(state, State) else str(state)
