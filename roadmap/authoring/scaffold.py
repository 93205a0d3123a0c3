"""The first text of a new track: a small one that works, or a copy of an existing one."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import tomli

from roadmap.authoring.files import AuthoringError, quoted
from roadmap.authoring.schema import FILE
from roadmap.loading.clean import is_clean, quote
from roadmap.loading.spans import Path as Place
from roadmap.loading.spans import Span, SpanIndex
from roadmap.model.address import is_id, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

MAX_TITLE = 60
"""The longest title of a track, in characters."""

SCHEMA_LINE = f"#:schema ./{FILE}"
"""The first line of a track, by which an editor finds the schema beside it."""

_SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)
_CAPITALS = {"ai": "AI", "api": "API", "genai": "GenAI", "llm": "LLM", "mcp": "MCP", "ml": "ML", "sql": "SQL",
             "tui": "TUI", "ui": "UI"}  # fmt: skip
_DEVICES = frozenset(["con", "prn", "aux", "nul"]) | {
    f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)
}

TRACK = """\
{schema_line}
# A track of roadmap. Its id is the name of this file, {id}; people record progress under it.
# What stands here is a small track that works. Replace it piece by piece, and after each piece run
#   roadmap track lint
# which says what is wrong, where, and what to do. The order here is the order a person meets things in.
# Every key there is: roadmap track schema --markdown

title = {title}
{extends}# What somebody can do at the end, in one sentence.
tagline = "From a first result of one's own to one small thing that somebody else uses."
reviewed = {today}  # when the whole file was last read through

# A stage. Choose its id once and never change it: it is part of every address below it.
[[milestones]]
id = "first-result"
title = "A first result of your own"
# Two or three sentences on why the stage is there: a loss avoided rather than a trend followed.
why = \"\"\"
Whoever reads for weeks before making anything finds out late what they had misunderstood. A first result on the
first evening shows it at once, and gives every later page something to hold on to.\"\"\"
{after}
# One thing a person can do and show. Verb first; one act, and one piece of evidence.
[[milestones.skills]]
id = "set-up-from-nothing"
can = "set up the tools on a clean machine, and show the written steps that another person followed"
# Recall questions: one fact or one decision, answerable without the text in sight. Short answers, with the reason.
ask = [
  {{ q = "Why should another person follow the steps?", a = "The author's machine already has what the steps forget." }},
]

[[milestones.skills]]
id = "tell-terms-apart"
can = "tell the three terms apart that beginners mix up, and show an example of each"

# Something to read, watch or take. A few good ones; what is nice to have gets `optional = true`.
[[milestones.resources]]
title = "How to ask good questions"
by = "Julia Evans"
url = "https://jvns.ca/blog/good-questions/"
kind = "article"
cost = "free"
hours = 0.5

[[milestones]]
id = "one-small-thing"
title = "One small thing that somebody uses"
why = "What nobody uses is never wrong. The first real user finds what no exercise would have asked."
after = ["first-result"]  # all of these come first; of an inner list, ["a", "b"], any one

[[milestones.skills]]
id = "compare-two-ways"
can = "compare two ways of doing the same task, and show the numbers that decide between them"
ask = [
  {{ q = "What does a number need beside it before it says anything?", a = "A baseline: what the simplest way gives." }},
]

