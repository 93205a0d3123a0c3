"""Checked tracks, kept in the user's cache folder so that most commands need no checking.

The name is a hash of every track's text and of the program's version, so a cache is never stale: it fits or it
is not used. One that is missing, broken or unwritable costs time only.

A file is the SHA-256 of its payload, then the payload, written with ``marshal``. That is what Python keeps its
own compiled modules in, reads three times faster than JSON and needs no import. ``marshal`` trusts its input; the
hash in front makes sure that it gets nothing a crash or a bad disk has changed.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from roadmap import __version__
from roadmap.model.catalog import Catalog, Overlaid
from roadmap.model.track import (
    Check,
    Milestone,
    Project,
    Question,
    Resource,
    Role,
    Signal,
    Skill,
    SkillEntry,
    Track,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.sources import Source

FORMAT = 6
"""Raised whenever the layout below changes, or what is taken for sound."""

KEEP = 4
"""How many caches are kept, for people who work with several sets of tracks."""

DIGEST = hashlib.sha256().digest_size


def key(sources: Sequence[Source]) -> str:
    """Return the name of the cache that fits these texts, this program and this Python."""
    digest = hashlib.sha256(f"{FORMAT} {__version__} {sys.implementation.cache_tag}".encode())
    for source in sources:
        for part in (source.id, source.file, source.text, source.fault.message if source.fault else ""):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(f"{len(data)} ".encode())
            digest.update(data)
    return digest.hexdigest()[:32]


def load(folder: Path, name: str) -> tuple[Catalog, list[Fault]] | None:
    """Return the catalog and faults of a cache, or None when there is none or it is broken."""
    try:
        data = (folder / f"tracks-{name}.cache").read_bytes()
        payload = memoryview(data)[DIGEST:]
        if hashlib.sha256(payload).digest() != data[:DIGEST]:
            return None
        return _decode(marshal.loads(payload))
    except (OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None


def save(folder: Path, name: str, catalog: Catalog, faults: Sequence[Fault]) -> None:
    """Write a cache and drop the oldest ones. Failing is fine: the next run checks the tracks again."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        payload = marshal.dumps(_encode(catalog, faults))
        partial = folder / f"tracks-{name}.{os.getpid()}.part"
        partial.write_bytes(hashlib.sha256(payload).digest() + payload)
        partial.replace(folder / f"tracks-{name}.cache")
        old = sorted(folder.glob("tracks-*.cache"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in old[KEEP:]:
            path.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    """Turn words into what ``marshal`` knows: tuples, lists, dicts and values of the language."""
    if isinstance(value, tuple):
        return tuple([_plain(one) for one in value])
    if isinstance(value, list):  # in the parameters of checks: what comes back has to be what went in
        return [_plain(one) for one in value]
    if hasattr(value, "items"):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _encode(catalog: Catalog, faults: Sequence[Fault]) -> tuple[Any, ...]:
    """Write every skill and milestone once, as the tuple of its fields; others name them by address."""
    skills: dict[str, Skill] = {}
    milestones: dict[str, Any] = {}
    for track in catalog.tracks.values():
        for one in track.milestones:
            skills.update({entry.skill.address: entry.skill for entry in one.skills})
            entries = tuple((entry.skill.address, entry.optional, entry.shared) for entry in one.skills)
            milestones[one.address] = (*_plain(one._replace(skills=())), entries)
    tracks = [
        (*_plain(track._replace(milestones=())), tuple(one.address for one in track.milestones))
        for track in catalog.tracks.values()
    ]
    overlaid = _plain(catalog.overlaid)
    return _plain(list(skills.values())), tuple(milestones.values()), tuple(tracks), overlaid, _plain(faults)


def _decode(data: tuple[Any, ...]) -> tuple[Catalog, list[Fault]]:
    """Turn tuples of fields back into words."""
    skill_rows, milestone_rows, track_rows, overlaid, fault_rows = data
    skills: dict[str, Skill] = {}
    for address, can, ask, reviewed, former in skill_rows:
        skills[address] = Skill(address, can, tuple([Question._make(row) for row in ask]), reviewed, former)
    milestones: dict[str, Milestone] = {}
    for *fields, entries in milestone_rows:
        one = Milestone._make(fields)
        milestones[one.address] = one._replace(
            skills=tuple([SkillEntry(skills[address], *flags) for address, *flags in entries]),
            resources=tuple([Resource._make(row) for row in one.resources]),
            projects=tuple([_project(row) for row in one.projects]),
        )
    tracks: dict[str, Track] = {}
    for *fields, addresses in track_rows:
        track = Track._make(fields)
        tracks[track.id] = track._replace(
            role=Role._make(track.role),
            milestones=tuple([milestones[address] for address in addresses]),
            signals=tuple([Signal._make(row) for row in track.signals]),
        )
    catalog = Catalog(tracks, Overlaid._make(overlaid))
    if not fault_rows:
        return catalog, []
    from roadmap.loading.diagnostics import Fault

    return catalog, [Fault.revive(row) for row in fault_rows]


def _project(row: tuple[Any, ...]) -> Project:
    """Turn the fields of a project back into one."""
    project = Project._make(row)
    return project._replace(checks=tuple([Check._make(check) for check in project.checks]))
