"""Checks of a project: for every kind a folder that has what it looks for, and folders that lack it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.analysis.proof.folder import Commit, Folder, History, Unseen
from roadmap.analysis.proof.judge import LAYOUT, judge, judge_project
from roadmap.analysis.proof.patterns import like, matches, occurrences
from roadmap.analysis.proof.prose import own_words, section, sections, words
from roadmap.analysis.proof.rows import is_of
from roadmap.analysis.proof.schemas import fault_of, schema_fault
from roadmap.analysis.proof.stats import figure, kappa, quantile
from roadmap.analysis.proof.wording import sentence
from roadmap.loading.check_kinds import KINDS, check_faults, example_of
from roadmap.loading.check_values import OF, STATS, TYPES
from roadmap.model.track import Check, Project

if TYPE_CHECKING:
    from collections.abc import Mapping


def folder(files: Mapping[str, Any], history: History | None = None) -> Folder:
    """A folder made of texts; lists become what their file's ending says."""
    data: dict[str, bytes] = {}
    for path, value in files.items():
        if isinstance(value, bytes):
            data[path] = value
        elif isinstance(value, str):
            data[path] = value.encode()
        elif path.endswith(".jsonl"):
            data[path] = "".join(json.dumps(row) + "\n" for row in value).encode()
        else:
            data[path] = json.dumps(value).encode()
    return Folder({path: len(content) for path, content in data.items()}, data.__getitem__, history)


def past(
    *commits: tuple[str, str, str], tags: dict[str, str] | None = None, shallow: bool = False
) -> History:
    """A history from (id, author, paths) with one commit a day."""
    made = [
        Commit(id * 40, 86400.0 * 1000 + 86400 * at, who, tuple(paths.split()))
        for at, (id, who, paths) in enumerate(commits)
    ]
    named = {name: id * 40 for name, id in (tags or {}).items()}
    return History(tuple(made), named, lambda commit: TREES.get(commit[0], {}), shallow)


TREES = {"a": {"frozen.txt": hashlib.sha1(b"blob 3\0old").hexdigest()}}
RESULTS = "evals/results/a.json"
ALL = "evals/results/*.json"
TRIALS = "evals/trials/a.jsonl"


def record(**more: Any) -> dict[str, Any]:
    return {
        "metric": "m",
        "value": 0.5,
        "n": 40,
        "system": "s",
        "split": "held-out",
        "date": "2026-11-01",
        **more,
    }


def trials(system: str, *outcomes: str) -> list[dict[str, Any]]:
    """Trials of tasks in turn, written as "110": passed, passed, failed."""
    return [
        {"task_id": f"t{task}", "trial": at + 1, "system": system, "success": mark == "1"}
        for task, marks in enumerate(outcomes)
        for at, mark in enumerate(marks)
    ]


DOC = "# Memo\n\n## Choice\n\nWe took the smaller one.\n\n## Numbers\n\nIt reaches 87.3% of 1,200 and costs 4.50.\n"
TWO = past(
    ("a", "ann@x.org", "evals/plan.md"),
    ("b", "bo@x.org", "evals/results/a.json frozen.txt"),
    tags={"frozen": "a"},
)
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"]}
LABELS = [
    {"item": str(at), "rater": rater, "label": label}
    for rater, marks in (("ann", "yyynnn"), ("bo", "yynnnn"))
    for at, label in enumerate(marks)
]

