"""What is wrong with the progress file and what is around it, and what mends it. Nothing is changed here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.records import Records
from roadmap.loading.clean import clean, quote
from roadmap.loading.sources import OVERLAY
from roadmap.model.address import near
from roadmap.model.errors import ConflictedProgress, NewerProgress, ProgressError, UnreadableProgress
from roadmap.storage.atomic import STALE_AFTER
from roadmap.storage.beside import kept_files
from roadmap.storage.git import Git
from roadmap.storage.places import FILE, looks_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from roadmap.loading.diagnostics import Fault
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Progress
    from roadmap.storage.backups import Backup
    from roadmap.storage.places import Place
    from roadmap.storage.store import Store

LEAST_ROOM = 1_000_000
"""Bytes free on a disk below which the next save may fail."""

MOST_LISTED = 50
"""The most findings of one kind that are told one by one."""


ALIKE = 0.85
"""How alike two addresses are, from 0 to 1, for one to be taken for a slip of the other."""


class Finding(NamedTuple):
    """One thing worth telling. ``wrong`` when there is something to mend, else it is good to know.

    ``about`` is one word for scripts: file, folder, parse, notice, role, record, former, track, config, state,
    cache, leftover or git. ``help`` says what to do, ``command`` is the command that does it, both "" when
    there is nothing to do. ``line`` and ``column`` count from 1.
    """

    about: str
    wrong: bool
    message: str
    help: str = ""
    command: str = ""
    line: int | None = None
    column: int | None = None


class Report(NamedTuple):
    """Which file was looked at and why that one, what was found, and the copies there are, newest first."""

    place: Place
    exists: bool
    findings: tuple[Finding, ...]
    backups: tuple[Backup, ...]

    @property
    def healthy(self) -> bool:
        """True when there is nothing to mend."""
        return not any(finding.wrong for finding in self.findings)


def examine(
    place: Place,
    store: Store,
    catalog: Catalog,
    faults: Iterable[Fault],
    config_notices: Iterable[str],
    folders: Mapping[str, Path],
    cwd: Path,
    now: float,
) -> Report:
    """Look at everything, from the folder ``cwd``.

    ``folders`` has the program's own, by ``state`` and ``cache``; ``now`` is in Unix time.
    """
    found = [*_on_disk(place.path), *_leftovers(store, now), *_passed_over(place, cwd)]
    backups: list[Backup] = []
    progress: Progress | None = None
    exists = os.path.lexists(place.path)
    try:
        backups = store.backups.listed()
        snapshot = store.load()
        exists, progress = snapshot.exists, snapshot.progress
    except ProgressError as error:
        found.append(_unreadable(error, backups))
    if progress is not None:
        if exists:
            found += [*_notices(progress), *_role(catalog, progress), *_records(catalog, progress)]
        elif not found:
            new = "`roadmap roles` lists the roles, `roadmap init` makes the file in this folder."
            found.append(Finding("file", False, "There is no progress file yet.", new, "roadmap init"))
    for what, folder in folders.items():
        found += _own_folder(what, folder)
    found += [*_tracks(faults), *(_config(notice) for notice in config_notices)]
    if exists:
        found += _git(place.path, conflict=any(one.command == "roadmap resolve" for one in found))
    found.sort(key=lambda finding: not finding.wrong)
    return Report(place, exists, tuple(found), tuple(backups))


def _on_disk(path: Path) -> list[Finding]:
    """Look at what the path is: a link, a file with several names, something that may not be written."""
    found = []
    name = quote(str(path), 200)
    target = path
    if path.is_symlink():
        try:
            target = path.resolve()
        except (OSError, RuntimeError):  # a circle, which reading it tells of
            return []
        to = quote(str(target), 200)
        if os.path.lexists(target):
            found.append(Finding("file", False, f"{name} is a link to {to}; saves go there."))
        else:
            gone = f"{name} is a link to {to}, which is not there."
            found.append(Finding("file", True, gone, "Put the file back there, or remove the link.",
                                 f"rm {shlex.quote(str(path))}"))  # fmt: skip
    try:
        status = target.lstat()
    except OSError:
        status = None
    if status is not None and stat.S_ISREG(status.st_mode):
        if status.st_nlink > 1:
            more = (
                f"{name} has {status.st_nlink} names (hard links), so it is saved in place, not in one step."
            )
            found.append(Finding("file", False, more, "A copy is made before each save; it is listed below."))
        if not os.access(target, os.W_OK):
            found.append(Finding("file", True, f"{name} is read-only.", "Allow writing to it.",
                                 f"chmod u+w {shlex.quote(str(target))}"))  # fmt: skip
    found += _folder("folder", target.parent, f"The folder {quote(str(target.parent), 200)}")
    return found


def _passed_over(place: Place, cwd: Path) -> list[Finding]:
    """Tell of files of our name that the search for the progress file left aside."""
    found = []
    for path in (folder / FILE for folder in (cwd, *cwd.parents)):
        if path == place.path:
            break
        if path.is_file() and not looks_ours(path):
            what = f"{quote(str(path), 200)} was passed over, for `schema` is not among its first keys."
            help = "If it holds your progress, write `schema = 1` into its first line, or name it with --progress."
            found.append(Finding("file", not place.path.exists(), what, help))
    return found


def _folder(about: str, folder: Path, name: str) -> list[Finding]:
    """Tell of a folder in which nothing can be made, or on a disk without room."""
    there = folder
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent  # what is missing is made at the first save
    if not there.is_dir():
        what = f"{name} cannot be used: {quote(str(there), 200)} is not a folder."
        return [Finding(about, True, what, "Move that away.", f"mv {_shell(there)} {_shell(there)}.old")]
    if not os.access(there, os.W_OK | os.X_OK):
        allow = f"chmod u+wx {_shell(there)}"
        return [Finding(about, True, f"{name} is read-only.", "Allow writing to it.", allow)]
    try:
        free = shutil.disk_usage(there).free
    except OSError:
        return []
    if free < LEAST_ROOM:
        full = f"{name} is on a disk that is full ({free:,} bytes are free)."
        return [Finding(about, True, full, "Make room before the next save.", f"df -h {_shell(there)}")]
    return []


def _own_folder(what: str, folder: Path) -> list[Finding]:
    why = {
        "state": "without it nothing can be saved, for it holds the lock, the undo journal and the backups",
        "cache": "without it every command reads all tracks anew",
    }[what]
    return _folder(what, folder, f"The {what} folder {quote(str(folder), 200)} ({why})")


def _leftovers(store: Store, now: float) -> list[Finding]:
    """Tell of files that a crash left beside the progress file, and of an undo journal that was set aside."""
    found = []
    ours = re.compile(re.escape(f".{store.path.name}.") + r"[0-9a-f]{16}\.tmp\Z")
    try:
        names = sorted(name for name in os.listdir(store.path.resolve().parent) if ours.match(name))  # noqa: PTH208
    except (OSError, RuntimeError):
        names = []
    for name in names[:MOST_LISTED]:
        path = store.path.resolve().parent / name
        try:
            age = now - path.lstat().st_mtime
        except OSError:
            continue
        when = "the next save removes it" if age > STALE_AFTER else "a save an hour from now removes it"
        left = f"{quote(str(path), 200)} is left over from a save that was cut short; {when}."
        found.append(Finding("leftover", False, left, "Nothing needs to be done."))
    try:
        for path in kept_files(store.path)[:MOST_LISTED]:
            what = f"{quote(str(path), 200)} holds changes made while the progress file could not be read."
            help = "Take over what is missing in an editor, and remove it."
            found.append(Finding("leftover", True, what, help, f"diff {_shell(store.path)} {_shell(path)}"))
        broken = store.journal_file.with_suffix(".broken")
        if broken.exists():
            what = f"The undo journal was damaged and set aside as {quote(str(broken), 200)}."
            found.append(Finding("leftover", False, what, "Remove it when you do not need it.",
                                 f"rm {_shell(broken)}"))  # fmt: skip
    except (OSError, ProgressError):
        pass
    return found


def _unreadable(error: ProgressError, backups: Sequence[Backup]) -> Finding:
    """Say why the file cannot be read, and which command mends that."""
    command = ""
    if isinstance(error, ConflictedProgress):
        command = "roadmap resolve"
    elif isinstance(error, NewerProgress):
        command = "pip install --upgrade role-roadmap"
    elif backups and (error.line is not None or not isinstance(error, UnreadableProgress)):
        command = f"roadmap doctor --restore {backups[0].name}"
    return Finding("parse", True, error.message, error.help, command, error.line, error.column)


def _notices(progress: Progress) -> list[Finding]:
    """Tell of values that were not understood. A key of the person's own is theirs, and nothing is wrong."""
    return [
        Finding("notice", not notice.endswith("is not known here"), notice,
                "It stays as it is." if notice.endswith("is not known here") else "Mend it in an editor.")
        for notice in progress.notices
    ]  # fmt: skip


