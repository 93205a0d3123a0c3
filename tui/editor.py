"""Editing a text in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def editor_command(env: Mapping[str, str] | None = None) -> list[str] | None:
    """Return the command of the person's editor: ``$VISUAL``, ``$EDITOR``, nano or vi; None when there is none."""
    env = os.environ if env is None else env
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(env.get(name, ""))
        except ValueError:
            continue
        if command and shutil.which(command[0]):
            return command
    return next(([name] for name in ("nano", "vi") if shutil.which(name)), None)


def edit_text(text: str, command: list[str]) -> str | None:
    """Let the person edit a text and return it; None when the editor reports an error. Raises OSError.

    The text lives in a private temporary file for as long as the editor is open.
    """
    with tempfile.TemporaryDirectory(prefix="roadmap-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text + "\n" if text else "", encoding="utf-8")
        # ctrl+c in the editor is the editor's business; a handler, unlike ignoring, is not inherited by it
        before = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            code = subprocess.run([*command, str(file)], check=False).returncode
        finally:
            signal.signal(signal.SIGINT, before)
        if code != 0:
            return None
        return file.read_text(encoding="utf-8", errors="replace").strip()
