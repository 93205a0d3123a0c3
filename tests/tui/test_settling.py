"""A merge conflict met by the UI: it shows what would be decided, and writes it when the person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from roadmap.loading.progress_text import parse_progress
from roadmap.model.progress import State
from tui.app import make_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def conflict(progress, make_repo: Callable[..., Any]) -> Any:
    """A repository in which git stopped: both sides noted and marked the same milestone."""
    good = progress.read_text()
    repo = make_repo(progress.parent.name)
    sides = [
        good.replace('[cook.heat]\nstate = "todo"', f'[cook.heat]\nstate = "{state}"\nnote = "{note}"')
        for state, note in (("learning", "at home"), ("skipped", "on the train"))
    ]
    repo.fork(good, *sides)
    assert not repo.merge()
    return repo


async def opened(app, pilot: Pilot[None], until, key: str = "ctrl+r") -> None:
    await pilot.press(key)
    await until(pilot, lambda: app.screen.id == "settle")


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_start(conflict, shown, until, size):
    app = make_app(conflict.file)
    before = conflict.text
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.view == "problem"
        assert "settle the conflict" in shown(app)
        await opened(app, pilot, until)
        await until(pilot, lambda: "cook/heat note" in shown(app))
        said = " ".join(shown(app).split())
        assert 'state: ours "learning", theirs "skipped": "learning" (further along wins)' in said
        assert conflict.text == before, "nothing is written before the person agrees"
        await pilot.press("escape")
        assert conflict.text == before
        await opened(app, pilot, until)
        await until(pilot, lambda: "cook/heat note" in shown(app))
        await pilot.press("y")
        await until(pilot, lambda: app.view == "map")
        assert "settled, 2 decisions, staged" in shown(app)
        assert app.session.trouble is None
    entry = parse_progress(conflict.text).entry("cook/heat")
    assert (entry.state, entry.note) == (State.LEARNING, "at home\non the train")
    assert not conflict.unmerged


async def test_while_open_with_marks_that_wait(progress, make_repo, shown, until):
    good = progress.read_text()
    repo = make_repo(progress.parent.name)
    lines = ['note = "at home"', 'note = "on the train"']
    sides = [
        good.replace('[cook.salt]\nstate = "todo"', f'[cook.salt]\nstate = "todo"\n{one}') for one in lines
    ]
    repo.fork(good, *sides)
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")  # begins the second milestone, in memory so far
        assert not repo.merge()
        await until(pilot, lambda: app.session.trouble is not None and app.session.trouble.conflict)
        assert "ctrl+r settles it here" in " ".join(shown(app).split())
        await opened(app, pilot, until)
        await until(pilot, lambda: "cook/salt note" in shown(app))
        await pilot.press("y")
        await until(pilot, lambda: app.session.trouble is None and not app.session.unsaved)
        await pilot.press("q")
    found = parse_progress(repo.text)
    assert found.entry("cook/heat").state is State.LEARNING
    assert set(found.entry("cook/salt").note.split("\n")) == {"at home", "on the train"}


async def test_markers_without_git(progress, shown, until):
    good = progress.read_text()
    both = '<<<<<<< a\nstate = "done"\n=======\nstate = "learning"\n>>>>>>> b\n'
    progress.write_text(good.replace('[cook.heat]\nstate = "todo"\n', f"[cook.heat]\n{both}"))
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await opened(app, pilot, until)
        await until(pilot, lambda: "conflict markers in the file" in " ".join(shown(app).split()))
        await pilot.press("y")
        await until(pilot, lambda: app.view == "map")
    assert parse_progress(progress.read_text()).entry("cook/heat").state is State.DONE


async def test_a_side_that_cannot_be_read_is_said_and_nothing_is_written(progress, make_repo, shown, until):
    good = progress.read_text()
    repo = make_repo(progress.parent.name)
    repo.fork(
        good, good.replace('state = "todo"', 'state = "done"'), good.replace('state = "todo"', "state = [", 1)
    )
    assert not repo.merge()
    before = repo.text
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await opened(app, pilot, until)
        await until(pilot, lambda: '"theirs" cannot be read' in " ".join(shown(app).split()))
        await pilot.press("y")
        await pilot.pause(0.2)
        assert repo.text == before


async def test_settled_meanwhile_by_somebody_else(conflict, shown, until):
    app = make_app(conflict.file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await opened(app, pilot, until)
        await until(pilot, lambda: "cook/heat note" in shown(app))
        conflict.git("checkout", "--ours", "progress.toml")
        conflict.git("add", "progress.toml")
        kept = conflict.text
        await pilot.press("y")
        await until(pilot, lambda: app.view == "map")
        assert "settled already" in shown(app)
        assert conflict.text == kept