CASES: list[tuple[str, dict[str, Any], Any, History | None, list[tuple[Any, History | None, str]]]] = [
    # kind, parameters, files that pass, their history, and files that fail with a part of the reason
    ("file", {"path": "traces/*.jsonl", "min": 2}, {"traces/a.jsonl": "x", "traces/b.jsonl": "x"}, None, [
        ({}, None, "0 files of 2"), ({"traces/a.jsonl": "x"}, None, "1 file of 2"),
        ({"traces/a.jsonl": "x", "traces/b.jsonl": ""}, None, "1 file of 2"),
        ({"traces/a.jsonl": "x", "traces/deep/b.jsonl": "x"}, None, "1 file of 2"),
        ({"traces/a.jsonl": "x", "other/traces/b.jsonl": "x"}, None, "1 file of 2")]),
    ("file", {"path": "hidden/*", "max": 0}, {"a": "x"}, None, [({"hidden/a": "x"}, None, "at most 0")]),
    ("file", {"path": "docs/*", "min": 1, "max": 2}, {"docs/a": "x"}, None, [
        ({"docs/a": "x", "docs/b": "x", "docs/c": "x"}, None, "3 files"), ({"docs/README.md": "x"}, None, "0 files"),
        ({"docs/.gitkeep": "x"}, None, "0 files")]),
    ("text", {"path": "README.md", "has": "test Certificate"}, {"README.md": "a Test\ncertificate"}, None, [
        ({}, None, "there is no"), ({"README.md": "tests"}, None, "0 times"),
        ({"README.md": "> the test certificate of the brief"}, None, "0 times"),
        ({"README.md": "<!-- test certificate -->"}, None, "0 times"),
        ({"README.md": "- [ ] a test certificate\n## Test certificate\n"}, None, "0 times"),
        ({"README.md": b"\xff\xfe"}, None, "not UTF-8")]),
    ("text", {"path": "*lock*", "has": "langchain", "max": 0}, {"uv.lock": "click"}, None, [
        ({"uv.lock": "langchain-core"}, None, "1 time, where at most 0"),
          ({"a.lock.md": "> LangChain"}, None, "1 time"),
        ({"uv.lock": b"\xff"}, None, "not UTF-8")]),
    ("text", {"path": "r/*.md", "has": "Consent: *yes", "min": 2},
      {"r/a.md": "Consent: oh yes", "r/b.md": "consent: yes"},
     None, [({"r/a.md": "Consent: yes"}, None, "1 time of 2"), ({"r/a.md": "Consent:\nyes\nyes"}, None, "0 times")]),
    ("headings", {"path": "docs/*.md", "names": ["Choice", "numbers"], "max_words": 20}, {"docs/a.md": DOC}, None, [
        ({}, None, "there is no"), ({"docs/a.md": "## Choice\nx\n"}, None, "no heading `numbers`"),
        ({"docs/a.md": "## Choice\n\n## Numbers\nx\n"}, None, "nothing of your own"),
        ({"docs/a.md": "## Choice\n<!-- why -->\n> quoted\n- [x] c\nRejected:\n## Numbers\nx\n"},
          None, "nothing of your own"),
        ({"docs/a.md": "```\n## Choice\n```\n## Numbers\nx\n"}, None, "no heading `Choice`"),
        ({"docs/a.md": DOC + "word " * 20}, None, "words"),
          ({"docs/a.md": DOC, "docs/b.md": "x"}, None, "`docs/b.md`")]),
    ("headings", {"path": "a.md", "names": ["A"], "min_words": 3, "max_lines": 2},
      {"a.md": "# A\none two three"}, None, [
        ({"a.md": "# A\none two"}, None, "2 words under `A`"),
          ({"a.md": "# A\none two three\n\nb\n\nc"}, None, "3 lines")]),
    ("rows", {"path": "d.jsonl", "min": 2, "where": {"split": "held-out"}, "fields": {"id": "string", "n": "integer"},
              "unique": "id", "one_of": {"v": ["a", 0]}, "max_chars": 9},
     {"d.jsonl": [{"id": "1", "n": 1, "v": "a", "split": "held-out"},
       {"id": "2", "n": 2.0, "v": 0, "split": "held-out"},
                  {"split": "dev"}]}, None, [
        ({"d.jsonl": "{}\nno"}, None, "line 2, is not valid JSON"), ({"d.jsonl": "[1]"}, None, "no JSON object"),
        ({"d.jsonl": "NaN"}, None, "not valid JSON"), ({"d.jsonl": "[" * 100_000}, None, "not valid JSON"),
        ({"d.jsonl": [{"id": "1", "n": 1, "v": "a", "split": "held-out"}]}, None, "1 row of this kind, 2 are needed"),
        ({"d.jsonl": [{"n": 1, "v": "a", "split": "held-out"}] * 2}, None, "no `id`"),
        ({"d.jsonl": [{"id": "1", "n": 1, "v": "a", "split": "held-out"}] * 2}, None, "`id` `1` occurs twice"),
        ({"d.jsonl": [{"id": "1", "n": "1", "v": "a", "split": "held-out"}] * 2}, None, "not of type `integer`"),
        ({"d.jsonl": [{"id": "1", "n": True, "v": "a", "split": "held-out"}] * 2}, None, "not of type `integer`"),
        ({"d.jsonl": [{"id": "1", "n": 1.5, "v": "a", "split": "held-out"}] * 2}, None, "not of type `integer`"),
        ({"d.jsonl": [{"id": 1, "n": 1, "v": "a", "split": "held-out"}] * 2}, None, "not of type `string`"),
        ({"d.jsonl": [{"id": "1", "n": 1, "v": "b", "split": "held-out"}] * 2}, None, "`v` is `b`"),
        ({"d.jsonl": [{"id": "1", "n": 1, "split": "held-out"}] * 2}, None, "`v` is `null`"),
        ({"d.jsonl": [{"id": "1" * 10, "n": 1, "v": "a", "split": "held-out"}] * 2}, None, "10 characters")]),
    ("rows", {"path": "d.csv", "max": 2, "fields": {"at": "date", "ok": "boolean", "x": "number"},
      "unique": ["at", "x"]},
     {"d.csv": '\ufeffat,ok,x\n2026-11-01,true,1.5\n"2026-11-01",FALSE,2\n'}, None, [
        ({"d.csv": "at,ok,x\n"}, None, "0 rows, 1 are needed"), ({"d.csv": ""}, None, "nothing in it"),
        ({"d.csv": "at,ok,x\n1,true,1\n"}, None, "not of type `date`"),
          ({"d.csv": "at,x\n2026-11-01,1\n"}, None, "no `ok`"),
        ({"d.csv": "at,ok,x\n2026-11-01,true,inf\n"}, None, "not of type `number`"),
        ({"d.csv": "at,ok,x\n2026-11-01,maybe,1\n"}, None, "not of type `boolean`"),
        ({"d.csv": "at,ok,x\n2026-11-01,true\n"}, None, "more or fewer cells"),
        ({"d.csv": 'at,ok,x\n"2026-11-01"a,true,1\n'}, None, "not valid CSV"),
        ({"d.csv": "at,ok,x\n" + "2026-11-01,true,1\n2026-11-01,true,2\n2026-11-01,true,3\n"}, None, "at most 2"),
        ({"d.csv": "at,ok,x\n" + "2026-11-01,true,1\n" * 2}, None, "occurs twice")]),
    ("rows", {"path": "d.json"}, {"d.json": {"about": "x", "cases": [{"a": 1}]}}, None, [
        ({"d.json": [1, 2]}, None, "no list of records"), ({"d.json": []}, None, "0 rows"),
          ({"d.json": "{"}, None, "not valid"),
        ({"d.json": '{"a": 1e999999}' * 2}, None, "not valid")]),
    ("rows", {"path": "d.toml"}, None, None, [({"d.toml": "a = 1"}, None, "not understood: `path` of a check")]),
    ("rows", {"path": "d.*"}, {"d.csv": "a\n1\n"}, None, [({"d.toml": "a = 1"}, None, "neither .csv")]),
    ("groups", {"path": TRIALS, "by": ["system"], "names": ["one", "two"], "rows": 2, "same": ["task_id"]},
     {TRIALS: trials("one", "1", "0") + trials("two", "11", "1") + trials("three", "1")}, None, [
        ({TRIALS: trials("one", "1", "0")}, None, "no row has `two`"),
        ({TRIALS: trials("one", "1", "0") + trials("two", "1")}, None, "`two` has 1 row of 2"),
        ({TRIALS: trials("one", "1", "0") + trials("two", "1", "0", "1")}, None, "`task_id` `t2`"),
        ({TRIALS: [{"system": "one"}, {"system": "two"}] * 2}, None, "has no `task_id`")]),
    ("groups", {"path": ALL, "by": ["system", "slice"], "min": 2, "max": 3, "same": ["n"], "within": 1},
     {RESULTS: [record(slice="a"), record(slice="b", n=41), record()]}, None, [
        ({RESULTS: [record(slice="a")]}, None, "1 group, 2 are needed"),
          ({RESULTS: [record()] * 3}, None, "0 groups"),
        ({RESULTS: [record(slice=one) for one in "abcd"]}, None, "4 groups, at most 3"),
        ({RESULTS: [record(slice="a"), record(slice="b", n=42)]}, None, "`n` goes from 40 to 42")]),
    ("groups", {"path": ALL, "by": ["seed"], "names": ["1", 2]},
      {RESULTS: [record(seed=1), record(seed=2.0)]}, None, [
        ({RESULTS: [record(seed=1)]}, None, "no row has `2`")]),
    ("baseline", {"path": ALL, "metric": ["m", "k"], "names": ["s"]},
     {RESULTS: [record(baseline=True), record(metric="k", baseline=True)]}, None, [
        ({RESULTS: [record()]}, None, "no row"), ({RESULTS: [record(baseline="true")]}, None, "no row"),
        ({RESULTS: [record(baseline=True)]}, None, "no baseline row is of `k`"),
        ({RESULTS: [record(baseline=True, system="t"), record(metric="k", baseline=True)]},
          None, "of `m` is for `s`"),
        ({RESULTS: [record(baseline=True, value=None), record(metric="k", baseline=True)]}, None, "no value"),
          ({}, None, "there is no")]),
    ("interval", {"path": ALL, "where": {"metric": "m"}},
     {RESULTS: [record(ci_low=0.5, ci_high=0.6), record(metric="k", ci_low=1, ci_high=0)]}, None, [
        ({RESULTS: [record(metric="k")]}, None, "no such row"), ({RESULTS: [record()]}, None, "no interval"),
        ({RESULTS: [record(ci_low=0.6, ci_high=0.7)]}, None, "0.6 to 0.7"),
          ({RESULTS: [record(ci_low=0.1)]}, None, "no interval"),
        ({RESULTS: [record(ci_low=0.1, ci_high=0.4)]}, None, "0.1 to 0.4")]),
    ("bound", {"path": ALL, "of": "value", "where": {"metric": "m"}, "max": 0.5},
      {RESULTS: [record(), record(value=0)]}, None, [
        ({RESULTS: [record(metric="k")]}, None, "no such row"),
          ({RESULTS: [record(), record(value=0.51)]}, None, "it is 0.51"),
        ({RESULTS: [record(value="low")]}, None, "no value")]),
    ("bound", {"path": ALL, "of": "sum", "min": 0.95, "max": 1.05}, {RESULTS: [record(), record(value=0.48)]}, None, [
        ({RESULTS: [record()]}, None, "it is 0.5"), ({RESULTS: [record()] * 3}, None, "it is 1.5")]),
    ("bound", {"path": TRIALS, "of": "share", "min": 0.75}, {TRIALS: trials("a", "1110")}, None, [
        ({TRIALS: trials("a", "1100")}, None, "it is 0.5")]),
    ("cited", {"text": "memo.md#Numbers", "in": ALL, "min": 3},
     {"memo.md": DOC, RESULTS: [record(value=0.8732, n=1200, cost_usd=4.501)]}, None, [
        ({"memo.md": DOC}, None, "there is no"), ({"memo.md": "# A\n", RESULTS: [record()]}, None, "no heading"),
        ({"memo.md": DOC, RESULTS: [record(value=0.874, n=1200, cost_usd=4.501)]}, None, "2 of the 3 numbers"),
        ({"memo.md": DOC, RESULTS: [record(value=0.8732, n=1200, cost_usd=4.51)]}, None, "2 of the 3"),
        ({"memo.md": "## Numbers\n<!-- 87.3% 1200 4.50 -->\n", RESULTS: [record(value=0.8732)]}, None, "0 of the 0"),
        ({"memo.md": DOC.replace("87.3%", "87.3"), RESULTS: [record(value=0.873, n=1200, cost_usd=4.5)]},
          None, "2 of the 3")]),
    ("links", {"from": "a.csv#evidence", "to": "paths"},
      {"a.csv": "evidence\nx.md#l1\n./d\n", "x.md": "x", "d/y": "x"}, None, [
        ({"a.csv": "evidence\nx.md\n"}, None, "`x.md` is not there"),
          ({"a.csv": "evidence,b\n,1\n"}, None, "has no `evidence`"),
        ({"a.csv": "evidence\n../a.csv\n"}, None, "is not there"),
          ({"a.csv": "evidence\n/etc/passwd\n"}, None, "is not there"),
        ({"a.csv": "evidence\nhttps://example.org/x\n"}, None, "is not there"),
          ({"a.csv": "evidence\n"}, None, "refers to nothing"),
        ({"a.csv": "evidence\nx.md\n", "x.md": ""}, None, "is not there")]),
    ("links", {"from": "a.csv#c", "to": "commits"}, {"a.csv": "c\naaaaaaa\n"}, TWO, [
        ({"a.csv": "c\naaaaaaa\n"}, None, "no commits"), ({"a.csv": "c\nccccccc\n"}, TWO, "is not there"),
        ({"a.csv": "c\naaa\n"}, TWO, "is not there")]),
    ("links", {"from": "memo.md", "to": "e.csv#id"},
      {"memo.md": "So [E1], and [E2].", "e.csv": "id\nE1\nE2\nE3\n"}, None, [
        ({"memo.md": "So [E4].", "e.csv": "id\nE1\n"}, None, "`E4` is not there"),
        ({"memo.md": "So.", "e.csv": "id\nE1\n"}, None, "refers to nothing"),
        ({"memo.md": "> [E1]", "e.csv": "id\nE1\n"}, None, "refers to nothing"),
          ({"memo.md": "[E1]"}, None, "there is no")]),
    ("links", {"from": "m.json#digest", "to": "s.json#digest"},
     {"m.json": [{"digest": "a"}], "s.json": {"parts": [{"of": {"digest": "a"}}, {"digest": "b"}]}}, None, [
        ({"m.json": [{"digest": "c"}], "s.json": {"digest": "a"}}, None, "`c` is not there"),
        ({"m.json": {}, "s.json": {"digest": "a"}}, None, "no `digest`"),
          ({"m.json": [{"digest": "a"}], "s.json": {}}, None, "no `digest`")]),
    ("links", {"from": "memo.md", "to": ["paths", "headings"]},
      {"memo.md": "[a](x.md) [b](#the-end)\n\n## The end\n", "x.md": "x"}, None, [
        ({"memo.md": "[a](y.md)"}, None, "is not there"),
          ({"memo.md": "[a](#nowhere)\n# End\n"}, None, "is not there")]),
    ("recompute", {"path": "evals/trials/*.jsonl", "stat": "pass^2", "by": ["system"], "into": "p", "within": 0.001},
     {TRIALS: trials("s", "111", "110") + trials("t", "000"), RESULTS: [record(metric="p", value=2 / 3)]}, None, [
        ({TRIALS: trials("s", "111", "110"), RESULTS: [record()]}, None, "no record of `p`"),
        ({TRIALS: trials("s", "111", "110"), RESULTS: [record(metric="p", value=0.7)]}, None, "the rows give 0.6667"),
        ({TRIALS: trials("t", "111"), RESULTS: [record(metric="p", value=1)]}, None, "no rows for `s`"),
        ({TRIALS: trials("s", "1"), RESULTS: [record(metric="p", value=1)]}, None, "1 trials of 2"),
        ({TRIALS: [{"task_id": "a", "system": "s", "success": "so so"}],
          RESULTS: [record(metric="p")]}, None, "neither true nor false"),
        ({RESULTS: [record(metric="p")]}, None, "there is no"),
        ({TRIALS: trials("s", "11"), RESULTS: [{"metric": "p", "value": 1}]}, None, "no `system`")]),
    ("recompute", {"path": "l.jsonl", "stat": "kappa", "into": "kappa"},
      {"l.jsonl": LABELS, RESULTS: [record(metric="kappa", value=0.667)]},
     None, [
        ({"l.jsonl": LABELS, RESULTS: [record(metric="kappa", value=0.8)]}, None, "0.6667"),
        ({"l.jsonl": [{"item": "1", "label": "y"}], RESULTS: [record(metric="kappa")]}, None, "two raters"),
        ({"l.jsonl": [{"item": "1", "rater": who, "label": "y"} for who in "abc"],
          RESULTS: [record(metric="kappa")]}, None, "3 raters"),
        ({"l.jsonl": [{"item": "1", "rater": who, "label": "y"} for who in "ab"],
          RESULTS: [record(metric="kappa")]}, None, "says nothing"),
        ({"l.jsonl": [{"item": who, "rater": who, "label": "y"} for who in "ab"],
          RESULTS: [record(metric="kappa")]}, None, "both raters")]),
    ("recompute", {"path": "r.csv", "stat": "mean", "into": "mean_minutes"},
      {"r.csv": "minutes\n1\n2\n", RESULTS: [record(metric="mean_minutes", value=1.5)]},
     None, [({"r.csv": "seconds\n1\n", RESULTS: [record(metric="mean_minutes")]}, None, "none of the fields"),
            ({"r.csv": "minutes\nfew\n", RESULTS: [record(metric="mean_minutes")]}, None, "no number")]),
    ("recompute", {"path": "r.csv", "stat": "share", "into": "right_share"},
      {"r.csv": "right\ntrue\nfalse\n", RESULTS: [record(metric="right_share")]},
     None, [({"r.csv": "right\ntrue\n", RESULTS: [record(metric="right_share")]}, None, "the rows give 1")]),
    ("recompute", {"path": "r.csv", "stat": "quantile", "into": "p50_ms"},
      {"r.csv": "ms\n1\n2\n9\n", RESULTS: [record(metric="p50_ms", value=2)]},
     None, [({"r.csv": "ms\n1\n3\n9\n", RESULTS: [record(metric="p50_ms", value=2)]}, None, "the rows give 3")]),
    ("recompute", {"path": "r.csv", "stat": "magic", "into": "m"}, None, None, [
        ({"r.csv": "m\n1\n", RESULTS: [record()]}, None, "not understood: `stat` of a check should be")]),
    ("order", {"first": "evals/plan.md", "then": ALL}, {}, TWO, [
        ({}, None, "no commits"), ({}, past(("a", "x", RESULTS), ("b", "x", "evals/plan.md")), "came first"),
        ({}, past(("a", "x", f"{RESULTS} evals/plan.md")), "same commit"),
          ({}, past(("a", "x", "evals/plan.md")), "in no commit"),
        ({}, past(("a", "x", RESULTS)), "`evals/plan.md` is in no commit"),
          ({}, TWO._replace(shallow=True), "cut off")]),
    ("order", {"first": "frozen", "then": ALL}, {}, TWO, [({}, TWO._replace(tags={}), "no tag"),
        ({}, TWO._replace(tags={"frozen": "b" * 40}), "same commit"),
          ({}, TWO._replace(tags={"frozen": "c" * 40}), "no tag")]),
    ("order", {"field": "evals/results/*.json#date", "then": "2026-11-01"}, {RESULTS: [record()]}, TWO, [
        ({RESULTS: [record(date="2026-10-31")]}, TWO, "is before"),
          ({RESULTS: [record(date="soon")]}, TWO, "is no date"),
        ({RESULTS: []}, TWO, "no rows")]),
    ("unchanged", {"path": "frozen.txt", "hash_in": "sow.md"},
      {"frozen.txt": "old", "sow.md": f"SHA-256 {hashlib.sha256(b'old').hexdigest()}"},
     None, [({"frozen.txt": "new", "sow.md": hashlib.sha256(b"old").hexdigest()}, None, "has not the SHA-256"),
            ({"frozen.txt": "old"}, None, "there is no `sow.md`"),
              ({"sow.md": "x"}, None, "there is no `frozen.txt`")]),
    ("unchanged", {"path": "frozen.txt", "since": "frozen"}, {"frozen.txt": "old"}, TWO, [
        ({"frozen.txt": "new"}, TWO, "is not what it was"), ({"frozen.txt": "old"}, None, "no commits"),
        ({"frozen.txt": "old"}, TWO._replace(tags={}), "no commit and no tag"), ({}, TWO, "there is no")]),
    ("dates", {"path": "d.csv", "field": "at", "distinct": 2, "span_days": 7},
      {"d.csv": "at\n2026-11-01\n2026-11-08T09:00:00Z\n"}, None, [
        ({"d.csv": "at\n2026-11-01\n2026-11-01\n"}, None, "1 different day, 2 are needed"),
          ({"d.csv": "at\nsoon\n"}, None, "no date"),
        ({"d.csv": "at\n2026-11-01\n2026-11-07\n"}, None, "they span 6 days"), ({"d.csv": "at\n"}, None, "no rows"),
        ({"d.csv": "at\n0001-01-01T00:00:00+23:59\n9999-12-31T23:59:59-23:59\n"}, None, "no date"),
          ({"d.csv": "b\n2026-11-01\n"}, None, "no date")]),
    ("dates", {"path": "d.csv", "field": "sent", "after": "drawn", "within_hours": 2},
     {"d.csv": "drawn,sent\n2026-11-01T09:00,2026-11-01T11:00\n"}, None, [
        ({"d.csv": "drawn,sent\n2026-11-01T09:00,2026-11-01T11:01\n"}, None, "2.0 hours later"),
        ({"d.csv": "drawn,sent\n2026-11-01T09:00,2026-11-01T08:00\n"}, None, "is before"),
        ({"d.csv": "drawn,sent\n,2026-11-01T08:00\n"}, None, "no date")]),
    ("dates", {"path": "d.csv", "field": "at", "within_hours": 1},
      {"d.csv": "at\n2026-11-01T09:00\n2026-11-01T10:00\n"}, None, [
        ({"d.csv": "at\n2026-11-01T09:00\n2026-11-01T10:30\n"}, None, "1.5 hours")]),
    ("schema", {"path": "s.json"}, {"s.json": SCHEMA}, None, [
        ({"s.json": {"a": 1}}, None, "says nothing"), ({"s.json": []}, None, "no object"),
          ({"s.json": {"type": "text"}}, None, "no type"),
        ({"s.json": {"properties": {"a": {"type": 3}}}}, None, "`/properties/a`"),
          ({"s.json": {"required": "a"}}, None, "no list of names"),
        ({"s.json": "{"}, None, "not valid JSON"), ({}, None, "there is no")]),
    ("schema", {"path": "p/*.json", "schema": "s.json"}, {"p/a.json": {"n": 1}, "s.json": SCHEMA}, None, [
        ({"p/a.json": {"n": 0}, "s.json": SCHEMA}, None, "out of range"),
          ({"p/a.json": {}, "s.json": SCHEMA}, None, "no `n`"),
        ({"p/a.json": {"n": 1}}, None, "there is no `s.json`"),
          ({"p/a.json": {"n": 1}, "s.json": {}}, None, "no JSON Schema"),
        ({"p/a.json": {"n": True}, "s.json": SCHEMA}, None, "is no `integer`")]),
    ("test", {"names": ["*step_limit*", "*time_limit*"], "min": 2},
     {"tests/test_stop.py": "def test_step_limit_ends(): ...\nasync def test_time_limit(x): ...\n"}, None, [
        ({}, None, "0 tests"), ({"stop.py": "def test_step_limit(): ...\ndef test_time_limit(): ..."},
          None, "0 tests"),
        ({"tests/test_stop.py": "def test_step_limit_a(): ...\ndef test_step_limit_b(): ..."},
          None, "none is like `*time_limit*`"),
        ({"tests/notes.md": "def test_step_limit(): test_time_limit()"}, None, "0 tests")]),
    ("test", {"names": ["*second*", "*timestamp*"]},
      {"src/a.test.ts": 'it("keeps the second that was said", () => {})'}, None, [
        ({"src/a.ts": 'it("keeps the second", () => {})'}, None, "0 tests")]),
    ("test", {"names": ["*step_limit*"]}, {"loop_test.go": "func TestStepLimit(t *testing.T) {}"}, None,
      [({"a_test.go": "func TestX("}, None, "0")]),
    ("ci", {"mentions": ["replay", "--all"], "on": "schedule"},
     {".github/workflows/a.yml": "on:\n  schedule:\n    - cron: x\njobs:\n  a:\n    run: replay --all\n"}, None, [
        ({}, None, "no workflow"), ({".github/workflows/a.yml": "on: push\njobs: replay --all # schedule"},
          None, "none of 1 workflow"),
        ({".github/workflows/a.yml": "on: [schedule]\njobs:\n  # replay --all\n"}, None, "none of"),
        ({"docs/a.yml": "on: schedule\nreplay --all"}, None, "no workflow")]),
    ("ci", {"mentions": "kill", "on": "push"}, {".gitlab-ci.yml": "test:\n  script: kill\n"}, None, [
        ({".github/workflows/a.yml": "jobs: kill"}, None, "none of"),
          ({".github/workflows/a.yml": "on: workflow_pushed\nkill"}, None, "none of")]),
    ("clean", {"secrets": True, "personal": True, "max_mb": 1},
      {"a.md": "see git@github.com and a@example.org, +1 of 2", "b.png": b"\xff\xd8"}, None, [
        ({"a.py": "\n\nkey = 'sk-" + "a1" * 20 + "'"}, None, "look at `a.py`, line 3"), ({}, None, "empty"),
        ({"a.csv": "ada@lovelace.name"}, None, "line 1"), ({"a.csv": "call +49 170 1234567"}, None, "line 1"),
        ({"key.pem": "-----BEGIN RSA PRIVATE KEY-----"}, None, "key.pem"),
          ({"a.bin": b"\0" * 1_500_000}, None, "2 MB")]),
    ("authors", {"path": "**", "min": 2, "since_days": 1}, {}, TWO, [
        ({}, None, "no commits"), ({}, past(("a", "x", "a"), ("b", "X ", "b")), "1 of 2"),
          ({}, past(("a", "x", "a")), "1 of 2"),
        ({}, past(("a", "y", "a"), ("b", "x", "b"), ("c", "x", "c")), "1 of 2")]),
    ("authors", {"path": "review/*.csv", "min": 2}, {}, past(("a", "x", "review/a.csv"),
      ("b", "y", "review/b.csv")), [
        ({}, past(("a", "x", "review/a.csv"), ("b", "y", "other/b.csv")), "1 of 2")]),
]  # fmt: skip


