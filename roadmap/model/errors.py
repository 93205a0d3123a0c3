"""What can go wrong around a progress file, in words a person can act on.

Every error says what is the matter (``message``), what to do about it (``help``, one sentence) and, where it
is known, the place (``line`` and ``column``, both counted from 1). Whenever one of these is raised, the
progress file is still what it was before.
"""

from __future__ import annotations


class ProgressError(Exception):
    """The base of every error about a progress file. ``str()`` gives message and help together."""

    def __init__(self, message: str, help: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, help, line, column)
        self.message = message
        self.help = help
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.message} {self.help}"


class BrokenProgress(ProgressError):  # noqa: N818 - the names say what is the matter, not that it is an error
    """The text is not valid TOML."""


class ConflictedProgress(ProgressError):  # noqa: N818
    """Git left conflict markers in the text, or two copies of the same table."""


class NewerProgress(ProgressError):  # noqa: N818
    """A newer program wrote the file, in a format this one does not know."""


class UnreadableProgress(ProgressError):  # noqa: N818
    """The file cannot be read as a text: no permission, not a regular file, too large, not UTF-8."""


class EditRefused(ProgressError):  # noqa: N818
    """A change could not be put into the text without risking something else in it."""


class SaveFailed(ProgressError):  # noqa: N818
    """The file could not be written; it holds what it held before, unless the message says otherwise."""


class UndoRefused(ProgressError):  # noqa: N818
    """What should be taken back was changed by somebody else since."""
