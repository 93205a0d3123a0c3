"""The JSON Schemas of a track file and of an overlay, for editors: made from what the loader judges with.

An editor sees what one file shows by itself: keys, types, limits, which key needs which. It cannot see
references, circles or ids used twice; `roadmap track lint` remains the judge of those.
"""

from __future__ import annotations

import json
from typing import Any

FILE = "track.schema.json"
"""What the schema is called when it is written beside tracks."""

TITLE = "A track of roadmap"
"""The title of the schema, by which a file is recognized as one of ours."""

OVERLAY_FILE = "overlay.schema.json"
"""What the schema of overlays is called when it is written beside them."""

OVERLAY_TITLE = "An overlay of roadmap"
"""The title of the schema of overlays."""

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that both common TOML language servers read."""


def schema(*, overlay: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (draft-07) of a track file, or that of an overlay.

    What TOML has no use for is left out: null, the names of Python classes, and defaults that are empty.
    """
    from roadmap.loading.overlay_shape import OverlayShape
    from roadmap.loading.shape import TrackShape

    shape = OverlayShape if overlay else TrackShape
    made = shape.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {_short(name): _plain(part) for name, part in made.pop("$defs").items()}
    whole = _plain(made)
    command = "roadmap track schema --overlay" if overlay else "roadmap track schema"
    return {
        "$schema": DRAFT,
        "title": OVERLAY_TITLE if overlay else TITLE,
        "$comment": f"Made by `{command}`; do not edit.",
        "x-tombi-toml-version": "v1.1.0",
        "description": whole.pop("description"),
        **whole,
        "definitions": dict(sorted(definitions.items())),
    }


def schema_text(*, overlay: bool = False) -> str:
    """Return the schema as it is printed and kept in files: ASCII JSON, ended by a line feed."""
    return json.dumps(schema(overlay=overlay), indent=2, ensure_ascii=True) + "\n"


def is_ours(text: str, *, overlay: bool = False) -> bool:
    """Tell whether a text is a schema that this program made, in this version or another."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("title") == (OVERLAY_TITLE if overlay else TITLE)


def _short(name: str) -> str:
    return name.removesuffix("Shape")


def _plain(part: Any, *, names: bool = False) -> Any:
    """Simplify a part of pydantic's schema. ``names`` means that its keys are names that the model chose.

    It goes down as deep as the model, which is code of this program, never a file.
    """
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    if names:
        return {key: _plain(value) for key, value in part.items()}
    out = {
        key: _plain(value, names=key == "properties")
        for key, value in part.items()
        if key != "title" and not (key == "default" and value in (None, "", [], {}))
    }
    if "$ref" in out:
        head, _, name = out["$ref"].rpartition("/")
        return {"$ref": f"{head}/{_short(name)}"}  # draft-07 reads nothing beside a reference
    if "patternProperties" in out:
        out.setdefault("additionalProperties", False)  # the model takes no other keys, but does not say so
    choices = [one for one in out.get("anyOf", []) if one != {"type": "null"}]
    if len(choices) < len(out.get("anyOf", [])):
        del out["anyOf"]
        if len(choices) == 1:
            inner = choices[0]
            return inner if "$ref" in inner else {**inner, **out}
        out["anyOf"] = choices
    return out
