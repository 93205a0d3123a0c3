"""Where files live."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from roadmap.storage.edits import outline
from roadmap.storage.places import (
    Place,
    cache_dir,
    candidates_for_new,
    config_dir,
    data_dir,
    find_progress,
    git_top,
    looks_ours,
    state_dir,
)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "top" / "middle" / "here"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"ROADMAP_DATA_DIR": str(tmp_path / "data")}


def ours(folder: Path) -> Path:
    path = folder / "progress.toml"
    path.write_text(outline("t", 6, ["t/one"]))
    return path


def test_the_option_comes_first_then_the_variable(here: Path, env: dict[str, str], tmp_path: Path) -> None:
    ours(here)
    env["ROADMAP_PROGRESS"] = "from/env.toml"
    assert find_progress("opt.toml", env, here).path == here / "opt.toml"
    assert find_progress(tmp_path / "absolute.toml", env, here).path == tmp_path / "absolute.toml"
    found = find_progress(None, env, here)
    assert found.path == here / "from" / "env.toml"
    assert "ROADMAP_PROGRESS" in found.how
    env["ROADMAP_PROGRESS"] = ""
    assert find_progress(None, env, here).path == here / "progress.toml"


def test_a_folder_that_is_named_means_the_file_in_it(here: Path, env: dict[str, str]) -> None:
    assert find_progress("..", env, here).path == here / ".." / "progress.toml"
    env["ROADMAP_PROGRESS"] = str(here.parent)
    assert find_progress(None, env, here).path == here.parent / "progress.toml"


def test_the_nearest_one_upward_is_found(here: Path, env: dict[str, str], tmp_path: Path) -> None:
    assert find_progress(None, env, here).path == tmp_path / "data" / "progress.toml"
    top = ours(here.parent.parent)
    assert find_progress(None, env, here) == Place(top, "in a folder above this one")
    middle = ours(here.parent)
    assert find_progress(None, env, here).path == middle
    mine = ours(here)
    assert find_progress(None, env, here) == Place(mine, "in this folder")


def test_tracks_are_beside_the_file_and_without_one_in_this_folder(
    here: Path, env: dict[str, str], tmp_path: Path
) -> None:
    def tracks(explicit: str | None = None) -> Path:
        return find_progress(explicit, env, here).tracks

    assert tracks() == tmp_path / "data" / "tracks"
    (here / "tracks").write_text("a file")
    assert tracks() == tmp_path / "data" / "tracks"
    (here / "tracks").unlink()
    (here / "tracks").mkdir()
    assert tracks() == here / "tracks"
    assert tracks("elsewhere/progress.toml") == here / "elsewhere" / "tracks"
    # A progress file anywhere is the one whose neighbors count.
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "progress.toml").write_text("schema = 1\n")
    assert tracks() == tmp_path / "data" / "tracks"
    (here.parent / "progress.toml").write_text("schema = 1\n")
    assert tracks() == here.parent / "tracks"


def test_a_file_of_another_program_is_passed_over(here: Path, env: dict[str, str]) -> None:
    mine = ours(here.parent)
    (here / "progress.toml").write_text("[bar]\nschema = 1\nwidth = 3\n")
    assert find_progress(None, env, here).path == mine


OURS = [
    "",
    " \n\n",
    "schema = 1",
    "\ufeff# hello\r\nrole = 'x'\r\n  schema=9\r\n",
    '"schema" = 1',
    "<<<<<<< HEAD\nschema = 1\n=======\nschema = 2\n>>>>>>> x\n",
    "schema = 1\nbroken = = [",
]
NOT_OURS = [
    "[a]\nschema = 1\n",
    "# schema = 1\n",
    "title = 'x'\n",
    "my_schema = 1",
    "schema",
    "[[x]]",
    "\x00\x01",
]


@pytest.mark.parametrize("text", OURS)
def test_ours_even_when_broken(here: Path, text: str) -> None:
    path = here / "progress.toml"
    path.write_text(text)
    assert looks_ours(path)


@pytest.mark.parametrize("text", NOT_OURS)
def test_not_ours(here: Path, text: str) -> None:
    path = here / "progress.toml"
    path.write_text(text)
    assert not looks_ours(path)


def test_a_file_of_another_encoding_is_ours_so_that_an_error_can_name_it(here: Path) -> None:
    path = here / "progress.toml"
    for encoding, ours in (("utf-16", True), ("utf-16-be", False)):
        path.write_bytes('schema = 1\nrole = "ai-engineer"\n'.encode(encoding))
        assert looks_ours(path) is ours  # without a mark at the start nobody can tell
    path.write_bytes("[tool]\nx = 1\n".encode("utf-16"))
    assert not looks_ours(path)


def test_what_is_no_file_is_not_ours_but_a_link_to_nowhere_is(here: Path) -> None:
    assert not looks_ours(here / "none")
    assert not looks_ours(here)
    os.mkfifo(here / "pipe")
    assert not looks_ours(here / "pipe")
    (here / "link").symlink_to("nowhere")
    assert looks_ours(here / "link")
    (here / "one").symlink_to("two")
    (here / "two").symlink_to("one")
    assert looks_ours(here / "one")


def test_the_first_file_may_go_to_three_places(here: Path, env: dict[str, str], tmp_path: Path) -> None:
    data = tmp_path / "data" / "progress.toml"
    assert [place.path for place in candidates_for_new(here, env)] == [here / "progress.toml", data]
    top = here.parent.parent
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    assert git_top(here) == top
    places = candidates_for_new(here, env)
    assert [place.path for place in places] == [here / "progress.toml", top / "progress.toml", data]
    assert "git" in places[1].how
    at_top = candidates_for_new(top, env)
    assert [place.path for place in at_top] == [top / "progress.toml", data]
    assert "git" in at_top[0].how
    assert [place.path for place in candidates_for_new(data.parent, env)] == [data]
    assert all(place.how.endswith(".") for place in (*places, *at_top))


@pytest.mark.parametrize(
    ("folder", "kind"),
    [(config_dir, "config"), (state_dir, "state"), (cache_dir, "cache"), (data_dir, "data")],
)
def test_each_folder_has_its_variable_and_its_usual_place(  # type: ignore[no-untyped-def]
    folder, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder({f"ROADMAP_{kind.upper()}_DIR": str(tmp_path)}) == tmp_path
    usual = getattr(platformdirs, f"user_{kind}_dir")
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv(f"ROADMAP_{kind.upper()}_DIR", raising=False)
    assert folder() == Path(usual("roadmap", appauthor=False))
    for value in (str(tmp_path / "xdg"), "relative", ""):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", value)
        if not value or Path(value).is_absolute():  # the standard says that a relative one is ignored
            assert folder() == Path(usual("roadmap", appauthor=False))
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", "relative")
    assert folder().is_absolute()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs knows")
def test_looking_for_a_file_loads_nothing_heavy() -> None:
    script = (
        "import sys; from roadmap.storage import places, store; places.find_progress(); places.state_dir();"
        "print([m for m in ('platformdirs', 'tomlrt', 'filelock', 'tomli_w', 'pydantic', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
