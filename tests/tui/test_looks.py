"""Pictures of every screen at two sizes, and the corners: ASCII, tiny terminals, themes, no color."""

from __future__ import annotations

import pytest

from tui import themes
from tui.app import make_app

SIZES = [(80, 24), (120, 40)]

SCREENS = {
    "map": (),
    "milestone": ("enter",),
    "milestone-answers": ("enter", "up", "a", "a"),
    "project": ("enter", "G", "enter"),
    "evidence": ("enter", "G", "enter", "enter"),
    "roles": ("r",),
    "find": ("slash", *"knife"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """No blinking cursor in a picture."""
    from textual.widgets import Input

    monkeypatch.setattr(Input, "cursor_blink", False)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_screen(snap_compare, app, name, size):
    async def settle(pilot):
        await pilot.press(*SCREENS[name])
        await pilot.pause(0.4 if name == "palette" else 0.05)

    assert snap_compare(app, terminal_size=size, run_before=settle)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_first_run(snap_compare, home, size):
    app = make_app()

    async def hide_the_path(pilot):
        from pathlib import Path

        from roadmap.storage.places import Place

        await pilot.pause()
        app.screen.places = [
            Place(Path("/home/ada/learn/progress.toml"), "Here, in the current folder."),
            Place(Path("/home/ada/progress.toml"), "In your data folder."),
        ]
        app.screen.fill()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=hide_the_path)


def test_problem(snap_compare, progress, monkeypatch):
    import tui.screens.problem

    monkeypatch.setattr(tui.screens.problem, "tilde", lambda path: "~/learn/progress.toml")
    progress.write_text('schema = 1\nrole = "baker\n')
    assert snap_compare(make_app(progress))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", [(), ("r",)], ids=["map", "roles"])
def test_bundled_tracks(snap_compare, bundled_progress, keys, size):
    assert snap_compare(make_app(bundled_progress), press=keys, terminal_size=size)


@pytest.mark.parametrize("name", ["map", "milestone", "project"])
def test_ascii(snap_compare, config, progress, name):
    config("ascii = true\n")
    assert snap_compare(make_app(progress), press=SCREENS[name])


@pytest.mark.parametrize("name", ["map", "milestone"])
@pytest.mark.parametrize("theme", ["roadmap-light", "roadmap-high-contrast", "textual-dark"])
def test_theme(snap_compare, config, progress, name, theme):
    config(f'theme = "{theme}"\n')
    assert snap_compare(make_app(progress), press=SCREENS[name])


def test_no_color(snap_compare, progress, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(make_app(progress))


def test_narrow(snap_compare, app):
    assert snap_compare(app, terminal_size=(60, 20))


async def test_ascii_means_ascii(config, progress, shown):
    config("ascii = true\n")
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in ((), ("enter",), ("G", "enter"), ("question_mark",), ("escape", "b", "b", "r")):
            await pilot.press(*keys)
            await pilot.pause()
            others = {letter for letter in shown(app) if ord(letter) > 126}
            assert others <= set("▁▂▃▄▅▆▇█"), f"after {keys}: {others}"


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (39, 24), (80, 9), (10, 3), (41, 10)])
async def test_tiny_terminals(app, shown, size):
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if size[0] >= 20 and (size[0] < 40 or size[1] < 10):
            assert "more room" in " ".join(shown(app).split())
        keys = (
            "down",
            "space",
            "enter",
            "G",
            "enter",
            "enter",
            "escape",
            "b",
            "b",
            "r",
            "slash",
            "a",
            "escape",
            "question_mark",
        )
        for key in keys:
            await pilot.press(key)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("escape", "m")
        await pilot.pause()
        assert "Hold a knife" in shown(app)
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        await pilot.press("q")
    assert app.return_code == 0


@pytest.mark.parametrize("theme", themes.OURS, ids=lambda theme: theme.name)
def test_contrast(theme):
    background, surface = theme.background, theme.surface
    least_text, least_muted = (7, 4.5) if theme.name != "roadmap-high-contrast" else (15, 7)
    for ground in (background, surface, theme.variables["cursor"]):
        assert themes.contrast(theme.variables["text"], ground) >= least_text - (
            0 if ground == background else 3.5
        )
    for name in (
        "text-muted",
        "text-disabled",
        "text-warning",
        "text-error",
        "text-success",
        "text-accent",
        "text-primary",
    ):
        assert themes.contrast(theme.variables[name], background) >= least_muted, name
    assert themes.contrast(theme.variables["fault-text"], theme.variables["fault"]) >= 7


async def test_footers_fit_80_columns(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in ((), ("enter",), ("G", "enter"), ("b", "b", "r")):
            await pilot.press(*keys)
            await pilot.pause()
            footer = shown(app).splitlines()[-1]
            for _, word in app.screen.HINTS:
                assert f" {word}" in footer, (keys, footer)
