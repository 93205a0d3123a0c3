"""The command that begins a new track, and what `track import` shares with it: where tracks go, what is next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.analysis.path import path_of
from roadmap.cli.context import Context, complete_role, fail, pass_context
from roadmap.storage.places import config_dir, find_progress
from roadmap.storage.workspace import today

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog


@click.command(
    epilog="""\b
Examples:
  roadmap track new rust-for-python-developers
  roadmap track new platform-engineer --extends ai-engineer --title "Platform Engineer"
  roadmap track new our-ai-engineer --from ai-engineer    a copy to change
  roadmap track new ai-engineer --overlay                 changes to a track, without a copy"""
)
@click.argument("id", metavar="ID")
@click.option(
    "--extends", metavar="ROLE", shell_complete=complete_role, help="The track whose milestones come first."
)
@click.option(
    "--from", "source", metavar="ROLE", shell_complete=complete_role, help="Start as a copy of this track."
)
@click.option("--overlay", is_flag=True, help="Begin an overlay on the track ID: what you change of it.")
@click.option("--title", help="The title. Without it, one is made from the id.")
@click.option(
    "--in",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write into. Without it: --tracks, or else `tracks` in this folder.",
)
@pass_context
def new(
    context: Context,
    id: str,
    extends: str | None,
    source: str | None,
    overlay: bool,
    title: str | None,
    folder: Path | None,
) -> None:
    """Begin a track: a small one that works, or a copy. Or begin an overlay on a track.

    It is complete and commented, to be replaced piece by piece. ID is kebab-case and becomes the name of
    the file. Nothing is ever overwritten.
    """
    from roadmap.authoring import scaffold
    from roadmap.authoring.files import AuthoringError, create, free

    if overlay:
        if extends or source or title is not None:
            fail("--overlay goes with no other option but --in.", "An overlay changes a track that there is.")
        _overlay(context, id, folder)
        return
    catalog = context.workspace.catalog
    try:
        free(folder_for(context, folder) / f"{id}.toml")
        id = scaffold.checked_id(id, catalog.tracks)
        name = scaffold.checked_title(title) if title is not None else scaffold.title_from(id)
        for wanted in (extends, source):
            if wanted is not None and wanted not in catalog.tracks:
                raise scaffold.no_such_track(wanted, catalog.tracks)
        if source is not None:
            text = scaffold.copied(_text_of(catalog, source), source, id, name, extends)
        else:
            text = scaffold.fresh(id, name, today(), extends, _last(catalog, extends))
        path = folder_for(context, folder) / f"{id}.toml"
        create(path, text)
        click.echo(f"created {path}")
        say_schema(path.parent)
    except AuthoringError as error:
        fail(error.message, error.help)
    if source is not None and any(
        f"\n{key}" in text for key in ("[quiz", "[[signals", "signals =", "quiz =")
    ):
        click.echo(f"It has the quiz points and signals of {source}: change those, or the two roles tie.")
    say_next(context, path)


def _overlay(context: Context, id: str, folder: Path | None) -> None:
    """Begin an overlay on a track that there is."""
    from roadmap.authoring.files import AuthoringError, create
    from roadmap.authoring.overlay_starter import starter
    from roadmap.authoring.scaffold import no_such_track
    from roadmap.loading.sources import OVERLAY

    catalog = context.workspace.catalog
    path = folder_for(context, folder) / f"{id}{OVERLAY}"
    try:
        if id not in catalog.tracks:
            raise no_such_track(id, catalog.tracks)
        create(path, starter(catalog.tracks[id], catalog.added))
        click.echo(f"created {path}")
        say_schema(path.parent, overlay=True)
    except AuthoringError as error:
        fail(error.message, error.help)
    say_next(context, path, f"path {id}")


def _text_of(catalog: Catalog, id: str) -> str:
    """Read the file of a track that has just been loaded."""
    from roadmap.authoring.files import AuthoringError, shown

    file = Path(catalog.tracks[id].source)
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        raise AuthoringError(f"{shown(file)} cannot be read any more.", "Try again.") from None


def _last(catalog: Catalog, id: str | None) -> str | None:
    """Return the last milestone of a track's path that is no capstone, as a first prerequisite."""
    if id is None:
        return None
    own = catalog.added  # a track must stand without the person's overlays
    stages = [one for one in path_of(catalog, id).milestones if not one.capstone and one.address not in own]
    return stages[-1].address if stages else None


def folder_for(context: Context, given: Path | None) -> Path:
    """Return the folder that new tracks go to: the one given, else --tracks, else `tracks` here."""
    if given is not None:
        return given.expanduser()
    if context.tracks_option is not None:
        return context.tracks_option
    return Path() if Path.cwd().name == "tracks" else Path("tracks")


def say_schema(folder: Path, *, overlay: bool = False) -> None:
    """Put the schema beside the track or overlay and say so, if there is anything to say."""
    from roadmap.authoring.files import place_schema
    from roadmap.authoring.schema import FILE, OVERLAY_FILE

    path = folder / (OVERLAY_FILE if overlay else FILE)
    what = "overlay" if overlay else "track"
    match place_schema(folder, overlay=overlay):
        case "written":
            click.echo(f"created {path}, for your editor")
        case "older":
            option = "--overlay " if overlay else ""
            click.echo(f"{path} is of another version: `roadmap track schema {option}-o {path}` renews it")
        case "foreign":
            click.echo(f"{path} is not a schema of roadmap, so your editor may complain about the {what}")


def say_next(context: Context, path: Path, show: str = "") -> None:
    """Say which commands come next for a file that has just been written.

    ``show`` is the command that shows what it does; without it, the one that shows the track.
    """
    folder = path.parent.resolve()
    beside = find_progress(context.progress_option).tracks
    found = folder in (beside.resolve(), (config_dir() / "tracks").resolve())
    option = "" if found else f"--tracks {path.parent} "
    click.echo(f"\nNext:\n  roadmap track lint {path}")
    click.echo(f"  roadmap {option}{show or f'role {path.stem}'}")
    click.echo(f"  roadmap track preview {path}")
    if not found:
        what = "overlays" if show else "tracks"
        click.echo(f"Without --tracks, {what} are found in `tracks` beside your progress file.")
