"""Overlays from the command line: begun, seen, counted, and never in the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.authoring.reference import reference
from roadmap.authoring.schema import schema_text
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAY_WHAT_IS_LOADED = """
import atexit, sys
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
sys.argv = ["roadmap", "status"]
from roadmap.__main__ import main
main()
"""

MINE = """
hide = ["roots/dig", "stem"]
[[notes]]
at = "roots"
text = "Ask [b]Mina[/b].\\u001b[31m\\nThen dig."
[[notes]]
at = "roots/well"
text = "Behind the house."
[[milestones]]
id = "mine"
title = "My own"
[[milestones.skills]]
id = "hum"
can = "hum to it"
[[add]]
to = "roots"
[[add.skills]]
id = "own"
can = "do it my way"
"""


@pytest.fixture
def laid(begun: Callable[..., Any], home: Path) -> Callable[..., Any]:
    """Commands in a folder with an overlay on the trunk."""
    begun("done", "dig")
    (home / "tracks" / "trunk-engineer.overlay.toml").write_text(MINE, encoding="utf-8")
    return begun


def test_what_is_hidden_is_not_on_the_path_and_its_record_stays(laid: Any, home: Path, ask: Any) -> None:
    before = (home / "progress.toml").read_text(encoding="utf-8")
    path = ask("path")
    assert [one["address"] for one in path["milestones"]] == [
        "trunk-engineer/roots", "trunk-engineer/mine", "branch-engineer/fork",
    ]  # fmt: skip
    assert path["hidden"] == ["trunk-engineer/stem"]
    assert path["hours"] == 10 - 0.5 + 0.5 + 0.5 + 3
    status = ask("status")
    assert status["unknown"] == []
    assert "trunk-engineer/roots/dig" not in status["missing"]
    assert "trunk-engineer/roots/own" in status["missing"]
    assert status["milestones"][0]["skills"] == {"done": 0, "total": 2}
    assert "1 milestone hidden by your overlay." in laid("path").out
    findings = ask("doctor")["findings"]
    assert [one for one in findings if one["about"] == "record"] == []
    assert (home / "progress.toml").read_text(encoding="utf-8") == before
    (home / "tracks" / "trunk-engineer.overlay.toml").unlink()
    assert ask("status")["milestones"][0]["skills"]["done"] == 1


def test_what_is_hidden_says_so_when_it_is_asked_for(laid: Any) -> None:
    for name in ("dig", "stem", "roots/dig"):
        answer = laid("show", name)
        assert answer.code == 2
        assert "is hidden by your overlay." in answer.err
        assert "trunk-engineer.overlay.toml" in answer.err
    assert "Did you mean" in laid("show", "waterr").err


def test_own_notes_are_shown_as_plain_text(laid: Any, ask: Any) -> None:
    answer = laid("show", "roots")
    assert answer.out.endswith(
        "\nHidden by your overlay: dig\n\nYour note in the overlay\n\n  Ask [b]Mina[/b].\ufffd[31m\n  Then dig.\n"
    )
    assert "\x1b" not in answer.out
    assert "\nYour note in the overlay\n\n  Behind the house.\n" in laid("show", "well").out
    assert ask("show", "roots")["overlay"] == {
        "notes": ["Ask [b]Mina[/b].\ufffd[31m\nThen dig."], "added": False, "hidden": ["trunk-engineer/roots/dig"],
    }  # fmt: skip
    assert ask("show", "climb")["overlay"] == {"notes": [], "added": False, "hidden": []}


def test_what_was_added_can_be_done_and_says_where_it_is_from(laid: Any, home: Path, ask: Any) -> None:
    assert laid("show", "own").out.splitlines()[1] == "skill  trunk-engineer/roots/own, added by your overlay"
    assert ask("show", "mine")["overlay"]["added"] is True
    assert laid("done", "own", "hum").code == 0
    assert '[trunk-engineer.roots.own]\nstate = "done"' in (home / "progress.toml").read_text(
        encoding="utf-8"
    )
    done = {one["address"]: one["state"] for one in ask("status")["milestones"]}
    assert done["trunk-engineer/mine"] == "done"
    assert [hit["address"] for hit in ask("search", "behind", "the", "house")] == [
        "trunk-engineer/roots/well"
    ]


def test_faults_are_told_beside_the_answer(laid: Any, home: Path, ask: Any) -> None:
    file = home / "tracks" / "trunk-engineer.overlay.toml"
    file.write_text('hide = ["roots/digg"]\n', encoding="utf-8")
    answer = laid("status")
    assert answer.code == 0
    assert answer.err == (
        f"{file}:1:9: warning[T027]: the track `trunk-engineer` has no `roots/digg` (any more) "
        "(did you mean `roots/dig`?)\n"
    )
    (finding,) = [one for one in ask("doctor")["findings"] if one["about"] == "track"]
    assert (finding["message"], finding["wrong"]) == ("1 warning about an overlay.", False)
    assert laid("track", "lint").code == 0
    assert laid("track", "lint", "--strict").code == 1
    file.write_text("hide = [\n", encoding="utf-8")
    assert f"{file}:" in laid("path").err
    assert laid("path").code == 0
    assert len(ask("path")["milestones"]) == 3
    assert laid("track", "lint").code == 1


def test_a_misspelled_key_is_mended_in_place(laid: Any, home: Path) -> None:
    file = home / "tracks" / "trunk-engineer.overlay.toml"
    file.write_text('# mine\nhid = ["stem"]  # for now\n', encoding="utf-8")
    assert laid("track", "lint", file, "--fix").code == 0
    assert file.read_text(encoding="utf-8") == '# mine\nhide = ["stem"]  # for now\n'


def test_a_new_overlay_is_comments_and_its_examples_fit(roadmap: Any, home: Path) -> None:
    for id in load_tracks([bundled()])[0].tracks:
        answer = roadmap("track", "new", id, "--overlay")
        assert (answer.code, answer.err) == (0, "")
        file = home / "tracks" / f"{id}.overlay.toml"
        assert f"created tracks/{id}.overlay.toml\n" in answer.out
        commands = [row.strip().split() for row in answer.out.split("\n") if row.startswith("  roadmap ")]
        assert len(commands) == 3
        for command in commands[:2]:
            assert roadmap(*command[1:]).code == 0
        assert commands[2] == ["roadmap", "track", "preview", f"tracks/{id}.overlay.toml"]
        text = file.read_text(encoding="utf-8")
        assert all(row.startswith("#") or not row for row in text.splitlines())
        assert roadmap("track", "lint", "--strict", file).code == 0
        used = re.sub(r"^#(?![ :])", "", text, flags=re.MULTILINE)
        assert used.count("\n[[") == 6
        file.write_text(used, encoding="utf-8")
        assert roadmap("track", "lint", "--strict", file).out == "1 file checked, nothing to mend\n"
        assert len(roadmap("--tracks", "tracks", "path", id, "--json").out) > 100
    assert (home / "tracks" / "overlay.schema.json").read_text(encoding="utf-8") == schema_text(overlay=True)


def test_nothing_is_overwritten(roadmap: Any, home: Path) -> None:
    assert roadmap("track", "new", "ai-engineer", "--overlay", "--in", "here").code == 0
    file = home / "here" / "ai-engineer.overlay.toml"
    file.write_text("mine", encoding="utf-8")
    schema = home / "here" / "overlay.schema.json"
    schema.write_text("mine too", encoding="utf-8")
    assert roadmap("track", "new", "ai-engineer", "--overlay", "--in", "here").code == 2
    assert file.read_text(encoding="utf-8") == "mine"
    answer = roadmap("track", "new", "ml-engineer", "--overlay", "--in", "here")
    assert "may complain about the overlay" in answer.out
    assert schema.read_text(encoding="utf-8") == "mine too"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ai-enginer"], "Did you mean `ai-engineer`?"),
        (["ai-engineer", "--extends", "ml-engineer"], "no other option"),
        (["ai-engineer", "--title", ""], "no other option"),
        (["../x"], "There is no track"),
    ],
)
def test_what_cannot_be_is_refused(roadmap: Any, home: Path, arguments: list[str], says: str) -> None:
    answer = roadmap("track", "new", "--overlay", *arguments)
    assert answer.code == 2
    assert says in answer.err
    assert list(home.iterdir()) == []


def test_a_new_track_never_waits_for_what_only_an_overlay_has(roadmap: Any, home: Path) -> None:
    (home / "tracks").mkdir()
    own = '[[milestones]]\nid = "z-mine"\ntitle = "Mine"\nskills = [{ id = "s", can = "do" }]\n'
    (home / "tracks" / "ai-engineer.overlay.toml").write_text(own, encoding="utf-8")
    assert roadmap("--tracks", "tracks", "track", "new", "platform", "--extends", "ai-engineer").code == 0
    assert "z-mine" not in (home / "tracks" / "platform.toml").read_text(encoding="utf-8")
    assert roadmap("track", "lint", "--strict", "tracks").code == 0


def test_the_schema_and_the_reference_are_printed(roadmap: Any, home: Path) -> None:
    assert roadmap("track", "schema", "--overlay").out == schema_text(overlay=True)
    assert roadmap("track", "schema", "--overlay", "--markdown").out == reference(overlay=True)
    out = home / "out.json"
    assert roadmap("track", "schema", "--overlay", "-o", out).code == 0
    assert roadmap("track", "schema", "-o", out).code == 2  # the other one is not replaced by it
    assert out.read_text(encoding="utf-8") == schema_text(overlay=True)


def test_from_a_warm_cache_nothing_heavy_is_loaded(laid: Any, home: Path) -> None:
    laid("status")
    done = subprocess.run([sys.executable, "-c", SAY_WHAT_IS_LOADED], cwd=home, capture_output=True, text=True,
                          timeout=60, check=False, env=dict(os.environ))  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert "roadmap.loading.cache" in loaded
    assert not [name for name in loaded if name.partition(".")[0] in ("pydantic", "textual", "tomlrt")]
    assert not [name for name in loaded if name.startswith("roadmap.loading.overlay")]
