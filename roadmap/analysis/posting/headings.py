"""Headings of job postings, in the many wordings they have, and the part of the posting that each begins.

They are lists of words rather than patterns: patterns of this size take longer to compile than a posting takes to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = ("title", "duties", "role", "requirements", "nice", "company", "other")
"""The parts of a posting. ``other`` is pay, perks, process and law: it says nothing about the work."""

_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "other",
        """
        equal opportunit*, equal employment, eeo, diversity, inclusi*, accommodation*, privacy, how to apply
        to apply, ^apply*, ^application*, interview process, hiring process, our process, recruitment, disclaimer
        background check*, privacy notice, expect from us, what you can expect from, what awaits you, visa, agency
        agencies, next steps, where you ll be, where you ll work, where will you work, where we work
        where we are, ^location*, ^job location*, equipment, legal, ^type, ^job type, ^schedule, ^job schedule
        ^posting, ^job posting, ^job id, employee status, travel$, not make a good fit, not be a good fit
        not make a great fit, not be a great fit, who you are not, this role is not, we don t, ai usage, scam*
        quick facts, work authorization, work environment, work location, physical demands, physical requirements
        ^learn more, fraud*, benefit, benefits, perks, compensation, salary, pay range, pay transparency, ^pay
        what we offer, what we ll offer, what we will offer, what we provide, what we ll bring, ^we offer
        what you get, what you ll get, what you will get, what you ll receive, what you will receive
        what you ll gain, what you ll learn, what s in it, what is in it, our offer, rewards$, ^why join, ^why you
        ^why us, ^why work, ^why this, ^why we, ^why it, stock options, life at, working at, working with us
        joining us, we take care, in return, package, have the opportunity to$, what it s like, fun facts
        transparency$, flexible work*, time off, health and wellness, community involvement, recognition$
        ^financial$, you ll get$, you will get$, core values, fit into our, selection process, ^why joins
        work style*, ^hiring, ^interview*, ^process$, ^contact, ^how we work, ways of working, ^remote$, ^hours
        employment type, ^start date, ^perks, ^you get$, fine print, ^selection$, ^practical*, some honest, ^salary
        please note, before you apply, ^our core, core behaviors, core behaviours
        ^pay$, ^notice, ^shift, ^start$, ^contract$, ^office$, what happens when you, how we hire, ^loc$
        """,
    ),
    (
        "nice",
        """
        nice, bonus, preferred, plus, pluses, desired, desirable, good to have, great to have, great if, even better
        would be great, brownie, extra credit, extra points, standout, stand out, set you apart, ideally, advantag*
        ^nice$, extra plus, ^extra$, ^plus$, great to haves, ahead of the curve, also bring, not required, optional
        helpful, would love, additional skills, additional qualifications, additional experience, differentiator*
        valued, beneficial
        """,
    ),
    (
        "requirements",
        """
        requirement*, qualif*, what you bring, what you ll bring, what you will bring, what you have
        what you ll have, what you will have, what you need, what you ll need, what you will need
        what you should have, what you must have, what you offer, who you are, about you, skill, skills
        what we look*, what we re look*, what we are look*, what we expect, what we need, what we seek
        what we re seeking, what we want, what we value, what we hope, we are looking for, we re looking for
        ^you have, ^you are, ^you re, ^you bring, ^you know, ^you possess, ^you ve, you ll bring, must have*
        ^minimum, ^basic, ^required, education, your profile, your background, your expertise, your experience
        your skills, your strengths, ideal candidate, successful candidate, right candidate, great candidate, a fit
        good fit, great fit, right fit, what makes you, you thrive, you ll thrive, you will thrive, you might thrive
        you should apply, you should have, you should get, love to hear, excited to hear, excited if you
        ^experience$, ^work experience$, ^professional experience$, ^prior experience$, ^relevant experience$
        tech stack, technical stack, technical skills, technical requirements, technical expertise, ^technolog*
        our stack, the stack, ^tools, competenc*, proficien*, ^knowledge, credentials, who we re looking
        who we are looking, who should apply, who can apply, who will love, who will succeed, success profile
        successful profile, ^profile$, ^you ll need, ^you ll have, ^you ll succeed, you ll be$, role requires$
        need to succeed, help you succeed, help you to succeed, to be successful, what are we looking
        key technologies, technologies we use, ^stack$, ^tech$, good to know, ^must$, ^musts, ^must have
        ^should have, ^you$, you need$, ^essential$, background we, ideal background, ideal experience*, the person$
        you should be$, we require, make us love, successful here, we prefer$, people who$, you have$
        you will have$, to bring$, selection criteria, you ve done$, probably have$, you ve got, who are you
        should you have, ^required$, ^preferred skills, ^your story, what it needs, we need$, we ask, what we ask
        ^bring, your toolkit, hard skills, soft skills, to succeed, to excel, person specification, ^candidate*
        what it takes, you could be
        """,
    ),
    (
        "role",
        """
        about the role, about this role, about your role, about the job, about this job, about the position
        about this position, about the opportunity, about this opportunity, about the work, ^the role
        ^the opportunity, ^the position, ^the job, role overview, role summary, role description, role purpose
        ^role$, position overview, position summary, position description, position purpose, job description
        job summary, job purpose, job overview, job brief, overview of the role, ^summary$, ^overview$, ^purpose$
        ^description$, ^introduction$, general summary, the difference you, opportunity$, your opportunity, first 30
        first 60, first 90, first year, first six months, first three months, first month*, first week*
        why this role, what this is, what to expect, role highlights, what the role is, positions description
        job details, ^job discription
        """,
    ),
    (
        "duties",
        """
        responsib*, duties, ^what you do, ^what you ll, ^what you will, ^what you would, ^what you re
        ^what will you do, ^what you can expect, ^you ll$, ^you will$, ^you ll be$, ^you will be$, ^you ll do
        ^you will do, ^you ll own, ^you will own, ^you ll build, ^you will build, ^you ll work, ^you will work
        ^you ll lead, ^you ll get to, in this role, in this position, in this job, day to day, typical day
        your role, your impact, your mission, your task, your tasks, your job, your work, your day
        your contribution*, your focus, your challenge*, your mandate, accountabilit*, how you ll, how you will
        the work, ^scope, ^tasks, might work on, may work on, projects you, job functions, essential functions
        area of focus, areas of focus, areas of work, the challenge, as a*, success in this, success looks
        what success, key objectives, key activities, key deliverables, key areas, key tasks, key functions
        focus area*, ^what you d, ^you d, example projects, sample projects, projects include, current projects
        things you, problems you, ^what we ll build, what needs doing, what the job is, ^the job is
        what we need you, what you are going to do, your first project*, main duties, initiatives, ^you get to
        ^your playground, what you own, what you build, what you work on, ^own$, ^build$, the day job
        week looks like, ^the week, will$, ^jd$, normal week, expected outcomes, outcomes for this role
        ^essential functions, ^essential job, what s on the board, ^you own, your days, how you spend, you will$
        you will be$, you ll$, deliverables, outcomes and, you will get to
        description of work, work you can expect, expect to$, main tasks, main activities, main focus, the day
        what s the job, trust you to$
        """,
    ),
    (
        "company",
        """
        ^about, who we are, ^our company, ^our mission, ^our values, ^our story, ^our culture, ^our team
        ^our vision, ^our product*, ^our purpose, ^our customers, ^our client*, ^the company, ^company, ^the client
        ^client, ^the team, ^team, ^the mission, ^mission, company description, company overview, company profile
        team overview, team purpose, team description, ^meet, ^values, what we do, what we re building
        what we build, what we believe, our values, culture, the community you, ^we are
        """,
    ),
)
"""What headings say, in small letters and without signs; the first part that fits is meant. ``^`` stands for the
beginning of the line, ``$`` for its end, ``*`` for any ending of a word."""


def _needle(phrase: str) -> str:
    """Write a phrase as what to look for in a line that is framed by its signs."""
    start = "^ " if phrase.startswith("^") else " "
    end = "" if phrase.endswith("*") else " $" if phrase.endswith("$") else " "
    return start + phrase.strip("^$*") + end


class _Needle(NamedTuple):
    """What to look for in a heading, the part it means, and its rank: the first that fits is meant."""

    rank: int
    part: str
    text: str


def _needles() -> tuple[dict[str, list[_Needle]], dict[str, list[_Needle]]]:
    """Return the needles by their first word, and those whose first word may end in any way by its beginning."""
    whole: dict[str, list[_Needle]] = {}
    begun: dict[str, list[_Needle]] = {}
    rank = 0
    for part, lines in _HEADINGS:
        for phrase in filter(None, map(str.strip, lines.replace("\n", ",").split(","))):
            rank += 1
            first = phrase.lstrip("^").rstrip("$").split(" ", 1)[0]
            into = begun if first.endswith("*") else whole
            into.setdefault(first.rstrip("*"), []).append(_Needle(rank, part, _needle(phrase)))
    return whole, begun


_WHOLE, _BEGUN = _needles()
_LENGTHS = tuple(sorted({len(one) for one in _BEGUN}))
_NOT_WORDS = re.compile(r"[^a-z0-9]+")

INLINE = re.compile(
    r"(?<![\w-])(?:[A-Z][\w-]+ ){0,2}(?:[Rr]esponsibilities|RESPONSIBILITIES|[Dd]uties|[Rr]equirements|[Qq]ualifications|"
    r"QUALIFICATIONS|What [Yy]ou(?:['’]ll| [Ww]ill) (?:[Dd]o|[Bb]ring)|[Nn]ice[ -]to[ -][Hh]aves?|[Mm]ust[ -][Hh]aves?|"
    r"About (?:[Uu]s|[Tt]he [Rr]ole|[Yy]ou)|What we offer|[Bb]enefits)\s*(?:[:：]|(?=\s[•●▪·]))"
)
"""A heading inside a line, as in a posting pasted without its line breaks."""

_SENTENCE = re.compile(r"(?:^|[.!?:;)] | [-–—•] |[a-z] (?=[A-Z]{3}))(?=[A-Z])")
_AFTER = re.compile(r"[?:]?(?=\s*$|\*|\s+(?:[-–—•*] ?)?[A-Z(\d])")
_UNMARKED = tuple(
    sorted(
        (
            phrase.strip()
            for phrase in """
            about the role, about this role, about our role, about the job, about this job, about the position
            about this position, about the team, about our team, about the company, about the opportunity
            about this opportunity, about the work, about us, about you, what you'll do, what you will do
            what you'll bring, what you will bring, what you'll need, what you will need, what you'll be doing
            what you will be doing, what you'll work on, what you'll own, what you bring, what will you do
            what we're looking for, what we are looking for, what we look for, what we offer, who you are, who we are
            the impact you'll have, the impact you will have, in this role you will
            minimum requirements, minimum qualifications, basic requirements, basic qualifications
            preferred requirements, preferred qualifications, required qualifications, desired qualifications
            additional requirements, key requirements, job requirements, requirements, qualifications
            key responsibilities, core responsibilities, main responsibilities, your responsibilities
            job responsibilities, responsibilities, job summary, role summary, position summary, job description
            role description, position description, job overview, role overview, position overview, nice to haves
            nice to have, perks and benefits, perks & benefits, perks, benefits
            """.strip()
            .replace("\n", ",")
            .split(",")
        ),
        key=len,
        reverse=True,
    )
)
"""Headings that are known inside a line by nothing but the capital letters they and the next word begin with."""


def unmarked(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield from where to where such headings stand in a line, from a place on."""
    small = line.lower().replace("’", "'")
    if len(small) != len(line):
        return
    for match in _SENTENCE.finditer(line, start):
        place = match.end()
        if small.startswith(_UNMARKED, place):
            phrase = next(one for one in _UNMARKED if small.startswith(one, place))
            if (after := _AFTER.match(line, place + len(phrase))) is not None:
                yield place, after.end()


