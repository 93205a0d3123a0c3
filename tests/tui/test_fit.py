"""The quiz: one question at a time, answers that can be changed, and a result that explains itself."""

from __future__ import annotations

import tomllib

import pytest

from tui.app import make_app
from tui.screens.compare import CompareScreen
from tui.screens.fit import FitScreen
from tui.screens.project import ProjectScreen
from tui.screens.roles import RolesScreen


@pytest.fixture(autouse=True)
def seed(monkeypatch):
    monkeypatch.setattr("tui.screens.fit.new_seed", lambda: 7)


@pytest.fixture
def asked(quiz, progress):
    return make_app(progress)


def files(home):
    """Everything on disk but the caches."""
    return {str(one): one.read_bytes() for one in home.parent.rglob("*") if one.is_file()}


async def answer(pilot, *letters):
    """Give answers by their letters, wherever the shuffle put them; None skips."""
    for letter in letters:
        if letter is None:
            await pilot.press("s")
        else:
            pilot.app.screen.choices.select(letter)
            await pilot.press("enter")
        await pilot.pause()


async def test_from_the_roles_through_all_questions_to_a_role(home, asked, progress, shown, until):
    before = files(home)
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        assert "1 of 4" in shown(asked)
        assert "What do you reach for first" in shown(asked)
        assert "whetstone" in shown(asked)
        assert "Six guests" not in shown(asked), "one at a time"
        await answer(pilot, "a")
        assert "2 of 4" in shown(asked)
        await answer(pilot, "a", "a")
        assert "decides nothing: it says where to begin" in " ".join(shown(asked).split())
        await answer(pilot, "a")
        text = shown(asked)
        assert "the result" in text
        assert "Cook, by 8 points before" in text
        assert "A whetstone, and the big knife." in text
        assert "Begin with the knife" in text
        await pilot.press("G")
        await pilot.pause()
        assert "4 answered; nothing of it is written anywhere" in shown(asked)
        await pilot.press("g")
        await pilot.pause()
        assert files(home) == before, "no trace while nothing is chosen"
        await pilot.press("enter")
        await pilot.pause()
        assert "Follow Cook?" in shown(asked)
        await pilot.press("enter")
        await until(pilot, lambda: asked.view == "map" and asked.session.role == "cook")
        await pilot.press("q")
    asked.session.save_now()
    assert tomllib.loads(progress.read_text())["role"] == "cook"
    assert "morning" not in progress.read_text()


async def test_back_and_forward_skip_and_change(asked, shown):
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        await pilot.press("left")
        assert "this is the first one" in shown(asked)
        await answer(pilot, "a", None)
        assert "1 answered, 1 skipped, 2 left" in shown(asked)
        await pilot.press("left", "left")
        await pilot.pause()
        assert asked.screen.choices.key == "a", "the cursor stands on the answer given before"
        assert "✓" in shown(asked)
        await answer(pilot, "b")
        assert asked.screen.answers.given == {"morning": "b"}
        await pilot.press("right")
        await pilot.pause()
        assert "3 of 4" in shown(asked)
        await answer(pilot, "b")
        await pilot.press("e")
        await pilot.pause()
        assert "Baker, by 6 points" in shown(asked)
        await pilot.press("right")
        assert "this is the result" in shown(asked)
        while asked.screen.choices.key != "why:morning":
            await pilot.press("down")
        await pilot.pause()
        assert "3 points, to: What do you reach for first" in shown(asked)
        await pilot.press("enter")
        await pilot.pause()
        assert "1 of 4" in shown(asked), "an answer that decided leads to its question"
        await answer(pilot, None)
        assert "morning" not in asked.screen.answers.given, "skipping takes an answer back"
        await pilot.press("x")
        await pilot.pause()
        assert asked.screen.answers.given == {}
        assert "1 of 4" in shown(asked)


async def test_numbers_answer_in_the_order_shown(asked, shown):
    from roadmap.analysis.fit import shuffled

    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        screen = asked.screen
        letters = shuffled(screen.question, 7)
        rows = shown(asked)
        places = [rows.index(screen.question.answers[letter]) for letter in letters]
        assert places == sorted(places)
        await pilot.press("9", "0")
        await pilot.pause()
        assert screen.answers.given == {}, "there is no ninth answer"
        await pilot.press("2")
        await pilot.pause()
        assert screen.answers.given == {"morning": letters[1]}


async def test_the_letter_for_undo_takes_no_mark_back(asked, until):
    from datetime import date

    from roadmap.analysis import marks
    from roadmap.model.progress import State

    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session = asked.session
        asked.mark(marks.mark(session.catalog, session.progress, ["cook/heat"], State.DONE, date(2026, 1, 1)))
        await until(pilot, lambda: not session.unsaved)
        await pilot.press("r", "f")
        await answer(pilot, "a")
        await pilot.press("u")
        await pilot.pause(0.1)
        assert asked.screen.answers.place == 0
        assert session.records.state("cook/heat/sear") == "done"


async def test_when_it_is_close_small_projects_would_tell(asked, shown):
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        await answer(pilot, "a", None, "b")
        await pilot.press("e")
        await pilot.pause()
        text = " ".join(shown(asked).split())
        assert "but it is close: level with" in text
        assert "WHAT WOULD TELL" in text
        assert "A clear soup" in text
        while not asked.screen.choices.key.startswith("try:cook"):
            await pilot.press("down")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(asked.screen, ProjectScreen)
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(asked.screen, CompareScreen)
        assert set(asked.screen.roles) == {"cook", "baker"}
        await pilot.press("b", "b")
        await pilot.pause()
        assert isinstance(asked.screen, RolesScreen)


