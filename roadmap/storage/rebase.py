"""Edits that were made on an older state of the file, put onto the state it has now.

A screen shows the file as it was a moment ago. When somebody else changed the same field in that moment, the
edit must not simply win: the two are merged by the rules of ``roadmap.analysis.merge``.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from roadmap.analysis.merge import Decision, merge
from roadmap.loading.clean import quote
from roadmap.loading.progress_text import read_toml
from roadmap.model.edit import Edit
from roadmap.storage.edits import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from roadmap.model.edit import Path

TOGETHER = ("state", "on")
"""A mark and its date belong together, so that an edit of one may lead to an edit of the other."""


def rebased(edits: Sequence[Edit], base: str, now: str) -> tuple[list[Edit], tuple[str, ...]]:
    """Return the edits to make on the text ``now``, and a sentence for each field that was changed twice.

    ``base`` is the text that the edits were made for. Raises a ProgressError when a text cannot be read.
    """
    old, theirs = read_toml(base), read_toml(now)
    mine = deepcopy(old)
    paths: dict[Path, None] = {}
    for edit in edits:
        if not _put(mine, edit):
            return list(edits), ()  # something is in the way: ``apply_edits`` will say what
        paths[edit.path] = None
        if edit.path[-1] in TOGETHER:
            paths |= {(*edit.path[:-1], key): None for key in TOGETHER if edit.path[1:]}
    merged = merge(_only(old, paths), _only(mine, paths), _only(theirs, paths))
    asked = {edit.path: edit.value for edit in edits}
    found = []
    for path in [*paths, *(path for path in _leaves(merged.data) if path not in paths)]:
        value = value_at(merged.data, path)
        if path in asked or value != value_at(theirs, path):
            found.append(Edit(path, tuple(value) if isinstance(value, list) else value))
    return found, tuple(map(_told, merged.decisions))


def _put(data: dict[str, Any], edit: Edit) -> bool:
    """Do to plain data what an edit does; return False when it cannot be done."""
    for key in edit.path[:-1]:
        inner: Any = data.setdefault(key, {})
        if not isinstance(inner, dict):
            return False
        data = inner
    if isinstance(data.get(edit.path[-1]), dict):
        return False
    if edit.value is None:
        data.pop(edit.path[-1], None)
    else:
        data[edit.path[-1]] = list(edit.value) if isinstance(edit.value, tuple) else edit.value
    return True


def _only(data: dict[str, Any], paths: dict[Path, None]) -> dict[str, Any]:
    """Return the part of some data that stands at a few paths; tables only where they hold any of it."""
    part: dict[str, Any] = {}
    for path in paths:
        value = value_at(data, path)
        if value is not None:
            table = part
            for key in path[:-1]:
                table = table.setdefault(key, {})
            table[path[-1]] = value
    return part


def _leaves(data: dict[str, Any], above: Path = ()) -> Iterator[Path]:
    """Yield the path of every value that is no table."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key)


def _told(decision: Decision) -> str:
    name = " ".join(part for part in (decision.address, decision.field) if part)
    return f"{quote(name, 160)} was changed elsewhere at the same time: {decision.why}."