RUN_TOGETHER = 300
"""The letters of a line from which headings inside it need no sign."""

ALWAYS_LONG = 14
"""A line with more words than this is no heading, however it looks."""


def bare(text: str) -> str:
    """Return a text in small letters, its words parted by single spaces, everything else gone."""
    return _NOT_WORDS.sub(" ", text.lower()).strip()


def heading_part(line: str) -> str | None:
    """Return the part that a line begins: ``""`` for a heading that names none, None for a line that is no heading.

    ``line`` is one line of plain text without its bullet.
    """
    stripped = line.strip()
    if len(stripped) > 160:
        return None
    styled = stripped.startswith(("#", "**", "__")) or stripped.rstrip("*").rstrip().endswith(
        (":", "：", "**")
    )
    styled = styled or stripped.endswith("**") or (stripped.isupper() and len(stripped) > 3)
    said = bare(stripped)
    count = said.count(" ") + 1
    if not said or count > ALWAYS_LONG:
        return None
    if not styled and (count > 9 or stripped[-1:] in ".!;,"):
        return None
    if not styled and stripped[:1].islower() and line != line.lower():
        return None
    framed = f"^ {said} $"
    best: _Needle | None = None
    for word in said.split(" "):
        candidates = list(_WHOLE.get(word, ()))
        for length in _LENGTHS:
            candidates += _BEGUN.get(word[:length], ())
        for needle in candidates:
            if best is None or needle.rank < best.rank:
                place = framed.find(needle.text)
                if place >= 0 and (styled or count <= 8 or place <= 1):
                    best = needle
    if best is not None:
        return best.part
    return "" if styled and count <= 8 else None
