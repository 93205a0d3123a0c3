"""Milestones of other tracks put into the text of an overlay, and taken out again."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from roadmap.authoring.files import AuthoringError
from roadmap.authoring.overlay_refs import listed, with_refs, without_refs

MINE = """\
# Mine.
hide = ["retrieval/hnsw"]   # not yet

[[notes]]
at = "first-evals"
text = "ask [[milestones]] Mina"

[[milestones]]
id = "our-gateway"
title = "Our gateway"
"""
ADDRESSES = st.lists(
    st.sampled_from(["a/b", "a/c", "ml-engineer/train", "ml-engineer/train-more"]), unique=True, min_size=1
)


def test_a_first_one_begins_the_file() -> None:
    text = with_refs("", "cook", ["baker/dough"], "menu")
    assert text.startswith("# What you changed of the track cook;")
    assert tomli.loads(text) == {"milestones": [{"ref": "baker/dough", "place_before": "menu"}]}


def test_what_is_there_stays_to_the_letter() -> None:
    text = with_refs(MINE, "cook", ["baker/dough"])
    assert text == MINE + '\n[[milestones]]\nref = "baker/dough"\n'
    assert listed(text) == ["baker/dough"]
    assert without_refs(text, ["baker/dough"]) == MINE


def test_one_that_is_listed_is_not_listed_twice() -> None:
    text = with_refs(MINE, "cook", ["baker/dough", "baker/dough"])
    assert listed(text) == ["baker/dough"]
    assert with_refs(text, "cook", ["baker/dough"]) == text


@given(ADDRESSES, st.sampled_from(["", MINE, MINE.rstrip("\n")]), st.sampled_from(["\n", "\r\n"]), st.booleans(),
       st.sampled_from([None, "menu"]))  # fmt: skip
def test_taking_out_undoes_putting_in(addresses, text, end, bom, before) -> None:
    given = ("\ufeff" if bom else "") + text.replace("\n", end)
    longer = with_refs(given, "cook", addresses, before)
    assert listed(longer) == addresses
    assert (longer.count("\r\n") == longer.count("\n")) == (end == "\r\n" and "\r" in longer)
    assert longer.startswith(given)
    back = without_refs(longer, addresses)
    assert tomli.loads(back.removeprefix("\ufeff")) == tomli.loads(given.removeprefix("\ufeff"))
    if text:
        assert back == given + ("" if given.endswith("\n") else end)


def test_only_the_one_that_is_meant_is_taken_out() -> None:
    text = with_refs("", "cook", ["a/b", "a/bc", "a/b-c"])
    assert listed(without_refs(text, ["a/b"])) == ["a/bc", "a/b-c"]


@pytest.mark.parametrize(
    "text",
    [
        '[[milestones]]\nref = "a/b"\n# why\nplace_after = "knife"\n',
        '[[milestones]]\n# why\nref = "a/b"\n',
        'milestones = [{ ref = "a/b" }]\n',
    ],
)
def test_what_is_written_otherwise_is_left_to_its_author(text: str) -> None:
    with pytest.raises(AuthoringError, match="cannot be changed without risk"):
        without_refs(text, ["a/b"])


def test_a_list_in_one_line_takes_nothing_more() -> None:
    with pytest.raises(AuthoringError, match="cannot be changed without risk"):
        with_refs('milestones = [{ ref = "a/b" }]\n', "cook", ["a/c"])
    with pytest.raises(AuthoringError, match="cannot be changed without risk"):
        with_refs("milestones = 3\n", "cook", ["a/c"])


def test_a_text_that_looks_like_an_entry_inside_a_value_is_not_one() -> None:
    text = '[[notes]]\nat = "x"\ntext = """\n[[milestones]]\nref = "a/b"\n"""\n'
    assert listed(text) == []
    with pytest.raises(AuthoringError):
        without_refs(text + '[[milestones]]\nref = "a/b"\n', ["a/b"])


@pytest.mark.parametrize("text", ["<<<<<<< ours\n", "a = ", "[[milestones]\n"])
def test_a_broken_file_is_told_and_not_touched(text: str) -> None:
    for work in (
        lambda: with_refs(text, "cook", ["a/b"]),
        lambda: without_refs(text, ["a/b"]),
        lambda: listed(text),
    ):
        with pytest.raises(AuthoringError, match="not valid TOML") as caught:
            work()
        assert "roadmap track lint" in caught.value.help
