"""The git command for one file, and the merge driver, with real repositories."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.loading.progress_text import parse_progress
from roadmap.model.errors import UnreadableProgress
from roadmap.model.progress import State
from roadmap.storage import driver
from roadmap.storage import git as module
from roadmap.storage.git import BASE, OURS, THEIRS, Git, GitFailed, merge_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = 'schema = 1\n\n[t.m]\nstate = "todo"\n\n[t.n]\nstate = "todo"\n'
LEFT = START.replace('[t.m]\nstate = "todo"', '[t.m]\nstate = "learning"\nnote = "a"')
RIGHT = START.replace('[t.m]\nstate = "todo"', '[t.m]\nstate = "done"\nnote = "b"')


@pytest.fixture
def repo(make_repo: Callable[..., Any]) -> Any:
    return make_repo()


def find(path: Path) -> Git:
    found = Git.find(path)
    assert found is not None
    return found


def test_no_repository(tmp_path: Path, repo: Any) -> None:
    assert Git.find(tmp_path / "progress.toml") is None
    assert Git.find(tmp_path / "no" / "such" / "folder" / "progress.toml") is None
    assert Git.find(repo.folder / ".git" / "progress.toml") is None


def test_no_git_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailed, match="Install git"):
        Git.find(tmp_path / "progress.toml")


def test_a_git_that_does_not_answer_is_not_waited_for(
    repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    slow = tmp_path / "bin" / "git"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    with pytest.raises(GitFailed, match="did not answer"):
        Git.find(repo.file)
    slow.write_text("#!/bin/sh\necho 'fatal: \033[2Jodd' >&2\nexit 3\n")
    with pytest.raises(GitFailed, match="status 3") as caught:
        Git.find(repo.file)
    assert "\033" not in str(caught.value)


def test_a_file_before_the_first_commit(repo: Any) -> None:
    repo.file.write_text(START)
    git = find(repo.file)
    assert (git.tracked(), git.dirty(), git.committed(), git.log(), git.stages()) == (
        False,
        True,
        None,
        [],
        None,
    )
    assert (git.operation(), git.shallow()) == (None, False)


@pytest.mark.parametrize("name", ["-n", ":(top)x", "a*b?.toml", "ü b\tc.toml", '"q".toml'])
def test_names_are_names(repo: Any, name: str) -> None:
    repo.file = repo.folder / "sub dir" / name
    repo.file.parent.mkdir()
    repo.fork(START, LEFT, RIGHT)
    git = find(repo.file)
    assert git.tracked()
    assert git.committed() == LEFT
    assert not git.dirty()
    assert not repo.merge()
    assert git.stages() == {BASE: START, OURS: LEFT, THEIRS: RIGHT}
    assert git.operation() == "merge"
    repo.file.write_text(LEFT)
    git.stage()
    assert git.stages() is None
    driver.set_up(git)
    assert git.attribute("merge") == "roadmap"
    driver.remove(git)
    assert git.attribute("merge") == "unspecified"


def test_versions_are_as_they_would_stand_on_disk(repo: Any) -> None:
    repo.git("config", "core.autocrlf", "true")
    repo.fork(*(text.replace("\n", "\r\n") for text in (START, LEFT, RIGHT)))
    repo.merge()
    stages = find(repo.file).stages()
    assert stages is not None
    assert stages[OURS] == LEFT.replace("\n", "\r\n")


def test_what_is_no_text_is_named(repo: Any) -> None:
    repo.fork(START, LEFT, b"\xe4\xf6")
    repo.merge()
    with pytest.raises(UnreadableProgress, match="UTF-8"):
        find(repo.file).stages()


def test_history_follows_the_file_through_renames_and_odd_subjects(repo: Any) -> None:
    repo.file = repo.folder / "old name.toml"
    repo.commit(START, "one \x1e two \x1f three")
    new = repo.folder / "sub" / "progress.toml"
    new.parent.mkdir()
    repo.file.rename(new)
    repo.file = new
    repo.commit(None, "moved")
    repo.commit(LEFT, "changed")
    git = find(new)
    log = git.log()
    assert [one.subject for one in log] == ["changed", "moved", "one \x1e two \x1f three"]
    assert [(one.before, one.path) for one in log] == [
        ("sub/progress.toml", "sub/progress.toml"),
        ("old name.toml", "sub/progress.toml"),
        (None, "old name.toml"),
    ]
    places = [f"{log[0].id}:sub/progress.toml", "HEAD:nothing", "HEAD:sub", f"{log[2].id}:old name.toml"]
    assert git.texts(places) == {places[0]: LEFT.encode(), places[3]: START.encode()}


def test_lines_are_merged_as_git_does() -> None:
    assert merge_lines(START, START, LEFT) == (LEFT, True)
    text, clean = merge_lines(START, LEFT, RIGHT, size=9)
    assert not clean
    assert text.count("<<<<<<<<< ours\n") == text.count(">>>>>>>>> theirs\n") == 1
    assert merge_lines(START, LEFT, RIGHT, favor="theirs") == (RIGHT, True)
    with pytest.raises(GitFailed):
        merge_lines("\0", "\0a", "\0b")


# The merge driver


def test_set_up_and_removed_again(repo: Any) -> None:
    attributes = repo.folder / ".gitattributes"
    attributes.write_bytes(b"*.png binary")
    repo.commit(START)
    config = (repo.folder / ".git" / "config").read_text()
    git = find(repo.file)
    assert driver.state(git) == driver.OFF
    assert len(driver.set_up(git)) == 3
    assert attributes.read_bytes() == b"*.png binary\n/progress.toml merge=roadmap\n"
    assert driver.state(git) == driver.ON
    assert driver.set_up(git) == []
    assert "-P -m roadmap git driver %O %A %B %L %P" in (git.setting("merge.roadmap.driver") or "")
    git.forget("merge.roadmap")
    assert driver.state(git) == driver.ATTRIBUTE_ONLY
    driver.set_up(git)
    assert driver.remove(git)
    assert driver.state(git) == driver.OFF
    assert attributes.read_bytes() == b"*.png binary\n"
    assert (repo.folder / ".git" / "config").read_text() == config
    assert driver.remove(git) == []
    attributes.write_text("/progress.toml merge=roadmap\n")
    driver.remove(git)
    assert not attributes.exists()


def with_driver(repo: Any, line: str | None = None) -> None:
    repo.fork(START, LEFT, RIGHT)
    driver.set_up(find(repo.file))
    if line is not None:
        repo.git("config", "merge.roadmap.driver", line)
    repo.git("add", ".gitattributes")
    repo.git("commit", "-qm", "attributes")


def check(repo: Any) -> None:
    entry = parse_progress(repo.text).entry("t/m")
    assert (entry.state, entry.note) == (State.DONE, "a\nb")
    assert not repo.unmerged


def test_git_merges_by_itself_once_set_up(repo: Any) -> None:
    with_driver(repo)
    said = repo.git("merge", "--no-edit", "theirs")
    assert "progress.toml: t/m state: ours" in said
    check(repo)


@pytest.mark.parametrize("way", ["rebase", "cherry-pick", "worktree", "subfolder"])
def test_the_driver_works_wherever_git_merges(repo: Any, tmp_path: Path, way: str) -> None:
    with_driver(repo)
    if way == "rebase":
        repo.git("rebase", "theirs")
    elif way == "cherry-pick":
        repo.git("cherry-pick", "theirs")
    elif way == "worktree":
        repo.git("worktree", "add", "-q", "-b", "third", str(tmp_path / "tree"))
        repo.folder = tmp_path / "tree"
        repo.file = repo.folder / "progress.toml"
        repo.git("merge", "--no-edit", "theirs")
    else:
        (repo.folder / "sub").mkdir()
        (repo.folder / "roadmap").mkdir()  # a folder of that name is not the program
        (repo.folder / "roadmap" / "__init__.py").write_text("raise SystemExit(5)\n")
        folder, repo.folder = repo.folder, repo.folder / "sub"
        repo.git("merge", "--no-edit", "theirs")
        repo.folder = folder
    check(repo)


def test_both_added_the_file_and_the_driver_has_no_base(repo: Any) -> None:
    repo.fork(None, LEFT, RIGHT)
    driver.set_up(find(repo.file))
    repo.git("merge", "--no-edit", "theirs")
    check(repo)


@pytest.mark.parametrize("program", ["no-such-program-at-all", "kill -9 $$ #", "exit 3 #", "false"])
def test_a_program_that_is_gone_or_dies_leaves_markers(repo: Any, program: str) -> None:
    usual = driver.command()
    mine = " ".join(map(shlex.quote, (sys.executable, "-P", "-m", "roadmap")))
    assert usual.startswith(mine)
    broken = f"sh -c {shlex.quote(program)} " if program.endswith("#") else program
    with_driver(repo, usual.replace(mine, broken))
    assert not repo.merge()
    assert repo.unmerged
    for part in ("<<<<<<<", 'state = "learning"', "=======", 'state = "done"', ">>>>>>>"):
        assert part in repo.text


def test_an_attribute_without_a_driver_is_plain_git(repo: Any) -> None:
    with_driver(repo)
    find(repo.file).forget("merge.roadmap")
    assert not repo.merge()
    assert "<<<<<<< HEAD" in repo.text


def test_a_side_that_cannot_be_read_leaves_markers_with_everything(repo: Any) -> None:
    broken = RIGHT.replace('note = "b"', 'note = "b')
    for text in (broken, broken.replace("schema", "\0"), RIGHT.replace("schema = 1", 'x = """')):
        for files in ({"ours": LEFT, "theirs": text}, {"ours": text, "theirs": LEFT}):
            paths = [repo.folder / name for name in ("base", "ours", "theirs")]
            for path, content in zip(paths, (START, files["ours"], files["theirs"]), strict=True):
                path.write_text(content)
            status, decisions, trouble = driver.drive(*paths, 9)
            assert (status, decisions) == (1, ())
            assert trouble
            left = paths[1].read_text()
            assert left.count("<" * 9) == left.count("=" * 9) == left.count(">" * 9) == 1
            assert 'state = "learning"' in left
            assert 'state = "done"' in left


def test_a_clean_merge_of_lines_that_is_no_progress_file_gets_markers_too(repo: Any) -> None:
    paths = [repo.folder / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, (START, START + "x = =\n", "# y\n" + START), strict=True):
        path.write_text(content)
    assert driver.drive(*paths)[0] == 1
    assert "<<<<<<< ours" in paths[1].read_text()


def test_a_newer_format_is_merged_by_lines_where_these_allow_it(repo: Any) -> None:
    newer = START.replace("schema = 1", "schema = 9")
    paths = [repo.folder / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, (newer, newer + "# x\n", "# y\n" + newer), strict=True):
        path.write_text(content)
    status, _, trouble = driver.drive(*paths)
    assert status == 0
    assert "newer" in trouble
    assert paths[1].read_text() == "# y\n" + newer + "# x\n"


def test_bytes_that_are_no_text_survive_in_markers(repo: Any) -> None:
    paths = [repo.folder / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, (b"", b"\xe4\n", b"\xf6\0"), strict=True):
        path.write_bytes(content)
    assert driver.drive(*paths)[0] == 1
    left = paths[1].read_bytes()
    assert b"\xe4" in left
    assert b"\xf6\0" in left
