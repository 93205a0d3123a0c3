"""In a real pseudo-terminal: what shows before any key is touched, and how the program leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TRY = Path(__file__).resolve().parent.parent / "try_ui.py"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


def attempt(wanted: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = dict(os.environ)
    env.pop("ROADMAP_PROGRESS", None)
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        env[f"ROADMAP_{name}_DIR"] = str(folder / name.lower())
    command = [sys.executable, str(TRY), wanted, sys.executable, "-m", "roadmap"]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_first_run_shows_itself(tmp_path: Path) -> None:
    result = attempt("Welcome", tmp_path)
    assert result.returncode == 0, result.stdout
    assert not (tmp_path / "progress.toml").exists()


def test_the_roles_show_themselves_when_no_role_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text("schema = 1\n")
    result = attempt("builds the model", tmp_path)
    assert result.returncode == 0, result.stdout


def test_the_map_shows_itself(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text('schema = 1\nrole = "agentic-ai-engineer"\n')
    result = attempt("AI ENGINEER", tmp_path)
    assert result.returncode == 0, result.stdout


def test_a_broken_file_shows_its_trouble_and_stays(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text("schema = 1\nrole = \n")
    result = attempt("not valid TOML", tmp_path)
    assert result.returncode == 0, result.stdout
    assert (tmp_path / "progress.toml").read_text() == "schema = 1\nrole = \n"
