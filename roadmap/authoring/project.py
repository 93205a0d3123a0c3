"""The first files of a project's folder: the layout of the three proofs, filled with what the track asks.

Nothing that is written counts as evidence. What a check would count is either left out and described, or
written under ``templates/``, to be copied once it is filled in; what stands in README.md and PROOF.md are the
words of the track and prompts in comments, which checks do not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.analysis.proof.judge import checks_of
from roadmap.analysis.proof.patterns import has_wildcard, matches, segments
from roadmap.analysis.proof.wording import many, sentence
from roadmap.authoring.project_forms import forms, results_page
from roadmap.authoring.project_text import (
    CHECKS_HEAD,
    DATASET,
    DOCUMENT,
    EVALS,
    EVIDENCE,
    PROMPTS,
    PROOF,
    QUESTION,
    README,
    STANDARD,
    TEMPLATES,
    markdown,
    quotation,
)
from roadmap.model.track import PROOFS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from roadmap.model.track import Check, Project

KEEP = ".gitkeep"
"""An empty file, by which git keeps a folder that has nothing in it yet."""

TEMPLATES_FOLDER = "templates"
"""The folder for what a check would count as evidence if it stood in its place."""

_READS = ("path", "first", "then", "from", "to", "text", "hash_in", "schema", "in")
_NO_PLACE = frozenset(("test", "ci", "clean", "authors"))
_OWN_PLACE = frozenset(("README.md", "PROOF.md"))


def project_files(project: Project) -> dict[str, str]:
    """Return the files to begin a project with: path inside its folder -> text. Paths never leave the folder."""
    patterns = [pattern for check in project.checks for pattern in _patterns(check)]
    pages = {
        "README.md": _readme(project),
        "PROOF.md": _proof(project),
        "CHECKS.md": _checks(project),
        "evals/README.md": EVALS,
        "evals/DATASET.md": DATASET,
        "evals/results/README.md": results_page(project.checks),
    }
    files: dict[str, str] = {}
    for path, text in pages.items():
        counted = path not in _OWN_PLACE and any(matches(pattern, path) for pattern in patterns)
        _put(files, f"{TEMPLATES_FOLDER}/{path}" if counted else path, text)
    for path, text in _documents(project):
        _put(files, f"{TEMPLATES_FOLDER}/{path}", text)
    if any(path.startswith(f"{TEMPLATES_FOLDER}/") for path in files):
        _put(files, f"{TEMPLATES_FOLDER}/README.md", TEMPLATES)
    for folder in dict.fromkeys([*_folders(project), "tests"]):
        if not any(path.startswith(f"{folder}/") for path in files):
            _put(files, f"{folder}/{KEEP}", "")
    return files


def _put(files: dict[str, str], path: str, text: str) -> None:
    """Add a file, unless no system can hold it, or another one stands there or where its folder would be."""
    if segments(path) is None or has_wildcard(path):
        return
    taken = {name.casefold() for name in files}
    above = {parent for name in taken for parent in _parents(name)}
    wanted = path.casefold()
    if wanted not in taken | above and not taken.intersection(_parents(wanted)):
        files[path] = text


def _parents(path: str) -> list[str]:
    """Return the folders a path is in, from the outside in."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _patterns(check: Check) -> Iterator[str]:
    """Return the safe paths, with wildcards, at which a check looks for evidence."""
    if check.kind in _NO_PLACE:
        return
    for name in _READS:
        for value in many(check.params.get(name)):
            path = value.partition("#")[0] if isinstance(value, str) else ""
            if segments(path) is not None and ("/" in path or "." in path or has_wildcard(path)):
                yield path  # and not a tag, a commit, or one of the words that `links` knows


def _folders(project: Project) -> Iterator[str]:
    """Return the folders that the checks look into; a folder named with a wildcard gets a number for it."""
    for check in project.checks:
        if check.params.get("max") == 0:
            continue  # something that must not be there
        for pattern in _patterns(check):
            names: list[str] = []
            for part in pattern.split("/")[:-1]:
                name = part.replace("*", "1") if part.endswith("-*") else part
                if has_wildcard(name) or name.startswith("."):
                    break
                names.append(name)
            if names:
                yield "/".join(names)


def _documents(project: Project) -> Iterator[tuple[str, str]]:
    """Return templates for the documents whose headings are asked for, and for the layout's own."""
    for check in project.checks:
        if check.kind == "headings":
            names = [name for name in many(check.params.get("names", [])) if isinstance(name, str)]
            for pattern in _patterns(check):
                if pattern.endswith(".md") and names and pattern not in _OWN_PLACE:
                    yield _named(pattern), _document(_named(pattern), names)
    for check in project.checks:
        for pattern in _patterns(check):
            for start, headings in STANDARD.items():
                if pattern.startswith(start) and pattern.endswith(".md"):
                    yield _named(pattern), _document(_named(pattern), list(headings))


def _named(pattern: str) -> str:
    """Make a name for the template of a document: what a wildcard leaves, or ``template``."""
    parts = []
    for part in pattern.split("/"):
        stem, dot, ending = part.rpartition(".") if part.endswith(".md") else (part, "", "")
        bare = stem.replace("*", "").replace("?", "").strip("-_. ")
        parts.append((bare if has_wildcard(stem) else stem) or "template")
        parts[-1] += dot + ending
    return "/".join(parts)


def _document(path: str, names: list[str]) -> str:
    stem = path.rpartition("/")[2].removesuffix(".md").replace("-", " ").replace("_", " ").strip()
    title = stem[:1].upper() + stem[1:] if stem != "template" else "What this is about"
    heads = [
        f"## {markdown(name)}\n\n<!-- {PROMPTS.get(name.lower(), 'What belongs here, in your own words.')} -->\n"
        for name in dict.fromkeys(names)
    ]
    return DOCUMENT.format(title=markdown(title), path=path.replace("--", "-"), heads="\n".join(heads))


def _readme(project: Project) -> str:
    return README.format(
        title=markdown(project.title), brief=quotation(markdown(project.brief)), address=project.address
    )


def _proof(project: Project) -> str:
    lists = {
        proof: "\n\n".join(f"- [ ] {markdown(one)}\n  - Evidence:" for one in project.criteria(proof))
        for proof in PROOFS[:2]
    }
    questions = "\n\n".join(f"### {markdown(one)}\n\n{QUESTION}\n\nRejected:" for one in project.explained)
    return PROOF.format(
        title=markdown(project.title),
        address=project.address,
        evidence=EVIDENCE,
        questions=questions,
        **lists,
    )


def _checks(project: Project) -> str:
    parts = [CHECKS_HEAD.format(address=project.address)]
    for proof in PROOFS:
        found = [f"- [ ] {sentence(check)}" for check in checks_of(project, proof)]
        parts.append(f"## {proof.capitalize()}\n\n" + "\n".join(dict.fromkeys(found)) + "\n")
    if shapes := forms(project.checks):
        parts.append(shapes)
    return "\n".join(parts)
