"""Changing a progress file's text and nothing else in it.

A person's comments, key order, unknown keys, number formats and line endings survive because the text is
edited, never written anew. ``tomlrt`` does the careful part, setting a key in a table that is there; each new
value goes in as a marker that is then replaced by text formed here. New tables are whole blocks, so that git
can merge them. Whatever comes out is parsed and compared with what was meant; any difference refuses the
edit, which turns a fault of a library into a message instead of a loss.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from roadmap.loading.clean import clean, quote
from roadmap.loading.progress_text import read_toml
from roadmap.loading.toml_lines import headers, scan, split_bom
from roadmap.model.address import is_id
from roadmap.model.edit import Edit
from roadmap.model.errors import EditRefused, ProgressError
from roadmap.model.progress import SCHEMA, State
from roadmap.storage.tables import with_tables, without_table
from roadmap.storage.toml_values import BARE_KEY, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap.model.edit import Path, Value

KEY_ORDER = ("state", "on", "note", "links", "built", "evaluated", "explained")
"""The order of the keys in a new table."""

ITEM_DEPTH = 3
"""How many keys name an item's table: track, milestone, item."""

GREETING = """\
# Your learning progress. `roadmap` reads this file and keeps it up to date.
# It is yours: edit it by hand and add comments or keys of your own, they stay. Commit it to git.
# A state is todo, learning (or doing, reading), done or skipped.
"""
"""The first lines of every new progress file."""

__all__ = ["GREETING", "KEY_ORDER", "Edit", "apply_edits", "outline", "value_at"]


def apply_edits(text: str, edits: Iterable[Edit], order: Sequence[str] = ()) -> str:
    """Return the text with the edits made, and everything else as it was.

    ``order`` lists the addresses of milestones and items in curriculum order; it says where a new table goes.
    Edits that change nothing return the very same text. Raises EditRefused when a change cannot be made
    safely, and what ``parse_progress`` raises when the text cannot be read.
    """
    bom, body = split_bom(text)
    old = read_toml(text)
    wanted, changes = _meant(old, list(edits))
    if not changes:
        return text
    trouble = ""
    for blocks in (True, False):  # whole tables where the file allows it, else within the form it has
        try:
            new = _rewritten(body, old, wanted, changes, order, blocks)
        except Exception as error:  # whatever a library trips over, the file must stay as it is
            trouble = f"{type(error).__name__}: {error}"
            continue
        found = _difference(body, new, wanted, changes)
        if not found:
            return bom + new
        trouble = found
    names = ", ".join(".".join(path) for path in list(changes)[:3])
    raise EditRefused(
        f"{quote(names)} could not be changed without risk to the rest of the file ({quote(trouble, 120)}).",
        "Make this change in an editor; the file is as it was.",
    )


def value_at(data: dict[str, Any], path: Path) -> Any:
    """Return what stands at a path in parsed TOML, or None when there is nothing."""
    found: Any = data
    for key in path:
        if not isinstance(found, dict) or key not in found:
            return None
        found = found[key]
    return found


def outline(role: str | None, hours_per_week: float | None, addresses: Iterable[str]) -> str:
    """Return the first text of a progress file: one table per milestone and per item, all still to do.

    ``addresses`` stand in curriculum order. Every one gets its table at once, because two laptops that fill in
    different tables merge cleanly, and two that add tables in the same place do not. Raises ValueError for
    what is not the address of a milestone or an item.
    """
    import tomli_w

    top: dict[str, Any] = {"schema": SCHEMA}
    if role:
        top["role"] = clean(role)
    if hours_per_week:
        top["hours_per_week"] = (
            int(hours_per_week) if hours_per_week == int(hours_per_week) else hours_per_week
        )
    tables = []
    for address in dict.fromkeys(addresses):
        path = tuple(address.split("/"))
        if not 1 < len(path) <= ITEM_DEPTH or not all(is_id(part) for part in path):
            raise ValueError(f"not the address of a milestone or an item: {address!r}")
        tables.append("".join(_block(path, {"state": State.TODO.value}, "\n")))
    return "\n".join([GREETING, tomli_w.dumps(top), *tables])


