"""What pydantic finds wrong with a track, put at the right place and in the words of the file."""

from __future__ import annotations

import typing
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from roadmap.loading.check_kinds import KINDS, check_faults
from roadmap.loading.clean import quote
from roadmap.loading.shape import TrackShape
from roadmap.loading.wording import TABLES, advice, at, belongs, called, place, tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from roadmap.loading.hints import Hints
    from roadmap.loading.spans import Path

_BESIDE_REF = ("ref", "optional", "place_after", "place_before")
"""Keys that say something of a reference and nothing of what it refers to."""


class Reason(NamedTuple):
    """One finding. ``at`` says what to point at: the value, the word of the key, or the head of the table."""

    code: str
    message: str
    path: Path
    at: str = "value"
    help: str = ""
    rename: str = ""


def reasons(
    data: dict[str, Any], details: Sequence[ErrorDetails], hints: Hints, whole: type[BaseModel] = TrackShape
) -> list[Reason]:
    """Return what to say of the findings of one file: one reason for each mistake, in order of the findings.

    ``whole`` is the shape the file was held against.
    """
    found: list[Reason] = []
    replaced: set[Path] = set()  # keys that are missing only because they are misspelled
    unknown = [one for one in details if one["type"] == "extra_forbidden"]
    for detail in unknown:
        reason = _unknown(data, _path_in(data, detail["loc"]), hints, whole)
        found.append(reason)
        if reason.rename:
            replaced.add((*reason.path[:-1], reason.rename))
    shared_checks: set[Path] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden" or _other_half(detail):
            continue
        path = _path_in(data, detail["loc"])
        if detail["type"] == "missing":
            name = str(detail["loc"][-1])
            if (*path, name) not in replaced:
                found.append(_missing(path, name))
        elif detail["type"] == "value_error":
            found += _whole(data, path, detail, hints)
            shared_checks.add(path)
        else:
            found.append(_value(data, path, detail))
    return found + _unasked(data, found, shared_checks, replaced, hints)


def _missing(path: Path, name: str) -> Reason:
    return Reason("T003", f"{_table_name((*path, name))} needs the key `{name}`", path, "table")


def _unknown(data: dict[str, Any], path: Path, hints: Hints, whole: type[BaseModel]) -> Reason:
    """Say that a key is unknown; offer the one known key it resembles, if it is not there already.

    A key that the table around this one has is in the wrong place rather than misspelled.
    """
    name = str(path[-1])
    known = _known_keys(path, whole)
    file = "the track" if whole is TrackShape else "the overlay"
    message = f"unknown key {tick(name)} in {called(data, path[:-1]) or file}"
    around = _around(path[:-1])
    if around is not None and name not in at(data, around) and name in _known_keys((*around, name), whole):
        return Reason("T002", message, path, "name", belongs(path, file, at(data, path)))
    close = hints.near(name, known, limit=2)
    table = at(data, path[:-1])
    mendable = len(close) == 1 and isinstance(table, dict) and close[0] not in table
    help = f"did you mean `{close[0]}`?" if close else "known keys: " + ", ".join(known)
    return Reason("T002", message, path, "name", help, close[0] if mendable else "")


def _around(path: Path) -> Path | None:
    """Return the path of the table that a table stands in, or None for the file itself."""
    names = [index for index, part in enumerate(path) if isinstance(part, str)]
    return path[: names[-1]] if names else None


def _whole(data: dict[str, Any], path: Path, detail: ErrorDetails, hints: Hints) -> list[Reason]:
    """Say what a table as a whole lacks or has too much of."""
    table = at(data, path)
    text = str(detail.get("ctx", {}).get("error", detail["msg"]))
    if isinstance(table, dict) and "checks" in path:
        return _parameters(path, table, hints)
    if isinstance(table, dict) and "ref" in table:
        extra = next((key for key in table if key not in _BESIDE_REF), None)
        return [Reason("T004", text, (*path, extra), "name", "delete it, or the `ref`")] if extra else []
    if isinstance(table, dict) and " needs `" in text and path[-2:-1] in (("skills",), ("milestones",)):
        return _needed(path, table)
    return [Reason("T003" if " needs `" in text else "T004", text, path, "table")]


def _needed(path: Path, table: dict[str, Any]) -> list[Reason]:
    """Say which of the keys are missing that a skill or milestone needs, unless it refers to another."""
    if "ref" in table:
        return []
    kind = TABLES.get(str(path[-2]) if len(path) > 1 else "", "")
    wanted = {"a skill": ("id", "can"), "a milestone": ("id", "title")}.get(kind, ())
    other = "or a `ref` to another skill" if kind == "a skill" else "or a `ref`"
    return [
        Reason("T003", f"{kind} needs `{name}`, {other}", path, "table")
        for name in wanted
        if name not in table
    ]


def _parameters(path: Path, table: dict[str, Any], hints: Hints) -> list[Reason]:
    """Say what is wrong with the parameters of a check: names, values, and what is missing."""
    kind = table.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return []
    allowed = sorted(KINDS[kind].parameters)
    found = []
    params = {key: value for key, value in table.items() if key not in ("kind", "proof")}
    for fault in check_faults(kind, params):
        where = (*path, *fault.path)
        if not fault.path:
            found.append(Reason("T025", fault.message, path, "table", fault.help))
        elif fault.path[0] not in allowed:
            key = str(fault.path[0])
            close = hints.near(key, allowed, limit=2)
            rename = close[0] if len(close) == 1 and close[0] not in table else ""
            names = ", ".join(f"`{name}`" for name in allowed)
            help = f"did you mean `{close[0]}`?" if close else f"it takes {names}"
            found.append(Reason("T025", fault.message, where, "name", help, rename))
        else:
            value = at(table, fault.path)
            quoted = "write it in quotes" if isinstance(value, date | time) else ""
            meant = hints.did_you_mean(value, fault.words) if isinstance(value, str) else ""
            found.append(Reason("T025", fault.message, where, "value", quoted or meant or fault.help))
    return found


