"""Checks that read files and documents. Each says what it found, or raises Unseen with what is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from roadmap.analysis.proof.folder import Unseen, shown
from roadmap.analysis.proof.patterns import like, matches, occurrences
from roadmap.analysis.proof.prose import own_words, section, words
from roadmap.analysis.proof.rows import number as as_number
from roadmap.analysis.proof.rows import rows_at
from roadmap.analysis.proof.wording import count, many, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmap.analysis.proof.folder import Folder

MAX_SCANNED = 2_000_000
"""The largest file that is searched for secrets, in bytes."""

_CODE = ("py", "js", "jsx", "ts", "tsx", "mjs", "go", "rs", "java", "kt", "rb", "php", "cs", "cpp", "c", "swift",
         "ex", "exs", "scala", "sh", "bats", "sql", "lua", "jl", "r", "R", "dart")  # fmt: skip
_TEST_FOLDERS = frozenset(("tests", "test", "__tests__", "spec", "specs", "e2e"))
_TEST_NAMES = re.compile(
    r"\b(?:def|func|fn|function|void|fun)[ \t]+(?:\([^()\n]{0,80}\)[ \t]*)?(\w{1,200})[ \t]*[(<\[]"
    r"|\b(?:it|test|describe|specify|scenario)(?:\.\w{1,20})?[ \t]*\([ \t]*[\"'`]([^\"'`\n]{1,200})[\"'`]"
    r"|@test[ \t]+[\"']([^\"'\n]{1,200})[\"']"
)
_NUMBER = re.compile(
    r"(?<![\w.,])[-\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?(?![\w])([ ]?%| percent| points)?"
)
_SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}"
    r"|\bgithub_pat_\w{40}|\bsk-[A-Za-z0-9_-]{20}|\bxox[abprs]-[A-Za-z0-9-]{10}|\bAIza[0-9A-Za-z_-]{35}"
    r"|\bglpat-[A-Za-z0-9_-]{20}|\bhf_[A-Za-z0-9]{30}"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_PHONE = re.compile(r"(?<![\w+])\+\d{1,3}[ ./-]?(?:\(\d{1,4}\)[ ./-]?)?\d{2,4}(?:[ ./-]?\d{2,4}){2,4}(?!\w)")
_NOBODY = (".test", ".invalid", ".example", ".localhost")
_EXAMPLES = frozenset(("example.org", "example.com", "example.net", "users.noreply.github.com"))
_WORKFLOWS = (
    ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitea/workflows/*.y*ml", ".forgejo/workflows/*.y*ml",
    ".gitlab-ci.yml", ".circleci/config.yml", ".woodpecker.y*ml", ".woodpecker/*.y*ml", "azure-pipelines.yml",
    "bitbucket-pipelines.yml", "Jenkinsfile", ".travis.yml", ".drone.yml", ".build.yml", ".builds/*.yml",
)  # fmt: skip


def file(folder: Folder, params: Mapping[str, Any]) -> str:
    """As many files with something in them as told."""
    found = folder.find(params.get("path"))
    _in_number(len(found), params, "file")
    return f"there is {shown(found[0])}" if len(found) == 1 else f"there are {count(len(found), 'file')}"


def text(folder: Folder, params: Mapping[str, Any]) -> str:
    """A phrase occurs as often as told; in a Markdown document, in the person's own words."""
    found = 0
    none = params.get("max") == 0
    for path in folder.find(params.get("path")) if none else folder.need(params.get("path")):
        try:
            whole = folder.text(path)
        except Unseen:
            if none or "*" not in str(params.get("path")):
                raise
            continue  # a picture among the traces, say
        body = own_words(whole) if path.lower().endswith(".md") and not none else whole
        found += sum(occurrences(str(phrase), body) for phrase in many(params.get("has")))
    _in_number(found, params, "time")
    return f"it occurs {count(found, 'time')}"


