"""The whole reading: every share is the sum of its quotes, and postings written for these tests come out as meant."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.analysis.posting.scoring import NONE

if TYPE_CHECKING:
    from collections.abc import Callable


HERE = Path(__file__).parent
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "posting.txt"


def blocks() -> list[tuple[str, str]]:
    """The postings written for these tests: the role each describes, then its text."""
    found = []
    for block in (HERE / "postings.txt").read_text(encoding="utf-8").split("\n@"):
        label, _, text = block.lstrip("@").partition("\n")
        found.append((label, text))
    return found


@pytest.mark.parametrize(("label", "text"), blocks(), ids=lambda one: one.split("\n")[0][:40])
def test_postings_written_for_these_tests(label: str, text: str, read: Any) -> None:
    assert read(text).top == label


@settings(max_examples=60)
@given(text=st.text(max_size=400) | st.lists(st.sampled_from([
    "Requirements", "- Train models", "you will build agents", "RAG", "customers' environment", "\n", "**Benefits**",
    "<li>", "</ul>", "not", "prompts", "…", "\u202e", "\x1b[31m", "&lt;p&gt;", "1. ", "•",
]), max_size=40).map(" ".join))  # fmt: skip
def test_every_share_is_the_sum_of_its_quotes(text: str, read: Any, roles: tuple[str, ...]) -> None:
    reading = read(text)
    assert [role for role, _ in reading.shares if role == NONE] == [NONE]
    assert set(dict(reading.shares)) == {*roles, NONE}
    assert sum(share for _, share in reading.shares) == pytest.approx(1)
    for role, share in reading.shares:
        quoted = sum(one.weight for one in reading.evidence if one.role == role)
        assert quoted == pytest.approx(share if reading.evidence else 0.0)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in reading.evidence:
        assert 1 <= one.line <= len(lines)
        assert one.quote
        assert " ".join(reading.text[one.start : one.end].replace("**", "").split()) == one.quote
    assert "\x1b" not in reading.text
    assert "\u202e" not in reading.text


def test_the_same_text_is_read_the_same_twice(read: Any) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert read(text) == read(text)


def test_the_docs_print_what_the_program_prints(roadmap: Callable[..., Any], posting: Any) -> None:
    page = (EXAMPLE.parents[1] / "reading-a-posting.md").read_text(encoding="utf-8")
    shown = page.partition("    $ roadmap decode posting.txt\n")[2].partition("\nWhat to see")[0]
    assert textwrap.dedent(shown).strip() == roadmap("decode", EXAMPLE).out.strip()


def test_the_example_of_the_docs(read: Any) -> None:
    reading = read(EXAMPLE.read_text(encoding="utf-8"))
    assert reading.top == "ai-engineer"
    assert reading.clear
    assert reading.title_role == "forward-deployed-engineer"
    assert reading.title_misleads
    assert not any(one.role == "ml-engineer" and one.part != "nice" for one in reading.evidence)
    assert not any("sales" in one.quote or "train models" in one.quote for one in reading.evidence)
