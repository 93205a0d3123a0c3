"""All tracks together: what stands at an address, and what stands there under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.track import NOTHING, Milestone, Project, Resource, Skill, Track

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Item = Skill | Resource | Project

KINDS: dict[type, str] = {Milestone: "milestone", Skill: "skill", Resource: "resource", Project: "project"}


def kind_of(thing: Milestone | Item) -> str:
    """Name what a thing is: ``milestone``, ``skill``, ``resource`` or ``project``."""
    return KINDS[type(thing)]


def title_of(thing: Milestone | Item) -> str:
    """Return the line a thing is known by: its title, or what a skill lets a person do."""
    return thing.can if isinstance(thing, Skill) else thing.title


class Overlaid(NamedTuple):
    """What the person's own overlays did to the tracks, as far as the tracks themselves do not show it.

    ``left_out`` maps the id of a track to the addresses of the milestones that are hidden in it, and the address of
    a milestone to those of its hidden items. ``hidden`` maps the address of each thing that is hidden where it is
    written to the overlay's file, ``former`` the former addresses of such things to the present ones, ``pages``
    hidden resources to their web address. ``notes`` maps addresses to the person's remarks, and ``added`` those of
    what an overlay added to its file.
    """

    left_out: Mapping[str, tuple[str, ...]] = NOTHING
    hidden: Mapping[str, str] = NOTHING
    former: Mapping[str, str] = NOTHING
    pages: Mapping[str, str] = NOTHING
    notes: Mapping[str, tuple[str, ...]] = NOTHING
    added: Mapping[str, str] = NOTHING


AS_WRITTEN = Overlaid()
"""No overlay did anything."""


class Catalog:
    """Every track that loaded, by id, in the order they are shown.

    ``things`` maps each address to the milestone or item written there. ``current`` maps a former address to
    the present one. ``same`` maps the address of a resource to all addresses that hold the same web page.
    ``hidden``, ``left_out``, ``notes`` and ``added`` tell what the person's overlays did, by address: which file
    hides a thing from every track, what is hidden in one place, what the person remarks, which file added a thing.
    """

    def __init__(self, tracks: dict[str, Track], overlaid: Overlaid = AS_WRITTEN) -> None:
        self.tracks = tracks
        self.overlaid = overlaid
        self.things: dict[str, Milestone | Item] = {}
        self.current: dict[str, str] = {}
        self.same: dict[str, tuple[str, ...]] = {}
        self.hidden: Mapping[str, str] = NOTHING
        self.left_out = overlaid.left_out
        self.notes = overlaid.notes
        self.added = overlaid.added
        self._elsewhere: dict[str, Milestone] = {}
        self._index()

    def _index(self) -> None:
        """Index everything once; later questions are look-ups."""
        pages: dict[str, list[str]] = {}
        for track in self.tracks.values():
            for milestone in track.milestones:
                if milestone.track != track.id:
                    continue
                self._add(milestone)
                for entry in milestone.skills:
                    if not entry.shared:
                        self._add(entry.skill)
                for resource in milestone.resources:
                    self._add(resource)
                    pages.setdefault(page(resource.url), []).append(resource.address)
                for project in milestone.projects:
                    self._add(project)
        if self.overlaid.hidden:
            self._index_hidden(pages)
        for addresses in pages.values():
            if len(addresses) > 1:
                group = tuple(addresses)
                self.same.update(dict.fromkeys(addresses, group))

    def _index_hidden(self, pages: dict[str, list[str]]) -> None:
        """Index what is hidden where it is written and stands in another track all the same, and what is gone.

        A hidden page stays the same page as its twins: what was read there is read.
        """
        listed = [milestone for track in self.tracks.values() for milestone in track.milestones]
        for milestone in listed:
            if milestone.address not in self.things:
                self._add(milestone)
                for entry in milestone.skills:
                    if not entry.shared:
                        self._add(entry.skill)
                for project in milestone.projects:
                    self._add(project)
                for resource in milestone.resources:
                    self._add(resource)
                    pages.setdefault(page(resource.url), []).append(resource.address)
        for milestone in listed:
            for entry in milestone.skills:
                if entry.skill.address not in self.things:
                    self._add(entry.skill)
                    self._elsewhere[entry.skill.address] = milestone
        hidden = self.overlaid.hidden
        self.hidden = {address: file for address, file in hidden.items() if address not in self.things}
        for former, address in self.overlaid.former.items():
            self.current.setdefault(former, address)
        for address, url in self.overlaid.pages.items():
            if address not in self.things:
                pages.setdefault(page(url), []).append(address)

    def _add(self, thing: Milestone | Item) -> None:
        self.things[thing.address] = thing
        for former in thing.former:
            self.current.setdefault(former, thing.address)

    def milestone(self, address: str) -> Milestone | None:
        """Return the milestone at an address, or None."""
        thing = self.things.get(address)
        return thing if isinstance(thing, Milestone) else None

    def home(self, address: str) -> Milestone | None:
        """Return the milestone an address belongs to: itself, or the one an item is written in.

        For a skill that is hidden there, it is the first milestone that shares it.
        """
        return self._elsewhere.get(address) or self.milestone("/".join(address.split("/")[:2]))

    def addresses(self) -> Iterator[str]:
        """All addresses, in the order of the tracks."""
        return iter(self.things)

    def present(self, address: str) -> str:
        """Return the address something has now, following a rename of it or of its milestone."""
        if address in self.things or address in self.current:
            return self.current.get(address, address) if address not in self.things else address
        head, _, item = address.rpartition("/")
        moved = self.current.get(head)
        if moved is None:
            return address
        renamed = f"{moved}/{item}"  # and the item may have another name in it by now
        return renamed if renamed in self.things else self.current.get(renamed, renamed)


def page(url: str) -> str:
    """Reduce a web address to what makes it the same page: no scheme, no ``www``, no fragment, no last slash."""
    rest = url.split("://", 1)[-1].split("#", 1)[0].rstrip("/")
    host, slash, path = rest.partition("/")
    return host.lower().removeprefix("www.") + slash + path
