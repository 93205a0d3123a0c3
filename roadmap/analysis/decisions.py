"""Decisions of a merge in words, for the command and the screen that settle a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from roadmap.analysis.merge import Decision

SHOWN_PARTS = 5
"""How many parts of a list are named."""


def decision_text(one: Decision) -> str:
    """Say a decision in a sentence: where, both sides, what was chosen and why."""
    where = f"{one.address} {one.field}" if one.address else one.field
    ours, theirs, chosen = (_shown(value) for value in (one.ours, one.theirs, one.chosen))
    return f"{quote(where, 160)[1:-1]}: ours {ours}, theirs {theirs}: {chosen} ({one.why})"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        more = ", …" if len(value) > SHOWN_PARTS else ""
        return f"[{', '.join(map(_shown, value[:SHOWN_PARTS]))}{more}]"
    try:
        return quote(str(value))[1:-1]
    except ValueError:  # an integer too long to print
        return "a huge number"
