"""`roadmap project new`: what it writes and says, what it refuses, and that it does all or nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from roadmap.authoring import project_folder
from roadmap.authoring.files import AuthoringError
from roadmap.authoring.project_folder import write_project
from roadmap.cli.main import cli

KINDS = ("CACHE", "CONFIG", "DATA", "STATE")
WELL = "trunk-engineer/roots/well"
FILES = {"README.md": "a\n", "evals/results/README.md": "b\n", "tests/.gitkeep": ""}


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its text, and every folder with nothing."""
    return {
        path.relative_to(folder).as_posix() + ("/" if path.is_dir() else ""): path.read_text(encoding="utf-8")
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
    }


def test_a_folder_is_written_and_the_next_commands_are_said(begun: Any, home: Path) -> None:
    answer = begun("project", "new", "well", "my well")
    assert answer.code == 0, answer.err
    written = tree(home / "my well")
    assert {"README.md", "PROOF.md", "CHECKS.md", "evals/results/README.md", "tests/.gitkeep"} <= set(written)
    assert "- [ ] water comes\n" in written["PROOF.md"]
    assert "### Why here?\n" in written["PROOF.md"]
    assert "> Water for all.\n" in written["README.md"]
    for path in written:
        assert path.endswith("/") or path.rpartition("/")[2] in answer.out
    commands = [line.strip() for line in answer.out.splitlines() if line.startswith("  roadmap ")]
    assert [line.split()[:3] for line in commands] == [
        ["roadmap", word, WELL] for word in ("start", "prove", "verify")
    ]
    assert "  cd 'my well' && git init\n" in answer.out
    assert [one for one in written if one.startswith(".git/")] == []


def test_the_commands_it_names_work(begun: Any) -> None:
    out = begun("project", "new", "well", "w").out
    for line in out.splitlines():
        if line.startswith("  roadmap "):
            words = line.split("    ")[0].split()[1:]
            assert begun(*words).code == (1 if words[0] == "verify" else 0)


def test_it_needs_no_progress_file_and_touches_none(roadmap: Any, home: Path) -> None:
    assert roadmap("project", "new", "triage-endpoint", "t").code == 0
    assert [one.name for one in home.iterdir()] == ["t"]


def test_json_lists_the_files(begun: Any, home: Path, ask: Any, check: Any) -> None:
    answer = ask("project", "new", "well", home / "w")
    check(answer, {"address": str, "folder": str, "files": [str]})
    assert answer["address"] == WELL
    assert answer["folder"] == str(home / "w")
    assert sorted(answer["files"]) == [path for path in tree(home / "w") if not path.endswith("/")]


def test_an_empty_folder_and_one_with_other_files_will_do(begun: Any, home: Path) -> None:
    (home / "empty").mkdir()
    assert begun("project", "new", "well", "empty").code == 0
    mine = home / "mine"
    (mine / "evals").mkdir(parents=True)
    (mine / "main.py").write_text("mine", encoding="utf-8")
    (mine / "evals" / "dataset.jsonl").write_text("{}", encoding="utf-8")
    assert begun("project", "new", "well", "mine").code == 0
    assert tree(mine) == {**tree(home / "empty"), "main.py": "mine", "evals/dataset.jsonl": "{}"}


def test_here_is_a_folder_too(begun: Any, home: Path) -> None:
    assert begun("project", "new", "well", ".").code == 0
    assert (home / "PROOF.md").exists()
    assert (home / "progress.toml").exists()


@pytest.mark.parametrize("name", ["README.md", "evals/DATASET.md", "evals/results/README.md"])
def test_nothing_is_overwritten(begun: Any, home: Path, name: str) -> None:
    file = home / "w" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    before = tree(home / "w")
    answer = begun("project", "new", "well", "w")
    assert answer.code == 2
    assert f"\n  {name}\nNothing was written." in answer.err
    assert tree(home / "w") == before


