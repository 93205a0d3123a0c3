"""What a person does, from the first run to a proven project and back."""

from __future__ import annotations

import tomllib

from tui.app import make_app


async def test_from_the_first_run_to_a_proven_project(home, shown, until):
    file = home / "progress.toml"
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Welcome." in shown(app)
        assert "progress.toml" in shown(app)
        await pilot.press("right", "enter")
        await pilot.pause()
        assert "builds with the model" in shown(app)
        assert not file.exists(), "nothing is written before a role is chosen"
        while app.screen.picture.key != "cook":
            await pilot.press("down")
        await pilot.press("enter")
        await until(pilot, lambda: app.view == "map")
        assert file.exists()
        assert app.screen.map.key == "cook/knife", "the cursor is on what is next"
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.items.key == "cook/knife/dice"
        await pilot.press("space", "space")
        assert "done: dice an onion" in shown(app)
        assert "undoes" in shown(app)
        await pilot.press("down", "space", "space", "down", "space")
        assert "RESOURCES" in shown(app)
        await pilot.press("G", "enter")
        await pilot.pause()
        for text in ("https://example.org/soup", "notes/tasting.md", "notes/why.md"):
            await pilot.press("enter", *text, "enter")
            await pilot.press("down", "down")
            await pilot.pause()
        assert "proven: built, evaluated and explained" in shown(app)
        assert "Proven: built, evaluated and explained." in shown(app)
        await pilot.press("b", "b")
        await pilot.pause()
        assert app.screen.map.key == "cook/knife"
        assert "proven 1 of 1" in shown(app)
        await pilot.press("q")
    app.session.save_now()
    assert app.return_code == 0
    data = tomllib.loads(file.read_text())
    assert data["role"] == "cook"
    assert data["hours_per_week"] == 8
    knife = data["cook"]["knife"]
    assert knife["state"] == "done"
    assert knife["dice"]["state"] == knife["sharpen"]["state"] == knife["cuts"]["state"] == "done"
    assert knife["soup"]["built"] == "https://example.org/soup"
    assert knife["soup"]["explained"] == "notes/why.md"

    again = make_app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert again.view == "map"
        assert again.screen.map.key == "cook/heat", "what was locked is open now, and next"


