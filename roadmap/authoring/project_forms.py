"""The form of the data that a project's checks read: which file, which fields, how many rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.analysis.proof.patterns import segments
from roadmap.analysis.proof.wording import code, many, table
from roadmap.loading.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.model.track import Check

RESULTS = "evals/results/"
"""The folder of the records that every project's figures are kept in."""

MAX_FIELDS = 40

_TYPES = {"string": "<text>", "integer": "<whole number>", "number": "<number>", "boolean": "<true or false>",
          "date": "<YYYY-MM-DD>"}  # fmt: skip

_RECORD = {
    "metric": "<name with its unit, such as p95_ms>",
    "value": "<number; a share as 0 to 1>",
    "n": "<whole number: cases behind the value>",
    "system": "<what was measured>",
    "split": "<dev, validation, held-out, production or synthetic>",
    "date": "<YYYY-MM-DD, the day of the run>",
    "baseline": "<true for the thing to beat, else false>",
    "ci_low": "<number>",
    "ci_high": "<number>",
}
_BASES: tuple[tuple[str, dict[str, str]], ...] = (
    (RESULTS, _RECORD),
    ("evals/trials/", {"task_id": "<id of the case>", "trial": "<whole number from 1>", "system": "<what was tried>",
                       "success": "<true or false>"}),
    ("evals/dataset.", {"id": "<different in each>", "input": "<what goes in>", "expected": "<what should come out>"}),
)  # fmt: skip
"""The fields that rows have in every project, by the start of their path."""

RESULTS_PAGE = """\
# Records of results

Every figure this project quotes is a record in a `.json` file of this folder. A file holds a list of records; further
keys are welcome. This is the form, not a result: nothing here has been measured.

```json
[
{record}
]
```

- `metric`, `value`, `n`, `system`, `split` and `date` stand in every record. Shares are 0 to 1, never percent.
- `baseline` is true for at least one: what a simple way gives. Without it a figure says nothing.
- `ci_low` and `ci_high` (both or neither) are the 95% interval; shares, means and differences quoted in `PROOF.md`
  have one.
- `versus` makes a record a paired difference: `system` minus `versus`.
- `slice`, `dataset`, `unit`, `note`, `model_id`, `prompt_id`, `commit`, `seed`, `repeat`, `cost_usd`, `p95_ms` say more
  where it matters.
{expected}"""


class _Form(NamedTuple):
    """What is known of the rows at one path: the fields in order, each with what may stand in it."""

    path: str
    fields: dict[str, str]


def forms(checks: Iterable[Check]) -> str:
    """Return a Markdown section with the form of every data file that checks read, results left out."""
    blocks = []
    for form in _forms(checks):
        if form.path.startswith(RESULTS):
            continue
        if form.path.endswith(".csv"):
            kind, text = "csv", ",".join(_csv(name) for name in form.fields)
        else:
            row = json.dumps(form.fields, ensure_ascii=False)
            kind, text = "json", f"[\n  {row}\n]" if form.path.endswith(".json") else row
        blocks.append(f"{code(form.path)}\n\n```{kind}\n{text.replace('```', '---')}\n```\n")
    if not blocks:
        return ""
    return "## Forms\n\n> The fields that checks read; others are welcome.\n\n" + "\n".join(blocks)


def results_page(checks: Iterable[Check]) -> str:
    """Return the page that describes the records of results, with what this project's checks ask of them."""
    fields = dict(_RECORD)
    asked: dict[str, dict[str, None]] = {}
    for check in checks:
        if not _path(check).startswith(RESULTS) and check.kind != "recompute":
            continue
        for field, value in _named_values(check):
            asked.setdefault(field, {}).setdefault(code(value))
        fields.update({name: text for name, text in _fields(check).items() if name not in fields}
                      if _path(check).startswith(RESULTS) else {})  # fmt: skip
    record = json.dumps(dict(list(fields.items())[:MAX_FIELDS]), indent=2, ensure_ascii=False)
    lines = [f"- {code(field)}: {', '.join(values)}" for field, values in asked.items()]
    expected = "\n".join(["", "The checks of this project look for these, among others:", "", *lines, ""])
    return RESULTS_PAGE.format(
        record="\n".join(f"  {line}" for line in record.replace("```", "---").splitlines()),
        expected=expected if lines else "",
    )


def _named_values(check: Check) -> Iterable[tuple[str, Any]]:
    """Return the values that a check names, with the field of a record each belongs to."""
    params = check.params
    if check.kind == "recompute":
        yield "metric", params.get("into")
        return
    for field, value in table(params.get("where")).items():
        for one in many(value):
            yield field, one
    for name in many(params.get("metric", [])):
        yield "metric", name
    by = many(params.get("by", []))
    field = "system" if check.kind == "baseline" else str(by[0]) if len(by) == 1 else ""
    if field and check.kind in ("baseline", "groups"):
        for name in many(params.get("names", [])):
            yield field, name


def _forms(checks: Iterable[Check]) -> list[_Form]:
    found: dict[str, _Form] = {}
    for check in checks:
        path = _path(check)
        if not path.endswith((".jsonl", ".csv", ".json")) or segments(path) is None or check.kind in (
            "file", "schema", "text", "unchanged"):  # fmt: skip
            continue
        base = next((fields for start, fields in _BASES if path.startswith(start)), {})
        form = found.setdefault(path, _Form(path, dict(base)))
        for name, text in _fields(check).items():
            if len(form.fields) < MAX_FIELDS and (name not in form.fields or "|" in text):
                form.fields[name] = text
    return [form for form in found.values() if form.fields]


def _path(check: Check) -> str:
    """Return the path of the rows that a check reads, without the field that may follow it."""
    path = check.params.get("path", check.params.get("from"))
    return path.partition("#")[0] if isinstance(path, str) else ""


def _fields(check: Check) -> dict[str, str]:
    """Return the fields that a check reads, each with what may stand in it."""
    params = check.params
    found: dict[str, str] = {}
    for name in [*many(params.get("by", [])), *many(params.get("same", [])), *many(params.get("unique", [])),
                 *many(params.get("field", []))]:  # fmt: skip
        if isinstance(name, str):
            found[_name(name)] = "<text>" if name != params.get("field") else "<YYYY-MM-DD>"
    if isinstance(params.get("after"), str):
        found[_name(str(params["after"]))] = "<YYYY-MM-DD>"
    if isinstance(params.get("from"), str) and "#" in str(params["from"]):
        found[_name(str(params["from"]).partition("#")[2])] = "<what it refers to>"
    for name, kind in table(params.get("fields")).items():
        found[_name(name)] = _TYPES.get(str(kind), "<text>")
    for name in table(params.get("where")):
        found.setdefault(_name(name), "<text>")
    if check.kind == "recompute" and params.get("stat") == "kappa":
        found |= {"item": "<id>", "rater": "<who>", "label": "<text>"}
    for name, values in table(params.get("one_of")).items():
        found[_name(name)] = f"<{' | '.join(_name(str(one)) for one in many(values)[:12])}>"
    return found


def _name(text: str) -> str:
    """Return a name from a track on one line, short enough for a form."""
    return " ".join(clean(text).split())[:60]


def _csv(name: str) -> str:
    """Write one cell of a header line."""
    return f'"{name.replace(chr(34), chr(34) * 2)}"' if set(name) & set(',"') else name
