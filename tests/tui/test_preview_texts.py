"""What a preview says of itself: its own help, texts that fill a small terminal, faults of other files by file."""

from __future__ import annotations

import pytest

from roadmap.authoring.preview import TrackFile
from roadmap.cli.main import run
from roadmap.loading.sources import bundled
from tui.app import make_app
from tui.preview.app import make_preview
from tui.preview.panel import FaultPanel
from tui.preview.words import PURPOSES
from tui.screens.fit import FitScreen
from tui.screens.help import HelpScreen
from tui.screens.map import MapScreen
from tui.screens.roles import RolesScreen


@pytest.fixture
def file(home):
    return home / "tracks" / "baker.toml"


@pytest.fixture
def app(file):
    return make_preview(TrackFile(file, [bundled()]))


@pytest.mark.parametrize("key", ["p", "v"])
async def test_the_help_begins_with_what_a_preview_is_and_its_keys(file, config, shown, key):
    if key != "p":
        config('[keys]\n"preview.faults" = "v"\n')
    app = make_preview(TrackFile(file, [bundled()]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        text = " ".join(shown(app).split())
        assert "A preview of baker.toml" in text
        assert f"{key} shows or hides its faults, tab goes into them and back." in text
        listed = ["".join(part.text for part in one.parts) for one in app.screen.query_one("#reading").lines]
        keys = " ".join(" ".join(listed[listed.index("KEYS") :]).split())
        assert f"{key} show or hide the faults" in keys
        assert "tab into the faults, and back" in keys
        await pilot.press("escape", "r", "question_mark")
        await pilot.pause()
        assert "Choosing one shows its map" in " ".join(shown(app).split())


async def test_no_help_of_a_preview_speaks_of_a_progress_file(app):
    assert set(PURPOSES) == {one.__name__ for one in (MapScreen, RolesScreen, FitScreen)}
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in ((), ("enter",), ("G", "enter"), ("b", "b", "r"), ("c",), ("b", "d"), ("escape", "f")):
            await pilot.press(*keys)
            await pilot.pause()
            said = " ".join(app.purpose(app.frame))
            assert "progress file" not in said, type(app.frame)
            assert "written unless" not in said, type(app.frame)


async def test_a_long_text_leaves_nothing_of_the_panel_below_it(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in (("question_mark",), ("escape", "tab", "enter")):
            await pilot.press(*keys)
            await pilot.pause()
            assert app.screen.query_one(".dialog").region == app.screen.region
            await pilot.resize_terminal(80, 40)
            await pilot.pause()
            dialog = app.screen.query_one(".dialog").region
            assert dialog.y >= 2 or dialog == app.screen.region, "all of the screen, or clearly less"
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert app.screen.query_one(".dialog").region == app.screen.region


async def test_elsewhere_a_text_lets_the_screen_show_around_it(progress):
    usual = make_app(progress)
    async with usual.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(usual.screen, HelpScreen)
        assert usual.screen.query_one(".dialog").region.y == 1


@pytest.mark.parametrize("size", [(80, 30), (120, 40), (160, 40)], ids=str)
async def test_faults_of_other_files_stand_below_their_names(app, file, until, size):
    broken = "title = 'T'\n[[milestones]]\nid = 'one'\ntitle = 'One'\nfoo = 1\nbar = 2\n"
    file.with_name("a-neighbor-with-a-long-name.toml").write_text(broken)
    file.with_name("zebra.toml").write_text("title = \n")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await until(pilot, lambda: len(app.session.reading.elsewhere) > 2)
        panel = app.frame.query_one(FaultPanel)
        rows = ["".join(part.text for part in one.parts) for one in panel.faults.lines]
        at = rows.index("In other tracks")
        names = [row for row in rows[at:] if row.endswith(".toml")]
        assert names == ["a-neighbor-with-a-long-name.toml", "zebra.toml"], "each once"
        heads = [row for row in rows if row.startswith(("×", "!"))]
        assert len({row.index("line ") for row in heads}) == 1, "one column for the lines"
        starts = {len(row[: row.index("line ")]) for row in heads}
        assert starts == {16}
        numbers = [int(row[16:].split()[1]) for row in heads[-3:-1]]
        assert numbers == sorted(numbers)


def test_a_track_and_its_overlay_in_a_folder_are_one_track(home, capsys):
    folder = home / "mine"
    folder.mkdir()
    (folder / "rye.toml").write_text((home / "tracks" / "cook.toml").read_text())
    (folder / "rye.overlay.toml").write_text('hide = ["salt"]\n')
    assert run(["track", "preview", "mine"]) == 2
    said = capsys.readouterr().err
    assert "needs a terminal" in said
    assert "roadmap track lint mine/rye.toml" in said
    (folder / "rye.toml").unlink()
    assert run(["track", "preview", "mine"]) == 2
    assert "roadmap track lint mine/rye.overlay.toml" in capsys.readouterr().err
    (folder / "oat.overlay.toml").write_text("hide = []\n")
    assert run(["track", "preview", "mine"]) == 2
    said = capsys.readouterr().err
    assert "There are 2 overlays in" in said
    assert "preview mine/oat.overlay.toml" in said
    for name in ("rye", "oat"):
        (folder / f"{name}.toml").write_text("title = 'T'\n")
    assert run(["track", "preview", "mine"]) == 2
    said = capsys.readouterr().err
    assert "There are 2 tracks in" in said
    assert "preview mine/oat.toml" in said
