"""What a progress file's text says, and how a text that cannot be read is reported."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from datetime import date

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.progress_text import MAX_NOTICES, parse_progress
from roadmap.model.errors import (
    BrokenProgress,
    ConflictedProgress,
    NewerProgress,
    ProgressError,
    UnreadableProgress,
)
from roadmap.model.progress import SCHEMA, Entry, Progress, State

SAMPLE = '''\
# my notes
schema = 1
role = "agentic-ai-engineer"
hours_per_week = 6

[ai-engineer.first-app]
state = "learning"

[ai-engineer.first-app.streaming]
state = "done"
on = 2026-11-24
note = """
two lines,
[not.a.table] "quoted"
"""
links = ["https://example.org/a", "notes/b.md"]

[ai-engineer.first-app.support-bot]
built = "https://github.com/me/support-bot"
evaluated = ["evals/a.json", "evals/b.json"]

[ai-engineer.evals]
state = "todo"
'''


def test_a_file_says_everything_it_holds() -> None:
    progress = parse_progress(SAMPLE)
    assert progress.role == "agentic-ai-engineer"
    assert progress.hours_per_week == 6.0
    assert progress.notices == ()
    assert progress.schema == SCHEMA
    assert progress.entries == {
        "ai-engineer/first-app": Entry(State.LEARNING),
        "ai-engineer/first-app/streaming": Entry(
            State.DONE,
            date(2026, 11, 24),
            'two lines,\n[not.a.table] "quoted"\n',
            ("https://example.org/a", "notes/b.md"),
        ),
        "ai-engineer/first-app/support-bot": Entry(
            State.LEARNING,
            built=("https://github.com/me/support-bot",),
            evaluated=("evals/a.json", "evals/b.json"),
        ),
        "ai-engineer/evals": Entry(State.TODO),
    }


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "# only a comment", "schema = 1"])
def test_a_file_with_nothing_in_it_is_valid(text: str) -> None:
    assert parse_progress(text) == Progress()


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, str.rstrip])
def test_line_endings_mark_and_last_newline_do_not_matter(change) -> None:  # type: ignore[no-untyped-def]
    assert parse_progress(change(SAMPLE)) == parse_progress(SAMPLE)


def test_hand_written_forms_mean_the_same() -> None:
    tables = parse_progress('[a.m]\nstate = "done"\n[a.m.i]\nstate = "doing"\n')
    dotted = parse_progress('a.m.state = "done"\na.m.i.state = "doing"\n')
    inline = parse_progress('a = { m = { state = "done", i = { state = "doing" } } }\n')
    assert tables == dotted == inline
    assert tables.entry("a/m/i").state is State.LEARNING


def test_a_milestone_that_only_holds_items_has_no_entry_of_its_own() -> None:
    assert list(parse_progress('[a.m.i]\nstate = "done"\n').entries) == ["a/m/i"]
    assert list(parse_progress("[a.m]\n").entries) == ["a/m"]


def test_an_item_may_be_called_like_a_key() -> None:
    progress = parse_progress('[a.m]\nstate = "todo"\n[a.m.note]\nstate = "done"\n')
    assert progress.entry("a/m").note == ""
    assert progress.entry("a/m/note").state is State.DONE
    assert progress.notices == ()


MISREAD = [
    ('state = "dnoe"', "state should be one of", 'did you mean "done"'),
    ("state = 3", "state should be", "not 3"),
    ('on = "yesterday"', "on should be a date", "yesterday"),
    ("on = 20261124", "on should be a date", "20261124"),
    ("note = 5", "note should be a text", "not 5"),
    ("links = [1, 2]", "links should be a text", "a list"),
    ("built = true", "built should be a text", "true"),
    ('stat = "done"', 'the key "stat" is not known', 'did you mean "state"'),
    ("mood = 1e999", 'the key "mood" is not known', ""),
    ('"\\u001b[2J" = 1', 'the key "�[2J" is not known', ""),
]


@pytest.mark.parametrize(("line", "what", "more"), MISREAD, ids=[line for line, _, _ in MISREAD])
def test_what_is_not_understood_is_told_and_harms_nothing(line: str, what: str, more: str) -> None:
    progress = parse_progress(f"[a.m.i]\n{line}\nevaluated = 'e'\n")
    assert progress.entry("a/m/i") == Entry(State.LEARNING, evaluated=("e",))
    [notice] = progress.notices
    assert notice.startswith("a/m/i: ")
    assert what in notice
    assert more in notice


@pytest.mark.parametrize(
    "top",
    ["role = 3", "hours_per_week = 'six'", "hours_per_week = 0", "hours_per_week = nan", "hours_per_week = inf",
     "hours_per_week = true", "schema = 'x'", "schema = 0", "schema = true", "colour = 'red'",
     f"hours_per_week = {'9' * 400}"],
)  # fmt: skip
def test_a_top_key_that_is_not_understood_is_told(top: str) -> None:
    progress = parse_progress(f"{top}\n[a.m]\nstate = 'done'\n")
    assert len(progress.notices) == 1
    assert progress.role is None
    assert progress.hours_per_week is None
    assert progress.entry("a/m").state is State.DONE


@pytest.mark.parametrize(
    "text",
    ["[Upper.case]\nstate='done'", '["a/b".c]\nstate="done"', '[a."b c"]\nstate="done"', "[[a.b]]\nstate='done'",
     "[a]\nstate='done'", '[a."x\\u200b"]\nstate="done"'],
)  # fmt: skip
def test_a_name_that_is_no_address_is_told_and_has_no_entry(text: str) -> None:
    progress = parse_progress(text)
    assert progress.entries == {}
    assert len(progress.notices) == 1


def test_a_table_below_an_item_is_told() -> None:
    progress = parse_progress("[a.m.i]\nstate='done'\n[a.m.i.deeper]\nx=1\n")
    assert list(progress.entries) == ["a/m/i"]
    assert "deeper" in progress.notices[0]


def test_notices_are_counted_when_they_are_many() -> None:
    progress = parse_progress("".join(f"k{n} = 1\n" for n in range(MAX_NOTICES + 50)))
    assert len(progress.notices) == MAX_NOTICES + 1
    assert progress.notices[-1].startswith("50 more")


def test_states_dates_and_lists_are_read_kindly() -> None:
    progress = parse_progress(
        '[a.m]\nstate = "Done "\non = "2026-11-24"\nlinks = "one"\nbuilt = ["", " x "]\n'
        "[a.n]\non = 2026-11-24T10:00:00+02:00\n"
    )
    assert progress.entry("a/m") == Entry(State.DONE, date(2026, 11, 24), "", ("one",), ("x",))
    assert progress.entry("a/n").on == date(2026, 11, 24)
    assert progress.notices == ()


def test_every_string_is_cleaned() -> None:
    progress = parse_progress('role = "a\\u001b"\n[a.m]\nnote = "\\u009b2J\\u202e"\nlinks = ["\\u0007"]\n')
    assert progress.role == "a�"
    assert progress.entry("a/m").note == "�2J�"
    assert progress.entry("a/m").links == ("�",)


def test_a_syntax_error_has_a_place_and_says_what_to_do() -> None:
    with pytest.raises(BrokenProgress) as caught:
        parse_progress('schema = 1\n\n[a.m]\nstate = "done\n')
    error = caught.value
    assert (error.line, error.column) == (4, 14)
    assert "line 4" in error.message
    assert "editor" in error.help
    assert error.help.endswith(".")


def test_a_key_twice_is_said_plainly() -> None:
    with pytest.raises(BrokenProgress, match="same key stands twice") as caught:
        parse_progress('[a.m]\nstate = "done"\nstate = "todo"\n\n[a.n]\n')
    assert caught.value.line == 3


def test_conflict_markers_are_recognized_before_the_syntax_error() -> None:
    text = 'schema = 1\n\n[a.m]\n<<<<<<< HEAD\nstate = "done"\n=======\nstate = "todo"\n>>>>>>> laptop\nbroken = = 1\n'
    for variant in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        with pytest.raises(ConflictedProgress) as caught:
            parse_progress(variant)
        assert (caught.value.line, caught.value.column) == (4, 1)
        assert "`roadmap resolve`" in caught.value.help
        assert "editor" in caught.value.help


def test_a_conflict_that_begins_inside_a_note_is_a_conflict() -> None:
    text = '[a.m]\nnote = """\none\n<<<<<<< HEAD\nmine"""\n=======\ntheirs"""\n>>>>>>> laptop\n'
    with pytest.raises(ConflictedProgress) as caught:
        parse_progress(text)
    assert caught.value.line == 4


