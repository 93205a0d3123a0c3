"""Settling a conflict in the progress file: find the versions, merge them, write the result, stage it.

The versions come from git's index while it has them, else from the conflict markers in the file, else from
tables that a merge left there twice. Nothing needs to be installed for this, and without git the last two
still work. What is replaced is kept in the backups first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.merge import CHANGED, Decision
from roadmap.loading.clean import quote
from roadmap.loading.progress_text import read_toml
from roadmap.model.errors import BrokenProgress, ConflictedProgress, ProgressError
from roadmap.storage.atomic import Fingerprint, read_text
from roadmap.storage.beside import kept_files
from roadmap.storage.combine import Combined, combine
from roadmap.storage.git import BASE, OURS, THEIRS, Git, GitFailed, merge_lines
from roadmap.storage.sides import split_copies, split_markers

if TYPE_CHECKING:
    from roadmap.storage.store import Store

MAX_DEPTH = 4
"""How deep conflicts within the sides of a conflict are settled: somebody committed one, and merged on."""


CONTINUE = {
    "merge": "`git commit` finishes the merge.",
    "rebase": "`git rebase --continue` goes on.",
    "cherry-pick": "`git cherry-pick --continue` goes on.",
    "revert": "`git revert --continue` goes on.",
}
"""What the person does next in git, by what it has under way."""

SOURCES = {
    "index": "the versions git holds in its index",
    "markers": "the conflict markers in the file",
    "copies": "what a merge left in the file twice",
}
"""Where the versions came from, in words."""


class Resolution(NamedTuple):
    """What came of settling a conflict.

    ``source`` is where the versions were: index, markers or copies. ``operation`` is what git has under way:
    merge, rebase, cherry-pick, revert or None. ``notes`` are sentences for the person.
    """

    text: str
    decisions: tuple[Decision, ...]
    source: str
    operation: str | None = None
    written: bool = False
    staged: bool = False
    notes: tuple[str, ...] = ()


def resolve(store: Store, *, dry_run: bool = False) -> Resolution | None:
    """Settle the conflict in a store's file, or return None when there is none.

    With ``dry_run`` nothing is written. Raises a ProgressError, with the file as it was, when a version
    cannot be read, a newer program wrote one, or the result cannot be saved.
    """
    git, notes = _git(store)
    stages = git.stages() if git else None
    raw: str | None = None
    seen: Fingerprint | None = None
    try:
        raw, seen = read_text(store.path)
    except FileNotFoundError:
        if not stages:
            return None
    if stages:
        source = "index"
        combined, told = _from_index(stages, raw)
        notes += told
    else:
        found = mended(raw or "")
        if found is None:
            return None
        source, combined = found
    operation = git.operation() if git else None
    notes += [
        f"{quote(path.name, 120)[1:-1]} holds changes that could not be saved while the file was in conflict: "
        "compare the two, then remove it."
        for path in kept_files(store.path)
    ]
    result = Resolution(combined.text, combined.decisions, source, operation, notes=tuple(notes))
    read_toml(result.text)
    if dry_run:
        return result
    if result.text != raw:
        notes += store.mend(result.text, seen)
    staged = False
    if git and (stages or git.tracked()):
        try:
            git.stage()
            staged = True
        except GitFailed as error:
            notes.append(f"The file is settled, but not staged: {error.message} Run `git add` on it.")
    return result._replace(written=True, staged=staged, notes=tuple(notes))


def mended(text: str, depth: int = MAX_DEPTH) -> tuple[str, Combined] | None:
    """Settle what is in conflict within one text; say whether it was markers or copies.

    Returns None for a text that has neither. Raises what ``read_toml`` does for one that is broken otherwise.
    """
    if depth and (sides := split_markers(text)):
        one = _readable(sides.ours, "ours", depth - 1)
        other = _readable(sides.theirs, "theirs", depth - 1)
        combined = combine(sides.base, one.text, other.text)
        decisions = (*one.decisions, *other.decisions, *combined.decisions)
        return "markers", combined._replace(decisions=decisions)
    try:
        read_toml(text)
        return None
    except (BrokenProgress, ConflictedProgress):
        copies = split_copies(text)
        if not copies:
            raise
    combined = Combined(copies[0], ())
    for copy in copies[1:]:
        more = combine(None, combined.text, copy)
        combined = more._replace(decisions=(*combined.decisions, *more.decisions))
    return "copies", combined


def _git(store: Store) -> tuple[Git | None, list[str]]:
    """Return the repository, and a note when git could not be asked."""
    try:
        return Git.find(store.path), []
    except GitFailed as error:
        return None, [f"Git was not asked: {error.message}"]


def _from_index(stages: dict[int, str], raw: str | None) -> tuple[Combined, list[str]]:
    """Merge the versions in git's index, and take in what was done to the file since."""
    ours, theirs = stages.get(OURS), stages.get(THEIRS)
    if ours is None or theirs is None:
        kept = ours if theirs is None else theirs
        if kept is None:
            raise GitFailed("Both sides removed the progress file.", "Settle it with `git rm`.")
        one, other = (None if side is None else "changed" for side in (ours, theirs))
        return Combined(kept, (Decision("", "file", one, other, "changed", CHANGED),)), []
    mine, yours = _readable(ours, "ours"), _readable(theirs, "theirs")
    merged = combine(stages.get(BASE), mine.text, yours.text)
    merged = merged._replace(decisions=(*mine.decisions, *yours.decisions, *merged.decisions))
    hand, note = _by_hand(stages, raw, merged)
    if hand is None:
        return merged, [note] if note else []
    # Since the conflict began, the file went from ours to what it is now, and the merge from ours to this.
    final = combine(mine.text, hand, merged.text)
    return Combined(final.text, (*merged.decisions, *final.decisions)), [note]


