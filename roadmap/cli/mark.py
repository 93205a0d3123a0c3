"""Commands that mark: start, done, skip, reset; and taking it back."""

from __future__ import annotations

import click

from roadmap.analysis.marks import mark
from roadmap.cli.context import Context, complete_address, no, pass_context
from roadmap.model.progress import State
from roadmap.storage.workspace import today

ADDRESSES = click.argument(
    "addresses", metavar="ADDRESS...", nargs=-1, required=True, shell_complete=complete_address
)


def _mark(context: Context, addresses: tuple[str, ...], state: State) -> None:
    workspace = context.started
    full = [context.address(one) for one in addresses]
    context.apply(mark(workspace.catalog, workspace.progress, full, state, today()))


@click.command(epilog="\b\nExamples:\n  roadmap start model-api-foundations\n  roadmap start triage-endpoint")
@ADDRESSES
@pass_context
def start(context: Context, addresses: tuple[str, ...]) -> None:
    """Mark things as begun: a milestone, a skill, a resource or a project.

    A locked milestone may be begun too: locks explain, they never refuse.
    """
    _mark(context, addresses, State.LEARNING)


@click.command(
    epilog="\b\nExamples:\n  roadmap done error-bars agreed-criteria\n  roadmap done ai-engineer/first-evals"
)
@ADDRESSES
@pass_context
def done(context: Context, addresses: tuple[str, ...]) -> None:
    """Mark things as done. A milestone marked done marks its required skills too.

    Done is what you claim. A project is proven once `roadmap prove` has recorded evidence for all three proofs.
    """
    _mark(context, addresses, State.DONE)


@click.command(epilog="\b\nExample:\n  roadmap skip workflows-and-agents")
@ADDRESSES
@pass_context
def skip(context: Context, addresses: tuple[str, ...]) -> None:
    """Leave things out. What is skipped leaves both sides of every total, and opens what comes after it."""
    _mark(context, addresses, State.SKIPPED)


@click.command(epilog="\b\nExample:\n  roadmap reset error-bars")
@ADDRESSES
@pass_context
def reset(context: Context, addresses: tuple[str, ...]) -> None:
    """Set things back to todo. Notes, links and evidence stay. A milestone takes its items with it."""
    _mark(context, addresses, State.TODO)


@click.command(epilog="\b\nExamples:\n  roadmap undo\n  roadmap undo --redo")
@click.option("--redo", is_flag=True, help="Do again what was last taken back.")
@pass_context
def undo(context: Context, redo: bool) -> None:
    """Take back your last change of the progress file, whichever window made it. Repeat for the one before.

    Exit status 1 when there is nothing to take back.
    """
    workspace = context.started
    what = workspace.redo() if redo else workspace.undo()
    if what is None:
        click.echo("There is nothing to " + ("do again." if redo else "take back."))
        no()
    click.echo(f"{'done again' if redo else 'taken back'}: {what}")
