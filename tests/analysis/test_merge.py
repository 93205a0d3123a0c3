"""The merge of two versions of a progress file: its laws for any data, and its rules one by one."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.merge import Merged, merge, same

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))
WORDS = st.sampled_from(["todo", "learning", "doing", "done", "skipped", "finished"])
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=3)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "state": WORDS,
    "on": DAYS | st.just("2026-01-03") | st.just("some day") | st.just(datetime(2026, 1, 2, 10)),
    "note": st.text("xy\n ", max_size=6) | st.integers(0, 1),
    "links": TEXTS | st.sampled_from(["a", "b"]),
    "built": TEXTS | st.sampled_from(["a", "b"]) | st.just([1]),
    "mood": st.integers(0, 2) | st.booleans() | st.floats() | st.just({"deep": 1}) | TEXTS,
    "mood-other": st.integers(0, 2),
}
ITEM = st.fixed_dictionaries({}, optional=FIELDS)
MILESTONE = st.fixed_dictionaries({}, optional={**FIELDS, "a": ITEM, "b": ITEM | st.just(1)})
TRACK = st.fixed_dictionaries({}, optional={"m1": MILESTONE, "m2": MILESTONE, "odd": st.integers(0, 2)})
DATA = st.fixed_dictionaries(
    {},
    optional={
        "schema": st.just(1),
        "role": st.sampled_from(["t", "u"]),
        "hours_per_week": st.sampled_from([3, 6, 6.0, 7.5]),
        "t": TRACK,
        "u": TRACK,
    },
)
MANY = settings(deadline=None, max_examples=60)


def swapped(merged: Merged) -> Merged:
    return Merged(merged.data, tuple(d._replace(ours=d.theirs, theirs=d.ours) for d in merged.decisions))


def equal(one: Any, other: Any) -> bool:
    return same(_plain(one), _plain(other))


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


@given(DATA | st.none(), DATA, DATA)
@MANY
def test_exchanging_the_sides_exchanges_the_names_in_the_decisions_only(
    base: Any, one: Any, two: Any
) -> None:
    assert equal(merge(base, one, two), swapped(merge(base, two, one)))


@given(DATA | st.none(), DATA)
@MANY
def test_two_equal_sides_are_the_result(base: Any, one: Any) -> None:
    assert equal(merge(base, one, deepcopy(one)), Merged(one, ()))


@given(DATA, DATA)
@MANY
def test_the_unchanged_side_yields(base: Any, one: Any) -> None:
    merged = merge(base, one, deepcopy(base))
    assert equal(merged, Merged(one, ()))


@given(DATA | st.none(), DATA, DATA)
@MANY
def test_merging_the_result_again_changes_nothing(base: Any, one: Any, two: Any) -> None:
    done = merge(base, one, two).data
    assert equal(merge(one, one, done), Merged(done, ()))
    assert equal(merge(one, done, one), Merged(done, ()))
    both = merge(base, done, merge(base, two, one).data)  # each laptop merged by itself, then they met
    assert equal(both, Merged(done, ()))


@given(DATA | st.none(), DATA, DATA)
@MANY
def test_nothing_given_is_changed(base: Any, one: Any, two: Any) -> None:
    before = deepcopy((base, one, two))
    merge(base, one, two)
    assert equal((base, one, two), before)


@given(DATA, DATA, DATA)
@MANY
def test_what_only_one_side_changed_is_in_the_result(base: Any, one: Any, two: Any) -> None:
    merged = merge(base, one, two)
    tables = {d.address for d in merged.decisions if d.field == "table"}
    marked = {d.address for d in merged.decisions if d.field in ("state", "on")}
    for side, other in ((one, two), (two, one)):
        mine, was, yours = leaves(side), leaves(base), leaves(other)
        for path, value in mine.items():
            untouched = path in was and path in yours and same(was[path], yours[path])
            address = "/".join(path[:-1])
            if (
                untouched
                and address not in tables
                and not (path[-1] in ("state", "on") and address in marked)
            ):
                assert same(leaves(merged.data)[path], value), path


def leaves(data: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    found = {}
    for name, value in data.items():
        found |= leaves(value, (*path, name)) if isinstance(value, dict) else {(*path, name): value}
    return found


def entry(base: dict[str, Any] | None, ours: dict[str, Any] | None, theirs: dict[str, Any] | None) -> Any:
    """Merge one item's table; None stands for none."""
    tables = [{} if fields is None else {"t": {"m": {"i": fields}}} for fields in (base, ours, theirs)]
    merged = merge(*tables)
    assert all(d.address == "t/m/i" for d in merged.decisions)
    return merged.data.get("t", {}).get("m", {}).get("i"), [(d.field, d.chosen) for d in merged.decisions]


