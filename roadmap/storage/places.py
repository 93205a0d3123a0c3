"""Where files live, given the environment and the current folder."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.errors import UnreadableProgress

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "progress.toml"
"""The name of a progress file, unless a person chose another."""

APP = "roadmap"

_LINUX: bool = sys.platform == "linux"
_HEAD = 64_000
_SCHEMA = r"""[ \t]*(?:schema|"schema"|'schema')[ \t]*="""
_XDG = {
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "data": ("XDG_DATA_HOME", ".local/share"),
}


class Place(NamedTuple):
    """A progress file's path, which need not exist yet, and in a few words why it is that one.

    ``around`` is the folder in which none was found, when the path is the last resort.
    """

    path: Path
    how: str
    around: Path | None = None

    @property
    def tracks(self) -> Path:
        """The folder of own tracks: beside the file, or in the folder one works in as long as there is no file."""
        if self.around is not None and (self.around / "tracks").is_dir() and not self.path.exists():
            return self.around / "tracks"
        return self.path.parent / "tracks"


def find_progress(
    explicit: Path | str | None = None, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Place:
    """Say which progress file is meant.

    In this order: ``explicit`` (the option --progress), ``$ROADMAP_PROGRESS``, the nearest ``progress.toml``
    from ``cwd`` upward to the root of the file system, the user's data folder. The first two may name a
    folder and may name what does not exist; the last may not exist either. On the way up only a file that
    ``looks_ours`` counts, since other programs use the name as well. Raises what ``here`` raises.
    """
    env = os.environ if env is None else env
    cwd = here() if cwd is None else cwd
    if explicit is not None:
        return Place(_named(Path(explicit), cwd), "given with --progress")
    if named := env.get("ROADMAP_PROGRESS"):
        return Place(_named(Path(named), cwd), "named by $ROADMAP_PROGRESS")
    for folder in (cwd, *cwd.parents):
        if looks_ours(folder / FILE):
            return Place(folder / FILE, "in this folder" if folder == cwd else "in a folder above this one")
    return Place(data_dir(env) / FILE, "in your data folder", cwd)


def here() -> Path:
    """Return the current folder. Raises UnreadableProgress when it was deleted meanwhile."""
    try:
        return Path.cwd()
    except OSError:
        raise UnreadableProgress(
            "The current folder is no longer there.", "Go to a folder that is, and run this again."
        ) from None


def candidates_for_new(cwd: Path | None = None, env: Mapping[str, str] | None = None) -> list[Place]:
    """Return the places where a first progress file makes sense, best first, each with a sentence."""
    cwd = here() if cwd is None else cwd
    top = git_top(cwd)
    if top == cwd:
        places = [Place(cwd / FILE, "Here, at the top of this git repository: commit it as you learn.")]
    else:
        places = [Place(cwd / FILE, "Here, in the current folder.")]
    if top not in (None, cwd):
        places.append(Place(top / FILE, "At the top of this git repository: commit it as you learn."))
    home = Place(data_dir(env) / FILE, "In your data folder: found from everywhere on this machine.")
    return [*places, home] if home.path not in [place.path for place in places] else places


def looks_ours(path: Path) -> bool:
    """Tell whether a file that is called ``progress.toml`` is a progress file of this program.

    It is when it is empty, or when ``schema`` is a key at its top (conflict markers around it do not
    matter). One that cannot be opened counts too, and so does a link to nowhere: better an error that names
    it than progress that quietly goes to another file. Folders, pipes and devices never count.
    """
    if not path.is_file():
        return path.is_symlink() and not path.exists()
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return True
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")  # as some editors and shells write: an error will name it
    text = head.decode("utf-16" if wide else "utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        return True
    for line in text.split("\n"):
        if line.lstrip().startswith("["):
            return False
        if re.match(_SCHEMA, line):
            return True
    return False


def git_top(cwd: Path) -> Path | None:
    """Return the top folder of the git repository (or work tree) that holds a folder, or None."""
    return next((folder for folder in (cwd, *cwd.parents) if (folder / ".git").exists()), None)


def config_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder for settings and a person's own tracks; ``$ROADMAP_CONFIG_DIR`` overrides it."""
    return _user_dir("config", env)


def state_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder for locks, backups and the journal; ``$ROADMAP_STATE_DIR`` overrides it."""
    return _user_dir("state", env)


def cache_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder for what can be worked out again; ``$ROADMAP_CACHE_DIR`` overrides it."""
    return _user_dir("cache", env)


def data_dir(env: Mapping[str, str] | None = None) -> Path:
    """Return the folder for a progress file that is in no project; ``$ROADMAP_DATA_DIR`` overrides it."""
    return _user_dir("data", env)


def _user_dir(kind: str, env: Mapping[str, str] | None) -> Path:
    env = os.environ if env is None else env
    if chosen := env.get(f"ROADMAP_{kind.upper()}_DIR"):
        return Path(chosen).expanduser().absolute()
    if _LINUX:
        # What platformdirs says there, without the 30 ms that importing it costs every command.
        variable, default = _XDG[kind]
        chosen = env.get(variable, "").strip()
        home = Path(env.get("HOME") or Path.home())
        return (Path(chosen) if Path(chosen).is_absolute() else home / default) / APP
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_dir")(APP, appauthor=False))


def _named(path: Path, cwd: Path) -> Path:
    """Return the file that a person named: from the current folder, and inside it when it is a folder."""
    path = cwd / path.expanduser()
    return path / FILE if path.is_dir() else path
