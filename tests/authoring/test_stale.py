"""What is listed as checked long ago. The day is given, so that no test fails because time passes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from roadmap.authoring.stale import DAYS, stale
from roadmap.lint.files import find_files, read_files
from roadmap.loading.sources import Source, bundled

if TYPE_CHECKING:
    from pathlib import Path

TRACK = """title = "T"
reviewed = 2025-06-01
[[milestones]]
id = "one"
title = "One"
[[milestones.skills]]
id = "old"
can = "tell\\u001b[2J what it costs"
reviewed = 2024-01-31
[[milestones.skills]]
id = "never"
can = "do what does not age"
[[milestones.skills]]
ref = "other/one/s"
[[milestones.projects]]
id = "p"
title = "Project"
brief = "b"
built = ["b"]
evaluated = ["1"]
explained = ["e?"]
reviewed = 2025-05-31
"""


def listed(today: date, days: int = DAYS, text: str = TRACK) -> list[tuple[str, int, int]]:
    found, faults = stale([Source("t", "t.toml", text)], today, days)
    assert faults == []
    return [(one.address, one.line, one.days) for one in found]


def test_what_is_older_than_a_year_comes_oldest_first() -> None:
    assert listed(date(2026, 6, 2)) == [("t/one/old", 9, 853), ("t/one/p", 22, 367), ("t", 2, 366)]


def test_a_year_to_the_day_is_not_yet_old() -> None:
    assert [one[0] for one in listed(date(2026, 6, 1))] == ["t/one/old", "t/one/p"]
    assert [one[0] for one in listed(date(2026, 5, 31))] == ["t/one/old"]
    assert listed(date(2024, 1, 31)) == []


def test_the_days_can_be_chosen() -> None:
    assert [one[0] for one in listed(date(2025, 6, 2), 0)] == ["t/one/old", "t/one/p", "t"]
    assert listed(date(2025, 6, 2), 1000) == []
    assert listed(date(2025, 6, 2), 36_500) == []


def test_days_of_the_wrong_type_are_left_to_lint() -> None:
    text = TRACK.replace("2025-06-01", '"long ago"').replace("2024-01-31", "2024-01-31T00:00:00")
    assert [one[0] for one in listed(date(2027, 1, 1), text=text)] == ["t/one/p"]


def test_texts_are_cleaned() -> None:
    (first, *_more), _faults = stale([Source("t", "t.toml", TRACK)], date(2026, 6, 2))
    assert first.text == "tell\ufffd[2J what it costs"
    assert first.reviewed == date(2024, 1, 31)


def test_a_file_that_says_nothing_is_a_fault() -> None:
    found, faults = stale([Source("t", "t.toml", "x = "), Source("u", "u.toml", TRACK)], date(2030, 1, 1))
    assert [fault.code for fault in faults] == ["T001"]
    assert len(found) == 3


def test_overlays_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "t.overlay.toml").write_text(
        '[[add]]\nto = "one"\n[[add.skills]]\nid = "s"\ncan = "do it"\nreviewed = 2020-02-29\n'
    )
    found, faults = stale(read_files(find_files([tmp_path])), date(2026, 1, 1))
    assert faults == []
    assert [(one.address, one.line) for one in found] == [("t/one/s", 6)]


def test_a_year_after_they_were_written_all_bundled_tracks_ask_to_be_read_again() -> None:
    sources = read_files(find_files([bundled()]))
    days = [one.reviewed for one in stale(sources, date(9999, 1, 1))[0]]
    assert stale(sources, min(days))[0] == []
    assert len(stale(sources, date(9999, 1, 1))[0]) >= len(sources)
