"""How long `roadmap status` takes, as a ratio to a bare click program measured in the same run.

Run by hand: ``uv run python tests/bench/commands.py``. Prints medians of whole processes, in turn (A B A B ...).
Target: at most 1.6.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 25

BARE = """
import click
@click.command()
@click.option("--name")
def main(name):
    click.echo("hello")
main()
"""


def seconds(command: list[str], folder: str, env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ)
        env.pop("ROADMAP_PROGRESS", None)
        for name in ("CONFIG", "STATE", "CACHE"):
            env[f"ROADMAP_{name}_DIR"] = str(Path(folder) / name.lower())
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        program = str(Path(sys.executable).with_name("roadmap"))
        subprocess.run([program, "init", "--role", "agentic-ai-engineer"], cwd=folder, env=env, check=True)
        subprocess.run([program, "done", "estimate-a-call"], cwd=folder, env=env, check=True)
        floor = [sys.executable, str(bare)]
        for label, command in {
            "status": [program, "status"],
            "next": [program, "next"],
            "path": [program, "path"],
        }.items():
            ours, theirs = [], []
            for _ in range(RUNS):
                ours.append(seconds(command, folder, env))
                theirs.append(seconds(floor, folder, env))
            ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
            mine, bare_ms = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
            print(f"{label:8} {mine:6.0f} ms   bare click {bare_ms:6.0f} ms   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
