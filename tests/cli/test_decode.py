"""``roadmap decode``: its JSON, its words, and inputs of all kinds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "posting.txt"
READING = {
    "roles": [{"role": str, "share": float}], "top": str, "clear": bool, "title": str, "title_role": (str, None),
    "title_misleads": bool, "language": (str, None),
    "evidence": [{"role": str, "quote": str, "line": int, "weight": float, "means": str, "part": str}],
    "covers": [{"address": str, "quote": str, "line": int, "state": str}], "gaps": [str],
    "beside": [str],
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


def test_json(ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("decode", EXAMPLE)
    check(answer, READING)
    assert answer["top"] == "ai-engineer"
    assert {one["role"] for one in answer["roles"]} >= {"ai-engineer", "ml-engineer", "none"}
    assert sum(one["share"] for one in answer["roles"]) == pytest.approx(1)
    for one in answer["roles"]:
        quoted = sum(quote["weight"] for quote in answer["evidence"] if quote["role"] == one["role"])
        assert quoted == pytest.approx(one["share"])
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for one in answer["evidence"]:
        assert one["quote"].split()[0] in lines[one["line"] - 1]
    assert set(answer["gaps"]) <= {one["address"] for one in answer["covers"]}


def test_gaps_beside_the_path_are_told_with_the_command_that_adds_them(
    roadmap: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    assert ask("decode", EXAMPLE)["beside"] == [], "without a role there is no path to be beside of"
    assert roadmap("init", "--role", "ai-engineer").code == 0
    answer = ask("decode", EXAMPLE)
    assert "ml-engineer/train-neural-nets" in answer["beside"]
    assert set(answer["beside"]) < set(answer["gaps"])
    path = {one["address"] for one in ask("path")["milestones"]}
    assert not path & set(answer["beside"])
    said = roadmap("decode", EXAMPLE).out
    command = next(line for line in said.splitlines() if line.startswith("  roadmap path --add"))
    assert "not on your path" in said
    assert roadmap(*command.split()[1:]).code == 0
    after = ask("decode", EXAMPLE)
    assert (after["beside"], after["gaps"]) == ([], answer["gaps"])
    assert "roadmap path --add" not in roadmap("decode", EXAMPLE).out


def test_what_is_yours_is_no_gap(roadmap: Callable[..., Any], ask: Callable[..., Any]) -> None:
    assert "ai-engineer/grounded-rag" in ask("decode", EXAMPLE)["gaps"]
    assert roadmap("init", "--role", "ai-engineer").code == 0
    assert roadmap("done", "grounded-rag").code == 0
    after = ask("decode", EXAMPLE)
    assert "ai-engineer/grounded-rag" not in after["gaps"]
    assert {one["address"]: one["state"] for one in after["covers"]}["ai-engineer/grounded-rag"] == "done"
    assert "1 yours already" in roadmap("decode", EXAMPLE).out


def test_text(roadmap: Callable[..., Any]) -> None:
    out = " ".join(roadmap("decode", EXAMPLE).out.split())
    assert out.startswith("AI Engineer: ")
    assert 'The title says "Forward Deployed Engineer, Knowledge Systems"' in out
    assert 'line 17: "latency, token"' in out
    assert "- ai-engineer/grounded-rag" in out
    assert "line 17" not in roadmap("decode", EXAMPLE, "-q", 0).out


def test_standard_input(roadmap: Callable[..., Any], home: Path) -> None:
    answer = piped(home, EXAMPLE.read_bytes(), "decode", "-", "--json")
    assert json.loads(answer.stdout) == json.loads(roadmap("decode", EXAMPLE, "--json").out)


def test_a_posting_that_is_not_clear_says_so(home: Path, roadmap: Callable[..., Any]) -> None:
    (home / "thin.txt").write_text("Engineer\n\nDuties\n- Build agents\n- Build the RAG pipeline")
    assert roadmap("decode", "thin.txt").out.startswith("Not clear.")


def test_another_language_is_named(home: Path, roadmap: Callable[..., Any]) -> None:
    (home / "de.txt").write_text(
        "Wir suchen für das Team in Berlin eine Person, die mit uns Modelle trainiert und die du bist.",
        "utf-8",
    )
    answer = roadmap("decode", "de.txt")
    assert (answer.code, "This looks like German." in answer.out) == (1, True)
    as_json = roadmap("decode", "de.txt", "--json")
    assert as_json.code == 1
    assert json.loads(as_json.out)["language"] == "German"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "office document"),
        (b"a" * 2_000_001, "larger than"),
    ],
)
def test_files_that_cannot_be_read(home: Path, roadmap: Callable[..., Any], data: bytes, says: str) -> None:
    (home / "a.txt").write_bytes(data)
    answer = roadmap("decode", "a.txt", "--json")
    assert answer.code == 2
    assert says in answer.err
    assert answer.out == ""


def test_missing_files_and_folders(home: Path, roadmap: Callable[..., Any]) -> None:
    for name in ("none.txt", "."):
        answer = roadmap("decode", name)
        assert answer.code == 2
        assert "cannot be read" in answer.err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(home: Path, roadmap: Callable[..., Any], encoding: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("You'll", "You’ll")
    (home / "a.txt").write_bytes(text.encode(encoding))
    assert json.loads(roadmap("decode", "a.txt", "--json").out)["top"] == "ai-engineer"


def test_hostile_text_stays_text(home: Path, roadmap: Callable[..., Any]) -> None:
    (home / "a.txt").write_text(
        "Engineer \x1b]0;owned\x07\n\nDuties\n- Train \x1b[2J models \u202edaily\n- [bold]Build agents[/bold]",
        "utf-8",
    )
    out = roadmap("decode", "a.txt").out
    assert not any(sign in out for sign in "\x1b\x07\u202e")


def test_broken_signals_of_other_work_are_named(home: Path, roadmap: Callable[..., Any]) -> None:
    folder = home / "tracks" / "decoder"
    folder.mkdir(parents=True)
    (folder / "none.toml").write_text("signals = 3")
    answer = roadmap("--tracks", "tracks", "decode", EXAMPLE)
    assert answer.code == 2
    assert "none.toml" in answer.err


def test_loads_neither_pydantic_nor_textual(process: Callable[..., Any], home: Path) -> None:
    process("decode", EXAMPLE)  # fills the cache
    code = (
        "import sys\nfrom roadmap.cli.main import run\n"
        f"run(['decode', {str(EXAMPLE)!r}, '--json'])\n"
        "assert not {'pydantic', 'textual', 'tomlrt'} & set(sys.modules), 'heavy'"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
