"""Rules about what stands twice: questions (T016), web pages (T017), sentences (T018)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from roadmap.loading.clean import quote
from roadmap.loading.outline import strings, tables, words
from roadmap.loading.spans import Span
from roadmap.model.catalog import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.judge import Draft
    from roadmap.loading.spans import Path

WORDS = 8
"""How many words a sentence has at least before standing twice is no accident."""

_WORD = re.compile(r"\w+")
_ROLE = ("tagline", "optimizes_for", "daily_work", "artifacts", "enjoys", "interviews", "from_software")


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def questions(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Fault]]:
    """Each question is asked once (T016)."""
    seen: dict[str, tuple[Draft, Path]] = {}
    for draft in drafts:
        for stage in draft.outline.stages:
            for entry in stage.of("skill"):
                for path, one in tables(entry.data, "ask", entry.path):
                    asked = _plain(words(one, "q"))
                    place: Path = (*path, "q")
                    if not asked or seen.setdefault(asked, (draft, place)) == (draft, place):
                        continue
                    first, where = seen[asked]
                    yield draft, draft.at("T016", "this question is asked twice", place, severity="warning",
                                          help="ask something else here, or refer to that skill with `ref`",
                                          related=[first.related("first asked here", where)])  # fmt: skip


def pages(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Fault]]:
    """One web page has one title (T017)."""
    seen: dict[str, tuple[Draft, Path, str]] = {}
    for draft in drafts:
        for stage in draft.outline.stages:
            for entry in stage.of("resource"):
                url, title = words(entry.data, "url"), words(entry.data, "title")
                if not url or not title:
                    continue
                first, where, known = seen.setdefault(page(url), (draft, entry.path, title))
                if _plain(known) == _plain(title):
                    continue
                yield (
                    draft,
                    draft.at(
                        "T017",
                        f"this page is called {quote(title)} here and {quote(known)} elsewhere",
                        (*entry.path, "title"),
                        severity="warning",
                        help="one page is one resource, read once everywhere: use one title",
                        related=[first.related("first called so here", (*where, "title"))],
                    ),
                )


def sentences(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Fault]]:
    """A sentence of eight words or more stands once (T018). Each repeat is told where it stands."""
    seen: dict[str, tuple[Draft, Path, str]] = {}
    asked: set[str] = set()
    for draft in drafts:
        for path, text in _prose(draft):
            if "\n" in text:
                text = " ".join(text.split())
            if text.count(" ") < WORDS - 1:
                continue
            for sentence in text.replace("? ", ". ").replace("! ", ". ").split(". "):
                if sentence.count(" ") < WORDS - 1:
                    continue
                plain = sentence.lower().rstrip(".?!")
                if path[-1] == "q":
                    if plain in asked:
                        continue  # told as a question that is asked twice
                    asked.add(plain)
                first, where, before = seen.setdefault(plain, (draft, path, sentence))
                if (first, where) == (draft, path) and before is sentence:
                    continue
                related = first.related("first written here", where, span=_inside(first, where, before))
                yield draft, draft.at("T018", f"the sentence {quote(sentence, 50)} stands twice", path,
                                      span=_inside(draft, path, sentence), severity="warning",
                                      help="say it once, where it matters most", related=[related])  # fmt: skip


def _prose(draft: Draft) -> Iterator[tuple[Path, str]]:
    """Go through the sentences an author writes. Titles are not among them: a page has the title it has."""
    for key in _ROLE:
        yield (key,), words(draft.data, key)
    for stage in draft.outline.stages:
        yield (*stage.path, "why"), words(stage.data, "why")
        for entry in stage.entries:
            if entry.kind == "skill":
                yield (*entry.path, "can"), words(entry.data, "can")
                for path, one in tables(entry.data, "ask", entry.path):
                    yield (*path, "q"), words(one, "q")
                    yield (*path, "a"), words(one, "a")
            elif entry.kind == "project":
                yield (*entry.path, "brief"), words(entry.data, "brief")
                for key in ("built", "evaluated", "explained"):
                    yield from strings(entry.data, key, entry.path)
            else:
                yield (*entry.path, "note"), words(entry.data, "note")


def _inside(draft: Draft, path: Path, sentence: str) -> Span:
    """Return the place of a sentence in the value of a path, or the whole value if it is not written just so."""
    whole = draft.spans.find(path)
    words = re.compile(r"\s+".join(re.escape(word) for word in sentence.split()))
    match = words.search(draft.text, whole.start, whole.end)
    return Span(*match.span()) if match else whole
