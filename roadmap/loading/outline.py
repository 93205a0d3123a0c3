"""What a track file names and refers to, read from its parsed TOML without asking whether the rest is right.

A file with one wrong key still has ids and references that can be judged. So nothing here raises and nothing
is converted: what has the wrong type is passed over, since ``judge`` reports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading.parts import resource_ids

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from roadmap.loading.spans import Path

KINDS = {"skills": "skill", "resources": "resource", "projects": "project"}
"""The lists of items in a milestone, and what one item of each is called."""


class Entry(NamedTuple):
    """A skill, a resource or a project as written: its place, its id or the address it refers to, its table."""

    kind: str
    path: Path
    id: str
    ref: str
    data: dict[str, Any]


class Stage(NamedTuple):
    """A milestone as written. ``after`` holds groups; each member with its place. ``id`` may be empty."""

    path: Path
    id: str
    ref: str
    after: tuple[tuple[tuple[Path, str], ...], ...]
    entries: tuple[Entry, ...]
    data: dict[str, Any]

    def of(self, kind: str) -> Iterator[Entry]:
        """Go through the items of one kind."""
        return (entry for entry in self.entries if entry.kind == kind)


class Outline(NamedTuple):
    """A track as written: its id, what it extends (or nothing), its milestones in order."""

    id: str
    extends: str
    stages: tuple[Stage, ...]

    def mentions(self) -> Iterator[str]:
        """Go through everything the track names of itself or of others: addresses, short ones included."""
        if self.extends:
            yield self.extends
        for stage in self.stages:
            if stage.ref:
                yield stage.ref
            for group in stage.after:
                for _path, wanted in group:
                    yield wanted
            for entry in stage.entries:
                if entry.ref:
                    yield entry.ref


def outline(id: str, data: dict[str, Any]) -> Outline:
    """Return what the data of one file names and refers to."""
    return Outline(
        id,
        words(data, "extends"),
        tuple(stage_of(path, table) for path, table in tables(data, "milestones", ())),
    )


def stage_of(path: Path, table: dict[str, Any]) -> Stage:
    """Return what one table that holds items names and refers to."""
    entries = [
        Entry(kind, at, words(one, "id"), words(one, "ref"), one)
        for key, kind in KINDS.items()
        for at, one in tables(table, key, path)
    ]
    after: list[tuple[tuple[Path, str], ...]] = []
    wanted = table.get("after")
    for index, one in enumerate(wanted if isinstance(wanted, list) else ()):
        at = (*path, "after", index)
        if isinstance(one, str):
            after.append(((at, one),))
        elif isinstance(one, list):
            after.append(tuple(((*at, i), inner) for i, inner in enumerate(one) if isinstance(inner, str)))
    return Stage(path, words(table, "id"), words(table, "ref"), tuple(after), tuple(entries), table)


def item_ids(entries: Sequence[Entry], taken: Collection[str] = ()) -> list[str]:
    """Return the id by which each item of a milestone goes there; empty for one that has none.

    That is the last part of the address of what is referred to, and for a resource without an id the one that it
    will get. ``taken`` are ids that the milestone has besides.
    """
    used = {*taken, *(entry.id for entry in entries if entry.id)}
    resources = [(entry.id, words(entry.data, "title")) for entry in entries if entry.kind == "resource"]
    made = iter(resource_ids(resources, used))
    return [
        next(made) if entry.kind == "resource" else entry.id or entry.ref.rpartition("/")[2]
        for entry in entries
    ]


def words(table: dict[str, Any], key: str) -> str:
    """Return a string of a table, or an empty one when there is none or it is something else."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def number(table: dict[str, Any], key: str) -> float | None:
    """Return a number of a table, or None when there is none or it is something else."""
    value = table.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def strings(table: dict[str, Any], key: str, path: Path) -> list[tuple[Path, str]]:
    """Return the strings of an array, each with its place."""
    value = table.get(key)
    if not isinstance(value, list):
        return []
    return [((*path, key, index), one) for index, one in enumerate(value) if isinstance(one, str)]


def tables(table: dict[str, Any], key: str, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the tables of an array, each with its place."""
    value = table.get(key)
    if not isinstance(value, list):
        return []
    return [((*path, key, index), one) for index, one in enumerate(value) if isinstance(one, dict)]
