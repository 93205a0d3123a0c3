"""From the text of one track file to its checked shape, or to the faults that say why not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from roadmap.loading.clean import UNCLEAN, clean, clean_tree, is_clean, quote
from roadmap.loading.diagnostics import Fault, Fix, Related, Severity
from roadmap.loading.hints import Hints
from roadmap.loading.outline import Outline, outline
from roadmap.loading.reasons import Reason, reasons
from roadmap.loading.shape import TrackShape
from roadmap.loading.sources import OVERLAY
from roadmap.loading.spans import Path, Span, SpanIndex
from roadmap.loading.syntax import too_deep, unparsable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Whole = TypeVar("Whole", bound=BaseModel)
"""The shape of a whole file."""

MAX_DEPTH = 32
"""Deepest nesting of tables and arrays in a track file."""

MAX_FAULTS = 50
"""The most faults of one kind told of one file; who has more mends these first."""

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[^uUx])", re.DOTALL)
"""One escape sequence of a basic string."""

OVERLAY_KEYS = ("hide", "notes", "move", "add")
"""The keys of an overlay that no track has."""

_OVERLAY_IN_NAME = re.compile(r"[-_. ]?overlay$|^overlay[-_. ]", re.IGNORECASE)
_MAYBE_UNCLEAN = re.compile(r"\\[bfreuUx]")


@dataclass(slots=True, eq=False)
class Draft:
    """One track file on its way to a track: its text, its parsed data, its shape, and its faults.

    ``text`` has no byte order mark. ``parsed`` is False when the text is not TOML, was never read, or is that of an
    overlay in a file that is no overlay by its name.
    """

    id: str
    file: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    shape: TrackShape | None = None
    faults: list[Fault] = field(default_factory=list)
    parsed: bool = False
    _spans: SpanIndex | None = None
    _outline: Outline | None = None

    @property
    def spans(self) -> SpanIndex:
        """Where everything stands; worked out at the first fault only."""
        if self._spans is None:
            self._spans = SpanIndex(self.text, clean)
        return self._spans

    @property
    def outline(self) -> Outline:
        """What the file names and refers to, however much else is wrong with it."""
        if self._outline is None:
            self._outline = outline(self.id, self.data)
        return self._outline

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
        self.faults.append(self.at(code, message, path, key=key, help=help, severity=severity))

    def at(
        self,
        code: str,
        message: str,
        path: Path = (),
        *,
        key: bool = False,
        span: Span | None = None,
        help: str = "",
        severity: Severity = "error",
        related: Sequence[Related] = (),
        fix: Sequence[Fix] = (),
    ) -> Fault:
        """Return a fault at the value (or key) of a path, or at a span. Nothing is recorded."""
        span = span or self.spans.find(path, key=key)
        line, column, end_line, end_column, source = self._place(span)
        return Fault(code, severity, self.file, line, column, end_line, end_column, message, help, source,
                     tuple(related), tuple(fix))  # fmt: skip

    def related(self, message: str, path: Path, *, key: bool = False, span: Span | None = None) -> Related:
        """Return the place of a value (or key), or a span, as the second place of a fault."""
        return Related(message, self.file, *self._place(span or self.spans.find(path, key=key)))

    def _place(self, span: Span) -> tuple[int, int, int, int, str]:
        line, column = self.spans.place(span.start)
        end_line, end_column = self.spans.place(max(span.end, span.start + 1))
        return line, column, end_line, end_column, self.spans.line(line)


def judge(id: str, file: str, text: str) -> Draft:
    """Parse and check one file by itself. References to other files are judged later, in ``assemble``."""
    draft = parse(id, file, text.removeprefix("\ufeff"))
    told = next((key for key in draft.data if key in OVERLAY_KEYS), "")
    if told and draft.data.keys() <= {*OVERLAY_KEYS, "milestones"}:
        draft.faults.append(_misnamed(draft, told))
        draft.data, draft.parsed = {}, False  # what else could be said of it would be said of a track
    draft.shape = check(draft, TrackShape)
    return draft


def _misnamed(draft: Draft, key: str) -> Fault:
    """Return the fault of an overlay whose file is not named as one; the id of its track is mostly in the name."""
    track = _OVERLAY_IN_NAME.sub("", draft.id)
    name = f"{clean(track)}{OVERLAY}"
    plain = track and track != draft.id and len(name) <= 80 and "\n" not in name
    help = (
        f"rename it to {name}" if plain else f"name it after the track it changes, as in ai-engineer{OVERLAY}"
    )
    return draft.at("T002", f"`{key}` is a key of overlays, and this file is no overlay by its name",
                    span=draft.spans.name((key,)), help=help)  # fmt: skip


def check(draft: Draft, shape: type[Whole]) -> Whole | None:
    """Hold the data of a parsed file against a shape: return what fits, or record the faults and return None.

    Texts are cleaned on the way, in the data as well; what had to be replaced is a warning.
    """
    if not draft.parsed:
        return None
    found: Whole | None = None
    hidden: list[tuple[Path, str]] = []
    if _maybe_unclean(draft.text):
        hidden = [(path, value) for path, value in _strings(draft.data) if not is_clean(value)]
        draft.data = clean_tree(draft.data) if hidden else draft.data
    try:
        found = shape.model_validate(draft.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        _report(draft, reasons(draft.data, details, Hints(), shape))
        if not draft.failed:  # a finding that nobody has words for is a finding still
            draft.fault("T004", quote(details[0]["msg"], 200)[1:-1])
    pointed = {(fault.line, fault.column) for fault in draft.faults}
    for path, value in hidden[:MAX_FAULTS]:
        fault = _hidden(draft, path, value)
        if (fault.line, fault.column) not in pointed:  # a key that is unknown anyway
            draft.faults.append(fault)
    return found


def parse(id: str, file: str, text: str) -> Draft:
    """Parse one file and do no more: enough to know its ids and references. The faults say why it failed."""
    draft = Draft(id, file, text)
    try:
        draft.data = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        draft.faults.append(unparsable(file, text, error, MAX_DEPTH))
        return draft
    if _too_deep(draft.data):
        draft.data = {}
        draft.faults.append(too_deep(file, text, MAX_DEPTH))
        return draft
    draft.parsed = True
    return draft


def _report(draft: Draft, found: list[Reason]) -> None:
    """Record what was found, the first ones of each code if there are very many."""
    told: Counter[str] = Counter()
    for reason in found:
        told[reason.code] += 1
        if told[reason.code] > MAX_FAULTS:
            continue
        spans = draft.spans
        match reason.at:
            case "name":
                span = spans.name(reason.path)
            case "table":
                span = spans.find(reason.path, key=True)
            case _:
                span = spans.find(reason.path)
        fix = [Fix(one.start, one.end, reason.rename) for one in spans.names.get(reason.path, [])]
        fault = draft.at(reason.code, reason.message, span=span, help=reason.help,
                         fix=fix if reason.rename else ())  # fmt: skip
        draft.faults.append(fault)
    for code, count in told.items():
        if count > MAX_FAULTS:
            rest = f"{count - MAX_FAULTS} more faults of this kind are not listed"
            last = max(i for i, fault in enumerate(draft.faults) if fault.code == code)
            draft.faults[last] = draft.faults[last]._replace(help=rest)


def tick(text: str, limit: int = 100) -> str:
    """Return a text from a file for use inside a message: cleaned, on one line, shortened, in backticks."""
    return f"`{quote(text, limit)[1:-1]}`"


def _maybe_unclean(text: str) -> bool:
    """Tell quickly whether any string of a text can hold a control character, written out or escaped."""
    return _MAYBE_UNCLEAN.search(text) is not None or not is_clean(
        text.replace("\r\n", "\n") if "\r" in text else text
    )


def _hidden(draft: Draft, path: Path, value: str) -> Fault:
    """Return the fault of a string that holds a control character, at the character or its escape."""
    spans = draft.spans
    key = bool(path) and path[-1] == value
    path = tuple(clean(part) if isinstance(part, str) else part for part in path)  # as the index has it
    whole = spans.name(path) if key and path not in spans.values else spans.find(path, key=key)
    raw = draft.text[whole.start : whole.end]
    marks = [Span(whole.start + start, whole.start + end) for start, end in unclean_in(raw)]
    fix = () if key else tuple(Fix(one.start, one.end, "") for one in marks)
    return draft.at("T011", f"control or invisible characters in {quote(value)}", span=marks[0] if marks else whole,
                    severity="warning", help="they are shown as \ufffd; remove them", fix=fix)  # fmt: skip


def unclean_in(raw: str) -> Iterator[tuple[int, int]]:
    """Go through the control characters of a string as it is written in TOML, its escape sequences included."""
    found = [match.span() for match in UNCLEAN.finditer(raw) if not raw.startswith("\r\n", match.start())]
    if raw.startswith('"'):
        for match in ESCAPE.finditer(raw):
            word = match.group()
            meant = {"b": "\b", "f": "\f", "r": "\r", "e": "\x1b"}.get(word[1:], "")
            if word[1] in "uUx":
                meant = chr(int(f"0x{word[2:]}", 0))
            if meant and UNCLEAN.match(meant):
                found.append(match.span())
    yield from sorted(found)


def _strings(value: Any) -> Iterator[tuple[Path, str]]:
    """Go through every string of parsed TOML (keys too) with its path."""
    pending: list[tuple[Path, Any]] = [((), value)]
    while pending:
        path, here = pending.pop()
        if isinstance(here, str):
            yield path, here
        elif isinstance(here, dict):
            for key, inner in reversed(here.items()):
                pending += [((*path, key), inner)]
                if UNCLEAN.search(key):
                    yield (*path, key), key
        elif isinstance(here, list):
            pending += [((*path, index), inner) for index, inner in reversed(list(enumerate(here)))]


def _too_deep(value: Any) -> bool:
    """Tell whether tables and arrays are nested deeper than allowed, without going deeper than that."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
