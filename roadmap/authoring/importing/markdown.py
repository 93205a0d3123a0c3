"""Reading a checklist in Markdown: headings become milestones, list items skills, links resources."""

from __future__ import annotations

import re

from roadmap.authoring.importing.found import Found, ImportRefused, Learn, Link, Stage, address, line

MAX_LINES = 100_000
MAX_LINE = 4000
MAX_HEADINGS = 2000
MAX_ITEMS = 5000

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX])\](?:[ \t]+|$))?(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINK = re.compile(r"!?\[([^\[\]]{0,400}+)\]\(<?([^\s()<>]{1,1000}+)>?+[^()]{0,200}+\)")  # never looks back
_MARKS = re.compile(r"\*\*|__|`|~~")


class _Section:
    """A heading and what stands under it, while the file is read."""

    def __init__(self, level: int, title: str) -> None:
        self.level = level
        self.title = title
        self.boxes: list[tuple[str, bool]] = []
        self.bullets: list[str] = []
        self.prose: list[str] = []


def read(text: str, title: str) -> Found:
    """Return what a checklist holds. Raises ImportRefused when there is no list in it.

    When any item has a check box, only such items count; otherwise every item of a list does.
    """
    sections, lost = _sections(text)
    boxed = any(section.boxes for section in sections)
    if not boxed and not any(section.bullets for section in sections):
        raise ImportRefused("No list is in the file.", "A checklist has lines such as `- [ ] read a file`.")
    tops = [section for section in sections if section.level == 1]
    # One heading of the first level is the title of the whole; its own items then form a first stage.
    title = line(tops[0].title, 60) if len(tops) == 1 else title
    ticked = 0
    stages = []
    for number, section in enumerate(sections):
        items = section.boxes if boxed else [(one, False) for one in section.bullets]
        skills: list[Learn] = []
        links: list[Link] = []
        for item, done in items:
            ticked += done
            _take(item, skills, links, lost)
        if skills or links:
            if section in tops and len(tops) == 1:
                section.prose = []  # it speaks of the whole
            stage_title = "First of all" if section in tops and len(tops) == 1 else section.title
            stages.append(_stage(number, stage_title, skills, links, section))
        elif section.title and section not in tops:
            lost.append(f'the heading "{line(section.title, 60)}", which has no items of its own')
        if boxed and section.bullets:
            lost.append(
                f'items without a check box under "{line(section.title, 60)}": {len(section.bullets)}'
            )
    if ticked:
        lost.append(f"your progress ({ticked} checked): a track holds none; mark it with `roadmap done`")
    tagline = line(_plain(" ".join(tops[0].prose)[:1000]), 200) if len(tops) == 1 else ""
    return Found(
        title, tuple(stages), "Imported from a checklist in Markdown.", lost=tuple(lost), tagline=tagline
    )


def _sections(text: str) -> tuple[list[_Section], list[str]]:
    """Cut the text at its headings. Code blocks and comments are passed over."""
    lines = text.split("\n", MAX_LINES)
    lost = [f"everything after line {MAX_LINES:,}"] if len(lines) > MAX_LINES else []
    sections = [_Section(0, "")]
    items = nested = 0
    fence = ""
    comment = False
    for raw in lines[:MAX_LINES]:
        row = raw[:MAX_LINE].rstrip("\r")
        if comment:
            comment = "-->" not in row
        elif fence:
            fence = "" if row.lstrip().startswith(fence) else fence
        elif match := _FENCE.match(row):
            fence = match.group(1)
        elif row.lstrip().startswith("<!--"):
            comment = "-->" not in row
        elif (match := _HEADING.match(row)) and len(sections) < MAX_HEADINGS:
            sections.append(_Section(len(match.group(1)), _plain(match.group(2).rstrip("# "))))
        elif match := _ITEM.match(row):
            items += 1
            if items > MAX_ITEMS:
                continue
            nested += row[:2].isspace()
            if match.group(1) is None:
                sections[-1].bullets.append(match.group(2))
            else:
                sections[-1].boxes.append((match.group(2), match.group(1) != " "))
        elif row.strip() and not sections[-1].boxes and not sections[-1].bullets:
            sections[-1].prose.append(row)
    if nested:
        lost.append(f"which item stands under which, of items set in from the edge: {nested}")
    if items > MAX_ITEMS:
        lost.append(f"{items - MAX_ITEMS} items beyond the first {MAX_ITEMS:,}")
    return sections, lost


def _take(item: str, skills: list[Learn], links: list[Link], lost: list[str]) -> None:
    """Put one item where it belongs: one that is nothing but a link is a resource, all else is a skill."""
    kept = []
    for match in _LINK.finditer(item):
        name, url = _plain(match.group(1)) or match.group(2), address(match.group(2))
        if url:
            links.append(Link(line(name), url))
            kept.append(True)
        else:
            kept.append(False)
            lost.append(f'the link of "{line(name, 60)}", which is not a web address')
    words = _plain(item)
    only_links = not re.sub(r"[\W_]+", "", _LINK.sub("", item))
    if words and not (only_links and kept and all(kept)):
        skills.append(Learn(words))


def _stage(number: int, title: str, skills: list[Learn], links: list[Link], section: _Section) -> Stage:
    why = _plain(" ".join(section.prose)[:4000])
    return Stage(
        str(number), line(title, 100) or "First of all", tuple(skills), tuple(links), line(why, 2000)
    )


def _plain(text: str) -> str:
    """Return text without the marks of Markdown: links become their words."""
    return line(_MARKS.sub("", _LINK.sub(r"\1", text)))
