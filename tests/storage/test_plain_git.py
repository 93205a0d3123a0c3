"""Plain git, no driver, no resolve: what two people do to different things merges without a conflict."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis import marks
from roadmap.analysis.merge import merge
from roadmap.analysis.path import items_of, order_of, outline_of, path_of
from roadmap.loading.progress_text import parse_progress, read_toml
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.progress import State
from roadmap.storage.edits import apply_edits, outline
from roadmap.storage.resolve import resolve
from roadmap.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.model.track import Milestone

ROLE = "agentic-ai-engineer"
CATALOG, _ = load_tracks([bundled()])
MILESTONES = path_of(CATALOG, ROLE).milestones
ORDER = order_of(CATALOG, ROLE)
START = outline(ROLE, 6, outline_of(CATALOG, ROLE))
DAY = date(2026, 11, 1)


@pytest.fixture
def repo(make_repo: Callable[..., Any]) -> Any:
    return make_repo()


def do(text: str, marked: marks.Marked) -> str:
    return apply_edits(text, marked.edits, ORDER)


def worked_on(rng: random.Random, text: str, addresses: list[str]) -> str:
    """Do to each thing what people do, through the marks of the program."""
    for address in addresses:
        progress = parse_progress(text)
        match rng.choice(["mark", "mark", "note", "link"]):
            case "mark":
                state = rng.choice([State.DONE, State.DONE, State.LEARNING, State.SKIPPED])
                day = DAY + timedelta(days=rng.randrange(28))
                text = do(text, marks.mark(CATALOG, progress, [address], state, day))
            case "note":
                note = f"note {rng.randrange(99)}"
                text = do(text, marks.note(CATALOG, progress, address, note))
            case _:
                link = f"https://example.org/{rng.randrange(99)}"
                text = do(text, marks.link(CATALOG, progress, address, link))
    return text


def begun(text: str, milestone: Milestone) -> str:
    return do(text, marks.mark(CATALOG, parse_progress(text), [milestone.address], State.LEARNING, DAY))


def test_different_items_anywhere_on_two_clones_over_months(make_repo: Callable[..., Any]) -> None:
    home, away = make_repo("home"), make_repo("away")
    home.commit(START)
    away.git("pull", "-q", str(home.folder), "main")
    rng = random.Random(5)
    stages = list(MILESTONES)
    for _ in range(5):
        rng.shuffle(stages)
        before = home.text
        here = [item for one in stages[:2] for item in rng.sample(items_of(one), 3)]
        there = [item for one in stages[2:4] for item in rng.sample(items_of(one), 3)]
        home.commit(worked_on(rng, before, here))
        away.commit(worked_on(rng, before, there))
        wanted = merge(read_toml(before), read_toml(home.text), read_toml(away.text))
        away.git("pull", "-q", "--no-rebase", "--no-edit", str(home.folder), "main")
        assert read_toml(away.text) == wanted.data
        assert not wanted.decisions
        home.git("pull", "-q", "--no-rebase", "--no-edit", str(away.folder), "main")
        assert home.text == away.text


@pytest.mark.parametrize("seed", range(24))
def test_two_begin_the_same_milestone_and_mark_different_items(repo: Any, seed: int) -> None:
    rng = random.Random(seed)
    stage = rng.choice([one for one in MILESTONES if len(items_of(one)) > 7])
    items = items_of(stage)
    rng.shuffle(items)
    half = rng.randint(1, 3)
    mine, yours = items[:half], items[half : 2 * half]
    sides = [worked_on(rng, begun(START, stage), part) for part in (mine, yours)]
    repo.fork(START, *sides)
    assert repo.merge()
    assert read_toml(repo.text) == merge(*map(read_toml, (START, *sides))).data


@pytest.mark.parametrize("seed", range(8))
def test_two_milestones_begun_and_worked_on(repo: Any, seed: int) -> None:
    rng = random.Random(seed)
    place = rng.randrange(len(MILESTONES) - 1)
    stages = [MILESTONES[place], MILESTONES[rng.choice([place + 1, place - 1])]]
    rng.shuffle(stages)
    sides = [worked_on(rng, begun(START, one), rng.sample(items_of(one), 3)) for one in stages]
    repo.fork(START, *sides)
    assert repo.merge()
    assert read_toml(repo.text) == merge(*map(read_toml, (START, *sides))).data


def test_one_works_on_and_one_chooses_another_role(repo: Any) -> None:
    stage = MILESTONES[-1]
    one = worked_on(random.Random(1), begun(START, stage), items_of(stage)[:3])
    two = do(START, marks.choose_role(CATALOG, parse_progress(START), "genai-developer"))
    repo.fork(START, one, two)
    assert repo.merge()
    assert read_toml(repo.text) == merge(*map(read_toml, (START, one, two))).data


def test_a_file_without_the_items_of_a_milestone_conflicts_and_resolve_settles_it(
    repo: Any, tmp_path: Path
) -> None:
    stage = MILESTONES[3]
    start = outline(ROLE, 6, [one.address for one in MILESTONES])  # as written by hand, or for older tracks
    first, *_, last = items_of(stage)
    sides = [worked_on(random.Random(2), begun(start, stage), [item]) for item in (first, last)]
    repo.fork(start, *sides)
    assert not repo.merge()
    result = resolve(Store(repo.file, tmp_path / "state"))
    assert result is not None
    assert result.staged
    assert read_toml(repo.text) == merge(*map(read_toml, (start, *sides))).data


def test_one_begins_a_milestone_and_one_writes_a_note_on_it(repo: Any, tmp_path: Path) -> None:
    stage = MILESTONES[2]
    one = begun(START, stage)
    two = do(START, marks.note(CATALOG, parse_progress(START), stage.address, "hello"))
    repo.fork(START, one, two)
    assert not repo.merge()  # two neighboring lines: git asks, and does not guess wrong
    result = resolve(Store(repo.file, tmp_path / "state"))
    assert result is not None
    entry = parse_progress(repo.text).entry(stage.address)
    assert (entry.state, entry.note) == (State.LEARNING, "hello")
