"""Ids and references of all tracks: unique, well formed, and leading where they say. Circles spelled out.

Works on outlines, so a file with other faults is judged all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from roadmap.loading.cycles import find_cycles, spell
from roadmap.loading.diagnostics import Fix
from roadmap.loading.hints import Hints
from roadmap.loading.judge import MAX_FAULTS, tick
from roadmap.loading.names import Names
from roadmap.model.address import is_id, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from roadmap.loading.diagnostics import Fault, Related
    from roadmap.loading.judge import Draft
    from roadmap.loading.outline import Entry, Outline, Stage
    from roadmap.loading.spans import Path

PARTS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*){0,2}")


def judge_links(
    drafts: Mapping[str, Draft],
    others: Mapping[str, Outline] | None = None,
    dead: Collection[str] = (),
    *,
    quiet: bool = False,
) -> dict[str, list[Fault]]:
    """Return the faults of ids and references, by track.

    ``drafts`` are judged; ``others`` may be referred to. ``dead`` tracks exist and cannot be used: extending
    one is an error and referring into one a warning, or neither is told when ``quiet``.
    """
    links = Links(drafts, others or {}, frozenset(dead), quiet)
    links.run()
    return links.faults


class Links:
    """One look at all tracks together."""

    def __init__(
        self, drafts: Mapping[str, Draft], others: Mapping[str, Outline], dead: frozenset[str], quiet: bool
    ) -> None:
        self.drafts = drafts
        self.dead = dead
        self.quiet = quiet
        self.names = Names({**others, **{id: draft.outline for id, draft in drafts.items()}})
        self.faults: dict[str, list[Fault]] = {id: [] for id in drafts}
        self.told: Counter[tuple[str, str]] = Counter()
        self.hints = Hints()

    def run(self) -> None:
        """Judge chains, ids, references and circles."""
        self._chains()
        for draft in self.drafts.values():
            self._ids(draft)
            for stage in draft.outline.stages:
                self._stage(draft, stage)
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
        related: tuple[Related, ...] = (),
        fix: tuple[Fix, ...] = (),
    ) -> None:
        self.told[draft.id, code] += 1
        if self.told[draft.id, code] <= MAX_FAULTS:
            severity: Any = "warning" if warn else "error"
            self.faults[draft.id].append(
                draft.at(code, message, path, help=help, severity=severity, related=related, fix=fix)
            )

    def _enough(self, draft: Draft, code: str) -> bool:
        """Tell whether nobody will read another fault of this kind, so that no work need go into it."""
        return self.told[draft.id, code] >= MAX_FAULTS

    def _chains(self) -> None:
        """Every ``extends`` names a track, and no chain comes back to itself."""
        edges = {id: [one.extends] for id, one in self.names.outlines.items() if one.extends}
        for draft in self.drafts.values():
            parent = draft.outline.extends
            if not parent or parent in self.names.outlines:
                continue
            if parent not in self.dead:
                help = self.hints.did_you_mean(parent, [*self.names.outlines, *self.dead])
                self._fault(draft, "T007", f"extends {tick(parent)}, but there is no such track", ("extends",),
                            help=help)  # fmt: skip
            elif not self.quiet:
                message = f"extends {tick(parent)}, which has faults of its own"
                self._fault(draft, "T007", message, ("extends",))
        for cycle in find_cycles(edges):
            mine = [self.drafts[id] for id in cycle if id in self.drafts]
            places = [draft.related("which extends this", ("extends",)) for draft in mine[:4]]
            for index, draft in enumerate(mine):
                self._fault(draft, "T009", f"tracks extend each other in a circle: {spell(cycle)}", ("extends",),
                            related=tuple(place for i, place in enumerate(places) if i != index),
                            help="one of them should extend nothing")  # fmt: skip

    def _ids(self, draft: Draft) -> None:
        """Ids are kebab-case, and unique: milestones in a track, items in a milestone."""
        if not is_id(draft.id):
            better = slug(draft.id)
            self._fault(draft, "T005", f"the file name {tick(draft.id + '.toml')} is not kebab-case", (),
                        help=f"rename it to `{better}.toml`" if better else "use a-z, digits and hyphens")  # fmt: skip
        seen: dict[str, Path] = {}
        for stage in draft.outline.stages:
            if stage.ref:
                self._once(draft, stage.ref, stage.path, seen)
            elif stage.id:
                self._id(draft, stage.id, stage.path, seen)
        for stage in draft.outline.stages:
            track, _, id = stage.ref.partition("/")
            if track == draft.id and id in seen:
                self._taken(draft, "T006", f"{tick(stage.ref)} is listed twice", (*stage.path, "ref"),
                            (*seen[id], "id"), "first listed here")  # fmt: skip
            items: dict[str, Path] = {}
            for entry in stage.entries:
                if entry.ref:
                    if entry.kind == "skill" and "/" in entry.ref:
                        self._once(draft, entry.ref, entry.path, items)
                elif entry.id:
                    self._id(draft, entry.id, entry.path, items)
            home = f"{draft.id}/{stage.id}/"
            for entry in stage.entries:
                own = entry.ref in self.names.skills and entry.ref.startswith(home)
                if own and entry.ref.removeprefix(home) in items:
                    self._fault(draft, "T006", f"{tick(entry.ref)} is listed twice", (*entry.path, "ref"))
                self._formers(draft, entry.data, entry.path, items)
            self._formers(draft, stage.data, stage.path, seen)
            needs = stage.data.get("needs")
            projects = sum(1 for _ in stage.of("project"))
            if isinstance(needs, int) and not isinstance(needs, bool) and projects < needs <= 20:
                message = f"needs {needs} projects but has {projects}"
                self._fault(draft, "T004", message, (*stage.path, "needs"))

    def _id(self, draft: Draft, id: str, path: Path, seen: dict[str, Path]) -> None:
        place: Path = (*path, "id")
        if not is_id(id):
            better = slug(id)
            self._fault(draft, "T005", f"the id {tick(id)} is not kebab-case", place,
                        help=f"write `{better}`" if better else "use a-z, digits and hyphens",
                        fix=self._rename(draft, id, better, place, seen))  # fmt: skip
        elif id in seen:
            self._taken(draft, "T006", f"the id `{id}` is taken", place, (*seen[id], "id"), "first used here")
        else:
            seen[id] = path

    def _once(self, draft: Draft, address: str, path: Path, seen: dict[str, Path]) -> None:
        """A thing stands once in a list, be it written there or referred to: hours would count it twice."""
        if address in seen:
            self._taken(draft, "T006", f"{tick(address)} is listed twice", (*path, "ref"), (*seen[address], "ref"),
                        "first listed here")  # fmt: skip
        else:
            seen[address] = path

    def _taken(self, draft: Draft, code: str, message: str, path: Path, first: Path, label: str) -> None:
        if not self._enough(draft, code):
            related = draft.related(label, first)
            self._fault(draft, code, message, path, related=(related,))
        else:
            self._fault(draft, code, message, path)

    def _formers(self, draft: Draft, data: dict[str, Any], path: Path, seen: dict[str, Path]) -> None:
        """A former id that something has today would send its progress to the wrong place; others were ids once."""
        former = data.get("former")
        for index, id in enumerate(former if isinstance(former, list) else ()):
            if isinstance(id, str) and not is_id(id):
                better = slug(id)
                self._fault(draft, "T005", f"the former id {tick(id)} is not kebab-case, so nothing ever had it",
                            (*path, "former", index), help=f"did you mean `{better}`?" if better else "delete it",
                            warn=True)  # fmt: skip
            elif isinstance(id, str) and id in seen:
                self._taken(draft, "T006", f"the former id {tick(id)} is the id of something today",
                            (*path, "former", index), (*seen[id], "id"), "used here")  # fmt: skip

    def _rename(
        self, draft: Draft, id: str, better: str, place: Path, seen: dict[str, Path]
    ) -> tuple[Fix, ...]:
        """Return the change that makes an id kebab-case, if nothing in any track can mean the old one."""
        if (
            self._enough(draft, "T005")
            or not better
            or better in seen
            or self.names.mentioned(id)
            or self.names.is_written(draft.id, better)
        ):
            return ()
        span = draft.spans.values.get(place)
        return (Fix(span.start, span.end, f'"{better}"'),) if span else ()

    def _stage(self, draft: Draft, stage: Stage) -> None:
        if stage.ref:
            self._milestone_ref(draft, stage.ref, (*stage.path, "ref"))
        for group in stage.after:
            for path, wanted in group:
                self._prerequisite(draft, wanted, path)
        for entry in stage.of("skill"):
            if entry.ref:
                self._skill_ref(draft, entry)

    def _skill_ref(self, draft: Draft, entry: Entry) -> None:
        if entry.ref not in self.names.skills:
            self._lost(draft, entry.ref, (*entry.path, "ref"), "skill", self.names.skills)

    def _milestone_ref(self, draft: Draft, ref: str, path: Path) -> None:
        if ref not in self.names.milestones:
            self._lost(draft, ref, path, "milestone", self.names.milestones)

    def _prerequisite(self, draft: Draft, wanted: str, path: Path) -> None:
        whole = wanted if "/" in wanted else f"{draft.id}/{wanted}"
        if whole not in self.names.milestones:
            self._lost(draft, wanted, path, "milestone", self.names.milestones, own=draft.id)

    def _lost(
        self, draft: Draft, wanted: str, path: Path, what: str, known: Mapping[str, Path], own: str = ""
    ) -> None:
        """Say why an address leads nowhere, and where it was probably meant to lead."""
        track = wanted.partition("/")[0] if "/" in wanted else own
        if track in self.dead:
            if not self.quiet:
                whole = wanted if "/" in wanted else f"{own}/{wanted}"
                self._fault(draft, "T007", f"{tick(whole)} is in a track that has faults; left out for now", path,
                            warn=True)  # fmt: skip
            return
        kind = self.names.other_kind(wanted, what)
        if kind == "itself a reference":
            self._fault(draft, "T012", f"{tick(wanted)} is {kind}", path, help="refer to where it is written")
            return
        if kind:
            self._fault(draft, "T012", f"{tick(wanted)} is {kind}, not a {what}", path)
            return
        parts = 3 if what == "skill" else 2
        if wanted.count("/") < parts - 1:
            meant = self.names.ending(wanted, known)
            near = [one for one in meant if one.partition("/")[0] in self.names.chain(draft.id)]
            meant = near if len(near) == 1 else meant
            if len(meant) == 1:
                self._fault(draft, "T007", f"there is no {what} {tick(wanted)} in this track" if own else
                            f"{tick(wanted)} is not the whole address of a {what}", path,
                            help=f"write `{meant[0]}`")  # fmt: skip
                return
            if meant:
                several = ", ".join(f"`{one}`" for one in meant[:5])
                self._fault(draft, "T015", f"{tick(wanted)} could be several {what}s", path,
                            help=f"write one of {several}")  # fmt: skip
                return
        code = "T007" if PARTS.fullmatch(wanted) else "T014"
        message = (
            f"there is no {what} {tick(wanted)}" if code == "T007" else f"{tick(wanted)} is not an address"
        )
        help = "" if self._enough(draft, code) else self._near(draft, wanted, known, own)
        if code == "T014" and not help:
            help = "an address is `track/milestone/item`: a-z, digits and hyphens, parted by slashes"
        self._fault(draft, code, message, path, help=help)

    def _near(self, draft: Draft, wanted: str, known: Mapping[str, Path], own: str) -> str:
        words = list(known)
        if own:
            prefix = f"{draft.id}/"
            words = [one.removeprefix(prefix) for one in words if one.startswith(prefix)] + words
        return self.hints.did_you_mean(wanted.lower(), words)

    def _circles(self) -> None:
        """No milestone waits for itself, directly or through others."""
        edges = self.names.prerequisites()
        for cycle in find_cycles(edges):
            steps = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
            first: dict[str, tuple[str, str]] = {}
            for step in steps:
                first.setdefault(step[0].partition("/")[0], step)
            places = [
                (self.drafts[id], self.names.where(*step)) for id, step in first.items() if id in self.drafts
            ]
            more = [
                (self.drafts[track], self.names.where(*step), step[1])
                for step in steps[:5]
                if (track := step[0].partition("/")[0]) in self.drafts
            ]
            for draft, place in places:
                related = tuple(
                    other.related(f"waits for `{following}`", path)
                    for other, path, following in more
                    if other is not draft or path != place
                )
                self._fault(draft, "T008", f"milestones wait for each other in a circle: {spell(cycle)}", place,
                            related=related[:4], help="one of them should not wait for the next")  # fmt: skip