def _role(catalog: Catalog, progress: Progress) -> list[Finding]:
    if progress.role is None or progress.role in catalog.tracks:
        return []
    close = next(iter(near(progress.role.lower(), catalog.tracks, 1)), None)
    help = "`roadmap roles` lists the roles that there are."
    command = f"roadmap role {close} --follow" if close else "roadmap roles"
    return [Finding("role", True, f"The role {quote(progress.role)} is in no track.", help, command)]


def _records(catalog: Catalog, progress: Progress) -> list[Finding]:
    """Tell of records that no track knows, and of those under a former address. Both stay as they are."""
    from difflib import get_close_matches

    records = Records(catalog, progress)
    found = []
    for address in records.orphans[:MOST_LISTED]:
        track = address.partition("/")[0]
        close = next(iter(get_close_matches(address, catalog.things, 1, ALIKE)), None)
        if track not in catalog.tracks:
            why = f"{address}: there is no track {quote(track)}; the record is kept."
            help = "If the track is one of your own, put its file where it was, or name its folder with --tracks."
        else:
            why = f"{address}: the tracks have nothing of that name (any more); the record is kept."
            help = (
                f"If you meant {close}, rename the table in an editor."
                if close
                else "Nothing needs to be done."
            )
        found.append(Finding("record", False, why, help))
    if len(records.orphans) > MOST_LISTED:
        more = f"{len(records.orphans) - MOST_LISTED} more records belong to nothing in the tracks."
        found.append(Finding("record", False, more, "`roadmap status --json` lists the file's records."))
    moved = [(old, catalog.present(old)) for old in progress.entries]
    former = [(old, new) for old, new in moved if old != new and new in catalog.things]
    for old, new in former[:MOST_LISTED]:
        twice = " Both records are read as one, and a mark goes to both." if new in progress.entries else ""
        what = f"{old} is now called {new}; your record counts there and stays under its old name.{twice}"
        found.append(Finding("former", False, what, "Nothing needs to be done."))
    return found


