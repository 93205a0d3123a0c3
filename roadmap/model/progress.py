"""What a progress file says: the person's own marks, notes, links and evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from roadmap.model.track import NOTHING, PROOFS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SCHEMA = 1
"""The newest format of the progress file that this program understands."""


class State(StrEnum):
    """The mark a person gives. ``proven`` and ``locked`` are worked out, never recorded."""

    TODO = "todo"
    LEARNING = "learning"
    DONE = "done"
    SKIPPED = "skipped"


WORDS = {"todo": State.TODO, "learning": State.LEARNING, "doing": State.LEARNING, "reading": State.LEARNING,
         "done": State.DONE, "skipped": State.SKIPPED}  # fmt: skip
"""Every word the file may use for a state. A project is "doing" and a resource "reading" where a skill is "learning"."""

RANK = {State.TODO: 0, State.SKIPPED: 1, State.LEARNING: 2, State.DONE: 3}
"""How far along a state is, for choosing between two records of the same thing."""


class Entry(NamedTuple):
    """One table of the progress file: the record of a milestone, a skill, a resource or a project."""

    state: State = State.TODO
    on: date | None = None
    note: str = ""
    links: tuple[str, ...] = ()
    built: tuple[str, ...] = ()
    evaluated: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()

    def evidence(self, proof: str) -> tuple[str, ...]:
        """Return what was recorded for one proof: links or paths, in the order given."""
        return {"built": self.built, "evaluated": self.evaluated, "explained": self.explained}[proof]

    @property
    def proven(self) -> bool:
        """True when each of the three proofs has evidence."""
        return all(self.evidence(proof) for proof in PROOFS)

    @property
    def lacks(self) -> tuple[str, ...]:
        """The proofs that have no evidence yet."""
        return tuple(proof for proof in PROOFS if not self.evidence(proof))


EMPTY = Entry()


class Progress(NamedTuple):
    """Everything a progress file says that this program understands.

    ``entries`` is keyed by address as written in the file. ``notices`` tells of values that were not
    understood and therefore left alone; they stay in the file.
    """

    role: str | None = None
    hours_per_week: float | None = None
    entries: Mapping[str, Entry] = NOTHING
    notices: tuple[str, ...] = ()
    schema: int = SCHEMA

    def entry(self, address: str) -> Entry:
        """Return the record at an address, or an empty one."""
        return self.entries.get(address, EMPTY)