def _by_hand(stages: dict[int, str], raw: str | None, merged: Combined) -> tuple[str | None, str]:
    """Return what a person (or a window of roadmap) made of the file since git stopped, if it is anything new.

    The second is a sentence about it.
    """
    if raw is None or _plain(raw) in [_plain(text) for text in (*stages.values(), merged.text)]:
        return None, ""
    known = {line.strip() for text in stages.values() for line in text.split("\n")}
    sides = split_markers(raw)
    if sides:
        fresh = {line.strip() for part in (sides.ours, sides.theirs) for line in part.split("\n")}
        if fresh <= known:
            return None, _taken_out(stages, raw)
    taken = "What was changed in the file since the conflict began was taken in as well."
    try:
        if sides is None:
            read_toml(raw)
            lines, clean = merge_lines(stages.get(BASE, ""), stages[OURS], stages[THEIRS])
            return (None, "") if clean and _plain(lines) == _plain(raw) else (raw, taken)
        found = mended(raw)
        return (found[1].text, taken) if found else (None, "")
    except ProgressError:
        return None, (
            "What was changed in the file since the conflict began cannot be read; git's own versions were "
            "merged, and the file as it was is in the backups."
        )


def _taken_out(stages: dict[int, str], raw: str) -> str:
    """Return a sentence when lines that git had left in the file are gone from it: they come back."""
    lines, _ = merge_lines(stages.get(BASE, ""), stages[OURS], stages[THEIRS])
    left = {
        line.strip() for line in lines.split("\n") if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    }
    if left <= {line.strip() for line in raw.split("\n")}:
        return ""
    return (
        "Lines that were taken out of the file since the conflict began are back, since both sides were merged "
        "from git's versions; the file as it was is in the backups."
    )


def _readable(text: str, side: str, depth: int = MAX_DEPTH) -> Combined:
    """Return a version that may itself have been committed in conflict, mended; say which one is broken."""
    try:
        found = mended(text, depth)
    except (BrokenProgress, ConflictedProgress) as error:
        raise type(error)(
            f"The version of {quote(side)} cannot be read: {error.message}",
            "Mend it in an editor, or choose the other with `git checkout --ours` or `--theirs`.",
            error.line,
            error.column,
        ) from None
    return found[1] if found else Combined(text, ())


def _plain(text: str) -> str:
    """Return a text without what git may change on the way to the disk."""
    return text.replace("\r\n", "\n").rstrip("\n")
