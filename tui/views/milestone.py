"""A milestone as one list: why, skills, resources, projects. The selected line opens beneath itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from roadmap.model.progress import State
from roadmap.model.track import PROOFS
from tui.signs import state_of_item, state_of_milestone
from tui.text import MEASURE, clip, flow, hours
from tui.views.common import (
    BLANK,
    host_of,
    overlay_notes,
    own_additions,
    own_text,
    paragraph,
    section,
    standing_of_milestone,
)
from tui.widgets.lines import Line, Part, line, spread

if TYPE_CHECKING:
    from roadmap.model.track import Milestone, Project, Resource, Skill, SkillEntry
    from tui.session import Session
    from tui.signs import Signs

INK = {"todo": "text", "learning": "text", "done": "muted", "proven": "muted", "skipped": "faint"}
"""How the title of an item looks in each state: what is left stands out."""


class MilestoneView:
    """The lines of one milestone. ``revealed`` says how many answers of the selected skill are shown."""

    def __init__(self, session: Session, milestone: Milestone, signs: Signs) -> None:
        self.session = session
        self.milestone = milestone
        self.signs = signs
        self.revealed = 0

    def lines(self, width: int, selected: str) -> list[Line]:
        """Return all lines for a width, with the selected thing opened."""
        milestone = self.milestone
        width -= 2
        rows = self._why(width, selected)
        if milestone.skills:
            rows += [BLANK, self._skill_heading(width)]
            for entry in milestone.skills:
                rows += self._skill(entry, width, entry.skill.address == selected)
        if milestone.resources:
            rows += [BLANK, self._resource_heading(width)]
            kinds = max(cell_len(one.kind) for one in milestone.resources)
            costs = max(cell_len(one.cost) for one in milestone.resources)
            for resource in milestone.resources:
                rows += self._resource(resource, width, resource.address == selected, kinds, costs)
        if milestone.projects:
            rows += [BLANK, self._project_heading(width)]
            for project in milestone.projects:
                rows += self._project(project, width, project.address == selected)
        return rows

    def _why(self, width: int, selected: str) -> list[Line]:
        milestone, signs = self.milestone, self.signs
        address = milestone.address
        text = flow(milestone.why, min(width - 1, MEASURE)) if milestone.why.strip() else []
        rows = [line(" ", Part(row), key=address, head=at == 0, prose=True) for at, row in enumerate(text)]
        lead = "after  "
        room = width - 1 - cell_len(lead) - signs.width - 1
        names: list[Part] = []
        for group in milestone.after:
            for at, one in enumerate(group):
                thing = self.session.catalog.milestone(one)
                if thing is not None:
                    state = state_of_milestone(standing_of_milestone(self.session, thing))
                    names += [
                        Part(" or " if at else ("  " if names else ""), "muted"),
                        Part(signs.state(state), state),
                    ]
                    names.append(Part(f" {clip(thing.title, room, signs.ellipsis)}", "muted"))
        if names:
            rows += [line(" ", key=address, head=False, prose=True)] if rows else []
            rows += _filled([Part(lead, "muted")], names, width, address)
        elif not rows:
            rows = [line(" ", Part("Nothing says why it is here.", "faint"), prose=True)]
        rows[0] = rows[0]._replace(key=address, head=True)
        additions = overlay_notes(self.session.catalog, address, width, 1, address)
        if address == selected:
            additions += own_additions(self.session.records.entry(address), width, 1, address)
        return rows + ([line(key=address, head=False), *additions] if additions else [])

    def _skill_heading(self, width: int) -> Line:
        one = standing_of_milestone(self.session, self.milestone)
        return section(" SKILLS", f"{one.skills_done} of {one.skills_total}", width)

    def _resource_heading(self, width: int) -> Line:
        counted = [one for one in self.milestone.resources if not one.optional] or list(
            self.milestone.resources
        )
        read = sum(self.session.records.state(one.address) == State.DONE for one in counted)
        return section(" RESOURCES", f"{read} of {len(counted)} read", width)

    def _project_heading(self, width: int) -> Line:
        one = standing_of_milestone(self.session, self.milestone)
        proven = f"{one.projects_proven} proven"
        return section(" PROJECTS", f"{one.needs} needed, {proven}" if one.needs else proven, width)

    def _item(
        self, address: str, state: str, title: str, right: list[Part], width: int, opened: bool
    ) -> list[Line]:
        """Return the head of an item: sign, title, and what stands at its right."""
        signs, ink = self.signs, INK[state]
        indent = 1 + signs.width + 1
        room = width - indent - sum(cell_len(part.text) for part in right) - (2 if right else 0)
        if opened:
            first, *rest = flow(title, room)
        else:
            first, rest = clip(title, room, signs.ellipsis), []
        left = (
            Part(" "),
            Part(signs.state(state), state),
            Part(" "),
            Part(first, "strong" if opened else ink),
        )
        head = Line(spread(left, right, width), key=address, sign=(1, 2 + signs.width + 1))
        more = [line(" " * indent, Part(row, "strong"), key=address, head=False) for row in rest]
        return [head, *more]

    def _skill(self, entry: SkillEntry, width: int, opened: bool) -> list[Line]:
        skill = entry.skill
        record = self.session.records.entry(skill.address)
        state = state_of_item(record)
        right = [Part("extra", "faint")] if entry.optional else []
        if state == "skipped":
            right = [Part(state, state)]
        rows = self._item(skill.address, state, skill.can, right, width, opened)
        if not opened:
            return rows
        indent = self.signs.width + 3
        if entry.shared:
            home = self.session.catalog.home(skill.address)
            if home is not None and home is not self.milestone:
                rows += paragraph(
                    f"the same skill as in {home.title}", width, "faint", indent=indent, key=skill.address
                )
        rows += self._questions(skill, width, indent)
        if record.on and state == "done":
            rows.append(
                line(" " * indent, Part(f"done on {record.on}", "faint"), key=skill.address, head=False)
            )
        return rows + self._own(skill, width, indent)

    def _questions(self, skill: Skill, width: int, indent: int) -> list[Line]:
        rows: list[Line] = []
        for at, question in enumerate(skill.ask):
            rows += paragraph(question.q, width, "accent", indent=indent, key=skill.address)
            if at < self.revealed:
                rows += paragraph(question.a, width, "text", indent=indent + 2, key=skill.address)
        if self.revealed < len(skill.ask):
            more = "shows the answer" if len(skill.ask) == 1 else "shows the answers, one by one"
            if self.revealed > 0:
                more = "shows the next answer"
            rows.append(
                line(" " * indent, Part("a", "key"), Part(f" {more}", "faint"), key=skill.address, head=False)
            )
        return rows

    def _resource(self, one: Resource, width: int, opened: bool, kinds: int, costs: int) -> list[Line]:
        record = self.session.records.entry(one.address)
        state = state_of_item(record)
        cost = one.cost.ljust(costs)
        right = [
            Part("extra  " if one.optional else "", "faint"),
            Part(
                f"{one.kind.ljust(kinds)}  {cost}  {hours(one.hours):>5}",
                "faint" if one.optional else "muted",
            ),
        ]
        if state == "skipped":
            right.insert(0, Part(f"{state}  ", state))
        rows = self._item(one.address, state, one.title, right, width, opened)
        if not opened:
            return rows
        indent = self.signs.width + 3
        about = ", ".join(text for text in (one.by, one.note) if text)
        if about:
            rows += paragraph(about, width, "muted", indent=indent, key=one.address)
        place = one.url if host_of(one.url) else f"{one.url} (not a web address, so it is not opened)"
        rows += own_text(place, width, "link", indent, one.address)
        return rows + self._own(one, width, indent)

    def _project(self, project: Project, width: int, opened: bool) -> list[Line]:
        record = self.session.records.entry(project.address)
        state = state_of_item(record, project)
        proofs: list[Part] = []
        for proof in PROOFS:
            sign = "done" if record.evidence(proof) else "todo"
            proofs += [Part(self.signs.state(sign), sign), Part(f" {proof}  ", "muted")]
        proofs[-1] = Part(f" {PROOFS[-1]}", "muted")
        size = f"{project.level:<7} {hours(project.hours):>5}"
        wide = width >= 84
        right = [Part(size, "muted"), Part("   "), *proofs] if wide else [Part(size, "muted")]
        rows = self._item(project.address, state, project.title, right, width, opened)
        indent = self.signs.width + 2
        if not wide and (opened or record.lacks != PROOFS):
            rows.append(line(" " * indent, *proofs, key=project.address, head=False))
        if not opened:
            return rows
        rows += paragraph(
            project.brief, width, "text", indent=indent, key=project.address, limit=4, signs=self.signs
        )
        hint = (Part("enter", "key"), Part(" opens it, with its three proofs", "faint"))
        rows.append(line(" " * indent, *hint, key=project.address, head=False))
        return rows + self._own(project, width, indent)

    def _own(self, thing: Skill | Resource | Project, width: int, indent: int) -> list[Line]:
        """Return the person's own notes and links for an item, those of the overlay first."""
        address = thing.address
        rows = overlay_notes(self.session.catalog, address, width, indent, address)
        return rows + own_additions(self.session.records.entry(address), width, indent, address)


def _filled(lead: list[Part], parts: list[Part], width: int, key: str) -> list[Line]:
    """Lay short runs of parts out in lines, breaking before a sign when a line is full."""
    indent = sum(cell_len(part.text) for part in lead) + 1
    rows: list[list[Part]] = [[Part(" "), *lead]]
    used = indent
    at = 0
    while at < len(parts):
        chunk = parts[at : at + 3]
        size = sum(cell_len(part.text) for part in chunk)
        if used + size > width and used > indent:
            rows.append([Part(" " * indent)])
            used = indent
            chunk = [Part(chunk[0].text.lstrip(), "muted"), *chunk[1:]]
        rows[-1] += chunk
        used += size
        at += 3
    return [line(*row, key=key, head=False, prose=True) for row in rows]
