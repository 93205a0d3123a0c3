"""How fast the terminal UI starts and answers, as ratios to a bare Textual app measured in the same run.

Run by hand: ``uv run python tests/bench/screens.py``. Targets: first content at most 1.4 times the bare app's, key to
frame p99 at most twice the bare app's.

Each run starts a program in a new pseudo-terminal of 80x24. *Ready* is the moment the output holds the program's own
content. A *key*, on the map and in a milestone, is timed from writing it to the last byte of the burst of output that
answers it (a burst ends with 20 ms of silence, which is not counted). The programs take turns, so that a slow moment
of the machine hits both.
"""

import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROUNDS = 7
KEYS = 30
QUIET = 0.02

BARE = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    BINDINGS = [("j", "bump", "bump"), ("k", "bump", "bump"), ("q", "quit", "quit")]
    count = 0
    def compose(self):
        yield Static("Hello there")
    def action_bump(self):
        self.count += 1
        self.query_one(Static).update(f"Hello there {self.count}")
Hello().run()
"""

ESCAPES = re.compile(rb"\x1b\[[0-9;?>=]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>]")


class Run:
    """One run of a program in a pseudo-terminal."""

    def __init__(self, command: list[str], folder: str, env: dict[str, str]) -> None:
        self.start = time.perf_counter()
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execve(command[0], command, env)
        self.pid = pid
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, timeout: float) -> bytes:
        """Return what was written next, or nothing after the timeout."""
        ready, _, _ = select.select([self.terminal], [], [], timeout)
        if not ready:
            return b""
        try:
            return os.read(self.terminal, 65536)
        except OSError:
            return b""

    def until(self, wanted: bytes, limit: float = 20.0) -> float:
        """Return the seconds from the start until the text has been written."""
        seen = b""
        while time.perf_counter() - self.start < limit:
            seen += self.read(0.5)
            if wanted in ESCAPES.sub(b"", seen):
                return time.perf_counter() - self.start
        raise TimeoutError(f"{wanted!r} did not appear; saw {ESCAPES.sub(b'', seen)[-400:]!r}")

    def settle(self, quiet: float) -> None:
        """Wait until nothing is written for a while."""
        while self.read(quiet):
            pass

    def key(self, key: bytes) -> float:
        """Return the seconds from a key to the end of the output that answers it."""
        start = last = time.perf_counter()
        os.write(self.terminal, key)
        data = self.read(1.0)
        while data:
            last = time.perf_counter()
            data = self.read(QUIET)
        return last - start

    def keys(self) -> list[float]:
        """Move up and down a list; return the seconds each key took."""
        return [self.key(b"j" if i % 6 < 3 else b"k") for i in range(KEYS)]

    def quit(self) -> None:
        """Press q and wait for the end."""
        os.write(self.terminal, b"q")
        while self.read(0.3):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.terminal)
        if os.waitstatus_to_exitcode(status):
            raise RuntimeError(f"exit status {os.waitstatus_to_exitcode(status)}")


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, TERM="xterm-256color")
        env.pop("ROADMAP_PROGRESS", None)
        for name in ("CONFIG", "STATE", "CACHE"):
            env[f"ROADMAP_{name}_DIR"] = str(Path(folder) / name.lower())
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        program = str(Path(sys.executable).with_name("roadmap"))
        subprocess.run([program, "init", "--role", "agentic-ai-engineer"], cwd=folder, env=env, check=True)
        programs = {
            "bare": ([sys.executable, str(bare)], b"Hello there"),
            "roadmap": ([program], b"A model behind a function call"),
        }
        ready: dict[str, list[float]] = {name: [] for name in programs}
        keys: dict[str, list[float]] = {name: [] for name in (*programs, "milestone")}
        for number in range(ROUNDS + 1):
            for name, (command, wanted) in programs.items():
                run = Run(command, folder, env)
                took = run.until(wanted)
                run.settle(0.4)
                answers = run.keys()
                inside: list[float] = []
                if name == "roadmap":
                    run.key(b"\r")
                    run.settle(0.4)
                    inside = run.keys()
                run.quit()
                if number:  # the first round warms the caches
                    ready[name].append(took)
                    keys[name] += answers
                    keys["milestone"] += inside
        for name in keys:
            first = f"{statistics.median(ready[name]) * 1000:6.0f} ms" if name in ready else " " * 9
            middle, tail = (percentile(keys[name], share) * 1000 for share in (0.5, 0.99))
            print(f"{name:9} first content {first}   key p50 {middle:5.1f} ms   p99 {tail:5.1f} ms")
        start = statistics.median(a / b for a, b in zip(ready["roadmap"], ready["bare"], strict=True))
        on_map, inside = (
            percentile(keys[name], 0.99) / percentile(keys["bare"], 0.99) for name in ("roadmap", "milestone")
        )
        print(
            f"ratios: first content {start:.2f} (target 1.4)   key p99 on the map {on_map:.2f}, "
            f"in a milestone {inside:.2f} (target 2)"
        )


if __name__ == "__main__":
    main()
