"""Circles in graphs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.cycles import find_cycle, find_cycles, spell

NODES = st.sampled_from("abcdefg")
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=4), max_size=7)


def reaches(edges: dict[str, list[str]], start: str, end: str) -> bool:
    """Tell the slow and plain way whether one node leads to another in one step or more."""
    seen: set[str] = set()
    pending = list(edges.get(start, []))
    while pending:
        node = pending.pop()
        if node == end:
            return True
        if node not in seen:
            seen.add(node)
            pending += edges.get(node, [])
    return False


@given(GRAPHS)
def test_a_circle_is_found_exactly_when_there_is_one(edges: dict[str, list[str]]) -> None:
    in_circles = {node for node in edges if reaches(edges, node, node)}
    cycles = find_cycles(edges)
    assert bool(cycles) is bool(in_circles)
    assert find_cycle(edges) == (cycles[0] if cycles else [])
    for cycle in cycles:
        assert len(set(cycle)) == len(cycle)
        assert all(following in edges[node] for node, following in pairwise([*cycle, cycle[0]]))
    knots = {
        frozenset(b for b in in_circles if reaches(edges, a, b) and reaches(edges, b, a)) for a in in_circles
    }
    assert len(cycles) == len(knots)


def test_small_circles() -> None:
    assert find_cycle({}) == []
    assert find_cycle({"a": ["b"], "b": []}) == []
    assert find_cycle({"a": ["a"]}) == ["a"]
    assert find_cycle({"a": ["gone"]}) == []
    assert find_cycle({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}) == ["a", "b", "c"]
    assert find_cycles({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}) == [["a", "b"], ["c", "d"]]
    assert find_cycles({"a": ["b", "c"], "b": ["c"], "c": ["a"]}) == [["a", "c"]]


def test_a_chain_of_any_length_is_fine() -> None:
    length = 20_000
    chain = {str(n): [str(n + 1)] for n in range(length)}
    assert find_cycle(chain) == []
    assert len(find_cycle({**chain, str(length): ["0"]})) == length + 1


def test_a_circle_is_spelled_back_to_its_beginning() -> None:
    assert spell(["a"]) == "a -> a"
    assert spell(["a", "b"]) == "a -> b -> a"
    long = spell([str(n) for n in range(100)])
    assert long.startswith("0 -> 1 -> ")
    assert long.endswith(" -> 99 -> 0")
    assert len(long) < 100
