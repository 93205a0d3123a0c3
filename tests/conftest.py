"""What all tests share: folders of their own, small tracks written to disk, and commands that really run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import settings

from roadmap.cli.main import run
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog

# A slow machine is no fault of the code. The gate tries the same examples each time, so that it judges the change and
# not the dice; a run by hand goes on looking for new ones.
settings.register_profile("roadmap", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "roadmap")


@pytest.fixture(autouse=True)
def own_folders(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep every test away from the folders of whoever runs it."""
    for kind in ("config", "state", "data"):
        monkeypatch.setenv(f"ROADMAP_{kind.upper()}_DIR", str(tmp_path / "own" / kind))
    # A cache never tells of anything but the tracks as they are, so that all tests may share one.
    monkeypatch.setenv("ROADMAP_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("ROADMAP_PROGRESS", "COLUMNS", "NO_COLOR", "_ROADMAP_COMPLETE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def write_tracks(tmp_path: Path) -> Callable[..., Path]:
    """Write tracks by id, as text or as bytes, and return their folder."""

    def write(folder: str | Path = "tracks", /, **texts: str | bytes) -> Path:
        where = tmp_path / folder
        where.mkdir(parents=True, exist_ok=True)
        for id, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode()
            (where / f"{id.replace('_', '-')}.toml").write_bytes(data)
        return where

    return write


@pytest.fixture
def load(write_tracks: Callable[..., Path]) -> Callable[..., tuple[Catalog, list[Fault]]]:
    """Write tracks and load them; return the catalog and the faults."""

    def load_texts(**texts: str | bytes) -> tuple[Catalog, list[Fault]]:
        return load_tracks([write_tracks(**texts)])

    return load_texts


@pytest.fixture
def sound(load: Callable[..., tuple[Catalog, list[Fault]]]) -> Callable[..., Catalog]:
    """Write tracks that have no fault and load them."""

    def load_sound(**texts: str) -> Catalog:
        catalog, faults = load(**texts)
        assert [fault.brief() for fault in faults] == []
        return catalog

    return load_sound


@pytest.fixture(scope="session")
def bundle() -> Catalog:
    """The tracks that come with the program."""
    catalog, faults = load_tracks([bundled()])
    assert [fault.brief() for fault in faults] == []
    return catalog


class Answer(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, where a progress file may be made.

    It is the same one each time: tracks that are written there again are found in the cache.
    """
    folder = tmp_path_factory.getbasetemp() / "home"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def roadmap(home: Path) -> Callable[..., Answer]:
    """Run a command in this process, errors and all, in the folder ``home``."""

    def call(*arguments: object, input: str | bytes | None = None) -> Answer:  # noqa: A002
        with CliRunner().isolation(input=input) as (out, err, _both):
            try:
                code = run([str(one) for one in arguments])
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            sys.stdout.flush()
            sys.stderr.flush()
            return Answer(code, out.getvalue().decode(), err.getvalue().decode())

    return call


@pytest.fixture
def process(home: Path) -> Callable[..., Answer]:
    """Run ``python -m roadmap`` in a process of its own, in the folder ``home``."""

    def call(*arguments: object, env: dict[str, str] | None = None, input: bytes = b"") -> Answer:  # noqa: A002
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", *map(str, arguments)],
            cwd=home,
            env={**os.environ, **(env or {})},
            input=input,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return call


class Repo:
    """A git repository with a progress file in it, apart from the configuration of whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "progress.toml"

    def git(self, *words: str, ok: bool = True) -> str:
        """Run git; with ``ok`` it must succeed. Return what it said, errors and all."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            capture_output=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert not ok or done.returncode == 0, said
        return said

    def commit(self, text: str | bytes | None = None, message: str = "more") -> None:
        """Write the file, None leaves it as it is, and commit everything."""
        if text is not None:
            self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def fork(self, base: str | bytes | None, ours: str | bytes, theirs: str | bytes) -> None:
        """Make a first commit, a branch ``theirs`` and, checked out, a branch ``ours``. No base, no file there."""
        self.git("checkout", "-q", "--orphan", "base")
        self.git("rm", "-rfq", "--ignore-unmatch", ".")
        if base is None:
            self.git("commit", "-q", "--allow-empty", "-m", "start")
        else:
            self.commit(base, "start")
        self.git("checkout", "-q", "-B", "theirs")
        self.commit(theirs, "theirs")
        self.git("checkout", "-q", "-B", "ours", "base")
        self.commit(ours, "ours")

    def merge(self) -> bool:
        """Merge the branch ``theirs`` with plain git; tell whether that was clean."""
        return "CONFLICT" not in self.git("merge", "-q", "--no-edit", "theirs", ok=False)

    @property
    def text(self) -> str:
        """The file as it is."""
        return self.file.read_bytes().decode()

    @property
    def unmerged(self) -> bool:
        """Whether the index holds a conflict."""
        return bool(self.git("ls-files", "--unmerged"))


@pytest.fixture
def make_repo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Repo]:
    """Make a git repository, by default in the folder ``home``."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.org")

    def make(name: str = "home") -> Repo:
        folder = home.with_name(name)
        folder.mkdir(exist_ok=True)
        repo = Repo(folder)
        repo.git("init", "-q", "-b", "main")
        return repo

    return make
