"""The command that lays roles side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roadmap.analysis.compare import compare as compare_roles
from roadmap.analysis.sentences import switch_text
from roadmap.cli.context import Context, complete_role, fail, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, hours_text, split_hours, wrap
from roadmap.cli.views import hours
from roadmap.model.catalog import title_of

if TYPE_CHECKING:
    from typing import Any

    from roadmap.analysis.compare import Comparison
    from roadmap.model.catalog import Catalog

MOST = 5
"""More roles than this cannot be taken in side by side."""

LISTED = 8
"""How many milestones of a list are named before the rest is counted."""


@click.command(
    epilog="""\b
Examples:
  roadmap compare ai-engineer ml-engineer
  roadmap compare ai-engineer agentic-ai-engineer forward-deployed-engineer --json"""
)
@click.argument("roles", metavar="ROLE ROLE...", nargs=-1, required=True, shell_complete=complete_role)
@json_option
@pass_context
def compare(context: Context, roles: tuple[str, ...], as_json: bool) -> None:
    """Lay two to five roles side by side: what each is for, what they share, and the cost of switching."""
    chosen = list(dict.fromkeys(context.role(one) for one in roles))
    if not 2 <= len(chosen) <= MOST:
        fail(
            f"Comparing takes two to {MOST} different roles, not {len(chosen)}.",
            "As in `roadmap compare ai-engineer ml-engineer`; `roadmap roles` lists them all.",
        )
    workspace = context.workspace
    result = compare_roles(workspace.catalog, workspace.progress, chosen)
    if as_json:
        say_json(comparison_data(result))
        return
    for block in _blocks(workspace.catalog, result):
        click.echo(block)


def comparison_data(result: Comparison) -> dict[str, Any]:
    """The answer of ``compare``."""
    return {
        "roles": list(result.roles),
        "shared": list(result.shared),
        "only": {role: list(addresses) for role, addresses in result.only.items()},
        "hours": {role: hours(value) for role, value in result.hours.items()},
        "yours": {role: hours(value) for role, value in result.yours.items()},
        "remaining": {role: hours(value) for role, value in result.remaining.items()},
        "profile": {name: dict(values) for name, values in result.profile.items()},
        "switching": [
            {
                "from": one.start,
                "to": one.goal,
                "milestones": list(one.milestones),
                "hours": hours(one.hours),
                "yours": list(one.yours),
                "hours_yours": hours(one.hours_yours),
                "shared_skills": one.shared_skills,
            }
            for one in result.switches
        ],
    }


def bar(value: int | None, most: int = 5) -> str:
    """Draw a value of a profile: "###.. 3", or "?" where a track gives none. Signs every terminal has."""
    return "?" if value is None else f"{'#' * value}{'.' * (most - value)} {value}"


def _blocks(catalog: Catalog, result: Comparison) -> list[str]:
    """All parts of the text."""
    tracks = [catalog.tracks[role] for role in result.roles]
    parts = []
    for track in tracks:
        yours, remaining = split_hours(result.yours[track.id], result.remaining[track.id])
        facts = {
            "optimizes for": track.role.optimizes_for,
            "daily work": track.role.daily_work,
            "artifacts": track.role.artifacts,
            "size": f"{hours_text(result.hours[track.id])}, of which {yours} are yours; {remaining} remain",
        }
        lines = [wrap(text, f"  {name:<15}", " " * 17) for name, text in facts.items() if text]
        parts.append("\n".join([f"{track.title} ({track.id})", *lines]) + "\n")
    if result.profile:
        head = ["profile, 0 to 5", *(track.title for track in tracks)]
        rows = [
            [f"  {name.replace('-', ' ')}", *(bar(values[role]) for role in result.roles)]
            for name, values in result.profile.items()
        ]
        parts.append(columns([head, *rows]) + "\n")
    parts.append(_list(catalog, "On every path", result.shared))
    parts += [_list(catalog, f"Only on the path of {track.title}", result.only[track.id]) for track in tracks]
    parts.append(
        "Switching\n" + "\n".join(wrap(switch_text(catalog, one), "  ", "    ") for one in result.switches)
    )
    return parts


def _list(catalog: Catalog, heading: str, addresses: tuple[str, ...]) -> str:
    """A heading with its count, and the first of the list by name."""
    milestones = [one for one in addresses if catalog.milestone(one) is not None]
    skills = len(addresses) - len(milestones)
    counted = count(len(milestones), "milestone") + (f", {count(skills, 'single skill')}" if skills else "")
    lines = [f"{heading}: {counted}"]
    shown = (milestones or list(addresses))[:LISTED]
    lines += [wrap(f"{title_of(catalog.things[one])} ({one})", "  ", "    ") for one in shown]
    rest = len(milestones or addresses) - len(shown)
    if rest > 0:
        lines.append(f"  and {rest} more; --json lists them all")
    return "\n".join(lines) + "\n"