def test_a_file_or_a_link_where_a_folder_belongs_is_in_the_way(begun: Any, home: Path) -> None:
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    for make in (
        lambda at: at.write_text("file"),
        lambda at: at.symlink_to(elsewhere, target_is_directory=True),
    ):
        folder = home / "w"
        folder.mkdir()
        make(folder / "evals")
        answer = begun("project", "new", "well", "w")
        assert answer.code == 2
        assert "evals/README.md" in answer.err
        (folder / "evals").unlink()
        folder.rmdir()  # it is empty again
    assert list(elsewhere.iterdir()) == []


def test_a_dangling_link_is_not_written_through(begun: Any, home: Path) -> None:
    (home / "w").mkdir()
    (home / "w" / "README.md").symlink_to(home / "target")
    assert begun("project", "new", "well", "w").code == 2
    assert not (home / "target").exists()


def test_what_cannot_be_a_folder_is_refused(begun: Any, home: Path) -> None:
    (home / "file").write_text("mine", encoding="utf-8")
    (home / "real").mkdir()
    (home / "link").symlink_to(home / "real", target_is_directory=True)
    (home / "dangling").symlink_to(home / "nothing")
    for name, reason in [
        ("file", "is a file, not a folder"),
        ("file/w", "is not a folder"),
        ("absent/w", "does not exist"),
        ("link", "is a symbolic link"),
        ("dangling", "is a symbolic link"),
        ("x" * 300, "cannot be written"),
        ("~nobody-has-this-name/w", "names the home of nobody"),
        ("", ""),
    ]:
        before = tree(home)
        answer = begun("project", "new", "well", name)
        assert answer.code == (0 if not name else 2), name
        if name:
            assert answer.err.startswith("Error: ")
            assert reason in answer.err
            assert len(answer.err.splitlines()) == 2
            assert tree(home) == before


def test_a_name_with_escapes_is_shown_harmless(begun: Any, home: Path) -> None:
    answer = begun("project", "new", "well", "a\x1b[2Jb")
    assert answer.code == 0
    assert "\x1b" not in answer.out


@pytest.mark.parametrize("words", ["roots", "trunk-engineer/roots", "dig", "roots/handbook"])
def test_what_is_no_project_is_told_with_those_there_are(begun: Any, home: Path, words: str) -> None:
    answer = begun("project", "new", words, "w")
    assert answer.code == 2
    assert ("a milestone" in answer.err) == words.endswith("roots")
    assert f"\n  {WELL}  core  A well\n  trunk-engineer/roots/pump  core  A pump\n" in answer.err
    assert not (home / "w").exists()


def test_a_milestone_without_projects_says_so(begun: Any) -> None:
    answer = begun("project", "new", "fork", "w")
    assert answer.code == 2
    assert "has no projects" in answer.err


def test_a_mistyped_project_is_guessed(begun: Any) -> None:
    answer = begun("project", "new", "wel", "w")
    assert answer.code == 2
    assert "There is no project `wel`." in answer.err
    assert f"`{WELL}`" in answer.err


def test_only_projects_are_completed(begun: Any) -> None:
    def complete(*words: str) -> list[str]:
        shell = ShellComplete(cli, {}, "roadmap", "_ROADMAP_COMPLETE")
        return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]

    assert complete("project", "") == ["new"]
    assert complete("project", "new", "roots/") == ["roots/well", "roots/pump"]
    assert complete("project", "new", "trunk-engineer/") == [WELL, "trunk-engineer/roots/pump"]
    assert "triage-endpoint" in complete("project", "new", "tri")


