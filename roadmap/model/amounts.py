"""Amounts in words, the same in commands and screens."""

from __future__ import annotations

from math import floor


def count(number: float, noun: str) -> str:
    """Write a number with its noun: "1 milestone", "3 milestones"."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def rounded(value: float) -> int:
    """Round a number to a whole one, a half upward as people do: 28.5 is 29, and 21.5 is 22."""
    return floor(round(value, 6) + 0.5)  # sums of hours are off by a hair


def shown_hours(value: float) -> float:
    """Round hours as they are shown: to tenths below ten, to whole ones from there on."""
    return rounded(value * 10) / 10 if value < 10 else rounded(value)


def hours_text(value: float | None) -> str:
    """Write hours: "12 h", "1.5 h", or "? h" when nobody said."""
    return "? h" if value is None else f"{shown_hours(value):g} h"


def split_hours(done: float, left: float) -> tuple[str, str]:
    """Write the two parts of some hours with one precision, so that they add up to what ``hours_text`` says of all."""
    scale = 10 if done + left < 10 else 1
    total, part = rounded((done + left) * scale), rounded(done * scale)
    first = "less than 1 h" if done > 0 and not part and scale == 1 else f"{part / scale:g} h"
    return first, f"{(total - part) / scale:g} h"
