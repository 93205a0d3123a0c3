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
from roadmap.model.catalog import Catalog
from roadmap.model.track import Check, Milestone, Project, Question, Resource, Role, Skill, SkillEntry, Track

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
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
    """Write every skill and milestone once, as a row of its fields; others name them by address."""
    skills: dict[str, Skill] = {}
    milestones: dict[str, list[Any]] = {}
    for track in catalog.tracks.values():
        for one in track.milestones:
            skills.update({entry.skill.address: entry.skill for entry in one.skills})
            entries = [[entry.skill.address, entry.optional, entry.shared] for entry in one.skills]
            milestones[one.address] = list(one._replace(skills=()))
            milestones[one.address][_SKILLS] = entries
    tracks = [
        [
            *track[:_ROLE],
            [*track.role[:-1], dict(track.role.profile)],
            [one.address for one in track.milestones],
        ]
        for track in catalog.tracks.values()
    ]
    return {
        "skills": list(skills.values()),
        "milestones": list(milestones.values()),
        "tracks": tracks,
        "faults": list(faults),
    }


_SKILLS = Milestone._fields.index("skills")
_ROLE = Track._fields.index("role")


def _decode(data: dict[str, Any]) -> tuple[Catalog, list[Fault]]:
    """Turn rows back into words. JSON has no tuples, so whatever is one is made one again."""
    skills: dict[str, Skill] = {}
    for address, can, ask, reviewed, former in data["skills"]:
        skills[address] = Skill(
            address, can, tuple([Question._make(row) for row in ask]), reviewed, tuple(former)
        )
    milestones: dict[str, Milestone] = {}
    for row in data["milestones"]:
        (
            address,
            title,
            why,
            hours,
            stated,
            after,
            keywords,
            entries,
            resources,
            projects,
            needs,
            capstone,
            former,
        ) = row
        milestones[address] = Milestone(
            address,
            title,
            why,
            hours,
            stated,
            tuple([tuple(group) for group in after]),
            tuple(keywords),
            tuple([SkillEntry(skills[one], optional, shared) for one, optional, shared in entries]),
            tuple([Resource._make([*fields[:-1], tuple(fields[-1])]) for fields in resources]),
            tuple([_project(*fields) for fields in projects]),
            needs,
            capstone,
            tuple(former),
        )
    tracks = {
        row[0]: Track._make(
            [*row[:_ROLE], Role._make(row[_ROLE]), tuple([milestones[one] for one in row[-1]])]
        )
        for row in data["tracks"]
    }
    faults = data["faults"]
    if faults:
        from roadmap.loading.diagnostics import Fault

        faults = [Fault(*row) for row in faults]
    return Catalog(tracks), faults


def _project(*fields: Any) -> Project:
    """Build a project from its row."""
    lists = [tuple(one) if isinstance(one, list) else one for one in fields]
    lists[_CHECKS] = tuple([Check(*row) for row in fields[_CHECKS]])
    return Project._make(lists)


_CHECKS = Project._fields.index("checks")
