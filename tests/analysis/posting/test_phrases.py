"""Phrases, the signals of the tracks that are made of them, and how a new track joins by its own."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis.posting.phrases import Index, compile_phrase, words
from roadmap.analysis.posting.reading import read_posting, scorer_of
from roadmap.analysis.posting.scoring import NONE, Scorer
from roadmap.loading.beside import read_other_work
from roadmap.loading.sources import bundled
from roadmap.model.track import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("vector database", "two Vector Databases", True),
        ("vector database", "vector-database", True),
        ("vector database", "vector of a database", False),
        ("train* ... model*", "training, on weekends, very large modeling", True),
        ("train* ... model*", "train one two three four five six seven eight models", False),
        ("build|design agents", "we design agents", True),
        ("build|design agents", "we sell agents", False),
        ("rag", "fragments of rags", True),
        ("rag", "fragment", False),
        ("customer's team", "the customer’s team", True),
        ("c++", "C++ and C", True),
        ("customer's|customers' team", "the customers' team", True),
        ("plan|plans ... act*", "it plans what to do and acts", True),
        ("plan ... steps and", "plan in steps", False),
        ("model* card|sheet", "modeling cards", True),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:
    assert bool(list(Index([(0, phrase)]).find(words(text)))) is found


def test_words_keep_their_places() -> None:
    text = "Ünïcode İstanbul’s RAG"
    assert [text[one.start : one.end] for one in words(text)] == ["Ünïcode", "İstanbul’s", "RAG"]


def test_signals_of_the_tracks_are_written_as_they_are_meant(bundle: Catalog) -> None:
    """No alternative with a space in it: ``a|b c|d`` is two words, and hardly ever meant so next to each other."""
    other = tomllib.loads((bundled() / "decoder" / "none.toml").read_text(encoding="utf-8"))
    phrases = [one for track in bundle.tracks.values() for signal in track.signals for one in signal.phrases]
    phrases += [one for signal in other["signals"] for one in signal["phrases"]]
    assert len(phrases) > 800
    for phrase in phrases:
        elements = compile_phrase(phrase)
        assert elements, phrase
        assert not any(choice == "" for element in elements for choice in element.prefixes), phrase
        assert not elements[0].room, phrase
    for track in bundle.tracks.values():
        assert track.signals, track.id
        assert any(signal.parts == ("title",) for signal in track.signals), track.id


def test_a_new_track_joins_by_its_signals(sound: Callable[..., Catalog], posting: Any) -> None:
    catalog = sound(
        gardener="""
title = "Gardener"
[[signals]]
means = "tends plants"
weight = 3
phrases = ["water* ... plants"]
[[milestones]]
id = "begin"
title = "Begin"
[[milestones.skills]]
id = "see"
can = "see it"
"""
    )
    reading = read_posting(
        posting("Water all the plants"), ("gardener",), scorer_of(catalog, read_other_work([]))
    )
    assert reading.top == "gardener"
    assert [one.means for one in reading.evidence] == ["tends plants"]


def test_longer_phrases_of_another_role_win(posting: Any) -> None:
    scorer = Scorer(
        {
            "a": [Signal("evaluates", 3, ("evaluation",))],
            "b": [Signal("evaluates agents", 3, ("agent evaluation",))],
        }
    )
    reading = read_posting(posting("Own agent evaluation"), ("a", "b"), scorer)
    assert dict(reading.shares) == {"b": 1.0, "a": 0.0, NONE: 0.0}
