"""The quiz as lines: one question with its answers, and what the answers come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.cells import cell_len

from roadmap.analysis.fit import shuffled
from roadmap.analysis.sentences import fit_text
from roadmap.model.amounts import hours_text
from roadmap.model.catalog import title_of
from tui.text import MEASURE, clip, count, fit, flow
from tui.views.common import BLANK, paragraph
from tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from roadmap.analysis.fit import Fit
    from roadmap.model.choosing import Quiz, QuizQuestion
    from tui.session import Session
    from tui.signs import Signs

REASONS = 5
"""How many of the answers that decided are shown."""

BAR = 20
"""The cells of the longest bar."""


@dataclass
class Answers:
    """What was answered so far: in memory only. ``place`` is the question in front, counted from 0.

    ``given`` maps a question to a letter. ``seed`` decides the order of the answers for as long as the program runs.
    """

    seed: int
    given: dict[str, str] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)
    place: int = 0

    def clear(self) -> None:
        """Begin again, with nothing answered."""
        self.given.clear()
        self.skipped.clear()
        self.place = 0


def question_lines(
    question: QuizQuestion, answers: Answers, selected: str, signs: Signs, width: int
) -> list[Line]:
    """Return a question and its answers, each with the number that gives it. Keys are letters."""
    room = min(width - 2, MEASURE)
    rows = [BLANK, *(line(" ", Part(row, "title")) for row in flow(question.text, room - 1)), BLANK]
    for number, letter in enumerate(shuffled(question, answers.seed), 1):
        lit, chosen = letter == selected, answers.given.get(question.id) == letter
        tick = fit(signs.tick if chosen else "", 2)
        for at, row in enumerate(flow(question.answers[letter], room - 7)):
            lead = (Part(f" {tick}", "done", lit), Part(f"{number}  ", "key", lit)) if at == 0 else ()
            text = Part(fit(row, room - 7), "strong" if chosen else "text", lit)
            rows.append(line(*(lead or (Part(" " * 6, "text", lit),)), text, key=letter, head=at == 0))
        rows.append(BLANK)
    if question.advises:
        rows += paragraph("This one decides nothing: it says where to begin.", width, "muted", indent=1)
    return rows


def answered_text(quiz: Quiz, answers: Answers) -> str:
    """Say how many questions were answered and skipped."""
    said = [f"{len(answers.given)} answered"]
    if answers.skipped:
        said.append(f"{len(answers.skipped)} skipped")
    left = len(quiz.questions) - len(answers.given) - len(answers.skipped)
    return ", ".join([*said, f"{left} left"] if left else said)


class ResultView:
    """What the answers come to. Keys are ``role:``, ``why:`` and ``try:`` with an id or address."""

    def __init__(self, session: Session, quiz: Quiz, result: Fit, answers: Answers, signs: Signs) -> None:
        self.session, self.quiz, self.result, self.answers = session, quiz, result, answers
        self.signs = signs

    def lines(self, width: int, selected: str) -> list[Line]:
        """Return the whole result; the selected role says what it is."""
        result = self.result
        if result.top is None:
            rows = [
                BLANK,
                line(" ", Part("Nothing is answered that decides, so nothing is decided.", "title")),
                BLANK,
            ]
            rows += paragraph(
                "Go back and answer some of it, or read what the roles are for.", width, indent=1
            )
            return [*rows, *self._advice(width)]
        said = fit_text(self.session.catalog, result)
        rows = [BLANK, *(line(" ", Part(row, "title")) for row in flow(said, min(width - 3, MEASURE)))]
        rows += [BLANK, *self._scores(width, selected), *self._reasons(width, selected), *self._trials(width)]
        return [*rows, *self._advice(width)]

    def _scores(self, width: int, selected: str) -> list[Line]:
        rows = []
        tracks = self.session.catalog.tracks
        most = max(one.score for one in self.result.roles)
        names = min(max(cell_len(tracks[one.role].title) for one in self.result.roles), width - BAR - 10)
        for one in self.result.roles:
            track = tracks[one.role]
            length = round(BAR * one.score / most)
            rows.append(
                line(
                    " ",
                    Part(fit(clip(track.title, names, self.signs.ellipsis), names + 2)),
                    Part(f"{one.score:>3}  ", "muted"),
                    Part(self.signs.bar[1] * length, "accent"),
                    Part(self.signs.bar[2] * (BAR - length), "rail"),
                    key=f"role:{one.role}",
                )
            )
            if selected == f"role:{one.role}" and track.tagline:
                rows += paragraph(track.tagline, width - 2, "muted", indent=3, key=selected)
        return rows

    def _reasons(self, width: int, selected: str) -> list[Line]:
        rows = [BLANK, line(" ", Part("THE ANSWERS THAT DECIDED IT", "heading"))]
        for reason in self.result.reasons[:REASONS]:
            question = self.quiz.question(reason.question)
            if question is None:
                continue
            key = f"why:{reason.question}"
            texts = flow(question.answers[reason.letter], min(width - 7, MEASURE))
            for at, row in enumerate(texts):
                lead = f" {self.signs.bullet} " if at == 0 else "   "
                rows.append(line(Part(lead, "muted"), Part(row), key=key, head=at == 0))
            if key == selected:
                about = f"{count(reason.weight, 'point')}, to: {question.text}"
                rows += paragraph(about, width - 2, "muted", indent=3, key=key)
        return rows

    def _trials(self, width: int) -> list[Line]:
        if not self.result.trials:
            return []
        told = "Build a small thing of each, and see which one you want to go on with."
        rows = [BLANK, line(" ", Part("WHAT WOULD TELL", "heading"))]
        rows += paragraph(told, width - 2, "muted", indent=1)
        for trial in self.result.trials:
            role = self.session.catalog.tracks[trial.role].title
            text = f"{role}: {title_of(trial.project)}, {hours_text(trial.project.hours)}"
            for at, row in enumerate(flow(text, min(width - 7, MEASURE))):
                lead = f" {self.signs.arrow} " if at == 0 else "   "
                rows.append(
                    line(Part(lead, "muted"), Part(row), key=f"try:{trial.project.address}", head=at == 0)
                )
        return rows

    def _advice(self, width: int) -> list[Line]:
        rows: list[Line] = []
        if self.result.advice:
            rows += [BLANK, line(" ", Part("WHERE TO BEGIN, WHICHEVER IT IS", "heading"))]
            for text in self.result.advice:
                rows += paragraph(text, width - 3, indent=1)
        said = f"{answered_text(self.quiz, self.answers)}; nothing of it is written anywhere"
        return [*rows, BLANK, *paragraph(said, width, "muted", indent=1)]
