"""Text from files is shown as text: it steers no terminal, fakes no line and opens nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

ESC = "\\u001B]0;owned\\u0007\\u001B[31m"
CSI = "\\u009B2J"
BIDI = "\\u202Egnp.exe\\u2066"
HIDDEN = "\\u200B\\u2060"
FAKE = "\\n  done  99 h  fake  FAKE\\r"
EVIL = ESC + CSI + BIDI + HIDDEN + FAKE

TRACK = f"""
title = "T{EVIL}"
tagline = "tag{EVIL}"
optimizes_for = "o{EVIL}"
daily_work = "d{EVIL}"
not_this = {{ role = "ai-engineer", because = "b{EVIL}" }}
[[milestones]]
id = "m"
title = "M{EVIL}"
why = "w{EVIL}"
keywords = ["k{EVIL}"]
[[milestones.skills]]
id = "s"
can = "can{EVIL}"
ask = [{{ q = "q{EVIL}", a = "a{EVIL}" }}]
[[milestones.resources]]
id = "r"
title = "R{EVIL}"
url = "https://example.org/{ESC[:4]}"
by = "by{EVIL}"
note = "n{EVIL}"
[[milestones.projects]]
id = "p"
title = "P{EVIL}"
brief = "brief{EVIL}"
built = ["bu{EVIL}"]
evaluated = ["ev{EVIL}"]
explained = ["ex{EVIL}"]
[[milestones]]
id = "n"
title = "N"
after = ["m"]
"""

PROGRESS = f"""
schema = 1
role = "evil"
"key{EVIL}" = "v{EVIL}"
[evil.m]
state = "x{EVIL}"
note = "note{EVIL}"
[evil.m.p]
built = "built{EVIL}"
links = ["link{EVIL}"]
[evil."gone{EVIL}".x]
state = "done"
"""

READING = [
    ["roles"], ["role", "evil"], ["path"], ["status"], ["status", "--short"], ["next", "-n", "9"], ["search", "m"],
    ["show", "evil/m"], ["show", "evil/m/s", "--answers"], ["show", "evil/m/r"], ["show", "evil/m/p"],
    ["prove", "evil/m/p"],
]  # fmt: skip


@pytest.fixture
def evil(home: Path, write_tracks: Callable[..., Path]) -> Path:
    write_tracks(
        home / "tracks", evil=TRACK.replace(f"https://example.org/{ESC[:4]}", "https://example.org/x")
    )
    (home / "progress.toml").write_text(PROGRESS)
    return home


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_nothing_steers_the_terminal(evil: Path, roadmap: Any, arguments: list[str]) -> None:
    answer = roadmap(*arguments)
    assert answer.code == 0
    for text in (answer.out, answer.err):
        assert STEERING.search(text) is None
    assert "�" in answer.out or arguments[0] == "prove"
    assert not any(line.startswith("  done  99 h") for line in answer.out.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [[*words, "--json"] for words in READING if words[0] != "prove"] + [["export", "json"]],
    ids=" ".join,
)
def test_json_is_ascii_and_clean(evil: Path, roadmap: Any, arguments: list[str]) -> None:
    answer = roadmap(*arguments)
    assert answer.code == 0
    assert answer.out.isascii()
    assert STEERING.search(answer.out) is None
    assert STEERING.search(json.dumps(json.loads(answer.out), ensure_ascii=False)) is None


def test_what_marks_say_and_write_is_clean(evil: Path, roadmap: Any) -> None:
    for arguments in (
        ["done", "evil/m/s"],
        ["start", "evil/m/p"],
        ["link", "evil/m/r", "https://example.org"],
        ["undo"],
    ):
        answer = roadmap(*arguments)
        assert answer.code == 0
        assert STEERING.search(answer.out + answer.err) is None
        assert answer.out.count("\n") == 1
    assert (evil / "progress.toml").read_text().startswith(PROGRESS.split("[evil.m]")[0])


def test_files_with_hostile_names_and_faults(evil: Path, roadmap: Any) -> None:
    tracks = evil / "tracks"
    (tracks / "\x1b[31mred\nsecond line.toml").write_text(
        'title = "x"\n[[milestones]]\nid = "a"\ntitle = "A"\n'
    )
    (tracks / "fault.toml").write_text(
        f'title = "x"\nextends = "no{EVIL}"\n"un{EVIL}known" = 1\n[[milestones]]\nid = "a{EVIL}"\ntitle = "A"\n'
        f'after = ["b{EVIL}"]\n'
    )
    (tracks / "broken.toml").write_text('title = "\x1b[31m" broken \x1b]0;x\x07\n')
    answer = roadmap("roles")
    assert answer.code == 0
    assert STEERING.search(answer.err) is None
    lines = answer.err.splitlines()
    assert all(re.search(r"\.toml(:\d+:\d+)?: error\[T\d+\]: ", line) for line in lines[:3])
    assert len(lines) == 6
    assert re.fullmatch(r"and \d+ more; `roadmap track lint FOLDER` lists them all", lines[5])


def test_a_hostile_role_in_the_file(evil: Path, roadmap: Any) -> None:
    (evil / "progress.toml").write_text(f'schema = 1\nrole = "x{EVIL}"\n')
    answer = roadmap("status")
    assert answer.code == 2
    assert STEERING.search(answer.err) is None
    role, help = answer.err.splitlines()[-2:]
    assert role.startswith('Error: There is no role "x')
    assert help == "`roadmap roles` lists them all."


def test_a_folder_with_a_hostile_name(home: Path, roadmap: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "a\x1b[31mb"
    folder.mkdir()
    monkeypatch.chdir(folder)
    roadmap("init", "--role", "ml-engineer")
    answer = roadmap("status")
    assert answer.code == 0
    assert STEERING.search(answer.out) is None
    assert json.loads(roadmap("status", "--json").out)["file"] == str(folder / "progress.toml")


@pytest.mark.parametrize(
    "markup",
    ["[bold red]x[/]", "[/]", "[@click=app.quit]x[/]", "{0} %s %(a)s", "&lt;b>", ":boom:", "\\[x]", "`x`"],
)
def test_markup_is_just_text(
    home: Path, write_tracks: Callable[..., Path], roadmap: Any, markup: str
) -> None:
    quoted = json.dumps(markup)
    write_tracks(
        home / "tracks",
        t=f'title = {quoted}\n[[milestones]]\nid = "m"\ntitle = {quoted}\n'
        f'[[milestones.skills]]\nid = "s"\ncan = {quoted}\n',
    )
    (home / "progress.toml").write_text(f'schema = 1\nrole = "t"\n[t.m.s]\nnote = {quoted}\n')
    assert roadmap("path").out.startswith(f"{markup}: 1 milestones")
    assert roadmap("show", "t/m/s").out.splitlines()[0] == markup
    assert roadmap("show", "t/m/s").out.endswith(f"Your note\n\n  {markup}\n")
    assert json.loads(roadmap("show", "t/m/s", "--json").out)["can"] == markup
    assert roadmap("done", "t/m/s").out == f"done: {markup}\n"


def test_faults_of_files_may_be_many_and_are_told_in_short(evil: Path, roadmap: Any) -> None:
    lines = "".join(f"key-{n} = {n}\n" for n in range(5000))
    (evil / "tracks" / "many.toml").write_text(f'title = "x"\n{lines}{"x" * 200000} = 1\n')
    answer = roadmap("path")
    assert answer.code == 0
    assert len(answer.err.splitlines()) == 6
    assert max(map(len, answer.err.splitlines())) < 600