def _meant(old: dict[str, Any], edits: list[Edit]) -> tuple[dict[str, Any], dict[Path, Value]]:
    """Return the data as it shall be, and what must change for it: the last word on each path."""
    tried = deepcopy(old)
    for edit in edits:
        if not edit.path or not all(BARE_KEY.match(key) for key in edit.path):
            raise EditRefused(
                f"{quote('.'.join(edit.path))} cannot be the name of a key.",
                "Use letters, digits, hyphens and underscores.",
            )
        if edit.value is not None:
            render(edit.value)  # refuses what a file cannot hold
        if not _says_the_same(_settable(tried, edit.path), edit.value):
            _put(tried, edit.path, edit.value)
    changes: dict[Path, Value] = {}
    wanted = deepcopy(old)  # done again without the detours: set and deleted in one go is nothing
    for path in dict.fromkeys(edit.path for edit in edits):
        after = value_at(tried, path)
        if not _says_the_same(value_at(old, path), after):
            changes[path] = tuple(after) if isinstance(after, list) else after
            _put(wanted, path, changes[path])
    return wanted, changes


def _settable(data: dict[str, Any], path: Path) -> Any:
    """Return the value at a path; EditRefused when a table is there, or a value where a table must be."""
    found: Any = data
    for depth, key in enumerate(path):
        if not isinstance(found, dict):
            raise _in_the_way(path, f"{path[depth - 1]} is a value there, not a table")
        if key not in found:
            return None
        found = found[key]
    if isinstance(found, dict):
        raise _in_the_way(path, "it is a table there, not a value")
    return found


def _put(data: dict[str, Any], path: Path, value: Value) -> None:
    """Do to plain data what an edit does to the text."""
    for key in path[:-1]:
        data = data.setdefault(key, {})
    if value is None:
        del data[path[-1]]
    else:
        data[path[-1]] = list(value) if isinstance(value, tuple) else value


def _in_the_way(path: Path, why: str) -> EditRefused:
    return EditRefused(
        f"{quote('.'.join(path))} cannot be changed: {why}.",
        "Look at it in an editor; the file is as it was.",
    )


def _says_the_same(one: Any, other: Any) -> bool:
    """Tell whether two values mean the same to a reader: 6 and 6.0, a text and a list of only that text."""
    one, other = (
        value[0] if isinstance(value, list | tuple) and len(value) == 1 else value for value in (one, other)
    )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return _equal(list(one), list(other))
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    return bool(one == other) if numbers else _equal(one, other)


