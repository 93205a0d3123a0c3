"""The command that reads a job posting and says which roles it mixes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmap.analysis.posting.coverage import coverage
from roadmap.analysis.posting.reading import read_posting
from roadmap.analysis.posting.scoring import NONE, UNCLAIMED_MEANS
from roadmap.cli.context import Context, fail, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, wrap
from roadmap.loading.beside import BesideError
from roadmap.model.catalog import title_of
from roadmap.storage.choosing import scorer_for

if TYPE_CHECKING:
    from roadmap.analysis.posting.coverage import Covered
    from roadmap.analysis.posting.reading import Evidence, Reading
    from roadmap.model.catalog import Catalog

MAX_BYTES = 2_000_000
"""The largest posting that is read: a hundred times the longest real one."""

QUOTES = 4
"""How many quotes are printed for each role."""


@click.command(
    epilog="""\b
Examples:
  roadmap decode posting.txt
  pbpaste | roadmap decode -
  roadmap decode posting.html --json"""
)
@click.argument("posting", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
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
        say_json(reading_data(reading, covered))
    else:
        _print(workspace.catalog, reading, covered, quotes)
    if reading.language is not None:
        raise SystemExit(1)


def reading_data(reading: Reading, covered: tuple[Covered, ...]) -> dict[str, Any]:
    """The answer of ``decode``. The weights of a role's evidence add up to its share."""
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
    }


def _read(path: Path) -> str:
    """Read the posting. Bytes that are no UTF-8 are read as Windows text, which old pages are written in."""
    name = "Standard input" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror}.", "Name a text file, or - to paste one.")
    if len(data) > MAX_BYTES:
        fail(f"{name} is larger than {MAX_BYTES:,} bytes.", "Copy only the posting itself into a file.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if data.startswith((b"%PDF", b"PK\x03\x04")):
        fail(
            f"{name} is a PDF or an office document, not text.",
            "Copy its text into a file, or pipe it to `roadmap decode -`.",
        )
    if not text.strip():
        fail(f"{name} is empty.", "Copy the posting into it first.")
    return text


def _print(catalog: Catalog, reading: Reading, covered: tuple[Covered, ...], quotes: int) -> None:
    if reading.language is not None:
        click.echo(
            wrap(
                f"This looks like {reading.language}. Only English postings can be read; guessing would help nobody."
            )
        )
        return
    for line in _verdict(catalog, reading):
        click.echo(wrap(line))
    rows = [
        [f"  {_name(catalog, role)}", f"{share:.0%}", "#" * round(40 * share)]
        for role, share in reading.shares
        if share >= 0.005
    ]
    click.echo("\n" + columns(rows, right=(1,)))
    for role, share in reading.shares:
        own = _best([one for one in reading.evidence if one.role == role], quotes)
        if own and share >= 0.05:
            click.echo(f"\n{_name(catalog, role)}")
            for one in own:
                click.echo(
                    wrap(
                        f'"{_short(one.quote)}" ({one.means}; {one.weight:.0%})',
                        f"  line {one.line}: ",
                        "    ",
                    )
                )
    _print_covered(catalog, reading, covered)


def _verdict(catalog: Catalog, reading: Reading) -> list[str]:
    """The answer in a sentence or two."""
    if not reading.evidence:
        return ["Nothing in it speaks for any of the roles, and little of it describes work."]
    (top, share), (second, next_share) = reading.shares[:2]
    name = _name(catalog, top)
    if reading.clear:
        lines = [f"{name}: {share:.0%} of what it says of the work."]
    else:
        near = f"{_name(catalog, second)} ({next_share:.0%}) is near, or there is little to go by"
        lines = [f"Not clear. Most like {name} ({share:.0%}); {near}. Ask what the first half year is about."]
    if reading.clear and reading.title_misleads and reading.title_role is not None:
        called = catalog.tracks[reading.title_role].title
        lines.append(
            f'The title says "{_short(reading.title)}", which sounds like {called}; the work described does not.'
        )
    return lines


def _best(evidence: list[Evidence], limit: int) -> list[Evidence]:
    """Return the weightiest quotes, each once, in the order of the text; sentences nobody claims come last."""
    ranked = sorted(evidence, key=lambda one: (one.means == UNCLAIMED_MEANS, -one.weight))
    found: dict[str, Evidence] = {}
    for one in ranked:
        found.setdefault(one.quote.lower(), one)
    return sorted(list(found.values())[:limit], key=lambda one: one.start)


def _print_covered(catalog: Catalog, reading: Reading, covered: tuple[Covered, ...]) -> None:
    """What the posting asks for: yours, and not yet."""
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
                f'{title_of(catalog.things[one.address])} ({one.state}; "{_short(one.quote)}")',
                "  + ",
                "    ",
            )
        )
    for one in gaps:
        click.echo(wrap(f'{one.address} ("{_short(one.quote)}", line {one.line})', "  - ", "    "))
    if gaps:
        click.echo("`roadmap show MILESTONE` opens one.")


def _name(catalog: Catalog, role: str) -> str:
    return "none of these roles" if role == NONE else catalog.tracks[role].title


def _short(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
