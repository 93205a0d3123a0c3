"""Commands for choosing: the roles, one role, and beginning to follow one."""

from __future__ import annotations

import os
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.analysis.marks import choose_role
from roadmap.analysis.path import path_of
from roadmap.cli.context import Context, complete_role, fail, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, hours_text, split_hours, wrap
from roadmap.cli.views import hours, track_row
from roadmap.storage.places import FILE, Place
from roadmap.storage.workspace import Workspace

if TYPE_CHECKING:
    from roadmap.model.track import Track

SIDES = {"the-model": "Builds the model", "with-the-model": "Builds with the model", None: "Other tracks"}
"""The one line that divides the roles."""


@click.command(
    epilog="""\b
Examples:
  roadmap init                                     a file in this folder, role chosen later
  roadmap init --role agentic-ai-engineer --hours-per-week 6
  roadmap init --role ai-engineer --at ~/learning  in another folder"""
)
@click.option("--role", "role_id", shell_complete=complete_role, help="The role to follow.")
@click.option(
    "--hours-per-week",
    type=click.FloatRange(0, 168, min_open=True),
    help="Hours you mean to spend each week.",
)
@click.option(
    "--at",
    type=click.Path(path_type=Path),
    help="The file or folder to put it in. Without it: $ROADMAP_PROGRESS, else this folder.",
)
@pass_context
def init(context: Context, role_id: str | None, hours_per_week: float | None, at: Path | None) -> None:
    """Create a progress file: a plain text file that is yours to edit and to commit.

    An existing file is never overwritten.
    """
    where = at or context.progress_option or Path(os.environ.get("ROADMAP_PROGRESS") or FILE)
    where = where.expanduser()
    if where.is_dir() or (at is not None and where.suffix != ".toml" and not where.exists()):
        where = where / FILE
    if not where.parent.is_dir():
        fail(f"There is no folder {where.parent}.", "Create it first, or name another with --at.")
    workspace = Workspace(Place(where.absolute(), "--at"), context.tracks_option)
    if role_id is not None:
        context.progress_option = where
        role_id = context.role(role_id)
    if hours_per_week is not None and not isfinite(hours_per_week):
        fail("The hours per week are not a number.", "Give them as in `--hours-per-week 6`.")
    if hours_per_week is not None and hours_per_week == int(hours_per_week):
        hours_per_week = int(hours_per_week)
    workspace.create(role_id, hours_per_week)
    click.echo(f"created {where}")
    if role_id is None:
        click.echo("Now `roadmap roles` tells the roles apart, and `roadmap role ROLE --follow` chooses one.")
    else:
        path = path_of(workspace.catalog, role_id)
        click.echo(
            f"You follow {workspace.catalog.tracks[role_id].title}: "
            f"{count(len(path.milestones), 'milestone')}, {hours_text(path.hours)}."
        )
        click.echo("Now `roadmap next` says where to begin. Commit the file to git, it is made for that.")


@click.command(epilog="\b\nExample:\n  roadmap roles --json")
@json_option
@pass_context
def roles(context: Context, as_json: bool) -> None:
    """List the roles around the line that divides them: who builds the model, who builds with it."""
    catalog = context.workspace.catalog
    if as_json:
        say_json([track_row(track) for track in catalog.tracks.values()])
        return
    blocks = []
    for side, heading in SIDES.items():
        tracks = [track for track in catalog.tracks.values() if track.role.builds == side]
        if tracks:
            blocks.append(heading + "\n\n" + "\n\n".join(_role_block(track, context) for track in tracks))
    click.echo("\n\n\n".join(blocks))
    click.echo("\n`roadmap role ROLE` says more of one; `roadmap path ROLE` shows its milestones.")


def _role_block(track: Track, context: Context) -> str:
    """One role in two or three lines."""
    path = path_of(context.workspace.catalog, track.id)
    parent = context.workspace.catalog.tracks.get(track.extends or "")
    own = sum(one.hours for one in track.milestones)
    size = f"{hours_text(path.hours)}, {count(len(path.milestones), 'milestone')}"
    if parent is not None:
        size += f"; {hours_text(own)} of it beyond {parent.title}"
    lines = [f"  {track.title} ({track.id})", f"    {size}"]
    if track.tagline:
        lines.append(wrap(track.tagline, "    "))
    return "\n".join(lines)


@click.command(
    epilog="\b\nExamples:\n  roadmap role agentic-ai-engineer\n  roadmap role ai-engineer --follow"
)
@click.argument("role_id", metavar="ROLE", shell_complete=complete_role)
@click.option("--follow", is_flag=True, help="Make it the role that your progress file follows.")
@json_option
@pass_context
def role(context: Context, role_id: str, follow: bool, as_json: bool) -> None:
    """Say what a role is, what it is not, and what is already yours of it; or begin to follow it."""
    id = context.role(role_id)
    workspace = context.workspace
    track = workspace.catalog.tracks[id]
    if follow:
        context.apply(choose_role(workspace.catalog, context.started.progress, id))
        return
    standing = workspace.standing(id)
    path = standing.path
    facts = {
        "builds": {"the-model": "the model", "with-the-model": "with the model", None: ""}[track.role.builds],
        "optimizes for": track.role.optimizes_for,
        "daily work": track.role.daily_work,
        "artifacts": track.role.artifacts,
        "you'll enjoy it": f"if you are among {track.role.enjoys}" if track.role.enjoys else "",
        "interviews": track.role.interviews,
        "from software": track.role.from_software,
        "not this": _not_this(context, track),
    }
    if as_json:
        say_json(
            {
                **track_row(track),
                "builds": track.role.builds,
                "optimizes_for": track.role.optimizes_for,
                "daily_work": track.role.daily_work,
                "artifacts": track.role.artifacts,
                "enjoys": track.role.enjoys,
                "interviews": track.role.interviews,
                "from_software": track.role.from_software,
                "not_this": {"role": track.role.not_this_role, "because": track.role.not_this},
                "profile": dict(track.role.profile),
                "path": {
                    "tracks": list(path.tracks),
                    "milestones": len(path.milestones),
                    "hours": hours(path.hours),
                    "hours_done": hours(standing.hours.done),
                },
            }
        )
        return
    click.echo(f"{track.title} ({track.id})")
    if track.tagline:
        click.echo(wrap(track.tagline))
    told = {name: text for name, text in facts.items() if text}
    if told:
        click.echo()
    for name, text in told.items():
        click.echo(wrap(text, f"  {name:<16}", " " * 18))
    trunk = [workspace.catalog.tracks[one].title for one in path.tracks]
    click.echo(f"\n  {'path':<16}{' -> '.join(trunk)}")
    click.echo(f"  {'size':<16}{count(len(path.milestones), 'milestone')}, {hours_text(path.hours)}")
    yours, _left = split_hours(standing.hours.done, standing.hours.total - standing.hours.done)
    click.echo(f"  {'yours already':<16}{yours}")
    if track.role.profile:
        click.echo("\n  profile, 0 to 5")
        rows = [[f"    {name.replace('-', ' ')}", str(value)] for name, value in track.role.profile.items()]
        click.echo(columns(rows))
    click.echo(f"\n`roadmap path {id}` shows the milestones; `roadmap role {id} --follow` begins.")


def _not_this(context: Context, track: Track) -> str:
    """Name the neighbor a role is mistaken for, and the difference."""
    if not track.role.not_this:
        return ""
    other = context.workspace.catalog.tracks.get(track.role.not_this_role)
    name = other.title if other else track.role.not_this_role.replace("-", " ")
    return f"{name}: {track.role.not_this}"
