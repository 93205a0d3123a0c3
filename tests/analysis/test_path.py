"""The path of a role, and the order of everything in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.path import items_of, order_of, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog


def milestone(id: str, more: str = "") -> str:
    return f'[[milestones]]\nid = "{id}"\ntitle = "{id.title()}"\nhours = 2\n{more}\n'


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(
        root='title = "Root"\n' + milestone("a") + milestone("top", "capstone = true"),
        middle='title = "Middle"\nextends = "root"\n' + milestone("b") + milestone("peak", "capstone = true"),
        leaf='title = "Leaf"\nextends = "middle"\n[[milestones]]\nref = "root/top"\n' + milestone("c"),
        apart='title = "Apart"\n' + milestone("d") + '[[milestones]]\nref = "middle/b"\n',
    )


@pytest.mark.parametrize(
    ("role", "chain", "milestones"),
    [
        ("root", ("root",), ["root/a", "root/top"]),
        ("middle", ("root", "middle"), ["root/a", "middle/b", "middle/peak"]),
        # A capstone is on the path of the role that lists it, even by reference.
        ("leaf", ("root", "middle", "leaf"), ["root/a", "middle/b", "root/top", "leaf/c"]),
        ("apart", ("apart",), ["apart/d", "middle/b"]),
    ],
)
def test_a_path_runs_from_the_root_to_the_role(
    tracks: Catalog, role: str, chain: tuple[str, ...], milestones: list[str]
) -> None:
    path = path_of(tracks, role)
    assert path.role == role
    assert path.tracks == chain
    assert [one.address for one in path.milestones] == milestones
    assert path.hours == 2 * len(milestones)


def test_an_unknown_role_is_a_key_error(tracks: Catalog) -> None:
    with pytest.raises(KeyError):
        path_of(tracks, "nobody")


def test_the_file_begins_with_the_path_of_the_role(tracks: Catalog) -> None:
    assert order_of(tracks, "apart")[:2] == ["apart/d", "middle/b"]
    assert sorted(order_of(tracks, None)) == sorted(tracks.things)
    assert order_of(tracks, "nobody") == order_of(tracks, None)


@settings(max_examples=30)
@given(data=st.data())
def test_the_order_holds_every_address_once(worlds: Any, data: st.DataObject) -> None:
    catalog, _progress = data.draw(worlds)
    for role in (None, *catalog.tracks):
        order = order_of(catalog, role)
        assert sorted(order) == sorted(catalog.things)
        place = {address: index for index, address in enumerate(order)}
        for track in catalog.tracks.values():
            for one in track.milestones:
                first = place[one.address]
                assert [place[item] for item in items_of(one)] == list(
                    range(first + 1, first + 1 + len(items_of(one)))
                )


@pytest.mark.parametrize(
    ("role", "hours", "milestones"),
    [
        ("ai-engineer", 365, 13),
        ("genai-developer", 531, 20),
        ("agentic-ai-engineer", 544, 21),
        ("forward-deployed-engineer", 649, 22),
        ("ml-engineer", 386, 12),
    ],
)
def test_the_bundled_paths_have_their_hours(bundle: Catalog, role: str, hours: int, milestones: int) -> None:
    path = path_of(bundle, role)
    assert path.hours == hours
    assert len(path.milestones) == milestones
    assert [one.address for one in path.milestones if one.capstone] == [path.milestones[-1].address]
