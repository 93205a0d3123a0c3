"""Checked tracks, kept as JSON in the user's cache folder so that most commands need no checking.

The key is a hash of every track's text and of the program's version, so a cache is never stale: it fits or it
is not used. One that is missing, broken or unwritable costs time only.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from roadmap import __version__
from roadmap.loading.diagnostics import Fault
from roadmap.model.catalog import Catalog
from roadmap.model.track import Check, Milestone, Project, Question, Resource, Role, Skill, SkillEntry, Track

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.loading.sources import Source

FORMAT = 1
"""Raised whenever the layout below changes."""

KEEP = 4
"""How many caches are kept, for people who work with several sets of tracks."""


def key(sources: Sequence[Source]) -> str:
    """Return the name of the cache that fits these texts and this program."""
    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
    for source in sources:
        for part in (source.id, source.file, source.text, source.fault.message if source.fault else ""):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(f"{len(data)} ".encode())
            digest.update(data)
    return digest.hexdigest()[:32]


def load(folder: Path, name: str) -> tuple[Catalog, list[Fault]] | None:
    """Return the catalog and faults of a cache, or None when there is none or it is broken."""
    try:
        data = json.loads((folder / f"tracks-{name}.json").read_bytes())
        return _decode(data)
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def save(folder: Path, name: str, catalog: Catalog, faults: Sequence[Fault]) -> None:
    """Write a cache and drop the oldest ones. Failing is fine: the next run checks the tracks again."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        data = json.dumps(_encode(catalog, faults), separators=(",", ":"))
        partial = folder / f"tracks-{name}.{os.getpid()}.part"
        partial.write_text(data, encoding="utf-8")
        partial.replace(folder / f"tracks-{name}.json")
        old = sorted(folder.glob("tracks-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[KEEP:]
        for path in old:
            path.unlink(missing_ok=True)


def _encode(catalog: Catalog, faults: Sequence[Fault]) -> dict[str, Any]:
    """Skills are written once in a table of their own; milestones name them by address."""
    skills: dict[str, list[Any]] = {}
    milestones: dict[str, list[Any]] = {}
    for track in catalog.tracks.values():
        for one in track.milestones:
            for entry in one.skills:
                skill = entry.skill
                skills[skill.address] = [
                    skill.can,
                    [[x.q, x.a] for x in skill.ask],
                    skill.reviewed,
                    skill.former,
                ]
            milestones[one.address] = [
                one.title, one.why, one.hours, one.stated_hours, one.after, one.keywords,
                [[entry.skill.address, entry.optional, entry.shared] for entry in one.skills],
                [_fields(resource) for resource in one.resources],
                [[*_fields(p)[:-2], [_fields(check) for check in p.checks], p.former] for p in one.projects],
                one.needs, one.capstone, one.former,
            ]  # fmt: skip
    tracks = [
        [
            t.id,
            t.title,
            t.source,
            t.tagline,
            t.extends,
            t.reviewed,
            _fields(t.role),
            [m.address for m in t.milestones],
        ]
        for t in catalog.tracks.values()
    ]
    return {
        "skills": skills,
        "milestones": milestones,
        "tracks": tracks,
        "faults": [_fields(f) for f in faults],
    }


def _fields(thing: Any) -> list[Any]:
    return [getattr(thing, name) for name in thing.__slots__]


def _decode(data: dict[str, Any]) -> tuple[Catalog, list[Fault]]:
    skills = {
        address: Skill(address, can, tuple(Question(q, a) for q, a in ask), reviewed, tuple(former))
        for address, (can, ask, reviewed, former) in data["skills"].items()
    }
    milestones: dict[str, Milestone] = {}
    for address, row in data["milestones"].items():
        title, why, hours, stated, after, keywords, entries, resources, projects, needs, capstone, former = (
            row
        )
        milestones[address] = Milestone(
            address, title, why, hours, stated,
            tuple(tuple(group) for group in after), tuple(keywords),
            tuple(SkillEntry(skills[one], optional, shared) for one, optional, shared in entries),
            tuple(_resource(resource) for resource in resources),
            tuple(_project(project) for project in projects),
            needs, capstone, tuple(former),
        )  # fmt: skip
    tracks = {
        id: Track(
            id, title, source, tagline, extends, reviewed, Role(*role), tuple(milestones[a] for a in own)
        )
        for id, title, source, tagline, extends, reviewed, role, own in data["tracks"]
    }
    return Catalog(tracks), [Fault(*row) for row in data["faults"]]


def _resource(row: list[Any]) -> Resource:
    address, title, url, by, kind, cost, hours, note, optional, former = row
    return Resource(address, title, url, by, kind, cost, hours, note, optional, tuple(former))


def _project(row: list[Any]) -> Project:
    address, title, level, brief, hours, built, evaluated, explained, checks, former = row
    return Project(
        address, title, level, brief, hours, tuple(built), tuple(evaluated), tuple(explained),
        tuple(Check(kind, proof, params) for kind, proof, params in checks), tuple(former),
    )  # fmt: skip
