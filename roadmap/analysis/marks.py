"""What a mark changes: from "this skill is done" to the edits of the progress file.

Every function takes values and returns a ``Marked``: the edits, and a sentence for the person. Nothing is
written here. Marks keep milestones in step: the first mark in a milestone begins it, the last one finishes it,
taking one back reopens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.path import items_of, outline_of, path_of, shared_by
from roadmap.analysis.records import Records
from roadmap.analysis.standing import measure_milestone
from roadmap.model.catalog import kind_of, title_of
from roadmap.model.edit import Edit, Value, edit, with_edits
from roadmap.model.progress import RANK, Progress, State
from roadmap.model.track import PROOFS, Milestone, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from roadmap.model.catalog import Catalog

BEGUN = {"milestone": "learning", "skill": "learning", "project": "doing", "resource": "reading"}
"""The word for "begun" by kind of thing."""


class Marked(NamedTuple):
    """The edits of one act of the person, and what it did in a few words ("done: stream and cancel")."""

    edits: tuple[Edit, ...]
    what: str


def word_for(kind: str, state: State) -> str:
    """Return the word the file and the screens use for a state of a thing."""
    return BEGUN[kind] if state == State.LEARNING else state.value


def choose_role(catalog: Catalog, progress: Progress, role: str) -> Marked:
    """Make a role the one that is followed, and write the outline of its path.

    Raises KeyError for a role no track describes.
    """
    records = Records(catalog, progress)
    edits: list[Edit] = []
    if progress.role != role:
        edits.append(Edit(("role",), role))
    edits += [
        edit(address, "state", State.TODO.value)
        for address in outline_of(catalog, role)
        if not records.has(address)
    ]
    return Marked(tuple(edits), f"role: {catalog.tracks[role].title}")


def mark(catalog: Catalog, progress: Progress, addresses: Iterable[str], state: State, today: date) -> Marked:
    """Give things a state. Marking a milestone done marks its required skills; resetting one resets its items."""
    names: list[str] = []
    sheet = _Sheet(catalog, progress)
    for address in addresses:
        thing = catalog.things[address]
        names.append(short(title_of(thing)))
        if isinstance(thing, Milestone):
            names[-1] += _mark_milestone(sheet, thing, state, today)
        else:
            sheet.set_state(address, state, today)
            sheet.keep_in_step(address, today)
    label = "not begun" if state == State.TODO else state.value
    if state == State.LEARNING and len(names) == 1:
        label = word_for(kind_of(thing), state)
    return Marked(sheet.edits, f"{label}: {', '.join(names)}")


def _mark_milestone(sheet: _Sheet, milestone: Milestone, state: State, today: date) -> str:
    """Mark a milestone and what goes with it; return how many of its items did, in words."""
    sheet.set_state(milestone.address, state, today)
    if state in (State.LEARNING, State.DONE):
        sheet.outline(milestone)
    along: list[str] = []
    if state == State.DONE:
        skills = [skill.address for skill in milestone.required_skills]
        along = [one for one in skills if sheet.records.state(one) not in (State.DONE, State.SKIPPED)]
    if state == State.TODO:
        along = [one for one in items_of(milestone) if sheet.records.state(one) != State.TODO]
    for address in along:
        sheet.set_state(address, state, today)
    kind = "skill" if state == State.DONE else "item"
    return f", with {len(along)} {kind}{'s' if len(along) > 1 else ''}" if along else ""


def note(catalog: Catalog, progress: Progress, address: str, text: str) -> Marked:
    """Set the note of a thing; an empty text removes it."""
    sheet = _Sheet(catalog, progress)
    sheet.put_alone(address, "note", text.strip() or None)
    what = "note on" if text.strip() else "no note on"
    return Marked(sheet.edits, f"{what}: {short(title_of(catalog.things[address]))}")


def link(catalog: Catalog, progress: Progress, address: str, url: str, *, remove: bool = False) -> Marked:
    """Add one of the person's own links to a thing, or take it away."""
    sheet = _Sheet(catalog, progress)
    links = [one for one in sheet.records.entry(address).links if one != url]
    if not remove:
        links.append(url)
    sheet.put_alone(address, "links", tuple(links) or None)
    what = "link taken from" if remove else "link on"
    return Marked(sheet.edits, f"{what}: {short(title_of(catalog.things[address]))}")


def prove(
    catalog: Catalog, progress: Progress, address: str, evidence: Mapping[str, Sequence[str]], today: date
) -> Marked:
    """Record evidence (links or paths) for proofs of a project; an empty sequence removes a proof's evidence.

    The first evidence begins the project, the third proof makes it done. Raises ValueError when the address
    is not a project or a proof has another name.
    """
    project = catalog.things[address]
    if not isinstance(project, Project):
        raise ValueError(f"{address} is a {kind_of(project)}; only projects have proofs")
    sheet = _Sheet(catalog, progress)
    for proof, given in evidence.items():
        if proof not in PROOFS:
            raise ValueError(f"{proof} is not a proof; the proofs are {', '.join(PROOFS)}")
        kept = tuple(dict.fromkeys(one.strip() for one in given if one.strip()))
        sheet.put_alone(address, proof, (kept[0] if len(kept) == 1 else kept) or None)
    entry = sheet.records.entry(address)
    if entry.proven:
        if entry.state != State.DONE:
            sheet.set_state(address, State.DONE, today)
    elif entry.state == State.TODO and len(entry.lacks) < len(PROOFS):
        sheet.set_state(address, State.LEARNING, today)
    sheet.keep_in_step(address, today, reopen=False)  # evidence never takes a claim back
    what = "proven" if entry.proven else f"{', '.join(evidence)} recorded"
    return Marked(sheet.edits, f"{what}: {short(project.title)}")


