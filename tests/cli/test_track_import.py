"""Taking a track over from a file of another program, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECKLIST = "# Baking\n## Flour\n- [x] Weigh it\n- [ ] Sift it\n"
DRAWING = json.dumps(
    {
        "nodes": [
            {"id": "a", "type": "topic", "position": {"x": 0, "y": 0}, "data": {"label": "Soil"}},
            {"id": "b", "type": "paragraph", "position": {"x": 0, "y": 0}, "data": {"label": "Hi\u001b[2J"}},
        ],
        "edges": [],
    }
)
EXERCISES = 'format_version = 1\n[[exercises]]\nname = "intro1"\nhint = "Read."\n'
TREE = '[[group]]\nname = "g"\nitems = [{ label = "One" }]\n'


@pytest.mark.parametrize(
    ("name", "text", "id"),
    [
        ("My Baking.md", CHECKLIST, "my-baking"),
        ("garden.json", DRAWING, "garden"),
        ("info.toml", EXERCISES, "home"),
        ("tree.toml", TREE, "tree"),
    ],
)
def test_each_format_becomes_a_track_that_lints_clean(
    name: str, text: str, id: str, roadmap: Callable[..., Any], home: Path
) -> None:
    (home / name).write_text(text, encoding="utf-8")
    answer = roadmap("track", "import", name)
    assert answer.code == 0
    assert f"created tracks/{id}.toml: 1 milestone" in answer.out
    linted = roadmap("track", "lint", "--strict", "tracks")
    assert (linted.code, linted.err) == (0, "")
    assert roadmap("--tracks", "tracks", "path", id).code == 0
    assert (home / "tracks" / "track.schema.json").is_file()


def test_what_is_lost_is_told_on_standard_error(roadmap: Callable[..., Any], home: Path) -> None:
    (home / "a.md").write_text(CHECKLIST, encoding="utf-8")
    answer = roadmap("track", "import", "a.md")
    assert "your progress (1 checked)" in answer.err
    assert "checked" not in answer.out
    assert "# - your progress (1 checked)" in (home / "tracks" / "a.toml").read_text(encoding="utf-8")


def test_the_notice_of_roadmap_sh_is_told(roadmap: Callable[..., Any], home: Path) -> None:
    (home / "a.json").write_text(DRAWING, encoding="utf-8")
    answer = roadmap("track", "import", "a.json")
    assert "personal use only" in answer.err
    assert "\x1b" not in answer.err
    (home / "a.md").write_text(CHECKLIST, encoding="utf-8")
    assert "personal use" not in roadmap("track", "import", "a.md", "--id", "b").err


def test_printing_writes_nothing(roadmap: Callable[..., Any], home: Path) -> None:
    (home / "a.md").write_text(CHECKLIST, encoding="utf-8")
    answer = roadmap("track", "import", "a.md", "--print", "--title", "Mine")
    assert answer.code == 0
    assert 'title = "Mine"' in answer.out
    assert answer.out.startswith("#:schema")
    assert not (home / "tracks").exists()


def test_standard_input(process: Callable[..., Any], home: Path) -> None:
    answer = process("track", "import", "-", "--id", "baking", input=CHECKLIST.encode())
    assert answer.code == 0
    assert 'title = "Baking"' in (home / "tracks" / "baking.toml").read_text(encoding="utf-8")


def test_nothing_is_overwritten_and_no_track_is_hidden(roadmap: Callable[..., Any], home: Path) -> None:
    (home / "ai-engineer.md").write_text(CHECKLIST, encoding="utf-8")
    hidden = roadmap("track", "import", "ai-engineer.md")
    assert hidden.code == 2
    assert "--id" in hidden.err
    assert roadmap("track", "import", "ai-engineer.md", "--id", "baking").code == 0
    before = (home / "tracks" / "baking.toml").read_text(encoding="utf-8")
    assert roadmap("track", "import", "ai-engineer.md", "--id", "baking").code == 2
    assert (home / "tracks" / "baking.toml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("data", "arguments", "says"),
    [
        (b"\xff\xfe", [], "not UTF-8"),
        (b"", [], "No list"),
        (b"{", ["--format", "roadmap.sh"], "not valid JSON"),
        (b"a = [", ["--format", "rustlings"], "not valid TOML"),
        (b"- [ ] x", ["--id", "A B"], "kebab-case"),
        (b"- [ ] x", ["--title", ""], "title"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    data: bytes, arguments: list[str], says: str, roadmap: Callable[..., Any], home: Path
) -> None:
    (home / "a.md").write_bytes(data)
    answer = roadmap("track", "import", "a.md", *arguments)
    assert answer.code == 2
    assert says in answer.err
    assert not (home / "tracks").exists()


def test_a_file_that_is_not_there_is_said(roadmap: Callable[..., Any]) -> None:
    answer = roadmap("track", "import", "none.md")
    assert answer.code == 2
    assert "cannot be read" in answer.err
