"""What changed between two versions of a person's progress, and how to say so in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.progress import EMPTY, Progress, State
from roadmap.model.track import PROOFS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SUBJECT = 72
"""The longest first line of a commit message, in characters."""

KINDS = ("done", "proven", "began", "skipped", "reopened", "evidence for", "note on", "links on", "removed")
"""What can happen to a record, in the order it is told. Each is followed by the names of the records."""


class Change(NamedTuple):
    """One thing that happened to one record. ``kind`` is one of KINDS, or ``role`` or ``hours per week``.

    ``address`` is that of the record; for the last two it is the new value.
    """

    kind: str
    address: str


def changes(before: Progress, after: Progress) -> list[Change]:
    """Return what happened between two versions, in the order of the file. Outlines alone are nothing."""
    found = []
    if after.role != before.role and after.role:
        found.append(Change("role", after.role))
    if after.hours_per_week != before.hours_per_week and after.hours_per_week:
        found.append(Change("hours per week", f"{after.hours_per_week:g}"))
    for address in dict.fromkeys([*after.entries, *before.entries]):
        old, new = before.entry(address), after.entry(address)
        if old == new:
            continue
        if new == EMPTY and address not in after.entries:
            found.append(Change("removed", address))
            continue
        proven = new.proven and not old.proven
        if proven:
            found.append(Change("proven", address))
        elif any(new.evidence(proof) != old.evidence(proof) for proof in PROOFS):
            found.append(Change("evidence for", address))
        if new.state != old.state and not (proven and new.state == State.DONE):
            found.append(Change(_STATES[new.state], address))
        if new.note != old.note:
            found.append(Change("note on", address))
        if new.links != old.links:
            found.append(Change("links on", address))
    return found


_STATES = {
    State.DONE: "done",
    State.LEARNING: "began",
    State.SKIPPED: "skipped",
    State.TODO: "reopened",
}


def told(found: Sequence[Change], titles: Mapping[str, str], limit: int = 0) -> str:
    """Say changes in one line: "AI Engineer: done streaming, retries; proven support-bot".

    ``titles`` are those of the tracks by id. With a ``limit`` above 0, lists of names are cut ("and 4 more"),
    then the end, until the line is at most that many characters long, or as short as it gets.
    """
    lines = _by_track(found, titles)
    longest = max((len(names) for _, groups in lines for names in groups.values()), default=0)
    text = _line(lines, longest)
    while limit and len(text) > limit and longest > 1:
        longest -= 1
        text = _line(lines, longest)
    if limit and len(text) > limit:
        parts = text.split("; ")
        while len(parts) > 1 and len(text) > limit:
            parts.pop()
            text = "; ".join([*parts, "and more"])
    return text


def message(before: Progress | None, after: Progress, titles: Mapping[str, str]) -> str:
    """Return a commit message for a version of the file. ``before`` is None for the first one.

    The first line is short; a list that had to be cut follows in full.
    """
    found = changes(before or Progress(), after)
    if before is None:
        role = titles.get(after.role or "", after.role)
        found = [change for change in found if change.kind not in ("role", "hours per week")]
        start = f"Begin: {role}" if role else "Begin to keep progress"
        return _with_rest(start + (f"; {told(found, titles)}" if found else ""), found, titles, start)
    if not found:
        return "Progress file: comments and layout"
    return _with_rest(told(found, titles), found, titles, "")


def _with_rest(full: str, found: Sequence[Change], titles: Mapping[str, str], start: str) -> str:
    if len(full) <= SUBJECT:
        return full
    subject = start or told(found, titles, SUBJECT)
    if len(subject) > SUBJECT:
        subject = subject[: SUBJECT - 1].rstrip() + "…"
    body = [
        f"{track}{': ' if track else ''}{kind} {', '.join(names)}"
        for track, groups in _by_track(found, titles)
        for kind, names in groups.items()
    ]
    return "\n".join([subject, "", *body])


def _by_track(found: Sequence[Change], titles: Mapping[str, str]) -> list[tuple[str, dict[str, list[str]]]]:
    """Return the names of what changed, by the title of the track and then by kind. The top comes first."""
    tracks: dict[str, dict[str, list[str]]] = {}
    for change in found:
        if change.kind in ("role", "hours per week"):
            tracks.setdefault("", {}).setdefault(change.kind, []).append(
                titles.get(change.address, change.address)
            )
            continue
        track, _, rest = change.address.partition("/")
        name = rest.rpartition("/")[2] or track
        tracks.setdefault(titles.get(track, track), {}).setdefault(change.kind, []).append(name)
    order = {kind: place for place, kind in enumerate(("role", "hours per week", *KINDS))}
    return [
        (track, {kind: groups[kind] for kind in sorted(groups, key=order.__getitem__)})
        for track, groups in sorted(tracks.items(), key=lambda one: one[0] != "")
    ]


def _line(lines: list[tuple[str, dict[str, list[str]]]], most: int) -> str:
    """Say everything in a line with at most so many names of a kind."""
    parts = []
    for track, groups in lines:
        said = []
        for kind, names in groups.items():
            rest = len(names) - most
            said.append(f"{kind} {', '.join(names[:most])}" + (f" and {rest} more" if rest > 0 else ""))
        parts.append((f"{track}: " if track else "") + "; ".join(said))
    return "; ".join(parts)
