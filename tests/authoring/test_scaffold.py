"""A new track works as it is written, and a copy means itself where the original meant itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import tomli

from roadmap.authoring.files import AuthoringError, create, place_schema
from roadmap.authoring.scaffold import checked_id, checked_title, copied, fresh, title_from
from roadmap.authoring.schema import FILE, schema_text
from roadmap.loading.assemble import assemble
from roadmap.loading.judge import judge
from roadmap.loading.sources import bundled, read_sources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.model.track import Track

TODAY = date(2026, 11, 22)
SOURCES = read_sources([bundled()])


def test_a_fresh_track_is_whole(clean_track: Callable[..., Track]) -> None:
    track = clean_track(fresh("home-baker", "Home Baker", TODAY), "home-baker")
    assert track.title == "Home Baker"
    assert [one.id for one in track.milestones] == ["first-result", "one-small-thing"]
    assert track.milestones[1].after == (("home-baker/first-result",),)
    (project,) = track.milestones[1].projects
    assert project.built
    assert project.evaluated
    assert project.explained
    assert all(one.hours > 0 for one in track.milestones)


def test_a_fresh_track_begins_with_the_schema_and_has_no_line_that_runs_away() -> None:
    lines = fresh("home-baker", "Home Baker", TODAY, "ai-engineer", "ai-engineer/retrieval").split("\n")
    assert lines[0] == "#:schema ./track.schema.json"
    assert max(map(len, lines)) <= 122


@pytest.mark.parametrize("title", ['Say "hi" \\ {id}', "Ö 日本", "a = b # c"])
def test_any_title_is_kept_as_it_is(title: str, clean_track: Callable[..., Track]) -> None:
    assert clean_track(fresh("one", title, TODAY)).title == title


def test_a_fresh_branch_loads_with_what_it_extends() -> None:
    text = fresh("platform", "Platform", TODAY, "ai-engineer", "ai-engineer/retrieval")
    drafts = [judge(one.id, one.file, one.text) for one in SOURCES]
    catalog, faults = assemble([*drafts, judge("platform", "platform.toml", text)])
    assert faults == []
    assert catalog.tracks["platform"].extends == "ai-engineer"
    assert catalog.tracks["platform"].milestones[0].after == (("ai-engineer/retrieval",),)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
@pytest.mark.parametrize("extends", [None, "ml-engineer"])
def test_a_copy_of_each_bundled_track_loads_beside_it(source: object, extends: str | None) -> None:
    text = copied(source.text, source.id, "my-copy", "My Copy", extends)
    drafts = [judge(one.id, one.file, one.text) for one in SOURCES]
    catalog, faults = assemble([*drafts, judge("my-copy", "my-copy.toml", text)])
    assert faults == []
    original, copy = catalog.tracks[source.id], catalog.tracks["my-copy"]
    assert copy.title == "My Copy"
    assert copy.extends == (extends or original.extends)
    assert [one.title for one in copy.milestones] == [one.title for one in original.milestones]
    assert text.startswith("#:schema ./track.schema.json\n")
    assert text.count("#:schema") == 1


ORIGINAL = """\
#:schema ../docs/track.schema.json
title = "A"  # kept
[[milestones]]
id = "one"
title = "One"
skills = [{ id = "s", can = "write a/one/s down" }, { ref = "b/one/s" }]
[[milestones]]
id = "two"
title = "Two"
after = ["one", "a/one", ["a/one", 'b/one']]
skills = [{ ref = "a/one/s" }]
"""
OTHER = 'title = "B"\n[[milestones]]\nid = "one"\ntitle = "B1"\nskills = [{ id = "s", can = "c" }]\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_addresses_of_its_own_follow_the_copy(newline: str) -> None:
    original = ORIGINAL.replace("\n", newline)
    text = copied(original, "a", "mine", "Mine", "b")
    data = tomli.loads(text)
    assert data["milestones"][1]["after"] == ["one", "mine/one", ["mine/one", "b/one"]]
    assert data["milestones"][1]["skills"] == [{"ref": "mine/one/s"}]
    assert data["milestones"][0]["skills"] == [{"id": "s", "can": "write a/one/s down"}, {"ref": "b/one/s"}]
    assert "# kept" in text
    assert text.count(newline) == text.count("\n")
    drafts = [judge("a", "a", original), judge("b", "b", OTHER), judge("mine", "m", text)]
    catalog, faults = assemble(drafts)
    assert faults == []
    assert catalog.tracks["mine"].extends == "b"


@pytest.mark.parametrize(
    ("id", "says"),
    [
        ("Rust_For", "rust-for"),
        ("../up", "up"),
        ("", "kebab-case"),
        ("x" * 65, "at most 64"),
        ("nul", "another id"),
        ("\x1b[2J", "2j"),
        ("taken", "my-taken --from taken"),
    ],
)
def test_ids_that_cannot_be_are_refused_with_a_way_out(id: str, says: str) -> None:
    with pytest.raises(AuthoringError) as caught:
        checked_id(id, ["taken"])
    assert says in caught.value.help
    assert "\x1b" not in caught.value.message


@pytest.mark.parametrize("title", ["", "   ", "x" * 61, "a\u202eb", "\x1b[2J"])
def test_titles_that_cannot_be_are_refused(title: str) -> None:
    with pytest.raises(AuthoringError) as caught:
        checked_title(title)
    assert "\x1b" not in caught.value.message


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("rust-for-python-developers", "Rust for Python Developers"),
        ("the-ai-engineer", "The AI Engineer"),
        ("ml", "ML"),
    ],
)
def test_titles_are_made_from_ids(id: str, title: str) -> None:
    assert title_from(id) == title


def test_nothing_is_overwritten_and_links_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    create(path, "first")
    with pytest.raises(AuthoringError, match="there already"):
        create(path, "second")
    assert path.read_text() == "first"
    link = tmp_path / "b.toml"
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AuthoringError, match="there already"):
        create(link, "second")
    assert not (tmp_path / "elsewhere").exists()


def test_a_schema_beside_the_track_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert place_schema(tmp_path) == "written"
    assert path.read_text(encoding="utf-8") == schema_text()
    assert place_schema(tmp_path) == "there"
    older = schema_text().replace("milestones", "stages")
    path.write_text(older, encoding="utf-8")
    assert place_schema(tmp_path) == "older"
    path.write_text("mine", encoding="utf-8")
    assert place_schema(tmp_path) == "foreign"
    assert path.read_text(encoding="utf-8") == "mine"
