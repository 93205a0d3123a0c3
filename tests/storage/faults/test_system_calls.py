"""Every system call of a save that touches the person's folder or the program's fails once, in every way.

strace injects the fault into the real call: a kill, another signal, or an error number.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
import tomli

from roadmap.storage.edits import Edit
from roadmap.storage.store import Store

SCRIPT = Path(__file__).with_name("saving_under_strace.py")
SIGNALS = ("KILL", "TERM", "HUP", "INT")
ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT", "EINTR")
KINDS = {"save": SIGNALS + ERRORS, "create": ("KILL", "ENOSPC"), "in place": ("KILL", "ENOSPC")}
"""The faults that strike each kind of save."""

LOOKS = {"newfstatat", "fstat", "stat", "lstat", "statx", "lseek", "ioctl", "access", "faccessat", "faccessat2",
         "getdents64", "read", "readlink"}  # fmt: skip
"""Calls that change nothing, so that a stop there is a stop at the next one. A kill strikes them all the same."""


PATH = r'\((?:AT_FDCWD, )?"([^"]*)"'
"""The path that a line of strace's log begins with."""

SPARE = 15
"""How many more calls of one kind a process may make after its save, in reporting a fault say."""


class Point(NamedTuple):
    """The n-th call of a kind in a kind of save, counted from 1."""

    kind: str
    call: str
    number: int
    line: str


class Result(NamedTuple):
    """What one save under a fault left behind."""

    point: Point
    fault: str
    outcome: str
    folder: Path


def strace_works() -> bool:
    if shutil.which("strace") is None:
        return False
    try:
        tried = subprocess.run(
            ["strace", "-e", "trace=close", "-e", "inject=close:error=EIO:when=65535", "true"],
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not strace_works(), reason="needs strace, and leave to trace a process")


