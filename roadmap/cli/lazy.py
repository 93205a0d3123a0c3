"""A group of commands that are imported when they are called, so that no command pays for the others."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

from roadmap.loading.clean import clean

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group over ``places``: each command's name with its ``module:name``, in the order ``--help`` lists them."""

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a person meets them."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None when there is no such command."""
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the one that was probably meant."""
        if args and args[0] not in self.places and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], self.places, n=1, cutoff=0.5)
            hint = f" Did you mean `{close[0]}`?" if close else ""
            group = f"{self.name} " if ctx.parent else ""
            ctx.fail(f"There is no command `{group}{clean(args[0])[:40]}`.{hint}")
        return super().resolve_command(ctx, args)
