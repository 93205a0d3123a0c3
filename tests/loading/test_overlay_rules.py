"""What holds for every overlay, and that no file, however hostile, costs more than itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.path import items_of, path_of
from roadmap.analysis.records import Records
from roadmap.analysis.standing import standing_of
from roadmap.analysis.suggest import next_steps
from roadmap.loading import cache
from roadmap.loading.assemble import assemble
from roadmap.loading.cycles import find_cycle
from roadmap.loading.judge import judge
from roadmap.loading.overlay import Move, Overlay, Spot, apply
from roadmap.loading.overlay_judge import judge_overlay
from roadmap.loading.progress_text import parse_progress
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.catalog import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog

SOON = 20
"""Seconds of work; far above what is needed, far below what anything quadratic would take."""

NAMES = ["a", "b", "c", "d"]


def trunk() -> str:
    """Four milestones, each with skills, pages and projects; the later ones wait for earlier ones."""
    out = 'title = "T"\n'
    for at, name in enumerate(NAMES):
        after = [NAMES[:at][-1:], [NAMES[: max(1, at - 1)]]][at % 2] if at else []
        out += f'[[milestones]]\nid = "{name}"\ntitle = "{name}"\nafter = {after}\n'
        out += "hours = 20\n" if at % 2 else ""
        for n in range(3):
            optional = "true" if n == 2 else "false"
            out += f'[[milestones.skills]]\nid = "s{n}"\ncan = "do {n}"\noptional = {optional}\n'
            out += f'[[milestones.resources]]\nid = "r{n}"\ntitle = "R"\nurl = "https://example.org/{name}{n % 2}"\nhours = {n}\n'  # noqa: E501
        for n in range(at % 3):
            out += f'[[milestones.projects]]\nid = "p{n}"\ntitle = "P"\nhours = 3.3\nbrief = "b"\nbuilt = ["x"]\nevaluated = ["x"]\nexplained = ["x"]\n'  # noqa: E501
    return out


TRUNK = trunk()
BRANCH = """
title = "B"
extends = "t"
[[milestones]]
id = "e"
title = "E"
after = ["t/d", ["t/a", "t/b"]]
skills = [{ ref = "t/a/s0" }, { ref = "t/b/s2" }, { id = "own", can = "do" }]
[[milestones]]
id = "f"
title = "F"
capstone = true
after = ["e"]
skills = [{ id = "s", can = "do" }]
"""


def load(overlays: dict[str, Any], texts: dict[str, str] | None = None) -> tuple[Catalog, list[Fault]]:
    """Put the two tracks together with overlays, given as data."""
    laid = [judge_overlay(id, f"{id}.overlay.toml", tomli_w.dumps(one)) for id, one in overlays.items()]
    laid += [judge_overlay(id, f"{id}.overlay.toml", text) for id, text in (texts or {}).items()]
    return assemble([judge("t", "t.toml", TRUNK), judge("b", "b.toml", BRANCH)], laid)


PLAIN, _faults = load({})
assert _faults == []
OF = {"t": [a.removeprefix("t/") for a in PLAIN.things if a.startswith("t/")],
      "b": [*(a.removeprefix("b/") for a in PLAIN.things if a.startswith("b/")), "e/s0", "e/s2"]}  # fmt: skip

hides = st.fixed_dictionaries({id: st.lists(st.sampled_from(OF[id]), max_size=12) for id in OF})


def moves_in(names: list[str]) -> st.SearchStrategy[list[dict[str, str]]]:
    """Moves between things that may stand beside each other."""
    pairs = [
        (one, other)
        for one in names
        for other in names
        if one != other and one.rpartition("/")[0] == other.rpartition("/")[0]
        and ("/" not in one or one.rpartition("/")[2][0] == other.rpartition("/")[2][0])
    ]  # fmt: skip
    one = st.builds(
        lambda pair, key: {"what": pair[0], key: pair[1]},
        st.sampled_from(pairs),
        st.sampled_from(["after", "before"]),
    )
    return st.lists(one, max_size=10)


moves = st.fixed_dictionaries(
    {"t": moves_in(OF["t"]), "b": moves_in([name for name in OF["b"] if "/" not in name])}
)


@given(hides, moves)
def test_whatever_is_hidden_the_numbers_agree(hidden: dict[str, list[str]], moved: dict[str, Any]) -> None:
    catalog, faults = load({id: {"hide": hidden[id], "move": moved[id]} for id in OF})
    assert [fault.brief() for fault in faults] == []
    known = set(catalog.things) | set(catalog.hidden)
    assert known == set(PLAIN.things)
    assert set(catalog.things).isdisjoint(catalog.hidden)
    done = parse_progress(
        "schema = 1\n"
        + "".join(f'["{a.replace("/", chr(34) + "." + chr(34))}"]\nstate = "done"\n' for a in PLAIN.things)
    )
    assert Records(catalog, done).orphans == []
    for role in ("t", "b"):
        path = path_of(catalog, role)
        standing = standing_of(catalog, parse_progress("schema = 1\n"), role)
        assert standing.hours.total == pytest.approx(sum(one.hours for one in standing.milestones), abs=0.01)
        skills = [skill.address for one in path.milestones for skill in one.required_skills]
        assert sum(one.skills_total for one in standing.milestones) == len(skills)
        assert set(standing.missing) <= known - set(catalog.hidden)
        for step in next_steps(catalog, parse_progress("schema = 1\n"), standing):
            assert step.address in catalog.things
        for one in path.milestones:
            assert one.hours >= 0
            assert 0 <= one.needs <= len(one.projects)
            assert all(address in catalog.things for group in one.after for address in group)
            assert all(address in catalog.things for address in items_of(one))
        assert standing_of(catalog, done, role).missing == ()
    for id in OF:
        gone = {name for name in hidden[id] if "/" not in name}
        kept = {one.id for one in catalog.tracks[id].milestones}
        assert kept == {one.id for one in PLAIN.tracks[id].milestones} - gone


@given(moves)
def test_moving_changes_the_order_and_nothing_else(moved: dict[str, Any]) -> None:
    catalog, faults = load({id: {"move": moved[id]} for id in OF})
    assert faults == []
    for id, plain in PLAIN.tracks.items():
        before = {one.address: one for one in plain.milestones}
        after = {one.address: one for one in catalog.tracks[id].milestones}
        assert sorted(before) == sorted(after)
        for address, one in after.items():
            old = before[address]
            assert (one.after, one.hours, one.needs) == (old.after, old.hours, old.needs)
            assert sorted(items_of(one)) == sorted(items_of(old))
        for move in moved[id][-1:]:  # the last one is true at the end
            if "/" not in move["what"]:
                order = [one.id for one in catalog.tracks[id].milestones]
                sign = 1 if "after" in move else -1
                distance = order.index(move["what"]) - order.index(move.get("after") or move["before"])
                assert distance * sign >= 1
    assert path_of(catalog, "b").hours == path_of(PLAIN, "b").hours
    edges = {a: [w for g in m.after for w in g] for a in catalog.things if (m := catalog.milestone(a))}
    assert find_cycle(edges) == []


own_names = st.sampled_from(["x", "y", "z"])
waits = st.lists(st.sampled_from(["x", "y", "z", "a", "t/x", "b/x", "b/y", "t/d", "nowhere"]) | st.lists(
    st.sampled_from(["x", "y", "b/x", "a"]), min_size=1, max_size=3), max_size=4)  # fmt: skip
own = st.lists(
    st.builds(
        lambda id, after, place: {
            "id": id,
            "title": id,
            "after": after,
            "skills": [{"id": "s", "can": "do"}],
            **place,
        },
        own_names,
        waits,
        st.sampled_from([{}, {"place_after": "a"}, {"place_before": "x"}, {"place_after": "e"}]),
    ),
    max_size=4,
)


@given(own, own, hides)
def test_own_milestones_never_close_a_circle(one: Any, other: Any, hidden: dict[str, list[str]]) -> None:
    catalog, faults = load({"t": {"milestones": one, "hide": hidden["t"]}, "b": {"milestones": other}})
    edges = {a: [w for g in m.after for w in g] for a in catalog.things if (m := catalog.milestone(a))}
    assert find_cycle(edges) == []
    assert all(wanted in catalog.things for group in edges.values() for wanted in group)
    assert {fault.code for fault in faults} <= {"T006", "T008", "T027", "T030"}
    for id in OF:
        addresses = [m.address for m in catalog.tracks[id].milestones]
        assert len(addresses) == len(set(addresses))


spots = st.builds(
    Spot,
    st.sampled_from(["t/a", "t/b", "t/none", "b/e"]),
    st.sampled_from(["", "t/a/s0", "t/a/s1", "t/b/p0", "t/none/x"]),
)
asked = st.builds(
    Overlay,
    st.sampled_from(["t", "b", "nothing"]),
    st.just("x.overlay.toml"),
    st.lists(spots, max_size=6).map(tuple),
    st.lists(st.tuples(spots, st.text(max_size=5)), max_size=3).map(tuple),
    st.lists(st.builds(Move, spots, spots, st.booleans()), max_size=6).map(tuple),
    st.just(()),
    st.just(()),
)


@given(st.lists(asked, max_size=3))
def test_applying_never_fails_and_touches_only_what_is_named(overlays: list[Overlay]) -> None:
    tracks, overlaid = apply(PLAIN.tracks, overlays)
    assert list(tracks) == list(PLAIN.tracks)
    if not any(one.hide or one.moves for one in overlays):
        assert all(tracks[id] is PLAIN.tracks[id] for id in tracks)
    for one in PLAIN.tracks["t"].milestones[2:]:  # not named: no more than a lock may go
        (same,) = [other for other in tracks["t"].milestones if other.address == one.address]
        assert same._replace(after=one.after) == one
        assert set(same.after) <= set(one.after)
    assert set(overlaid.hidden) <= set(PLAIN.things)
    assert apply(PLAIN.tracks, []) == (dict(PLAIN.tracks), AS_WRITTEN)


@given(hides, moves, own)
def test_the_cache_gives_back_what_was_laid_over(hidden: Any, moved: Any, one: Any) -> None:
    catalog, faults = load({"t": {"hide": hidden["t"], "milestones": one, "notes": [{"at": "a", "text": "n"}]},
                            "b": {"hide": hidden["b"], "move": moved["b"]}})  # fmt: skip
    again, told = cache._decode(cache._encode(catalog, faults))
    assert (again.tracks, again.things, again.same, again.current) == (
        catalog.tracks,
        catalog.things,
        catalog.same,
        catalog.current,
    )
    assert again.overlaid == catalog.overlaid
    assert (again.hidden, told) == (catalog.hidden, faults)


WHOLE = """
hide = ["a/s0", "d"]
[[notes]]
at = "b"
text = "a note"
[[move]]
what = "c"
before = "a"
[[milestones]]
id = "own"
title = "Own"
place_after = "a"
after = ["a", ["b", "c"]]
skills = [{ id = "s", can = "do" }]
[[add]]
to = "b"
[[add.projects]]
id = "hut"
title = "Hut"
brief = "b"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
"""
BITS = ["[", "]", "{", "}", '"', '"""', "=", ".", ",", "#", "\n", "\\", "\x00", "\u202e", "[[add]]\n", "[[milestones]]\n",
        'ref = "b/e"', 'to = 3', "after = [1]", "\ufeff", "id = 1\n", "[hide]\n", "inf", "<<<<<<< x\n"]  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(BITS) | st.text(max_size=8)),
        min_size=1,
        max_size=5,
    )
)
def test_an_overlay_with_random_edits_never_takes_a_track_down(edits: list[tuple[float, int, str]]) -> None:
    text = WHOLE
    for where, length, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + length :]
    catalog, faults = load({}, {"t": text})
    assert list(catalog.tracks) == ["t", "b"]
    for fault in faults:
        assert fault.file == "t.overlay.toml"
        assert len(fault.render()) < 5000
    standing_of(catalog, parse_progress("schema = 1\n"), "b")


