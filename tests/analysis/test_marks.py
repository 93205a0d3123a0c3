"""What a mark writes, and that milestones stay in step with what is in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roadmap.analysis import marks
from roadmap.analysis.marks import Marked, choose_role, mark, prove
from roadmap.analysis.path import items_of
from roadmap.analysis.records import Records
from roadmap.analysis.standing import COMPLETE, standing_of
from roadmap.model.edit import Edit, edit, with_edits
from roadmap.model.progress import Entry, Progress, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

DAY = date(2026, 11, 22)
FEW = settings(max_examples=30)

TRACK = """
title = "Track"
[[milestones]]
id = "m"
title = "Milestone"
former = ["old-m"]
[[milestones.skills]]
id = "one"
can = "do one"
former = ["old-one"]
[[milestones.skills]]
id = "two"
can = "do two"
[[milestones.skills]]
id = "extra"
can = "do more"
optional = true
[[milestones.resources]]
title = "Page"
url = "https://example.org/page"
[[milestones.projects]]
id = "left"
title = "Left"
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[milestones.projects]]
id = "right"
title = "Right"
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[milestones]]
id = "reading"
title = "Reading"
[[milestones.resources]]
title = "Same page"
url = "https://www.example.org/page/"
[[milestones.resources]]
title = "Other page"
url = "https://example.org/other"
"""

OTHER = """
title = "Other"
extends = "track"
[[milestones]]
id = "n"
title = "Next"
[[milestones.skills]]
ref = "track/m/one"
[[milestones.skills]]
id = "three"
can = "do three"
"""


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(track=TRACK, other=OTHER)


def progress(role: str = "track", **entries: State | Entry) -> Progress:
    return Progress(role, None, {
        name.replace("__", "/").replace("_", "-"): one if isinstance(one, Entry) else Entry(one)
        for name, one in entries.items()
    })  # fmt: skip


def after(before: Progress, marked: Marked) -> Progress:
    return with_edits(before, marked.edits)


def states(now: Progress) -> dict[str, str]:
    return {address: entry.state.value for address, entry in now.entries.items()}


def test_a_first_mark_begins_the_milestone_and_writes_what_its_outline_lacks(tracks: Catalog) -> None:
    marked = mark(tracks, progress(), ["track/m/one"], State.DONE, DAY)
    assert marked.edits == (
        edit("track/m/one", "state", "done"),
        edit("track/m/one", "on", DAY),
        edit("track/m", "state", "learning"),
        edit("track/m/two", "state", "todo"),
        edit("track/m/extra", "state", "todo"),
        edit("track/m/page", "state", "todo"),
        edit("track/m/left", "state", "todo"),
        edit("track/m/right", "state", "todo"),
    )
    assert marked.what == "done: do one"


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("track/m/one", "learning"),
        ("track/m/left", "doing"),
        ("track/m/page", "reading"),
        ("track/m", "learning"),
    ],
)
def test_begun_has_its_own_word_for_each_kind(tracks: Catalog, address: str, word: str) -> None:
    marked = mark(tracks, progress(), [address], State.LEARNING, DAY)
    assert edit(address, "state", word) in marked.edits
    assert marked.what.startswith(f"{word}: ")


def test_the_last_mark_finishes_the_milestone(tracks: Catalog) -> None:
    before = progress(track__m=State.LEARNING, track__m__one=State.DONE, track__m__left=State.DONE)
    now = after(before, mark(tracks, before, ["track/m/two"], State.DONE, DAY))
    assert now.entry("track/m") == Entry(State.DONE, DAY)


def test_a_date_goes_when_the_mark_goes(tracks: Catalog) -> None:
    before = progress(track__m__one=Entry(State.DONE, DAY, "note"))
    now = after(before, mark(tracks, before, ["track/m/one"], State.TODO, DAY))
    assert now.entry("track/m/one") == Entry(State.TODO, None, "note")


def test_done_with_a_milestone_marks_its_required_skills_but_not_what_is_skipped(tracks: Catalog) -> None:
    before = progress(track__m__two=State.SKIPPED)
    now = after(before, mark(tracks, before, ["track/m"], State.DONE, DAY))
    assert states(now) == {
        "track/m": "done", "track/m/one": "done", "track/m/two": "skipped", "track/m/extra": "todo",
        "track/m/page": "todo", "track/m/left": "todo", "track/m/right": "todo",
    }  # fmt: skip


def test_unticking_one_skill_reopens_a_milestone_that_was_done(tracks: Catalog) -> None:
    done = after(progress(), mark(tracks, progress(), ["track/m"], State.DONE, DAY))
    assert standing_of(tracks, done, "track").of("track/m").state == "done"  # type: ignore[union-attr]
    for state in (State.TODO, State.LEARNING):
        now = after(done, mark(tracks, done, ["track/m/two"], state, DAY))
        one = standing_of(tracks, now, "track").of("track/m")
        assert one is not None
        assert (one.state, now.entry("track/m")) == ("learning", Entry(State.LEARNING))
        assert "track/m/two" in one.missing
        assert "track/m/one" not in one.missing


def test_unticking_what_is_optional_reopens_nothing(tracks: Catalog) -> None:
    done = after(progress(), mark(tracks, progress(), ["track/m"], State.DONE, DAY))
    for address in ("track/m/extra", "track/m/page"):
        now = after(done, mark(tracks, done, [address], State.TODO, DAY))
        assert now.entry("track/m").state == State.DONE


def test_unticking_a_shared_skill_reopens_every_milestone_that_lists_it(tracks: Catalog) -> None:
    before = progress("other")
    done = after(before, mark(tracks, before, ["track/m", "other/n"], State.DONE, DAY))
    now = after(done, mark(tracks, done, ["track/m/one"], State.TODO, DAY))
    assert states(now)["track/m"] == states(now)["other/n"] == "learning"


def test_marking_a_shared_skill_begins_its_home_only(tracks: Catalog) -> None:
    before = progress("other")
    now = after(before, mark(tracks, before, ["track/m/one"], State.DONE, DAY))
    assert now.entry("track/m").state == State.LEARNING
    assert "other/n" not in now.entries


def test_a_shared_skill_finishes_a_milestone_that_waits_for_it(tracks: Catalog) -> None:
    before = progress("other", other__n=State.LEARNING, other__n__three=State.DONE)
    now = after(before, mark(tracks, before, ["track/m/one"], State.DONE, DAY))
    assert now.entry("other/n").state == State.DONE


def test_on_a_path_without_its_home_a_shared_skill_begins_the_milestone_of_the_path(
    sound: Callable[..., Catalog],
) -> None:
    catalog = sound(track=TRACK, other=OTHER.replace('extends = "track"', ""))
    before = progress("other")
    now = after(before, mark(catalog, before, ["track/m/one"], State.DONE, DAY))
    assert states(now) == {"track/m/one": "done", "other/n": "learning", "other/n/three": "todo"}


def test_reset_takes_the_items_along_and_keeps_notes_links_and_evidence(tracks: Catalog) -> None:
    entry = Entry(State.DONE, DAY, "note", ("https://example.org",), ("built",))
    before = progress(track__m=State.DONE, track__m__one=entry, track__m__left=entry)
    now = after(before, mark(tracks, before, ["track/m"], State.TODO, DAY))
    assert now.entry("track/m/one") == entry._replace(state=State.TODO, on=None)
    assert now.entry("track/m/left") == entry._replace(state=State.TODO, on=None)
    assert "track/m/two" not in now.entries


def test_skipping_a_milestone_leaves_its_items_alone(tracks: Catalog) -> None:
    before = progress(track__m__one=State.DONE)
    marked = mark(tracks, before, ["track/m"], State.SKIPPED, DAY)
    assert marked.edits == (edit("track/m", "state", "skipped"),)


def test_a_page_is_read_wherever_it_stands(tracks: Catalog) -> None:
    before = progress(
        track__m__page=State.TODO, track__reading__same_page=State.TODO, track__m=State.LEARNING
    )
    marked = mark(tracks, before, ["track/reading/same-page"], State.DONE, DAY)
    assert [one.path for one in marked.edits if one.path[2] == "page"] == []  # a toggle changes few lines
    now = after(before, marked)
    assert Records(tracks, now).entry("track/m/page") == Entry(State.DONE, DAY)
    assert Records(tracks, now).entry("track/reading/same-page") == Entry(State.DONE, DAY)


@pytest.mark.parametrize("state", [State.TODO, State.SKIPPED, State.LEARNING])
@pytest.mark.parametrize("which", ["track/m/page", "track/reading/same-page"])
def test_a_page_goes_back_wherever_it_was_read(tracks: Catalog, which: str, state: State) -> None:
    for where in ("track/m/page", "track/reading/same-page"):
        before = Progress("track", None, {where: Entry(State.DONE, DAY)})
        now = after(before, mark(tracks, before, [which], state, DAY))
        assert Records(tracks, now).entry(which) == Entry(state)


def test_unreading_a_page_reopens_a_milestone_of_reading(tracks: Catalog) -> None:
    before = progress()
    pages = ["track/reading/same-page", "track/reading/other-page"]
    read = after(before, mark(tracks, before, pages, State.DONE, DAY))
    assert read.entry("track/reading").state == State.DONE
    for address in ("track/reading/other-page", "track/m/page"):
        now = after(read, mark(tracks, read, [address], State.TODO, DAY))
        assert now.entry("track/reading").state == State.LEARNING


def test_records_stay_under_the_address_the_file_uses(tracks: Catalog) -> None:
    before = progress(track__old_m__old_one=State.LEARNING, track__old_m=State.LEARNING)
    now = after(before, mark(tracks, before, ["track/m/one"], State.DONE, DAY))
    assert now.entry("track/old-m/old-one") == Entry(State.DONE, DAY)
    assert "track/m/one" not in now.entries
    assert "track/m" not in now.entries


def test_a_thing_recorded_twice_can_be_reset(tracks: Catalog) -> None:
    before = progress(track__old_m__one=Entry(State.DONE, DAY), track__m__one=State.TODO)
    assert Records(tracks, before).state("track/m/one") == State.DONE
    now = after(before, mark(tracks, before, ["track/m/one"], State.TODO, DAY))
    assert Records(tracks, now).state("track/m/one") == State.TODO


def test_notes_are_set_and_removed(tracks: Catalog) -> None:
    marked = marks.note(tracks, progress(), "track/m/one", "  think \n")
    assert marked == Marked((edit("track/m/one", "note", "think"),), "note on: do one")
    gone = marks.note(tracks, progress(), "track/m/one", " \n")
    assert gone == Marked((edit("track/m/one", "note", None),), "no note on: do one")


def test_the_note_on_a_page_that_stands_twice_is_one_note(tracks: Catalog) -> None:
    before = progress(track__m__page=Entry(note="A"), track__reading__same_page=Entry(note="B"))
    assert Records(tracks, before).entry("track/m/page").note == "A\nB"
    now = after(before, marks.note(tracks, before, "track/reading/same-page", "A\nB\nC"))
    assert Records(tracks, now).entry("track/m/page").note == "A\nB\nC"
    gone = after(now, marks.note(tracks, now, "track/m/page", ""))
    assert Records(tracks, gone).entry("track/reading/same-page").note == ""


def test_links_are_added_once_and_removed_everywhere(tracks: Catalog) -> None:
    before = progress(track__m__page=Entry(links=("https://a.example",)))
    now = after(before, marks.link(tracks, before, "track/reading/same-page", "https://b.example"))
    again = after(now, marks.link(tracks, now, "track/reading/same-page", "https://b.example"))
    assert Records(tracks, again).entry("track/m/page").links == ("https://a.example", "https://b.example")
    gone = marks.link(tracks, again, "track/reading/same-page", "https://a.example", remove=True)
    assert Records(tracks, after(again, gone)).entry("track/m/page").links == ("https://b.example",)
    assert gone.what == "link taken from: Same page"


def test_evidence_begins_proves_and_finishes(tracks: Catalog) -> None:
    now = progress(track__m=State.LEARNING, track__m__one=State.DONE, track__m__two=State.DONE)
    steps: list[tuple[dict[str, list[str]], State, str]] = [
        ({"built": [" https://example.org/repo "]}, State.LEARNING, "built recorded: Left"),
        ({"evaluated": ["a.json", "b.json", "a.json"]}, State.LEARNING, "evaluated recorded: Left"),
        ({"explained": ["notes.md"]}, State.DONE, "proven: Left"),
    ]
    for evidence, state, what in steps:
        marked = prove(tracks, now, "track/m/left", evidence, DAY)
        now = after(now, marked)
        assert marked.what == what
        assert now.entry("track/m/left").state == state
    assert now.entry("track/m/left") == Entry(
        State.DONE,
        DAY,
        built=("https://example.org/repo",),
        evaluated=("a.json", "b.json"),
        explained=("notes.md",),
    )
    assert now.entry("track/m") == Entry(State.DONE, DAY)
    assert standing_of(tracks, now, "track").of("track/m").state == "proven"  # type: ignore[union-attr]


def test_evidence_never_takes_a_claim_back(tracks: Catalog) -> None:
    done = after(progress(), mark(tracks, progress(), ["track/m"], State.DONE, DAY))
    now = after(done, prove(tracks, done, "track/m/left", {"built": ["repo"]}, DAY))
    assert now.entry("track/m/left").state == State.LEARNING
    assert now.entry("track/m").state == State.DONE


def test_an_empty_piece_of_evidence_removes_it(tracks: Catalog) -> None:
    before = progress(track__m__left=Entry(State.LEARNING, built=("repo",)))
    marked = prove(tracks, before, "track/m/left", {"built": [""]}, DAY)
    assert edit("track/m/left", "built", None) in marked.edits
    assert after(before, marked).entry("track/m/left").built == ()


def test_only_projects_have_proofs_and_only_three(tracks: Catalog) -> None:
    with pytest.raises(ValueError, match="track/m/one is a skill; only projects have proofs"):
        prove(tracks, progress(), "track/m/one", {"built": ["x"]}, DAY)
    with pytest.raises(ValueError, match="tested is not a proof"):
        prove(tracks, progress(), "track/m/left", {"tested": ["x"]}, DAY)


def test_choosing_a_role_writes_the_outline_of_its_path(tracks: Catalog) -> None:
    before = progress("track", track__m=State.DONE, track__m__one=State.DONE)
    marked = choose_role(tracks, before, "other")
    missing = [
        *(f"track/m/{item}" for item in ("two", "extra", "page", "left", "right")),
        *("track/reading", "track/reading/same-page", "track/reading/other-page"),
        *("other/n", "other/n/three"),
    ]
    assert marked == Marked(
        (Edit(("role",), "other"), *(edit(address, "state", "todo") for address in missing)),
        "role: Other",
    )
    assert choose_role(tracks, after(before, marked), "other").edits == ()
    with pytest.raises(KeyError):
        choose_role(tracks, before, "nobody")


def test_a_long_title_is_shortened_at_a_word() -> None:
    assert marks.short("a b") == "a b"
    assert marks.short("one two three, four", 16) == "one two three…"
    assert len(marks.short("x" * 80)) <= 50


@FEW
@given(data=st.data())
def test_a_mark_says_what_it_marks_and_saying_it_again_changes_nothing(
    worlds: Any, data: st.DataObject
) -> None:
    catalog, before = data.draw(worlds)
    address = data.draw(st.sampled_from(sorted(catalog.things)))
    state = data.draw(st.sampled_from(State))
    now = after(before, mark(catalog, before, [address], state, DAY))
    records = Records(catalog, now)
    assert records.state(address) == state
    again = after(now, mark(catalog, now, [address], state, DAY))
    assert again == now


@FEW
@given(data=st.data())
def test_done_never_lowers_what_is_claimed(worlds: Any, data: st.DataObject) -> None:
    catalog, before = data.draw(worlds)
    address = data.draw(st.sampled_from(sorted(catalog.things)))
    assume(Records(catalog, before).state(address) not in (State.SKIPPED, State.DONE))
    assume(all(entry.state != State.SKIPPED for entry in before.entries.values()))
    now = after(before, mark(catalog, before, [address], State.DONE, DAY))
    then, after_it = (standing_of(catalog, one, "branch") for one in (before, now))
    assert after_it.hours.done >= then.hours.done - 0.02
    assert after_it.claimed.percent >= then.claimed.percent
    assert after_it.proven.done == then.proven.done
    one = after_it.of(address)
    if one is not None:
        assert one.state in COMPLETE
        assert not one.missing


@FEW
@given(data=st.data())
def test_done_then_unticking_a_skill_reopens(worlds: Any, data: st.DataObject) -> None:
    catalog, before = data.draw(worlds)
    with_skills = [
        one for track in catalog.tracks.values() for one in track.milestones if one.required_skills
    ]
    assume(with_skills)
    milestone = data.draw(st.sampled_from(with_skills))
    skill = data.draw(st.sampled_from(milestone.required_skills))
    done = after(before, mark(catalog, before, [milestone.address], State.DONE, DAY))
    now = after(done, mark(catalog, done, [skill.address], State.TODO, DAY))
    assert now.entry(milestone.address).state == State.LEARNING
    standing = standing_of(catalog, now, "trunk" if milestone.address.startswith("trunk") else "branch")
    one = standing.of(milestone.address)
    assert one is not None
    assert skill.address in one.missing


@FEW
@given(data=st.data())
def test_marks_touch_only_what_they_are_about(worlds: Any, data: st.DataObject) -> None:
    catalog, before = data.draw(worlds)
    address = data.draw(st.sampled_from(sorted(catalog.things)))
    marked = mark(catalog, before, [address], data.draw(st.sampled_from(State)), DAY)
    home = catalog.home(address)
    own = {home.address, address, *items_of(home)}
    # resetting a milestone resets its pages, and a page is the same wherever it is listed
    related = own | {copy for one in own for copy in catalog.same.get(one, ())}
    for track in catalog.tracks.values():
        for one in track.milestones:
            skills = {entry.skill.address for entry in one.skills}
            if address in {*skills, *items_of(one), one.address} or set(items_of(one)) & related:
                related |= {one.address, *items_of(one), *skills}
    touched = {"/".join(one.path[:-1]) for one in marked.edits}
    assert touched <= related
    assert {one.path[-1] for one in marked.edits} <= {"state", "on"}
