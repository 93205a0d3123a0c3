"""Reading a posting's file: what is not text, or far too much of it, is said in words."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from roadmap.loading.clean import quote

MAX_BYTES = 2_000_000
"""The largest posting that is read: a hundred times the longest real one."""


class PostingError(Exception):
    """A posting cannot be read: ``message`` says why, ``help`` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(f"{message} {help}")
        self.message = message
        self.help = help


def read_file(path: Path) -> str:
    """Return the text of a file. Raises PostingError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PostingError(f"{path} cannot be read: {error.strerror}.", "Name a text file.") from error
    return text_of(data, str(path))


_TEXT = (".txt", ".text", ".md", ".html", ".htm")


def named_file(text: str) -> Path | None:
    """Return the file that a text is the path of, as typed, or as a terminal pastes a file dropped on it.

    None when it is no path, but something to read. Raises PostingError when it looks like the path of a file
    that is not there, or is something else: a folder, a pipe or a device is never opened.
    """
    name = text.strip()
    if not name or "\n" in name or len(name) > 1000:
        return None
    if name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1]
    elif name.startswith("file://"):
        name = unquote(name.removeprefix("file://").removeprefix("localhost"))
    elif "\\" not in str(Path("a/b")):  # where a backslash is not what parts folders
        name = name.replace("\\", "")
    path = Path(name)
    try:
        path = path.expanduser()
        if path.is_file():
            return path
    except (OSError, ValueError, RuntimeError):
        return None
    if name.startswith(("/", "./", "../", "~")) or (name.endswith(_TEXT) and " " not in name):
        problem = "is not a file" if path.exists() else "is not there"
        raise PostingError(f"{quote(name)} {problem}.", "Name a text file, or paste the posting itself.")
    return None


def text_of(data: bytes, name: str) -> str:
    """Return the text of a posting's bytes. Those that are no UTF-8 are read as Windows text, which old pages are.

    ``name`` is what the messages call it. Raises PostingError.
    """
    if len(data) > MAX_BYTES:
        raise PostingError(
            f"{name} is larger than {MAX_BYTES:,} bytes.", "Copy only the posting itself into a file."
        )
    if data.startswith((b"%PDF", b"PK\x03\x04")):
        raise PostingError(
            f"{name} is a PDF or an office document, not text.",
            "Copy its text into a file, or pipe it to `roadmap decode -`.",
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise PostingError(f"{name} is not text.", "Save the posting as text in UTF-8, or paste it.")
    if not text.strip():
        raise PostingError(f"{name} is empty.", "Copy the posting into it first.")
    return text
