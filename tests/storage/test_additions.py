"""The overlay of a role on disk: begun, changed, and never overwritten when it cannot be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from roadmap.authoring.files import AuthoringError
from roadmap.storage import additions
from roadmap.storage.additions import added_in, overlay_of, put, take

if TYPE_CHECKING:
    from pathlib import Path


def test_begun_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    path = overlay_of(tmp_path / "tracks", "cook")
    assert added_in(path) == []
    assert put(path, "cook", ["baker/dough"])
    assert added_in(path) == ["baker/dough"]
    assert not put(path, "cook", ["baker/dough"])
    assert take(path, ["baker/dough"])
    assert added_in(path) == []
    assert [one.name for one in path.parent.iterdir()] == ["cook.overlay.toml"]


def test_what_cannot_be_read_is_not_overwritten(tmp_path: Path) -> None:
    path = overlay_of(tmp_path, "cook")
    for content in (b"\xff\xfe\x00", b"<<<<<<< ours\n", b'title = "'):
        path.write_bytes(content)
        for work in (lambda: put(path, "cook", ["a/b"]), lambda: take(path, ["a/b"]), lambda: added_in(path)):
            with pytest.raises(AuthoringError) as caught:
                work()
            assert "cook.overlay.toml" in caught.value.message
            assert caught.value.help
        assert path.read_bytes() == content


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    path = overlay_of(tmp_path, "cook")
    path.mkdir()
    with pytest.raises(AuthoringError, match="is a folder"):
        put(path, "cook", ["a/b"])


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "tracks").write_text("x", encoding="utf-8")
    with pytest.raises(AuthoringError, match="tracks"):
        put(overlay_of(tmp_path / "tracks", "cook"), "cook", ["a/b"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is writable for this user")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    path = overlay_of(tmp_path, "cook")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(AuthoringError, match="read-only"):
            put(path, "cook", ["a/b"])
    finally:
        tmp_path.chmod(0o700)


def test_what_somebody_wrote_in_between_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = overlay_of(tmp_path, "cook")
    put(path, "cook", ["a/b"])
    write, first = additions.write_atomically, [True]

    def late(target: Path, data: bytes, **rest: object) -> str | None:
        if first.pop() if first else False:
            path.write_text('hide = ["x"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
        return write(target, data, **rest)

    monkeypatch.setattr(additions, "write_atomically", late)
    assert put(path, "cook", ["a/c"])
    assert path.read_text(encoding="utf-8").startswith('hide = ["x"]\n')
    assert added_in(path) == ["a/b", "a/c"]
