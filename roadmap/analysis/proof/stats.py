"""Figures worked out again from rows: shares, means, quantiles, agreement, and success over repeated trials."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from roadmap.analysis.proof.folder import Unseen, shown
from roadmap.analysis.proof.rows import Row, field_of, number, plain, truth

if TYPE_CHECKING:
    from collections.abc import Sequence

RATERS = ("rater", "labeler", "coder", "annotator", "labeled_by", "judge", "reviewer")
ITEMS = ("item", "task_id", "id", "case", "case_id")
LABELS = ("label", "code", "verdict", "score", "rating", "grade", "answer", "failure", "cause")
PAIRS = (
    ("label_a", "label_b"),
    ("rater_a", "rater_b"),
    ("a", "b"),
    ("first", "second"),
    ("human", "judge"),
    ("label_1", "label_2"),
    ("rater_1", "rater_2"),
    ("label", "second_label"),
)
"""The fields by which two people's labels are found: one row for each label, or one row with both."""


def figure(stat: str, into: str, rows: Sequence[Row]) -> float:
    """Work a figure out from rows. ``into`` is its name in the results, which often names the field too.

    Raises Unseen when the rows do not hold what it takes.
    """
    if stat == "count":
        return float(len(rows))
    if stat == "kappa":
        return kappa(*_pairs(rows))
    if found := re.fullmatch(r"pass([@^])(\d{1,3})", stat):
        return _pass(rows, int(found[2]), found[1] == "@")
    if stat == "share":
        field = _field(rows, (into.removesuffix("_share").removesuffix("_rate"), "success", "correct"))
        return sum(_truth(row, field) for row in rows) / len(rows)
    values = _values(rows, into)
    if stat == "sum":
        return math.fsum(values)
    if stat == "mean":
        return math.fsum(values) / len(values)
    if stat == "quantile" or re.fullmatch(r"p\d{1,2}|median", stat):
        name = stat if stat != "quantile" else into
        found = re.match(r"p(\d{1,2})(?:_|$)", name)
        return quantile(values, int(found[1]) / 100 if found else 0.5)
    raise Unseen(f"{shown(stat)} cannot be worked out")


def _values(rows: Sequence[Row], into: str) -> list[float]:
    bare = re.sub(r"^(?:mean|sum|total|median|p\d{1,2}|avg)_|_(?:mean|sum|total|median)$", "", into)
    field = _field(rows, (bare, into, "score", "value"))
    values = [number(row.get(field)) for row in rows]
    if any(value is None for value in values):
        raise Unseen(f"a row has no number for {shown(field)}")
    return [value for value in values if value is not None]


def _field(rows: Sequence[Row], names: tuple[str, ...]) -> str:
    found = field_of(rows[0], names)
    if found is None:
        raise Unseen(
            f"the rows have none of the fields {', '.join(shown(one) for one in dict.fromkeys(names))}"
        )
    return found


def _truth(row: Row, field: str) -> bool:
    value = row.get(field)
    known = truth(value) if not isinstance(value, float) else {1.0: True, 0.0: False}.get(value)
    if known is None:
        raise Unseen(f"{shown(field)} is {shown(value)}, neither true nor false")
    return known


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile, interpolated between neighbors."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _pass(rows: Sequence[Row], k: int, any_of: bool) -> float:
    """Return the mean over tasks of the chance that k of its trials all pass (``^``), or that one does (``@``)."""
    task = _field(rows, ITEMS)
    trials: dict[str, list[bool]] = {}
    for row in rows:
        trials.setdefault(plain(row.get(task)), []).append(
            _truth(row, _field(rows, ("success", "passed", "score")))
        )
    total = 0.0
    for name, results in trials.items():
        n, c = len(results), sum(results)
        if n < k or k < 1:
            raise Unseen(f"{shown(name)} has {n} trials of {k}")
        total += 1 - math.comb(n - c, k) / math.comb(n, k) if any_of else math.comb(c, k) / math.comb(n, k)
    return total / len(trials)


def _pairs(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Return the labels of two raters for the items that both have labeled."""
    rater = field_of(rows[0], RATERS)
    if rater is not None:
        by: dict[str, dict[str, str]] = {}
        item, label = _field(rows, ITEMS), _field(rows, tuple(one for one in LABELS if one != rater))
        for row in rows:
            by.setdefault(plain(row.get(rater)), {})[plain(row.get(item))] = plain(row.get(label))
        if len(by) == 2:
            first, second = by.values()
            both = [one for one in first if one in second]
            return [first[one] for one in both], [second[one] for one in both]
        if len(by) > 2:
            raise Unseen(f"{shown(rater)} names {len(by)} raters, where two are compared")
    for left, right in PAIRS:
        if left in rows[0] and right in rows[0]:
            both_rows = [
                row for row in rows if row.get(left) not in (None, "") and row.get(right) not in (None, "")
            ]
            return [plain(row[left]) for row in both_rows], [plain(row[right]) for row in both_rows]
    raise Unseen(
        "the labels of two raters cannot be told: `item`, `rater` and `label` in each row would say them"
    )


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa: the agreement of two raters beyond what chance would give."""
    n = len(first)
    if not n:
        raise Unseen("no item has labels of both raters")
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    left, right = Counter(first), Counter(second)
    chance = sum(left[one] * right[one] for one in left) / n**2
    if chance == 1:
        raise Unseen("both raters gave one and the same label throughout, so kappa says nothing")
    return (agreed - chance) / (1 - chance)
