"""A question with one line for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from roadmap.loading.clean import clean
from tui.text import flow
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class AskScreen(ModalScreen[str | None]):
    """Ask for one line of text. The answer is cleaned; None when the person thinks better of it."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "not now", id="ask.cancel")]

    def __init__(self, title: str, about: str, value: str = "", hint: str = "") -> None:
        super().__init__(id="ask")
        self._title, self._about, self._value, self._hint = title, about, value, hint

    def compose(self) -> ComposeResult:
        """Build the question, the line for the answer, and its keys."""
        with Vertical(classes="dialog"):
            yield LineList(self._lines, id="question", cursor=False)
            yield Input(self._value, placeholder=self._hint, select_on_focus=False)
            yield LineList(self._keys, id="question-keys", cursor=False)

    def _lines(self, width: int) -> list[Line]:
        return [
            line(Part(self._title, "title")),
            *(line(Part(row, "muted")) for row in flow(self._about, width)[:5]),
            Line(),
        ]

    def _keys(self, width: int) -> list[Line]:
        del width
        return [
            Line(),
            line(
                Part("enter", "key"),
                Part(" record it   ", "muted"),
                Part("esc", "key"),
                Part(" not now", "muted"),
            ),
        ]

    def on_mount(self) -> None:
        """Draw the lines and put the cursor into the answer."""
        self.query_one(Input).focus()
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        for one in self.query(LineList):
            one.show()
            one.styles.height = len(one.lines)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = clean(event.value).strip()
        self.dismiss(None if text == self._value.strip() or not text else text)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
