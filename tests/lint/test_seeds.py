from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from roadmap.lint.catalog import PAGES
from roadmap.loading.judge import judge

_spec = importlib.util.spec_from_file_location("lint_seeds", Path(__file__).with_name("seeds.py"))
seeds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeds)


def test_the_sound_track_is_clean(lint_texts):
    assert lint_texts(rust=seeds.SOUND).faults == ()


@pytest.mark.parametrize(
    ("code", "old", "new"), seeds.SEEDS, ids=[f"{i}-{s[0]}" for i, s in enumerate(seeds.SEEDS)]
)
def test_each_seeded_fault_is_told_once_at_its_place(lint_texts, code, old, new):
    assert seeds.SOUND.count(old) == 1
    marked = seeds.SOUND.replace(old, new)
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")

    (fault,) = lint_texts(rust=text).faults

    def place(offset):
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    assert fault.code == code
    assert (fault.line, fault.column) == place(start)
    assert (fault.end_line, fault.end_column) == place(end)
    assert fault.severity == PAGES[code].severity
    assert fault.source == text.split("\n")[fault.line - 1]


@pytest.mark.parametrize("seed", [seed for seed in seeds.SEEDS if seed[0] == "T025"])
def test_a_check_that_lint_refuses_is_not_loaded(lint_texts, seed):
    text = seeds.SOUND.replace(*seed[1:]).replace("«", "").replace("»", "")
    assert not judge("rust", "rust.toml", seeds.SOUND).failed
    (told,) = [(one.message, one.line) for one in judge("rust", "rust.toml", text).faults]
    assert [told] == [(one.message, one.line) for one in lint_texts(rust=text).faults]


def test_places_hold_with_windows_line_endings_and_a_byte_order_mark(lint_texts):
    for code, old, new in seeds.SEEDS:
        marked = seeds.SOUND.replace(old, new)
        text = marked.replace("«", "").replace("»", "")
        plain = lint_texts(rust=text).faults
        windows = lint_texts(rust="\ufeff" + text.replace("\n", "\r\n")).faults
        assert [(f.code, f.line, f.column) for f in windows] == [(f.code, f.line, f.column) for f in plain], (
            code,
            new,
        )


def test_all_seeded_faults_of_many_files_are_told_at_once(lint_texts):
    texts = {}
    for index, (_code, old, new) in enumerate(seeds.SEEDS):
        texts[f"t{index}"] = seeds.SOUND.replace(old, new).replace("«", "").replace("»", "")
    report = lint_texts(**texts)
    told = {(fault.file, fault.code) for fault in report.faults}
    # Circles and addresses name the track `rust`, which is not among these.
    own = [i for i, (code, _old, new) in enumerate(seeds.SEEDS) if code != "T009" and "rust/" not in new]
    assert {(f"t{i}.toml", seeds.SEEDS[i][0]) for i in own} <= told
    assert report.files == len(seeds.SEEDS)


def test_there_are_seeds_for_every_code_a_text_can_have():
    assert len(seeds.SEEDS) >= 60
    overlays = {"T027", "T028", "T029", "T030"}  # see test_overlay_seeds.py
    assert {seed[0] for seed in seeds.SEEDS} == set(PAGES) - {"T010"} - overlays
