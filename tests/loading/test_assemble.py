"""Tracks put together: what one track's fault does to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog

T = 'title = "T"\n'
M = '[[milestones]]\nid = "m"\ntitle = "M"\n'
N = '[[milestones]]\nid = "n"\ntitle = "N"\n'
S = '[[milestones.skills]]\nid = "s"\ncan = "do"\n'


def test_a_track_that_extends_a_faulty_one_is_left_out_with_its_own_fault(
    load: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = load(
        root="title = 3\n" + M,
        stem=f'{T}extends = "root"\n{M}',
        leaf=f'{T}extends = "stem"\n{M}',
        apart=T + M,
    )
    assert list(catalog.tracks) == ["apart"]
    told = {
        fault.file.rpartition("/")[2]: (fault.code, fault.line, fault.column, fault.message)
        for fault in faults
    }
    assert told == {
        "root.toml": ("T004", 1, 9, "`title`: should be a string"),
        "stem.toml": ("T007", 2, 11, "extends `root`, which has faults of its own"),
        "leaf.toml": ("T007", 2, 11, "extends `stem`, which has faults of its own"),
    }


def test_references_into_a_faulty_track_are_dropped_with_a_warning(
    load: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = load(
        bad="title = 3\n" + M + S,
        t=f'{T}{M}after = ["bad/m", ["n", "bad/m"]]\n[[milestones.skills]]\nref = "bad/m/s"\n{N}'
        '[[milestones]]\nref = "bad/m"\n',
    )
    [track] = catalog.tracks.values()
    assert [one.address for one in track.milestones] == ["t/m", "t/n"]
    assert track.milestones[0].after == (("t/n",),)
    assert track.milestones[0].skills == ()
    own = [fault for fault in faults if fault.file.endswith("/t.toml")]
    assert [(fault.code, fault.severity) for fault in own] == [("T007", "warning")] * 4
    assert sorted((fault.line, fault.column) for fault in own) == [(5, 10), (5, 25), (7, 7), (12, 7)]
    assert all("is in a track that has faults; left out for now" in fault.message for fault in own)


def test_tracks_that_extend_each_other_are_all_left_out(
    load: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = load(
        a=f'{T}extends = "b"\n{M}', b=f'{T}extends = "c"\n{M}', c=f'{T}extends = "a"\n{M}',
        d=f'{T}extends = "a"\n{M}', fine=T + M,
    )  # fmt: skip
    assert list(catalog.tracks) == ["fine"]
    circle = [fault for fault in faults if fault.code == "T009"]
    assert [(fault.line, fault.column) for fault in circle] == [(2, 11)] * 3
    assert all("a -> b -> c -> a" in fault.message for fault in circle)
    assert [fault.file.rpartition("/")[2] for fault in faults if fault.code == "T007"] == ["d.toml"]


def test_milestones_of_two_tracks_that_wait_for_each_other(
    load: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = load(a=f'{T}{M}after = ["b/m"]\n', b=f'{T}{M}after = ["a/m"]\n', fine=T + M)
    assert list(catalog.tracks) == ["fine"]
    assert {(fault.file[-6:], fault.code, fault.line, fault.column) for fault in faults} == {
        ("a.toml", "T008", 5, 10), ("b.toml", "T008", 5, 10),
    }  # fmt: skip


def test_a_long_circle_is_not_spelled_in_full(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    milestones = "".join(
        f'[[milestones]]\nid = "m{n}"\ntitle = "M"\nafter = ["m{(n + 1) % 150}"]\n' for n in range(150)
    )
    _catalog, faults = load(t=T + milestones)
    assert {fault.code for fault in faults} == {"T008"}
    assert all(len(fault.message) < 300 for fault in faults)


def test_a_mended_track_brings_its_branches_back(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    texts = {"root": "title = 3\n" + M, "leaf": f'{T}extends = "root"\n{M}'}
    assert list(load(**texts)[0].tracks) == []
    catalog, faults = load(**{**texts, "root": T + M})
    assert list(catalog.tracks) == ["root", "leaf"]
    assert faults == []


def test_references_may_lead_both_ways_between_tracks(sound: Callable[..., Catalog]) -> None:
    catalog = sound(
        a=f'{T}{M}{S}[[milestones.skills]]\nref = "b/m/s"\n',
        b=f'{T}{M}{S}[[milestones.skills]]\nref = "a/m/s"\n[[milestones]]\nref = "a/m"\n',
    )
    one, other = catalog.tracks["a"], catalog.tracks["b"]
    assert [entry.skill.address for entry in one.milestones[0].skills] == ["a/m/s", "b/m/s"]
    assert [entry.shared for entry in other.milestones[0].skills] == [False, True]
    assert other.milestones[1] is one.milestones[0]


def test_no_tracks_at_all(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    catalog, faults = load()
    assert (catalog.tracks, faults) == ({}, [])


def test_a_long_chain_of_tracks_is_fine(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    chain = {f"t{n}": f'{T}extends = "t{n + 1}"\n{M}' for n in range(400)}
    assert len(load(**chain, t400=T + M)[0].tracks) == 401
    catalog, faults = load(**chain, t400="title = 3\n" + M)
    assert len(catalog.tracks) == 0
    assert len(faults) == 401
