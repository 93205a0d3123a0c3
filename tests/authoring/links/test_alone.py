"""The program is offline: nothing but the link checker can open a connection, and nobody loads it by the way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from roadmap.authoring import links

ROOT = Path(links.__file__).resolve().parents[3]
ONLINE = {
    "socket",
    "ssl",
    "ftplib",
    "smtplib",
    "http.client",
    "http.server",
    "urllib.request",
    "xmlrpc",
    "telnetlib",
}


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module or ""}
    return found


def test_only_the_link_checker_can_open_a_connection() -> None:
    files = [file for room in ("roadmap", "tui") for file in (ROOT / room).rglob("*.py")]
    assert len(files) > 100
    online = [file.relative_to(ROOT).as_posix() for file in files if imported(file) & ONLINE]
    assert online == ["roadmap/authoring/links/asking.py"]


def test_no_other_command_loads_it(tmp_path: Path) -> None:
    code = (
        "import sys; from roadmap.cli.main import run; run(['track', 'lint', 'new.toml']); run(['roles']); "
        "print([name for name in sys.modules if name.startswith('roadmap.authoring.links')], file=sys.stderr)"
    )
    (tmp_path / "new.toml").write_text('title = "T"\n[[milestones]]\nid = "m"\ntitle = "M"\n')
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.splitlines()[-1] == "[]"
