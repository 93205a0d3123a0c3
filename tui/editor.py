"""Editing a text in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAVING = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
"""The signals that end the program."""


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


class Edited(NamedTuple):
    """What came of editing: the text, None when the editor reports an error; the signal that ended it, or 0.

    A signal means that the terminal was closed or the program told to leave; the text is then what was last
    written to the file, None when that is not readable.
    """

    text: str | None
    signal: int = 0


def edit_text(text: str, command: list[str]) -> Edited:
    """Let the person edit a text. Raises OSError when the editor does not start.

    The text lives in a private temporary file for as long as the editor is open.
    """
    with tempfile.TemporaryDirectory(prefix="roadmap-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(text + "\n" if text else "", encoding="utf-8")
        received: list[int] = []
        editor: subprocess.Popen[bytes] | None = None

        def leave(number: int, _frame: object) -> None:
            received.append(number)
            if editor is not None:
                editor.send_signal(number)

        # ctrl+c in the editor is the editor's business; a handler, unlike ignoring, is not inherited by it
        before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}
        before |= {number: signal.signal(number, leave) for number in LEAVING}
        try:
            editor = subprocess.Popen([*command, str(file)])
            code = editor.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if code != 0 and not received:
            return Edited(None)
        try:
            return Edited(file.read_text(encoding="utf-8", errors="replace").strip(), *received[:1])
        except OSError:
            if received:
                return Edited(None, received[0])
            raise
