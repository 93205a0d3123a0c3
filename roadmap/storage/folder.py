"""A person's project folder, read for checks: no link out of it is followed, and nothing in it is run."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from roadmap.analysis.proof.folder import Commit, Folder, History, Unseen, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_FILES = 50_000
"""How many files a folder may hold to be looked at."""

MAX_READ = 200_000_000
"""The largest file that is read at all, in bytes."""

TIMEOUT = 30.0
"""How many seconds git may take to answer a question."""

NOT_OWN = frozenset((
    ".git", ".hg", ".svn", "node_modules", ".venv", "venv", "site-packages", "__pycache__", ".mypy_cache", ".ruff_cache",
    ".pytest_cache", ".tox", ".nox", ".direnv", ".ipynb_checkpoints",
))  # fmt: skip
"""Folders with what others wrote, or with what programs keep for themselves."""

_HEAD = re.compile(r"\n?\x01([0-9a-f]{40,64})\x1f(\d+)\x1f([^\x00]*)\Z")


_LOG = (
    "log", "-z", "--topo-order", "--reverse", "--no-renames", "--name-only", "--relative", "--no-ext-diff",
    "--no-textconv", "--ignore-submodules=all", "--format=%x01%H%x1f%ct%x1f%aE", "HEAD",
)  # fmt: skip
_TAG = "%(refname:strip=2)%00%(objectname)%00%(*objectname)"


class TooLarge(Exception):  # noqa: N818 - the name says what is the matter
    """The folder holds more files than anybody's project."""


def look_at(top: Path) -> Folder:
    """Return a folder as checks see it. Raises OSError when it cannot be listed, TooLarge when it is no project."""
    root = Path(os.path.realpath(top))
    sizes = dict(sorted(_files(root)))

    @lru_cache(maxsize=16)
    def read(path: str) -> bytes:
        return _content(root, path)

    history, reason = _history(root)
    return Folder(sizes, read, history, reason)


def _files(root: Path) -> Iterator[tuple[str, int]]:
    """Return the regular files below a folder with their sizes; links only to files inside it."""
    seen = 0

    def fail(error: OSError) -> None:
        if error.filename == os.fspath(root):
            raise error

    for above, folders, names in os.walk(root, onerror=fail):
        folders[:] = sorted(one for one in folders if one.lower() not in NOT_OWN)
        for name in names:
            file = Path(above, name)
            with contextlib.suppress(OSError, ValueError):
                info = file.stat()
                if not stat.S_ISREG(info.st_mode) or (file.is_symlink() and not _inside(root, file)):
                    continue
                seen += 1
                yield file.relative_to(root).as_posix(), info.st_size
            if seen > MAX_FILES:
                raise TooLarge


def _inside(root: Path, file: Path) -> bool:
    """Tell whether a link leads to something of the folder that checks may read."""
    target = Path(os.path.realpath(file))
    return target.is_relative_to(root) and not NOT_OWN & {
        one.lower() for one in target.relative_to(root).parts
    }


def _content(root: Path, path: str) -> bytes:
    file = root / path
    try:
        if not _inside(root, file):
            raise Unseen(f"{shown(path)} leads out of the folder")
        with file.open("rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                raise Unseen(f"{shown(path)} is no file any more")
            data = opened.read(MAX_READ + 1)
    except OSError as error:
        raise Unseen(f"{shown(path)} cannot be read: {error.strerror}") from None
    if len(data) > MAX_READ:
        raise Unseen(f"{shown(path)} is larger than {MAX_READ // 1_000_000} MB")
    return data


def _history(root: Path) -> tuple[History | None, str]:
    """Return what git knows of a folder's past, or None and why there is nothing."""
    program = shutil.which("git")
    if program is None:
        return None, "the command `git` was not found, so nothing is known of the past"
    try:
        done = _git(program, root, *_LOG)
        if done.returncode:
            if b"dubious ownership" in done.stderr:
                return None, "git does not trust the folder, because it belongs to somebody else"
            return None, "the folder has no commits in git"
        tags = _git(
            program,
            root,
            "for-each-ref",
            "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)",
            "refs/tags",
        )
        shallow = _git(program, root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
    except (OSError, subprocess.TimeoutExpired):
        return None, "git did not answer, so nothing is known of the past"

    def tree(commit: str) -> Mapping[str, str]:
        try:
            return _tree(_git(program, root, "ls-tree", "-r", "-z", commit).stdout)
        except (OSError, subprocess.TimeoutExpired):
            raise Unseen("git did not answer") from None

    return History(
        tuple(_commits(os.fsdecode(done.stdout))), _tags(os.fsdecode(tags.stdout)), tree, shallow
    ), ""


def _commits(text: str) -> Iterator[Commit]:
    head: re.Match[str] | None = None
    paths: list[str] = []
    for part in text.split("\0"):
        if found := _HEAD.match(part):
            if head:
                yield Commit(head[1], float(head[2]), head[3], tuple(paths))
            head, paths = found, []
        elif part.strip("\n"):
            paths.append(part.removeprefix("\n"))
    if head:
        yield Commit(head[1], float(head[2]), head[3], tuple(paths))


def _tags(text: str) -> dict[str, str]:
    """Return tags with the commits they name, which for an annotated tag is not the object itself."""
    parts = (line.split("\0") for line in text.splitlines())
    return {name: inner or object for name, object, inner in parts}  # noqa: A001


def _tree(output: bytes) -> dict[str, str]:
    found = {}
    for entry in os.fsdecode(output).split("\0"):
        head, tab, path = entry.partition("\t")
        if tab:
            found[path] = head.split(" ")[2]
    return found


def _git(program: str, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Ask git a question in a folder whose own settings may not make it run or fetch anything."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    settings = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "log.showRoot=true",
                "protocol.allow=never", "color.ui=false", "core.quotepath=off", "log.follow=false")  # fmt: skip
    options = [word for setting in settings for word in ("-c", setting)]
    return subprocess.run(
        [program, "--no-pager", "--literal-pathspecs", *options, *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
    )
