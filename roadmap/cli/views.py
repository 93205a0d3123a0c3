"""Answers as plain data: the keys of ``--json`` are a promise that other programs build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.model.catalog import kind_of, title_of
from roadmap.model.track import PROOFS, Milestone, Project, Resource, Skill

if TYPE_CHECKING:
    from roadmap.analysis.path import Path
    from roadmap.analysis.standing import MilestoneStanding, Standing, Total
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Entry
    from roadmap.model.track import Track


def hours(value: float) -> float | int:
    """Write hours without a needless fraction: 12, 12.5."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def track_row(track: Track) -> dict[str, Any]:
    """One role of ``roles``: its own milestones and hours, without those of the tracks it extends."""
    return {
        "id": track.id,
        "title": track.title,
        "extends": track.extends,
        "tagline": track.tagline,
        "milestones": len(track.milestones),
        "hours": hours(sum(one.hours for one in track.milestones)),
    }


def milestone_row(one: MilestoneStanding) -> dict[str, Any]:
    """One milestone of ``path`` and ``status``. ``locked_by`` has a list inside where one of several will do."""
    milestone = one.milestone
    return {
        "address": milestone.address,
        "title": milestone.title,
        "track": one.track or milestone.track,
        "hours": hours(milestone.hours),
        "after": groups(milestone.after),
        "state": one.state,
        "locked_by": groups(one.locked_by) if one.locked else [],
        "skills": {"done": one.skills_done, "total": one.skills_total},
        "projects": {"proven": one.projects_proven, "needed": one.needs},
    }


def groups(after: tuple[tuple[str, ...], ...]) -> list[str | list[str]]:
    """Write all-of groups as the track file does: a lone address plain, alternatives as a list."""
    return [group[0] if len(group) == 1 else list(group) for group in after]


def path_data(path: Path, standing: Standing, hidden: list[str]) -> dict[str, Any]:
    """The answer of ``path``. ``hidden`` are the milestones that the person's overlays take out of it."""
    return {
        "role": path.role,
        "tracks": list(path.tracks),
        "hours": hours(path.hours),
        "milestones": [milestone_row(one) for one in standing.milestones],
        "hidden": hidden,
    }


def total(value: Total) -> dict[str, Any]:
    """A part of a whole."""
    return {"done": hours(value.done), "total": hours(value.total), "percent": value.percent}


def status_data(standing: Standing, file: str, unknown: list[str]) -> dict[str, Any]:
    """The answer of ``status``. ``unknown`` lists records that no track knows; they stay in the file."""
    return {
        "role": standing.path.role,
        "file": file,
        "claimed": total(standing.claimed),
        "proven": total(standing.proven),
        "hours": {"done": hours(standing.hours.done), "total": hours(standing.hours.total)},
        "milestones": [milestone_row(one) for one in standing.milestones],
        "missing": list(standing.missing),
        "unknown": unknown,
    }


def entry_data(entry: Entry) -> dict[str, Any]:
    """What the progress file records of a thing."""
    return {
        "state": entry.state.value,
        "on": entry.on.isoformat() if entry.on else None,
        "note": entry.note,
        "links": list(entry.links),
        **{proof: list(entry.evidence(proof)) for proof in PROOFS},
        "proven": entry.proven,
    }


def overlay_data(catalog: Catalog, address: str) -> dict[str, Any]:
    """What the person's overlays did to a thing: notes on it, whether they added it, what they hide in it."""
    return {
        "notes": list(catalog.notes.get(address, ())),
        "added": address in catalog.added,
        "hidden": list(catalog.left_out.get(address, ())),
    }


def thing_data(catalog: Catalog, thing: Milestone | Skill | Resource | Project) -> dict[str, Any]:
    """Everything a track says of a thing."""
    data: dict[str, Any] = {"address": thing.address, "kind": kind_of(thing), "title": title_of(thing)}
    if isinstance(thing, Skill):
        data |= {
            "can": thing.can,
            "ask": [{"q": one.q, "a": one.a} for one in thing.ask],
            "reviewed": thing.reviewed,
        }
    elif isinstance(thing, Resource):
        data |= {
            name: getattr(thing, name) for name in ("url", "by", "kind", "cost", "hours", "note", "optional")
        }
        data["medium"] = data["kind"]
        data["kind"] = "resource"
    elif isinstance(thing, Project):
        data |= {"level": thing.level, "hours": thing.hours, "brief": thing.brief}
        data |= {proof: list(thing.criteria(proof)) for proof in PROOFS}
        data["checks"] = [{"kind": one.kind, "proof": one.proof, **one.params} for one in thing.checks]
    else:
        data |= {
            "why": thing.why,
            "hours": hours(thing.hours),
            "after": groups(thing.after),
            "keywords": list(thing.keywords),
            "needs": thing.needs,
            "capstone": thing.capstone,
            "skills": [
                {"address": e.skill.address, "can": e.skill.can, "optional": e.optional, "shared": e.shared}
                for e in thing.skills
            ],
            "resources": [thing_data(catalog, one) for one in thing.resources],
            "projects": [
                {"address": one.address, "title": one.title, "level": one.level} for one in thing.projects
            ],
        }
    return data
