"""The command that shows one thing: a milestone, a skill, a resource or a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap.analysis.standing import measure_milestone
from roadmap.cli.context import Context, complete_address, json_option, pass_context, say_json
from roadmap.cli.text import columns, hours_text, wrap
from roadmap.cli.views import entry_data, overlay_data, thing_data
from roadmap.model.catalog import kind_of, title_of
from roadmap.model.progress import State
from roadmap.model.track import PROOFS, Milestone, Project, Resource, Skill

if TYPE_CHECKING:
    from roadmap.analysis.records import Records
    from roadmap.model.catalog import Catalog
    from roadmap.model.progress import Entry


@click.command(
    epilog="""\b
Examples:
  roadmap show retrieval
  roadmap show error-bars --answers
  roadmap show triage-endpoint --json"""
)
@click.argument("address", shell_complete=complete_address)
@click.option("--answers", is_flag=True, help="Show the answers of recall questions too.")
@json_option
@pass_context
def show(context: Context, address: str, answers: bool, as_json: bool) -> None:
    """Show a milestone, a skill, a resource or a project, with what you have recorded of it.

    ADDRESS may be any ending that is unique, such as `error-bars` for ai-engineer/first-evals/error-bars.
    """
    full = context.address(address)
    workspace = context.workspace
    thing = workspace.catalog.things[full]
    records = workspace.records
    entry = records.entry(full)
    if as_json:
        overlay = overlay_data(workspace.catalog, full)
        say_json({**thing_data(workspace.catalog, thing), "overlay": overlay, "entry": entry_data(entry)})
        return
    click.echo(wrap(title_of(thing)))
    own = ", added by your overlay" if full in workspace.catalog.added else ""
    click.echo(f"{kind_of(thing)}  {full}{own}")
    if isinstance(thing, Milestone):
        _milestone(workspace.catalog, records, thing)
    elif isinstance(thing, Skill):
        click.echo(f"state: {entry.state.value}")
        _questions(thing, answers)
    elif isinstance(thing, Resource):
        _resource(thing, entry)
    else:
        _project(thing, entry)
    _overlay(workspace.catalog, full)
    _own(entry)


def _milestone(catalog: Catalog, records: Records, milestone: Milestone) -> None:
    """Everything of a milestone, in the order of its screen."""
    standing = measure_milestone(milestone, 0, records)
    parts = [standing.state, hours_text(milestone.hours)]
    if standing.skills_total:
        parts.append(f"{standing.skills_done} of {standing.skills_total} skills")
    if standing.needs:
        parts.append(f"{standing.projects_proven} of {standing.needs} needed projects proven")
    click.echo(", ".join(parts))
    if milestone.why:
        click.echo("\n" + wrap(milestone.why))
    for group in milestone.after:
        names = [title_of(catalog.things[one]) for one in group if one in catalog.things]
        click.echo("\n" + wrap(("after: " if len(names) == 1 else "after one of: ") + "; ".join(names)))
    if milestone.skills:
        click.echo("\nSkills\n")
        for listed in milestone.skills:
            skill = listed.skill
            extra = " (optional)" if listed.optional else ""
            click.echo(wrap(skill.can + extra, f"  {records.state(skill.address).value:<9} ", " " * 12))
            click.echo(f"{'':<12}{skill.address if listed.shared else skill.address.rpartition('/')[2]}")
    if milestone.resources:
        click.echo("\nResources\n")
        for one in milestone.resources:
            read = "read" if records.state(one.address) == State.DONE else ""
            by = f", {one.by}" if one.by else ""
            facts = [
                one.kind,
                one.cost or "cost unknown",
                hours_text(one.hours),
                "extra" if one.optional else "essential",
            ]
            click.echo(wrap(one.title + by, f"  {read:<9} ", " " * 12))
            click.echo(f"{'':<12}{', '.join(facts)}  {one.address.rpartition('/')[2]}")
            click.echo(f"{'':<12}{one.url}")
            if one.note:
                click.echo(wrap(one.note, " " * 12, " " * 12))
    if milestone.projects:
        click.echo("\nProjects\n")
        rows = []
        for project in milestone.projects:
            entry = records.entry(project.address)
            state = "proven" if entry.proven else entry.state.value
            rows.append(
                [
                    f"  {state}",
                    project.level,
                    hours_text(project.hours),
                    project.title,
                    project.address.rpartition("/")[2],
                ]
            )
        click.echo(columns(rows))


def _questions(skill: Skill, answers: bool) -> None:
    """The recall questions; their answers only when asked for."""
    if not skill.ask:
        return
    click.echo("\nCan you answer these?")
    for one in skill.ask:
        click.echo("\n" + wrap(one.q, "  "))
        if answers:
            click.echo(wrap(one.a, "    "))
    if not answers:
        click.echo("\nAdd --answers to see the answers.")


def _resource(resource: Resource, entry: Entry) -> None:
    """Where a resource is, what it costs, how long it takes."""
    facts = [resource.kind, resource.cost or "cost unknown", hours_text(resource.hours)]
    facts.append("extra" if resource.optional else "essential")
    if resource.by:
        click.echo(f"by {resource.by}")
    click.echo(", ".join(facts))
    if resource.note:
        click.echo(wrap(resource.note))
    click.echo(resource.url)
    click.echo(f"state: {'read' if entry.state == State.DONE else entry.state.value}")


def _project(project: Project, entry: Entry) -> None:
    """The brief, and each proof with its criteria and evidence."""
    click.echo(
        f"{project.level}, {hours_text(project.hours)}, {'proven' if entry.proven else entry.state.value}"
    )
    click.echo("\n" + wrap(project.brief))
    for proof in PROOFS:
        click.echo(f"\n{proof.capitalize()}\n")
        for criterion in project.criteria(proof):
            click.echo(wrap(criterion, "  - ", "    "))
        for evidence in entry.evidence(proof):
            click.echo(f"  evidence: {' '.join(evidence.split())}")
        if not entry.evidence(proof):
            click.echo("  no evidence yet")
    if not entry.proven:
        click.echo(f"\nLacks evidence for: {', '.join(entry.lacks)}. Record it with:")
        click.echo(f"  roadmap prove {project.address.rpartition('/')[2]} --{entry.lacks[0]} LINK-OR-PATH")


def _overlay(catalog: Catalog, address: str) -> None:
    """What the person's overlay says of a thing, and what it hides in it."""
    if hidden := catalog.left_out.get(address):
        names = ", ".join(one.rpartition("/")[2] for one in hidden)
        click.echo("\n" + wrap(f"Hidden by your overlay: {names}"))
    for remark in catalog.notes.get(address, ()):
        click.echo("\nYour note in the overlay\n")
        for line in remark.splitlines():
            click.echo(wrap(line, "  "))


def _own(entry: Entry) -> None:
    """The person's own note and links."""
    if entry.note:
        click.echo("\nYour note\n")
        for line in entry.note.splitlines():
            click.echo(wrap(line, "  "))
    if entry.links:
        click.echo("\nYour links\n")
        for link in entry.links:
            click.echo(f"  {' '.join(link.split())}")
