"""From judged overlays to the tracks with the overlays over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from roadmap.loading.overlay import Addition, Overlay, apply
from roadmap.loading.overlay_links import judge_overlays
from roadmap.loading.overlay_shape import AddShape, OwnMilestoneShape
from roadmap.loading.parts import build_project, build_resources

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from roadmap.loading.assemble import Builder
    from roadmap.loading.overlay_judge import OverlayDraft
    from roadmap.loading.spans import Path
    from roadmap.model.catalog import Overlaid
    from roadmap.model.track import Milestone, Track

_Items = TypeVar("_Items", OwnMilestoneShape, AddShape)


def lay_over(
    tracks: Mapping[str, Track], builder: Builder, drafts: Sequence[OverlayDraft], dead: Collection[str]
) -> tuple[dict[str, Track], Overlaid]:
    """Return the tracks with overlays laid over them, in order, and what the overlays did.

    ``builder`` has built the tracks; ``dead`` tracks were left out for faults of their own. The faults of the
    overlays are recorded in their drafts.
    """
    sound = [draft for draft in drafts if draft.asked is not None and not draft.failed]
    judge_overlays(sound, {id: draft.outline for id, draft in builder.drafts.items()}, dead)
    known = [draft for draft in sound if draft.id in tracks]
    return apply(tracks, _Words(builder, known).build())


class _Words:
    """Makes overlays of their shapes, without what was found to lead nowhere."""

    def __init__(self, builder: Builder, drafts: Sequence[OverlayDraft]) -> None:
        self.builder = builder
        self.drafts = drafts
        self.known = set(builder.milestones)

    def build(self) -> list[Overlay]:
        """Build skills first, since milestones share them."""
        stages = [self._milestones(draft) for draft in self.drafts]
        additions = [self._additions(draft) for draft in self.drafts]
        for draft, shapes, more in zip(self.drafts, stages, additions, strict=True):
            for one in shapes:
                if one.ref is None:
                    self.known.add(f"{draft.id}/{one.id}")
                    self.builder.build_skills(f"{draft.id}/{one.id}", one.skills)
            for home, addition in more:
                self.builder.build_skills(home, addition.skills)
        return [
            Overlay(
                draft.id,
                draft.file,
                tuple(draft.hide),
                tuple(draft.notes),
                tuple(draft.moves),
                tuple(built for one in shapes if (built := self._milestone(draft.id, one)) is not None),
                tuple(self._addition(home, addition) for home, addition in more),
            )
            for draft, shapes, more in zip(self.drafts, stages, additions, strict=True)
        ]

    def _milestones(self, draft: OverlayDraft) -> list[OwnMilestoneShape]:
        assert draft.asked is not None
        found = []
        for index, shape in enumerate(draft.asked.milestones):
            path: Path = ("milestones", index)
            if path not in draft.dropped:
                one = _usable(draft, path, shape)
                found.append(one.model_copy(update={"after": _after(draft, path, shape)}))
        return found

    def _additions(self, draft: OverlayDraft) -> list[tuple[str, AddShape]]:
        assert draft.asked is not None
        shapes = [(("add", index), shape) for index, shape in enumerate(draft.asked.add)]
        return [
            (draft.targets[path], _usable(draft, path, shape))
            for path, shape in shapes
            if path in draft.targets
        ]

    def _milestone(self, track: str, shape: OwnMilestoneShape) -> Milestone | None:
        if shape.ref is not None:
            return self.builder.milestones.get(shape.ref)
        built = self.builder.milestone(track, shape)
        after = tuple(
            kept for group in built.after if (kept := tuple(one for one in group if one in self.known))
        )
        return built._replace(after=after, needs=min(built.needs, len(built.projects)))

    def _addition(self, home: str, shape: AddShape) -> Addition:
        return Addition(
            home,
            self.builder.entries(home, shape.skills),
            build_resources(home, shape.resources, set()),
            tuple(build_project(home, project) for project in shape.projects),
        )


def _usable(draft: OverlayDraft, path: Path, shape: _Items) -> _Items:
    """Return a shape without the items that were dropped; resources have the ids that were made for them."""
    update: dict[str, Any] = {}
    for key in ("skills", "resources", "projects"):
        kept = []
        for index, item in enumerate(getattr(shape, key)):
            place = (*path, key, index)
            if place not in draft.dropped:
                kept.append(item.model_copy(update={"id": draft.ids[place]}) if place in draft.ids else item)
        update[key] = kept
    return shape.model_copy(update=update)


def _after(draft: OverlayDraft, path: Path, shape: OwnMilestoneShape) -> list[str | list[str]]:
    """Return what a milestone waits for, without what was dropped."""
    kept: list[str | list[str]] = []
    for index, wanted in enumerate(shape.after):
        place = (*path, "after", index)
        if isinstance(wanted, str):
            kept += [] if place in draft.dropped else [wanted]
        elif group := [one for at, one in enumerate(wanted) if (*place, at) not in draft.dropped]:
            kept.append(group)
    return kept
