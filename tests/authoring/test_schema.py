"""The schema says what the loader says, as far as one file shows it; a second program is the judge of that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.authoring.schema import DRAFT, is_ours, schema, schema_text
from roadmap.loading.judge import judge
from roadmap.loading.sources import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

TOMBI = Path(sys.executable).with_name("tombi.exe" if os.name == "nt" else "tombi")
needs_tombi = pytest.mark.skipif(not TOMBI.exists(), reason="tombi is not installed beside this Python")

HEAD = 'title = "T"\n'
SKILL = '[[milestones.skills]]\nid = "s"\ncan = "c"\n'
STAGE = HEAD + '[[milestones]]\nid = "m"\ntitle = "M"\n'
RESOURCE = STAGE + '[[milestones.resources]]\ntitle = "R"\nurl = "https://example.org/"\n'
PROJECT = (
    STAGE + '[[milestones.projects]]\nid = "p"\ntitle = "P"\nbrief = "b"\n'
    'built = ["a"]\nevaluated = ["a"]\nexplained = ["a"]\n'
)
CHECK = PROJECT + '[[milestones.projects.checks]]\nproof = "built"\n'

RIGHT = {
    "smallest": STAGE,
    "a skill": STAGE + SKILL,
    "a shared skill": STAGE + '[[milestones.skills]]\nref = "a/b/c"\noptional = true\n',
    "a shared skill with no questions": STAGE + '[[milestones.skills]]\nref = "a/b/c"\nask = []\n',
    "a shared milestone": HEAD + '[[milestones]]\nref = "a/b"\n',
    "whole hours": STAGE + "hours = 12\n",
    "half hours": STAGE + "hours = 0.5\n",
    "all of and any of": STAGE + 'after = ["a", ["b", "c/d"]]\n',
    "a date": 'reviewed = 2026-11-22\n' + STAGE,
    "a profile": STAGE + "[profile]\nevaluation = 5\n",
    "a resource": RESOURCE,
    "a project": PROJECT,
    "questions over several lines": STAGE + SKILL + 'ask = [{ q = "q",\n  a = "a" },\n]\n',
    "a longest title": STAGE.replace('"T"', json.dumps("T" * 60)),
    "a longest title of wide signs": STAGE.replace('"T"', json.dumps("\U0001f600" * 60, ensure_ascii=False)),
    "a longest id": STAGE.replace('"m"', json.dumps("m" * 64)),
    "a check": CHECK + 'kind = "file"\npath = "x"\nmin = 2\n',
    "a check with a table": CHECK + 'kind = "rows"\npath = "x.csv"\nfields = { a = "string" }\n',
    "a check with a table in a table": CHECK + 'kind = "rows"\npath = "x.csv"\nmin = 0\nmax = 0\nunique = "id"\n'
    'where = { a = ["b", 1, true], c = 2.5 }\none_of = { d = ["e", 0] }\n',
    "a check with numbers below nought": CHECK + 'kind = "bound"\npath = "x.csv"\nof = "mean"\nmin = -0.5\nmax = 1\n',
    "a check with words": CHECK + 'kind = "recompute"\npath = "x.csv"\nstat = "pass^3"\ninto = "m"\nwithin = 0\n',
    "a check with a list of targets": CHECK + 'kind = "links"\nfrom = ["a.md", "b.csv#c"]\nto = ["paths", "d.csv#e"]\n',
    "a check with truths": CHECK + 'kind = "clean"\nsecrets = true\nmax_mb = 0.5\n',
    "points of the quiz": HEAD + '[quiz]\nfirst = { a = 2, b = 0 }\n' + STAGE.removeprefix(HEAD),
    "signals": HEAD + '[[signals]]\nmeans = "m"\nweight = 2\nphrases = ["agent* loop"]\n' + STAGE.removeprefix(HEAD),
}  # fmt: skip

WRONG = {
    "no title": '[[milestones]]\nid = "m"\ntitle = "M"\n',
    "no milestones": HEAD,
    "empty milestones": HEAD + "milestones = []\n",
    "an empty title": STAGE.replace('"T"', '""'),
    "a title too long": STAGE.replace('"T"', json.dumps("T" * 61)),
    "a number for text": STAGE.replace('"T"', "3"),
    "an unknown key": "tagine = 'x'\n" + STAGE,
    "an unknown key in a milestone": STAGE + 'wy = "x"\n',
    "an unknown key in a skill": STAGE + SKILL + 'kan = "x"\n',
    "a table for a list": HEAD + '[milestones]\nid = "m"\ntitle = "M"\n',
    "a milestone without an id": HEAD + '[[milestones]]\ntitle = "M"\n',
    "a milestone with ref and more": HEAD + '[[milestones]]\nref = "a/b"\ntitle = "M"\n',
    "a skill without what it is": STAGE + '[[milestones.skills]]\nid = "s"\n',
    "a skill with neither": STAGE + "[[milestones.skills]]\noptional = true\n",
    "a skill with ref and more": STAGE + '[[milestones.skills]]\nref = "a/b/c"\ncan = "c"\n',
    "a skill with ref and questions": STAGE
    + '[[milestones.skills]]\nref = "a/b/c"\nask = [{ q = "q", a = "a" }]\n',
    "a question without an answer": STAGE + SKILL + 'ask = [{ q = "q" }]\n',
    "hours as text": STAGE + 'hours = "3"\n',
    "negative hours": STAGE + "hours = -1\n",
    "too many hours": STAGE + "hours = 1000.5\n",
    "endless hours": STAGE + "hours = inf\n",
    "hours that are no number": STAGE + "hours = nan\n",
    "half a project": STAGE + "needs = 1.5\n",
    "a truth for a number": STAGE + "hours = true\n",
    "a number for a truth": STAGE + "capstone = 1\n",
    "an empty choice": STAGE + "after = [[]]\n",
    "a number to wait for": STAGE + "after = [3]\n",
    "a list in a list in a list": STAGE + 'after = [[["a"]]]\n',
    "a date as text": 'reviewed = "2026-11-22"\n' + STAGE,
    "a time for a date": "reviewed = 2026-11-22T10:00:00\n" + STAGE,
    "a profile beyond its scale": STAGE + "[profile]\nevaluation = 6\n",
    "another protocol": RESOURCE.replace("https:", "ftp:"),
    "a space in an address": RESOURCE.replace("example.org", "example org"),
    "an unknown kind of resource": RESOURCE + 'kind = "blog"\n',
    "an unknown level": PROJECT + 'level = "hard"\n',
    "a proof without criteria": PROJECT.replace('built = ["a"]', "built = []"),
    "a proof that is missing": PROJECT.replace('built = ["a"]\n', ""),
    "an empty criterion": PROJECT.replace('built = ["a"]', 'built = [""]'),
    "a check without a kind": CHECK + 'path = "x"\n',
    "a check of no kind": CHECK + 'kind = "shell"\n',
    "a check without what it needs": CHECK + 'kind = "text"\npath = "x"\n',
    "a check with neither of two": CHECK + 'kind = "order"\nthen = "x"\n',
    "a check with half a file": CHECK + 'kind = "file"\npath = "x"\nmin = 1.5\n',
    "a check with less than nothing": CHECK + 'kind = "file"\npath = "x"\nmin = -1\n',
    "a check with a list for a table": CHECK + 'kind = "rows"\npath = "x.csv"\nfields = ["week"]\n',
    "a check with text for a table": CHECK + 'kind = "rows"\npath = "x.csv"\nwhere = "a"\n',
    "a check with a type that is none": CHECK
    + 'kind = "rows"\npath = "x.csv"\nfields = { week = "float" }\n',
    "a check with a number for a type": CHECK + 'kind = "rows"\npath = "x.csv"\nfields = { week = 3 }\n',
    "a check with a truth for a name": CHECK + 'kind = "rows"\npath = "x.csv"\nunique = true\n',
    "a check with a value for a list": CHECK + 'kind = "rows"\npath = "x.csv"\none_of = { a = "b" }\n',
    "a check with a figure that is none": CHECK
    + 'kind = "recompute"\npath = "x.csv"\ninto = "m"\nstat = "foo"\n',
    "a check with a bound of nothing": CHECK + 'kind = "bound"\npath = "x.csv"\nof = "blah("\nmin = 0\n',
    "a check with a number for a metric": CHECK + 'kind = "baseline"\npath = "x.csv"\nmetric = 3\n',
    "a check with a target that is none": CHECK + 'kind = "links"\nfrom = "a.md"\nto = "y"\n',
    "a check with text for a truth": CHECK + 'kind = "clean"\nsecrets = "yes"\n',
    "a check with another's parameter": CHECK + 'kind = "file"\nhas = "x"\n',
    "an answer that is no letter": HEAD + "[quiz]\nfirst = { A1 = 2 }\n" + STAGE.removeprefix(HEAD),
    "not this, without a reason": HEAD + '[not_this]\nrole = "x"\n' + STAGE.removeprefix(HEAD),
}

BY_ID = {
    "an id with a capital": STAGE.replace('"m"', '"M"'),
    "an id with a hyphen at its end": STAGE.replace('"m"', '"m-"'),
    "a skill's id with a space": (STAGE + SKILL).replace('"s"', '"a b"'),
}
"""What the loader finds only when it puts tracks together, and the schema earlier."""


def tombi(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    """Lint texts with tombi and return what it says of each, as code and place."""
    folder.mkdir(parents=True)
    (folder / "track.schema.json").write_text(schema_text(), encoding="utf-8")
    for name, text in files.items():
        lines = "" if text.startswith("#:schema") else "#:schema ./track.schema.json\n"
        (folder / f"{name}.toml").write_text(lines + text, encoding="utf-8")
    report = folder / "report.json"
    subprocess.run(
        [TOMBI, "lint", "--offline", "--quiet", "--diagnostics-format", "json", "--diagnostics-file", report, folder],
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    said: dict[str, list[str]] = {name: [] for name in files}
    for one in json.loads(report.read_text(encoding="utf-8")):
        said[Path(one["path"]).stem].append(json.dumps(one))
    return said


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return tombi(tmp_path_factory.mktemp("schema") / "cases", {**RIGHT, **WRONG, **BY_ID})


def loads(text: str) -> bool:
    return not judge("one", "one.toml", text).failed


@pytest.mark.parametrize("name", RIGHT)
def test_the_loader_takes_what_is_right(name: str) -> None:
    assert loads(RIGHT[name])


@pytest.mark.parametrize("name", WRONG)
def test_the_loader_refuses_what_is_wrong(name: str) -> None:
    assert not loads(WRONG[name])


@needs_tombi
@pytest.mark.parametrize("name", RIGHT)
def test_tombi_takes_the_same(name: str, verdicts: dict[str, list[str]]) -> None:
    assert verdicts[name] == []


@needs_tombi
@pytest.mark.parametrize("name", [*WRONG, *BY_ID])
def test_tombi_refuses_the_same(name: str, verdicts: dict[str, list[str]]) -> None:
    assert verdicts[name] != []


@needs_tombi
def test_tombi_has_nothing_against_the_bundled_tracks_and_the_example(tmp_path: Path, docs: Path) -> None:
    files = [*bundled().glob("*.toml"), *(docs / "examples").glob("*.toml")]
    assert len(files) >= 6
    texts = {file.stem: file.read_text(encoding="utf-8").partition("\n")[2] for file in files}
    assert [said for said in tombi(tmp_path / "all", texts).values() if said] == []


@pytest.mark.parametrize("file", [*sorted(bundled().glob("*.toml"))], ids=lambda file: file.stem)
def test_every_bundled_track_names_the_schema_in_its_first_line(file: Path, docs: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == "#:schema ../docs/track.schema.json"
    assert (docs / "track.schema.json").is_file()


def test_the_copy_in_the_docs_is_true(docs: Path) -> None:
    assert (docs / "track.schema.json").read_text(encoding="utf-8") == schema_text(), (
        "run: roadmap track schema -o docs/track.schema.json"
    )


def test_the_copy_of_the_schema_of_overlays_is_true(docs: Path) -> None:
    assert (docs / "overlay.schema.json").read_text(encoding="utf-8") == schema_text(overlay=True), (
        "run: roadmap track schema --overlay -o docs/overlay.schema.json"
    )


def parts(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every key that an author may write, with its part of the schema."""
    for table in [part, *part.get("definitions", {}).values()]:
        for key, value in table.get("properties", {}).items():
            yield f"{path}{key}", value


def test_every_key_has_words_for_the_one_who_points_at_it() -> None:
    whole = schema()
    wordless = [
        key
        for key, value in parts(whole)
        if not (value.get("description") or whole["definitions"][value["$ref"].rpartition("/")[2]]["description"])
    ]  # fmt: skip
    assert wordless == []
    assert sum(1 for _key, value in parts(whole) if value.get("examples")) >= 15


def test_it_is_plain_draft_07() -> None:
    whole = schema()
    assert whole["$schema"] == DRAFT
    text = schema_text()
    assert '"$defs"' not in text
    assert '"null"' not in text
    assert "Shape" not in text
    assert text.isascii()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"title": 3}', "[" * 100_000, '{"title": "Another"}'])
def test_other_json_is_not_taken_for_ours(text: str) -> None:
    assert not is_ours(text)


def test_its_own_text_is_recognized() -> None:
    assert is_ours(schema_text())
