"""Places of a track file and ways out of a fault, in the words of the people who write such files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from roadmap.loading.spans import Path

TABLES = {"milestones": "a milestone", "skills": "a skill", "resources": "a resource", "projects": "a project",
          "ask": "a question", "checks": "a check", "signals": "a signal",
          "notes": "a note", "move": "a move", "add": "an addition"}  # fmt: skip
"""What one entry of each array of tables is called."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})\s*(?:h|hours?)?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(?:h|hours?)?\s*", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r'[^"\\…]*')
_MEANT = {"true": "true", "yes": "true", "on": "true", "1": "true",
          "false": "false", "no": "false", "off": "false", "0": "false"}  # fmt: skip


def tick(text: str, limit: int = 100) -> str:
    """Return a text from a file for use inside a message: cleaned, on one line, shortened, in backticks."""
    return f"`{quote(text, limit)[1:-1]}`"


def ordinal(index: int) -> str:
    """Return the word for a place that is counted from 0: ``first``, ``second``, and ``11th`` after the tenth."""
    if index < len(_ORDINALS):
        return _ORDINALS[index]
    number = index + 1
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def at(data: Any, path: Path) -> Any:
    """Return what stands at a path of parsed TOML. The path must exist."""
    for part in path:
        data = data[part]
    return data


def called(data: Any, path: Path) -> str:
    """Return what people call a table: ``the project `log-counter```, or ``the third milestone`` without an id.

    A table that is no entry of a list is called by its key. The path of the file itself has no name: an empty text.
    """
    if not path:
        return ""
    index = path[-1]
    kind = TABLES.get(str(path[-2]), "an entry") if len(path) > 1 else ""
    if not isinstance(index, int) or not kind:
        return tick(".".join(part for part in path if isinstance(part, str)))
    noun = kind.partition(" ")[2]
    table = at(data, path)
    id = table.get("id") if isinstance(table, dict) else None
    if isinstance(id, str) and id.strip():
        return f"the {noun} {tick(id)}"
    home = called(data, path[:-2])
    return f"the {ordinal(index)} {noun}" + (f" of {home}" if home else "")


def place(data: Any, path: Path) -> str:
    """Name a value as people do: ```hours` of the project `log-counter```, ``the second entry of `keywords```."""
    last = max((i for i, part in enumerate(path) if isinstance(part, str)), default=-1)
    if last < 0:
        return "the file"
    entries = "".join(f"the {ordinal(int(part))} entry of " for part in reversed(path[last + 1 :]))
    home = called(data, path[:last])
    return f"{entries}{tick(str(path[last]))}" + (f" of {home}" if home else "")


def advice(path: Path, kind: str, value: object) -> str:
    """Say what to write for a value of the wrong type, or an empty text when nobody can tell.

    ``kind`` is pydantic's name of the finding.
    """
    text = value if isinstance(value, str) else ""
    if kind in ("int_type", "float_type") and text:
        number = (_WHOLE if kind == "int_type" else _NUMBER).fullmatch(text)
        return f"write {number[1]}, without quotes" if number else "write a number such as 12, without quotes"
    if kind == "bool_type":
        meant = _MEANT.get(text.strip().lower() or (str(value) if value in (0, 1) else ""), "")
        return (f"write {meant}" + (", without quotes" if text else "")) if meant else ""
    if kind == "date_type" and _DAY.fullmatch(text):
        return f"write {text}, without quotes"
    if kind == "list_type" and path and isinstance(path[-1], str):
        return _list_advice(path, text)
    return ""


def _list_advice(path: Path, text: str) -> str:
    if path[-1] in TABLES:
        header = ".".join(part for part in path if isinstance(part, str))
        return f"each one begins with `[[{header}]]`, two brackets on each side"
    shown = quote(text, 60)
    inside = shown if text.strip() and _PLAIN.fullmatch(shown[1:-1]) else '"..."'
    return f"write `{path[-1]} = [{inside}]`"


def belongs(path: Path, whole: str, value: object) -> str:
    """Say where to write a key that is known one level above the table it stands in.

    ``path`` leads to the key and its value; ``whole`` is what the file as a whole is called.
    """
    names = [part for part in path[:-1] if isinstance(part, str)]
    inner, header = names[-1], ".".join(names[:-1])
    listed = isinstance(path[-2], int)
    tables = isinstance(value, list) and value and all(isinstance(one, dict) for one in value)
    if tables:
        owner = f"the {_noun(names[-2])}" if header else whole
        return f"it belongs to {owner}: write `[[{'.'.join([*names[:-1], str(path[-1])])}]]`"
    if not header:
        where = f"above the first `[[{inner}]]`" if listed else f"outside `{inner}`"
        return f"it belongs to {whole}: write it at the top of the file, {where}"
    noun = _noun(names[-2])
    if inner in ("ask", "checks"):  # these are written inside the table, not below it
        return f"it belongs to the {noun}: write it under `[[{header}]]`, outside `{inner}`"
    return f"it belongs to the {noun}: write it under `[[{header}]]`, above its first `[[{header}.{inner}]]`"


def _noun(key: str) -> str:
    return TABLES.get(key, f"a `{key}`").partition(" ")[2]
