"""Roles side by side as lines: a column for each role when there is room, else one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.compare import compare
from roadmap.analysis.sentences import switch_text
from roadmap.model.amounts import split_hours
from roadmap.model.catalog import title_of
from roadmap.model.track import Milestone
from tui.signs import bar, state_of_milestone
from tui.text import MEASURE, count, fit, flow, hours
from tui.views.common import BLANK, paragraph, standing_of_milestone
from tui.widgets.lines import Line, Part, line, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmap.analysis.compare import Comparison
    from tui.session import Session
    from tui.signs import Signs

LABELS = (22, 16)
"""The cells of the labels at the left: whole names if columns stay ``WIDE``, else names in two lines."""

WIDE = 22
"""A column, in cells, that is comfortable to read."""

LEAST = 17
"""The narrowest column, in cells, that running text is read in."""

GAP = 2

MOST = 5
"""The highest value of a profile."""

Cell = list[tuple[Part, ...]]
"""What stands in one column of a row: some lines."""


class Grid(NamedTuple):
    """How wide labels and columns are, the gap not counted; ``beside`` when text fits beside text."""

    label: int
    each: int
    beside: bool


def grid(width: int, roles: int) -> Grid:
    """Return the columns for a width."""
    label = LABELS[(width - LABELS[0]) // roles - GAP < WIDE] if width >= 60 else 0
    each = max(3, min((width - label) // roles, 48) - GAP)
    return Grid(label, each, each >= LEAST)


class CompareView:
    """Two to five roles, compared for one state of the progress."""

    def __init__(self, session: Session, roles: Sequence[str], signs: Signs) -> None:
        self.session = session
        self.signs = signs
        self.result: Comparison = compare(session.catalog, session.progress, roles)
        self.version = session.version
        self.tracks = [session.catalog.tracks[role] for role in self.result.roles]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, in the order of the columns."""
        return self.result.roles

    # the heads of the columns

    def heads(self, width: int, selected: str) -> tuple[list[Line], dict[str, tuple[int, int]]]:
        """Return the titles above the columns, and the cells that each of them takes."""
        where = grid(width - 1, len(self.roles))
        titles = []
        for track in self.tracks:
            lit = track.id == selected
            rows = flow(track.title, where.each)[:3]
            mark = self.signs.cursor if lit else " "
            cell: Cell = [
                (Part(mark, "accent", lit), Part(fit(row, where.each), "title" if lit else "strong", lit))
                for row in rows
            ]
            if track.id == self.session.role:
                cell.append((Part(" "), Part(fit("you follow it", where.each), "proven")))
            titles.append(cell)
        lines = []
        for at in range(max(len(cell) for cell in titles)):
            parts = [Part(" " * where.label)]
            for cell in titles:
                parts += [*(cell[at] if at < len(cell) else (Part(" " * (where.each + 1)),)), Part(" ")]
            lines.append(line(*parts))
        step = where.each + GAP
        spans = {
            track.id: (where.label + at * step, where.label + (at + 1) * step)
            for at, track in enumerate(self.tracks)
        }
        return lines, spans

    # what stands below

    def lines(self, width: int, selected: str) -> list[Line]:
        """Return the whole comparison. ``selected`` is the role whose costs of switching are told."""
        where = grid(width - 1, len(self.roles))
        rows = [*self._size(where), *self._facts(where, width)]
        if self.result.profile:
            rows += [
                BLANK,
                line(Part(" PROFILE", "heading"), Part(f"  0 to {MOST}", "muted")),
                *self._profile(where),
            ]
        rows += [BLANK, line(Part(" SWITCHING", "heading")), *self._switching(selected, width)]
        rows += [BLANK, *self._shared(width), BLANK, *self._only(where, width)]
        return rows

    def _size(self, where: Grid) -> list[Line]:
        result, room = self.result, where.each
        split = {role: split_hours(result.yours[role], result.remaining[role]) for role in self.roles}
        rows = []
        for label, texts in (
            ("hours", {role: hours(result.hours[role]) for role in self.roles}),
            ("yours already", {role: split[role][0].replace("less than ", "<") for role in self.roles}),
            ("left to do", {role: split[role][1] for role in self.roles}),
        ):
            cells: list[Cell] = []
            for role in self.roles:
                parts: tuple[Part, ...] = (Part(fit(texts[role], min(6, room)), "text"),)
                if label == "yours already" and room >= 15:
                    share = result.yours[role] / result.hours[role] if result.hours[role] else 0.0
                    drawn = bar(self.signs, share, 0.0)
                    parts += (Part(" "), Part(drawn[1], "done"), Part(drawn[2], "rail"))
                cells.append([parts])
            rows += _row(label, cells, where)
        return rows

    def _facts(self, where: Grid, width: int) -> list[Line]:
        rows: list[Line] = []
        for label, texts in (
            ("optimizes for", [track.role.optimizes_for for track in self.tracks]),
            ("daily work", [track.role.daily_work for track in self.tracks]),
            ("what you make", [track.role.artifacts for track in self.tracks]),
        ):
            if not any(texts):
                continue
            rows.append(BLANK)
            if where.beside:
                cells: list[Cell] = [
                    [(Part(row),) for row in flow(text or "not said", where.each)] for text in texts
                ]
                rows += _row(label, cells, where)
                continue
            rows.append(line(Part(f" {label.upper()}", "heading")))
            for track, text in zip(self.tracks, texts, strict=True):
                rows.append(line("   ", Part(track.title, "strong")))
                rows += paragraph(text or "not said", width - 2, indent=5)
        return rows

    def _profile(self, where: Grid) -> list[Line]:
        full, rest = self.signs.bar[1], self.signs.bar[2]
        rows = []
        for name, values in self.result.profile.items():
            cells: list[Cell] = []
            for role in self.roles:
                value = values[role]
                if value is None:
                    cells.append([(Part("?", "muted"),)])
                    continue
                drawn = (Part(full * value, "accent"), Part(rest * (MOST - value), "rail"))
                cells.append([(*(drawn if where.each > MOST + 1 else ()), Part(f" {value}"))])
            rows += _row(name.replace("-", " "), cells, where)
        return rows

    def _switching(self, selected: str, width: int) -> list[Line]:
        """Tell what it costs to go from and to the selected role; of two roles, that is everything."""
        rows = []
        for one in sorted(self.result.switches, key=lambda one: one.start != selected):
            if selected in (one.start, one.goal):
                text = switch_text(self.session.catalog, one)
                for at, row in enumerate(flow(text, min(width - 5, MEASURE))):
                    rows.append(line(f" {self.signs.bullet if at == 0 else ' '} ", Part(row)))
        return rows

    def _shared(self, width: int) -> list[Line]:
        shared = self.result.shared
        heading = " ON BOTH PATHS" if len(self.roles) == 2 else " ON EVERY PATH"
        rows = [line(Part(heading, "heading"))]
        rows += paragraph(self._counted(shared), width, "muted", indent=3)
        for address in shared:
            rows += [line("   ", *parts) for parts in self._named(address, min(width - 4, MEASURE))]
        if not shared:
            rows.append(line("   ", Part("nothing", "muted")))
        return rows

    def _only(self, where: Grid, width: int) -> list[Line]:
        rows = [line(Part(" ON ONE PATH ALONE", "heading"))]
        if where.beside:
            cells = [self._own(role, where.each) for role in self.roles]
            return [*rows, *_row("", cells, where)]
        for track in self.tracks:
            rows.append(line("   ", Part(track.title, "strong")))
            rows += [line("     ", *parts) for parts in self._own(track.id, min(width - 7, MEASURE))]
        return rows

    def _own(self, role: str, room: int) -> Cell:
        """Return what is on the path of one role alone, its sum first."""
        own = self.result.only[role]
        cell: Cell = [(Part(row, "muted"),) for row in flow(self._counted(own), room)]
        for address in own:
            cell += self._named(address, room)
        return cell

    def _named(self, address: str, room: int) -> Cell:
        """Return a milestone or a skill by its state and its title."""
        session = self.session
        thing = session.catalog.things[address]
        if isinstance(thing, Milestone):
            state = state_of_milestone(standing_of_milestone(session, thing))
        else:
            state = session.records.entry(address).state.value
        indent = self.signs.width + 1
        return [
            (
                Part(self.signs.state(state) + " " if at == 0 else " " * indent, state),
                Part(row, "text" if isinstance(thing, Milestone) else "muted"),
            )
            for at, row in enumerate(flow(title_of(thing), room - indent))
        ]

    def _counted(self, addresses: Sequence[str]) -> str:
        """Say how much some addresses are."""
        milestones = [one for one in map(self.session.catalog.milestone, addresses) if one is not None]
        said = f"{count(len(milestones), 'milestone')}, {hours(sum(one.hours for one in milestones))}"
        skills = len(addresses) - len(milestones)
        return f"{said}, {count(skills, 'single skill')}" if skills else said


def _row(label: str, cells: Sequence[Cell], where: Grid) -> list[Line]:
    """Put cells beside each other, after a label, or below it when labels have no column."""
    rows = []
    names = flow(label, where.label - 1) if where.label else []
    if label and not where.label:
        rows.append(line(" ", Part(label, "muted")))
    for at in range(max(len(names), *(len(cell) for cell in cells))):
        parts = [Part(fit(names[at] if at < len(names) else "", where.label), "muted")] if where.label else []
        for cell in cells:
            own = cell[at] if at < len(cell) else ()
            parts += [*own, Part(" " * max(0, where.each + GAP - width_of(own)))]
        rows.append(line(" ", *parts))
    return rows
