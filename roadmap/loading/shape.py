"""The shape a track file may have: every key, its type, its limits, and what it means.

This is what an author writes, judged strictly: unknown keys are faults, and nothing is converted. What the
program works with afterwards are the words in ``roadmap.model.track``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from roadmap.loading.check_kinds import KINDS, Kind, check_faults, example_of

VISIBLE = r"\S"
"""Something that is not white space: a text of spaces alone would be a line one cannot see."""

Line = Annotated[str, Field(min_length=1, max_length=400, pattern=VISIBLE)]
Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=VISIBLE)]
Id = Annotated[str, Field(min_length=1, max_length=64)]
OwnId = Annotated[
    str,
    # Judged in ``assemble``, with a better message than a pattern's; written here for editors.
    Field(min_length=1, max_length=64, json_schema_extra={"pattern": r"^[a-z0-9]+(?:-[a-z0-9]+)*$"}),
]
Address = Annotated[str, Field(min_length=1, max_length=200)]
Hours = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=1000)]


def _check_schema(schema: dict[str, Any]) -> None:
    """Tell editors what the validator of a check knows: which kind takes which parameters, and their values."""
    for name in sorted({name for kind in KINDS.values() for name in kind.parameters}):
        takers = {kind: one.parameters[name].form for kind, one in KINDS.items() if name in one.parameters}
        forms = list(dict.fromkeys(one.words for one in takers.values()))
        value = f" {forms[0][:1].upper()}{forms[0][1:]}." if len(forms) == 1 else ""
        schema["properties"][name] = {
            "description": f"A parameter of: {', '.join(takers)}.{value}",
            "additionalProperties": True,  # some parameters are tables, whose keys are the author's
        }
    schema["additionalProperties"] = False
    schema["allOf"] = [
        {
            "if": {
                "properties": {"kind": {"const": name}},
                "required": ["kind"],
                "additionalProperties": True,
            },
            "then": _kind_schema(kind),
        }
        for name, kind in KINDS.items()
    ]


def _kind_schema(kind: Kind) -> dict[str, Any]:
    """Return what a check of one kind may and must have, as JSON Schema."""
    properties = {
        name: {"description": f"{one.meaning} {one.form.words[:1].upper()}{one.form.words[1:]}.",
               **one.form.schema, "examples": [example_of(one)]}
        for name, one in kind.parameters.items()
    }  # fmt: skip
    either = [group for group in kind.needs if len(group) > 1]
    return {
        "propertyNames": {"enum": ["kind", "proof", *sorted(kind.parameters)]},
        "properties": properties,
        "required": [group[0] for group in kind.needs if len(group) == 1],
        "additionalProperties": True,
        **(
            {"anyOf": [{"required": [name], "additionalProperties": True} for name in either[0]]}
            if either
            else {}
        ),
    }


def ref_schema(own: tuple[str, ...], beside: dict[str, Any]) -> dict[str, Any]:
    """Tell editors what the validators below know: either a ``ref``, or the keys of a thing written here."""
    return {
        "if": {"required": ["ref"], "additionalProperties": True},
        "then": {**beside, "additionalProperties": True},
        "else": {"required": list(own), "additionalProperties": True},
    }


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class QuestionShape(_Shape):
    """A recall question: one fact or one decision, and an answer of a sentence or two."""

    q: Line = Field(
        description="The question, answerable without the text in sight.",
        examples=["A tool call timed out. Did it happen?"],
    )
    a: Line = Field(
        description="A short answer, with the reason when there is one.",
        examples=["Unknown: look it up, or repeat it with the same key."],
    )


class SkillShape(_Shape):
    """One thing a person can do and show, or a reference to a skill written elsewhere."""

    model_config = ConfigDict(
        json_schema_extra=ref_schema(
            ("id", "can"), {"properties": {"id": False, "can": False, "ask": {"maxItems": 0}}}
        )
    )

    id: OwnId | None = Field(
        None, description="Kebab-case, chosen once, never changed.", examples=["read-borrow-errors"]
    )
    can: Line | None = Field(
        None,
        description="What the person can do, and what shows it. Starts with a verb.",
        examples=["rewrite a function that clones to one that borrows, and show that the clone is gone"],
    )
    ask: list[QuestionShape] = Field([], max_length=12, description="Recall questions with short answers.")
    optional: bool = Field(False, description="An optional skill does not count towards the totals.")
    reviewed: date | None = Field(None, description="When facts that age were last checked.")
    former: list[Id] = Field(
        [], max_length=20, description="Ids this skill had before, so that progress on them is kept."
    )
    ref: Address | None = Field(
        None,
        description="The address of a skill written in another milestone: marked once, it counts in both.",
        examples=["ai-engineer/first-evals/error-bars"],
    )

    @model_validator(mode="after")
    def _whole(self) -> SkillShape:
        if self.ref is not None:
            if self.id is not None or self.can is not None or self.ask:
                raise ValueError(
                    "a skill with `ref` adds nothing of its own: only `optional` may stand beside it"
                )
        elif self.id is None or self.can is None:
            raise ValueError(
                f"a skill needs `{'id' if self.id is None else 'can'}`, or a `ref` to another skill"
            )
        return self


class ResourceShape(_Shape):
    """Something to read, watch or take."""

    id: OwnId | None = Field(None, description="Kebab-case. When absent it is made from the title.")
    title: Line = Field(description="The title as the page has it.")
    url: Url = Field(description="An http or https address.", examples=["https://doc.rust-lang.org/book/"])
    by: Annotated[str, Field(max_length=200)] = Field("", description="The author or organization.")
    kind: Literal["article", "book", "course", "docs", "paper", "repo", "video"] = Field(
        "article", description="What it is."
    )
    cost: Literal["free", "paid", "part"] | None = Field(None, description="`part`: some of it is free.")
    hours: Hours | None = Field(None, description="Hours it takes to read, watch or take.", examples=[1.5])
    note: Annotated[str, Field(max_length=400)] = Field(
        "", description="Which part of it, say.", examples=["chapters 4 and 10"]
    )
    optional: bool = Field(False, description="Extra reading: not counted in the hours of the milestone.")
    former: list[Id] = Field(
        [], max_length=20, description="Ids this resource had before, so that progress on them is kept."
    )


class CheckShape(BaseModel):
    """A declarative look at a repository. The parameters depend on the kind; nothing is ever executed."""

    model_config = ConfigDict(extra="allow", strict=True, json_schema_extra=_check_schema)

    kind: Literal[tuple(KINDS)] = Field(  # type: ignore[valid-type]
        description="What it looks for; it decides which other keys there may be."
    )
    proof: Literal["built", "evaluated", "explained"] = Field(description="Which proof it supports.")

    @model_validator(mode="after")
    def _understood(self) -> CheckShape:
        fault = next(check_faults(self.kind, self.model_extra or {}), None)
        if fault is not None:
            raise ValueError(fault.message)
        return self


class ProjectShape(_Shape):
    """Something to build, with acceptance criteria for each of the three proofs."""

    id: OwnId = Field(description="Kebab-case, chosen once, never changed.", examples=["log-counter"])
    title: Line = Field(description="What it is called, without a vendor's name.")
    level: Literal["starter", "core", "stretch"] = Field(
        "core", description="How much of it: an evening or two, the one to do, or beyond it."
    )
    hours: Hours | None = Field(None, description="Hours of work, proofs included.", examples=[12])
    brief: Text = Field(description="Who has the problem, what it costs them, which data, what to build.")
    built: list[Line] = Field(
        min_length=1,
        max_length=12,
        description="Things one can see happen.",
        examples=[["one command prints the ten busiest hours of a log of 1 GB"]],
    )
    evaluated: list[Line] = Field(
        min_length=1,
        max_length=12,
        description="Data, how many, metric, baseline, target.",
        examples=[["20 runs on the same log: median seconds against the Python version; target: a tenth"]],
    )
    explained: list[Line] = Field(
        min_length=1,
        max_length=12,
        description="Questions about trade-offs, whose answer could have gone the other way.",
        examples=[["Where did you clone, and what would it have cost to borrow there?"]],
    )
    checks: list[CheckShape] = Field(
        [],
        max_length=40,
        description="What a program may look for in the repository, as a help to the person.",
    )
    reviewed: date | None = Field(None, description="When facts that age were last checked.")
    former: list[Id] = Field(
        [], max_length=20, description="Ids this project had before, so that progress on them is kept."
    )


After = Annotated[
    list[Address | Annotated[list[Address], Field(min_length=1, max_length=20)]], Field(max_length=40)
]


class MilestoneShape(_Shape):
    """A stage of a track, or a reference to a milestone written in another track."""

    model_config = ConfigDict(
        json_schema_extra=ref_schema(("id", "title"), {"propertyNames": {"enum": ["ref"]}})
    )

    id: OwnId | None = Field(
        None, description="Kebab-case, chosen once, never changed.", examples=["ownership"]
    )
    title: Annotated[str, Field(min_length=1, max_length=100, pattern=VISIBLE)] | None = Field(
        None,
        description="What the stage is called; up to 60 characters read best.",
        examples=["Own, borrow, move"],
    )
    why: Text | None = Field(None, description="Two or three sentences: a loss avoided rather than a trend.")
    hours: Hours | None = Field(
        None,
        description="For the whole milestone. When absent: essential reading, half an hour for each required skill, "
        "and the core project.",
    )
    after: After = Field(
        [],
        description="Milestones that come first: all of them; of an inner list, any one. By id, or by address "
        "when they stand in another track.",
        examples=[["ownership", ["errors", "ai-engineer/first-evals"]]],
    )
    keywords: list[Line] = Field(
        [], max_length=60, description="Words of job postings, for search too.", examples=[["borrow checker"]]
    )
    needs: Annotated[int, Field(ge=0, le=20)] | None = Field(
        None, description="How many projects must be proven. When absent: one, if there is any."
    )
    capstone: bool = Field(False, description="A capstone stands on its own track's path only.")
    skills: list[SkillShape] = Field(
        [], max_length=60, description="What a person can do and show at the end of the stage."
    )
    resources: list[ResourceShape] = Field(
        [], max_length=60, description="What to read, watch or take; a few good ones."
    )
    projects: list[ProjectShape] = Field([], max_length=20, description="What to build, to choose from.")
    former: list[Id] = Field(
        [], max_length=20, description="Ids this milestone had before, so that progress on them is kept."
    )
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

    role: Id = Field(description="The id of the neighbor's track; it need not exist.")
    because: Line = Field(description="What the neighbor does that this role does not, or the reverse.")


Phrase = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9'+#|*]*( (\.\.\. )?[a-z0-9*][a-z0-9'+#|*]*)*$",
        max_length=500,
    ),
]
"""Lower-case words; ``*`` ends a word in any way, ``|`` parts alternatives, ``...`` leaves room for a few words."""


class SignalShape(_Shape):
    """Phrases of job postings that speak for this role. One sentence counts each signal once."""

    means: Line = Field(description="What the phrases show, in words a reader of a posting understands.")
    weight: Annotated[float, Field(ge=0.25, le=3)] = Field(
        description="3 speaks for the role on its own; below 1, the words only lean to it."
    )
    phrases: list[Phrase] = Field(
        min_length=1,
        max_length=80,
        description="What a posting may say, in lower case; any one of them counts. `*` ends a word in any way, "
        "`|` parts alternatives, `...` leaves room for a few words.",
        examples=[["agent* ... tool|tools"]],
    )
    unless: list[Phrase] = Field(
        [], max_length=40, description="A sentence with one of these does not count."
    )
    parts: list[Literal["title", "duties", "role", "requirements", "nice", "company"]] = Field(
        [], max_length=6, description="Where the phrases count; everywhere but in the title when absent."
    )
    leads: bool = Field(
        False, description="Says for whom the work is done: in its sentence, other roles' signals count less."
    )


Points = dict[Annotated[str, Field(pattern=r"^[a-z]$")], Annotated[int, Field(ge=0, le=9)]]


class TrackShape(_Shape):
    """A role: what it is, and its milestones in order. The id is the file's name without `.toml`."""

    title: Annotated[str, Field(min_length=1, max_length=60, pattern=VISIBLE)] = Field(
        description="The role's name."
    )
    extends: Id | None = Field(None, description="The track whose milestones come first.")
    tagline: Annotated[str, Field(max_length=200)] = Field("", description="The role in one sentence.")
    builds: Literal["the-model", "with-the-model"] | None = Field(
        None, description="Which side of the model the role works on. Leave it out for other subjects."
    )
    reviewed: date | None = Field(None, description="When the track was last read through as a whole.")
    optimizes_for: Annotated[str, Field(max_length=400)] = Field(
        "", description="What the role tries to make better."
    )
    daily_work: Annotated[str, Field(max_length=600)] = Field("", description="What a usual day holds.")
    artifacts: Annotated[str, Field(max_length=600)] = Field("", description="What the role leaves behind.")
    enjoys: Annotated[str, Field(max_length=400)] = Field(
        "", description="Who enjoys it, in words that follow on: you will if you are among ..."
    )
    interviews: Annotated[str, Field(max_length=600)] = Field("", description="What interviews ask for.")
    from_software: Annotated[str, Field(max_length=600)] = Field(
        "", description="How far it is from software engineering, and what is new."
    )
    not_this: NotThisShape | None = Field(
        None, description="The neighbor the role is most often mistaken for, and the difference."
    )
    profile: dict[Id, Annotated[int, Field(ge=0, le=5)]] = Field(
        {}, description="0-5 for each dimension; kebab-case names, those of the bundled tracks or your own."
    )
    signals: list[SignalShape] = Field(
        [], max_length=80, description="What job postings of the role say, and how strongly it speaks for it."
    )
    quiz: dict[Id, Points] = Field(
        {},
        max_length=60,
        description="The points that each answer of the quiz, by its letter, gives the role.",
    )
    milestones: list[MilestoneShape] = Field(
        min_length=1, max_length=200, description="The stages, in the order a person meets them."
    )
