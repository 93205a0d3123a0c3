"""Totals, states and locks: rules that hold for all tracks and all progress, and the cases people meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from roadmap.analysis.marks import mark
from roadmap.analysis.records import Records
from roadmap.analysis.standing import COMPLETE, measure_milestone, split_hours, standing_of
from roadmap.model.edit import with_edits
from roadmap.model.progress import Entry, Progress, State
from roadmap.storage.workspace import today

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog

PROOF = {"built": ("a",), "evaluated": ("b",), "explained": ("c",)}
FEW = settings(max_examples=30)
CLOSE = 0.02  # hours are rounded to a hundredth in totals


@FEW
@given(data=st.data())
def test_a_hundred_percent_exactly_when_nothing_is_missing(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    for role in catalog.tracks:
        standing = standing_of(catalog, progress, role)
        assert 0 <= standing.claimed.percent <= 100
        assert 0 <= standing.proven.percent <= 100
        assert (standing.claimed.percent == 100) is (not standing.missing)
        assert standing.hours.percent == standing.claimed.percent
        for one in standing.milestones:
            assert (one.state in COMPLETE) is (not one.missing)


@FEW
@given(data=st.data())
def test_milestones_sum_to_the_whole(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    standing = standing_of(catalog, progress, "branch")
    counted = [one for one in standing.milestones if one.state != "skipped"]
    assert abs(standing.hours.total - sum(one.hours for one in counted)) < CLOSE
    assert abs(standing.hours.done - sum(one.hours_done for one in counted)) < CLOSE
    assert standing.claimed.total == len(counted)
    assert standing.claimed.done == sum(one.state in ("done", "proven") for one in counted)
    for one in standing.milestones:
        assert -1e-9 <= one.hours_done <= one.hours + 1e-9
        assert one.hours <= one.milestone.hours + 1e-9
        assert 0 <= one.skills_done <= one.skills_total
        assert one.projects_proven <= one.projects_done
        if one.state == "proven":
            assert one.projects_proven >= one.needs > 0


@FEW
@given(data=st.data())
def test_without_any_record_nothing_is_skipped_and_hours_are_those_of_the_tracks(
    worlds: Any, data: st.DataObject
) -> None:
    catalog, _progress = data.draw(worlds)
    standing = standing_of(catalog, Progress("branch"), "branch")
    assert standing.hours.done == 0
    assert standing.claimed.done == standing.proven.done == 0
    assert abs(standing.hours.total - standing.path.hours) < CLOSE
    assert {one.state for one in standing.milestones} <= {"todo"}


@FEW
@given(data=st.data())
def test_skipping_what_is_untouched_never_lowers_the_percentage(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    before = standing_of(catalog, progress, "branch")
    untouched = [
        address for address in before.missing if Records(catalog, progress).state(address) == State.TODO
    ]
    assume(untouched)
    address = data.draw(st.sampled_from(untouched))
    marked = mark(catalog, progress, [address], State.SKIPPED, today())
    after = standing_of(catalog, with_edits(progress, marked.edits), "branch")
    assert before.claimed.percent <= after.claimed.percent <= 100
    assert after.hours.total <= before.hours.total + CLOSE
    assert address not in after.missing


@FEW
@given(data=st.data())
def test_claims_prove_nothing(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    claims = {address: Entry(State.DONE) for address in catalog.things}
    claimed = standing_of(catalog, progress._replace(entries=claims), "branch")
    assert claimed.claimed.percent == 100
    assert claimed.proven.done == claimed.proven.percent == 0
    assert not claimed.missing
    # And whatever state is claimed, as long as nothing is skipped, the same evidence proves the same.
    counts = {
        standing_of(
            catalog,
            progress._replace(entries={a: e._replace(state=state) for a, e in progress.entries.items()}),
            "branch",
        ).proven
        for state in (State.TODO, State.LEARNING, State.DONE)
    }
    assert len(counts) == 1


@FEW
@given(data=st.data())
def test_locks_name_what_is_not_complete(worlds: Any, data: st.DataObject) -> None:
    catalog, progress = data.draw(worlds)
    standing = standing_of(catalog, progress, "branch")
    records = Records(catalog, progress)
    for one in standing.milestones:
        for group in one.milestone.after:
            states = {measure_milestone(catalog.things[a], 0, records).state for a in group}  # type: ignore[arg-type]
            assert (group in one.locked_by) is not bool(states & COMPLETE)
        assert one.locked is (bool(one.locked_by) and one.state == "todo")


@FEW
@given(data=st.data())
def test_hours_are_split_without_loss(worlds: Any, data: st.DataObject) -> None:
    catalog, _progress = data.draw(worlds)
    for track in catalog.tracks.values():
        for milestone in track.milestones:
            study, building = split_hours(milestone)
            assert study >= 0
            assert building >= 0
            if milestone.required_skills or milestone.needs:
                assert abs(study + building - milestone.hours) < 1e-9


TRACK = """
title = "Track"

