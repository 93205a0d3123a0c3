"""Putting milestones of other tracks on a path, and taking them off again: ``roadmap path --add`` and ``--drop``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap.analysis.path import path_of
from roadmap.authoring.files import AuthoringError, shown
from roadmap.cli.context import fail, no
from roadmap.cli.text import hours_text, waits_text, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.cli.context import Context
    from roadmap.storage.workspace import Workspace


def change_path(
    context: Context, role: str, added: Sequence[str], dropped: Sequence[str], *, quiet: bool = False
) -> None:
    """Change the path of a role and say what was done; exit status 1 when nothing was. ``quiet`` says nothing of it."""
    workspace = context.started
    put = list(dict.fromkeys(context.address(one, ("milestone",)) for one in added))
    take = list(dict.fromkeys(context.address(one, ("milestone",)) for one in dropped))
    if both := [one for one in put if one in take]:
        fail(f"`{both[0]}` is both to be added and to be dropped.", "Name it once.")
    try:
        _refuse(workspace, role, take)
        there = {one.address for one in path_of(workspace.catalog, role).milestones}
        workspace.extend(role, [one for one in put if one not in there])
        workspace.shorten(role, take)
    except AuthoringError as error:
        fail(error.message, error.help)
    if not quiet:
        _say(workspace, role, put, take, there)


def _refuse(workspace: Workspace, role: str, take: Sequence[str]) -> None:
    """Fail for a milestone that ``--add`` did not put on the path. Raises AuthoringError for a broken overlay."""
    from roadmap.storage.additions import added_in

    file = workspace.overlay(role)
    listed = added_in(file)
    there = {one.address for one in path_of(workspace.catalog, role).milestones}
    for address in take:
        if address in listed:
            continue
        if address not in there:
            fail(
                f"`{address}` is not on the path of {workspace.catalog.tracks[role].title}.",
                "`roadmap path` lists it.",
            )
        fail(
            f"`{address}` was not put on the path by {shown(file)}.",
            "`roadmap skip` leaves a milestone of the track itself out of every total; `hide` in an overlay removes it.",
        )


def _say(workspace: Workspace, role: str, put: Sequence[str], take: Sequence[str], before: set[str]) -> None:
    catalog = workspace.catalog
    standing = workspace.standing(role)
    title = catalog.tracks[role].title
    for address in put:
        milestone = catalog.milestone(address)
        one = standing.of(address)
        if milestone is None or one is None:
            fail(
                f"`{address}` could not be put on the path.",
                f"`roadmap track lint {workspace.overlay(role)}` says why.",
            )
        if address in before:
            click.echo(wrap(f"on the path of {title} already: {milestone.title}", "", "  "))
            continue
        click.echo(
            wrap(f"on the path of {title}: {milestone.title}, {hours_text(milestone.hours)}", "", "  ")
        )
        if one.locked:
            click.echo(wrap(f"{waits_text(catalog, one)}; a lock explains, it does not refuse", "  "))
    for address in take:
        milestone = catalog.milestone(address)
        click.echo(wrap(f"off the path of {title}: {milestone.title if milestone else address}", "", "  "))
    if any(one not in before for one in put) or take:
        click.echo(f"in {workspace.overlay(role)}; what you recorded stays")
    else:
        no()
