from __future__ import annotations

import pytest

from roadmap.lint.files import Library, find_files, read_files
from roadmap.lint.run import lint
from roadmap.loading.sources import Source, bundled

TRACK = """title = "T"
{top}
[[milestones]]
id = "one"
title = "One"
{stage}
[[milestones.skills]]
id = "s"
can = "do it, and show it"
"""


def track(top="", stage=""):
    return TRACK.format(top=top, stage=stage)


def test_bundled_tracks_have_neither_errors_nor_warnings():
    report = lint(read_files(find_files([bundled()])), Library([bundled()]))
    assert [fault.brief() for fault in report.faults] == []
    assert report.files >= 5


def test_one_bundled_track_by_itself_resolves_its_references():
    report = lint(read_files([bundled() / "agentic-ai-engineer.toml"]), Library([bundled()]))
    assert report.faults == ()


def test_without_a_library_references_lead_nowhere():
    report = lint(read_files([bundled() / "agentic-ai-engineer.toml"]))
    assert {fault.code for fault in report.faults} == {"T007"}


def test_faults_of_every_kind_in_one_file_do_not_hide_each_other(lint_texts):
    text = track('taglin = "x"', 'hours = "2"\nafter = ["on"]').replace("do it, and show it", "x" * 200)
    assert [fault.code for fault in lint_texts(t=text).faults] == ["T002", "T004", "T007", "T024"]


def test_a_file_that_cannot_be_parsed_does_not_make_others_wrong(lint_texts):
    report = lint_texts(base="title = ", branch=track('extends = "base"', 'after = ["base/x"]'))
    assert [(fault.file, fault.code) for fault in report.faults] == [("base.toml", "T001")]


def test_references_into_a_track_with_other_faults_are_judged(lint_texts):
    report = lint_texts(
        base=track("hourss = 1"), branch=track('extends = "base"', 'after = ["base/one", "base/two"]')
    )
    assert [(f.file, f.code) for f in report.faults] == [("base.toml", "T002"), ("branch.toml", "T007")]


def test_a_circle_over_two_files_is_told_once_and_shows_the_other_place(lint_texts):
    report = lint_texts(a=track("", 'after = ["b/one"]'), b=track("", 'after = ["a/one"]'))
    (fault,) = [fault for fault in report.faults if fault.code == "T008"]
    assert "a/one -> b/one -> a/one" in fault.message
    assert [(one.file, one.line) for one in fault.related] == [("b.toml", 6)]


def test_separate_circles_are_told_apart(lint_texts):
    text = 'title = "T"\n' + "".join(
        f'[[milestones]]\nid = "m{i}"\ntitle = "t"\nafter = ["m{i ^ 1}"]\n'
        '[[milestones.skills]]\nid = "s"\ncan = "c"\n'
        for i in range(6)
    )
    circles = [fault for fault in lint_texts(t=text).faults if fault.code == "T008"]
    assert [fault.line for fault in circles] == [5, 19, 33]


def test_extends_in_a_circle_is_told_once(lint_texts):
    report = lint_texts(a=track('extends = "b"'), b=track('extends = "c"'), c=track('extends = "a"'))
    (fault,) = report.faults
    assert fault.code == "T009"
    assert "a -> b -> c -> a" in fault.message
    assert {one.file for one in fault.related} == {"b.toml", "c.toml"}


def test_a_taken_id_shows_where_it_was_used_first(lint_texts):
    text = (
        track() + '[[milestones]]\nid = "one"\ntitle = "Again"\n[[milestones.skills]]\nid = "s"\ncan = "c"\n'
    )
    (fault,) = lint_texts(t=text).faults
    assert fault.render() == (
        "error[T006]: the id `one` is taken\n"
        "  --> t.toml:11:6\n"
        "   |\n"
        '11 | id = "one"\n'
        "   |      ^^^^^\n"
        "...\n"
        "   |\n"
        ' 4 | id = "one"\n'
        "   |      ----- first used here"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "a"\ntitle = "b"\n', 1),
        ("[a]\nx = 1\n[b]\n[a]\n", 1),
        ("[[m]]\nx = 1\n[[m]]\ny = 1\nz = 2\ny = 3\n", 4),
        ("a.b = 1\na = 2\n", 1),
    ],
)
def test_a_key_defined_twice_shows_the_first_place(lint_texts, text, line):
    (fault,) = lint_texts(t=text).faults
    assert fault.code == "T001"
    assert [one.line for one in fault.related] == [line]


def test_an_exact_rendering_with_wide_characters_and_a_tab(lint_texts):
    text = track("", '\tkeywords = ["漢字", 7]')
    (fault,) = lint_texts(t=text).faults
    assert fault.render() == (
        "error[T004]: the second entry of `keywords` of the milestone `one`: should be a string\n"
        " --> t.toml:6:20\n"
        "  |\n"
        '6 |     keywords = ["漢字", 7]\n'
        "  |                         ^"
    )


