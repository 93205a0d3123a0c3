"""The forms that values of a check's parameters have: in words, as JSON Schema, and as a test with a reason.

Track files are judged by them, editors and the reference learn of them, and `roadmap verify` asks them first, so
that none of these can take a value that another does not understand.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_PATH = 200
"""The longest path of a check that is followed, in characters."""

TYPES = ("string", "integer", "number", "boolean", "date")
"""The types that a field of a row may be asked to have."""

OF = ("value", "sum", "mean", "share")
"""The figures that ``bound`` may work out from the values of rows."""

STATS = ("count", "sum", "mean", "share", "median", "quantile", "kappa")
"""The figures that ``recompute`` may work out, besides those of ``STAT``."""

STAT = re.compile(r"p\d{1,2}|pass[@^][1-9]\d{0,2}")
"""Figures with a number in their name: a percentile, and success over repeated trials."""

TARGETS = ("paths", "headings", "commits")
"""What a reference may lead to, besides the values of a field."""

DATA = (".csv", ".json", ".jsonl", ".ndjson")
"""The endings of files that rows are read from."""

_DEVICES = frozenset(["con", "prn", "aux", "nul"]) | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)
}
_FORBIDDEN = frozenset('\\:<>"|\N{REPLACEMENT CHARACTER}')


class Wrong(NamedTuple):
    """What is wrong with a value: the place inside it, what should be there, and words that may have been meant."""

    path: tuple[str | int, ...]
    should: str
    found: str = ""
    words: tuple[str, ...] = ()
    help: str = ""


class Form(NamedTuple):
    """A form of values: in words that follow "should be", as draft-07 says it, and a test of one value."""

    words: str
    schema: Mapping[str, Any]
    wrong: Callable[[Any], Iterator[Wrong]]


def segments(path: object) -> tuple[str, ...] | None:
    """Return the parts of a path that stays inside a folder on every system, or None.

    Refused are absolute paths, ``..``, ``~``, git's own folder, and names that Windows cannot hold.
    """
    if not isinstance(path, str) or not path.isprintable() or len(path) > MAX_PATH:
        return None
    if path.startswith("~") or _FORBIDDEN & set(path):
        return None
    parts = path.split("/")
    return tuple(parts) if all(_is_name(part) for part in parts) else None


def _is_name(part: str) -> bool:
    """Tell whether one part of a path is a name that any system can hold; wildcards count as letters."""
    bare = part.lower()
    return bool(part) and part == part.rstrip(". ") and bare != ".git" and bare.split(".")[0] not in _DEVICES


def is_number(value: object) -> bool:
    """Tell whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_scalar(value: object) -> bool:
    return _is_text(value) or isinstance(value, bool) or is_number(value)


def _is_phrase(value: object) -> bool:
    return isinstance(value, str) and bool(value.replace("*", "").strip())


def _is_day(value: str) -> bool:
    try:
        return bool(datetime.fromisoformat(value.strip()))
    except ValueError:
        return False


def _shown(value: object) -> str:
    """Show a value that is short enough to say something; nothing for the others."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return ""
    return quote(value) if isinstance(value, str) else str(value)


def _one(words: str, schema: Mapping[str, Any], fits: Callable[[Any], bool], help: str = "") -> Form:
    """Return the form of a single value."""

    def wrong(value: Any) -> Iterator[Wrong]:
        if not fits(value):
            yield Wrong((), words, _shown(value), (), help)

    return Form(words, schema, wrong)


def _several(words: str, schema: Mapping[str, Any], entry: Form, *, alone: bool = True) -> Form:
    """Return the form of a list of values that is not empty; ``alone``: one value without a list will do."""

    def wrong(value: Any) -> Iterator[Wrong]:
        if isinstance(value, list) and value:
            for at, one in enumerate(value):
                yield from (found._replace(path=(at, *found.path)) for found in entry.wrong(one))
        elif isinstance(value, list):
            yield Wrong((), words, "an empty list")
        elif not alone:
            yield Wrong((), words, _shown(value))
        else:
            is_near = isinstance(value, str)  # what an entry says of a text says more
            yield from (one if is_near else Wrong((), words, _shown(value)) for one in entry.wrong(value))

    many = {"type": "array", "minItems": 1, "items": schema}
    return Form(words, {"anyOf": [schema, many]} if alone else many, wrong)


def _table(words: str, schema: Mapping[str, Any], entry: Form) -> Form:
    """Return the form of a table whose keys are the author's, and that is not empty."""

    def wrong(value: Any) -> Iterator[Wrong]:
        if not isinstance(value, dict) or not value:
            yield Wrong((), words, "an empty table" if value == {} else _shown(value))
            return
        for key, one in value.items():
            yield from (found._replace(path=(key, *found.path)) for found in entry.wrong(one))

    return Form(words, {"type": "object", "minProperties": 1, "additionalProperties": schema}, wrong)


_MEANT = {"float": "number", "decimal": "number", "int": "integer", "str": "string", "text": "string",
          "bool": "boolean", "datetime": "date", "time": "date", "timestamp": "date", "day": "date",
          "average": "mean", "avg": "mean", "total": "sum", "rate": "share", "percentile": "p95",
          "values": "value", "files": "paths", "path": "paths", "file": "paths"}  # fmt: skip
"""What somebody meant who wrote another word than ours."""


