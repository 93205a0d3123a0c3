"""Loading all tracks: from the cache when it fits, else read, judged and assembled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading import cache
from roadmap.loading.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog


def load_tracks(folders: Sequence[Path], cache_dir: Path | None = None) -> tuple[Catalog, list[Fault]]:
    """Return the catalog of all sound tracks in the folders, and the faults of all files.

    The first folder that has a track wins; overlays on it apply from wherever they are found. Never raises for
    what stands in a file: a track with an error is left out and its faults say where and why. ``cache_dir`` None
    means that no cache is used.
    """
    sources = read_sources(folders)
    name = cache.key(sources)
    if cache_dir is not None and (cached := cache.load(cache_dir, name)) is not None:
        return cached
    from roadmap.loading.assemble import (
        assemble,
    )  # pydantic comes with it, which costs more than the whole command
    from roadmap.loading.judge import Draft, judge

    drafts = []
    overlays = []
    for source in sources:
        if source.overlay:
            from roadmap.loading.overlay_judge import OverlayDraft, judge_overlay

            if source.fault is not None:
                overlays.append(OverlayDraft(source.id, source.file, source.text, faults=[source.fault]))
            else:
                overlays.append(judge_overlay(source.id, source.file, source.text))
        elif source.fault is not None:
            drafts.append(Draft(source.id, source.file, source.text, faults=[source.fault]))
        else:
            drafts.append(judge(source.id, source.file, source.text))
    catalog, faults = assemble(drafts, overlays)
    if cache_dir is not None:
        cache.save(cache_dir, name, catalog, faults)
    return catalog, faults
