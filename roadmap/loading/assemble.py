"""From checked files to the catalog: whole addresses, references followed, what cannot be used left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading.links import judge_links
from roadmap.loading.parts import build_project, build_resources, build_role, one_line, work_out_hours
from roadmap.model.catalog import Catalog
from roadmap.model.track import (
    Milestone,
    Question,
    Signal,
    Skill,
    SkillEntry,
    Track,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.overlay_judge import OverlayDraft
    from roadmap.loading.shape import MilestoneShape, SkillShape, TrackShape


def assemble(drafts: Iterable[Draft], overlays: Sequence[OverlayDraft] = ()) -> tuple[Catalog, list[Fault]]:
    """Build the catalog from all tracks that are sound; return it with the faults of all files.

    A track with an error is left out, and with it the tracks that extend it. References into a track that was
    left out for its faults are dropped with a warning, so that one bad file does not pull down the others. The
    overlays are laid over the tracks in order; none of them can take a track down.
    """
    all_drafts = {draft.id: draft for draft in drafts}
    alive = {id: draft for id, draft in all_drafts.items() if not draft.failed}
    while True:
        found = judge_links(alive, dead=set(all_drafts) - set(alive))
        failed = {id for id, faults in found.items() if any(fault.severity == "error" for fault in faults)}
        if not failed:
            break
        for id in failed:
            all_drafts[id].faults += found[id]
            del alive[id]
        _orphans(alive, failed)
    for id, faults in found.items():
        all_drafts[id].faults += faults
    builder = Builder(alive)
    tracks = {track.id: track for track in _in_order(builder.build())}
    told = [fault for draft in all_drafts.values() for fault in draft.faults]
    if not overlays:
        return Catalog(tracks), told
    from roadmap.loading.overlay_build import lay_over

    changed, overlaid = lay_over(tracks, builder, overlays, set(all_drafts) - set(alive))
    return Catalog(changed, overlaid), [*told, *(fault for draft in overlays for fault in draft.faults)]


def _orphans(alive: dict[str, Draft], failed: set[str]) -> None:
    """Leave out at once whatever extends what was left out, however long the chain is."""
    children: dict[str, list[str]] = {}
    for id, draft in alive.items():
        children.setdefault(draft.outline.extends, []).append(id)
    pending = list(failed)
    while pending:
        parent = pending.pop()
        for id in children.get(parent, ()):
            if id in alive:
                message = f"extends `{parent}`, which has faults of its own"
                alive.pop(id).fault("T007", message, ("extends",))
                pending.append(id)


def _in_order(tracks: dict[str, Track]) -> list[Track]:
    """Order tracks for showing: a trunk before its branches, the widest trunk first, short branches first."""
    children: dict[str | None, list[Track]] = {}
    for track in tracks.values():
        children.setdefault(track.extends, []).append(track)

    def hours(track: Track) -> float:
        return sum(milestone.hours for milestone in track.milestones)

    ordered: list[Track] = []
    waiting = sorted(children.get(None, []), key=lambda t: (-len(children.get(t.id, [])), hours(t), t.id))
    while waiting:
        track = waiting.pop(0)
        ordered.append(track)
        waiting = sorted(children.get(track.id, []), key=lambda t: (hours(t), t.id)) + waiting
    return ordered


class Builder:
    """Makes tracks of drafts whose ids and references have been judged and found good.

    ``skills`` and ``milestones`` hold what was built, by address.
    """

    def __init__(self, drafts: dict[str, Draft]) -> None:
        self.drafts = drafts
        self.skills: dict[str, Skill] = {}
        self.milestones: dict[str, Milestone] = {}

    def build(self) -> dict[str, Track]:
        """Build skills first, since milestones share them, then milestones, since tracks share them."""
        for draft in self.drafts.values():
            for shape in _shape(draft).milestones:
                self.build_skills(f"{draft.id}/{shape.id}", shape.skills)
        for draft in self.drafts.values():
            for shape in _shape(draft).milestones:
                if shape.ref is None:
                    built = self.milestone(draft.id, shape)
                    self.milestones[built.address] = built
        return {id: self._track(draft) for id, draft in self.drafts.items()}

    def build_skills(self, milestone: str, shapes: Iterable[SkillShape]) -> None:
        """Build the skills that are written in a milestone, at an address."""
        for skill in shapes:
            if skill.id is not None and skill.can is not None:
                address = f"{milestone}/{skill.id}"
                self.skills[address] = Skill(
                    address,
                    one_line(skill.can),
                    tuple(Question(one_line(one.q), one_line(one.a)) for one in skill.ask),
                    skill.reviewed.isoformat() if skill.reviewed else None,
                    tuple(f"{milestone}/{former}" for former in skill.former),
                )

    def entries(self, milestone: str, shapes: Iterable[SkillShape]) -> tuple[SkillEntry, ...]:
        """Return what a milestone lists as its skills; all skills have to be built by now."""
        return tuple(
            SkillEntry(self.skills[at], one.optional, one.ref is not None)
            for one in shapes
            if (at := one.ref or f"{milestone}/{one.id}") in self.skills
        )

    def milestone(self, track: str, shape: MilestoneShape) -> Milestone:
        """Build a milestone that is written in a track; the skills of all tracks have to be built by now."""
        address = f"{track}/{shape.id}"
        skills = self.entries(address, shape.skills)
        taken = {one.id for group in (shape.skills, shape.projects, shape.resources) for one in group}
        resources = build_resources(address, shape.resources, taken)
        projects = tuple(build_project(address, project) for project in shape.projects)
        needs = shape.needs if shape.needs is not None else min(1, len(projects))
        hours = shape.hours if shape.hours is not None else work_out_hours(skills, resources, projects, needs)
        after = []
        for wanted in shape.after:
            group = [wanted] if isinstance(wanted, str) else wanted
            whole = [one if "/" in one else f"{track}/{one}" for one in group]
            known = tuple(one for one in whole if self._is_milestone(one))
            if known:
                after.append(known)
        return Milestone(
            address=address,
            title=one_line(shape.title or ""),
            why=one_line(shape.why or ""),
            hours=hours,
            stated_hours=shape.hours is not None,
            after=tuple(after),
            keywords=tuple(map(one_line, shape.keywords)),
            skills=skills,
            resources=resources,
            projects=projects,
            needs=needs,
            capstone=shape.capstone,
            former=tuple(f"{track}/{former}" for former in shape.former),
        )

    def _is_milestone(self, address: str) -> bool:
        """Tell whether an address is that of a milestone of a track that is not left out."""
        return address.partition("/")[0] in self.drafts

    def _track(self, draft: Draft) -> Track:
        shape = _shape(draft)
        addresses = (one.ref or f"{draft.id}/{one.id}" for one in shape.milestones)
        return Track(
            id=draft.id,
            title=one_line(shape.title),
            source=draft.file,
            tagline=one_line(shape.tagline),
            extends=shape.extends,
            reviewed=shape.reviewed.isoformat() if shape.reviewed else None,
            role=build_role(shape),
            milestones=tuple(self.milestones[one] for one in addresses if one in self.milestones),
            signals=tuple(
                Signal(
                    one.means, one.weight, tuple(one.phrases), tuple(one.unless), tuple(one.parts), one.leads
                )
                for one in shape.signals
            ),
            quiz={question: dict(points) for question, points in shape.quiz.items()},
        )


def _shape(draft: Draft) -> TrackShape:
    if draft.shape is None:
        raise AssertionError(f"{draft.id} has no shape but is treated as sound")
    return draft.shape
