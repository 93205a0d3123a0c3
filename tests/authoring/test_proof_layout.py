"""The learner's page about proofs is true: its kinds, its commands, its links, and its example."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from roadmap.analysis.proof.folder import Folder
from roadmap.analysis.proof.judge import LAYOUT, RECORD, judge
from roadmap.analysis.proof.prose import section, sections, words
from roadmap.authoring.project import project_files
from roadmap.authoring.project_forms import results_page
from roadmap.authoring.project_text import EVALS, STANDARD
from roadmap.loading.check_kinds import KINDS
from roadmap.loading.sources import bundled
from roadmap.model.track import Check, Project

if TYPE_CHECKING:
    from pathlib import Path

PAGE = bundled().parent / "docs" / "proof-layout.md"
TEXT = PAGE.read_text(encoding="utf-8")
TABLE = "\n".join(
    [
        "| kind | what it looks for |",
        "|---|---|",
        *(f"| `{name}` | {kind.meaning} |" for name, kind in KINDS.items()),
        "",
    ]
)
"""The table of kinds as the page has it; copy it there when a kind changes."""

RESULTS = "evals/results/first-season.json"


def example() -> Folder:
    """The example of the page as a folder."""
    (records,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    (proof,) = re.findall(r"```markdown\n(.*?)```", TEXT, re.DOTALL)
    data = {RESULTS: records.encode(), "PROOF.md": ("## Built\n\nIt runs.\n\n" + proof).encode()}
    return Folder({path: len(text) for path, text in data.items()}, data.__getitem__)


def test_the_table_of_kinds_is_the_one_there_is() -> None:
    assert f"\n{TABLE}\n" in TEXT, f"copy this into {PAGE}:\n{TABLE}"


def test_every_command_of_the_page_exists(roadmap: object) -> None:
    from roadmap.cli.main import COMMANDS
    from roadmap.cli.project import COMMANDS as PROJECT

    named = re.findall(r"(?:^    |`)roadmap ([a-z]+)(?: ([a-z]+))?", TEXT, re.MULTILINE)
    assert {one for one, _ in named} >= {"project", "start", "prove", "status", "verify"}
    assert {one for one, _ in named} <= set(COMMANDS)
    assert {inner for one, inner in named if one == "project"} <= set(PROJECT)


def test_links_lead_somewhere() -> None:
    titles = {re.sub(r"[^a-z -]", "", one.title.lower()).replace(" ", "-") for one in sections(TEXT)}
    targets = re.findall(r"\]\(([^)\s]+)\)", TEXT)
    assert len(targets) >= 6
    for target in targets:
        assert target[1:] in titles if target.startswith("#") else (PAGE.parent / target).exists(), target


def test_the_files_it_lists_are_those_that_are_written() -> None:
    project = Project(
        "t/m/p", "P", "core", "b", 1, ("x",), ("x",), ("x",), (Check("file", "built", {"path": "a"}),)
    )
    listed = re.findall(r"^\| `([^`]+)` \| .+ \|$", TEXT, re.MULTILINE)
    files = project_files(project)
    for path in ("README.md", "PROOF.md", "CHECKS.md", "evals/DATASET.md"):
        assert path in listed
        assert path in files
    for path in STANDARD:
        assert any(one.startswith(path) for one in listed)
    for field in RECORD:
        assert f"| `{field}` |" in TEXT
        assert f'"{field}"' in results_page(())
    assert "`trials/*.jsonl`" in EVALS


@pytest.mark.parametrize(
    "check",
    [
        *LAYOUT,
        Check(
            "baseline",
            "evaluated",
            {"path": "evals/results/*.json", "metric": "hit_at_3", "names": ["keywords"]},
        ),
        Check("interval", "evaluated", {"path": "evals/results/*.json", "where": {"metric": "hit_at_3"}}),
        Check("cited", "evaluated", {"text": "PROOF.md#Evaluated", "in": "evals/results/*.json", "min": 3}),
        Check("cited", "explained", {"text": "PROOF.md#Explained", "in": "evals/results/*.json", "min": 2}),
        Check("text", "explained", {"path": "PROOF.md", "has": "Rejected:"}),
    ],
    ids=lambda one: f"{one.kind}-{one.proof}",
)
def test_the_example_does_what_the_page_asks(check: Check) -> None:
    verdict = judge(check, example())
    assert verdict.ok, verdict.why


def test_the_example_adds_up() -> None:
    records = json.loads(example().text(RESULTS))
    for one in records:
        assert (one["value"] * one["n"]).is_integer()
        # Wilson's interval, as one would compute it for a share.
        n, p, z = one["n"], one["value"], 1.96
        middle = (p + z * z / 2 / n) / (1 + z * z / n)
        half = z * (p * (1 - p) / n + z * z / 4 / n / n) ** 0.5 / (1 + z * z / n)
        assert abs(one["ci_low"] - (middle - half)) < 0.001
        assert abs(one["ci_high"] - (middle + half)) < 0.001
    assert records[0]["ci_high"] > records[1]["ci_low"]
    answer = section(example().text("PROOF.md"), "Explained")
    assert answer is not None
    assert words(answer.own) >= 80


def test_no_command_of_the_page_is_shown_with_a_wrong_option(docs: Path) -> None:
    from click import Command

    from roadmap.cli.main import cli

    for line in re.findall(r"^    roadmap (.+)$", TEXT, re.MULTILINE):
        words_ = line.split("    ")[0].split()
        command = cli.get_command(None, words_[0])  # type: ignore[arg-type]
        assert isinstance(command, Command)
        known = {option for param in command.params for option in param.opts}
        assert {one for one in words_ if one.startswith("--")} <= known
