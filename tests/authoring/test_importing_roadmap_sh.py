"""Reading a drawing of roadmap.sh: what is carried over, what is guessed, and how the file says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.authoring.importing.write import Imported
    from roadmap.model.track import Milestone, Track


def cans(milestone: Milestone) -> list[str]:
    return [entry.skill.can for entry in milestone.skills]


def pages(milestone: Milestone) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in milestone.resources]


def box(id: str, kind: str, x: float, y: float, label: str = "", **data: Any) -> dict[str, Any]:
    return {
        "id": id,
        "type": kind,
        "position": {"x": x, "y": y},
        "width": 100,
        "height": 40,
        "data": {"label": label, **data},
    }


def line(source: str, target: str, style: str = "solid") -> dict[str, Any]:
    return {"id": f"{source}-{target}", "source": source, "target": target, "data": {"edgeStyle": style}}


GARDEN: dict[str, Any] = {
    "slug": "garden",
    "title": {"card": "Garden", "page": "Grow a garden"},
    "description": "From bare soil to a first harvest.",
    "questions": [{"q": "?"}],
    "nodes": [
        box("t-harvest", "topic", 500, 900, "Harvest"),
        box("t-soil", "topic", 500, 100, "Soil"),
        box("t-sow", "topic", 500, 500, "Sowing"),
        box("s-near", "subtopic", 900, 480, "Seed depth"),
        box("s-joined", "subtopic", 900, 520, "Compost"),
        box("s-framed", "subtopic", 130, 560, "Baskets"),
        {**box("frame", "section", 80, 540), "width": 600, "height": 500},
        box("links", "linksgroup", 700, 110, links=[
            {"label": "Soil science", "url": "https://example.org/soil"},
            {"label": "Bad", "url": "javascript:alert(1)"},
        ]),
        box("button", "button", 500, 930, "Cellars", href="https://example.org/cellar"),
        box("p", "paragraph", 0, 0, "Hello"),
        box("v", "vertical", 0, 0),
        box("new", "hologram", 0, 0, "X"),
    ],
    "edges": [
        line("t-soil", "t-sow"),
        line("t-sow", "t-harvest"),
        line("t-harvest", "t-soil"),
        line("t-soil", "s-joined", "dashed"),
        line("t-soil", "t-harvest", "dashed"),
        {"id": "loose", "target": "s-near"},
    ],
}  # fmt: skip


def test_a_drawing_of_roadmap_sh(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, imported = taken_over(json.dumps(GARDEN), "garden.json")
    assert (track.title, track.tagline) == ("Grow a garden", "From bare soil to a first harvest.")
    assert [one.title for one in track.milestones] == ["Soil", "Sowing", "Harvest"]
    soil, sowing, harvest = track.milestones
    assert cans(soil) == ["Compost"]
    assert cans(sowing) == ["Seed depth"]
    assert cans(harvest) == ["Baskets"]
    assert [one.after for one in track.milestones] == [(), (("one/soil",),), (("one/sowing",),)]
    assert pages(soil) == [("Soil science", "https://example.org/soil")]
    assert pages(harvest) == [("Cellars", "https://example.org/cellar")]
    text = imported.text
    assert "\n# garden/t-soil\n[[milestones]]" in text
    assert "\n# garden/s-joined\n[[milestones.skills]]" in text
    assert "# garden/s-near (guessed: nearest topic)\n" in text
    assert "# garden/s-framed (guessed: same frame)\n" in text
    assert 'after = ["soil"]  # guessed from a line\n' in text
    lost = "\n".join(imported.lost)
    for words in ('from "Harvest" to "Soil"', "dashed", '"Bad"', '"Hello"', "vertical", "hologram", "questions",
                  "join two boxes: 1", "resources of topics"):  # fmt: skip
        assert words in lost


def test_the_notice_of_roadmap_sh_is_at_the_head(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    _track, imported = taken_over(json.dumps(GARDEN), "garden.json")
    head = imported.text.partition("title =")[0]
    assert "personal use only" in head
    assert "GUESSED" in head
    assert head.startswith("#:schema ./track.schema.json\n")


def test_the_document_of_the_interface_is_understood(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    document = {
        **{k: v for k, v in GARDEN.items() if k not in ("nodes", "edges")},
        "draft": {"nodes": GARDEN["nodes"], "edges": GARDEN["edges"]},
    }
    track, _imported = taken_over(json.dumps(document), "garden.json")
    assert len(track.milestones) == 3


def test_without_lines_the_picture_is_read_from_top_to_bottom(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    nodes = [box(f"t{y}", "topic", 0, y, f"Topic {y}") for y in (30, 10, 20)]
    track, _imported = taken_over(json.dumps({"nodes": nodes}), "x.json")
    assert [one.title for one in track.milestones] == ["Topic 10", "Topic 20", "Topic 30"]
    assert [cans(one) for one in track.milestones] == [["Topic 10"], ["Topic 20"], ["Topic 30"]]


def test_equal_labels_get_ids_of_their_own(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    nodes = [
        box("a", "topic", 0, 0, "Tests"),
        box("b", "topic", 0, 9, "Tests"),
        box("c", "topic", 0, 20, "測試"),
    ]
    track, _imported = taken_over(json.dumps({"nodes": nodes}), "x.json")
    assert [one.id for one in track.milestones] == ["tests", "tests-2", "stage"]
