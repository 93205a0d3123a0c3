"""What a track says: milestones, skills, resources, projects and their proofs.

These are the *meaning* of a track after loading: addresses are whole, defaults are filled in, references
are kept as references. The shape a TOML file may have is ``roadmap.loading.shape``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from roadmap.model.record import Record

Proof = Literal["built", "evaluated", "explained"]

PROOFS: tuple[Proof, ...] = ("built", "evaluated", "explained")
"""The three proofs of a project, in the order they are shown everywhere."""

Level = Literal["starter", "core", "stretch"]
Builds = Literal["the-model", "with-the-model"]

HOURS_PER_SKILL = 0.5
"""Study hours counted for each required skill when a milestone states no hours."""


@dataclass(frozen=True, slots=True, repr=False)
class Question(Record):
    """A recall question and its short answer."""

    q: str
    a: str


@dataclass(frozen=True, slots=True, repr=False)
class Skill(Record):
    """One thing a person can do and show.

    ``address`` is where the skill is written and where progress on it is recorded. A milestone that refers to
    a skill of another milestone holds the very same object, so marking it once counts everywhere.
    """

    address: str
    can: str
    ask: tuple[Question, ...] = ()
    reviewed: str | None = None
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Resource(Record):
    """Something to read, watch or take. ``hours`` is None when the author gives no estimate."""

    address: str
    title: str
    url: str
    by: str = ""
    kind: str = "article"
    cost: str = ""
    hours: float | None = None
    note: str = ""
    optional: bool = False
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Check(Record):
    """A declarative look at a project's repository; ``params`` depend on ``kind``. Never executed code."""

    kind: str
    proof: Proof
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Project(Record):
    """Something to build, with acceptance criteria for each of the three proofs."""

    address: str
    title: str
    level: Level
    brief: str
    hours: float | None
    built: tuple[str, ...]
    evaluated: tuple[str, ...]
    explained: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    former: tuple[str, ...] = ()

    def criteria(self, proof: Proof) -> tuple[str, ...]:
        """Return the acceptance criteria of one proof."""
        return {"built": self.built, "evaluated": self.evaluated, "explained": self.explained}[proof]


@dataclass(frozen=True, slots=True, repr=False)
class SkillEntry(Record):
    """A skill as one milestone lists it. ``shared`` when it is written in another milestone."""

    skill: Skill
    optional: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Milestone(Record):
    """A stage of a track.

    ``after`` holds groups of milestone addresses: every group must be met, by any one of its members.
    ``needs`` is how many projects must be proven. ``hours`` is for the whole milestone: essential reading,
    half an hour for each required skill, and the project; ``stated_hours`` tells whether the author wrote it.
    """

    address: str
    title: str
    why: str
    hours: float
    stated_hours: bool
    after: tuple[tuple[str, ...], ...] = ()
    keywords: tuple[str, ...] = ()
    skills: tuple[SkillEntry, ...] = ()
    resources: tuple[Resource, ...] = ()
    projects: tuple[Project, ...] = ()
    needs: int = 0
    capstone: bool = False
    former: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    @property
    def track(self) -> str:
        """The id of the track this milestone is written in."""
        return self.address.partition("/")[0]

    @property
    def required_skills(self) -> tuple[Skill, ...]:
        """The skills that count towards the totals."""
        return tuple(entry.skill for entry in self.skills if not entry.optional)


@dataclass(frozen=True, slots=True, repr=False)
class Role(Record):
    """What tells one role apart from its neighbors. All optional; ``profile`` maps a dimension to 0-5."""

    builds: Builds | None = None
    optimizes_for: str = ""
    daily_work: str = ""
    artifacts: str = ""
    enjoys: str = ""
    interviews: str = ""
    from_software: str = ""
    not_this: str = ""
    not_this_role: str = ""
    profile: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Track(Record):
    """One TOML file: a role, what it extends, and its own milestones in order."""

    id: str
    title: str
    source: str
    tagline: str = ""
    extends: str | None = None
    reviewed: str | None = None
    role: Role = field(default_factory=Role)
    milestones: tuple[Milestone, ...] = ()
