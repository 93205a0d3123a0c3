"""The commands that judge tracks: `track lint`, and `track explain` for one of its codes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadmap.cli.context import Context, fail, json_option, pass_context, say_json
from roadmap.lint.formats import FORMATS
from roadmap.loading.clean import clean, quote
from roadmap.storage.places import config_dir, find_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.lint.files import Library
    from roadmap.lint.mend import Change
    from roadmap.lint.run import Report
    from roadmap.loading.diagnostics import Fault

ROUNDS = 10
"""How often --fix mends and looks again; one mended key can show another fault."""


@click.command(
    epilog="""\b
Examples:
  roadmap track lint                        the tracks beside your progress file
  roadmap track lint tracks/rust.toml --fix
  roadmap track lint tracks --strict --format github
  roadmap track explain T007

Exit status: 0 no errors (with --strict, no warnings either), 1 faults were found, 2 nothing to lint, or a file
that --fix could not write."""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATHS]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="human",
    help="For people, for scripts, for GitHub workflows, or SARIF 2.1.0.",
)
@click.option("--strict", is_flag=True, help="Warnings count as errors for the exit status.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, keeping comments and layout.")
@pass_context
def lint(context: Context, paths: tuple[Path, ...], form: str, strict: bool, fix: bool) -> int:
    """Find every fault of tracks at once: each with its line, a code, and what to do.

    PATHS are files or folders. Without any: the folder given with --tracks, else `tracks` beside the progress
    file, else `tracks` in this folder. References into bundled tracks are followed.
    """
    from roadmap.lint.files import Library
    from roadmap.lint.formats import render

    files = files_meant(context, paths)
    unwritten: dict[Path, str] = {}
    report, changes = _lint(files, Library(folders_around(context, files)), fix, unwritten)
    for line in _told(changes):
        click.echo(line, err=form != "human")
    text = render(report, form)
    if text:
        click.echo(text)
    if unwritten:
        fail("\n".join(unwritten.values()), "Allow writing there, then repeat it.")
    return 1 if report.errors or (strict and report.warnings) else 0


def files_meant(context: Context, paths: Sequence[Path]) -> list[Path]:
    """Return the files of tracks and overlays that a person means: those of the paths, or else the own ones.

    Fails kindly when there are none, and for a path that cannot be read or names no track. A folder that holds too
    many is said to on standard error.
    """
    from roadmap.lint.files import find_files, passed_over

    beside = find_progress(context.progress_option).tracks
    wanted = list(paths) or [_default(context.tracks_option, beside)]
    for path in wanted:
        look_at(path, "Name track files, or folders that hold some.")
    files = [short(file) for file in find_files(wanted)]
    if not files:
        fail(f"There is no track in {_shown(wanted[0])}.", "A track is a file that ends in .toml; "
             "`roadmap track new ID` begins one.")  # fmt: skip
    for folder in wanted:
        if more := passed_over(folder):
            shown = _shown(short(folder))
            click.echo(f"{shown} holds more files than are read: {more} are passed over.", err=True)
    return files


def look_at(path: Path, help: str) -> None:
    """Fail kindly unless a path is a folder that can be listed, or a file that is named as tracks are.

    ``help`` says what to do when nothing is there. What the file holds is not looked at.
    """
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            with os.scandir(path):
                return
    except (FileNotFoundError, NotADirectoryError):
        fail(f"There is no file or folder {_shown(path)}.", help)
    except PermissionError:
        fail(
            f"{_shown(path)} cannot be read: permission denied.", "Allow reading it, and the folder it is in."
        )
    except (OSError, ValueError) as error:  # a loop of links, a name that is too long, or with a zero in it
        fail(f"{_shown(path)} cannot be read: {getattr(error, 'strerror', None) or error}.", help)
    if path.is_file() and (path.suffix != ".toml" or path.name.startswith(".")):
        stem, ending, _rest = path.name.strip(".").partition(".toml")
        name = f"{stem if ending else path.stem.strip('.')}.toml"
        fail(f"{_shown(path)} is no track by its name, so no folder would find it.",
             f"Rename it to {clean(name)}, or leave it out.")  # fmt: skip


def _default(tracks: Path | None, beside: Path) -> Path:
    for folder in (tracks, beside, Path("tracks")):
        if folder is not None and os.path.isdir(folder):  # noqa: PTH112 - the method would raise without permission
            return folder
    fail("There is no `tracks` folder here or beside your progress file.",
         "Name a file, as in `roadmap track lint my-track.toml`; `roadmap track new ID` begins one.")  # fmt: skip


def _lint(
    files: Sequence[Path], library: Library, fix: bool, unwritten: dict[Path, str]
) -> tuple[Report, list[Change]]:
    """Lint, and when asked to, mend and lint again until nothing safe is left to mend.

    Why a file could not be written is put into ``unwritten``.
    """
    from roadmap.lint.files import read_files
    from roadmap.lint.run import lint as judge_all

    report = judge_all(read_files(files), library)
    changes: list[Change] = []
    for _ in range(ROUNDS if fix else 0):
        made = _mend([file for file in files if file not in unwritten], report, unwritten)
        if not made:
            break
        changes += made
        report = judge_all(read_files(files), library)
    return report, changes


def _mend(files: Sequence[Path], report: Report, unwritten: dict[Path, str]) -> list[Change]:
    """Make the safe changes of one round. Each file is replaced in one step, if nobody changed it meanwhile."""
    from roadmap.lint.mend import mend
    from roadmap.model.errors import ProgressError
    from roadmap.storage.atomic import UNCHANGED, ChangedMeanwhile, hint, write_atomically

    by_file: dict[str, list[Fault]] = {}
    for fault in report.faults:
        if fault.fix:
            by_file.setdefault(fault.file, []).append(fault)
    made: list[Change] = []
    for file in files:
        faults = by_file.get(str(file))
        if not faults:
            continue
        before = hint(file)
        data = file.read_bytes().decode()
        mark = "\ufeff" if data.startswith("\ufeff") else ""
        text, changes = mend(data.removeprefix("\ufeff"), faults)
        if not changes:
            continue
        try:
            write_atomically(file, (mark + text).encode(), expect=before)
        except ChangedMeanwhile:
            continue  # the next round reads what somebody else wrote
        except ProgressError as error:  # its words are of the progress file
            why = error.message.replace(f" {UNCHANGED}", "")
            unwritten[file] = f"{_shown(file)} was not mended: {why}"
            continue
        made += changes
    return made


def _told(changes: Sequence[Change]) -> list[str]:
    """Say what was mended, one line each, and nothing when nothing was."""
    if not changes:
        return []
    lines = [f"{one.file}:{one.line}:{one.column}: mended {one.code}: {one.what}" for one in changes]
    return [*lines, ""]


def folders_around(context: Context, files: Sequence[Path]) -> list[Path]:
    """Return the folders that hold the tracks which some files may refer to, the first of a name wins."""
    from roadmap.loading.sources import bundled

    beside = find_progress(context.progress_option).tracks
    folders = [*(file.parent for file in files), beside, config_dir() / "tracks", bundled()]
    if context.tracks_option is not None:
        folders.insert(0, context.tracks_option)
    return list(dict.fromkeys(folders))


def short(file: Path) -> Path:
    """Return a path as a person in this folder would write it."""
    try:
        return Path(os.path.relpath(file)) if file.absolute().is_relative_to(Path.cwd()) else file
    except (OSError, ValueError):
        return file


def _shown(path: Path) -> str:
    return quote(str(path), 200)


@click.command(epilog="\b\nExamples:\n  roadmap track explain T007\n  roadmap track explain      all codes")
@click.argument("code", required=False)
@json_option
def explain(code: str | None, as_json: bool) -> None:
    """Say what a CODE of `track lint` means, with a wrong and a right example; without one, list them all."""
    from roadmap.lint.catalog import PAGES
    from roadmap.lint.catalog import explain as text_of
    from roadmap.loading.clean import clean
    from roadmap.loading.diagnostics import CODES

    if code is None:
        rows = [(page.code, page.severity, CODES[page.code]) for page in PAGES.values()]
        if as_json:
            say_json([{"code": one, "severity": severity, "title": title} for one, severity, title in rows])
        else:
            click.echo("\n".join(f"{one}  {severity:<7}  {title}" for one, severity, title in rows))
        return
    digits = code.strip().upper().removeprefix("T")
    wanted = f"T{int(digits):03}" if digits.isascii() and digits.isdigit() and len(digits) <= 3 else ""
    if wanted not in PAGES:
        fail(f"There is no code `{clean(code)[:20]}`.", "`roadmap track explain` lists them all.")
    if as_json:
        page = PAGES[wanted]
        say_json({"code": page.code, "severity": page.severity, "title": CODES[page.code], "why": page.why,
                  "wrong": page.wrong, "right": page.right, "fixable": page.mends})  # fmt: skip
    else:
        click.echo(text_of(wanted))
