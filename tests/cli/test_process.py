"""Real processes: pipes, terminals that know ASCII only, closed and full streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
ROADMAP = f"{sys.executable} -m roadmap"


def shell(home: Path, line: str) -> tuple[int, str, str]:
    """Run a line of bash in a folder; return exit status, output and errors."""
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_day_with_the_program(home: Path, process: Any) -> None:
    assert process("init", "--role", "ai-engineer").code == 0
    assert process("done", "stream-and-cancel").out.startswith("done: ")
    assert json.loads(process("status", "--json").out)["hours"]["done"] > 0
    assert process("note", "stream-and-cancel", input="naïve ☃\n".encode()).code == 0
    assert "naïve ☃" in process("show", "stream-and-cancel").out
    assert process("search", "nonsensical").code == 1
    assert process("statsu").code == 2
    assert process("undo").code == 0


def test_alone_and_without_a_terminal_it_says_what_to_do(home: Path, process: Any) -> None:
    answer = process()
    assert (answer.code, answer.out) == (2, "")
    assert "roadmap --help" in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
@pytest.mark.parametrize("command", ["path ai-engineer", "search a -n 900", "search nonsensical", "--help"])
def test_a_reader_that_goes_away_is_no_failure(home: Path, command: str) -> None:
    line = f"set -o pipefail; {ROADMAP} {command} | (exec 0<&-; sleep 0.3)"
    assert shell(home, line) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_the_first_line_and_no_more(home: Path) -> None:
    line = f"set -o pipefail; {ROADMAP} path ai-engineer | head -1"
    assert shell(home, line) == (0, "AI Engineer: 13 milestones, 365 h\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told(home: Path) -> None:
    code, _out, err = shell(home, f"{ROADMAP} roles > /dev/full")
    assert code == 2
    assert err == "Error: No space left on device.\nNothing more could be written.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("roles >&-", 0),
        (" <&-", 2),
        ("note retrieval <&-", 0),
        ("nothing 2>&-", 2),
    ],
)
def test_closed_streams_are_no_crash(home: Path, process: Any, line: str, code: int) -> None:
    process("init", "--role", "ai-engineer")
    found, _out, err = shell(home, f"{ROADMAP} {line}")
    assert found == code
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["status"], ["show", "t/m/s"], ["--help"], ["nöpe"]])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_knows_few_characters(
    home: Path, process: Any, arguments: list[str], encoding: str
) -> None:
    (home / "tracks").mkdir()
    (home / "tracks" / "t.toml").write_text(
        'title = "Tée ☃"\n[[milestones]]\nid = "m"\ntitle = "Äm"\n[[milestones.skills]]\nid = "s"\ncan = "漢字 é"\n',
        encoding="utf-8",
    )
    (home / "progress.toml").write_text('schema = 1\nrole = "t"\n[t.m.s]\nnote = "☃"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "roadmap", *arguments], cwd=home, capture_output=True, timeout=60, check=False,
        env={**os.environ, **ASCII, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert done.returncode == (2 if arguments == ["nöpe"] else 0)
    assert b"Traceback" not in done.stderr
    if encoding == "latin-1" and arguments == ["status"]:
        assert done.stdout.startswith(b"T\xe9e ?\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminal")
def test_a_note_opens_the_editor_at_a_terminal(home: Path, process: Any) -> None:
    import pty

    process("init", "--role", "ai-engineer")
    editor = home / "editor"
    editor.write_text('#!/bin/sh\nprintf "typed in the editor" > "$1"\n')
    editor.chmod(0o755)
    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", "note", "retrieval"],
            cwd=home, stdin=follower, capture_output=True, text=True, timeout=60, check=False,
            env={**os.environ, "EDITOR": str(editor), "VISUAL": str(editor)},
        )  # fmt: skip
    finally:
        os.close(leader)
        os.close(follower)
    assert (done.returncode, done.stderr) == (0, "")
    assert 'note = "typed in the editor"' in (home / "progress.toml").read_text()


def test_arguments_that_are_not_unicode(home: Path) -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"roadmap", b"show", b"\xff\xfe"], cwd=home, capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: There is no milestone, skill, resource or project `")