def of(kind: str, params: dict[str, Any]) -> Check:
    return Check(kind, "built", params)


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}-{at}" for at, case in enumerate(CASES)])
def test_a_kind_passes_what_has_it_and_nothing_else(case: Any) -> None:
    kind, params, good, history, bad = case
    if good is not None:
        verdict = judge(of(kind, params), folder(good, history))
        assert verdict.ok, verdict.why
        assert verdict.why
    assert bad
    for files, past_, reason in bad:
        verdict = judge(of(kind, params), folder(files, past_))
        assert not verdict.ok, (files, verdict.why)
        assert reason in verdict.why, (files, verdict.why)


def test_every_kind_is_tried() -> None:
    assert {case[0] for case in CASES} == set(KINDS)
    assert {kind for kind, _, good, _, _ in CASES if good is not None} == set(KINDS)
    for kind, one in KINDS.items():
        assert {name for case in CASES if case[0] == kind for name in case[1]} == set(one.parameters), kind


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(-9, 9), st.text(max_size=8),
      st.sampled_from(["a.json", "a.csv#x", "**", "a.md", "*", "date", "pass^2"]),
    st.lists(st.one_of(st.integers(), st.text(max_size=4)), max_size=3), st.dictionaries(st.text(max_size=4),
      st.text(max_size=4), max_size=2),
)  # fmt: skip
FULL = folder(
    {"a.json": [record(), {"x": [1, {"y": None}]}],
      "a.csv": "x,date\n1,2026-11-01\n", "a.md": DOC, "tests/test_a.py": "def test_a(): ...",
     RESULTS: [record(), record(baseline=True)], ".github/workflows/a.yml": "on: push"}, TWO,
)  # fmt: skip


