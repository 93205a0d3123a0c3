"""`roadmap resolve`: what it prints, what it answers as JSON, and its exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

START = 'schema = 1\nrole = "ai-engineer"\n\n[ai-engineer.first-evals]\nstate = "todo"\n'
LEFT = START.replace('"todo"', '"learning"\nnote = "\\u001b[2Ja"')
RIGHT = START.replace('"todo"', '"done"\non = 2026-11-03\nnote = "b"')


@pytest.fixture
def repo(make_repo: Callable[..., Any]) -> Any:
    repo = make_repo()
    repo.fork(START, LEFT, RIGHT)
    assert not repo.merge()
    return repo


def test_each_decision_is_printed(repo: Any, roadmap: Callable[..., Any]) -> None:
    before = repo.text
    dry = roadmap("resolve", "--dry-run")
    assert dry.code == 0
    assert "Nothing was written" in dry.out
    assert repo.text == before
    answer = roadmap("resolve")
    assert answer.code == 0
    words = " ".join(answer.out.split())
    assert (
        'ai-engineer/first-evals state: ours "learning", theirs "done": "done" (further along wins)' in words
    )
    assert "ai-engineer/first-evals on: ours nothing, theirs 2026-11-03: 2026-11-03" in words
    assert "Settled (3 decisions), written and staged." in words
    assert "`git commit` finishes the merge." in words
    assert "\x1b" not in answer.out
    again = roadmap("resolve")
    assert again.code == 1
    assert "nothing to settle" in again.out


def test_the_answer_as_json_has_the_promised_keys(repo: Any, roadmap: Callable[..., Any]) -> None:
    data = json.loads(roadmap("resolve", "--json").out)
    assert data["written"] is True
    assert data["staged"] is True
    assert data["source"] == "index"
    assert data["decisions"][1] == {
        "address": "ai-engineer/first-evals",
        "field": "on",
        "ours": None,
        "theirs": "2026-11-03",
        "chosen": "2026-11-03",
        "why": "the date goes with the state",
    }
    nothing = roadmap("resolve", "--json")
    assert nothing.code == 1
    assert json.loads(nothing.out)["decisions"] == []
    assert json.loads(nothing.out)["written"] is False


def test_every_reading_command_names_it(repo: Any, roadmap: Callable[..., Any]) -> None:
    answer = roadmap("status")
    assert answer.code == 2
    assert "`roadmap resolve`" in answer.err


def test_a_rebase_says_whose_ours_is(make_repo: Callable[..., Any], roadmap: Callable[..., Any]) -> None:
    repo = make_repo()
    repo.fork(START, LEFT, RIGHT)
    repo.git("rebase", "theirs", ok=False)
    answer = roadmap("resolve")
    assert "the branch you rebase onto" in " ".join(answer.out.split())
    assert "`git rebase --continue`" in answer.out


def test_a_side_that_is_broken_is_named(make_repo: Callable[..., Any], roadmap: Callable[..., Any]) -> None:
    repo = make_repo()
    repo.fork(START, LEFT, RIGHT + "x = =\n")
    repo.merge()
    before = repo.text
    answer = roadmap("resolve")
    assert answer.code == 2
    assert '"theirs" cannot be read' in answer.err
    assert repo.text == before
