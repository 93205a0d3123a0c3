"""Finding things by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.analysis.search import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

TRACK = """
title = "T"
[[milestones]]
id = "caching"
title = "Caching that pays"
why = "A cache nobody measures lies."
keywords = ["prompt cache", "KV reuse"]
[[milestones.skills]]
id = "measure-hits"
can = "measure the hit rate of a cache"
ask = [{ q = "What is a stampede?", a = "All at once." }]
[[milestones.resources]]
title = "On caches"
url = "https://example.org/caches"
by = "Ada"
kind = "video"
[[milestones.projects]]
id = "proxy"
title = "A proxy"
level = "stretch"
brief = "A proxy with a cache."
built = ["x"]
evaluated = ["lemon"]
explained = ["x"]
"""

OTHER = TRACK.replace('title = "T"', 'title = "U"')


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(t=TRACK)


def found(tracks: Catalog, words: str, **notes: str) -> list[str]:
    return [hit.address for hit in search(tracks, words, {k.replace("__", "/"): v for k, v in notes.items()})]


def test_a_title_comes_before_a_text(tracks: Catalog) -> None:
    hits = search(tracks, "cach")
    assert [hit.kind for hit in hits] == ["milestone", "skill", "resource", "project"]
    assert hits[0].title == "Caching that pays"
    assert hits[0].score > hits[-1].score


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("STAMPEDE", ["t/caching/measure-hits"]),
        ("kv", ["t/caching"]),
        ("Ada", ["t/caching/on-caches"]),
        ("video cache", ["t/caching/on-caches"]),
        ("lemon", ["t/caching/proxy"]),
        ("stretch", ["t/caching/proxy"]),
        ("measure-hits", ["t/caching/measure-hits"]),
        ("cache nonsense", []),
        ("", []),
        ("  ", []),
        ("[", []),
    ],
)
def test_all_words_must_occur(tracks: Catalog, words: str, addresses: list[str]) -> None:
    assert found(tracks, words) == addresses


def test_own_notes_count(tracks: Catalog) -> None:
    assert found(tracks, "zebra") == []
    assert found(tracks, "zebra", t__caching="A Zebra crossing") == ["t/caching"]


def test_preferred_tracks_come_first_among_equals(sound: Callable[..., Catalog]) -> None:
    catalog = sound(t=TRACK, u=OTHER)
    assert [hit.address for hit in search(catalog, "kv")] == ["t/caching", "u/caching"]
    assert [hit.address for hit in search(catalog, "kv", prefer=["u"])] == ["u/caching", "t/caching"]


def test_the_bundled_tracks_can_be_searched(bundle: Catalog) -> None:
    hits = search(bundle, "prompt injection")
    assert hits
    assert all(hit.address in bundle.things for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
