"""The versions of the progress file in git, oldest first."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.timeline import Version
from roadmap.loading.clean import clean
from roadmap.loading.progress_text import parse_progress
from roadmap.model.errors import ProgressError
from roadmap.storage.git import Git, GitFailed

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap.model.progress import Progress

FULL, SHALLOW, UNTRACKED, NO_REPOSITORY, NO_GIT = "full", "shallow", "untracked", "no repository", "no git"
"""How much of a history there is."""

NOTES = {
    SHALLOW: "The history was cut off when this repository was cloned; `git fetch --unshallow` gets the rest.",
    UNTRACKED: "The file is not in git yet; what follows are the dates in it. `roadmap git commit` adds it.",
    NO_REPOSITORY: "The file is in no git repository; what follows are the dates in it.",
    NO_GIT: "The command `git` was not found; what follows are the dates in the file.",
}
"""What to tell a person when there is less than the whole history."""


class History(NamedTuple):
    """The versions, oldest first, the last one not committed if it differs; and how much of them there is.

    ``unreadable`` counts the commits in which the file could not be read.
    """

    versions: tuple[Version, ...]
    extent: str
    unreadable: int = 0


def read_history(path: Path, now: Progress, today: date) -> History:
    """Return the versions of a file whose present content is ``now``. Raises GitFailed when git fails.

    Without a history the file as it is now is the one version there is, without a day of its own.
    """
    alone = (Version(None, None, "", None, now),)
    try:
        git = Git.find(path)
    except GitFailed as error:
        if "not found" in error.message:
            return History(alone, NO_GIT)
        raise
    if git is None:
        return History(alone, NO_REPOSITORY)
    commits = git.log()
    if not commits:
        return History(alone, UNTRACKED)
    places: dict[tuple[str, bool], str] = {}
    for commit in commits:
        if commit.path is not None:
            places[commit.id, True] = f"{commit.id}:{commit.path}"
        if commit.before is not None and commit.parent is not None:
            places[commit.id, False] = f"{commit.parent}:{commit.before}"
    contents = git.texts(list(places.values()))
    read: dict[bytes, Progress | None] = {}

    def progress(id: str, after: bool) -> Progress | None:
        data = contents.get(places.get((id, after), ""))
        if data is None:
            return None
        if data not in read:
            read[data] = _parsed(data)
        return read[data]

    versions = [
        Version(one.id, _day(one.at), clean(one.subject), progress(one.id, False), progress(one.id, True))
        for one in commits
    ]
    versions.reverse()
    versions.sort(key=lambda version: version.day or date.min)  # within a day as git has them
    unreadable = sum(version.after is None and (version.id or "", True) in places for version in versions)
    if git.dirty():
        committed = git.committed()
        before = _parsed(committed.encode()) if committed is not None else None
        versions.append(Version(None, today, "", before, now))
    return History(tuple(versions), SHALLOW if git.shallow() else FULL, unreadable)


def _parsed(data: bytes) -> Progress | None:
    try:
        return parse_progress(data.decode("utf-8"))
    except (UnicodeDecodeError, ProgressError):
        return None


def _day(at: str) -> date | None:
    try:
        return datetime.fromisoformat(at).date()
    except ValueError:
        return None
