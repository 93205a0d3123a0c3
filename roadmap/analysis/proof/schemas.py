"""JSON Schema, as much of it as can be judged without a library: structure, types, limits and references.

``pattern`` and ``format`` are not looked at: a pattern may take longer than anybody would wait for.
"""

from __future__ import annotations

from typing import Any

from roadmap.analysis.proof.folder import shown

TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")

MAX_DEPTH = 60
"""How deep schemas and data may be nested, references included."""

MAX_STEPS = 200_000
"""How many parts are compared in all before the answer is given up."""

_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_SINGLE = ("items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else",
           "unevaluatedProperties", "unevaluatedItems")  # fmt: skip
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_KNOWN = frozenset(
    (
        *(*_LISTS, *_MAPS, *_SINGLE, *_COUNTS, *_NUMBERS),
        *("type", "enum", "const", "required", "$ref", "uniqueItems", "pattern", "format"),
    )
)


def schema_fault(schema: object, where: str = "", depth: int = 0) -> str:
    """Say why a value is no JSON Schema, or nothing. At the top, it has to say something about data."""
    if isinstance(schema, bool):
        return "" if depth else "it says nothing about data"
    at = f" at {shown(where)}" if where else ""
    if not isinstance(schema, dict):
        return f"there is no object{at}"
    if not depth and not _KNOWN & set(schema):
        return "it says nothing about data"
    if depth > MAX_DEPTH:
        return "it is nested too deeply"
    own = _own_fault(schema)
    if own:
        return f"{own}{at}"
    inner: list[tuple[str, object]] = []
    for key in _LISTS:
        if key in schema:
            if not isinstance(schema[key], list) or not schema[key]:
                return f"{shown(key)} is no list of schemas{at}"
            inner += [(f"{key}/{index}", one) for index, one in enumerate(schema[key])]
    for key in _MAPS:
        if key in schema:
            if not isinstance(schema[key], dict):
                return f"{shown(key)} is no object{at}"
            inner += [(f"{key}/{name}", one) for name, one in schema[key].items()]
    for key in _SINGLE:
        if key in schema:
            many = schema[key] if key == "items" and isinstance(schema[key], list) else [schema[key]]
            inner += [(key, one) for one in many]
    return next(
        (found for key, one in inner if (found := schema_fault(one, f"{where}/{key}", depth + 1))), ""
    )


def _own_fault(schema: dict[str, Any]) -> str:
    """Say what is wrong with the keywords of one schema that hold no further schemas."""
    kinds = schema.get("type", [])
    if not all(one in TYPES for one in (kinds if isinstance(kinds, list) else [kinds])):
        return f"{shown(kinds)} is no type"
    for key in _COUNTS:
        if key in schema and (not _is_whole(schema[key]) or schema[key] < 0):
            return f"{shown(key)} is no whole number"
    for key in _NUMBERS:
        if key in schema and (isinstance(schema[key], bool) or not isinstance(schema[key], int | float)):
            return f"{shown(key)} is no number"
    required = schema.get("required", [])
    if not isinstance(required, list) or not all(isinstance(one, str) for one in required):
        return "`required` is no list of names"
    if not isinstance(schema.get("enum", []), list):
        return "`enum` is no list"
    return "" if isinstance(schema.get("$ref", ""), str) else "`$ref` is no text"


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class _TooMuch(Exception):  # noqa: N818 - no error
    """The comparison was given up."""


def fault_of(data: object, schema: object) -> str:
    """Say where and why data are not valid against a schema, or nothing."""
    try:
        return _Judge(schema).fault(data, schema, "", 0)
    except _TooMuch:
        return "the schema takes too long to follow"


