"""Explanations of the codes about ids and references."""

from __future__ import annotations

from roadmap.lint.page import ITEM, STAGE, TOP, WHOLE, Page

_TWO = """title = "Rust for Python developers"

[[milestones]]
id = "ownership"
title = "Own and borrow"
{}
[[milestones.skills]]
id = "tests"
can = "write a test that a wrong borrow would fail"

[[milestones]]
id = "errors"
title = "Say what went wrong"
{}
[[milestones.skills]]
id = "tests"
can = "write a test for each error a function can return"
"""

_SHORT = """
[[milestones]]
id = "traits"
title = "Say what a type can do"

[[milestones.skills]]
ref = "{}"
"""

PAGES = (
    Page(
        "T005",
        "error",
        "An id is typed on the command line and is part of addresses: a-z, digits and single hyphens, at most 64\n"
        "characters. A track's id is its file's name. Ids are chosen once; when one must change, list the old\n"
        "one under `former`, so that progress follows.",
        '[[milestones.skills]]\nid = "Read Errors"\ncan = "read a borrow error aloud"',
        '[[milestones.skills]]\nid = "read-errors"\ncan = "read a borrow error aloud"',
        ITEM,
        True,
    ),
    Page(
        "T006",
        "error",
        "Two things would have the same address, so progress on one would count for the other. Milestone ids are\n"
        "unique in a track; ids of skills, resources and projects are unique in their milestone. A thing that is\n"
        "referred to is listed once, and a `former` id is nobody's id today.",
        '[[milestones.skills]]\nid = "errors"\ncan = "read a borrow error aloud"\n\n'
        '[[milestones.skills]]\nid = "errors"\ncan = "say which line holds the borrow"',
        '[[milestones.skills]]\nid = "read-errors"\ncan = "read a borrow error aloud"\n\n'
        '[[milestones.skills]]\nid = "find-holder"\ncan = "say which line holds the borrow"',
        ITEM,
    ),
    Page(
        "T007",
        "error",
        "An address leads nowhere: no file has that track, or the track has no such milestone or skill. A\n"
        "milestone of the same track is named by its id alone; everything else by its whole address.",
        'id = "ownership"\ntitle = "Own and borrow"\nafter = ["ai-engineer/first-eval"]',
        'id = "ownership"\ntitle = "Own and borrow"\nafter = []',
        STAGE,
    ),
    Page(
        "T008",
        "error",
        "Each of these milestones waits for the next, and the last for the first, so none could ever be opened.\n"
        "Decide which one a person can begin with.",
        _TWO.format('after = ["errors"]\n', 'after = ["ownership"]\n').rstrip(),
        _TWO.format("", 'after = ["ownership"]\n').rstrip(),
        WHOLE,
    ),
    Page(
        "T009",
        "error",
        "A track that extends another begins where that one ends. Tracks that extend each other, or a track that\n"
        "extends itself, have no beginning. (The file of this example is `example.toml`.)",
        'title = "Rust for Python developers"\nextends = "example"',
        'title = "Rust for Python developers"\nextends = "ai-engineer"',
        TOP,
    ),
    Page(
        "T012",
        "error",
        "A reference names the place where a thing is written. It cannot name another reference to it, nor a thing\n"
        "of another kind: a skill refers to a skill, a milestone to a milestone, and `after` to milestones.",
        '[[milestones.skills]]\nref = "ai-engineer/first-evals"',
        '[[milestones.skills]]\nref = "ai-engineer/first-evals/error-bars"',
        ITEM,
    ),
    Page(
        "T014",
        "error",
        "An address is `track/milestone` or `track/milestone/item`: a-z, digits and hyphens, parted by single\n"
        "slashes, without spaces, capitals or a slash at either end.",
        '[[milestones.skills]]\nref = "ai-engineer/First Evals/error-bars"',
        '[[milestones.skills]]\nref = "ai-engineer/first-evals/error-bars"',
        ITEM,
    ),
    Page(
        "T015",
        "error",
        "The ending that is written stands for several things. On the command line one would be asked; a file must\n"
        "say it in full.",
        _TWO.format("", "").rstrip() + "\n" + _SHORT.format("tests").rstrip(),
        _TWO.format("", "").rstrip() + "\n" + _SHORT.format("example/ownership/tests").rstrip(),
        WHOLE,
    ),
    Page(
        "T019",
        "warning",
        "The milestone waits for one that is not on the path of this role, so it stays locked for whoever follows\n"
        "the track. On the path are the milestones of the tracks it extends, except their capstones, and those\n"
        "it lists itself, be it by `ref`. Where several would do, put them in an inner list.",
        'id = "ownership"\ntitle = "Own and borrow"\nafter = ["ml-engineer/frame-and-baseline"]',
        'ref = "ml-engineer/frame-and-baseline"\n\n[[milestones]]\n'
        'id = "ownership"\ntitle = "Own and borrow"\nafter = ["ml-engineer/frame-and-baseline"]',
        STAGE,
    ),
)
"""The pages, in order."""
