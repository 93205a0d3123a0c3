"""Whatever a file holds, lint ends soon and says something: it never crashes and never hangs."""

from __future__ import annotations

import importlib.util
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.lint.files import Library, read_files
from roadmap.lint.formats import FORMATS, render
from roadmap.lint.mend import mend
from roadmap.lint.run import lint
from roadmap.loading.sources import Source, bundled

_spec = importlib.util.spec_from_file_location("lint_seeds", Path(__file__).with_name("seeds.py"))
seeds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeds)

LIBRARY = Library([bundled()])
SOON = 30
"""Seconds; far above what is needed (about one), far below what anything quadratic would take."""

BITS = ["[", "]", "{", "}", '"', '"""', "'", "=", ".", ",", "#", "\n", "\\", "\x00", "\u202e", "[[milestones]]\n",
        'ref = "a/b/c"', "after = [1]", "é", "\r", "\ufeff", "id = 1\n",
        "[milestones]\n", "inf", "<<<<<<< x\n"]  # fmt: skip


def look(text, id="rust"):
    report = lint([Source(id, f"{id}.toml", text)], LIBRARY)
    for form in FORMATS:
        render(report, form)
    for fault in report.faults:
        assert fault.line >= 0
        assert len(fault.message) < 2000
    return report


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(BITS) | st.text(max_size=10)),
        min_size=1,
        max_size=6,
    )
)
def test_a_track_with_random_edits(edits):
    text = seeds.SOUND
    for where, length, new in edits:
        at = int(where * len(text))
        text = text[:at] + new + text[at + length :]
    report = look(text)
    mended, changes = mend(text.removeprefix("\ufeff"), report.faults)
    assert bool(changes) == (mended != text.removeprefix("\ufeff"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(choice=st.integers(0, 10**6), value=values)
def test_a_track_with_a_value_of_any_type_anywhere(choice, value):
    """Wrong types are told, and no rule stumbles over one."""
    import tomli
    import tomli_w

    data = tomli.loads(seeds.SOUND)
    places = []

    def walk(here):
        for key in here if isinstance(here, dict) else range(len(here)):
            places.append((here, key))
            if isinstance(here[key], dict | list):
                walk(here[key])

    walk(data)
    table, key = places[choice % len(places)]
    table[key] = value
    try:
        text = tomli_w.dumps(data)
    except (TypeError, ValueError):  # null, or a surrogate: not TOML
        return
    look(text)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("bytes") / "x.toml"
    file.write_bytes(data)
    report = lint(read_files([file]), LIBRARY)
    assert report.errors
    json.loads(render(report, "json"))


def milestones(count, after):
    return 'title = "T"\n' + "".join(
        f'[[milestones]]\nid = "m{i}"\ntitle = "t"\nafter = {after(i)}\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
        for i in range(count)
    )


MANY = 10_000
SOME = 2_000
HOSTILE = {
    "circle of ten thousand": (lambda: milestones(MANY, lambda i: f'["m{(i + 1) % MANY}"]'), "T008"),
    "a thousand circles": (lambda: milestones(SOME, lambda i: f'["m{i ^ 1}"]'), "T008"),
    "thousands of lost references": (lambda: milestones(SOME, lambda i: f'["z/m{i}"]'), "T007"),
    "all wait for all": (lambda: milestones(250, lambda i: str([f"m{j}" for j in range(i)])), "T004"),
    "one id": (lambda: 'title = "T"\n' + '[[milestones]]\nid = "m"\ntitle = "t"\n' * MANY, "T006"),
    "bad ids": (lambda: "".join(f'[[milestones]]\nid = "M {i}"\ntitle = "t"\n' for i in range(SOME)), "T005"),
    "deep arrays": (lambda: "a = " + "[" * MANY + "]" * MANY, "T001"),
    "deep tables": (lambda: "a = " + "{a=" * 400 + "1" + "}" * 400, "T001"),
    "deep header": (lambda: "[" + ".".join("a" * 600) + "]\n", "T001"),
    "dotted key": (lambda: ".".join("a" * 20_000) + " = 1", "T001"),
    "long key": (lambda: "k" * 40_000 + " = 1", "T002"),
    "long hidden key": (lambda: '"' + "\\u001b" * 7000 + '" = 1', "T002"),
    "many unknown keys": (lambda: "".join(f"key{i} = 1\n" for i in range(10_000)), "T002"),
    "long line": (lambda: 'title = "' + "x" * 900_000 + '"', "T004"),
    "many hidden characters": (lambda: "x = [" + '"\\u001b",' * 20_000 + "]", "T011"),
    "much white space": (
        lambda: '[[milestones]]\nid = "a"\ntitle = "t"\nkeywords = [' + '" a",' * 20_000 + "]",
        "T026",
    ),
    "no end": (lambda: 'title = """' + "x" * 900_000, "T001"),
    "huge number": (lambda: "a = " + "9" * 100_000, "T001"),
    "huge hexadecimal": (lambda: "hours = 0x" + "f" * 500_000, "T002"),
    "same key": (lambda: "a = 1\n" * 100_000, "T001"),
    "same sentence": (
        lambda: milestones(1, lambda _: "[]") + "ask = [" + '{q="x", a="a b c d e f g h i"},' * MANY + "]",
        "T018",
    ),
    "nothing": (lambda: "", "T003"),
    "zeros": (lambda: "\0" * 1000, "T001"),
    "carriage returns": (lambda: "\r" * 100_000, "T001"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_files_end_soon(name):
    make, code = HOSTILE[name]
    text = make()
    start = time.process_time()
    report = look(text)
    assert time.process_time() - start < SOON
    assert code in {fault.code for fault in report.faults}
    assert len(report.faults) < 1000


def test_a_chain_of_five_hundred_tracks_that_comes_back():
    def text(i):
        return (
            f'title = "T"\nextends = "t{(i + 1) % 500}"\n[[milestones]]\nid = "a"\ntitle = "b"\n'
            '[[milestones.skills]]\nid = "s"\ncan = "c"\n'
        )

    report = lint([Source(f"t{i}", f"t{i}.toml", text(i)) for i in range(500)])
    assert [fault.code for fault in report.faults] == ["T009"]
