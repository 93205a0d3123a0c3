"""Which milestones and skills a posting asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis.posting.coverage import coverage
from roadmap.loading.beside import read_other_work
from roadmap.loading.sources import bundled
from roadmap.model.progress import Entry, Progress, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "posting.txt"


def test_coverage_names_milestones_with_their_quotes_and_states(read: Any, bundle: Catalog) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    fresh = {one.address: one for one in coverage(bundle, Progress(), read(text))}
    rag = fresh["ai-engineer/grounded-rag"]
    assert (rag.quote, rag.line, rag.state, rag.gap) == ("RAG", 15, "todo", True)
    done = Progress(entries={"ai-engineer/grounded-rag": Entry(state=State.DONE)})
    later = {one.address: one for one in coverage(bundle, done, read(text))}
    assert later["ai-engineer/grounded-rag"].state == "done"
    assert not later["ai-engineer/grounded-rag"].gap
    assert "agentic-ai-engineer/agent-loop" not in fresh


@pytest.fixture
def covered_by(read: Any, posting: Any, bundle: Catalog) -> Callable[[str], dict[str, str]]:
    """What a single duty asks for: the last part of each address, and the words that ask."""

    def ask(line: str) -> dict[str, str]:
        covered = coverage(bundle, Progress(), read(posting(line)))
        return {one.address.rpartition("/")[2]: one.quote for one in covered}

    return ask


def test_skills_are_found_by_the_words_of_their_ids_in_any_order_and_form(
    covered_by: Any,
) -> None:
    assert covered_by("Improve query rewriting")["query-rewriting"] == "query rewriting"
    assert covered_by("Rewrite hard queries")["query-rewriting"] == "Rewrite hard queries"
    assert "query-rewriting" not in covered_by("Answer queries")
    apart = "Rewrite the old billing service in Go, then help others with a slow query"
    assert "query-rewriting" not in covered_by(apart)


def test_broad_keywords_stand_beside_the_signals(read: Any, posting: Any, bundle: Catalog) -> None:
    other = read_other_work([bundled()])
    assert "reliability" in other.broad
    assert read("Engineer").broad == frozenset(other.broad)
    alone = read(posting("Improve reliability"))
    assert coverage(bundle, Progress(), alone._replace(broad=frozenset())) != ()


def test_a_broad_word_alone_asks_for_nothing_and_praise_asks_for_nothing(
    read: Any, posting: Any, bundle: Catalog
) -> None:
    assert coverage(bundle, Progress(), read(posting("Improve reliability"))) == ()
    assert coverage(bundle, Progress(), read("Engineer\n\nAbout us\nOur RAG is grand.")) == ()