@given(st.data())
def test_no_parameters_break_a_check(data: Any) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    params = {name: data.draw(ODD) for name in sorted(KINDS[kind].parameters) if data.draw(st.booleans())}
    verdict = judge(of(kind, params), FULL)
    assert isinstance(verdict.ok, bool)
    assert verdict.why
    assert "\n" not in sentence(of(kind, params))
    if next(check_faults(kind, params), None) is None:
        assert "not understood" not in verdict.why
        assert "`null`" not in sentence(of(kind, params))
    else:
        assert not verdict.ok


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_understood(kind: str) -> None:
    known = KINDS[kind]
    whole = {name: example_of(one) for name, one in known.parameters.items()}
    for name in [group[1] for group in known.needs if len(group) > 1 and kind in ("order", "groups")]:
        del whole[name]
    assert list(check_faults(kind, whole)) == []
    for name, value in whole.items():
        for odd in ([[]], [{}], {}, [], "", " ", -1, [value, {"a": {}}]):
            if odd == -1 and (kind == "bound" or (kind, name) == ("groups", "names")):
                continue
            (fault, *_) = check_faults(kind, {**whole, name: odd})
            assert fault.path[0] == name
            assert not judge(of(kind, {**whole, name: odd}), FULL).ok


@pytest.mark.parametrize("group", [(kind, group) for kind, one in KINDS.items() for group in one.needs])
def test_nothing_passes_without_what_its_kind_needs(group: Any) -> None:
    kind, names = group
    params = {name: example_of(one) for name, one in KINDS[kind].parameters.items() if name not in names}
    assert f"needs `{names[0]}`" in " ".join(fault.message for fault in check_faults(kind, params))
    assert "not understood" in judge(of(kind, params), FULL).why


