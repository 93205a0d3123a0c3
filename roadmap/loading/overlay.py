"""Applying a person's overlays to tracks: values in, values out. Nothing here reads a file or finds a fault.

What an overlay asks for is done in this order, whatever the order in its file: add, move, hide. So something may be
put beside a thing that is hidden, and of two overlays on one track the later one has the last word on the order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from roadmap.loading.parts import work_out_hours
from roadmap.model.catalog import Overlaid
from roadmap.model.track import Milestone, Project, Resource, SkillEntry, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_Listed = TypeVar("_Listed", SkillEntry, Resource, Project)


class Spot(NamedTuple):
    """A thing as a track lists it: the address of a milestone, and that of an item in it unless it is empty."""

    milestone: str
    item: str = ""

    @property
    def address(self) -> str:
        """The address of the thing itself."""
        return self.item or self.milestone


class Move(NamedTuple):
    """Put one thing right before or after another: both are milestones, or items of one kind in one milestone."""

    what: Spot
    beside: Spot
    before: bool = False


class Addition(NamedTuple):
    """Items for the end of a milestone's lists."""

    milestone: str
    skills: tuple[SkillEntry, ...] = ()
    resources: tuple[Resource, ...] = ()
    projects: tuple[Project, ...] = ()


class Overlay(NamedTuple):
    """What one overlay file asks for, of the track with the id ``track``. ``notes`` are spots with a text each.

    ``milestones`` come at the end of the track, unless ``moves`` put them elsewhere.
    """

    track: str
    file: str
    hide: tuple[Spot, ...] = ()
    notes: tuple[tuple[Spot, str], ...] = ()
    moves: tuple[Move, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    additions: tuple[Addition, ...] = ()


def apply(tracks: Mapping[str, Track], overlays: Sequence[Overlay]) -> tuple[dict[str, Track], Overlaid]:
    """Return the tracks with the overlays laid over them, in order, and what the tracks themselves do not show.

    What an overlay names and the tracks do not have is passed over. Tracks that nothing changes are returned as
    they are.
    """
    work = _Work(tracks)
    for overlay in overlays:
        work.add(overlay)
    for overlay in overlays:
        work.move(overlay)
    for overlay in overlays:
        work.hide(overlay)
    return work.result(overlays)


class _Work:
    """The tracks while they are changed: which milestones each one lists, and the milestones by address."""

    def __init__(self, tracks: Mapping[str, Track]) -> None:
        self.tracks = tracks
        self.listed = {id: [one.address for one in track.milestones] for id, track in tracks.items()}
        self.milestones = {one.address: one for track in tracks.values() for one in track.milestones}
        self.before = dict(self.milestones)
        self.added: dict[str, str] = {}
        self.gone: dict[str, dict[str, str]] = {}  # by track, the milestones hidden in it and by which file
        self.items: dict[
            str, str
        ] = {}  # items hidden in the milestone they are written in, and by which file
        self.things: dict[str, Resource | Project | SkillEntry] = {}  # the same items
        self.left_out: dict[
            str, dict[str, None]
        ] = {}  # what is hidden, by the track or milestone it is hidden in

    def add(self, overlay: Overlay) -> None:
        """Add milestones to the end of the track, and items to the ends of lists."""
        listed = self.listed.get(overlay.track)
        if listed is None:
            return
        for one in overlay.milestones:
            if one.address in listed:
                continue
            listed.append(one.address)
            if one.address not in self.milestones:  # else it stands here by reference
                self.milestones[one.address] = self.before[one.address] = one
                self.added.update(dict.fromkeys((one.address, *_written(one)), overlay.file))
        for more in overlay.additions:
            milestone = self.milestones.get(more.milestone)
            if milestone is None or milestone.track != overlay.track:
                continue
            longer = milestone._replace(
                skills=_longer(milestone.skills, more.skills),
                resources=_longer(milestone.resources, more.resources),
                projects=_longer(milestone.projects, more.projects),
            )
            known = set(_written(milestone))
            self.added.update({one: overlay.file for one in _written(longer) if one not in known})
            self.milestones[more.milestone] = longer

    def move(self, overlay: Overlay) -> None:
        """Put milestones into another order, and the items of milestones."""
        listed = self.listed.get(overlay.track)
        if listed is None:
            return
        behind: dict[str, list[str]] = {}
        for move in overlay.moves:
            what, beside = move.what, move.beside
            if not what.item and not beside.item:
                _put(listed, what.milestone, beside.milestone, move.before, behind)
            elif what.item and beside.item and what.milestone == beside.milestone:
                self._move_item(overlay.track, move, behind)

    def _move_item(self, track: str, move: Move, behind: dict[str, list[str]]) -> None:
        milestone = self.milestones.get(move.what.milestone)
        if milestone is None or milestone.track != track:
            return
        self.milestones[milestone.address] = milestone._replace(
            skills=_moved(milestone.skills, move, behind),
            resources=_moved(milestone.resources, move, behind),
            projects=_moved(milestone.projects, move, behind),
        )

    def hide(self, overlay: Overlay) -> None:
        """Take milestones out of the track, and items out of its milestones."""
        listed = self.listed.get(overlay.track)
        if listed is None:
            return
        for spot in overlay.hide:
            if not spot.item:
                if spot.milestone in listed:
                    listed.remove(spot.milestone)
                    self.gone.setdefault(overlay.track, {})[spot.milestone] = overlay.file
                    self.left_out.setdefault(overlay.track, {})[spot.milestone] = None
                continue
            milestone = self.milestones.get(spot.milestone)
            if milestone is None or milestone.track != overlay.track:
                continue
            for one in _items(milestone):
                if _address(one) == spot.item:
                    self.left_out.setdefault(spot.milestone, {})[spot.item] = None
                    if not (isinstance(one, SkillEntry) and one.shared):
                        self.items[spot.item] = overlay.file
                        self.things[spot.item] = one
            self.milestones[spot.milestone] = milestone._replace(
                skills=_without(milestone.skills, spot.item),
                resources=_without(milestone.resources, spot.item),
                projects=_without(milestone.projects, spot.item),
            )

    def result(self, overlays: Sequence[Overlay]) -> tuple[dict[str, Track], Overlaid]:
        """Return the changed tracks, with hours that follow and without locks that nobody can open."""
        for address, milestone in self.milestones.items():
            if milestone is not self.before[address]:
                self.milestones[address] = _settled(self.before[address], milestone)
        self._unlock()
        tracks = {}
        for id, track in self.tracks.items():
            milestones = tuple([self.milestones[address] for address in self.listed[id]])
            same = len(milestones) == len(track.milestones) and all(
                one is other for one, other in zip(milestones, track.milestones, strict=True)
            )
            tracks[id] = track if same else track._replace(milestones=milestones)
        return tracks, self._overlaid(overlays)

    def _unlock(self) -> None:
        """A milestone that its track hides holds up nobody on the way: drop each group it stands in.

        One of several that would have done counts as done, so that hiding never makes a way longer.
        """
        if not self.gone:
            return
        seen_anywhere = {address for listed in self.listed.values() for address in listed}
        gone_anywhere = {address for hidden in self.gone.values() for address in hidden}
        for address, milestone in self.milestones.items():
            if not milestone.after:
                continue
            chain = self._chain(milestone.track)
            seen = {one for track in chain for one in self.listed[track]}
            gone = {one for track in chain for one in self.gone.get(track, ())} - seen
            gone |= gone_anywhere - seen_anywhere
            after = tuple(group for group in milestone.after if gone.isdisjoint(group))
            if len(after) < len(milestone.after):
                self.milestones[address] = milestone._replace(after=after)

    def _chain(self, track: str) -> list[str]:
        """Return a track and those it extends."""
        found = []
        at: str | None = track
        while at is not None and at in self.tracks and at not in found:
            found.append(at)
            at = self.tracks[at].extends
        return found

    def _overlaid(self, overlays: Sequence[Overlay]) -> Overlaid:
        hidden = dict(self.items)
        former: dict[str, str] = {}
        pages: dict[str, str] = {}
        for thing in self.things.values():
            _forget(thing, former, pages)
        for files in self.gone.values():
            for address, file in files.items():
                milestone = self.milestones[address]
                hidden.update(dict.fromkeys((address, *_written(milestone)), file))
                former.update(dict.fromkeys(milestone.former, address))
                for entry in _items(milestone):
                    if not (isinstance(entry, SkillEntry) and entry.shared):
                        _forget(entry, former, pages)
        notes: dict[str, tuple[str, ...]] = {}
        for overlay in overlays:
            for spot, text in overlay.notes:
                notes[spot.address] = (*notes.get(spot.address, ()), text)
        left_out = {place: tuple(names) for place, names in self.left_out.items()}
        return Overlaid(left_out, hidden, former, pages, notes, self.added)


def _put(order: list[str], what: str, beside: str, before: bool, behind: dict[str, list[str]]) -> None:
    """Put one name of a list beside another. Those put after the same one stand in the order of their putting."""
    if what == beside or what not in order or beside not in order:
        return
    order.remove(what)
    for names in behind.values():
        if what in names:
            names.remove(what)
    at = order.index(beside)
    if not before:
        followers = behind.setdefault(beside, [])
        at += 1
        while at < len(order) and order[at] in followers:
            at += 1
        followers.append(what)
    order.insert(at, what)


def _items(milestone: Milestone) -> list[SkillEntry | Resource | Project]:
    found: list[SkillEntry | Resource | Project] = [*milestone.skills]
    found += milestone.resources
    found += milestone.projects
    return found


def _address(one: SkillEntry | Resource | Project) -> str:
    return one.skill.address if isinstance(one, SkillEntry) else one.address


def _moved(items: tuple[_Listed, ...], move: Move, behind: dict[str, list[str]]) -> tuple[_Listed, ...]:
    by_address = {_address(one): one for one in items}
    order = list(by_address)
    if move.what.item not in order or move.beside.item not in order:
        return items
    _put(order, move.what.item, move.beside.item, move.before, behind)
    return tuple([by_address[address] for address in order])


def _longer(items: tuple[_Listed, ...], more: tuple[_Listed, ...]) -> tuple[_Listed, ...]:
    known = {_address(one) for one in items}
    return items + tuple([one for one in more if _address(one) not in known])


def _without(items: tuple[_Listed, ...], address: str) -> tuple[_Listed, ...]:
    return tuple([one for one in items if _address(one) != address])


def _written(milestone: Milestone) -> Iterable[str]:
    """Return the addresses of the items that are written in a milestone."""
    return (
        *(entry.skill.address for entry in milestone.skills if not entry.shared),
        *(one.address for one in milestone.resources),
        *(one.address for one in milestone.projects),
    )


def _forget(thing: SkillEntry | Resource | Project, former: dict[str, str], pages: dict[str, str]) -> None:
    """Note what has to be known of a hidden thing: its former addresses, and the page of a resource."""
    item = thing.skill if isinstance(thing, SkillEntry) else thing
    former.update(dict.fromkeys(item.former, item.address))
    if isinstance(item, Resource):
        pages[item.address] = item.url


def _settled(before: Milestone, after: Milestone) -> Milestone:
    """Let the projects a milestone needs and its hours follow its parts.

    Hours change by what came and went: essential reading, half an hour for each required skill, the projects
    needed. So hours that the author stated keep what they say beyond the parts.
    """
    needs = min(before.needs if before.projects else 1, len(after.projects))
    hours = work_out_hours(after.skills, after.resources, after.projects, needs)
    if before.stated_hours:
        was = work_out_hours(before.skills, before.resources, before.projects, before.needs)
        hours = max(0.0, round(before.hours + hours - was, 6))
    return after._replace(needs=needs, hours=hours)
