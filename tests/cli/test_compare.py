"""``roadmap compare``: the keys of its JSON, its words, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_json(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("compare", "trunk-engineer", "branch-engineer")
    roles = ["trunk-engineer", "branch-engineer"]
    numbers = dict.fromkeys(roles, float)
    value = (int, None)
    check(answer, {
        "roles": [str], "shared": [str], "only": {role: [str] for role in roles}, "hours": numbers,
        "yours": numbers, "remaining": numbers,
        "profile": {name: dict.fromkeys(roles, value) for name in ("depth", "breadth-of-work")},
        "switching": [{
            "from": str, "to": str, "milestones": [str], "hours": float, "yours": [str], "hours_yours": float,
            "shared_skills": int,
        }],
    })  # fmt: skip
    assert answer["roles"] == roles
    assert answer["shared"] == ["trunk-engineer/roots", "trunk-engineer/stem"]
    assert answer["only"]["trunk-engineer"] == []
    assert answer["only"]["branch-engineer"] == ["branch-engineer/fork"]
    assert answer["profile"]["depth"] == {"trunk-engineer": 3, "branch-engineer": None}
    there, back = answer["switching"]
    assert (there["from"], there["milestones"]) == ("trunk-engineer", ["branch-engineer/fork"])
    assert there["shared_skills"] == 1
    assert back["milestones"] == []


def test_remaining_falls_as_things_are_done(begun: Any, ask: Callable[..., Any]) -> None:
    before = ask("compare", "trunk-engineer", "branch-engineer")["remaining"]
    assert begun("done", "roots").code == 0
    after = ask("compare", "trunk-engineer", "branch-engineer")
    assert before["trunk-engineer"] - after["remaining"]["trunk-engineer"] == 10
    assert after["yours"]["trunk-engineer"] == 10


def test_the_hours_of_a_role_have_one_precision(begun: Any, home: Path) -> None:
    assert begun("done", "roots/dig").code == 0
    out = begun("compare", "trunk-engineer", "branch-engineer").out
    assert "  size           16 h, of which 2 h are yours; 14 h remain\n" in out
    assert "  yours already   2 h\n" in begun("role", "trunk-engineer").out
    assert begun("skip", "roots").code == 0  # what is left is less than ten hours then
    assert (
        "  size           16 h, of which 0 h are yours; 5.5 h remain\n"
        in begun("compare", "trunk-engineer", "branch-engineer").out
    )


def test_text(begun: Any) -> None:
    out = begun("compare", "trunk-engineer", "branch-engineer").out
    assert "Trunk Engineer (trunk-engineer)" in out
    assert "optimizes for  steadiness" in out
    assert "###.. 3" in out
    assert "On every path: 2 milestones" in out
    assert "from Trunk Engineer to Branch Engineer: 1 milestone" in out
    assert "from Branch Engineer to Trunk Engineer: nothing more to do" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_bundled_tracks_say_what_switching_costs(roadmap: Callable[..., Any]) -> None:
    assert roadmap("init", "--role", "ai-engineer").code == 0
    for milestone in ("role-and-trust", "discovery"):
        assert roadmap("done", milestone).code == 0
    out = " ".join(roadmap("compare", "ai-engineer", "forward-deployed-engineer").out.split())
    assert "from AI Engineer to Forward Deployed Engineer: 10 milestones, 349 h, of which 2 are yours" in out


def test_refusals(begun: Any) -> None:
    for arguments, says in (
        (["trunk-engineer"], "two to 5 different roles, not 1"),
        (["trunk-engineer", "trunk-engineer"], "not 1"),
        (["trunk-engineer", "trunk-enginer"], "Did you mean `trunk-engineer`?"),
    ):
        answer = begun("compare", *arguments)
        assert answer.code == 2
        assert says in answer.err
    assert begun("compare").code == 2


def test_works_without_a_progress_file(roadmap: Callable[..., Any]) -> None:
    assert roadmap("compare", "ai-engineer", "ml-engineer").code == 0
