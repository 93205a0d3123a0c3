from __future__ import annotations

import pytest
import tomli

from roadmap.lint.mend import mend

WRONG = """# first
title = " A track "  # a comment
[[milestones]]  # two
id = "Own It"
titel = 'One\u200b'   # three
[[milestones.skills]]
id = "s"
cann = "do\\u202e it"
[[milestones.skillz]]
id = "r"
can = "undo it"
# last
"""
RIGHT = """# first
title = "A track"  # a comment
[[milestones]]  # two
id = "own-it"
title = 'One'   # three
[[milestones.skills]]
id = "s"
can = "do it"
[[milestones.skills]]
id = "r"
can = "undo it"
# last
"""


def mended(lint_texts, text, rounds=5):
    changes = []
    for _ in range(rounds):
        text, made = mend(text, lint_texts(t=text).faults)
        if not made:
            break
        changes += made
    return text, changes


def test_what_is_safe_is_mended_and_comments_stay(lint_texts):
    text, changes = mended(lint_texts, WRONG.replace("[[milestones.skillz]]", "[[milestones.skills]]"))
    assert text == RIGHT
    assert sorted(change.code for change in changes) == ["T002", "T002", "T005", "T011", "T011", "T026"]
    assert lint_texts(t=text).faults == ()


def test_windows_line_endings_stay(lint_texts):
    text, _changes = mended(
        lint_texts, WRONG.replace("[[milestones.skillz]]", "[[milestones.skills]]").replace("\n", "\r\n")
    )
    assert text == RIGHT.replace("\n", "\r\n")


def test_a_misspelled_header_is_renamed_wherever_it_stands(lint_texts):
    text = 'title = "T"\n' + "".join(
        f'[[milestone]]\nid = "m{i}"\ntitle = "M"\n[[milestone.skills]]\nid = "s"\ncan = "c"\n'
        for i in range(3)
    )
    after, changes = mended(lint_texts, text)
    assert after == text.replace("[[milestone", "[[milestones")
    assert [change.what for change in changes] == ["milestone -> milestones in 6 places"]


@pytest.mark.parametrize(
    "text",
    [
        # the known key is there already
        'title = "T"\ntitel = "U"\n[[milestones]]\nid = "a"\ntitle = "A"\n[[milestones.skills]]\nid = "s"\ncan = "c"\n',
        # two known keys are equally near
        (
            'title = "T"\n[[milestones]]\nid = "a"\ntitle = "A"\n[[milestones.projects]]\nid = "p"\ntitle = "P"\n'
            'brief = "B"\nbuilt = ["b"]\nevaluated = ["7"]\nexplained = ["w?"]\n'
            'checks = [{ kind = "headings", proof = "built", path = "x", max_word = 1 }]\n'
        ),
        # somebody refers to the id
        (
            'title = "T"\n[[milestones]]\nid = "A B"\ntitle = "A"\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
            '[[milestones]]\nid = "b"\ntitle = "B"\nafter = ["A B"]\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
        ),
        # the better id is taken
        (
            'title = "T"\n[[milestones]]\nid = "A B"\ntitle = "A"\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
            '[[milestones]]\nid = "a-b"\ntitle = "B"\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
        ),
    ],
)
def test_what_is_not_sure_is_left_to_the_author(lint_texts, text):
    assert lint_texts(t=text).faults
    assert mended(lint_texts, text) == (text, [])


def test_white_space_only_is_not_mended_to_nothing(lint_texts):
    text = WRONG.replace(" A track ", "   ")
    after, _changes = mended(lint_texts, text)
    assert tomli.loads(after)["title"] == "   "


def test_escaped_backslashes_are_not_taken_for_escapes(lint_texts):
    text = RIGHT.replace('"do it"', '"do\\\\u202e \\u202eit"')
    after, changes = mended(lint_texts, text)
    assert tomli.loads(after)["milestones"][0]["skills"][0]["can"] == "do\\u202e it"
    assert len(changes) == 1
