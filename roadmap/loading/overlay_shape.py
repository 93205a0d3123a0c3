"""The shape an overlay file may have: what a person changes of somebody's track, without copying the track."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from roadmap.loading.shape import (
    Address,
    MilestoneShape,
    ProjectShape,
    ResourceShape,
    SkillShape,
    Text,
    ref_schema,
)

PLACES = ("place_after", "place_before")
"""The keys that say where in the track an added milestone goes."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NoteShape(_Shape):
    """A remark of your own on something in the track."""

    at: Address = Field(
        description="What the note is about: `milestone` or `milestone/item`.",
        examples=["retrieval/hnsw"],
    )
    text: Text = Field(
        description="What you want to read there. Plain text.",
        examples=["Our index is built nightly; ask the search team for a copy."],
    )


class MoveShape(_Shape):
    """A milestone put elsewhere in the track, or an item put elsewhere in its milestone."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": [name], "additionalProperties": True} for name in ("after", "before")]
        }
    )

    what: Address = Field(description="What is moved: `milestone` or `milestone/item`.")
    after: Address | None = Field(None, description="It comes right after this one.")
    before: Address | None = Field(None, description="It comes right before this one.")

    @model_validator(mode="after")
    def _somewhere(self) -> MoveShape:
        if self.after is None and self.before is None:
            raise ValueError("a move needs `after` or `before`")
        if self.after is not None and self.before is not None:
            raise ValueError("a move has `after` or `before`, not both")
        return self


class OwnMilestoneShape(MilestoneShape):
    """A milestone of your own, or a reference to one of another track. It is written as in a track."""

    model_config = ConfigDict(
        json_schema_extra={
            **ref_schema(("id", "title"), {"propertyNames": {"enum": ["ref", *PLACES]}}),
            "not": {"required": list(PLACES), "additionalProperties": True},
        }
    )

    place_after: Address | None = Field(
        None,
        description="The milestone it stands right after. Without a place it comes at the end of the track. This is "
        "the order on the screens; what has to be done first is said by `after`.",
        examples=["first-evals"],
    )
    place_before: Address | None = Field(None, description="The milestone it stands right before.")

    @model_validator(mode="after")
    def _whole(self) -> OwnMilestoneShape:
        if self.place_after is not None and self.place_before is not None:
            raise ValueError("a milestone has `place_after` or `place_before`, not both")
        if self.ref is not None:
            if self.model_fields_set - {"ref", *PLACES}:
                raise ValueError(
                    "a milestone with `ref` adds nothing of its own: only its place may stand beside it"
                )
        elif self.id is None or self.title is None:
            raise ValueError(f"a milestone needs `{'id' if self.id is None else 'title'}`, or a `ref`")
        return self


class AddShape(_Shape):
    """Items of your own for a milestone of the track. They come at the ends of its lists."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "additionalProperties": True}
                for name in ("skills", "resources", "projects")
            ]
        }
    )

    to: Address = Field(description="The milestone they are added to.", examples=["retrieval"])
    skills: list[SkillShape] = Field([], max_length=60, description="Skills, written as in a track.")
    resources: list[ResourceShape] = Field([], max_length=60, description="Resources, written as in a track.")
    projects: list[ProjectShape] = Field([], max_length=20, description="Projects, written as in a track.")

    @model_validator(mode="after")
    def _something(self) -> AddShape:
        if not (self.skills or self.resources or self.projects):
            raise ValueError("an addition needs `skills`, `resources` or `projects`")
        return self


class OverlayShape(_Shape):
    """What you change of a track. The track is the one the file is named after: `ai-engineer.overlay.toml`."""

    hide: list[Address] = Field(
        [],
        max_length=1000,
        description="What you do not want to see: `milestone` or `milestone/item`. It counts in no total.",
        examples=[["retrieval/hnsw", "ai-capstone"]],
    )
    notes: list[NoteShape] = Field([], max_length=1000, description="Remarks of your own.")
    move: list[MoveShape] = Field([], max_length=400, description="Changes of the order, made one by one.")
    milestones: list[OwnMilestoneShape] = Field([], max_length=100, description="Milestones of your own.")
    add: list[AddShape] = Field(
        [], max_length=200, description="Items of your own for milestones of the track."
    )
