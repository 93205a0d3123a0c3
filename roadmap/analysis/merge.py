"""Merging two versions of a progress file field by field, given what both came from.

Works on parsed TOML, so that unknown keys and tables are merged as well as known ones. A side that did not
change something yields to the one that did. Where both changed the same thing differently, a rule decides,
and the decision is told:

- ``state``: further along wins (done, then learning, then skipped, then todo), and its date comes with it;
- ``on``: of two dates for the same state, the earlier one;
- ``note``: both are kept, lines that they share once;
- ``links``, ``built``, ``evaluated``, ``explained``: united; what one side took out stays out;
- ``hours_per_week`` and ``schema``: the larger; ``role``: the first by the alphabet;
- anything else: both stay, one under its own name and the other as ``name-other``;
- taken away on one side and changed on the other: the change stays.

Nothing depends on which side is called ours: exchanging the two changes the names in the decisions only.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from roadmap.model.progress import RANK, WORDS
from roadmap.model.track import PROOFS

Table = dict[str, Any]
Path = tuple[str, ...]

LISTS = ("links", *PROOFS)
"""The fields that hold one text or a list of texts."""

MARK = ("state", "on")
"""A state and its date, which are merged as one."""

MOST_LINES = 2000
"""Notes of more lines are put together without looking at what each side changed; comparing takes long."""

_RECORD_DEPTHS = (2, 3)  # the tables of milestones and of items: only there a field means what it says
_ABSENT = object()


class Decision(NamedTuple):
    """What a rule decided where both sides had changed the same field, and why.

    ``address`` is empty for the keys at the top of the file, ``field`` is ``table`` when a whole table was
    taken away on one side. The values are parsed TOML, None where there is none.
    """

    address: str
    field: str
    ours: Any
    theirs: Any
    chosen: Any
    why: str


class Merged(NamedTuple):
    """The data both sides come to, and the decisions, by address and field."""

    data: Table
    decisions: tuple[Decision, ...]


def merge(base: Table | None, ours: Table, theirs: Table) -> Merged:
    """Merge two versions of a file's data. Without ``base`` nothing counts as taken away.

    The three are left as they are; the result may share parts with them.
    """
    decisions: list[Decision] = []
    data = _table((), base, ours, theirs, decisions)
    return Merged(data or {}, tuple(sorted(decisions, key=lambda one: (one.address, one.field))))


def same(one: Any, other: Any) -> bool:
    """Compare parsed TOML exactly: True is not 1, 1 is not 1.0, and NaN is itself. Order in tables is nothing."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or (one != one and other != other)


def _table(path: Path, base: Any, ours: Any, theirs: Any, decisions: list[Decision]) -> Table | None:
    """Merge tables; None stands for one that is not there, and for a result that is not."""
    before: Table = base if _is_table(base) else {}
    one: Table = {} if ours is None else ours
    other: Table = {} if theirs is None else theirs
    names = list(dict.fromkeys([*one, *other]))
    below = [name for name in names if _is_table(one.get(name, {})) and _is_table(other.get(name, {}))]
    fields = [name for name in names if name not in below]
    mine, yours = ({name: part[name] for name in fields if name in part} for part in (one, other))
    old = {name: value for name, value in before.items() if name in fields or not _is_table(value)}
    merged = _Fields(path, old, mine, yours, {*names, *before}, decisions).merged()
    for name in below:
        found = _table((*path, name), before.get(name), one.get(name), other.get(name), decisions)
        if found is not None:
            merged[name] = found
    gone = ours is None or theirs is None
    if not merged and gone and (_is_table(base) or ours is theirs):
        return None
    return {name: merged[name] for name in names if name in merged} | merged


