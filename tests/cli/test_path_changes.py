"""``roadmap path --add`` and ``--drop``: milestones of other tracks on one's own path."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def overlay(begun: Any, home: Path) -> Path:
    """Where the overlay of the role goes that is followed."""
    return home / "tracks" / "branch-engineer.overlay.toml"


@pytest.fixture
def other(home: Path) -> None:
    """A track of its own, with a milestone to borrow."""
    (home / "tracks" / "leaf-engineer.toml").write_text(
        'title = "Leaf Engineer"\n[[milestones]]\nid = "fall"\ntitle = "Fall"\nhours = 4\n'
        'after = ["wither"]\n[[milestones.skills]]\nid = "land"\ncan = "land softly"\n'
        '[[milestones]]\nid = "wither"\ntitle = "Wither"\nhours = 2\n',
        encoding="utf-8",
    )


def addresses(ask: Callable[..., Any], *words: str) -> list[str]:
    return [one["address"] for one in ask("path", *words)["milestones"]]


def test_put_on_the_path_counted_and_taken_off(
    begun: Any, other: None, overlay: Path, ask: Callable[..., Any], roadmap: Callable[..., Any]
) -> None:
    assert roadmap("role", "branch-engineer", "--follow").code == 0
    before = addresses(ask)
    answer = roadmap("path", "--add", "fall")
    assert answer.code == 0
    assert "on the path of Branch Engineer: Fall, 4 h" in answer.out
    assert "needs Wither" in answer.out
    assert "branch-engineer.overlay.toml" in answer.out
    assert addresses(ask) == [*before, "leaf-engineer/fall"]
    assert "leaf-engineer/fall/land" in ask("status")["missing"]
    assert roadmap("done", "land").code == 0
    answer = roadmap("path", "--drop", "fall")
    assert (answer.code, addresses(ask)) == (0, before)
    assert "off the path of Branch Engineer: Fall" in answer.out
    assert ask("show", "land")["entry"]["state"] == "done"
    assert tomllib.loads(overlay.read_text(encoding="utf-8")) == {}


def test_json_is_the_path_afterward(begun: Any, other: None, ask: Callable[..., Any]) -> None:
    assert "leaf-engineer/fall" in addresses(ask, "branch-engineer", "--add", "fall")
    assert "leaf-engineer/fall" not in addresses(ask, "branch-engineer", "--drop", "fall")


def test_what_is_there_already_is_a_no(begun: Any, overlay: Path, roadmap: Callable[..., Any]) -> None:
    answer = roadmap("path", "branch-engineer", "--add", "roots")
    assert answer.code == 1
    assert "already: Roots" in answer.out
    assert not overlay.exists()


def test_held_wrong(begun: Any, other: None, overlay: Path, roadmap: Callable[..., Any]) -> None:
    def refused(*words: str) -> str:
        answer = roadmap("path", "branch-engineer", *words)
        assert answer.code == 2, words
        return str(answer.err)

    assert "no milestone `nonsense`" in refused("--add", "nonsense")
    assert "is a skill, not a milestone" in refused("--add", "land")
    assert "not on the path of Branch Engineer" in refused("--drop", "fall")
    assert "`roadmap skip`" in refused("--drop", "roots")
    assert "both to be added and to be dropped" in refused("--add", "fall", "--drop", "fall")
    overlay.write_text("<<<<<<< ours\n", encoding="utf-8")
    assert "not valid TOML" in refused("--add", "fall")
    assert "not valid TOML" in refused("--drop", "fall")
    assert overlay.read_text(encoding="utf-8") == "<<<<<<< ours\n"


def test_without_a_progress_file_there_is_no_path_to_change(
    tracks: Path, roadmap: Callable[..., Any]
) -> None:
    answer = roadmap("path", "trunk-engineer", "--add", "fork")
    assert answer.code == 2
    assert "no progress file yet" in answer.err
