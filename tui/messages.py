"""What the lists tell their screens."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Selected(Message):
    """The cursor is on another thing. ``key`` is its name in the list, ``source`` the list's id."""

    key: str
    source: str = ""

    def can_replace(self, message: Message) -> bool:
        """A newer selection makes an older one pointless."""
        return isinstance(message, Selected) and message.source == self.source


@dataclass
class Opened(Message):
    """A thing was opened, by click on the one selected."""

    key: str
    source: str = ""


@dataclass
class SignClicked(Message):
    """The sign of a thing was clicked: mark it."""

    key: str
    source: str = ""
