"""The lint itself: all rules over all files, each mistake told once, in the order of the files."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from roadmap.lint.files import Library, outlines_for
from roadmap.lint.hours import implausible_hours
from roadmap.lint.repeats import pages, questions, sentences
from roadmap.lint.sections import Paths, empty_milestones, out_of_reach
from roadmap.lint.texts import proofs, strays, too_long, web_addresses
from roadmap.loading.diagnostics import Fault
from roadmap.loading.judge import MAX_FAULTS, Draft, judge
from roadmap.loading.links import judge_links
from roadmap.loading.overlay_judge import OverlayDraft, judge_overlay
from roadmap.loading.overlay_links import judge_overlays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.loading.sources import Source

RULES = (strays, web_addresses, too_long, proofs, empty_milestones, implausible_hours)
"""Rules that look at one file by itself. Each takes a draft and yields faults."""

REPEATS = (questions, pages, sentences)
"""Rules that look at all files together. Each takes drafts and yields faults with the draft they belong to."""

_MOST = 8 * MAX_FAULTS
_ASK_LIBRARY = {"T007", "T014", "T015"}


class Report(NamedTuple):
    """What lint found: the faults in order, and how many files it looked at."""

    faults: tuple[Fault, ...]
    files: int

    @property
    def errors(self) -> int:
        """How many faults are errors."""
        return sum(fault.severity == "error" for fault in self.faults)

    @property
    def warnings(self) -> int:
        """How many faults are warnings."""
        return len(self.faults) - self.errors


def lint(sources: Sequence[Source], library: Library | None = None) -> Report:
    """Judge all sources together, tracks and overlays. What they refer to beyond themselves is in the library."""
    library = library or Library()
    drafts = [_judged(source) for source in sources]
    overlays = [draft for draft in drafts if isinstance(draft, OverlayDraft)]
    known: dict[str, Draft] = {}
    for draft in drafts:
        if not isinstance(draft, OverlayDraft) and known.setdefault(draft.id, draft) is not draft:
            draft.faults.append(_twin(draft, known[draft.id]))
    tracks = {id: draft for id, draft in known.items() if draft.parsed}
    _links(tracks, set(known), library)
    if overlays:
        _overlays(overlays, tracks, set(known), library)
    sound = [draft for draft in drafts if draft.parsed]
    for draft in sound:
        for rule in RULES:
            draft.faults += islice(rule(draft), _MOST)
    for find in REPEATS:
        for draft, fault in islice(find(sound), _MOST * len(sound)):
            draft.faults.append(fault)
    return Report(tuple(fault for draft in drafts for fault in _once(draft.faults)), len(drafts))


def _judged(source: Source) -> Draft:
    """Judge one file by itself; one that could not be read has the fault that says so."""
    if source.fault is not None:
        kind = OverlayDraft if source.overlay else Draft
        return kind(source.id, source.file, source.text, faults=[source.fault])
    return (judge_overlay if source.overlay else judge)(source.id, source.file, source.text)


def _overlays(
    overlays: Sequence[OverlayDraft], tracks: dict[str, Draft], ids: set[str], library: Library
) -> None:
    """Judge what overlays name, in the tracks that are linted with them or else in those of the library."""
    own = {id: draft.outline for id, draft in tracks.items()}
    outlines = {**outlines_for(own, library, every=True), **own}
    sound = [draft for draft in overlays if draft.parsed]
    judge_overlays(sound, outlines, (ids | set(library.ids)) - set(outlines))
    paths = Paths(outlines)
    for draft in sound:
        if draft.id in outlines:
            draft.faults += out_of_reach(draft, paths)


def _links(drafts: dict[str, Draft], ids: set[str], library: Library) -> None:
    """Judge ids and references. All other tracks are read only when a reference leads nowhere."""
    own = {id: draft.outline for id, draft in drafts.items()}
    others = outlines_for(own, library)
    dead = (ids | set(library.ids)) - set(own) - set(others)
    unread = {id for id in dead if id in library and id not in ids}
    mentioned = {text.partition("/")[0] for one in own.values() for text in one.mentions()}
    # A library track nobody refers to was not read. It is not dead, it is only not needed.
    found = judge_links(drafts, others, dead - (unread - mentioned), quiet=True)
    if any(fault.code in _ASK_LIBRARY for faults in found.values() for fault in faults):
        others = outlines_for(own, library, every=True)
        dead = (ids | set(library.ids)) - set(own) - set(others)
        found = judge_links(drafts, others, dead, quiet=True)
    circles: set[str] = set()
    for id, faults in found.items():
        for fault in faults:
            if fault.code in ("T008", "T009"):
                if fault.message in circles:  # told in the first of its files; the others are shown there
                    continue
                circles.add(fault.message)
            drafts[id].faults.append(fault)
    paths = Paths({**others, **own})
    for draft in drafts.values():
        draft.faults += out_of_reach(draft, paths)


def _twin(draft: Draft, first: Draft) -> Fault:
    message = f"the track `{draft.id}` is there already: {first.file}"
    return Fault(
        "T006", "error", draft.file, 0, 0, 0, 0, message, "a track's id is its file's name: rename one"
    )


def _once(faults: list[Fault]) -> list[Fault]:
    """Order the faults of one file by place, and tell no warning where an error stands already."""
    errors = {(fault.line, fault.column) for fault in faults if fault.severity == "error" and fault.line}
    kept: dict[tuple[str, int, int, str], Fault] = {}
    per_code: dict[str, int] = {}
    for fault in sorted(faults, key=lambda one: (one.line, one.column, one.code)):
        place = (fault.line, fault.column)
        if fault.severity == "warning" and place in errors:
            continue
        if fault.code == "T011":  # loading replaces them and goes on; an author must not ship them
            fault = fault._replace(severity="error", help="delete them")
        per_code[fault.code] = per_code.get(fault.code, 0) + 1
        if per_code[fault.code] <= MAX_FAULTS:
            kept.setdefault((fault.code, *place, fault.message), fault)
    return list(kept.values())
