"""Commands that read, as text: what a person sees, in whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_roles_are_listed_around_the_line_that_divides_them(begun: Any) -> None:
    out = begun("roles").out
    one, two = out.split("Builds with the model\n", 1)
    assert one.startswith("Builds the model\n")
    assert "Branch Engineer (branch-engineer)\n    19 h, 3 milestones; 3 h of it beyond Trunk Engineer" in one
    assert "Trunk Engineer (trunk-engineer)\n    16 h, 2 milestones\n    Builds the trunk.\n" in two


def test_a_role_says_what_it_is_and_is_not(begun: Any) -> None:
    out = begun("role", "trunk-engineer").out
    assert out.startswith("Trunk Engineer (trunk-engineer)\nBuilds the trunk.\n")
    for line in (
        "  builds          with the model",
        "  optimizes for   steadiness",
        "  you'll enjoy it if you are among people who like wood",
        "  not this        leaf engineer: leaves fall",
        "  path            Trunk Engineer",
        "  yours already   0 h",
        "    depth            3",
        "    breadth of work  5",
    ):
        assert line in out.splitlines()
    assert "interviews" not in out


def test_a_role_of_few_words_has_no_gap(begun: Any, home: Path) -> None:
    (home / "tracks" / "plain.toml").write_text(
        'title = "Plain"\ntagline = "Little is said."\n[[milestones]]\nid = "one"\ntitle = "One"\nhours = 28.5\n'
    )
    out = begun("role", "plain").out
    assert out.startswith("Plain (plain)\nLittle is said.\n\n  path            Plain\n")
    assert "  size            1 milestone, 29 h\n" in out


def test_the_path_shows_tracks_in_order_and_explains_the_first_lock(begun: Any) -> None:
    assert (
        begun("path").out
        == """\
Branch Engineer: 3 milestones, 19 h

Trunk Engineer

  1  todo     10 h  roots  Roots
  2  locked  5.5 h  stem   Stem

Branch Engineer

  1  locked  3 h  fork  Fork

2 milestones locked. The first of them, Stem:
  needs Roots

`roadmap show MILESTONE` opens one.
"""
    )


def test_a_milestone_listed_from_another_track_is_on_the_path(
    write_tracks: Callable[..., Path], begun: Any, home: Path
) -> None:
    write_tracks(home / "tracks", guest='title = "Guest"\n[[milestones]]\nref = "trunk-engineer/stem"\n')
    assert "  1  locked  5.5 h  stem  Stem\n" in begun("path", "guest").out


def test_locks_of_alternatives_are_told_as_such(
    write_tracks: Callable[..., Path], begun: Any, home: Path
) -> None:
    base = "".join(f'[[milestones]]\nid = "{one}"\ntitle = "{one.upper()}"\n' for one in "abc")
    write_tracks(home / "tracks", t=f'title = "T"\n{base}after = ["a", ["a", "b"]]\n')
    assert "  needs A; one of: A, B\n" in begun("path", "t").out


def test_status_is_in_words(begun: Any, home: Path) -> None:
    begun("done", "dig")
    out = begun("status").out
    assert out.startswith("Branch Engineer\n")
    assert "  claimed  2 h of 19 h (10%), 0 of 3 milestones\n" in out
    assert "  proven   0 of 1 milestones have a project with all three proofs\n" in out
    assert f"  file     {home / 'progress.toml'} (in this folder)\n" in out
    assert "  Roots (roots)\n    1 of 2 skills, 0 of 1 project proven, about 8 h left\n" in out
    assert "4 items missing; `roadmap next` says which come first." in out
    assert begun("status", "--short").out.count("\n") == 1


def test_status_lists_records_that_no_track_knows(begun: Any, home: Path) -> None:
    file = home / "progress.toml"
    file.write_text(
        file.read_text() + '\n[gone.for.good]\nstate = "done"\n\n[trunk-engineer.stalk]\nstate = "done"\n'
    )
    out = begun("status").out
    assert (
        "\n1 record in the file belongs to nothing in the tracks, and stays there:\n  gone/for/good\n" in out
    )
    assert "stalk" not in out
    begun("done", "dig")
    assert "[gone.for.good]" in file.read_text()


def test_a_former_id_carries_progress_and_can_be_typed(begun: Any, home: Path) -> None:
    file = home / "progress.toml"
    file.write_text(file.read_text().replace("trunk-engineer.stem", "trunk-engineer.stalk"))
    assert begun("done", "trunk-engineer/stalk/climb").out == "done: climb it\n"
    assert '[trunk-engineer.stalk]\nstate = "done"' in file.read_text()
    assert "  2  done  5.5 h  stem   Stem\n" in begun("path").out


def test_next_says_why(begun: Any) -> None:
    assert (
        begun("next", "-n", 2).out
        == """\
