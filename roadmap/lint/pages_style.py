"""Explanations of the codes that warn: what loads, but does not serve the person who learns."""

from __future__ import annotations

from roadmap.lint.page import ITEM, PROJECT, STAGE, TOP, Page

_SKILL = '[[milestones.skills]]\nid = "{}"\ncan = "{}"\nask = [{{ q = "{}", a = "{}" }}]'
_BUILT = 'built = ["one command counts a file"]\n'
_MEASURED = 'evaluated = ["5 logs, each against a count by hand; target: no difference"]\n'
_ASKED = 'explained = ["Which part takes the time, and how do you know?"]'

PAGES = (
    Page(
        "T016",
        "warning",
        "The same question comes twice in a review. If the same skill is meant, refer to it with `ref`; then it\n"
        "is marked once and asked once.",
        _SKILL.format("read-errors", "read a borrow error aloud", "What ends a borrow?", "Its last use.")
        + "\n\n"
        + _SKILL.format(
            "scopes", "say where a value is dropped", "What ends a borrow?", "The last use of it."
        ),
        _SKILL.format("read-errors", "read a borrow error aloud", "What ends a borrow?", "Its last use.")
        + "\n\n"
        + _SKILL.format(
            "scopes", "say where a value is dropped", "When is a value dropped?", "As its owner goes."
        ),
        ITEM,
    ),
    Page(
        "T017",
        "warning",
        "One web address is one resource: read once, it is read everywhere. With two titles a person takes it for\n"
        "two. Use the title the page has.",
        '[[milestones.resources]]\ntitle = "The Rust book"\nurl = "https://doc.rust-lang.org/book/"\n\n'
        '[[milestones.resources]]\ntitle = "Official tutorial"\nurl = "https://doc.rust-lang.org/book"',
        '[[milestones.resources]]\ntitle = "The Rust book"\nurl = "https://doc.rust-lang.org/book/"',
        ITEM,
    ),
    Page(
        "T018",
        "warning",
        "A sentence of eight words or more stands twice, so one of the places says nothing of its own. Copied\n"
        "criteria are the usual reason.",
        'built = ["one command counts a log file and prints what it found"]\n'
        'evaluated = ["5 logs by hand", "One command counts a log file and prints what it found."]\n'
        + _ASKED,
        'built = ["one command counts a log file and prints what it found"]\n' + _MEASURED + _ASKED,
        PROJECT,
    ),
    Page(
        "T020",
        "warning",
        "A milestone without a skill, a resource or a project is done as soon as it is opened, and a key without\n"
        "a value says nothing. Only `after = []` says something: this milestone can be begun at once.",
        'id = "ownership"\ntitle = "Own and borrow"\nkeywords = []',
        'id = "ownership"\ntitle = "Own and borrow"\nkeywords = ["borrow checker"]',
        STAGE,
    ),
    Page(
        "T021",
        "warning",
        "Hours are counted in one way everywhere, so that roles can be compared: essential reading, half an hour\n"
        "for each required skill, and one core project, within two hours. Extra reading, starters and stretch\n"
        "projects come on top. A capstone states what it likes. Without `hours`, they are counted for you.",
        'id = "ownership"\ntitle = "Own and borrow"\nhours = 40',
        'id = "ownership"\ntitle = "Own and borrow"\nhours = 1',
        STAGE,
    ),
    Page(
        "T022",
        "warning",
        "`explained` is the proof that the work is the person's own: questions about trade-offs that only somebody\n"
        "who did it can answer. A statement can be copied.",
        _BUILT + _MEASURED + 'explained = ["The README describes the design."]',
        _BUILT + _MEASURED + _ASKED,
        PROJECT,
    ),
    Page(
        "T023",
        "warning",
        "`evaluated` is the proof that it works, in figures: how many cases, which metric, against what baseline,\n"
        "and what counts as good. Without a number nobody can tell.",
        _BUILT + 'evaluated = ["it is fast and accurate"]\n' + _ASKED,
        _BUILT + _MEASURED + _ASKED,
        PROJECT,
    ),
    Page(
        "T024",
        "warning",
        "The text will be cut or will crowd out others at 80 columns: titles of tracks, milestones and projects\n"
        "take 60 columns (wide characters count two), skills 160 characters, answers 25 words, briefs 90 words.",
        'id = "ownership"\ntitle = "Own and borrow, and everything else that a Python developer finds strange"',
        'id = "ownership"\ntitle = "Own and borrow"',
        STAGE,
    ),
    Page(
        "T026",
        "warning",
        "White space at either end of a text moves columns and makes two equal texts differ. Texts in three quotes\n"
        "may begin and end with a line break.",
        'title = " Rust for Python developers"',
        'title = "Rust for Python developers"',
        TOP,
        True,
    ),
)
"""The pages, in order."""