async def test_answers_stay_hidden_until_asked_for_and_hide_again(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        while app.screen.items.key != "cook/knife/dice":
            await pilot.press("up")
        await pilot.pause()
        assert "Why even pieces?" in shown(app)
        assert "same time" not in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "same time" in shown(app)
        assert "stay on the hand" not in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "stay on the hand" in shown(app)
        await pilot.press("down", "up")
        await pilot.pause()
        assert "same time" not in shown(app)


async def test_a_milestone_is_started_skipped_and_taken_up_again_on_the_map(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down")
        assert app.screen.map.key == "cook/heat"
        await pilot.press("space")
        assert app.session.records.state("cook/heat") == "learning"
        await pilot.press("space")
        assert app.session.records.state("cook/heat") == "todo"
        await pilot.press("x")
        assert app.session.records.state("cook/heat") == "skipped"
        await pilot.press("x", "d")
        assert app.session.records.state("cook/heat/sear") == "done"
        await pilot.press("n")
        assert app.screen.map.key == "cook/knife"


async def test_skipping_and_coming_back_keeps_what_was_done_inside(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("x", "x")
        assert app.session.records.state("cook/knife/dice") == "done"
        assert app.session.records.state("cook/knife") == "learning"


async def test_a_link_opens_only_when_it_is_a_web_address(app, shown, monkeypatch):
    opened = []
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "down", "o")
        assert opened == ["https://example.org/cuts"]
        assert "opening example.org" in shown(app)
        await pilot.press("G", "enter")
        await pilot.pause()
        app.screen._record("evaluated", ("javascript:alert(1)",))
        app.screen.proofs.select("evaluated")
        await pilot.press("o")
        assert opened == ["https://example.org/cuts"]
        assert "not opened" in shown(app)


async def test_evidence_is_added_one_at_a_time_and_removed(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "G", "enter")
        await pilot.pause()
        app.screen.proofs.select("built")
        await pilot.press("enter", *"a/path", "enter")
        await pilot.pause()
        soup = "cook/knife/soup"
        assert app.session.records.entry(soup).built == ("https://example.org/my/soup", "a/path")
        app.screen.proofs.select("built:0")
        await pilot.press("delete")
        assert app.session.records.entry(soup).built == ("a/path",)
        await pilot.press("enter", "escape")
        assert app.session.records.entry(soup).built == ("a/path",)


async def test_find_goes_to_the_line(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"season stew")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.address == "cook/salt"
        assert app.screen.items.key == "cook/salt/season"
        await pilot.press("slash", *"big knife", "enter")
        await pilot.pause()
        assert app.screen.items.key == "cook/knife/dice", "own notes are found too"


async def test_the_next_milestone_is_one_key_away(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter", "right_square_bracket")
        await pilot.pause()
        assert "Know your heat" in shown(app)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert "Hold a knife" in shown(app)
        assert "first one" in shown(app)


async def test_another_role_is_followed_and_what_is_done_stays(app, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        assert "yours" in shown(app)
        assert app.screen.picture.key == "baker"
        while app.screen.picture.key != "cook":
            await pilot.press("up")
        await pilot.press("enter")
        await pilot.pause()
        assert app.session.progress.role == "cook"
        assert "BAKER" not in shown(app)
        assert app.session.records.state("cook/knife/dice") == "done"


async def test_the_mouse_selects_opens_marks_and_scrolls(app, until):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = app.screen.map._heads["cook/salt"]
        await pilot.click("#map", offset=(20, row))
        assert app.screen.map.key == "cook/salt"
        await pilot.click("#map", offset=(20, row))
        await pilot.pause()
        assert app.screen.address == "cook/salt"
        await pilot.press("b")
        await pilot.pause()
        row = app.screen.map._heads["cook/heat"]
        start, _ = app.screen.map.lines[row].sign
        await pilot.click("#map", offset=(start, row))
        await pilot.pause()
        assert app.session.records.state("cook/heat") == "learning"


async def test_help_says_what_the_screen_is_for_and_names_remapped_keys(config, progress, shown):
    config('[keys]\n"map.next" = "y"\n')
    app = make_app(progress)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert "y next" in shown(app)
        await pilot.press("down", "y")
        assert app.screen.map.key == "cook/knife"
        await pilot.press("question_mark")
        await pilot.pause()
        assert "one station for each milestone" in shown(app)
        assert "y  go to what is next" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "one station for each milestone" not in shown(app)


async def test_the_palette_runs_an_action_and_remembers_a_theme(app, tmp_path, until, shown):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "ctrl+p")
        await pilot.pause()
        await pilot.press(*"start it")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        assert app.session.records.state("cook/heat") == "learning"
        app.theme = "roadmap-high-contrast"
        config = tmp_path / ".home" / "config" / "config.toml"
        await until(pilot, config.exists)
    assert 'theme = "roadmap-high-contrast"' in config.read_text()
    assert make_app(app.session.workspace.place.path).theme == "roadmap-high-contrast"


async def test_a_track_fault_is_said_quietly_and_read_in_full(progress, home, shown):
    (home / "tracks" / "broken.toml").write_text('title = "Broken"\nfoo = 1\n')
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 file with faults (ctrl+p faults): broken.toml:" in shown(app)
        from tui.palette import faults

        faults(app)
        await pilot.pause()
        assert "help" in shown(app) or "^" in shown(app)
        await pilot.press("escape")


async def test_the_way_to_all_faults_is_never_cut_off_and_they_go_from_top_to_end(progress, home, shown):
    tracks = home / "tracks"
    (tracks / "cook.overlay.toml").write_text(
        '[[move]]\nwhat = "nowhere"\nafter = "knife"\n\n[[notes]]\nat = "neither"\ntext = "n"\n'
    )
    (tracks / "a-track-with-quite-a-long-name.toml").write_text("one = 1\n")
    app = make_app(progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "2 files with faults (ctrl+p faults): a-track-with-quite-a-long-name.toml:1:1" in shown(app)
        await pilot.resize_terminal(44, 24)
        await pilot.pause()
        assert "2 files with faults (ctrl+p faults)" in shown(app)
        await pilot.resize_terminal(80, 60)
        (tracks / "a-track-with-quite-a-long-name.toml").unlink()
        app.session.workspace.reload_tracks()
        await pilot.press("ctrl+p", *"faults", "enter")
        await pilot.pause(0.3)
        text = shown(app)
        assert "1 file with faults" in text
        quoted = [row.partition(" | ")[0].strip() for row in text.splitlines() if " | " in row]
        assert [one for one in quoted if one] == ["2", "6"], (
            "the lines of the file from its top, though notes are judged first"
        )
        await pilot.press("escape")


def test_the_entry_point_saves_and_returns_the_exit_status(monkeypatch, progress):
    import tui.app

    async def leave(pilot):
        await pilot.pause()
        await pilot.press("down", "space", "ctrl+c")

    start = tui.app.RoadmapApp.run
    monkeypatch.setattr(
        tui.app.RoadmapApp, "run", lambda self: start(self, headless=True, size=(80, 24), auto_pilot=leave)
    )
    assert tui.app.run(progress) == 0
    assert tomllib.loads(progress.read_text())["cook"]["heat"]["state"] == "learning"
