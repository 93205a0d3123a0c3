"""The group of commands for authors of tracks, opened one at a time like the ones above it."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "new": "roadmap.cli.track_new:new",
    "lint": "roadmap.cli.track_lint:lint",
    "explain": "roadmap.cli.track_lint:explain",
    "schema": "roadmap.cli.track_schema:schema",
    "import": "roadmap.cli.track_import:import_command",
}
"""Every command of the group and where it is written, in the order ``--help`` lists them."""


class TrackGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order an author meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None when there is no such command."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the one that was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            from roadmap.loading.clean import clean

            close = difflib.get_close_matches(args[0], COMMANDS, n=1, cutoff=0.5)
            hint = f" Did you mean `{close[0]}`?" if close else ""
            ctx.fail(f"There is no command `track {clean(args[0])[:40]}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=TrackGroup,
    epilog="""\b
Begin with:
  roadmap track new my-subject    a small track that works, to change piece by piece
  roadmap track --help            what else there is""",
)
def track() -> None:
    """Write tracks of your own: begin one, find what is wrong with it, take one over from elsewhere."""