def test_the_evaluator_knows_every_word_of_the_table() -> None:
    rows = [{"m": 1, "task_id": "a", "success": True, "label_a": "x", "label_b": "y"},
            {"m": 3, "task_id": "b", "success": False, "label_a": "y", "label_b": "y"}]  # fmt: skip
    for stat in (*STATS, "p95", "pass@1", "pass^1"):
        assert isinstance(figure(stat, "success" if stat == "share" else "m", rows), float), stat
    with pytest.raises(Unseen, match="cannot be worked out"):
        figure("magic", "m", rows)
    fits = {"string": "a", "integer": 1, "number": 1.5, "boolean": True, "date": "2026-11-01"}
    assert {kind: is_of(value, kind, False) for kind, value in fits.items()} == dict.fromkeys(TYPES, True)
    figures = {"value": (1, 3), "sum": (4, 4), "mean": (2, 2), "share": (2, 2)}
    for name in OF:
        low, high = figures[name]
        params = {"path": "a.json", "of": name, "min": low, "max": high}
        assert judge(of("bound", params), folder({"a.json": [{"value": 1}, {"value": 3}]})).ok, name


@pytest.mark.parametrize(("kind", "params", "words", "offered"), [
    ("rows", {"path": "a.csv", "min": 40, "fields": ["week"]}, "`fields` of a check should be a table", "fields = {"),
    ("rows", {"path": "a.csv", "where": "a"}, "`where` of a check should be a table", "where = {"),
    ("rows", {"path": "a.csv", "fields": {"week": "float"}}, "`week` in `fields` of a check", "mean `number`?"),
    ("rows", {"path": "a.csv", "fields": {"week": "strin"}}, "not \"strin\"", "fields = {"),
    ("rows", {"path": "a.csv", "fields": {"week": 3}}, "or `date`, not 3", "fields = {"),
    ("rows", {"path": "a.csv", "unique": True}, "or a list of such names, not true", "unique = ["),
    ("rows", {"path": "a.csv", "one_of": {"a": "b"}}, "`a` in `one_of` of a check should be a list", "one_of = {"),
    ("rows", {"path": "a.csv", "max": 0}, "can never pass", "`min = 0` beside it"),
    ("rows", {"path": "a.md"}, "to .csv, .json, .jsonl or .ndjson, not \"a.md\"", "wildcards"),
    ("recompute", {"path": "a.csv", "into": "m", "stat": "foo"}, "`stat` of a check", "stat = "),
    ("recompute", {"path": "a.csv", "into": "m", "stat": "pass^0"}, "`stat` of a check", "stat = "),
    ("recompute", {"path": "a.csv", "into": "m", "stat": "average"}, "`stat` of a check", "did you mean `mean`?"),
    ("baseline", {"path": "a.csv", "metric": 3}, "a list of such names, not 3", "metric = "),
    ("bound", {"path": "a.csv", "of": "blah(", "min": 1}, "`mean` or `share`, not \"blah(\"", "of = "),
    ("links", {"from": "a.md", "to": "y"}, "should be `paths`, `headings`, `commits`, or", "to = "),
    ("links", {"from": ["a.md", "b.md#c"], "to": "paths"}, "an entry of `from`", "`*` and `?` are wildcards"),
    ("order", {"first": "a"}, "a check of kind `order` needs `then`", "then = "),
    ("order", {"first": "a", "field": "a.csv#b", "then": "c"}, "takes `first` or `field`, not both", "delete one"),
    ("order", {"field": "date", "then": "c"}, "`#` and the name of a field, not \"date\"", "field = "),
    ("order", {"first": "a", "then": "2026-11-01T09:00"}, "beside `first`, not a time", "goes with `field`"),
    ("groups", {"path": "a.csv", "by": "b", "names": ["c"], "min": 2}, "takes `names` or `min`", "delete one"),
    ("groups", {"path": "a.csv", "by": "b", "min": 2, "within": 1}, "needs `same` beside it", "same = "),
    ("file", {"path": "a", "min": -1}, "a whole number, 0 or more, not -1", "min = "),
    ("file", {"path": "a", "min": 2.5}, "a whole number, 0 or more, not 2.5", "min = "),
    ("file", {"path": "a", "min": True}, "a whole number, 0 or more, not true", "min = "),
    ("file", {"path": "../a"}, "a path inside the repository, not \"../a\"", "begins inside the repository"),
    ("text", {"path": "a", "has": "*"}, "a phrase in quotes, not \"*\"", "any run of characters"),
    ("clean", {"secrets": "yes"}, "`true` or `false`, not \"yes\"", "secrets = true"),
    ("clean", {"max_mb": 0}, "a number above 0, not 0", "max_mb = "),
])  # fmt: skip
def test_what_nobody_could_pass_is_told_and_never_passed(
    kind: str, params: Any, words: str, offered: str
) -> None:
    (fault,) = check_faults(kind, params)
    assert words in fault.message
    assert offered in fault.help
    assert judge(of(kind, params), FULL).why == f"the check is not understood: {fault.message}"


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["metric", "value",
      "system", "x", "date"]), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