def test_markers_inside_a_note_are_the_note_and_a_whole_conflict_there_is_told() -> None:
    heading = parse_progress('[a.m]\nnote = """\nTitle\n=======\n"""\n')
    assert heading.notices == ()
    both = parse_progress('[a.m]\nnote = """\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z\n"""\n')
    assert len(both.notices) == 1
    assert "conflict" in both.notices[0]


def test_a_syntax_error_in_a_file_with_such_a_note_is_no_conflict() -> None:
    with pytest.raises(BrokenProgress):
        parse_progress('[a.m]\nnote = """\nTitle\n=======\n"""\nbroken\n')


@pytest.mark.parametrize("second", ["[a.m]", '["a" . m ] # again'])
def test_two_copies_of_a_table_are_called_a_merge(second: str) -> None:
    with pytest.raises(ConflictedProgress) as caught:
        parse_progress(f'[a.m]\nstate = "done"\n\n[a.n]\nx = ["""\n[a.n]\n"""]\n\n{second}\nstate = "todo"\n')
    assert "A merge left two copies of [a.m], at line 1 and line 9." in caught.value.message
    assert "`roadmap resolve`" in caught.value.help
    assert caught.value.line == 9


def test_a_newer_schema_has_its_place() -> None:
    with pytest.raises(NewerProgress) as caught:
        parse_progress(f"# hello\nschema = {SCHEMA + 1}\nshape = 'unknown'\n")
    assert caught.value.line == 2