def _equal(one: Any, other: Any) -> bool:
    """Compare parsed TOML exactly: True is not 1, 1 is not 1.0, and NaN is itself."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other) or (one != one and other != other)


def _difference(body: str, new: str, wanted: dict[str, Any], changes: dict[Path, Value]) -> str:
    """Say how a new text differs from what was meant, or return nothing when it does not."""
    try:
        got = read_toml(new)
    except ProgressError as error:
        return error.message
    expected = deepcopy(wanted)
    for path, value in changes.items():
        if value is None:  # the table it leaves empty may stay or go
            _prune(got, path[:-1])
            _prune(expected, path[:-1])
    if not _equal(got, expected):
        return "the result would not say what was meant"
    lost = _comments(body) - _comments(new)
    return f"a comment would be lost: {next(iter(lost))}" if lost else ""


def _prune(data: dict[str, Any], path: Path) -> None:
    """Remove the table at a path if it is empty, and then each table that leaves empty."""
    while path and value_at(data, path) in ({}, None):
        parent = value_at(data, path[:-1])
        if isinstance(parent, dict):
            parent.pop(path[-1], None)
        path = path[:-1]


def _comments(body: str) -> Counter[str]:
    return Counter(line.comment.rstrip() for line in scan(body) if line.comment)


def _rewritten(
    body: str,
    old: dict[str, Any],
    wanted: dict[str, Any],
    changes: dict[Path, Value],
    order: Sequence[str],
    blocks: bool,
) -> str:
    """Return the body with the changes made; whether that came out right is for the caller to judge."""
    first_end = body.find("\n")
    eol = "\r\n" if first_end > 0 and body[first_end - 1] == "\r" else "\n"
    keys: dict[Path, Value] = {}
    tables: dict[Path, dict[str, Value]] = {}
    for path, value in changes.items():
        table = path[:-1]
        if blocks and value is not None and _needs_header(old, table, body):
            tables.setdefault(table, {})[path[-1]] = value
        else:
            keys[path] = value
    new = _with_keys(body, keys, eol) if keys else body
    for table in {path[:-1] for path, value in keys.items() if value is None}:
        if len(table) >= ITEM_DEPTH and value_at(wanted, table) == {}:
            new = without_table(new, table)
    ranks = {address: rank for rank, address in enumerate(order)}
    if tables:
        found = sorted(tables, key=lambda table: ranks.get("/".join(table), len(ranks)))
        new = with_tables(new, [(table, _block(table, tables[table], eol)) for table in found], ranks, eol)
    if body and not body.endswith("\n"):
        new = new.removesuffix("\n").removesuffix("\r")
    return new


def _block(table: Path, given: dict[str, Value], eol: str) -> list[str]:
    """Return the lines of a new table."""
    names = [key for key in KEY_ORDER if key in given] + [key for key in given if key not in KEY_ORDER]
    lines = [f"[{'.'.join(table)}]", *(f"{name} = {render(given[name], eol)}" for name in names)]
    return [line + eol for line in lines]


def _needs_header(old: dict[str, Any], table: Path, body: str) -> bool:
    """Tell whether a table is not there yet, or only as a part of the names of others."""
    there = value_at(old, table)
    if not table or (
        isinstance(there, dict) and any(not isinstance(value, dict) for value in there.values())
    ):
        return False
    if there is None:
        return True
    named = [head.path for head in headers(scan(body))]
    return table not in named and any(path[: len(table)] == table for path in named)


def _with_keys(body: str, keys: dict[Path, Value], eol: str) -> str:
    """Set and delete keys in tables that are there, whatever form these have."""
    import tomlrt

    stem = "roadmap-marker"
    while stem in body or stem in str(keys):
        stem += "-"
    document = tomlrt.loads(body)
    texts: dict[str, str] = {}
    gone: list[str] = []
    for number, (path, value) in enumerate(keys.items()):
        table: Any = document
        inline = False
        for name in path[:-1]:
            if name not in table:
                table[name] = {}
            table = table[name]
            inline = inline or table.is_inline
        key = path[-1]
        marker = f"{stem}:{number}:"
        there = table.get(key)
        if value is None and inline:
            del table[key]
        elif value is None:
            table[key] = marker
            gone.append(marker)
        elif isinstance(value, tuple) and isinstance(there, list) and there and _extends(value, there):
            for place, part in enumerate(value[len(there) :]):  # the comments in the list stay
                table[key].append(f"{marker}{place}:")
                texts[f"{marker}{place}:"] = render(part)
        else:
            table[key] = marker
            texts[marker] = render(value, eol)
    new = tomlrt.dumps(document)
    for marker, shown in texts.items():
        new = new.replace(f'"{marker}"', shown)
    for marker in gone:
        # What a person wrote behind the value stays, on a line of its own.
        line = re.compile(rf'^([ \t]*)[^\n]*?"{marker}"[ \t]*(#[^\n]*?)?(\r?\n|\Z)', re.MULTILINE)
        new = line.sub(lambda found: "".join(found.groups()) if found[2] else "", new)
    return new


def _extends(value: tuple[str, ...], there: list[Any]) -> bool:
    return len(value) > len(there) and list(value[: len(there)]) == list(there)
