"""What a posting that was read looks like: on a reading made by hand, so that no change of the signals shows here."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from roadmap.analysis.posting.coverage import Covered
from roadmap.analysis.posting.reading import Evidence, Reading
from roadmap.analysis.posting.scoring import UNCLAIMED_MEANS
from roadmap.analysis.posting.sections import Sentence
from roadmap.analysis.sentences import verdict, whole_percents
from tui.app import make_app
from tui.screens.decode import Outcome
from tui.screens.posting import PostingScreen
from tui.signs import ASCII, UNICODE
from tui.views.decode import ReadingView, TextView
from tui.widgets.lines import width_of

POSTING = (Path(__file__).parent / "posting.txt").read_text()
"""A posting written for these tests."""


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """No blinking cursor in a picture."""
    monkeypatch.setattr(TextArea, "cursor_blink", False)


def span(text, words):
    start = text.index(words)
    return start, start + len(words)


def by_hand(text=POSTING, clear=True):
    """A reading of the posting."""
    found = [
        ("baker", "Head Baker", 0.08, "the title names a baker", "title"),
        ("cook", "dice onions", 0.2, "cuts what others cook", "duties"),
        ("cook", "season every stew by tasting", 0.26, "tastes, and changes", "duties"),
        ("cook", "sharpen the knives", 0.1, "minds the tools", "duties"),
        ("baker", "knead one dough", 0.22, "bakes", "duties"),
        ("none", "You will answer the telephone of the neighbor", 0.14, UNCLAIMED_MEANS, "duties"),
    ]
    evidence = tuple(
        Evidence(
            role, words, text[: text.index(words)].count("\n") + 1, weight, means, part, *span(text, words)
        )
        for role, words, weight, means, part in found
    )
    return Reading(
        text=text,
        shares=(("cook", 0.56), ("baker", 0.3), ("none", 0.14), ("ml-engineer", 0.0)),
        evidence=evidence,
        clear=clear,
        title="Head Baker, Small Kitchen",
        title_role="baker",
        language=None,
        parts=(Sentence("title", 0, 25),),
        numbers=tuple(range(1, text.count("\n") + 2)),
    )


COVERED = (
    Covered("cook/knife", "dice onions", 9, "learning"),
    Covered("cook/knife/dice", "dice onions", 9, "done"),
    Covered("cook/heat", "hot pan", 18, "todo"),
    Covered("cook/salt", "season every stew", 10, "todo"),
    Covered("baker/dough", "knead one dough", 12, "todo"),
)


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [30, 38, 57, 79, 119, 200])
def test_every_line_fits_and_the_text_is_whole(kitchen, width, signs):
    session = kitchen.session
    view = ReadingView(session, by_hand(), COVERED, signs)
    for selected in ("", "role:cook", "quote:2", "ask:cook/heat"):
        for line in view.lines(width, selected):
            assert width_of(line.parts) <= width, line
        text = TextView(POSTING, by_hand().numbers, view.spans(), signs)
        place = view.span_of(selected) if selected else (0, 0)
        lines = text.lines(width, place)
        assert max(width_of(line.parts) for line in lines) <= width
        words = " ".join("".join(part.text for part in line.parts[2:]) for line in lines).split()
        assert words == POSTING.split()
        if selected in ("quote:2", "ask:cook/heat"):
            lit = " ".join(part.text for line in lines for part in line.parts if part.lit)
            wanted = {"quote:2": "season every stew by tasting", "ask:cook/heat": "hot pan"}[selected]
            assert " ".join(lit.split()) == wanted


def test_a_quote_over_two_lines_is_found(kitchen):
    text = POSTING.replace("clear soup", "clear\n  soup")
    covered = (Covered("cook/knife", "clear soup", 18, "todo"),)
    view = ReadingView(kitchen.session, by_hand(text), covered, UNICODE)
    start, end = view.span_of("ask:cook/knife")
    assert " ".join(text[start:end].split()) == "clear soup"
    missing = (Covered("cook/knife", "no such words", 18, "todo"),)
    start, end = ReadingView(kitchen.session, by_hand(), missing, UNICODE).span_of("ask:cook/knife")
    assert start == end


def test_whole_percents_sum_to_a_hundred():
    for shares in ([1 / 3] * 3, [0.555, 0.445], [1.0, 0.0], [0.005] * 200, [0.125] * 8, [0.996, 0.004]):
        percents = whole_percents(shares)
        assert sum(percents) == 100
        assert all(abs(percent - share * 100) < 1 for percent, share in zip(percents, shares, strict=True))


def test_the_verdict_says_why_it_is_not_clear(kitchen):
    catalog = kitchen.session.catalog
    near = by_hand(clear=False)._replace(shares=(("cook", 0.4), ("baker", 0.35), ("none", 0.25)))
    assert "Baker (35%) is near" in verdict(catalog, near)[0]
    assert "there is little to go by" in verdict(catalog, by_hand(clear=False))[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "text", ["", "Head Baker\n\nYou will knead one dough a week."], ids=["empty", "typed"]
)
def test_looks_of_the_place(snap_compare, kitchen, size, text):
    async def settle(pilot):
        await pilot.pause()
        await pilot.press("r", "d")
        await pilot.pause()
        kitchen.screen.area.text = text
        await pilot.pause(0.05)

    assert snap_compare(kitchen, terminal_size=size, run_before=settle)


async def show(pilot, app, clear, keys):
    await pilot.pause()
    await pilot.press("r")
    await pilot.pause()
    app.push_screen(PostingScreen(Outcome(by_hand(clear=clear), COVERED, "", False)))
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause(0.05)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("keys", "clear"), [((), True), (("tab", "down"), True), (("tab", "tab", "down"), False)],
                         ids=["shares", "quote", "gap"])  # fmt: skip
def test_looks_of_the_result(snap_compare, kitchen, size, keys, clear):
    assert snap_compare(
        kitchen, terminal_size=size, run_before=lambda pilot: show(pilot, kitchen, clear, keys)
    )


@pytest.mark.parametrize("text", ["ascii = true\n", 'theme = "roadmap-light"\n', 'theme = "roadmap-high-contrast"\n'],
                         ids=["ascii", "light", "contrast"])  # fmt: skip
def test_looks_otherwise(snap_compare, config, kitchen, progress, text):
    config(text)
    app = make_app(progress)
    assert snap_compare(app, run_before=lambda pilot: show(pilot, app, True, ("tab", "down")))


def test_looks_without_color(snap_compare, kitchen, progress, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app(progress)
    assert snap_compare(app, run_before=lambda pilot: show(pilot, app, True, ("tab", "down")))
