"""A project folder as checks see it: what is listed, what is not followed, and what git says of its past."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from roadmap.analysis.proof.folder import Unseen
from roadmap.storage import folder as folder_module
from roadmap.storage.folder import TooLarge, look_at

if TYPE_CHECKING:
    from pathlib import Path

WHO = {
    f"GIT_{kind}_{what}": value
    for kind in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ann"), ("EMAIL", "Ann@example.org"), ("DATE", "2026-11-01T10:00:00Z"))
}


def git(where: Path, *words: str, **env: str) -> str:
    done = subprocess.run(
        [
            "git",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "tag.gpgsign=false",
            *words,
        ],
        cwd=where,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **WHO, **env},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit(where: Path, path: str, text: str = "x", **env: str) -> str:
    file = where / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    git(where, "add", "-A")
    git(where, "commit", "-q", "-m", path, **env)
    return git(where, "rev-parse", "HEAD").strip()


def test_files_are_listed_and_read(tmp_path: Path) -> None:
    (tmp_path / "a" / ".github").mkdir(parents=True)
    (tmp_path / "a" / ".github" / "w.yml").write_text("on: push", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xef\xbb\xbfhe")
    (tmp_path / "empty").touch()
    found = look_at(tmp_path)
    assert dict(found.sizes) == {"a/.github/w.yml": 8, "b.md": 5, "empty": 0}
    assert found.text("b.md") == "he"
    assert found.find("*") == ["b.md"]
    assert found.history is None
    with pytest.raises(Unseen, match="no commits"):
        found.past  # noqa: B018


def test_what_others_wrote_is_left_out(tmp_path: Path) -> None:
    for name in (".git", "node_modules", ".venv", "__pycache__", "deep/.VENV"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x.py").write_text("inspect_ai", encoding="utf-8")
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "x.py").write_text("1", encoding="utf-8")
    assert list(look_at(tmp_path).sizes) == ["git/x.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_no_link_out_of_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("secret", encoding="utf-8")
    top = tmp_path / "top"
    (top / ".git").mkdir(parents=True)
    (top / ".git" / "config").write_text("token", encoding="utf-8")
    (top / "real").write_text("real", encoding="utf-8")
    (top / "inside").symlink_to(top / "real")
    (top / "outside").symlink_to(tmp_path / "secret" / "key")
    (top / "up").symlink_to("../secret/key")
    (top / "folder").symlink_to(tmp_path / "secret", target_is_directory=True)
    (top / "again").symlink_to(top, target_is_directory=True)
    (top / "dangling").symlink_to("nowhere")
    (top / "circle").symlink_to("circle")
    (top / "own").symlink_to(top / ".git" / "config")
    (top / "device").symlink_to("/dev/zero")
    os.mkfifo(top / "pipe")
    found = look_at(top)
    assert dict(found.sizes) == {"inside": 4, "real": 4}
    assert found.text("inside") == "real"
    (top / "real").unlink()
    (top / "real").symlink_to(tmp_path / "secret" / "key")  # after it was listed
    for name in ("real", "inside"):
        with pytest.raises(Unseen, match=r"leads out|cannot be read"):
            look_again(found, name)


def look_again(found: object, name: str) -> None:
    """Read a file that is in no cache yet, as another look at the same listing would."""
    found.read.__wrapped__(name)  # type: ignore[attr-defined]


def test_a_link_to_the_folder_itself_is_fine(tmp_path: Path) -> None:
    (tmp_path / "top").mkdir()
    (tmp_path / "top" / "a").write_text("a", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "top", target_is_directory=True)
    assert look_at(tmp_path / "link").text("a") == "a"


def test_sizes_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / name).write_text("12345", encoding="utf-8")
    monkeypatch.setattr(folder_module, "MAX_READ", 4)
    with pytest.raises(Unseen, match="larger than"):
        look_at(tmp_path).text("a")
    monkeypatch.setattr(folder_module, "MAX_FILES", 2)
    with pytest.raises(TooLarge):
        look_at(tmp_path)


def test_a_file_that_goes_away_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    found = look_at(tmp_path)
    (tmp_path / "a").unlink()
    with pytest.raises(Unseen, match="`a` cannot be read"):
        found.text("a")


def test_the_past(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert look_at(tmp_path).no_history == "the folder has no commits in git"
    first = commit(tmp_path, "evals/plan.md")
    git(tmp_path, "tag", "light")
    git(tmp_path, "tag", "-a", "frozen", "-m", "it")
    second = commit(tmp_path, "odd name\u00e9\n.md", GIT_AUTHOR_EMAIL="bo@example.org")
    found = look_at(tmp_path).past
    assert [one.id for one in found.commits] == [first, second]
    assert [one.paths for one in found.commits] == [("evals/plan.md",), ("odd name\u00e9\n.md",)]
    assert [one.author for one in found.commits] == ["Ann@example.org", "bo@example.org"]
    assert found.commits[0].at == 1793527200
    assert found.tags == {"light": first, "frozen": first}
    assert found.tree(second)["evals/plan.md"] == git(tmp_path, "rev-parse", "HEAD:evals/plan.md").strip()
    assert not found.shallow


def test_a_folder_inside_a_repository_has_its_own_paths(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, "other.md")
    git(tmp_path, "tag", "before")
    commit(tmp_path, "mine/a.md")
    found = look_at(tmp_path / "mine")
    assert list(found.sizes) == ["a.md"]
    assert [one.paths for one in found.past.commits] == [(), ("a.md",)]
    assert found.past.tags["before"] == found.past.commits[0].id
    assert list(found.past.tree(found.past.commits[1].id)) == ["a.md"]


def test_branches_and_a_cut_off_past(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q")
    commit(origin, "a")
    git(origin, "checkout", "-q", "-b", "side")
    commit(origin, "b")
    git(origin, "checkout", "-q", "main")
    commit(origin, "c")
    git(origin, "merge", "-q", "--no-edit", "side")
    order = [path for one in look_at(origin).past.commits for path in one.paths]
    assert order[0] == "a"
    assert sorted(order) == ["a", "b", "c"]
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "copy")
    assert look_at(tmp_path / "copy").past.shallow


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_settings_of_a_repository_run_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q")
    commit(top, "a.md")
    git(top, "commit", "-q", "--allow-empty", "-m", "b")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nexec cat\n", encoding="utf-8")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program", "core.editor", "core.askPass",
        "core.sshCommand", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process",
        "alias.log", "alias.ls-tree", "credential.helper", "uploadpack.packObjectsHook",
    ):  # fmt: skip
        git(top, "config", name, f"!{trap}" if name.startswith("alias") else str(trap))
    git(top, "config", "log.showSignature", "true")
    git(top, "config", "log.showRoot", "false")
    (top / ".gitattributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (top / ".git" / "hooks").mkdir(exist_ok=True)
        (top / ".git" / "hooks" / hook).symlink_to(trap)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    found = look_at(top)
    assert [one.paths for one in found.past.commits] == [("a.md",), ()]
    assert found.past.tree(found.past.commits[0].id)
    assert not (tmp_path / "sprung").exists()


def test_without_git_the_files_are_there_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = look_at(tmp_path)
    assert list(found.sizes) == ["a"]
    assert "was not found" in found.no_history
