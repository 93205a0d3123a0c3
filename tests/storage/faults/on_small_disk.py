"""Saves on a disk of 64 kB that has less and less room, and on one that turned read-only.

Not a test; test_full_disk.py runs it as ``unshare -Urm python on_small_disk.py FOLDER``. Prints a line of JSON
for every try: ``[layout, pages free, outcome, is the file whole, is the change there, did it work later]``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from roadmap.model.errors import ProgressError
from roadmap.storage.edits import Edit, outline
from roadmap.storage.store import Store

PAGE = 4096
ROOM = 9
NEW = Edit(("t", "m1", "note"), "the change under fault " * 300)


def mount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(folder)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Write until only some pages are free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * PAGE)
        except OSError:
            pass
        file.truncate(max(file.tell() - free * PAGE, 0))
    return filler


def attempt(store: Store) -> str:
    try:
        store.change([NEW], "note on: m1")
    except ProgressError as error:
        return f"refused: {error}"
    return "saved"


def main() -> None:
    root = Path(sys.argv[1])
    small, large = root / "small", root / "large"
    for free in range(ROOM):
        for layout in ("file", "state", "both", "in place"):
            for folder in (small, large):
                folder.mkdir(exist_ok=True)
            mount(small, "-o", "size=64k")
            mount(large, "-o", "size=4m")
            file = (large if layout == "state" else small) / "progress.toml"
            state = (small if layout in ("state", "both") else large) / "state"
            store = Store(file, state, lambda: datetime(2026, 11, 24))
            store.create(outline("t", 6, [f"t/m{n}" for n in range(70)]) + "# mine\n")
            if layout == "in place":
                file.with_name("second").hardlink_to(file)
            before = file.read_bytes()
            filler = fill(small, free)
            outcome = attempt(store)
            now = file.read_bytes()
            there = b"the change under fault" in now
            whole = now == before if not there else b"# mine" in now and len(now) > len(before) + 6000
            filler.unlink()
            later = attempt(store)
            print(json.dumps([layout, free, outcome, whole, there, later]))
            for folder in (small, large):
                subprocess.run(["umount", str(folder)], check=True)
    mount(small, "-o", "size=1m")
    store = Store(small / "progress.toml", root / "state")
    store.create("schema = 1\n# mine\n")
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    outcome = attempt(store)
    whole = store.path.read_bytes() == b"schema = 1\n# mine\n"
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    print(json.dumps(["read-only", 256, outcome, whole, False, attempt(store)]))


if __name__ == "__main__":
    main()
