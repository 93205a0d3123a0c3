"""Whatever is in a foreign file, it is refused with words or becomes a track without a fault."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.authoring.files import quoted
from roadmap.authoring.importing.found import MAX_BYTES, ImportRefused, address
from roadmap.authoring.importing.found import line as one_line
from roadmap.authoring.importing.read import FORMATS, read, read_file
from roadmap.authoring.importing.write import write
from roadmap.loading.assemble import assemble
from roadmap.loading.clean import is_clean
from roadmap.loading.judge import judge

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
NAMES = {"roadmap.sh": "a.json", "skill-tree": "a.toml", "rustlings": "info.toml", "markdown": "a.md"}


def sound_or_refused(data: bytes, kind: str) -> bool:
    """Import; tell whether it became a track. Fails on a fault, on anything unclean, on any other error."""
    try:
        imported = write(read(data, NAMES[kind], "T", kind), "one", TODAY)
    except ImportRefused as refusal:
        assert is_clean(refusal.message)
        assert len(refusal.message) < 500
        return False
    catalog, faults = assemble([judge("one", "one.toml", imported.text)])
    assert [fault.brief() for fault in faults] == []
    assert catalog.tracks["one"].milestones
    assert is_clean(imported.text)
    assert all(is_clean(lost) and "\n" not in lost for lost in imported.lost)
    return True


EVIL = '\x1b]52;c;aGk=\x07 [@click=app.quit]x[/] \u202egnp.exe \u200b \ud800 """ \'\'\' \\ " # \r\n[[milestones]]\nid=1'

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=30)
WORDS = (
    st.sampled_from(["", "a", "b", "topic", "subtopic", "section", "https://example.org/x", EVIL]) | ANY_TEXT
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def tables(*keys: str, text: tuple[str, ...] = ()) -> st.SearchStrategy[list[Any]]:
    """Lists of tables that have the right keys, with right and wrong values."""
    values = {key: (WORDS if key in text else TREES) for key in keys}
    return st.lists(st.fixed_dictionaries({}, optional=values) | TREES, max_size=6)


@given(
    st.fixed_dictionaries(
        {
            "nodes": st.lists(
                st.fixed_dictionaries(
                    {"id": WORDS, "type": WORDS, "data": st.fixed_dictionaries({"label": WORDS}) | TREES},
                    optional={
                        "position": st.dictionaries(st.sampled_from("xy"), SCALARS) | TREES,
                        "width": SCALARS,
                    },
                )
                | TREES,
                max_size=8,
            )
        },
        optional={
            "edges": tables("source", "target", "data", text=("source", "target")),
            "slug": WORDS,
            "title": TREES,
        },
    )
)
def test_any_drawing(data: dict[str, Any]) -> None:
    sound_or_refused(json.dumps(data).encode(), "roadmap.sh")


def found_in(kind: str, data: dict[str, Any]) -> None:
    """Import data that no TOML text was needed for."""
    from roadmap.authoring.importing import rustlings, skill_tree

    try:
        imported = write(
            {"skill-tree": skill_tree, "rustlings": rustlings}[kind].read(data, "T"), "one", TODAY
        )
    except ImportRefused:
        return
    _catalog, faults = assemble([judge("one", "one.toml", imported.text)])
    assert [fault.brief() for fault in faults] == []


ITEMS = st.lists(
    st.fixed_dictionaries({"label": WORDS}, optional={"href": WORDS, "status": TREES, "requires": TREES})
    | TREES,
    max_size=4,
)
GROUP = st.fixed_dictionaries(
    {"name": WORDS},
    optional={
        "requires": st.lists(WORDS) | TREES,
        "items": ITEMS | TREES,
        "label": TREES,
        "href": WORDS,
        "description": TREES,
        "cluster": TREES,
    },
)
EXERCISE = st.fixed_dictionaries({"name": WORDS}, optional={"dir": TREES, "hint": TREES, "test": TREES})


@given(
    st.fixed_dictionaries(
        {"group": st.lists(GROUP, max_size=6) | TREES},
        optional={"doc": TREES, "cluster": tables("name", "label"), "graphviz": TREES},
    )
)
def test_any_skill_tree(data: dict[str, Any]) -> None:
    found_in("skill-tree", data)


@given(
    st.fixed_dictionaries(
        {"exercises": st.lists(EXERCISE, max_size=6) | TREES},
        optional={"format_version": SCALARS, "welcome_message": TREES},
    )
)
def test_any_set_of_exercises(data: dict[str, Any]) -> None:
    found_in("rustlings", data)


PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "- [ ] ",
        "- [x] ",
        "* ",
        "1. ",
        "  ",
        "[",
        "](",
        ")",
        "https://x.y",
        "```\n",
        "<!--",
        "-->",
        "\n",
        EVIL,
    ]
)


@given(st.lists(PIECES | ANY_TEXT, max_size=40).map("".join))
def test_any_markdown(text: str) -> None:
    sound_or_refused(text.encode("utf-8", "replace"), "markdown")


@pytest.mark.parametrize("kind", FORMATS)
@given(data=st.binary(max_size=200))
def test_any_bytes(kind: str, data: bytes) -> None:
    sound_or_refused(data, kind)