def _tracks(faults: Iterable[Fault]) -> list[Finding]:
    """Tell of tracks that cannot be used, one by one, and count what is only untidy."""
    found: list[Finding] = []
    untidy: dict[str, int] = {}
    for fault in faults:
        if fault.severity == "error":
            place = (fault.line or None, fault.column or None)
            message = f"{clean(fault.file)}: {fault.message}"
            command = f"roadmap track lint {_shell(fault.file)}"
            found.append(Finding("track", True, message, fault.help, command, *place))
        else:
            untidy[fault.file] = untidy.get(fault.file, 0) + 1
    for file, number in untidy.items():
        overlay = file.endswith(OVERLAY)
        what = f"{number} {'warning' if number == 1 else 'warnings'} about {'an overlay' if overlay else 'a track'}."
        rest = "The rest of it applies." if overlay else "The track works; its author can see them."
        found.append(Finding("track", False, what, rest, f"roadmap track lint {_shell(file)}"))
    return found[:MOST_LISTED]


def _config(notice: str) -> Finding:
    return Finding("config", True, clean(notice), "Mend it in an editor; until then the default is used.")


def _git(path: Path, *, conflict: bool) -> list[Finding]:
    """Ask git, where the file is in a repository. ``conflict`` tells that the file itself said so already."""
    from roadmap.storage import driver

    try:
        git = Git.find(path)
        if git is None:
            keep = "Nothing needs to be done; in a repository its history would be kept too."
            return [Finding("git", False, "The progress file is in no git repository.", keep)]
        found = []
        if git.stages() is not None:
            if not conflict:
                open_ = "Git has not been told that the conflict in the progress file is settled."
                found.append(Finding("git", True, open_, "`roadmap resolve` settles and stages it.",
                                     "roadmap resolve"))  # fmt: skip
        elif not git.tracked():
            new = "Git does not know the progress file yet."
            found.append(Finding("git", False, new, "Commit it, so that it is kept.", "roadmap git commit"))
        state = driver.state(git)
        if state == driver.ATTRIBUTE_ONLY:
            half = "The merge driver is named in the attributes and missing from this clone's configuration."
            found.append(Finding("git", True, half, "Git merges line by line until it is set up here.",
                                 "roadmap git setup"))  # fmt: skip
        elif state == driver.DRIVER_ONLY:
            half = "The merge driver is in this clone's configuration, and no attribute asks for it."
            found.append(Finding("git", True, half, "Set it up whole, or take it out with --remove.",
                                 "roadmap git setup"))  # fmt: skip
    except ProgressError as error:
        return [Finding("git", False, error.message, error.help)]
    return found


def _shell(path: Path | str) -> str:
    """Return a path for a command to copy: quoted, and clean enough to be shown."""
    return clean(shlex.quote(str(path))).replace("\n", "\ufffd")
