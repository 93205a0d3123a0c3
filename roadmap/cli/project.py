"""The group of commands around a project's own folder, opened one at a time like the ones above it."""

from __future__ import annotations

import click

from roadmap.cli.lazy import LazyGroup

COMMANDS = {
    "new": "roadmap.cli.project_new:new",
}
"""Every command of the group and where it is written, in the order ``--help`` lists them."""


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    epilog="""\b
Begin with:
  roadmap project new triage-endpoint ~/code/triage    a folder with the layout of the three proofs""",
)
def project() -> None:
    """Begin the folder of a project, laid out for its three proofs."""
