"""The command that writes the progress, with what the tracks say of it, for other programs and people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from roadmap import __version__
from roadmap.cli.context import Context, fail, pass_context
from roadmap.cli.views import entry_data, status_data
from roadmap.model.catalog import kind_of, title_of

FORMATS = ("json",)


@click.command(epilog="\b\nExamples:\n  roadmap export json\n  roadmap export json -o progress.json")
@click.argument("kind", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the screen."
)
@pass_context
def export(context: Context, kind: str, output: Path | None) -> None:
    """Write everything you recorded, with titles and totals, in a FORMAT that other programs read."""
    workspace = context.started
    text = json.dumps(_data(context), indent=2, ensure_ascii=True, default=str) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    if output.resolve() == workspace.place.path.resolve():
        fail("That is the progress file itself.", "Name another file with -o.")
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}.", "Name another file with -o.")
    click.echo(f"wrote {output} ({kind})")


def _data(context: Context) -> dict[str, Any]:
    workspace = context.started
    catalog, records, progress = workspace.catalog, workspace.records, workspace.progress
    role = progress.role if progress.role in catalog.tracks else None
    entries = []
    for written, entry in progress.entries.items():
        address = catalog.present(written)
        thing = catalog.things.get(address)
        known = {"kind": kind_of(thing), "title": title_of(thing)} if thing else {"kind": None, "title": None}
        entries.append({"address": written, **known, **entry_data(entry)})
    status = (
        status_data(workspace.standing(role), workspace.place.path.name, records.orphans) if role else None
    )
    return {
        "program": f"roadmap {__version__}",
        "schema": progress.schema,
        "role": progress.role,
        "hours_per_week": progress.hours_per_week,
        "entries": entries,
        "status": status,
    }
