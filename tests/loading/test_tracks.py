"""The bundled tracks, and what a track means once it is loaded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import tomli

from roadmap.loading.sources import bundled
from roadmap.model.address import is_id
from roadmap.model.catalog import kind_of
from roadmap.model.track import Check, Question, Resource, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.model.catalog import Catalog


def test_the_bundled_tracks_have_no_fault(bundle: Catalog) -> None:
    assert list(bundle.tracks) == [
        "ai-engineer", "genai-developer", "agentic-ai-engineer", "forward-deployed-engineer", "ml-engineer",
    ]  # fmt: skip


def test_every_address_in_the_bundled_tracks_leads_somewhere(bundle: Catalog) -> None:
    wanted = []
    for path in bundled().glob("*.toml"):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        assert data.get("extends") is None or data["extends"] in bundle.tracks
        for milestone in data["milestones"]:
            groups = [[one] if isinstance(one, str) else one for one in milestone.get("after", [])]
            wanted += [one if "/" in one else f"{path.stem}/{one}" for group in groups for one in group]
            wanted += [skill["ref"] for skill in milestone.get("skills", []) if "ref" in skill]
    assert len(wanted) > 100
    assert [address for address in wanted if address not in bundle.things] == []


def test_no_reference_of_the_bundled_tracks_was_dropped(bundle: Catalog) -> None:
    for path in bundled().glob("*.toml"):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        track = bundle.tracks[path.stem]
        assert len(track.milestones) == len(data["milestones"])
        for one, written in zip(track.milestones, data["milestones"], strict=True):
            assert one.id == written["id"]
            assert len(one.after) == len(written.get("after", []))
            assert len(one.skills) == len(written.get("skills", []))
            assert len(one.projects) == len(written.get("projects", []))
            assert len(one.resources) == len(written.get("resources", []))


def test_every_bundled_thing_has_an_id_and_a_line_to_show(bundle: Catalog) -> None:
    kinds = Counter(kind_of(thing) for thing in bundle.things.values())
    assert (kinds["milestone"], kinds["skill"]) == (52, 330)  # what the curriculum counts, each written once
    assert kinds["project"] >= 2 * kinds["milestone"]
    assert kinds["resource"] >= 3 * (kinds["milestone"] - len(bundle.tracks))  # capstones need none
    for address, thing in bundle.things.items():
        assert all(map(is_id, address.split("/")))
        assert thing.address == address
        shown = thing.can if hasattr(thing, "can") else thing.title
        assert shown == " ".join(shown.split()) != ""


def test_every_bundled_project_can_be_proven(bundle: Catalog) -> None:
    for track in bundle.tracks.values():
        for milestone in track.milestones:
            assert milestone.needs == 1
            assert milestone.projects
            assert all(one.built and one.evaluated and one.explained for one in milestone.projects)


MINIMAL = """\
title = "Rust Engineer"

[[milestones]]
id = "ownership"
title = "Own, borrow, move"

[[milestones.skills]]
id = "read-errors"
can = "read a borrow error"
"""


def test_a_minimal_track_has_sensible_defaults(sound: Callable[..., Catalog]) -> None:
    track = sound(rust=MINIMAL).tracks["rust"]
    assert (track.id, track.title, track.extends, track.role) == ("rust", "Rust Engineer", None, Role())
    assert track.source.endswith("rust.toml")
    [one] = track.milestones
    assert (one.address, one.id, one.track) == ("rust/ownership", "ownership", "rust")
    assert (one.hours, one.stated_hours, one.needs, one.capstone) == (0.5, False, 0, False)
    assert [skill.address for skill in one.required_skills] == ["rust/ownership/read-errors"]


WHOLE = """
title = "A\\n  title"
tagline = " over\\n lines "
[[milestones]]
id = "m"
title = "M"
why = '''
First
second.
'''
[[milestones.skills]]
id = "s"
can = '''do it
  well'''
