"""A folder as checks see it: which files there are, how to read one, and what git knows of its past."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.proof.patterns import matches, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_TEXT = 20_000_000
"""The largest file that is read as text, in bytes."""


class Unseen(Exception):  # noqa: N818 - no error: a reason for which something is not passed
    """Something that a check needs cannot be seen; the message says what and why."""


class Commit(NamedTuple):
    """One commit: its id, when it was made in seconds since 1970, by whom, and the paths it touched."""

    id: str
    at: float
    author: str
    paths: tuple[str, ...]


class History(NamedTuple):
    """The commits that lead to what is checked out, oldest first, and the tags on them.

    ``tree`` returns the files of a commit, each with git's id of its content. ``shallow``: older commits are
    not there.
    """

    commits: tuple[Commit, ...]
    tags: Mapping[str, str]
    tree: Callable[[str], Mapping[str, str]]
    shallow: bool = False


class Folder(NamedTuple):
    """The files of a folder with their sizes in bytes, all below it and none through a link that leads out.

    ``read`` returns the content of one of them and raises Unseen when it cannot. ``no_history`` says why there
    is none.
    """

    sizes: Mapping[str, int]
    read: Callable[[str], bytes]
    history: History | None = None
    no_history: str = "the folder has no commits in git"

    def find(self, pattern: object) -> list[str]:
        """Return the files with something in them that a path of a check means.

        A README.md that a wildcard meets is about its folder, and no part of what is in it.
        """
        if not isinstance(pattern, str) or segments(pattern) is None:
            raise Unseen("the check names no path inside the folder")
        open_end = "*" in pattern.rpartition("/")[2] or "?" in pattern.rpartition("/")[2]
        return [
            path
            for path, size in self.sizes.items()
            if size
            and matches(pattern, path)
            and not (open_end and path.rpartition("/")[2].lower() == "readme.md")
        ]

    def need(self, pattern: object) -> list[str]:
        """Return the files that a path means. Raises Unseen when there is none."""
        found = self.find(pattern)
        if not found:
            raise Unseen(f"there is no {shown(pattern)}, or nothing in it")
        return found

    def text(self, path: str) -> str:
        """Return a file as text. Raises Unseen when it is too large or is none."""
        if self.sizes[path] > MAX_TEXT:
            raise Unseen(f"{shown(path)} is larger than {MAX_TEXT // 1_000_000} MB")
        try:
            return self.read(path).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unseen(f"{shown(path)} is not UTF-8 text") from None

    @property
    def past(self) -> History:
        """The history. Raises Unseen when the folder has none."""
        if self.history is None or not self.history.commits:
            raise Unseen(self.no_history)
        return self.history


def shown(value: object) -> str:
    """Return anything for use in a reason: cleaned, shortened, between backticks."""
    from roadmap.analysis.proof.wording import code

    return code(value, 80)
