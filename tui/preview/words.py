"""What the help says in a preview: what a preview is, and what the screens are for when nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.base import Frame

PURPOSES = {
    "MapScreen": (
        "The map of the track as somebody sees it who follows it, one station for each milestone, in an order that "
        "works. Where the line forks, milestones may run side by side."
    ),
    "RolesScreen": (
        "The roles, told apart: on the left those who build the model, on the right those who build with it. "
        "Branches add to their trunk. Choosing one shows its map. Roles can be laid side by side, and the quiz and "
        "the reading of postings use the track as it is now."
    ),
    "FitScreen": (
        "The quiz with the points of the track as it is now. The number of an answer gives it, or enter on it. The "
        "result names the answers that decided, and says when it is close."
    ),
}
"""What a screen is for in a preview, by its class, where that is not what it is for otherwise."""


def preview_text(name: str, faults: str, panel: str) -> str:
    """Say what a preview of a file is, and its two keys: ``faults`` hides the panel, ``panel`` goes into it."""
    return (
        f"A preview of {name}: each save in your editor shows here within a second. {faults} shows or hides its "
        f"faults, {panel} goes into them and back. Marks are tried here and kept nowhere."
    )


def purpose_of(about: Frame) -> str:
    """Return what a screen is for in a preview."""
    return PURPOSES.get(type(about).__name__, about.PURPOSE)
