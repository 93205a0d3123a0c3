"""Start the terminal UI under a pseudo-terminal, see its first content, quit, and check how it left.

Usage: python try_ui.py WANTED COMMAND [ARGUMENT...]: waits for the text WANTED without touching a key. Needs only the
standard library, so that it can try a wheel in an empty environment.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

SECONDS = 30


def main(wanted: str, *command: str) -> int:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = bytearray()
    asked_to_quit = False
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
        elif not asked_to_quit and wanted.encode() in seen:
            os.write(terminal, b"q")
            asked_to_quit = True
    else:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    print(f"terminal UI: content seen: {asked_to_quit}, exit status {code}, {len(seen)} bytes")
    return 0 if asked_to_quit and code == 0 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