def _in_number(found: int, params: Mapping[str, Any], noun: str) -> None:
    least, most = number(params.get("min")), params.get("max")
    if most is not None and found > number(most):
        raise Unseen(f"{count(found, noun)}, where at most {number(most):g} may be")
    if found < (0 if most == 0 else least):
        raise Unseen(f"{count(found, noun)} of {least:g}")


def headings(folder: Folder, params: Mapping[str, Any]) -> str:
    """Every document has the headings, with words under each, and is as long as told."""
    paths = folder.need(params.get("path"))
    for path in paths:
        whole = folder.text(path)
        bodies = []
        for name in many(params.get("names", [])):
            found = section(whole, str(name))
            if found is None:
                raise Unseen(f"{shown(path)} has no heading {shown(name)}")
            if not words(found.own):
                raise Unseen(f"nothing of your own stands under {shown(name)} in {shown(path)}")
            bodies.append((str(name), found.own))
        own = own_words(whole)
        for name, body in bodies or [("", own)]:
            if words(body) < number(params.get("min_words"), 0):
                under = f" under {shown(name)}" if name else ""
                raise Unseen(f"{count(words(body), 'word')}{under} in {shown(path)}")
        if words(own) > number(params.get("max_words"), float("inf")):
            raise Unseen(f"{shown(path)} has {count(words(own), 'word')}")
        lines = sum(1 for line in own.splitlines() if line.strip())
        if lines > number(params.get("max_lines"), float("inf")):
            raise Unseen(f"{shown(path)} has {count(lines, 'line')}")
    return f"found in {shown(paths[0]) if len(paths) == 1 else count(len(paths), 'document')}"


def cited(folder: Folder, params: Mapping[str, Any]) -> str:
    """Enough numbers of a text stand in the results, as they are printed there or rounded."""
    path, _, heading = str(params.get("text")).partition("#")
    body = []
    for one in folder.need(path):
        found = section(folder.text(one), heading) if heading else None
        if heading and found is None:
            raise Unseen(f"{shown(one)} has no heading {shown(heading)}")
        body.append(found.own if found else own_words(folder.text(one)))
    values = {
        value
        for row in rows_at(folder, params.get("in"))
        for cell in row.values()
        if (value := as_number(cell)) is not None
    }
    printed = dict.fromkeys(_printed("\n".join(body)))
    matched = [one for one in printed if any(_rounds_to(value, *one) for value in values)]
    least = number(params.get("min"))
    if len(matched) < least:
        raise Unseen(
            f"{len(matched)} of the {count(len(printed), 'number')} there can be found, {least:g} are needed"
        )
    return f"{count(len(matched), 'number')} can be found"


def _printed(body: str) -> Iterator[tuple[float, int, bool]]:
    """Return the numbers of a text: value, digits after the point, and whether it is a percentage."""
    for found in _NUMBER.finditer(body):
        share = found[1] is not None
        digits = found[0].removesuffix(found[1] or "").replace(",", "").replace("\N{MINUS SIGN}", "-")
        yield float(digits), len(digits.partition(".")[2]), share


def _rounds_to(value: float, printed: float, digits: int, share: bool) -> bool:
    half = 0.5 * 10.0**-digits + 1e-9
    return abs(value - printed) <= half or (share and abs(value * 100 - printed) <= half)


def test(folder: Folder, params: Mapping[str, Any]) -> str:
    """Enough tests have such names. They are found, not run."""
    wanted = [_snake(str(name)) for name in many(params.get("names"))]
    found = {name for name in _tests(folder) if any(like(one, name) for one in wanted)}
    least = number(params.get("min"))
    lacking = [
        shown(one)
        for one in many(params.get("names"))
        if not any(like(_snake(str(one)), name) for name in found)
    ]
    if len(found) < least or (lacking and (least >= len(wanted) or len(lacking) == len(wanted))):
        missing = f"; none is like {', '.join(lacking)}" if lacking else ""
        raise Unseen(f"{count(len(found), 'test')} with such a name{missing}")
    return f"{count(len(found), 'test')} with such a name"