ONE, TWO = date(2026, 1, 1), date(2026, 1, 2)
DONE_ONE, DONE_TWO = {"state": "done", "on": ONE}, {"state": "done", "on": TWO}

RULES = {
    "further along wins": (
        {"state": "todo"}, {"state": "learning"}, DONE_ONE,
        DONE_ONE, [("on", ONE), ("state", "done")],
    ),
    "learning is further than skipped": (
        {"state": "todo"}, {"state": "learning"}, {"state": "skipped"},
        {"state": "learning"}, [("state", "learning")],
    ),
    "skipped is further than todo": (
        {"state": "done"}, {"state": "todo"}, {"state": "skipped"},
        {"state": "skipped"}, [("state", "skipped")],
    ),
    "the earlier of two dates": (
        {"state": "todo"}, DONE_TWO, DONE_ONE, DONE_ONE, [("on", ONE)],
    ),
    "taken back on one side only": (DONE_ONE, {"state": "todo"}, DONE_ONE, {"state": "todo"}, []),
    "a date goes with its state": (DONE_TWO, {"state": "todo"}, DONE_ONE, DONE_ONE, [("on", ONE), ("state", "done")]),
    "no state is not begun": ({"note": "x"}, {"note": "x", "state": "skipped"}, {"note": "x", "state": "todo"},
                              {"note": "x", "state": "skipped"}, [("state", "skipped")]),
    "both notes": (
        {"note": "old"}, {"note": "old\nmine"}, {"note": "old\nyours"},
        {"note": "old\nmine\nyours"}, [("note", "old\nmine\nyours")],
    ),
    "a rewritten note leaves no trace of the old one": (
        {"note": "old"}, {"note": "old\nb"}, {"note": "new"}, {"note": "new\nb"}, [("note", "new\nb")],
    ),
    "a note that holds the other one": (
        {}, {"note": "a\nb\nc"}, {"note": "b"}, {"note": "a\nb\nc"}, [("note", "a\nb\nc")],
    ),
    "links united, and what was taken out stays out": (
        {"links": ["a", "b"]}, {"links": ["b", "c"]}, {"links": ["a", "b", "d"]},
        {"links": ["b", "c", "d"]}, [("links", ["b", "c", "d"])],
    ),
    "evidence united": ({}, {"built": "b"}, {"built": ["a", "b"]}, {"built": ["a", "b"]}, [("built", ["a", "b"])]),
    "the same evidence written differently is no decision": ({}, {"built": "a"}, {"built": ["a"]}, {"built": "a"}, []),
    "an unknown key that both changed stays twice": (
        {"mood": 1}, {"mood": 3}, {"mood": 2}, {"mood": 2, "mood-other": 3}, [("mood", 2)],
    ),
    "an unknown key that one changed": ({"mood": 1}, {"mood": 3}, {"mood": 1}, {"mood": 3}, []),
    "a name beside it that is taken": (
        {"mood": 1}, {"mood": 3, "mood-other": 9}, {"mood": 2},
        {"mood": 2, "mood-other": 9, "mood-other-2": 3}, [("mood", 2)],
    ),
    "an unknown state stays beside the other": (
        {"state": "todo"}, {"state": "finished"}, {"state": "done"},
        {"state": "done", "state-other": "finished"}, [("state", "done")],
    ),
    "a key taken away and changed": (
        {"state": "todo", "note": "a"}, {"state": "todo"}, {"state": "todo", "note": "b"},
        {"state": "todo", "note": "b"}, [("note", "b")],
    ),
    "a table taken away and changed": (
        {"state": "todo", "note": "a"}, None, {"state": "done", "note": "a"},
        {"state": "done", "note": "a"}, [("table", {"state": "done", "note": "a"})],
    ),
    "a table taken away and left alone": ({"state": "todo"}, None, {"state": "todo"}, None, []),
    "a table added by both": (None, {"state": "todo"}, {"state": "done"}, {"state": "done"}, [("state", "done")]),
}  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "result", "decisions"), RULES.values(), ids=RULES.keys())
def test_a_rule(base: Any, ours: Any, theirs: Any, result: Any, decisions: Any) -> None:
    assert entry(base, ours, theirs) == (result, decisions)
    assert entry(base, theirs, ours) == (result, decisions)


