"""The pure parts: rail, text, finding, editor."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from tui.editor import edit_text, editor_command
from tui.finder import Finder
from tui.rail import STATION, Stop, draw, stages
from tui.signs import ASCII, UNICODE, WORDS, bar
from tui.text import clip, flow, hours, wrap


def stop(name, *after, track="t"):
    return Stop(name, track, tuple((one,) for one in after))


def names(stops):
    return [[one.name for one in stage] for stage in stages(stops)]


def cells(stops):
    return ["".join(row.cells) for row in draw(stops)]


def test_a_line_of_stations_is_one_lane():
    assert cells([stop("a"), stop("b", "a"), stop("c", "b")]) == ["", "*", "*", "*"]


def test_what_may_run_side_by_side_forks_and_joins():
    stops = [stop("a"), stop("b", "a"), stop("c", "a"), stop("d", "b", "c")]
    assert names(stops) == [["a"], ["b", "c"], ["d"]]
    assert cells(stops) == ["", "*╮", "*│", "│*", "*╯"]


def test_two_stages_of_several_meet_in_a_joint():
    stops = [stop("a"), stop("b", "a"), stop("c", "a"), stop("d", "b"), stop("e", "c")]
    assert cells(stops) == ["", "*╮", "*│", "│*", "├┤", "*│", "│*"]


def test_waiting_through_others_keeps_stations_apart():
    stops = [stop("a"), stop("b", "a"), stop("c", "b"), stop("d", "c")]
    assert names([*stops, stop("e", "a")])[-1] == ["d", "e"]
    assert names([stop("a"), stop("b", "a"), stop("c", "b")]) == [["a"], ["b"], ["c"]]


def test_a_branch_bends_away_and_may_fork_at_once():
    stops = [stop("a"), stop("x", "a", track="u"), stop("y", "a", track="u")]
    rows = draw(stops)
    assert [row.kind for row in rows] == ["heading", "station", "joint", "heading", "station", "station"]
    assert "".join(rows[3].cells) == "╰┬╮"
    assert [row.depth for row in rows] == [0, 0, 0, 0, 1, 1]


@st.composite
def dags(draw_):
    count = draw_(st.integers(1, 14))
    return [
        Stop(
            str(at),
            "t" if at < count // 2 else "u",
            tuple((str(one),) for one in draw_(st.sets(st.integers(0, at - 1), max_size=3))) if at else (),
        )
        for at in range(count)
    ]


@given(dags())
def test_every_rail_shows_each_station_once_in_order_and_every_lane_end_meets_something(stops):
    rows = draw(stops)
    assert [row.name for row in rows if row.kind == "station"] == [one.name for one in stops]
    for row in rows:
        assert row.cells.count(STATION) == (row.kind == "station")
        assert len(row.cells) == len(row.joined) <= 5
        assert all(cell == STATION or (cell in UNICODE.rail and cell in ASCII.rail) for cell in row.cells)
        assert not row.joined or not row.joined[-1]
    for stage in stages(stops):
        for one in stage:
            assert not {name for group in one.after for name in group} & {other.name for other in stage}


@given(st.text(max_size=200), st.integers(1, 60))
def test_wrapped_lines_fit_and_lose_no_word(text, width):
    lines = wrap(text, width)
    assert all(cell_len(row) <= max(width, 2) for row in lines)
    assert "".join("".join(lines).split()) == "".join(text.expandtabs(4).split())


@given(st.text(max_size=80), st.integers(3, 60))
def test_clipped_text_fits(text, width):
    assert cell_len(clip(text, width)) <= width


def test_texts_people_read():
    assert [hours(value) for value in (24.0, 1.5, 0.25, None, 12.4)] == ["24 h", "1.5 h", "0.3 h", "", "12 h"]
    assert flow("a\n  b", 10) == ["a b"]
    assert clip("Build the loop, and its brakes", 16) == "Build the loop…"


def test_signs_of_a_set_are_equally_wide():
    for signs in (UNICODE, ASCII):
        assert {cell_len(signs.state(word)) for word in WORDS} == {signs.width}
        assert {cell_len(part) for part in signs.rail.values()} == {signs.width}


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_bar_is_eight_cells_and_full_only_when_nothing_is_left(claimed, proven):
    parts = bar(UNICODE, claimed, proven)
    assert sum(map(len, parts)) == 8
    assert (parts[2] == "") == (claimed == 1)


def test_finding_by_words_letters_and_notes_and_never_slowly():
    catalog, _ = load_tracks([bundled()])
    finder = Finder(catalog, {"ai-engineer/retrieval": "ask Zelda about bm25"}, ["ai-engineer"])
    assert any(match.address.endswith("/agent-loop") for match in finder.find("build loop brakes", 10))
    assert finder.find("zelda", 10)[0].in_note
    assert any("brakes" in match.title for match in finder.find("btlaib", 20))
    assert finder.find("   ", 10) == []
    for words in ("eeeeeeeeeeee", "a e i o u a e i o u", "the the the the the"):
        begun = time.monotonic()
        finder.find(words, 60)
        assert time.monotonic() - begun < 2, "a query must not try every way to match"


def test_the_editor_is_the_persons_own(tmp_path, monkeypatch):
    script = tmp_path / "my editor"
    script.write_text('#!/bin/sh\necho more >> "$1"\n')
    script.chmod(0o755)
    command = editor_command({"VISUAL": "no-such-editor", "EDITOR": f"'{script}'"})
    assert command == [str(script)]
    assert edit_text("before", command) == ("before\nmore", 0)
    script.write_text("#!/bin/sh\nexit 1\n")
    assert edit_text("before", command) == (None, 0)
    monkeypatch.setenv("PATH", "")
    assert editor_command({}) is None