class _Fields:
    """What stands in one table itself, in three versions, without the tables below it."""

    def __init__(
        self, path: Path, base: Table, one: Table, other: Table, taken: set[str], decisions: list[Decision]
    ) -> None:
        self.path = path
        self.base, self.one, self.other = base, one, other
        self.taken = taken
        self.decisions = decisions
        self.record = len(path) in _RECORD_DEPTHS
        self.result: Table = {}

    def merged(self) -> Table:
        """Return the fields that both sides come to."""
        if self.base and not (self.one and self.other):  # one side took away all there was
            left = self.one or self.other
            if not left or same(left, self.base):
                return {}
            self._decide("table", self.one or None, self.other or None, left, CHANGED)
            return dict(left)
        names = list(dict.fromkeys([*self.one, *self.other]))
        if self.record and not any(_is_table(part.get(n)) for part in (self.one, self.other) for n in MARK):
            names = [name for name in names if name not in MARK]
            self._mark()
        for name in names:
            self._field(name)
        return self.result

    def _values(self, name: str) -> list[Any]:
        return [part.get(name, _ABSENT) for part in (self.base, self.one, self.other)]

    def _field(self, name: str) -> None:
        """Merge one key."""
        base, one, other = self._values(name)
        if _equal(one, other) or _equal(other, base):
            chosen = one
        elif _equal(one, base):
            chosen = other
        elif one is _ABSENT or other is _ABSENT:
            chosen = other if one is _ABSENT else one
            self._decide(name, one, other, chosen, CHANGED)
        else:
            found = None
            if self.record:
                found = _record_rule(name, base, one, other)
            elif not self.path:
                found = _top_rule(name, one, other)
            if found is None:
                self._both(name, one, other)
                return
            chosen, why = found
            if chosen is _ABSENT or not (_says(chosen, one) and _says(chosen, other)):
                self._decide(name, one, other, chosen, why)
        if chosen is not _ABSENT:
            self.result[name] = chosen

    def _mark(self) -> None:
        """Merge state and date, which belong together: a date without its state would be wrong."""
        was, mine, yours = zip(*(self._values(name) for name in MARK), strict=True)
        if _all_equal(mine, yours) or _all_equal(yours, was):
            chosen = mine
        elif _all_equal(mine, was):
            chosen = yours
        else:
            ranks = _rank(mine[0]), _rank(yours[0])
            if ranks[0] is None or ranks[1] is None or ranks[0] == ranks[1]:
                for name in MARK:
                    self._field(name)
                return
            chosen = mine if ranks[0] > ranks[1] else yours
            for name, one, other, value in zip(MARK, mine, yours, chosen, strict=True):
                if not _equal(one, other):
                    self._decide(name, one, other, value, FURTHER if name == "state" else WITH_STATE)
        self.result |= {n: value for n, value in zip(MARK, chosen, strict=True) if value is not _ABSENT}

    def _both(self, name: str, one: Any, other: Any) -> None:
        """Keep two values that no rule can weigh: one under its name, the other beside it."""
        first, second = sorted((one, other), key=_order)
        beside, number = f"{name}-other", 1
        while beside in self.taken:
            number += 1
            beside = f"{name}-other-{number}"
        self.taken.add(beside)
        self.result[name], self.result[beside] = first, second
        self._decide(name, one, other, first, f"{BOTH_STAY} {beside}")

    def _decide(self, field: str, one: Any, other: Any, chosen: Any, why: str) -> None:
        one, other, chosen = (None if value is _ABSENT else value for value in (one, other, chosen))
        self.decisions.append(Decision("/".join(self.path), field, one, other, chosen, why))


FURTHER = "further along wins"
WITH_STATE = "the date goes with the state"
EARLIER = "the earlier date"
UNITED = "both are kept"
LARGER = "the larger one"
ALPHABET = "the first by the alphabet; choose with `roadmap role`"
CHANGED = "taken away on one side, changed on the other: the change stays"
BOTH_STAY = "both stay, the other one as"
SAME_WORTH = "as far along; the first by the alphabet"


Ruled = tuple[Any, str] | None
"""What a rule chooses, and why. None where there is no rule for such values."""


