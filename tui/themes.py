"""The program's own themes: a calm dark one, a calm light one, and one of high contrast.

Text stands on its background with at least 7:1, muted text with at least 4.5:1 (7:1 in high contrast).
"""

from __future__ import annotations

from textual.theme import Theme

DEFAULT = "roadmap"

DARK = Theme(
    name="roadmap",
    primary="#8fb4d8",
    secondary="#7d93ab",
    accent="#d9a8e8",
    warning="#e0b76a",
    error="#f08a7e",
    success="#8cc99b",
    foreground="#dfe3e8",
    background="#15181d",
    surface="#1c2027",
    panel="#232831",
    dark=True,
    variables={
        "text": "#dfe3e8",
        "text-muted": "#98a3b0",
        "text-disabled": "#7c8794",
        "text-primary": "#8fb4d8",
        "text-warning": "#e0b76a",
        "text-error": "#f08a7e",
        "text-success": "#8cc99b",
        "text-accent": "#d9a8e8",
        "rail": "#55606d",
        "line": "#333b46",
        "cursor": "#242b36",
        "fault": "#5a2320",
        "fault-text": "#ffe3df",
        "scrollbar": "#3a4350",
        "scrollbar-hover": "#55606d",
        "scrollbar-active": "#8fb4d8",
        "scrollbar-background": "#15181d",
        "scrollbar-background-hover": "#15181d",
        "scrollbar-background-active": "#15181d",
        "footer-key-foreground": "#8fb4d8",
        "border": "#55606d",
        "block-cursor-background": "#2d3644",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "input-cursor-background": "#dfe3e8",
        "input-cursor-foreground": "#15181d",
    },
)

LIGHT = Theme(
    name="roadmap-light",
    primary="#1f5a8c",
    secondary="#4c6072",
    accent="#7a2f93",
    warning="#7d5200",
    error="#a52a1e",
    success="#1f6b35",
    foreground="#22272e",
    background="#faf9f6",
    surface="#f1f0ec",
    panel="#e8e7e2",
    dark=False,
    variables={
        "text": "#22272e",
        "text-muted": "#59636e",
        "text-disabled": "#626c77",
        "text-primary": "#1f5a8c",
        "text-warning": "#7d5200",
        "text-error": "#a52a1e",
        "text-success": "#1f6b35",
        "text-accent": "#7a2f93",
        "rail": "#a3a9b0",
        "line": "#d5d6d4",
        "cursor": "#e6eaef",
        "fault": "#f6d4cf",
        "fault-text": "#5c1109",
        "footer-key-foreground": "#1f5a8c",
        "block-cursor-background": "#d3dfeb",
        "block-cursor-foreground": "#10151b",
        "block-cursor-text-style": "bold",
    },
)

CONTRAST = Theme(
    name="roadmap-high-contrast",
    primary="#6cc4ff",
    secondary="#c8c8c8",
    accent="#ff9cff",
    warning="#ffd94a",
    error="#ff8a80",
    success="#6dff8b",
    foreground="#ffffff",
    background="#000000",
    surface="#0a0a0a",
    panel="#141414",
    dark=True,
    variables={
        "text": "#ffffff",
        "text-muted": "#d2d2d2",
        "text-disabled": "#b4b4b4",
        "text-primary": "#6cc4ff",
        "text-warning": "#ffd94a",
        "text-error": "#ff8a80",
        "text-success": "#6dff8b",
        "text-accent": "#ff9cff",
        "rail": "#b4b4b4",
        "line": "#8c8c8c",
        "cursor": "#00337a",
        "fault": "#7a0000",
        "fault-text": "#ffffff",
        "footer-key-foreground": "#ffd94a",
        "block-cursor-background": "#00337a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
    },
)

OURS = (DARK, LIGHT, CONTRAST)

FALLBACK = {
    "rail": "auto 38%",
    "line": "auto 20%",
    "cursor": "auto 10%",
    "fault": "darkred",
    "fault-text": "white",
}
"""The variables of our own, for Textual's themes, which do not set them."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors by WCAG 2, from 1 to 21."""
    from textual.color import Color

    def luminance(name: str) -> float:
        parts = [part / 255 for part in Color.parse(name).rgb]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
