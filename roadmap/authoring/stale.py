"""What a track says was checked on a day that is long ago: facts that age, and may have."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.authoring.drafts import address_of, drafts_of
from roadmap.loading.clean import clean
from roadmap.loading.outline import tables, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.sources import Source
    from roadmap.loading.spans import Path

DAYS = 365
"""After how many days a fact is looked at again, unless somebody says otherwise."""


class Stale(NamedTuple):
    """One thing whose facts were last checked on ``reviewed``. ``line`` counts from 1; ``days`` are since then."""

    address: str
    text: str
    reviewed: date
    days: int
    file: str
    line: int


def stale(sources: Iterable[Source], today: date, days: int = DAYS) -> tuple[list[Stale], list[Fault]]:
    """Return what was last checked more than so many days before a day, oldest first, and faults of whole files.

    Looked at are the tracks themselves, their skills and their projects. What has no ``reviewed`` states nothing
    that ages, and is not listed.
    """
    found: list[Stale] = []
    drafts, faults = drafts_of(sources)
    for draft in drafts:
        for path, address, text, table in _things(draft):
            day = table.get("reviewed")
            if type(day) is not date or day >= today - timedelta(days=days):
                continue
            line, _column = draft.spans.place(draft.spans.find((*path, "reviewed")).start)
            found.append(Stale(clean(address), clean(text), day, (today - day).days, draft.file, line))
    return sorted(found, key=lambda one: one.reviewed), faults


def _things(draft: Draft) -> Iterator[tuple[Path, str, str, dict[str, Any]]]:
    """Go through what may say when it was reviewed: its place, its address, what it is called, its table."""
    yield (), draft.id, words(draft.data, "title"), draft.data
    for stage in draft.outline.stages:
        whole = address_of(draft, stage)
        for key, named in (("skills", "can"), ("projects", "title")):
            for path, table in tables(stage.data, key, stage.path):
                yield path, f"{whole}/{words(table, 'id')}", words(table, named), table
