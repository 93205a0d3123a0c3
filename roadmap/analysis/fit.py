"""Which role fits a person, by the answers of the quiz: points added up, and the reasons kept."""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap.model.catalog import Catalog
    from roadmap.model.choosing import Quiz, QuizQuestion
    from roadmap.model.track import Project

CLOSE = 4
"""A lead of fewer points than this is close: one answer, given otherwise, could turn it."""


class RoleScore(NamedTuple):
    """A role's points, and its share of all points."""

    role: str
    score: int
    share: float


class Reason(NamedTuple):
    """An answer that spoke for a role, and its points."""

    question: str
    letter: str
    role: str
    weight: int


class Trial(NamedTuple):
    """What to try when it is close: a role, and a small project near its beginning."""

    role: str
    project: Project


class Fit(NamedTuple):
    """The result, the best role first. ``top`` is None before any answer that decides.

    ``lead`` is in points, over the next role. ``reasons`` are the answers that decided, the weightiest first.
    ``background`` maps a matter to the points of its answer; ``advice`` is what they suggest.
    """

    roles: tuple[RoleScore, ...]
    top: str | None
    lead: int
    close: bool
    reasons: tuple[Reason, ...]
    trials: tuple[Trial, ...]
    background: Mapping[str, int]
    advice: tuple[str, ...]
    answered: int


def fit(catalog: Catalog, quiz: Quiz, answers: Mapping[str, str]) -> Fit:
    """Add up the answers, question id to letter. Unknown questions and letters count for nothing.

    Between roles with the same points the lot decides, the same for the same answers: any fixed order would give
    the first role every tenth result that is another's as much. Such a result is close.
    """
    given = {one.id: answers[one.id] for one in quiz.questions if answers.get(one.id) in one.answers}
    taking_part = [track for track in catalog.tracks.values() if track.quiz]
    reasons: list[Reason] = []
    scores = {track.id: 0 for track in taking_part}
    for question, letter in given.items():
        for track in taking_part:
            points = track.quiz.get(question, {}).get(letter, 0)
            scores[track.id] += points
            if points:
                reasons.append(Reason(question, letter, track.id, points))
    total = sum(scores.values())
    deciding = {one.id: given[one.id] for one in quiz.questions if one.id in given and not one.advises}
    order = sorted(scores, key=lambda role: (-scores[role], _lot(deciding, role)))
    roles = tuple(RoleScore(role, scores[role], scores[role] / total if total else 0.0) for role in order)
    top = order[0] if total else None
    lead = scores[order[0]] - scores[order[1]] if len(order) > 1 else total
    close = lead < CLOSE
    background = {
        one.advises: one.points.get(given[one.id], 0)
        for one in quiz.questions
        if one.advises and one.id in given
    }
    decided = [one for one in reasons if one.role == top]
    return Fit(
        roles=roles,
        top=top,
        lead=lead,
        close=close,
        reasons=tuple(sorted(decided, key=lambda one: -one.weight)),
        trials=_trials(catalog, [one.role for one in roles if roles[0].score - one.score < CLOSE][:3])
        if top and close
        else (),
        background=background,
        advice=tuple(text for about, points in background.items() if (text := _advice(quiz, about, points))),
        answered=len(given),
    )


def _lot(answers: Mapping[str, str], role: str) -> int:
    """Return a number that depends on nothing but the answers and the role, and favors no role."""
    return zlib.crc32(f"{role} {sorted(answers.items())}".encode())


def _advice(quiz: Quiz, about: str, points: int) -> str:
    return next((one.text for one in quiz.advice if one.about == about and points <= one.up_to), "")


def _trials(catalog: Catalog, roles: list[str]) -> tuple[Trial, ...]:
    """Return the first starter project of each role's own milestones, else its smallest project."""
    found = []
    for role in roles:
        projects = [project for one in catalog.tracks[role].milestones for project in one.projects]
        starters = [project for project in projects if project.level == "starter"]
        if starters or projects:
            found.append(
                Trial(role, starters[0] if starters else min(projects, key=lambda one: one.hours or 999))
            )
    return tuple(found)


def shuffled(question: QuizQuestion, seed: int) -> list[str]:
    """Return the letters of a question's answers in an order that depends on the seed alone.

    Answers in the same place for everybody would favor what stands first.
    """
    letters = list(question.answers)
    random.Random(f"{seed}/{question.id}").shuffle(letters)
    return letters
