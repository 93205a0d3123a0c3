"""From what a reader found to the text of a track that lints clean, with all that was lost at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from roadmap.authoring.files import quoted
from roadmap.authoring.importing.found import MAX_STAGES, Found, ImportRefused, Link, Stage, line
from roadmap.authoring.scaffold import MAX_TITLE, SCHEMA_LINE, title_from
from roadmap.loading.sources import MAX_BYTES
from roadmap.model.address import MAX_ID, slug
from roadmap.model.catalog import page

if TYPE_CHECKING:
    from datetime import date

COMFORTABLE = 40
"""Ids that are made from longer text are cut to this many characters."""

MAX_SKILLS = 60
MAX_LINKS = 60
MAX_LOST = 200


_ADDRESS = re.compile(r"<?https?://(?:[^\s/?#<>@]*@)?([^\s/?#<>]+)([^\s?#<>]*)[^\s<>]*>?", re.IGNORECASE)
"""A web address in running text: its host and its path."""


class Imported(NamedTuple):
    """The text of a track, and in one line each what could not be carried over."""

    text: str
    lost: tuple[str, ...]
    stages: int
    skills: int
    resources: int


def write(found: Found, id: str, today: date, title: str | None = None) -> Imported:
    """Return the track as text. Raises ImportRefused when there is nothing to learn in the file."""
    lost = list(found.lost)
    stages = _split([stage for stage in found.stages if stage.skills or stage.links])
    if len(stages) > MAX_STAGES:
        names = ", ".join(f'"{line(stage.title, 40)}"' for stage in stages[MAX_STAGES:][:5])
        lost.append(
            f"{len(stages) - MAX_STAGES} stages beyond the {MAX_STAGES} a track can have: {names}, ..."
        )
        stages = stages[:MAX_STAGES]
    if not stages:
        raise ImportRefused(
            "Nothing to learn was found in the file.",
            "If it was taken for the wrong format, name it with --format.",
        )
    ids = _ids([stage.name or stage.title for stage in stages], "stage")
    by_key = {stage.key: ids[number] for number, stage in enumerate(stages)}
    blocks: list[str] = []
    counts = [0, 0]
    for number, stage in enumerate(stages):
        block, skills, resources = _stage(stage, ids[number], by_key, lost)
        blocks.append(block)
        counts[0] += skills
        counts[1] += resources
    head = _head(found, id, today, title)
    text = head + "\n".join(blocks)
    if len(text.encode()) > MAX_BYTES * 9 // 10:
        raise ImportRefused(
            f"The track would be larger than the {MAX_BYTES:,} bytes one file can have.",
            "Cut the file in two and import each part.",
        )
    if len(lost) > MAX_LOST:
        lost = [*lost[:MAX_LOST], f"and {len(lost) - MAX_LOST} things more"]
    return Imported(text + _tail(lost), tuple(lost), len(stages), *counts)


def _split(stages: list[Stage]) -> list[Stage]:
    """Cut stages with more skills than a milestone can have into parts, one after the other."""
    out = []
    for stage in stages:
        out.append(stage._replace(skills=stage.skills[:MAX_SKILLS]))
        previous = stage.key
        for part, start in enumerate(range(MAX_SKILLS, len(stage.skills), MAX_SKILLS), 2):
            key = f"{stage.key}\n{part}"  # no foreign key has a line break: they are cleaned to one line
            title = f"{stage.title[:80]}, part {part}"
            out.append(Stage(key, title, stage.skills[start : start + MAX_SKILLS], after=(previous,)))
            previous = key
    return out


def _ids(titles: list[str], fallback: str, taken: set[str] | None = None) -> list[str]:
    """Make ids from titles; equal ones are numbered in order."""
    used = set(taken or ())
    out = []
    for title in titles:
        base = _short(slug(_ADDRESS.sub(_said, title))) or fallback
        id, number = base, 2
        while id in used:
            ending = f"-{number}"
            id = base[: MAX_ID - len(ending)].strip("-") + ending
            number += 1
        used.add(id)
        out.append(id)
    return out


def _said(match: re.Match[str]) -> str:
    """Return what people say of a web address: the name of the site, and the last word of the path."""
    host = match[1].lower().removeprefix("www.").partition(":")[0]
    site = host.split(".")
    last = match[2].rstrip("/").rpartition("/")[2].partition(".")[0]
    return f" {site[-2] if len(site) > 1 else host} {last} "


def _short(id: str) -> str:
    """Cut an id that was made from a sentence: people type ids."""
    if len(id) <= COMFORTABLE:
        return id
    return id[: COMFORTABLE + 1].rpartition("-")[0] or id[:COMFORTABLE]


def _head(found: Found, id: str, today: date, title: str | None) -> str:
    lines = [SCHEMA_LINE, *(f"# {line(one, 200)}" for one in (found.origin, *found.caution))]
    lines += [
        "# What is below was made by a program. Before anybody learns from it: give each stage a `why`, turn each",
        "# `can` into something a person can do and show, and take out what is not needed. Ids stay as they are",
        "# once somebody has recorded progress.",
        "",
        f"title = {quoted(title or line(found.title, MAX_TITLE) or title_from(id))}",
    ]
    if found.tagline:
        lines.append(f"tagline = {quoted(line(found.tagline, 200))}")
    return "\n".join([*lines, f"reviewed = {today.isoformat()}  # the day of the import", "", ""])


def _stage(stage: Stage, id: str, ids: dict[str, str], lost: list[str]) -> tuple[str, int, int]:
    """Return the text of one stage, with the numbers of its skills and resources."""
    out = []
    if stage.source:
        out.append(f"# {line(stage.source, 200)}")
    out += [
        "[[milestones]]",
        f"id = {quoted(id)}",
        f"title = {quoted(line(stage.title, 100) or title_from(id))}",
    ]
    if stage.why:
        out.append(f"why = {quoted(line(stage.why, 2000))}")
    after = [ids[key] for key in stage.after if key in ids and ids[key] != id]
    if after:
        note = f"  # {stage.after_note}" if stage.after_note else ""
        out.append(f"after = [{', '.join(quoted(one) for one in dict.fromkeys(after[:40]))}]{note}")
    names = _ids([skill.name or skill.text for skill in stage.skills], "skill")
    for name, skill in zip(names, stage.skills, strict=True):
        out.append("")
        if skill.source:
            out.append(f"# {line(skill.source, 200)}")
        out += ["[[milestones.skills]]", f"id = {quoted(name)}", f"can = {quoted(line(skill.text))}"]
        if skill.hint:
            question = quoted(f"Stuck on {line(skill.name or skill.text, 300)}: what is the hint?")
            out.append(f"ask = [{{ q = {question}, a = {quoted(line(skill.hint))} }}]")
    links = _links(stage, lost)
    for name, link in zip(_ids([one.title for one in links], "page", set(names)), links, strict=True):
        out += ["", "[[milestones.resources]]", f"id = {quoted(name)}", f"title = {quoted(line(link.title))}"]
        out += [f"url = {quoted(link.url)}", f'kind = "{link.kind}"']
    return "\n".join([*out, ""]), len(stage.skills), len(links)


def _links(stage: Stage, lost: list[str]) -> list[Link]:
    """Return the links of a stage, the same page once; the ones beyond the limit are lost."""
    pages: dict[str, Link] = {}
    for link in stage.links:
        pages.setdefault(page(link.url), link)
    links = list(pages.values())
    if len(links) > MAX_LINKS:
        lost.append(
            f'{len(links) - MAX_LINKS} links of "{line(stage.title, 40)}" beyond the {MAX_LINKS} it can have'
        )
    return links[:MAX_LINKS]


def _tail(lost: list[str]) -> str:
    if not lost:
        return ""
    lines = ["", "# What could not be carried over:", *(f"# - {line(one, 300)}" for one in lost), ""]
    return "\n".join(lines)
