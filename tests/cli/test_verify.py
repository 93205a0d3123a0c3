"""`roadmap verify`: what it answers, with which status, and that an untouched template passes nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.shell_completion import ShellComplete

from roadmap.analysis.proof.folder import Folder
from roadmap.analysis.proof.judge import judge_project
from roadmap.authoring.project import project_files
from roadmap.cli.main import cli
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.track import PROOFS, Project

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = [one for one in load_tracks([bundled()])[0].things.values() if isinstance(one, Project)]
SHAPE = {
    "address": str,
    "proofs": {proof: [{"criterion": str, "ok": bool, "why": str}] for proof in PROOFS},
    "ok": bool,
}
RECORD = {
    "metric": "buckets",
    "value": 1,
    "n": 20,
    "system": "well",
    "split": "held-out",
    "date": "2026-11-01",
}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda one: one.address.rpartition("/")[2])
def test_an_untouched_template_is_no_evidence(project: Project) -> None:
    data = {path: text.encode() for path, text in project_files(project).items()}
    folder = Folder({path: len(text) for path, text in data.items()}, data.__getitem__)
    for found in judge_project(project, folder).values():
        assert found
        for one in found:
            # Only what must not be there, and is not, can be said of a folder without any work in it.
            nothing_asked = one.check.params.get("max") == 0 and one.check.kind in ("file", "text")
            assert one.ok == (nothing_asked or one.check.kind == "clean"), (one.check, one.why)


def filled(top: Path) -> None:
    """Do the project `well` of the small track, evidence and all."""
    proof = (top / "PROOF.md").read_text(encoding="utf-8")
    proof = proof.replace("Evidence:", "Evidence: well.txt").replace(
        "Rejected:", "Here, since it is near.\n\nRejected: there"
    )
    (top / "PROOF.md").write_text(proof, encoding="utf-8")
    (top / "well.txt").write_text("deep", encoding="utf-8")
    (top / "evals" / "results" / "a.json").write_text(json.dumps([RECORD]), encoding="utf-8")


def test_from_a_new_folder_to_a_proof(begun: Any, home: Path, ask: Any, check: Any) -> None:
    assert begun("project", "new", "well", "w").code == 0
    answer = ask("verify", "well", "w", code=1)
    check(answer, SHAPE)
    assert answer["ok"] is False
    assert not any(one["ok"] for found in answer["proofs"].values() for one in found)
    filled(home / "w")
    answer = ask("verify", "well", "w")
    check(answer, SHAPE)
    assert answer["ok"] is True
    assert [len(answer["proofs"][proof]) for proof in PROOFS] == [2, 2, 1]
    assert answer["proofs"]["built"][1]["criterion"] == "`well.txt` is there, with something in it"
    (home / "w" / "well.txt").unlink()
    answer = ask("verify", "well", "w", code=1)
    assert [one["ok"] for one in answer["proofs"]["built"]] == [True, False]


def test_in_words(begun: Any, home: Path) -> None:
    begun("project", "new", "well", "w")
    answer = begun("verify", "well", "w")
    assert answer.code == 1
    assert answer.out.startswith("A well\nproject  trunk-engineer/roots/well\n\nbuilt\n")
    assert (
        "  no  `well.txt` is there, with something in it\n      there is no" in answer.out
        or "0 files" in answer.out
    )
    assert answer.out.endswith("0 of 5 checks passed.\n")
    filled(home / "w")
    answer = begun("verify", "well", "w")
    assert answer.code == 0
    assert "5 of 5 checks passed.\n" in answer.out
    assert "for people to judge" in " ".join(answer.out.split())


def test_nothing_is_written_there_or_in_the_progress_file(begun: Any, home: Path) -> None:
    begun("project", "new", "well", "w")
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    begun("verify", "well", "w")
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


@pytest.mark.parametrize("name", ["absent", "file", "~nobody-has-this-name/x"])
def test_what_is_no_folder_is_refused(begun: Any, home: Path, name: str) -> None:
    (home / "file").write_text("x", encoding="utf-8")
    answer = begun("verify", "well", name)
    assert answer.code == 2
    assert answer.err.startswith("Error: ")
    assert len(answer.err.splitlines()) == 2


def test_what_is_no_project_is_refused(begun: Any) -> None:
    answer = begun("verify", "roots", ".")
    assert answer.code == 2
    assert "trunk-engineer/roots/pump" in answer.err


def test_only_projects_are_completed(begun: Any) -> None:
    shell = ShellComplete(cli, {}, "roadmap", "_ROADMAP_COMPLETE")
    assert [one.value for one in shell.get_completions(["verify"], "roots/")] == ["roots/well", "roots/pump"]


@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not have")
def test_names_and_contents_of_files_cannot_steer_a_terminal(begun: Any, home: Path) -> None:
    begun("project", "new", "well", "w")
    results = home / "w" / "evals" / "results"
    (results / "a\x1b[2J\u202e.json").write_text('[{"metric": "\\u001b[2J\\u202e"}]', encoding="utf-8")
    answer = begun("verify", "well", "w")
    assert answer.code == 1
    assert "`a" in answer.out.replace("evals/results/", "")
    assert not set("\x1b\u202e") & set(answer.out)
