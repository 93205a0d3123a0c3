"""The group of commands for authors of tracks, opened one at a time like the ones above it."""

from __future__ import annotations

import click

from roadmap.cli.lazy import LazyGroup

COMMANDS = {
    "new": "roadmap.cli.track_new:new",
    "lint": "roadmap.cli.track_lint:lint",
    "explain": "roadmap.cli.track_lint:explain",
    "preview": "roadmap.cli.track_preview:preview",
    "links": "roadmap.cli.track_links:links",
    "stale": "roadmap.cli.track_stale:stale",
    "schema": "roadmap.cli.track_schema:schema",
    "import": "roadmap.cli.track_import:import_command",
}
"""Every command of the group and where it is written, in the order ``--help`` lists them."""


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    epilog="""\b
Begin with:
  roadmap track new my-subject    a small track that works, to change piece by piece
  roadmap track --help            what else there is""",
)
def track() -> None:
    """Write tracks of your own: begin one, find what is wrong with it, take one over from elsewhere."""
