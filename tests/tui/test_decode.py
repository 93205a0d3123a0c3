"""Reading a posting: pasted or opened, its quotes shown in its text, and what it asks for leads on."""

from __future__ import annotations

import threading
import tomllib
from pathlib import Path

import pytest
from textual import events

from tui.screens.compare import CompareScreen
from tui.screens.decode import LONGEST, MOST, DecodeScreen, fitting
from tui.screens.decode import read as really_read
from tui.screens.milestone import MilestoneScreen
from tui.screens.posting import PostingScreen
from tui.screens.roles import RolesScreen

POSTING = (Path(__file__).parent / "posting.txt").read_text()
"""A posting written for these tests."""

GERMAN = """Wir suchen eine Person, die mit uns kocht und für die Gäste da ist. Du bist Teil von einem
Team und arbeitest bei uns in der Küche. Das Brot und die Suppe sind dir nicht fremd, und du bist gern früh wach."""


def paste(app, text):
    app.screen.focused.post_message(events.Paste(text))


async def open_place(pilot):
    await pilot.pause()
    await pilot.press("r", "d")
    await pilot.pause()
    assert isinstance(pilot.app.screen, DecodeScreen)


async def read(pilot, until, text):
    await open_place(pilot)
    paste(pilot.app, text)
    await until(pilot, lambda: isinstance(pilot.app.screen, PostingScreen))
    await pilot.pause()


def highlighted(screen):
    """The words that are lit in the text."""
    return "".join(part.text for line in screen.text.lines for part in line.parts if part.lit)


async def test_from_the_roles_through_a_posting_to_a_role(home, kitchen, progress, shown, until):
    async with kitchen.run_test(size=(120, 40)) as pilot:
        await read(pilot, until, POSTING)
        text = " ".join(shown(kitchen).split())
        for words in (
            "Cook: ",
            "of what it says of the work",
            "none of these roles",
            "THE WORDS THAT DECIDED",
            '"season every"',
            "ASKED FOR, NOT YET YOURS",
            "Know your heat",
        ):
            assert words in text, words
        said = ["".join(part.text for part in line.parts) for line in kitchen.screen.result.lines[:4]]
        assert "sounds like Baker; the work described does not." in " ".join(" ".join(said).split())
        assert kitchen.screen.result.key == "role:cook"
        assert not any("telephone" in one.read_text(errors="replace") for one in home.parent.rglob("*")
                       if one.is_file()), "a posting is written nowhere"  # fmt: skip
        await pilot.press("enter")
        await pilot.pause()
        assert "Follow Cook?" in shown(kitchen)
        await pilot.press("enter")
        await until(pilot, lambda: kitchen.view == "map" and kitchen.session.role == "cook")
        await pilot.press("q")
    kitchen.session.save_now()
    assert tomllib.loads(progress.read_text())["role"] == "cook"
    assert "telephone" not in progress.read_text()


