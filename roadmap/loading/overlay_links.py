"""What overlays name: things their tracks have, and ids nobody has yet. What leads nowhere is told and left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.loading.cycles import find_cycles, spell
from roadmap.loading.judge import MAX_FAULTS, tick
from roadmap.loading.links import PARTS, Links
from roadmap.loading.names import Names
from roadmap.loading.outline import item_ids, number, strings, tables, words
from roadmap.loading.overlay import Move
from roadmap.loading.overlay_judge import Listing, OverlayDraft, additions, milestones, name_of
from roadmap.loading.sources import OVERLAY
from roadmap.model.address import is_id, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from roadmap.loading.diagnostics import Fix, Related
    from roadmap.loading.judge import Draft
    from roadmap.loading.outline import Entry, Outline, Stage
    from roadmap.loading.overlay_judge import Listed
    from roadmap.loading.spans import Path


def judge_overlays(
    drafts: Sequence[OverlayDraft], outlines: Mapping[str, Outline], dead: Collection[str] = ()
) -> None:
    """Judge what overlays name, given the outlines of all tracks; record it, and the faults, in the drafts.

    The drafts come in the order in which they apply. Of ``dead`` tracks, which exist and cannot be used, nothing is
    said.
    """
    links = _OverlayLinks(drafts, outlines, frozenset(dead))
    links.run()


class _OverlayLinks(Links):
    """One look at all overlays together, over the tracks they change."""

    def __init__(
        self, drafts: Sequence[OverlayDraft], outlines: Mapping[str, Outline], dead: frozenset[str]
    ) -> None:
        super().__init__({}, outlines, dead, quiet=True)
        self.outlines = dict(outlines)
        self.listings: dict[str, Listing] = {}
        self.overlays: list[OverlayDraft] = []
        for draft in drafts:
            if draft.id in outlines:
                self.overlays.append(draft)
                if draft.id not in self.listings:
                    self.listings[draft.id] = Listing(outlines[draft.id])
            elif draft.id not in dead:
                help = self.hints.did_you_mean(draft.id, outlines)
                self._fault(draft, "T029", f"there is no track {tick(draft.id)} for this overlay", (), warn=True,
                            help=help or f"its name is that of a track's file, with `{OVERLAY}`")  # fmt: skip

    def run(self) -> None:
        """Judge what is added first, since everything else may name it."""
        for draft in self.overlays:
            for stage in milestones(draft):
                self._milestone(draft, stage)
        for draft in self.overlays:
            for stage, target in additions(draft):
                self._addition(draft, stage, target)
        self.names = Names(self.outlines)
        for draft in self.overlays:
            for stage in draft.outline.stages:
                if stage.path not in draft.dropped:
                    self._stage(draft, stage._replace(ref="", entries=self._kept(draft, stage)))
        self._overlay_circles()
        for draft in self.overlays:
            self._operations(draft)

    def _kept(self, draft: OverlayDraft, stage: Stage) -> tuple[Entry, ...]:
        return tuple(entry for entry in stage.entries if entry.path not in draft.dropped)

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
        """Record a fault in the overlay. What a track has no longer is a warning, for that is nobody's mistake."""
        if code == "T007":
            code, warn = "T027", True
        self.told[draft.file, code] += 1
        if self.told[draft.file, code] <= MAX_FAULTS:
            severity: Any = "warning" if warn else "error"
            draft.faults.append(
                draft.at(code, message, path, help=help, severity=severity, related=related, fix=fix)
            )

    def _enough(self, draft: Draft, code: str) -> bool:
        return self.told[draft.file, "T027" if code == "T007" else code] >= MAX_FAULTS

    def _lost(
        self, draft: Draft, wanted: str, path: Path, what: str, known: Mapping[str, Path], own: str = ""
    ) -> None:
        """Leave out what leads nowhere, besides telling it: a reference goes with its entry, a lock alone."""
        assert isinstance(draft, OverlayDraft)
        draft.dropped.add(path[:-1] if path[-1] == "ref" else path)
        super()._lost(draft, wanted, path, what, known, own)

    # What is added

    def _milestone(self, draft: OverlayDraft, stage: Stage) -> None:
        """A milestone that is added has an id of its own, or names one of another track."""
        listing = self.listings[draft.id]
        place: Path = (*stage.path, "ref" if stage.ref else "id")
        name = name_of(stage)
        if stage.ref:
            self._milestone_ref(draft, stage.ref, place)
        if not name or stage.path in draft.dropped or not self._is_free(draft, listing, name, name, place):
            draft.dropped.add(stage.path)
            return
        new = stage._replace(entries=tuple(self._items(draft, listing, name, stage, set())))
        listing.add(new, draft)
        one = self.outlines[draft.id]
        self.outlines[draft.id] = one._replace(stages=(*one.stages, new))
        needs, projects = number(stage.data, "needs"), sum(1 for _ in new.of("project"))
        if needs is not None and projects < needs <= 20:
            message = f"needs {needs:g} projects but has {projects}"
            self._fault(draft, "T004", message, (*stage.path, "needs"))

    def _addition(self, draft: OverlayDraft, stage: Stage, target: str) -> None:
        """Items are added to a milestone that is written in the track."""
        listing = self.listings[draft.id]
        place: Path = (*stage.path, "to")
        found = self._find(draft, target, place, "milestone")
        name = found.spot.milestone.rpartition("/")[2] if found is not None else ""
        if found is not None and name in listing.borrowed:
            self._foreign(draft, target, listing.borrowed[name], place)
        if found is None or name in listing.borrowed:
            draft.dropped.add(stage.path)
            return
        draft.targets[stage.path] = found.spot.milestone
        taken = set(listing.taken(name))
        entries = self._items(draft, listing, name, stage, taken)
        ids = item_ids(entries, taken)
        listing.extend(name, list(zip(entries, ids, strict=True)), draft)
        one = self.outlines[draft.id]
        self.outlines[draft.id] = one._replace(
            stages=tuple(
                old._replace(entries=(*old.entries, *entries)) if old.id == name and not old.ref else old
                for old in one.stages
            )
        )

    def _items(
        self, draft: OverlayDraft, listing: Listing, name: str, stage: Stage, taken: set[str]
    ) -> list[Entry]:
        """Return the items of a milestone or an addition that can be used, and note the ids made for resources."""
        kept: dict[str, Entry] = {}
        unnamed: list[Entry] = []
        for entry in stage.entries:
            id = entry.ref or entry.id
            place: Path = (*entry.path, "ref" if entry.ref else "id")
            if not id:
                unnamed.append(entry)
            elif id in kept:
                self._taken(draft, "T006", f"{tick(id)} is listed twice" if entry.ref else f"the id {tick(id)} is taken",
                            place, (*kept[id].path, place[-1]), "first used here")  # fmt: skip
                draft.dropped.add(entry.path)
            elif entry.ref and listing.lists(entry.ref, name):
                self._fault(draft, "T028", f"`{name}` lists {tick(entry.ref)} already", place)
                draft.dropped.add(entry.path)
            elif entry.ref or self._is_free(draft, listing, f"{name}/{id}", id, place):
                kept[id] = entry
            else:
                draft.dropped.add(entry.path)
        usable = {entry.path for entry in (*kept.values(), *unnamed)}
        entries = [entry for entry in stage.entries if entry.path in usable]
        for entry, id in zip(entries, item_ids(entries, taken), strict=True):
            if not entry.id and entry.kind == "resource":
                draft.ids[entry.path] = id
        return entries

    def _is_free(self, draft: OverlayDraft, listing: Listing, name: str, id: str, place: Path) -> bool:
        """Tell whether an id can be given to something new; record why not."""
        there = listing.things.get(name)
        if place[-1] == "id" and not is_id(id):
            better = slug(id)
            self._fault(draft, "T005", f"the id {tick(id)} is not kebab-case", place,
                        help=f"write `{better}`" if better else "use a-z, digits and hyphens")  # fmt: skip
        elif there is not None and there.by is draft:
            self._taken(
                draft, "T006", f"the id `{id}` is taken", place, (*there.path, "id"), "first used here"
            )
        elif there is not None:
            who = (
                f"the overlay {tick(there.by.file, 200)} adds"
                if there.by
                else f"the track {tick(draft.id)} has"
            )
            self._fault(draft, "T028", f"{who} `{name}` already", place,
                        help="choose another id; what stands there has the progress on this one")  # fmt: skip
        elif name in listing.former:
            self._fault(draft, "T028", f"`{name}` is a former id of `{listing.former[name]}`", place,
                        help="choose another id; progress on this one counts there")  # fmt: skip
        else:
            return True
        return False

    def _overlay_circles(self) -> None:
        """Leave out milestones that overlays add and that wait for themselves; nothing else can close a circle."""
        edges = self.names.prerequisites()
        own = {
            f"{draft.id}/{stage.id}": (draft, stage)
            for draft in self.overlays
            for stage in milestones(draft)
            if stage.id and not stage.ref and stage.path not in draft.dropped
        }
        while cycles := find_cycles(edges):
            for cycle in cycles:
                mine = [one for one in cycle if one in own]
                for address in mine:
                    draft, stage = own[address]
                    following = cycle[(cycle.index(address) + 1) % len(cycle)]
                    draft.dropped.add(stage.path)
                    edges.pop(address, None)
                    if address == next(one for one in mine if own[one][0] is draft):
                        self._fault(draft, "T008", f"milestones wait for each other in a circle: {spell(cycle)}",
                                    self._waits(draft, stage, following),
                                    help="one of them should not wait for the next")  # fmt: skip
                if not mine:  # a circle of the track's own
                    for address in cycle:
                        edges.pop(address, None)

    def _waits(self, draft: OverlayDraft, stage: Stage, following: str) -> Path:
        """Return the place where a milestone names another one that it waits for."""
        for group in stage.after:
            for path, text in group:
                if following in (text, f"{draft.id}/{text}"):
                    return path
        return (*stage.path, "after")

    # What is done with what there is

    def _operations(self, draft: OverlayDraft) -> None:
        """Find what is to be hidden, remarked on and moved."""
        for path, text in strings(draft.data, "hide", ()):
            found = self._find(draft, text, path)
            if found is not None:
                draft.hide.append(found.spot)
        for path, table in tables(draft.data, "notes", ()):
            found = self._find(draft, words(table, "at"), (*path, "at"))
            said = words(table, "text").strip()
            if found is not None and said:
                draft.notes.append((found.spot, said))
        for stage in milestones(draft):
            for key in ("place_after", "place_before"):
                wanted = words(stage.data, key)
                if wanted and stage.path not in draft.dropped:
                    what = self.listings[draft.id].things[name_of(stage)]
                    self._move(draft, what, wanted, (*stage.path, key), before=key == "place_before")
        for path, table in tables(draft.data, "move", ()):
            moved = self._find(draft, words(table, "what"), (*path, "what"))
            key = "before" if "before" in table else "after"
            if moved is not None:
                self._move(draft, moved, words(table, key), (*path, key), before=key == "before")

    def _move(self, draft: OverlayDraft, what: Listed, wanted: str, path: Path, *, before: bool) -> None:
        beside = self._find(draft, wanted, path)
        if beside is None:
            return
        why = ""
        if beside.spot == what.spot:
            why = "nothing stands beside itself"
        elif beside.kind != what.kind:
            why = f"{tick(wanted)} is a {beside.kind}, and a {what.kind} stands among its like"
        elif beside.spot.milestone != what.spot.milestone and what.spot.item:
            why = f"{tick(wanted)} is in another milestone; progress stays with the milestone a thing is in"
        if why:
            self._fault(draft, "T030", why, path, help=_NEIGHBORS)
        else:
            draft.moves.append(Move(what.spot, beside.spot, before))

    def _foreign(self, draft: OverlayDraft, text: str, home: str, path: Path) -> None:
        """Say that what is inside a milestone of another track is not changed here."""
        self._fault(draft, "T030", f"{tick(text)} is written in the track `{home}`", path,
                    help=f"change it in `{home}{OVERLAY}`; here it can be hidden or moved as a whole")  # fmt: skip

    def _find(self, draft: OverlayDraft, text: str, path: Path, kind: str = "") -> Listed | None:
        """Return what a text names in the track; when that is nothing, say so and what was probably meant."""
        listing = self.listings[draft.id]
        if not text:
            return None  # missing, or no text at all: told by the shape
        name = listing.name(text)
        found = listing.things[name] if name is not None else None
        if found is not None and kind in ("", found.kind):
            return found
        if found is not None:
            self._fault(draft, "T030", f"{tick(text)} is a {found.kind}, not a {kind}", path)
        elif not PARTS.fullmatch(text):
            self._fault(draft, "T014", f"{tick(text)} is not an address", path,
                        help="an overlay names things by `milestone` or `milestone/item`")  # fmt: skip
        elif (home := listing.borrowed.get(text.partition("/")[0])) is not None:
            self._foreign(draft, text, home, path)
        else:
            help = "" if self._enough(draft, "T027") else self._meant(draft, listing, text)
            self._fault(draft, "T027", f"the track {tick(draft.id)} has no {tick(text)} (any more)", path,
                        warn=True, help=help)  # fmt: skip
        return None

    def _meant(self, draft: OverlayDraft, listing: Listing, text: str) -> str:
        """Guess what was meant: an item without its milestone, something of another track, or a slip."""
        ends = [name for name in listing.things if name.endswith(f"/{text}")]
        if ends:
            several = ", ".join(f"`{one}`" for one in ends[:5])
            return f"write {several}" if len(ends) == 1 else f"write one of {several}"
        head = text.partition("/")[0]
        tracks = [head] if "/" in text and head in self.outlines else self.names.chain(draft.id)[1:]
        for track in tracks:
            if track not in self.listings:
                self.listings[track] = Listing(self.outlines[track])
            if track != draft.id and self.listings[track].name(text) is not None:
                return f"that is in the track `{track}`, which `{track}{OVERLAY}` changes"
        return self.hints.did_you_mean(text, listing.things)


_NEIGHBORS = "milestones are moved within the track, items among the items of their kind in their milestone"
