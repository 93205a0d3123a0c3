"""A track while it is written: each save shows, a broken one keeps the last good view, and nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from roadmap.authoring.preview import PATIENCE, TrackFile, Watch
from roadmap.cli.main import run
from roadmap.loading.sources import MAX_BYTES, bundled
from tui.preview.app import make_preview
from tui.preview.panel import FaultPanel
from tui.preview.place import place_of
from tui.preview.screens import EmptyScreen, FaultScreen
from tui.screens.map import MapScreen
from tui.screens.milestone import MilestoneScreen
from tui.screens.project import ProjectScreen

SIZES = [(80, 24), (120, 40)]
TRY = Path(__file__).resolve().parent.parent / "try_ui.py"
BROKEN = "title = \n"


class Clock:
    """A clock that stands until somebody sets it."""

    def __init__(self):
        self.now = datetime(2026, 11, 22, 14, 32, 5)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def file(home):
    return home / "tracks" / "baker.toml"


@pytest.fixture
def app(file, clock):
    return make_preview(TrackFile(file, [bundled()]), clock)


def change(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def replace(file, text):
    """Save as editors do: a new file takes the place of the old one."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(text)
    new.replace(file)


def panel(app):
    return app.frame.query_one(FaultPanel)


def listed(app):
    return "\n".join("".join(part.text for part in one.parts) for one in panel(app).faults.lines)


def everything(folder):
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# following the file


async def test_it_opens_on_the_track_as_if_it_were_chosen(app, shown):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = shown(app)
        assert "Feel a dough" in text
        assert "Hold a knife" in text, "the trunk is beside it"
        assert "preview" in text.splitlines()[0]
        assert "marks are tried here and kept nowhere" in text
        await pilot.press("r")
        await pilot.pause()
        assert "AI Engineer" in shown(app), "and the bundled tracks are there too"


