"""Text from files is hostile until cleaned."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.loading.clean import REPLACEMENT, clean, clean_tree, is_clean, quote

ANY_TEXT = st.text(st.characters(codec=None, categories=None))

HOSTILE = {
    "erase the screen": "\x1b[2J",
    "window title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;aGk=\x1b\\",
    "8-bit command": "\x9b2J",
    "carriage return": "safe\revil",
    "backspace": "a\x08b",
    "nul": "a\x00b",
    "delete": "a\x7fb",
    "bidi override": "\u202egnp.exe",
    "bidi isolate": "\u2066x\u2069",
    "arabic letter mark": "\u061cx",
    "zero width space": "ai\u200b-engineer",
    "word joiner": "a\u2060b",
    "byte order mark inside": "a\ufeffb",
    "tag characters": "x\U000e0041\U000e0042",
    "half a character": "\ud800",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_steering_and_hidden_characters_become_visible(text: str) -> None:
    assert not is_clean(text)
    cleaned = clean(text)
    assert is_clean(cleaned)
    assert REPLACEMENT in cleaned
    assert len(cleaned) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "two\nlines\tand a tab",
        "漢字 العربية हिन्दी",
        "👩\u200d💻",
        "می\u200cخواهم",
        "e\u0301",
        "",
        "☃ ○ ◐ ●",
    ],
)
def test_what_people_write_passes_unchanged(text: str) -> None:
    assert clean(text) == text
    assert is_clean(text)


@given(ANY_TEXT)
def test_cleaning_is_complete_and_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert is_clean(text) == (cleaned == text)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    cleaned.encode("utf-8")


def test_a_tree_is_cleaned_with_its_keys() -> None:
    data = {"a\x1b": ["\x07", 3, {"k\u200b": "v\x9b"}], "fine": True}
    assert clean_tree(data) == {"a�": ["�", 3, {"k�": "v�"}], "fine": True}


def test_keys_that_become_equal_stay_apart() -> None:
    cleaned = clean_tree({"a\x1b": 1, "a\x07": 2, "a�": 3})
    assert sorted(cleaned.values()) == [1, 2, 3]
    assert cleaned["a�"] == 3


@given(st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_no_value_of_a_tree_disappears(data: dict[str, str]) -> None:
    assert sorted(clean_tree(data).values()) == sorted(clean(value) for value in data.values())


def test_a_quoted_text_is_short_and_on_one_line() -> None:
    assert quote("done") == '"done"'
    assert quote("a\nb\tc") == '"a b c"'
    assert quote("x" * 61) == '"' + "x" * 59 + '…"'
    assert quote("x" * 60) == '"' + "x" * 60 + '"'
    assert quote("\x1b[2J") == '"�[2J"'


@given(ANY_TEXT, st.integers(1, 100))
def test_a_quoted_text_keeps_its_limit(text: str, limit: int) -> None:
    quoted = quote(text, limit)
    assert len(quoted) <= limit + 2
    assert "\n" not in quoted
    assert is_clean(quoted)