def test_hostile_text_is_shown_without_its_characters(lint_texts):
    report = lint_texts(t=track('"\x1b[2J\u202e" = 1'.replace("\x1b", "\\u001b")) + "# \x9b2J\n")
    shown = "\n".join(fault.render() for fault in report.faults)
    assert not set(shown) & set("\x1b\u202e\x9b")


def test_a_misspelled_key_is_not_missing_as_well(lint_texts):
    for wrong in (track().replace("can =", "cann ="), track().replace('title = "One"', 'titel = "One"')):
        assert [fault.code for fault in lint_texts(t=wrong).faults] == ["T002"]


@pytest.mark.parametrize(
    "url", ["https://ex ample.org/", "https://example.org/a b", "http://a b@c.example/<x>"]
)
def test_an_address_with_a_space_is_told_once(lint_texts, url):
    (fault,) = lint_texts(t=track() + f'[[milestones.resources]]\ntitle = "R"\nurl = "{url}"\n').faults
    assert (fault.code, fault.help) == (
        "T013", "an address starts with http:// or https:// and has no spaces",
    )  # fmt: skip


OVERLAY = """hide = ["retrieval/hnsw"]
[[notes]]
at = "nowhere"
text = ""
[[milestones]]
id = "ours"
title = "Ours"
place_after = "retrieval"
after = ["first-evals"]
"""


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("ai-engineer-overlay", "rename it to ai-engineer.overlay.toml"),
        ("overlay_ai-engineer", "rename it to ai-engineer.overlay.toml"),
        ("overlay", "name it after the track it changes, as in ai-engineer.overlay.toml"),
        ("mine", "name it after the track it changes, as in ai-engineer.overlay.toml"),
    ],
)
def test_an_overlay_that_is_not_named_as_one_is_told_just_that(library, name, help):
    (fault,) = lint([Source(name, f"{name}.toml", OVERLAY)], library).faults
    assert (fault.code, fault.line, fault.column, fault.end_column) == ("T002", 1, 1, 5)
    assert fault.message == "`hide` is a key of overlays, and this file is no overlay by its name"
    assert fault.help == help


def test_a_key_of_overlays_in_a_track_is_an_unknown_key(lint_texts):
    (fault,) = lint_texts(t='hide = ["one"]\n' + track()).faults
    assert (fault.code, fault.message) == ("T002", "unknown key `hide` in the track")


def test_two_files_of_one_name_are_told_apart(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.toml").write_text(track())
    report = lint(read_files(find_files([tmp_path / "a", tmp_path / "b"])))
    (fault,) = report.faults
    assert (fault.code, fault.file) == ("T006", str(tmp_path / "b" / "t.toml"))


def test_unreadable_files_are_faults(tmp_path):
    (tmp_path / "utf16.toml").write_bytes('title = "T"'.encode("utf-16"))
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)
    (tmp_path / "folder.toml").mkdir()
    report = lint(read_files(find_files([tmp_path])))
    assert [fault.code for fault in report.faults] == ["T010"] * 3
    assert all(fault.help for fault in report.faults)


@pytest.mark.parametrize(
    ("parts", "hours", "fine"),
    [
        ("", 0.5, True),
        ("", 2.5, True),
        ("", 3, False),
        ('[[milestones.resources]]\ntitle = "R"\nurl = "https://a.example/"\n', 30, True),
        ('[[milestones.resources]]\ntitle = "R"\nurl = "https://a.example/"\nhours = 4\n', 30, False),
        (
            '[[milestones.resources]]\ntitle = "R"\nurl = "https://a.example/"\nhours = 40\noptional = true\n',
            40,
            False,
        ),
        ("", 900, False),
    ],
)
def test_hours_are_what_the_parts_add_up_to(lint_texts, parts, hours, fine):
    faults = lint_texts(t=track("", f"hours = {hours}") + parts).faults
    assert [fault.code for fault in faults] == ([] if fine else ["T021"])


def test_a_capstone_states_what_it_likes(lint_texts):
    assert lint_texts(t=track("", "hours = 900\ncapstone = true")).faults == ()


def test_nobody_waits_for_the_capstone_of_the_trunk(lint_texts):
    wanted = 'extends = "ai-engineer"', 'after = ["ai-engineer/ai-capstone"]'
    assert [fault.code for fault in lint_texts(t=track(*wanted)).faults] == ["T019"]
    either = 'after = [["ai-engineer/ai-capstone", "ai-engineer/retrieval"]]'
    assert lint_texts(t=track(wanted[0], either)).faults == ()
