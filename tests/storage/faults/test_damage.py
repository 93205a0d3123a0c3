"""A file that was cut off, had a bit flipped, or got a conflict marker, at every place there is.

The loader never does anything but read or refuse, and a save never writes over what could not be read.
"""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import tomli

from roadmap.loading.progress_text import parse_progress
from roadmap.model.errors import ConflictedProgress, ProgressError
from roadmap.storage.edits import Edit
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = '''# Mine – all of it.
schema = 1
role = "t"  # for now
budget = 0x1F

[t.one]
state = "learning"

# about a
[t.one.a]
state = "done"
on = 2026-11-24
note = """
two "lines"
# not a comment"""

[t.one.b]
state = "doing"
links = [
    "https://example.org/1", # good
]

[t.two]
state = "todo"

[mine]
x = { y = 1 }
'''.encode()
EDIT = Edit(("t", "two", "state"), "skipped")


@pytest.fixture
def store(quick: Path) -> Store:
    return Store(quick / "progress.toml", quick / "state")


def reads(content: bytes) -> bool:
    """Read a content as the program does; True when it can, False when it says why not."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    try:
        parse_progress(text)
    except ProgressError as error:
        assert error.message
        assert error.help
        return False
    return True


def save(store: Store, content: bytes) -> bool:
    """Make a change to a file with this content, and check what came of it. True when it was made."""
    store.path.write_bytes(content)
    readable = reads(content)
    try:
        snapshot = store.change([EDIT], "skipped: two")
    except ProgressError as error:
        assert store.path.read_bytes() == content
        assert not readable or type(error).__name__ == "EditRefused"
        return False
    assert readable
    new = store.path.read_bytes()
    assert snapshot.text.encode() == new
    assert tomli.loads(new.decode().removeprefix("\ufeff"))["t"]["two"]["state"] == "skipped"
    lost = [line for line in difflib.ndiff(lines(content), lines(new)) if line.startswith("- ")]
    assert len(lost) <= 1, lost
    assert all("state" in line or line.strip("- \n") == content.decode().splitlines()[-1] for line in lost)
    return True


def lines(content: bytes) -> list[str]:
    return content.decode().splitlines()


def test_cut_off_at_every_byte(store: Store) -> None:
    made = Counter(save(store, WHOLE[:end]) for end in range(len(WHOLE) + 1))
    assert made[True] > 50
    assert made[False] > 100


def test_every_bit_flipped_the_loader_never_fails() -> None:
    flips = (
        bytes([*WHOLE[:at], WHOLE[at] ^ 1 << bit, *WHOLE[at + 1 :]])
        for at in range(len(WHOLE))
        for bit in range(8)
    )
    found = Counter(map(reads, flips))
    assert found[True] > 1000
    assert found[False] > 1000


def test_a_bit_flipped_at_every_byte(store: Store) -> None:
    made = Counter()
    for at, byte in enumerate(WHOLE):
        made[save(store, bytes([*WHOLE[:at], byte ^ 1 << at % 8, *WHOLE[at + 1 :]]))] += 1
    assert made[True] > 100
    assert made[False] > 100


MARKERS = ("<<<<<<< HEAD", "||||||| 1a2b3c", "=======", ">>>>>>> theirs")


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_a_conflict_marker_at_every_line(store: Store, marker: str, eol: bytes) -> None:
    parts = WHOLE.split(b"\n")
    note = range(parts.index(b'two "lines"'), parts.index(b'# not a comment"""') + 1)
    for at in range(len(parts) + 1):
        content = eol.join([*parts[:at], marker.encode(), *parts[at:]])
        assert save(store, content) == (at in note), at  # in a note it is a part of the note
        if at not in note:
            with pytest.raises(ConflictedProgress) as caught:
                store.load()
            assert caught.value.line == at + 1