async def test_shares_stand_as_numbers_that_sum_to_a_hundred(kitchen, until, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await read(pilot, until, POSTING)
        rows = ["".join(part.text for part in line.parts) for line in kitchen.screen.result.lines]
        end = next(at for at, row in enumerate(rows) if "THE WORDS" in row)
        numbers = [int(row.split("%")[0].split()[-1]) for row in rows[:end] if "%  " in row]
        assert sum(numbers) == 100
        assert kitchen.screen.outcome.reading.clear
        assert " clear" in shown(kitchen).splitlines()[0]


async def test_moving_through_the_quotes_moves_the_text(kitchen, until, shown):
    long = POSTING.replace("About us\n", "About us\n\n" + "We like it here, and say so.\n\n" * 30)
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await read(pilot, until, long)
        screen = kitchen.screen
        await pilot.press("tab")
        assert screen.result.key.startswith("quote:")
        seen = set()
        while screen.result.key.startswith("quote:"):
            one = screen.outcome.reading.evidence[int(screen.result.key[6:])]
            await pilot.pause()
            if "\n" not in screen.outcome.reading.text[one.start : one.end]:
                assert " ".join(highlighted(screen).split()) == one.quote
            top, height = screen.text.scroll_offset.y, screen.text.scrollable_content_region.height
            row = screen._text_view.row_of(one.start)
            assert top <= row < top + height, "the quote is in view"
            assert f"{one.line}  " in shown(kitchen)
            seen.add(one.line)
            await pilot.press("down")
        assert len(seen) >= 4
        assert screen.result.key.startswith("ask:")
        await pilot.pause()
        assert highlighted(screen)
        await pilot.press("tab")
        assert screen.result.key == "role:cook", "round and round"
        before = screen.text.scroll_offset.y
        await pilot.press("K")
        assert screen.text.scroll_offset.y < before


async def test_a_gap_leads_to_its_milestone_and_back_with_its_new_state(kitchen, until, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await read(pilot, until, POSTING)
        screen = kitchen.screen
        await pilot.press("tab", "tab")
        while screen.result.key != "ask:cook/heat":
            await pilot.press("down")
        await pilot.pause()
        assert '"hot pan", line 18; on your path' in shown(kitchen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(kitchen.screen, MilestoneScreen)
        assert kitchen.screen.address == "cook/heat"
        while kitchen.screen.items.key != "cook/heat/sear":
            await pilot.press("down")
        await pilot.press("space", "space", "b")
        await pilot.pause()
        assert kitchen.screen is screen
        rows = ["".join(part.text for part in line.parts) for line in screen.result.lines]
        heat = next(row for row in rows if "Know your heat" in row)
        assert "claimed" in heat
        assert rows.index(heat) > next(at for at, row in enumerate(rows) if "ASKED FOR, YOURS" in row)


async def test_words_that_are_not_listed_are_not_marked(kitchen, until):
    duties = "".join(f"- You will season every stew of week {week} by tasting\n" for week in range(40))
    async with kitchen.run_test(size=(120, 40)) as pilot:
        await read(pilot, until, f"Cook\n\nWhat you will do\n\n{duties}- You will knead one dough a year\n")
        view, reading = kitchen.screen.view, kitchen.screen.outcome.reading
        assert 0 < dict(reading.shares)["baker"] < 0.05
        marked = {reading.text[start:end] for start, end in view.spans()}
        assert marked == {"season every"}
        assert len(view.spans()) == 40, "what is listed once is marked wherever it stands"


async def test_a_gap_is_put_on_the_path_and_taken_off_again(home, progress, kitchen, until, shown):
    progress.write_text(progress.read_text().replace('role = "baker"', 'role = "cook"'))
    overlay = home / "tracks" / "cook.overlay.toml"
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: kitchen.session.role == "cook")
        await read(pilot, until, POSTING)
        screen = kitchen.screen
        assert "on my path" not in shown(kitchen).splitlines()[-1]
        await pilot.press("a")
        await pilot.pause()
        assert "choose a milestone it asks for" in shown(kitchen)
        while screen.result.key != "ask:baker/dough":
            await pilot.press("down")
        await pilot.pause()
        assert "on my path" in shown(kitchen).splitlines()[-1]
        assert "taught by the track of Baker" in " ".join(shown(kitchen).split())
        await pilot.press("a")
        await until(pilot, lambda: "on your path: Feel a dough" in shown(kitchen))
        assert tomllib.loads(overlay.read_text()) == {"milestones": [{"ref": "baker/dough"}]}
        assert kitchen.session.standing("cook").of("baker/dough") is not None
        assert '"knead one dough", line 12; on your path' in " ".join(shown(kitchen).split())
        await pilot.press("a")
        await until(pilot, lambda: "off your path: Feel a dough" in shown(kitchen))
        assert kitchen.session.standing("cook").of("baker/dough") is None
        overlay.write_text("<<<<<<< ours\n")
        await pilot.press("a")
        await until(pilot, lambda: "cannot be changed" in shown(kitchen))
        assert overlay.read_text() == "<<<<<<< ours\n"
        while screen.result.key != "ask:cook/heat":
            await pilot.press("up")
        overlay.unlink()
        await pilot.pause()
        assert "on my path" not in shown(kitchen).splitlines()[-1]
        await pilot.press("a")
        await until(pilot, lambda: "is on your path already" in shown(kitchen))
        assert not overlay.exists()


async def test_by_the_mouse(kitchen, until, shown):
    async with kitchen.run_test(size=(120, 40)) as pilot:

        async def click(text, times=1):
            rows = shown(kitchen).splitlines()
            at = max(at for at, row in enumerate(rows) if text in row)
            for _ in range(times):
                await pilot.click(offset=(rows[at].index(text) + 1, at))
                await pilot.pause()

        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        await click("read a posting")
        kitchen.screen.area.text = POSTING
        await pilot.pause()
        await click("read it")
        await until(pilot, lambda: isinstance(kitchen.screen, PostingScreen))
        await pilot.pause()
        await click('"season every"')
        assert highlighted(kitchen.screen) == "season every"
        await click("compare")
        assert isinstance(kitchen.screen, CompareScreen)
        assert kitchen.screen.roles == ["cook", "baker"]
        await click("back")
        rows = shown(kitchen).splitlines()
        at = next(at for at, row in enumerate(rows) if row[1:].lstrip().startswith("Cook  "))
        await pilot.click(offset=(4, at))
        await pilot.pause()
        await pilot.click(offset=(4, at))
        await pilot.pause()
        await click("follow it")
        await until(pilot, lambda: kitchen.view == "map" and kitchen.session.role == "cook")


async def test_a_file_by_its_path_and_what_is_no_file(home, kitchen, until, shown):
    (home / "a posting.txt").write_text(POSTING)
    async with kitchen.run_test(size=(120, 24)) as pilot:
        await open_place(pilot)
        for typed in ("a posting.txt", str(home / "a posting.txt").replace(" ", "\\ "), f"'{home}/a posting.txt'",
                      f"file://{home}/a%20posting.txt"):  # fmt: skip
            kitchen.screen.area.text = typed
            await pilot.press("tab")
            await until(pilot, lambda: isinstance(kitchen.screen, PostingScreen))
            assert "a posting.txt" in shown(kitchen).splitlines()[0]
            await pilot.press("b")
            await pilot.pause()
            assert kitchen.screen.area.text == typed
        for typed, says in (
            ("nowhere.txt", "is not there"),
            (str(home), "is not a file"),
            ("/dev/zero", "is not a file"),
            ("", "nothing to read yet"),
            ("   \n ", "nothing to read yet"),
            (GERMAN, "This looks like German"),
        ):
            kitchen.screen.area.text = typed
            await pilot.pause()
            await pilot.press("tab")
            await until(pilot, lambda says=says: says in " ".join(shown(kitchen).split()))
            assert isinstance(kitchen.screen, DecodeScreen)
        kitchen.screen.area.text = "Something else"
        await pilot.pause()
        assert "German" not in shown(kitchen), "what was said goes when the text does"
        (home / "page.pdf.txt").write_bytes(b"%PDF-1.7 ...")
        kitchen.screen.area.text = "page.pdf.txt"
        await pilot.pause()
        await pilot.press("tab")
        await until(pilot, lambda: "is a PDF" in shown(kitchen))


async def test_a_posting_that_speaks_for_nobody_is_calm(kitchen, until, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await read(
            pilot, until, "Lamplighter\n\nYou will light the lamps of the street, and put them out at dawn.\n"
        )
        text = " ".join(shown(kitchen).split())
        assert "not clear" in text.splitlines()[0]
        assert "It names nothing that the tracks teach" in text
        await pilot.press("tab", "enter", "c", "J", "b")
        await pilot.pause()


async def test_the_text_stays_while_the_program_runs_and_can_be_cleared(kitchen, until, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await read(pilot, until, POSTING)
        await pilot.press("b", "escape")
        await pilot.pause()
        assert isinstance(kitchen.screen, RolesScreen)
        await pilot.press("d")
        await pilot.pause()
        assert kitchen.screen.area.text.startswith("Head Baker")
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert kitchen.screen.area.text == ""
        await pilot.press("escape", "d")
        await pilot.pause()
        assert kitchen.screen.area.text == ""


async def test_what_is_typed_is_text_and_help_says_only_what_works(kitchen, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await open_place(pilot)
        await pilot.press("q", "u", "slash", "question_mark", "j", "enter", "b")
        assert kitchen.screen.area.text == "qu/?j\nb"
        await pilot.press("f1")
        await pilot.pause()
        assert "read the posting" in shown(kitchen)
        assert "take the last change back" not in shown(kitchen)
        await pilot.press("escape", "ctrl+p")
        await pilot.pause(0.2)
        assert "Read the posting" in shown(kitchen)


async def test_a_megabyte_is_cut_and_read_beside_the_event_loop(kitchen, until, shown, monkeypatch):
    threads = []

    def watched(session, text):
        threads.append(threading.current_thread())
        return really_read(session, text)

    monkeypatch.setattr("tui.screens.decode.read", watched)
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await open_place(pilot)
        paste(kitchen, (POSTING * 2000)[:1_000_000])
        await until(pilot, lambda: isinstance(kitchen.screen, PostingScreen))
        await pilot.press("tab", "down", "down")
        assert len(kitchen.screen.outcome.reading.text) <= MOST
        assert "only the first 60,000 characters" in shown(kitchen)
        await pilot.press("b")
        await pilot.pause()
        assert len(kitchen.screen.area.text) <= MOST
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_what_is_taken_of_a_text():
    assert fitting("a\r\nb\rc") == "a\nb\nc"
    assert "\x1b" not in fitting("a\x1b[31mb\u202ec")
    long = fitting("A sentence of some words. " * 1000)
    assert all(len(one) <= LONGEST for one in long.split("\n"))
    assert "\n".join(one.rstrip() for one in long.split("\n")).count("words.") == 1000
    assert len(fitting("x" * 10 * MOST)) <= MOST + MOST // LONGEST + 1


PAYLOAD = "[@click=app.quit]x[/] [b $x {y} \x1b[31m\x1b]0;pwned\x07 \u202eevil"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_hostile_posting_is_text(kitchen, until, shown, size):
    text = POSTING.replace("Head Baker,", f"Head Baker {PAYLOAD},").replace(
        "every stew", f"every {PAYLOAD} stew"
    )
    async with kitchen.run_test(size=size) as pilot:
        await read(pilot, until, text)
        assert "[@click=app.quit]x[/]" in shown(kitchen)
        for _ in range(14):
            await pilot.press("down")
        for letter in ("\x1b", "\x07", "\u202e"):
            assert letter not in shown(kitchen)
        await pilot.press("b")
        await pilot.pause()
        assert "\x1b" not in kitchen.screen.area.text
        await pilot.press("escape", "q")
    assert kitchen.return_code == 0


async def test_tiny_windows_and_resizing_while_it_is_open(kitchen, until, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await open_place(pilot)
        for size in ((20, 5), (40, 10), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
            if size == (20, 5):
                assert "more room" in " ".join(shown(kitchen).split())
            else:
                await pilot.press("x")
                assert kitchen.screen.area.has_focus
        assert kitchen.screen.area.text == "xxx"
        kitchen.screen.area.text = ""
        paste(kitchen, POSTING)
        await until(pilot, lambda: isinstance(kitchen.screen, PostingScreen))
        screen = kitchen.screen
        await pilot.press("tab", "down")
        lit = highlighted(screen)
        assert lit
        for size in ((20, 5), (1, 1), (40, 10), (60, 20), (120, 40), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
            if size[0] >= 60:
                assert " ".join(highlighted(screen).split()) == lit
                row = screen._text_view.row_of(screen._selected_span()[0])
                top = screen.text.scroll_offset.y
                assert top <= row < top + screen.text.scrollable_content_region.height
            await pilot.press("down", "up", "tab", "tab", "tab")
            screen.result.select("quote:" + str(screen.view.quotes[0][2][1]))
            await pilot.pause()
        assert kitchen.is_running


async def test_leaving_while_it_reads_is_no_trouble(kitchen, shown):
    async with kitchen.run_test(size=(80, 24)) as pilot:
        await open_place(pilot)
        paste(kitchen, POSTING * 40)
        await pilot.press("escape")
        await pilot.pause(0.5)
        assert isinstance(kitchen.screen, RolesScreen)
