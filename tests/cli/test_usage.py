"""How commands are found and what they say when something was mistyped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click
import pytest

from roadmap import __version__
from roadmap.cli.main import COMMANDS, cli

if TYPE_CHECKING:
    from pathlib import Path

NEEDS_A_FILE = [
    ["status"], ["start", "retrieval"], ["done", "retrieval"], ["skip", "retrieval"], ["reset", "retrieval"],
    ["note", "retrieval", "x"], ["link", "retrieval", "https://example.org"], ["prove", "triage-endpoint"],
    ["undo"], ["export", "json"], ["role", "ml-engineer", "--follow"],
]  # fmt: skip


def commands() -> list[tuple[str, ...]]:
    """Return every command, those inside groups too, as the words that call it."""
    found: list[tuple[str, ...]] = []
    pending: list[tuple[tuple[str, ...], click.Command]] = [((), cli)]
    while pending:
        words, command = pending.pop(0)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                if not inner.hidden:
                    pending.append(((*words, name), inner))
        else:
            found.append(words)
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_help_explains_and_gives_an_example(roadmap: Any, words: tuple[str, ...]) -> None:
    answer = roadmap(*words, "--help")
    assert answer.code == 0
    assert f"Usage: roadmap {' '.join(words)} " in answer.out
    examples = re.split(r"\n *Examples?:\n", answer.out)
    assert len(examples) == 2
    assert re.search(rf"^ *roadmap {' '.join(words)}\b", examples[1], re.MULTILINE)
    assert roadmap(*words, "-h").out == answer.out
    assert max(map(len, answer.out.splitlines())) <= 100


def test_help_lists_every_command_in_order(roadmap: Any) -> None:
    listed = re.findall(r"^  ([a-z]+) {2,}\w", roadmap("--help").out.split("Commands:\n")[1], re.MULTILINE)
    assert listed[: len(COMMANDS)] == list(COMMANDS)


def test_the_version(roadmap: Any) -> None:
    assert roadmap("--version").out == f"roadmap, version {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "meant"), [("statsu", "status"), ("nxet", "next"), ("serach", "search"), ("expotr", "export")]
)
def test_a_mistyped_command_is_guessed(roadmap: Any, typed: str, meant: str) -> None:
    answer = roadmap(typed)
    assert answer.code == 2
    assert f"There is no command `{typed}`. Did you mean `{meant}`?" in answer.err
    assert answer.out == ""


def test_an_unheard_of_command_is_not(roadmap: Any) -> None:
    assert "There is no command `xyzzy`.\n" in roadmap("xyzzy").err


@pytest.mark.parametrize(
    "arguments",
    [["show"], ["done"], ["search"], ["next", "-n", "0"], ["next", "-n", "x"], ["export", "pdf"],
     ["status", "--wrong"], ["--tracks", "nowhere", "roles"], ["role"], ["link", "retrieval"]],
)  # fmt: skip
def test_wrong_usage_ends_with_two(begun: Any, arguments: list[str]) -> None:
    answer = begun(*arguments)
    assert answer.code == 2
    assert answer.err.count("Error: ") == 1
    assert answer.out == ""


@pytest.mark.parametrize(("name", "why"), [("nope", "is not there"), ("file", "is not a folder")])
def test_a_folder_of_tracks_that_is_none_is_told_in_a_sentence(
    roadmap: Any, home: Path, name: str, why: str
) -> None:
    (home / "file").write_text("")
    answer = roadmap("--tracks", name, "roles")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f'Error: The folder "{name}" of --tracks {why}.\n'
        "Name a folder with tracks of your own, or leave out --tracks.\n"
    )


@pytest.mark.parametrize("arguments", NEEDS_A_FILE, ids=" ".join)
def test_without_a_progress_file_the_way_to_one_is_told(
    roadmap: Any, home: Path, arguments: list[str]
) -> None:
    answer = roadmap(*arguments)
    assert answer.code == 2
    assert answer.err == (
        "Error: There is no progress file yet.\n"
        "Create one here with `roadmap init --role ai-engineer`; `roadmap roles` lists the roles.\n"
    )
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["roles"], ["role", "ml-engineer"], ["path", "ml-engineer"], ["show", "retrieval"], ["search", "agent"]],
)
def test_looking_around_needs_no_file(roadmap: Any, home: Path, arguments: list[str]) -> None:
    assert roadmap(*arguments).code == 0
    assert roadmap(*arguments, "--json").code == 0
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("arguments", [["path"], ["next"], ["status"]])
def test_without_a_role_the_way_to_one_is_told(roadmap: Any, arguments: list[str]) -> None:
    roadmap("init")
    answer = roadmap(*arguments)
    assert answer.code == 2
    assert answer.err.startswith("Error: No role is chosen yet.\n")
    assert "`roadmap roles`" in answer.err


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("ai-enginer", "Did you mean `ai-engineer`? "),
        ("AI-Engineer", "Did you mean `ai-engineer`? "),
        ("agentic", "Did you mean `agentic-ai-engineer`? "),
        ("zzz", ""),
    ],
)
def test_a_mistyped_role_is_guessed(roadmap: Any, typed: str, hint: str) -> None:
    for command in ("role", "path"):
        answer = roadmap(command, typed)
        assert answer.code == 2
        assert answer.err == f'Error: There is no role "{typed}".\n{hint}`roadmap roles` lists them all.\n'
    assert roadmap("init", "--role", typed).code == 2


def test_an_unknown_role_in_the_file_is_named_with_the_file(begun: Any, home: Path) -> None:
    file = home / "progress.toml"
    file.write_text(file.read_text().replace('"branch-engineer"', '"brunch-engineer"'))
    for command in ("status", "path", "next"):
        answer = begun(command)
        assert answer.code == 2
        assert answer.err == (
            f'Error: There is no role "brunch-engineer" (from {file}).\n'
            "Did you mean `branch-engineer`? `roadmap roles` lists them all.\n"
        )
    assert begun("roles").code == 0
    assert begun("done", "dig").code == 0


def test_an_address_may_be_any_unique_ending(begun: Any) -> None:
    whole = begun("show", "trunk-engineer/roots/dig").out
    for short in ("roots/dig", "dig", "DIG", "/dig/", " dig "):
        assert begun("show", short).out == whole


def test_several_are_listed(begun: Any, home: Path) -> None:
    answer = begun("show", "climb")
    assert answer.code == 2
    assert answer.err == (
        "Error: `climb` could be several things:\n"
        "  trunk-engineer/stem/climb\n  branch-engineer/fork/climb\n"
        "Write more of the address.\n"
    )
    before = (home / "progress.toml").read_text()
    assert begun("done", "dig", "climb").code == 2
    assert (home / "progress.toml").read_text() == before


def test_the_followed_path_decides_between_several(begun: Any) -> None:
    begun("role", "trunk-engineer", "--follow")
    assert begun("show", "climb").out.startswith("climb it\n")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("roost", "Did you mean `trunk-engineer/roots`?"),
        ("trunk-engineer/roots/wattr", "Did you mean `trunk-engineer/roots/water`"),
        ("zzzzzzzz", "`roadmap search WORDS` finds things by words."),
        ("", "`roadmap search WORDS` finds things by words."),
    ],
)
def test_a_mistyped_address_is_guessed(begun: Any, typed: str, hint: str) -> None:
    answer = begun("show", typed)
    assert answer.code == 2
    first, second = answer.err.splitlines()
    assert first == f"Error: There is no milestone, skill, resource or project `{typed}`."
    assert second.startswith(hint)


def test_without_a_terminal_the_screens_are_refused(begun: Any) -> None:
    answer = begun()
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("The terminal UI needs a terminal for both input and output.")
    assert "`roadmap status`" in answer.err
