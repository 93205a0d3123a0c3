"""``roadmap fit``: answers from a file, from a person at a terminal, and from nobody."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORDER = (
    "saturday", "lunch", "rescue", "advert", "number", "notknowing", "firstweek", "funding", "nextmonth", "sting",
    "hour", "decides", "stranger", "shipped", "fourpercent", "mind",
)  # fmt: skip
MARA = dict(zip(ORDER, "adbecadbadcbacac", strict=True))
FIT = {
    "roles": [{"role": str, "score": int, "share": float}], "top": (str, None), "lead": int, "close": bool,
    "reasons": [{"question": str, "answer": str, "role": str, "weight": int}],
    "try": [{"role": str, "project": str}], "advice": [str], "answered": int,
}  # fmt: skip


def piped(home: Path, data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own with something on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "roadmap", *arguments],
        cwd=home,
        input=data,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_json(home: Path, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    (home / "mara.json").write_text(json.dumps(MARA))
    answer = ask("fit", "--answers", "mara.json")
    check(answer, {**FIT, "background": {"ships": int, "statistics": int, "people": int}})
    assert (answer["top"], answer["lead"], answer["close"]) == ("ml-engineer", 31, False)
    assert sum(one["share"] for one in answer["roles"]) == pytest.approx(1, abs=0.001)
    assert all(one["role"] == "ml-engineer" for one in answer["reasons"])


def test_toml_json_and_a_table_mean_the_same(home: Path, ask: Callable[..., Any]) -> None:
    lines = "\n".join(f'{id} = "{letter.upper()}"' for id, letter in MARA.items())
    texts = {"a.toml": lines, "b.toml": f"[answers]\n{lines}", "c.json": json.dumps({"answers": MARA})}
    found = []
    for name, text in texts.items():
        (home / name).write_text(text)
        found.append(ask("fit", "--answers", name))
    assert found[0] == found[1] == found[2]


def test_standard_input(home: Path) -> None:
    answer = piped(home, json.dumps(MARA).encode(), "fit", "--answers", "-", "--json")
    assert json.loads(answer.stdout)["top"] == "ml-engineer"


def test_text(home: Path, roadmap: Callable[..., Any]) -> None:
    (home / "mara.json").write_text(json.dumps(MARA))
    out = roadmap("fit", "--answers", "mara.json").out
    assert out.startswith("ML Engineer, by 31 points before ")
    assert "The answers that decided it" in out
    assert "Where to begin" in out
    assert "roadmap role ml-engineer --follow" in out
    (home / "close.toml").write_text('saturday = "a"\nlunch = "b"')
    out = roadmap("fit", "--answers", "close.toml").out
    assert "but it is close: level with" in out
    assert "build a small thing of each" in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sunday = "a"', 'no question "sunday"'),
        ('saturday = "f"', "one of a, b, c, d, e"),
        ("saturday = 1", "one of a, b, c, d, e"),
        ("answers = 3", "should be a table"),
        ("saturday = ", "neither TOML nor JSON"),
        ("{", "neither TOML nor JSON"),
        ("\x00" * 100_001, "larger than"),
    ],
)
def test_answers_that_cannot_be_used(home: Path, roadmap: Callable[..., Any], text: str, says: str) -> None:
    (home / "a.toml").write_text(text)
    answer = roadmap("fit", "--answers", "a.toml")
    assert answer.code == 2
    assert says in answer.err
    assert answer.out == ""


def test_a_missing_file_and_one_that_is_no_text(home: Path, roadmap: Callable[..., Any]) -> None:
    assert "cannot be read" in roadmap("fit", "--answers", "none.toml").err
    (home / "a.toml").write_bytes(b"\xff\xfe\xff")
    assert "not UTF-8" in roadmap("fit", "--answers", "a.toml").err


def test_nothing_that_decides(home: Path, roadmap: Callable[..., Any]) -> None:
    (home / "a.toml").write_text('mind = "a"')
    answer = roadmap("fit", "--answers", "a.toml")
    assert answer.code == 1
    assert "nothing is decided" in answer.out


def test_never_asks_when_nobody_is_there(home: Path) -> None:
    answer = piped(home, b"1\n" * 20, "fit")
    assert answer.returncode == 2
    assert b"not a terminal" in answer.stderr
    assert answer.stdout == b""


def test_the_questions(
    roadmap: Callable[..., Any], ask: Callable[..., Any], check: Callable[..., None]
) -> None:
    questions = ask("fit", "--questions")
    assert [one["id"] for one in questions] == list(MARA)
    for one in questions:
        check({**one, "answers": list(one["answers"].values())},
              {"id": str, "text": str, "answers": [str], "advises": (str, None)})  # fmt: skip
    assert "saturday: " in roadmap("fit", "--questions").out


def talk(home: Path, keys: str, *arguments: str) -> tuple[int, str]:
    """Run ``roadmap fit`` at a terminal of its own, type the keys, and return its exit status and what it showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "roadmap", "fit", *arguments],
        cwd=home,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as child:
        os.close(theirs)
        os.write(ours, keys.encode())
        shown = b""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return child.wait(timeout=60), shown.decode()


def test_a_person_answers_goes_back_and_skips(home: Path) -> None:
    code, shown = talk(home, "1\n" * 3 + "b\n" + "9\n" + "s\n" + "2\n" * 13, "--seed", "5")
    assert code == 0
    assert "A number from 1 to 5, b, s or q." in shown
    assert shown.count("\n3/16") == 2
    assert "  * 1  " in shown
    assert "The answers that decided it" in shown


def test_a_person_ends_early(home: Path) -> None:
    code, shown = talk(home, "q\n")
    assert code == 1
    assert "nothing is decided" in shown
