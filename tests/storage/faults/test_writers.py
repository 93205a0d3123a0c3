"""Several processes change one file at once, are killed while they do, and leave their locks behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from roadmap.model.errors import SaveFailed
from roadmap.storage.edits import Edit, outline
from roadmap.storage.store import Store

SCRIPT = Path(__file__).with_name("writer.py")
WRITERS, CHANGES = 4, 200


@pytest.fixture
def store(quick: Path) -> Store:
    store = Store(quick / "progress.toml", quick / "state")
    store.create(outline("t", 6, [f"t/m{n}" for n in range(40)]) + "# mine\n")
    return store


def writer(store: Store, name: str, count: int | str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, store.path, store.state_dir, name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_of_four_writers_with_200_changes_each_all_800_stay(store: Store) -> None:
    writers = [writer(store, f"w{number}", CHANGES) for number in range(WRITERS)]
    acknowledged = [line for one in writers for line in one.communicate()[0].splitlines()]
    assert [one.returncode for one in writers] == [0] * WRITERS
    assert len(set(acknowledged)) == WRITERS * CHANGES
    assert kept(store) == Counter(acknowledged)
    assert store.load().text.splitlines().count("# mine") == 1
    assert [path.name for path in store.path.parent.iterdir() if path.name.startswith(".")] == []


def kept(store: Store) -> Counter[str]:
    """The links in the file, as the writers print them."""
    entries = store.load().progress.entries.items()
    return Counter(f"{address} {link}" for address, entry in entries for link in entry.links)


def test_killed_at_any_moment_writers_lose_nothing_that_was_acknowledged(store: Store) -> None:
    acknowledged: list[str] = []
    for number in range(5):
        pair = [writer(store, f"k{number}-{name}", 1000) for name in "ab"]
        for one in pair:
            assert one.stdout is not None
            acknowledged.append(one.stdout.readline().strip())
        time.sleep(0.013 * number)
        for one in pair:
            one.kill()
        acknowledged += [line for one in pair for line in one.communicate()[0].split("\n")[:-1]]
        found = kept(store)
        assert set(acknowledged) <= set(found)
        assert max(found.values()) == 1
        assert "# mine" in store.load().text
    assert len(acknowledged) >= 10


def test_the_lock_of_a_writer_that_was_killed_is_no_obstacle(store: Store) -> None:
    one = writer(store, "x", "hold")
    assert one.stdout is not None
    assert one.stdout.readline() == "held\n"
    store.lock_timeout = 0.05
    with pytest.raises(SaveFailed, match="Another roadmap"):
        store.change([Edit(("t", "m1", "state"), "done")], "done")
    one.kill()
    one.communicate()
    [lock] = (store.state_dir / "locks").iterdir()
    store.lock_timeout = 5
    store.change([Edit(("t", "m1", "state"), "done")], "done")
    assert lock.exists()


def test_a_lock_file_from_long_ago_is_no_obstacle(store: Store) -> None:
    [lock] = (store.state_dir / "locks").iterdir()
    lock.write_text("4242\n")
    store.change([Edit(("t", "m1", "state"), "done")], "done")
    assert "done" in store.load().text
