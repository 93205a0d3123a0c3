"""Roles side by side: picked, laid out at every width, and followed."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from tui.app import make_app
from tui.screens.compare import CompareScreen, default_roles
from tui.screens.roles import RolesScreen
from tui.views.compare import LABELS, CompareView, grid
from tui.widgets.lines import width_of

SMITH = """
title = "Smith"
tagline = "Hits it while it is hot."
builds = "the-model"
optimizes_for = "a blade that stays sharp"
artifacts = "knives"

[profile]
patience = 5
fire = 4

[[milestones]]
id = "forge"
title = "Light a forge"
hours = 12
why = "Without heat, nothing."
skills = [{ ref = "cook/knife/sharpen" }]
"""

ALL = ["ai-engineer", "genai-developer", "agentic-ai-engineer", "forward-deployed-engineer", "ml-engineer"]


@pytest.fixture
def little(progress):
    """An application on three small tracks, two of them one's branch and trunk."""
    (progress.parent / "tracks" / "smith.toml").write_text(SMITH)
    return make_app(progress, progress.parent / "tracks")


async def on_roles(pilot, role):
    await pilot.pause()
    await pilot.press("r")
    await pilot.pause()
    pilot.app.screen.picture.select(role)
    await pilot.pause()


async def test_the_chosen_role_stands_beside_its_neighbor(little, shown):
    async with little.run_test(size=(80, 24)) as pilot:
        await on_roles(pilot, "smith")
        await pilot.press("c")
        await pilot.pause()
        screen = little.screen
        assert isinstance(screen, CompareScreen)
        assert screen.roles == ["smith", "baker"], "beside the one that is followed"
        for text in ("a blade that stays sharp", "you follow it", "12 h", "yours already", "not said"):
            assert text in shown(little), text
        await pilot.press("G")
        await pilot.pause()
        assert "knead" not in shown(little), "milestones are named, not each of their skills"
        assert "Light a forge" in shown(little)
        await pilot.press("b")
        assert isinstance(little.screen, RolesScreen)


def test_neighbors(little):
    session = little.session
    assert default_roles(session, "cook") == ["cook", "baker"]
    assert default_roles(session, "baker") == ["baker", "cook"], "what it extends"
    assert default_roles(session, "nobody") == []
    little.session.catalog.tracks.pop("smith")
    little.session.catalog.tracks.pop("baker")
    assert not set(default_roles(session, "cook")) - set(session.catalog.tracks)


async def test_roles_are_picked_with_space_and_followed_by_keys(little, progress, shown, until):
    async with little.run_test(size=(80, 24)) as pilot:
        await on_roles(pilot, "cook")
        await pilot.press("space")
        await pilot.pause()
        assert "picked Cook: pick another" in shown(little)
        assert "✓ Cook" in shown(little)
        little.screen.picture.select("smith")
        await pilot.press("space")
        await pilot.pause()
        assert "picked Cook and Smith: c compares them" in shown(little)
        await pilot.press("c")
        await pilot.pause()
        assert little.screen.roles == ["cook", "smith"]
        await pilot.press("right")
        assert little.screen.heads.key == "smith"
        await pilot.press("right")
        assert little.screen.heads.key == "cook", "round and round"
        await pilot.press("left", "enter")
        await pilot.pause()
        assert "Follow Smith?" in shown(little)
        assert "What you did for another role stays" in " ".join(shown(little).split())
        await pilot.press("escape")
        await pilot.pause()
        assert little.session.role == "baker"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: little.view == "map" and little.session.role == "smith")
        await pilot.press("q")
    little.session.save_now()
    assert tomllib.loads(progress.read_text())["role"] == "smith"