def _unasked(
    data: dict[str, Any], found: list[Reason], asked: set[Path], replaced: set[Path], hints: Hints
) -> list[Reason]:
    """Look at what pydantic passes over in a table that has another fault: keys that are needed together."""
    more: list[Reason] = []
    paths = dict.fromkeys(
        reason.path[: index + 1]
        for reason in found
        for index, part in enumerate(reason.path)
        if isinstance(part, int) and isinstance(reason.path[index - 1], str)
    )
    for path in paths:
        table = at(data, path)
        if path in asked or not isinstance(table, dict):
            continue
        if path[-2] in ("skills", "milestones"):
            more += [one for one in _needed(path, table) if not _replaced(one, replaced)]
        elif path[-2] == "checks":
            more += _parameters(path, table, hints)
    return more


def _replaced(reason: Reason, replaced: set[Path]) -> bool:
    return any(
        (*reason.path, name) in replaced for name in ("id", "can", "title") if f"`{name}`" in reason.message
    )


def _value(data: dict[str, Any], path: Path, detail: ErrorDetails) -> Reason:
    key = path[-1] if path else ""
    if detail["type"] == "string_pattern_mismatch" and key == "url":
        plain = f"{_shown(detail['input'])} is not a web address"
        return Reason(
            "T013", plain, path, "value", "an address starts with http:// or https:// and has no spaces"
        )
    if detail["type"] == "literal_error" and key == "kind" and "checks" in path:
        return Reason("T025", f"there is no check of kind {_shown(detail['input'])}", path, "value",
                      "kinds: " + ", ".join(KINDS))  # fmt: skip
    point = "table" if detail["type"] in ("dict_type", "model_type") and not path else "value"
    help = advice(path, detail["type"], detail["input"])
    return Reason("T004", f"{place(data, path)}: {_plain(detail)}", path, point, help)


def _other_half(detail: ErrorDetails) -> bool:
    """Tell whether a finding is about the half of "an address or a list of addresses" that was not meant."""
    if "after" not in detail["loc"] or detail["loc"][0] == "move":
        return False
    if isinstance(detail["input"], list):  # a list in an inner list was never meant; it ends in a number
        return detail["type"] == "string_type" and not isinstance(detail["loc"][-1], int)
    return detail["type"] == "list_type" and detail["loc"][-1] != "after"


def _plain(detail: ErrorDetails) -> str:
    """Say in plain words what is wrong with a value, never echoing more than a little of it."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "string_type" | "string_sub_type":
            return "should be a string"
        case "int_type" | "int_from_float":
            return "should be a whole number"
        case "float_type" | "finite_number":
            return "should be a number"
        case "bool_type":
            return "should be true or false"
        case "date_type" | "date_from_datetime_inexact":
            return "should be a date such as 2026-11-22"
        case "list_type":
            return "should be a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "should be a table"
        case "literal_error":
            return f"should be one of {context.get('expected', '')}, not {_shown(detail['input'])}"
        case "string_too_short" | "too_short":
            return "should not be empty"
        case "string_too_long":
            return f"is longer than {context.get('max_length')} characters"
        case "too_long":
            return f"has more than {context.get('max_length')} entries"
        case "greater_than_equal" | "less_than_equal":
            return detail["msg"].removeprefix("Input ")
        case "string_pattern_mismatch" if "signals" in detail["loc"]:
            return (
                f"should be lower-case words, with `*`, `|` and `...` at most, not {_shown(detail['input'])}"
            )
        case "string_pattern_mismatch" if not str(detail["input"]).strip():
            return "should not be blank"
        case "string_pattern_mismatch":
            return f"should not be {_shown(detail['input'])}"
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:]


def _shown(value: object) -> str:
    """Show a value of any kind; a number of thousands of digits cannot even be written out."""
    if isinstance(value, int) and value.bit_length() > 64:
        return "a huge number"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return quote(value if isinstance(value, str) else repr(value))


def _path_in(data: Any, loc: tuple[int | str, ...]) -> Path:
    """Keep the parts of a pydantic location that exist in the data: unions put names of their own in between."""
    path: list[int | str] = []
    here = data
    for part in loc:
        in_table = isinstance(here, dict) and isinstance(part, str) and part in here
        in_array = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if in_table or in_array:
            here = here[part]
            path.append(part)
    return tuple(path)


def _table_name(path: Path, whole: type[BaseModel] = TrackShape) -> str:
    """Name the table that holds the last key of a path."""
    for part in reversed(path[:-1]):
        if isinstance(part, str):
            return TABLES.get(part, f"`{part}`")
    return "the track" if whole is TrackShape else "the overlay"


def _known_keys(path: Path, whole: type[BaseModel]) -> list[str]:
    """Return the keys that may stand in the table that holds the last key of a path."""
    shape = whole
    for part in path[:-1]:
        if isinstance(part, str):
            shape = _inner(shape).get(part, shape)
    return list(shape.model_fields)


@cache
def _inner(shape: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Return the tables that a table may hold, each with its shape."""
    found = {}
    for name, field in shape.model_fields.items():
        pending: list[Any] = [field.annotation]
        while pending:
            one = pending.pop()
            if typing.get_origin(one) is None and isinstance(one, type) and issubclass(one, BaseModel):
                found[name] = one
            pending += typing.get_args(one)
    return found
