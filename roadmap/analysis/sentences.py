"""What a comparison, a quiz and a posting come to, in sentences: the same in the commands and on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.model.amounts import count, hours_text, split_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from roadmap.analysis.compare import Switch
    from roadmap.analysis.fit import Fit
    from roadmap.analysis.posting.reading import Evidence, Reading
    from roadmap.model.catalog import Catalog


def switch_text(catalog: Catalog, one: Switch) -> str:
    """Say what switching costs: "from AI Engineer to ML Engineer: 10 milestones, 316 h, of which 2 are yours"."""
    start, goal = catalog.tracks[one.start].title, catalog.tracks[one.goal].title
    if not one.milestones:
        return f"from {start} to {goal}: nothing more to do"
    cost = f"from {start} to {goal}: {count(len(one.milestones), 'milestone')}, {hours_text(one.hours)}"
    notes = []
    if one.yours:
        notes.append(f"of which {len(one.yours)} {'is' if len(one.yours) == 1 else 'are'} yours")
    elif one.hours_yours:
        notes.append(f"of which {split_hours(one.hours_yours, one.remaining)[0]} is done")
    if one.shared_skills:
        notes.append(f"{count(one.shared_skills, 'skill')} of theirs on the way already")
    return ", ".join([cost, *notes])


def fit_text(catalog: Catalog, result: Fit) -> str:
    """Say which role leads, and by how much. Nothing when no answer decides."""
    if result.top is None:
        return ""
    top = catalog.tracks[result.top].title
    if len(result.roles) < 2:
        return top
    second = catalog.tracks[result.roles[1].role].title
    lead = count(result.lead, "point")
    if result.lead == 0:
        return f"{top}, but it is close: level with {second}."
    if result.close:
        return f"{top}, but it is close: {lead} before {second}."
    return f"{top}, by {lead} before {second}."


def role_name(catalog: Catalog, role: str) -> str:
    """Return the title of a role of a reading; ``none`` is "none of these roles"."""
    return catalog.tracks[role].title if role in catalog.tracks else "none of these roles"


def foreign_text(language: str) -> str:
    """Say that a posting is in another language, and that this is why it is not read."""
    return f"This looks like {language}. Only English postings can be read; guessing would help nobody."


def verdict(catalog: Catalog, reading: Reading) -> list[str]:
    """Say in a sentence or two which roles a posting mixes, and where its title misleads."""
    if not reading.evidence:
        return ["Nothing in it speaks for any of the roles, and little of it describes work."]
    from roadmap.analysis.posting.reading import LEAD

    (top, _), (second, _) = reading.shares[:2]
    share, next_share = whole_percents([share for _, share in reading.shares])[:2]
    name = role_name(catalog, top)
    if reading.clear:
        lines = [f"{name}: {share}% of what it says of the work."]
    else:
        close = reading.shares[0][1] - reading.shares[1][1] < LEAD
        near = (
            f"{role_name(catalog, second)} ({next_share}%) is near" if close else "there is little to go by"
        )
        lines = [f"Not clear. Most like {name} ({share}%); {near}. Ask what the first half year is about."]
    if reading.clear and reading.title_misleads and reading.title_role is not None:
        called = catalog.tracks[reading.title_role].title
        lines.append(
            f'The title says "{shortened(reading.title)}", which sounds like {called}; '
            "the work described does not."
        )
    return lines


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Round shares that sum to 1 to percents that sum to 100, none of them off by a whole one."""
    parts = [int(share * 100) for share in shares]
    order = sorted(range(len(shares)), key=lambda at: parts[at] - shares[at] * 100)
    for at in order[: max(0, 100 - sum(parts))]:
        parts[at] += 1
    return parts


def best_quotes(evidence: Iterable[Evidence], limit: int) -> list[Evidence]:
    """Return the weightiest quotes, each once, in the order of the text; sentences nobody claims come last."""
    from roadmap.analysis.posting.scoring import UNCLAIMED_MEANS

    ranked = sorted(evidence, key=lambda one: (one.means == UNCLAIMED_MEANS, -one.weight))
    found: dict[str, Evidence] = {}
    for one in ranked:
        found.setdefault(one.quote.lower(), one)
    return sorted(list(found.values())[:limit], key=lambda one: one.start)


def shortened(text: str, limit: int = 90) -> str:
    """Cut a quote that is too long to read at a glance."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
