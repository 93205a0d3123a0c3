"""Addresses, and how a short one is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.model.address import MAX_ID, is_id, near, resolve, slug

KNOWN = [
    "trunk/first",
    "trunk/first/streaming",
    "trunk/first/caching",
    "branch/second",
    "branch/second/caching",
    "branch/second/smooth-streaming",
    "other/first",
]


@pytest.mark.parametrize("text", ["a", "ai-engineer", "a1-2b", "0", "x" * MAX_ID])
def test_kebab_case_is_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "a\n", "a/b", "ä", "٣", "a\u200b", "x" * (MAX_ID + 1)]
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_id(text)


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    made = slug(text)
    assert made == "" or is_id(made)
    assert slug(made) == made


@given(st.lists(st.text("az09", min_size=1, max_size=5), min_size=1, max_size=6).map("-".join))
def test_an_id_is_its_own_slug(id: str) -> None:
    assert slug(id) == id


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("trunk/first/streaming", "trunk/first/streaming"),
        ("first/streaming", "trunk/first/streaming"),
        ("streaming", "trunk/first/streaming"),
        (" /Streaming/ ", "trunk/first/streaming"),
        ("trunk/first", "trunk/first"),
        ("second", "branch/second"),
        ("second/caching", "branch/second/caching"),
    ],
)
def test_a_unique_ending_is_enough(text: str, address: str) -> None:
    assert resolve(text, KNOWN).address == address


def test_an_ending_ends_at_a_slash_only() -> None:
    found = resolve("reaming", KNOWN)
    assert found.address is None
    assert found.candidates == ()


def test_several_are_named() -> None:
    found = resolve("caching", KNOWN)
    assert found.address is None
    assert found.candidates == ("trunk/first/caching", "branch/second/caching")


def test_a_preferred_one_decides_and_two_do_not() -> None:
    assert resolve("caching", KNOWN, ["branch/second/caching"]).address == "branch/second/caching"
    assert resolve("caching", KNOWN, ["trunk/first"]).address is None
    assert resolve("caching", KNOWN, KNOWN).candidates == ("trunk/first/caching", "branch/second/caching")


def test_a_whole_address_wins_over_an_ending() -> None:
    assert resolve("a/b", ["a/b", "x/a/b"]).address == "a/b"


def test_a_slip_of_the_pen_is_guessed() -> None:
    assert resolve("streming", KNOWN).near[0] == "trunk/first/streaming"
    assert near("trunk/frist", KNOWN)[0] == "trunk/first"
    assert resolve("zzzzzzz", KNOWN) == (None, (), ())
    assert resolve("", KNOWN).address is None


@given(st.sampled_from(KNOWN), st.integers(0, 2), st.sets(st.sampled_from(KNOWN)))
def test_every_ending_finds_its_address_or_says_why_not(address: str, cut: int, prefer: set[str]) -> None:
    parts = address.split("/")
    ending = "/".join(parts[min(cut, len(parts) - 1) :])
    found = resolve(ending, KNOWN, prefer)
    if found.address is None:
        assert address in found.candidates
        assert len(found.candidates) > 1
    else:
        assert found.address == address or address not in prefer
