"""Overlays over tracks on disk: each thing a person may change, and what they did not mean to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis.path import path_of
from roadmap.analysis.records import Records
from roadmap.analysis.standing import standing_of
from roadmap.analysis.suggest import next_steps
from roadmap.loading.progress_text import parse_progress
from roadmap.loading.sources import read_sources
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog

TRUNK = """
title = "Trunk"
[[milestones]]
id = "roots"
title = "Roots"
hours = 10
former = ["rhizome"]
[[milestones.skills]]
id = "dig"
can = "dig"
former = ["scratch"]
[[milestones.skills]]
id = "water"
can = "water"
[[milestones.resources]]
id = "handbook"
title = "The handbook"
url = "https://example.org/handbook"
hours = 2
[[milestones.resources]]
title = "A made name"
url = "https://example.org/made"
hours = 1
[[milestones.projects]]
id = "well"
title = "A well"
hours = 4
brief = "b"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[milestones]]
id = "stem"
title = "Stem"
after = ["roots"]
[[milestones.skills]]
id = "climb"
can = "climb"
[[milestones]]
id = "crown"
title = "Crown"
after = ["stem", ["roots", "stem"]]
[[milestones.skills]]
id = "look"
can = "look around"
"""

BRANCH = """
title = "Branch"
extends = "trunk"
[[milestones]]
id = "fork"
title = "Fork"
after = ["trunk/crown"]
[[milestones.skills]]
ref = "trunk/roots/water"
[[milestones.skills]]
id = "swing"
can = "swing"
[[milestones.resources]]
id = "same"
title = "The handbook"
url = "https://www.example.org/handbook/"
"""

OTHER = """
title = "Other"
[[milestones]]
ref = "trunk/roots"
[[milestones]]
id = "rest"
title = "Rest"
after = ["trunk/roots"]
[[milestones.skills]]
id = "sit"
can = "sit"
"""


@pytest.fixture
def lay(write_tracks: Callable[..., Path]) -> Callable[..., tuple[Catalog, list[Fault]]]:
    """Load the three tracks with overlays, by track."""

    def run(**overlays: str) -> tuple[Catalog, list[Fault]]:
        folder = write_tracks(trunk=TRUNK, branch=BRANCH, other=OTHER)
        for old in folder.glob("*.overlay.toml"):
            old.unlink()
        write_tracks(**{f"{id}.overlay": text for id, text in overlays.items()})
        return load_tracks([folder])

    return run


@pytest.fixture
def laid(lay: Callable[..., tuple[Catalog, list[Fault]]]) -> Callable[..., Catalog]:
    """Load the three tracks with overlays that have no fault."""

    def run(**overlays: str) -> Catalog:
        catalog, faults = lay(**overlays)
        assert [fault.brief() for fault in faults] == []
        return catalog

    return run


def listed(catalog: Catalog, track: str) -> list[str]:
    return [one.address for one in catalog.tracks[track].milestones]


def items(catalog: Catalog, address: str) -> list[str]:
    one = catalog.milestone(address)
    assert one is not None
    names = [
        *(e.skill.address for e in one.skills),
        *(r.address for r in one.resources),
        *(p.address for p in one.projects),
    ]
    return [name.removeprefix(f"{address}/") for name in names]


def told(faults: list[Fault]) -> list[tuple[str, str, int, int]]:
    return [(one.code, one.severity, one.line, one.column) for one in faults]


def progress(text: str) -> Any:
    return parse_progress("schema = 1\n" + text)


# Finding


def test_an_overlay_is_no_track(laid: Callable[..., Catalog]) -> None:
    assert sorted(laid(trunk="").tracks) == ["branch", "other", "trunk"]


def test_an_empty_overlay_changes_nothing(laid: Callable[..., Catalog]) -> None:
    plain, empty = laid(), laid(trunk="# nothing\n")
    assert empty.tracks == plain.tracks
    assert (empty.things, empty.current, empty.same) == (plain.things, plain.current, plain.same)
    assert empty.overlaid == plain.overlaid


def test_it_applies_to_a_track_of_another_folder_and_all_of_them_apply(
    write_tracks: Callable[..., Path],
) -> None:
    last = write_tracks("last", trunk=TRUNK)
    write_tracks(
        "last", **{"trunk.overlay": 'hide = ["roots/dig"]\n[[move]]\nwhat = "crown"\nbefore = "roots"\n'}
    )
    near = write_tracks(
        "near", **{"trunk.overlay": 'hide = ["stem"]\n[[move]]\nwhat = "crown"\nafter = "roots"\n'}
    )
    catalog, faults = load_tracks([near, last])
    assert faults == []
    assert listed(catalog, "trunk") == ["trunk/roots", "trunk/crown"]  # the nearer one has the last word
    assert "dig" not in items(catalog, "trunk/roots")
    catalog, faults = load_tracks([last, near])
    assert faults == []
    assert listed(catalog, "trunk") == ["trunk/crown", "trunk/roots"]


def test_a_folder_that_is_named_twice_applies_once(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(trunk=TRUNK, **{"trunk.overlay": '[[milestones]]\nid = "mine"\ntitle = "Mine"\n'})
    (folder.parent / "link").symlink_to(folder, target_is_directory=True)
    _catalog, faults = load_tracks([folder, folder.parent / "link", folder / ".." / folder.name])
    assert faults == []


def test_hidden_files_are_passed_over(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(trunk=TRUNK, **{".overlay": "x", ".trunk.overlay": "x"})
    assert [source.id for source in read_sources([folder])] == ["trunk"]


# Hiding


def test_a_hidden_item_counts_nowhere_and_its_record_stays(laid: Callable[..., Catalog]) -> None:
    catalog = laid(trunk='hide = ["roots/dig", "roots/well"]')
    assert items(catalog, "trunk/roots") == ["water", "handbook", "a-made-name"]
    assert "trunk/roots/dig" not in catalog.things
    done = progress(
        '[trunk.roots]\nstate = "learning"\n[trunk.roots.dig]\nstate = "done"\n[trunk.roots.scratch]\nstate = "done"\n'
    )
    records = Records(catalog, done)
    assert records.orphans == []
    standing = standing_of(catalog, done, "trunk")
    roots = standing.milestones[0]
    assert (roots.skills_total, roots.skills_done, roots.needs, roots.hours) == (1, 0, 0, 10 - 0.5 - 4)
    assert roots.missing == ("trunk/roots/water",)
    assert "trunk/roots/dig" not in standing.missing
    steps = next_steps(catalog, done, standing)
    assert {step.address for step in steps}.isdisjoint({"trunk/roots/dig", "trunk/roots/well"})
    assert catalog.left_out == {"trunk/roots": ("trunk/roots/dig", "trunk/roots/well")}


def test_the_hours_of_the_path_follow(laid: Callable[..., Catalog]) -> None:
    def hours(catalog: Catalog) -> float:
        return path_of(catalog, "branch").hours

    plain = hours(laid())
    assert hours(laid(trunk='hide = ["stem/climb"]')) == plain - 0.5
    assert hours(laid(trunk='hide = ["roots/handbook"]')) == plain - 2
    assert hours(laid(trunk='hide = ["roots"]')) == plain - 10
    assert hours(laid(trunk='[[add]]\nto = "crown"\nskills = [{ id = "s", can = "do" }]')) == plain + 0.5


def test_a_hidden_milestone_is_a_lock_no_longer(laid: Callable[..., Catalog]) -> None:
    catalog = laid(trunk='hide = ["roots"]')
    stem, crown = catalog.tracks["trunk"].milestones
    assert stem.after == ()
    assert crown.after == (("trunk/stem",),)  # of roots or stem, roots counts as done
    standing = standing_of(catalog, progress(""), "trunk")
    assert [one.locked for one in standing.milestones] == [False, True]
    # In the track that lists it by reference it is still there, and still comes first there.
    assert listed(catalog, "other") == ["trunk/roots", "other/rest"]
    assert catalog.tracks["other"].milestones[1].after == (("trunk/roots",),)
    assert catalog.home("trunk/roots/water") is catalog.milestone("trunk/roots")


def test_a_milestone_that_a_branch_waits_for_may_be_hidden_in_the_trunk(laid: Callable[..., Catalog]) -> None:
    catalog = laid(trunk='hide = ["crown"]')
    assert catalog.tracks["branch"].milestones[0].after == ()
    assert "trunk/crown/look" in catalog.hidden
    done = progress(
        '[trunk.crown]\nstate = "done"\n[trunk.crown.look]\nstate = "done"\n[trunk.lost]\nstate = "done"\n'
    )
    assert Records(catalog, done).orphans == ["trunk/lost"]


def test_a_former_address_of_something_hidden_is_no_orphan(laid: Callable[..., Catalog]) -> None:
    catalog = laid(trunk='hide = ["roots"]', other='hide = ["roots"]', branch='hide = ["fork/water"]')
    assert "trunk/roots" not in catalog.things
    records = Records(
        catalog, progress('[trunk.rhizome]\nstate = "done"\n[trunk.rhizome.scratch]\nstate = "done"\n')
    )
    assert records.orphans == []


def test_a_shared_skill_is_hidden_in_one_view_only(laid: Callable[..., Catalog]) -> None:
    catalog = laid(branch='hide = ["fork/water"]')
    assert items(catalog, "branch/fork") == ["swing", "same"]
    assert "water" in items(catalog, "trunk/roots")
    assert catalog.hidden == {}
    catalog = laid(trunk='hide = ["roots/water"]')
    assert items(catalog, "trunk/roots") == ["dig", "handbook", "a-made-name", "well"]
    fork = catalog.milestone("branch/fork")
    assert fork is not None
    assert fork.skills[0].skill is catalog.things["trunk/roots/water"]
    assert catalog.home("trunk/roots/water") is fork
    assert standing_of(catalog, progress(""), "branch").milestones[-1].missing[0] == "trunk/roots/water"


def test_a_page_that_was_read_where_it_is_hidden_now_is_read_in_its_twin(
    laid: Callable[..., Catalog],
) -> None:
    catalog = laid(trunk='hide = ["roots/handbook"]')
    records = Records(catalog, progress('[trunk.roots.handbook]\nstate = "done"\n'))
    assert records.orphans == []
    assert records.state("branch/fork/same").value == "done"


def test_a_milestone_listed_by_reference_is_hidden_in_that_track_only(laid: Callable[..., Catalog]) -> None:
    catalog = laid(other='hide = ["roots"]')
    assert listed(catalog, "other") == ["other/rest"]
    assert catalog.tracks["other"].milestones[0].after == ()
    assert "trunk/roots" in catalog.things
    assert catalog.tracks["trunk"].milestones[1].after == (("trunk/roots",),)
    assert catalog.left_out == {"other": ("trunk/roots",)}


def test_everything_may_be_hidden(laid: Callable[..., Catalog]) -> None:
    catalog = laid(
        trunk='hide = ["roots", "stem", "crown"]', branch='hide = ["fork"]', other='hide = ["roots", "rest"]'
    )
    assert catalog.things == {}
    standing = standing_of(catalog, progress('role = "branch"\n'), "branch")
    assert (standing.hours.total, standing.claimed.percent) == (0, 100)


# Notes, moves, additions


def test_notes_are_kept_as_written_and_cleaned(lay: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    catalog, faults = lay(trunk='notes = [{ at = "roots", text = " one\\n[b]two[/b]\\u001b[31m " },\n'
                          '{ at = "roots/a-made-name", text = "x" }, { at = "roots", text = "again" }]')  # fmt: skip
    assert told(faults) == [("T011", "warning", 1, 50)]
    assert catalog.notes == {
        "trunk/roots": ("one\n[b]two[/b]\ufffd[31m", "again"),
        "trunk/roots/a-made-name": ("x",),
    }


def test_milestones_and_items_move(laid: Callable[..., Catalog]) -> None:
    catalog = laid(
        trunk='move = [{ what = "crown", before = "roots" }, { what = "trunk/stem", after = "crown" },\n'
        '{ what = "roots/water", before = "roots/dig" }, { what = "roots/handbook", after = "roots/a-made-name" }]'
    )
    assert listed(catalog, "trunk") == ["trunk/crown", "trunk/stem", "trunk/roots"]
    assert items(catalog, "trunk/roots") == ["water", "dig", "a-made-name", "handbook", "well"]
    assert catalog.tracks["trunk"].milestones[0].after == (("trunk/stem",), ("trunk/roots", "trunk/stem"))
    assert catalog.things == laid(trunk="").things | {"trunk/roots": catalog.things["trunk/roots"]}


def test_what_is_put_after_one_thing_stands_in_the_order_of_the_file(laid: Callable[..., Catalog]) -> None:
    own = "".join(
        f'[[milestones]]\nid = "{id}"\ntitle = "{id}"\n{place}\nskills = [{{ id = "s", can = "do" }}]\n'
        for id, place in {
            "a": 'place_after = "roots"',
            "b": 'place_after = "roots"',
            "c": 'place_before = "a"',
            "d": "",
        }.items()
    )
    catalog = laid(trunk=own)
    assert [name.removeprefix("trunk/") for name in listed(catalog, "trunk")] == [
        "roots",
        "c",
        "a",
        "b",
        "stem",
        "crown",
        "d",
    ]


def test_added_milestones_and_items_are_as_good_as_any(laid: Callable[..., Catalog]) -> None:
    catalog = laid(
        trunk="""
