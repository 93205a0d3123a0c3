"""`roadmap history`: the timeline from git, and what it says when there is none or not all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

TEXT = 'schema = 1\nrole = "ai-engineer"\n\n[ai-engineer.first-evals]\nstate = "learning"\n'
ONE = TEXT + '\n[ai-engineer.first-evals.error-bars]\nstate = "done"\non = 2026-11-03\n'
TWO = ONE + '\n[ai-engineer.first-evals.agreed-criteria]\nstate = "done"\n'
PROVEN = '\n[ai-engineer.first-evals.{}]\nstate = "done"\nbuilt = "a"\nevaluated = "b"\nexplained = "c"\n'


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from roadmap.cli import history

    day: date = date(2026, 11, 24)
    monkeypatch.setattr(history, "today", lambda: day)


@pytest.fixture
def repo(make_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    repo = make_repo()

    def commit(day: str, text: str, message: str = "more") -> None:
        monkeypatch.setenv("GIT_AUTHOR_DATE", f"{day}T12:00:00+01:00")
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+01:00")
        repo.commit(text, message)

    repo.on = commit
    return repo


def data(roadmap: Callable[..., Any], *words: str) -> Any:
    answer = roadmap("history", "--json", *words)
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_first_dates_weeks_and_what_changed_in_each_commit(repo: Any, roadmap: Callable[..., Any]) -> None:
    present = repo.file
    repo.file = repo.folder / "learned.toml"
    repo.on("2026-11-02", TEXT, "start")
    repo.on("2026-11-05", ONE)
    repo.git("mv", "learned.toml", "progress.toml")
    repo.file = present
    repo.on("2026-11-06", ONE)
    repo.on("2026-11-17", TWO, "evil \x1b[2J subject")
    repo.on("2026-11-18", ONE.replace('"done"', '"todo"').replace("on = 2026-11-03\n", ""))
    repo.on("2026-11-20", TWO.replace("2026-11-03", "2026-11-20"))
    found = data(roadmap)
    assert found["history"] == "full"
    assert found["notes"] == []
    assert found["first_done"] == [
        {"address": "ai-engineer/first-evals/error-bars", "on": "2026-11-03"},
        {"address": "ai-engineer/first-evals/agreed-criteria", "on": "2026-11-17"},
    ]
    assert found["weeks"] == [
        {"week": week, "items": items, "milestones": 0, "proven": 0}
        for week, items in (("2026-11-02", 1), ("2026-11-09", 0), ("2026-11-16", 1), ("2026-11-23", 0))
    ]
    assert [(one["on"], one["summary"]) for one in found["commits"]] == [
        ("2026-11-02", "role AI Engineer; AI Engineer: began first-evals"),
        ("2026-11-05", "AI Engineer: done error-bars"),
        ("2026-11-06", ""),
        ("2026-11-17", "AI Engineer: done agreed-criteria"),
        ("2026-11-18", "AI Engineer: reopened error-bars; removed agreed-criteria"),
        ("2026-11-20", "AI Engineer: done error-bars, agreed-criteria"),
    ]
    assert found["commits"][3]["changes"] == [
        {"kind": "done", "address": "ai-engineer/first-evals/agreed-criteria"}
    ]
    text = roadmap("history").out
    assert "\x1b" not in text
    assert "2026-11-16" in text
    assert "done agreed-criteria" in text
    assert [one["week"] for one in data(roadmap, "--weeks", "2")["weeks"]] == ["2026-11-16", "2026-11-23"]


def test_what_is_not_committed_yet_comes_last(repo: Any, roadmap: Callable[..., Any]) -> None:
    repo.on("2026-11-02", ONE)
    repo.file.write_text(TWO)
    found = data(roadmap)
    assert found["commits"][-1]["commit"] is None
    assert found["commits"][-1]["summary"] == "AI Engineer: done agreed-criteria"
    assert found["first_done"][-1]["on"] == "2026-11-24"
    assert "not committed" in roadmap("history").out


def test_two_laptops_that_merged_are_one_timeline(repo: Any, roadmap: Callable[..., Any]) -> None:
    repo.on("2026-11-02", ONE)
    repo.git("checkout", "-q", "-b", "other")
    repo.on("2026-11-04", ONE + PROVEN.format("on-the-other"))
    repo.git("checkout", "-q", "main")
    repo.on("2026-11-05", ONE.replace('"learning"', '"done"'))
    repo.git("merge", "-q", "--no-edit", "other")
    found = data(roadmap)
    assert [one["summary"].partition(": ")[2] for one in found["commits"][1:]] == [
        "proven on-the-other",
        "done first-evals",
    ]
    assert found["first_proven"] == [{"address": "ai-engineer/first-evals/on-the-other", "on": "2026-11-04"}]
    assert found["weeks"][0] == {"week": "2026-11-02", "items": 2, "milestones": 1, "proven": 1}


def test_a_commit_in_which_the_file_was_broken_is_said(repo: Any, roadmap: Callable[..., Any]) -> None:
    repo.on("2026-11-02", ONE)
    repo.on("2026-11-03", "<<<<<<< x\n" + ONE)
    repo.on("2026-11-04", TWO)
    found = data(roadmap)
    assert found["notes"] == ["In 1 commit the file could not be read."]
    assert [one["readable"] for one in found["commits"]] == [True, False, True]


def test_a_shallow_history_is_said(repo: Any, roadmap: Callable[..., Any], tmp_path: Any) -> None:
    for day in ("02", "03", "04"):
        repo.on(f"2026-11-{day}", ONE + f"# {day}\n")
    clone = tmp_path / "clone"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(clone))
    answer = roadmap("--progress", clone, "history", "--json")
    found = json.loads(answer.out)
    assert found["history"] == "shallow"
    assert "--unshallow" in found["notes"][0]
    assert len(found["commits"]) == 1
    assert found["first_done"][0]["on"] == "2026-11-03"


@pytest.mark.parametrize("extent", ["untracked", "no repository", "no git"])
def test_without_a_history_the_dates_in_the_file_remain(
    extent: str,
    make_repo: Callable[..., Any],
    home: Any,
    roadmap: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if extent == "untracked":
        make_repo()
    if extent == "no git":
        monkeypatch.setenv("PATH", "")
    (home / "progress.toml").write_text(TWO)
    found = data(roadmap)
    assert found["history"] == extent
    assert len(found["notes"]) == 1
    assert found["commits"] == []
    assert [one["on"] for one in found["first_done"]] == ["2026-11-03", None]
    assert found["weeks"][0]["items"] == 1
    text = roadmap("history")
    assert text.code == 0
    assert "1 record without a date" in text.out


def test_nothing_done_and_no_file(home: Any, roadmap: Callable[..., Any]) -> None:
    assert roadmap("history").code == 2
    (home / "progress.toml").write_text(TEXT)
    assert "Nothing is done yet." in roadmap("history").out
