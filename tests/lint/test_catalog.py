from __future__ import annotations

import pytest
import tomli

from roadmap.lint.catalog import PAGES, explain
from roadmap.loading.diagnostics import CODES


def test_every_code_has_a_page_and_every_page_a_code():
    assert list(PAGES) == list(CODES)


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_examples_are_what_they_claim(lint_texts, tmp_path, page):
    if page.code == "T010":
        from roadmap.lint.files import read_files
        from roadmap.lint.run import lint

        (tmp_path / "wrong.toml").write_bytes(page.wrong.encode("utf-16"))
        assert [fault.code for fault in lint(read_files([tmp_path / "wrong.toml"])).faults] == ["T010"]
    else:
        wrong = lint_texts(**named(page.frame.replace("{}", page.wrong))).faults
        assert [(fault.code, fault.severity) for fault in wrong] == [(page.code, page.severity)]
        assert bool(wrong[0].fix) == page.mends
    assert lint_texts(**named(page.frame.replace("{}", page.right))).faults == ()


def named(text):
    """The example under its name: an overlay says it in its first line, a track is called `example`."""
    first = text.partition("\n")[0]
    return {
        first.removeprefix("# ").removesuffix(".toml") if first.endswith(".overlay.toml") else "example": text
    }


@pytest.mark.parametrize("code", list(PAGES))
def test_an_explanation_has_both_examples_and_fits_the_screen(code):
    text = explain(code)
    assert text.startswith(f"{code} (")
    assert "\nWrong:\n" in text
    assert "\nRight:\n" in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_right_examples_parse_as_they_stand():
    for page in PAGES.values():
        tomli.loads(page.right)
