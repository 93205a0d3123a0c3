"""Faults of tracks: seeded one by one, and each told with its code and its exact place.

In the texts, ``»`` stands just before the place a fault has to point at; it is taken out before the text is read.
"""

# ruff: noqa: E501 - a fault a line reads best

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.loading.assemble import assemble
from roadmap.loading.clean import is_clean
from roadmap.loading.diagnostics import CODES, Fault
from roadmap.loading.judge import MAX_DEPTH, MAX_FAULTS, judge
from roadmap.loading.tracks import load_tracks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.model.catalog import Catalog

T = 'title = "T"\n'
M = '[[milestones]]\nid = "m"\ntitle = "M"\n'
N = '[[milestones]]\nid = "n"\ntitle = "N"\n'
S = '[[milestones.skills]]\nid = "s"\ncan = "do"\n'
R = '[[milestones.resources]]\ntitle = "R"\nurl = "https://example.org"\n'
P = '[[milestones.projects]]\nid = "p"\ntitle = "P"\nbrief = "b"\nbuilt = ["x"]\nevaluated = ["x"]\nexplained = ["x"]\n'
HEX = "0x" + "f" * 6000

# fmt: off
FAULTS: dict[str, tuple[str, str, str]] = {
    # name: (text, code, words of the message or help)
    "a value is missing": (f"title = »\n{M}", "T001", "no value"),
    "a string without end": (f'{T}tagline = »"open\n{M}', "T001", "does not end"),
    "a key twice": (f'{T}»title = "U"\n{M}', "T001", "`title` is defined twice"),
    "a control character": (f'title = "a»\x07"\n{M}', "T001", "control character"),
    "a number too large to read": (f"{T}{M}hours = »{'9' * 5000}\n", "T001", "number too large"),
    "no title": (f"»{M}", "T003", "the track needs the key `title`"),
    "no milestones": (f"»{T}", "T003", "the track needs the key `milestones`"),
    "an unknown key": (f'{T}»taglin = "x"\n{M}', "T002", "did you mean `tagline`?"),
    "an unknown key in a milestone": (f'{T}{M}»houers = 3\n', "T002", "unknown key `houers` in the milestone `m` (did you mean `hours`?)"),
    "an unknown key in a skill": (f'{T}{M}{S}»cann = 3\n', "T002", "did you mean `can`?"),
    "an unknown key in a resource": (f'{T}{M}{R}»link = "x"\n', "T002", "known keys: id, title, url"),
    "an unknown key in a question": (f'{T}{M}{S}ask = [{{ q = "x", a = "y", »b = "z" }}]\n', "T002", "in the first question of the skill `s`"),
    "an unknown table": (f"{T}{M}[»extra]\nx = 1\n", "T002", "unknown key `extra`"),
    "a milestone without title": (f'{T}»[[milestones]]\nid = "m"\n', "T003", "a milestone needs `title`"),
    "a milestone without id": (f'{T}»[[milestones]]\ntitle = "M"\n', "T003", "a milestone needs `id`"),
    "a skill without id": (f'{T}{M}»[[milestones.skills]]\ncan = "x"\n', "T003", "a skill needs `id`"),
    "a resource without url": (f'{T}{M}»[[milestones.resources]]\ntitle = "R"\n', "T003", "a resource needs the key `url`"),
    "a project without proof": (f'{T}{M}{P.replace("[[", "»[[").replace(chr(10) + "built = [" + chr(34) + "x" + chr(34) + "]", "")}', "T003", "a project needs the key `built`"),
    "an empty proof": (f'{T}{M}{P.replace("built = [" + chr(34) + "x" + chr(34), "built = »[")}', "T004", "should not be empty"),
    "a number for a title": (f"title = »3\n{M}", "T004", "should be a string"),
    "a text for hours": (f'{T}{M}hours = »"3"\n', "T004", "should be a number"),
    "true for hours": (f"{T}{M}hours = »true\n", "T004", "should be a number"),
    "hours below zero": (f"{T}{M}hours = »-1\n", "T004", "greater than or equal to 0"),
    "hours without end": (f"{T}{M}hours = »inf\n", "T004", "should be"),
    "hours that are no number": (f"{T}{M}hours = »nan\n", "T004", "should be a number"),
    "hours of six thousand digits": (f"{T}{M}hours = »{HEX}\n", "T004", "should be a number"),
    "half a project needed": (f"{T}{M}needs = »0.5\n{P}", "T004", "should be a whole number"),
    "a text for a choice": (f'{T}{M}capstone = »"yes"\n', "T004", "should be true or false"),
    "a word out of a list": (f'{T}{M}{R}kind = »"blog"\n', "T004", 'not "blog"'),
    "a huge number for a word": (f"{T}{M}{P}level = »{HEX}\n", "T004", "not a huge number"),
    "a moment for a date": (f"{T}reviewed = »2026-01-01T00:00:00Z\n{M}", "T004", "should be a date such as"),
    "a table for milestones": (f'{T}»[milestones]\nid = "m"\n', "T004", "should be a list (each one begins with `[[milestones]]`"),
    "a list of texts for skills": (f'{T}{M}skills = [»"x"]\n', "T004", "should be a table"),
    "a number to wait for": (f"{T}{M}after = [»3]\n", "T004", "should be a string"),
    "a list within the inner list": (f'{T}{M}after = [["n", »["n"]]]\n{N}', "T004", "the second entry of the first entry of `after` of the milestone `m`: should be a string"),
    "a list within a list within a list": (f"{T}{M}after = [[»[[]]]]\n", "T004", "should be a string"),
    "nothing to wait for": (f"{T}{M}after = [»[]]\n", "T004", "should not be empty"),
    "a number to wait for inside": (f'{T}{M}after = [["n", »3]]\n{N}', "T004", "should be a string"),
    "a title of spaces": (f'title = »"  "\n{M}', "T004", "should not be blank"),
    "a milestone of spaces": (f'{T}[[milestones]]\nid = "m"\ntitle = »"\\t"\n', "T004", "should not be blank"),
    "a reason of line ends": (f'{T}{M}why = »"""\n\n"""\n', "T004", "should not be blank"),
    "a skill of a space that does not break": (f'{T}{M}{S.replace(chr(34) + "do", "»" + chr(34) + chr(160))}', "T004", "should not be blank"),
    "a title too long": (f'title = »"{"x" * 61}"\n{M}', "T004", "longer than 60 characters"),
    "a profile too high": (f"{T}profile = {{ depth = »6 }}\n{M}", "T004", "less than or equal to 5"),
    "half a neighbor": (f'{T}»not_this = {{ role = "x" }}\n{M}', "T003", "`not_this` needs the key `because`"),
    "not a web address": (f'{T}{M}{R.replace(chr(34) + "https://example.org", "»" + chr(34) + "ftp://x")}', "T013", "not a web address"),
    "an unknown check": (f'{T}{M}{P}checks = [{{ kind = »"fil", proof = "built" }}]\n', "T025", 'no check of kind "fil"'),
    "an unknown parameter": (f'{T}{M}{P}checks = [{{ kind = "file", proof = "built", »pth = "x" }}]\n', "T025", "did you mean `path`?"),
    "a date for a parameter": (f'{T}{M}{P}checks = [{{ kind = "unchanged", proof = "built", path = "x", since = »2026-01-01 }}]\n', "T025", "write it in quotes"),
    "a parameter without end": (f'{T}{M}{P}checks = [{{ kind = "file", proof = "built", path = "x", min = »nan }}]\n', "T025", "a number below a trillion"),
    "a parameter of six thousand digits": (f'{T}{M}{P}checks = [{{ kind = "file", proof = "built", path = "x", min = »{HEX} }}]\n', "T025", "a number below a trillion"),
    "an id with capitals": (f'{T}[[milestones]]\nid = »"My Id"\ntitle = "M"\n', "T005", "write `my-id`"),
    "an id over two lines": (f'{T}[[milestones]]\nid = »"a\\nb"\ntitle = "M"\n', "T005", "the id `a b` is not kebab-case"),
    "the id of a skill": (f'{T}{M}{S.replace(chr(34) + "s", "»" + chr(34) + "_")}', "T005", "use a-z, digits and hyphens"),
    "a milestone twice": (f"{T}{M}{N.replace(chr(34) + 'n', '»' + chr(34) + 'm')}", "T006", "the id `m` is taken"),
    "a skill and a project alike": (f"{T}{M}{S}{P.replace(chr(34) + 'p', '»' + chr(34) + 's')}", "T006", "the id `s` is taken"),
    "a skill listed twice": (f'{T}{M}{S}{N}[[milestones.skills]]\nref = "t/m/s"\n[[milestones.skills]]\nref = »"t/m/s"\n', "T006", "is listed twice"),
    "a skill and a reference to it": (f'{T}{M}{S}[[milestones.skills]]\nref = »"t/m/s"\n', "T006", "is listed twice"),
    "a milestone and a reference to it": (f'{T}{M}[[milestones]]\nref = »"t/m"\n', "T006", "is listed twice"),
    "a milestone to wait for that is not there": (f'{T}{M}after = [»"nn"]\n{N}', "T007", "no milestone `nn`"),
    "one of several to wait for": (f'{T}{M}after = ["n", ["n", »"x/gone"]]\n{N}', "T007", "no milestone `x/gone`"),
    "a reference to nothing": (f'{T}{M}{S}{N}[[milestones.skills]]\nref = »"t/m/ss"\n', "T007", "did you mean `t/m/s`?"),
    "a reference to no milestone": (f'{T}{M}[[milestones]]\nref = »"other/gone"\n', "T007", "no milestone `other/gone`"),
    "a reference to a reference": (f'{T}{M}{S}{N}[[milestones.skills]]\nref = "t/m/s"\n[[milestones]]\nid = "o"\ntitle = "O"\n[[milestones.skills]]\nref = »"t/n/s"\n', "T012", "is itself a reference"),
    "a reference to a project": (f'{T}{M}{P}{N}[[milestones.skills]]\nref = »"t/m/p"\n', "T012", "is a project, not a skill"),
    "a reference to a milestone": (f'{T}{M}{N}[[milestones.skills]]\nref = »"t/m"\n', "T012", "is a milestone, not a skill"),
    "a reference with words of its own": (f'{T}{M}{S}{N}[[milestones.skills]]\nref = "t/m/s"\n»can = "x"\n', "T004", "adds nothing of its own"),
    "a track that is not there": (f'{T}extends = »"trunk"\n{M}', "T007", "there is no such track"),
    "a track that extends itself": (f'{T}extends = »"t"\n{M}', "T009", "t -> t"),
    "more projects than there are": (f"{T}{M}needs = »2\n{P}", "T004", "needs 2 projects but has 1"),
    "a milestone that waits for itself": (f'{T}{M}after = [»"m"]\n', "T008", "t/m -> t/m"),
    "milestones that wait for each other": (f'{T}{M}after = [»"n"]\n{N}after = ["m"]\n', "T008", "t/m -> t/n -> t/m"),
    "nested too deeply": (f"{T}x = {'[' * MAX_DEPTH}»{'[' * 9}{']' * (MAX_DEPTH + 9)}\n{M}", "T001", "more than 32 levels"),
    "nested beyond all measure": (f"{T}x = {'[' * MAX_DEPTH}»{'[' * 5000}\n{M}", "T001", ""),
    "after a byte order mark": (f"\ufefftitle = »3\n{M}", "T004", "should be a string"),
    "with windows line endings": (f"{T}{M}hours = »true\n".replace("\n", "\r\n"), "T004", "should be a number"),
    "after wide characters": (f'{T}{M}{S.replace("do", "漢字é")}ask = [{{ q = "漢", a = »3 }}]\n', "T004", "should be a string"),
}
# fmt: on


