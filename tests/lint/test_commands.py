from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from roadmap.cli.main import run

GOOD = """title = "T"
[[milestones]]
id = "one"
title = "One"
[[milestones.skills]]
id = "s"
can = "do it, and show it"
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to be in, with nothing of the person's own within reach."""
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"ROADMAP_{name}_DIR", str(tmp_path / "own" / name.lower()))
    monkeypatch.delenv("ROADMAP_PROGRESS", raising=False)
    folder = tmp_path / "here"
    (folder / "tracks").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_clean_warned_wrong_and_strict(here, capsys):
    file = here / "tracks" / "t.toml"
    file.write_text(GOOD)
    assert run(["track", "lint"]) == 0
    assert capsys.readouterr().out == "1 file checked, nothing to mend\n"
    file.write_text(GOOD.replace('title = "One"', 'title = "One"\nhours = 30'))
    assert run(["track", "lint"]) == 0
    assert "warning[T021]" in capsys.readouterr().out
    assert run(["track", "lint", "--strict"]) == 1
    file.write_text(GOOD.replace("can", "cann"))
    assert run(["track", "lint", "tracks/t.toml"]) == 1
    assert " --> tracks/t.toml:7:1" in capsys.readouterr().out.splitlines()


def test_wrong_usage(here, capsys):
    assert run(["track", "lint", "nowhere.toml"]) == 2
    assert run(["track", "lint"]) == 2
    assert run(["track", "lint", "--format", "xml"]) == 2
    (here / "tracks").rmdir()
    assert run(["track", "lint"]) == 2
    assert "roadmap track new" in capsys.readouterr().err


def test_tracks_beside_the_progress_file_come_first(here, tmp_path, capsys):
    other = tmp_path / "other"
    (other / "tracks").mkdir(parents=True)
    (other / "tracks" / "mine.toml").write_text("x = ")
    assert run(["--progress", str(other / "progress.toml"), "track", "lint"]) == 1
    assert "mine.toml:1:5" in capsys.readouterr().out


def test_a_broken_progress_file_does_not_matter(here, capsys):
    (here / "progress.toml").write_text("schema = 1\n<<<<<<< x\n")
    (here / "tracks" / "t.toml").write_text(GOOD)
    assert run(["track", "lint"]) == 0


def test_a_neighbor_and_a_bundled_track_may_be_referred_to(here):
    (here / "tracks" / "t.toml").write_text(
        GOOD.replace("[[milestones]]", 'extends = "base"\n[[milestones]]', 1)
    )
    (here / "tracks" / "base.toml").write_text(
        GOOD.replace('title = "One"', 'title = "One"\nafter = ["ai-engineer/retrieval"]').replace(
            'title = "T"', 'title = "T"\nextends = "ai-engineer"'
        )
    )
    assert run(["track", "lint", "tracks/t.toml"]) == 0
    assert run(["track", "lint", "tracks"]) == 0


