"""Milestones of other tracks in the text of an overlay: put into it, and taken out again, everything else left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tomli

from roadmap.authoring.files import AuthoringError, quoted
from roadmap.loading.clean import quote
from roadmap.loading.toml_lines import split_bom

if TYPE_CHECKING:
    from collections.abc import Sequence

GREETING = """\
# What you changed of the track {id}; the track itself stays as it is.
# `roadmap path --add` and `--drop` keep the milestones of other tracks below. The rest of this file is yours.
"""
"""The first lines of an overlay that begins with a milestone of another track."""

BY_HAND = "Change the list of milestones in an editor; the file is as it was."


def listed(text: str) -> list[str]:
    """Return the addresses of the milestones that an overlay lists by ``ref``. Raises AuthoringError for no TOML."""
    return _refs(_parsed(text))


def with_refs(text: str, id: str, addresses: Sequence[str], before: str | None = None) -> str:
    """Return an overlay's text with milestones of other tracks at its end; those it lists already stay where they are.

    ``id`` is the track of the overlay, for the first lines of a new one, and ``before`` the id of the milestone of that
    track in front of which they stand on the path, by default at its end. Raises AuthoringError when the text is no
    TOML, or writes its milestones in a way that nothing can be added to.
    """
    data = _parsed(text)
    new = [one for one in dict.fromkeys(addresses) if one not in _refs(data)]
    if not new:
        return text
    bom, body = split_bom(text)
    end = "\r\n" if "\r\n" in body else "\n"
    if not body.strip():
        body = GREETING.format(id=id).replace("\n", end)
    if not body.endswith("\n"):
        body += end
    place = {"place_before": before} if before else {}
    entries = [{"ref": address, **place} for address in new]
    for entry in entries:
        lines = ["", "[[milestones]]", *(f"{key} = {quoted(value)}" for key, value in entry.items()), ""]
        body += end.join(lines)
    return _checked(bom + body, {**data, "milestones": [*_tables(data), *entries]})


def without_refs(text: str, addresses: Sequence[str]) -> str:
    """Return an overlay's text without some milestones of other tracks that it lists by ``ref``.

    Raises AuthoringError when the text is no TOML, or when one is not written as ``with_refs`` writes it.
    """
    wanted = _parsed(text)
    for address in addresses:
        kept = [one for one in _tables(wanted) if one.get("ref") != address]
        text = _entry(address).sub("", text, count=1)
        wanted = {key: value for key, value in wanted.items() if key != "milestones"}
        if kept:
            wanted["milestones"] = kept
    return _checked(text, wanted)


def _entry(address: str) -> re.Pattern[str]:
    """Return the pattern of an entry that holds nothing but a ``ref`` and a place, with the blank line before it."""
    return re.compile(
        r"(?:^[ \t]*\r?\n)?^[ \t]*\[\[[ \t]*milestones[ \t]*\]\][ \t]*\r?\n"
        rf"[ \t]*ref[ \t]*=[ \t]*([\"']){re.escape(address)}\1[ \t]*(?:\r?\n|\Z)"
        r"(?:[ \t]*place_(?:before|after)[ \t]*=[ \t]*[\"'][a-z0-9/-]*[\"'][ \t]*(?:\r?\n|\Z))?",
        re.MULTILINE,
    )


def _refs(data: dict[str, Any]) -> list[str]:
    return [one["ref"] for one in _tables(data) if isinstance(one.get("ref"), str)]


def _tables(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the milestones of an overlay; something else under that name is none, and fails the check afterwards."""
    found = data.get("milestones", [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomli.loads(split_bom(text)[1])
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise AuthoringError(
            f"It is not valid TOML ({quote(str(error), 120)}).",
            "`roadmap track lint` says where; mend it first.",
        ) from None


def _checked(text: str, wanted: dict[str, Any]) -> str:
    """Return the text if it says what is meant. Whatever else it says, the file must stay as it is."""
    try:
        found = _parsed(text)
    except AuthoringError:
        found = None
    if found != wanted:
        raise AuthoringError(
            "Its milestones are written in a way that cannot be changed without risk.", BY_HAND
        )
    return text