def place(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and column the mark stood at."""
    assert text.count("»") == 1
    before = text.partition("»")[0].removeprefix("\ufeff")
    return text.replace("»", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("text", "code", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_has_its_code_its_place_and_its_words(
    load: Callable[..., tuple[Catalog, list[Fault]]], text: str, code: str, words: str
) -> None:
    text, line, column = place(text)
    catalog, faults = load(t=text, fine=T + M)
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [(code, line, column)], faults
    [fault] = faults
    assert fault.severity == "error"
    assert fault.file.endswith("/t.toml")
    assert words in fault.brief()
    assert (fault.end_line, fault.end_column) > (line, column)
    assert fault.source == text.removeprefix("\ufeff").split("\n")[line - 1].rstrip("\r")
    assert list(catalog.tracks) == ["fine"]
    for told in (fault.brief(), fault.render()):
        assert is_clean(told)
    assert "\n" not in fault.brief()
    assert len(fault.render()) < 2000


def test_every_code_has_words() -> None:
    assert {code for _text, code, _words in FAULTS.values()} < set(CODES)
    assert len(FAULTS) > 60


@pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
def test_files_that_are_no_texts(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(fine=T + M, latin=b'title = "\xe9"\n', large=b"#" * 1_000_001)
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    catalog, faults = load_tracks([folder])
    assert list(catalog.tracks) == ["fine"]
    assert {(fault.file.rpartition("/")[2], fault.code, fault.line, fault.column) for fault in faults} == {
        (f"{name}.toml", "T010", 0, 0) for name in ("latin", "large", "folder", "pipe")
    }


def test_a_file_name_that_is_no_id(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    catalog, faults = load(**{"My Track": T + M, "fine": T + M})
    assert list(catalog.tracks) == ["fine"]
    [fault] = faults
    assert (fault.code, fault.line, fault.column) == ("T005", 1, 1)
    assert "`My Track.toml`" in fault.message


def test_a_former_id_that_nothing_can_have_had_is_a_warning(
    load: Callable[..., tuple[Catalog, list[Fault]]],
) -> None:
    catalog, faults = load(t=f'{T}{M}former = ["old", "Old M", "a/b", " "]\n{S}former = ["-"]\n')
    faults.sort(key=lambda fault: (fault.line, fault.column))
    assert [(fault.code, fault.severity, fault.line, fault.column) for fault in faults] == [
        ("T005", "warning", 5, 18), ("T005", "warning", 5, 27), ("T005", "warning", 5, 34), ("T005", "warning", 9, 11),
    ]  # fmt: skip
    assert "did you mean `old-m`?" in faults[0].brief()
    assert "delete it" in faults[2].brief()
    assert catalog.present("t/old") == "t/m"


def test_hidden_characters_are_a_warning_and_shown(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    catalog, faults = load(t='title = "a\\u001B[31mb"\n' + M.replace('"M"', '"x\u202ey"'))
    assert [(fault.code, fault.severity, fault.line, fault.column) for fault in faults] == [
        ("T011", "warning", 1, 11), ("T011", "warning", 4, 11),
    ]  # fmt: skip
    assert catalog.tracks["t"].title == "a�[31mb"
    assert catalog.tracks["t"].milestones[0].title == "x�y"


def test_many_faults_are_told_at_once(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    text = f'title = 3\nbuild = "x"\n{M}hours = true\n{S}cann = "x"\n[[milestones]]\n'
    _catalog, faults = load(t=text)
    assert sorted((fault.line, fault.code) for fault in faults) == [
        (1, "T004"), (2, "T002"), (6, "T004"), (10, "T002"), (11, "T003"), (11, "T003"),
    ]  # fmt: skip


def test_very_many_faults_are_counted(load: Callable[..., tuple[Catalog, list[Fault]]]) -> None:
    _catalog, faults = load(t=T + "".join(f"key-{n} = {n}\n" for n in range(3000)) + M)
    assert len(faults) == MAX_FAULTS
    assert faults[-1].help == f"{3000 - MAX_FAULTS} more faults of this kind are not listed"


def test_a_fault_is_drawn_with_a_caret_under_its_place() -> None:
    fault = Fault(
        "T004", "error", "t.toml", 12, 9, 12, 13, "should be a number", "write one", "hours = true # no"
    )
    assert fault.brief() == "t.toml:12:9: error[T004]: should be a number (write one)"
    lines = fault.render().split("\n")
    assert lines[0] == "error[T004]: should be a number"
    assert "t.toml:12:9" in lines[1]
    quoted = next(line for line in lines if "hours = true" in line)
    caret = next(line for line in lines if "^" in line)
    assert caret.index("^") == quoted.index("true")
    assert caret.count("^") == 4
    assert lines[-1].endswith("help: write one")


@pytest.mark.parametrize("before", ["漢字 ", "\t", "e\u0301 ", ""])
def test_carets_stand_under_wide_and_narrow_characters(before: str) -> None:
    from roadmap.loading.diagnostics import width

    source = f"{before}x = true"
    column = source.index("true") + 1
    lines = Fault("T004", "error", "t", 1, column, 1, column + 4, "m", source=source).render().split("\n")
    quoted = next(line for line in lines if "true" in line)
    caret = next(line for line in lines if "^" in line)
    assert sum(map(width, quoted[: quoted.index("true")])) == caret.index("^")


def test_a_very_long_line_is_quoted_around_the_place() -> None:
    source = "x = [" + "1, " * 50_000 + "true]"
    column = source.index("true") + 1
    shown = Fault("T004", "error", "t", 1, column, 1, column + 4, "m", source=source).render()
    assert "true]" in shown
    assert len(shown) < 800


WORDS = st.sampled_from(["m", "n", "t/m", "t/m/s", "t", "zz", "A b", "", "\x1b[1m", "x" * 300])
LEAVES = st.one_of(
    WORDS, st.integers(-5, 30), st.floats(), st.booleans(), st.dates(), st.just([]), st.just({})
)
NAMES = st.sampled_from(
    [
        "title",
        "extends",
        "milestones",
        "id",
        "after",
        "skills",
        "resources",
        "projects",
        "can",
        "ref",
        "needs",
        "hours",
        "checks",
        "kind",
        "proof",
        "not_this",
        "profile",
        "former",
        "capstone",
        "ask",
        "q",
        "a",
        "url",
        "brief",
        "built",
        "path",
        "min",
        "zz",
    ]
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5)
)


@settings(max_examples=50)
@given(st.dictionaries(NAMES, TREES, max_size=6), st.dictionaries(NAMES, TREES, max_size=8))
def test_whatever_stands_in_a_file_there_is_a_track_or_a_fault(
    track: dict[str, Any], stage: dict[str, Any]
) -> None:
    import tomli_w

    text = tomli_w.dumps({"title": "T", **track, "milestones": [{"id": "m", "title": "M", **stage}]})
    catalog, faults = assemble([judge("t", "t.toml", text)])
    errors = [fault for fault in faults if fault.severity == "error"]
    assert bool(catalog.tracks) is not bool(errors)
    lines = text.split("\n")
    for fault in faults:
        assert fault.code in CODES
        assert is_clean(fault.brief())
        assert "\n" not in fault.brief()
        assert fault.line == 0 or fault.column <= len(lines[fault.line - 1]) + 1
