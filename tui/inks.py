"""Inks: the few ways a part of a line can look, worked out from the theme once for each background.

Textual's component classes would do the same, at a third of the whole start: every widget would match twenty
selectors again at each change of style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from collections.abc import Mapping

INKS: dict[str, tuple[str, str]] = {
    "text": ("text", ""),
    "strong": ("text", "bold"),
    "title": ("text", "bold"),
    "heading": ("text-primary", "bold"),
    "muted": ("text-muted", ""),
    "faint": ("text-disabled", ""),
    "todo": ("text-muted", ""),
    "learning": ("text-warning", ""),
    "done": ("text-success", ""),
    "passed": ("text-success", ""),
    "proven": ("text-accent", "bold"),
    "skipped": ("text-disabled", ""),
    "locked": ("text-disabled", ""),
    "rail": ("rail", ""),
    "line": ("line", ""),
    "key": ("footer-key-foreground", "bold"),
    "link": ("text-primary", "underline"),
    "warning": ("text-warning", ""),
    "error": ("text-error", "bold"),
    "accent": ("text-primary", ""),
    "glow": ("text-accent", ""),
    "match": ("text-primary", "bold underline"),
    "fault": ("fault-text", ""),
}
"""Each ink: the theme variable of its color, and its attributes."""


def ink(name: str, variables: Mapping[str, str], background: Color) -> Style:
    """Return the style of an ink on a background, with the theme's variables."""
    variable, attributes = INKS[name]
    color = resolve(variables[variable], background)
    return Style.parse(attributes or "none") + Style.from_color(color.rich_color, background.rich_color)


def resolve(value: str, background: Color) -> Color:
    """Return the color that a variable's value means on a background.

    A value is a color, or ``auto``, which is whatever can be read there; both may have a share in percent.
    """
    words = value.split()
    share = float(words[1].rstrip("%")) / 100 if len(words) > 1 and words[1].endswith("%") else 1.0
    if words[0] == "auto":
        return background + background.get_contrast_text(share)
    color = Color.parse(words[0])
    if color.ansi is not None:
        return color
    return background + color.multiply_alpha(share)
