"""Two open windows, the command line, an editor and crashes work on one file, beside a plain model of it.

The model knows what was acknowledged and nothing of how files are written. Whatever happens: no acknowledged
change is lost, no comment, and nothing that a person wrote by hand.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from roadmap.analysis import marks
from roadmap.cli.main import cli
from roadmap.loading.progress_text import parse_progress, read_toml
from roadmap.loading.toml_lines import scan
from roadmap.model.errors import ProgressError, UndoRefused
from roadmap.model.progress import RANK, State
from roadmap.storage.places import Place
from roadmap.storage.workspace import Workspace, today

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """
title = "Baker"

[[milestones]]
id = "bread"
title = "Bread"
skills = [{ id = "knead", can = "knead a dough" }, { id = "proof", can = "wait for a dough" }]
resources = [{ id = "book", title = "A book", url = "https://example.org/book" }]

[[milestones]]
id = "cake"
title = "Cake"
skills = [{ id = "whisk", can = "whisk eggs" }]

[[milestones.projects]]
id = "tart"
title = "A tart"
level = "core"
brief = "Bake one."
built = ["It is there."]
evaluated = ["It got 8 of 10 points."]
explained = ["Why this flour?"]
"""
ITEMS = ("baker/bread/knead", "baker/bread/proof", "baker/bread/book", "baker/cake/whisk", "baker/cake/tart")

items = st.sampled_from(ITEMS)
states = st.sampled_from(list(State))
windows = st.integers(0, 1)


class ManyHands(RuleBasedStateMachine):
    """What may happen to a file in a day, in any order."""

    root: Path
    numbers = iter(range(10**9))

    def __init__(self) -> None:
        super().__init__()
        self.folder = self.root / str(next(self.numbers))
        self.folder.mkdir()
        os.environ["ROADMAP_STATE_DIR"] = str(self.folder / "state")
        self.file = self.folder / "progress.toml"
        self.opened().create("baker", 6)
        self.windows = [self.opened(), self.opened()]
        self.comments: Counter[str] = Counter()
        self.own: dict[str, int] = {}
        self.states = dict.fromkeys(ITEMS, State.TODO)
        self.links: dict[str, set[str]] = {item: set() for item in ITEMS}
        self.notes: dict[str, set[str]] = {item: set() for item in ITEMS}
        for window in self.windows:
            assert window.snapshot.exists
        self.fresh()

    def opened(self) -> Workspace:
        return Workspace(Place(self.file, "test"), self.root / "tracks")

    def fresh(self) -> None:
        """Take every comment that is there for one to be kept."""
        lines = scan(self.file.read_text())
        self.comments = Counter(line.comment for line in lines if line.comment)

    def new(self) -> str:
        return f"n{next(self.numbers)}"

    def seen_by(self, window: Workspace, item: str) -> State:
        return window.progress.entry(item).state

    @rule(window=windows, item=items, state=states)
    def mark_in_a_window(self, window: int, item: str, state: State) -> None:
        ui = self.windows[window]
        base, disk = self.seen_by(ui, item), self.states[item]
        ui.apply(marks.mark(ui.catalog, ui.progress, [item], state, today()))
        # The window may show an old state: then both changes meet, and the one further along stays.
        both_changed = disk not in (base, state) and state != base
        if state == base != disk:
            return
        self.states[item] = max(state, disk, key=RANK.__getitem__) if both_changed else state

    @rule(window=windows, item=items)
    def link_in_a_window(self, window: int, item: str) -> None:
        ui, link = self.windows[window], f"https://example.org/{self.new()}"
        ui.apply(marks.link(ui.catalog, ui.progress, item, link))
        self.links[item].add(link)

    @rule(window=windows, item=items)
    def write_on_in_a_window(self, window: int, item: str) -> None:
        ui, word = self.windows[window], self.new()
        text = f"{ui.progress.entry(item).note}\n{word}"
        ui.apply(marks.note(ui.catalog, ui.progress, item, text))
        self.notes[item].add(word)

    @rule(window=windows)
    def look_again_in_a_window(self, window: int) -> None:
        self.windows[window].refresh()

    @rule(window=windows)
    def close_and_open_a_window(self, window: int) -> None:
        self.windows[window] = self.opened()
        assert self.windows[window].snapshot.exists

    @rule(window=windows, again=st.booleans())
    def undo_in_a_window(self, window: int, again: bool) -> None:
        ui = self.windows[window]
        before = self.file.read_bytes()
        try:
            what = ui.redo() if again else ui.undo()
        except UndoRefused:
            what = None
        if what is None:
            assert self.file.read_bytes() == before
            return
        changed = [item for item in ITEMS if self.differs(item)]
        assert len(changed) <= 1, "one change is taken back, and nothing else with it"
        for item in changed:
            self.believe(item)

    @rule(item=items, state=states)
    def mark_by_command(self, item: str, state: State) -> None:
        verb = {State.TODO: "reset", State.LEARNING: "start", State.DONE: "done", State.SKIPPED: "skip"}[
            state
        ]
        self.command(verb, item)
        self.states[item] = state

    @rule(item=items)
    def note_by_command(self, item: str) -> None:
        word = self.new()
        self.command("note", item, word)
        self.notes[item] = {word}

    @rule(item=items)
    def link_by_command(self, item: str) -> None:
        link = f"https://example.org/{self.new()}"
        self.command("link", item, link)
        self.links[item].add(link)

    def command(self, *words: str) -> None:
        done = self.invoke(*words)
        assert done.exit_code == 0, done.output

    def invoke(self, *words: str):  # type: ignore[no-untyped-def]
        options = ["--progress", str(self.file), "--tracks", str(self.root / "tracks")]
        return CliRunner().invoke(cli, [*options, *words])

    @rule(place=st.integers(0, 99))
    def write_a_comment_by_hand(self, place: int) -> None:
        lines = self.file.read_text().splitlines(keepends=True)
        free = [n for n, line in enumerate(scan("".join(lines))) if not line.in_value]
        lines.insert(free[place % len(free)], f"# {self.new()}\n")
        self.file.write_text("".join(lines))
        self.fresh()

    @rule(item=items, number=st.integers(0, 9))
    def write_a_key_by_hand(self, item: str, number: int) -> None:
        header = f"[{item.replace('/', '.')}]\n"
        text = self.file.read_text()
        if header in text:
            key = self.new()
            self.file.write_text(text.replace(header, f"{header}{key} = {number}  # {key}\n"))
            self.own[f"{item}/{key}"] = number
            self.fresh()

    @rule(item=items, state=states)
    def mark_by_hand(self, item: str, state: State) -> None:
        header = f"[{item.replace('/', '.')}]\n"
        before, found, rest = self.file.read_text().partition(header)
        end = rest.find("\n[")
        table, after = (rest[:end], rest[end:]) if end >= 0 else (rest, "")
        lines = table.splitlines(keepends=True)
        at = next((n for n, line in enumerate(lines) if line.startswith("state = ")), None)
        if found and at is not None:
            lines[at] = f'state = "{state}"\n'
            self.file.write_text(before + found + "".join(lines) + after)
            self.states[item] = state

    @rule(item=items, state=states, call=st.integers(0, 40))
    def be_killed(self, item: str, state: State, call: int) -> None:
        old, link = self.file.read_bytes(), f"https://example.org/{self.new()}"
        pid = os.fork()
        if not pid:
            ui = self.opened()
            marked = marks.link(ui.catalog, ui.progress, item, link)
            kill_at(call)
            ui.apply(marked)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        there = link in parse_progress(self.file.read_text()).entry(item).links
        assert there or self.file.read_bytes() == old
        assert there or os.WIFSIGNALED(status), "acknowledged, and not there"
        if there:
            self.links[item].add(link)

    @rule(window=windows, item=items, damage=st.sampled_from(["x = \n", "<<<<<<< HEAD\n", "schema = 2\n"]))
    def be_damaged_and_mended(self, window: int, item: str, damage: str) -> None:
        whole = self.file.read_text()
        damaged = whole.replace("schema = 1\n", damage, 1)
        self.file.write_text(damaged)
        ui = self.windows[window]
        with pytest.raises(ProgressError):
            ui.apply(marks.link(ui.catalog, ui.progress, item, f"https://example.org/{self.new()}"))
        assert self.invoke("done", item).exit_code != 0
        assert self.file.read_text() == damaged
        self.file.write_text(whole)

    def differs(self, item: str) -> bool:
        entry = parse_progress(self.file.read_text()).entry(item)
        return (entry.state, set(entry.links), words(entry.note)) != (
            self.states[item],
            self.links[item],
            self.notes[item],
        )

    def believe(self, item: str) -> None:
        entry = parse_progress(self.file.read_text()).entry(item)
        self.states[item], self.links[item] = entry.state, set(entry.links)
        self.notes[item] = words(entry.note)

    @invariant()
    def nothing_is_lost(self) -> None:
        text = self.file.read_text()
        progress, data = parse_progress(text), read_toml(text)
        for item in ITEMS:
            entry = progress.entry(item)
            assert entry.state == self.states[item], item
            assert set(entry.links) == self.links[item], item
            assert words(entry.note) == self.notes[item], item
        there = Counter(line.comment for line in scan(text) if line.comment)
        assert self.comments == there
        for path, number in self.own.items():
            table = data
            *names, key = path.split("/")
            for name in names:
                table = table[name]
            assert table[key] == number


def words(note: str) -> set[str]:
    return set(note.split())


def kill_at(point: int) -> None:
    """Make this process kill itself in front of its n-th call to the file system."""
    left = point

    def counted(call):  # type: ignore[no-untyped-def]
        def wrapper(*args: object, **named: object) -> object:
            nonlocal left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return call(*args, **named)

        return wrapper

    for name in ("open", "write", "fchmod", "fsync", "close", "rename", "replace", "unlink", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed in the middle of a save")
def test_nothing_that_was_acknowledged_is_ever_lost(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_STATE_DIR", str(quick / "unused"))
    monkeypatch.setenv("ROADMAP_CACHE_DIR", str(quick / "cache"))
    (quick / "tracks").mkdir()
    (quick / "tracks" / "baker.toml").write_text(TRACK)
    monkeypatch.setattr(ManyHands, "root", quick, raising=False)
    run_state_machine_as_test(
        ManyHands,
        settings=settings(
            max_examples=12,
            phases=(Phase.generate, Phase.shrink),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
        ),
    )
