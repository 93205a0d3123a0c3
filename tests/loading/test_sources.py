"""Which files are read as tracks, and which are only named."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from roadmap.loading import sources
from roadmap.loading.sources import MAX_BYTES, bundled, read_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "tracks"
    where.mkdir()
    return where


def read(*folders: Path) -> dict[str, str]:
    """Return text or fault of what is found, by id."""
    return {one.id: one.fault.message if one.fault else one.text for one in read_sources(folders)}


def test_toml_files_in_order_and_nothing_else(folder: Path) -> None:
    for name in ("b.toml", "a.toml", ".hidden.toml", "c.txt", "toml", "d.toml.bak"):
        (folder / name).write_text(name)
    (folder / "deeper").mkdir()
    (folder / "deeper" / "e.toml").write_text("e")
    assert read(folder) == {"a": "a.toml", "b": "b.toml"}
    assert list(read(folder)) == ["a", "b"]


def test_the_first_folder_wins(tmp_path: Path, write_tracks: Callable[..., Path]) -> None:
    one = write_tracks("one", a="1", b="1")
    two = write_tracks("two", b="2", c="2")
    assert read(one, two) == {"a": "1", "b": "1", "c": "2"}
    assert read(two, one) == {"a": "1", "b": "2", "c": "2"}
    assert read(tmp_path / "missing", one) == {"a": "1", "b": "1"}
    assert read(one / "a.toml") == {}


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "folder.toml").mkdir()
    (folder / "latin.toml").write_bytes(b'title = "\xe9"')
    (folder / "utf16.toml").write_bytes('title = "x"'.encode("utf-16"))
    (folder / "large.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    (folder / "largest.toml").write_bytes(b"#" * MAX_BYTES)
    (folder / "empty.toml").write_bytes(b"")
    found = read(folder)
    assert found.pop("largest") == "#" * MAX_BYTES
    assert found == {
        "folder": "the file is not an ordinary file",
        "latin": "the file is not UTF-8 text (byte 9)",
        "utf16": "the file is not UTF-8 text (byte 0)",
        "large": "the file is larger than 1,000,000 bytes",
        "empty": "",
    }
    assert {one.fault.code for one in read_sources([folder]) if one.fault} == {"T010"}


@pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
def test_a_pipe_a_device_and_a_link_to_nowhere_do_not_stop_anybody(folder: Path) -> None:
    os.mkfifo(folder / "pipe.toml")
    (folder / "zero.toml").symlink_to("/dev/zero")
    (folder / "nowhere.toml").symlink_to(folder / "missing")
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    (folder / "real.txt").write_text("linked")
    (folder / "link.toml").symlink_to(folder / "real.txt")
    found = read(folder)
    assert found["pipe"] == found["zero"] == "the file is not an ordinary file"
    assert found["nowhere"] == "the file cannot be read: No such file or directory"
    assert found["loop"].startswith("the file cannot be read: ")
    assert found["link"] == "linked"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(folder: Path) -> None:
    (folder / "secret.toml").write_text("x")
    (folder / "secret.toml").chmod(0)
    assert read(folder) == {"secret": "the file cannot be read: Permission denied"}


def test_only_so_many_files_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_FILES", 3)
    for name in ("t0", "t1", "t2", ".hidden"):
        (folder / f"{name}.toml").write_text("x")
    assert list(read(folder)) == ["t0", "t1", "t2"]


def test_what_is_not_read_any_more_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_tracks: Callable[..., Path]
) -> None:
    monkeypatch.setattr(sources, "MAX_FILES", 3)
    for n in range(4):
        (folder / f"t{n}.toml").write_text("x")
    assert read(folder)["t3"] == "the file cannot be read: its folder holds more than 3"
    (folder / "t9.overlay.toml").write_text("x")
    assert read(folder)["t3"] == "the file and 1 more cannot be read: its folder holds more than 3"
    # What an earlier folder has is not missed.
    first = write_tracks("first", t3="mine")
    assert read(first, folder) == {
        "t3": "mine", "t0": "x", "t1": "x", "t2": "x",
        "t9.overlay": "the file cannot be read: its folder holds more than 3",
    }  # fmt: skip


def test_the_bundled_tracks_are_there() -> None:
    assert [path.stem for path in sorted(bundled().glob("*.toml"))] == [
        "agentic-ai-engineer", "ai-engineer", "forward-deployed-engineer", "genai-developer", "ml-engineer",
    ]  # fmt: skip
