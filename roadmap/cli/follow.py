"""Commands for following a path: the path itself, what comes next, and search."""

from __future__ import annotations

import click

from roadmap.cli.context import (
    Context,
    complete_milestone,
    complete_role,
    json_option,
    no,
    pass_context,
    say_json,
)
from roadmap.cli.text import columns, count, hours_text, state_text, waits_text, wrap


@click.command(
    epilog="""\b
Examples:
  roadmap path
  roadmap path agentic-ai-engineer --json
  roadmap path --add train-neural-nets       a milestone of another track, on your path
  roadmap path --drop train-neural-nets      off it again"""
)
@click.argument("role_id", metavar="[ROLE]", required=False, shell_complete=complete_role)
@click.option(
    "--add",
    "added",
    metavar="MILESTONE",
    multiple=True,
    shell_complete=complete_milestone,
    help="Put a milestone of another track on this path, in an overlay beside the progress file.",
)
@click.option(
    "--drop",
    "dropped",
    metavar="MILESTONE",
    multiple=True,
    shell_complete=complete_milestone,
    help="Take one off that --add put there.",
)
@json_option
@pass_context
def path(
    context: Context, role_id: str | None, added: tuple[str, ...], dropped: tuple[str, ...], as_json: bool
) -> None:
    """Show the milestones of a role in order, the trunk first, with their state and what locks them.

    Without ROLE, the path of the role you follow. --add and --drop change it, and may be given several times.
    """
    id = context.role(role_id)
    workspace = context.workspace
    if added or dropped:
        from roadmap.cli.path_changes import change_path

        change_path(context, id, added, dropped, quiet=as_json)
        if not as_json:
            return
    standing = workspace.standing(id)
    left_out = workspace.catalog.left_out
    hidden = [one for track in standing.path.tracks for one in left_out.get(track, ())]
    if as_json:
        from roadmap.cli.views import path_data

        say_json(path_data(standing.path, standing, hidden))
        return
    click.echo(
        f"{workspace.catalog.tracks[id].title}: {len(standing.milestones)} milestones, {hours_text(standing.path.hours)}"
    )
    for track in standing.path.tracks:
        click.echo(f"\n{workspace.catalog.tracks[track].title}\n")
        rows = [
            [
                f"  {one.number}",
                state_text(one),
                hours_text(one.milestone.hours),
                one.milestone.id,
                one.milestone.title,
            ]
            for one in standing.milestones
            if one.track == track
        ]
        click.echo(columns(rows, right=(0, 2)))
    locked = [one for one in standing.milestones if one.locked]
    if locked:
        click.echo(
            f"\n{count(len(locked), 'milestone')} locked. The first of them, {locked[0].milestone.title}:"
        )
        click.echo(wrap(waits_text(workspace.catalog, locked[0]), "  "))
    if hidden:
        click.echo(f"\n{count(len(hidden), 'milestone')} hidden by your overlay.")
    click.echo("\n`roadmap show MILESTONE` opens one.")


@click.command("next", epilog="\b\nExamples:\n  roadmap next\n  roadmap next -n 8")
@click.option(
    "-n", "limit", type=click.IntRange(1, 100), default=3, show_default=True, help="How many to list."
)
@json_option
@pass_context
def next_command(context: Context, limit: int, as_json: bool) -> None:
    """Say what to do next, and why. Exit status 1 when there is nothing left to do."""
    from roadmap.analysis.suggest import next_steps

    workspace = context.workspace
    id = context.role(None)
    standing = workspace.standing(id)
    steps = next_steps(workspace.catalog, workspace.progress, standing)[:limit]
    if as_json:
        from roadmap.cli.views import hours

        say_json(
            [
                {
                    "address": step.address,
                    "title": step.title,
                    "hours": hours(step.hours) if step.hours is not None else None,
                    "reason": step.reason,
                }
                for step in steps
            ]
        )
    elif not steps:
        click.echo(f"Nothing is left to do on the path of {workspace.catalog.tracks[id].title}.")
    else:
        for number, step in enumerate(steps, 1):
            click.echo(wrap(step.title, f"{number}. ", "   "))
            click.echo(f"   {step.address}")
            click.echo(wrap(f"{hours_text(step.hours)}; {step.reason}", "   "))
    if not steps:
        no()


@click.command(epilog="\b\nExamples:\n  roadmap search prompt injection\n  roadmap search embeddings --json")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-n", "limit", type=click.IntRange(1, 1000), default=15, show_default=True, help="How many to list."
)
@json_option
@pass_context
def search(context: Context, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find milestones, skills, resources and projects in which all the WORDS occur; your notes count too.

    Exit status 1 when nothing is found.
    """
    from roadmap.analysis.search import search as find

    workspace = context.workspace
    notes = {
        workspace.catalog.present(a): entry.note
        for a, entry in workspace.progress.entries.items()
        if entry.note
    }
    for address, remarks in workspace.catalog.notes.items():
        notes[address] = " ".join((notes.get(address, ""), *remarks))
    role = workspace.progress.role
    prefer = workspace.standing(role).path.tracks if role in workspace.catalog.tracks else ()
    hits = find(workspace.catalog, " ".join(words), notes, prefer)
    if as_json:
        say_json([{"address": hit.address, "kind": hit.kind, "title": hit.title} for hit in hits[:limit]])
    else:
        for hit in hits[:limit]:
            click.echo(wrap(hit.title, f"{hit.kind:<10}", " " * 10))
            click.echo(f"{'':<10}{hit.address}")
        if not hits:
            click.echo("Nothing was found. Try fewer words, or the start of a word.")
        elif len(hits) > limit:
            click.echo(f"\n{len(hits) - limit} more; -n {len(hits)} lists them all.")
    if not hits:
        no()
