"""Whose words count in a posting, and how much."""

from __future__ import annotations

from typing import Any

import pytest

from roadmap.analysis.posting.scoring import NONE, Scorer
from roadmap.analysis.posting.sections import sentences
from roadmap.analysis.posting.text import plain
from roadmap.model.track import Signal


def test_duties_outweigh_requirements_and_these_the_rest(scorer: Scorer) -> None:
    line = "Models that are fine-tuned and retrained on GPUs"
    weights = []
    for heading in ("Responsibilities", "Requirements", "About us", "Benefits"):
        page = plain(f"Engineer\n\n{heading}\n- {line}")
        weights.append(sum(one.weight for one in scorer.votes(page.text, sentences(page.text))))
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 2 * weights[1] > 2 * weights[2] > 0 == weights[3]


@pytest.mark.parametrize(
    "line",
    [
        "You will not train models",
        "This is not about training models",
        "You won't fine-tune models",
        "Use models rather than train models",
        "We never train models",
    ],
)
def test_what_is_denied_is_no_evidence(line: str, shares: Any, posting: Any) -> None:
    assert shares(posting(line))["ml-engineer"] == 0
    assert shares(posting("You will train models"))["ml-engineer"] > 0
    assert shares(posting("You will not only train models but serve them"))["ml-engineer"] > 0


def test_whom_agent_means(shares: Any, posting: Any) -> None:
    for people in ("insurance agents", "real estate agents", "call center agents"):
        assert shares(posting(f"Build tools for {people} to close cases"))["agentic-ai-engineer"] == 0
    assert shares(posting("Build agents that close cases by themselves"))["agentic-ai-engineer"] > 0.5


def test_whom_customer_means(shares: Any, posting: Any) -> None:
    for line in (
        "Build customer-facing product features in Go",
        "Improve the checkout for millions of customers",
    ):
        assert shares(posting(line))["forward-deployed-engineer"] == 0, line
    for line in (
        "Embed with customers and ship inside their environment",
        "Run discovery workshops with client teams",
    ):
        assert shares(posting(line))["forward-deployed-engineer"] > 0.5, line


def weighed(line: str, **signals: tuple[Signal, ...]) -> dict[str, float]:
    """What the votes of a duty come to, role by role, for signals made up here."""
    page = plain(f"Engineer\n\nResponsibilities\n\n- {line}")
    sums: dict[str, float] = {}
    for vote in Scorer(signals).votes(page.text, sentences(page.text)):
        sums[vote.role] = sums.get(vote.role, 0.0) + vote.weight
    return sums


def test_the_same_words_are_said_once_for_a_role() -> None:
    strong, short = Signal("bakes", 2.0, ("knead* dough",)), Signal("speaks of dough", 0.5, ("dough",))
    line = "You will knead dough before dawn"
    alone = weighed(line, baker=(strong,))
    assert weighed(line, baker=(strong, short)) == alone
    assert weighed(line, baker=(short, strong)) == alone
    both = weighed("You will knead dough, and weigh dough for others", baker=(strong, short))
    assert both == alone, "the first of a weak signal's places is inside the strong one"
    apart = weighed("You will knead dough and fetch yeast", baker=(strong, Signal("yeast", 0.5, ("yeast",))))
    assert apart["baker"] > alone["baker"]


def test_a_weak_word_of_another_role_adds_nothing_to_what_a_strong_one_says() -> None:
    strong = Signal("bakes", 2.0, ("dough",))
    weak, firm = Signal("speaks of dough", 0.5, ("dough",)), Signal("cooks", 1.0, ("dough",))
    line = "You will look at dough"
    assert "cook" not in weighed(line, baker=(strong,), cook=(weak,))
    assert weighed(line, baker=(strong,), cook=(firm,))["cook"] > 0, "two claims stand side by side"
    assert weighed(line, cook=(weak,))["cook"] > 0


def test_other_work_counts_in_full_beside_a_word_and_less_beside_a_claim() -> None:
    other = Signal("sweeps", 2.0, ("sweep* the floor",))
    line = "You will sweep the floor and mind the oven"
    alone = weighed(line, none=(other,))[NONE]
    assert weighed(line, none=(other,), baker=(Signal("ovens", 0.5, ("oven",)),))[NONE] == alone
    assert weighed(line, none=(other,), baker=(Signal("ovens", 1.0, ("oven",)),))[NONE] < alone


def test_with_whom_one_works_is_not_what_one_does(shares: Any, posting: Any) -> None:
    alone = shares(posting("Collaborate with machine learning engineers and data science teams"))
    assert alone["ml-engineer"] == 0
    both = shares(posting("Collaborate with product teams to train ranking models"))
    assert both["ml-engineer"] > 0.5


def test_work_for_customers_is_customer_work_whatever_it_is_about(read: Any, posting: Any) -> None:
    duties = [
        "Scope agent projects in workshops with client stakeholders",
        "Deploy agents in the client's environment",
        "Build multi-agent workflows",
        "Hand over to client teams",
    ]
    assert read(posting(*duties)).top == "forward-deployed-engineer"
    assert read(posting(duties[2])).top == "agentic-ai-engineer"


def test_praise_of_the_company_does_not_decide(read: Any, posting: Any) -> None:
    about = "Our AI agents and multi-agent platform automate everything with LLMs and RAG."
    duties = [
        "Design the billing service in Go",
        "Operate Postgres databases and Kafka",
        "Lead incident response",
    ]
    text = posting(*duties, title="Backend Engineer").replace("\n\n", f"\n\nAbout us\n{about}\n\n", 1)
    assert read(text).top == NONE


def test_a_sentence_said_twice_counts_once(read: Any, posting: Any) -> None:
    once = posting("Train models", "Operate Kubernetes clusters")
    assert read(once).shares == read(once + "\n- Train models\n- Train models").shares
