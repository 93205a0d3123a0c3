"""Help for the screen in front: what it is for, its keys, its signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.keys import NAMES
from tui.screens.base import MOVES, roadmap_app
from tui.signs import MEANING, WORDS
from tui.text import flow
from tui.widgets.lines import Line, LineList, Part, line, width_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.screens.base import Frame


UNSAID = ("list.page-up", "list.page-down", "app.leave", "app.suspend")
"""Bindings that go without saying."""


class Reader(ModalScreen[None]):
    """Text to read and scroll, over the screen it is about."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,q,enter,question_mark,f1", "close", "close", id="reader.close"),
        *MOVES,
    ]

    app = getters.app(roadmap_app)

    def compose(self) -> ComposeResult:
        """Build the text."""
        with Vertical(classes="dialog"):
            yield LineList(self.lines, id="reading", cursor=False)

    def lines(self, width: int) -> list[Line]:
        """Return the text for a width."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw the text once there is a width."""
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        """Take the room of a terminal of another size."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        reading = self.query_one("#reading", LineList)
        reading.show()
        around = self.app.AROUND_TEXTS
        most = max(1, self.size.height - 2 - 2 * around)
        rows = len(reading.lines)
        # where nothing is to stay in view, no odd row or two does
        reading.styles.height = most if not around and rows > most - 4 else rows
        reading.styles.max_height = most

    def action_step(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(LineList).step(by)

    def action_page(self, pages: int) -> None:
        """Scroll by a screenful."""
        self.query_one(LineList).page(pages)

    def action_edge(self, last: bool) -> None:
        """Scroll to an end."""
        self.query_one(LineList).edge(last)

    def action_close(self) -> None:
        """Close the text."""
        self.dismiss(None)


class HelpScreen(Reader):
    """What a screen is for, its keys as they are bound now, and its signs."""

    def __init__(self, about: Frame) -> None:
        super().__init__(id="help")
        self.about = about
        self._bound = self._keys()  # now, as long as the screen is in front: some keys are off below a dialog

    def lines(self, width: int) -> list[Line]:
        """Return purpose, keys and signs."""
        signs = self.about.signs
        rows: list[Line] = []
        for text in self.app.purpose(self.about):
            rows += [*(line(row) for row in flow(text, min(width, 78))), Line()]
        rows.append(line(Part("KEYS", "heading")))
        keys = self._bound
        column = max(len(names) for names in keys.values()) + 2
        pairs = [
            (Part(names.rjust(column - 2) + "  ", "key"), Part(what, "muted")) for what, names in keys.items()
        ]
        rows += _columns(pairs, width)
        if self.about.SHOWS_SIGNS:
            rows += [Line(), line(Part("SIGNS", "heading"))]
            said = [(Part(f"{signs.state(word)}  ", word), Part(MEANING[word], "muted")) for word in WORDS]
            bar = "".join(signs.bar)
            said.append((Part(f"{bar}  ", "proven"), Part("proven, claimed, the rest", "muted")))
            rows += _columns(said, width)
        return rows

    def _keys(self) -> dict[str, str]:
        """Return what each key of the screen does, with the keys that do it."""
        found: dict[str, list[str]] = {}
        typing = self.about.focused
        for key, active in self.about.active_bindings.items():
            binding = active.binding
            name = NAMES.get(key, key)
            if typing is not None and typing.check_consume_key(key, name if len(name) == 1 else None):
                continue  # it is typed, or moves in the text
            if binding.id and binding.description and binding.id not in UNSAID:
                name = self.about.signs.key(NAMES.get(key, key))
                found.setdefault(binding.description, []).append(name)
        shown = {
            what: [names[0], *(one for one in names[1:2] if len(one) < 3)] for what, names in found.items()
        }
        return {what: " ".join(names) for what, names in shown.items()}


def _columns(pairs: list[tuple[Part, Part]], width: int) -> list[Line]:
    """Lay pairs out in two columns if they fit, reading down."""
    wide = max(width_of(pair) for pair in pairs)
    if 2 * wide + 2 > width:
        return [Line(pair) for pair in pairs]
    half = (len(pairs) + 1) // 2
    rows = []
    for at in range(half):
        first = pairs[at]
        rest = pairs[at + half] if at + half < len(pairs) else ()
        rows.append(Line((*first, Part(" " * (width // 2 - width_of(first))), *rest)))
    return rows
