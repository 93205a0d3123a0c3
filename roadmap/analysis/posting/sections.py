"""From plain text to sentences, each with the part of the posting it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from roadmap.analysis.posting.headings import INLINE, RUN_TOGETHER, bare, heading_part, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sentence(NamedTuple):
    """A sentence or a bullet: where it stands in the plain text, and in which part of the posting."""

    part: str
    start: int
    end: int


class _Block(NamedTuple):
    """Lines that belong together: a bullet or a paragraph."""

    start: int
    end: int
    bullet: bool
    sign: str = ""
    """What a bullet is made of: ``-``, a number, a picture."""


class _Phrases:
    """Phrases to look for in a sentence. A sentence without the longest word of any is not looked at twice."""

    __slots__ = ("_keys", "_phrases")

    def __init__(self, listed: str) -> None:
        self._phrases = tuple(f" {one.strip()} " for one in listed.split(","))
        self._keys = frozenset(max(one.split(), key=len) for one in self._phrases)

    def within(self, said: str, words: frozenset[str]) -> bool:
        """Tell whether one stands in a sentence, given with its words."""
        return not self._keys.isdisjoint(words) and any(one in said for one in self._phrases)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BULLET = re.compile(
    r"\s*(?:[-*•●▪◦‣·∙➢➤►▸▹✓✔■□○»–—→]|[~+/>](?=\s)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?(?=\s)|o(?=\s+[A-Z])|"
    r"\d{1,2}[.)])\s*(?=\S)(?<!\*\*)"
)
_LABEL = re.compile(r"\W*([A-Za-z][\w /&'’-]{1,40}?)\s?[:：]\s+(?=\S)")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|(?<=[.;:)\w]))[•●▪◦‣➢➤►✓✔■]\s*")
_INLINE_DASH = re.compile(r"(?<=\s)[-–—*] (?=[A-Z])")
_DASHES = 3
"""How many dashes before capital letters make a list of a line that was run together."""

_END = re.compile(
    r"[.!?;](?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bSr\.)(?<!\bU\.S\.)[\"”’)]*\s+(?=[\"“(]?[A-Z0-9])"
)
_OPEN_END = re.compile(r"(?:[,&(/–—]|\b(?:and|or|the|of|with|to|in|for|a|an|our|your|using|by|on|as|from))$")
_ABOUT_WORK = _Phrases(
    "you ll, you will, you would, looking for, seeking, searching for, hiring, this role, the role, this position, "
    "the position, this job, the job, this engineer, the candidate, ideal candidate, your role, your work, "
    "your mission, your job, responsible for, join us as, join us to, join our team as, join our team to, you d, "
    "you ve got, this person, someone who, someone to, we need, i need, we want, we ll be working on, day to day, "
    "your first, the work, work includes, need an engineer, our next, own the, role involves, you can expect, "
    "you are going to, we are after, we re after, on your plate, your days, your week"
)
_PAY_OR_PLACE = _Phrases(
    "base salary, base pay, salary range, annual salary, pay range, equity grant, equity package, and equity, "
    "benefits package, and benefits, relocation, hybrid work, hybrid role, hybrid schedule, hybrid position, "
    "hybrid working, hybrid model, hybrid office, fully remote, remote position, remote role, remote first, "
    "remote employees, work remotely, visa sponsorship, equal opportunity, in our office, in office, the office, "
    "our offices, days a week, days per week, day a week, based in, full time, part time, 401 k, eligible for, "
    "this position, reports to, report to, reporting to, requisition"
)
_LAW_OR_PERKS = _Phrases(
    "do not discriminate, discriminate against, without regard to, national origin, sexual orientation, "
    "equal opportunity, equal employment, reasonable accommodation, medical dental, dental vision, "
    "dental and vision, parental leave, paid time off, pto, paid holidays, company holidays, sick time, "
    "sick leave, stipend, health insurance, life insurance, 401 k, health benefits, base salary, base pay, "
    "salary range, pay range, equity package, gym membership, wellness, visa sponsorship, committed to diversity, "
    "diverse and inclusive, diversity and inclusion, annual leave, vacation days, offsite, offsites, retreats, "
    "your resume, cv to, apply at, apply here, to apply, email us, cover letter, career growth, job security, "
    "meal vouchers, free lunch, team events"
)
_CUSTOMERS = _words("customer customers client clients")
_STACK = (
    "stack ",
    "tech stack ",
    "our stack ",
    "requirements ",
    "required ",
    "must have ",
    "we use ",
    "tech ",
)
_ASKED_LIGHTLY = _Phrases(
    "bonus, nice to have, a plus, an advantage, an asset, a bonus, strong plus, big plus, huge plus, major plus, "
    "preferred, desirable, ideally, not required"
)
_DUTY_VERBS = _words(
    "design build develop lead implement own drive deploy train create architect deliver maintain "
    "integrate monitor optimize optimise fine define improve extend set assess instrument run curate "
    "provide take prepare operate tune turn analyze analyse help refine debug research prototype test "
    "investigate ship add partner manage scale support conduct automate evaluate write collaborate work track keep "
)
_ASKED = _words(
    "experience expertise proficiency proficient knowledge familiarity familiar understanding background fluency fluent "
    "mastery aptitude passion passionate ability skill skills skilled experienced comfortable strong excellent "
    "solid deep "
    "proven demonstrated exceptional highly bachelor bachelors master masters bs ms phd degree minimum years yrs"
)
_HAD = _words("experience expertise proficiency background fluency skill skills ability degree")
_OFFERED = _words("offer benefits perks values traits behaviors behaviours matters steps details note")
_BROUGHT = _words(
    "has have bring possess thrive skills skill who if requirements qualifications attributes apply"
)
_ASKED_FIRST = (
    "have a ",
    "have an ",
    "have experience ",
    "you have ",
    "you are ",
    "you re ",
    "you ve ",
    "you enjoy ",
    "you know ",
    "at least ",
    "track record ",
)
_PICTURES = "\u2600"
"""The first of the letters that are pictures."""

_SHORT = 60
"""The letters of a line that may be a heading."""

_LONG = 200
"""The letters of a paragraph that is no duty among others in a list."""

_FEW_LETTERS = 16
"""The letters of a sentence that tells a duty."""

_MONEY = re.compile(r"[$£€]\s?\d")


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a posting, its title first, in order. Headings are not among them."""
    blocks = list(_blocks(text))
    found: list[Sentence] = []
    if not blocks:
        return found
    first = blocks[0]
    part = "company"
    if not first.bullet and first.end - first.start <= 160:
        found.append(Sentence("title", first.start, first.end))
        blocks = blocks[1:]
    title = text[first.start : first.end].strip().lower()
    headed = listed = adrift = False
    for number, block in enumerate(blocks):
        content = text[block.start : block.end]
        label = _labeled(content)
        if label is None and (
            not block.bullet
            or block.sign[:1].isdigit()
            or _stands_alone(blocks, number)
            or content.rstrip().endswith((":", "：", "**"))
        ):
            begun = heading_part(content)
            if begun is not None and not (block.bullet and not begun):
                adrift = listed and not begun
                if begun:
                    part, headed, listed = begun, True, False
                continue
        if content.strip().lower() == title:
            continue
        if block.bullet:
            listed, adrift = True, False
        elif listed and label is None and part in ("duties", "requirements", "nice"):
            if not adrift and len(content) < _SHORT and content.rstrip()[-1:].isalnum():
                adrift = True  # a line on its own after a list: a heading that nothing marks as one
                continue
            if adrift or len(content) > _LONG:
                part, headed, listed = (
                    "company",
                    False,
                    False,
                )  # the list has ended; what follows tells of other things
        begun = _led_in(content, part) if label is None else None
        if begun is not None:
            part, headed, listed = begun, True, False
        here = label or part
        for start, end in _split(text, block):
            found.append(Sentence(_refine(text[start:end], here, block.bullet, headed), start, end))
    if not any(one.part == "duties" for one in found):
        # A posting that tells the work in paragraphs has no list of duties: the paragraphs are it.
        found = [one._replace(part="duties") if one.part == "role" else one for one in found]
    return found


