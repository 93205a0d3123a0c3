"""From checked files to the catalog: whole addresses, references followed, prerequisites and chains judged."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from roadmap.loading.cycles import find_cycle
from roadmap.model.address import is_id, slug
from roadmap.model.catalog import Catalog
from roadmap.model.track import (
    HOURS_PER_SKILL,
    Check,
    Milestone,
    Project,
    Question,
    Resource,
    Role,
    Skill,
    SkillEntry,
    Track,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.shape import MilestoneShape, ProjectShape, ResourceShape, TrackShape
    from roadmap.loading.spans import Path


def assemble(drafts: Iterable[Draft]) -> tuple[Catalog, list[Fault]]:
    """Build the catalog from all tracks that are sound; return it with the faults of all files.

    A track with an error is left out, and with it the tracks that extend it. References into a track that was
    left out for its faults are dropped with a warning, so that one bad file does not pull down the others.
    """
    all_drafts = {draft.id: draft for draft in drafts}
    alive = {id: draft for id, draft in all_drafts.items() if not draft.failed}
    while True:
        attempt = _Attempt(alive, set(all_drafts) - set(alive))
        attempt.run()
        if not attempt.failed:
            break
        for id in attempt.failed:
            all_drafts[id].faults += attempt.faults[id]
            del alive[id]
    for id, found in attempt.faults.items():
        all_drafts[id].faults += found
    faults = [fault for draft in all_drafts.values() for fault in draft.faults]
    return Catalog({track.id: track for track in _in_order(attempt.tracks)}), faults


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


class _Attempt:
    """One try at putting the living drafts together; ``failed`` says which must be left out of the next."""

    def __init__(self, drafts: dict[str, Draft], dead: set[str]) -> None:
        self.drafts = drafts
        self.dead = dead
        self.faults: dict[str, list[Fault]] = {id: [] for id in drafts}
        self.skills: dict[str, Skill] = {}
        self.milestones: dict[str, Milestone] = {}
        self.tracks: dict[str, Track] = {}

    @property
    def failed(self) -> set[str]:
        """The tracks that showed an error in this attempt."""
        return {id for id, found in self.faults.items() if any(fault.severity == "error" for fault in found)}

    def run(self) -> None:
        """Judge chains and ids first, then build what the ids allow, then judge the prerequisites."""
        self._chains()
        for draft in self.drafts.values():
            self._ids(draft)
        if self.failed:
            return
        for draft in self.drafts.values():
            self._own_skills(draft)
        for draft in self.drafts.values():
            self._own_milestones(draft)
        for draft in self.drafts.values():
            self._track(draft)
        if not self.failed:
            self._circles()

    def _fault(
        self,
        draft: Draft,
        code: str,
        message: str,
        path: Path,
        *,
        help: str = "",
        warn: bool = False,
        key: bool = False,
    ) -> None:
        count = len(draft.faults)
        draft.fault(code, message, path, key=key, help=help, severity="warning" if warn else "error")
        self.faults[draft.id] += draft.faults[count:]
        del draft.faults[count:]

    def _chains(self) -> None:
        """Every ``extends`` names a track, and no chain comes back to itself."""
        edges: dict[str, list[str]] = {}
        for id, draft in self.drafts.items():
            parent = _shape(draft).extends
            if parent is None:
                continue
            if parent in self.dead:
                self._fault(draft, "T007", f"extends `{parent}`, which has faults of its own", ("extends",))
            elif parent not in self.drafts:
                self._fault(draft, "T007", f"extends `{parent}`, but there is no such track", ("extends",),
                            help=_did_you_mean(parent, self.drafts))  # fmt: skip
            else:
                edges[id] = [parent]
        cycle = find_cycle(edges)
        if cycle:
            spelled = " -> ".join([*cycle, cycle[0]])
            for id in cycle:
                self._fault(
                    self.drafts[id], "T009", f"tracks extend each other in a circle: {spelled}", ("extends",)
                )

    def _ids(self, draft: Draft) -> None:
        """Ids are kebab-case, and unique: milestones in a track, items in a milestone."""
        if not is_id(draft.id):
            self._fault(draft, "T005", f"the file name `{draft.id}.toml` is not kebab-case", ())
        seen: dict[str, Path] = {}
        for m, milestone in enumerate(_shape(draft).milestones):
            path: Path = ("milestones", m)
            if milestone.id is not None:
                self._id(draft, milestone.id, (*path, "id"), seen)
            items: dict[str, Path] = {}
            for s, skill in enumerate(milestone.skills):
                if skill.id is not None:
                    self._id(draft, skill.id, (*path, "skills", s, "id"), items)
            for p, project in enumerate(milestone.projects):
                self._id(draft, project.id, (*path, "projects", p, "id"), items)
            for r, resource in enumerate(milestone.resources):
                if resource.id is not None:
                    self._id(draft, resource.id, (*path, "resources", r, "id"), items)
            if milestone.needs is not None and milestone.needs > len(milestone.projects):
                self._fault(draft, "T004", f"needs {milestone.needs} projects but has {len(milestone.projects)}",
                            (*path, "needs"))  # fmt: skip

    def _id(self, draft: Draft, id: str, path: Path, seen: dict[str, Path]) -> None:
        if not is_id(id):
            suggestion = slug(id)
            self._fault(draft, "T005", f"the id `{id}` is not kebab-case", path,
                        help=f"write `{suggestion}`" if suggestion else "use a-z, digits and hyphens")  # fmt: skip
        elif id in seen:
            line, _column = draft.spans.place(draft.spans.find(seen[id]).start)
            self._fault(draft, "T006", f"the id `{id}` is taken", path, help=f"first used at line {line}")
        else:
            seen[id] = path

    def _own_skills(self, draft: Draft) -> None:
        for milestone in _shape(draft).milestones:
            for skill in milestone.skills:
                if skill.id is not None and skill.can is not None:
                    address = f"{draft.id}/{milestone.id}/{skill.id}"
                    self.skills[address] = Skill(
                        address,
                        skill.can,
                        tuple(Question(one.q, one.a) for one in skill.ask),
                        skill.reviewed.isoformat() if skill.reviewed else None,
                        tuple(f"{draft.id}/{milestone.id}/{former}" for former in skill.former),
                    )

    def _own_milestones(self, draft: Draft) -> None:
        for m, milestone in enumerate(_shape(draft).milestones):
            if milestone.ref is None:
                built = self._milestone(draft, m, milestone)
                self.milestones[built.address] = built

    def _milestone(self, draft: Draft, m: int, shape: MilestoneShape) -> Milestone:
        address = f"{draft.id}/{shape.id}"
        path: Path = ("milestones", m)
        skills = tuple(
            entry
            for s, skill in enumerate(shape.skills)
            if (entry := self._skill_entry(draft, skill.ref or f"{address}/{skill.id}", skill.optional,
                                           skill.ref is not None, (*path, "skills", s))) is not None
        )  # fmt: skip
        resources = _resources(address, shape.resources)
        projects = tuple(_project(address, project) for project in shape.projects)
        needs = shape.needs if shape.needs is not None else min(1, len(projects))
        hours = shape.hours if shape.hours is not None else _hours(skills, resources, projects, needs)
        after = []
        for a, wanted in enumerate(shape.after):
            group = [wanted] if isinstance(wanted, str) else wanted
            place: Path = (*path, "after", a)
            known = [found for one in group if (found := self._prerequisite(draft, one, place)) is not None]
            if known:
                after.append(tuple(known))
        return Milestone(
            address=address,
            title=shape.title or "",
            why=" ".join((shape.why or "").split()),
            hours=hours,
            stated_hours=shape.hours is not None,
            after=tuple(after),
            keywords=tuple(shape.keywords),
            skills=skills,
            resources=resources,
            projects=projects,
            needs=needs,
            capstone=shape.capstone,
            former=tuple(f"{draft.id}/{former}" for former in shape.former),
        )

    def _skill_entry(
        self, draft: Draft, address: str, optional: bool, shared: bool, path: Path
    ) -> SkillEntry | None:
        if address in self.skills:
            return SkillEntry(self.skills[address], optional, shared)
        place: Path = (*path, "ref")
        if address.split("/")[0] in self.dead:
            self._fault(
                draft,
                "T007",
                f"`{address}` is in a track that has faults; left out for now",
                place,
                warn=True,
            )
        elif self._is_reference(address):
            self._fault(
                draft,
                "T012",
                f"`{address}` is itself a reference",
                place,
                help="refer to where it is written",
            )
        else:
            self._fault(draft, "T007", f"there is no skill `{address}`", place,
                        help=_did_you_mean(address, self.skills))  # fmt: skip
        return None

    def _is_reference(self, address: str) -> bool:
        """Tell whether another milestone lists this skill by reference under its own address."""
        track, _, rest = address.partition("/")
        milestone, _, item = rest.partition("/")
        if track not in self.drafts:
            return False
        return any(
            shape.id == milestone
            and any(s.ref is not None and s.ref.endswith("/" + item) for s in shape.skills)
            for shape in _shape(self.drafts[track]).milestones
        )

    def _prerequisite(self, draft: Draft, wanted: str, path: Path) -> str | None:
        address = wanted if "/" in wanted else f"{draft.id}/{wanted}"
        track = address.partition("/")[0]
        if track in self.dead:
            self._fault(
                draft, "T007", f"`{address}` is in a track that has faults; left out for now", path, warn=True
            )
            return None
        known = [
            f"{other}/{shape.id}"
            for other, one in self.drafts.items()
            for shape in _shape(one).milestones
            if shape.id is not None
        ]
        if address in known:
            return address
        short = [one if one.partition("/")[0] != draft.id else one.partition("/")[2] for one in known]
        self._fault(draft, "T007", f"there is no milestone `{wanted}`", path,
                    help=_did_you_mean(wanted, [*short, *known]))  # fmt: skip
        return None

    def _track(self, draft: Draft) -> None:
        shape = _shape(draft)
        milestones: list[Milestone] = []
        for m, one in enumerate(shape.milestones):
            address = one.ref or f"{draft.id}/{one.id}"
            found = self.milestones.get(address)
            if found is not None:
                milestones.append(found)
            elif one.ref is not None and one.ref.split("/")[0] in self.dead:
                self._fault(draft, "T007", f"`{one.ref}` is in a track that has faults; left out for now",
                            ("milestones", m, "ref"), warn=True)  # fmt: skip
            else:
                self._fault(draft, "T007", f"there is no milestone `{address}`", ("milestones", m, "ref"),
                            help=_did_you_mean(address, self.milestones))  # fmt: skip
        self.tracks[draft.id] = Track(
            id=draft.id,
            title=shape.title,
            source=draft.file,
            tagline=shape.tagline,
            extends=shape.extends,
            reviewed=shape.reviewed.isoformat() if shape.reviewed else None,
            role=Role(
                builds=shape.builds,
                optimizes_for=shape.optimizes_for,
                daily_work=shape.daily_work,
                artifacts=shape.artifacts,
                enjoys=shape.enjoys,
                interviews=shape.interviews,
                from_software=shape.from_software,
                not_this=shape.not_this.because if shape.not_this else "",
                not_this_role=shape.not_this.role if shape.not_this else "",
                profile=dict(shape.profile),
            ),
            milestones=tuple(milestones),
        )

    def _circles(self) -> None:
        """No milestone waits for itself, directly or through others."""
        edges = {
            address: [one for group in milestone.after for one in group]
            for address, milestone in self.milestones.items()
        }
        cycle = find_cycle(edges)
        if not cycle:
            return
        spelled = " -> ".join([*cycle, cycle[0]])
        for address in cycle:
            draft = self.drafts[address.partition("/")[0]]
            m = next(i for i, one in enumerate(_shape(draft).milestones) if f"{draft.id}/{one.id}" == address)
            self._fault(draft, "T008", f"milestones wait for each other in a circle: {spelled}",
                        ("milestones", m, "after"))  # fmt: skip


def _shape(draft: Draft) -> TrackShape:
    if draft.shape is None:
        raise AssertionError(f"{draft.id} has no shape but is treated as sound")
    return draft.shape


def _did_you_mean(wanted: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def _resources(milestone: str, shapes: list[ResourceShape]) -> tuple[Resource, ...]:
    """Build resources; one without an id gets one from its title, numbered when that is taken."""
    taken = {shape.id for shape in shapes if shape.id is not None}
    out = []
    for shape in shapes:
        id = shape.id
        if id is None:
            base = slug(shape.title) or "resource"
            id = base
            number = 2
            while id in taken:
                id = f"{base[:60]}-{number}"
                number += 1
            taken.add(id)
        former = tuple(f"{milestone}/{one}" for one in shape.former)
        out.append(
            Resource(f"{milestone}/{id}", shape.title, shape.url, shape.by, shape.kind, shape.cost or "",
                     shape.hours, shape.note, shape.optional, former)
        )  # fmt: skip
    return tuple(out)


def _project(milestone: str, shape: ProjectShape) -> Project:
    checks = tuple(Check(one.kind, one.proof, dict(one.model_extra or {})) for one in shape.checks)
    return Project(
        address=f"{milestone}/{shape.id}",
        title=shape.title,
        level=shape.level,
        brief=" ".join(shape.brief.split()),
        hours=shape.hours,
        built=tuple(shape.built),
        evaluated=tuple(shape.evaluated),
        explained=tuple(shape.explained),
        checks=checks,
        former=tuple(f"{milestone}/{one}" for one in shape.former),
    )


def _hours(
    skills: tuple[SkillEntry, ...], resources: tuple[Resource, ...], projects: tuple[Project, ...], needs: int
) -> float:
    """Work out the hours of a milestone whose author states none, by the one rule of all tracks."""
    reading = sum(one.hours or 0 for one in resources if not one.optional)
    study = HOURS_PER_SKILL * sum(1 for one in skills if not one.optional)
    core = [one for one in projects if one.level == "core"] or list(projects)
    building = needs * (core[0].hours or 0) if core else 0
    return reading + study + building
