"""The shape a track file may have: every key, its type, its limits, and what it means.

This is what an author writes, judged strictly: unknown keys are faults, and nothing is converted. What the
program works with afterwards are the words in ``roadmap.model.track``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Line = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Address = Annotated[str, Field(min_length=1, max_length=200)]
Hours = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=1000)]

CHECK_PARAMETERS: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "file": "path min max",
        "text": "path has min max",
        "headings": "path names min_words max_words max_lines",
        "rows": "path fields min max where unique one_of max_chars",
        "groups": "path by names min max rows same within",
        "baseline": "path metric names",
        "interval": "path where",
        "bound": "path of where min max",
        "cited": "text in min",
        "links": "from to",
        "recompute": "path stat by into within",
        "order": "first then field",
        "unchanged": "path hash_in since",
        "dates": "path field distinct span_days within_hours after",
        "schema": "path schema",
        "test": "names min",
        "ci": "mentions on",
        "clean": "secrets personal max_mb",
        "authors": "path min since_days",
    }.items()
}
"""The kinds of check a project may declare, with the parameters each one takes."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class QuestionShape(_Shape):
    """A recall question: one fact or one decision, and an answer of a sentence or two."""

    q: Line = Field(description="The question, answerable without the text in sight.")
    a: Line = Field(description="A short answer, with the reason when there is one.")


class SkillShape(_Shape):
    """One thing a person can do and show, or a reference to a skill written elsewhere."""

    id: Id | None = Field(None, description="Kebab-case, chosen once, never changed.")
    can: Line | None = Field(None, description="What the person can do, and what shows it. Starts with a verb.")
    ask: list[QuestionShape] = Field([], max_length=12, description="Recall questions with short answers.")
    optional: bool = Field(False, description="An optional skill does not count towards the totals.")
    reviewed: date | None = Field(None, description="When facts that age were last checked.")
    former: list[Id] = Field([], max_length=20, description="Ids this skill had before.")
    ref: Address | None = Field(None, description="The address of a skill written in another milestone.")

    @model_validator(mode="after")
    def _whole(self) -> SkillShape:
        if self.ref is not None:
            if self.id is not None or self.can is not None or self.ask:
                raise ValueError("a skill with `ref` adds nothing of its own: only `optional` may stand beside it")
        elif self.id is None or self.can is None:
            raise ValueError(f"a skill needs `{'id' if self.id is None else 'can'}`, or a `ref` to another skill")
        return self


class ResourceShape(_Shape):
    """Something to read, watch or take."""

    id: Id | None = Field(None, description="Kebab-case. When absent it is made from the title.")
    title: Line = Field(description="The title as the page has it.")
    url: Url = Field(description="An http or https address.")
    by: Annotated[str, Field(max_length=200)] = Field("", description="The author or organization.")
    kind: Literal["article", "book", "course", "docs", "paper", "repo", "video"] = "article"
    cost: Literal["free", "paid", "part"] | None = Field(None, description="`part`: some of it is free.")
    hours: Hours | None = Field(None, description="Hours it takes to read, watch or take.")
    note: Annotated[str, Field(max_length=400)] = Field("", description="Which part of it, say.")
    optional: bool = Field(False, description="Extra reading: not counted in the hours of the milestone.")
    former: list[Id] = Field([], max_length=20)


class CheckShape(BaseModel):
    """A declarative look at a repository. The parameters depend on the kind; nothing is ever executed."""

    model_config = ConfigDict(extra="allow", strict=True)

    kind: Literal[tuple(CHECK_PARAMETERS)]  # type: ignore[valid-type]
    proof: Literal["built", "evaluated", "explained"] = Field(description="Which proof it supports.")

    @model_validator(mode="after")
    def _known_parameters(self) -> CheckShape:
        allowed = CHECK_PARAMETERS[self.kind]
        unknown = sorted(set(self.model_extra or {}) - allowed)
        if unknown:
            names = ", ".join(f"`{name}`" for name in sorted(allowed))
            raise ValueError(f"a check of kind `{self.kind}` has no parameter `{unknown[0]}`; it takes {names}")
        return self


