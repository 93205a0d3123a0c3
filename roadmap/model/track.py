"""What a track says: milestones, skills, resources, projects and their proofs.

Like all words of the program they are named tuples: frozen, comparable, and seven times cheaper to define than
frozen dataclasses (0.2 ms against 1.4 ms for each class, which every command would pay at its start).

These are the *meaning* of a track after loading: addresses are whole, defaults are filled in, references
are kept as references. The shape a TOML file may have is ``roadmap.loading.shape``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Proof = Literal["built", "evaluated", "explained"]

PROOFS: tuple[Proof, ...] = ("built", "evaluated", "explained")
"""The three proofs of a project, in the order they are shown everywhere."""

Level = Literal["starter", "core", "stretch"]
Builds = Literal["the-model", "with-the-model"]

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""An empty mapping that nobody can change, as the default of mappings."""

HOURS_PER_SKILL = 0.5
"""Study hours counted for each required skill when a milestone states no hours."""


class Question(NamedTuple):
    """A recall question and its short answer."""

    q: str
    a: str


class Skill(NamedTuple):
    """One thing a person can do and show.

    ``address`` is where the skill is written and where progress on it is recorded. A milestone that refers to
    a skill of another milestone holds the very same object, so marking it once counts everywhere.
    """

    address: str
    can: str
    ask: tuple[Question, ...] = ()
    reviewed: str | None = None
    former: tuple[str, ...] = ()


class Resource(NamedTuple):
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


class Check(NamedTuple):
    """A declarative look at a project's repository; ``params`` depend on ``kind``. Never executed code."""

    kind: str
    proof: Proof
    params: Mapping[str, object] = NOTHING


class Project(NamedTuple):
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


class SkillEntry(NamedTuple):
    """A skill as one milestone lists it. ``shared`` when it is written in another milestone."""

    skill: Skill
    optional: bool = False
    shared: bool = False


class Milestone(NamedTuple):
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


class Role(NamedTuple):
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
    profile: Mapping[str, int] = NOTHING


class Signal(NamedTuple):
    """Phrases of job postings that speak for a role, and how strongly (0.25 to 3) each sentence with one does.

    ``means`` says in words what they show. ``parts`` names the parts of a posting they count in; empty is every
    part but the title. A sentence with one of the phrases in ``unless`` is no evidence. A signal that ``leads``
    says for whom the work is done: beside it, what the work is about counts less. How phrases are written:
    ``roadmap.analysis.posting.phrases``.
    """

    means: str
    weight: float
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    leads: bool = False


class Track(NamedTuple):
    """One TOML file: a role, what it extends, and its own milestones in order.

    ``signals`` are what a job posting of the role says; ``quiz`` maps a question's id to the points each answer
    (by its letter) gives the role.
    """

    id: str
    title: str
    source: str
    tagline: str = ""
    extends: str | None = None
    reviewed: str | None = None
    role: Role = Role()
    milestones: tuple[Milestone, ...] = ()
    signals: tuple[Signal, ...] = ()
    quiz: Mapping[str, Mapping[str, int]] = NOTHING
