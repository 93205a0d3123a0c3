"""The quiz: one question at a time, and which role fits. Nothing of it is written anywhere."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType

from roadmap.analysis.fit import fit, shuffled
from roadmap.loading.beside import BesideError
from roadmap.storage.choosing import quiz_of
from tui.following import ask_to_follow
from tui.messages import Opened
from tui.screens.base import Frame
from tui.views.fit import Answers, ResultView, answered_text, question_lines
from tui.widgets.lines import ClickList, Line, LineList, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.widget import Widget

    from roadmap.model.choosing import Quiz, QuizQuestion
    from tui.app import RoadmapApp


def new_seed() -> int:
    """Return what decides the order of the answers: another one each time the program runs."""
    return secrets.randbelow(1_000_000)


def open_quiz(app: RoadmapApp, answers: Answers | None) -> Answers | None:
    """Open the quiz where it was left, and return its answers; say why when there is none."""
    try:
        quiz = quiz_of(app.session.workspace)
    except BesideError as error:
        app.say(f"the quiz cannot be used: {error}", "error")
        return answers
    if not quiz.questions or not any(track.quiz for track in app.session.catalog.tracks.values()):
        app.say("these tracks have no quiz")
        return answers
    answers = answers or Answers(new_seed())
    app.push_screen(FitScreen(quiz, answers))
    return answers


class FitScreen(Frame):
    """Questions one after the other, then the result."""

    CSS_PATH = "fit.tcss"
    PURPOSE = (
        "A short quiz. The number of an answer gives it, or enter on it; skip what you like, go back and change "
        "your mind. The result names the answers that decided, and says when it is close. Questions about your "
        "background decide nothing. Nothing is written unless you choose a role at the end."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("fit.answer", "answer"),
        ("fit.skip", "skip"),
        ("fit.previous", "back"),
        ("fit.next", "on"),
        ("fit.result", "result now"),
        ("app.back", "leave"),
        ("app.help", "help"),
    )
    RESULT: ClassVar[Sequence[tuple[str, str]]] = (
        ("fit.answer", "follow or open"),
        ("fit.compare", "compare the two"),
        ("fit.previous", "the questions"),
        ("app.back", "leave"),
        ("app.help", "help"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "answer", "answer, or open what is selected", id="fit.answer"),
        Binding("s", "skip", "skip the question", id="fit.skip"),
        # u is undo everywhere else; here it must not reach the progress file
        Binding("left,h,u,backspace", "turn(-1)", "the question before", id="fit.previous"),
        Binding("right,l", "turn(1)", "the question after", id="fit.next"),
        Binding("e", "result", "the result so far", id="fit.result"),
        Binding("c", "compare", "compare the first two", id="fit.compare"),
        Binding("x", "clear", "begin again", id="fit.clear"),
        Binding("b,escape", "back", "back to the roles; answers stay", id="app.back"),
    ]

    choices = getters.query_one("#choices", ClickList)

    def __init__(self, quiz: Quiz, answers: Answers) -> None:
        super().__init__()
        self.quiz_asked = quiz
        self.answers = answers

    @property
    def listing(self) -> LineList:
        """The answers, or the result."""
        return self.choices

    @property
    def question(self) -> QuizQuestion | None:
        """The question in front, None at the result."""
        place = self.answers.place
        return self.quiz_asked.questions[place] if place < len(self.quiz_asked.questions) else None

    def body(self) -> Iterator[Widget]:
        """Yield the list."""
        yield ClickList(self._lines, id="choices", signs=self.signs, opening=True)

    def _lines(self, width: int) -> list[Line]:
        question = self.question
        if question is not None:
            return question_lines(question, self.answers, self.choices.key, self.signs, width)
        result = fit(self.session.catalog, self.quiz_asked, self.answers.given)
        view = ResultView(self.session, self.quiz_asked, result, self.answers, self.signs)
        return view.lines(width, self.choices.key)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys of a question, or of the result."""
        return self.HINTS if self.question is not None else self.RESULT

    def fill(self) -> None:
        """Draw everything; the cursor stays where it is."""
        whole = len(self.quiz_asked.questions)
        where = f"{self.answers.place + 1} of {whole}" if self.question is not None else "the result"
        left = [Part(f"{self.signs.back} ", "muted"), Part("Find what fits", "title")]
        self.headline.say(left, [Part(where, "text")])
        self.choices.at_once = self.question is not None
        if not self.choices.key:
            self.choices.key = self._start()
        self.choices.show()

    def _start(self) -> str:
        """Return where the cursor starts: on the answer given before, else on the first."""
        question = self.question
        if question is None:
            top = fit(self.session.catalog, self.quiz_asked, self.answers.given).top
            return f"role:{top}" if top else ""
        return self.answers.given.get(question.id) or shuffled(question, self.answers.seed)[0]

    def _go(self, place: int) -> None:
        """Show another question, or the result."""
        self.answers.place = min(max(place, 0), len(self.quiz_asked.questions))
        self.choices.key = self._start()
        self.choices.scroll_to(y=0, animate=False, force=True, immediate=True)
        self.fill()
        self.choices.reveal()
        self.query_one("#keys").refresh()
        self.say(answered_text(self.quiz_asked, self.answers) if self.question is not None else "")

    @on(Opened)
    def action_answer(self) -> None:
        """Take the selected answer and go on; in the result, open what is selected."""
        question, key = self.question, self.choices.key
        if question is None:
            self._open(*key.partition(":")[::2])
        elif key in question.answers:
            self.answers.given[question.id] = key
            self.answers.skipped.discard(question.id)
            self._go(self.answers.place + 1)

    def _open(self, kind: str, what: str) -> None:
        if kind == "role":
            ask_to_follow(self.app, what)
        elif kind == "why":
            ids = [one.id for one in self.quiz_asked.questions]
            self._go(ids.index(what))
        elif kind == "try":
            from tui.screens.project import ProjectScreen

            self.app.push_screen(ProjectScreen(what))

    def on_key(self, event: events.Key) -> None:
        """Take the number of an answer."""
        question = self.question
        letter = event.character or ""
        if question is None or not ("1" <= letter <= "9"):
            return
        letters = shuffled(question, self.answers.seed)
        if int(letter) <= len(letters):
            event.stop()
            self.choices.select(letters[int(letter) - 1])
            self.action_answer()

    def action_skip(self) -> None:
        """Leave the question unanswered, and go on."""
        question = self.question
        if question is not None:
            self.answers.given.pop(question.id, None)
            self.answers.skipped.add(question.id)
            self._go(self.answers.place + 1)

    def action_turn(self, by: int) -> None:
        """Go to the question before or after, and leave the answers as they are."""
        if self.answers.place + by < 0:
            self.say("this is the first one")
        elif self.question is None and by > 0:
            self.say("this is the result")
        else:
            self._go(self.answers.place + by)

    def action_result(self) -> None:
        """Show what the answers so far come to."""
        self._go(len(self.quiz_asked.questions))

    def action_compare(self) -> None:
        """Lay the first two roles of the result side by side."""
        result = fit(self.session.catalog, self.quiz_asked, self.answers.given)
        roles = [one.role for one in result.roles[:2]]
        if self.question is not None or result.top is None or len(roles) < 2:
            self.say("the result can be compared, once there is one")
            return
        from tui.screens.compare import CompareScreen

        self.app.push_screen(CompareScreen(roles))

    def action_clear(self) -> None:
        """Begin again with nothing answered."""
        self.answers.clear()
        self._go(0)
        self.say("nothing is answered: the first question again")

    def action_back(self) -> None:
        """Go back to the roles; the answers stay while the program runs."""
        self.app.pop_screen()
