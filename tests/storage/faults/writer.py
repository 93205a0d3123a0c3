"""One of several processes that change the same file. Not a test; test_writers.py runs it.

``python writer.py FILE STATE NAME COUNT`` adds COUNT links of its own to lists that all writers add to, and prints
every one that was acknowledged. With ``hold`` as COUNT it takes the lock, says so, and keeps it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from roadmap.storage.edits import Edit
from roadmap.storage.store import Store


def main() -> None:
    file, state, name, count = sys.argv[1:]
    store = Store(Path(file), Path(state))
    store.lock_timeout = 60
    if count == "hold":
        with store._locked():
            print("held", flush=True)
            time.sleep(600)
    seen = store.load()
    for number in range(int(count)):
        address, link = f"t/m{number % 40}", f"{name}-{number}"
        links = (*seen.progress.entry(address).links, link)  # as a screen has it, which may be old by now
        seen = store.change([Edit((*address.split("/"), "links"), links)], f"link on: {address}", base=seen)
        print(f"{address} {link}", flush=True)


if __name__ == "__main__":
    main()
