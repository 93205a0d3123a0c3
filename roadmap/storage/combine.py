"""The text of a merge: ours, edited until it says what both sides came to, with the comments of both."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.analysis.merge import Decision, merge, same
from roadmap.loading.progress_text import read_toml
from roadmap.loading.toml_lines import headers, scan, split_bom
from roadmap.model.edit import Edit
from roadmap.model.errors import BrokenProgress, ConflictedProgress, EditRefused, ProgressError
from roadmap.storage.edits import apply_edits, value_at
from roadmap.storage.git import GitFailed, merge_lines
from roadmap.storage.sides import names
from roadmap.storage.toml_values import BARE_KEY

if TYPE_CHECKING:
    from roadmap.model.edit import Path


class Combined(NamedTuple):
    """The text that two versions come to, and what was decided on the way."""

    text: str
    decisions: tuple[Decision, ...]


def combine(base: str | None, ours: str, theirs: str) -> Combined:
    """Merge two texts of a progress file. Comments, order and form are ours; new comments of theirs stay too.

    A base that cannot be read counts as none. Raises a ProgressError when a side cannot be read, and
    EditRefused when no text could be made that says exactly what was decided.
    """
    if ours == theirs or theirs == base:
        read_toml(ours)
        return Combined(ours, ())
    if ours == base:
        read_toml(theirs)
        return Combined(theirs, ())
    was: dict[str, Any] | None = None
    if base is not None:
        try:
            was = read_toml(base)
        except (BrokenProgress, ConflictedProgress):
            base = None
    merged = merge(was, read_toml(ours), read_toml(theirs))
    order = _order(ours, theirs)
    trouble: Exception | None = None
    for start in _starts(base, ours, theirs):
        try:
            text = _settled(start, merged.data, order)
            text = _with_comments(text, base or "", ours, theirs)
            if _alike(read_toml(text), merged.data):
                return Combined(text, merged.decisions)
        except Exception as error:  # whatever a library trips over, another start may do
            trouble = error
    if isinstance(trouble, ProgressError):
        raise trouble
    raise EditRefused(
        "The two versions could not be put together without risk to what is in them.",
        "Merge them in an editor; the file is as it was.",
    )


def _starts(base: str | None, ours: str, theirs: str) -> list[str]:
    """Return texts to begin from, best first: what git makes of the lines, then either side."""
    if base is None:
        return [ours, theirs]
    bom, body = split_bom(ours)
    eol = _eol(body)
    other, old = (_with_eol(split_bom(text)[1], eol) for text in (theirs, base))
    try:
        lines, _ = merge_lines(old, body, other, favor="ours")
    except GitFailed:
        return [ours, theirs]
    return [bom + lines, ours, theirs]


def _order(ours: str, theirs: str) -> list[str]:
    """Return the addresses of all tables in an order that fits both texts."""
    mine, yours = (
        list(dict.fromkeys("/".join(head.path[:3]) for head in headers(scan(split_bom(text)[1]))))
        for text in (ours, theirs)
    )
    known = set(mine)
    behind: dict[str, list[str]] = {}
    last = ""  # in front of everything
    for address in yours:
        if address in known:
            last = address
        else:
            behind.setdefault(last, []).append(address)
    return [*behind.get("", ()), *(one for address in mine for one in (address, *behind.get(address, ())))]


def _settled(text: str, wanted: dict[str, Any], order: list[str]) -> str:
    """Return a text edited until it says what is wanted; whether it does is for the caller to check."""
    old = read_toml(text)
    changes = {path: None for path in _leaves(old) if _missing(wanted, path)}
    changes |= {
        path: value for path, value in _leaves(wanted).items() if not _says(value_at(old, path), value)
    }
    edits = [edit for path, value in changes.items() if (edit := _as_edit(path, value))]
    plain = {edit.path for edit in edits}
    hard = [path for path in changes if path not in plain]
    try:
        text = apply_edits(text, edits, order)
    except EditRefused:
        for edit in edits:
            try:
                text = apply_edits(text, [edit], order)
            except EditRefused:
                hard.append(edit.path)
    return _forced(text, {path: changes[path] for path in hard}) if hard else text


def _forced(text: str, changes: dict[Path, Any]) -> str:
    """Make changes that no edit can make: quoted keys, lists of numbers, values in the place of tables."""
    import tomlrt

    bom, body = split_bom(text)
    document = tomlrt.loads(body)
    for path, value in sorted(changes.items(), key=lambda change: change[1] is not None):
        table: Any = document
        for name in path[:-1]:
            if not isinstance(table.get(name), dict):
                table[name] = {}
            table = table[name]
        if value is None:
            table.pop(path[-1], None)
        else:
            table[path[-1]] = value
    return bom + str(tomlrt.dumps(document))


def _as_edit(path: Path, value: Any) -> Edit | None:
    """Return a change as an edit, or None when an edit cannot say it."""
    if not all(BARE_KEY.match(name) for name in path):
        return None
    if isinstance(value, list):
        return Edit(path, tuple(value)) if all(isinstance(part, str) for part in value) else None
    return Edit(path, value) if value is None or isinstance(value, str | int | float | date) else None


def _with_comments(text: str, base: str, ours: str, theirs: str) -> str:
    """Put back the comments of either side that are not in the text, as near to their places as can be."""
    before, mine, yours = (_comments(side) for side in (base, ours, theirs))
    wanted: Counter[str] = Counter()
    for comment in {*mine, *yours}:
        counts = mine[comment], yours[comment]
        removed = min(counts) < before[comment]
        wanted[comment] = min(counts) if removed and max(counts) <= before[comment] else max(counts)
    for side in (theirs, ours):
        missing = wanted - _comments(text)
        if missing:
            placed = _placed(text, side, missing)
            text = placed if _reads_the_same(text, placed) else text
    missing = wanted - _comments(text)
    if missing:  # nowhere better: at the end, where they cannot be a part of anything
        eol = _eol(text)
        text += "" if text.endswith("\n") else eol
        text += "".join(f"{comment}{eol}" for comment in missing.elements())
    return text


def _placed(text: str, source: str, missing: Counter[str]) -> str:
    """Return the text with those of the missing comments that the source has, each beside what it was beside."""
    bom, body = split_bom(text)
    eol = _eol(body)
    target = scan(body)
    homes: dict[Any, int] = {}
    for place, owner in enumerate(names(target)):
        if owner is not None:
            homes.setdefault(owner, place)
    lines = scan(split_bom(source)[1])
    owners = names(lines)
    above: dict[int, list[str]] = {}
    below: dict[int, list[str]] = {}
    behind: dict[int, str] = {}
    left = Counter(missing)
    for place, line in enumerate(lines):
        comment = (line.comment or "").rstrip()
        if not comment or left[comment] <= 0:
            continue
        left[comment] -= 1
        owner = owners[place]
        home = homes.get(owner) if owner else None
        if home is not None:
            whole = home + 1 == len(target) or not target[home + 1].in_value
            if target[home].comment or not whole or home in behind or line.in_value:
                above.setdefault(home, []).append(comment)
            else:
                behind[home] = comment
            continue
        following = place + 1
        while following < len(lines) and lines[following].only_comment:
            following += 1
        next_owner = owners[following] if following < len(owners) else None
        if next_owner in homes:
            above.setdefault(homes[next_owner], []).append(comment)
            continue
        earlier = next((homes[o] for o in reversed(owners[:place]) if o in homes), None)
        if earlier is None:
            left[comment] += 1
            continue
        while earlier + 1 < len(target) and target[earlier + 1].in_value:
            earlier += 1
        below.setdefault(earlier, []).append(comment)
    result = []
    for place, line in enumerate(target):
        words = line.text
        if place in behind:
            bare = words.rstrip("\r\n")
            words = f"{bare}  {behind[place]}{words[len(bare) :]}"
        result += [f"{comment}{eol}" for comment in above.get(place, ())]
        if place in below and not words.endswith("\n"):
            words += eol
        result.append(words)
        result += [f"{comment}{eol}" for comment in below.get(place, ())]
    return bom + "".join(result)


def _reads_the_same(one: str, other: str) -> bool:
    try:
        return same(read_toml(one), read_toml(other))
    except ProgressError:
        return False


def _comments(text: str) -> Counter[str]:
    lines = scan(split_bom(text)[1])
    return Counter(line.comment.rstrip() for line in lines if line.comment)


def _leaves(data: dict[str, Any], path: Path = ()) -> dict[Path, Any]:
    """Return every value that is not a table, by its path."""
    found: dict[Path, Any] = {}
    for name, value in data.items():
        found |= _leaves(value, (*path, name)) if isinstance(value, dict) else {(*path, name): value}
    return found


def _missing(data: dict[str, Any], path: Path) -> bool:
    found: Any = data
    for name in path:
        if not isinstance(found, dict) or name not in found:
            return True
        found = found[name]
    return isinstance(found, dict)


def _alike(one: Any, other: Any) -> bool:
    """Compare data as a reader understands it; tables that hold nothing are nothing."""
    mine, yours = _leaves(one), _leaves(other)
    return mine.keys() == yours.keys() and all(_says(mine[path], yours[path]) for path in mine)


def _says(one: Any, other: Any) -> bool:
    """Tell whether two values mean the same: 6 and 6.0, a text and a list of only that text."""
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other)):
        return bool(one == other) or same(one, other)
    parts = [value if isinstance(value, list) and len(value) == 1 else [value] for value in (one, other)]
    return same(*parts)


def _eol(text: str) -> str:
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def _with_eol(text: str, eol: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", eol)
