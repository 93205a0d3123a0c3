"""What each code means: why it matters, a wrong example and a right one. `roadmap track explain` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.lint.pages_links import PAGES as LINKS
from roadmap.lint.pages_overlay import PAGES as OVERLAY
from roadmap.lint.pages_shape import PAGES as SHAPE
from roadmap.lint.pages_style import PAGES as STYLE
from roadmap.loading.diagnostics import CODES

if TYPE_CHECKING:
    from roadmap.lint.page import Page

PAGES: dict[str, Page] = {page.code: page for page in sorted((*SHAPE, *LINKS, *STYLE, *OVERLAY))}
"""The page of every code, in order."""


def explain(code: str) -> str:
    """Return the page of a code as text. Raises KeyError for a code there is none of."""
    page = PAGES[code]
    wrong, right = (_indented(text) for text in (page.wrong, page.right))
    return (
        f"{page.code} ({page.severity}): {CODES[page.code]}\n\n{page.why}\n\n"
        f"Wrong:\n\n{wrong}\n\nRight:\n\n{right}"
        + (
            "\n\n`roadmap track lint --fix` can mend it where only one thing can be meant."
            if page.mends
            else ""
        )
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
