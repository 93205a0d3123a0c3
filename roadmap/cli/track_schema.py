"""The command that prints what a track or an overlay may hold: as JSON Schema, or as Markdown for people."""

from __future__ import annotations

from pathlib import Path

import click

from roadmap.cli.context import fail


@click.command(
    epilog="""\b
Examples:
  roadmap track schema -o tracks/track.schema.json
  roadmap track schema --markdown | less
  roadmap track schema --overlay -o tracks/overlay.schema.json

An editor with a TOML language server finds the schema by the first line of a track:
  #:schema ./track.schema.json"""
)
@click.option("--markdown", is_flag=True, help="Print the reference of every table and key, to read.")
@click.option("--overlay", is_flag=True, help="Of a file that changes a track without copying it.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file instead of the screen. An older schema of roadmap is replaced, any other file is not.",
)
def schema(markdown: bool, overlay: bool, output: Path | None) -> None:
    """Print what a track (or an overlay) may hold, for editors or to read.

    As JSON Schema it gives an editor completion, hover and first faults; as Markdown it is the reference.
    """
    from roadmap.authoring.reference import HEAD, OVERLAY_HEAD, reference
    from roadmap.authoring.schema import is_ours, schema_text

    text = reference(overlay=overlay) if markdown else schema_text(overlay=overlay)
    first = (OVERLAY_HEAD if overlay else HEAD).partition("\n")[0]
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        if output.exists():
            there = output.read_text(encoding="utf-8", errors="replace")
            if not (there.startswith(first) if markdown else is_ours(there, overlay=overlay)):
                fail(
                    f"{output} is there already, and not made by this command.", "Name another file with -o."
                )
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}.", "Name another file with -o.")
    click.echo(f"wrote {output}")