def test_every_bundled_project_can_be_written(tmp_path: Path, bundle: Any) -> None:
    from roadmap.authoring.project import project_files
    from roadmap.model.track import Project

    for number, thing in enumerate(bundle.things.values()):
        if isinstance(thing, Project):
            files = project_files(thing)
            write_project(tmp_path / str(number), files)
            written = {path: text for path, text in tree(tmp_path / str(number)).items() if path[-1] != "/"}
            assert written == files


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("fails", range(len(FILES)))
@pytest.mark.parametrize("trouble", [AuthoringError("full"), KeyboardInterrupt()], ids=["error", "stopped"])
def test_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, fails: int, trouble: BaseException
) -> None:
    folder = tmp_path / "w"
    if there:
        (folder / "evals").mkdir(parents=True)
        (folder / "evals" / "mine.txt").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    real, calls = project_folder.create, []

    def create(path: Path, text: str) -> None:
        calls.append(path)
        if len(calls) > fails:
            raise trouble
        real(path, text)

    monkeypatch.setattr(project_folder, "create", create)
    with pytest.raises(type(trouble)):
        write_project(folder, FILES)
    assert len(calls) == fails + 1
    assert tree(tmp_path) == before


def test_a_folder_that_appears_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = project_folder.create

    def create(path: Path, text: str) -> None:
        (tmp_path / "w").mkdir(exist_ok=True)
        (tmp_path / "w" / "README.md").write_text("theirs", encoding="utf-8")
        real(path, text)

    monkeypatch.setattr(project_folder, "create", create)
    with pytest.raises(AuthoringError, match="cannot be written"):
        write_project(tmp_path / "w", FILES)
    assert tree(tmp_path) == {"w/": "", "w/README.md": "theirs"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_permissions_are_those_of_any_new_folder(tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    write_project(tmp_path / "w", FILES)
    assert stat.S_IMODE((tmp_path / "w").stat().st_mode) == stat.S_IMODE((tmp_path / "usual").stat().st_mode)


AS_A_USER = """
    import os, sys
    import roadmap.authoring.project, roadmap.authoring.project_folder, roadmap.cli.project_new
    from roadmap.loading.sources import bundled
    from roadmap.loading.tracks import load_tracks
    from roadmap.storage.places import cache_dir
    from roadmap.cli.main import run
    load_tracks([bundled()], cache_dir())
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    for name in sys.argv[1:]:
        print(run(["project", "new", "triage-endpoint", name]), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_folder_one_may_not_write_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:  # not below tmp_path: no other user may enter that
        top = Path(name)
        top.chmod(0o755)
        for folder, mode in (("open", 0o777), ("closed", 0o555), ("closed-too", 0o555)):
            (top / folder).mkdir()
            (top / folder).chmod(mode)
        (top / "open" / "half").mkdir()
        (top / "open" / "half" / "evals").mkdir()
        (top / "open" / "half").chmod(0o777)
        (top / "open" / "half" / "evals").chmod(0o555)
        names = [str(top / one) for one in ("open/new", "closed/new", "closed-too", "open/half")]
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(AS_A_USER), *names],
            cwd=top,
            env={**os.environ, **{f"ROADMAP_{kind}_DIR": str(top / "open") for kind in KINDS}},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stderr.splitlines()
        assert lines[0] == "0"
        assert [line for line in lines if line.isdigit()] == ["0", "2", "2", "2"]
        assert sum("Permission denied" in line for line in lines) == 3
        assert (top / "open" / "new" / "PROOF.md").exists()
        assert list((top / "closed").iterdir()) == []
        assert list((top / "closed-too").iterdir()) == []
        assert tree(top / "open" / "half") == {"evals/": ""}
        assert {"half", "new"} <= {one.name for one in (top / "open").iterdir()}
        assert not list((top / "open").glob(".roadmap-*"))
        (top / "open" / "half" / "evals").chmod(0o755)


def test_it_runs_no_git(begun: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = home / "bin"
    trap.mkdir()
    (trap / "git").write_text(f"#!/bin/sh\ntouch {home}/called\n", encoding="utf-8")
    (trap / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{trap}{os.pathsep}{os.environ['PATH']}")
    assert begun("project", "new", "well", "w").code == 0
    assert not (home / "called").exists()
