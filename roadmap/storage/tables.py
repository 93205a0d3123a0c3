"""Where a table stands in a text: putting a new one in its place, and taking an empty one away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.loading.toml_lines import Header, Line, headers, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap.model.edit import Path


def with_tables(
    body: str, tables: Iterable[tuple[Path, list[str]]], ranks: Mapping[str, int], eol: str
) -> str:
    """Return the body with new tables, each a path and its lines, in their places, blank lines around them.

    A place is behind the table that comes nearest before by ``ranks`` (addresses to curriculum order);
    failing that behind its own milestone's tables, or else at the end.
    """
    lines = scan(body)
    heads = headers(lines)
    blank = Line(eol, in_string=False, in_value=False, comment=None)
    for table, block in tables:
        at, number = _place(lines, heads, table, ranks)
        if at and not lines[at - 1].text.endswith("\n"):
            lines[at - 1] = lines[at - 1]._replace(text=lines[at - 1].text + eol)
        before = [blank] if at and not lines[at - 1].blank else []
        after = [blank] if at < len(lines) and not lines[at].blank else []
        new = [*before, *scan("".join(block)), *after]
        lines[at:at] = new
        moved = [head._replace(place=head.place + len(new)) for head in heads[number:]]
        heads[number:] = [Header(at + len(before), table, array=False), *moved]
    return "".join(line.text for line in lines)


def without_table(body: str, table: Path) -> str:
    """Return the body without the header of an empty table, unless a comment belongs to it."""
    lines = scan(body)
    texts = [line.text for line in lines]
    for head in headers(lines):
        if head.path != table or head.array:
            continue
        start, end = head.place, head.place + 1
        while end < len(lines) and lines[end].blank:
            end += 1
        touched = end == start + 1 and end < len(lines) and lines[end].only_comment
        if touched or lines[start].comment or (start and lines[start - 1].only_comment):
            return body
        if end == len(lines):
            end = head.place + 1  # blank lines at the end of a file are the person's
            while start and lines[start - 1].blank:
                start -= 1
        elif start and not lines[start - 1].blank and end > head.place + 1:
            end -= 1  # the blank line that keeps its neighbors apart
        return "".join(texts[:start] + texts[end:])
    return body


def _place(lines: list[Line], heads: list[Header], table: Path, ranks: Mapping[str, int]) -> tuple[int, int]:
    """Return the index of the line, and of the header, that a new table goes in front of."""
    own = ranks.get("/".join(table), -1)
    best, best_rank = -1, -1
    for number, head in enumerate(heads):
        rank = ranks.get("/".join(head.path[:3]), -1)  # what is below an item belongs to it
        if best_rank <= rank < own and rank >= 0:
            best, best_rank = number, rank
    if best < 0:
        below = [number for number, head in enumerate(heads) if head.path[: len(table)] == table]
        if below:  # tables inside this one are there: it goes in front of the first
            return _start(lines, heads[below[0]].place), below[0]
        best = max((n for n, head in enumerate(heads) if head.path[:2] == table[:2]), default=-1)
    if 0 <= best < len(heads) - 1:
        return _end(lines, heads[best + 1].place), best + 1
    at = len(lines)
    while at and lines[at - 1].blank:
        at -= 1
    return at, len(heads)


def _end(lines: list[Line], index: int) -> int:
    """Return where the table in front of a header ends: behind its last entry and the comments right below.

    A comment that stands apart is taken for a heading of what follows.
    """
    last = index
    while last and (lines[last - 1].blank or lines[last - 1].only_comment):
        last -= 1
    below = last
    while below < index and lines[below].only_comment:
        below += 1
    return below if below < index else last


def _start(lines: list[Line], index: int) -> int:
    """Return where a table begins: at its header, or at the comments right above that."""
    while index and lines[index - 1].only_comment:
        index -= 1
    return index
