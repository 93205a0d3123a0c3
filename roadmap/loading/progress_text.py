"""Reading a progress file's text: what it says, and what in it was not understood.

This is on the way of every command, so it uses nothing heavier than ``tomli``. Nothing here touches the
disk, and no value a person wrote is an error: what is not understood is named in ``Progress.notices`` and
stays in the file.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isfinite
from typing import Any

import tomli

from roadmap.loading.clean import clean, clean_tree, plainly_clean, quote
from roadmap.model.address import is_id
from roadmap.model.errors import BrokenProgress, ConflictedProgress, NewerProgress, UnreadableProgress
from roadmap.model.progress import EMPTY, SCHEMA, WORDS, Entry, Progress, State
from roadmap.model.track import PROOFS

MAX_SIZE = 4_000_000
"""The largest progress file that is read: bytes on disk, characters as text."""

MAX_NOTICES = 100
"""How many notices are told one by one; the rest is counted."""

HOURS_IN_A_WEEK = 168

# Patterns for what is rarely there; they are compiled when they are needed, not by every command.
_MARKER = r"(<{7}|\|{7}|={7}|>{7})(?:[ \r\n]|\Z)"
_ISO_DATE = r"\d{4}-\d{2}-\d{2}\Z"
_SCHEMA_LINE = r"(?m)^[ \t]*[\"']?schema[\"']?[ \t]*="
_KEYS = ("state", "on", "note", "links", *PROOFS)
_ONLY = {word: EMPTY._replace(state=state) for word, state in WORDS.items()}
_TOP_KEYS = ("schema", "role", "hours_per_week")


def parse_progress(text: str) -> Progress:
    """Read the text of a progress file. An empty text is a valid progress with nothing in it.

    Raises BrokenProgress (not TOML), ConflictedProgress (conflict markers, or a table twice), NewerProgress
    (a later format) or UnreadableProgress (too large); never anything else.
    """
    try:
        return _Reader(read_toml(text), text).progress()
    except RecursionError:
        raise _too_deep() from None


def read_toml(text: str) -> dict[str, Any]:
    """Parse the text as TOML, uncleaned, and judge nothing but its form and its ``schema``.

    Raises the same errors as parse_progress.
    """
    if len(text) > MAX_SIZE:
        raise UnreadableProgress(
            f"The progress file is larger than {MAX_SIZE // 1_000_000} MB.",
            "Move what does not belong in it to another file.",
        )
    body = text.removeprefix("\ufeff")
    try:
        data = tomli.loads(body)
    except RecursionError:
        raise _too_deep() from None
    except tomli.TOMLDecodeError as error:
        raise _diagnosis(body, error) from None
    except ValueError:  # not a syntax error to tomli: an integer of thousands of digits
        raise BrokenProgress(
            "A number in the progress file is too long to be read.", "Shorten it in an editor."
        ) from None
    schema = data.get("schema")
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        place = re.search(_SCHEMA_LINE, body)
        raise NewerProgress(
            f"A newer roadmap wrote this progress file (its schema is above {SCHEMA}).",
            "Upgrade roadmap on this machine; until then the file is left as it is.",
            line=body.count("\n", 0, place.start()) + 1 if place else None,
            column=1 if place else None,
        )
    return data


def _too_deep() -> BrokenProgress:
    return BrokenProgress(
        "The progress file nests lists or tables too deeply.", "Remove the nested value in an editor."
    )


def _diagnosis(body: str, error: tomli.TOMLDecodeError) -> BrokenProgress | ConflictedProgress:
    """Say why a text does not parse: a merge is suspected before a slip of the pen."""
    from roadmap.loading.toml_lines import headers, scan

    lines = scan(body)
    for number, line in enumerate(lines, 1):
        if not line.in_string and re.match(_MARKER, line.text):
            # The side that is cut in a multi-line note begins before the first marker that stands free.
            start = next((n for n in range(number, 0, -1) if lines[n - 1].text.startswith("<<<<<<<")), number)
            return ConflictedProgress(
                f"The progress file has a merge conflict that is not resolved (line {start}).",
                "Run `roadmap resolve`: it puts both sides together field by field. Or keep what is right of "
                "both in an editor, delete the lines with <<<<<<<, ======= and >>>>>>>, and `git add` it.",
                line=start,
                column=1,
            )
    seen: dict[tuple[str, ...], int] = {}
    for header in headers(lines):
        if not header.array and header.path in seen and "twice" in error.msg:
            first, second = seen[header.path] + 1, header.place + 1
            name = clean(".".join(header.path))
            name = name if len(name) <= 80 else name[:79] + "…"
            return ConflictedProgress(
                f"A merge left two copies of [{name}], at line {first} and line {second}.",
                "Run `roadmap resolve`: it makes one of them. Or do it in an editor: move what is worth keeping "
                "into one of the two, and delete the other.",
                line=second,
                column=1,
            )
        seen.setdefault(header.path, header.place)
    reason = clean(error.msg)
    if reason == "Cannot overwrite a value":
        reason = "the same key stands twice"
    return BrokenProgress(
        f"The progress file is not valid TOML at line {error.lineno}, column {error.colno}: {reason[:200]}.",
        f"Mend line {error.lineno} in an editor; `git diff` shows what changed since the last commit.",
        line=error.lineno,
        column=error.colno,
    )


class _Reader:
    """Walks over parsed TOML and gathers what is understood, and notices about what is not."""

    def __init__(self, data: dict[str, Any], text: str) -> None:
        escapes = "\\" in text  # without them, no value holds a character that the text does not
        self.data: dict[str, Any] = data if not escapes and plainly_clean(text) else clean_tree(data)
        self.may_conflict = "<<<<<<<" in text
        self.notices: list[str] = []
        self.unheard = 0

    def progress(self) -> Progress:
        """Return everything the data says."""
        entries: dict[str, Entry] = {}
        for name, value in self.data.items():
            if isinstance(value, dict):
                self._track(name, value, entries)
            elif name not in _TOP_KEYS:
                self._unknown("", name, _TOP_KEYS)
        role, hours = self._role(), self._hours()
        schema = self.data.get("schema", SCHEMA)
        if schema != SCHEMA or isinstance(schema, bool):
            self._misread("", "schema", schema, "the number 1")
        if self.unheard:
            self.notices.append(f"{self.unheard} more values were not understood; they are left as they are")
        return Progress(role, hours, entries, tuple(self.notices))

    def _role(self) -> str | None:
        role = self.data.get("role")
        if isinstance(role, str):
            return role.strip() or None
        if role is not None and not isinstance(role, dict):
            self._misread("", "role", role, "the id of a role in quotes")
        return None

    def _hours(self) -> float | None:
        hours = self.data.get("hours_per_week")
        if isinstance(hours, dict) or hours is None:
            return None
        if isinstance(hours, int | float) and not isinstance(hours, bool) and 0 < hours <= HOURS_IN_A_WEEK:
            return float(hours)
        self._misread("", "hours_per_week", hours, f"a number above 0 and up to {HOURS_IN_A_WEEK}")
        return None

    def _track(self, track: str, table: dict[str, Any], entries: dict[str, Entry]) -> None:
        if not self._is_id(track):
            return
        for name, value in table.items():
            if not isinstance(value, dict):
                self._unknown(track, name, ())
            elif self._is_id(name, track):
                address = f"{track}/{name}"
                items = {key: item for key, item in value.items() if isinstance(item, dict)}
                if len(items) < len(value) or not value:
                    entries[address] = self._entry(address, value)
                for key, item in items.items():
                    if self._is_id(key, address):
                        entries[f"{address}/{key}"] = self._entry(f"{address}/{key}", item)
                        self._too_deep(f"{address}/{key}", item)

    def _entry(self, address: str, table: dict[str, Any]) -> Entry:
        if len(table) == 1:  # most tables: an item that waits for its turn
            state = table.get("state")
            if isinstance(state, str) and state in _ONLY:
                return _ONLY[state]
        for key, value in table.items():
            if key not in _KEYS and not isinstance(value, dict):
                self._unknown(address, key, _KEYS)
        built, evaluated, explained = (self._texts(address, proof, table) for proof in PROOFS)
        state = self._state(address, table)
        if state is None:
            state = State.LEARNING if built or evaluated or explained else State.TODO
        return Entry(
            state,
            self._date(address, table),
            self._note(address, table),
            self._texts(address, "links", table),
            built,
            evaluated,
            explained,
        )

    def _state(self, address: str, table: dict[str, Any]) -> State | None:
        value = _plain(table, "state")
        word = value.strip().lower() if isinstance(value, str) else None
        if word in WORDS:
            return WORDS[word]
        if value is not None:
            self._misread(address, "state", value, f"one of {', '.join(WORDS)}", _near(word, WORDS))
        return None

    def _date(self, address: str, table: dict[str, Any]) -> date | None:
        value = _plain(table, "on")
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str) and re.match(_ISO_DATE, value.strip()):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
        if value is None or isinstance(value, date):
            return value
        self._misread(address, "on", value, "a date such as 2026-11-24")
        return None

    def _note(self, address: str, table: dict[str, Any]) -> str:
        value = _plain(table, "note")
        if isinstance(value, str):
            if self.may_conflict and _holds_conflict(value):
                self._tell(address, "the note holds both sides of a merge conflict; keep one in an editor")
            return value
        if value is not None:
            self._misread(address, "note", value, "a text in quotes")
        return ""

    def _texts(self, address: str, key: str, table: dict[str, Any]) -> tuple[str, ...]:
        value = _plain(table, key)
        parts = value if isinstance(value, list) else [] if value is None else [value]
        if any(not isinstance(part, str) for part in parts):
            self._misread(address, key, value, "a text, or a list of texts")
        return tuple(part.strip() for part in parts if isinstance(part, str) and part.strip())

    def _too_deep(self, address: str, item: dict[str, Any]) -> None:
        for key, value in item.items():
            if isinstance(value, dict):
                self._tell(address, f"the table {quote(key)} below an item has no meaning here")

    def _is_id(self, name: str, parent: str = "") -> bool:
        if is_id(name):
            return True
        self._tell(parent, f"{quote(name)} is not an id (lower-case letters, digits and hyphens)")
        return False

    def _unknown(self, address: str, key: str, known: tuple[str, ...]) -> None:
        near = _near(key, known) if len(self.notices) < MAX_NOTICES else ""
        self._tell(address, f"the key {quote(key)} is not known here{near}")

    def _misread(self, address: str, key: str, value: Any, wanted: str, nearest: str = "") -> None:
        self._tell(address, f"{key} should be {wanted}, not {_shown(value)}{nearest}")

    def _tell(self, address: str, what: str) -> None:
        if len(self.notices) < MAX_NOTICES:
            self.notices.append(f"{address}: {what}" if address else what)
        else:
            self.unheard += 1


def _plain(table: dict[str, Any], key: str) -> Any:
    """Return a value, but nothing for a table: a milestone may have an item called "note"."""
    value = table.get(key)
    return None if isinstance(value, dict) else value


def _holds_conflict(note: str) -> bool:
    """Tell whether a note has the three markers of a merge conflict as lines, in their order."""
    wanted = iter("<=>")
    sign = next(wanted)
    for line in note.split("\n"):
        if line.startswith(sign * 7):
            sign = next(wanted, "")
            if not sign:
                return True
    return False


def _near(word: str | None, known: Any) -> str:
    """Return " (did you mean ...?)" when a word is a slip of a known one, else nothing."""
    if not word:
        return ""
    import difflib

    close = difflib.get_close_matches(word[:40], list(known), n=1, cutoff=0.7)
    return f' (did you mean "{close[0]}"?)' if close else ""


def _shown(value: Any) -> str:
    """Return a value for a message: short, clean, and safe for numbers too long to print."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "a huge number"
    if isinstance(value, float):
        return str(value) if isfinite(value) else "a number without end"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return quote(str(value))
