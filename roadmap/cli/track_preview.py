"""The command that shows a track in the terminal UI while it is being written."""

from __future__ import annotations

from pathlib import Path

import click

from roadmap.cli.context import Context, fail, pass_context


@click.command(
    epilog="""\b
Examples:
  roadmap track preview tracks/home-baker.toml
  roadmap track preview tracks/ai-engineer.overlay.toml

Without a terminal, `roadmap track lint FILE` says once what is wrong."""
)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@pass_context
def preview(context: Context, file: Path) -> int:
    """Show a track as it will look, and again at every save, with its faults beside it.

    For an editor in the other window: each save shows within a second, and the screen and the cursor stay
    where they are. After a save with errors the last good view stays, and the panel says what is wrong.

    FILE is a track or an overlay on one, or a folder that holds just one track. The track opens as if you had
    chosen it, together with the tracks beside it and the bundled ones. Nothing is written: marks are tried in
    memory, and your progress file is not touched.
    """
    from roadmap.authoring.preview import TrackFile
    from roadmap.cli.main import open_ui
    from roadmap.cli.track_lint import folders_around, short

    one = short(_only(file))
    folders = folders_around(context, [one])
    without = f"`roadmap track lint {one}` says what is wrong with the track."
    return open_ui(context.progress_option, context.tracks_option, without, TrackFile(one, folders))


def _only(path: Path) -> Path:
    """Return the one track file that a path means. Fails kindly when it is none, or several."""
    from roadmap.cli.track_lint import look_at
    from roadmap.lint.files import find_files
    from roadmap.loading.clean import clean, quote
    from roadmap.loading.sources import is_overlay

    shown = quote(str(path), 200)
    look_at(path, "Name a track file; `roadmap track new ID` begins one.")
    files = find_files([path])
    if not files:
        fail(f"There is no track in {shown}.", "A track is a file that ends in .toml; "
             "`roadmap track new ID` begins one.")  # fmt: skip
    # with a track, the overlays on it are shown too
    tracks = [file for file in files if not is_overlay(file)]
    meant = tracks or files
    if len(meant) > 1:
        example = clean(str(meant[0]))
        fail(
            f"There are {len(meant)} {'tracks' if tracks else 'overlays'} in {shown}.",
            f"Name one of them, as in `roadmap track preview {example}`.",
        )
    return meant[0]
