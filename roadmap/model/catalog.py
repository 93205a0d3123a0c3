"""All tracks together: what stands at an address, and what stands there under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.model.track import Milestone, Project, Resource, Skill, Track

if TYPE_CHECKING:
    from collections.abc import Iterator

Item = Skill | Resource | Project

KINDS: dict[type, str] = {Milestone: "milestone", Skill: "skill", Resource: "resource", Project: "project"}


def kind_of(thing: Milestone | Item) -> str:
    """Name what a thing is: ``milestone``, ``skill``, ``resource`` or ``project``."""
    return KINDS[type(thing)]


def title_of(thing: Milestone | Item) -> str:
    """Return the line a thing is known by: its title, or what a skill lets a person do."""
    return thing.can if isinstance(thing, Skill) else thing.title


class Catalog:
    """Every track that loaded, by id, in the order they are shown.

    ``things`` maps each address to the milestone or item written there. ``current`` maps a former address to
    the present one. ``same`` maps the address of a resource to all addresses that hold the same web page.
    """

    def __init__(self, tracks: dict[str, Track]) -> None:
        self.tracks = tracks
        self.things: dict[str, Milestone | Item] = {}
        self.current: dict[str, str] = {}
        self.same: dict[str, tuple[str, ...]] = {}
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
        for addresses in pages.values():
            if len(addresses) > 1:
                group = tuple(addresses)
                self.same.update(dict.fromkeys(addresses, group))

    def _add(self, thing: Milestone | Item) -> None:
        self.things[thing.address] = thing
        for former in thing.former:
            self.current.setdefault(former, thing.address)

    def milestone(self, address: str) -> Milestone | None:
        """Return the milestone at an address, or None."""
        thing = self.things.get(address)
        return thing if isinstance(thing, Milestone) else None

    def home(self, address: str) -> Milestone | None:
        """Return the milestone an address belongs to: itself, or the one an item is written in."""
        return self.milestone("/".join(address.split("/")[:2]))

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