@given(JSON, st.sampled_from([case[:2] for case in CASES]))
def test_no_data_break_a_check(data: Any, case: Any) -> None:
    kind, params = case
    names = {
        str(value).partition("#")[0].replace("*", "a") for value in params.values() if isinstance(value, str)
    }
    files = {name: json.dumps(data) for name in names if "." in name} | {RESULTS: json.dumps(data)}
    assert judge(of(kind, params), folder(files, TWO)).why


@given(st.binary(max_size=60), st.sampled_from([case[:2] for case in CASES]))
def test_no_bytes_break_a_check(data: bytes, case: Any) -> None:
    kind, params = case
    names = {
        str(value).partition("#")[0].replace("*", "a") for value in params.values() if isinstance(value, str)
    }
    assert judge(of(kind, params), folder(dict.fromkeys(names | {RESULTS}, data), TWO)).why


def test_the_row_at_fault_is_the_one_of_its_file() -> None:
    rows = [{"split": "dev"}, {"split": "held-out", "x": 1}, {"split": "held-out"}]
    check = of("rows", {"path": "*.jsonl", "where": {"split": "held-out"}, "fields": {"x": "integer"}})
    assert (
        judge(check, folder({"a.jsonl": [rows[1]], "b.jsonl": rows})).why
        == "in `b.jsonl`, row 3: there is no `x`"
    )


