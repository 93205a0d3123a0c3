"""Hours as they are shown: rounded as people round, and parts that add up."""

from __future__ import annotations

import pytest

from roadmap.model.amounts import hours_text, rounded, split_hours


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (28.5, "29 h"), (21.5, "22 h"), (20.5, "21 h"), (12, "12 h"), (12.49, "12 h"), (0, "0 h"), (1.25, "1.3 h"),
        (0.05, "0.1 h"), (9.94, "9.9 h"), (9.95, "10 h"), (0.1 * 3 + 28.2, "29 h"), (None, "? h"),
    ],
)  # fmt: skip
def test_a_half_is_rounded_up(value: float | None, text: str) -> None:
    assert hours_text(value) == text


def test_a_sum_that_is_off_by_a_hair_is_a_half_all_the_same() -> None:
    value = sum([0.1] * 285)
    assert value != 28.5
    assert rounded(value) == 29


@pytest.mark.parametrize(
    ("done", "left", "said"),
    [
        (1.2, 362, ("1 h", "362 h")),
        (1.5, 361.5, ("2 h", "361 h")),
        (0.5, 10, ("1 h", "10 h")),
        (0.25, 363, ("less than 1 h", "363 h")),
        (0, 363, ("0 h", "363 h")),
        (1.25, 3.5, ("1.3 h", "3.5 h")),
        (363, 0, ("363 h", "0 h")),
    ],
)
def test_two_parts_have_one_precision(done: float, left: float, said: tuple[str, str]) -> None:
    assert split_hours(done, left) == said


@pytest.mark.parametrize("tenths", range(0, 400, 7))
def test_two_parts_add_up_to_the_whole(tenths: int) -> None:
    for whole in (39.9, 57.35, 9.3):
        done = min(tenths / 10, whole)
        first, second = (
            float(one.removesuffix(" h").replace("less than 1", "0"))
            for one in split_hours(done, whole - done)
        )
        assert f"{round(first + second, 1):g} h" == hours_text(whole)
