"""The reference lists what the model takes, and the copy in the docs is the one that is made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.authoring.reference import reference
from roadmap.loading import shape

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

TABLES: list[type[BaseModel]] = [
    value
    for name, value in vars(shape).items()
    if name.endswith("Shape") and not name.startswith("_") and hasattr(value, "model_fields")
]


def test_the_copy_in_the_docs_is_true(docs: Path) -> None:
    assert (docs / "track-reference.md").read_text(encoding="utf-8") == reference(), (
        "run: roadmap track schema --markdown -o docs/track-reference.md"
    )


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_key_of_every_table_is_in_it(model: type[BaseModel]) -> None:
    text = reference()
    assert model.model_fields
    for name, field in model.model_fields.items():
        assert f"| **`{name}`** |" in text if field.is_required() else f"| `{name}` |" in text


def test_tables_are_named_as_they_are_written() -> None:
    text = reference()
    assert len(TABLES) >= 8
    for header in (
        "[[milestones]]",
        "[[milestones.skills.ask]]",
        "[[milestones.projects.checks]]",
        "[not_this]",
    ):
        assert f"\n## `{header}`\n" in text
    assert text.count("\n## ") == len(TABLES)


def test_limits_are_said_in_words() -> None:
    text = reference()
    assert "| **`title`** | text, at most 60 characters |" in text
    assert "list of text, 1 to 12, each at most 400 characters" in text
    assert "| `hours` | a number, 0 to 1000 |" in text


def test_rows_of_tables_are_whole() -> None:
    for row in reference().split("\n"):
        if row.startswith("|"):
            assert row.replace("\\|", "").count("|") == 4