def _words(names: tuple[str, ...], more: str = "", pattern: re.Pattern[str] | None = None) -> Form:
    """Return the form of a word out of a list, or one that a pattern describes; ``more`` says the pattern."""
    told = [f"`{name}`" for name in names]
    words = f"{', '.join(told)}, or {more}" if more else f"{', '.join(told[:-1])} or {told[-1]}"
    schema: dict[str, Any] = {"enum": list(names)}
    if pattern is not None:
        schema = {"type": "string", "pattern": f"^(?:{'|'.join(names)}|{pattern.pattern})$"}

    def wrong(value: Any) -> Iterator[Wrong]:
        if isinstance(value, str) and (value in names or (pattern is not None and pattern.fullmatch(value))):
            return
        meant = _MEANT.get(value.strip().lower(), "") if isinstance(value, str) else ""
        fits = meant in names or (pattern is not None and pattern.fullmatch(meant))
        yield Wrong((), words, _shown(value), names, f"did you mean `{meant}`?" if meant and fits else "")

    return Form(words, schema, wrong)


def whole(least: int) -> Form:
    """Return the form of a whole number that is not below a limit."""
    return _one(
        f"a whole number, {least} or more",
        {"type": "integer", "minimum": least},
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least,
    )


def _path_fits(value: object) -> bool:
    return segments(value) is not None


def _data_fits(value: object) -> bool:
    """Tell whether a path may lead to rows; one with a wildcard at its end may."""
    if not isinstance(value, str) or segments(value) is None:
        return False
    ending = value.rpartition("/")[2].rpartition(".")[2]
    return value.lower().endswith(DATA) or "*" in ending or "?" in ending


def _with_field(value: object, path: Callable[[object], bool] = _data_fits) -> bool:
    if not isinstance(value, str):
        return False
    file, mark, field = value.partition("#")
    return bool(mark) and bool(field.strip()) and path(file)


def _origin_fits(value: object) -> bool:
    return _with_field(value) or (isinstance(value, str) and "#" not in value and _path_fits(value))


def _document_fits(value: object) -> bool:
    return isinstance(value, str) and ("#" not in value or bool(value.partition("#")[2].strip())) and (
        _path_fits(value.partition("#")[0])
    )  # fmt: skip


_TEXT = {"type": "string", "pattern": r"\S"}
_PATHS = {"type": "string", "pattern": r"^[^/~\\]", "maxLength": MAX_PATH}
_FIELD = {"type": "string", "pattern": r"^[^/~\\#][^#]*#.*\S"}
_SCALAR = {"type": ["string", "number", "boolean"]}
_INSIDE = "a path has `/` between its parts and begins inside the repository; `*` and `?` are wildcards"

NUMBER = _one("a number", {"type": "number"}, is_number)
NOT_NEGATIVE = _one(
    "a number, 0 or more", {"type": "number", "minimum": 0}, lambda one: is_number(one) and one >= 0
)
POSITIVE = _one(
    "a number above 0", {"type": "number", "exclusiveMinimum": 0}, lambda one: is_number(one) and one > 0
)
TRUTH = _one("`true` or `false`", {"type": "boolean"}, lambda one: isinstance(one, bool))
NAME = _one("a name in quotes", _TEXT, _is_text)
NAMES = _several("a name in quotes, or a list of such names", _TEXT, NAME)
_A_PHRASE = _one(
    "a phrase in quotes", _TEXT, _is_phrase, "`*` stands for any run of characters beside others"
)
PHRASES = _several("a phrase in quotes, or a list of such phrases", _TEXT, _A_PHRASE)
_VALUE = _one("text in quotes, a number, `true` or `false`", _SCALAR, _is_scalar)
VALUES = _several("a value, or a list of values", _SCALAR, _VALUE)
PATH = _one("a path inside the repository", _PATHS, _path_fits, _INSIDE)
DATA_PATH = _one(
    f"a path inside the repository to {', '.join(DATA[:-1])} or {DATA[-1]}", _PATHS, _data_fits, _INSIDE
)
FIELD = _one(
    f"a path to {', '.join(DATA[:-1])} or {DATA[-1]}, `#` and the name of a field", _FIELD, _with_field
)
DOCUMENT = _one(
    "a path inside the repository, or one with `#` and a heading", _PATHS, _document_fits, _INSIDE
)
ORIGINS = _several(
    "a document's path, a file of data with `#` and a field, or a list of these",
    _PATHS,
    _one("a document's path, or a file of data with `#` and a field", _PATHS, _origin_fits, _INSIDE),
)
MOMENT = _one(
    "a path inside the repository, a tag, or a date in quotes",
    _TEXT,
    lambda one: isinstance(one, str) and (_path_fits(one) or _is_day(one)),
)
PLACE = _one("a path inside the repository, or a tag", _PATHS, _path_fits, _INSIDE)
TYPE = _words(TYPES)
FIELDS = _table("a table of fields with their types", TYPE.schema, TYPE)
WHERE = _table("a table of fields with the values they should have", VALUES.schema, VALUES)
_CHOICE = _several("a list of the values it may have", _SCALAR, _VALUE, alone=False)
ONE_OF = _table("a table of fields, each with a list of the values it may have", _CHOICE.schema, _CHOICE)
FIGURE = _words(OF)
STATISTIC = _words(STATS, "one such as `p95`, `pass@1`, `pass^3`", STAT)


def _target_wrong(value: Any) -> Iterator[Wrong]:
    if not (isinstance(value, str) and (value in TARGETS or _with_field(value))):
        meant = _MEANT.get(value.strip().lower(), "") if isinstance(value, str) else ""
        help = f"did you mean `{meant}`?" if meant in TARGETS else ""
        yield Wrong((), _TARGET.words, _shown(value), TARGETS, help)


_TARGET = Form(
    "`paths`, `headings`, `commits`, or a file of data with `#` and a field",
    {"anyOf": [{"enum": list(TARGETS)}, _FIELD]},
    _target_wrong,
)
TO = _several(f"{_TARGET.words}, or a list of these", _TARGET.schema, _TARGET)
