"""Finding a circle in a graph, without recursion, so that a chain of any length is fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def find_cycle(edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the nodes of one circle in order, or an empty list when there is none.

    Time is linear in nodes and edges. An edge to a node that is not a key is an edge to a dead end.
    """
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        trail: list[str] = [start]
        on_trail = {start}
        pending = [iter(edges[start])]
        while pending:
            following = next(pending[-1], None)
            if following is None:
                pending.pop()
                finished = trail.pop()
                on_trail.discard(finished)
                done.add(finished)
            elif following in on_trail:
                return trail[trail.index(following) :]
            elif following not in done and following in edges:
                trail.append(following)
                on_trail.add(following)
                pending.append(iter(edges[following]))
    return []
