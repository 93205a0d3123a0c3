"""The schema of overlays says what the loader says; a second program is the judge of that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from roadmap.authoring.schema import DRAFT, is_ours, schema, schema_text
from roadmap.loading.overlay_judge import judge_overlay

TOMBI = Path(sys.executable).with_name("tombi.exe" if os.name == "nt" else "tombi")

ITEM = 'skills = [{ id = "s", can = "c" }]\n'
RIGHT = {
    "nothing": "",
    "hidden": 'hide = ["a", "a/b"]\n',
    "a note": '[[notes]]\nat = "a"\ntext = "t"\n',
    "a move after": '[[move]]\nwhat = "a"\nafter = "b"\n',
    "a move before": '[[move]]\nwhat = "a"\nbefore = "b"\n',
    "a milestone": '[[milestones]]\nid = "m"\ntitle = "M"\nplace_after = "a"\nafter = ["a", ["b", "c/d"]]\n'
    + ITEM,
    "a milestone first": '[[milestones]]\nid = "m"\ntitle = "M"\nplace_before = "a"\n' + ITEM,
    "a milestone at the end": '[[milestones]]\nid = "m"\ntitle = "M"\n',
    "a milestone of another track": '[[milestones]]\nref = "a/b"\nplace_after = "a"\n',
    "items": '[[add]]\nto = "a"\n' + ITEM,
    "a shared item": '[[add]]\nto = "a"\nskills = [{ ref = "a/b/c" }]\n',
    "a page": '[[add]]\nto = "a"\n[[add.resources]]\ntitle = "R"\nurl = "https://example.org"\n',
}
WRONG = {
    "an unknown key": 'hiden = ["a"]\n',
    "a title, as of a track": 'title = "T"\n',
    "no list": 'hide = "a"\n',
    "a note on nothing": '[[notes]]\ntext = "t"\n',
    "a note that says nothing": '[[notes]]\nat = "a"\n',
    "an empty note": '[[notes]]\nat = "a"\ntext = ""\n',
    "a move to nowhere": '[[move]]\nwhat = "a"\n',
    "a move to two places": '[[move]]\nwhat = "a"\nafter = "b"\nbefore = "c"\n',
    "a move of nothing": '[[move]]\nafter = "b"\n',
    "a milestone without a title": '[[milestones]]\nid = "m"\n',
    "a milestone in two places": '[[milestones]]\nid = "m"\ntitle = "M"\nplace_after = "a"\nplace_before = "b"\n',
    "a reference and more": '[[milestones]]\nref = "a/b"\ntitle = "M"\n',
    "an addition of nothing": '[[add]]\nto = "a"\n',
    "an addition to nothing": "[[add]]\n" + ITEM,
    "an addition with a hidden key": '[[add]]\nto = "a"\nhours = 3\n' + ITEM,
    "a skill without what it is": '[[add]]\nto = "a"\nskills = [{ id = "s" }]\n',
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("overlays")
    (folder / "overlay.schema.json").write_text(schema_text(overlay=True), encoding="utf-8")
    cases = {**RIGHT, **WRONG}
    for number, text in enumerate(cases.values()):
        (folder / f"{number}.overlay.toml").write_text(
            "#:schema ./overlay.schema.json\n" + text, encoding="utf-8"
        )
    report = folder / "report.json"
    subprocess.run(
        [TOMBI, "lint", "--offline", "--quiet", "--diagnostics-format", "json", "--diagnostics-file", report, folder],
        cwd=folder, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    said: dict[str, list[str]] = {name: [] for name in cases}
    for one in json.loads(report.read_text(encoding="utf-8")):
        said[list(cases)[int(Path(one["path"]).name.partition(".")[0])]].append(json.dumps(one))
    return said


@pytest.mark.parametrize("name", [*RIGHT, *WRONG])
def test_the_loader_and_tombi_agree(name: str, request: pytest.FixtureRequest) -> None:
    draft = judge_overlay("a", "a.overlay.toml", {**RIGHT, **WRONG}[name])
    assert (draft.asked is not None, draft.failed) == (name in RIGHT, name in WRONG)
    if TOMBI.exists():
        said = request.getfixturevalue("verdicts")[name]
        assert bool(said) == (name in WRONG), said


def test_it_is_plain_draft_07_with_words_for_every_key() -> None:
    whole = schema(overlay=True)
    text = schema_text(overlay=True)
    assert whole["$schema"] == DRAFT
    assert not any(word in text for word in ('"$defs"', '"null"', "Shape"))
    for table in (whole, *whole["definitions"].values()):
        for key, part in table.get("properties", {}).items():
            assert part.get("description") or "$ref" in part, key


def test_the_two_schemas_are_told_apart() -> None:
    assert is_ours(schema_text(overlay=True), overlay=True)
    assert not is_ours(schema_text(overlay=True))
    assert not is_ours(schema_text(), overlay=True)