HOSTILE: dict[str, Callable[[], str]] = {
    "many lost addresses": lambda: "hide = [" + "".join(f'"lost-{n}/item",' for n in range(1000)) + "]",
    "too many": lambda: "hide = [" + '"a",' * 100_000 + "]",
    "many unknown keys": lambda: "".join(f"key{n} = 1\n" for n in range(20_000)),
    "a circle of a hundred": lambda: "".join(
        f'[[milestones]]\nid = "m{n}"\ntitle = "x"\nafter = ["m{(n + 1) % 100}"]\n' for n in range(100)
    ),
    "all wait for all": lambda: "".join(
        f'[[milestones]]\nid = "m{n}"\ntitle = "x"\nafter = {[f"m{k}" for k in range(40)]}\n'
        for n in range(100)
    ),
    "many moves": lambda: "".join(
        f'[[move]]\nwhat = "{NAMES[n % 4]}"\nafter = "{NAMES[(n + 1) % 4]}"\n' for n in range(400)
    ),
    "many things": lambda: "".join(
        f'[[milestones]]\nid = "m{n}"\ntitle = "x"\n'
        + "".join(
            f'[[milestones.resources]]\ntitle = "same"\nurl = "https://e.org/{n}/{k}"\n' for k in range(60)
        )
        for n in range(100)
    ),
    "deep": lambda: "hide = " + "[" * 10_000 + "]" * 10_000,
    "one long line": lambda: 'hide = ["' + "x" * 900_000 + '"]',
    "hidden characters": lambda: "hide = [" + '"\\u001b",' * 900 + "]",
    "a long note": lambda: 'notes = [{ at = "a", text = "' + "x" * 900_000 + '" }]',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_overlays_end_soon(name: str) -> None:
    text = HOSTILE[name]()
    start = time.process_time()
    catalog, faults = load({}, {"t": text, "b": text})
    assert time.process_time() - start < SOON
    assert len(faults) < 500
    assert {"t", "b"} == set(catalog.tracks)


def test_the_bundled_tracks_under_an_empty_overlay(tmp_path: Path, bundle: Catalog) -> None:
    for id in bundle.tracks:
        (tmp_path / f"{id}.overlay.toml").write_text("", encoding="utf-8")
    catalog, faults = load_tracks([tmp_path, bundled()])
    assert faults == []
    assert catalog.tracks == bundle.tracks
    assert (catalog.things, catalog.same, catalog.overlaid) == (bundle.things, bundle.same, AS_WRITTEN)


@pytest.mark.parametrize("change", ["new", "text", "gone", "moved"])
def test_every_change_of_an_overlay_is_seen_at_once(
    write_tracks: Callable[..., Path], tmp_path: Path, change: str
) -> None:
    where = tmp_path / "cache"
    folder = write_tracks(t=TRUNK)
    file = folder / "t.overlay.toml"
    if change != "new":
        file.write_text('hide = ["a"]', encoding="utf-8")
    before, _faults = load_tracks([folder], where)
    match change:
        case "new":
            file.write_text('hide = ["b"]', encoding="utf-8")
        case "text":
            file.write_text('hide = ["b"]', encoding="utf-8")
        case "gone":
            file.unlink()
        case "moved":
            file.rename(folder / "b.overlay.toml")
    for _ in range(2):
        after, _faults = load_tracks([folder], where)
        fresh, _faults = load_tracks([folder])
        assert after.tracks == fresh.tracks != before.tracks
        assert after.hidden == fresh.hidden
