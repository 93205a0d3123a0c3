"""The command palette of a preview: everything but what is about a progress file, or would write one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.palette import Actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEFT_OUT = (
    "Records without a track",
    "Decided while saving",
    "Which file is this",
    "Picture of this screen",
    "Edit your note",
)
"""Actions that mean nothing without a progress file, or write to disk."""


class PreviewActions(Actions):
    """Actions by name."""

    def _all(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Yield every action that makes sense in a preview."""
        for name, help_text, act in super()._all():
            if name not in LEFT_OUT:
                yield name, help_text, act