@given(ANY_TEXT | st.just(EVIL))
def test_a_line_is_clean_short_and_one(text: str) -> None:
    cleaned = one_line(text, 20)
    assert is_clean(cleaned)
    assert len(cleaned) <= 20
    assert "\n" not in cleaned
    assert judge("one", "one.toml", f'title = "T"\ntagline = {quoted(cleaned)}\n').data["tagline"] == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        "https://a\nb",
        "https://a\u202eb",
        "https://a\x1b",
        "ftp://a",
        'https://a"b',
        "https://" + "a" * 1000,
        3,
        None,
        ["https://a"],
    ],
)
def test_addresses_that_a_track_may_not_hold(url: object) -> None:
    assert address(url) == ""


def topics(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"t{n}", "type": "topic", "position": {"x": 0, "y": n}, "data": {"label": f"T{n}"}} for n in range(count)
    ]  # fmt: skip


LARGE = {
    "deep json": ("roadmap.sh", "[" * 200_000),
    "a deep object": ("roadmap.sh", '{"nodes":' * 50_000),
    "a long number": ("roadmap.sh", '{"nodes": [' + "9" * 100_000 + "]}"),
    "deep toml": ("skill-tree", "a = " + "[" * 200_000),
    "a key of many parts": ("rustlings", ".".join("a" * 20_000) + " = 1"),
    "a long number in toml": ("rustlings", "a = " + "9" * 100_000),
    "a line of brackets": ("markdown", "- [ ] " + "[" * 1_000_000),
    "links that never end": ("markdown", ("- [ ] " + "[a](https://x" * 300 + "\n") * 1500),
    "links that almost end": ("markdown", ("- [ ] [a](" + "x" * 3900 + "\n") * 1500),
    "one heading after the other": ("markdown", "# a\n" * 100_000),
    "one line": ("markdown", "- [ ] " + "x" * 5_000_000),
    "many items": ("markdown", "- [ ] a\n" * 90_000),
    "many boxes": ("roadmap.sh", json.dumps({"nodes": topics(5_000)})),
    "many lines": (
        "roadmap.sh",
        json.dumps(
            {
                "nodes": topics(400),
                "edges": [{"source": f"t{a}", "target": f"t{b}"} for a in range(140) for b in range(140)],
            }
        ),
    ),
    "many subtopics and frames": (
        "roadmap.sh",
        json.dumps(
            {
                "nodes": [
                    {"id": f"n{n}", "type": kind, "width": 9, "height": 9, "data": {"label": f"N{n}"}}
                    for n in range(5_000)
                    for kind in [("topic", "subtopic", "section")[n % 3]]
                ]
            }
        ),
    ),
    "many groups that require each other": (
        "skill-tree",
        "".join(
            f'[[group]]\nname = "g{n}"\nitems = []\nrequires = {json.dumps(several)}\n'
            for n in range(1000)
            for several in [[f"g{(n * 7 + k) % 1000}" for k in range(40)]]
        ),
    ),
    "many exercises": (
        "rustlings",
        "".join(f'[[exercises]]\nname = "e{n}"\nhint = "{"h" * 700}"\n' for n in range(6_000)),
    ),
}


REFUSED = {
    "deep json",
    "a deep object",
    "a long number",
    "deep toml",
    "a key of many parts",
    "a long number in toml",
    "one heading after the other",
    "many exercises",  # five thousand hints are more than one track file may hold
}


@pytest.mark.parametrize("name", LARGE)
def test_large_and_deep_files_come_to_an_end(name: str) -> None:
    kind, text = LARGE[name]
    became = name not in REFUSED
    assert sound_or_refused(text.encode(), kind) is became


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"- [ ] a\n" * (MAX_BYTES // 8 + 1))
    with pytest.raises(ImportRefused, match="larger"):
        read_file(file)
    with pytest.raises(ImportRefused, match="larger"):
        read(b"x" * (MAX_BYTES + 1), "a.md", "T")


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="not an ordinary file"):
        read_file(tmp_path)
    with pytest.raises(ImportRefused, match="cannot be read"):
        read_file(tmp_path / "none\x1b[2J.md")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ImportRefused, match="not UTF-8 text"):
        read(b"- [ ] \xff", "a.md", "T")


@pytest.mark.parametrize("kind", FORMATS)
def test_evil_text_is_carried_over_clean(kind: str) -> None:
    quoted_evil = json.dumps(EVIL.encode("utf-8", "replace").decode())
    texts = {
        "roadmap.sh": json.dumps({"nodes": [{"id": EVIL, "type": "topic", "data": {"label": EVIL}}], "slug": EVIL}),
        "skill-tree": f"[[group]]\nname = {quoted_evil}\nitems = [{{ label = {quoted_evil} }}]\n{quoted_evil} = 1\n",
        "rustlings": f"[[exercises]]\nname = {quoted_evil}\ndir = {quoted_evil}\nhint = {quoted_evil}\n",
        "markdown": f"# {EVIL}\n- [ ] {EVIL}\n".encode("utf-8", "replace").decode(),
    }  # fmt: skip
    assert sound_or_refused(texts[kind].encode(), kind)
