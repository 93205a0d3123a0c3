"""Finding milestones, skills, resources and projects by words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.catalog import kind_of, title_of
from roadmap.model.track import Milestone, Project, Resource, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap.model.catalog import Catalog, Item


class Hit(NamedTuple):
    """One thing that matches, and how well: a higher score is better."""

    address: str
    kind: str
    title: str
    score: int


def search(
    catalog: Catalog, words: str, notes: Mapping[str, str] | None = None, prefer: Iterable[str] = ()
) -> list[Hit]:
    """Return everything in which all the words occur, the best first.

    A word counts most at the start of a word in the title, then inside the title or among the keywords, then
    anywhere in the text or in the person's own ``notes``. ``prefer`` names tracks whose hits come first among
    equals. No words, no hits.
    """
    terms = words.lower().split()
    if not terms:
        return []
    favored = set(prefer)
    hits = []
    for address, thing in catalog.things.items():
        title = title_of(thing).lower()
        keys, body = _texts(thing)
        body += " " + (notes or {}).get(address, "").lower() + " " + address
        score = 0
        for term in terms:
            if f" {term}" in f" {title}":
                score += 6
            elif term in title or f" {term}" in f" {keys}":
                score += 3
            elif term in body or term in keys:
                score += 1
            else:
                break
        else:
            weight = score * 10 + _KIND_WEIGHT[type(thing)]
            hits.append(Hit(address, kind_of(thing), title_of(thing), weight))
    position = {address: index for index, address in enumerate(catalog.things)}
    return sorted(
        hits, key=lambda hit: (-hit.score, hit.address.split("/")[0] not in favored, position[hit.address])
    )


_KIND_WEIGHT: dict[type, int] = {Milestone: 4, Project: 3, Skill: 2, Resource: 1}


def _texts(thing: Milestone | Item) -> tuple[str, str]:
    """Return keywords and body of a thing, in lower case."""
    if isinstance(thing, Milestone):
        return " ".join(thing.keywords).lower(), thing.why.lower()
    if isinstance(thing, Skill):
        return "", " ".join(f"{one.q} {one.a}" for one in thing.ask).lower()
    if isinstance(thing, Resource):
        return f"{thing.kind} {thing.cost}", f"{thing.by} {thing.note} {thing.url}".lower()
    return thing.level, " ".join((thing.brief, *thing.built, *thing.evaluated, *thing.explained)).lower()
