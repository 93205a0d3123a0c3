"""Fitting text into cells: wrapping, shortening, padding. Text in, text out; nothing here is markup."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from roadmap.model.amounts import hours_text

MEASURE = 78
"""The longest line of running text, in cells."""


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most ``width`` cells, at spaces where possible. Line feeds are kept."""
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        line, used = "", 0
        for word in paragraph.split():
            size = cell_len(word)
            if line and used + 1 + size > width:
                lines.append(line)
                line, used = "", 0
            while size > width:
                head = fit(word, width - used - (1 if line else 0)).rstrip()
                head = head or word[:1]
                lines.append(f"{line} {head}" if line else head)
                line, used = "", 0
                word = word[len(head) :]
                size = cell_len(word)
            if word:
                line = f"{line} {word}" if line else word
                used = cell_len(line)
        lines.append(line)
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def flow(text: str, width: int) -> list[str]:
    """Wrap a text whose line feeds mean nothing, as in a track's multi-line strings."""
    return wrap(" ".join(text.split()), width)


def fit(text: str, width: int) -> str:
    """Cut or pad a text to exactly ``width`` cells."""
    return set_cell_size(text, max(width, 0))


def clip(text: str, width: int, mark: str = "…") -> str:
    """Shorten a text to at most ``width`` cells, with a mark where it was cut; at a word if one ends right there."""
    text = " ".join(text.split())
    if cell_len(text) <= width:
        return text
    room = width - cell_len(mark)
    if room <= 0:
        return fit(text, width).rstrip()
    cut = fit(text, room).rstrip()
    head = cut.rsplit(" ", 1)[0]
    if len(cut) - len(head) <= 3 and cell_len(head) > room * 2 // 3:
        cut = head
    return cut.rstrip(" ,;:.(") + mark


def hours(value: float | None) -> str:
    """Write hours as people say them: ``24 h``, ``1.5 h``, nothing for None."""
    if value is None:
        return ""
    return hours_text(value)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 skill``, ``3 skills``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str], last: str = "and") -> str:
    """Join names as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