ask = [{ q = "What\\n?", a = "That\\n." }]
[[milestones.skills]]
id = "o"
can = "do more"
optional = true
[[milestones.resources]]
title = "S"
url = "https://example.org/1"
hours = 2
[[milestones.resources]]
title = "S"
url = "https://example.org/2"
hours = 4
optional = true
[[milestones.resources]]
title = "漢字"
url = "https://example.org/3"
hours = 0.25
[[milestones.projects]]
id = "small"
title = "Small"
level = "starter"
hours = 3
brief = "x"
built = ["a\\nb"]
evaluated = ["x"]
explained = ["x"]
[[milestones.projects]]
id = "main"
title = "Main"
hours = 8
brief = "x"
built = ["x"]
evaluated = ["x"]
explained = ["x"]
checks = [{ kind = "file", proof = "built", path = "*.py", min = 1 }]
former = ["principal"]
"""


def test_lines_are_joined_hours_worked_out_and_ids_made(sound: Callable[..., Catalog]) -> None:
    catalog = sound(t=WHOLE)
    track = catalog.tracks["t"]
    [one] = track.milestones
    assert (track.title, track.tagline, one.why) == ("A title", "over lines", "First second.")
    assert one.skills[0].skill.can == "do it well"
    assert one.skills[0].skill.ask == (Question("What ?", "That ."),)
    assert [entry.optional for entry in one.skills] == [False, True]
    # Essential reading, half an hour for each required skill, and the core project.
    assert (one.hours, one.stated_hours, one.needs) == (2 + 0.25 + 0.5 + 8, False, 1)
    # The skill has the id "s" already, and two titles are alike.
    assert [resource.address for resource in one.resources] == ["t/m/s-2", "t/m/s-3", "t/m/resource"]
    assert one.resources[0] == Resource("t/m/s-2", "S", "https://example.org/1", hours=2.0)
    assert one.projects[0].built == ("a b",)
    assert one.projects[1].checks == (Check("file", "built", {"path": "*.py", "min": 1}),)
    assert one.projects[1].former == ("t/m/principal",)
    assert len(catalog.things) == 1 + 2 + 3 + 2


def test_made_ids_stay_ids_however_long_the_title(sound: Callable[..., Catalog]) -> None:
    title = "x" * 59 + " " + "y" * 20
    pages = "".join(
        f'[[milestones.resources]]\ntitle = "{title}"\nurl = "https://example.org/{n}"\n' for n in range(12)
    )
    catalog = sound(t=MINIMAL + pages)
    ids = [one.address.rpartition("/")[2] for one in catalog.tracks["t"].milestones[0].resources]
    assert len(set(ids)) == 12
    assert all(map(is_id, ids))


@pytest.mark.parametrize(
    ("needs", "hours"), [("", 5.0), ("needs = 0", 0.0), ("needs = 1", 5.0), ("needs = 2", 10.0)]
)
def test_hours_follow_how_many_projects_are_needed(
    sound: Callable[..., Catalog], needs: str, hours: float
) -> None:
    project = 'title = "P"\nhours = 5\nbrief = "x"\nbuilt = ["x"]\nevaluated = ["x"]\nexplained = ["x"]\n'
    text = f'title = "T"\n[[milestones]]\nid = "m"\ntitle = "M"\n{needs}\n'
    text += "".join(f'[[milestones.projects]]\nid = "p{n}"\n{project}' for n in range(2))
    assert sound(t=text).tracks["t"].milestones[0].hours == hours


def test_tracks_are_ordered_trunk_first(sound: Callable[..., Catalog]) -> None:
    def track(extends: str, skills: int) -> str:
        head = f'title = "T"\n{extends}\n[[milestones]]\nid = "m"\ntitle = "M"\n'
        return head + "".join(f'[[milestones.skills]]\nid = "s{n}"\ncan = "x"\n' for n in range(skills))

    catalog = sound(
        alone=track("", 1),
        trunk=track("", 9),
        a_long=track('extends = "trunk"', 5),
        z_short=track('extends = "trunk"', 2),
        twig=track('extends = "z-short"', 1),
    )
    assert list(catalog.tracks) == ["trunk", "z-short", "twig", "a-long", "alone"]


@pytest.mark.parametrize(
    "dressed", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: "# hi\n" + t]
)
def test_byte_order_marks_line_endings_and_comments_change_nothing(
    sound: Callable[..., Catalog], dressed: Callable[[str], str]
) -> None:
    assert sound(t=dressed(MINIMAL)).tracks == sound(t=MINIMAL).tracks
