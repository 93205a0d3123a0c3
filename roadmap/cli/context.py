"""What all commands share: the workspace, addresses that may be short, text and JSON answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from roadmap.loading.clean import clean, quote
from roadmap.model.address import near, resolve
from roadmap.storage.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from roadmap.analysis.marks import Marked
    from roadmap.model.progress import Progress


MAX_FAULTS = 5
"""The most faults of tracks that a command tells of, beside its answer. Errors come first."""


class Context:
    """The global options and, once somebody asks, the workspace they lead to."""

    def __init__(self, progress: Path | None = None, tracks: Path | None = None) -> None:
        self.progress_option = progress
        self.tracks_option = tracks
        self._workspace: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The tracks and the progress file. Faults of tracks are told once, on standard error."""
        if self._workspace is None:
            self._workspace = Workspace.find(self.progress_option, self.tracks_option)
            faults = sorted(self._workspace.faults, key=lambda fault: fault.severity != "error")
            for fault in faults[:MAX_FAULTS]:
                click.echo(fault.brief(), err=True)
            if len(faults) > MAX_FAULTS:
                more = len(faults) - MAX_FAULTS
                click.echo(f"and {more} more; `roadmap track lint FOLDER` lists them all", err=True)
            if not self._workspace.catalog.tracks:
                fail("No track could be loaded.", "Look at the faults above, or leave out --tracks.")
        return self._workspace

    @property
    def started(self) -> Workspace:
        """The workspace, for commands that need a progress file. Fails kindly when there is none."""
        workspace = self.workspace
        if not workspace.snapshot.exists:
            fail(
                "There is no progress file yet.",
                "Create one here with `roadmap init --role ai-engineer`; `roadmap roles` lists the roles.",
            )
        return workspace

    def role(self, given: str | None) -> str:
        """Return the id of a role: the one given, else the one the progress file follows."""
        workspace = self.workspace
        chosen = given or workspace.progress.role
        if chosen is None:
            fail(
                "No role is chosen yet.",
                "Name one, as in `roadmap path ai-engineer`, or run `roadmap roles`.",
            )
        if chosen in workspace.catalog.tracks:
            return chosen
        found = resolve(chosen, workspace.catalog.tracks)
        close = found.address or next(iter(near(chosen.lower(), workspace.catalog.tracks, 1)), None)
        alike = [close] if close else [id for id in workspace.catalog.tracks if chosen.lower() in id]
        hint = "Did you mean " + " or ".join(f"`{one}`" for one in alike[:3]) + "? " if alike else ""
        source = "" if given else f" (from {clean(str(workspace.place.path))})"
        fail(f"There is no role {quote(chosen)}{source}.", f"{hint}`roadmap roles` lists them all.")

    def address(self, text: str, kinds: tuple[str, ...] = ()) -> str:
        """Return the full address that a person's short one means. Fails kindly when it is none or several.

        ``kinds`` restricts what may be meant: milestone, skill, resource, project.
        """
        from roadmap.analysis.path import order_of
        from roadmap.model.catalog import kind_of

        workspace = self.workspace
        catalog = workspace.catalog
        text = catalog.present(text.strip().strip("/").lower())
        known = [one for one in catalog.addresses() if not kinds or kind_of(catalog.things[one]) in kinds]
        role = workspace.progress.role
        preferred: Iterable[str] = ()
        if role in catalog.tracks:
            on_path = {milestone.address for milestone in self._path(role)}
            preferred = [a for a in order_of(catalog, role) if "/".join(a.split("/")[:2]) in on_path]
        found = resolve(text, known, preferred)
        if found.address is not None:
            return found.address
        if found.candidates:
            several = "\n".join(f"  {one}" for one in found.candidates[:8])
            fail(f"`{text[:80]}` could be several things:\n{several}", "Write more of the address.")
        what = " or ".join(kinds) if kinds else "milestone, skill, resource or project"
        other = resolve(text, catalog.addresses(), preferred).address if kinds else None
        if other is not None:
            fail(
                f"`{other}` is a {kind_of(catalog.things[other])}, not a {what}.",
                "`roadmap show` says more of it.",
            )
        if catalog.hidden and (hidden := resolve(text, catalog.hidden).address):
            fail(
                f"`{hidden}` is hidden by your overlay.",
                f"To have it back, take it out of `hide` in {clean(catalog.hidden[hidden])}.",
            )
        hint = "Did you mean " + " or ".join(f"`{one}`" for one in found.near) + "?" if found.near else ""
        fail(f"There is no {what} `{text[:80]}`.", hint or "`roadmap search WORDS` finds things by words.")

    def _path(self, role: str | None) -> Iterable[Any]:
        from roadmap.analysis.path import path_of

        return path_of(self.workspace.catalog, role or "").milestones

    def apply(self, marked: Marked) -> None:
        """Write a mark and say what it did."""
        changed = self.started.apply(marked)
        click.echo(marked.what if changed else f"nothing to change ({marked.what})")
        for warning in self.started.snapshot.warnings:
            click.echo(warning, err=True)

    def proven_text(self, progress: Progress, address: str) -> str:
        """Say which proofs of a project have evidence and which lack it."""
        from roadmap.model.track import PROOFS

        entry = progress.entry(self.workspace.records.written(address))
        if entry.proven:
            return "proven: all three proofs have evidence"
        have = [proof for proof in PROOFS if entry.evidence(proof)]
        return f"has {', '.join(have) or 'no evidence'}; lacks {', '.join(entry.lacks)}"