def test_a_text_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    began = time.perf_counter()
    with pytest.raises(UnreadableProgress):
        parse_progress("a = " + "[" * 5_000_000)
    assert time.perf_counter() - began < 5


BOMBS = {
    "nesting": "a = " + "[" * 100_000,
    "inline tables": "a = " + "{a=" * 10_000,
    "key of many parts": ".".join(["a"] * 20_000) + " = 1",
    "header of many parts": "[" + ".".join(["a"] * 20_000) + "]",
    "endless number": "a = " + "9" * 100_000,
    "endless schema": "schema = 0x" + "f" * 1_000_000,
    "endless hours": "hours_per_week = 0x" + "f" * 1_000_000,
    "endless note": "[a.m]\nnote = 0x" + "f" * 100_000,
    "open strings": '"""' * 99_999,
    "markers in a note": '[a.m]\nnote = """\n' + "<<<<<<<\n=======\n" * 100_000 + '"""\n',
    "markers everywhere": "<<<<<<<\n" * 100_000,
    "quotes": "'\"" * 100_000,
    "headers": "[a]\n" * 50_000,
    "unknown keys": "".join(f"k{n} = 1\n" for n in range(50_000)),
    "lone surrogate": "a = '\ud800'\n[",
    "early date": "[a.m]\non = 0001-01-01T00:00:00+23:59\n",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_hostile_text_is_read_or_refused_in_time(text: str) -> None:
    began = time.perf_counter()
    try:
        progress = parse_progress(text)
    except ProgressError as error:
        assert len(str(error)) < 800
        str(error).encode("utf-8")
    else:
        assert all(len(notice) < 400 for notice in progress.notices)
    assert time.perf_counter() - began < 5


def test_truncated_anywhere_it_is_read_or_refused() -> None:
    data = SAMPLE.encode()
    for end in range(len(data)):
        try:
            parse_progress(data[:end].decode())
        except ProgressError as error:
            assert error.line is not None
            assert error.help


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> laptop", "||||||| base"])
def test_a_conflict_marker_in_any_line_is_reported_there(marker: str) -> None:
    lines = SAMPLE.splitlines(keepends=True)
    inside = {n for n, line in enumerate(lines) if line.startswith(("two lines", "[not.a", '"""\n'))}
    for at in range(len(lines) + 1):
        text = "".join([*lines[:at], marker + "\n", *lines[at:]])
        if at in inside:
            assert marker in parse_progress(text).entry("ai-engineer/first-app/streaming").note
        else:
            with pytest.raises(ConflictedProgress) as caught:
                parse_progress(text)
            assert caught.value.line == at + 1


@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_read_or_refused(at: int, bit: int) -> None:
    data = bytearray(SAMPLE.encode())
    data[at] ^= 1 << bit
    with suppress(ProgressError):
        parse_progress(data.decode("utf-8", "replace"))


@given(st.text("[]{}=.,\"'\\#<>\n\r ab1-\ufeff", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_progress(text)
    except ProgressError as error:
        with pytest.raises(ValueError):
            tomli.loads(text.removeprefix("\ufeff"))
        assert not isinstance(error, NewerProgress)


def test_reading_loads_nothing_heavy() -> None:
    script = (
        "import sys; from roadmap.loading.progress_text import parse_progress;"
        "parse_progress('schema = 1');"
        "print([m for m in ('pydantic', 'textual', 'tomlrt', 'tomli_w', 'filelock', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
