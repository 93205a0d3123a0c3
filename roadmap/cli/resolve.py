"""The command that settles a merge conflict in the progress file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from roadmap.cli.context import Context, json_option, no, pass_context, say_json
from roadmap.cli.text import count, wrap
from roadmap.loading.clean import quote
from roadmap.storage.places import find_progress, state_dir
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from roadmap.analysis.merge import Decision


@click.command(
    epilog="\b\nExamples:\n  roadmap resolve --dry-run\n  roadmap resolve\n  roadmap resolve --json"
)
@click.option("--dry-run", is_flag=True, help="Say what would be decided; write nothing.")
@json_option
@pass_context
def resolve(context: Context, dry_run: bool, as_json: bool) -> None:
    """Settle a merge conflict in the progress file, field by field, and stage it.

    What only one side changed is taken from that side. Where both changed the same field: further along wins,
    the earlier date of two, both notes, all links and evidence. What one side took away and the other changed
    stays. Each decision is printed. In a rebase git calls the branch you rebase onto "ours".

    Exit status 1 when there is nothing to settle.
    """
    from roadmap.analysis.decisions import decision_text
    from roadmap.storage.resolve import CONTINUE, SOURCES
    from roadmap.storage.resolve import resolve as settle

    store = Store(find_progress(context.progress_option).path, state_dir())
    result = settle(store, dry_run=dry_run)
    if as_json:
        say_json(
            {
                "decisions": [_row(one) for one in result.decisions] if result else [],
                "written": bool(result and result.written),
                "staged": bool(result and result.staged),
                "source": result.source if result else None,
                "file": str(store.path),
                "notes": list(result.notes) if result else [],
            }
        )
        if result is None:
            no()
        return
    if result is None:
        click.echo(f"There is nothing to settle in {quote(str(store.path), 200)}.")
        no()
    click.echo(wrap(f"Merged field by field from {SOURCES[result.source]}."))
    if result.operation == "rebase" and result.decisions:
        click.echo(wrap('In a rebase, "ours" is the branch you rebase onto, and "theirs" your own commit.'))
    for one in result.decisions:
        click.echo(wrap(decision_text(one), "  ", "    "))
    if not result.decisions:
        click.echo("  The two sides changed different things; nothing had to be decided.")
    for note in result.notes:
        click.echo(wrap(note))
    if dry_run:
        click.echo("Nothing was written (--dry-run).")
        return
    done = f"Settled ({count(len(result.decisions), 'decision')}), written"
    click.echo(f"{done} and staged." if result.staged else f"{done}.")
    if result.staged and result.operation:
        click.echo(CONTINUE[result.operation])


def _row(one: Decision) -> dict[str, Any]:
    return {name: _plain(value) for name, value in one._asdict().items()}


def _plain(value: Any) -> Any:
    """Return parsed TOML as JSON can say it."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, int) and value.bit_length() > 64:
        return "a huge number"
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return str(value)
    return value
