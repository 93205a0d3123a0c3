"""A posting that was read, as lines: what it mixes and asks for, and its text with the quotes that decided."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from roadmap.analysis.posting.scoring import NONE, UNCLAIMED_MEANS
from roadmap.analysis.sentences import best_quotes, role_name, verdict, whole_percents
from roadmap.model.catalog import title_of
from roadmap.model.track import Milestone
from tui.text import MEASURE, clip, count, fit, flow, hours
from tui.views.common import BLANK, paragraph, standing_of_milestone
from tui.widgets.lines import Line, Part, line, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap.analysis.posting.coverage import Covered
    from roadmap.analysis.posting.reading import Reading
    from tui.session import Session
    from tui.signs import Signs

QUOTES = 10
"""How many quotes are shown for each role."""

BAR = 20
"""The cells of a bar that stands for everything a posting says."""

PARTS = {
    "title": "in the title", "duties": "a duty", "role": "about the role", "requirements": "required",
    "nice": "nice to have", "company": "about the company",
}  # fmt: skip
"""Where a quote stands, in words."""


class ReadingView:
    """What a posting says. Keys are ``role:``, ``quote:`` and ``ask:`` with an id, a number or an address."""

    def __init__(self, session: Session, reading: Reading, covered: Sequence[Covered], signs: Signs) -> None:
        self.session, self.reading, self.covered, self.signs = session, reading, covered, signs
        self.percents = whole_percents([share for _, share in reading.shares])
        numbers = {id(one): at for at, one in enumerate(reading.evidence)}
        self.quotes: list[tuple[str, int, list[int]]] = []
        for (role, share), percent in zip(reading.shares, self.percents, strict=True):
            own = best_quotes([one for one in reading.evidence if one.role == role], QUOTES)
            if own and share >= 0.05:
                self.quotes.append((role, percent, [numbers[id(one)] for one in own]))

    def lines(self, width: int, selected: str) -> list[Line]:
        """Return verdict, shares, quotes and what is asked for; the selected line opens beneath itself."""
        room = min(width - 2, MEASURE)
        rows: list[Line] = []
        for at, sentence in enumerate(verdict(self.session.catalog, self.reading)):
            rows += [line(" ", Part(row, "warning" if at else "title")) for row in flow(sentence, room)]
        rows += [BLANK, *self._shares(width, selected), *self._quotes(width, selected)]
        return [*rows, *self._asked(min(width, MEASURE + 4), selected)]

    def starts(self) -> list[str]:
        """Return the first key of each part, for going from one to the next."""
        first = [f"role:{role}" for role, _ in self.reading.shares if role != NONE][:1]
        first += [f"quote:{numbers[0]}" for _, _, numbers in self.quotes[:1]]
        return [*first, *[f"ask:{one.address}" for one in self._in_order()[:1]]]

    def _shares(self, width: int, selected: str) -> list[Line]:
        catalog = self.session.catalog
        shown = [
            (role, share, percent)
            for (role, share), percent in zip(self.reading.shares, self.percents, strict=True)
            if percent or role == NONE
        ]
        names = max(cell_len(role_name(catalog, role)) for role, _, _ in shown)
        cells = max(5, min(BAR, width - names - 11))
        names = min(names, width - cells - 11)
        rows = []
        for role, share, percent in shown:
            length = max(round(cells * share), 1 if percent else 0)
            key = f"role:{role}" if role != NONE else ""
            rows.append(
                line(
                    " ",
                    Part(fit(clip(role_name(catalog, role), names, self.signs.ellipsis), names + 1)),
                    Part(f"{percent:>4}%  ", "muted"),
                    Part(self.signs.bar[1] * length, "accent" if key else "muted"),
                    Part(self.signs.bar[2] * (cells - length), "rail"),
                    key=key,
                )
            )
            if key and key == selected:
                rows += paragraph(catalog.tracks[role].tagline, width - 2, "muted", indent=3, key=key)
        return rows

    def _quotes(self, width: int, selected: str) -> list[Line]:
        rows: list[Line] = []
        if self.quotes:
            rows += [BLANK, line(" ", Part("THE WORDS THAT DECIDED", "heading"))]
        for role, percent, numbers in self.quotes:
            rows.append(
                line(
                    " ", Part(role_name(self.session.catalog, role), "strong"), Part(f"  {percent}%", "muted")
                )
            )
            for number in numbers:
                one, key = self.reading.evidence[number], f"quote:{number}"
                share = Part(f"{one.weight:.0%} ", "muted")
                told = clip(f'"{one.quote}"', width - 16, self.signs.ellipsis)
                left = (Part(f" {one.line:>4}  ", "muted"), Part(told))
                rows.append(Line(spread(left, (share,), min(width - 1, MEASURE)), key=key))
                if key == selected:
                    where = PARTS.get(one.part, "elsewhere")
                    rows += paragraph(f"{one.means}; {where}", width - 2, "muted", indent=7, key=key)
        return rows

    def _in_order(self) -> list[Covered]:
        """Return what is asked for: what is not yet the reader's first."""
        rank = {"todo": 0, "learning": 0, "skipped": 1}
        return sorted(self.covered, key=lambda one: rank.get(self._state(one), 2))

    def _state(self, one: Covered) -> str:
        """Return the state of a milestone or a skill now, which may be another than when the posting was read."""
        thing = self.session.catalog.things[one.address]
        if isinstance(thing, Milestone):
            return standing_of_milestone(self.session, thing).state
        return self.session.records.entry(one.address).state.value

    def _asked(self, width: int, selected: str) -> list[Line]:
        if not self.covered:
            return [BLANK, *paragraph("It names nothing that the tracks teach.", width, "muted", indent=1)]
        rows: list[Line] = []
        last = None
        for one in self._in_order():
            state = self._state(one)
            group = {"todo": "gap", "learning": "gap", "skipped": "skipped"}.get(state, "yours")
            if group != last:
                rows += [BLANK, *self._group(group, width)]
                last = group
            rows += self._one(one, state, width, selected)
        return rows

    def _group(self, group: str, width: int) -> list[Line]:
        heading = {
            "gap": "ASKED FOR, NOT YET YOURS",
            "skipped": "ASKED FOR, SKIPPED",
            "yours": "ASKED FOR, YOURS",
        }[group]
        rows = [line(" ", Part(heading, "heading"))]
        if group == "gap":
            milestones = [self.session.catalog.milestone(one.address) for one in self.covered]
            yours = sum(1 for one in self.covered if self._state(one) in ("done", "proven"))
            asked = count(sum(1 for one in milestones if one is not None), "milestone")
            skills = sum(1 for one in milestones if one is None)
            said = f"{asked}{' and ' + count(skills, 'skill') if skills else ''} of the tracks; {yours} yours already"
            rows += paragraph(said, width - 2, "muted", indent=1)
        return rows

    def _one(self, one: Covered, state: str, width: int, selected: str) -> list[Line]:
        """Return a milestone or skill that is asked for, with its state in sign and word."""
        session, signs, key = self.session, self.signs, f"ask:{one.address}"
        thing = session.catalog.things[one.address]
        word = {"done": "claimed", "todo": ""}.get(state, state)
        size = hours(thing.hours) if isinstance(thing, Milestone) else "skill"
        right = f"{word}  {size} " if word else f"{size} "
        title = clip(title_of(thing), width - len(right) - signs.width - 5, signs.ellipsis)
        left = (Part(" "), Part(signs.state(state), state), Part(f" {title}"))
        rows = [Line(spread(left, (Part(right, "muted"),), width - 1), key=key)]
        if key == selected:
            home = session.catalog.tracks[one.address.partition("/")[0]]
            where = "on your path" if self._on_path(one.address) else f"taught by the track of {home.title}"
            told = f'"{clip(one.quote, 60)}", line {one.line}; {where}'
            rows += paragraph(told, width - 2, "muted", indent=signs.width + 2, key=key)
        return rows

    def _on_path(self, address: str) -> bool:
        """Tell whether a milestone, or the one a skill is written in, is on the path that is followed."""
        session = self.session
        home = session.catalog.home(address)
        return bool(session.role and home and session.standing(session.role).of(home.address))

    # the text

    def span_of(self, key: str) -> tuple[int, int]:
        """Return the place in the text that a line of the list is about; nothing is (0, 0)."""
        kind, _, what = key.partition(":")
        if kind == "quote":
            one = self.reading.evidence[int(what)]
            return one.start, one.end
        if kind == "ask":
            found = next(one for one in self.covered if one.address == what)
            return self._place(found)
        heaviest = [one for one in self.reading.evidence if one.role == what]
        best = max(heaviest, key=lambda one: one.weight, default=None)
        return (best.start, best.end) if best is not None else (0, 0)

    def _place(self, one: Covered) -> tuple[int, int]:
        text, lines = self.reading.text, self.reading.lines()
        if one.line not in lines.numbers:
            return 0, 0
        start = lines.starts[lines.numbers.index(one.line)]
        words = one.quote.lower().split()
        at = text.lower().find(words[0], start) if words else -1
        lowered = text.lower()
        while at >= 0:
            # the quote has single spaces where the text may have a line break
            end = at + len(one.quote) + 40
            piece = " ".join(lowered[at:end].split())
            if piece.startswith(" ".join(words)):
                last = lowered.find(
                    words[-1], at + (len(one.quote) - len(words[-1]) if len(words) > 1 else 0)
                )
                return at, max(last, at) + len(words[-1])
            at = lowered.find(words[0], at + 1)
        return start, start

    def spans(self) -> list[tuple[int, int]]:
        """Return the places of the listed quotes that speak for something, wherever they stand, in order."""
        evidence = self.reading.evidence
        listed = {
            (role, evidence[number].quote.lower()) for role, _, numbers in self.quotes for number in numbers
        }
        return sorted(
            (one.start, one.end)
            for one in evidence
            if (one.role, one.quote.lower()) in listed and one.means != UNCLAIMED_MEANS
        )