def test_json(here, capsys):
    (here / "tracks" / "t.toml").write_text("x = ")
    assert run(["track", "lint", "--format", "json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert (fault["code"], fault["file"], fault["line"], fault["column"]) == ("T001", "tracks/t.toml", 1, 5)


def test_fix_writes_what_is_safe_and_tells_it(here, capsys):
    file = here / "tracks" / "t.toml"
    file.write_bytes(("\ufeff# mine\r\n" + GOOD.replace("can", "cann").replace("\n", "\r\n")).encode())
    assert run(["track", "lint", "--fix"]) == 0
    assert file.read_bytes().decode() == "\ufeff# mine\r\n" + GOOD.replace("\n", "\r\n")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "tracks/t.toml:8:1: mended T002: cann -> can"
    assert told[-1] == "1 file checked, nothing to mend"
    assert [one.name for one in file.parent.iterdir()] == ["t.toml"]


def test_fix_of_one_thing_can_show_another(here):
    file = here / "tracks" / "t.toml"
    file.write_text(GOOD.replace("[[milestones", "[[milestone").replace("can =", "cann ="))
    assert run(["track", "lint", "--fix"]) == 0
    assert file.read_text() == GOOD


def test_fix_leaves_the_rest_and_says_so(here, capsys):
    file = here / "tracks" / "t.toml"
    wrong = GOOD.replace('id = "s"', 'id = "s"\nask = 1')
    file.write_text(wrong)
    before = file.stat().st_mtime_ns
    assert run(["track", "lint", "--fix"]) == 1
    assert (file.read_text(), file.stat().st_mtime_ns) == (wrong, before)
    assert "error[T004]" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_told_after_the_faults(here, capsys):
    for name in ("closed", "open"):
        (here / "tracks" / f"{name}.toml").write_text(GOOD.replace("can", "cann"))
    closed = here / "tracks" / "closed.toml"
    closed.chmod(0o444)
    if os.access(closed, os.W_OK):
        pytest.skip("root may write everything")
    assert run(["track", "lint", "--fix"]) == 2
    told = capsys.readouterr()
    assert "mended T002: cann -> can" in told.out.splitlines()[0]
    assert "error[T002]: unknown key `cann` in the skill `s`" in told.out
    assert told.out.endswith("1 error in 1 of 2 files; `roadmap track explain T002` says more of T002\n")
    assert told.err.startswith('Error: "tracks/closed.toml" was not mended: ')
    assert "is read-only." in told.err
    assert "progress file" not in told.err
    assert "cann" in closed.read_text()
    assert (here / "tracks" / "open.toml").read_text() == GOOD


@pytest.mark.parametrize("command", ["lint", "stale", "links", "preview"])
@pytest.mark.parametrize(
    ("name", "other"), [("a.txt", "a.toml"), ("a.toml.bak", "a.toml"), ("a", "a.toml"), (".a.toml", "a.toml")]
)
def test_a_file_that_no_folder_would_find_is_refused(here, capsys, command, name, other):
    (here / "tracks" / name).write_text(GOOD)
    assert run(["track", command, f"tracks/{name}"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        f'Error: "tracks/{name}" is no track by its name, so no folder would find it.\n'
        f"Rename it to {other}, or leave it out.\n"
    )


@pytest.mark.parametrize("command", ["lint", "stale", "links", "preview"])
def test_what_may_not_be_read_is_named(here, capsys, command):
    (here / "shut").mkdir()
    (here / "shut" / "s.toml").write_text(GOOD)
    (here / "shut").chmod(0)
    try:
        if os.access(here / "shut", os.R_OK):
            pytest.skip("root may read everything")
        for path in ("shut/s.toml", "shut"):
            assert run(["track", command, path]) == 2
            assert capsys.readouterr().err.startswith(f'Error: "{path}" cannot be read: permission denied.\n')
    finally:
        (here / "shut").chmod(0o755)


def test_links_that_lead_in_a_circle_are_named(here, capsys):
    (here / "loop.toml").symlink_to("loop.toml")
    for command in ("lint", "preview"):
        assert run(["track", command, "loop.toml"]) == 2
        assert capsys.readouterr().err.startswith('Error: "loop.toml" cannot be read: ')


def test_a_file_that_may_not_be_read_is_a_fault(here, capsys):
    file = here / "tracks" / "t.toml"
    file.write_text(GOOD)
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("root may read everything")
    assert run(["track", "lint", "tracks/t.toml"]) == 1
    told = capsys.readouterr().out
    assert "error[T010]: the file cannot be read: Permission denied\n" in told
    assert "= help: allow reading it" in told


@pytest.mark.parametrize("command", ["stale", "links"])
def test_what_was_not_read_is_not_claimed(here, capsys, command):
    (here / "tracks" / "t.toml").write_bytes(b'title = "\xe9"\n')
    assert run(["track", command]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "not UTF-8 text (byte 9) (open it in an editor and save it with the encoding UTF-8)\n" in told.err
    assert "could not be read" in told.err
    assert "no resource" not in told.err
    (here / "tracks" / "u.toml").write_text(GOOD)
    assert run(["track", command]) == 2
    assert "1 file could not be read" in capsys.readouterr().err


def test_files_that_are_passed_over_are_counted(here, capsys, monkeypatch):
    monkeypatch.setattr("roadmap.lint.files.MAX_FILES", 2)
    for name in ("a", "b", "c", "d", ".hidden"):
        (here / "tracks" / f"{name}.toml").write_text(GOOD)
    assert run(["track", "lint"]) == 0
    told = capsys.readouterr()
    assert told.out.endswith("2 files checked, nothing to mend\n")
    assert told.err == '"tracks" holds more files than are read: 2 are passed over.\n'
    assert run(["track", "lint", "tracks/d.toml"]) == 0
    assert capsys.readouterr().err == ""


def test_explain(here, capsys):
    assert run(["track", "explain"]) == 0
    assert capsys.readouterr().out.count("\n") >= 26
    assert run(["track", "explain", "t7"]) == 0
    assert capsys.readouterr().out.startswith("T007 (error): an address names nothing")
    assert run(["track", "explain", "T007", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= {"code", "severity", "title", "why", "wrong", "right"}
    assert run(["track", "explain", "T999"]) == 2
    assert run(["track", "explain", "\x1b[2J"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_explain_needs_neither_pydantic_nor_tracks():
    code = (
        "import sys; from roadmap.cli.main import run; run(['track', 'explain', 'T001']); "
        "print([name for name in ('pydantic', 'textual', 'tomlrt') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