class ProjectShape(_Shape):
    """Something to build, with acceptance criteria for each of the three proofs."""

    id: Id = Field(description="Kebab-case, chosen once, never changed.")
    title: Line
    level: Literal["starter", "core", "stretch"] = "core"
    hours: Hours | None = None
    brief: Text = Field(description="Who has the problem, what it costs them, which data, what to build.")
    built: list[Line] = Field(min_length=1, max_length=12, description="Things one can see happen.")
    evaluated: list[Line] = Field(min_length=1, max_length=12, description="Data, n, metric, baseline, target.")
    explained: list[Line] = Field(min_length=1, max_length=12, description="Trade-off questions to answer.")
    checks: list[CheckShape] = Field([], max_length=40)
    reviewed: date | None = None
    former: list[Id] = Field([], max_length=20)


After = Annotated[list[Address | Annotated[list[Address], Field(min_length=1, max_length=20)]], Field(max_length=40)]


class MilestoneShape(_Shape):
    """A stage of a track, or a reference to a milestone written in another track."""

    id: Id | None = Field(None, description="Kebab-case, chosen once, never changed.")
    title: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    why: Text | None = Field(None, description="Two or three sentences: a loss avoided rather than a trend.")
    hours: Hours | None = Field(None, description="For the whole milestone. Worked out when absent.")
    after: After = Field([], description="Milestones that come first: all of them; an inner list is any of.")
    keywords: list[Line] = Field([], max_length=60, description="Words of job postings, for search too.")
    needs: Annotated[int, Field(ge=0, le=20)] | None = Field(None, description="How many projects must be proven.")
    capstone: bool = Field(False, description="A capstone stands on its own track's path only.")
    skills: list[SkillShape] = Field([], max_length=60)
    resources: list[ResourceShape] = Field([], max_length=60)
    projects: list[ProjectShape] = Field([], max_length=20)
    former: list[Id] = Field([], max_length=20)
    ref: Address | None = Field(None, description="The address of a milestone written in another track.")

    @model_validator(mode="after")
    def _whole(self) -> MilestoneShape:
        if self.ref is not None:
            if self.model_fields_set - {"ref"}:
                raise ValueError("a milestone with `ref` adds nothing of its own")
        elif self.id is None or self.title is None:
            raise ValueError(f"a milestone needs `{'id' if self.id is None else 'title'}`, or a `ref`")
        return self


class NotThisShape(_Shape):
    """The neighbor a role is most often mistaken for."""

    role: Id
    because: Line


class TrackShape(_Shape):
    """A role: what it is, and its milestones in order. The id is the file's name without `.toml`."""

    title: Annotated[str, Field(min_length=1, max_length=60)] = Field(description="The role's name.")
    extends: Id | None = Field(None, description="The track whose milestones come first.")
    tagline: Annotated[str, Field(max_length=200)] = Field("", description="The role in one sentence.")
    builds: Literal["the-model", "with-the-model"] | None = Field(None, description="Which side of the model.")
    reviewed: date | None = Field(None, description="When the track was last read through as a whole.")
    optimizes_for: Annotated[str, Field(max_length=400)] = ""
    daily_work: Annotated[str, Field(max_length=600)] = ""
    artifacts: Annotated[str, Field(max_length=600)] = ""
    enjoys: Annotated[str, Field(max_length=400)] = ""
    interviews: Annotated[str, Field(max_length=600)] = ""
    from_software: Annotated[str, Field(max_length=600)] = ""
    not_this: NotThisShape | None = None
    profile: dict[Id, Annotated[int, Field(ge=0, le=5)]] = Field({}, description="0-5 for each dimension.")
    milestones: list[MilestoneShape] = Field(min_length=1, max_length=200)


