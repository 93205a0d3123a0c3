"""The git command, for one file: what it knows of a conflict, the file's history, and a commit of it alone.

Nothing goes through a shell, every call has a time limit, and file names are never taken for options or
patterns. Git is asked in the folder of the real file, so that work trees, links and repositories inside
others need no care of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from roadmap.loading.clean import clean, quote
from roadmap.model.errors import ProgressError, UnreadableProgress
from roadmap.storage.atomic import real

TIMEOUT = 30.0
"""How many seconds git may take to answer a question."""

COMMIT_TIMEOUT = 300.0
"""How many seconds a commit may take: it may run hooks, and ask for the password of a signing key."""

HEAD = "HEAD"
BASE, OURS, THEIRS = 1, 2, 3
"""The numbers git gives to the three versions of a file in conflict."""

_OPERATIONS = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
_FORMAT = "%H%x1f%P%x1f%aI%x1f%s"


class GitFailed(ProgressError):  # noqa: N818 - the names say what is the matter
    """Git is missing, or could not do what it was asked."""


class Commit(NamedTuple):
    """One commit that touched the file.

    ``parent`` is its first parent's id, ``at`` when it was written (ISO, in the author's time zone), ``path``
    and ``before`` what the file was called in it and in its parent, None where it was not there.
    """

    id: str
    parent: str | None
    at: str
    subject: str
    path: str | None
    before: str | None


class Git:
    """The repository that one file is in. Make one with ``find``."""

    def __init__(self, file: Path, top: Path) -> None:
        self.file = file
        self.top = top

    @classmethod
    def find(cls, path: Path) -> Git | None:
        """Return the repository of a file, which need not exist, or None when its folder is in none.

        Raises GitFailed when there is no git command, or it refuses to look.
        """
        file = real(path)
        if not file.parent.is_dir():
            return None
        done = _run(["rev-parse", "--show-toplevel"], file.parent, plain=True)
        if done.returncode == 0:
            return cls(file, Path(os.fsdecode(done.stdout.removesuffix(b"\n"))))
        # 128 and this sentence: no repository, or the inside of one without files.
        if b"not a git repository" in done.stderr or b"must be run in a work tree" in done.stderr:
            return None
        raise _failed("look at the repository", done)

    def stages(self) -> dict[int, str] | None:
        """Return the versions of the file that the index holds while it is in conflict, or None.

        The keys are BASE, OURS and THEIRS; one that is missing did not have the file.
        """
        listed = self._ask("ls-files", "--unmerged", "-z", "--", self.file.name)
        found = {}
        for entry in listed.split(b"\0"):
            if entry:
                mode, _, number = entry.partition(b"\t")[0].split(b" ")
                if not mode.startswith(b"100"):
                    raise GitFailed(
                        f"{quote(self.file.name)} is a file on one side and something else on the other.",
                        "Choose one with `git checkout --ours` or `--theirs`.",
                    )
                found[int(number)] = self.text(f":{int(number)}")
        return found or None

    def text(self, revision: str) -> str:
        """Return the file's text in a revision, as it would stand on disk. Raises GitFailed if it has none."""
        return self._decoded(self._ask("cat-file", "--filters", f"{revision}:./{self.file.name}"), revision)

    def committed(self) -> str | None:
        """Return the file's text in the latest commit, or None when it has none there."""
        found = self._run("rev-parse", "--quiet", "--verify", f"{HEAD}:./{self.file.name}")
        return self.text(HEAD) if found.returncode == 0 else None

    def tracked(self) -> bool:
        """Tell whether git knows the file."""
        return bool(self._ask("ls-files", "-z", "--", self.file.name))

    def dirty(self) -> bool:
        """Tell whether the file differs from the latest commit, or is not in it."""
        return bool(self._ask("status", "--porcelain", "-z", "--ignored", "--", self.file.name))

    def operation(self) -> str | None:
        """Return what is under way: merge, rebase, cherry-pick or revert; or None."""
        names = list(_OPERATIONS)
        asked = [word for name in names for word in ("--git-path", name)]
        paths = self._ask("rev-parse", *asked).split(b"\n")
        for name, path in zip(names, paths, strict=False):
            if (self.file.parent / os.fsdecode(path)).exists():
                return _OPERATIONS[name]
        return None

    def path(self, name: str) -> Path:
        """Return where git keeps something of its own, such as ``config``, shared by all work trees."""
        return self.file.parent / os.fsdecode(self._ask("rev-parse", "--git-path", name).removesuffix(b"\n"))

    def shallow(self) -> bool:
        """Tell whether the history was cut off when it was fetched."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def stage(self) -> None:
        """Put the file as it is on disk into the index, which settles a conflict there."""
        self._do("add", "--", self.file.name)

    def commit(self, message: str) -> str:
        """Commit this file as it is on disk, and nothing else; return the short id of the commit.

        What else is staged stays staged. Raises GitFailed when git or a hook refuses; a file that was new
        is then as unknown to git as before.
        """
        new = not self.tracked()
        if new:
            self._do("add", "--intent-to-add", "--", self.file.name)
        try:
            self._do("commit", "--quiet", "--only", "-m", message, "--", self.file.name)
        except GitFailed:
            if new:
                self._run("rm", "--cached", "--quiet", "--force", "--", self.file.name)
            raise
        return self._ask("rev-parse", "--short", HEAD).decode().strip()

    def log(self) -> list[Commit]:
        """Return the commits that changed the file, newest first, through renames. Merges are left out."""
        words = ["log", "--follow", "--name-status", "-z", f"--format={_FORMAT}", "--no-merges"]
        done = self._run(*words, "--", self.file.name)
        if done.returncode:
            unborn = self._run("rev-parse", "--quiet", "--verify", HEAD).returncode
            if unborn:
                return []
            raise _failed("read the history", done)
        parts = iter(os.fsdecode(done.stdout).split("\0"))
        commits = []
        for head in parts:
            if not head:
                continue
            id, parents, at, subject = head.split("\x1f", 3)
            kind = next(parts).strip("\n")[:1]
            paths = [next(parts) for _ in range(2 if kind in "RC" else 1)]
            path = None if kind == "D" else paths[-1]
            before = None if kind == "A" else paths[0]
            commits.append(Commit(id, parents.split(" ")[0] or None, at, subject, path, before))
        return commits

    def texts(self, places: list[str]) -> dict[str, bytes]:
        """Return the content of many ``revision:path`` at once; what does not exist is left out."""
        found: dict[str, bytes] = {}
        plain = [place for place in dict.fromkeys(places) if "\n" not in place]
        if not plain:
            return found
        asked = "".join(f"{place}\n" for place in plain).encode("utf-8", "surrogateescape")
        output = self._ask("cat-file", "--batch=%(objecttype) %(objectsize)", given=asked)
        at = 0
        for place in plain:
            end = output.find(b"\n", at)
            kind, _, size = output[at:end].rpartition(b" ")
            at = end + 1
            if kind == b"blob":
                found[place] = output[at : at + int(size)]
                at += int(size) + 1
            elif kind in (b"tree", b"commit", b"tag"):
                at += int(size) + 1
        return found

    def setting(self, name: str) -> str | None:
        """Return one value of the repository's own configuration, or None."""
        done = self._run("config", "--local", "--get", name)
        return os.fsdecode(done.stdout.removesuffix(b"\n")) if done.returncode == 0 else None

    def set(self, name: str, value: str) -> None:
        """Set one value of the repository's own configuration."""
        self._do("config", "--local", name, value)

    def forget(self, section: str) -> None:
        """Remove a section of the repository's own configuration, if it is there."""
        self._run("config", "--local", "--remove-section", section)

    def attribute(self, name: str) -> str:
        """Return an attribute of the file, ``unspecified`` when nothing sets it."""
        return os.fsdecode(self._ask("check-attr", "-z", name, "--", self.file.name).split(b"\0")[2])

    def _decoded(self, data: bytes, what: str) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise UnreadableProgress(
                f"{quote(self.file.name)} is not UTF-8 text in {what}.", "Look at it with `git show`."
            ) from None

    def _run(self, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        return _run(list(words), self.file.parent, given=given, plain=True)

    def _ask(self, *words: str, given: bytes | None = None) -> bytes:
        """Return git's answer; GitFailed when it has none."""
        done = self._run(*words, given=given)
        if done.returncode:
            raise _failed(words[0], done)
        return done.stdout

    def _do(self, *words: str) -> None:
        """Let git change something, in the person's own language and with their hooks."""
        done = _run(list(words), self.file.parent, timeout=COMMIT_TIMEOUT)
        if done.returncode:
            raise _failed(words[0], done)


def merge_lines(
    base: str, ours: str, theirs: str, *, favor: str | None = None, size: int = 7
) -> tuple[str, bool]:
    """Merge three texts line by line as git does; return the result and whether it is free of conflicts.

    ``favor`` takes ``ours`` or ``theirs`` where they conflict, instead of writing markers of ``size`` signs.
    Needs git, but no repository. Raises GitFailed.
    """
    with tempfile.TemporaryDirectory(prefix="roadmap-") as folder:
        for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
            Path(folder, name).write_bytes(text.encode("utf-8", "surrogateescape"))
        words = ["merge-file", "-p", "--quiet", f"--marker-size={size}"]
        for name in ("ours", "base", "theirs"):
            words += ["-L", name]
        done = _run([*words, *([f"--{favor}"] if favor else []), "ours", "base", "theirs"], Path(folder))
    # The status is the number of conflicts, at most 127; above that it is an error.
    if not 0 <= done.returncode <= 127:
        raise _failed("merge-file", done)
    return done.stdout.decode("utf-8", "surrogateescape"), done.returncode == 0


def _run(
    words: list[str],
    folder: Path,
    *,
    given: bytes | None = None,
    timeout: float | None = None,
    plain: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. ``plain`` is for questions: no locks, and messages that a program can read."""
    program = shutil.which("git")
    if program is None:
        raise GitFailed(
            "The command `git` was not found.", "Install git, or add its folder to PATH, and run this again."
        )
    env = dict(os.environ, GIT_TERMINAL_PROMPT="0", GIT_EDITOR=":", GIT_PAGER="cat")
    if plain:
        env |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    settings = (
        "core.quotepath=off",
        "color.ui=false",
        "log.showSignature=false",
        "advice.addIgnoredFile=false",
    )
    options = [word for setting in settings for word in ("-c", setting)]
    command = [program, "--no-pager", "--literal-pathspecs", *options, *words]
    limit = TIMEOUT if timeout is None else timeout
    give: dict[str, object] = {"stdin": subprocess.DEVNULL} if given is None else {"input": given}
    try:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command, cwd=folder, env=env, capture_output=True, timeout=limit, check=False, **give
        )
    except subprocess.TimeoutExpired:
        raise GitFailed(
            f"`git {words[0]}` did not answer within {limit:g} seconds.",
            "Find out what it waits for, and run this again.",
        ) from None
    except OSError as error:
        raise GitFailed(
            f"`git {words[0]}` could not be started ({error.strerror}).", "Check git with `git --version`."
        ) from None


def _failed(what: str, done: subprocess.CompletedProcess[bytes]) -> GitFailed:
    said = [
        line.strip() for line in clean(done.stderr.decode("utf-8", "replace")).splitlines() if line.strip()
    ]
    first = next((line for line in said if line.startswith(("fatal:", "error:"))), said[0] if said else "")
    reason = first.removeprefix("fatal: ").removeprefix("error: ")[:300]
    if "dubious ownership" in reason:
        return GitFailed(
            "Git does not trust this repository, because it belongs to somebody else.",
            "`git status` says how to trust it.",
        )
    told = f" ({reason})" if reason else ""
    return GitFailed(
        f"`git {what}` failed with status {done.returncode}{told}.",
        "`git status` says how the repository stands.",
    )
