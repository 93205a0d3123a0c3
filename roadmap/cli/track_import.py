"""The command that makes a track from a file of another program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from roadmap.cli.context import Context, fail, pass_context
from roadmap.cli.text import count
from roadmap.cli.track_new import folder_for, say_next, say_schema
from roadmap.storage.workspace import today

FORMATS = ("roadmap.sh", "skill-tree", "rustlings", "markdown")


@click.command(
    "import",
    epilog="""\b
Formats, told from the ending and the content unless --format names one:
  roadmap.sh   JSON with nodes and edges, from your own copy of a roadmap
  skill-tree   TOML with [[group]]
  rustlings    info.toml with [[exercises]]
  markdown     a checklist under headings

\b
Examples:
  roadmap track import checklist.md
  roadmap track import frontend.json --id my-frontend
  roadmap track import info.toml --id rustlings --print""",
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option("--format", "kind", type=click.Choice(FORMATS), help="The format, when it cannot be told.")
@click.option("--id", help="The id of the track. Without it, one is made from the name of the file.")
@click.option("--title", help="The title. Without it, the one in the file.")
@click.option(
    "--in",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write into. Without it: --tracks, or else `tracks` in this folder.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the track instead of writing a file.")
@pass_context
def import_command(
    context: Context,
    file: Path,
    kind: str | None,
    id: str | None,
    title: str | None,
    folder: Path | None,
    only_print: bool,
) -> None:
    """Make a track from a FILE of another program.

    What cannot be carried over is listed. The result loads without faults, and is a beginning: what a
    program cannot know, it marks as guessed.
    """
    from roadmap.authoring import scaffold
    from roadmap.authoring.files import AuthoringError, create, free
    from roadmap.authoring.importing.found import MAX_BYTES
    from roadmap.authoring.importing.read import read, read_file
    from roadmap.authoring.importing.write import write

    try:
        from_stdin = str(file) == "-"
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if from_stdin else read_file(file)
        chosen = id or _id_from(file)
        if not only_print:
            free(folder_for(context, folder) / f"{chosen}.toml")
        taken = () if only_print else context.workspace.catalog.tracks
        chosen = scaffold.checked_id(chosen, taken, "Choose another with --id.")
        found = read(data, "" if from_stdin else file.name, scaffold.title_from(chosen), kind)
        track = write(found, chosen, today(), scaffold.checked_title(title) if title is not None else None)
        if only_print:
            click.echo(track.text, nl=False)
        else:
            path = folder_for(context, folder) / f"{chosen}.toml"
            create(path, track.text)
            click.echo(
                f"created {path}: {count(track.stages, 'milestone')}, {count(track.skills, 'skill')}, "
                f"{count(track.resources, 'resource')}"
            )
            say_schema(path.parent)
    except AuthoringError as error:
        fail(error.message, error.help)
    if track.lost:
        where = "" if only_print else " (also listed at the end of the file)"
        click.echo(f"\nCould not be carried over{where}:", err=True)
        for one in track.lost:
            click.echo(f"  - {one}", err=True)
    if found.caution:
        click.echo("\n" + "\n".join(found.caution), err=True)
    if not only_print:
        say_next(context, path)


def _id_from(file: Path) -> str:
    """Make an id from the name of a file, or from its folder's when every file of the kind has the same name."""
    from roadmap.model.address import slug

    name = file.name.partition(".")[0]
    if file.name == "info.toml":
        name = file.resolve().parent.name
    return slug(name) or "imported"
