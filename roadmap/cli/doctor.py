"""The command that says what is wrong and what mends it, and that brings a backup back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from roadmap.cli.context import Context, fail, json_option, no, pass_context, say_json
from roadmap.cli.text import columns, count, wrap
from roadmap.loading.clean import clean, quote
from roadmap.storage.config import load_config
from roadmap.storage.health import Finding, Report, examine
from roadmap.storage.places import cache_dir, config_dir, find_progress, here, state_dir
from roadmap.storage.store import Store
from roadmap.storage.workspace import Workspace

if TYPE_CHECKING:
    from roadmap.storage.backups import Backup


@click.command(
    epilog="""\b
Examples:
  roadmap doctor
  roadmap doctor --json
  roadmap doctor --restore 2026-11-24      what is there now is kept as well"""
)
@click.option("--restore", metavar="BACKUP", help="Bring back the copy of that name; the list shows them.")
@json_option
@pass_context
def doctor(context: Context, restore: str | None, as_json: bool) -> None:
    """Say what is wrong with your progress file and around it, and the command that mends it.

    Exit status 1 when there is something to mend. Nothing is changed, unless --restore says so.
    """
    if restore is not None:
        _restore(context, restore.removesuffix(".toml"), as_json)
        return
    workspace = Workspace.find(context.progress_option, context.tracks_option)
    report = examine(
        workspace.place,
        workspace.store,
        workspace.catalog,
        workspace.faults,
        load_config(config_dir()).notices,
        {"state": state_dir(), "cache": cache_dir()},
        here(),
        time.time(),
    )
    if as_json:
        say_json(_data(report))
    else:
        _tell(report)
    if not report.healthy:
        no()


def _data(report: Report) -> dict[str, Any]:
    """The report as JSON has it."""
    return {
        "file": str(report.place.path),
        "how": report.place.how,
        "exists": report.exists,
        "ok": report.healthy,
        "findings": [finding._asdict() for finding in report.findings],
        "backups": [_backup_data(backup) for backup in report.backups],
    }


def _backup_data(backup: Backup) -> dict[str, Any]:
    return {"name": backup.name, "why": backup.why, "size": backup.size, "path": str(backup.path)}


def _tell(report: Report) -> None:
    """Write the report for a person: what is wrong first."""
    state = "" if report.exists else ", not there yet"
    click.echo(f"{clean(str(report.place.path))} ({report.place.how}{state})")
    wrong = [finding for finding in report.findings if finding.wrong]
    fine = [finding for finding in report.findings if not finding.wrong]
    if wrong:
        click.echo(f"\n{count(len(wrong), 'thing')} to mend\n")
    for finding in wrong:
        _tell_one(finding)
    if fine:
        click.echo("\nGood to know\n")
    for finding in fine:
        _tell_one(finding)
    if report.backups:
        click.echo("\nBackups; `roadmap doctor --restore NAME` brings one back\n")
        click.echo(
            columns([[f"  {one.name}", f"{one.size:,} bytes", one.why] for one in report.backups], right=(1,))
        )
    if not wrong:
        click.echo("\nNothing is wrong.")


def _tell_one(finding: Finding) -> None:
    click.echo(wrap(finding.message, "  - ", "    "))
    if finding.line is not None:
        click.echo(f"    line {finding.line}, column {finding.column or 1}")
    if finding.help:
        click.echo(wrap(finding.help, "    "))
    if finding.command:
        click.echo(f"    $ {finding.command}")


def _restore(context: Context, name: str, as_json: bool) -> None:
    """Put a backup in the place of the progress file."""
    place = find_progress(context.progress_option)
    store = Store(place.path, state_dir())
    try:
        kept, warnings = store.restore(name)
    except KeyError:
        listed = store.backups.listed()
        have = ", ".join(one.name for one in listed[:8])
        fail(
            f"There is no backup {quote(name)} of {clean(str(place.path))}.",
            f"There are: {have}." if have else "There is none yet: the first change of each day makes one.",
        )
    for warning in warnings:
        click.echo(warning, err=True)
    if as_json:
        say_json({"file": str(place.path), "restored": name, "kept": _backup_data(kept) if kept else None})
        return
    click.echo(f"restored: {clean(str(place.path))} as in {name}")
    if kept is not None:
        click.echo(f"What was there is kept: `roadmap doctor --restore {kept.name}` takes this back.")
