"""Rules about single texts: white space, web addresses, lengths that suit the screens, words of proofs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from roadmap.loading.clean import quote
from roadmap.loading.diagnostics import Fix, width
from roadmap.loading.judge import tick
from roadmap.loading.outline import strings, tables, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.spans import Path

TITLE_COLUMNS = 60
"""Columns of the widest title that fits a list beside its hours, at 80 columns."""

SKILL_CHARACTERS = 160
"""Characters of the longest skill that takes two lines."""

ANSWER_WORDS = 25
BRIEF_WORDS = 90

_HTTP = re.compile(r"https?://([^/?#]*)")
_NO_ADDRESS = re.compile(r'[\s<>"]')
_HOST = re.compile(r"(?:[\w-]+(?:\.[\w-]+)+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_NUMBER = re.compile(
    r"\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|half|third|quarter)\b",
    re.IGNORECASE,
)


def strays(draft: Draft) -> Iterator[Fault]:
    """No text on one line begins or ends with white space (T026), and no key is written for nothing (T020)."""
    if not _has_strays(draft.data):  # nearly always; then no place need be worked out
        return
    unknown = {(fault.line, fault.column) for fault in draft.faults if fault.code == "T002"}
    pending: list[tuple[Path, Any]] = [((), draft.data)]
    while pending:
        path, here = pending.pop()
        if path and unknown and draft.spans.place(draft.spans.name(path).start) in unknown:
            continue  # the key has to go, whatever its value
        if path and path[-1] != "after" and (not here.strip() if isinstance(here, str) else here in ([], {})):
            yield draft.at("T020", f"{tick(str(path[-1]))} is empty", path, severity="warning",
                           help="fill it, or delete the line")  # fmt: skip
        elif isinstance(here, dict):
            pending += [((*path, key), inner) for key, inner in reversed(here.items())]
        elif isinstance(here, list):
            pending += [((*path, index), inner) for index, inner in reversed(list(enumerate(here)))]
        elif isinstance(here, str) and here != here.strip():
            yield from _padded(draft, path, here)


def _has_strays(value: Any) -> bool:
    pending = [value]
    while pending:
        here = pending.pop()
        for inner in here.values() if isinstance(here, dict) else here:
            if isinstance(inner, str):
                if inner.strip() != inner or not inner:
                    return True
            elif isinstance(inner, dict | list):
                if not inner and not (isinstance(here, dict) and here.get("after") is inner):
                    return True
                pending.append(inner)
    return False


def _padded(draft: Draft, path: Path, text: str) -> Iterator[Fault]:
    span = draft.spans.values.get(path)
    raw = draft.text[span.start : span.end] if span else ""
    if not span or raw.startswith(('"""', "'''")):
        return
    inner = raw[1:-1]
    fix = [
        Fix(span.start + 1, span.start + 1 + len(inner) - len(inner.lstrip()), ""),
        Fix(span.start + 1 + len(inner.rstrip()), span.end - 1, ""),
    ]
    yield draft.at("T026", f"{quote(text)} begins or ends with white space", path, severity="warning",
                   help="delete it", fix=[one for one in fix if one.start < one.end])  # fmt: skip


def web_addresses(draft: Draft) -> Iterator[Fault]:
    """The address of a resource names a host and nothing that misleads (T013)."""
    for stage in draft.outline.stages:
        for entry in stage.of("resource"):
            url = words(entry.data, "url")
            match = _HTTP.match(url)
            if not match or _NO_ADDRESS.search(url):
                continue  # not a web address at all: told by the shape
            host = match[1]
            if "@" in host:
                why = "hides its host behind a user name"
            elif not _HOST.fullmatch(host):
                why = "names no host on the web"
            elif url[-1] in ",;.":
                why = "ends with punctuation"
            else:
                continue
            yield draft.at("T013", f"the address {quote(url)} {why}", (*entry.path, "url"),
                           help="copy it from the address bar once more")  # fmt: skip


def too_long(draft: Draft) -> Iterator[Fault]:
    """Titles, skills, answers and briefs fit the screens (T024)."""
    yield from _title(draft, draft.data, (), "title")
    for stage in draft.outline.stages:
        yield from _title(draft, stage.data, stage.path, "title")
        for entry in stage.entries:
            if entry.kind == "project":
                yield from _title(draft, entry.data, entry.path, "title")
                count = len(words(entry.data, "brief").split())
                if count > BRIEF_WORDS:
                    yield _long(
                        draft, (*entry.path, "brief"), "the brief", f"{count} words", f"{BRIEF_WORDS} words"
                    )
            elif entry.kind == "skill":
                can = len(words(entry.data, "can"))
                if can > SKILL_CHARACTERS:
                    yield _long(draft, (*entry.path, "can"), "the skill", f"{can} characters",
                                f"{SKILL_CHARACTERS} characters, two lines of a list")  # fmt: skip
                for path, one in tables(entry.data, "ask", entry.path):
                    count = len(words(one, "a").split())
                    if count > ANSWER_WORDS:
                        yield _long(
                            draft, (*path, "a"), "the answer", f"{count} words", f"{ANSWER_WORDS} words"
                        )


def _title(draft: Draft, table: dict[str, Any], path: Path, key: str) -> Iterator[Fault]:
    title = words(table, key)
    if len(title) * 2 > TITLE_COLUMNS:
        columns = sum(width(character) for character in title)
        if columns > TITLE_COLUMNS:
            yield _long(draft, (*path, key), "the title", f"{columns} columns", f"{TITLE_COLUMNS} columns")


def _long(draft: Draft, path: Path, what: str, has: str, limit: str) -> Fault:
    return draft.at("T024", f"{what} takes {has}", path, severity="warning", help=f"keep it to {limit}")


def proofs(draft: Draft) -> Iterator[Fault]:
    """What is to be explained is asked (T022), and what is to be evaluated has a number (T023)."""
    for stage in draft.outline.stages:
        for entry in stage.of("project"):
            for path, text in strings(entry.data, "explained", entry.path):
                if "?" not in text and text:
                    yield draft.at("T022", f"{quote(text)} is not a question", path, severity="warning",
                                   help="ask for a trade-off the person has to defend, and end with `?`")  # fmt: skip
            criteria = strings(entry.data, "evaluated", entry.path)
            if criteria and not any(_NUMBER.search(text) for _path, text in criteria):
                yield draft.at("T023", "no line of `evaluated` names a number", (*entry.path, "evaluated"),
                               severity="warning",
                               help="say how many cases, which figure, against what, what is good")  # fmt: skip
