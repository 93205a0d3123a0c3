"""Checks of references and of the past. Each says what it found, or raises Unseen with what is missing."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from roadmap.analysis.proof.folder import Unseen, shown
from roadmap.analysis.proof.patterns import matches, segments
from roadmap.analysis.proof.prose import own_words, plain, sections
from roadmap.analysis.proof.rows import load, moment, rows_at
from roadmap.analysis.proof.rows import plain as as_text
from roadmap.analysis.proof.wording import count, many, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmap.analysis.proof.folder import Folder, History

DAY = 86_400

_TARGET = re.compile(r"\]\(\s*<?([^()\s<>]{1,400})>?[^()\n]{0,200}\)")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,80})\](?!\()")
_COMMIT = re.compile(r"\b[0-9a-f]{7,64}\b")


def links(folder: Folder, params: Mapping[str, Any]) -> str:
    """Everything that a field or a document refers to is there."""
    targets = [str(one) for one in many(params.get("to"))]
    references = list(
        dict.fromkeys(
            one for origin in many(params.get("from")) for one in _references(folder, str(origin), targets)
        )
    )
    if not references:
        raise Unseen(f"{shown(params.get('from'))} refers to nothing")
    known = [_known(folder, target) for target in targets]
    for reference in references:
        if not any(exists(reference) for exists in known):
            raise Unseen(f"{shown(reference)} is not there")
    return f"{count(len(references), 'reference')} resolved"


def _references(folder: Folder, origin: str, targets: list[str]) -> Iterator[str]:
    """Return what a field's values or a document refer to."""
    path, mark, field = origin.partition("#")
    if mark:
        for value in _values(folder, path, field):
            yield from (as_text(one) for one in many(value))
        return
    for one in folder.need(path):
        body = own_words(folder.text(one))
        if "commits" in targets:
            yield from _COMMIT.findall(body)
        if "paths" in targets or "headings" in targets:
            yield from (found for found in _TARGET.findall(body) if "://" not in found)
        if any("#" in target for target in targets):
            yield from (
                found.strip().lstrip("^")
                for found in _BRACKETED.findall(body)
                if found.strip() not in ("", "x", "X")
            )


def _values(folder: Folder, path: str, field: str) -> Iterator[Any]:
    """Return the values of a field in rows, or anywhere in JSON that is no list of rows. It is in every row."""
    for one in folder.need(path):
        if one.lower().endswith(".json"):
            found = list(_inside(load(folder.text(one), shown(one)), field))
            if not found:
                raise Unseen(f"{shown(one)} has no {shown(field)}")
            yield from found
            continue
        for row in rows_at(folder, one):
            if row.get(field) in (None, "", []):
                raise Unseen(f"a row of {shown(one)} has no {shown(field)}")
            yield row[field]


def _inside(data: Any, field: str) -> Iterator[Any]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get(field) not in (None, ""):
                yield one[field]
            waiting += [value for key, value in one.items() if key != field]
        elif isinstance(one, list):
            waiting += one


def _known(folder: Folder, target: str) -> Any:
    """Return a function that tells whether a reference is among what there is."""
    if target == "paths":
        return lambda one: _is_path(folder, one)
    if target == "commits":
        ids = [commit.id for commit in folder.past.commits]
        return lambda one: len(one) >= 7 and any(id.startswith(one.strip().lower()) for id in ids)
    if target == "headings":
        return lambda one: _is_heading(folder, one)
    path, _, field = target.partition("#")
    found = {as_text(one) for value in _values(folder, path, field) for one in many(value)}
    return lambda one: one.strip() in found


def _is_path(folder: Folder, reference: str) -> bool:
    path = reference.strip().partition("#")[0].removeprefix("./").rstrip("/")
    if segments(path) is None:
        return False
    return folder.sizes.get(path, 0) > 0 or any(one.startswith(f"{path}/") for one in folder.sizes)


def _is_heading(folder: Folder, reference: str) -> bool:
    path, _, wanted = reference.strip().partition("#")
    files = (
        [path.removeprefix("./")] if path else [one for one in folder.sizes if one.lower().endswith(".md")]
    )
    slug = plain(wanted.replace("-", " "))
    return any(
        slug == re.sub(r"[^\w ]", "", plain(one.title).replace("-", " "))
        for file in files
        if folder.sizes.get(file)
        for one in sections(folder.text(file))
    )


