"""The rail of the map: stations one below the other, side by side where their prerequisites allow it.

Pure computation. Stations come in path order, with what each waits for. Neighbors in that order that do not wait
for one another form a *stage*; a stage of several stations is drawn as several lanes:

    ◐─╮   4      a single station forks towards its successors
    ○ │   5
    │ ○   6
    ├─┤          between two stages of several stations the lanes meet
    ·─╯   7      or they join in a single station
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LANES = 4
"""The most lanes drawn; further stations of a stage share the last one."""

STATION = "*"
"""The cell in which a station's sign goes."""


class Stop(NamedTuple):
    """A station before it is drawn: its name, its track, and the groups it waits for."""

    name: str
    track: str
    after: tuple[tuple[str, ...], ...] = ()


class Row(NamedTuple):
    """One line of the rail.

    ``kind`` is ``heading``, ``station`` or ``joint``; ``name`` the track or station. ``cells`` are rail parts,
    one a lane, ``STATION`` for the sign; ``joined`` tells for each cell whether a line leads on to the next.
    ``depth`` is how many bends came before, each of which shifts the rail by one lane.
    """

    kind: str
    name: str
    cells: tuple[str, ...]
    joined: tuple[bool, ...]
    depth: int = 0


def stages(stops: Sequence[Stop]) -> list[list[Stop]]:
    """Group neighbors that may run side by side: none waits, through whatever chain, for another of its stage."""
    ancestors: dict[str, frozenset[str]] = {}
    found: list[list[Stop]] = []
    for stop in stops:
        above: set[str] = set()
        for name in (name for group in stop.after for name in group):
            above |= {name} | ancestors.get(name, frozenset())
        ancestors[stop.name] = frozenset(above)
        last = found[-1] if found else []
        fits = last and last[0].track == stop.track
        if fits and stop.after and not any(one.name in above or not one.after for one in last):
            last.append(stop)
        else:
            found.append([stop])
    return found


def draw(stops: Sequence[Stop]) -> list[Row]:
    """Return the rows of a rail, with a heading where each track begins and a bend where a branch leaves."""
    rows: list[Row] = []
    groups = stages(stops)
    track, depth, before = "", 0, 0
    for index, stage in enumerate(groups):
        lanes = min(len(stage), LANES)
        if stage[0].track != track:
            if track:
                rows += _bend(before, lanes, stage[0].track, depth)
                depth, before = depth + 1, lanes
            else:
                rows.append(Row("heading", stage[0].track, (), (), 0))
            track = stage[0].track
        following = groups[index + 1] if index + 1 < len(groups) else []
        leaving = min(len(following), LANES) if following and following[0].track == track else 0
        if lanes > 1:
            if before > 1 and rows[-1].kind != "heading":
                rows.append(_joint(before, lanes, depth))
            rows += [_among(stop.name, min(at, LANES - 1), lanes, depth) for at, stop in enumerate(stage)]
        else:
            coming = before if rows[-1].kind != "heading" else 1
            rows.append(_single(stage[0].name, coming, leaving, depth))
        before = lanes
    return rows


def _single(name: str, coming: int, leaving: int, depth: int) -> Row:
    """A station alone on the rail: lanes join in it, and fork from it."""
    width = max(coming, leaving, 1)
    cells = [STATION]
    for lane in range(1, width):
        comes, leaves = lane < coming, lane < leaving
        last = lane == width - 1
        if comes and leaves:
            cells.append("┤" if last else "┼")
        elif comes:
            cells.append("╯" if last else "┴")
        else:
            cells.append("╮" if last else "┬")
    return Row("station", name, tuple(cells), _links(width), depth)


def _among(name: str, lane: int, lanes: int, depth: int) -> Row:
    """One station of several side by side: the other lanes pass."""
    cells = tuple(STATION if at == lane else "│" for at in range(lanes))
    return Row("station", name, cells, (False,) * lanes, depth)


def _joint(above: int, below: int, depth: int) -> Row:
    """A line between two stages, where every lane meets every other."""
    width = max(above, below)
    cells = ["├" if above and below else "│"]
    for lane in range(1, width):
        up, down, last = lane < above, lane < below, lane == width - 1
        if up and down:
            cells.append("┤" if last else "┼")
        elif up:
            cells.append("╯" if last else "┴")
        else:
            cells.append("╮" if last else "┬")
    return Row("joint", "", tuple(cells), _links(width), depth)


def _bend(before: int, lanes: int, track: str, depth: int) -> list[Row]:
    """The end of one track and the way into the next: open lanes are joined, then the line turns right."""
    rows = [_joint(before, 1, depth)] if before > 1 else [Row("joint", "", ("│",), (False,), depth)]
    forks = ["┬"] * (lanes - 1) + ["╮"]
    return [*rows, Row("heading", track, ("╰", *forks), _links(lanes + 1), depth)]


def _links(width: int) -> tuple[bool, ...]:
    return tuple(lane < width - 1 for lane in range(width))