class _Sheet:
    """A draft of the progress: takes values, remembers the edits, and answers as if they were made."""

    def __init__(self, catalog: Catalog, progress: Progress) -> None:
        self._catalog = catalog
        self._progress = progress
        self._edits: dict[tuple[str, ...], Value] = {}
        self.records = Records(catalog, progress)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(Edit(path, value) for path, value in self._edits.items())

    def put(self, address: str, field: str, value: Value) -> None:
        """Set one field of a record, under the address the file already uses for it."""
        one = edit(self.records.written(address), field, value)
        self._edits[one.path] = value
        self._progress = with_edits(self._progress, (one,))
        self.records = Records(self._catalog, self._progress)

    def put_alone(self, address: str, field: str, value: Value) -> None:
        """Set one field of a record, and remove it from the other records of the same thing or page.

        What a person sees is all of them united; what is put here stands for the whole.
        """
        written = self.records.written(address)
        others = [one for one in self.records.copies(address) if one != written]
        self.put(address, field, value)
        for other in others:
            if getattr(self._progress.entry(other), field):
                one = edit(other, field, None)
                self._edits[one.path] = None
                self._progress = with_edits(self._progress, (one,))
        self.records = Records(self._catalog, self._progress)

    def set_state(self, address: str, state: State, today: date) -> None:
        """Set state and date of a record, and of other records of the same page that are further along.

        What a person sees is the furthest of them, so those behind may stay as they are.
        """
        kind = kind_of(self._catalog.things[address])
        own = self.records.written(address)
        for written in self.records.copies(address):
            entry = self._progress.entry(written)
            if written != own and RANK[entry.state] <= RANK[state]:
                continue
            if entry.state == state == State.DONE and entry.on is not None:
                continue  # done on that day, not today
            self.put(written, "state", word_for(kind, state))
            if state == State.DONE:
                self.put(written, "on", today)
            elif entry.on is not None:
                self.put(written, "on", None)

    def outline(self, milestone: Milestone) -> None:
        """Write a table for every item of a milestone that has none yet, as one that joined the track later.

        Marks that only change lines that are there are what git merges without a conflict.
        """
        for address in (*items_of(milestone), *shared_by(milestone)):
            if not self.records.has(address):
                self.put(address, "state", State.TODO.value)

    def keep_in_step(self, address: str, today: date, *, reopen: bool = True) -> None:
        """Begin, finish or reopen the milestones that an item stands in. Only the first of them is begun."""
        state = self.records.state(address)
        for index, milestone in enumerate(self._milestones_with(address)):
            mark = self.records.state(milestone.address)
            if mark in (State.TODO, State.SKIPPED) and state in (State.LEARNING, State.DONE) and index == 0:
                self.set_state(milestone.address, State.LEARNING, today)
                self.outline(milestone)
            undone = state in (State.TODO, State.LEARNING)
            if mark == State.DONE and undone and reopen and self._counts(milestone, address):
                self.set_state(milestone.address, State.LEARNING, today)
            standing = measure_milestone(milestone, 0, self.records)
            finished = standing.state in ("done", "proven")
            if finished and self.records.state(milestone.address) == State.LEARNING:
                self.set_state(milestone.address, State.DONE, today)

    def _counts(self, milestone: Milestone, address: str) -> bool:
        """Tell whether the milestone cannot be done while this item is not."""
        if any(skill.address == address for skill in milestone.required_skills):
            return True
        if any(project.address == address for project in milestone.projects):
            done = [p for p in milestone.projects if self.records.state(p.address) == State.DONE]
            return len(done) < milestone.needs
        if milestone.required_skills or milestone.needs:
            return False
        pages = self._pages(address)
        return any(one.address in pages and not one.optional for one in milestone.resources)

    def _pages(self, address: str) -> tuple[str, ...]:
        return self._catalog.same.get(address, (address,))

    def _milestones_with(self, address: str) -> list[Milestone]:
        """Return every milestone that lists an item: those of the followed path first, then its home."""
        pages = self._pages(address)
        role = self._progress.role
        on_path = path_of(self._catalog, role).milestones if role in self._catalog.tracks else ()
        home = self._catalog.home(address)
        everywhere = (one for track in self._catalog.tracks.values() for one in track.milestones)
        listed = {
            milestone.address: milestone
            for milestone in (*on_path, *([home] if home else []), *everywhere)
            if any(page in items_of(milestone) for page in pages)
            or any(entry.skill.address == address for entry in milestone.skills)
        }
        return list(listed.values())


def short(title: str, limit: int = 50) -> str:
    """Shorten a title for a message, at a word if possible."""
    if len(title) <= limit:
        return title
    cut = title[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:")
    return cut + "…"