class _Row(NamedTuple):
    """A row of the text: from where to where, and the number of the line it begins, 0 for one that goes on."""

    start: int
    end: int
    number: int


class TextView:
    """The text of a posting, wrapped, with its line numbers and highlighted quotes."""

    def __init__(
        self, text: str, numbers: Sequence[int], spans: Sequence[tuple[int, int]], signs: Signs
    ) -> None:
        self.text, self.numbers, self.spans, self.signs = text, numbers, spans, signs
        self._width = 0
        self._rows: list[_Row] = []
        self._lines: list[Line] = []

    def lines(self, width: int, selected: tuple[int, int]) -> list[Line]:
        """Return all lines, the selected place lit."""
        if width != self._width:
            self._width = width
            self._rows = list(self._wrapped(max(4, min(width - 8, MEASURE))))
            near = iter(self.spans)
            self._lines = []
            waiting = next(near, None)
            open_spans: list[tuple[int, int]] = []
            for row in self._rows:
                while waiting is not None and waiting[0] < row.end:
                    open_spans.append(waiting)
                    waiting = next(near, None)
                open_spans = [one for one in open_spans if one[1] > row.start]
                self._lines.append(self._line(row, open_spans, (0, 0)))
        lines = list(self._lines)
        start, end = selected
        for at in range(self.row_of(start), len(lines) if end > start else 0):
            row = self._rows[at]
            if row.start >= end:
                break
            own = [one for one in self.spans if one[0] < row.end and one[1] > row.start]
            lines[at] = self._line(row, own, selected)
        return lines

    def row_of(self, place: int) -> int:
        """Return the row that a place of the text is in."""
        return max(0, bisect_right(self._rows, place, key=lambda row: row.start) - 1)

    def _wrapped(self, room: int) -> Iterable[_Row]:
        """Yield rows that keep their places in the text."""
        start = 0
        for number, content in zip(self.numbers, self.text.split("\n"), strict=True):
            stop = start + len(content)
            at, shown = start, number
            while True:
                end = self._fits(at, stop, room)
                yield _Row(at, end, shown)
                shown = 0
                at = end
                while at < stop and self.text[at] == " ":
                    at += 1
                if at >= stop:
                    break
            start = stop + 1

    def _fits(self, at: int, stop: int, room: int) -> int:
        """Return the end of the row that begins here: at a space if there is one, else where room ends."""
        if stop - at <= room and cell_len(self.text[at:stop]) <= room:
            return stop
        end, used = at, 0
        while end < stop:
            used += cell_len(self.text[end])
            if used > room:
                break
            end += 1
        if end >= stop or self.text[end] == " ":
            return max(end, at + 1)
        space = self.text.rfind(" ", at, end)
        return space if space > at else max(end, at + 1)

    def _line(self, row: _Row, spans: Sequence[tuple[int, int]], selected: tuple[int, int]) -> Line:
        """Draw one row; marks in the margin say what underlining and color say."""
        here = selected[0] < row.end and selected[1] > row.start
        mark = self.signs.cursor if here else self.signs.bullet if spans else " "
        number = f"{row.number:>4}" if row.number else "    "
        parts = [Part(f"{mark:<1}", "accent" if here else "rail"), Part(f"{number}  ", "faint")]
        cuts = {row.start, row.end}
        for start, end in [*spans, selected]:
            cuts |= {place for place in (start, end) if row.start < place < row.end}
        order = sorted(cuts)
        for start, end in pairwise(order):
            lit = selected[0] <= start < selected[1]
            ink = "match" if lit or any(one[0] <= start < one[1] for one in spans) else "text"
            parts.append(Part(self.text[start:end], ink, lit))
        return line(*parts)
