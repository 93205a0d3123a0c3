"""Tracks in the folder one works in, before there is a progress file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRACK = 'title = "Home Baker"\n[[milestones]]\nid = "m"\ntitle = "A first loaf"\n'


def test_they_are_found_without_a_progress_file(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path
) -> None:
    assert roadmap("role", "home-baker").code == 2
    write_tracks(home / "tracks", home_baker=TRACK)
    assert "Home Baker" in roadmap("role", "home-baker").out
    assert roadmap("path", "home-baker").out.startswith("Home Baker: 1 milestone")
    assert roadmap("init", "--role", "home-baker").code == 0
    assert roadmap("status").code == 0


def test_a_new_track_is_found_at_once(roadmap: Any, home: Path) -> None:
    told = roadmap("track", "new", "home-baker").out
    assert "  roadmap role home-baker\n" in told
    assert roadmap("role", "home-baker").code == 0


def test_with_a_progress_file_elsewhere_its_neighbors_count(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, tmp_path: Path
) -> None:
    write_tracks(home / "tracks", home_baker=TRACK)
    assert roadmap("--progress", tmp_path / "progress.toml", "role", "home-baker").code == 2
