"""Rules about whole sections: nothing in them (T020), or no way to them (T019)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from roadmap.loading.judge import tick
from roadmap.loading.outline import KINDS
from roadmap.loading.shape import MilestoneShape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.outline import Outline


def empty_milestones(draft: Draft) -> Iterator[Fault]:
    """A milestone holds something to learn, read or build (T020)."""
    for stage in draft.outline.stages:
        # A misspelled `skils` is told as such; it is not an empty milestone as well.
        if (
            not stage.ref
            and stage.id
            and not any(stage.data.get(key) for key in KINDS)
            and _known(stage.data)
        ):
            yield draft.at("T020", f"the milestone {tick(stage.id)} holds nothing", stage.path, key=True,
                           severity="warning", help="give it at least one skill, or delete it")  # fmt: skip


@cache
def _fields() -> frozenset[str]:
    return frozenset(MilestoneShape.model_fields)


def _known(table: dict[str, Any]) -> bool:
    return _fields().issuperset(table)


class Paths:
    """Which milestones a person meets on the path of a role, in a set of tracks.

    On the path of a role are the milestones of the tracks it extends, their capstones left out, and its own.
    """

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self.outlines = outlines
        self.exists: set[str] = set()
        self._own: dict[str, set[str]] = {}
        self._passed_on: dict[str, set[str]] = {}
        for one in outlines.values():
            listed = {stage.ref or f"{one.id}/{stage.id}": stage for stage in one.stages}
            self.exists.update(listed)
            self._own[one.id] = set(listed)
            self._passed_on[one.id] = {
                address for address, stage in listed.items() if stage.data.get("capstone") is not True
            }

    def misses(self, track: str, wanted: Sequence[str]) -> bool:
        """Tell whether none of the wanted milestones is on the path of a track, though all of them exist.

        False as well when nobody can tell: the track extends something that cannot be read, or itself.
        """
        if any(address in self._own[track] or address not in self.exists for address in wanted):
            return False
        met = {track}
        above = self.outlines[track].extends
        while above in self.outlines and above not in met:
            if any(address in self._passed_on[above] for address in wanted):
                return False
            met.add(above)
            above = self.outlines[above].extends
        return not above


def out_of_reach(draft: Draft, paths: Paths) -> Iterator[Fault]:
    """Each milestone waits only for what a person who follows the track meets (T019).

    One that waits for something else stays locked for good, unless the person leaves the path.
    """
    for stage in draft.outline.stages:
        for group in stage.after:
            whole = [text if "/" in text else f"{draft.id}/{text}" for _path, text in group]
            if whole and paths.misses(draft.id, whole):
                names = " or ".join(tick(address) for address in whole)
                yield draft.at("T019", f"{tick(stage.id)} waits for {names}, which is not on the path of this role",
                               group[0][0], severity="warning",
                               help="list that milestone here with `ref`, extend its track, or drop it")  # fmt: skip
