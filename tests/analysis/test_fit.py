"""The quiz: ten people come out as they should, and no role has the better chances."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from roadmap.analysis.fit import CLOSE, fit, shuffled
from roadmap.loading.beside import BesideError, read_other_work, read_quiz
from roadmap.loading.sources import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from roadmap.model.catalog import Catalog
    from roadmap.model.choosing import Quiz

ORDER = (
    "saturday", "lunch", "rescue", "advert", "number", "notknowing", "firstweek", "funding", "nextmonth", "sting",
    "hour", "decides", "stranger", "shipped", "fourpercent", "mind",
)  # fmt: skip
SCORED = ("ml-engineer", "ai-engineer", "genai-developer", "agentic-ai-engineer", "forward-deployed-engineer")
PEOPLE = {
    "Ines": ("ai-engineer", "bbcadbebbddcbabc", (4, 32, 6, 6, 4), (3, 2, 1)),
    "Tomasz": ("ai-engineer", "bedadcecbadcdacb", (4, 29, 12, 2, 5), (3, 1, 2)),
    "Lin": ("genai-developer", "cadbecacbaadbbdc", (6, 9, 34, 0, 3), (2, 0, 1)),
    "Farid": ("genai-developer", "cadbbceddaabbcdb", (7, 5, 28, 3, 9), (1, 0, 2)),
    "Greta": ("agentic-ai-engineer", "dbecbdbacbbacabc", (2, 4, 0, 32, 14), (3, 2, 1)),
    "Kofi": ("agentic-ai-engineer", "deecadbccbdacabd", (5, 11, 0, 31, 5), (3, 2, 0)),
    "Mara": ("ml-engineer", "adbecadbadcbacac", (37, 6, 5, 3, 1), (1, 3, 1)),
    "Jae": ("ml-engineer", "adbbcabbadcbccad", (31, 6, 6, 8, 1), (1, 3, 0)),
    "Noor": ("forward-deployed-engineer", "ecadbbeadcbcdbca", (0, 12, 2, 6, 32), (2, 1, 3)),
    "Ruben": ("forward-deployed-engineer", "ecadbecabcbabaca", (1, 6, 6, 8, 31), (3, 1, 3)),
}
"""Ten people: the role that fits, their answers in order, the points, and how far they are in three matters."""


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return read_quiz([bundled()])


@pytest.mark.parametrize("name", PEOPLE)
def test_ten_people(bundle: Catalog, quiz: Quiz, name: str) -> None:
    role, letters, points, background = PEOPLE[name]
    result = fit(bundle, quiz, dict(zip(ORDER, letters, strict=True)))
    assert result.top == role
    assert {one.role: one.score for one in result.roles} == dict(zip(SCORED, points, strict=True))
    assert tuple(result.background.values()) == background
    best, second, *_ = sorted(points, reverse=True)
    assert result.lead == best - second
    assert result.close is (result.lead < CLOSE)
    assert len(result.advice) == 3
    assert sum(one.weight for one in result.reasons) == result.roles[0].score


def test_every_role_has_the_same_chance(bundle: Catalog, quiz: Quiz) -> None:
    """Exactly: the chances of all sums, convolved question by question; equal sums are shared out."""
    chances = {(0,) * len(SCORED): 1.0}
    for question in quiz.questions:
        if question.advises:
            continue
        steps = [
            tuple(bundle.tracks[role].quiz.get(question.id, {}).get(letter, 0) for role in SCORED)
            for letter in question.answers
        ]
        spread: dict[tuple[int, ...], float] = {}
        for sums, chance in chances.items():
            for step in steps:
                after = tuple(map(sum, zip(sums, step, strict=True)))
                spread[after] = spread.get(after, 0.0) + chance / len(steps)
        chances = spread
    wins = dict.fromkeys(SCORED, 0.0)
    for sums, chance in chances.items():
        best = [role for role, value in zip(SCORED, sums, strict=True) if value == max(sums)]
        for role in best:
            wins[role] += chance / len(best)
    assert sum(wins.values()) == pytest.approx(1)
    for role, chance in wins.items():
        assert chance == pytest.approx(0.2, abs=0.02 * 0.2), role


def test_equal_points_favor_nobody(bundle: Catalog, quiz: Quiz) -> None:
    draw = random.Random(6)
    wins: Counter[str | None] = Counter()
    for _ in range(8000):
        wins[fit(bundle, quiz, {one.id: draw.choice(list(one.answers)) for one in quiz.questions}).top] += 1
    for role in SCORED:  # four standard deviations of 8,000 draws
        assert wins[role] / 8000 == pytest.approx(0.2, abs=0.018), role


def test_every_role_can_be_reached_and_every_answer_speaks_for_one(bundle: Catalog, quiz: Quiz) -> None:
    for role in SCORED:
        own = bundle.tracks[role].quiz
        answers = {id: max(points, key=lambda letter: points[letter]) for id, points in own.items()}
        assert fit(bundle, quiz, answers).top == role
    for question in quiz.questions:
        for letter in question.answers:
            given = sorted(
                (bundle.tracks[role].quiz.get(question.id, {}).get(letter, 0) for role in SCORED),
                reverse=True,
            )
            assert given[:3] == ([0, 0, 0] if question.advises else [3, 1, 0]), (question.id, letter)


def test_background_advises_and_never_decides(bundle: Catalog, quiz: Quiz) -> None:
    advising = [one.id for one in quiz.questions if one.advises]
    assert advising == ["shipped", "fourpercent", "mind"]
    only = fit(bundle, quiz, dict.fromkeys(advising, "a"))
    assert (only.top, only.lead, only.reasons, only.trials) == (None, 0, (), ())
    assert only.background == {"ships": 3, "statistics": 3, "people": 3}
    base = dict(zip(ORDER[:13], PEOPLE["Kofi"][1], strict=False))
    for letter in "abcd":
        assert (
            fit(bundle, quiz, base | dict.fromkeys(advising, letter)).roles == fit(bundle, quiz, base).roles
        )


def test_nothing_answered_or_nonsense_decides_nothing(bundle: Catalog, quiz: Quiz) -> None:
    for answers in ({}, {"saturday": "z"}, {"sunday": "a"}):
        result = fit(bundle, quiz, answers)
        assert (result.top, result.answered, result.close) == (None, 0, True)
        assert {one.share for one in result.roles} == {0.0}


def test_when_it_is_close_it_names_a_starter_of_each(bundle: Catalog, quiz: Quiz) -> None:
    result = fit(bundle, quiz, {"saturday": "a", "lunch": "b"})
    assert result.close
    assert {one.role for one in result.trials} == {"ml-engineer", "agentic-ai-engineer", "ai-engineer"}
    assert all(one.project.level == "starter" for one in result.trials)
    assert all(one.project.address.startswith(one.role) for one in result.trials)
    assert fit(bundle, quiz, dict(zip(ORDER, PEOPLE["Mara"][1], strict=True))).trials == ()


def test_a_new_track_joins_by_its_file(sound: object, quiz: Quiz) -> None:
    text = """
