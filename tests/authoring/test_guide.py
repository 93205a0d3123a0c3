"""What the guide shows works as it stands there, and so does the example that was written from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GUIDE = bundled().parent / "docs" / "writing-a-track.md"
ALL_BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
OVERLAYS = [block for block in ALL_BLOCKS if block.startswith("#:schema ./overlay.schema.json")]
BLOCKS = [block for block in ALL_BLOCKS if block not in OVERLAYS]


def test_the_guide_has_examples() -> None:
    assert len(BLOCKS) >= 8


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_of_the_guide_loads(block: str, write_tracks: Callable[..., Path]) -> None:
    bare = block.startswith("[[milestones]]")
    whole = f'title = "T"\n{block}' if bare else block
    catalog, faults = load_tracks([write_tracks(example=whole), bundled()])
    assert [fault.brief() for fault in faults if fault.file.endswith("example.toml")] == []
    assert catalog.tracks["example"].milestones


def test_the_overlay_of_the_guide_does_what_it_says(
    write_tracks: Callable[..., Path], roadmap: Callable[..., Any], home: Path
) -> None:
    (text,) = OVERLAYS
    folder = write_tracks(home / "tracks", **{"ai-engineer.overlay": text})
    catalog, faults = load_tracks([folder, bundled()])
    assert [fault.brief() for fault in faults] == []
    assert roadmap("track", "lint", "--strict", folder).code == 0
    order = [one.id for one in catalog.tracks["ai-engineer"].milestones]
    assert order.index("retrieval") + 1 == order.index("tools-and-mcp")
    assert order.index("first-evals") + 1 == order.index("our-gateway")
    assert "ai-capstone" not in order
    assert {"ai-engineer/retrieval/hnsw", "ai-engineer/ai-capstone"} <= set(catalog.hidden)
    assert "ai-engineer/retrieval/our-index" in catalog.things
    assert list(catalog.notes) == ["ai-engineer/first-evals"]


def test_the_smallest_track_is_as_short_as_it_claims() -> None:
    assert len(BLOCKS[0].strip().split("\n")) <= 15


def test_the_finished_example_loads(docs: Path) -> None:
    catalog, faults = load_tracks([docs / "examples"])
    assert [fault.brief() for fault in faults] == []
    track = catalog.tracks["rust-for-python-developers"]
    assert len(track.milestones) == 4
    assert all(one.why for one in track.milestones)
    assert all(len(entry.skill.can) <= 160 for one in track.milestones for entry in one.skills)


def test_links_inside_the_docs_lead_somewhere(docs: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    rows = [row.lstrip("# ").lower() for row in text.split("\n") if row.startswith("#")]
    headings = {re.sub(r"[^a-z -]", "", row).replace(" ", "-") for row in rows}
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    assert len(targets) > 15
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in headings
        elif not target.startswith("https://"):
            assert (docs / target).exists()


def test_every_command_of_the_guide_exists() -> None:
    from roadmap.cli.main import COMMANDS

    text = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^    |`)roadmap (?:--tracks \S+ )?([a-z]+)", text, re.MULTILINE))
    assert {"track", "role", "path", "search"} <= named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("file", [".pre-commit-hooks.yaml", "docs/writing-a-track.md"])
def test_the_hook_names_a_command_that_exists_and_the_files_it_is_for(file: str) -> None:
    from roadmap.cli.track import COMMANDS

    text = (bundled().parent / file).read_text(encoding="utf-8")
    assert "- id: roadmap-track-lint\n" in text
    (command,) = re.findall(r"entry: roadmap track (\w+)\n", text)
    assert command in COMMANDS
    (pattern,) = re.findall(r"files: (\S+)\n", text)
    assert re.search(pattern, "tracks/one.toml")
    assert re.search(pattern, "courses/tracks/one.toml")
    assert not re.search(pattern, "tracks/track.schema.json")
    assert not re.search(pattern, "pyproject.toml")


def test_the_workflow_of_the_guide_runs_what_there_is(roadmap: Callable[..., Any], home: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    (line,) = re.findall(r"- run: roadmap (track lint .*)\n", text)
    assert roadmap("track", "new", "home-baker").code == 0
    assert roadmap(*line.split()).code == 0
    file = home / "tracks" / "home-baker.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("tagline", "tagine"), encoding="utf-8")
    answer = roadmap(*line.split())
    assert answer.code == 1
    assert "::error file=" in answer.out
