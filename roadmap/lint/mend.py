"""Mending what is safe to mend, as edits of the text, so that comments and layout stay as they are.

Only changes that cannot alter what the author meant are made: a misspelled key with one known key near it,
white space around a text, characters that no one can see, an id that nothing refers to yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import tomli

from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault, Fix


class Change(NamedTuple):
    """One change that was made: where, for which fault, and in a few words what."""

    file: str
    line: int
    column: int
    code: str
    what: str


def mend(text: str, faults: Iterable[Fault]) -> tuple[str, list[Change]]:
    """Return the text with the safe fixes of its faults made, and what they were.

    The text has no byte order mark, as the faults count without one. Changes that overlap an earlier one wait
    for the next round. If the outcome were not TOML any more, nothing is changed.
    """
    chosen: list[tuple[Fix, Fault]] = []
    taken: list[tuple[int, int]] = []
    changes: list[Change] = []
    for fault in faults:
        if not fault.fix or any(_overlap(fix, taken) for fix in fault.fix):
            continue
        chosen += [(fix, fault) for fix in fault.fix]
        taken += [(fix.start, fix.end) for fix in fault.fix]
        changes.append(Change(fault.file, fault.line, fault.column, fault.code, _what(text, fault)))
    mended = text
    for fix, _fault in sorted(chosen, key=lambda pair: pair[0].start, reverse=True):
        mended = mended[: fix.start] + fix.text + mended[fix.end :]
    try:
        tomli.loads(mended)
    except (ValueError, RecursionError):
        return text, []
    return mended, changes


def _overlap(fix: Fix, taken: list[tuple[int, int]]) -> bool:
    return any(fix.start < end and start < fix.end for start, end in taken)


def _what(text: str, fault: Fault) -> str:
    fix = fault.fix[0]
    match fault.code:
        case "T011":
            count = len(fault.fix)
            return f"deleted {count} character{'s' if count > 1 else ''} that no one can see"
        case "T026":
            return "deleted white space around the text"
        case _:
            old, new = quote(text[fix.start : fix.end])[1:-1], quote(fix.text)[1:-1]
            places = f" in {len(fault.fix)} places" if len(fault.fix) > 1 else ""
            return f"{old} -> {new}{places}"