title = "{}"
[quiz]
saturday = {{ {} = 3 }}
[[milestones]]
id = "begin"
title = "Begin"
[[milestones.skills]]
id = "see"
can = "see it"
"""
    catalog = sound(gardener=text.format("Gardener", "a"), sailor=text.format("Sailor", "b"))  # type: ignore[operator]
    assert fit(catalog, quiz, {"saturday": "a"}).top == "gardener"
    assert fit(catalog, quiz, {"saturday": "b"}).top == "sailor"


def test_the_order_of_answers_depends_on_the_seed_alone(quiz: Quiz) -> None:
    question = quiz.questions[0]
    assert shuffled(question, 7) == shuffled(question, 7)
    assert sorted(shuffled(question, 7)) == list(question.answers)
    first = Counter(shuffled(question, seed)[0] for seed in range(1000))
    assert set(first) == set(question.answers)
    assert max(first.values()) < 270


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("questions = 3", "not as it should be"),
        ("[[questions]]\nid = 'a'", "`answers` is missing"),
        ("[[questions]]\nid = 'a'\ntext = 'b'\nanswers = { a = 'x' }", "too few"),
        ("[[questions]]\nid = 'a'\ntext = 'b'\nanswers = { yes = 'x', no = 'y' }", "letter"),
        ("[[questions]", "not as it should be"),
    ],
)
def test_a_broken_quiz_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "quiz").mkdir()
    (tmp_path / "quiz" / "questions.toml").write_text(text)
    with pytest.raises(BesideError, match=says) as error:
        read_quiz([tmp_path])
    assert "questions.toml" in str(error.value)


def test_no_quiz_and_no_other_work_are_empty(tmp_path: Path) -> None:
    assert read_quiz([tmp_path]).questions == ()
    assert read_other_work([tmp_path]).signals == ()
