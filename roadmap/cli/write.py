"""Commands that write something of the person's own: notes, links, and evidence for projects."""

from __future__ import annotations

import sys

import click

from roadmap.analysis import marks
from roadmap.cli.context import Context, complete_address, complete_project, fail, interactive, pass_context
from roadmap.model.track import PROOFS
from roadmap.storage.workspace import today


@click.command(
    epilog="""\b
Examples:
  roadmap note streaming "retry on 529 too"
  roadmap note streaming                     opens your editor
  roadmap note streaming < thoughts.txt
  roadmap note streaming ""                  removes the note"""
)
@click.argument("address", shell_complete=complete_address)
@click.argument("text", required=False)
@pass_context
def note(context: Context, address: str, text: str | None) -> None:
    """Write a note on anything. Without TEXT, opens your editor, or reads standard input."""
    workspace = context.started
    full = context.address(address)
    if text is None:
        current = workspace.records.entry(full).note
        if interactive():
            text = click.edit(current, extension=".md", require_save=True)
        elif not (text := sys.stdin.read() if sys.stdin else "").strip():
            # An empty pipe is a slip more often than a wish to lose a note.
            click.echo('nothing to change (standard input is empty; "" as TEXT removes the note)')
            return
        if text is None:
            click.echo("nothing to change (the editor saved nothing)")
            return
    context.apply(marks.note(workspace.catalog, workspace.progress, full, text))


@click.command(
    epilog="""\b
Examples:
  roadmap link retrieval https://example.org/talk
  roadmap link retrieval https://example.org/talk --remove"""
)
@click.argument("address", shell_complete=complete_address)
@click.argument("url")
@click.option("--remove", is_flag=True, help="Take the link away again.")
@pass_context
def link(context: Context, address: str, url: str, remove: bool) -> None:
    """Add a link of your own to anything."""
    workspace = context.started
    full = context.address(address)
    if not remove and (not url.startswith(("http://", "https://")) or any(ch.isspace() for ch in url)):
        fail(
            f"`{url[:80]}` is not a web address.", "A link starts with http:// or https:// and has no spaces."
        )
    context.apply(marks.link(workspace.catalog, workspace.progress, full, url, remove=remove))


@click.command(
    epilog="""\b
Examples:
  roadmap prove triage-endpoint --built https://github.com/me/triage
  roadmap prove triage-endpoint --evaluated evals/results/2026-11.json --explained docs/decisions
  roadmap prove triage-endpoint --built ""     removes that evidence"""
)
@click.argument("address", shell_complete=complete_project)
@click.option("--built", multiple=True, metavar="EVIDENCE", help="Where it can be seen running.")
@click.option("--evaluated", multiple=True, metavar="EVIDENCE", help="Where the numbers are.")
@click.option("--explained", multiple=True, metavar="EVIDENCE", help="Where the trade-offs are written up.")
@pass_context
def prove(
    context: Context,
    address: str,
    built: tuple[str, ...],
    evaluated: tuple[str, ...],
    explained: tuple[str, ...],
) -> None:
    """Record evidence for a project: a link or a path for each of the three proofs.

    An option given again adds a second piece of evidence. A project with all three is proven.
    """
    workspace = context.started
    full = context.address(address, ("project",))
    given: dict[str, tuple[str, ...]] = {
        proof: value for proof, value in zip(PROOFS, (built, evaluated, explained), strict=True) if value
    }
    if not given:
        click.echo(context.proven_text(workspace.progress, full))
        click.echo("Record evidence with --built, --evaluated and --explained.")
        return
    context.apply(marks.prove(workspace.catalog, workspace.progress, full, given, today()))
    click.echo(context.proven_text(workspace.progress, full))
