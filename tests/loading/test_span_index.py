"""The span index against the parser: every key and value stands where the index says."""

from __future__ import annotations

import datetime
import math

import pytest
import tomli
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmap.loading.spans import SpanIndex

NASTY = [
    "",
    "# only a comment",
    "\ufeffa = 1",
    'a = 1 # b = 2\r\n"c d" = """\r\n x = "1" \\\r\n   y"""\r\n',
    "a.\"b.c\".'d e' = [1, [2, # ]\n 3], { x = 4, y.z = [5] }]\n",
    "'' = '#'\n\"\\u0022\" . '' = 2\n",
    '[a]\n[a.b.c]\nx = 1\n[a.b]\ny = 2\n[ d . "e" ]\nz = 3\n',
    "[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[[a]]\n[[a.b]]\nx = 3\n[a.b.c]\ny = 4\n",
    'a = """""x"""""\nb = \'\'\'\'\'y\'\'\'\'\'\nc = """\\""""\n',
    "a = 1979-05-27 07:32:00\nb = 1979-05-27T07:32:00.999999-07:00\nc = 07:32:00 # d\n",
    "a = +inf\nb = -nan\nc = 0xDEAD_beef\nd = 1e-9\ne = true\nf = false # g\n",
    "a = {}\nb = []\nc = [[], [{}]]\nd = { e = {}, f = [] }\n",
    "a = {\n  b = 1, # comma , here\n  c = [\n 2,\n ],\n}\n",
    '"\\u0041\\t" = "\\"#[]{}=,"\n',
    "a = [\n# x\n1,\n# ]\n2\n# ,\n]\nb=3",
    '"漢字" = "値" # 説明\n"🦀" = ["é", "e\u0301"]\n',
    "a.b = 1\na.c = 2\n[x]\na.b.c = 3\na.b.d = 4\n",
    "[a.b]\n[[a.c]]\n[a.c.d]\ne = 1\n[[a.c]]\n",
]


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def same(left, right):
    return left == right or (isinstance(left, float) and math.isnan(left) and math.isnan(right))


def check(text):
    """Each leaf's span, parsed by itself, is the leaf; each key's span, parsed by itself, is the key."""
    index = SpanIndex(text)
    count = 0
    for path, value in leaves(tomli.loads(text.removeprefix("\ufeff"))):
        span = index.values[path]
        assert same(tomli.loads("x = " + text[span.start : span.end])["x"], value), path
        keyed = path
        while isinstance(keyed[-1], int):
            keyed = keyed[:-1]
        word = index.name(keyed)
        assert list(tomli.loads(text[word.start : word.end] + " = 1")) == [keyed[-1]], path
        line, column = index.place(span.start)
        lines = text.split("\n")
        assert sum(len(one) + 1 for one in lines[: line - 1]) + column - 1 == span.start
        assert index.line(line) == lines[line - 1].rstrip("\r")
        count += 1
    return count


@pytest.mark.parametrize("text", NASTY)
def test_nasty_documents(text):
    check(text)


keys = st.text(max_size=8) | st.sampled_from(["a", "b", "a.b", "[x]", "#", '"', "'", "漢", "x y", "="])
scalars = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(['"""', "'''", "\\", "# no", "[a]\nb = 1", "\r\n", "漢字\t"])
    | st.dates(datetime.date(1, 1, 1))
    | st.times()
    | st.datetimes()
)
documents = st.dictionaries(
    keys,
    st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents, multiline=st.booleans(), indent=st.integers(0, 4))
def test_random_documents(document, multiline, indent):
    try:
        text = tomli_w.dumps(document, multiline_strings=multiline, indent=indent)
        parsed = tomli.loads(text)
    except (ValueError, UnicodeEncodeError):  # surrogates, which TOML cannot hold
        return
    assert check(text) == sum(1 for _ in leaves(parsed))


def test_headers_and_missing_things():
    text = "[[a]]\nx = 1\n[[a]]\n[b.c]\n"
    index = SpanIndex(text)

    def word(span):
        return text[span.start : span.end]

    assert word(index.find(("a", 1), key=True)) == "[[a]]"
    assert index.find(("a", 1), key=True).start == text.rindex("[[a]]")
    assert word(index.name(("a",))) == "a"
    assert [one.start for one in index.names["a",]] == [2, text.rindex("[[a]]") + 2]
    assert word(index.find(("b",), key=True)) == "[b.c]"
    assert word(index.name(("b",))) == "b"
    assert word(index.find(("a", 0, "nowhere"))) == "[[a]]"
    assert (index.find(("nowhere",)).start, index.find(("nowhere",)).end) == (0, 0)
