"""The person's records seen through the catalog: renamed things followed, the same page counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.model.progress import EMPTY, RANK, Entry, Progress, State

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog


class Records:
    """Look-ups from present addresses to what the file says about them.

    ``orphans`` are addresses in the file that no track has: they are kept, and listed. What an overlay hides is
    none of them; its records count nowhere and stay as they are.
    """

    def __init__(self, catalog: Catalog, progress: Progress) -> None:
        self._catalog = catalog
        self._entries: dict[str, Entry] = {}
        self._written: dict[str, str] = {}
        self._all: dict[str, list[str]] = {}
        self.orphans: list[str] = []
        for written, entry in progress.entries.items():
            address = catalog.present(written)
            if address not in catalog.things and address not in catalog.hidden:
                self.orphans.append(written)
                continue
            self._all.setdefault(address, []).append(written)
            if address not in self._entries or written == address:
                self._written[address] = written
            self._entries[address] = (
                further(self._entries[address], entry) if address in self._entries else entry
            )

    def entry(self, address: str) -> Entry:
        """Return the record of a thing, wherever the file keeps it. An empty one when there is none."""
        entry = self._entries.get(address, EMPTY)
        for other in self._catalog.same.get(address, ()):
            if other != address and other in self._entries:
                entry = further(entry, self._entries[other])
        return entry

    def state(self, address: str) -> State:
        """Return the state the person gave a thing."""
        return self.entry(address).state

    def written(self, address: str) -> str:
        """Return the address under which the file keeps (or will keep) the record of a thing.

        For a renamed thing that is the former address for as long as its record stands there, and marks go
        there too: a changed line merges with what another laptop, with older tracks, does to the same record,
        and a moved table would not. With records under both, it is the present one.
        """
        return self._written.get(address, address)

    def has(self, address: str) -> bool:
        """Tell whether the file has a table for a thing."""
        return address in self._written

    def copies(self, address: str) -> list[str]:
        """Return the written addresses of all records of a thing, its own first.

        More than one for a page listed twice, and for a thing recorded under a former address as well.
        """
        group = (address, *(one for one in self._catalog.same.get(address, ()) if one != address))
        found = [written for one in group for written in self._all.get(one, ())]
        found.sort(key=lambda written: written != self.written(address))
        return found or [self.written(address)]


def further(one: Entry, other: Entry) -> Entry:
    """Unite two records of the same thing: further along wins, notes, links and evidence are kept from both."""
    ahead, behind = (one, other) if RANK[one.state] >= RANK[other.state] else (other, one)
    return Entry(
        state=ahead.state,
        on=ahead.on or behind.on if ahead.state == behind.state else ahead.on,
        note="\n".join(dict.fromkeys(note for note in (ahead.note, behind.note) if note)),
        links=_both(ahead.links, behind.links),
        built=_both(ahead.built, behind.built),
        evaluated=_both(ahead.evaluated, behind.evaluated),
        explained=_both(ahead.explained, behind.explained),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
