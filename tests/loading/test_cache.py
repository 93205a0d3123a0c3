"""The cache says what a fresh look says, and is never in the way."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.loading import cache
from roadmap.loading.sources import bundled, read_sources
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.model.catalog import Catalog

GOOD = """
title = "Good"
builds = "the-model"
profile = { depth = 3 }
not_this = { role = "bad", because = "no" }
[[milestones]]
id = "m"
title = "M"
after = [["n", "other/o"]]
former = ["mm"]
keywords = ["k"]
[[milestones.skills]]
id = "s"
can = "do"
ask = [{ q = "?", a = "!" }]
reviewed = 2026-01-02
[[milestones.skills]]
ref = "good/n/t"
optional = true
[[milestones.resources]]
title = "R"
url = "https://example.org"
[[milestones.projects]]
id = "p"
title = "P"
brief = "b"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
checks = [{ kind = "bound", proof = "built", path = "x.csv", of = "sum", where = { a = [1, "b", true] }, min = 0.5 }]
[[milestones]]
id = "n"
title = "N"
[[milestones.skills]]
id = "t"
can = "do t"
"""
OTHER = 'title = "Other"\n[[milestones]]\nid = "o"\ntitle = "O"\n[[milestones]]\nref = "good/n"\n'
BAD = 'title = "Bad"\ntitel = 1\n[[milestones]]\nid = "same"\ntitle = "X"\n[[milestones]]\nid = "same"\ntitle = "Y"\n'
SHADY = 'title = "Shady \\u202E"\n[[milestones]]\nid = "m"\ntitle = "M"\nafter = ["bad/x"]\n'


@pytest.fixture
def folder(write_tracks: Callable[..., Path]) -> Path:
    return write_tracks(good=GOOD, other=OTHER, bad=BAD, shady=SHADY)


def plain(value: Any) -> Any:
    """Return words as plain data with their types beside them, so that a list is not taken for a tuple."""
    if isinstance(value, tuple):
        return type(value).__name__, [plain(one) for one in value]
    if isinstance(value, list):
        return "list", [plain(one) for one in value]
    if hasattr(value, "items"):
        return "table", {key: plain(one) for key, one in value.items()}
    return type(value).__name__, value


def assert_same(one: tuple[Catalog, list[Any]], other: tuple[Catalog, list[Any]]) -> None:
    assert list(one[0].tracks) == list(other[0].tracks)
    for id, track in one[0].tracks.items():
        for field in track._fields:
            assert plain(getattr(track, field)) == plain(getattr(other[0].tracks[id], field)), (id, field)
    assert plain(one[0].things) == plain(other[0].things)
    assert one[0].current == other[0].current
    assert one[0].same == other[0].same
    assert plain(one[1]) == plain(other[1])


def test_what_comes_out_is_what_went_in(folder: Path, tmp_path: Path) -> None:
    fresh = load_tracks([folder])
    assert {fault.code for fault in fresh[1]} == {"T002", "T007", "T011"}
    assert_same(load_tracks([folder], tmp_path / "cache"), fresh)
    assert_same(load_tracks([folder], tmp_path / "cache"), fresh)


def test_the_bundled_tracks_survive_field_by_field(bundle: Catalog, tmp_path: Path) -> None:
    load_tracks([bundled()], tmp_path)
    found = cache.load(tmp_path, cache.key(read_sources([bundled()])))
    assert found is not None
    assert_same(found, (bundle, []))


def test_shared_skills_and_milestones_are_still_one_object(folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        catalog, _faults = load_tracks([folder], tmp_path / "cache")
        good, other = catalog.tracks["good"], catalog.tracks["other"]
        assert good.milestones[0].skills[1].skill is good.milestones[1].skills[0].skill
        assert other.milestones[1] is good.milestones[1]


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_cache_is_used_and_left_alone(folder: Path, tmp_path: Path) -> None:
    where = tmp_path / "cache"
    load_tracks([folder], where)
    [file] = files(where)
    before = file.stat().st_mtime_ns, file.read_bytes()
    load_tracks([folder], where)
    assert files(where) == [file]
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


@pytest.mark.parametrize("change", ["text", "name", "new", "gone"])
def test_every_change_of_the_tracks_is_seen(folder: Path, tmp_path: Path, change: str) -> None:
    where = tmp_path / "cache"
    load_tracks([folder], where)
    match change:
        case "text":
            (folder / "good.toml").write_text(GOOD.replace('"Good"', '"Better"'))
        case "name":
            (folder / "good.toml").rename(folder / "better.toml")
        case "new":
            (folder / "new.toml").write_text(OTHER.replace("Other", "New"))
        case "gone":
            (folder / "other.toml").unlink()
    assert_same(load_tracks([folder], where), load_tracks([folder]))


BREAKING = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "the last byte missing": lambda data: data[:-1],
    "one byte more": lambda data: data + b"\0",
    "one bit changed": lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:],
    "another first byte": lambda data: bytes([data[0] ^ 255]) + data[1:],
    "text": lambda data: b"{}",
    "noise": lambda data: bytes(range(256)) * 8,
}


@pytest.mark.parametrize("breaking", BREAKING.values(), ids=BREAKING.keys())
def test_a_broken_cache_is_made_again_without_a_word(
    folder: Path, tmp_path: Path, breaking: Callable[[bytes], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "cache"
    fresh = load_tracks([folder], where)
    [file] = files(where)
    whole = file.read_bytes()
    file.write_bytes(breaking(whole))
    assert_same(load_tracks([folder], where), fresh)
    assert file.read_bytes() == whole
    assert capfd.readouterr() == ("", "")


def test_a_folder_in_the_place_of_the_cache(folder: Path, tmp_path: Path) -> None:
    where = tmp_path / "cache"
    fresh = load_tracks([folder], where)
    [file] = files(where)
    file.unlink()
    file.mkdir()
    assert_same(load_tracks([folder], where), fresh)


def test_a_cache_folder_that_cannot_be_made_is_fine(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert_same(load_tracks([folder], tmp_path / "file" / "cache"), load_tracks([folder]))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_folder_that_cannot_be_written_is_fine(folder: Path, tmp_path: Path) -> None:
    where = tmp_path / "cache"
    where.mkdir(mode=0o500)
    assert_same(load_tracks([folder], where), load_tracks([folder]))
    assert files(where) == []


def test_only_the_latest_caches_are_kept(write_tracks: Callable[..., Path], tmp_path: Path) -> None:
    where = tmp_path / "cache"
    for n in range(cache.KEEP + 3):
        load_tracks(
            [write_tracks(t=GOOD.replace('"Good"', f'"Good {n}"').replace("good/n/t", "t/n/t"))], where
        )
        for age, file in enumerate(sorted(where.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(file, (1000 + age, 1000 + age))
    assert len(files(where)) == cache.KEEP
    last = read_sources([tmp_path / "tracks"])
    assert cache.load(where, cache.key(last)) is not None
