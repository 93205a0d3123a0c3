"""Amounts in words, the same in commands and screens."""

from __future__ import annotations


def count(number: float, noun: str) -> str:
    """Write a number with its noun: "1 milestone", "3 milestones"."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def hours_text(value: float | None) -> str:
    """Write hours: "12 h", "1.5 h", or "? h" when nobody said."""
    if value is None:
        return "? h"
    return f"{round(value, 1):g} h" if value < 10 else f"{round(value)} h"