# Something to build, with acceptance criteria for each of the three proofs.
[[milestones.projects]]
id = "helper-for-one-person"
title = "A helper for one person"
level = "core"
hours = 8
# Who has the problem, what it costs them, which data, what to build.
brief = \"\"\"
Somebody near you repeats a small task every week, and gets it wrong now and then. Watch them do it once. Then make
the smallest thing that does it with them, from cases they kept, and leave out everything they did not miss.\"\"\"
# Built: what one can see happen.
built = ["the person completes the task with it while its author only watches"]
# Evaluated: data, how many, metric, baseline, and a target.
evaluated = ["ten past cases: minutes and mistakes with it and without it; target: half the mistakes, no slower"]
# Explained: questions whose answer could have gone the other way.
explained = ["What was left out, and what would have to happen for it to come back?"]
"""


def checked_id(id: str, taken: Iterable[str], how: str = "") -> str:
    """Return the id if a new track may have it. Raises AuthoringError otherwise.

    ``taken`` are the ids of the tracks there are: a new one of the same id would hide the other. ``how`` says
    how to choose another; by default it is the command for a copy of the track that has the id.
    """
    if not is_id(id):
        suggestion = slug(id.removesuffix(".toml"))
        raise AuthoringError(
            f"{quote(id)} cannot be an id.",
            (f"Write `{suggestion}`: " if suggestion else "")
            + "an id is kebab-case, a-z, digits and hyphens, at most 64 characters.",
        )
    if id in _DEVICES:
        raise AuthoringError(f"`{id}` cannot be the name of a file on Windows.", "Choose another id.")
    if id in set(taken):
        raise AuthoringError(
            f"There is a track `{id}` already, and yours would hide it.",
            how or f"Choose another id. To start from what it says: `roadmap track new my-{id} --from {id}`.",
        )
    return id


def checked_title(title: str) -> str:
    """Return a title as a track may have it, on one line. Raises AuthoringError otherwise."""
    line = " ".join(title.split())
    if not line or len(line) > MAX_TITLE or not is_clean(line):
        raise AuthoringError(
            f"{quote(title)} cannot be a title.",
            f"A title has 1 to {MAX_TITLE} characters, all of them visible.",
        )
    return line


def no_such_track(id: str, known: Iterable[str]) -> AuthoringError:
    """Return the error for a track that does not exist, with the one that was probably meant."""
    close = difflib.get_close_matches(id, list(known), n=1, cutoff=0.5)
    hint = f"Did you mean `{close[0]}`? " if close else ""
    return AuthoringError(f"There is no track {quote(id)}.", f"{hint}`roadmap roles` lists them all.")


def title_from(id: str) -> str:
    """Make a title from an id: ``rust-for-python`` becomes "Rust for Python"."""
    words = [
        _CAPITALS.get(word) or (word if number and word in _SMALL_WORDS else word.capitalize())
        for number, word in enumerate(id.split("-"))
    ]
    return " ".join(words)[:MAX_TITLE].strip()


def fresh(id: str, title: str, today: date, extends: str | None = None, after: str | None = None) -> str:
    """Return the text of a small, complete, commented track.

    ``after`` is the address of a milestone of the extended track that the first new one waits for.
    """
    extended = f"extends = {quoted(extends)}  # its milestones come first\n" if extends else ""
    waits = (
        f"after = [{quoted(after)}]  # a milestone of another track is named by its address\n"
        if after
        else ""
    )
    return TRACK.format(
        schema_line=SCHEMA_LINE,
        id=id,
        title=quoted(title),
        extends=extended,
        today=today.isoformat(),
        after=waits,
    )


def copied(text: str, old: str, new: str, title: str, extends: str | None = None) -> str:
    """Return the text of a track under a new id and title, its comments and order kept.

    What the track says of itself by its full address is made to mean the copy. ``extends`` replaces what it
    extended; None leaves that alone. The text must be of a sound track.
    """
    data = tomli.loads(text.removeprefix("\ufeff"))
    spans = SpanIndex(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    edits = [(spans.find(("title",)), quoted(title))]
    if extends is not None:
        if "extends" in data:
            edits.append((spans.find(("extends",)), quoted(extends)))
        else:
            at = (text + "\n").index("\n", spans.find(("title",)).end) + 1
            edits.append((Span(at, at), f"extends = {quoted(extends)}{newline}"))
    for place, address in _addresses(data):
        if address.startswith(f"{old}/"):
            edits.append((spans.find(place), quoted(new + address[len(old) :])))
    for span, value in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        text = text[: span.start] + value + text[span.end :]
    first, _, rest = text.removeprefix("\ufeff").partition(newline)
    body = rest if first.startswith("#:schema") else text.removeprefix("\ufeff")
    return f"{SCHEMA_LINE}{newline}# Begun as a copy of the track {old}.{newline}{body}"


def _addresses(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every address that a sound track holds, with its place in the file."""
    for m, milestone in enumerate(data["milestones"]):
        place: Place = ("milestones", m)
        if "ref" in milestone:
            yield (*place, "ref"), milestone["ref"]
        for a, wanted in enumerate(milestone.get("after", [])):
            if isinstance(wanted, str):
                yield (*place, "after", a), wanted
            else:
                yield from (((*place, "after", a, o), one) for o, one in enumerate(wanted))
        for s, skill in enumerate(milestone.get("skills", [])):
            if "ref" in skill:
                yield (*place, "skills", s, "ref"), skill["ref"]
