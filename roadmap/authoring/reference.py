"""The references of a track file and of an overlay in Markdown: every table and key, made from the schemas.

So they cannot drift from what the loader takes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.authoring.schema import schema
from roadmap.loading.shape import VISIBLE

if TYPE_CHECKING:
    from roadmap.loading.check_kinds import Kind

KEBAB = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
"""The pattern of an id, as the schema has it."""

HEAD = """\
# Every key of a track file

<!-- Made by `roadmap track schema --markdown -o docs/track-reference.md`; a test keeps it true. -->

A track is one TOML file. Its name without `.toml` is the id of the track. How to write a good one is in
[writing-a-track.md](writing-a-track.md); this page lists what may stand in it. Keys in bold must be there;
unknown keys are faults, and nothing is converted: a number in quotes is text. Ids are kebab-case (a-z, digits,
hyphens; at most 64 characters). An address is `track/milestone` or `track/milestone/item`.
"""

OVERLAY_HEAD = """\
# Every key of an overlay

<!-- Made by `roadmap track schema --overlay --markdown`. -->

An overlay changes a track without copying it. Its name is that of the track's file with `.overlay` in it:
`ai-engineer.overlay.toml`. Nothing has to be there; unknown keys are faults. `milestone` is the id of a milestone of
that track, `milestone/item` something in it. What is added is written as in a track.
"""


class _Table(NamedTuple):
    """One table of the file: how its header is written, and the part of the schema that describes it."""

    header: str
    part: dict[str, Any]


def reference(*, overlay: bool = False) -> str:
    """Return the whole reference as Markdown: of a track, or of an overlay."""
    whole = schema(overlay=overlay)
    blocks = [OVERLAY_HEAD if overlay else HEAD]
    for table in _tables(whole):
        blocks.append(_section(table))
        if "kind" in table.part["properties"] and "proof" in table.part["properties"]:
            blocks.append(_checks())
    return "\n".join(blocks)


def _tables(whole: dict[str, Any]) -> list[_Table]:
    """List the tables of the file from the outside in, each once, in the order of the keys that hold them."""
    found = []
    seen = set()
    waiting = [_Table("", whole)]
    while waiting:
        table = waiting.pop(0)
        found.append(table)
        inner = []
        for key, part in table.part["properties"].items():
            many = part.get("type") == "array"
            name = (part.get("items", {}) if many else part).get("$ref", "").rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                path = f"{table.header.strip('[]')}.{key}".lstrip(".")
                inner.append(_Table(f"[[{path}]]" if many else f"[{path}]", whole["definitions"][name]))
        waiting = inner + waiting
    return found


def _section(table: _Table) -> str:
    lines = ["", f"## `{table.header}`" if table.header else "## At the top of the file", ""]
    lines += [table.part.get("description", ""), ""]
    needed = list(table.part.get("required", []))
    if "else" in table.part:
        either = " and ".join(f"`{key}`" for key in table.part["else"]["required"])
        lines += [f"Needs {either}, or else `ref`, which says that it is written elsewhere.", ""]
    lines += ["| key | value | meaning |", "|---|---|---|"]
    parameters = _parameters(table.part)
    for key, part in table.part["properties"].items():
        if key not in parameters:
            name = f"**`{key}`**" if key in needed else f"`{key}`"
            lines.append(f"| {name} | {_cell(_value(part))} | {_cell(_meaning(part))} |")
    return "\n".join(lines) + "\n"


def _parameters(part: dict[str, Any]) -> set[str]:
    """Return the keys of a table that belong to some kinds of it only; they are listed by kind."""
    return {name for one in part.get("allOf", []) for name in one["then"]["propertyNames"]["enum"]} - {
        "kind",
        "proof",
    }


def _value(part: dict[str, Any]) -> str:
    """Say in a few words what a value has to be."""
    if "$ref" in part:
        return "a table, below"
    if "enum" in part:
        return ", ".join(f"`{one}`" for one in part["enum"])
    if "anyOf" in part:
        return " or ".join(_value(one) for one in part["anyOf"])
    kind = part.get("type")
    if kind == "array":
        return _list(part)
    if kind == "object":
        inner = [*part.get("patternProperties", {}).values(), part.get("additionalProperties")]
        return f"a table; each value {_value(inner[0])}"
    if kind == "string":
        if part.get("format") == "date":
            return "a date, such as `2026-11-22`"
        pattern = part.get("pattern", "").replace(VISIBLE, "")  # that a text is not blank goes without saying
        if pattern == KEBAB:
            return "an id"
        text = (
            "a web address" if pattern.startswith("^https") else "text of a set form" if pattern else "text"
        )
        return text + _limits(None, part.get("maxLength"), " characters")
    if kind == "boolean":
        return "`true` or `false`"
    return f"a {'whole ' if kind == 'integer' else ''}number, {part['minimum']:g} to {part['maximum']:g}"


def _list(part: dict[str, Any]) -> str:
    """Say what a list holds and how many of them: "list of text, 1 to 12, each at most 400 characters"."""
    inner = part["items"]
    how_many = _limits(part.get("minItems"), part.get("maxItems"))
    if "$ref" in inner:
        return "tables, below" + how_many
    if "enum" in inner:
        return f"list of any of {_value(inner)}"
    first, *rest = [_value(one) for one in inner.get("anyOf", [inner])]
    what, _, limit = first.partition(", ")
    others = "".join(f" or a {one}" for one in rest if one.startswith("list"))
    return f"list of {what}{how_many}{f', each {limit}' if limit else ''}" + (
        f";{others[3:]}" if others else ""
    )


def _limits(least: int | None, most: int | None, unit: str = "") -> str:
    if least and most:
        return f", {least} to {most:,}{unit}"
    return f", at most {most:,}{unit}" if most else ""


def _meaning(part: dict[str, Any]) -> str:
    text: str = part.get("description") or ("See below." if "$ref" in part else "")
    if "default" in part:
        text += f" When absent: `{json.dumps(part['default'])}`."
    for example in part.get("examples", []):
        text += f" Example: `{json.dumps(example, ensure_ascii=False)}`"
    return text


def _checks() -> str:
    """Say what each kind of check looks for, with which parameters, and what their values have to be."""
    from roadmap.loading.check_kinds import KINDS

    lines = ["Nothing is ever run: files are read, and git is asked about its history. Parameters in bold must be there;",
             "of two or three with \"or\" between them, one. A track with a check that is not understood is not loaded.",
             "", "| `kind` | parameters | what it looks for |", "|---|---|---|"]  # fmt: skip
    for name, kind in KINDS.items():
        lines.append(f"| `{name}` | {_parameters_of(kind)} | {_cell(kind.meaning)} |")
    lines += ["", "Their values, with an example of each. A list is never empty, and neither is a table.", ""]
    lines += ["| parameter | value | meaning |", "|---|---|---|"]
    same: dict[tuple[str, str, str], list[str]] = {}
    for name, kind in KINDS.items():
        for parameter, one in kind.parameters.items():
            meaning = f"{one.meaning} Example: `{one.example}`"
            same.setdefault((parameter, one.form.words, meaning), []).append(name)
    for parameter, words, meaning in sorted(same, key=lambda key: key[0]):
        kinds = ", ".join(f"`{kind}`" for kind in same[parameter, words, meaning])
        lines.append(f"| `{parameter}` of {kinds} | {_cell(words)} | {_cell(meaning)} |")
    return "\n".join(lines) + "\n"


def _parameters_of(kind: Kind) -> str:
    """List the parameters of a kind: first those it needs, in bold, then the others."""
    needed = [" or ".join(f"**`{name}`**" for name in group) for group in kind.needs]
    known = {name for group in kind.needs for name in group}
    return ", ".join([*needed, *(f"`{name}`" for name in kind.parameters if name not in known)])


def _cell(text: str) -> str:
    """Escape what would end a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