[[milestones]]
id = "mine"
title = "Mine"
place_after = "roots"
after = ["roots", ["trunk/stem", "other/rest"]]
[[milestones.skills]]
ref = "trunk/roots/dig"
[[milestones.resources]]
title = "A page"
url = "https://example.org/mine"
hours = 3
[[add]]
to = "stem"
[[add.skills]]
id = "own"
can = "do my own thing"
[[add.skills]]
ref = "branch/fork/swing"
[[add.resources]]
title = "A page"
url = "https://example.org/page"
hours = 1
[[add.projects]]
id = "hut"
title = "A hut"
hours = 5
brief = "b"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[notes]]
at = "stem/a-page"
text = "later"
"""
    )
    mine = catalog.milestone("trunk/mine")
    stem = catalog.milestone("trunk/stem")
    assert mine is not None and stem is not None
    assert mine.after == (("trunk/roots",), ("trunk/stem", "other/rest"))
    assert mine.skills[0].skill is catalog.things["trunk/roots/dig"]
    assert mine.hours == 3.5
    assert items(catalog, "trunk/stem") == ["climb", "own", "branch/fork/swing", "a-page", "hut"]
    assert (stem.needs, stem.hours) == (1, 0.5 * 3 + 1 + 5)
    assert set(catalog.added) == {
        "trunk/mine",
        "trunk/mine/a-page",
        "trunk/stem/own",
        "trunk/stem/a-page",
        "trunk/stem/hut",
    }
    assert catalog.notes == {"trunk/stem/a-page": ("later",)}
    standing = standing_of(catalog, progress('[trunk.stem.own]\nstate = "done"\n'), "branch")
    assert [one.number for one in standing.milestones] == [1, 2, 3, 4, 1]
    assert standing.milestones[2].skills_done == 1


def test_a_milestone_of_another_track_can_be_added_by_reference(laid: Callable[..., Catalog]) -> None:
    catalog = laid(trunk='[[milestones]]\nref = "other/rest"\nplace_before = "roots"\n')
    assert catalog.tracks["trunk"].milestones[0] is catalog.things["other/rest"]
    assert catalog.added == {}


def test_projects_that_come_and_go_change_how_many_are_needed(laid: Callable[..., Catalog]) -> None:
    more = '[[add]]\nto = "roots"\n[[add.projects]]\nid = "dam"\ntitle = "D"\nhours = 9\nbrief = "b"\nbuilt = ["x"]\nevaluated = ["x"]\nexplained = ["x"]\n'  # noqa: E501
    roots = laid(trunk=more).things["trunk/roots"]
    assert (roots.needs, roots.hours) == (1, 10)  # either project proves it
    roots = laid(trunk='hide = ["roots/well"]\n' + more).things["trunk/roots"]
    assert (roots.needs, roots.hours) == (1, 10 - 4 + 9)


# Updates


def test_updates_of_the_track_arrive(write_tracks: Callable[..., Path]) -> None:
    overlay = 'hide = ["roots/dig"]\n[[notes]]\nat = "stem"\ntext = "n"\n[[move]]\nwhat = "crown"\nbefore = "stem"\n'
    folder = write_tracks(trunk=TRUNK, **{"trunk.overlay": overlay})
    newer = TRUNK.replace('can = "water"', 'can = "water it well"').replace(
        '[[milestones]]\nid = "stem"',
        '[[milestones]]\nid = "bark"\ntitle = "Bark"\n[[milestones]]\nid = "stem"',
    )
    write_tracks(trunk=newer)
    catalog, faults = load_tracks([folder])
    assert faults == []
    assert listed(catalog, "trunk") == ["trunk/roots", "trunk/bark", "trunk/crown", "trunk/stem"]
    assert catalog.things["trunk/roots/water"].can == "water it well"
    assert "dig" not in items(catalog, "trunk/roots")


def test_a_renamed_thing_is_followed(write_tracks: Callable[..., Path]) -> None:
    newer = TRUNK.replace('"stem"', '"trunk-of-it"').replace(
        'title = "Stem"', 'title = "Stem"\nformer = ["stem"]'
    )
    overlay = 'hide = ["rhizome/scratch"]\nnotes = [{ at = "stem/climb", text = "n" }, { at = "stem", text = "m" }]\n'
    catalog, faults = load_tracks([write_tracks(trunk=newer, **{"trunk.overlay": overlay})])
    assert [fault.brief() for fault in faults] == []
    assert set(catalog.notes) == {"trunk/trunk-of-it/climb", "trunk/trunk-of-it"}
    assert "trunk/roots/dig" in catalog.hidden


def test_what_is_gone_is_a_warning_and_the_rest_applies(
    lay: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = lay(
        trunk="""\