def _tests(folder: Folder) -> Iterator[str]:
    """Return the names of tests and of their files, in lower case with underscores."""
    for path, size in folder.sizes.items():
        *above, name = path.split("/")
        stem, _, ending = name.rpartition(".")
        bare = stem.lower()
        is_test = _TEST_FOLDERS & {part.lower() for part in above} or re.search(
            r"^test_|^test[A-Z]|[_.-]test$|[._-]spec$|Tests?$", stem
        )
        if not size or not is_test or ending not in _CODE or bare in ("conftest", "__init__"):
            continue
        yield _snake(stem)
        if size <= MAX_SCANNED:
            try:
                body = folder.text(path)
            except Unseen:
                continue
            for found in _TEST_NAMES.finditer(body):
                yield _snake(found[1] or found[2] or found[3])


def _snake(name: str) -> str:
    """Write a name in lower case with underscores; stars stay."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^\w*?]+", "_", spaced).lower()


def ci(folder: Folder, params: Mapping[str, Any]) -> str:
    """One workflow mentions the words and runs on the event. It is found, not run."""
    paths = [path for path in folder.sizes if any(matches(one, path) for one in _WORKFLOWS)]
    if not paths:
        raise Unseen("there is no workflow")
    events = [str(one).lower() for one in many(params["on"])] if "on" in params else []
    for path in paths:
        lines = [re.sub(r"(^|\s)#.*", "", line) for line in folder.text(path).splitlines()]
        told = all(occurrences(str(one), "\n".join(lines)) for one in many(params.get("mentions")))
        if told and all(_runs_on(event, lines, path) for event in events):
            return f"found in {shown(path)}"
    raise Unseen(f"none of {count(len(paths), 'workflow')} does")


def _runs_on(event: str, lines: list[str], path: str) -> bool:
    """Tell whether a workflow's own list of events has this one; other services run on every push."""
    block: list[str] = []
    for line in lines:
        if re.match(r"[\"']?on[\"']?\s*:", line):
            block = [line.partition(":")[2]]
        elif block:
            if line.strip() and not line.startswith((" ", "\t", "-")):
                break
            block.append(line)
    if block:
        return re.search(rf"(?<![\w-]){re.escape(event)}(?![\w-])", "\n".join(block)) is not None
    return "/workflows/" not in path and (event == "push" or any(event in line.lower() for line in lines))


def clean(folder: Folder, params: Mapping[str, Any]) -> str:
    """Nothing looks like a secret or a person's address, and no file is too large."""
    most = number(params.get("max_mb"), float("inf")) * 1_000_000
    read = 0
    for path, size in folder.sizes.items():
        if size > most:
            raise Unseen(f"{shown(path)} has {size / 1_000_000:.0f} MB")
        if not (params.get("secrets") or params.get("personal")) or not 0 < size <= MAX_SCANNED:
            continue
        try:
            body = folder.text(path)
        except Unseen:
            continue  # not text
        read += 1
        line = _line_of(body, params)
        if line:
            raise Unseen(f"look at {shown(path)}, line {line}")
    if not folder.sizes:
        raise Unseen("the folder is empty")
    return f"{count(read or len(folder.sizes), 'file')} looked at"


def _line_of(body: str, params: Mapping[str, Any]) -> int:
    """Return the first line that looks like what should not be there, or 0."""
    places = []
    if params.get("secrets") and (found := _SECRETS.search(body)):
        places.append(found.start())
    if params.get("personal"):
        places += [found.start() for found in _PHONE.finditer(body)][:1]
        places += [found.start() for found in _MAIL.finditer(body) if not _is_nobody(found)][:1]
    return body.count("\n", 0, min(places)) + 1 if places else 0


def _is_nobody(found: re.Match[str]) -> bool:
    host = found[1].lower()
    return (
        host in _EXAMPLES
        or host.endswith(_NOBODY)
        or found[0].lower().startswith(("git@", "noreply@", "no-reply@"))
    )
