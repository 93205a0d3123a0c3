"""However the program is made to leave, what was shown as marked is on disk afterwards."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from roadmap.loading.progress_text import parse_progress
from roadmap.model.progress import State

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")

SECONDS = 30


class Terminal:
    """The program under a pseudo-terminal of its own."""

    def __init__(self, folder: Path, editor: str = "false") -> None:
        import pty

        self.seen = bytearray()
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ["TERM"] = "xterm-256color"
            os.environ["VISUAL"] = editor
            for name in ("CONFIG", "STATE", "CACHE", "DATA"):
                os.environ[f"ROADMAP_{name}_DIR"] = str(folder / name.lower())
            os.execv(sys.executable, [sys.executable, "-m", "roadmap"])

    def read(self) -> bool:
        """Read what there is; return False at the end."""
        ready, _, _ = select.select([self.screen], [], [], 0.05)
        if ready:
            try:
                data = os.read(self.screen, 65536)
            except OSError:
                return False
            self.seen += data
            return bool(data)
        return True

    def wait_for(self, wanted: str) -> None:
        end = time.monotonic() + SECONDS
        while wanted.encode() not in self.seen:
            assert time.monotonic() < end, self.seen[-400:]
            assert self.read(), self.seen[-400:]

    def press(self, keys: bytes) -> None:
        self.seen.clear()
        os.write(self.screen, keys)

    def left(self) -> int:
        """Wait for the end and return the exit status."""
        end = time.monotonic() + SECONDS
        while self.read() and time.monotonic() < end:
            pass
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.screen)
        return code


@pytest.mark.parametrize(
    ("way", "code"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGHUP, 128 + signal.SIGHUP), (b"\x03", 0), (b"q", 0)],
    ids=["SIGTERM", "SIGHUP", "ctrl+c", "q"],
)
def test_a_mark_that_was_shown_is_saved(tmp_path: Path, way: signal.Signals | bytes, code: int) -> None:
    file = tmp_path / "progress.toml"
    file.write_text('schema = 1\nrole = "ai-engineer"\n')
    terminal = Terminal(tmp_path)
    terminal.wait_for("AI ENGINEER")
    terminal.press(b" ")
    terminal.wait_for("undoes")  # shown, and not on disk yet: that takes a third of a second
    if isinstance(way, bytes):
        os.write(terminal.screen, way)
    else:
        os.kill(terminal.pid, way)
    assert terminal.left() == code
    assert b"\x1b[?1049l" in terminal.seen, "the terminal is given back"
    progress = parse_progress(file.read_text())
    assert progress.entry("ai-engineer/model-api-foundations").state is State.LEARNING


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_written_in_the_editor_is_saved_when_the_terminal_closes(
    tmp_path: Path, way: signal.Signals
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho kept > "$1"\nkill -{way.name[3:]} $PPID\nsleep 60\n')
    editor.chmod(0o755)
    file = tmp_path / "progress.toml"
    file.write_text('schema = 1\nrole = "ai-engineer"\n')
    terminal = Terminal(tmp_path, str(editor))
    terminal.wait_for("AI ENGINEER")
    terminal.press(b"\r")
    terminal.wait_for("RESOURCES")
    terminal.press(b"e")
    assert terminal.left() == 128 + way
    notes = {entry.note for entry in parse_progress(file.read_text()).entries.values() if entry.note}
    assert notes == {"kept"}
