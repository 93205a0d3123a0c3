"""Commands around git: the merge driver, and committing the progress file alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.cli.context import Context, fail, no, pass_context
from roadmap.cli.text import wrap
from roadmap.loading.clean import quote
from roadmap.storage.git import Git
from roadmap.storage.places import find_progress

if TYPE_CHECKING:
    from roadmap.analysis.merge import Decision

MOST_TOLD = 20
"""How many decisions the driver prints; git shows them in the middle of its own words."""


@click.group(short_help="Merge driver, and commits of the progress file alone.")
def git() -> None:
    """Work with the git repository that your progress file is in.

    Nothing here is needed: plain git merges different items cleanly, and `roadmap resolve` settles the rest.
    """


@git.command(epilog="\b\nExamples:\n  roadmap git setup\n  roadmap git setup --remove")
@click.option("--remove", is_flag=True, help="Take the driver and its attribute out again.")
@pass_context
def setup(context: Context, remove: bool) -> None:
    """Let git merge the progress file field by field, by itself.

    Writes a line to .gitattributes beside the file (commit it) and the driver to this clone's own
    configuration; every other clone runs this once too. A clone that did not merges as before.
    """
    from roadmap.storage import driver

    repository = _repository(context)
    changed = driver.remove(repository) if remove else driver.set_up(repository)
    if not changed:
        click.echo("nothing to change (it is not set up)" if remove else "nothing to change (it is set up)")
        return
    for path in changed:
        click.echo(f"changed: {quote(str(path), 200)[1:-1]}")
    if remove:
        click.echo("Git merges the progress file line by line again.")
        return
    click.echo(wrap("Git now merges the progress file field by field in this clone. Commit .gitattributes, "
                    "and run `roadmap git setup` once in each other clone."))  # fmt: skip


@git.command(epilog='\b\nExamples:\n  roadmap git commit\n  roadmap git commit -m "A good week"')
@click.option("-m", "--message", help="The message, instead of one that says what changed.")
@pass_context
def commit(context: Context, message: str | None) -> None:
    """Commit the progress file alone, with a message that says what changed.

    What else is staged or changed stays as it is. Exit status 1 when there is nothing to commit.
    """
    from roadmap.analysis.changes import message as message_for
    from roadmap.loading.progress_text import parse_progress
    from roadmap.model.errors import ProgressError

    workspace = context.started
    repository = _repository(context)
    if repository.stages():
        fail("The progress file is in conflict.", "Run `roadmap resolve`, then finish what git began.")
    if under_way := repository.operation():
        fail(f"A {under_way} is under way.", "Finish it with git; its commit takes the progress file along.")
    if not repository.dirty():
        click.echo("There is nothing to commit: the progress file is as in the latest commit.")
        no()
    if message is None or not message.strip():
        committed = repository.committed()
        try:
            before = parse_progress(committed) if committed is not None else None
        except ProgressError:
            message = "Progress file: mended"
        else:
            titles = {id: track.title for id, track in workspace.catalog.tracks.items()}
            message = message_for(before, workspace.progress, titles)
    id = repository.commit(message)
    click.echo(f"{id} {quote(message.partition(chr(10))[0], 200)[1:-1]}")


@git.command(hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("size", type=int, default=7)
@click.argument("name", default="progress.toml")
@click.pass_context
def driver(ctx: click.Context, base: Path, ours: Path, theirs: Path, size: int, name: str) -> None:
    """Merge three files into OURS. Git runs this once `roadmap git setup` was; exit 1 leaves markers."""
    from roadmap.storage.driver import drive

    status, decisions, trouble = drive(base, ours, theirs, max(7, min(size, 1000)))
    shown = quote(name, 120)[1:-1]
    if trouble:
        click.echo(f"roadmap: {shown} was merged line by line: {quote(trouble, 300)[1:-1]}", err=True)
    if status:
        click.echo("roadmap: mend it in an editor, or run `roadmap resolve`.", err=True)
    _tell(shown, decisions)
    ctx.exit(status)


def _tell(name: str, decisions: tuple[Decision, ...]) -> None:
    from roadmap.analysis.decisions import decision_text

    for one in decisions[:MOST_TOLD]:
        click.echo(f"{name}: {decision_text(one)}", err=True)
    if len(decisions) > MOST_TOLD:
        click.echo(f"{name}: {len(decisions) - MOST_TOLD} more were decided", err=True)


def _repository(context: Context) -> Git:
    """Return the repository of the progress file, or fail kindly."""
    path = find_progress(context.progress_option).path
    if not path.exists():
        fail("There is no progress file yet.", "Create one here with `roadmap init`.")
    found = Git.find(path)
    if found is None:
        fail(
            f"{quote(str(path), 200)} is in no git repository.",
            "`git init` makes its folder one; the file works without as well.",
        )
    return found
