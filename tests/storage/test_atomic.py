"""A file is read whole and safely, and replaced in one step or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from roadmap.loading.progress_text import MAX_SIZE
from roadmap.model.errors import ProgressError, SaveFailed, UnreadableProgress
from roadmap.storage import atomic
from roadmap.storage.atomic import (
    ABSENT,
    ChangedMeanwhile,
    hash_of,
    hint,
    read_text,
    real,
    sweep,
    write_atomically,
    write_private,
)

NEW = "schema = 1\nrole = 'neu ü'\r\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    path = folder / "progress.toml"
    path.write_bytes(b"schema = 1\n")
    return path


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_a_text_is_read_as_it_is_with_its_fingerprint(file: Path) -> None:
    data = b"\xef\xbb\xbfschema = 1\r\n# \xc3\xbc"
    file.write_bytes(data)
    text, fingerprint = read_text(file)
    assert text == "\ufeffschema = 1\r\n# ü"
    assert fingerprint.sha256 == hash_of(data)
    assert fingerprint.hint == hint(file)
    assert fingerprint.size == len(data)


def test_a_missing_file_is_the_callers_to_judge(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    for name in ("none", "none/deeper", "dangling"):
        with pytest.raises(FileNotFoundError):
            read_text(tmp_path / name)
        assert hint(tmp_path / name) == ABSENT


def test_what_is_no_text_file_is_named(tmp_path: Path, file: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "latin").write_bytes("schema = 1\n# käse".encode("latin-1"))
    (tmp_path / "wide").write_bytes("schema = 1".encode("utf-16"))
    (tmp_path / "large").write_bytes(b"#" * (MAX_SIZE + 1))
    expected = {
        "": "a folder",
        "pipe": "a pipe or a device",
        "/dev/zero": "a pipe or a device",
        "one": "circle",
        "latin": "UTF-8",
        "wide": "UTF-8",
        "large": "larger than 4 MB",
        "notes/progress.toml/below": "cannot be read",
    }
    for name, words in expected.items():
        with pytest.raises(UnreadableProgress, match=words) as caught:
            read_text(tmp_path / name)
        assert caught.value.help
    with pytest.raises(UnreadableProgress) as caught:
        read_text(tmp_path / "latin")
    assert (caught.value.line, caught.value.column) == (2, 4)


def test_a_name_that_steers_the_terminal_is_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb"
    path.mkdir()
    with pytest.raises(UnreadableProgress) as caught:
        read_text(path)
    assert "\x1b" not in str(caught.value)


def test_a_file_is_replaced_and_nothing_is_left_behind(file: Path) -> None:
    inode = file.stat().st_ino
    assert write_atomically(file, NEW) is None
    assert file.read_bytes() == NEW
    assert file.stat().st_ino != inode
    assert leftovers(file.parent) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    write_atomically(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_gets_what_the_umask_allows(file: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        write_atomically(file.with_name("new.toml"), NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.with_name("new.toml").stat().st_mode) == 0o666 & ~umask


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 65534, 65534)
    write_atomically(file, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)


def test_links_are_followed(tmp_path: Path, file: Path) -> None:
    (tmp_path / "first").symlink_to("second")
    (tmp_path / "second").symlink_to(file)
    write_atomically(tmp_path / "first", NEW)
    assert file.read_bytes() == NEW
    assert (tmp_path / "first").is_symlink()
    assert (tmp_path / "second").is_symlink()
    assert leftovers(tmp_path) == leftovers(file.parent) == []


def test_the_target_of_a_dangling_link_is_created(tmp_path: Path, file: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file.with_name("later.toml"))
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert file.with_name("later.toml").read_bytes() == NEW


def test_a_circle_of_links_and_what_is_no_file_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableProgress, match="circle"):
        write_atomically(tmp_path / "one", NEW)
    with pytest.raises(UnreadableProgress, match="circle"):
        real(tmp_path / "one" / "deeper")
    for name in ("pipe", ""):
        with pytest.raises(SaveFailed, match="not a regular file"):
            write_atomically(tmp_path / name, NEW)
    assert (tmp_path / "one").is_symlink()
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SaveFailed, match="folder is missing"):
        write_atomically(tmp_path / "none" / "progress.toml", NEW)


def test_a_file_with_two_names_keeps_both_and_has_a_copy(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other.toml"
    other.hardlink_to(file)
    warning = write_atomically(file, NEW, tmp_path / "backups")
    assert warning is not None
    assert "in place" in warning
    assert other.read_bytes() == file.read_bytes() == NEW
    assert other.stat().st_ino == file.stat().st_ino
    [copy] = (tmp_path / "backups").iterdir()
    assert copy.read_bytes() == b"schema = 1\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    write_atomically(file, b"", tmp_path / "backups")
    assert other.read_bytes() == b""


def test_without_a_copy_nothing_is_written_in_place(tmp_path: Path, file: Path) -> None:
    (tmp_path / "other.toml").hardlink_to(file)
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(SaveFailed):
        write_atomically(file, NEW, tmp_path / "backups")
    assert file.read_bytes() == b"schema = 1\n"


def test_the_copy_goes_to_the_state_folder_by_default(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADMAP_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "other.toml").hardlink_to(file)
    write_atomically(file, NEW)
    [copy] = (tmp_path / "state" / "backups").iterdir()
    assert copy.read_bytes() == b"schema = 1\n"


def test_who_wrote_meanwhile_is_not_overwritten(file: Path) -> None:
    before = hint(file)
    file.write_bytes(b"schema = 1\n# theirs\n")
    with pytest.raises(ChangedMeanwhile):
        write_atomically(file, NEW, expect=before)
    with pytest.raises(ChangedMeanwhile):
        write_atomically(file, NEW, expect=ABSENT)
    assert file.read_bytes() == b"schema = 1\n# theirs\n"
    assert leftovers(file.parent) == []
    write_atomically(file, NEW, expect=hint(file))
    assert file.read_bytes() == NEW


def fail(number: int):  # type: ignore[no-untyped-def]
    def call(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


# The disk cannot be made to fail on command without root, so the calls to it are.
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "open"])
def test_when_a_call_fails_the_old_content_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail(number))
        with pytest.raises(SaveFailed) as caught:
            write_atomically(file, NEW)
    assert "is as it was" in caught.value.message
    assert ("full" in caught.value.message) == (number in (errno.ENOSPC, errno.EDQUOT))
    assert file.read_bytes() == b"schema = 1\n"
    assert leftovers(file.parent) == []


def test_short_writes_are_continued(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW


def test_a_disk_that_lies_is_found_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda descriptor, data: len(data))
    with pytest.raises(SaveFailed, match="reads back differently"):
        write_atomically(file, NEW)
    assert file.read_bytes() == b"schema = 1\n"


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV])
def test_a_file_that_cannot_be_replaced_is_written_in_place(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    backups = tmp_path / "backups"
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == file:
            raise OSError(number, os.strerror(number))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert "in place" in (write_atomically(file, NEW, backups) or "")
    assert file.read_bytes() == NEW
    assert [copy.read_bytes() for copy in backups.iterdir()] == [b"schema = 1\n"]
    assert leftovers(file.parent) == []


def test_a_write_in_place_that_fails_is_taken_back(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.toml").hardlink_to(file)
    overwrite = atomic._overwrite
    calls = []

    def once(target: Path, data: bytes) -> None:
        calls.append(data)
        overwrite(target, data[: len(data) // 2] if len(calls) == 1 else data)
        if len(calls) == 1:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic, "_overwrite", once)
    with pytest.raises(SaveFailed, match="is as it was"):
        write_atomically(file, NEW, tmp_path / "backups")
    assert file.read_bytes() == b"schema = 1\n"


def test_when_that_fails_too_the_copy_is_named(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.toml").hardlink_to(file)
    monkeypatch.setattr(atomic, "_overwrite", fail(errno.EIO))
    with pytest.raises(SaveFailed, match="in part") as caught:
        write_atomically(file, NEW, tmp_path / "backups")
    [copy] = (tmp_path / "backups").iterdir()
    assert str(copy) in caught.value.help


def test_a_folder_that_cannot_be_synced_is_told_and_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "broken")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert "did not confirm" in (write_atomically(file, NEW) or "")
    assert file.read_bytes() == NEW


def test_only_our_own_old_temporary_files_are_swept(file: Path) -> None:
    def beside(name: str, age: int) -> Path:
        path = file.with_name(name)
        path.write_text("x")
        os.utime(path, (time.time() - age, time.time() - age))
        return path

    stale = beside(".progress.toml.0123456789abcdef.tmp", 3700)
    kept = [
        beside(".progress.toml.fedcba9876543210.tmp", 3500),
        beside(".progress.toml.mine.tmp", 3700),
        beside(".other.toml.0123456789abcdef.tmp", 3700),
        beside("progress.toml.bak", 3700),
    ]
    write_atomically(file, NEW)
    assert not stale.exists()
    assert all(path.exists() for path in kept)
    sweep(file.parent / "none" / "progress.toml")


def test_a_private_file_is_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write_private(path, b"1")
    write_private(path, b"2")
    assert path.read_bytes() == b"2"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(list(path.parent.iterdir())) == 1


AS_A_USER = """
    import os, sys, pathlib
    import roadmap.storage.places, roadmap.storage.store
    from roadmap.model.errors import ProgressError
    from roadmap.storage.atomic import read_text, write_atomically
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    for name in sys.argv[1:]:
        path = pathlib.Path(name)
        for act in (read_text, lambda path: write_atomically(path, b"new", path.parent / "backups")):
            try:
                act(path)
                print("ok")
            except ProgressError as error:
                print(type(error).__name__, "|", error.message)
