"""The command that begins the folder of a project."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from roadmap.cli.context import Context, complete_project, fail, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, wrap
from roadmap.loading.clean import clean, quote
from roadmap.model.address import resolve
from roadmap.model.track import Milestone, Project

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog

KINDS = ("project",)

PURPOSES = {
    "README.md": "what it is, for whom, how to run it",
    "PROOF.md": "the criteria and questions, with room for the evidence",
    "CHECKS.md": "what checks look for, and the form of the data",
    "evals": "the data card, and the form of a record of results",
    "templates": "documents to copy when you need them",
}
"""What the files and folders at the top are for."""


@click.command(
    short_help="Begin a project's folder: brief, criteria, forms.",
    epilog="""\b
Examples:
  roadmap project new triage-endpoint ~/code/triage
  roadmap project new ai-engineer/first-evals/triage-evals .    into this folder""",
)
@click.argument("address", shell_complete=complete_project)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
@pass_context
def new(context: Context, address: str, folder: Path, as_json: bool) -> None:
    """Write the first files of a project: its brief, criteria and questions, laid out for the three proofs.

    DIR is made if it is not there; in one that is, nothing is ever overwritten. Forms and prompts only: what is
    written is no evidence.
    """
    from roadmap.authoring.files import AuthoringError
    from roadmap.authoring.project import project_files
    from roadmap.authoring.project_folder import write_project

    project = project_at(context, address)
    files = project_files(project)
    try:
        folder = folder.expanduser()
    except RuntimeError:
        fail(f"{quote(str(folder), 200)} names the home of nobody.", "Write the folder's whole path.")
    try:
        write_project(folder, files)
    except AuthoringError as error:
        fail(error.message, error.help)
    if as_json:
        say_json({"address": project.address, "folder": str(folder), "files": list(files)})
        return
    _say(project, folder, files)


def _say(project: Project, folder: Path, files: dict[str, str]) -> None:
    click.echo(f"{quote(str(folder), 200)[1:-1]} has {count(len(files), 'new file')} for {project.address}\n")
    rows = []
    for top in dict.fromkeys(path.partition("/")[0] for path in files):
        inside = [path for path in files if path.startswith(f"{top}/")]
        rows += [[f"  {top}{'/' if inside else ''}", PURPOSES.get(top, "")]]
        rows += [[f"    {path.removeprefix(top)[1:]}", ""] for path in inside]
    click.echo(columns(rows))
    click.echo("\nNext:")
    where = str(folder) if not str(folder).startswith("-") else f"./{folder}"
    click.echo(f"  cd {clean(shlex.quote(where))} && git init")
    click.echo(f"  roadmap start {project.address}")
    click.echo("\n" + wrap("And once there is something to show, a path or a link for each proof:"))
    click.echo(f"  roadmap prove {project.address} --built EVIDENCE")
    click.echo(f"  roadmap verify {project.address} .    says what is still missing")


def project_at(context: Context, address: str) -> Project:
    """Return the project an address means. Fails kindly when it means something else, naming what there is."""
    catalog = context.workspace.catalog
    wanted = catalog.present(address.strip().strip("/").lower())
    projects = [one for one, thing in catalog.things.items() if isinstance(thing, Project)]
    found = resolve(wanted, projects)
    if found.address is None and not found.candidates:
        other = resolve(wanted, catalog.addresses())
        if other.address is not None:
            _no_project(catalog, other.address)
    thing = catalog.things[context.address(address, KINDS)]
    if not isinstance(thing, Project):
        _no_project(catalog, thing.address)
    return thing


def _no_project(catalog: Catalog, address: str) -> NoReturn:
    """Say what stands at an address instead of a project, and which projects its milestone has."""
    home = catalog.home(address)
    kind = "a milestone" if isinstance(catalog.things[address], Milestone) else "no project"
    if home is None or not home.projects:
        fail(f"`{address}` is {kind}, and its milestone has no projects.", "`roadmap path` lists the others.")
    rows = [[f"  {one.address}", one.level, one.title] for one in home.projects]
    fail(f"`{address}` is {kind}.", f"Its projects:\n{columns(rows)}")