hide = ["roots/digg", "stem"]
notes = [{ at = "gone", text = "x" }, { at = "crown", text = "y" }]
move = [{ what = "crown", after = "rots" }]
[[add]]
to = "leaves"
skills = [{ id = "x", can = "x" }]
[[milestones]]
id = "mine"
title = "Mine"
place_after = "rots"
after = ["rots", ["nowhere", "roots"], ["nowhere"]]
skills = [{ ref = "trunk/roots/digg" }, { id = "s", can = "do" }]
"""
    )
    places = [(1, 9), (2, 17), (3, 35), (5, 6), (10, 15), (11, 10), (11, 19), (11, 41), (12, 19)]
    assert {one.code for one in faults} == {"T027"}
    assert {one.severity for one in faults} == {"warning"}
    assert sorted((one.line, one.column) for one in faults) == places
    helps = {(one.line, one.column): one.help for one in faults}
    assert helps[1, 9] == "did you mean `roots/dig`?"
    assert helps[3, 35] == "did you mean `roots`?"
    assert helps[12, 19] == "did you mean `trunk/roots/dig`?"
    assert listed(catalog, "trunk") == ["trunk/roots", "trunk/crown", "trunk/mine"]
    assert catalog.notes == {"trunk/crown": ("y",)}
    mine = catalog.milestone("trunk/mine")
    assert mine is not None
    assert mine.after == (("trunk/roots",),)
    assert items(catalog, "trunk/mine") == ["s"]


@pytest.mark.parametrize(
    ("track", "text", "help"),
    [
        ("trunk", "climb", "write `stem/climb`"),
        ("branch", "stem", "that is in the track `trunk`, which `trunk.overlay.toml` changes"),
        ("branch", "trunk/stem/climb", "that is in the track `trunk`, which `trunk.overlay.toml` changes"),
        ("branch", "stem/climb", "that is in the track `trunk`, which `trunk.overlay.toml` changes"),
    ],
)
def test_a_slip_is_met_with_what_was_meant(
    lay: Callable[..., tuple[Catalog, list[Fault]]], track: str, text: str, help: str
) -> None:
    _catalog, (fault,) = lay(**{track: f'hide = ["{text}"]'})
    assert (fault.code, fault.help) == ("T027", help)


# Faults


def test_what_is_there_already_is_not_added_and_the_rest_is(
    lay: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = lay(
        trunk="""\
