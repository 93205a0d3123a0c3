"""Where things stand in a TOML text: what a span cuts out is, parsed again, the value it belongs to."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.loading.sources import bundled
from roadmap.loading.spans import Path, Span, SpanIndex

KEYS = st.one_of(
    st.from_regex(r"[a-zA-Z0-9_-]{1,6}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=5),
    st.sampled_from(["", "a.b", 'q"q', "it's", "#", "[x]", "=", "two words", "\n", "\\"]),
)
STRINGS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        ["", '"', '""', '"""', "'", "''", "'''", 'a"""b', 'end"', "end''", "\\", "# no", "]", "},", "\n\n"]
    ),
)
SCALARS = st.one_of(
    STRINGS,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def leaves(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """List everything in a document that is neither a table nor an array, and empty ones too."""
    if isinstance(value, dict) and (value or not path):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, (*path, index))]
    return [(path, value)]


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def check(text: str) -> SpanIndex:
    """Compare every leaf of a document with what its span cuts out."""
    spans = SpanIndex(text)
    data = tomli.loads(text.removeprefix("\ufeff"))
    for path, value in leaves(data):
        if isinstance(value, dict) and path not in spans.values:
            assert path in spans.keys  # a table with a header and nothing in it
            continue
        piece = cut(text, spans.values[path])
        assert piece == piece.strip()
        assert tomli.loads(f"x = {piece}")["x"] == value
        own = spans.find(path)
        assert own == spans.values[path]
        if isinstance(path[-1], str):
            word = cut(text, spans.name(path))
            assert tomli.loads(f"{word} = 1") == {path[-1]: 1}
    return spans


@settings(max_examples=80)
@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans(), st.booleans())
def test_every_leaf_of_a_written_document(data: dict[str, Any], multiline: bool, windows: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    if windows:
        text = text.replace("\n", "\r\n")
    check(text)


NASTY = {
    "strings that end in quotes": '''
a = """one""""
b = """two"""""
c = """"one at the start"""
d = """ "" inside " """
e = \'\'\'one\'\'\'\'
f = \'\'\'two\'\'\'\'\'
g = """"""
h = \'\'\'\'\'\'
i = ""
j = \'\'
k = """\\""""
l = """\\\\"""
''',
    "strings over lines": '''
a = """
first
  second \\
     third # no comment
[not.a.table]
"""
b = \'\'\'
"""
x = 1
\'\'\'
c = 3
''',
    "dotted keys": """
a.b.c = 1
a . "b" . d = 2
'a'.e."" = 3
[t.u]
v.w = 4
v.x = [1, { y.z = 2 }]
""",
    "quoted keys": r"""
"a.b" = 1
'c"d' = 2
"e\u0066\"" = 3
"" = 4
"#" = 5
"= [" = { "}" = "]" }
""",
    "nested arrays of tables": """
[[a]]
n = 1
[[a.b]]
n = 2
[[a.b]]
n = 3
[a.b.c]
n = 4
[[a]]
[[a.b]]
n = 5
[a.d]
n = 6
[[a.d.e]]
n = 7
[x]
[[x.y]]
n = 8
[x.y.z]
n = 9
""",
    "inline tables over lines": """
a = { # comment
  b = 1, # }
  c = [ # ]
    { d = "}" }, { e = { f = ']' } }
  ],
}
g = 2
""",
    "comments everywhere": """# first
a = 1 # [not]
b = [ # "
  1, # ,
  # ]
  2 # '
  , 3
]# close
[ t ] # header
c = "#" # real
# last""",
    "spaces and tabs": "a\t=\t1\n  b = [1 ,2\t]\n\t[ c . d ]\n e = { f = 1 , g = 2 } \n",
    "windows": 'a = 1\r\nb = """x\r\ny"""\r\n[[c]]\r\nd = [\r\n1,\r\n]\r\n',
    "byte order mark": '\ufeffa = 1\n["b"]\nc = "x"\n',
    "dates and numbers": """
a = 1979-05-27 07:32:00Z
b = [1979-05-27, 07:32:00]
c = { d = 1e6, e = -inf, f = 0xFF }
g = 1_000.5
""",
    "no last line ending": "a = [[1, 2], [3]]",
    "a table below, and its parent after": "[a.b.c]\nx = 1\n[a]\ny = 2\n[a.b]\nz = 3\n",
    "wide characters": 'ключ = "x"\n'.replace("ключ", '"ключ"') + 'a = "漢字"\nb = "👩‍💻" # 漢字\nc = 1\n',
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_every_leaf_of_a_nasty_document(text: str) -> None:
    assert leaves(tomli.loads(text.removeprefix("\ufeff")))
    check(text)


@pytest.mark.parametrize("path", sorted(bundled().glob("*.toml")), ids=lambda path: path.stem)
def test_every_leaf_of_the_bundled_tracks(path: Any) -> None:
    check(path.read_text(encoding="utf-8"))


def test_headers_and_keys() -> None:
    text = '[[a]]\nx = 1\n[[a]]\n"y" . z = 2\n[b.c]\n'
    spans = SpanIndex(text)
    assert cut(text, spans.keys[("a", 0)]) == "[[a]]"
    assert spans.keys[("a", 1)].start == text.rindex("[[a]]")
    assert cut(text, spans.find(("a", 1, "y", "z"), key=True)) == "z"
    assert cut(text, spans.find(("a", 1, "y"), key=True)) == '"y"'
    assert cut(text, spans.name(("b", "c"))) == "c"
    assert cut(text, spans.find(("b", "c"), key=True)) == "[b.c]"


def test_what_is_not_there_is_found_at_what_holds_it() -> None:
    text = "[[a]]\nx = [1, 2]\n"
    spans = SpanIndex(text)
    assert cut(text, spans.find(("a", 0, "missing"))) == "[[a]]"
    assert cut(text, spans.find(("a", 0, "x", 7))) in ("x", "[1, 2]")
    assert spans.find(("nowhere",)) == spans.find(()) == Span(0, 0)


def test_places_count_lines_and_characters_from_one() -> None:
    text = 'a = 1\r\n"漢" = "x"\n\n  b = 2'
    spans = SpanIndex(text)
    assert spans.place(0) == (1, 1)
    assert spans.place(spans.values["漢",].start) == (2, 7)
    assert spans.place(spans.keys["b",].start) == (4, 3)
    assert spans.place(len(text)) == (4, 8)
    assert [spans.line(number) for number in range(6)] == ["", "a = 1", '"漢" = "x"', "", "  b = 2", ""]
    assert SpanIndex("").place(0) == (1, 1)
