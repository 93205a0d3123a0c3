"""Beginning a track from the command line: it works at once, says what is next, and overwrites nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_new_track_lints_clean_and_shows(roadmap: Callable[..., Any], home: Path) -> None:
    answer = roadmap("track", "new", "home-baker")
    assert (answer.code, answer.err) == (0, "")
    assert "roadmap track lint tracks/home-baker.toml" in answer.out
    assert (home / "tracks" / "track.schema.json").is_file()
    linted = roadmap("track", "lint", "--strict", "tracks/home-baker.toml")
    assert (linted.code, linted.err) == (0, "")
    shown = roadmap("--tracks", "tracks", "role", "home-baker")
    assert shown.code == 0
    assert "Home Baker (home-baker)" in shown.out


def test_the_next_commands_work_as_they_are_printed(roadmap: Callable[..., Any], home: Path) -> None:
    for place in ([], ["--in", "else/where"]):
        answer = roadmap("track", "new", f"baker-{len(place)}", *place)
        commands = [row.strip().split() for row in answer.out.split("\n") if row.startswith("  roadmap ")]
        assert len(commands) == 3
        for command in commands[:2]:
            assert roadmap(*command[1:]).code == 0
        shown = roadmap(*commands[2][1:])  # there is no terminal here, and nothing else in its way
        assert (commands[2][1:3], shown.code) == (["track", "preview"], 2)
        assert "needs a terminal" in shown.err


def test_beside_a_progress_file_no_option_is_needed(roadmap: Callable[..., Any], home: Path) -> None:
    assert roadmap("init").code == 0
    answer = roadmap("track", "new", "home-baker")
    assert "\n  roadmap role home-baker\n" in answer.out
    assert "--tracks" not in answer.out
    assert roadmap("role", "home-baker").code == 0


def test_a_branch_waits_for_the_end_of_what_it_extends(roadmap: Callable[..., Any], home: Path) -> None:
    assert roadmap("track", "new", "platform", "--extends", "ai-engineer", "--title", 'The "P"').code == 0
    data = tomli.loads((home / "tracks" / "platform.toml").read_text(encoding="utf-8"))
    assert (data["title"], data["extends"]) == ('The "P"', "ai-engineer")
    (waits,) = data["milestones"][0]["after"]
    assert waits.startswith("ai-engineer/")
    assert "capstone" not in waits
    assert roadmap("track", "lint", "--strict", "tracks/platform.toml").code == 0
    assert "AI Engineer ->" in roadmap("--tracks", "tracks", "role", "platform").out


def test_a_copy_of_a_bundled_track_lints_as_its_original_does(
    roadmap: Callable[..., Any], home: Path
) -> None:
    answer = roadmap("track", "new", "ours", "--from", "genai-developer")
    assert answer.code == 0
    assert roadmap("track", "lint", "tracks").code == 0
    text = (home / "tracks" / "ours.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./track.schema.json\n# Begun as a copy of the track genai-developer.\n")
    assert 'title = "Ours"' in text


def test_nothing_is_overwritten(roadmap: Callable[..., Any], home: Path) -> None:
    assert roadmap("track", "new", "home-baker").code == 0
    file = home / "tracks" / "home-baker.toml"
    file.write_text("mine", encoding="utf-8")
    schema = home / "tracks" / "track.schema.json"
    schema.write_text("mine too", encoding="utf-8")
    again = roadmap("track", "new", "home-baker")
    assert again.code == 2
    assert "there already" in again.err
    assert file.read_text(encoding="utf-8") == "mine"
    other = roadmap("track", "new", "other-baker")
    assert other.code == 0
    assert "not a schema of roadmap" in other.out
    assert schema.read_text(encoding="utf-8") == "mine too"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Home_Baker"], "home-baker"),
        (["home-baker.toml"], "Write `home-baker`:"),
        (["ai-engineer"], "--from ai-engineer"),
        (["x", "--extends", "ai-enginer"], "Did you mean `ai-engineer`?"),
        (["x", "--from", "nothing-like-it"], "roadmap roles"),
        (["x", "--title", "y" * 61], "1 to 60 characters"),
        (["../x"], "kebab-case"),
        (["x", "--in", "file/below"], "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    arguments: list[str], says: str, roadmap: Callable[..., Any], home: Path
) -> None:
    (home / "file").write_text("", encoding="utf-8")
    answer = roadmap("track", "new", *arguments)
    assert answer.code == 2
    assert says in answer.err
    assert sorted(path.name for path in home.iterdir()) == ["file"]


def test_inside_a_folder_of_tracks_it_goes_there(
    roadmap: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tracks").mkdir()
    monkeypatch.chdir(home / "tracks")
    assert roadmap("track", "new", "home-baker").code == 0
    assert (home / "tracks" / "home-baker.toml").is_file()


def test_the_option_for_tracks_is_a_place_too(roadmap: Callable[..., Any], home: Path) -> None:
    (home / "mine").mkdir()
    assert roadmap("--tracks", "mine", "track", "new", "home-baker").code == 0
    assert (home / "mine" / "home-baker.toml").is_file()
    again = roadmap("--tracks", "mine", "track", "new", "home-baker")
    assert again.code == 2
    assert again.err.startswith('Error: "mine/home-baker.toml" is there already.\n')
    assert "hide" not in again.err


def test_a_command_that_is_almost_one_is_named(roadmap: Callable[..., Any]) -> None:
    answer = roadmap("track", "imprt", "x")
    assert answer.code == 2
    assert "Did you mean `import`?" in answer.err
