"""Text from files is shown as it is: never markup, never an action, whatever screen it passes through."""

from __future__ import annotations

import pytest

from tui.app import make_app

PAYLOADS = [
    "[@click=app.quit]x[/]",
    "[/bold]",
    "[link=https://evil.example]y[/link]",
    "[b",
    "\\\\[red]",
    "$x {y} %s",
]


def track(payload: str) -> str:
    text = "\n".join(
        [
            "title = '''{0} T'''",
            "tagline = '''{0} tag'''",
            "optimizes_for = '''{0}'''",
            "builds = 'the-model'",
            "[[milestones]]",
            "id = 'one'",
            "title = '''{0} M'''",
            "why = '''{0} why'''",
            "[[milestones.skills]]",
            "id = 'skill'",
            "can = '''{0} can'''",
            "ask = [{{ q = '''{0} q''', a = '''{0} a''' }}]",
            "[[milestones.resources]]",
            "id = 'page'",
            "title = '''{0} R'''",
            "url = 'https://example.org/{1}'",
            "note = '''{0} note'''",
            "[[milestones.projects]]",
            "id = 'thing'",
            "title = '''{0} P'''",
            "level = 'core'",
            "hours = 1",
            "brief = '''{0} brief'''",
            "built = ['''{0} b''']",
            "evaluated = ['''{0} e''']",
            "explained = ['''{0} x''']",
        ]
    )
    return text.format(payload, "%5Blink")


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_markup_in_files_is_text_on_every_screen(home, payload, shown, until):
    (home / "tracks" / "bad.toml").write_text(track(payload))
    (home / "tracks" / "faulty.toml").write_text(f"title = '''{payload}'''\n'{payload}' = 1\n")
    file = home / "progress.toml"
    file.write_text(
        "schema = 1\nrole = 'bad'\n[bad.one]\nstate = 'learning'\n"
        f"[bad.one.skill]\nstate = 'learning'\nnote = '''{payload} mine'''\nlinks = ['''{payload}''']\n"
        f"[bad.one.thing]\nstate = 'doing'\nbuilt = '''{payload}'''\n"
    )
    app = make_app(file)
    assert "bad" in app.session.catalog.tracks, app.session.workspace.faults
    plain = payload.split()[0]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert plain in shown(app)
        await pilot.press("question_mark", "escape", "enter", "a")
        await pilot.pause()
        for end in ("mine", "can", "q", "a", "why", "R", "P"):
            assert f"{payload} {end}" in shown(app), end
        await pilot.press("space")
        await pilot.pause()
        assert f"done: {payload}" in shown(app)
        await pilot.press("plus", "escape", "G", "enter")
        await pilot.pause()
        for end in ("brief", "b", "e", "x"):
            assert f"{payload} {end}" in shown(app), end
        await pilot.press("enter")
        await pilot.pause()
        assert f"{payload} b" in shown(app)
        await pilot.press("escape", "slash", *"thing")
        await pilot.pause()
        assert plain in shown(app)
        await pilot.press("escape", "b", "b", "r")
        await pilot.pause()
        assert f"{payload} tag" in shown(app)
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press("escape")
        from tui.palette import faults, orphans, which

        for show in (faults, orphans, which):
            show(app)
            await pilot.pause()
            await pilot.press("escape")
        await pilot.press("u")
        await until(pilot, lambda: "undone" in shown(app))
        assert app.is_running
        await pilot.press("q")
    assert app.return_code == 0


async def test_control_characters_in_what_is_typed_do_not_reach_screen_or_file(app, progress):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "G", "enter", "enter")
        await pilot.pause()
        from textual.widgets import Input

        app.screen.query_one(Input).value = "a\x1b[31mb\u202ec"
        await pilot.press("enter")
        await pilot.pause()
        assert "\x1b" not in app.session.records.entry("cook/knife/soup").evaluated[0]
        await pilot.press("q")
    assert "\\u001b" not in progress.read_text().lower()
