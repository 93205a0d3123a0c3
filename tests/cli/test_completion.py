"""Shell completion of commands, roles and addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.shell_completion import ShellComplete

from roadmap.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path


def complete(*words: str) -> list[str]:
    """Return what a shell would offer for the last of the words."""
    shell = ShellComplete(cli, {}, "roadmap", "_ROADMAP_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_commands() -> None:
    assert complete("st") == ["status", "start"]


@pytest.mark.parametrize("words", [["role"], ["path"], ["init", "--role"]])
def test_roles(begun: Any, words: list[str]) -> None:
    assert complete(*words, "b") == ["branch-engineer"]
    assert set(complete(*words, "")) >= {"trunk-engineer", "ai-engineer"}


@pytest.mark.parametrize("command", ["show", "start", "done", "skip", "reset", "note", "link"])
def test_addresses_from_any_unique_ending(begun: Any, command: str) -> None:
    assert "dig" in complete(command, "di")
    assert complete(command, "roots/d") == ["roots/dig"]
    assert complete(command, "trunk-engineer/st") == ["trunk-engineer/stem", "trunk-engineer/stem/climb"]


def test_only_projects_can_be_proven(begun: Any) -> None:
    assert "well" in complete("prove", "we")
    assert "dig" not in complete("prove", "di")


def test_what_could_be_several_is_offered_in_full_only(begun: Any) -> None:
    assert "climb" not in complete("show", "cl")
    assert complete("show", "stem/") == ["stem/climb"]


def test_the_second_address_too(begun: Any) -> None:
    assert complete("done", "dig", "roots/w") == ["roots/water", "roots/well"]


def test_the_options_of_the_group_count(roadmap: Any, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir(exist_ok=True)
    (tmp_path / "own" / "zebra.toml").write_text('title = "Z"\n[[milestones]]\nid = "stripes"\ntitle = "S"\n')
    assert complete("--tracks", str(tmp_path / "own"), "role", "z") == ["zebra"]
    assert complete("role", "z") == []


def test_a_broken_progress_file_does_not_get_in_the_way(begun: Any, home: Path) -> None:
    (home / "progress.toml").write_text("schema = 1\n<<<<<<< broken\n")
    assert complete("show", "roots/d") == ["roots/dig"]


def test_a_shell_asks_through_the_environment(begun: Any, process: Any) -> None:
    answer = process(
        env={"_ROADMAP_COMPLETE": "bash_complete", "COMP_WORDS": "roadmap show roots/d", "COMP_CWORD": "2"}
    )
    assert (answer.code, answer.out, answer.err) == (0, "plain,roots/dig\n", "")
