"""The first files of a project: everything the track asks is in them, nothing leaves the folder, nothing is evidence."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.analysis.proof.patterns import matches, segments
from roadmap.analysis.proof.prose import own_words, section, sections
from roadmap.analysis.proof.wording import sentence
from roadmap.authoring.project import project_files
from roadmap.authoring.project_text import markdown
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.track import Check, Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

PROJECTS = [one for one in load_tracks([bundled()])[0].things.values() if isinstance(one, Project)]
ALL = pytest.mark.parametrize("project", PROJECTS, ids=lambda one: one.address.rpartition("/")[2])


def made(**changes: Any) -> Project:
    """A small project with some things of it replaced."""
    small = Project(
        address="t/m/p",
        title="A well",
        level="core",
        brief="Water for all.",
        hours=6,
        built=("water comes",),
        evaluated=("20 of 20 buckets",),
        explained=("Why here?",),
    )
    return small._replace(**changes)


def check(kind: str, proof: Any = "built", **params: object) -> Check:
    return Check(kind, proof, params)


def unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)


def test_there_are_projects_in_all_five_tracks() -> None:
    assert len(PROJECTS) >= 100
    assert len({one.address.partition("/")[0] for one in PROJECTS}) == 5


@ALL
def test_everything_the_track_asks_is_there(project: Project) -> None:
    files = project_files(project)
    assert files["README.md"].startswith(f"# {markdown(project.title)}\n")
    readme = unescaped(" ".join(files["README.md"].replace("\n> ", " ").split()))
    assert " ".join(project.brief.split()) in readme
    assert [one.title for one in sections(files["README.md"])][1:] == ["For whom", "Run", "Not for"]
    proof = files["PROOF.md"]
    assert [one.title for one in sections(proof) if one.level == 2] == ["Built", "Evaluated", "Explained"]
    for name, criteria in (("Built", project.built), ("Evaluated", project.evaluated)):
        part = section(proof, name)
        assert part is not None
        listed = re.findall(r"^- \[ \] (.+)\n  - Evidence:$", part.text, re.MULTILINE)
        assert [unescaped(one) for one in listed] == list(criteria)
    explained = section(proof, "Explained")
    assert explained is not None
    questions = [one for one in sections(proof) if one.level == 3]
    assert [unescaped(one.title) for one in questions] == list(project.explained)
    assert all("Rejected:" in one.text for one in questions)
    for check_ in project.checks:
        assert f"- [ ] {sentence(check_)}\n" in files["CHECKS.md"]


@ALL
def test_nothing_of_it_is_in_the_persons_own_words(project: Project) -> None:
    files = project_files(project)
    for one in sections(files["PROOF.md"])[1:]:
        assert one.own.strip() == ""
    assert own_words(files["README.md"]).strip() == ""
    for path, text in files.items():
        if path.startswith("templates/") and path != "templates/README.md":
            assert own_words(text).strip() == "", path


@ALL
def test_what_is_written_is_where_no_check_counts_it(project: Project) -> None:
    files = project_files(project)
    for one in project.checks:
        if one.kind in ("file", "headings", "rows", "groups", "order", "unchanged", "schema"):
            for name in ("path", "first", "then"):
                pattern = str(one.params.get(name, ""))
                if pattern in ("README.md", "PROOF.md"):
                    continue  # these two are there for everybody
                whole = one.kind == "order"  # for which an empty file is as good as any
                counted = [path for path, text in files.items() if (text or whole) and matches(pattern, path)]
                assert counted == [], (one, counted)


@ALL
def test_the_places_that_checks_look_at_are_there(project: Project) -> None:
    files = project_files(project)
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    for one in project.checks:
        pattern = str(one.params.get("path", ""))
        folder, _, name = pattern.rpartition("/")
        if one.kind in ("file", "rows", "groups", "headings") and one.params.get("max") != 0 and name != "**":
            plain = re.sub(r"-\*$", "-1", folder)
            assert plain in folders or not folder or "*" in folder, pattern
        if one.kind == "headings":
            named = [path for path in files if path.startswith("templates/") and path.endswith(".md")]
            assert any(
                all(section(files[path], str(title)) for title in one.params["names"])  # type: ignore[attr-defined]
                for path in named
            ), pattern
    assert {"evals", "evals/results", "tests"} <= folders


@ALL
def test_the_forms_are_json_and_have_every_field_that_is_read(project: Project) -> None:
    files = project_files(project)
    record = json.loads(re.findall(r"```json\n(.*?)```", files["evals/results/README.md"], re.DOTALL)[0])[0]
    assert {"metric", "value", "n", "system", "split", "date", "baseline"} <= set(record)
    assert all(isinstance(value, str) and value.startswith("<") for value in record.values())
    forms = dict(
        re.findall(r"^`([^`\n]+)`\n\n```\w+\n(.*?)\n```", files["CHECKS.md"], re.MULTILINE | re.DOTALL)
    )
    for text in forms.values():
        if text[0] in "[{":
            json.loads(text)
    for one in project.checks:
        path = str(one.params.get("path", ""))
        fields = [*one.params.get("fields", {}), *one.params.get("where", {}), *one.params.get("by", [])]  # type: ignore[misc,call-overload]
        if one.kind in ("rows", "groups") and path.endswith((".json", ".jsonl", ".csv")) and fields:
            form = json.dumps(record) if path.startswith("evals/results/") else forms[path]
            for field in fields:
                assert field in form, (path, field)


@ALL
def test_every_path_can_be_written_on_every_system(project: Project) -> None:
    files = project_files(project)
    assert len({path.casefold() for path in files}) == len(files)
    for path, text in files.items():
        assert segments(path) is not None
        assert "*" not in path
        assert text == "" or text.endswith("\n")
        assert (text == "") == path.endswith("/.gitkeep")


def test_a_project_without_checks_has_the_layout_all_the_same() -> None:
    files = project_files(made())
    assert list(files) == [
        "README.md",
        "PROOF.md",
        "CHECKS.md",
        "evals/README.md",
        "evals/DATASET.md",
        "evals/results/README.md",
        "tests/.gitkeep",
    ]


def test_the_metrics_and_systems_that_checks_name_are_told() -> None:
    checks = (
        check("baseline", "evaluated", path="evals/results/*.json", metric="liters", names=["hand-pump"]),
        check("rows", "evaluated", path="evals/results/*.json", where={"slice": "winter"}, min=1),
        check("recompute", "evaluated", path="evals/trials/*.jsonl", stat="pass^3", into="pass_hat_3"),
    )
    page = project_files(made(checks=checks))["evals/results/README.md"]
    assert "- `metric`: `liters`, `pass_hat_3`\n" in page
    assert "- `system`: `hand-pump`\n" in page
    assert "- `slice`: `winter`\n" in page
    assert '"slice": "<text>"' in page


def test_a_folder_that_must_stay_empty_is_not_made() -> None:
    files = project_files(made(checks=(check("file", path="hidden/*", max=0),)))
    assert not any(path.startswith("hidden") for path in files)


@pytest.mark.parametrize(
    "path",
    [
        "../evil.md", "a/../../evil.md", "/etc/evil.md", "~/evil.md", "~root/evil.md", "C:/evil.md", "c:evil.md",
        "a\\..\\..\\evil.md", "\\\\host\\share\\evil.md", "con/x.md", "a/NUL.md", "docs/aux", "lpt1.md", ".git/config",
        ".GIT/hooks/post-commit.md", "a/.git/x.md", "a//b.md", "./x.md", "a/./x.md", "a/b./x.md", "a/b /x.md", "", "/",
        ".", "..", "a\0b.md", "a\nb.md", "a\x1b[2J.md", "x" * 300 + ".md", "docs/\u202egm.md", "a|b.md", 'a"b.md',
        "a<b>.md", "file.md::$DATA", "con*.md", "con?/x.md", "*/../../x.md", "**/../x.md", 7, None, ["../x.md"], {"a": 1},
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["file", "headings", "rows", "order", "links", "cited", "unchanged"])
def test_no_path_of_a_check_leaves_the_folder(kind: str, path: Any) -> None:
    names = ("path", "first", "then", "from", "text", "in", "hash_in", "schema")
    one = check(kind, **dict.fromkeys(names, path), names=["Steps"])
    for written in project_files(made(checks=(one,))):
        assert not PurePosixPath(written).is_absolute()
        assert not PureWindowsPath(written).drive
        parts = re.split(r"[/\\]", written)
        assert not {"", ".", "..", ".git"} & {part.lower() for part in parts}
        assert not any(part.lower().split(".")[0] in ("con", "nul", "aux", "lpt1") for part in parts)
        assert not re.search(r'[:*?"<>|\x00-\x1f~]', written)
        assert len(written) < 250


def test_a_path_cannot_take_the_place_of_another() -> None:
    hostile = [
        "readme.md", "README.md/x.md", "proof.md/deep/x.md", "EVALS/readme.md", "evals", "evals/results/README.md/a.md",
        "templates", "templates/README.md", "tests", "templates/templates/a.md", "PROOF.md",
    ]  # fmt: skip
    checks = tuple(check("headings", path=path, names=["Steps"]) for path in hostile)
    files = project_files(made(checks=checks))
    taken = {path.casefold() for path in files}
    assert len(taken) == len(files)
    for path in taken:
        assert not any(str(parent) in taken for parent in PurePosixPath(path).parents)
    assert files["README.md"].startswith("# A well\n")
    assert "20 of 20 buckets" in files["PROOF.md"]


HOSTILE = [
    "a `b` and ``c`` and `d", "x | y | z", "one\ntwo\n\n# three\n- four\n```\nfive",
    "](javascript:alert(1)) [x](javascript:a)", "![x](http://example.org/track.png)",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- hidden", "--> shown", "`<!--` a",
    "`a\\`<b>", "&lt;b&gt;", "# heading", "- item", "+ item", "1. item", "2) item", "===", "---", "> quote",
    "    code", "\ttab", "*bold* _it_ **b** __b__ ~~s~~", "$x$ $$y$$", "[x]: http://example.org",
    "[ ] not a box", "- [x] done", "ends with #", "ends with \\", "\\", "`", "``", "```", "~~~", "\u202eabc",
    "a\x1b[31mb", "\U000e0041\u200b", "{title} {0} {} %s", "| a |\n|---|",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_a_track_stays_text(text: str) -> None:
    hostile = made(
        title=text, brief=f"{text}\n\n{text}", built=(text,), evaluated=(text, text), explained=(text, text)
    )
    hostile = hostile._replace(
        checks=(check("headings", path="docs/a.md", names=[text, "Steps"]), check("text", path="a.md", has=text),
                check("rows", path="a.jsonl", fields={text: text}, where={text: text}, one_of={text: [text]}),
                check("groups", path="evals/results/*.json", by=[text], names=[text], same=[text]),
                check("rows", path="a.csv", fields={text: text}, unique=[text])),
    )  # fmt: skip
    files = project_files(hostile)
    proof = files["PROOF.md"]
    assert [one.title for one in sections(proof) if one.level == 2] == ["Built", "Evaluated", "Explained"]
    assert len([one for one in sections(proof) if one.level == 3]) == 2
    assert len(re.findall(r"^- \[ \] ", proof, re.MULTILINE)) == 3
    assert [one.title for one in sections(files["README.md"])][-3:] == ["For whom", "Run", "Not for"]
    heads = ["What checks look for", "Built", "Evaluated", "Explained", "Forms"]
    assert [one.title for one in sections(files["CHECKS.md"])] == heads
    for path, whole in files.items():
        for line in re.sub(r"```.*?```", "", whole, flags=re.DOTALL).splitlines():
            bare = re.sub(r"\\.|`[^`]*`", "", line).replace("<!--", "").replace("-->", "")
            assert "<" not in bare, (path, line)
            assert "](" not in bare, (path, line)
        assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\u200b\U000e0041]", whole) is None
    for one in sections(proof)[1:]:
        assert one.own.strip() == ""
    assert own_words(files["README.md"]).strip() == ""


@given(st.text(max_size=80))
def test_any_text_is_one_line_and_keeps_its_words(text: str) -> None:
    line = markdown(text)
    assert "\n" not in line
    assert not re.match(r"(#|[-+*] |\d+[.)] |> |=|\t| )", line)
    assert re.findall(r"[a-zA-Z0-9]+", line) == re.findall(r"[a-zA-Z0-9]+", text.replace("\ufffd", " "))


@given(st.lists(st.text(alphabet="ab/.*~-C:\\", max_size=20), max_size=4))
def test_no_mixture_of_signs_leaves_the_folder(paths: list[str]) -> None:
    checks = tuple(check("headings", path=path, names=["A"]) for path in paths)
    for written in project_files(made(checks=checks)):
        assert segments(written) is not None
        assert ".." not in written.split("/")


def test_criteria_keep_their_code() -> None:
    assert markdown("run `replay --from N` twice, and x_y") == "run `replay --from N` twice, and x_y"
    assert markdown("a_b __c__ 2 * 3 < 4") == r"a_b \_\_c\_\_ 2 \* 3 \< 4"


def test_the_bundle_is_the_same_however_it_was_loaded(bundle: Catalog, load: Callable[..., Any]) -> None:
    first = PROJECTS[0]
    again = bundle.things[first.address]
    assert isinstance(again, Project)
    assert project_files(again) == project_files(first)
