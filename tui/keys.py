"""Names of keys, and which key a binding has after the person's own choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMES = {
    "question_mark": "?", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]", "plus": "+",
    "escape": "esc", "up": "↑", "down": "↓", "left": "←", "right": "→", "minus": "-", "delete": "del",
}  # fmt: skip
"""Names of keys as people know them."""


def key_of(id: str, owners: Iterable[type], chosen: Mapping[str, str]) -> str:
    """Return the first key of the binding with an id, by its usual name; nothing when there is none.

    ``owners`` are the classes whose bindings count, nearest first; ``chosen`` are the person's keys by id.
    """
    keys = chosen.get(id) or next(
        (
            one.key
            for owner in owners
            for one in vars(owner).get("BINDINGS", ())
            if isinstance(one, Binding) and one.id == id
        ),
        "",
    )
    key = keys.split(",")[0].strip()
    return NAMES.get(key, key)
