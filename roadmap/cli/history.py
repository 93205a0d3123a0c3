"""The command that tells how the progress came about, from the file's history in git."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from roadmap.cli.context import Context, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, wrap
from roadmap.loading.clean import quote
from roadmap.storage.workspace import today

if TYPE_CHECKING:
    from roadmap.analysis.timeline import Event, Timeline, Week
    from roadmap.storage.history import History

WEEKS = 12
"""How many weeks are shown unless somebody asks for more."""

EVENTS = 20
"""How many commits are shown as text; ``--json`` has all."""


@click.command(
    epilog="\b\nExamples:\n  roadmap history\n  roadmap history --weeks 52\n  roadmap history --json"
)
@click.option(
    "--weeks", type=click.IntRange(1, 5000), help=f"How many weeks to show; {WEEKS} as text, all as JSON."
)
@json_option
@pass_context
def history(context: Context, weeks: int | None, as_json: bool) -> None:
    """Tell how your progress came about: what was done when, week by week and commit by commit.

    Reads the history of the progress file in git, through renames. A thing counts in the week in which it
    was done first, by the date in the file or else that of the commit. Without a history, the dates in the
    file are all there is, and that is said.
    """
    from roadmap.analysis import timeline
    from roadmap.storage.history import NOTES, read_history

    workspace = context.started
    found = read_history(workspace.place.path, workspace.progress, today())
    line = timeline.timeline(found.versions)
    notes = [NOTES[found.extent]] if found.extent in NOTES else []
    if found.unreadable:
        notes.append(f"In {count(found.unreadable, 'commit')} the file could not be read.")
    titles = {id: track.title for id, track in workspace.catalog.tracks.items()}
    if as_json:
        rows = timeline.weeks(line, today(), weeks)
        say_json(_data(str(workspace.place.path), found, line, rows, notes, titles))
        return
    for note in notes:
        click.echo(wrap(note))
    _weeks(timeline.weeks(line, today(), weeks or WEEKS), line)
    _events([event for event in line.events if event.version.day], titles)


def _weeks(rows: list[Week], line: Timeline) -> None:
    if not line.first_done:
        click.echo("Nothing is done yet.")
        return
    items = sum(address.count("/") != 1 for address in line.first_done)
    done = f"{count(items, 'item')} and {count(len(line.first_done) - items, 'milestone')} done"
    click.echo(f"{done}, {len(line.first_proven)} proven")
    if rows:
        click.echo("\nWeek of       done  milestones  proven")
        table = [
            [one.monday.isoformat(), f"{one.items:6}", f"{one.milestones:10}", f"{one.proven:6}"]
            for one in rows
        ]
        click.echo(columns(table))
    undated = sum(day is None for day in line.first_done.values())
    if undated:
        click.echo(f"{count(undated, 'record')} without a date")


def _events(events: list[Event], titles: dict[str, str]) -> None:
    from roadmap.analysis.changes import told

    if not events:
        return
    click.echo("\nCommits, newest first")
    for event in events[: -EVENTS - 1 : -1]:
        version = event.version
        what = told(event.changes, titles, 200) or quote(version.subject, 100)[1:-1] or "nothing to tell"
        id = version.id[:7] if version.id else "not committed"
        click.echo(wrap(f"{version.day}  {id}  {what}", "  ", "      "))
    if len(events) > EVENTS:
        click.echo(f"  and {len(events) - EVENTS} more; `roadmap history --json` has all")


def _data(
    file: str, found: History, line: Timeline, rows: list[Week], notes: list[str], titles: dict[str, str]
) -> dict[str, Any]:
    from roadmap.analysis.changes import told

    return {
        "file": file,
        "history": found.extent,
        "notes": notes,
        "weeks": [
            {"week": one.monday, "items": one.items, "milestones": one.milestones, "proven": one.proven}
            for one in rows
        ],
        "first_done": [{"address": address, "on": day} for address, day in line.first_done.items()],
        "first_proven": [{"address": address, "on": day} for address, day in line.first_proven.items()],
        "commits": [
            {
                "commit": event.version.id,
                "on": event.version.day,
                "subject": event.version.subject,
                "readable": event.version.after is not None,
                "summary": told(event.changes, titles),
                "changes": [{"kind": one.kind, "address": one.address} for one in event.changes],
            }
            for event in line.events
            if event.version.day
        ],
    }
