"""Reading the `info.toml` of rustlings and its community sets: folders become milestones, exercises skills."""

from __future__ import annotations

from typing import Any

from roadmap.authoring.importing.found import Found, ImportRefused, Learn, Stage, line, tables
from roadmap.authoring.scaffold import title_from
from roadmap.model.address import slug

MAX_EXERCISES = 5000
HINT = 400


def read(data: dict[str, Any], title: str) -> Found:
    """Return what a set of exercises holds. Raises ImportRefused when it has no exercise with a name."""
    exercises = [one for one in tables(data.get("exercises"), MAX_EXERCISES) if line(one.get("name"))]
    if not exercises:
        raise ImportRefused(
            "No `[[exercises]]` with a `name` is in the file.", "Is it the info.toml of rustlings?"
        )
    lost: list[str] = []
    folders: dict[str, list[dict[str, Any]]] = {}
    for exercise in exercises:
        folders.setdefault(line(exercise.get("dir"), 100), []).append(exercise)
    cut: list[str] = []
    stages: list[Stage] = []
    for folder, inside in folders.items():
        name = title_from(slug(folder).lstrip("0123456789-")) or "Exercises"
        skills = tuple(_learn(one, folder, cut) for one in inside)
        before = (stages[-1].key,) if stages else ()
        stages.append(Stage(folder, name, skills, after=before, source=f"folder: {folder}" if folder else ""))
    if cut:
        lost.append(f"the ends of {len(cut)} hints longer than {HINT} characters: {', '.join(cut[:10])}")
    lost += _rest(data, exercises)
    origin = "Imported from the info.toml of a set of rustlings exercises, in the order of that file."
    return Found(title, tuple(stages), origin, lost=tuple(lost))


def _learn(exercise: dict[str, Any], folder: str, cut: list[str]) -> Learn:
    name = line(exercise["name"], 80)
    hint = line(exercise.get("hint"), 4000)
    if len(hint) > HINT:
        cut.append(name)
    tested = exercise.get("test") is not False
    can = f"solve the exercise {name}, and show " + (
        "its tests passing" if tested else "that it compiles and runs"
    )
    path = f"exercises/{folder}/{name}.rs" if folder else f"exercises/{name}.rs"
    return Learn(can, path, name, line(hint, HINT))


def _rest(data: dict[str, Any], exercises: list[dict[str, Any]]) -> list[str]:
    """List what else the file holds, which a track has no place for."""
    lost = []
    if data.get("format_version") != 1:
        lost.append("possibly more: the file is not of format version 1, which is the one that is known")
    everything = data.get("exercises")
    total = len(everything) if isinstance(everything, list) else 0
    if total > len(exercises):
        lost.append(
            f"exercises without a name, or beyond the first {MAX_EXERCISES:,}: {total - len(exercises)}"
        )
    for key, what in {"welcome_message": "the welcome message", "final_message": "the final message"}.items():
        if key in data:
            lost.append(what)
    lost += [
        f"the setting `{key}`, given for {count} of the exercises"
        for key in ("strict_clippy", "skip_check_unsolved")
        if (count := sum(1 for one in exercises if one.get(key)))
    ]
    return [*lost, "the exercises themselves: they stay in their repository, and rustlings runs them"]