def _top_rule(name: str, one: Any, other: Any) -> Ruled:
    """Choose between two values of a key at the top of the file."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if name in ("hours_per_week", "schema") and numbers:
        return max(sorted((one, other), key=_order)), LARGER
    if name == "role" and isinstance(one, str) and isinstance(other, str):
        return min(one, other), ALPHABET
    return None


def _record_rule(name: str, base: Any, one: Any, other: Any) -> Ruled:
    """Choose between two values of a field of a milestone or an item."""
    if name == "state":
        known = _rank(one) is not None and _rank(other) is not None
        return (min(one, other), SAME_WORTH) if known else None
    if name == "on":
        days = [(day, _order(value), value) for value in (one, other) if (day := _day(value))]
        return (min(days)[2], EARLIER) if len(days) == 2 else None
    if name == "note" and isinstance(one, str) and isinstance(other, str):
        return _notes(base if isinstance(base, str) else "", one, other), UNITED
    if name not in LISTS:
        return None
    old, first, second = (_texts(value) for value in (base, one, other))
    if first is None or second is None:
        return None
    united = _united(old or [], first, second)
    if len(united) == 1 and (isinstance(one, str) or isinstance(other, str)):
        return united[0], UNITED
    return united or _ABSENT, UNITED


def _notes(base: str, one: str, other: str) -> str:
    """Return one note with the lines of both: what both kept or both wrote stands once.

    A line goes when a side took it out or rewrote it; the other one's copy does not bring it back.
    """
    if not one.strip() or not other.strip():
        return max(one, other, key=lambda note: (note.strip(), note))
    old = base.split("\n") if base else []
    sides = [one.split("\n"), other.split("\n")]
    if max(len(old), *map(len, sides)) > MOST_LINES:
        old = []
    (kept, added), (kept_too, added_too) = (_changed(old, side) for side in sides)
    lines: list[str] = []
    for at in range(len(old) + 1):
        mine, yours = added.get(at, []), added_too.get(at, [])
        lines += _joined([*mine], [*yours])
        for rest, given in ((added_too, mine), (added, yours)):  # what the other one wrote further down
            _drop(rest, at, given)
        if at in kept and at in kept_too:
            lines.append(old[at])
    return "\n".join(lines)


def _changed(old: list[str], new: list[str]) -> tuple[set[int], dict[int, list[str]]]:
    """Return which old lines are still there, by number, and what was written before which of them."""
    if not old:
        return set(), {0: new}
    from difflib import SequenceMatcher

    kept: set[int] = set()
    added: dict[int, list[str]] = {}
    for what, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            kept.update(range(start, end))
        elif first < last:
            added[start] = new[first:last]
    return kept, added


def _drop(added: dict[int, list[str]], after: int, given: list[str]) -> None:
    """Take lines that stand there already out of what comes further down."""
    there = {line for line in given if line.strip()}
    for at in [at for at in added if at > after] if there else ():
        added[at] = [line for line in added[at] if line not in there]


def _joined(one: list[str], other: list[str]) -> list[str]:
    """Return the lines of both, with what they begin and end with alike once."""
    first, second = sorted((one, other))
    for short, long in ((first, second), (second, first)):
        if not short or _within(short, long):
            return long
    head = _shared(first, second)
    tail = _shared(first[head:][::-1], second[head:][::-1])
    upper, lower = (side[head : len(side) - tail] for side in (first, second))
    lower = [line for line in lower if not line.strip() or line not in upper]
    return [*first[:head], *upper, *lower, *(first[len(first) - tail :] if tail else [])]


def _within(short: list[str], long: list[str]) -> bool:
    """Tell whether some lines stand together in others."""
    starts = (at for at in range(len(long) - len(short) + 1) if long[at] == short[0])
    return any(long[at : at + len(short)] == short for at in starts)


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many lines two lists have in common at their start."""
    number = 0
    while number < min(len(one), len(other)) and one[number] == other[number]:
        number += 1
    return number


def _united(base: list[str], one: list[str], other: list[str]) -> list[str]:
    """Return the texts of both: old ones that neither took out, then the new ones."""
    kept = [text for text in base if text in one and text in other]
    first, second = sorted([text for text in side if text not in base] for side in (one, other))
    return list(dict.fromkeys([*kept, *first, *second]))


def _texts(value: Any) -> list[str] | None:
    """Return a field's texts, however they are written; None for what is not a list of texts."""
    parts = value if isinstance(value, list) else [value]
    return parts if all(isinstance(part, str) for part in parts) else None


def _rank(state: Any) -> int | None:
    """Return how far along a state is; no state is not begun, and a word nobody knows has no rank."""
    if state is _ABSENT:
        return 0
    word = WORDS.get(state.strip().lower()) if isinstance(state, str) else None
    return None if word is None else RANK[word]


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _order(value: Any) -> tuple[str, str]:
    """Return a key that orders any values the same way everywhere."""
    if isinstance(value, dict):
        return "a table", repr([(name, _order(value[name])) for name in sorted(value)])
    if isinstance(value, list):
        return "list", repr([_order(part) for part in value])
    try:
        return type(value).__name__, repr(value)
    except ValueError:  # an integer too long to print
        return "int", hex(value)


def _says(one: Any, other: Any) -> bool:
    """Tell whether two values say the same to a reader: a text, and a list of only that text."""
    parts = [value if isinstance(value, list) else [value] for value in (one, other)]
    return same(*parts)


def _equal(one: Any, other: Any) -> bool:
    return one is other or (one is not _ABSENT and other is not _ABSENT and same(one, other))


def _all_equal(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(map(_equal, one, other))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)
