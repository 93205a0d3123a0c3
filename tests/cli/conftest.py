"""Small tracks for commands, and a checker of the JSON they answer with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRUNK = """
title = "Trunk Engineer"
tagline = "Builds the trunk."
builds = "with-the-model"
optimizes_for = "steadiness"
daily_work = "holding branches"
enjoys = "people who like wood"
not_this = { role = "leaf-engineer", because = "leaves fall" }
profile = { depth = 3, breadth-of-work = 5 }

[[milestones]]
id = "roots"
title = "Roots"
why = "Without roots it falls."
hours = 10
keywords = ["ground"]
[[milestones.skills]]
id = "dig"
can = "dig a hole, and show it"
ask = [{ q = "How deep?", a = "Deep enough." }]
[[milestones.skills]]
id = "water"
can = "water it daily"
[[milestones.skills]]
id = "sing"
can = "sing to it"
optional = true
[[milestones.resources]]
id = "handbook"
title = "The handbook"
url = "https://example.org/handbook"
by = "Ada"
kind = "book"
cost = "free"
hours = 2
note = "chapter 1"
[[milestones.projects]]
id = "well"
title = "A well"
hours = 6
brief = "Water for all."
built = ["water comes"]
evaluated = ["20 of 20 buckets"]
explained = ["Why here?"]
checks = [{ kind = "file", proof = "built", path = "well.txt", min = 1 }]
[[milestones.projects]]
id = "pump"
title = "A pump"
brief = "Water, faster."
built = ["x"]
evaluated = ["1"]
explained = ["x?"]

[[milestones]]
id = "stem"
title = "Stem"
hours = 5.5
after = ["roots"]
former = ["stalk"]
[[milestones.skills]]
id = "climb"
can = "climb it"
"""

BRANCH = """
title = "Branch Engineer"
extends = "trunk-engineer"
builds = "the-model"
[[milestones]]
id = "fork"
title = "Fork"
after = ["trunk-engineer/stem", ["trunk-engineer/roots", "trunk-engineer/stem"]]
[[milestones.skills]]
ref = "trunk-engineer/roots/water"
[[milestones.skills]]
id = "climb"
can = "climb further"
[[milestones.resources]]
id = "same-handbook"
title = "The handbook again"
url = "http://www.example.org/handbook/"
hours = 2
"""


@pytest.fixture
def tracks(home: Path, write_tracks: Callable[..., Path]) -> Path:
    """Two small tracks beside the progress file, where they come before the bundled ones."""
    return write_tracks(home / "tracks", trunk_engineer=TRUNK, branch_engineer=BRANCH)


@pytest.fixture
def begun(tracks: Path, roadmap: Callable[..., Any]) -> Callable[..., Any]:
    """Commands in a folder with a progress file that follows ``branch-engineer``."""
    assert roadmap("init", "--role", "branch-engineer", "--hours-per-week", 6).code == 0
    return roadmap


@pytest.fixture
def ask(roadmap: Callable[..., Any]) -> Callable[..., Any]:
    """Ask a command for JSON and return it parsed, after checking that it is plain ASCII and strict JSON."""

    def call(*arguments: object, code: int = 0) -> Any:
        answer = roadmap(*arguments, "--json") if arguments[0] != "export" else roadmap(*arguments)
        assert answer.code == code, answer.err
        assert answer.out.isascii()

        def refuse(word: str) -> None:
            raise AssertionError(f"{word} is not JSON")

        return json.loads(answer.out, parse_constant=refuse)

    return call


def fits(value: Any, shape: Any, where: str = "$") -> list[str]:
    """Compare a value with a shape and return what does not fit.

    A shape is a type, a tuple of alternatives, a list of one shape (of every member), or a table of them,
    whose keys must be exactly those: an undocumented key is as much a fault as a missing one.
    """
    if isinstance(shape, tuple):
        attempts = [fits(value, one, where) for one in shape]
        return [] if any(not attempt for attempt in attempts) else attempts[0]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [fault for i, one in enumerate(value) for fault in fits(one, shape[0], f"{where}[{i}]")]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no table"]
        if set(value) != set(shape):
            return [f"{where}: keys differ: {sorted(set(value) ^ set(shape))}"]
        return [fault for key, one in shape.items() for fault in fits(value[key], one, f"{where}.{key}")]
    if shape is None:
        return [] if value is None else [f"{where}: {value!r} is not null"]
    if isinstance(value, bool) and shape is not bool:
        return [f"{where}: {value!r} is a boolean"]
    if shape is float:
        shape = (int, float)
    if not isinstance(value, shape):
        return [f"{where}: {value!r} is no {shape}"]
    return []


@pytest.fixture
def check() -> Callable[..., None]:
    """Fail with every difference between a value and its shape."""

    def check_shape(value: Any, shape: Any) -> None:
        assert fits(value, shape) == []

    return check_shape