def _led_in(content: str, part: str) -> str | None:
    """Return the part that a sentence ending in a colon leads into: "As one of us you can expect to:"."""
    if not content.rstrip("* ").endswith((":", "：")) or part == "other":
        return None
    last = content[max(0, content.rfind(". ") + 1) :]
    said = f" {bare(last)} "
    words = frozenset(said.split())
    if not _OFFERED.isdisjoint(words):
        return "other"
    if not _BROUGHT.isdisjoint(words) and not said.endswith(" opportunity to "):
        return "requirements"
    return "duties" if _tells_work(said, words) else None


def _stands_alone(blocks: list[_Block], number: int) -> bool:
    """Tell whether a picture begins a line that is in no list of such lines, as it does in many headings."""
    sign = blocks[number].sign
    if sign[:1] < _PICTURES:
        return False
    beside = blocks[max(0, number - 1) : number] + blocks[number + 1 : number + 2]
    return all(block.sign != sign for block in beside)


def _labeled(content: str) -> str | None:
    """Return the part that a label at the beginning names: "Nice to have: Rust". None when there is none."""
    match = _LABEL.match(content[:80])
    if match is None or content.startswith("#") or bare(match.group(1)).count(" ") > 4:
        return None
    part = heading_part(match.group(1) + ":")
    return part if part in ("other", "nice", "requirements", "duties") else None


