"""The command that says how far a person is. It is run most often, so it stands alone and imports little."""

from __future__ import annotations

import click

from roadmap.cli.context import Context, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, hours_text, wrap


@click.command(
    epilog="""\b
Examples:
  roadmap status
  roadmap status --short        one line, for a prompt
  roadmap status --json"""
)
@click.option("--short", is_flag=True, help="One line, for a shell prompt or a status bar.")
@json_option
@pass_context
def status(context: Context, short: bool, as_json: bool) -> None:
    """Say how far you are: claimed by hours, proven by projects, and what is missing."""
    workspace = context.started
    id = context.role(None)
    standing = workspace.standing(id)
    from roadmap.loading.clean import clean

    records = workspace.records
    title = workspace.catalog.tracks[id].title
    if as_json:
        from roadmap.cli.views import status_data

        say_json(status_data(standing, str(workspace.place.path), records.orphans))
        return
    claimed = f"{hours_text(standing.hours.done)} of {hours_text(standing.hours.total)}"
    if short:
        click.echo(
            f"{title}: claimed {claimed}, proven {standing.proven.done:g} of {standing.proven.total:g}"
        )
        return
    click.echo(title)
    rows = [
        [
            "  claimed",
            f"{claimed} ({standing.claimed.percent}%), "  # noqa: ISC004
            f"{standing.claimed.done:g} of {standing.claimed.total:g} milestones",
        ],
        [
            "  proven",
            f"{standing.proven.done:g} of {standing.proven.total:g} milestones have a project with all three proofs",
        ],
        ["  file", f"{clean(str(workspace.place.path))} ({workspace.place.how})"],
    ]
    click.echo(columns(rows))
    begun = [one for one in standing.milestones if one.state == "learning"]
    if begun:
        click.echo("\nBegun\n")
        for one in begun:
            project = (
                f"{one.projects_proven} of {count(one.needs, 'project')} proven"
                if one.needs
                else "no project needed"
            )
            click.echo(f"  {one.milestone.title} ({one.milestone.id})")
            click.echo(f"    {one.skills_done} of {one.skills_total} skills, {project}, "
                       f"about {hours_text(one.hours - one.hours_done)} left")  # fmt: skip
    if not standing.missing:
        click.echo("\nNothing is missing: the whole path is claimed.")
    else:
        click.echo(f"\n{count(len(standing.missing), 'item')} missing; `roadmap next` says which come first.")
    if records.orphans:
        unknown = count(len(records.orphans), "record")
        verbs = ("belongs", "stays") if len(records.orphans) == 1 else ("belong", "stay")
        click.echo(f"\n{unknown} in the file {verbs[0]} to nothing in the tracks, and {verbs[1]} there:")
        for address in records.orphans[:10]:
            click.echo(f"  {address}")
        if len(records.orphans) > 10:
            click.echo(f"  and {len(records.orphans) - 10} more; `roadmap status --json` lists them all")
    for notice in workspace.progress.notices:
        click.echo(wrap(f"note: {notice}"))
