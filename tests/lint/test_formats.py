from __future__ import annotations

import json

import pytest

from roadmap.lint.formats import render, summary

WRONG = """title = "T"
taglin = "100%, a:b\\u001b"
[[milestones]]
id = "one"
title = "One"
[[milestones.skills]]
id = "s"
can = "do it"
[[milestones.skills]]
id = "s"
can = "do it again"
"""
CLEAN = WRONG.replace('taglin = "100%, a:b\\u001b"', "").replace(
    'id = "s"\ncan = "do it again"', 'id = "r"\ncan = "x"'
)


@pytest.fixture
def report(lint_texts):
    return lint_texts(t=WRONG)


def test_json_has_the_promised_keys(report):
    data = json.loads(render(report, "json"))
    assert [one["code"] for one in data] == [fault.code for fault in report.faults]
    promised = {"code", "severity", "file", "line", "column", "end_line", "end_column", "message", "help"}
    assert all(promised <= set(one) for one in data)
    (taken,) = [one for one in data if one["code"] == "T006"]
    assert taken["related"][0]["line"] == 7
    assert render(report, "json").isascii()


def test_json_of_nothing_is_an_empty_list(lint_texts):
    assert json.loads(render(lint_texts(t=CLEAN), "json")) == []


def test_github_commands_are_one_line_each_and_escaped(report):
    lines = render(report, "github").splitlines()
    assert len(lines) == len(report.faults)
    assert lines[0].startswith(
        "::error file=t.toml,line=2,endLine=2,col=1,endColumn=7,title=T002%3A unknown key::"
    )
    assert "%0Ahelp: did you mean `tagline`?" in lines[0]


def test_sarif_names_rules_places_and_second_places(report):
    log = json.loads(render(report, "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, fault in zip(run["results"], report.faults, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == fault.code
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "t.toml"
        assert (place["region"]["startLine"], place["region"]["startColumn"]) == (fault.line, fault.column)
    assert any("relatedLocations" in result for result in run["results"])


def test_human_text_ends_with_a_count(report, lint_texts):
    assert render(report, "human").splitlines()[-1].startswith("3 errors in 1 file;")
    assert summary(lint_texts(t="x = ", u=CLEAN)).startswith("1 error in 1 of 2 files;")
    assert summary(lint_texts(t="x = ", u="y = ")).startswith("2 errors in 2 files;")
    assert render(lint_texts(t=CLEAN), "human") == "1 file checked, nothing to mend"