def _refine(sentence: str, part: str, bullet: bool, headed: bool) -> str:
    """Correct the part a heading gave by what the sentence is like."""
    if part == "other":
        return part
    said = f" {bare(sentence)} "
    words = frozenset(said.split())
    if _LAW_OR_PERKS.within(said, words):
        return "other"
    if part == "nice":
        return part
    if part == "company":
        if bullet and not headed:
            part = "duties"
        elif said.lstrip().startswith((*_STACK, *_ASKED_FIRST)):
            part = "requirements"
        elif _tells_work(said, words):
            part = "role"
    # "Three days a week in the office" is no duty; at the client's it is.
    placed = _CUSTOMERS.isdisjoint(words) and _PAY_OR_PLACE.within(said, words)
    if part in ("duties", "role") and (placed or _MONEY.search(sentence)):
        return "other"
    if part == "duties" and _is_asked(said):
        return "requirements"
    if part == "requirements":
        if bullet and said.split(" ", 2)[1] in _DUTY_VERBS:
            return "duties"
        if _ASKED_LIGHTLY.within(said, words):
            return "nice"
    return part


def _tells_work(said: str, words: frozenset[str]) -> bool:
    """Tell whether a sentence outside the lists speaks of what one will do: "You will ...", "Improve how ..."."""
    if said.startswith((" you ", " you ll ")) or _ABOUT_WORK.within(said, words):
        return True
    return len(said) > _FEW_LETTERS and said.split(" ", 2)[1] in _DUTY_VERBS


def _is_asked(said: str) -> bool:
    """Tell whether a sentence asks for something one has, rather than telling what one will do."""
    opening = said.split()[:3]
    if opening and opening[0] in _DUTY_VERBS:  # "Build knowledge graphs", but "Research experience"
        return len(opening) > 1 and opening[1] in _HAD
    return any(word in _ASKED for word in opening) or said.lstrip().startswith(_ASKED_FIRST)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield bullets and paragraphs. A line goes on with the one before when a sentence plainly does."""
    open_block: _Block | None = None
    place = 0
    for line in text.split("\n"):
        start, place = place, place + len(line) + 1
        if not line.strip():
            if open_block:
                yield open_block
            open_block = None
            continue
        for segment in _segments(line, start):
            content = text[segment.start : segment.end]
            if (
                open_block
                and not segment.bullet
                and _goes_on(text[open_block.start : open_block.end], content, open_block.bullet)
            ):
                open_block = open_block._replace(end=segment.end)
                continue
            if open_block:
                yield open_block
            open_block = segment
    if open_block:
        yield open_block


def _segments(line: str, offset: int) -> Iterator[_Block]:
    """Cut one line at bullets and headings inside it."""
    marker = _BULLET.match(line)
    bullet = marker is not None and not line.lstrip().startswith("**")
    begin = marker.end() if marker and bullet else len(line) - len(line.lstrip())
    cuts = [(match.start(), match.end(), True) for match in _INLINE_BULLET.finditer(line, begin + 1)]
    if len(line) > 120:
        cuts += [(match.start(), match.start(), False) for match in INLINE.finditer(line, begin + 1)]
        cuts += [(match.end(), match.end(), False) for match in INLINE.finditer(line, begin)]
        for start, end in unmarked(line, begin + 1):
            if len(line) >= RUN_TOGETHER or end >= len(line.rstrip()):
                cuts += [(start, start, False), (end, end, False)]
        dashes = _INLINE_DASH.finditer(line, begin + 1) if len(line) >= RUN_TOGETHER else ()
        listed = [(match.start(), match.end(), True) for match in dashes]
        cuts += listed if len(listed) >= _DASHES else []
        cuts.sort()
    sign = marker.group().strip() if marker and bullet else ""
    for stop, resume, next_bullet in [*cuts, (len(line), len(line), False)]:
        if line[begin:stop].strip():
            yield _Block(offset + begin, offset + stop, bullet, sign)
        begin, bullet, sign = max(begin, resume), next_bullet, ""


def _goes_on(before: str, line: str, bullet: bool) -> bool:
    """Tell whether a line continues the block before it."""
    stripped = line.strip()
    ending = before.rstrip()
    if ending.endswith((":", "：", ".", "!", "?")):
        return False
    return (stripped[:1].islower() and (bullet or len(ending) > 25)) or _OPEN_END.search(
        ending[-8:]
    ) is not None


def _split(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    """Cut a block into sentences."""
    begin = block.start
    for match in _END.finditer(text, block.start, block.end):
        yield begin, match.start() + 1
        begin = match.end()
    if text[begin : block.end].strip():
        yield begin, block.end
