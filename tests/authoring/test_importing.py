"""What is carried over from each foreign format, what is listed as lost, and how the file says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from roadmap.authoring.importing.found import ImportRefused, without_circles
from roadmap.authoring.importing.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.authoring.importing.write import Imported
    from roadmap.model.track import Milestone, Track

TODAY = date(2026, 11, 22)


def cans(milestone: Milestone) -> list[str]:
    return [entry.skill.can for entry in milestone.skills]


def pages(milestone: Milestone) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in milestone.resources]


def test_what_is_lost_stands_at_the_end_of_the_file(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    _track, imported = taken_over("- [x] one\n- two\n", "a.md")
    assert imported.lost
    ending = imported.text.partition("# What could not be carried over:\n")[2].strip().split("\n")
    assert ending == [f"# - {one}" for one in imported.lost]


# Markdown

CHECKLIST = """\
# Learn to bake

Bread at home, with reasons.

## Flour

Why *flour* comes **first**.

- [x] Tell **strong** flour from weak
- [ ] Weigh, never scoop ([why](https://example.org/weigh "a title"))
    - [ ] a nested one
- [ ] [Flour tests](https://example.org/flour)
- a plain note

```markdown
- [ ] not this
```
<!--
- [ ] nor this
-->

## Nothing here
### Ovens ###
1. [ ] Preheat a stone
2. [X] See [the manual](manual.pdf)
"""


def test_a_checklist(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, imported = taken_over(CHECKLIST, "baking.md")
    assert track.title == "Learn to bake"
    assert track.tagline == "Bread at home, with reasons."
    assert [one.title for one in track.milestones] == ["Flour", "Ovens"]
    flour, ovens = track.milestones
    assert flour.why == "Why *flour* comes first."
    assert cans(flour) == ["Tell strong flour from weak", "Weigh, never scoop (why)", "a nested one"]
    assert pages(flour) == [
        ("why", "https://example.org/weigh"),
        ("Flour tests", "https://example.org/flour"),
    ]
    assert cans(ovens) == ["Preheat a stone", "See the manual"]
    assert flour.after == ()
    lost = "\n".join(imported.lost)
    for words in (
        '"Nothing here"',
        '"the manual"',
        "2 checked",
        "roadmap done",
        "without a check box",
        "set in",
    ):
        assert words in lost


def test_a_list_without_boxes_is_taken_whole(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, imported = taken_over("* one\n* two\n\n## More\n1) three\n", "a.txt")
    assert [cans(one) for one in track.milestones] == [["one", "two"], ["three"]]
    assert track.title == "The File"
    assert imported.lost == ()


def test_an_id_from_a_web_address_is_the_site_and_the_last_word(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    items = [
        "https://example.org/b",
        "Read https://www.docs.example.co/guide/intro.html?x=1#top today",
        "<http://localhost:8000/>",
        "https://example.org/a/b/",
        "[https://a.example/deep-page](https://a.example/deep-page)",
    ]
    track, _imported = taken_over("# T\n## One\n" + "".join(f"- [ ] {one}\n" for one in items), "a.md")
    (stage,) = track.milestones
    assert [one.skill.address.rpartition("/")[2] for one in stage.skills] == [
        "example-b", "read-example-intro-today", "localhost", "example-b-2",
    ]  # fmt: skip
    assert [one.address.rpartition("/")[2] for one in stage.resources] == ["a-deep-page"]


def test_an_item_of_signs_alone_is_kept(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, _imported = taken_over("- [ ] ???\n- [ ]\n", "a.md")
    assert cans(track.milestones[0]) == ["???"]
    assert track.milestones[0].skills[0].skill.address == "one/first-of-all/skill"


def test_items_above_the_first_heading_and_under_a_single_title(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    track, _imported = taken_over("- [ ] zero\n# Title\n- [ ] one\n", "a.md")
    assert [(one.title, cans(one)) for one in track.milestones] == [
        ("First of all", ["zero"]),
        ("First of all", ["one"]),
    ]
    assert [one.id for one in track.milestones] == ["first-of-all", "first-of-all-2"]


# rustlings

INFO = """\
format_version = 1
welcome_message = "Welcome"
final_message = "Bye"

[[exercises]]
name = "intro1"
dir = "00_intro"
test = false
hint = "Read the file."

[[exercises]]
name = "variables1"
dir = "01_variables"
hint = \"\"\"
Two
lines.\"\"\"
strict_clippy = true

[[exercises]]
name = "variables2"
dir = "01_variables"
hint = "HINT"

[[exercises]]
name = "quiz1"
hint = ""
"""


def test_exercises_of_rustlings(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, imported = taken_over(INFO.replace("HINT", "h" * 500), "info.toml")
    assert [(one.id, one.title) for one in track.milestones] == [
        ("intro", "Intro"),
        ("variables", "Variables"),
        ("exercises", "Exercises"),
    ]
    assert [one.after for one in track.milestones] == [(), (("one/intro",),), (("one/variables",),)]
    intro, variables, rest = track.milestones
    assert cans(intro) == ["solve the exercise intro1, and show that it compiles and runs"]
    first, second = (entry.skill for entry in variables.skills)
    assert first.address == "one/variables/variables1"
    assert first.can == "solve the exercise variables1, and show its tests passing"
    assert first.ask[0].a == "Two lines."
    assert len(second.ask[0].a) == 400
    assert rest.skills[0].skill.ask == ()
    assert "# exercises/01_variables/variables1.rs\n" in imported.text
    lost = "\n".join(imported.lost)
    for words in ("welcome", "final", "strict_clippy", "variables2", "exercises themselves"):
        assert words in lost
    assert "format" not in lost


def test_another_version_of_rustlings_is_said(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    _track, imported = taken_over(INFO.replace("format_version = 1", "format_version = 2"), "info.toml")
    assert any("format version" in one for one in imported.lost)


# skill-tree

TREE = """\
[graphviz]
rankdir = "LR"
[doc]
columns = ["status", "difficulty"]
include = ["other.toml"]
[[cluster]]
name = "c"
label = "The cluster"
[[group]]
name = "first-app"
label = "A first app"
description = ["Make it.", "Small."]
href = "https://example.org/app"
width = 4
items = [
  { label = "Call it", status = "done", href = "https://example.org/call", difficulty = "2" },
  { label = "Stop it", requires = ["evals"] },
  { status = "todo" },
]
[[group]]
name = "evals"
requires = ["first-app:port", "nope", "evals"]
cluster = "c"
status = "Blocked"
items = []
[[group]]
name = "evals"
items = [{ label = "lost" }]
"""


def test_a_skill_tree(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, imported = taken_over(TREE, "tree.toml")
    app, evals = track.milestones
    assert (app.id, app.title, app.why) == ("first-app", "A first app", "Make it. Small.")
    assert cans(app) == ["Call it", "Stop it"]
    assert pages(app) == [("Call it", "https://example.org/call"), ("A first app", "https://example.org/app")]
    assert evals.after == (("one/first-app",),)
    assert cans(evals) == ["evals"]
    assert "# cluster: c\n[[milestones]]" in imported.text
    lost = "\n".join(imported.lost)
    for words in ('"nope"', "close a circle", "only milestones", "1 done", "1 Blocked", "difficulty", "other.toml",
                  "The cluster", "graphviz", "widths", "name of an earlier", "without a `label`"):  # fmt: skip
        assert words in lost


# Sizes


def test_a_stage_with_too_many_skills_is_cut_in_parts(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    text = "## Long\n" + "".join(f"- [ ] item {n}\n" for n in range(130))
    track, imported = taken_over(text, "a.md")
    assert [(one.title, len(one.skills)) for one in track.milestones] == [
        ("Long", 60),
        ("Long, part 2", 60),
        ("Long, part 3", 10),
    ]
    assert track.milestones[2].after == (("one/long-part-2",),)
    assert imported.skills == 130


def test_more_stages_than_a_track_can_have_are_listed(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    text = "".join(f"## Stage {n}\n- [ ] item\n" for n in range(230))
    track, imported = taken_over(text, "a.md")
    assert len(track.milestones) == 200
    assert any("30 stages beyond" in one and '"Stage 200"' in one for one in imported.lost)


def test_a_long_text_is_cut_and_still_fits(taken_over: Callable[..., tuple[Track, Imported]]) -> None:
    track, _imported = taken_over(f"- [ ] {'word ' * 300}\n", "a.md")
    can = cans(track.milestones[0])[0]
    assert len(can) <= 400
    assert can.endswith("…")
    assert len(track.milestones[0].skills[0].skill.address.rpartition("/")[2]) <= 40


# Telling formats apart


@pytest.mark.parametrize(
    ("text", "name", "kind", "says"),
    [
        ("", "a.md", None, "No list"),
        ("prose only", "a.txt", None, "No list"),
        ("{}", "a.json", None, "nodes"),
        ('{"nodes": []}', "a.json", None, "No topic"),
        ('{"nodes": [{"type": "topic"}]}', "a.json", None, "No topic"),
        ("[]", "a.json", None, "no JSON object"),
        ("{", "a.json", None, "line 1, column 2"),
        ("a = ", "a.toml", None, "line 1, column 5"),
        ("a = 1", "a.toml", None, "cannot be told"),
        ('title = "x"\n[[milestones]]\nid = "m"\ntitle = "M"', "a.toml", None, "a track already"),
        ("a = 1", "a.toml", "skill-tree", "No `[[group]]`"),
        ("a = 1", "a.toml", "rustlings", "No `[[exercises]]`"),
        ("group = 3", "a.toml", None, "No `[[group]]`"),
        ("x", "a.pdf", None, "cannot be told"),
    ],
)
def test_what_is_of_no_format_is_refused_with_words(
    text: str, name: str, kind: str | None, says: str
) -> None:
    with pytest.raises(ImportRefused) as caught:
        read(text.encode(), name, "T", kind)
    assert says in caught.value.message
    assert caught.value.help


def test_standard_input_has_no_name_and_is_told_by_its_content(
    taken_over: Callable[..., tuple[Track, Imported]],
) -> None:
    assert taken_over("- [ ] one\n", "")[0].milestones
    assert taken_over('{"nodes": [{"id": "a", "type": "topic", "data": {"label": "Soil"}}]}', "")[
        0
    ].milestones
    assert taken_over(TREE, "", "skill-tree")[0].milestones
    assert taken_over("\ufeff" + CHECKLIST, "a.md")[0].title == "Learn to bake"


def test_circles_are_broken_with_as_few_cuts_as_they_are() -> None:
    kept, dropped = without_circles({"a": ["c"], "b": ["a", "a", "x"], "c": ["b"]})
    assert len(dropped) == 1
    assert sum(map(len, kept.values())) == 2
    assert "x" not in kept["b"]


def test_a_circle_of_ten_thousand_is_broken() -> None:
    after = {str(n): [str((n + 1) % 10_000)] for n in range(10_000)}
    kept, dropped = without_circles(after)
    assert len(dropped) == 1
    assert sum(map(len, kept.values())) == 9_999
