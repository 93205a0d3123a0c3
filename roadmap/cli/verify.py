"""The command that holds the checks of a project against a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.cli.context import (
    Context,
    complete_project,
    fail,
    json_option,
    no,
    pass_context,
    say_json,
)
from roadmap.cli.project_new import project_at
from roadmap.cli.text import count, wrap
from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from roadmap.analysis.proof.folder import Folder
    from roadmap.analysis.proof.judge import Verdict


@click.command(
    short_help="Hold a project's checks against a folder.",
    epilog="""\b
Examples:
  roadmap verify triage-endpoint ~/code/triage
  roadmap verify triage-endpoint . --json""",
)
@click.argument("address", shell_complete=complete_project)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, readable=False))
@json_option
@pass_context
def verify(context: Context, address: str, folder: Path, as_json: bool) -> None:
    """Look for what a project's checks ask for, in a folder on this machine.

    Files are read, and git is asked about the past; nothing is run or fetched. What it says is that things are there
    and agree with each other, never that a number is true. Exit status 1 when something is missing.
    """
    from roadmap.analysis.proof.judge import judge_project
    from roadmap.analysis.proof.wording import sentence

    project = project_at(context, address)
    proofs = judge_project(project, _looked_at(folder))
    verdicts = [one for found in proofs.values() for one in found]
    ok = all(one.ok for one in verdicts)
    if as_json:
        told = {
            proof: [{"criterion": sentence(one.check), "ok": one.ok, "why": one.why} for one in found]
            for proof, found in proofs.items()
        }
        say_json({"address": project.address, "proofs": told, "ok": ok})
    else:
        click.echo(wrap(project.title))
        click.echo(f"project  {project.address}")
        for proof, found in proofs.items():
            click.echo(f"\n{proof}\n")
            for one in found:
                _say(one, sentence(one.check))
        passed = sum(one.ok for one in verdicts)
        click.echo(f"\n{passed} of {count(len(verdicts), 'check')} passed.")
        if ok:
            click.echo(
                wrap("What is looked for is there and agrees. Whether it convinces is for people to judge.")
            )
    if not ok:
        no()


def _say(one: Verdict, criterion: str) -> None:
    click.echo(wrap(criterion, f"  {'ok' if one.ok else 'no'}  ", " " * 6))
    if not one.ok:
        click.echo(wrap(one.why, " " * 6))


def _looked_at(folder: Path) -> Folder:
    """Return the folder as checks see it, or fail kindly."""
    from roadmap.storage.folder import MAX_FILES, TooLarge, look_at

    name = quote(str(folder), 200)
    try:
        folder = folder.expanduser()
        if not folder.is_dir():
            fail(
                f"{name} is {'a file' if folder.exists() else 'not there'}.",
                "DIR is the folder of the project on this machine.",
            )
        return look_at(folder)
    except TooLarge:
        fail(f"{name} holds more than {MAX_FILES:,} files.", "Name the folder of the project itself.")
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror}.", "Look at its permissions.")
    except (RuntimeError, ValueError):
        fail(f"{name} cannot be the name of a folder.", "DIR is the folder of the project on this machine.")
