"""Reading a roadmap.sh drawing (JSON with nodes and edges) that a person saved for themselves.

The drawing holds boxes at places and lines between them, no order and no belonging. Both are guessed here, as a
reader of the picture would: topics follow the lines and otherwise run from top to bottom; a subtopic belongs to
the topic it is joined to, else to one in the same frame, else to the nearest. Ids of boxes are unique within one
roadmap only, so a box is always named by the roadmap's slug and its id.
"""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.authoring.importing.found import (
    MAX_STAGES,
    Found,
    ImportRefused,
    Learn,
    Link,
    Stage,
    address,
    line,
    tables,
    without_circles,
)
from roadmap.model.address import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NODES = 5000
MAX_EDGES = 20_000
MAX_FRAMES = 300

ORIGIN = "Imported from a copy of a roadmap of roadmap.sh."

CAUTION = (
    "For personal use only: the license of roadmap.sh does not allow its content to be published elsewhere.",
    "Keep this file to yourself; do not put it into a public repository.",
    "The order of milestones, and which skill belongs to which, are GUESSED from the places (x, y) of boxes",
    "and the lines between them: the drawing does not say. Look both through.",
    "Comments such as `slug/id` name the box of the drawing that something came from.",
)

LEARNED = frozenset({"subtopic", "checklist", "todo"})
DRAWN = frozenset({"title", "section", "label", "paragraph", "legend", "vertical", "horizontal"})


class _Box(NamedTuple):
    """A node of the drawing: where its middle is, and how large it is, in the drawing's own units."""

    id: str
    kind: str
    label: str
    x: float
    y: float
    width: float
    height: float
    data: dict[str, Any]

    def holds(self, other: _Box) -> bool:
        """Tell whether the middle of another box lies inside this one."""
        return abs(other.x - self.x) <= self.width / 2 and abs(other.y - self.y) <= self.height / 2


def read(data: dict[str, Any], title: str) -> Found:
    """Return what a drawing holds. Raises ImportRefused when there is no topic in it."""
    drawing = data if isinstance(data.get("nodes"), list) else data.get("draft")
    nodes = drawing.get("nodes") if isinstance(drawing, dict) else None
    if not isinstance(drawing, dict) or not isinstance(nodes, list):
        raise ImportRefused("The file has no list of `nodes`.", "Is it the JSON of a roadmap.sh roadmap?")
    lost: list[str] = []
    if len(nodes) > MAX_NODES:
        lost.append(f"{len(nodes) - MAX_NODES} boxes beyond the first {MAX_NODES:,}")
    boxes: dict[str, _Box] = {}
    for node in tables(nodes, MAX_NODES):
        box = _box(node)
        if box.id in boxes:
            lost.append(f'the box "{box.label or box.id}", whose id another box has')
        elif box.id:
            boxes[box.id] = box
    edges = _edges(drawing.get("edges"), boxes, lost)
    topics, children = _belonging(boxes, edges, lost)
    if not topics:
        raise ImportRefused(
            "No topic with a label is in the drawing.", "Is it the JSON of a roadmap.sh roadmap?"
        )
    name = line(data.get("slug"), 80) or slug(title)
    after = _after(topics, edges, lost)
    order = _in_order(topics, after)
    links = _links(boxes, topics, lost)
    stages = []
    for topic in order:
        own = sorted(children[topic.id], key=lambda one: (one[0].y, one[0].x, one[0].id))
        skills = tuple(Learn(box.label, f"{name}/{box.id}{how}") for box, how in own) or (Learn(topic.label),)
        stages.append(
            Stage(topic.id, topic.label, skills, tuple(links[topic.id]), after=tuple(after[topic.id]),
                  after_note="guessed from a line",
                  source=f"{name}/{topic.id}")
        )  # fmt: skip
    lost += _rest(data, {id: box for id, box in boxes.items() if id not in topics})
    named = data.get("title")
    named = (named.get("page") or named.get("card")) if isinstance(named, dict) else named
    return Found(
        line(named, 60) or title,
        tuple(stages),
        ORIGIN,
        CAUTION,
        tuple(lost),
        line(data.get("description"), 200),
    )


def _box(node: dict[str, Any]) -> _Box:
    inner, place = node.get("data"), node.get("position")
    inner = inner if isinstance(inner, dict) else {}
    place = place if isinstance(place, dict) else {}
    sizes = [one for key in ("measured", "style") if isinstance(one := node.get(key), dict)]
    width, height = (
        next((size for table in (node, *sizes) if (size := _number(table.get(side))) > 0), 0.0)
        for side in ("width", "height")
    )
    return _Box(
        line(node.get("id"), 80),
        line(node.get("type"), 40),
        line(inner.get("label"), 400),
        _number(place.get("x")) + width / 2,
        _number(place.get("y")) + height / 2,
        width,
        height,
        inner,
    )


