"""What a person changed of a track in a file of their own, as the screens show it."""

from __future__ import annotations

from tui.app import make_app

MINE = """
hide = ["knife/sharpen", "heat"]

[[notes]]
at = "knife"
text = "[b]Ask Mina[/b] for the good board.\\u001b[31m"

[[notes]]
at = "knife/dice"
text = "onions are in the cellar"

[[notes]]
at = "knife/soup"
text = "for eight people"

[[milestones]]
id = "bread"
title = "A bread of ours"
place_after = "knife"
[[milestones.skills]]
id = "bake"
can = "bake it, and show the crumb"
"""


async def test_notes_of_the_overlay_stand_with_what_they_are_about(home, progress, shown):
    (home / "tracks" / "cook.overlay.toml").write_text(MINE, encoding="utf-8")
    app = make_app(progress)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "A bread of ours" in shown(app)
        assert "Know your heat" not in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        text = shown(app)
        assert "note  [b]Ask Mina[/b] for the good board.\ufffd[31m" in text
        assert "from your overlay" in text
        assert "sharpen a knife" not in text
        assert "onions are in the cellar" not in text  # the skill is not open
        await pilot.press("g", "j")
        await pilot.pause()
        assert "onions are in the cellar" in shown(app)
        assert "with the big knife" in shown(app)  # the note of the progress file is there too
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "for eight people" in shown(app)
        assert "from your overlay" in shown(app)
        await pilot.press("escape", "slash", *"cellar")
        await pilot.pause()
        assert "dice an onion" in shown(app)
        await pilot.press("escape", "q")
    assert app.return_code == 0


async def test_what_the_overlay_added_and_hides_is_said_quietly(home, progress, shown):
    added = (
        '[[add]]\nto = "knife"\n[[add.projects]]\nid = "salad"\ntitle = "A salad"\nhours = 1\nbrief = "Cut it."\n'
        'built = ["a bowl"]\nevaluated = ["eaten"]\nexplained = ["why so even?"]\n'
    )
    (home / "tracks" / "cook.overlay.toml").write_text(MINE + added, encoding="utf-8")
    app = make_app(progress)
    async with app.run_test(size=(120, 44)) as pilot:
        await pilot.pause()
        app.open_address("cook/knife")
        await pilot.pause()
        assert "hidden by your overlay: sharpen" in shown(app)
        assert "added by your overlay" not in shown(app), "its project is closed"
        await pilot.press("G")
        await pilot.pause()
        assert "added by your overlay" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "added by your overlay" in shown(app), "on the project's own screen too"
        await pilot.press("b")
        app.open_address("cook/bread")
        await pilot.pause()
        assert shown(app).count("added by your overlay") == 1
        await pilot.press("j")
        await pilot.pause()
        assert shown(app).count("added by your overlay") == 1, "not again for each of its skills"
        app.open_address("cook/salt")
        await pilot.pause()
        assert "your overlay" not in shown(app)


async def test_a_broken_overlay_is_told_and_takes_nothing_away(home, progress, shown):
    (home / "tracks" / "cook.overlay.toml").write_text("hide = 3\n", encoding="utf-8")
    app = make_app(progress)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "1 file with faults (ctrl+p faults): cook.overlay.toml:1:8" in shown(app)
        assert "Know your heat" in shown(app)
        await pilot.press("q")


async def test_a_borrowed_milestone_is_a_station_of_the_track_that_lists_it(home, progress, shown):
    (home / "tracks" / "smith.toml").write_text(
        'title = "Smith"\n[[milestones]]\nid = "fire"\ntitle = "Feed a fire"\nhours = 3\n[[milestones]]\nid = "blade"\n'
        'title = "Forge a blade"\nhours = 9\nafter = ["fire"]\n[[milestones.skills]]\nid = "temper"\ncan = "temper it"\n',
        encoding="utf-8",
    )
    (home / "tracks" / "cook.overlay.toml").write_text(
        '[[milestones]]\nref = "smith/blade"\n', encoding="utf-8"
    )
    progress.write_text(progress.read_text().replace('role = "baker"', 'role = "cook"'))
    app = make_app(progress)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = shown(app)
        assert "SMITH" not in text
        assert "0 of 5" in text
        row = next(line for line in text.splitlines() if "Forge a blade" in line)
        assert " 5  Forge a blade" in row
        assert "needs another track" in row
        assert "trunk" not in row
        await pilot.press("q")
