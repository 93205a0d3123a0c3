"""The SARIF log keeps to what SARIF 2.1.0 asks for, part by part, and holds no property that it does not know.

Readers of SARIF refuse a whole log for one property too many. The tables here are the parts of the standard that
lint writes, as its schema has them; that schema closes every object.
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

import pytest

from roadmap.lint.catalog import PAGES
from roadmap.lint.formats import render
from roadmap.lint.run import Report, lint
from roadmap.loading.diagnostics import Fault
from roadmap.loading.sources import Source

LEVELS = {"none", "note", "warning", "error"}
ALLOWED = {
    "log": {"$schema", "version", "runs", "inlineExternalProperties", "properties"},
    "run": {"tool", "results", "columnKind", "artifacts", "invocations", "originalUriBaseIds", "properties"},
    "driver": {
        "name", "fullName", "version", "semanticVersion", "informationUri", "organization", "rules", "properties",
    },
    "rule": {
        "id", "name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration", "properties",
    },
    "result": {
        "ruleId", "ruleIndex", "level", "kind", "message", "locations", "relatedLocations", "partialFingerprints",
        "fixes", "properties",
    },
    "location": {"id", "physicalLocation", "logicalLocations", "message", "properties"},
    "physical": {"artifactLocation", "region", "contextRegion", "properties"},
    "artifact": {"uri", "uriBaseId", "index", "description", "properties"},
    "region": {"startLine", "startColumn", "endLine", "endColumn", "snippet", "message", "properties"},
}  # fmt: skip
SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
REFERENCE = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
"""The characters that RFC 3986 allows in a reference to an address."""

WRONG = """title = "T"
taglin = "x"
[[milestones]]
id = "one"
title = "One"
after = ["two"]
hours = 90
[[milestones.skills]]
id = "s"
can = "do it"
[[milestones.skills]]
id = "s"
can = " do it again "
"""


def of(kind, value):
    """Return an object of the log after looking at its properties."""
    assert isinstance(value, dict)
    assert value.keys() <= ALLOWED[kind]
    return value


def text_of(value):
    assert value.keys() <= {"text", "markdown", "id", "arguments", "properties"}
    assert isinstance(value["text"], str)
    assert value["text"].strip()


def whole(value, least):
    assert type(value) is int
    assert value >= least


def check_location(location):
    physical = of("physical", of("location", location)["physicalLocation"])
    uri = of("artifact", physical["artifactLocation"])["uri"]
    assert REFERENCE.fullmatch(uri)
    assert not re.search(r"%(?![0-9A-Fa-f]{2})", uri)
    assert urlsplit(uri).scheme in ("", "file")
    if "region" in physical:
        region = of("region", physical["region"])
        for key in ("startLine", "startColumn", "endLine", "endColumn"):
            whole(region[key], 1)
        start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
        assert start < end
    return uri


def check_log(text):
    log = of("log", json.loads(text))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    of("run", run)
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    assert run["tool"].keys() == {"driver"}
    driver = of("driver", run["tool"]["driver"])
    assert driver["name"]
    assert SEMANTIC.fullmatch(driver["semanticVersion"])
    ids = [of("rule", rule)["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            text_of(rule[key])
        assert rule["defaultConfiguration"].keys() <= {"enabled", "level", "rank", "parameters", "properties"}
        assert rule["defaultConfiguration"]["level"] in LEVELS
    for result in run["results"]:
        of("result", result)
        text_of(result["message"])
        assert result["level"] in LEVELS
        whole(result["ruleIndex"], 0)
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"]
        for location in result["locations"]:
            check_location(location)
        for location in result.get("relatedLocations", []):
            check_location(location)
            text_of(location["message"])
    return run["results"]


def test_a_log_with_faults_of_many_kinds_keeps_to_the_standard():
    report = lint([Source("t", "some tracks/t #1 100%.toml", WRONG), Source("u", "/tmp/ü/u.toml", "x = ")])
    results = check_log(render(report, "sarif"))
    assert len(results) == len(report.faults) >= 6
    assert {result["level"] for result in results} == {"warning", "error"}
    assert any("relatedLocations" in result for result in results)
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert {unquote(uri) for uri in uris} == {"some tracks/t #1 100%.toml", "file:///tmp/ü/u.toml"}


def test_a_log_without_faults_says_so_with_empty_lists():
    assert check_log(render(Report((), 1), "sarif")) == []


@pytest.mark.parametrize("code", list(PAGES))
def test_a_fault_of_every_code_fits(code):
    fault = Fault(code, PAGES[code].severity, "a\u202e\x1b[2J.toml", 0, 0, 0, 0, "no place", "do it")
    (result,) = check_log(render(Report((fault,), 1), "sarif"))
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_a_place_at_the_end_of_a_line_is_not_empty():
    for text in ("title = ", 'title = "', "title = 1 2", "[", "\n\n[a"):
        assert check_log(render(lint([Source("t", "t.toml", text)]), "sarif"))
