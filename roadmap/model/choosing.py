"""What helps to choose a role, beside the tracks: the quiz's questions, and signs of work that is no track's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.track import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap.model.track import Signal


class QuizQuestion(NamedTuple):
    """A question of the quiz; ``answers`` maps a letter to its text.

    One with ``advises`` decides nothing: ``points`` says how far along each answer is in that matter.
    """

    id: str
    text: str
    answers: Mapping[str, str]
    advises: str = ""
    points: Mapping[str, int] = NOTHING


class Advice(NamedTuple):
    """A line of advice for answers of up to so many points in one matter."""

    about: str
    up_to: int
    text: str


class Quiz(NamedTuple):
    """All questions in order, and the advice. The points for roles stand in each track."""

    questions: tuple[QuizQuestion, ...] = ()
    advice: tuple[Advice, ...] = ()

    def question(self, id: str) -> QuizQuestion | None:
        """Return a question by its id."""
        return next((one for one in self.questions if one.id == id), None)


class OtherWork(NamedTuple):
    """Signals of work that belongs to no track, and phrases of sentences that say nothing of anybody.

    ``broad`` are keywords of milestones that stand in many postings for other reasons: one alone proves little.
    """

    signals: tuple[Signal, ...] = ()
    neutral: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()
