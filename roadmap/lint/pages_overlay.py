"""Explanations of the codes about overlays: files that change a track without copying it."""

from __future__ import annotations

from roadmap.lint.page import WHOLE, Page

_ON = "# ai-engineer.overlay.toml\n"

_OWN = """[[milestones]]
id = "{}"
title = "Our own gateway"
place_after = "retrieval"

[[milestones.skills]]
id = "send-a-call"
can = "send a call through the gateway, and show its line in the log\""""

PAGES = (
    Page(
        "T027",
        "warning",
        "The track has nothing of that name: it was taken out, or never was there. The rest of the overlay applies.\n"
        "An overlay names a milestone of its track by its id and what is in one by `milestone/item`. What is in\n"
        "a track that this one extends is changed in an overlay of that track.",
        _ON + 'hide = ["retrieval/hnws"]',
        _ON + 'hide = ["retrieval/hnsw"]',
        WHOLE,
    ),
    Page(
        "T028",
        "error",
        "Something has that id already, or had it once, so progress on the one would count for the other. What the\n"
        "overlay adds under it is left out; the rest applies. This also comes up when a track gains something of a\n"
        "name that you had given: choose another id for yours, and rename its table in your progress file.",
        _ON + _OWN.format("retrieval"),
        _ON + _OWN.format("our-gateway"),
        WHOLE,
    ),
    Page(
        "T029",
        "warning",
        "An overlay changes the track that it is named after, and there is no such track. If the track is one of\n"
        "your own, its file has to be in a folder where tracks are found.",
        '# ai-enginer.overlay.toml\nhide = ["retrieval/hnsw"]',
        _ON + 'hide = ["retrieval/hnsw"]',
        WHOLE,
    ),
    Page(
        "T030",
        "error",
        "Milestones are moved within their track, and items among the items of their kind in their milestone:\n"
        "progress is recorded under the address of a thing, so nothing moves to another milestone. What is inside\n"
        "a milestone that the track lists with `ref` is changed in an overlay of the track it is written in.",
        _ON + '[[move]]\nwhat = "retrieval/hnsw"\nafter = "grounded-rag"',
        _ON + '[[move]]\nwhat = "retrieval"\nafter = "grounded-rag"',
        WHOLE,
    ),
)
"""The pages, in order."""
