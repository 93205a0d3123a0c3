from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.app import RoadmapApp, make_app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.pilot import Pilot

COOK = """
title = "Cook"
tagline = "Feeds people well, every day, and knows why it tastes good."
builds = "with-the-model"
optimizes_for = "a warm meal on the table when people are hungry"
enjoys = "people who like working with their hands"

[not_this]
role = "ai-engineer"
because = "nothing here is ever deployed"

[[milestones]]
id = "knife"
title = "Hold a knife"
hours = 4
why = "Everything starts with even cuts. Uneven pieces cook unevenly."

[[milestones.skills]]
id = "dice"
can = "dice an onion evenly, and show it"
ask = [
  { q = "Why even pieces?", a = "They are done at the same time." },
  { q = "Why curl the fingers?", a = "So that all of them stay on the hand." },
]

[[milestones.skills]]
id = "sharpen"
can = "sharpen a knife, and show that it cuts paper"
ask = [{ q = "How often?", a = "Before it is needed." }]

[[milestones.resources]]
id = "cuts"
title = "The basic cuts"
url = "https://example.org/cuts"
kind = "article"
cost = "free"
hours = 1

[[milestones.resources]]
id = "steel"
title = "On steel"
url = "https://example.com/steel"
kind = "book"
cost = "paid"
hours = 3
optional = true

[[milestones.projects]]
id = "soup"
title = "A clear soup"
level = "core"
hours = 2
brief = "Cook a soup in which every piece is done and none is mush."
built = ["a pot of soup", "every vegetable recognizable"]
evaluated = ["three people say what they taste"]
explained = ["Why did the carrots go in first?"]

[[milestones]]
id = "heat"
title = "Know your heat"
hours = 6
after = ["knife"]
why = "Too hot is burnt, too cold is boiled."
[[milestones.skills]]
id = "sear"
can = "sear without burning, and show the pan afterward"

[[milestones]]
id = "salt"
title = "Salt and acid"
hours = 5
after = ["knife"]
why = "Most dull food lacks one of the two."
[[milestones.skills]]
id = "season"
can = "season a stew by tasting, and show it"

[[milestones]]
id = "menu"
title = "A menu for six"
hours = 9
after = ["heat", "salt"]
why = "Timing is what is left."
[[milestones.skills]]
id = "plan"
can = "plan four dishes backward from the hour of serving, and show the plan"
"""

BAKER = """
title = "Baker"
extends = "cook"
tagline = "Gets up early."
builds = "with-the-model"

[[milestones]]
id = "dough"
title = "Feel a dough"
hours = 8
after = ["cook/menu"]
why = "Flour differs from day to day; hands notice."
[[milestones.skills]]
id = "knead"
can = "knead until it is done, and show the window"
"""

SIGNALS = """
[[signals]]
means = "{0}"
weight = 3
phrases = {1}
"""

POINTS = """
[quiz]
morning = {{ {0} = 3, c = 1 }}
guests = {{ {0} = 2 }}
oven = {{ {0} = 3 }}
"""

PROGRESS = """\
schema = 1
role = "baker"
hours_per_week = 6

[cook.knife]
state = "learning"

[cook.knife.dice]
state = "done"
on = 2026-01-15
note = "with the big knife"

[cook.knife.sharpen]
state = "learning"

[cook.knife.cuts]
state = "done"
on = 2026-01-16

[cook.knife.steel]
state = "todo"

[cook.knife.soup]
state = "doing"
built = "https://example.org/my/soup"

[cook.heat]
state = "todo"

[cook.salt]
state = "todo"

[cook.menu]
state = "todo"

[baker.dough]
state = "todo"
"""

QUIZ = Path(__file__).parent / "quiz.toml"

BUNDLED = """\
schema = 1
role = "agentic-ai-engineer"

[ai-engineer.model-api-foundations]
state = "done"
on = 2026-01-10

[ai-engineer.first-evals]
state = "done"
on = 2026-02-10

[ai-engineer.prompt-and-context]
state = "learning"
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine of its own for each test: no config, no file, nothing of the person who runs it."""
    for name in ("config", "state", "data"):
        monkeypatch.setenv(f"ROADMAP_{name.upper()}_DIR", str(tmp_path / ".home" / name))
    monkeypatch.setenv("ROADMAP_CACHE_DIR", str(cache))
    monkeypatch.setenv("HOME", str(tmp_path / ".home"))
    for name in ("ROADMAP_PROGRESS", "NO_COLOR", "VISUAL", "EDITOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    work = tmp_path / "work"
    (work / "tracks").mkdir(parents=True)
    (work / "tracks" / "cook.toml").write_text(COOK)
    (work / "tracks" / "baker.toml").write_text(BAKER)
    monkeypatch.chdir(work)
    yield work


@pytest.fixture
def progress(home: Path) -> Path:
    """A progress file somewhere along the way of the little track."""
    path = home / "progress.toml"
    path.write_text(PROGRESS)
    return path


@pytest.fixture
def bundled_progress(tmp_path: Path) -> Path:
    """A progress file on a bundled track, with no other tracks beside it."""
    folder = tmp_path / "bundled"
    folder.mkdir()
    path = folder / "progress.toml"
    path.write_text(BUNDLED)
    return path


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str], None]:
    def write(text: str) -> None:
        folder = tmp_path / ".home" / "config"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(textwrap.dedent(text))

    return write


@pytest.fixture
def app(progress: Path) -> RoadmapApp:
    return make_app(progress)


@pytest.fixture
def until() -> Callable[[Pilot[None], Callable[[], object]], Awaitable[None]]:
    """Wait until something is so; fail when it is not within five seconds."""

    async def wait(pilot: Pilot[None], so: Callable[[], object]) -> None:
        for _ in range(100):
            await pilot.pause(0.02)
            if so():
                await pilot.pause()
                return
        raise AssertionError("it did not happen within five seconds")

    return wait


@pytest.fixture
def shown() -> Callable[[RoadmapApp], str]:
    """Return what the terminal shows, as text."""

    def text(app: RoadmapApp) -> str:
        strips = app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    return text


@pytest.fixture
def quiz(home):
    """A quiz of three questions that decide and one that does not, on two tracks."""
    tracks = home / "tracks"
    (tracks / "quiz").mkdir()
    (tracks / "quiz" / "questions.toml").write_text(QUIZ.read_text())
    for name, letter in (("cook", "a"), ("baker", "b")):
        text = (tracks / f"{name}.toml").read_text()
        head, mark, rest = text.partition("\n[[milestones]]")
        (tracks / f"{name}.toml").write_text(head + POINTS.format(letter) + mark + rest)
    return tracks


@pytest.fixture
def kitchen(home, progress):
    """Two tracks with signals and keywords of their own."""
    tracks = home / "tracks"
    for name, means, phrases, keywords in (
        ("cook", "cooks", '["dice", "season* every", "sharpen the knives"]',
         {"knife": '["dice onions", "sharpen the knives"]', "heat": '["hot pan"]'}),
        ("baker", "bakes", '["knead"]', {"dough": '["knead one dough"]'}),
    ):  # fmt: skip
        text = (tracks / f"{name}.toml").read_text()
        for milestone, words in keywords.items():
            text = text.replace(f'id = "{milestone}"\n', f'id = "{milestone}"\nkeywords = {words}\n')
        (tracks / f"{name}.toml").write_text(text + SIGNALS.format(means, phrases))
    with (tracks / "baker.toml").open("a") as file:
        title = SIGNALS.format("the title names a baker", '["head baker"]') + 'parts = ["title"]\n'
        file.write(title.replace("weight = 3", "weight = 2"))
    return make_app(progress)