def test_the_layout_is_asked_of_every_project() -> None:
    project = Project("t/m/p", "P", "core", "b", 1, ("x",), ("x",), ("x",), (of("file", {"path": "a"}),))
    found = judge_project(project, folder({"a": "x"}))
    assert [len(one) for one in found.values()] == [2, 2, 1]
    assert [one.ok for one in found["built"]] == [False, True]
    filled = "## Built\nx.md\n## Evaluated\n0.5\n## Explained\nbecause\n"
    found = judge_project(project, folder({"a": "x", "PROOF.md": filled, RESULTS: [record()]}))
    assert all(one.ok for those in found.values() for one in those)
    assert {check.proof for check in LAYOUT} == {"built", "evaluated", "explained"}


@pytest.mark.parametrize(
    ("pattern", "path", "yes"),
    [
        ("a.md", "a.md", True), ("*.md", "a.md", True), ("*.md", "d/a.md", False), ("**/*.md", "a.md", True),
        ("**/*.md", "d/e/a.md", True), ("serve/**", "serve/a/b", True), ("serve/**", "serve", False),
          ("**", "a/b", True),
        ("**/tests/**/x", "tests/x", True), ("a/**/b/**/c", "a/b/x/b/c", True), ("*", ".env", False),
          (".*", ".env", True),
        ("**", ".git/config", False), ("round-*/t.md", "round-2/t.md", True), ("?.md", "ab.md", False),
          ("A.md", "a.md", False),
        ("a//b", "a/b", False), ("", "a", False), ("a**b", "axb", True),
    ],
)  # fmt: skip
def test_paths_with_wildcards(pattern: str, path: str, yes: bool) -> None:
    assert matches(pattern, path) is yes


