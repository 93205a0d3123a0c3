"""The command that reads a job posting and says which roles it mixes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmap.analysis.path import path_of
from roadmap.analysis.posting.coverage import coverage
from roadmap.analysis.posting.reading import read_posting
from roadmap.analysis.sentences import (
    best_quotes,
    foreign_text,
    role_name,
    shortened,
    verdict,
    whole_percents,
)
from roadmap.cli.context import Context, fail, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, wrap
from roadmap.loading.beside import BesideError
from roadmap.model.catalog import title_of
from roadmap.storage.choosing import scorer_for
from roadmap.storage.posting_file import MAX_BYTES, PostingError, read_file, text_of

if TYPE_CHECKING:
    from roadmap.analysis.posting.coverage import Covered
    from roadmap.analysis.posting.reading import Reading
    from roadmap.model.catalog import Catalog
    from roadmap.storage.workspace import Workspace

QUOTES = 4
"""How many quotes are printed for each role."""


@click.command(
    epilog="""\b
Examples:
  roadmap decode posting.txt
  pbpaste | roadmap decode -
  roadmap decode posting.html --json"""
)
@click.argument("posting", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option(
    "-q",
    "quotes",
    type=click.IntRange(0, 1000),
    default=QUOTES,
    show_default=True,
    help="Quotes for each role.",
)
@json_option
@pass_context
def decode(context: Context, posting: Path, quotes: int, as_json: bool) -> None:
    """Read a job posting: which roles it mixes, the words that say so, and what of it is not yet yours.

    Text, Markdown or HTML. Everything is worked out here, from the signals in the tracks; nothing is sent
    anywhere. Exit status 1 when the posting is not in English, which is not read.
    """
    text = _read(posting)
    workspace = context.workspace
    try:
        scorer = scorer_for(workspace)
    except BesideError as error:
        fail(
            f"The signals of other work cannot be used: {error}.",
            "Mend that file, or remove it to use the bundled one.",
        )
    reading = read_posting(text, tuple(workspace.catalog.tracks), scorer)
    covered = coverage(workspace.catalog, workspace.progress, reading)
    if as_json:
        say_json(reading_data(reading, covered, _beside(workspace, covered)))
    else:
        _print(workspace, reading, covered, quotes)
    if reading.language is not None:
        raise SystemExit(1)


def _beside(workspace: Workspace, covered: tuple[Covered, ...]) -> list[str]:
    """Return the milestones among the gaps that are not on the path of the role that is followed."""
    catalog, role = workspace.catalog, workspace.progress.role
    if role not in catalog.tracks:
        return []
    path = {one.address for one in path_of(catalog, role).milestones}
    gaps = [one.address for one in covered if one.gap]
    return [one for one in gaps if one not in path and catalog.milestone(one) is not None]


def reading_data(reading: Reading, covered: tuple[Covered, ...], beside: list[str]) -> dict[str, Any]:
    """The answer of ``decode``. The weights of a role's evidence add up to its share.

    ``beside`` are the milestones among the gaps that are not on the path of the role that is followed.
    """
    return {
        "roles": [{"role": role, "share": share} for role, share in reading.shares],
        "top": reading.top,
        "clear": reading.clear,
        "title": reading.title,
        "title_role": reading.title_role,
        "title_misleads": reading.title_misleads,
        "language": reading.language,
        "evidence": [
            {
                "role": one.role,
                "quote": one.quote,
                "line": one.line,
                "weight": one.weight,
                "means": one.means,
                "part": one.part,
            }
            for one in reading.evidence
        ],
        "covers": [
            {"address": one.address, "quote": one.quote, "line": one.line, "state": one.state}
            for one in covered
        ],
        "gaps": [one.address for one in covered if one.gap],
        "beside": beside,
    }


def _read(path: Path) -> str:
    """Read the posting from a file or from standard input."""
    try:
        if str(path) != "-":
            return read_file(path)
        return text_of(sys.stdin.buffer.read(MAX_BYTES + 1), "Standard input")
    except PostingError as error:
        fail(error.message, error.help)
    except OSError as error:
        fail(f"Standard input cannot be read: {error.strerror}.", "Name a text file, or - to paste one.")


def _print(workspace: Workspace, reading: Reading, covered: tuple[Covered, ...], quotes: int) -> None:
    catalog = workspace.catalog
    if reading.language is not None:
        click.echo(wrap(foreign_text(reading.language)))
        return
    percents = whole_percents([share for _, share in reading.shares])
    for line in verdict(catalog, reading):
        click.echo(wrap(line))
    rows = [
        [f"  {role_name(catalog, role)}", f"{percent}%", "#" * round(40 * share)]
        for (role, share), percent in zip(reading.shares, percents, strict=True)
        if percent
    ]
    click.echo("\n" + columns(rows, right=(1,)))
    for role, share in reading.shares:
        own = best_quotes([one for one in reading.evidence if one.role == role], quotes)
        if own and share >= 0.05:
            click.echo(f"\n{role_name(catalog, role)}")
            for one in own:
                click.echo(
                    wrap(
                        f'"{shortened(one.quote)}" ({one.means}; {one.weight:.0%})',
                        f"  line {one.line}: ",
                        "    ",
                    )
                )
    _print_covered(catalog, covered, _beside(workspace, covered))


def _print_covered(catalog: Catalog, covered: tuple[Covered, ...], beside: list[str]) -> None:
    """What the posting asks for: yours, not yet, and what of that is not on the path either."""
    milestones = [one for one in covered if catalog.milestone(one.address) is not None]
    if not milestones:
        return
    yours = [one for one in milestones if one.state in ("done", "proven")]
    gaps = [one for one in milestones if one.gap]
    click.echo(
        f"\nIt asks for {count(len(milestones), 'milestone')} of the tracks; {len(yours)} yours already."
    )
    for one in yours:
        click.echo(
            wrap(
                f'{title_of(catalog.things[one.address])} ({one.state}; "{shortened(one.quote)}")',
                "  + ",
                "    ",
            )
        )
    for one in gaps:
        where = ", not on your path" if one.address in beside else ""
        click.echo(wrap(f'{one.address} ("{shortened(one.quote)}", line {one.line}{where})', "  - ", "    "))
    if gaps:
        click.echo("`roadmap show MILESTONE` opens one.")
    if beside:
        click.echo("To put on your path what is not there yet:")
        click.echo("  roadmap path " + " ".join(f"--add {one}" for one in beside))
