"""Rows of CSV, JSON and JSON Lines files: read, chosen, and compared with the forms that checks ask for."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from roadmap.analysis.proof.folder import Unseen, shown
from roadmap.analysis.proof.wording import many, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap.analysis.proof.folder import Folder

Row = dict[str, Any]

MAX_ROWS = 500_000
"""How many rows of one check are read."""


FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years of dates that are taken for dates."""


def rows_at(folder: Folder, pattern: object) -> list[Row]:
    """Return the rows of all files that a path means, in their order. Raises Unseen when one is not rows."""
    rows: list[Row] = []
    for path in folder.need(pattern):
        rows += parsed(folder.text(path), path)
        if len(rows) > MAX_ROWS:
            raise Unseen(f"there are more than {MAX_ROWS} rows in {shown(pattern)}")
    return rows


def parsed(text: str, path: str) -> list[Row]:
    """Return the rows of one file. Raises Unseen with the line at fault."""
    if path.lower().endswith(".csv"):
        return _csv(text, path)
    if path.lower().endswith((".jsonl", ".ndjson")):
        rows = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                row = load(line, f"{shown(path)}, line {number},")
                if not isinstance(row, dict):
                    raise Unseen(f"{shown(path)}, line {number}, is no JSON object")
                rows.append(row)
        return rows
    if not path.lower().endswith(".json"):
        raise Unseen(f"{shown(path)} is neither .csv, .json nor .jsonl")
    data = load(text, shown(path))
    if isinstance(data, dict):
        lists = [value for value in data.values() if _is_rows(value)]
        data = lists[0] if len(lists) == 1 else [data]
    if not _is_rows(data) and data != []:
        raise Unseen(f"{shown(path)} is no list of records")
    return list(data)


def load(text: str, where: str) -> Any:
    """Parse JSON strictly. Raises Unseen: ``where`` says of which text."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Unseen(f"{where} is not valid JSON") from None


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _csv(text: str, path: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise Unseen(
                    f"{shown(path)}, line {reader.line_num}, has more or fewer cells than the header"
                )
            rows.append(dict(row))
    except csv.Error:
        raise Unseen(f"{shown(path)}, line {reader.line_num}, is not valid CSV") from None
    return rows


def chosen(rows: Iterable[Row], where: object) -> list[Row]:
    """Return the rows whose fields have the wanted values; of a list of values, any one."""
    wanted = table(where)
    return [
        row
        for row in rows
        if all(any(same(row.get(key), one) for one in many(value)) for key, value in wanted.items())
    ]


def same(value: object, wanted: object) -> bool:
    """Tell whether a value of a row is the one that a check names, however its file writes it."""
    if value is None:
        return False
    if isinstance(wanted, bool) or isinstance(value, bool):
        return plain(value).lower() == plain(wanted).lower()
    if isinstance(wanted, int | float):
        found = number(value)
        return found is not None and found == wanted
    return plain(value) == plain(wanted)


def plain(value: object) -> str:
    """Write a value as a name to group and compare by: 3 and "3" are the same, and 3.0 too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strip() if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def number(value: object) -> float | None:
    """Return a value as a number, also when a CSV file wrote it; None when it is none or not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def truth(value: object) -> bool | None:
    """Return a value as true or false, also when a CSV file wrote it, or None when it is neither."""
    if isinstance(value, bool):
        return value
    word = plain(value).lower() if value is not None else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)


def moment(value: object) -> datetime | None:
    """Return a date, or a date with a time, as a moment; without a zone it is taken as UTC."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:  # further out, times cannot be compared across zones
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_of(value: object, kind: object, text_file: bool) -> bool:
    """Tell whether a value has a type; ``text_file``: its file knows nothing but text."""
    if kind == "string":
        return isinstance(value, str) and bool(value.strip())
    if kind == "boolean":
        return isinstance(value, bool) or (text_file and plain(value).lower() in ("true", "false"))
    if kind == "date":
        return moment(value) is not None
    if isinstance(value, str) and not text_file:
        return False
    found = number(value)
    return found is not None and (kind == "number" or (kind == "integer" and found.is_integer()))


def field_of(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Return the first of some names that a row has, or None."""
    return next((name for name in names if name in row), None)
