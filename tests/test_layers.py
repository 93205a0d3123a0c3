"""Who may import whom, what the quick commands load, and that files stay readable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.storage.places import cache_dir

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("textual", "rich", "pydantic", "tomlrt", "asyncio")
SAY_WHAT_IS_LOADED = """
import atexit, sys
atexit.register(lambda: print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
sys.argv[0] = "roadmap"
from roadmap.__main__ import main
main()
"""


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """Run a command in a process of its own and return the modules it has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", SAY_WHAT_IS_LOADED, *arguments], cwd=folder, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_the_layers_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("status", "--short"),
        ("status", "--json"),
        ("next",),
        ("path",),
        ("roles",),
        ("show", "retrieval"),
    ],
    ids=" ".join,
)
def test_reading_commands_load_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "progress.toml").write_text('schema = 1\nrole = "agentic-ai-engineer"\n')
    load_tracks([bundled()], cache_dir())  # judged, and kept for the command
    loaded = loaded_by(tmp_path, *arguments)
    assert {"roadmap", "click", "tomli"} <= loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_measure_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_CACHE_DIR", str(tmp_path / "cache"))
    assert "pydantic" in loaded_by(tmp_path, "roles")  # nothing is in the cache yet


@pytest.mark.parametrize("room", ["roadmap", "tui"])
def test_files_stay_short(room: str) -> None:
    files = [path for path in sorted((ROOT / room).rglob("*.py")) if "__pycache__" not in path.parts]
    assert files
    long = {os.fspath(path.relative_to(ROOT)): count for path in files if (count := _lines(path)) > 450}
    assert long == {}


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")
