"""What the lists tell their screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Opened(Message):
    """A thing was opened, by click on the one selected."""

    key: str
    source: str = ""


@dataclass
class HintClicked(Message):
    """A key at the bottom was clicked: do what it does. ``word`` is what it is called there."""

    word: str


@dataclass
class SignClicked(Message):
    """The sign of a thing was clicked: mark it."""

    key: str
    source: str = ""
