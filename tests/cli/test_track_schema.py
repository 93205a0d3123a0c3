"""Printing the schema and the reference, and writing them without touching what is not theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from roadmap.authoring.reference import reference
from roadmap.authoring.schema import schema_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_schema_is_printed_as_it_is(process: Callable[..., Any]) -> None:
    answer = process("track", "schema")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.replace("\r\n", "\n") == schema_text()
    assert json.loads(answer.out)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_reference_is_printed_as_it_is(roadmap: Callable[..., Any]) -> None:
    assert roadmap("track", "schema", "--markdown").out == reference()


def test_an_older_one_is_replaced(roadmap: Callable[..., Any], home: Path) -> None:
    for option, text in (([], schema_text()), (["--markdown"], reference())):
        file = home / "out"
        file.write_text(text.replace("milestone", "stage"), encoding="utf-8")
        assert roadmap("track", "schema", *option, "-o", file).code == 0
        assert file.read_text(encoding="utf-8") == text
        file.unlink()


def test_any_other_file_is_left_alone(roadmap: Callable[..., Any], home: Path) -> None:
    file = home / "package.json"
    file.write_text('{"title": "mine"}', encoding="utf-8")
    for option in ([], ["--markdown"]):
        answer = roadmap("track", "schema", *option, "-o", file)
        assert answer.code == 2
        assert "not made by this command" in answer.err
    assert file.read_text(encoding="utf-8") == '{"title": "mine"}'


def test_a_place_that_cannot_be_written_is_said(roadmap: Callable[..., Any], home: Path) -> None:
    answer = roadmap("track", "schema", "-o", home / "none" / "out")
    assert answer.code == 2
    assert "cannot be written" in answer.err