class _Judge:
    """One comparison: the whole schema, for references into it, and how many steps it took."""

    def __init__(self, whole: object) -> None:
        self.whole = whole
        self.steps = 0

    def fault(self, data: Any, schema: Any, where: str, depth: int) -> str:
        """Compare one value with one schema."""
        self.steps += 1
        if depth > MAX_DEPTH or self.steps > MAX_STEPS:
            raise _TooMuch
        at = f"{shown(where)} " if where else "it "
        if isinstance(schema, bool):
            return "" if schema else f"{at}may not be there"
        if not isinstance(schema, dict):
            return "the schema refers to what is no schema"
        if "$ref" in schema and (found := self._referred(data, schema["$ref"], where, depth)):
            return found
        found = _simple(data, schema)
        return f"{at}{found}" if found else self._inner(data, schema, where, depth)

    def _referred(self, data: Any, ref: str, where: str, depth: int) -> str:
        if not ref.startswith("#"):
            return f"the schema refers to {shown(ref)}, which is not followed"
        target = self.whole
        for part in ref[1:].split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(target, dict) or name not in target:
                return f"the schema refers to {shown(ref)}, which is not there"
            target = target[name]
        return self.fault(data, target, where, depth + 1)

    def _inner(self, data: Any, schema: dict[str, Any], where: str, depth: int) -> str:
        """Compare with the schemas inside a schema: those beside each other, and those of members."""
        for one in schema.get("allOf", []):
            if found := self.fault(data, one, where, depth + 1):
                return found
        for key in ("anyOf", "oneOf"):
            if key in schema:
                fits = sum(not self.fault(data, one, where, depth + 1) for one in schema[key])
                if not fits or (key == "oneOf" and fits > 1):
                    return f"{shown(where) if where else 'it'} fits {fits} of the {shown(key)}"
        if "not" in schema and not self.fault(data, schema["not"], where, depth + 1):
            return f"{shown(where) if where else 'it'} is what it must not be"
        if "if" in schema:
            branch = "else" if self.fault(data, schema["if"], where, depth + 1) else "then"
            if branch in schema and (found := self.fault(data, schema[branch], where, depth + 1)):
                return found
        members: list[tuple[Any, Any, str]] = []
        if isinstance(data, dict):
            known = schema.get("properties", {})
            rest = schema.get("additionalProperties", True) if "patternProperties" not in schema else True
            members = [(value, known.get(key, rest), f"{where}/{key}") for key, value in data.items()]
        elif isinstance(data, list):
            first = schema.get("prefixItems", [])
            items = schema.get("items", True)
            members = [
                (value, first[index] if index < len(first) else items, f"{where}/{index}")
                for index, value in enumerate(data)
                if not isinstance(items, list)
            ]
        return next(
            (found for value, one, place in members if (found := self.fault(value, one, place, depth + 1))),
            "",
        )


def _simple(data: Any, schema: dict[str, Any]) -> str:
    """Say what is wrong with a value by the keywords that hold no further schemas."""
    kinds = schema.get("type")
    if kinds is not None and not any(
        _is_type(data, one) for one in (kinds if isinstance(kinds, list) else [kinds])
    ):
        return f"is no {shown(kinds)}"
    if "enum" in schema and not any(_equal(data, one) for one in schema["enum"]):
        return f"is {shown(data)}, none of the values there are"
    if "const" in schema and not _equal(data, schema["const"]):
        return f"is not {shown(schema['const'])}"
    if isinstance(data, dict) and (lacking := [one for one in schema.get("required", []) if one not in data]):
        return f"has no {shown(lacking[0])}"
    if schema.get("uniqueItems") is True and isinstance(data, list):
        seen = [repr(one) for one in data]
        if len(set(seen)) < len(seen):
            return "has an item twice"
    for kind, noun in ((str, "Length"), (list, "Items"), (dict, "Properties")):
        if isinstance(data, kind) and not schema.get(f"min{noun}", 0) <= len(data) <= schema.get(
            f"max{noun}", float("inf")
        ):
            return f"has the length {len(data)}"
    if isinstance(data, int | float) and not isinstance(data, bool) and not _in_range(data, schema):
        return f"is {data:g}, out of range"
    return ""


def _in_range(value: float, schema: dict[str, Any]) -> bool:
    step = schema.get("multipleOf")
    return (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
        and (
            "exclusiveMinimum" not in schema
            or isinstance(schema["exclusiveMinimum"], bool)
            or value > schema["exclusiveMinimum"]
        )
        and (
            "exclusiveMaximum" not in schema
            or isinstance(schema["exclusiveMaximum"], bool)
            or value < schema["exclusiveMaximum"]
        )
        and (not step or abs(value / step - round(value / step)) < 1e-9)
    )


def _is_type(data: object, kind: object) -> bool:
    if isinstance(data, bool):
        return kind == "boolean"
    if isinstance(data, int | float):
        return kind == "number" or (kind == "integer" and float(data).is_integer())
    return kind == {dict: "object", list: "array", str: "string", type(None): "null"}.get(type(data))


def _equal(data: object, other: object) -> bool:
    return data == other and isinstance(data, bool) == isinstance(other, bool)
