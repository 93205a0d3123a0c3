"""The explanation of one code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from roadmap.loading.diagnostics import Severity

WHOLE = "{}"
"""The example is a whole file."""

TOP = """{}

[[milestones]]
id = "ownership"
title = "Own and borrow"

[[milestones.skills]]
id = "read-errors"
can = "read a borrow error, and point to the line that still holds the value"
"""
"""The example stands at the top of a track."""

STAGE = """title = "Rust for Python developers"

[[milestones]]
{}

[[milestones.skills]]
id = "read-errors"
can = "read a borrow error, and point to the line that still holds the value"
"""
"""The example is the head of a milestone."""

ITEM = """title = "Rust for Python developers"

[[milestones]]
id = "ownership"
title = "Own and borrow"

{}
"""
"""The example stands in a milestone."""

PROJECT = """title = "Rust for Python developers"

[[milestones]]
id = "ownership"
title = "Own and borrow"

[[milestones.projects]]
id = "log-counter"
title = "Count a log file"
brief = "A log of 2 GB has to be counted by status in less than a minute, on a laptop."
{}
"""
"""The example ends a project whose head is given."""


class Page(NamedTuple):
    """Why a code exists, with a wrong and a right example.

    ``frame`` makes a whole track of an example, so that a test can hold the examples to what they claim.
    ``mends`` when ``--fix`` can mend at least the wrong example.
    """

    code: str
    severity: Severity
    why: str
    wrong: str
    right: str
    frame: str = TOP
    mends: bool = False
