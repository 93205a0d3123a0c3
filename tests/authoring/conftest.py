"""Judging a text as the loader would, without a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap.authoring.importing.read import read
from roadmap.authoring.importing.write import Imported, write
from roadmap.loading.assemble import assemble
from roadmap.loading.judge import judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.track import Track

TODAY = date(2026, 11, 22)
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def docs() -> Path:
    return DOCS


@pytest.fixture
def clean_track() -> Callable[..., Track]:
    """Return the track a text holds; fail when it has any fault at all."""

    def load(text: str, id: str = "one") -> Track:
        catalog, faults = assemble([judge(id, f"{id}.toml", text)])
        assert [fault.brief() for fault in faults] == []
        return catalog.tracks[id]

    return load


@pytest.fixture
def taken_over(clean_track: Callable[..., Track]) -> Callable[..., tuple[Track, Imported]]:
    """Import a file and load the result, which must be without a fault."""

    def run(text: str, name: str, kind: str | None = None) -> tuple[Track, Imported]:
        imported = write(read(text.encode(), name, "The File", kind), "one", TODAY)
        return clean_track(imported.text), imported

    return run
