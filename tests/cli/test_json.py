"""The keys of ``--json`` are a promise: every one, with its type, and none besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_OR_NOTHING = (str, None)
GROUPS = [(str, [str])]
TOTAL = {"done": float, "total": float, "percent": int}
TRACK = {
    "id": str,
    "title": str,
    "extends": TEXT_OR_NOTHING,
    "tagline": str,
    "milestones": int,
    "hours": float,
}
MILESTONE = {
    "address": str, "title": str, "track": str, "hours": float, "after": GROUPS, "state": str,
    "locked_by": GROUPS, "skills": {"done": int, "total": int}, "projects": {"proven": int, "needed": int},
}  # fmt: skip
STATUS = {
    "role": str, "file": str, "claimed": TOTAL, "proven": TOTAL, "hours": {"done": float, "total": float},
    "milestones": [MILESTONE], "missing": [str], "unknown": [str],
}  # fmt: skip
ENTRY = {
    "state": str, "on": TEXT_OR_NOTHING, "note": str, "links": [str], "built": [str], "evaluated": [str],
    "explained": [str], "proven": bool,
}  # fmt: skip
OVERLAY = {"notes": [str], "added": bool, "hidden": [str]}
RESOURCE = {
    "address": str, "kind": str, "title": str, "url": str, "by": str, "cost": str, "hours": (float, None),
    "note": str, "optional": bool, "medium": str,
}  # fmt: skip
SHOWN = {
    "trunk-engineer/roots": {
        "address": str, "kind": str, "title": str, "why": str, "hours": float, "after": GROUPS,
        "keywords": [str], "needs": int, "capstone": bool, "resources": [RESOURCE],
        "skills": [{"address": str, "can": str, "optional": bool, "shared": bool}],
        "projects": [{"address": str, "title": str, "level": str}], "overlay": OVERLAY, "entry": ENTRY,
    },
    "trunk-engineer/roots/dig": {
        "address": str, "kind": str, "title": str, "can": str, "ask": [{"q": str, "a": str}],
        "reviewed": TEXT_OR_NOTHING, "overlay": OVERLAY, "entry": ENTRY,
    },
    "trunk-engineer/roots/handbook": {**RESOURCE, "overlay": OVERLAY, "entry": ENTRY},
    "trunk-engineer/roots/well": {
        "address": str, "kind": str, "title": str, "level": str, "hours": (float, None), "brief": str,
        "built": [str], "evaluated": [str], "explained": [str],
        "checks": [{"kind": str, "proof": str, "path": str, "min": int}], "overlay": OVERLAY, "entry": ENTRY,
    },
}  # fmt: skip
STATES = {"todo", "learning", "done", "proven", "skipped"}


def test_roles(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("roles")
    check(answer, [TRACK])
    own = {one["id"]: one for one in answer}
    assert own["branch-engineer"] == {
        "id": "branch-engineer", "title": "Branch Engineer", "extends": "trunk-engineer", "tagline": "",
        "milestones": 1, "hours": 3,
    }  # fmt: skip
    assert own["trunk-engineer"]["hours"] == 15.5


def test_role(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("role", "trunk-engineer")
    texts = ("optimizes_for", "daily_work", "artifacts", "enjoys", "interviews", "from_software")
    check(answer, {
        **TRACK, **dict.fromkeys(texts, str), "builds": TEXT_OR_NOTHING,
        "not_this": {"role": str, "because": str}, "profile": {"depth": int, "breadth-of-work": int},
        "path": {"tracks": [str], "milestones": int, "hours": float, "hours_done": float},
    })  # fmt: skip
    assert answer["profile"] == {"depth": 3, "breadth-of-work": 5}


def test_path(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("path")
    check(answer, {"role": str, "tracks": [str], "hours": float, "milestones": [MILESTONE], "hidden": [str]})
    assert answer["tracks"] == ["trunk-engineer", "branch-engineer"]
    assert answer["hours"] == 18.5
    rows = {one["address"]: one for one in answer["milestones"]}
    assert list(rows) == ["trunk-engineer/roots", "trunk-engineer/stem", "branch-engineer/fork"]
    assert rows["branch-engineer/fork"]["after"] == [
        "trunk-engineer/stem", ["trunk-engineer/roots", "trunk-engineer/stem"],
    ]  # fmt: skip
    assert rows["branch-engineer/fork"]["locked_by"] == rows["branch-engineer/fork"]["after"]
    assert rows["branch-engineer/fork"]["track"] == "branch-engineer"
    assert {one["state"] for one in rows.values()} == {"todo"}
    assert ask("path", "trunk-engineer")["tracks"] == ["trunk-engineer"]


def test_status(begun: Any, home: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    begun("done", "dig")
    answer = ask("status")
    check(answer, STATUS)
    assert answer["role"] == "branch-engineer"
    assert answer["file"] == str(home / "progress.toml")
    assert answer["claimed"] == {"done": 0, "total": 3, "percent": 10}
    assert answer["proven"] == {"done": 0, "total": 1, "percent": 0}
    assert answer["hours"] == {"done": 2, "total": 18.5}
    assert answer["missing"] == [
        "trunk-engineer/roots/water", "trunk-engineer/roots/well", "trunk-engineer/stem/climb",
        "branch-engineer/fork/climb",
    ]  # fmt: skip
    assert {one["state"] for one in answer["milestones"]} <= STATES
    assert ask("status", "--short") == answer


def test_a_hundred_percent_exactly_when_nothing_is_missing(begun: Any, ask: Callable[..., Any]) -> None:
    for address in list(ask("status")["missing"]):
        assert ask("status")["claimed"]["percent"] < 100
        begun("done", address)
    answer = ask("status")
    assert (answer["claimed"]["percent"], answer["missing"]) == (100, [])
    assert answer["hours"]["done"] == answer["hours"]["total"]
    assert answer["proven"]["percent"] == 0
    assert ask("next", code=1) == []
    begun("prove", "well", "--built", "repo", "--evaluated", "evals.json", "--explained", "notes.md")
    assert ask("status")["proven"] == {"done": 1, "total": 1, "percent": 100}


def test_next(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("next")
    check(answer, [{"address": str, "title": str, "hours": (float, None), "reason": str}])
    assert [one["address"] for one in answer] == [
        "trunk-engineer/roots/dig", "trunk-engineer/roots/water", "trunk-engineer/roots/well",
    ]  # fmt: skip
    assert len(ask("next", "-n", 1)) == 1


@pytest.mark.parametrize("address", SHOWN)
def test_show(begun: Any, ask: Callable[..., Any], check: Callable[..., None], address: str) -> None:
    answer = ask("show", address)
    check(answer, SHOWN[address])
    assert answer["address"] == address


def test_show_tells_the_record(begun: Any, ask: Callable[..., Any]) -> None:
    begun("done", "dig")
    begun("note", "dig", "two\nlines")
    begun("link", "dig", "https://example.org/mine")
    entry = ask("show", "dig")["entry"]
    assert entry.pop("on") is not None
    assert entry == {
        "state": "done", "note": "two\nlines", "links": ["https://example.org/mine"],
        "built": [], "evaluated": [], "explained": [], "proven": False,
    }  # fmt: skip


def test_search(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    answer = ask("search", "climb")
    check(answer, [{"address": str, "kind": str, "title": str}])
    assert [one["address"] for one in answer][:2] == [
        "trunk-engineer/stem/climb",
        "branch-engineer/fork/climb",
    ]
    assert len(ask("search", "climb", "-n", 1)) == 1
    assert ask("search", "nonsensical", code=1) == []


def test_export(begun: Any, ask: Callable[..., Any], check: Callable[..., None]) -> None:
    begun("done", "dig")
    answer = ask("export", "json")
    check(answer, {
        "program": str, "schema": int, "role": str, "hours_per_week": float, "status": STATUS,
        "entries": [{"address": str, "kind": TEXT_OR_NOTHING, "title": TEXT_OR_NOTHING, **ENTRY}],
    })  # fmt: skip
    assert answer["status"]["file"] == "progress.toml"
    assert {one["address"]: one["state"] for one in answer["entries"]}["trunk-engineer/roots/dig"] == "done"


@pytest.mark.parametrize("role", ["ai-engineer", "agentic-ai-engineer", "ml-engineer"])
def test_the_bundled_tracks_keep_the_promise(
    roadmap: Any, ask: Callable[..., Any], check: Callable[..., None], role: str
) -> None:
    assert roadmap("init", "--role", role).code == 0
    check(ask("status"), STATUS)
    for milestone in ask("path")["milestones"][:3]:
        check(ask("show", milestone["address"]), SHOWN["trunk-engineer/roots"])
