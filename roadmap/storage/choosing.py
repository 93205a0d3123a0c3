"""The quiz and the posting reader of a workspace, read from the folders its tracks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.analysis.posting.reading import scorer_of
from roadmap.loading.beside import read_other_work, read_quiz
from roadmap.loading.sources import bundled
from roadmap.storage.places import config_dir

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap.analysis.posting.scoring import Scorer
    from roadmap.model.choosing import Quiz
    from roadmap.storage.workspace import Workspace


def folders_of(workspace: Workspace) -> list[Path]:
    """Return the folders that tracks are looked for in, the first to win first."""
    folders = [workspace.place.tracks, config_dir() / "tracks", bundled()]
    return [workspace.tracks_option, *folders] if workspace.tracks_option is not None else folders


def quiz_of(workspace: Workspace) -> Quiz:
    """Return the quiz. Raises BesideError when its file cannot be used."""
    return read_quiz(folders_of(workspace))


def scorer_for(workspace: Workspace) -> Scorer:
    """Return what reads postings, with the signals of all tracks. Raises BesideError."""
    return scorer_of(workspace.catalog, read_other_work(folders_of(workspace)))
