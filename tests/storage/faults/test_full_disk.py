"""A disk of 64 kB without room, and a disk that is read-only: real ones, in a namespace of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

SCRIPT = Path(__file__).with_name("on_small_disk.py")
ALONE = ("unshare", "-Urm")


class Try(NamedTuple):
    layout: str
    free: int
    outcome: str
    whole: bool
    there: bool
    later: str


def works(words: Sequence[str]) -> bool:
    if not all(shutil.which(word) for word in ("unshare", "mount", "umount")):
        return False
    return subprocess.run([*ALONE, *words], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not works(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/tmp"]),
    reason="needs unshare, and leave to mount a file system in a namespace",
)


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> list[Try]:
    folder = tmp_path_factory.mktemp("disk")
    done = subprocess.run(
        [*ALONE, sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [Try(*json.loads(line)) for line in done.stdout.splitlines()]


def test_no_file_is_torn_and_what_was_acknowledged_is_there(tries: list[Try]) -> None:
    assert len(tries) == 9 * 4 + 1
    for one in tries:
        assert one.whole, one
        assert one.there == (one.outcome == "saved"), one
        assert one.later == "saved", one


def test_a_full_disk_is_named_and_room_ends_it(tries: list[Try]) -> None:
    for layout in ("file", "state", "both", "in place"):
        refused = [one for one in tries if one.layout == layout and one.outcome != "saved"]
        if layout == "state":  # without room for a backup or the journal the file itself is saved still
            assert refused == []
            continue
        assert 1 < len(refused) < 9, layout
        assert all("disk is full" in one.outcome for one in refused)
    assert "read-only" in tries[-1].outcome
