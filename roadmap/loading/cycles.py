"""Finding circles in a graph, without recursion, so that a chain of any length is fine."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def find_cycle(edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the nodes of one circle in order, or an empty list when there is none.

    Time is linear in nodes and edges. An edge to a node that is not a key is an edge to a dead end.
    """
    found = find_cycles(edges, limit=1)
    return found[0] if found else []


def find_cycles(edges: Mapping[str, Sequence[str]], limit: int = 1000) -> list[list[str]]:
    """Return one shortest circle for each knot of circles, each beginning with its first node.

    Nodes that can reach each other form a knot (a strongly connected component); mending its circle may show
    another one, but two knots have nothing to do with each other and are both told at once. Time is linear in
    nodes and edges.
    """
    order = {node: index for index, node in enumerate(edges)}
    firsts = [(min(knot, key=order.__getitem__), knot) for knot in _knots(edges)]
    firsts.sort(key=lambda pair: order[pair[0]])
    return [_shortest(edges, first, set(knot)) for first, knot in firsts[:limit]]


def _knots(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the strongly connected components that hold a circle: Tarjan's algorithm with a stack of its own."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    trail: list[str] = []
    on_trail: set[str] = set()
    knots: list[list[str]] = []
    for start in edges:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        trail.append(start)
        on_trail.add(start)
        pending = [(start, iter(edges[start]))]
        while pending:
            node, rest = pending[-1]
            following = next(rest, None)
            if following is None:
                pending.pop()
                if pending:
                    low[pending[-1][0]] = min(low[pending[-1][0]], low[node])
                if low[node] == index[node]:
                    knot: list[str] = []
                    while not knot or knot[-1] != node:
                        knot.append(trail.pop())
                        on_trail.discard(knot[-1])
                    if len(knot) > 1 or node in edges[node]:
                        knots.append(knot)
            elif following in on_trail:
                low[node] = min(low[node], index[following])
            elif following in edges and following not in index:
                index[following] = low[following] = len(index)
                trail.append(following)
                on_trail.add(following)
                pending.append((following, iter(edges[following])))
    return knots


def _shortest(edges: Mapping[str, Sequence[str]], start: str, inside: set[str]) -> list[str]:
    """Return a shortest circle through one node of a knot."""
    came_from: dict[str, str] = {}
    pending = deque([start])
    while pending:
        node = pending.popleft()
        for following in edges[node]:
            if following == start:
                cycle = [node]
                while cycle[-1] != start:
                    cycle.append(came_from[cycle[-1]])
                return cycle[::-1]
            if following in inside and following not in came_from:
                came_from[following] = node
                pending.append(following)
    raise AssertionError("a knot has a circle through each of its nodes")


def spell(cycle: Sequence[str]) -> str:
    """Write a circle with arrows, back to where it began; of a very long one its beginning and its end."""
    long = len(cycle) > 12
    middle = [*cycle[:6], f"({len(cycle) - 9} more)", *cycle[-3:]] if long else cycle
    return " -> ".join([*middle, cycle[0]])
