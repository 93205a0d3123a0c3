"""Files of tracks and overlays, parsed for a look at what they say, whether or not the rest of them is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading.judge import parse
from roadmap.loading.outline import words
from roadmap.loading.overlay_judge import judge_overlay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.outline import Stage
    from roadmap.loading.sources import Source


def drafts_of(sources: Iterable[Source]) -> tuple[list[Draft], list[Fault]]:
    """Return the files that could be parsed, in order, and the faults of those that could not."""
    drafts: list[Draft] = []
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
        if draft.parsed:
            drafts.append(draft)
        else:
            faults += draft.faults
    return drafts, faults


def address_of(draft: Draft, stage: Stage) -> str:
    """Return the whole address of a milestone as written: one of the track, or the one an overlay adds to."""
    home = words(stage.data, "to") or stage.ref or stage.id
    return home if home.startswith(f"{draft.id}/") else f"{draft.id}/{home}"
