"""Whether a folder has what a check looks for. Reads only what is handed in; runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.proof import kinds_data, kinds_history, kinds_text
from roadmap.analysis.proof.folder import Unseen
from roadmap.loading.check_kinds import check_faults
from roadmap.model.track import PROOFS, Check

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.analysis.proof.folder import Folder
    from roadmap.model.track import Project, Proof

RECORD = {
    "metric": "string",
    "value": "number",
    "n": "integer",
    "system": "string",
    "split": "string",
    "date": "date",
}
"""The fields that every record of results has."""

LAYOUT: tuple[Check, ...] = (
    *(Check("headings", proof, {"path": "PROOF.md", "names": [proof.capitalize()]}) for proof in PROOFS),
    Check("rows", "evaluated", {"path": "evals/results/*.json", "fields": RECORD, "min": 1}),
)
"""What is looked for in every project, whether its track says so or not."""


class Verdict(NamedTuple):
    """The answer of one check, with a reason in words: what was found, or what is missing."""

    check: Check
    ok: bool
    why: str


def judge(check: Check, folder: Folder) -> Verdict:
    """Hold one check against a folder. What is not understood, every word of it, is not passed."""
    if (fault := next(check_faults(check.kind, check.params), None)) is not None:
        return Verdict(check, False, f"the check is not understood: {fault.message}")
    try:
        why = _KINDS[check.kind](folder, check.params)
    except Unseen as reason:
        return Verdict(check, False, str(reason))
    except RecursionError:
        return Verdict(check, False, "something in the data is nested too deeply")
    return Verdict(check, True, why)


def judge_project(project: Project, folder: Folder) -> dict[Proof, list[Verdict]]:
    """Hold the layout's checks and the project's own against a folder, by proof and in their order."""
    return {proof: [judge(one, folder) for one in checks_of(project, proof)] for proof in PROOFS}


def checks_of(project: Project, proof: Proof) -> list[Check]:
    """Return the checks of one proof: what the layout asks of every project, then what its track declares."""
    checks = [*LAYOUT, *(check for check in project.checks if check not in LAYOUT)]
    return [check for check in checks if check.proof == proof]


_KINDS: dict[str, Callable[..., str]] = {
    "file": kinds_text.file,
    "text": kinds_text.text,
    "headings": kinds_text.headings,
    "cited": kinds_text.cited,
    "test": kinds_text.test,
    "ci": kinds_text.ci,
    "clean": kinds_text.clean,
    "rows": kinds_data.rows,
    "groups": kinds_data.groups,
    "baseline": kinds_data.baseline,
    "interval": kinds_data.interval,
    "bound": kinds_data.bound,
    "recompute": kinds_data.recompute,
    "dates": kinds_data.dates,
    "schema": kinds_data.schema,
    "links": kinds_history.links,
    "order": kinds_history.order,
    "unchanged": kinds_history.unchanged,
    "authors": kinds_history.authors,
}
"""For every kind a function that says what it found, or raises Unseen with what is missing."""
