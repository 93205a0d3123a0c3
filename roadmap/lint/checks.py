"""The rule about checks: each has what its kind needs, and parameters of the right type (T025)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.loading.judge import tick
from roadmap.loading.outline import tables
from roadmap.loading.shape import CHECK_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.spans import Path

NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "file": (("path",),),
    "text": (("path",), ("has",)),
    "headings": (("path",), ("names", "min_words", "max_words", "max_lines")),
    "rows": (("path",),),
    "groups": (("path",), ("by",), ("names", "min", "max")),
    "baseline": (("path",),),
    "interval": (("path",),),
    "bound": (("path",), ("of",), ("min", "max")),
    "cited": (("text",), ("in",)),
    "links": (("from",), ("to",)),
    "recompute": (("path",), ("stat",), ("into",)),
    "order": (("first", "field"),),
    "unchanged": (("path",), ("hash_in", "since")),
    "dates": (("path",), ("field",)),
    "schema": (("path",),),
    "test": (("names",),),
    "ci": (("mentions",),),
    "clean": (("secrets", "personal", "max_mb"),),
    "authors": (("path",), ("min",)),
}
"""What a check of each kind needs; of an inner group, one is enough."""

_NUMBERS = frozenset(
    (
        "min",
        "max",
        "rows",
        "within",
        "min_words",
        "max_words",
        "max_lines",
        "max_chars",
        "distinct",
        "span_days",
        "within_hours",
        "max_mb",
        "since_days",
    )
)
_STRINGS = frozenset(
    (
        "path",
        "has",
        "of",
        "stat",
        "text",
        "in",
        "from",
        "to",
        "first",
        "then",
        "field",
        "hash_in",
        "on",
        "into",
        "schema",
    )
)
_LISTS = frozenset(("names",))
_TABLES = frozenset(("fields", "where", "one_of"))


def check_parameters(draft: Draft) -> Iterator[Fault]:
    """A check can be carried out as it is written (T025). Unknown kinds and parameters are told by the shape."""
    for stage in draft.outline.stages:
        for entry in stage.of("project"):
            for path, check in tables(entry.data, "checks", entry.path):
                kind = check.get("kind")
                if isinstance(kind, str) and kind in NEEDS:
                    yield from _missing(draft, path, check, kind)
                    yield from _wrong(draft, path, check, kind)


def _missing(draft: Draft, path: Path, check: dict[str, Any], kind: str) -> Iterator[Fault]:
    unknown = set(check) - CHECK_PARAMETERS[kind] - {"kind", "proof"}
    if unknown:
        return  # perhaps a misspelling of the very one
    for group in NEEDS[kind]:
        if not any(name in check for name in group):
            names = " or ".join(f"`{name}`" for name in group)
            yield draft.at("T025", f"a check of kind `{kind}` needs {names}", path, key=True,
                           help=_example(kind))  # fmt: skip


def _example(kind: str) -> str:
    return f"it takes {', '.join(f'`{name}`' for name in sorted(CHECK_PARAMETERS[kind]))}"


def _wrong(draft: Draft, path: Path, check: dict[str, Any], kind: str) -> Iterator[Fault]:
    for name, value in check.items():
        if name not in CHECK_PARAMETERS[kind]:
            continue
        should = _should(name, value)
        if should:
            yield draft.at("T025", f"{tick(name)} of a check should be {should}", (*path, name))
    low, high = check.get("min"), check.get("max")
    if _is_number(low) and _is_number(high) and low > high:  # type: ignore[operator]
        yield draft.at(
            "T025", "`min` of a check is larger than its `max`, so it can never pass", (*path, "min")
        )


def _should(name: str, value: object) -> str:
    """Say what a parameter should be, or nothing when it is that."""
    if name in _NUMBERS:
        return "" if _is_number(value) else "a number"
    if name in _LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return "an array of strings"
    if name in _TABLES and not isinstance(value, dict):
        return "a table"
    if name in _STRINGS and not (
        isinstance(value, str) or (name in ("to", "from", "has") and isinstance(value, list))
    ):
        return "a string"
    if (
        name == "path"
        and isinstance(value, str)
        and (value.startswith(("/", "~")) or ".." in value.split("/"))
    ):
        return "a path inside the repository"
    return ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