async def test_roles_are_picked_and_followed_by_the_mouse(little, shown, until):
    async with little.run_test(size=(120, 40)) as pilot:
        await on_roles(pilot, "baker")
        footer = shown(little).splitlines()[-1]
        await pilot.click("#keys", offset=(footer.index("compare"), 0))
        await pilot.pause()
        assert little.screen.roles == ["baker", "cook"]
        await pilot.click("#keys", offset=(shown(little).splitlines()[-1].index("pick roles"), 0))
        await pilot.pause()
        rows = shown(little).splitlines()
        at = next(at for at, row in enumerate(rows) if "Smith" in row)
        await pilot.click(offset=(rows[at].index("Smith"), at))
        at = next(at for at, row in enumerate(rows) if "compare" in row and "as before" in row)
        await pilot.click(offset=(rows[at].index("compare"), at))
        await pilot.pause()
        assert little.screen.roles == ["baker", "cook", "smith"]
        place = (shown(little).splitlines()[3].index("Smith"), 0)
        await pilot.click("#heads", offset=place)
        assert little.screen.heads.key == "smith"
        await pilot.click("#heads", offset=place)
        await pilot.pause()
        rows = shown(little).splitlines()
        at = next(at for at, row in enumerate(rows) if "follow it" in row and "not now" in row)
        await pilot.click(offset=(rows[at].index("follow it"), at))
        await until(pilot, lambda: little.view == "map" and little.session.role == "smith")


async def test_marks_show_at_once_and_picking_less_than_two_changes_nothing(little, shown):
    async with little.run_test(size=(80, 24)) as pilot:
        await on_roles(pilot, "baker")
        await pilot.press("c")
        await pilot.pause()
        before = little.screen.view.result.yours["cook"]
        from datetime import date

        from roadmap.analysis import marks
        from roadmap.model.progress import State

        session = little.session
        little.mark(
            marks.mark(session.catalog, session.progress, ["cook/heat"], State.DONE, date(2026, 1, 1))
        )
        await pilot.pause()
        assert little.screen.view.result.yours["cook"] == before + 6
        await pilot.press("space", "space")
        await pilot.pause()
        assert little.screen.picked == ["cook"]
        await pilot.press("enter")
        await pilot.pause()
        assert little.screen.roles == ["baker", "cook"]


async def test_at_most_five(bundled_progress, shown):
    app = make_app(bundled_progress)
    async with app.run_test(size=(120, 40)) as pilot:
        await on_roles(pilot, ALL[0])
        for role in ALL:
            app.screen.picture.select(role)
            await pilot.press("space")
        app.screen.picked[0] = "gone"
        app.screen.picture.select(ALL[0])
        await pilot.press("space")
        await pilot.pause()
        assert "the most" in shown(app)
        app.screen.picked[0] = ALL[0]
        await pilot.press("c")
        await pilot.pause()
        for word in ("Deployed", "GenAI", "Agentic", "ML"):
            assert word in shown(app).splitlines()[3], "five columns at 120"


@pytest.mark.parametrize("count", [2, 3, 4, 5])
@pytest.mark.parametrize("width", [38, 50, 60, 79, 119, 200])
def test_every_line_fits(bundled_progress, width, count):
    session = make_app(bundled_progress).session
    session.open()
    from tui.signs import ASCII, UNICODE

    for signs in (UNICODE, ASCII):
        view = CompareView(session, ALL[:count], signs)
        lines = view.lines(width, ALL[0])
        assert max(width_of(one.parts) for one in lines) <= width + 2, "but for blanks after the last column"
        assert max(len("".join(part.text for part in one.parts).rstrip()) for one in lines) <= width
        _, spans = view.heads(width, ALL[1])
        assert list(spans) == ALL[:count]
        said = "\n".join("".join(part.text for part in one.parts) for one in lines)
        for address in view.result.shared:
            assert session.catalog.things[address] is not None
        assert said.count("from ") >= 2 * (count - 1), "what it costs to go both ways"


def test_columns_use_the_room():
    assert grid(79, 3).beside
    assert not grid(79, 4).beside
    assert grid(119, 5).beside
    assert grid(79, 2).label == LABELS[0]
    assert grid(50, 2).label == 0