[[milestones]]
id = "base"
title = "Base"
hours = 10
[[milestones.skills]]
id = "one"
can = "do one"
[[milestones.skills]]
id = "two"
can = "do two"
[[milestones.skills]]
id = "extra"
can = "do more"
optional = true
[[milestones.projects]]
id = "left"
title = "Left"
hours = 6
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
[[milestones.projects]]
id = "right"
title = "Right"
hours = 6
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]

[[milestones]]
id = "choice"
title = "Choice"
hours = 4
[[milestones.skills]]
ref = "track/base/one"
[[milestones.skills]]
id = "three"
can = "do three"

[[milestones]]
id = "reading"
title = "Reading"
hours = 3
after = ["base", ["choice", "other/elsewhere"]]
[[milestones.resources]]
title = "Long"
url = "https://example.org/long"
[[milestones.resources]]
title = "Short"
url = "https://example.org/short"
[[milestones.resources]]
title = "Extra"
url = "https://example.org/extra"
optional = true

[[milestones]]
id = "bare"
title = "Bare"
hours = 2

[[milestones]]
id = "crown"
title = "Crown"
hours = 5
capstone = true
[[milestones.projects]]
id = "opus"
title = "Opus"
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
"""

OTHER = """
title = "Other"
extends = "track"
[[milestones]]
id = "elsewhere"
title = "Elsewhere"
[[milestones.skills]]
ref = "track/base/two"
[[milestones.resources]]
title = "The long one again"
url = "http://www.example.org/long/#top"
[[milestones]]
ref = "third/borrowed"
"""

THIRD = """
title = "Third"
[[milestones]]
id = "borrowed"
title = "Borrowed"
hours = 1
[[milestones.skills]]
id = "four"
can = "do four"
"""


@pytest.fixture
def tracks(sound: Callable[..., Catalog]) -> Catalog:
    return sound(track=TRACK, other=OTHER, third=THIRD)


def standing(catalog: Catalog, role: str = "track", **states: State | Entry) -> Any:
    entries = {
        name.replace("__", "/").replace("_", "-"): state if isinstance(state, Entry) else Entry(state)
        for name, state in states.items()
    }
    return standing_of(catalog, Progress(role, None, entries), role)


def test_a_fresh_path(tracks: Catalog) -> None:
    fresh = standing(tracks)
    assert [one.milestone.id for one in fresh.milestones] == ["base", "choice", "reading", "bare", "crown"]
    assert fresh.hours == (0, 24, 0)
    assert fresh.claimed == (0, 5, 0)
    assert fresh.proven == (0, 2, 0)
    assert fresh.missing == (
        "track/base/one", "track/base/two", "track/base/left", "track/choice/three",
        "track/reading/long", "track/reading/short", "track/bare", "track/crown/opus",
    )  # fmt: skip
    assert fresh.of("track/reading").locked_by == (("track/base",), ("track/choice", "other/elsewhere"))
    assert fresh.of("nowhere") is None


def test_a_milestones_hours_are_project_and_skills(tracks: Catalog) -> None:
    assert split_hours(tracks.milestone("track/base")) == (4.0, 6.0)  # type: ignore[arg-type]
    one = standing(tracks, track__base__one=State.DONE).of("track/base")
    assert (one.hours_done, one.hours, one.state) == (2.0, 10.0, "learning")


def test_either_of_two_equal_projects_proves_it(tracks: Catalog) -> None:
    skills = {"track__base__one": State.DONE, "track__base__two": State.DONE}
    for project in ("left", "right"):
        done = standing(tracks, **skills, **{f"track__base__{project}": Entry(State.DONE, **PROOF)})
        assert done.of("track/base").state == "proven"
        assert done.of("track/base").missing == ()
        assert done.proven.done == 1


def test_a_begun_project_is_the_one_that_is_missing(tracks: Catalog) -> None:
    begun = standing(tracks, track__base__right=State.LEARNING)
    assert "track/base/right" in begun.missing
    assert "track/base/left" not in begun.missing
    assert standing(tracks, track__base__right=Entry(built=("x",))).missing == begun.missing


def test_evidence_alone_counts_as_built(tracks: Catalog) -> None:
    one = standing(tracks, track__base__left=Entry(State.TODO, **PROOF)).of("track/base")
    assert (one.projects_done, one.projects_proven) == (1, 1)
    assert one.hours_done == 6.0


def test_done_without_evidence_is_claimed_only(tracks: Catalog) -> None:
    states = dict.fromkeys(("track__base__one", "track__base__two", "track__base__left"), State.DONE)
    here = standing(tracks, **states)
    assert here.of("track/base").state == "done"
    assert here.proven.done == 0


def test_a_skipped_project_leaves_one_to_take(tracks: Catalog) -> None:
    one = standing(tracks, track__base__left=State.SKIPPED).of("track/base")
    assert one.needs == 1
    assert one.missing[-1] == "track/base/right"
    both = standing(tracks, track__base__left=State.SKIPPED, track__base__right=State.SKIPPED).of(
        "track/base"
    )
    assert (both.needs, both.hours) == (0, 4.0)
    assert both.missing == ("track/base/one", "track/base/two")


def test_skipping_is_not_beginning(tracks: Catalog) -> None:
    assert standing(tracks, track__base__one=State.SKIPPED).of("track/base").state == "todo"


def test_everything_of_a_milestone_skipped_is_a_skipped_milestone(tracks: Catalog) -> None:
    here = standing(tracks, track__choice__three=State.SKIPPED, track__base__one=State.SKIPPED)
    assert here.of("track/choice").state == "skipped"
    assert here.hours.total == 24 - 4 - 2
    assert standing(tracks, track__choice=State.SKIPPED).of("track/choice").state == "skipped"


def test_a_milestone_of_reading_is_done_by_reading(tracks: Catalog) -> None:
    one = standing(tracks, track__reading__long=State.DONE).of("track/reading")
    assert (one.state, one.hours_done, one.missing) == ("todo", 1.5, ("track/reading/short",))
    both = standing(tracks, track__reading__long=State.DONE, track__reading__short=State.DONE).of(
        "track/reading"
    )
    assert (both.state, both.hours_done) == ("done", 3.0)


def test_the_same_page_is_read_once(tracks: Catalog) -> None:
    one = standing(tracks, other__elsewhere__the_long_one_again=State.DONE).of("track/reading")
    assert one.missing == ("track/reading/short",)


def test_a_milestone_with_nothing_in_it_is_marked_itself(tracks: Catalog) -> None:
    assert standing(tracks).of("track/bare").missing == ("track/bare",)
    done = standing(tracks, track__bare=State.DONE).of("track/bare")
    assert (done.state, done.hours_done, done.missing) == ("done", 2.0, ())
    assert standing(tracks, track__bare=State.LEARNING).of("track/bare").state == "learning"


def test_a_milestone_with_projects_only_is_all_project(tracks: Catalog) -> None:
    one = standing(tracks, track__crown__opus=Entry(State.DONE, **PROOF)).of("track/crown")
    assert (one.state, one.hours_done, one.skills_total) == ("proven", 5.0, 0)


def test_a_milestone_marked_done_is_done_whole_but_proves_nothing(tracks: Catalog) -> None:
    here = standing(tracks, track__base=State.DONE)
    one = here.of("track/base")
    assert (one.state, one.hours_done, one.missing, one.skills_done) == ("done", 10.0, (), 2)
    assert here.proven.done == 0


def test_any_member_of_a_group_opens_a_lock(tracks: Catalog) -> None:
    base = standing(tracks, track__base=State.DONE)
    assert base.of("track/reading").locked_by == (("track/choice", "other/elsewhere"),)
    for name in ("track__choice", "other__elsewhere"):
        for state in (State.DONE, State.SKIPPED):
            opened = standing(tracks, track__base=State.DONE, **{name: state})
            assert opened.of("track/reading").locked_by == ()


def test_what_is_begun_anyway_is_not_called_locked(tracks: Catalog) -> None:
    one = standing(tracks, track__reading=State.LEARNING).of("track/reading")
    assert one.locked_by
    assert not one.locked


def test_a_capstone_is_on_its_own_path_only(tracks: Catalog) -> None:
    assert [one.milestone.id for one in standing(tracks, "other").milestones] == [
        "base", "choice", "reading", "bare", "elsewhere", "borrowed",
    ]  # fmt: skip


def test_milestones_are_numbered_in_the_track_that_lists_them(tracks: Catalog) -> None:
    rows = [
        (one.track, one.number, one.milestone.address) for one in standing(tracks, "other").milestones[3:]
    ]
    assert rows == [
        ("track", 4, "track/bare"),
        ("other", 1, "other/elsewhere"),
        ("other", 2, "third/borrowed"),
    ]


def test_a_shared_skill_counts_in_every_track(tracks: Catalog) -> None:
    one = Entry(State.DONE)
    here = standing_of(tracks, Progress("other", None, {"track/base/two": one}), "other")
    assert here.of("track/base").skills_done == 1  # type: ignore[union-attr]
    assert here.of("other/elsewhere").state == "done"  # type: ignore[union-attr]
    assert here.of("other/elsewhere").missing == ()  # type: ignore[union-attr]


def test_an_unknown_role_is_a_key_error(tracks: Catalog) -> None:
    with pytest.raises(KeyError):
        standing(tracks, "nobody")


def test_nothing_left_is_a_hundred_percent_even_of_nothing(sound: Callable[..., Catalog]) -> None:
    catalog = sound(t='title = "T"\n[[milestones]]\nid = "m"\ntitle = "M"\nhours = 0\n')
    assert standing(catalog, "t").claimed == (0, 1, 0)
    assert standing(catalog, "t", t__m=State.DONE).claimed == (1, 1, 100)
    assert standing(catalog, "t", t__m=State.SKIPPED).claimed == (0, 0, 100)


def test_what_takes_no_time_keeps_the_last_percent_all_the_same(sound: Callable[..., Catalog]) -> None:
    skill = '[[milestones.skills]]\nid = "s"\ncan = "do"\n'
    catalog = sound(
        t=f'title = "T"\n[[milestones]]\nid = "long"\ntitle = "L"\nhours = 9\n{skill}'
        f'[[milestones]]\nid = "none"\ntitle = "N"\nhours = 0\n{skill}'
    )
    almost = standing(catalog, "t", t__long__s=State.DONE)
    assert (almost.hours.done, almost.hours.total) == (9, 9)
    assert (almost.claimed.percent, almost.missing) == (99, ("t/none/s",))


@settings(max_examples=15)
@given(data=st.data())
def test_the_bundled_paths_reach_a_hundred_and_no_more(bundle: Catalog, data: st.DataObject) -> None:
    role = data.draw(st.sampled_from(sorted(bundle.tracks)))
    whole = standing_of(bundle, Progress(role), role)
    left = data.draw(st.sampled_from(whole.missing))
    entries = {address: Entry(State.DONE) for address in whole.missing if address != left}
    almost = standing_of(bundle, Progress(role, None, entries), role)
    assert almost.missing == (left,)
    assert almost.claimed.percent == min(99, int(100 * almost.hours.done / almost.hours.total))
    assert 0 < almost.claimed.percent < 100
    full = standing_of(bundle, Progress(role, None, {**entries, left: Entry(State.DONE)}), role)
    assert full.claimed.percent == 100
    assert full.hours.done == full.hours.total
    assert full.proven.done == 0
