"""``roadmap doctor`` names what is wrong and the command that mends it, and brings backups back."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.storage.backups import KEPT_BEFORE, Backups

if TYPE_CHECKING:
    from collections.abc import Callable

BAKER = """
title = "Baker"

[[milestones]]
id = "bread"
title = "Bread"
former = ["loaf"]
skills = [{ id = "knead", can = "knead a dough", former = ["press"] }]
"""
START = 'schema = 1\nrole = "baker"\n\n[baker.bread]\nstate = "todo"\n'


@pytest.fixture
def file(home: Path) -> Path:
    (home / "tracks").mkdir()
    (home / "tracks" / "baker.toml").write_text(BAKER)
    path = home / "progress.toml"
    path.write_text(START)
    return path


@pytest.fixture
def examine(roadmap: Callable[..., Any]) -> Callable[..., tuple[int, dict[str, Any]]]:
    def run(*options: str) -> tuple[int, dict[str, Any]]:
        answer = roadmap(*options, "doctor", "--json")
        report = json.loads(answer.out)
        assert answer.code == (0 if report["ok"] else 1), answer
        assert answer.code == int(any(one["wrong"] for one in report["findings"]))
        return answer.code, report

    return run


def about(report: dict[str, Any], word: str) -> list[dict[str, Any]]:
    return [one for one in report["findings"] if one["about"] == word]


def test_a_sound_file_is_healthy(
    file: Path, roadmap: Callable[..., Any], examine: Callable[..., Any]
) -> None:
    before = file.read_bytes()
    code, report = examine()
    assert code == 0
    assert (report["file"], report["how"]) == (str(file), "in this folder")
    answer = roadmap("doctor")
    assert answer.code == 0
    assert answer.out.startswith(f"{file} (in this folder)")
    assert answer.out.rstrip().endswith("Nothing is wrong.")
    assert file.read_bytes() == before
    assert not Path(os.environ["ROADMAP_STATE_DIR"]).exists()


def test_no_file_is_no_fault(home: Path, examine: Callable[..., Any]) -> None:
    code, report = examine()
    assert code == 0
    assert not report["exists"]
    assert about(report, "file")[0]["command"] == "roadmap init"


BROKEN = {
    "a slip": ("schema = 1\n[baker.bread]\nstate = \n", 3, ""),
    "markers": ("schema = 1\n<<<<<<< a\nrole = 'x'\n=======\n>>>>>>> b\n", 2, "roadmap resolve"),
    "two copies": ("[baker.bread]\nstate='todo'\n[baker.bread]\nstate='done'\nschema = 1\n", 3, "roadmap resolve"),
    "newer": ("schema = 99\n", 1, "pip install --upgrade role-roadmap"),
    "not text": (b"schema = 1\n# \xff\n", 2, ""),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "command"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_read_is_placed_and_mended(
    file: Path, examine: Callable[..., Any], content: str | bytes, line: int, command: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    file.write_bytes(data)
    code, report = examine("--progress", str(file))
    [found] = about(report, "parse")
    assert (code, found["wrong"], found["line"], found["command"]) == (1, True, line, command)
    assert found["help"]
    assert file.read_bytes() == data


def test_values_that_were_not_understood(file: Path, examine: Callable[..., Any]) -> None:
    file.write_text(START.replace("todo", "dnoe") + 'mood = "x"\n')
    _, report = examine()
    told = {(one["message"].split(" ")[1], one["wrong"]) for one in about(report, "notice")}
    assert told == {("state", True), ("the", False)}


def test_a_role_that_is_in_no_track(file: Path, examine: Callable[..., Any]) -> None:
    file.write_text(START.replace('"baker"', '"bakr"'))
    _, report = examine()
    assert [one["command"] for one in about(report, "role")] == ["roadmap role baker --follow"]


def test_records_of_removed_and_renamed_things_are_listed_and_no_fault(
    file: Path, examine: Callable[..., Any]
) -> None:
    file.write_text(
        START
        + '[baker.bread.gone]\nstate = "done"\n[nobody.a]\nstate = "done"\n[baker.loaf.press]\nstate = "done"\n'
    )
    code, report = examine()
    assert code == 0
    records = [one["message"] for one in about(report, "record")]
    assert [message.partition(":")[0] for message in records] == ["baker/bread/gone", "nobody/a"]
    assert "no track" in records[1]
    [former] = about(report, "former")
    assert former["message"].startswith("baker/loaf/press is now called baker/bread/knead;")


def test_faults_of_tracks_and_of_the_settings(file: Path, examine: Callable[..., Any]) -> None:
    own = file.parent / "tracks" / "broken.toml"
    own.write_text("title = \n")
    config = Path(os.environ["ROADMAP_CONFIG_DIR"])
    config.mkdir(parents=True)
    (config / "config.toml").write_text("asci = true\n")
    code, report = examine()
    assert code == 1
    assert about(report, "track")[0]["command"] == f"roadmap track lint {own}"
    assert about(report, "track")[0]["line"] == 1
    assert "asci" in about(report, "config")[0]["message"]


def test_links_names_and_leftovers(file: Path, examine: Callable[..., Any]) -> None:
    real = file.rename(file.with_name("real.toml"))
    file.symlink_to(real)
    real.with_name("second.toml").hardlink_to(real)
    left = file.with_name(".progress.toml.0123456789abcdef.tmp")
    left.write_text("x")
    code, report = examine()
    assert code == 0
    told = [one["message"] for one in about(report, "file")]
    assert "is a link to" in told[0]
    assert "2 names" in told[1]
    assert "an hour from now" in about(report, "leftover")[0]["message"]
    os.utime(left, (time.time() - 7200,) * 2)
    assert "next save removes it" in about(examine()[1], "leftover")[0]["message"]
    assert left.exists()
    real.unlink()
    code, report = examine()
    assert code == 1
    assert about(report, "file")[0]["command"] == f"rm {file}"


def test_changes_that_were_kept_beside_the_file(file: Path, examine: Callable[..., Any]) -> None:
    file.with_name("progress.toml.mine-2026-11-24").write_text(START)
    code, report = examine()
    assert code == 1
    [found] = about(report, "leftover")
    assert found["command"].startswith("diff ")


@pytest.mark.parametrize("kind", ["circle", "folder", "pipe"])
def test_what_is_no_file(file: Path, examine: Callable[..., Any], kind: str) -> None:
    file.unlink()
    if kind == "circle":
        file.symlink_to(file)
    elif kind == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    code, report = examine("--progress", str(file.parent))
    assert code == 1
    assert about(report, "parse")


def test_a_file_of_our_name_that_was_passed_over(file: Path, examine: Callable[..., Any]) -> None:
    file.write_text(START.replace("schema", "sch ema"))
    code, report = examine()
    assert code == 1
    assert str(file) in about(report, "file")[0]["message"]


def test_folders_of_the_program_that_cannot_be_used(
    file: Path, examine: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STATE", "CACHE"):
        folder = tmp_path / name.lower()
        monkeypatch.setenv(f"ROADMAP_{name}_DIR", str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("in the way")
    code, report = examine()
    assert code == 1
    for name in ("state", "cache"):
        assert "not a folder" in about(report, name)[0]["message"]


def test_what_git_says(file: Path, examine: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "x")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "x@example.org")

    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=file.parent, check=words[0] != "merge", capture_output=True)

    assert "in no git repository" in about(examine()[1], "git")[0]["message"]
    git("init", "-q", "-b", "main")
    assert about(examine()[1], "git")[0]["command"] == "roadmap git commit"
    git("add", ".")
    git("commit", "-qm", "one")
    assert about(examine()[1], "git") == []
    attributes = file.with_name(".gitattributes")
    attributes.write_text("progress.toml merge=roadmap\n")
    assert about(examine()[1], "git")[0]["command"] == "roadmap git setup"
    attributes.unlink()
    for branch, word in (("other", "done"), ("main", "learning")):
        git("checkout", "-q", *(["-b"] if branch == "other" else []), branch)
        file.write_text(START.replace("todo", word))
        git("commit", "-qam", word)
    git("merge", "other")
    code, report = examine()
    assert code == 1
    assert [one["command"] for one in report["findings"] if one["wrong"]] == ["roadmap resolve"]
    file.write_text(START)
    assert [one["command"] for one in examine()[1]["findings"] if one["wrong"]] == ["roadmap resolve"]


def test_a_backup_comes_back_and_what_was_there_is_kept(
    file: Path, roadmap: Callable[..., Any], examine: Callable[..., Any]
) -> None:
    assert roadmap("done", "knead").code == 0
    changed = file.read_bytes()
    broken = b"schema = 1\n[baker.bread\n\xff"
    file.write_bytes(broken)
    _, report = examine()
    [backup] = report["backups"]
    assert (backup["why"], backup["size"]) == ("before the first change of that day", len(START))
    answer = roadmap("doctor", "--restore", backup["name"])
    assert answer.code == 0
    assert file.read_text() == START
    kept = json.loads(roadmap("doctor", "--json").out)["backups"][0]
    assert kept["why"] == "before a backup was restored"
    assert kept["name"] in answer.out
    assert Path(kept["path"]).read_bytes() == broken
    assert roadmap("doctor", "--restore", backup["name"]).out.startswith("restored")
    assert len(examine()[1]["backups"]) == 2, "nothing changed, nothing is kept"
    file.write_bytes(changed)
    roadmap("doctor", "--restore", backup["name"])
    newest = examine()[1]["backups"][0]["name"]
    assert json.loads(roadmap("doctor", "--restore", newest, "--json").out)["kept"]["size"] == len(START)
    assert file.read_bytes() == changed


def test_a_backup_comes_back_for_a_file_that_is_gone(file: Path, roadmap: Callable[..., Any]) -> None:
    roadmap("done", "knead")
    day = json.loads(roadmap("doctor", "--json").out)["backups"][0]["name"]
    file.unlink()
    assert roadmap("--progress", file, "doctor", "--restore", day).code == 0
    assert file.read_text() == START


def test_what_is_not_restored(file: Path, roadmap: Callable[..., Any]) -> None:
    answer = roadmap("doctor", "--restore", "1999-01-01")
    assert answer.code == 2
    assert "There is none yet" in answer.err
    roadmap("done", "knead")
    backup = json.loads(roadmap("doctor", "--json").out)["backups"][0]
    answer = roadmap("doctor", "--restore", "../../etc/passwd")
    assert answer.code == 2
    assert backup["name"] in answer.err
    before = file.read_bytes()
    Path(backup["path"]).write_text("broken = ")
    assert roadmap("doctor", "--restore", backup["name"]).code == 2
    assert file.read_bytes() == before
    Path(backup["path"]).write_text(START)
    file.write_text("schema = 99\n")
    answer = roadmap("doctor", "--restore", backup["name"])
    assert answer.code == 2
    assert "newer" in answer.err
    assert file.read_text() == "schema = 99\n"


def test_copies_from_before_have_names_of_their_own_and_an_end(tmp_path: Path) -> None:
    from datetime import datetime, timedelta

    backups = Backups(tmp_path / "backups")
    now = datetime(2026, 11, 24, 9, 0)
    names = [backups.keep_before("restore", b"x", now).name for _ in range(3)]
    assert len(set(names)) == 3
    for minute in range(KEPT_BEFORE + 5):
        backups.keep_before("conflict", b"y", now + timedelta(minutes=minute + 1))
    backups.keep_first_of_day(b"z", now)
    (backups.folder / "mine.toml").write_text("kept, and not listed")
    listed = backups.listed()
    assert len(listed) == KEPT_BEFORE + 1
    assert {backup.why for backup in listed if backup.name == "2026-11-24"} == {
        "before the first change of that day"
    }
    assert (backups.folder / "mine.toml").exists()
