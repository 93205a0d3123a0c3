"""What the bundled tracks hold themselves to, one rule a test. A failure names the address and the text.

Where a rule has an exception, the curriculum says so: a capstone is projects alone, but for the agentic one, which
has two skills of its own; references come on top of a milestone's own skills.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from roadmap.analysis.path import path_of
from roadmap.analysis.standing import standing_of
from roadmap.lint.files import Library, find_files, read_files
from roadmap.lint.run import lint
from roadmap.loading.diagnostics import width
from roadmap.loading.sources import bundled
from roadmap.model.catalog import page
from roadmap.model.progress import Entry, Progress, State

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog
    from roadmap.model.track import Milestone, Project, Resource, Skill

HOURS = {
    "ai-engineer": 365,
    "genai-developer": 531,
    "agentic-ai-engineer": 544,
    "forward-deployed-engineer": 649,
    "ml-engineer": 386,
}
"""The hours of each path, capstone included."""

DIMENSIONS = {
    "data-and-statistics", "model-training", "software-engineering", "llm-application", "agents-and-autonomy",
    "evaluation", "infrastructure", "product-and-ux", "customers",
}  # fmt: skip
"""What every role has a value from 0 to 5 for."""

SIDE_ROADS = {"genai-developer/video-and-multimodal-search", "ml-engineer/gpu-performance-and-scale"}
"""What the curriculum lets end by itself: part of the path, and no condition of anything."""

FEW_SKILLS = {"agentic-ai-engineer/agent-capstone"}
"""The one capstone with skills of its own has two of them."""


def plain(text: str) -> str:
    """Reduce a text to its words, so that two texts that only look different are the same."""
    return " ".join(re.findall(r"[\w^@]+", text.lower()))


def test_lint_has_nothing_to_say() -> None:
    report = lint(read_files(find_files([bundled()])), Library([bundled()]))
    assert [fault.brief() for fault in report.faults] == []


def test_every_web_address_is_well_formed(resources: list[Resource]) -> None:
    def fine(url: str) -> bool:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", parts.netloc) is not None
            and url.isascii()
            and url.isprintable()
            and " " not in url
            and url[-1] not in ",;."
            and "utm_" not in url
        )

    assert [f"{one.address}: {one.url}" for one in resources if not fine(one.url)] == []


def test_one_web_address_has_one_title(resources: list[Resource]) -> None:
    called = defaultdict(set)
    for one in resources:
        called[page(one.url)].add(one.title)
    assert {url: several for url, several in called.items() if len(several) > 1} == {}


def test_every_milestone_is_open_when_the_path_comes_to_it(bundle: Catalog) -> None:
    """So no prerequisite is missing, none waits for itself, and the order of the file is one to follow."""
    locked = []
    for role in bundle.tracks:
        met: set[str] = set()
        for one in path_of(bundle, role).milestones:
            locked += [
                f"{role}: {one.address} waits for {group}" for group in one.after if not met & set(group)
            ]
            met.add(one.address)
    assert locked == []


def test_nothing_waits_for_what_comes_later(bundle: Catalog) -> None:
    later = []
    for role in bundle.tracks:
        path = [one.address for one in path_of(bundle, role).milestones]
        for index, one in enumerate(path_of(bundle, role).milestones):
            later += [f"{role}: {one.address} waits for {wanted}" for group in one.after for wanted in group
                      if wanted in path[index:]]  # fmt: skip
    assert later == []


def test_every_milestone_leads_on_to_another(bundle: Catalog, milestones: list[Milestone]) -> None:
    """None stands apart: what nothing in its own track builds on is a capstone, or a side road on purpose."""
    wanted = {(one.track, address) for one in milestones for group in one.after for address in group}
    ends = [one for one in milestones if (one.track, one.address) not in wanted]
    assert {one.address for one in ends if not one.capstone} == SIDE_ROADS
    assert [one.address for one in ends if one.capstone] == [
        track.milestones[-1].address for track in bundle.tracks.values()
    ]


def test_no_question_is_asked_twice(skills: list[Skill]) -> None:
    asked = defaultdict(list)
    for skill in skills:
        for question in skill.ask:
            asked[plain(question.q)].append(skill.address)
    assert {question: where for question, where in asked.items() if len(where) > 1} == {}


def test_each_proof_has_two_criteria_and_evaluated_a_number(projects: list[Project]) -> None:
    thin = [f"{one.address}: {proof} has {len(one.criteria(proof))}" for one in projects
            for proof in ("built", "evaluated", "explained") if len(one.criteria(proof)) < 2]  # fmt: skip
    assert thin == []
    vague = [f"{one.address}: {one.evaluated}" for one in projects
             if not re.search(r"\d", " ".join(one.evaluated))]  # fmt: skip
    assert vague == []


def test_each_skill_has_one_to_three_recall_questions(skills: list[Skill]) -> None:
    counts = [(one.address, len(one.ask)) for one in skills]
    assert [one for one in counts if not 1 <= one[1] <= 3] == []


def test_each_milestone_has_enough_and_not_too_much(milestones: list[Milestone]) -> None:
    faults = []
    for one in milestones:
        own = sum(not entry.shared for entry in one.skills)
        if own and not 4 <= own <= 9 and not (one.address in FEW_SKILLS and own == 2):
            faults.append(f"{one.address}: {own} skills of its own")
        if not one.capstone and not own:
            faults.append(f"{one.address}: no skill of its own")
        if not one.capstone and not 3 <= len(one.resources) <= 6:
            faults.append(f"{one.address}: {len(one.resources)} resources")
        if not (3 if one.capstone else 2) <= len(one.projects) <= 3:
            faults.append(f"{one.address}: {len(one.projects)} projects")
    assert faults == []


def test_texts_fit_their_places(skills: list[Skill], projects: list[Project], titles: Any) -> None:
    wide = [one for one in titles if sum(map(width, one.text)) > 60]
    assert wide == []
    assert [f"{one.address}: {one.can}" for one in skills if len(one.can) > 160] == []
    long = [f"{one.address}: {question.a}" for one in skills for question in one.ask
            if len(question.a.split()) > 25]  # fmt: skip
    assert long == []
    assert [one.address for one in projects if len(one.brief.split()) > 90] == []


def test_no_sentence_of_eight_words_stands_twice(prose: Any) -> None:
    where = defaultdict(list)
    for one in prose:
        for sentence in re.split(r"[.?!:;](?:\s|$)", one.text):
            words = plain(sentence)
            if words.count(" ") >= 7:
                where[words].append(one.address)
    assert {sentence: places for sentence, places in where.items() if len(places) > 1} == {}


def test_hours_are_reading_skills_and_the_core_project(milestones: list[Milestone]) -> None:
    off = []
    for one in milestones:
        if one.capstone:
            continue
        reading = sum(resource.hours or 0 for resource in one.resources if not resource.optional)
        (core,) = [project for project in one.projects if project.level == "core"]
        assert core.hours is not None
        total = reading + 0.5 * len(one.required_skills) + core.hours
        if abs(one.hours - total) > 2:
            off.append(f"{one.address}: {one.hours:g} h stated, {total:g} h counted")
    assert off == []


@pytest.mark.parametrize(("role", "hours"), HOURS.items())
def test_the_hours_of_each_path(bundle: Catalog, role: str, hours: int) -> None:
    assert path_of(bundle, role).hours == hours


def test_there_are_five_roles(bundle: Catalog) -> None:
    assert set(bundle.tracks) == set(HOURS)


@pytest.mark.parametrize("role", HOURS)
def test_every_role_says_what_tells_it_apart(bundle: Catalog, role: str) -> None:
    track = bundle.tracks[role]
    texts = track._asdict() | track.role._asdict()
    needed = (
        "tagline",
        "optimizes_for",
        "daily_work",
        "artifacts",
        "enjoys",
        "interviews",
        "from_software",
        "not_this",
    )
    assert [name for name in needed if not texts[name]] == []
    assert track.role.not_this_role in set(HOURS) - {role}
    assert set(track.role.profile) == DIMENSIONS
    assert [value for value in track.role.profile.values() if value not in range(6)] == []


def test_shared_skills_are_written_once_and_marking_one_counts_in_every_track(
    bundle: Catalog, milestones: list[Milestone], skills: list[Skill]
) -> None:
    shared = {entry.skill.address for one in milestones for entry in one.skills if entry.shared}
    assert len(shared) == 28
    written = [one.address for one in skills]
    assert shared <= set(written)
    assert len(written) == len(set(written))
    for skill in sorted(shared):
        lists = {(track.id, one.address) for track in bundle.tracks.values() for one in track.milestones
                 if any(entry.skill.address == skill and not entry.optional for entry in one.skills)}  # fmt: skip
        moved = set()
        for role in bundle.tracks:
            before = standing_of(bundle, Progress(role), role)
            after = standing_of(bundle, Progress(role, entries={skill: Entry(State.DONE)}), role)
            moved |= {(one.milestone.track, one.milestone.address)
                      for one, other in zip(after.milestones, before.milestones, strict=True)
                      if one.skills_done == other.skills_done + 1}  # fmt: skip
        assert moved == lists, skill


NOT_TAUGHT = re.compile(
    r"torchserve|nano-?gpt|text[- ]generation[- ]inference|\btgi\b|neptune|assistants api|hosted evals"
    r"|llamaindex|vertex ai agent builder|thinking budget",
    re.IGNORECASE,
)
"""What the research found dead, deprecated or aging too fast. Words of job postings are another matter."""


def test_nothing_dead_or_deprecated_is_taught(resources: list[Resource], prose: Any, titles: Any) -> None:
    texts = [(one.address, one.text) for one in (*prose, *titles)]
    texts += [(one.address, f"{one.title} {one.url}") for one in resources]
    found = [f"{address}: {text}" for address, text in texts if NOT_TAUGHT.search(text)]
    assert found == []