def test_patterns_take_no_time() -> None:
    assert not like("*a" * 60 + "b", "a" * 190)
    assert not matches("/".join(["**", "*a*"] * 20) + "/z", "/".join(["aaa"] * 40))
    assert occurrences("a*" * 60 + "b", "a" * 20_000) == 0


@given(st.text(alphabet="ab*?", max_size=8), st.text(alphabet="ab", max_size=8))
def test_like_is_what_a_shell_does(pattern: str, text: str) -> None:
    from fnmatch import fnmatchcase

    assert like(pattern, text) == fnmatchcase(text, pattern)


def test_sections_and_own_words() -> None:
    text = (
        "# T\n\n<!-- a\n## no -->\nintro\n## A #\nown\n> quote\n### B\n~~~\n## in code\n~~~\n"
        "## C\n- [x] c\n  - Evidence:\n  - Evidence: x\n"
    )
    assert [(one.level, one.title) for one in sections(text)] == [(1, "T"), (2, "A"), (3, "B"), (2, "C")]
    assert own_words(text).split() == [
        "intro",
        "own",
        "~~~",
        "##",
        "in",
        "code",
        "~~~",
        "-",
        "Evidence:",
        "x",
    ]
    assert section(text, "a").own.strip().startswith("own")  # type: ignore[union-attr]
    assert section(text, "D") is None
    assert words("- one, two - 3") == 3
    assert own_words("a <!-- never closed") == "a "


def test_figures() -> None:
    assert kappa("yyynnn", "yyynnn") == 1
    assert kappa("yyyy", "yynn") == 0
    assert kappa("yynn", "nnyy") == -1
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([0, 10], 0.95) == 9.5


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"enum": [1, "a"]}, 1, True), ({"const": None}, None, 0), ({"type": ["string", "null"]}, None, 1),
        ({"items": {"type": "string"}, "minItems": 1, "uniqueItems": True}, ["a"], []),
          ({"uniqueItems": True}, [1, 2], [1, 1]),
        ({"items": {"maxLength": 2}}, ["ab"], ["abc"]),
          ({"prefixItems": [{"type": "string"}], "items": False}, ["a"], ["a", 1]),
        ({"additionalProperties": False, "properties": {"a": True}}, {"a": 1}, {"b": 1}),
          ({"maxProperties": 1}, {}, {"a": 1, "b": 2}),
        ({"additionalProperties": {"type": "number"}}, {"a": 1}, {"a": "1"}), ({"exclusiveMinimum": 0}, 0.1, 0),
        ({"allOf": [{"minimum": 1}, {"maximum": 2}]}, 1.5, 3),
          ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "a", 1),
        ({"oneOf": [{"minimum": 1}, {"maximum": 2}]}, 3, 1.5), ({"not": {"type": "null"}}, 1, None),
          ({"multipleOf": 0.1}, 0.3, 0.35),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1, "b": 1}, {"a": 1}),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"type": "integer"}}}, 1.0, 1.5), ({"type": "number"}, 1, True),
        ({"properties": {"a": {"properties": {"b": {"type": "string"}}}}}, {"a": {"b": "x"}}, {"a": {"b": 1}}),
    ],
)  # fmt: skip
def test_schemas(schema: Any, good: Any, bad: Any) -> None:
    assert schema_fault(schema) == ""
    assert fault_of(good, schema) == ""
    assert fault_of(bad, schema) != ""


def test_schemas_that_go_in_circles_end() -> None:
    assert "too long" in fault_of({}, {"$ref": "#"})
    wide = {
        "$defs": {str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}] * 3} for n in range(40)},
        "$ref": "#/$defs/0",
    }
    wide["$defs"]["40"] = {}  # type: ignore[index]
    assert "too long" in fault_of({}, wide)
    deep: Any = {"type": "object"}
    for _ in range(100):
        deep = {"properties": {"a": deep}}
    assert "too deeply" in schema_fault(deep)
    assert "not there" in fault_of({}, {"$ref": "#/nowhere"})
    assert "not followed" in fault_of({}, {"$ref": "https://example.org/schema"})


WORDS = ["type", "enum", "const", "required", "properties", "items", "allOf", "anyOf", "not", "if", "then", "$ref",
         "minimum", "maxLength", "uniqueItems", "additionalProperties", "prefixItems", "$defs"]  # fmt: skip
SCHEMAS = st.recursive(
    st.one_of(
        st.booleans(), st.sampled_from(["object", "#", "#/$defs/a", "string"]), st.integers(-2, 2), st.none()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(SCHEMAS, JSON)
def test_what_passes_for_a_schema_can_be_followed(schema: Any, data: Any) -> None:
    if not schema_fault(schema):
        assert isinstance(fault_of(data, schema), str)
