"""What stands where the progress file should be: links, pipes, folders, files one may not write, nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roadmap.model.errors import ProgressError, SaveFailed, UnreadableProgress
from roadmap.storage.edits import Edit
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLD = "schema = 1\n\n[t.m1]\nstate = 'todo' # mine\n"
DONE = [Edit(("t", "m1", "state"), "done")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "real.toml").write_text(OLD)
    return Store(tmp_path / "work" / "progress.toml", tmp_path / "state")


def real(store: Store) -> Path:
    return store.path.with_name("real.toml")


def test_through_links_of_every_kind_the_file_is_changed_and_the_link_stays(store: Store) -> None:
    store.path.symlink_to("real.toml")
    second = store.path.with_name("second.toml")
    second.symlink_to(store.path)
    store.change(DONE, "done")
    Store(second, store.state_dir).change([Edit(("t", "m2", "state"), "done")], "done")
    assert store.path.is_symlink()
    assert second.is_symlink()
    assert not real(store).is_symlink()
    assert real(store).read_text().count("done") == 2
    assert "# mine" in real(store).read_text()


def test_a_link_to_a_folder_on_the_way_is_followed(store: Store) -> None:
    (store.path.parent.parent / "link").symlink_to(store.path.parent)
    through = Store(store.path.parent.parent / "link" / "real.toml", store.state_dir)
    through.change(DONE, "done")
    assert "done" in real(store).read_text()


def test_a_link_to_nowhere_is_an_empty_file_and_its_target_is_made(store: Store) -> None:
    store.path.symlink_to("later.toml")
    assert not store.load().exists
    store.change(DONE, "done")
    assert store.path.is_symlink()
    assert "done" in store.path.with_name("later.toml").read_text()


def test_all_names_of_a_file_stay_its_names(store: Store) -> None:
    store.path.hardlink_to(real(store))
    warnings = store.change(DONE, "done").warnings
    assert "in place" in warnings[0]
    assert real(store).samefile(store.path)
    assert "done" in real(store).read_text()
    [copy] = (store.state_dir / "backups").rglob("before-in-place-*")
    assert copy.read_text() == OLD


def circle(path: Path) -> None:
    path.symlink_to(path.with_name("b.toml"))
    path.with_name("b.toml").symlink_to(path)


@pytest.mark.parametrize("make", [circle, Path.mkdir, os.mkfifo], ids=["circle", "folder", "pipe"])
def test_what_is_no_file_is_named_and_left(store: Store, make: Callable[[Path], None]) -> None:
    make(store.path)
    before = store.path.lstat()
    for act in (store.load, lambda: store.change(DONE, "done"), lambda: store.create(OLD)):
        with pytest.raises(ProgressError) as caught:
            act()
        assert caught.value.help
    after = store.path.lstat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


@pytest.mark.parametrize("swap", [Path.mkdir, os.mkfifo, circle], ids=["folder", "pipe", "circle"])
def test_a_file_that_turns_into_something_else_while_open(store: Store, swap: Callable[[Path], None]) -> None:
    store.path.write_text(OLD)
    seen = store.load()
    store.path.unlink()
    swap(store.path)
    assert store.changed(seen)
    with pytest.raises(UnreadableProgress):
        store.change(DONE, "done", base=seen)


def test_a_file_or_folder_deleted_while_open_is_not_begun_anew(store: Store) -> None:
    store.path.write_text(OLD)
    seen = store.load()
    for remove in (lambda: store.path.unlink(), lambda: shutil.rmtree(store.path.parent)):
        remove()
        assert store.changed(seen)
        with pytest.raises(SaveFailed, match="no longer there") as caught:
            store.change(DONE, "done", base=seen)
        assert "doctor --restore" in caught.value.help
        assert not store.path.exists()
    store.path.parent.mkdir()
    store.path.write_text(OLD)
    assert "done" in store.change(DONE, "done", base=seen).text


def test_the_state_folder_deleted_while_open_is_made_again(store: Store) -> None:
    store.path.write_text(OLD)
    store.change(DONE, "done")
    shutil.rmtree(store.state_dir)
    assert store.change([Edit(("t", "m1", "state"), "todo")], "todo").warnings == ()
    assert store.undo() is not None


AS_A_USER = """
    import os, sys
    from pathlib import Path
    import filelock, tomlrt, roadmap.storage.journal, roadmap.storage.rebase
    from roadmap.model.errors import ProgressError
    from roadmap.storage.edits import Edit
    from roadmap.storage.store import Store
    if os.geteuid() == 0:
        os.setgroups([]), os.setgid(65534), os.setuid(65534)
    for name in sys.argv[2:]:
        store = Store(Path(name), Path(sys.argv[1]) / Path(name).parts[-2])
        try:
            store.change([Edit(("t", "m1", "state"), "done")], "done")
            print("saved")
        except ProgressError as error:
            print(type(error).__name__, error.message)
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that another user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    for path in folder.iterdir():
        path.chmod(0o777)
    shutil.rmtree(folder)


def test_what_a_user_may_not_write_stays_and_is_named(shared: Path) -> None:
    modes = {"free": (0o777, 0o666), "file": (0o777, 0o444), "folder": (0o555, 0o666), "both": (0o555, 0o444),
             "secret": (0o777, 0o000), "closed": (0o000, 0o666)}  # fmt: skip
    for name, (_, mode) in modes.items():
        path = shared / name / "progress.toml"
        path.parent.mkdir()
        path.write_text(OLD)
        path.chmod(mode)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
            os.chown(path.parent, 65534, 65534)
    for name, (mode, _) in modes.items():
        (shared / name).chmod(mode)
    locked = shared / "state" / "locked"
    locked.mkdir(parents=True)
    locked.parent.chmod(0o777)
    names = [str(shared / name / "progress.toml") for name in modes]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(AS_A_USER), str(shared / "state"), *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = dict(zip(modes, done.stdout.splitlines(), strict=True))
    assert lines["free"] == "saved"
    assert all("is read-only" in lines[name] for name in ("file", "folder", "both"))
    assert "no permission" in lines["secret"]
    assert lines["closed"].startswith(("UnreadableProgress", "SaveFailed"))
    for name in modes:
        (shared / name).chmod(0o777)
        (shared / name / "progress.toml").chmod(0o666)
        text = (shared / name / "progress.toml").read_text()
        assert ("done" in text) == (name == "free")
        assert "# mine" in text
        assert [path.name for path in (shared / name).iterdir()] == ["progress.toml"]
