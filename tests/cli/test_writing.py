"""Commands that write: what they say, what stands in the file afterwards, and taking it back."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import tomli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def file(home: Path) -> Path:
    return home / "progress.toml"


def entries(file: Path) -> dict[str, Any]:
    """Return the records of a file by address, without those that are plain todo."""
    found: dict[str, Any] = {}
    for track, milestones in tomli.loads(file.read_text()).items():
        for milestone, table in milestones.items() if isinstance(milestones, dict) else ():
            own = {key: value for key, value in table.items() if not isinstance(value, dict)}
            found[f"{track}/{milestone}"] = own
            items = {key: value for key, value in table.items() if isinstance(value, dict)}
            found.update({f"{track}/{milestone}/{key}": value for key, value in items.items()})
    return {address: entry for address, entry in found.items() if entry != {"state": "todo"}}


def test_init_writes_an_outline_of_the_path(tracks: Path, roadmap: Any, file: Path) -> None:
    answer = roadmap("init", "--role", "branch-engineer", "--hours-per-week", "6.0")
    assert answer.code == 0
    assert answer.out.startswith("created progress.toml\nYou follow Branch Engineer: 3 milestones, 19 h.\n")
    text = file.read_text()
    assert [line for line in text.splitlines() if line.startswith("#")] == text.splitlines()[:3]
    assert 'schema = 1\nrole = "branch-engineer"\nhours_per_week = 6\n\n[trunk-engineer.roots]\n' in text
    names = [line for line in text.splitlines() if line.startswith("[")]
    assert names == [
        "[trunk-engineer.roots]",
        *(f"[trunk-engineer.roots.{item}]" for item in ("dig", "water", "sing", "handbook", "well", "pump")),
        "[trunk-engineer.stem]",
        "[trunk-engineer.stem.climb]",
        "[branch-engineer.fork]",
        "[branch-engineer.fork.climb]",
        "[branch-engineer.fork.same-handbook]",
    ]
    assert text.count("\n\n[") == text.count('state = "todo"\n') == len(names)


def test_init_without_a_role_says_how_to_choose_one(roadmap: Any, file: Path) -> None:
    assert "`roadmap role ROLE --follow` chooses one" in roadmap("init").out
    assert tomli.loads(file.read_text()) == {"schema": 1}
    assert "No role is chosen yet." in roadmap("status").err


def test_init_never_overwrites(begun: Any, file: Path) -> None:
    before = file.read_bytes()
    answer = begun("init", "--role", "trunk-engineer")
    assert answer.code == 2
    assert "already holds progress" in answer.err
    assert file.read_bytes() == before


def test_init_elsewhere(roadmap: Any, home: Path) -> None:
    (home / "sub").mkdir()
    assert roadmap("init", "--at", "sub").code == 0
    assert (home / "sub" / "progress.toml").exists()
    assert roadmap("init", "--at", "sub/other.toml").code == 0
    assert (home / "sub" / "other.toml").exists()
    assert roadmap("--progress", home / "named.toml", "init").code == 0
    assert (home / "named.toml").exists()
    assert roadmap("init", "--at", "missing/place").code == 2
    assert not (home / "missing").exists()


def test_init_heeds_the_variable_that_every_command_heeds(
    roadmap: Any, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADMAP_PROGRESS", str(home / "chosen.toml"))
    assert roadmap("init", "--role", "ml-engineer").code == 0
    assert [path.name for path in home.iterdir()] == ["chosen.toml"]
    assert roadmap("status").code == 0


@pytest.mark.parametrize("hours", ["0", "-1", "169", "nan", "inf", "many"])
def test_init_takes_only_hours_that_a_week_has(roadmap: Any, file: Path, hours: str) -> None:
    assert roadmap("init", "--hours-per-week", hours).code == 2
    assert not file.exists()


def test_following_a_role(begun: Any, file: Path) -> None:
    assert begun("role", "ml-engineer", "--follow").out == "role: ML Engineer\n"
    assert tomli.loads(file.read_text())["role"] == "ml-engineer"
    assert len(tomli.loads(file.read_text())["ml-engineer"]) == 12
    assert begun("role", "ml-engineer", "--follow").out == "nothing to change (role: ML Engineer)\n"


def test_marks_are_recorded_with_their_words(begun: Any, file: Path) -> None:
    today = date.today()
    assert begun("start", "well").out == "doing: A well\n"
    assert begun("done", "dig", "water").out == "done: dig a hole, and show it, water it daily\n"
    assert begun("skip", "stem").out == "skipped: Stem\n"
    assert begun("start", "trunk-engineer/roots/handbook").out == "reading: The handbook\n"
    assert entries(file) == {
        "trunk-engineer/roots": {"state": "learning"},
        "trunk-engineer/roots/well": {"state": "doing"},
        "trunk-engineer/roots/dig": {"state": "done", "on": today},
        "trunk-engineer/roots/water": {"state": "done", "on": today},
        "trunk-engineer/roots/handbook": {"state": "reading"},
        "trunk-engineer/stem": {"state": "skipped"},
    }
    assert begun("done", "dig").out == "nothing to change (done: dig a hole, and show it)\n"


def test_a_shared_skill_marked_once_counts_in_every_track(begun: Any, ask: Callable[..., Any]) -> None:
    begun("done", "water")
    rows = {one["address"]: one["skills"]["done"] for one in ask("path")["milestones"]}
    assert rows == {"trunk-engineer/roots": 1, "trunk-engineer/stem": 0, "branch-engineer/fork": 1}
    assert ask("show", "water")["entry"]["state"] == "done"


def test_done_with_a_milestone_then_unticking_one_skill_reopens_it(
    begun: Any, ask: Callable[..., Any]
) -> None:
    begun("done", "roots")
    assert ask("path")["milestones"][0]["state"] == "done"
    begun("reset", "dig")
    assert ask("path")["milestones"][0]["state"] == "learning"
    assert "trunk-engineer/roots/dig" in ask("status")["missing"]
    assert "trunk-engineer/roots/water" not in ask("status")["missing"]


def test_locks_explain_and_never_refuse(begun: Any, ask: Callable[..., Any]) -> None:
    assert ask("path")["milestones"][1]["locked_by"] == ["trunk-engineer/roots"]
    assert begun("start", "stem").code == 0
    row = ask("path")["milestones"][1]
    assert (row["state"], row["locked_by"]) == ("learning", [])
    assert begun("done", "branch-engineer/fork").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("done", "dig"),
        ("done", "roots"),
        ("done", "trunk-engineer/roots/handbook"),
        ("start", "well", "stem"),
        ("skip", "fork"),
        ("note", "dig", "three\nlines\nlong"),
        ("link", "dig", "https://example.org/a"),
        ("prove", "well", "--built", "a", "--built", "b", "--evaluated", "c", "--explained", "d"),
        ("role", "ml-engineer", "--follow"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_undo_restores_and_redo_repeats(begun: Any, file: Path, arguments: tuple[str, ...]) -> None:
    begun("start", "dig")
    before = tomli.loads(file.read_text())
    what = begun(*arguments).out.splitlines()[0]
    after = file.read_text()
    assert tomli.loads(after) != before
    assert begun("undo").out == f"taken back: {what}\n"
    assert with_blank_tables_dropped(tomli.loads(file.read_text())) == with_blank_tables_dropped(before)
    assert begun("undo", "--redo").out == f"done again: {what}\n"
    assert tomli.loads(file.read_text()) == tomli.loads(after)


def with_blank_tables_dropped(data: dict[str, Any]) -> dict[str, Any]:
    """Taking back a new record may leave its empty table behind, which says nothing."""
    kept = {
        key: with_blank_tables_dropped(one) if isinstance(one, dict) else one for key, one in data.items()
    }
    return {key: one for key, one in kept.items() if one != {}}


def test_nothing_to_take_back_is_no(begun: Any) -> None:
    answer = begun("undo")
    assert (answer.code, answer.out) == (1, "There is nothing to take back.\n")
    answer = begun("undo", "--redo")
    assert (answer.code, answer.out) == (1, "There is nothing to do again.\n")


def test_notes_come_from_the_line_or_from_standard_input(begun: Any, file: Path) -> None:
    assert begun("note", "dig", "first").out == "note on: dig a hole, and show it\n"
    assert begun("note", "dig", input="piped\nin\n").code == 0
    assert entries(file)["trunk-engineer/roots/dig"]["note"] == "piped\nin"
    answer = begun("note", "dig", input="")
    assert (answer.code, answer.out[:17]) == (0, "nothing to change")
    assert entries(file)["trunk-engineer/roots/dig"]["note"] == "piped\nin"
    assert begun("note", "dig", "").out == "no note on: dig a hole, and show it\n"
    assert "trunk-engineer/roots/dig" not in entries(file)


def test_links(begun: Any, file: Path) -> None:
    begun("link", "roots", "https://example.org/a")
    begun("link", "roots", "http://example.org/b?c=[d]")
    links = ["https://example.org/a", "http://example.org/b?c=[d]"]
    assert entries(file)["trunk-engineer/roots"]["links"] == links
    begun("link", "roots", "https://example.org/a", "--remove")
    assert entries(file)["trunk-engineer/roots"]["links"] == links[1:]


@pytest.mark.parametrize(
    "url", ["example.org", "file:///etc/passwd", "javascript:alert(1)", "https://a b", ""]
)
def test_a_link_is_a_web_address(begun: Any, file: Path, url: str) -> None:
    before = file.read_text()
    answer = begun("link", "roots", url)
    assert answer.code == 2
    assert "A link starts with http:// or https://" in answer.err
    assert file.read_text() == before


def test_proofs_add_up_to_proven(begun: Any, file: Path, ask: Callable[..., Any]) -> None:
    assert begun("prove", "well").out.startswith("has no evidence; lacks built, evaluated, explained\n")
    assert begun("prove", "well", "--built", "repo").out == (
        "built recorded: A well\nhas built; lacks evaluated, explained\n"
    )
    out = begun("prove", "well", "--evaluated", "a", "--evaluated", "b", "--explained", "c").out
    assert out == "proven: A well\nproven: all three proofs have evidence\n"
    assert entries(file)["trunk-engineer/roots/well"] == {
        "state": "done", "on": date.today(), "built": "repo", "evaluated": ["a", "b"], "explained": "c",
    }  # fmt: skip
    assert ask("status")["proven"]["done"] == 1
    assert begun("prove", "well", "--built", "").out.endswith("has evaluated, explained; lacks built\n")


def test_either_of_two_projects_proves_a_milestone(begun: Any, ask: Callable[..., Any]) -> None:
    begun("done", "dig", "water")
    begun("prove", "pump", "--built", "a", "--evaluated", "b", "--explained", "c")
    assert ask("path")["milestones"][0]["state"] == "proven"


@pytest.mark.parametrize("address", ["dig", "roots", "trunk-engineer/roots/handbook"])
def test_only_projects_can_be_proven(begun: Any, address: str) -> None:
    answer = begun("prove", address, "--built", "x")
    assert answer.code == 2
    assert "not a project" in answer.err


def test_export_to_a_file(begun: Any, home: Path) -> None:
    assert begun("export", "json", "-o", "out.json").out == "wrote out.json (json)\n"
    assert json.loads((home / "out.json").read_text())["role"] == "branch-engineer"
    before = (home / "progress.toml").read_bytes()
    answer = begun("export", "json", "-o", "progress.toml")
    assert (answer.code, answer.err[:37]) == (2, "Error: That is the progress file itse")
    assert (home / "progress.toml").read_bytes() == before
    answer = begun("export", "json", "-o", "missing/out.json")
    assert answer.code == 2
    assert "No such file or directory" in answer.err


def test_what_a_person_wrote_survives_every_command(begun: Any, file: Path) -> None:
    own = "# mine\n" + file.read_text().replace(
        "[trunk-engineer.stem]", "[trunk-engineer.stem] # soon\nmood = 3"
    )
    file.write_text(own)
    begun("start", "dig")
    begun("note", "dig", "x")
    begun("undo")
    text = file.read_text()
    assert text.startswith("# mine\n")
    assert "[trunk-engineer.stem] # soon\nmood = 3\n" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schema = 1\nrole = \n", "line 2, column 8"),
        ("<<<<<<< ours\nschema = 1\n=======\n>>>>>>> theirs\n", "merge conflict"),
        ("schema = 99\n", "newer roadmap"),
        ("schema = 1\n\xff", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left_alone(
    roadmap: Any, file: Path, text: str, words: str
) -> None:
    file.write_bytes(text.encode("latin-1"))
    for arguments in (["status"], ["done", "retrieval"], ["note", "retrieval", "x"], ["undo"], ["next"]):
        answer = roadmap(*arguments)
        assert answer.code == 2
        assert words in answer.err
        assert "Traceback" not in answer.err
    assert file.read_bytes() == text.encode("latin-1")


def test_values_that_are_not_understood_are_told(begun: Any, file: Path) -> None:
    file.write_text(
        file.read_text().replace(
            '[trunk-engineer.stem]\nstate = "todo"', '[trunk-engineer.stem]\nstate = "dome"'
        )
    )
    assert "note: trunk-engineer/stem: state should be one of" in begun("status").out
    assert '(did you mean "done"?)' in begun("status").out.replace("\n", " ")


def test_a_milestone_says_what_it_took_along(begun: Any) -> None:
    assert begun("done", "roots").out == "done: Roots, with 2 skills\n"
    assert begun("done", "roots").out == "nothing to change (done: Roots)\n"
    assert begun("reset", "roots").out == "not begun: Roots, with 2 items\n"


def test_a_milestone_marked_done_keeps_the_dates_of_what_was_done_before(begun: Any, file: Path) -> None:
    begun("done", "dig")
    file.write_text(file.read_text().replace(f"on = {date.today()}", "on = 2026-01-02"))
    begun("done", "roots")
    assert entries(file)["trunk-engineer/roots/dig"]["on"] == date(2026, 1, 2)


@pytest.mark.parametrize("written", ["2026-01-02", '"2026-01-02"'])
def test_what_is_done_already_keeps_its_date(begun: Any, file: Path, written: str) -> None:
    begun("done", "dig")
    file.write_text(file.read_text().replace(f"on = {date.today()}", f"on = {written}"))
    before = file.read_text()
    assert "nothing to change" in begun("done", "dig").out
    assert file.read_text() == before