async def test_a_save_shows_and_screen_and_cursor_stay(app, file, clock, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        assert app.screen.map.key == "cook/salt"
        clock.now = clock.now.replace(minute=40)
        change(file, "Feel a dough", "Know a dough")
        await until(pilot, lambda: "Know a dough" in shown(app))
        assert app.screen.map.key == "cook/salt"
        assert "shown as saved at 14:40:05" in shown(app)


async def test_the_map_is_drawn_anew_when_milestones_come(app, file, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("G")
        assert app.screen.map.key == "baker/dough"
        with file.open("a") as end:
            end.write('[[milestones]]\nid = "oven"\ntitle = "Trust the oven"\n')
        await until(pilot, lambda: "Trust the oven" in shown(app))
        assert app.screen.map.key == "baker/dough"


async def test_a_track_beside_it_is_followed_too(app, file, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        change(file.with_name("cook.toml"), "Hold a knife", "Grip a knife")
        await until(pilot, lambda: "Grip a knife" in shown(app))


async def test_a_milestone_stays_open_with_its_answers(app, file, shown, until):
    cook = file.with_name("cook.toml")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "a")
        await pilot.pause()
        assert "They are done at the same time." in shown(app)
        change(cook, "They are done at the same time.", "So that they cook alike.")
        await until(pilot, lambda: "So that they cook alike." in shown(app))
        assert isinstance(app.screen, MilestoneScreen)


async def test_a_renamed_milestone_is_followed_by_its_former_id(app, file, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("G", "enter")
        await pilot.pause()
        change(file, 'id = "dough"', 'id = "feel"\nformer = ["dough"]')
        await until(pilot, lambda: app.session.catalog.milestone("baker/feel"))
        await pilot.pause()
        assert isinstance(app.screen, MilestoneScreen)
        assert app.screen.address == "baker/feel"


async def test_what_is_gone_is_left_for_the_map(app, file, shown, until):
    cook = file.with_name("cook.toml")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "G", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ProjectScreen)
        text = cook.read_text()
        start = text.index("[[milestones.projects]]")
        cook.write_text(text[:start] + text[text.index("[[milestones]]", start) :])
        await until(pilot, lambda: isinstance(app.screen, MilestoneScreen))
        assert "no longer in the track" in shown(app)
        change(cook, 'id = "knife"', 'id = "blade"')
        cook.write_text(cook.read_text().replace('"knife"', '"blade"'))
        await until(pilot, lambda: isinstance(app.screen, MapScreen))
        assert app.screen.map.key


@pytest.mark.parametrize("key", ["c", "f", "d"])
async def test_a_neighbor_that_goes_closes_what_may_be_about_it(app, file, shown, until, key):
    cook = file.with_name("cook.toml")
    other = file.with_name("other.toml")
    other.write_text(cook.read_text())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "other" in app.session.catalog.tracks)
        await pilot.press("r")
        await pilot.pause()
        app.screen.picture.select("other")
        await pilot.press(key)
        await pilot.pause(0.2)
        assert len(app.screen_stack) == 2
        other.unlink()
        await until(pilot, lambda: "other" not in app.session.catalog.tracks)
        await pilot.press("down", "r")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.is_running


async def test_it_reloads_within_a_second(app, file, shown):
    import time

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        change(file, "Feel a dough", "Know a dough")
        begun = time.monotonic()
        looks = 0
        while "Know a dough" not in shown(app) and looks < 100:
            await pilot.pause(app.LOOK_EVERY / 4)
            looks += 1
        # counted in looks at the file, so that a busy machine does not matter
        assert looks <= 20, f"{looks} looks, {time.monotonic() - begun:.1f} s"


# saves that cannot be shown


@pytest.mark.parametrize(
    "wreck",
    [
        lambda file: file.write_text(BROKEN),
        lambda file: file.write_text(""),
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b"\xff\xfe\x00" * 40),
        lambda file: file.write_text("\0"),
        lambda file: file.write_text("#" * (MAX_BYTES + 1)),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: change(file, 'extends = "cook"', 'extends = "nobody"'),
    ],
    ids=["syntax", "empty", "deleted", "binary", "nul", "huge", "folder", "lost-trunk"],
)
async def test_a_broken_save_keeps_the_last_good_view_until_it_is_mended(
    app, file, clock, shown, until, wreck
):
    good = file.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down")
        clock.now = clock.now.replace(hour=15)
        wreck(file)
        await until(pilot, lambda: "last good save, of 14:32:05" in " ".join(shown(app).split()))
        assert "Feel a dough" in shown(app)
        assert app.screen.map.key == "cook/heat"
        assert "1 error" in shown(app) or "2 errors" in shown(app)
        await pilot.press("space", "u", "r", "m", "enter")
        await pilot.pause()
        assert "last good save, of 14:32:05" in " ".join(shown(app).split()), "on every screen"
        await pilot.press("b")
        if file.is_dir():
            file.rmdir()
        replace(file, good.replace("Feel a dough", "Know a dough"))
        await until(pilot, lambda: "Know a dough" in shown(app))
        assert "last good save" not in shown(app)
        assert app.screen.map.key == "cook/heat"
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_fault_in_the_trunk_is_told_with_its_file(app, file, shown, until):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        file.with_name("cook.toml").write_text(BROKEN)
        await until(pilot, lambda: "last good save" in shown(app))
        assert "extends `cook`, which has faults of its own" in " ".join(listed(app).split())
        assert "In other tracks" in listed(app)
        assert "\ncook.toml\n× error   T001  line 1" in listed(app)


async def test_broken_from_the_start_fills_when_mended(file, clock, shown, until):
    good = file.read_text()
    file.write_text(BROKEN)
    app = make_preview(TrackFile(file, [bundled()]), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, EmptyScreen)
        assert "Nothing to show yet" in shown(app)
        assert "T001" in shown(app)
        await pilot.press("m", "r", "u", "slash", "escape", "question_mark", "escape", "ctrl+r")
        await pilot.pause()
        assert isinstance(app.screen, EmptyScreen)
        file.write_text(good)
        await until(pilot, lambda: isinstance(app.screen, MapScreen))
        assert "Feel a dough" in shown(app)
        await pilot.press("down", "space")
        assert app.session.records.state("cook/heat") == "learning"


async def test_replaced_by_rename_and_deleted_for_a_moment(app, file, shown, until):
    good = file.read_text()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        replace(file, good.replace("Feel a dough", "Know a dough"))
        await until(pilot, lambda: "Know a dough" in shown(app))
        file.unlink()
        file.write_text(good.replace("Feel a dough", "Read a dough"))
        await until(pilot, lambda: "Read a dough" in shown(app))
        assert "last good save" not in shown(app)


