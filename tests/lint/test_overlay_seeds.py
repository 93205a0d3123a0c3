"""Overlays are linted as tracks are: every fault once, at its place, in every format."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from roadmap.lint.catalog import PAGES
from roadmap.lint.files import Library, find_files, read_files
from roadmap.lint.formats import FORMATS, render
from roadmap.lint.run import lint
from roadmap.loading.sources import bundled

_spec = importlib.util.spec_from_file_location("overlay_seeds", Path(__file__).with_name("overlay_seeds.py"))
seeds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(seeds)

NAME = "ai-engineer.overlay"


def test_the_sound_overlay_is_clean(lint_texts):
    report = lint_texts(**{NAME: seeds.SOUND})
    assert [fault.brief() for fault in report.faults] == []
    assert report.files == 1


@pytest.mark.parametrize(
    ("code", "old", "new"), seeds.SEEDS, ids=[f"{i}-{s[0]}" for i, s in enumerate(seeds.SEEDS)]
)
def test_each_seeded_fault_is_told_once_at_its_place(lint_texts, code, old, new):
    assert seeds.SOUND.count(old) >= 1
    marked = seeds.SOUND.replace(old, new, 1)
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")

    faults = lint_texts(**{NAME: text}).faults
    assert [fault.code for fault in faults if fault.code != "T027" or code == "T027"] == [code]
    fault = next(one for one in faults if one.code == code)

    def place(offset):
        return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)

    assert (fault.line, fault.column) == place(start)
    assert (fault.end_line, fault.end_column) == place(end)
    assert fault.severity == PAGES[code].severity
    assert fault.source == text.split("\n")[fault.line - 1]
    for form in FORMATS:
        assert code in render(lint_texts(**{NAME: text}), form)


def test_there_is_a_seed_for_every_code_of_overlays():
    assert {"T027", "T028", "T030"} <= {seed[0] for seed in seeds.SEEDS}  # T029 is about the name of the file


def test_an_overlay_on_no_track(lint_texts):
    (fault,) = lint_texts(**{"ai-enginer.overlay": 'hide = ["retrieval"]'}).faults
    assert (fault.code, fault.severity, fault.line, fault.column) == ("T029", "warning", 1, 1)
    assert fault.help == "did you mean `ai-engineer`?"


def test_a_folder_is_linted_with_its_overlays_and_a_track_wins_over_the_library(tmp_path):
    track = bundled() / "ml-engineer.toml"
    text = track.read_text(encoding="utf-8").replace('id = "find-leakage"', 'id = "find-all-leakage"')
    (tmp_path / "ml-engineer.toml").write_text(text, encoding="utf-8")
    overlay = tmp_path / "ml-engineer.overlay.toml"
    overlay.write_text('hide = ["honest-evaluation/find-leakage"]\n', encoding="utf-8")
    report = lint(read_files(find_files([tmp_path])), Library([tmp_path, bundled()]))
    assert report.files == 2
    (fault,) = [fault for fault in report.faults if fault.file == str(overlay)]
    assert (fault.code, fault.help) == ("T027", "did you mean `honest-evaluation/find-all-leakage`?")
    assert lint(read_files([overlay]), Library([bundled()])).faults == ()


def test_an_overlay_is_nobodys_track(tmp_path):
    (tmp_path / "mine.overlay.toml").write_text("", encoding="utf-8")
    library = Library([tmp_path, bundled()])
    assert "mine.overlay" not in library
    assert "mine" not in library


def test_one_that_is_broken_is_judged_all_the_same(lint_texts):
    faults = lint_texts(**{NAME: 'hidden = []\nhide = ["retrieval/hnws"]\n[[add]]\nto = "first"\n'}).faults
    assert [(fault.code, fault.line) for fault in faults] == [
        ("T002", 1),
        ("T027", 2),
        ("T003", 3),
        ("T027", 4),
    ]


def test_a_milestone_that_stays_locked_for_good_is_told(lint_texts):
    text = seeds.SOUND.replace('after = ["our-gateway"]', 'after = ["agentic-ai-engineer/workflow-or-agent"]')
    (fault,) = lint_texts(**{NAME: text}).faults
    assert (fault.code, fault.severity) == ("T019", "warning")


def test_json_names_the_file_of_the_overlay(lint_texts):
    rows = json.loads(render(lint_texts(**{NAME: 'hide = ["x"]'}), "json"))
    assert [(row["code"], row["file"], row["line"], row["column"]) for row in rows] == [
        ("T027", "ai-engineer.overlay.toml", 1, 9)
    ]
