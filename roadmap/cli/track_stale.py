"""The command that lists facts in tracks that were last checked long ago."""

from __future__ import annotations

from pathlib import Path

import click

from roadmap.cli.context import Context, fail, json_option, pass_context, say_json
from roadmap.storage.workspace import today


@click.command(
    epilog="""\b
Examples:
  roadmap track stale                          the tracks beside your progress file
  roadmap track stale tracks --older-than 180
  roadmap track stale tracks --json

Check each fact that is listed, then write the day as `reviewed = YYYY-MM-DD`.

\b
Exit status: 0 nothing is listed, 1 something is, 2 nothing to look at, or a file that cannot
be read."""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATHS]...")
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(0, 36500),
    default=365,
    show_default=True,
    metavar="DAYS",
    help="List what was last checked more than so many days ago.",
)
@json_option
@pass_context
def stale(context: Context, paths: tuple[Path, ...], days: int, as_json: bool) -> int:
    """List the facts of tracks that were last checked long ago, the oldest first.

    That is every track, skill and project whose `reviewed` is older than a year. What has no `reviewed` is
    not listed. `track lint` never says this: what was right yesterday must not fail today. PATHS are files
    or folders, as for `roadmap track lint`.
    """
    from roadmap.authoring import stale as question
    from roadmap.cli.text import count, wrap
    from roadmap.cli.track_lint import files_meant
    from roadmap.lint.files import read_files
    from roadmap.loading.clean import clean

    files = files_meant(context, paths)
    found, faults = question.stale(read_files(files), today(), days)
    for fault in faults:
        click.echo(fault.brief(), err=True)
    unread = len({fault.file for fault in faults})
    status = 2 if unread else 1 if found else 0
    if as_json:
        say_json([one._asdict() for one in found])
        return status
    for one in found:
        click.echo(f"{one.reviewed}  {clean(one.file)}:{one.line}  {one.address}")
        click.echo(wrap(one.text, "            "))
    if unread == len(files):
        fail(f"{'The file' if unread == 1 else 'None of the files'} could {'not ' * (unread == 1)}be read.",
             "Mend what is told above, then repeat it.")  # fmt: skip
    checked = f"{count(len(files) - unread, 'file')} looked at"
    what = count(len(found), "fact") if found else "nothing"
    click.echo(f"{checked}: {what} last checked more than {count(days, 'day')} ago")
    if unread:
        click.echo(f"{count(unread, 'file')} could not be read, and may hold more", err=True)
    return status