pass_context = click.make_pass_decorator(Context, ensure=True)


def fail(message: str, help: str = "") -> NoReturn:
    """End the command with status 2: what is wrong, then what to do about it."""
    raise Failure(message, help)


def no() -> NoReturn:
    """End the command with status 1: it worked, and the answer is no."""
    click.get_current_context().exit(1)


class Failure(click.ClickException):
    """Wrong input: exit status 2, the message and the help on standard error, no usage line."""

    exit_code = 2

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help

    def show(self, file: Any = None) -> None:
        """Print the two lines."""
        click.echo(f"Error: {self.message}", err=True, file=file)
        if self.help:
            click.echo(self.help, err=True, file=file)


def say_json(value: object) -> None:
    """Print a value as JSON: ASCII only, so that nothing from a file can steer a terminal."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=True, default=str))


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--json`` to a command that reads."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for scripts.")(function)


def interactive() -> bool:
    """Tell whether there is a person at the other end of standard input."""
    return sys.stdin is not None and sys.stdin.isatty()


def complete_role(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the id of a role."""
    from click.shell_completion import CompletionItem

    tracks = _for_completion(ctx).catalog.tracks
    return [CompletionItem(id, help=one.title) for id, one in tracks.items() if id.startswith(incomplete)]


def complete_address(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete an address, from its start or from the start of any unique ending."""
    return _complete(ctx, incomplete)


def complete_milestone(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the address of a milestone."""
    return _complete(ctx, incomplete, ("milestone",))


def complete_project(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the address of a project."""
    return _complete(ctx, incomplete, ("project",))


def _complete(ctx: click.Context, incomplete: str, kinds: tuple[str, ...] = ()) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from roadmap.model.catalog import kind_of, title_of

    catalog = _for_completion(ctx).catalog
    endings: dict[str, list[str]] = {}
    for address in catalog.addresses():
        if kinds and kind_of(catalog.things[address]) not in kinds:
            continue
        parts = address.split("/")
        for start in range(len(parts)):
            ending = "/".join(parts[start:])
            if ending.startswith(incomplete):
                endings.setdefault(ending, []).append(address)
    return [
        CompletionItem(ending, help=title_of(catalog.things[where[0]]))
        for ending, where in endings.items()
        if len(where) == 1
    ]


def _for_completion(ctx: click.Context) -> Workspace:
    """Open the workspace while completing: no group callback has run, so its options come from the context."""
    parent = ctx.find_root().params
    return Workspace.find(parent.get("progress"), parent.get("tracks"))
