"""Marks reach the disk, other people's changes arrive, and nothing is ever overwritten."""

from __future__ import annotations

import os
import tomllib

import pytest

from roadmap.analysis import marks
from roadmap.storage.places import Place
from roadmap.storage.workspace import Workspace
from tui.app import make_app

BROKEN = 'schema = 1\nrole = "baker\n'
CONFLICT = 'schema = 1\n<<<<<<< HEAD\nrole = "baker"\n=======\nrole = "cook"\n>>>>>>> other\n'
NEWER = 'schema = 99\nrole = "baker"\n'


def on_disk(path):
    return tomllib.loads(path.read_text())


async def test_a_mark_shows_at_once_and_reaches_the_disk_soon(app, progress, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        assert app.session.records.state("cook/heat") == "learning"
        assert on_disk(progress)["cook"]["heat"]["state"] == "todo", "it is written a moment later"
        await until(pilot, lambda: on_disk(progress)["cook"]["heat"]["state"] == "learning")
        assert app.session.unsaved == 0


async def test_quitting_at_once_loses_nothing(app, progress):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space", "q")
        await pilot.pause()
    assert on_disk(progress)["cook"]["heat"]["state"] == "learning"


async def test_undo_and_redo(app, progress, shown, until):
    before = progress.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        await pilot.press("u")
        await until(pilot, lambda: app.session.records.state("cook/heat") == "todo")
        assert "undone: learning: Know your heat" in shown(app)
        assert progress.read_text() == before
        await pilot.press("U")
        await until(pilot, lambda: app.session.records.state("cook/heat") == "learning")
        await pilot.press("u", "u")
        await until(pilot, lambda: "nothing to take back" in shown(app))


async def test_what_somebody_else_writes_is_shown_and_the_cursor_stays(app, progress, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        assert app.screen.map.key == "cook/salt"
        progress.write_text(
            progress.read_text().replace('[cook.heat]\nstate = "todo"', '[cook.heat]\nstate = "learning"')
        )
        await until(pilot, lambda: app.session.records.state("cook/heat") == "learning")
        assert "changed on disk; showing the new state" in shown(app)
        assert app.screen.map.key == "cook/salt"


async def test_both_changes_stay_when_they_meet(app, progress, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        progress.write_text(
            "# mine\n"
            + progress.read_text().replace('[cook.salt]\nstate = "todo"', '[cook.salt]\nstate = "done"')
        )
        await until(pilot, lambda: "# mine" in progress.read_text() and not app.session.unsaved)
        data = on_disk(progress)
        assert data["cook"]["heat"]["state"] == "learning"
        assert data["cook"]["salt"]["state"] == "done"
        await until(pilot, lambda: app.session.records.state("cook/salt") == "done")


async def test_a_link_added_elsewhere_between_a_mark_and_its_saving_stays(progress):
    session = make_app(progress).session
    session.open()
    mine = marks.link(session.catalog, session.progress, "cook/knife", "https://example.org/mine")
    assert session.mark(mine)
    other = Workspace(Place(progress, "elsewhere"), session.workspace.tracks_option)
    other.apply(marks.link(other.catalog, other.progress, "cook/knife", "https://example.org/theirs"))
    assert await session.look()  # the file is read again before the mark is saved
    await session.save()
    assert set(on_disk(progress)["cook"]["knife"]["links"]) == {
        "https://example.org/mine",
        "https://example.org/theirs",
    }


@pytest.mark.parametrize("text", [BROKEN, CONFLICT, NEWER])
async def test_a_file_broken_meanwhile_is_never_overwritten(app, progress, shown, until, text):
    good = progress.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        progress.write_text(text)
        await until(pilot, lambda: "marking is off" in " ".join(shown(app).split()))
        assert "Hold a knife" in shown(app), "the last good state stays"
        await pilot.press("down", "space", "u")
        await pilot.pause(0.5)
        assert progress.read_text() == text
        assert app.session.unsaved == 0
        progress.write_text(good.replace('[cook.heat]\nstate = "todo"', '[cook.heat]\nstate = "done"'))
        await until(pilot, lambda: "marking is off" not in " ".join(shown(app).split()))
        assert app.session.records.state("cook/heat") == "done"
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_file_broken_between_a_mark_and_its_saving_keeps_the_mark(app, progress, until):
    good = progress.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        progress.write_text(BROKEN)
        await until(pilot, lambda: app.session.trouble is not None)
        assert app.session.unsaved == 1
        assert progress.read_text() == BROKEN
        await until(pilot, lambda: list(progress.parent.glob("progress.toml.mine-*")))
        progress.write_text(good)
        await until(pilot, lambda: app.session.trouble is None)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not app.session.unsaved)
    assert on_disk(progress)["cook"]["heat"]["state"] == "learning"
    assert not list(progress.parent.glob("progress.toml.mine-*")), "what is saved need not stand beside"


@pytest.mark.parametrize("text", [BROKEN, CONFLICT, NEWER])
async def test_leaving_while_the_file_cannot_be_read_leaves_the_mark_beside_it(app, progress, until, text):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        progress.write_text(text)
        await pilot.press("down", "space")
        await app.session.look()  # the file was looked at before the mark was saved
        app.exit()
    app.session.save_now()
    assert progress.read_text() == text
    (beside,) = progress.parent.glob("progress.toml.mine-*")
    assert on_disk(beside)["cook"]["heat"]["state"] == "learning"


async def test_a_file_that_vanished_is_not_made_anew(app, progress, shown, until):
    text = progress.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        progress.unlink()
        await pilot.press("down", "space")
        await until(pilot, lambda: "no longer there" in shown(app))
        await pilot.pause(0.5)
        assert not progress.exists()
        progress.write_text(text)
        await until(pilot, lambda: app.session.trouble is None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
async def test_a_read_only_file(app, progress, shown, until):
    progress.chmod(0o444)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        await until(pilot, lambda: "read-only" in shown(app))


async def test_a_failed_save_stays_visible_and_is_tried_again(app, progress, shown, until, monkeypatch):
    from roadmap.model.errors import SaveFailed

    change = app.session.workspace.store.change

    def fail(*args, **kwargs):
        raise SaveFailed("The disk is full.", "Make room.")

    monkeypatch.setattr(app.session.workspace.store, "change", fail)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space")
        await until(pilot, lambda: "The disk is full." in shown(app))
        assert "1 change not saved yet" in " ".join(shown(app).split())
        assert app.session.records.state("cook/heat") == "learning", "the mark is kept in memory"
        await pilot.press("q")
        await pilot.pause()
        assert "1 change not saved" in shown(app)
        assert "learning: Know your heat" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        monkeypatch.setattr(app.session.workspace.store, "change", change)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "The disk is full." not in shown(app))
        await pilot.press("q")
    assert on_disk(progress)["cook"]["heat"]["state"] == "learning"
    assert app.return_code == 0


async def test_leaving_without_saving_is_a_choice_with_an_exit_status(app, progress, until, monkeypatch):
    from roadmap.model.errors import SaveFailed

    def fail(*args, **kwargs):
        raise SaveFailed("The disk is full.", "Make room.")

    monkeypatch.setattr(app.session.workspace.store, "change", fail)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "space", "q")
        await pilot.pause()
        await pilot.press("y")
    assert app.return_code == 1


@pytest.mark.parametrize(
    ("text", "says"), [(BROKEN, "line 2"), (CONFLICT, "conflict"), (NEWER, "newer"), (b"\xff\xfe", "UTF-8")]
)
async def test_a_file_broken_from_the_start_has_a_screen_of_its_own(progress, shown, until, text, says):
    data = text if isinstance(text, bytes) else text.encode()
    good = progress.read_bytes()
    progress.write_bytes(data)
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.view == "problem"
        assert says.lower() in shown(app).lower()
        await pilot.press("r")
        await pilot.pause()
        assert app.view == "problem"
        assert progress.read_bytes() == data
        progress.write_bytes(good)
        await pilot.press("r")
        await until(pilot, lambda: app.view == "map")
        assert "Hold a knife" in shown(app)


@pytest.mark.parametrize("kind", ["pipe", "circle"])
async def test_what_is_no_file(home, shown, kind):
    path = home / "progress.toml"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path)
    app = make_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.view == "problem"
        assert ("pipe" if kind == "pipe" else "circle") in shown(app)
        await pilot.press("q")
    assert app.return_code == 0


async def test_several_marks_are_one_change(app, progress, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "space", "space", "space")
        await until(pilot, lambda: not app.session.unsaved)
        await pilot.press("b", "u")
        await until(pilot, lambda: app.session.records.state("cook/knife/sharpen") == "learning")


async def test_a_role_no_track_describes(progress, shown):
    progress.write_text(progress.read_text().replace('"baker"', '"astronaut"'))
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.view == "roles"
        assert "astronaut" in shown(app)