async def test_hostile_words_are_text(home, shown):
    payload = "[@click=app.quit]x[/] [b $x"
    (home / "tracks" / "bad.toml").write_text(
        f"title = '''{payload}'''\noptimizes_for = '''{payload} o'''\nbuilds = 'the-model'\n"
        f"[profile]\n'fi-re' = 3\n[[milestones]]\nid = 'm'\ntitle = '''{payload} m'''\n"
        f"[[milestones.skills]]\nid = 's'\ncan = '''{payload} s'''\n"
    )
    (home / "progress.toml").write_text("schema = 1\nrole = 'cook'\n")
    app = make_app(home / "progress.toml", home / "tracks")
    async with app.run_test(size=(120, 40)) as pilot:
        await on_roles(pilot, "bad")
        await pilot.press("c")
        await pilot.pause()
        assert f"{payload} o" in shown(app)
        assert f"{payload} m" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert f"Follow {payload}?" in shown(app)
        await pilot.press("escape", "space")
        await pilot.pause()
        assert payload in shown(app)
        await pilot.press("escape", "q")
    assert app.return_code == 0


async def test_tiny_windows_and_resizing_while_it_is_open(little, shown):
    async with little.run_test(size=(80, 24)) as pilot:
        await on_roles(pilot, "baker")
        await pilot.press("c")
        for size in ((20, 5), (40, 10), (1, 1), (120, 40), (60, 20), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("right", "down", "G", "g", "space", "escape", "enter", "escape")
            await pilot.pause()
            if size == (20, 5):
                assert "more room" in " ".join(shown(little).split())
        assert isinstance(little.screen, CompareScreen)
        assert "Baker" in shown(little)
        assert "yours already" in shown(little)


async def test_one_role_alone_has_nobody_to_stand_beside(home, shown):
    folder = home / "one"
    folder.mkdir()
    (home / "progress.toml").write_text("schema = 1\n")
    app = make_app(home / "progress.toml")
    for role in list(app.session.catalog.tracks):
        if role != "cook":
            app.session.catalog.tracks.pop(role)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert "there is only one" in shown(app)


async def test_from_the_map_by_the_finder_of_commands(little, until):
    async with little.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p", *"compare roles")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(little.screen, CompareScreen))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "keys", [(), ("pagedown",), ("space",), ("enter",)], ids=["top", "below", "pick", "follow"]
)
def test_looks(snap_compare, little, size, keys):
    async def settle(pilot):
        await on_roles(pilot, "smith")
        await pilot.press("c")
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause(0.05)

    assert snap_compare(little, terminal_size=size, run_before=settle)


@pytest.mark.parametrize(
    "text",
    ["ascii = true\n", 'theme = "roadmap-light"\n', 'theme = "roadmap-high-contrast"\n'],
    ids=["ascii", "light", "contrast"],
)
def test_looks_otherwise(snap_compare, config, progress, text):
    config(text)
    (progress.parent / "tracks" / "smith.toml").write_text(SMITH)
    app = make_app(progress, progress.parent / "tracks")

    async def settle(pilot):
        await on_roles(pilot, "smith")
        await pilot.press("c")
        await pilot.pause(0.05)

    assert snap_compare(app, run_before=settle)


def test_nothing_of_choosing_is_loaded_at_the_start():
    script = (
        "import sys, tui.app, tui.screens.map, tui.screens.roles\n"
        "late = ('compare', 'fit', 'decode', 'posting', 'pick', 'follow')\n"
        "found = [f'tui.{room}.{name}' for room in ('screens', 'views') for name in late]\n"
        "found += ['roadmap.analysis.compare', 'roadmap.analysis.fit', 'roadmap.analysis.posting.reading']\n"
        "found += ['textual.widgets._text_area']\n"
        "print([name for name in found if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