def run(folder: Path, when: int, cases: list[list[object]], options: list[str]) -> list[str]:
    """Run the cases with strace attached to the process that forks for them; return strace's log.

    ``when`` is the number of the call, of each kind, that is struck.
    """
    folder.mkdir()
    listed, log = folder / "cases.json", folder / "strace.log"
    listed.write_text(json.dumps(cases))
    with subprocess.Popen(
        [sys.executable, SCRIPT, folder, str(when), listed],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as saver:
        assert saver.stdout is not None
        assert saver.stdin is not None
        assert saver.stdout.readline() == "ready\n"
        with subprocess.Popen(
            ["strace", "-f", "-o", log, *options, "-p", str(saver.pid)],
            stderr=subprocess.PIPE,
            text=True,
        ) as strace:
            assert strace.stderr is not None
            told = strace.stderr.readline()
            if "attached" not in told:
                saver.kill()
                pytest.skip(f"strace may not attach here: {told.strip()}")
            saver.stdin.write("\n")
            saver.stdin.flush()
            strace.stderr.read()
        assert saver.wait() == 0
    return log.read_text(errors="replace").splitlines()


def strikes(fault: str, point: Point) -> bool:
    return fault in KINDS[point.kind] and (fault not in SIGNALS[1:] or point.call not in LOOKS)


def find_points(quick: Path) -> list[Point]:
    """Every call of each kind of save that touches its folders, from a run without any fault."""
    root = quick / "none"
    log = run(root, 0, [[kind, kind, None, 0] for kind in KINDS], ["-y"])
    found: list[Point] = []
    counts: dict[str, Counter[str]] = {}
    for line in log:
        pid, _, rest = line.partition(" ")
        name = re.match(r"\s*(\w+)\(", rest)
        if name is None:
            continue
        counted = counts.setdefault(pid, Counter())
        counted[name[1]] += 1
        if f"{root / 'now'}/" in rest and "outcome" not in rest:
            kind = list(KINDS)[list(counts).index(pid) - 1]
            found.append(Point(kind, name[1], counted[name[1]], rest.strip()))
    assert {point.kind for point in found} == set(KINDS)
    return found


def strike_all(points: list[Point], quick: Path) -> list[Result]:
    """What every fault at every point left behind."""
    calls = sorted({point.call for point in points})
    when = max(point.number for point in points) + SPARE

    def strike(fault: str) -> list[Result]:
        aimed = [(f"{n:04}", p) for n, p in enumerate(points) if strikes(fault, p)]
        how = f"signal={fault}" if fault in SIGNALS else f"error={fault}"
        names = ",".join(calls)
        options = ["-e", f"trace={names}", "-e", f"inject={names}:{how}:when={when}"]
        cases: list[list[object]] = [[name, point.kind, point.call, point.number] for name, point in aimed]
        log = run(quick / fault, when, cases, options)
        if fault in ERRORS:
            struck = [line for line in log if "(INJECTED)" in line]
            assert len(struck) == len(cases)
            assert [p for line in struck for p in re.findall(PATH, line) if p and "/now/" not in p] == []
        found = []
        for name, point in aimed:
            folder = quick / fault / name
            outcome = folder / "outcome"
            told = outcome.read_text() if outcome.exists() else "killed"
            found.append(Result(point, fault, told, folder))
        return found

    faults = sorted({fault for faults in KINDS.values() for fault in faults})
    with ThreadPoolExecutor(2) as pool:
        return [result for batch in pool.map(strike, faults) for result in batch]


def progress(result: Result) -> bytes | None:
    path = result.folder / "work" / "progress.toml"
    return path.read_bytes() if path.exists() else None


def contents_of(results: list[Result]) -> dict[str, tuple[bytes | None, bytes]]:
    """What the file holds before and after each kind of save."""
    root = next(result.folder.parent for result in results if result.fault == "KILL")
    found: dict[str, tuple[bytes | None, bytes]] = {}
    for kind in KINDS:
        before = root / f"{kind}.template" / "work" / "progress.toml"
        [after] = {progress(r) for r in results if r.point.kind == kind and r.outcome == "saved"}
        assert after is not None
        assert b"the change under fault" in after
        found[kind] = (before.read_bytes() if before.exists() else None, after)
    return found


def there_are_many_points_and_every_fault_struck(points: list[Point], results: list[Result]) -> None:
    writing = Counter(point.call for point in points if point.kind == "save")
    assert {"write", "fsync", "close"} <= set(writing)
    assert sum(writing.values()) > 60
    killed = [result for result in results if result.outcome == "killed"]
    assert {result.fault for result in killed} == {"KILL", "TERM", "HUP"}
    assert all(result.outcome == "killed" for result in results if result.fault in ("KILL", "TERM", "HUP"))
    assert {result.outcome for result in results if result.fault == "INT"} == {"stopped"}
    both = {(r.fault, r.outcome.partition(":")[0]) for r in results if r.fault in ERRORS}
    assert both == {(error, outcome) for error in ERRORS for outcome in ("saved", "refused")}


def no_fault_is_a_surprise(results: list[Result]) -> None:
    crashed = [result for result in results if result.outcome.startswith("crashed")]
    assert not crashed, "\n".join(f"{r.fault} at {r.point.line}: {r.outcome}" for r in crashed[:3])


def no_file_is_ever_torn(results: list[Result], contents: dict[str, tuple[bytes | None, bytes]]) -> None:
    torn = [r for r in results if progress(r) not in contents[r.point.kind]]
    # A file with two names must keep its inode, so a kill can leave a part of it; a copy was made before.
    assert {(r.point.kind, r.fault) for r in torn} <= {("in place", "KILL")}
    for result in torn:
        [copy] = (result.folder / "state" / "backups").rglob("before-in-place-*.toml")
        assert copy.read_bytes() == contents["in place"][0]


def what_was_acknowledged_is_there_and_what_was_refused_is_not(
    results: list[Result], contents: dict[str, tuple[bytes | None, bytes]]
) -> None:
    for result in results:
        before, after = contents[result.point.kind]
        if result.outcome == "saved":
            assert progress(result) == after, result
        if result.outcome.startswith("refused"):
            assert progress(result) == before, result


def what_the_program_keeps_for_itself_is_whole(
    results: list[Result], contents: dict[str, tuple[bytes | None, bytes]]
) -> None:
    for result in results:
        for backup in (result.folder / "state" / "backups").rglob("*.toml"):
            if not backup.name.startswith("."):
                content = backup.read_bytes()
                assert content == contents[result.point.kind][0] or b"acknowledged" not in content
                tomli.loads(content.decode())
        for journal in (result.folder / "state" / "journal").rglob("*.jsonl"):
            if not journal.name.startswith("."):
                entries = [json.loads(line) for line in journal.read_text().splitlines()]
                kept = 0 if result.point.kind == "create" else 2
                assert len(entries) in (kept, kept + 1)


def only_a_kill_leaves_a_temporary_file_and_it_is_no_obstacle(results: list[Result]) -> None:
    left = [result for result in results if list(result.folder.rglob(".*.tmp"))]
    # Removing it is a system call as well, and fails like the others.
    assert all(r.fault in SIGNALS or r.point.call in ("unlink", "unlinkat") for r in left)
    killed = [r for r in left if r.fault == "KILL" and list((r.folder / "work").glob(".*.tmp"))]
    assert killed
    for result in killed[:10]:
        store = Store(result.folder / "work" / "progress.toml", result.folder / "state")
        store.change([Edit(("t", "m3", "state"), "done")], "afterwards")
        text = store.load().text
        assert text.count('"done"') == (1 if result.point.kind == "create" else 2)
        assert "acknowledged before" in text or "the change under fault" in text


def test_every_fault_at_every_call(quick: Path) -> None:
    """One test, since the faults are struck once and looked at in several ways."""
    points = find_points(quick)
    results = strike_all(points, quick)
    contents = contents_of(results)
    print(table(results, contents))
    there_are_many_points_and_every_fault_struck(points, results)
    no_fault_is_a_surprise(results)
    no_file_is_ever_torn(results, contents)
    what_was_acknowledged_is_there_and_what_was_refused_is_not(results, contents)
    what_the_program_keeps_for_itself_is_whole(results, contents)
    only_a_kill_leaves_a_temporary_file_and_it_is_no_obstacle(results)


def table(results: list[Result], contents: dict[str, tuple[bytes | None, bytes]]) -> str:
    """Return what happened, to be read with ``pytest -s``."""
    lines = [
        f"{'save':<10}{'fault':<8}{'tried':>6}{'saved':>7}{'refused':>9}{'stopped':>9}{'torn':>6}{'lost':>6}"
    ]
    for kind, faults in KINDS.items():
        before, after = contents[kind]
        for fault in faults:
            those = [result for result in results if (result.point.kind, result.fault) == (kind, fault)]
            told = Counter(result.outcome.partition(":")[0] for result in those)
            torn = sum(progress(result) not in (before, after) for result in those)
            lost = sum(result.outcome == "saved" and progress(result) != after for result in those)
            stopped = told["killed"] + told["stopped"]
            lines.append(
                f"{kind:<10}{fault:<8}{len(those):>6}{told['saved']:>7}{told['refused']:>9}{stopped:>9}{torn:>6}{lost:>6}"
            )
    return "\n".join(lines)