"""


def test_what_the_user_may_not_touch_is_not_touched() -> None:
    # Not below tmp_path: no other user may enter that.
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o777)
        names = ["open/may.toml", "open/read-only.toml", "open/secret.toml", "closed/file.toml"]
        for name in names:
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.parent.chmod(0o777)
            path.write_text("old")
            path.chmod(0o666)
            if os.geteuid() == 0:
                os.chown(path, 65534, 65534)
        (folder / names[1]).chmod(0o444)
        (folder / names[2]).chmod(0o000)
        (folder / "closed").chmod(0o555)
        script = textwrap.dedent(AS_A_USER)
        paths = [str(folder / name) for name in names]
        done = subprocess.run(
            [sys.executable, "-c", script, *paths], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert lines[:3] == ["ok", "ok", "ok"]
        assert "read-only" in lines[3]
        assert "no permission to read" in lines[4]
        assert "read-only" in lines[5]
        assert lines[6] == "ok"
        assert "its folder is read-only" in lines[7]
        (folder / names[2]).chmod(0o600)
        assert [(folder / name).read_text() for name in names] == ["new", "old", "old", "old"]
    finally:
        (folder / "closed").chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a file of another user in a group of one's own")
def test_a_shared_file_of_somebody_else_stays_theirs() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o777)
        path = folder / "shared.toml"
        path.write_text("old")
        path.chmod(0o666)
        script = textwrap.dedent(AS_A_USER)
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines() == ["ok", "ok"]
        assert path.read_text() == "new"
        assert path.stat().st_uid == 0
        assert (folder / "backups").is_dir()
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in mid-save")
@pytest.mark.parametrize("afterwards", [False, True])
def test_killed_at_any_call_the_file_is_old_or_new(file: Path, afterwards: bool) -> None:
    old, new = b"schema = 1\n", NEW * 1000
    seen = set()
    for point in range(50):
        file.write_bytes(old)
        child = os.fork()
        if not child:
            _kill_at(point, afterwards)
            write_atomically(file, new)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert file.read_bytes() in (old, new)
        seen.add(file.read_bytes())
        for name in leftovers(file.parent):
            file.with_name(name).unlink()
        if os.WIFEXITED(status):
            break
    assert os.WEXITSTATUS(status) == 0
    assert point > 5
    assert seen == {old, new}


def _kill_at(point: int, afterwards: bool) -> None:
    """Make this process kill itself before or after the given call to the file system."""
    count = -1

    def counted(call):  # type: ignore[no-untyped-def]
        def wrapper(*args: object, **named: object) -> object:
            nonlocal count
            count += 1
            last = count == point
            if last and not afterwards:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*args, **named)
            if last:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return wrapper

    for name in ("open", "fchmod", "fsync", "close", "rename", "replace", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    write = os.write
    os.write = counted(lambda descriptor, data: write(descriptor, data[: len(data) // 2 + 1]))  # type: ignore[assignment]


def test_errors_of_saving_are_errors_about_progress() -> None:
    assert issubclass(SaveFailed, ProgressError)
    assert issubclass(UnreadableProgress, ProgressError)