async def test_a_dialog_is_not_pulled_from_under_the_hands(app, file, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"knife")
        change(file, "Feel a dough", "Know a dough")
        await pilot.pause(1.0)
        assert app.screen.id == "find"
        await pilot.press("escape")
        await until(pilot, lambda: "Know a dough" in shown(app))


def test_a_file_is_read_once_it_rests_and_not_kept_waiting_for_ever():
    one, two = (("a.toml", 1, 1, 1),), (("a.toml", 2, 1, 1),)
    watch = Watch(one)
    assert not watch.due(one)
    assert not watch.due(two)
    assert watch.due(two)
    assert not watch.due(two)
    restless = [watch.due((("a.toml", number, 1, 1),)) for number in range(3, 3 + PATIENCE)]
    assert restless == [False] * (PATIENCE - 1) + [True]


def test_a_touch_is_no_news(file):
    track = TrackFile(file, [bundled()])
    stamp, first = track.stamp(), track.read()
    os.utime(file, (1, 1))
    assert track.stamp() != stamp
    assert track.read() is first


async def test_an_overlay_is_seen_on_its_track(home, clock, shown, until):
    overlay = home / "tracks" / "cook.overlay.toml"
    overlay.write_text('hide = ["salt"]\n')
    app = make_preview(TrackFile(overlay, [bundled()]), clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Know your heat" in shown(app)
        assert "Salt and acid" not in shown(app)
        overlay.write_text('hide = ["heat"]\n')
        await until(pilot, lambda: "Salt and acid" in shown(app))
        assert "2  Know your heat" not in shown(app)
        overlay.write_text("hide = 3\n")
        await until(pilot, lambda: "last good save" in shown(app))
        assert "2  Know your heat" not in shown(app)
        assert "T004" in listed(app)


def test_a_track_is_shown_with_the_overlays_on_it(file):
    file.with_name("baker.overlay.toml").write_text('[[add]]\nmilestone = "dough"\n')
    reading = TrackFile(file, [bundled()]).read()
    assert reading.shown
    assert all(fault.file.endswith("overlay.toml") for fault in reading.elsewhere)


# the panel


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_panel_lists_faults_as_lint_does_and_explains_them(app, file, shown, until, size):
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        change(file, 'after = ["cook/menu"]', 'after = ["cook/menus"]')
        await until(pilot, lambda: "1 error" in shown(app))
        beside = size[0] >= 100
        assert panel(app).place.beside == beside
        assert panel(app).region.x == (size[0] - panel(app).place.cells if beside else 0)
        text = shown(app)
        assert "× error   T007" in text
        assert "line 11" in text
        assert "there is no milestone `cook/menus`" in text
        assert "! warning T021" in text, "a word and a sign, not color alone"
        await pilot.press("tab", "G", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FaultScreen)
        assert "^^^^^^^^^^^^" in shown(app)
        assert "did you mean `cook/menu`?" in shown(app)
        assert "What T007 means" in shown(app)
        change(file, "cook/menus", "cook/menux")
        await until(pilot, lambda: not isinstance(app.screen, FaultScreen))
        await pilot.press("escape", "down")
        assert app.screen.map.key == "cook/heat", "the keys are back on the map"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_panel_hides_and_comes_back_with_one_key(app, shown, size):
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "T021" in shown(app)
        await pilot.press("p")
        await pilot.pause()
        assert "T021" not in shown(app)
        assert "preview, 1 warning (p)" in shown(app)
        assert app.screen.query_one("#frame").size == size, "the screen has all the room"
        await pilot.press("enter")
        await pilot.pause()
        assert "T021" not in shown(app), "hidden on every screen"
        await pilot.press("tab")
        await pilot.pause()
        assert panel(app).faults.has_focus, "going there shows it"
        assert "T021" in shown(app)


async def test_a_sound_track_has_a_calm_panel(file, clock, shown):
    for other in ("cook.toml", "baker.toml"):
        file.with_name(other).unlink()
    sound = file.with_name("sound.toml")
    sound.write_text(
        'title = "Sound"\n[[milestones]]\nid = "one"\ntitle = "One"\n'
        '[[milestones.skills]]\nid = "hum"\ncan = "hum a tune, and show that somebody names it"\n'
    )
    app = make_preview(TrackFile(sound, []), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No faults" in shown(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "there are no faults to go to" in shown(app)


async def test_the_mouse_does_it_too(app, file, shown, until):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        change(file, 'after = ["cook/menu"]', 'after = ["cook/menus"]')
        await until(pilot, lambda: "1 error" in shown(app))
        heads = panel(app).faults._heads
        last = list(heads.values())[-1]
        await pilot.click("#faults", offset=(4, last))
        assert panel(app).faults.key == list(heads)[-1]
        await pilot.click("#faults", offset=(4, last))
        await pilot.pause()
        assert isinstance(app.screen, FaultScreen)
        await pilot.press("escape")
        await pilot.click("#map", offset=(10, 2))
        await pilot.pause()
        assert not panel(app).faults.has_focus
        await pilot.press("down")
        assert app.screen.map.key == "cook/salt"
        await pilot.click("#fault-head")
        await pilot.pause()
        assert not panel(app).display
        await pilot.click("#headline", offset=(115, 0))
        await pilot.pause()
        assert panel(app).display


@pytest.mark.parametrize(
    "size", [(20, 5), (1, 1), (39, 24), (80, 9), (80, 13), (41, 14), (100, 10), (300, 90)]
)
async def test_other_terminals(app, shown, size):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert panel(app).place == place_of(*size, 1, shown=True)
        await pilot.press("tab", "down", "enter", "escape", "p", "p", "escape", "enter", "b", "r")
        await pilot.pause()
        if size[0] >= 40 and size[1] >= 10:
            assert "more room" not in shown(app)
            assert app.screen.query_one("#frame").size.height >= 10
        await pilot.resize_terminal(80, 24)
        await pilot.press("m")
        await pilot.pause()
        assert "Hold a knife" in shown(app)


def test_the_panel_leaves_the_screen_its_room():
    for width in range(1, 260):
        for height in range(1, 70):
            for faults in (0, 3):
                beside, cells = place_of(width, height, faults, shown=True)
                left = (width - cells, height) if beside else (width, height - cells)
                if cells:
                    assert beside == (width >= 100)
                    assert left[0] >= (66 if beside else 40)
                    assert left[1] >= 10
            assert place_of(width, height, 3, shown=False).cells == 0


@pytest.mark.parametrize(
    "payload",
    ["[@click=app.quit]x[/]", "[/bold]", "[link=https://evil.example]y[/link]", "[b", "\\\\[red]", "$x"],
)
async def test_markup_is_text_in_titles_and_in_faults(file, clock, shown, until, payload):
    text = f"title = '''{payload} T'''\n[[milestones]]\nid = 'one'\ntitle = '''{payload} M'''\n"
    file.write_text(text)
    app = make_preview(TrackFile(file, []), clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert payload[:12] in shown(app)
        file.write_text(text + f"'{payload} K' = 1\n")
        await until(pilot, lambda: "error" in shown(app))
        assert payload[:12] in " ".join(listed(app).split())
        await pilot.press("tab", "G", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FaultScreen)
        assert payload in shown(app)
        assert app.is_running


async def test_a_caret_stands_under_its_place_in_a_long_line(file, clock, shown):
    file.write_text(
        'title = "T"\n' + "x = [" + "1, " * 400 + "] # end\nmilestones = 3\n" + "y" * 300 + " = 1\n"
    )
    app = make_preview(TrackFile(file, []), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key, fault in list(app.session.reading.faults and enumerate(app.session.reading.faults)):
            screen = FaultScreen(str(key), fault)
            app.push_screen(screen)
            await pilot.pause()
            rows = ["".join(part.text for part in one.parts) for one in screen.query_one("#reading").lines]
            carets = [at for at, row in enumerate(rows) if "^" in row]
            assert carets, rows
            under, above = rows[carets[0]], rows[carets[0] - 1]
            assert len(above) <= 78
            marked = above[under.index("^") : under.rindex("^") + 1]
            assert marked.strip("…")
            assert above[under.index("^") - 1] in " …[", "the caret begins where the word begins"
            await pilot.press("escape")


# nothing is kept


async def test_no_key_writes_anything(app, tmp_path, file, home, until, monkeypatch):
    (home / "progress.toml").write_text("schema = 1\nrole = 'cook'\n")
    monkeypatch.setenv("EDITOR", "touch")
    before, cached = everything(tmp_path), everything(Path(os.environ["ROADMAP_CACHE_DIR"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in (
            ("space", "d", "x", "u", "U", "ctrl+r"),
            ("enter", "space", "a", "e", "plus", *"https://example.org", "enter", "minus"),
            ("G", "enter", "enter", *"here", "enter", "space", "x", "e", "b", "b"),
            ("r", "enter", "r", "down", "enter", "r", "f", "escape", "c", "escape", "d", "escape", "m"),
            ("p", "tab", "enter", "escape", "escape"),
        ):
            await pilot.press(*keys)
            await pilot.pause(0.1)
        app.theme = "roadmap-light"
        await pilot.pause(0.6)
        while len(app.screen_stack) > 1:
            app.pop_screen()
        await pilot.press("q")
        await pilot.pause()
    assert app.session.save_now()
    assert app.return_code == 0
    assert everything(tmp_path) == before
    assert everything(Path(os.environ["ROADMAP_CACHE_DIR"])) == cached


async def test_marks_work_in_memory_and_say_so(app, file, shown, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "d")
        await pilot.pause()
        assert app.session.records.state("cook/heat") == "done"
        assert "in this preview only" in shown(app)
        change(file, "Feel a dough", "Know a dough")
        await until(pilot, lambda: "Know a dough" in shown(app))
        assert app.session.records.state("cook/heat") == "done", "marks outlive a save"
        await pilot.press("u")
        await until(pilot, lambda: app.session.records.state("cook/heat") == "todo")
        await pilot.press("U")
        await until(pilot, lambda: app.session.records.state("cook/heat") == "done")


async def test_a_broken_progress_file_does_not_matter(file, home, clock, shown):
    (home / "progress.toml").write_text("schema = \n")
    app = make_preview(TrackFile(file, [bundled()]), clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Hold a knife" in shown(app)


async def test_the_palette_has_nothing_that_writes(app):
    from tui.palette import Actions
    from tui.preview.actions import LEFT_OUT, PreviewActions

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        usual = {name for name, _, _ in Actions(app.screen, None)._all()}
        ours = {name for name, _, _ in PreviewActions(app.screen, None)._all()}
        assert set(LEFT_OUT) <= usual, "each of them is still called that"
        assert ours == usual - set(LEFT_OUT)
        assert "Show or hide the faults" in ours


# the command


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nope.toml", "There is no file or folder"),
        ("empty", "There is no track in"),
        ("tracks", "There are 2 tracks in"),
    ],
)
def test_what_cannot_be_previewed_is_refused_kindly(home, capsys, name, says):
    (home / "empty").mkdir()
    assert run(["track", "preview", name]) == 2
    assert says in capsys.readouterr().err


def test_without_a_terminal_it_points_to_lint(file, capsys):
    assert run(["track", "preview", "tracks/baker.toml"]) == 2
    said = capsys.readouterr().err
    assert "needs a terminal" in said
    assert "roadmap track lint tracks/baker.toml" in said


def test_the_help_has_an_example(capsys):
    assert run(["track", "preview", "--help"]) == 0
    assert "roadmap track preview tracks/home-baker.toml" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("text", "wanted"), [(None, "Feel a dough"), (BROKEN, "Nothing to show yet")])
def test_in_a_real_terminal(file, home, text, wanted):
    if text is not None:
        file.write_text(text)
    before = everything(home)
    command = [
        sys.executable,
        str(TRY),
        wanted,
        sys.executable,
        "-m",
        "roadmap",
        "track",
        "preview",
        str(file),
    ]
    result = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout
    assert everything(home) == before


# pictures


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", ["good", "broken", "empty", "fault"])
def test_picture(snap_compare, file, home, clock, name, size):
    os.chdir(home)
    good = file.read_text()
    if name == "empty":
        file.write_text(BROKEN)
    app = make_preview(TrackFile(Path("tracks/baker.toml"), [bundled()]), clock)

    async def settle(pilot):
        await pilot.pause()
        app.say("")
        if name in ("broken", "fault"):
            file.write_text(good.replace("cook/menu", "cook/menus"))
            for _ in range(100):
                await pilot.pause(0.05)
                if not app.session.reading.shown:
                    break
            await pilot.pause(0.1)
        if name == "fault":
            await pilot.press("tab", "G", "enter")
        await pilot.pause(0.1)

    assert snap_compare(app, terminal_size=size, run_before=settle)
