"""The command that looks whether the web addresses of tracks still lead somewhere. It alone goes online."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.cli.context import Context, fail, json_option, pass_context, say_json
from roadmap.cli.text import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.authoring.links.addresses import WebAddress
    from roadmap.authoring.links.following import Finding
    from roadmap.authoring.links.visiting import Manners

STOPPED = 130
"""The exit status after ctrl+c, as shells have it."""


@click.command(
    epilog="""\b
Examples:
  roadmap track links                          the tracks beside your progress file
  roadmap track links tracks/rust.toml --limit 20
  roadmap track links tracks --only docs.python.org --json

What is sent: for each address one HEAD request, and where that is refused one GET for a single byte. The
name and version of this program go with it; no cookies and nothing of yours do. No page is downloaded.
It connects directly, without a proxy.

Exit status: 0 nothing is gone or unreachable, 1 something is, 2 nothing to look at, or a file that cannot be
read, 130 stopped by ctrl+c, after what was found so far has been printed."""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATHS]...")
@click.option(
    "--only", multiple=True, metavar="HOST", help="Only addresses on this host, or on hosts under it."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the first N addresses.")
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 120),
    default=15.0,
    show_default=True,
    help="Seconds to wait for one answer.",
)
@click.option(
    "--hosts",
    type=click.IntRange(1, 16),
    default=4,
    show_default=True,
    help="How many hosts are asked at once; each of them one request at a time.",
)
@click.option("--allow-local", is_flag=True, help="Ask machines of local networks as well.")
@json_option
@pass_context
def links(
    context: Context,
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    limit: int | None,
    pause: float,
    timeout: float,
    hosts: int,
    allow_local: bool,
    as_json: bool,
) -> int:
    """Look whether the web addresses of tracks still work. This goes online; nothing else here does.

    Each address is asked for once, politely, and put into one of five classes: ok, moved for good, gone,
    refused (the site turns programs away: look yourself) or unreachable. PATHS are files or folders, as for
    `roadmap track lint`.
    """
    from roadmap.authoring.links.addresses import gather, on_host
    from roadmap.authoring.links.telling import Report, data, human
    from roadmap.authoring.links.visiting import Manners
    from roadmap.cli.track_lint import files_meant
    from roadmap.lint.files import read_files

    files = files_meant(context, paths)
    addresses, faults = gather(read_files(files))
    for fault in faults:
        click.echo(fault.brief(), err=True)
    unread = len({fault.file for fault in faults})
    if unread and not addresses:
        rest = "the others name no address" if unread < len(files) else "nothing was looked at"
        fail(
            f"{count(unread, 'file')} could not be read; {rest}.", "Mend what is told above, then repeat it."
        )
    if only:
        addresses = [one for one in addresses if on_host(one, only)]
    addresses = addresses[:limit]
    if not addresses:
        fail("There is no address to look at.", "`--only` takes a host such as docs.python.org." if only else
             "Resources have addresses; these tracks have no resource.")  # fmt: skip
    found: list[Finding] = []
    with suppress(KeyboardInterrupt):  # what was found so far is told below
        _visit(addresses, Manners(pause, timeout, hosts, allow_local), found)
    _progress("")
    report = Report(tuple(addresses), tuple(found))
    if as_json:
        say_json(data(report))
    else:
        click.echo(human(report))
    if not report.complete:
        return STOPPED
    if unread:
        click.echo(f"{count(unread, 'file')} could not be read, and may name more addresses", err=True)
        return 2
    return 0 if report.good else 1


def _visit(addresses: Sequence[WebAddress], manners: Manners, found: list[Finding]) -> None:
    """Look at addresses, and add what became of each to what was found."""
    from roadmap.authoring.links.addresses import host_of
    from roadmap.authoring.links.visiting import visit
    from roadmap.loading.clean import clean

    total = len(addresses)
    noun = "address" if total == 1 else "addresses"
    _progress(f"asking for {total} {noun} on {len({one.host for one in addresses})} hosts; ctrl+c stops")
    with closing(visit(addresses, manners)) as findings:
        for finding in findings:
            found.append(finding)
            _progress(f"{len(found)} of {total}: {clean(host_of(finding.url))[:50]}")


def _progress(text: str) -> None:
    """Show how far it is on one line of standard error, over the line before; only where somebody can see it."""
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r{text:<76}" + ("" if text else "\r"), nl=False, err=True)
