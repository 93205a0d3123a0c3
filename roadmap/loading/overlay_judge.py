"""From the text of one overlay file to its checked shape, and to the operations that make sense for its track.

An overlay that does not fit its shape is left out whole. All other faults cost their entry alone: a track may lose
a skill, or gain one, on any day, and what else a person has changed of it must not go with that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from roadmap.loading.judge import Draft, check, parse
from roadmap.loading.outline import Outline, item_ids, outline, stage_of, tables, words
from roadmap.loading.overlay import Move, Spot
from roadmap.loading.overlay_shape import OverlayShape

if TYPE_CHECKING:
    from roadmap.loading.outline import Entry, Stage
    from roadmap.loading.spans import Path

ADD = "add"
"""The key of additions; in the outline of an overlay, each of them is a stage whose place begins with it."""


@dataclass(slots=True, eq=False)
class OverlayDraft(Draft):
    """One overlay file on its way to an overlay. ``id`` is that of the track it changes.

    ``asked`` is what the file says, if it fits the shape. The rest is found by ``overlay_links``: what to hide, to
    remark and to move; ``dropped`` are the places of entries that cannot be used, ``ids`` those made for resources
    without one, and ``targets`` the milestones that additions go to, each by its place.
    """

    asked: OverlayShape | None = None
    hide: list[Spot] = field(default_factory=list)
    notes: list[tuple[Spot, str]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    dropped: set[Path] = field(default_factory=set)
    ids: dict[Path, str] = field(default_factory=dict)
    targets: dict[Path, str] = field(default_factory=dict)

    @property
    def outline(self) -> Outline:
        """The milestones and additions of the file, as written; an addition is a stage that is no milestone."""
        if self._outline is None:
            own = outline(self.id, self.data)
            added = [stage_of(path, table) for path, table in tables(self.data, ADD, ())]
            self._outline = own._replace(extends="", stages=(*own.stages, *added))
        return self._outline


def judge_overlay(id: str, file: str, text: str) -> OverlayDraft:
    """Parse and check one overlay by itself. What it names is judged later, in ``overlay_links``."""
    parsed = parse(id, file, text.removeprefix("\ufeff"))
    draft = OverlayDraft(id, file, parsed.text, parsed.data, faults=parsed.faults, parsed=parsed.parsed)
    draft.asked = check(draft, OverlayShape)
    return draft


class Listed(NamedTuple):
    """A thing that a track lists: its kind, and where it is. ``by`` is the overlay that added it, if one did."""

    kind: str
    spot: Spot
    by: OverlayDraft | None = None
    path: Path = ()


class Listing:
    """What a track lists, by the names that an overlay uses: ``milestone`` and ``milestone/item``.

    ``borrowed`` are the names of milestones that are written in another track, with that track. ``former`` maps
    former names to present ones.
    """

    def __init__(self, one: Outline) -> None:
        self.track = one.id
        self.things: dict[str, Listed] = {}
        self.borrowed: dict[str, str] = {}
        self.former: dict[str, str] = {}
        self._whole: dict[str, list[str]] = {}
        for stage in one.stages:
            self.add(stage)

    def add(self, stage: Stage, by: OverlayDraft | None = None) -> None:
        """List a milestone with its items; one whose name is there already is passed over."""
        name = name_of(stage)
        if not name or name in self.things:
            return
        address = stage.ref or f"{self.track}/{name}"
        self._list(name, Listed("milestone", Spot(address), by, stage.path))
        if stage.ref:
            self.borrowed[name] = stage.ref.partition("/")[0]
        self._remember(stage.data.get("former"), "", name)
        self.extend(name, list(zip(stage.entries, item_ids(stage.entries), strict=True)), by)

    def extend(self, name: str, items: list[tuple[Entry, str]], by: OverlayDraft | None = None) -> None:
        """List items of a milestone, each with its id. A thing's own name goes before that of a reference."""
        home = self.things[name].spot.milestone
        for entry, id in sorted(items, key=lambda item: bool(item[0].ref)):
            if id and f"{name}/{id}" not in self.things:
                spot = Spot(home, entry.ref or f"{home}/{id}")
                self._list(f"{name}/{id}", Listed(entry.kind, spot, by, entry.path))
                self._remember(entry.data.get("former"), f"{name}/", id)

    def _list(self, name: str, one: Listed) -> None:
        self.things[name] = one
        self._whole.setdefault(one.spot.address, []).append(name)

    def _remember(self, former: object, home: str, id: str) -> None:
        for one in former if isinstance(former, list) else ():
            if isinstance(one, str):
                self.former.setdefault(f"{home}{one}", f"{home}{id}")

    def name(self, text: str) -> str | None:
        """Return the name that a text means, or None. A former name and a whole address will do."""
        for attempt in (text, text.removeprefix(f"{self.track}/")):
            head, slash, item = self.former.get(attempt, attempt).partition("/")
            now = self.former.get(head, head) + slash + item
            now = self.former.get(now, now)
            if now in self.things:
                return now
        whole = self._whole.get(text, [])
        return whole[0] if len(whole) == 1 else None

    def lists(self, address: str, name: str) -> bool:
        """Tell whether a milestone lists the thing at an address."""
        return any(one.startswith(f"{name}/") for one in self._whole.get(address, ()))

    def taken(self, name: str) -> list[str]:
        """Return the ids that items of a milestone have."""
        return [one.removeprefix(f"{name}/") for one in self.things if one.startswith(f"{name}/")]


def name_of(stage: Stage) -> str:
    """Return the name by which a milestone goes in the track that lists it."""
    return stage.ref.rpartition("/")[2] or stage.id


def additions(draft: OverlayDraft) -> list[tuple[Stage, str]]:
    """Return the additions of an overlay, each with the text that says where it goes."""
    return [(stage, words(stage.data, "to")) for stage in draft.outline.stages if stage.path[0] == ADD]


def milestones(draft: OverlayDraft) -> list[Stage]:
    """Return the milestones that an overlay adds."""
    return [stage for stage in draft.outline.stages if stage.path[0] != ADD]