hide = ["stem"]
[[milestones]]
id = "roots"
title = "Mine"
[[milestones]]
id = "rhizome"
title = "Mine"
[[milestones]]
id = "Own One"
title = "Mine"
[[milestones]]
id = "mine"
title = "Mine"
skills = [{ id = "s", can = "a" }, { id = "s", can = "b" }]
[[milestones]]
id = "mine"
title = "Twice"
[[add]]
to = "roots"
skills = [{ id = "dig", can = "x" }, { id = "scratch", can = "x" }, { ref = "trunk/roots/dig" }, { id = "new", can="x" }]
[[add]]
to = "roots"
skills = [{ id = "new", can = "x" }, { id = "newer", can = "x" }]
"""
    )
    assert told(faults) == [
        ("T028", "error", 3, 6), ("T028", "error", 6, 6), ("T005", "error", 9, 6), ("T006", "error", 14, 43),
        ("T006", "error", 16, 6), ("T028", "error", 20, 18), ("T028", "error", 20, 45),
        ("T028", "error", 20, 77), ("T006", "error", 23, 18),
    ]  # fmt: skip
    assert listed(catalog, "trunk") == ["trunk/roots", "trunk/crown", "trunk/mine"]
    assert items(catalog, "trunk/roots")[:4] == ["dig", "water", "new", "newer"]
    assert catalog.things["trunk/roots"].title == "Roots"
    assert items(catalog, "trunk/mine") == ["s"]


def test_two_overlays_that_add_the_same_id(write_tracks: Callable[..., Path]) -> None:
    own = '[[milestones]]\nid = "mine"\ntitle = "{}"\nskills = [{{ id = "s", can = "do" }}]\n'
    first = write_tracks("first", trunk=TRUNK, **{"trunk.overlay": own.format("near")})
    second = write_tracks(
        "second",
        **{"trunk.overlay": own.format("far") + '[[add]]\nto = "roots"\nskills = [{ id = "x", can = "x" }]'},
    )
    catalog, (fault,) = load_tracks([first, second])
    assert (fault.code, fault.file, fault.line) == ("T028", str(first / "trunk.overlay.toml"), 2)
    assert catalog.things["trunk/mine"].title == "far"
    assert "trunk/roots/x" in catalog.things


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('[[move]]\nwhat = "roots"\nafter = "roots"', "T030", (3, 9)),
        ('[[move]]\nwhat = "roots/dig"\nafter = "stem"', "T030", (3, 9)),
        ('[[move]]\nwhat = "roots/dig"\nafter = "stem/climb"', "T030", (3, 9)),
        ('[[move]]\nwhat = "roots/dig"\nbefore = "roots/handbook"', "T030", (3, 10)),
        ('[[add]]\nto = "roots/dig"\nskills = [{ id = "s", can = "x" }]', "T030", (2, 6)),
        ('hide = ["Roots!"]', "T014", (1, 9)),
        ('[[milestones]]\nid = "m"\ntitle = "M"\nafter = ["trunk/roots/dig"]', "T012", (4, 10)),
        ('[[milestones]]\nref = "trunk/roots/dig"', "T012", (2, 7)),
        ('[[milestones]]\nid = "m"\ntitle = "M"\nneeds = 2', "T004", (4, 9)),
    ],
)
def test_what_cannot_be_done_is_told_and_costs_nothing_else(
    lay: Callable[..., tuple[Catalog, list[Fault]]], text: str, code: str, place: tuple[int, int]
) -> None:
    catalog, faults = lay(trunk=text, branch='hide = ["fork/same"]')
    assert [(one.code, one.severity, one.line, one.column) for one in faults] == [(code, "error", *place)]
    assert listed(catalog, "trunk")[:3] == ["trunk/roots", "trunk/stem", "trunk/crown"]
    assert "branch/fork/same" in catalog.hidden


@pytest.mark.parametrize(
    "what", ['hide = ["roots/dig"]', '[[add]]\nto = "roots"\nskills = [{ id = "s", can = "x" }]']
)
def test_the_inside_of_a_borrowed_milestone_is_changed_where_it_is_written(
    lay: Callable[..., tuple[Catalog, list[Fault]]], what: str
) -> None:
    catalog, (fault,) = lay(other=what)
    assert fault.code == "T030"
    assert "trunk.overlay.toml" in fault.help
    assert "dig" in items(catalog, "trunk/roots")


def test_milestones_of_ones_own_that_wait_for_each_other(
    lay: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    own = '[[milestones]]\nid = "{}"\ntitle = "x"\nafter = [{}]\nskills = [{{ id = "s", can = "do" }}]\n'
    catalog, faults = lay(
        trunk=own.format("a", '"branch/b"') + own.format("d", '"a"') + own.format("e", '"e"'),
        branch=own.format("b", '"c"') + own.format("c", '"trunk/a"'),
    )
    assert sorted(
        (fault.code, fault.severity, fault.file.rpartition("/")[2], fault.line) for fault in faults
    ) == [
        ("T008", "error", "branch.overlay.toml", 4),
        ("T008", "error", "trunk.overlay.toml", 4),
        ("T008", "error", "trunk.overlay.toml", 14),
    ]
    assert listed(catalog, "trunk")[3:] == ["trunk/d"]
    assert catalog.tracks["trunk"].milestones[3].after == ()
    assert listed(catalog, "branch") == ["branch/fork"]


def test_an_overlay_on_no_track(lay: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    catalog, (fault,) = lay(trank='hide = ["roots"]')
    assert (fault.code, fault.severity, fault.help) == ("T029", "warning", "did you mean `trunk`?")
    assert listed(catalog, "trunk")[0] == "trunk/roots"


def test_nothing_is_said_of_an_overlay_on_a_track_with_faults(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(trunk=TRUNK + "x = 1\n", **{"trunk.overlay": 'hide = ["gone"]'})
    _catalog, faults = load_tracks([folder])
    assert [fault.file.rpartition("/")[2] for fault in faults] == ["trunk.toml"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hide = [", ("T001", 1, 9)),
        ("hidden = []", ("T002", 1, 1)),
        ('[[notes]]\nat = "roots"', ("T003", 1, 1)),
        ('[[move]]\nwhat = "roots"', ("T003", 1, 1)),
        ('[[move]]\nwhat = "roots"\nafter = "stem"\nbefore = "crown"', ("T004", 1, 1)),
        ('[[move]]\nwhat = "roots"\nafter = ["stem"]', ("T004", 3, 9)),
        ('[[add]]\nto = "roots"', ("T003", 1, 1)),
        ('hide = "roots"', ("T004", 1, 8)),
        ("hide = [1]", ("T004", 1, 9)),
        ('[[milestones]]\nid = "x"', ("T003", 1, 1)),
        ('[[milestones]]\nref = "other/rest"\nplace_after = "stem"\ntitle = "x"', ("T004", 4, 1)),
        ('[[milestones]]\nid = "x"\ntitle = "X"\nplaceafter = "stem"', ("T002", 4, 1)),
        ('[[add]]\nto = "roots"\nskils = []\nskills = [{ id = "x", can = "y" }]', ("T002", 3, 1)),
        ('[[add]]\nto = "roots"\n[[add.skills]]\nid = "x"', ("T003", 3, 1)),
        ('[[add]]\nto = "roots"\n[[add.resources]]\ntitle = "x"\nurl = "ftp://x"', ("T013", 5, 7)),
    ],
)
def test_a_broken_overlay_is_left_out_whole_and_takes_nothing_down(
    lay: Callable[..., tuple[Catalog, list[Fault]]],
    laid: Callable[..., Catalog],
    text: str,
    found: tuple[str, int, int],
) -> None:
    catalog, (fault,) = lay(trunk=text)
    assert (fault.code, fault.line, fault.column) == found
    assert (fault.severity, fault.file.endswith("trunk.overlay.toml")) == ("error", True)
    assert catalog.tracks == laid(trunk="").tracks


def test_a_misspelled_key_is_met_with_the_keys_of_overlays(
    lay: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    _catalog, (fault,) = lay(trunk='hid = ["roots"]')
    assert fault.message == "unknown key `hid` in the overlay"
    assert fault.help == "did you mean `hide`?"


def test_an_overlay_that_cannot_be_read(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(trunk=TRUNK, **{"trunk.overlay": b"\xff\xfe"})
    (folder / "other.overlay.toml").mkdir()
    catalog, faults = load_tracks([folder])
    assert [fault.code for fault in faults] == ["T010", "T010"]
    assert list(catalog.tracks) == ["trunk"]
