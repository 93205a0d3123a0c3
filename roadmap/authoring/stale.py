"""What a track says was checked on a day that is long ago: facts that age, and may have."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading.clean import clean
from roadmap.loading.judge import parse
from roadmap.loading.outline import tables, words
from roadmap.loading.overlay_judge import judge_overlay

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
    faults: list[Fault] = []
    for source in sources:
        if source.fault is not None:
            faults.append(source.fault)
            continue
        draft: Draft
        if source.overlay:
            draft = judge_overlay(source.id, source.file, source.text)
        else:
            draft = parse(source.id, source.file, source.text.removeprefix("\ufeff"))
        if not draft.parsed:
            faults += draft.faults
            continue
        for path, address, text, table in _things(draft):
            day = table.get("reviewed")
            if type(day) is not date or day >= today - timedelta(days=days):
                continue
            line, _column = draft.spans.place(draft.spans.find((*path, "reviewed")).start)
            found.append(Stale(clean(address), clean(text), day, (today - day).days, source.file, line))
    return sorted(found, key=lambda one: one.reviewed), faults


def _things(draft: Draft) -> Iterator[tuple[Path, str, str, dict[str, Any]]]:
    """Go through what may say when it was reviewed: its place, its address, what it is called, its table."""
    yield (), draft.id, words(draft.data, "title"), draft.data
    for stage in draft.outline.stages:
        home = words(stage.data, "to") or stage.ref or stage.id
        whole = home if home.startswith(f"{draft.id}/") else f"{draft.id}/{home}"
        for key, named in (("skills", "can"), ("projects", "title")):
            for path, table in tables(stage.data, key, stage.path):
                yield path, f"{whole}/{words(table, 'id')}", words(table, named), table