async def test_nothing_answered_decides_nothing_and_background_does_not_either(asked, shown):
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        await answer(pilot, None, None, None, "a")
        assert "so nothing is decided" in shown(asked)
        assert "Begin with the knife" in shown(asked)
        await pilot.press("enter", "c", "down", "G")
        await pilot.pause()
        assert isinstance(asked.screen, FitScreen)
        await pilot.press("left")
        await pilot.pause()
        assert "4 of 4" in shown(asked)


async def test_answers_stay_while_the_program_runs(asked, shown):
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await answer(pilot, "a", "b")
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(asked.screen, RolesScreen)
        await pilot.press("f")
        await pilot.pause()
        assert "3 of 4" in shown(asked)
        assert asked.screen.answers.given == {"morning": "a", "guests": "b"}
        await pilot.press("m", "r", "f")
        await pilot.pause()
        assert asked.screen.answers.given == {"morning": "a", "guests": "b"}


async def test_all_by_the_mouse(asked, shown, until):
    async with asked.run_test(size=(80, 24)) as pilot:

        async def click(text, last=False):
            rows = shown(asked).splitlines()
            at = [at for at, row in enumerate(rows) if text in row][-1 if last else 0]
            await pilot.click(offset=(rows[at].index(text) + 1, at))
            await pilot.pause()

        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        await click("what fits", last=True)
        for text in ("The flour", "Bread is nearly", "The oven. Without"):
            await click(text)
        await click("skip", last=True)
        assert asked.screen.answers.given == {"morning": "b", "guests": "b", "oven": "b"}
        assert asked.screen.answers.skipped == {"years"}
        assert "Baker, by 8 points" in shown(asked)
        asked.session.progress = asked.session.progress._replace(role="cook")
        await click("The flour")
        assert asked.screen.choices.key == "why:morning", "in the result, the first click only selects"
        assert asked.screen.question is None
        await click("Baker  ")
        await click("Baker  ")
        await click("follow it", last=True)
        await until(pilot, lambda: asked.view == "map" and asked.session.role == "baker")


async def test_a_first_run_is_written_only_when_a_role_is_chosen(quiz, home, shown, until):
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        await answer(pilot, "a", "a", "a", "b")
        assert not (home / "progress.toml").exists()
        await pilot.press("enter")
        await pilot.pause()
        assert "This writes progress.toml" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.view == "map")
    assert tomllib.loads((home / "progress.toml").read_text())["role"] == "cook"


@pytest.mark.parametrize(
    ("text", "says"),
    [("questions = 3\n", "the quiz cannot be used"), ("questions = []\n", "have no quiz")],
)
async def test_a_quiz_that_cannot_be_used_is_said(quiz, asked, shown, text, says):
    (quiz / "quiz" / "questions.toml").write_text(text)
    async with asked.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        assert says in shown(asked)
        assert isinstance(asked.screen, RolesScreen)


async def test_hostile_words_are_text(quiz, asked, shown):
    payload = "[@click=app.quit]x[/] [b $x {y}"
    text = (quiz / "quiz" / "questions.toml").read_text()
    text = text.replace("What do you reach for", f"{payload} q").replace("A whetstone", f"{payload} a")
    text = text.replace("Begin with", f"{payload} c")
    (quiz / "quiz" / "questions.toml").write_text(text)
    async with asked.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        assert f"{payload} q" in shown(asked)
        assert f"{payload} a" in shown(asked)
        await answer(pilot, "a", None, None, "a")
        assert f"{payload} a" in shown(asked)
        assert f"{payload} c" in shown(asked)


async def test_tiny_windows_and_resizing_while_it_is_open(asked, shown):
    async with asked.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await answer(pilot, "a")
        for size in ((20, 5), (1, 1), (40, 10), (120, 40), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.press("down", "left", "right", "G", "g")
            await pilot.pause()
            if size == (20, 5):
                assert "more room" in " ".join(shown(asked).split())
        await pilot.press("e")
        await pilot.resize_terminal(20, 5)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Cook" in shown(asked)
        assert "THE ANSWERS THAT DECIDED IT" in shown(asked)


async def test_the_bundled_quiz_fits_80_columns(bundled_progress, shown):
    app = make_app(bundled_progress)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        whole = len(app.screen.quiz_asked.questions)
        for place in range(whole):
            assert f"{place + 1} of {whole}" in shown(app)
            assert app.screen.choices.max_scroll_y == 0, "a question and its answers fit on the screen"
            footer = shown(app).splitlines()[-1]
            assert all(f" {word}" in footer for _, word in FitScreen.HINTS)
            await pilot.press("1")
            await pilot.pause()
        footer = shown(app).splitlines()[-1]
        assert all(f" {word}" in footer for _, word in FitScreen.RESULT)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("letters", [(), ("a",), ("a", None, "b", "a"), ("b", "b", "b", None)],
                         ids=["first", "second", "close", "clear"])  # fmt: skip
def test_looks(snap_compare, asked, size, letters):
    async def settle(pilot):
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        await answer(pilot, *letters)
        asked.screen.say("")
        await pilot.pause(0.05)

    assert snap_compare(asked, terminal_size=size, run_before=settle)


@pytest.mark.parametrize("letters", [("a",), ("a", None, "b", "a")], ids=["question", "result"])
@pytest.mark.parametrize("text", ["ascii = true\n", 'theme = "roadmap-light"\n', 'theme = "roadmap-high-contrast"\n'],
                         ids=["ascii", "light", "contrast"])  # fmt: skip
def test_looks_otherwise(snap_compare, config, quiz, progress, text, letters):
    config(text)

    async def settle(pilot):
        await pilot.pause()
        await pilot.press("r", "f")
        await pilot.pause()
        await answer(pilot, *letters)
        await pilot.press("left")
        await pilot.press("right")
        await pilot.pause(0.05)

    assert snap_compare(make_app(progress), run_before=settle)
