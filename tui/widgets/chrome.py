"""What stands around every screen: headline, rule with the last message, keys, and the banner for trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.inks import ink
from tui.messages import HintClicked
from tui.text import clip, fit, wrap
from tui.widgets.lines import Part, spread, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.geometry import Size

    from tui.signs import Signs


class Inked(Widget):
    """A widget of a line, or a few, that are made of parts."""

    ALLOW_SELECT = False

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks: dict[str, Style] = {}

    def parts(self, width: int) -> Sequence[Part]:
        """Return the parts of the only line."""
        raise NotImplementedError

    def parts_of(self, y: int, width: int) -> Sequence[Part]:
        """Return the parts of one of several lines."""
        return () if y else self.parts(width)

    def ink(self, name: str) -> Style:
        """Return the style of an ink."""
        found = self._inks.get(name)
        if found is None:
            found = self._inks[name] = ink(name, self.app.theme_variables, self.background_colors[1])
        return found

    def notify_style_update(self) -> None:
        """Forget styles when the theme changes."""
        super().notify_style_update()
        self._inks.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        strip = Strip([Segment(part.text, self.ink(part.ink)) for part in self.parts_of(y, width)])
        return strip.adjust_cell_length(width, self.ink("text"))


class Headline(Inked):
    """Where I am, and how far: parts at the left, parts at the right, the left shortened if need be.

    ``tag`` says what stands at the right end whatever else is said.
    """

    def __init__(
        self, signs: Signs, id: str | None = None, tag: Callable[[], Sequence[Part]] = tuple
    ) -> None:
        super().__init__(id=id)
        self.signs = signs
        self.tag = tag
        self.left: tuple[Part, ...] = ()
        self.rights: tuple[tuple[Part, ...], ...] = ()

    def say(self, left: Sequence[Part], *rights: Sequence[Part]) -> None:
        """Show this from now on. Of several right sides, the longest that fits is taken."""
        self.left = tuple(left)
        self.rights = tuple(tuple(one) for one in rights)
        self.refresh()

    def parts(self, width: int) -> Sequence[Part]:
        """Return left and right, a cell in from the edges."""
        tag = tuple(self.tag())
        tag = (Part("  "), *tag) if tag and width_of(tag) + 12 < width else ()
        room = width - 2 - width_of(tag)
        needed = width_of(self.left)
        right = next((one for one in self.rights if needed + 2 + width_of(one) <= room), None)
        if right is None:
            right = min(self.rights, key=width_of, default=())
            if width_of(right) > room // 2:
                right = ()
        left = shortened(self.left, room - width_of(right) - 1, self.signs)
        return (Part(" "), *spread(left, right, room), *tag)


def shortened(parts: Sequence[Part], width: int, signs: Signs) -> tuple[Part, ...]:
    """Cut parts to a width, with a mark where they were cut."""
    if width_of(parts) <= width:
        return tuple(parts)
    kept: list[Part] = []
    room = width
    for part in parts:
        size = width_of([part])
        if size > room:
            kept.append(Part(clip(part.text, room, signs.ellipsis), part.ink))
            break
        kept.append(part)
        room -= size
    return tuple(kept)


class Rule(Inked):
    """A rule across the screen, in which the last message stands."""

    def __init__(self, signs: Signs, id: str | None = None) -> None:
        super().__init__(id=id)
        self.signs = signs
        self.text = ""
        self.tone = "muted"
        self.glows = False

    def glow(self, on: bool) -> None:
        """Let the rule shine, or no more."""
        self.glows = on
        self.refresh()

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a message in the rule; an empty one clears it."""
        self.text, self.tone = text, tone
        self.refresh()

    def parts(self, width: int) -> Sequence[Part]:
        """Return the rule, with the message near its left end."""
        rule, ink = self.signs.rule, "glow" if self.glows else "line"
        if not self.text:
            return (Part(rule * width, ink),)
        text = f" {clip(self.text, width - 6, self.signs.ellipsis)} "
        rest = width - 2 - width_of([Part(text)])
        return (Part(rule * 2, ink), Part(text, self.tone), Part(rule * max(0, rest), ink))


class KeyBar(Inked):
    """The keys that matter here, which can be clicked.

    What does not fit is left out from the end; the last two always stay.
    """

    def __init__(self, keys: Callable[[], Sequence[tuple[str, str]]], id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = keys

    def fitting(self, width: int) -> list[tuple[str, str]]:
        """Return as many keys with their words as fit."""
        keys = list(self.keys())
        room = width - 2
        while len(keys) > 2 and _length(keys) > room:
            del keys[-3]
        return keys

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which key was clicked."""
        place = event.get_content_offset(self)
        start = 1
        for key, word in self.fitting(self.size.width):
            end = start + width_of([Part(f"{key} {word}")])
            if place is not None and start <= place.x < end:
                event.stop()
                self.post_message(HintClicked(word))
            start = end + 2

    def parts(self, width: int) -> Sequence[Part]:
        """Return the keys with their words."""
        parts = [Part(" ")]
        for at, (key, word) in enumerate(self.fitting(width)):
            parts += [Part("  " if at else ""), Part(key, "key"), Part(f" {word}", "muted")]
        return parts


def _length(keys: Sequence[tuple[str, str]]) -> int:
    return sum(width_of([Part(f"{key} {word}")]) for key, word in keys) + 2 * (len(keys) - 1)


class Banner(Inked):
    """Trouble, in red, until it is over. Wraps, and takes no room when there is none."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""

    def say(self, text: str) -> None:
        """Show a trouble; an empty text hides the banner."""
        if text != self.text:
            self.text = text
            self.display = bool(text)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines the text takes."""
        del container, viewport
        return len(wrap(self.text, max(1, width - 2))) if self.text else 0

    def parts_of(self, y: int, width: int) -> Sequence[Part]:
        """Return one line of the text."""
        lines = wrap(self.text, max(1, width - 2))
        return (Part(fit(f" {lines[y]}" if y < len(lines) else "", width), "fault"),)


class Note(Inked):
    """One quiet line: shortened, never wrapped, hidden when empty."""

    def __init__(self, signs: Signs, id: str | None = None) -> None:
        super().__init__(id=id)
        self.signs = signs
        self.text = ""
        self.tone = "muted"

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a text; an empty one hides the line."""
        self.text, self.tone = text, tone
        self.display = bool(text)
        self.refresh()

    def parts(self, width: int) -> Sequence[Part]:
        """Return the text."""
        return (Part(" " + clip(self.text, width - 2, self.signs.ellipsis), self.tone),)


class TooSmall(Inked):
    """What stands on a terminal too small for anything else."""

    def parts_of(self, y: int, width: int) -> Sequence[Part]:
        """Return one line of the sentence."""
        lines = wrap(
            "A little more room, please: 40 columns and 10 rows. q quits; all is saved.", max(1, width)
        )
        return (Part(lines[y] if y < len(lines) else "", "muted"),)
