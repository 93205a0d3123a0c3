"""The group of all commands, opened one at a time, and what happens when one of them fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmap import __version__
from roadmap.cli.context import Context, fail, interactive
from roadmap.cli.lazy import LazyGroup
from roadmap.loading.clean import clean, quote
from roadmap.model.errors import ProgressError

if TYPE_CHECKING:
    from roadmap.authoring.preview import TrackFile

COMMANDS = {
    "init": "roadmap.cli.choose:init",
    "roles": "roadmap.cli.choose:roles",
    "compare": "roadmap.cli.compare:compare",
    "fit": "roadmap.cli.fit:fit",
    "decode": "roadmap.cli.decode:decode",
    "role": "roadmap.cli.choose:role",
    "path": "roadmap.cli.follow:path",
    "show": "roadmap.cli.show:show",
    "next": "roadmap.cli.follow:next_command",
    "status": "roadmap.cli.status:status",
    "search": "roadmap.cli.follow:search",
    "start": "roadmap.cli.mark:start",
    "done": "roadmap.cli.mark:done",
    "skip": "roadmap.cli.mark:skip",
    "reset": "roadmap.cli.mark:reset",
    "note": "roadmap.cli.write:note",
    "link": "roadmap.cli.write:link",
    "prove": "roadmap.cli.write:prove",
    "project": "roadmap.cli.project:project",
    "verify": "roadmap.cli.verify:verify",
    "undo": "roadmap.cli.mark:undo",
    "export": "roadmap.cli.export:export",
    "resolve": "roadmap.cli.resolve:resolve",
    "history": "roadmap.cli.history:history",
    "git": "roadmap.cli.git:git",
    "track": "roadmap.cli.track:track",
    "doctor": "roadmap.cli.doctor:doctor",
}
"""Every command and where it is written, in the order ``--help`` lists them. Opened only when used."""


class Folder(click.Path):
    """A folder that is there and can be listed; what is wrong with it is said in a sentence."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the folder. Fails kindly when it is none."""
        path = Path(value)
        try:
            with os.scandir(path):
                return path
        except (FileNotFoundError, ValueError):
            why = "is not there"
        except NotADirectoryError:
            why = "is not a folder"
        except OSError as error:
            why = f"cannot be read: {clean(str(error.strerror)).lower()}"
        fail(f"The folder {quote(str(path), 200)} of --tracks {why}.",
             "Name a folder with tracks of your own, or leave out --tracks.")  # fmt: skip


@click.command(
    cls=LazyGroup,
    places=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="""\b
Begin with:
  roadmap                               the terminal UI
  roadmap roles                         what the roles are
  roadmap init --role ai-engineer       a progress file in this folder
  roadmap next                          what to do now, and why

Addresses such as ai-engineer/first-evals/error-bars may be shortened to any ending that is unique.
Exit status: 0 done, 1 the answer is no, 2 wrong usage or input that cannot be read.""",
)
@click.option(
    "--progress",
    type=click.Path(path_type=Path, readable=False),
    help="The progress file to use, instead of the one that is found.",
)
@click.option(
    "--tracks",
    type=Folder(path_type=Path, file_okay=False),
    help="A folder with tracks of your own; they come before the bundled ones.",
)
@click.version_option(__version__, prog_name="roadmap")
@click.pass_context
def cli(ctx: click.Context, progress: Path | None, tracks: Path | None) -> None:
    """Tell AI engineering roles apart, follow a path, and keep your progress in a text file.

    Without a command, opens the terminal UI. Every command works without it, in plain text, so a screen
    reader or a script has everything the screens have.
    """
    ctx.obj = Context(progress, tracks)
    if ctx.invoked_subcommand is None:
        without = "`roadmap status`, `roadmap next` and `roadmap --help` say what there is."
        ctx.exit(open_ui(progress, tracks, without))


def open_ui(
    progress: Path | None, tracks: Path | None, without: str, preview: TrackFile | None = None
) -> int:
    """Open the terminal UI, on a track that is being written with ``preview``. The one door to it.

    Without a terminal, say so, and ``without``: which commands answer then.
    """
    if not (interactive() and sys.stdout is not None and sys.stdout.isatty()):
        said = f"The terminal UI needs a terminal for both input and output. Without one, {without}"
        click.echo(said, err=True)
        return 2
    from tui.app import run as run_ui

    return run_ui(progress, tracks, preview)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status. Errors a person can act on are one or two plain lines."""
    _forgiving_output()
    output = sys.stdout
    result: Any
    try:
        result = cli.main(args=arguments, prog_name="roadmap", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ProgressError as error:
        click.echo(f"Error: {error.message}\n{error.help}", err=True)
        return 2
    except SystemExit:
        if sys.stdout is output:
            raise
        return 0  # the reader went away: click met that first, muted the output, and calls it a failure
    except BrokenPipeError:
        _abandon_output()
        return 0
    except OSError as error:
        _abandon_output()
        click.echo(f"Error: {clean(str(error.strerror or error))}.\nNothing more could be written.", err=True)
        return 2
    except KeyboardInterrupt:
        return 130
    return result if isinstance(result, int) else 0


def _abandon_output() -> None:
    """Give up standard output: its reader went away (`roadmap path | head`), or there is no room.

    Without this, Python would complain once more while it closes.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _forgiving_output() -> None:
    """Never fail over a character that the terminal's encoding lacks; show a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