def _number(value: object) -> float:
    """Return a number of the drawing; 0 for anything that is none, or is beyond all screens."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if -1e7 < value < 1e7 else 0.0


def _edges(edges: object, boxes: dict[str, _Box], lost: list[str]) -> list[tuple[str, str, bool]]:
    """Return lines as (from, to, solid). Lines without two known ends are lost."""
    found = []
    loose = 0
    for edge in tables(edges, MAX_EDGES):
        source, target = line(edge.get("source"), 80), line(edge.get("target"), 80)
        inner = edge.get("data")
        solid = not (isinstance(inner, dict) and inner.get("edgeStyle") == "dashed")
        if source in boxes and target in boxes:
            found.append((source, target, solid))
        else:
            loose += 1
    if loose:
        lost.append(f"lines that do not join two boxes: {loose}")
    if isinstance(edges, list) and len(edges) > MAX_EDGES:
        lost.append(f"{len(edges) - MAX_EDGES} lines beyond the first {MAX_EDGES:,}")
    return found


def _belonging(
    boxes: dict[str, _Box], edges: list[tuple[str, str, bool]], lost: list[str]
) -> tuple[dict[str, _Box], dict[str, list[tuple[_Box, str]]]]:
    """Return the topics, and the subtopics of each, with a word on how that was guessed."""
    named = [box for box in boxes.values() if box.label]
    topics = [box for box in named if box.kind == "topic"] or [box for box in named if box.kind == "label"]
    small = [box for box in named if box.kind in LEARNED]
    if not topics:
        topics, small = small, []
    if len(topics) > MAX_STAGES:
        topics = sorted(topics, key=lambda box: (box.y, box.x, box.id))
        lost.append(f"{len(topics) - MAX_STAGES} topics beyond the {MAX_STAGES} stages a track can have")
        topics = topics[:MAX_STAGES]
    by_id = {box.id: box for box in topics}
    joined: dict[str, str] = {}
    for source, target, _solid in edges:
        if source in by_id:
            joined.setdefault(target, source)
        elif target in by_id:
            joined.setdefault(source, target)
    frames = [box for box in boxes.values() if box.kind == "section"]
    frames = sorted(frames, key=lambda box: box.width * box.height)[:MAX_FRAMES]  # the tightest first
    inside = {
        box.id: next((frame.id for frame in frames if frame.holds(box)), None) for box in (*topics, *small)
    }
    children: dict[str, list[tuple[_Box, str]]] = {box.id: [] for box in topics}
    for box in small:
        frame = inside[box.id]
        near = [topic for topic in topics if frame is not None and inside[topic.id] == frame] or topics
        if box.id in joined:
            children[joined[box.id]].append((box, ""))
        else:
            how = "same frame" if near is not topics else "nearest topic"
            children[_nearest(box, near).id].append((box, f" (guessed: {how})"))
    return by_id, children


def _nearest(box: _Box, topics: Iterable[_Box]) -> _Box:
    return min(topics, key=lambda topic: (math.hypot(topic.x - box.x, topic.y - box.y), topic.id))


def _after(
    topics: dict[str, _Box], edges: list[tuple[str, str, bool]], lost: list[str]
) -> dict[str, list[str]]:
    """Return which topics come before each: those that a solid line leads from."""
    # From the bottom up, so that of the lines in a circle the one that leads upward is dropped.
    upward = sorted(topics.values(), key=lambda box: (-box.y, -box.x, box.id))
    wanted: dict[str, list[str]] = {box.id: [] for box in upward}
    dashed = 0
    for source, target, solid in edges:
        if source in topics and target in topics and source != target:
            if solid:
                wanted[target].append(source)
            else:
                dashed += 1
    if dashed:
        lost.append(f"dashed lines between topics: {dashed}")
    after, circles = without_circles(wanted)
    lost += [
        f'the line from "{line(topics[what].label, 40)}" to "{line(topics[who].label, 40)}", which closes a circle'
        for who, what in circles
    ]
    return after


def _in_order(topics: dict[str, _Box], after: dict[str, list[str]]) -> list[_Box]:
    """Order topics so that each follows what comes before it; otherwise from top to bottom, left to right."""
    following: dict[str, list[str]] = {id: [] for id in topics}
    missing = {id: len(before) for id, before in after.items()}
    for id, before in after.items():
        for one in before:
            following[one].append(id)
    ready = [(box.y, box.x, id) for id, box in topics.items() if not missing[id]]
    heapq.heapify(ready)
    order = []
    while ready:
        _y, _x, id = heapq.heappop(ready)
        order.append(topics[id])
        for one in following[id]:
            missing[one] -= 1
            if not missing[one]:
                heapq.heappush(ready, (topics[one].y, topics[one].x, one))
    return order


def _links(boxes: dict[str, _Box], topics: dict[str, _Box], lost: list[str]) -> dict[str, list[Link]]:
    """Give the links of buttons and link lists to the nearest topic."""
    links: dict[str, list[Link]] = {id: [] for id in topics}
    for box in boxes.values():
        given = tables(box.data.get("links"), 100) if box.kind == "linksgroup" else []
        pairs = [(line(one.get("label")), one.get("url")) for one in given]
        if box.data.get("href") is not None and box.kind in ("button", "resourceButton"):
            pairs.append((box.label, box.data["href"]))
        for label, url in pairs:
            if good := address(url):
                links[_nearest(box, topics.values()).id].append(Link(label or good[:200], good))
            else:
                lost.append(f'the link "{line(label, 60)}", which is not a web address')
    return links


def _rest(data: dict[str, Any], boxes: dict[str, _Box]) -> list[str]:
    """List what else the drawing holds, which a track has no place for."""
    lost = []
    for kind in sorted({box.kind for box in boxes.values()}):
        if kind in DRAWN:
            words = [f'"{line(box.label, 40)}"' for box in boxes.values() if box.kind == kind and box.label]
            some = f": {', '.join(words[:8])}{', ...' if len(words) > 8 else ''}" if words else ""
            number = sum(1 for box in boxes.values() if box.kind == kind)
            lost.append(f"drawn as `{kind}` ({number}){some}")
        elif kind not in LEARNED | {"topic", "linksgroup", "button", "resourceButton"}:
            lost.append(f'boxes of the unknown type "{kind}"')
    unnamed = sum(1 for box in boxes.values() if not box.label and box.kind in LEARNED | {"topic"})
    if unnamed:
        lost.append(f"topics without a label: {unnamed}")
    lost += [
        f"`{key}`"
        for key in ("questions", "courses", "relatedRoadmaps", "seo", "dimensions")
        if data.get(key)
    ]
    return [*lost, "the text and the resources of topics: the drawing does not hold them"]