1. dig a hole, and show it
   trunk-engineer/roots/dig
   2 h; Roots is open, and opens Stem
2. water it daily
   trunk-engineer/roots/water
   2 h; the same milestone: Roots
"""
    )


def test_next_with_nothing_left_answers_no(begun: Any) -> None:
    begun("skip", "roots", "stem", "fork")
    answer = begun("next")
    assert (answer.code, answer.out) == (1, "Nothing is left to do on the path of Branch Engineer.\n")
    assert "Nothing is missing: the whole path is claimed." in begun("status").out


def test_show_a_milestone(begun: Any) -> None:
    begun("done", "dig")
    begun("note", "roots", "mind the moles")
    assert (
        begun("show", "roots").out
        == """\
Roots
milestone  trunk-engineer/roots
learning, 10 h, 1 of 2 skills, 0 of 1 needed projects proven

Without roots it falls.

Skills

  done      dig a hole, and show it
            dig
  todo      water it daily
            water
  todo      sing to it (optional)
            sing

Resources

            The handbook, Ada
            book, free, 2 h, essential  handbook
            https://example.org/handbook
            chapter 1

Projects

  todo  core  6 h  A well  well
  todo  core  ? h  A pump  pump

Your note

  mind the moles
"""
    )


def test_show_a_shared_skill_by_its_whole_address(begun: Any) -> None:
    out = begun("show", "fork").out
    assert "  todo      water it daily\n            trunk-engineer/roots/water\n" in out
    assert "after: Stem\n\nafter one of: Roots; Stem\n" in out


def test_show_a_skill_with_its_questions(begun: Any) -> None:
    assert "How deep?" in begun("show", "dig").out
    assert "Deep enough." not in begun("show", "dig").out
    assert "Deep enough." in begun("show", "dig", "--answers").out


def test_show_a_resource_that_was_read_elsewhere(begun: Any) -> None:
    begun("done", "same-handbook")
    assert (
        begun("show", "trunk-engineer/roots/handbook").out
        == """\
The handbook
resource  trunk-engineer/roots/handbook
by Ada
book, free, 2 h, essential
chapter 1
https://example.org/handbook
state: read
"""
    )


def test_show_a_project_with_what_is_lacking(begun: Any) -> None:
    begun("prove", "well", "--built", "https://example.org/a", "--built", "b")
    out = begun("show", "well").out
    assert "Built\n\n  - water comes\n  evidence: https://example.org/a\n  evidence: b\n" in out
    assert "Evaluated\n\n  - 20 of 20 buckets\n  no evidence yet\n" in out
    assert "Lacks evidence for: evaluated, explained." in out
    assert "  roadmap prove well --evaluated LINK-OR-PATH\n" in out


def test_long_addresses_and_links_are_never_broken(begun: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    link = "https://example.org/" + "-".join(["long"] * 20)
    begun("note", "dig", f"see {link}")
    assert f"\n  {link}\n" in begun("show", "dig").out


@pytest.mark.parametrize(("columns", "widest"), [("40", 40), ("10", 40), ("200", 88), ("x", 80), ("", 80)])
def test_paragraphs_keep_to_the_width(
    begun: Any, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    begun("note", "dig", "word " * 100)
    lines = begun("show", "dig").out.splitlines()
    assert widest - 10 < max(map(len, lines)) <= widest


def test_search_lists_kinds_and_addresses(begun: Any) -> None:
    out = begun("search", "climb", "it", "-n", 1).out
    assert out.startswith("skill     climb it\n          trunk-engineer/stem/climb\n")
    begun("note", "dig", "a zeppelin")
    assert (
        begun("search", "Zeppelin").out
        == "skill     dig a hole, and show it\n          trunk-engineer/roots/dig\n"
    )
    answer = begun("search", "nonsensical")
    assert (answer.code, answer.out) == (1, "Nothing was found. Try fewer words, or the start of a word.\n")


def test_tracks_of_ones_own_come_first(roadmap: Any, write_tracks: Callable[..., Path]) -> None:
    own = write_tracks("elsewhere", ml_engineer='title = "Mine"\n[[milestones]]\nid = "m"\ntitle = "M"\n')
    assert "Mine (ml-engineer)" in roadmap("--tracks", own, "roles").out
    assert "Mine" not in roadmap("roles").out


def test_faults_are_told_on_standard_error_and_the_rest_works(begun: Any, home: Path) -> None:
    (home / "tracks" / "broken.toml").write_text('title = "Broken"\ntitel = 3\n')
    answer = begun("path")
    assert answer.code == 0
    assert answer.out.startswith("Branch Engineer")
    assert f"{home / 'tracks' / 'broken.toml'}:2:1: error[T002]: unknown key `titel`" in answer.err