def order(folder: Folder, params: Mapping[str, Any]) -> str:
    """The first commit of one thing comes before the first commit of the other."""
    past = folder.past
    if "first" not in params:
        return _dated(folder, params)
    if past.shallow:
        raise Unseen("the history was cut off when it was cloned; `git fetch --unshallow` brings the rest")
    places = []
    for name in (params["first"], params.get("then")):
        place = _first_commit(past, str(name))
        if place is None:
            raise Unseen(f"{shown(name)} is in no commit and is no tag")
        places.append(place)
    if places[0] >= places[1]:
        same = " in the same commit" if places[0] == places[1] else ""
        raise Unseen(f"{shown(params.get('then'))} came first" if not same else f"both came{same}")
    return f"commit {past.commits[places[0]].id[:9]} came before {past.commits[places[1]].id[:9]}"


def _first_commit(past: History, name: str) -> int | None:
    """Return the place of the first commit that touched a path, or of the one that a tag names."""
    tagged = past.tags.get(name)
    if tagged is not None:
        return next((at for at, commit in enumerate(past.commits) if commit.id == tagged), None)
    return next(
        (at for at, commit in enumerate(past.commits) if any(matches(name, path) for path in commit.paths)),
        None,
    )


def _dated(folder: Folder, params: Mapping[str, Any]) -> str:
    """No date in a field is before a day, or before the first commit of something."""
    path, _, field = str(params.get("field")).partition("#")
    then = str(params.get("then"))
    start = moment(then)
    if start is None:
        place = _first_commit(folder.past, then)
        if place is None:
            raise Unseen(f"{shown(then)} is no date, in no commit and no tag")
    begun = start.timestamp() if start else folder.past.commits[place or 0].at - DAY  # a date is a whole day
    found = 0
    for row in rows_at(folder, path):
        at = moment(row.get(field))
        if at is None:
            raise Unseen(f"{shown(field)} is {shown(row.get(field))}, which is no date")
        if at.timestamp() < begun:
            raise Unseen(f"{shown(row.get(field))} is before {shown(then)}")
        found += 1
    if not found:
        raise Unseen("there are no rows")
    return count(found, "date")


def unchanged(folder: Folder, params: Mapping[str, Any]) -> str:
    """Content is what its recorded hash says, or what it was at a commit."""
    paths = folder.need(params.get("path"))
    if "hash_in" in params:
        recorded = " ".join(folder.text(one) for one in folder.need(params["hash_in"])).lower()
        for path in paths:
            if hashlib.sha256(folder.read(path)).hexdigest() not in recorded:
                raise Unseen(f"{shown(params['hash_in'])} has not the SHA-256 that {shown(path)} has now")
    if "since" in params:
        past, name = folder.past, str(params["since"])
        wanted = past.tags.get(name, name.lower())
        commit = next((one for one in past.commits if len(wanted) >= 7 and one.id.startswith(wanted)), None)
        if commit is None:
            raise Unseen(f"{shown(name)} is no commit and no tag")
        then = past.tree(commit.id)
        pattern = str(params.get("path"))
        gone = [path for path in then if matches(pattern, path) and path not in folder.sizes]
        changed = [path for path in paths if then.get(path) not in _git_ids(folder.read(path))]
        if gone or changed:
            raise Unseen(f"{shown((gone or changed)[0])} is not what it was at {shown(name)}")
    return (
        f"{shown(paths[0])} is the same" if len(paths) == 1 else f"{count(len(paths), 'file')} are the same"
    )


def _git_ids(data: bytes) -> set[str]:
    """Return the ids that git may have given to a content, whichever hash it uses and however lines end."""
    found = set()
    for content in (data, data.replace(b"\r\n", b"\n")):
        whole = b"blob %d\0" % len(content) + content
        found |= {hashlib.sha1(whole, usedforsecurity=False).hexdigest(), hashlib.sha256(whole).hexdigest()}
    return found


def authors(folder: Folder, params: Mapping[str, Any]) -> str:
    """Enough people committed there."""
    past = folder.past
    pattern = str(params.get("path"))
    last = past.commits[-1].at
    oldest = last - number(params["since_days"]) * DAY if "since_days" in params else -float("inf")
    people = {
        commit.author.strip().lower()
        for commit in past.commits
        if commit.at >= oldest and any(matches(pattern, path) for path in commit.paths)
    }
    least = number(params.get("min"))
    if len(people) < least:
        raise Unseen(f"{len(people)} of {least:g} people")
    return f"{len(people)} people" if len(people) != 1 else "1 person"