def test_the_top_of_the_file() -> None:
    ours = {"schema": 1, "role": "u", "hours_per_week": 4}
    theirs = {"schema": 1, "role": "t", "hours_per_week": 7.5}
    merged = merge({"schema": 1, "role": "s"}, ours, theirs)
    assert merged.data == {"schema": 1, "role": "t", "hours_per_week": 7.5}
    assert [d.field for d in merged.decisions] == ["hours_per_week", "role"]
    assert "roadmap role" in merged.decisions[1].why


def test_a_milestone_taken_away_keeps_the_item_the_other_changed_and_loses_the_rest() -> None:
    base = {"t": {"m": {"state": "learning", "a": {"state": "todo"}, "b": {"state": "todo"}}}}
    ours = {"t": {}}
    theirs = deepcopy(base)
    theirs["t"]["m"]["a"]["state"] = "done"  # type: ignore[index]
    merged = merge(base, ours, theirs)
    assert merged.data == {"t": {"m": {"a": {"state": "done"}}}}
    assert [(d.address, d.field) for d in merged.decisions] == [("t/m/a", "table")]


def test_an_item_called_note_or_state_is_an_item() -> None:
    base: Any = {"t": {"m": {"state": {"state": "todo"}, "note": {"state": "todo"}}}}
    ours, theirs = deepcopy(base), deepcopy(base)
    ours["t"]["m"]["state"]["state"] = "done"
    theirs["t"]["m"]["note"]["note"] = "x"
    merged = merge(base, ours, theirs)
    assert merged.data == {"t": {"m": {"state": {"state": "done"}, "note": {"state": "todo", "note": "x"}}}}
    assert merged.decisions == ()


def test_a_table_against_a_value_keeps_both() -> None:
    merged = merge({}, {"x": {"y": 1}}, {"x": 2})
    assert merged.data == {"x": {"y": 1}, "x-other": 2}


def test_without_a_base_nothing_counts_as_taken_away() -> None:
    ours = {"t": {"m": {"state": "done"}}}
    theirs = {"t": {"n": {"state": "todo"}}, "role": "t"}
    merged = merge(None, ours, theirs)
    assert merged.data == {"t": {"m": {"state": "done"}, "n": {"state": "todo"}}, "role": "t"}
    assert merged.decisions == ()


def note_of(base: str, one: str, other: str) -> str:
    tables = [{"t": {"m": {"i": {"note": text}}}} for text in (base, one, other)]
    found: str = merge(*tables).data["t"]["m"]["i"]["note"]
    return found


@pytest.mark.parametrize(
    ("base", "one", "other", "wanted"),
    [
        ("M", "A\nM", "M\nB", "A\nM\nB"),
        ("1\n2\n3", "1\nO\n2\n3\nP", "1\n2\nT\n3\nQ", "1\nO\n2\nT\n3\nP\nQ"),
        ("1\n2\n3", "1\n3", "1\n2\n3\n4", "1\n3\n4"),
        ("1\n2\n3", "1\nX\n3", "1\nY\n3", "1\nX\nY\n3"),
        ("1\n2", "2\nA", "1\nA", "A"),
        ("", "A\nM", "M\nB", "A\nM\nB"),
        ("old", "new", "old\nmore", "new\nmore"),
    ],
)
def test_a_line_of_a_note_goes_only_when_a_side_took_it_out(
    base: str, one: str, other: str, wanted: str
) -> None:
    assert note_of(base, one, other) == note_of(base, other, one) == wanted


@given(*[st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True) for _ in range(3)])
def test_every_line_that_both_kept_or_one_wrote_is_there(
    base: list[str], one: list[str], other: list[str]
) -> None:
    found = note_of(*("\n".join(lines) for lines in (base, one, other))).split("\n")
    for line in "abcdefgh":
        both = line in one and line in other
        fresh = line not in base and (line in one or line in other)
        assert not (both or fresh) or line in found, (line, found)
        assert found.count(line) <= 2  # a line that was moved may stand in both places


def test_a_huge_note_is_merged_at_once() -> None:
    lines = ["a"] * 100_000
    found = note_of("\n".join(lines), "\n".join(["x", *lines]), "\n".join([*lines, "y"]))
    assert {"x", "y"} < set(found.split("\n"))
    assert found.count("a") == 100_000
