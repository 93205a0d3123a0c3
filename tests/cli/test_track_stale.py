"""`roadmap track stale`. Days are far in the past or in the future, so that no test fails because time passes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRACK = """title = "T"
reviewed = {}
[[milestones]]
id = "one"
title = "One"
[[milestones.skills]]
id = "s"
can = "say what it costs"
"""


def test_what_is_old_is_listed_with_its_line(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path
) -> None:
    write_tracks(home / "tracks", t=TRACK.format("2001-02-03"), u=TRACK.format("9999-01-01"))
    answer = roadmap("track", "stale")
    assert (answer.code, answer.err) == (1, "")
    assert answer.out == (
        "2001-02-03  tracks/t.toml:2  t\n            T\n"
        "2 files looked at: 1 fact last checked more than 365 days ago\n"
    )
    answer = roadmap("track", "stale", "tracks/t.toml", "--json")
    (one,) = json.loads(answer.out)
    assert answer.code == 1
    assert one.pop("days") > 9000
    assert one == {"address": "t", "text": "T", "reviewed": "2001-02-03", "file": "tracks/t.toml", "line": 2}


def test_nothing_is_old(roadmap: Any, write_tracks: Callable[..., Path], home: Path) -> None:
    write_tracks(home / "tracks", t=TRACK.format("9999-01-01"), broken="x = ")
    answer = roadmap("track", "stale", "--older-than", "0")
    assert answer.code == 2
    assert answer.out == "1 file looked at: nothing last checked more than 0 days ago\n"
    assert answer.err.startswith("tracks/broken.toml:1:5: error[T001]")
    assert answer.err.endswith("\n1 file could not be read, and may hold more\n")
    assert roadmap("track", "stale", "tracks/t.toml", "--older-than", "0").code == 0
    assert roadmap("track", "stale", "tracks/t.toml", "--json").out == "[]\n"


def test_wrong_usage(roadmap: Any, home: Path) -> None:
    assert roadmap("track", "stale").code == 2
    assert roadmap("track", "stale", "nowhere").code == 2
    assert roadmap("track", "stale", "--older-than", "-1").code == 2
