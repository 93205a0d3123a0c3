"""From the text of one track file to its checked shape, or to the faults that say why not."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tomli
from pydantic import BaseModel, ValidationError

from roadmap.loading import shape as shapes
from roadmap.loading.clean import clean_tree, is_clean, quote
from roadmap.loading.diagnostics import Fault, Severity
from roadmap.loading.shape import TrackShape
from roadmap.loading.spans import Path, Span, SpanIndex

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_DEPTH = 32
"""Deepest nesting of tables and arrays in a track file."""


@dataclass(slots=True)
class Draft:
    """One track file on its way to a track: its text, its parsed data, its shape, and its faults."""

    id: str
    file: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    shape: TrackShape | None = None
    faults: list[Fault] = field(default_factory=list)
    _spans: SpanIndex | None = None

    @property
    def spans(self) -> SpanIndex:
        """Where everything stands; worked out at the first fault only."""
        if self._spans is None:
            self._spans = SpanIndex(self.text)
        return self._spans

    @property
    def failed(self) -> bool:
        """True when the file has an error, as opposed to warnings."""
        return any(fault.severity == "error" for fault in self.faults)

    def fault(
        self,
        code: str,
        message: str,
        path: Path = (),
        *,
        key: bool = False,
        help: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record a fault at the value (or key) of a path in the file."""
        span = self.spans.find(path, key=key)
        self.faults.append(_fault(code, message, self.file, self.spans, span, help, severity))


def judge(id: str, file: str, text: str) -> Draft:
    """Parse and check one file by itself. References to other files are judged later, in ``assemble``."""
    draft = Draft(id, file, text)
    try:
        draft.data = tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError as error:
        lines = text.split("\n")
        line, column = error.lineno, error.colno
        source = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
        message = f"not valid TOML: {error.msg[:1].lower()}{error.msg[1:]}"
        draft.faults.append(
            Fault("T001", "error", file, line, column, line, column + 1, message, source=source)
        )
        return draft
    except (RecursionError, ValueError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else "a number too large to read"
        draft.faults.append(Fault("T001", "error", file, 0, 0, 0, 0, f"not readable TOML: {what}"))
        return draft
    if _depth(draft.data) > MAX_DEPTH:
        draft.faults.append(
            Fault("T001", "error", file, 0, 0, 0, 0, f"nested deeper than {MAX_DEPTH} levels")
        )
        return draft
    for path, value in _strings(draft.data):
        if not is_clean(value):
            draft.fault("T011", f"control or invisible characters in {quote(value)}", path, severity="warning",
                        help="they are shown as \ufffd; remove them")  # fmt: skip
    draft.data = clean_tree(draft.data)
    try:
        draft.shape = TrackShape.model_validate(draft.data)
    except ValidationError as error:
        for detail in error.errors():
            _report(draft, detail)
    return draft


def _report(draft: Draft, detail: ErrorDetails) -> None:
    """Turn one finding of pydantic into a fault at the right place, in the words of the file."""
    path = _path_in(draft.data, detail["loc"])
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    kind, context = detail["type"], detail.get("ctx", {})
    where = _table_name(path)
    if kind == "extra_forbidden":
        known = _known_keys(path)
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        help = f"did you mean `{close[0]}`?" if close else "known keys: " + ", ".join(known)
        draft.fault(
            "T002", f"unknown key `{quote(name)[1:-1]}` in {where}", (*path[:-1], name), key=True, help=help
        )
    elif kind == "missing":
        draft.fault("T003", f"{_table_name((*path, name))} needs the key `{name}`", path, key=True)
    elif kind == "value_error":
        text = str(context.get("error", detail["msg"]))
        code = "T003" if " needs `" in text else "T004"
        draft.fault(code, text, path, key=True)
    else:
        draft.fault("T004", f"`{_dotted(path)}`: {_plain(detail)}", path)


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
            return "should be an array"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "should be a table"
        case "literal_error":
            return f"should be one of {context.get('expected', '')}, not {quote(str(detail['input']))}"
        case "string_too_short" | "too_short":
            return "should not be empty"
        case "string_too_long":
            return f"is longer than {context.get('max_length')} characters"
        case "too_long":
            return f"has more than {context.get('max_length')} entries"
        case "greater_than_equal" | "less_than_equal":
            return detail["msg"][:1].lower() + detail["msg"][1:].replace("Input ", "")
        case "string_pattern_mismatch":
            return f"should be a web address that starts with http:// or https://, not {quote(str(detail['input']))}"
        case _:
            return detail["msg"][:1].lower() + detail["msg"][1:]


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


_TABLES = {"milestones": "a milestone", "skills": "a skill", "resources": "a resource", "projects": "a project",
           "ask": "a question", "checks": "a check", "not_this": "not_this"}  # fmt: skip


def _table_name(path: Path) -> str:
    """Name the table that holds the last key of a path."""
    for part in reversed(path[:-1]):
        if isinstance(part, str) and part in _TABLES:
            return _TABLES[part]
    return "the track"


def _known_keys(path: Path) -> list[str]:
    """Return the keys that may stand in the table that holds the last key of a path."""
    models: dict[str, type[BaseModel]] = {
        "milestones": shapes.MilestoneShape,
        "skills": shapes.SkillShape,
        "resources": shapes.ResourceShape,
        "projects": shapes.ProjectShape,
        "ask": shapes.QuestionShape,
        "not_this": shapes.NotThisShape,
    }
    for part in reversed(path[:-1]):
        if isinstance(part, str) and part in models:
            return list(models[part].model_fields)
    return list(TrackShape.model_fields)


def _dotted(path: Path) -> str:
    """Write a path as a person would: ``milestones[0].skills[2].can``."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else (f".{part}" if out else part)
    return out or "the file"


def _strings(value: Any, path: Path = ()) -> list[tuple[Path, str]]:
    """List every string of parsed TOML (keys too) with its path."""
    found: list[tuple[Path, str]] = []
    if isinstance(value, str):
        found.append((path, value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            found.append(((*path, key), key))
            found += _strings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += _strings(inner, (*path, index))
    return found


def _depth(value: Any, limit: int = MAX_DEPTH + 1) -> int:
    """Measure nesting, giving up just past the limit."""
    if limit == 0 or not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(part, limit - 1) for part in inner), default=0)


def _fault(
    code: str, message: str, file: str, spans: SpanIndex, span: Span, help: str, severity: Severity
) -> Fault:
    line, column = spans.place(span.start)
    end_line, end_column = spans.place(max(span.end, span.start + 1))
    source = spans.text.split("\n")[line - 1].rstrip("\r") if spans.text else ""
    return Fault(code, severity, file, line, column, end_line, end_column, message, help, source)
