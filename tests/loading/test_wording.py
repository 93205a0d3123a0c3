"""How places of a file are called, and what is advised for a value of the wrong type."""

from __future__ import annotations

import types
import typing

import pytest

from roadmap.loading.judge import OVERLAY_KEYS, judge
from roadmap.loading.overlay_judge import judge_overlay
from roadmap.loading.overlay_shape import OverlayShape
from roadmap.loading.shape import TrackShape
from roadmap.loading.syntax import SWITCHES
from roadmap.loading.wording import called, ordinal, place

DATA = {
    "milestones": [
        {"id": "own", "skills": [{"can": "x", "ask": [{"q": 1}]}], "after": [["a", 1]]},
        {"projects": [{"id": "count\x1b[2J"}], "keywords": [1] * 12},
    ],
    "profile": {"depth": "x"},
}


def test_a_thing_is_called_by_its_id_or_else_counted() -> None:
    assert called(DATA, ("milestones", 0)) == "the milestone `own`"
    assert called(DATA, ("milestones", 1)) == "the second milestone"
    assert called(DATA, ("milestones", 0, "skills", 0)) == "the first skill of the milestone `own`"
    assert called(DATA, ("milestones", 1, "projects", 0)) == "the project `count\ufffd[2J`"
    assert called(DATA, ("profile",)) == "`profile`"
    assert called(DATA, ()) == ""


def test_a_place_is_named_from_within() -> None:
    assert place(DATA, ("title",)) == "`title`"
    assert place(DATA, ("profile", "depth")) == "`depth` of `profile`"
    assert place(DATA, ("milestones", 1)) == "the second entry of `milestones`"
    assert (
        place(DATA, ("milestones", 1, "keywords", 11))
        == "the 12th entry of `keywords` of the second milestone"
    )
    inner = "the second entry of the first entry of `after` of the milestone `own`"
    assert place(DATA, ("milestones", 0, "after", 0, 1)) == inner
    question = "`q` of the first question of the first skill of the milestone `own`"
    assert place(DATA, ("milestones", 0, "skills", 0, "ask", 0, "q")) == question
    assert place(DATA, ()) == "the file"


def test_ordinals() -> None:
    assert [ordinal(n) for n in (0, 9, 10, 11, 12, 20, 21, 22, 100, 110)] == [
        "first", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "101st", "111th",
    ]  # fmt: skip


STAGE = 'title = "T"\n[[milestones]]\nid = "m"\ntitle = "M"\n'
SKILL = '[[milestones.skills]]\nid = "s"\ncan = "do"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('hours = "12"', "`hours` of the milestone `m`: should be a number (write 12, without quotes)"),
        ('hours = "1.5 h"', "(write 1.5, without quotes)"),
        ('hours = "a few"', "(write a number such as 12, without quotes)"),
        ('needs = "1.5"', "(write a number such as 12, without quotes)"),
        ('needs = "2"', "should be a whole number (write 2, without quotes)"),
        ('capstone = "Yes"', "should be true or false (write true, without quotes)"),
        ("capstone = 0", "should be true or false (write false)"),
        ("capstone = 7", "should be true or false"),
        ('after = "n"', 'should be a list (write `after = ["n"]`)'),
        ("after = 'a\"b'", 'should be a list (write `after = ["..."]`)'),
        (SKILL + 'reviewed = "2026-11-22"', "(write 2026-11-22, without quotes)"),
        ('skills = "s"', "(each one begins with `[[milestones.skills]]`, two brackets on each side)"),
    ],
)
def test_what_to_write_instead(text: str, says: str) -> None:
    (fault,) = judge("t", "t.toml", f"{STAGE}{text}\n").faults
    assert fault.code == "T004"
    assert fault.brief().endswith(says)


def test_a_list_of_an_overlay_has_an_example() -> None:
    (fault,) = judge_overlay("t", "t.overlay.toml", 'hide = "retrieval/hnsw"\n').faults
    assert fault.brief().endswith('`hide`: should be a list (write `hide = ["retrieval/hnsw"]`)')


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            SKILL + 'after = ["n"]',
            "it belongs to the milestone: write it under `[[milestones]]`, above its first `[[milestones.skills]]`)",
        ),
        (
            'extends = "x"',
            "belongs to the track: write it at the top of the file, above the first `[[milestones]]`)",
        ),
        (
            SKILL + "[[milestones.skills.projects]]\nx = 1",
            "belongs to the milestone: write `[[milestones.projects]]`)",
        ),
        ("[[milestones.signals]]\nx = 1", "belongs to the track: write `[[signals]]`)"),
        (
            SKILL + 'ask = [{ q = "a", a = "b", reviewed = 2026-01-01 }]',
            "belongs to the skill: write it under `[[milestones.skills]]`, outside `ask`)",
        ),
        # one that the milestone has already was not meant for it
        (SKILL + 'title = "x"', "(known keys: id, can, ask, optional, reviewed, former, ref)"),
    ],
)
def test_a_key_that_is_known_one_level_up_is_sent_there(text: str, says: str) -> None:
    (fault,) = judge("t", "t.toml", f"{STAGE}{text}\n").faults
    assert (fault.code, fault.fix) == ("T002", ())
    assert fault.brief().endswith(says)


def test_a_key_at_the_top_is_sent_there_from_a_table_of_one_line() -> None:
    text = f'not_this = {{ role = "x", because = "y", tagline = "z" }}\n{STAGE}'
    (fault,) = judge("t", "t.toml", text).faults
    assert fault.help == "it belongs to the track: write it at the top of the file, outside `not_this`"


@pytest.mark.parametrize(
    ("line", "under", "help"),
    [
        ("capstone = tru", "tru", "did you mean `true`?"),
        ("capstone = Fals  # no", "Fals", "did you mean `false`?"),
        ("optional = yes", "yes", "did you mean `true`?"),
        ("x = { leads = off }", "off", "did you mean `false`?"),
        ("capstone = maybe", "maybe", "write true or false"),
        ("anything = True", "True", "did you mean `true`?"),
        ("title = no", "no", 'write "no"'),
        ("title = tru # so", "tru # so", 'write "tru"'),
        ("title = True story", "True story", 'write "True story"'),
    ],
)
def test_a_bare_word_that_means_true_or_false(line: str, under: str, help: str) -> None:
    (fault,) = judge("t", "t.toml", line + "\n").faults
    assert (fault.code, fault.help) == ("T001", help)
    assert fault.source[fault.column - 1 : fault.end_column - 1] == under


def test_the_keys_that_are_true_or_false_are_all_known() -> None:
    found, pending, seen = set(), [TrackShape, OverlayShape], set()
    while pending:
        one = pending.pop()
        if isinstance(one, type) and hasattr(one, "model_fields") and one not in seen:
            seen.add(one)
            found |= {name for name, field in one.model_fields.items() if field.annotation is bool}
            pending += [field.annotation for field in one.model_fields.values()]
        elif not isinstance(one, type) or isinstance(one, types.GenericAlias):
            pending += typing.get_args(one)
    assert found == SWITCHES


def test_the_keys_of_overlays_alone_are_all_known() -> None:
    assert set(OverlayShape.model_fields) - set(TrackShape.model_fields) == set(OVERLAY_KEYS)
