"""A process that saves under strace, once in a forked child for every point where a fault shall strike.

Not a test; test_system_calls.py runs it as ``python saving_under_strace.py FOLDER WHEN CASES`` and attaches
strace with ``-f -e inject=SYSCALLS:FAULT:when=WHEN``. strace counts the calls of every process and of every
kind apart, so a child aims a fault at the n-th call of a kind by making WHEN - n vain calls of it first. That
way one strace serves hundreds of points, instead of a start of strace and Python for each.

CASES is a JSON list of ``[name, kind of save, system call or null, n]``. What a child leaves behind comes to
FOLDER/name, its answer in FOLDER/name/outcome: "saved", "refused: ...", "stopped" or "crashed: ...".
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import shutil
import sys
import traceback
from datetime import datetime
from pathlib import Path

from roadmap.model.errors import ProgressError
from roadmap.storage.edits import Edit, outline
from roadmap.storage.store import Store

NOTE = ("t", "m1", "note")
BEFORE = f"acknowledged before, {'and longer than the next ' * 20}"
NEW = "the change under fault"

LIBC_NAMES = {"newfstatat": "fstatat", "fstatat64": "fstatat", "pread64": "pread", "renameat": "rename",
              "renameat2": "rename", "unlinkat": "unlink", "mkdirat": "mkdir", "readlinkat": "readlink",
              "faccessat": "access", "faccessat2": "access"}  # fmt: skip
"""The function of the C library that makes a system call, where it has another name."""


def clock() -> datetime:
    return datetime(2026, 11, 24, 10, 0)


def store_in(folder: Path) -> Store:
    return Store(folder / "work" / "progress.toml", folder / "state", clock)


def prepare(kind: str) -> None:
    """Put a file with acknowledged changes at NOW, and the program's own files about it."""
    (NOW / "work").mkdir(parents=True)
    if kind == "create":
        return
    store = store_in(NOW)
    store.create(outline("t", 6, [f"t/m{n}" for n in range(4)]) + "# a comment\n")
    store.change([Edit(("t", "m2", "state"), "done")], "done: m2")
    store.change([Edit(NOTE, BEFORE)], "note on: m1")
    if kind == "save":  # the first one of a day, so that it keeps a backup
        shutil.rmtree(NOW / "state" / "backups")


def save(kind: str) -> None:
    """Make the one change that a fault strikes."""
    store = store_in(NOW)
    if kind == "create":
        store.create(f'schema = 1\n\n[t.m1]\nnote = "{NEW}"\n')
    elif kind == "undo":
        store.undo()
    else:
        store.change([Edit(NOTE, NEW)], "note on: m1")


def vain(call: str, times: int) -> None:
    """Make a system call that fails without doing anything, a number of times."""
    function = getattr(LIBC, LIBC_NAMES.get(call, call))
    for _ in range(times):
        function(-1 if call not in BY_PATH else None, None, None, None)


ROOT = Path(sys.argv[1])
NOW = ROOT / "now"
"""Where every child saves, so that the state folder's names, made from the path, are those of the template."""

LIBC = ctypes.CDLL(None)
PR_SET_PTRACER = 0x59616D61
ANYBODY = ctypes.c_ulong(-1)
BY_PATH = {"mkdir", "access", "rename", "unlink", "stat", "lstat", "open", "rmdir", "readlink", "mkdirat",
           "faccessat", "faccessat2", "renameat", "renameat2", "unlinkat", "readlinkat"}  # fmt: skip


def child(last: str, name: str, kind: str, call: str | None, skip: int) -> None:
    """Put what the last child left behind away, and save under a fault."""
    NOW.rename(ROOT / last)
    (ROOT / f"{name}.ready").rename(NOW)
    outcome = "saved"
    try:
        if call is not None:
            vain(call, skip)
        save(kind)
    except ProgressError as error:
        outcome = f"refused: {error}"
    except KeyboardInterrupt:
        outcome = "stopped"
    except BaseException:
        outcome = f"crashed: {traceback.format_exc()}"
    (NOW / "outcome").write_text(outcome)
    os._exit(0)


def main() -> None:
    when, cases = int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
    for kind in {case[1] for case in cases}:
        prepare(kind)
        shutil.copytree(NOW, ROOT / f"{kind}.template")
        save(kind)  # imports everything that a save needs
        shutil.rmtree(NOW)
    for name, kind, *_ in cases:
        made = shutil.copytree(ROOT / f"{kind}.template", ROOT / f"{name}.ready")
        if kind == "in place":
            (made / "work" / "other name.toml").hardlink_to(made / "work" / "progress.toml")
    NOW.mkdir()
    vain("read", 0)
    gc.freeze()  # forks are cheaper while nothing of this is touched
    gc.disable()
    LIBC.prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
    print("ready", flush=True)
    sys.stdin.readline()
    last = "nothing"
    for name, kind, call, number in cases:
        pid = os.fork()
        if not pid:
            child(last, name, kind, call, when - number)
        os.waitpid(pid, 0)
        last = name
    NOW.rename(ROOT / last)


if __name__ == "__main__":
    main()
