"""`roadmap git commit` and `roadmap git setup`, in real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def repo(make_repo: Callable[..., Any], roadmap: Callable[..., Any]) -> Any:
    repo = make_repo()
    (repo.folder / "other.txt").write_text("one\n")
    repo.commit()
    assert roadmap("init", "--role", "ai-engineer").code == 0
    return repo


def message(repo: Any) -> str:
    return str(repo.git("log", "-1", "--format=%B")).strip()


def test_the_first_commit_and_what_changed_since(repo: Any, roadmap: Callable[..., Any]) -> None:
    answer = roadmap("git", "commit")
    assert answer.code == 0
    assert answer.out.strip().endswith("Begin: AI Engineer")
    assert roadmap("git", "commit").code == 1
    roadmap("done", "error-bars")
    roadmap("prove", "triage-endpoint", "--built", "a", "--evaluated", "b", "--explained", "c")
    assert roadmap("git", "commit").code == 0
    subject = message(repo)
    assert subject.startswith("AI Engineer: done error-bars; proven triage-endpoint; and more\n\n")
    assert "began model-api-foundations, first-evals" in subject
    assert not repo.git("status", "--porcelain")


def test_nothing_else_is_committed(repo: Any, roadmap: Callable[..., Any]) -> None:
    (repo.folder / "other.txt").write_text("two\n")
    (repo.folder / "new.txt").write_text("new\n")
    (repo.folder / "staged.txt").write_text("staged\n")
    repo.git("add", "staged.txt")
    for _ in range(2):
        assert roadmap("git", "commit", "-m", "mine").code == 0
        assert repo.git("show", "--name-only", "--format=").split() == ["progress.toml"]
        assert message(repo) == "mine"
        status = repo.git("status", "--porcelain").splitlines()
        assert status == [" M other.txt", "A  staged.txt", "?? new.txt"]
        roadmap("done", "error-bars")
        repo.git("add", "progress.toml")  # a part that is staged already is no obstacle
        roadmap("note", "error-bars", "more")


def test_a_long_list_is_cut_and_follows_in_full(repo: Any, roadmap: Callable[..., Any]) -> None:
    roadmap("git", "commit")
    roadmap("done", "model-api-foundations", "first-evals")
    roadmap("git", "commit")
    subject, _, body = message(repo).partition("\n")
    assert len(subject) <= 72
    assert " more" in subject
    assert "error-bars" in body


def test_comments_alone_are_said(repo: Any, roadmap: Callable[..., Any]) -> None:
    roadmap("git", "commit")
    repo.file.write_text(repo.text + "# mine\n")
    assert roadmap("git", "commit").code == 0
    assert message(repo) == "Progress file: comments and layout"


def test_a_hook_that_refuses_leaves_everything_as_it_was(repo: Any, roadmap: Callable[..., Any]) -> None:
    hook = repo.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no commits today' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = repo.text
    answer = roadmap("git", "commit")
    assert answer.code == 2
    assert "no commits today" in answer.err
    assert repo.text == before
    assert repo.git("status", "--porcelain") == "?? progress.toml\n"


def test_an_ignored_file_is_said(repo: Any, roadmap: Callable[..., Any]) -> None:
    (repo.folder / ".gitignore").write_text("progress.toml\n")
    answer = roadmap("git", "commit")
    assert answer.code == 2
    assert "ignored" in answer.err


def test_in_a_merge_it_waits(make_repo: Callable[..., Any], roadmap: Callable[..., Any]) -> None:
    repo = make_repo()
    start = 'schema = 1\nrole = "ai-engineer"\n\n[ai-engineer.first-evals]\nstate = "todo"\n'
    repo.fork(start, start.replace('"todo"', '"learning"'), start.replace('"todo"', '"done"'))
    repo.merge()
    assert roadmap("git", "commit").code == 2
    assert roadmap("resolve").code == 0
    answer = roadmap("git", "commit")
    assert answer.code == 2
    assert "merge is under way" in answer.err


def test_without_a_repository_or_a_file_or_git(
    home: Any, roadmap: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("setup",), ("commit",)):
        assert roadmap("git", *words).code == 2
    roadmap("init", "--role", "ai-engineer")
    for words in (("setup",), ("commit",)):
        answer = roadmap("git", *words)
        assert answer.code == 2
        assert "no git repository" in answer.err
    monkeypatch.setenv("PATH", "")
    answer = roadmap("git", "commit")
    assert answer.code == 2
    assert "was not found" in answer.err


def test_setup_twice_and_removed(repo: Any, roadmap: Callable[..., Any]) -> None:
    assert "Commit .gitattributes" in " ".join(roadmap("git", "setup").out.split())
    assert "nothing to change" in roadmap("git", "setup").out
    assert roadmap("git", "setup", "--remove").code == 0
    assert not (repo.folder / ".gitattributes").exists()
    assert "nothing to change" in roadmap("git", "setup", "--remove").out


def test_the_driver_as_git_calls_it(repo: Any, process: Callable[..., Any]) -> None:
    start = 'schema = 1\n\n[t.m]\nstate = "todo"\n'
    for name, state in (("o", "todo"), ("a", "learning"), ("b", "done")):
        (repo.folder / name).write_text(start.replace("todo", state))
    answer = process("git", "driver", "o", "a", "b", "7", "progress.toml")
    assert answer.code == 0
    assert (repo.folder / "a").read_text() == start.replace("todo", "done")
    assert "progress.toml: t/m state" in answer.err
    (repo.folder / "b").write_text("x = =\n")
    answer = process("git", "driver", "o", "a", "b", "7", "progress.toml")
    assert answer.code == 1
    assert "<<<<<<< ours" in (repo.folder / "a").read_text()
    assert "driver" not in process("git", "--help").out.replace("Merge driver", "").partition("Commands")[2]
