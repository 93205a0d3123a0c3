"""A list of lines: one widget that draws everything a screen says, and moves a cursor through it.

A screen of this program has hundreds of lines and no need for hundreds of widgets. Lines are built as plain
values for a given width, and only those in view become strips.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tui.inks import ink, resolve
from tui.messages import Opened, SignClicked
from tui.signs import UNICODE, Signs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.geometry import Offset


class Part(NamedTuple):
    """A run of text that looks the same throughout. ``lit`` puts it on the cursor's background."""

    text: str
    ink: str = "text"
    lit: bool = False


class Line(NamedTuple):
    """One line. ``key`` names the thing it belongs to, if it can be selected.

    ``head`` is the line that bears the cursor, as opposed to those that open beneath it. ``sign`` is the column
    range of a sign that can be clicked to mark the thing. ``prose`` is running text, which is selected by the
    mark in its margin alone.
    """

    parts: tuple[Part, ...] = ()
    key: str = ""
    head: bool = True
    sign: tuple[int, int] = (0, 0)
    prose: bool = False


def line(
    *parts: Part | str, key: str = "", head: bool = True, sign: tuple[int, int] = (0, 0), prose: bool = False
) -> Line:
    """Make a line of parts; a plain text is a part in ordinary ink."""
    return Line(tuple(Part(one) if isinstance(one, str) else one for one in parts), key, head, sign, prose)


def width_of(parts: Sequence[Part]) -> int:
    """Return how many cells some parts take."""
    return sum(cell_len(part.text) for part in parts)


def spread(left: Sequence[Part], right: Sequence[Part], width: int) -> tuple[Part, ...]:
    """Put parts at both ends of a line."""
    gap = max(1, width - width_of(left) - width_of(right))
    return (*left, Part(" " * gap), *right)


class LineList(ScrollView, can_focus=False, inherit_bindings=False):
    """Lines, and a cursor on those that have a key. ``build`` makes the lines for a width in cells.

    With ``opening`` the lines depend on which thing is selected, and are built anew when that changes. Keys
    are bound by the screens, which know what else they mean there.
    """

    ALLOW_SELECT = False

    def __init__(
        self,
        build: Callable[[int], list[Line]],
        *,
        id: str | None = None,
        signs: Signs = UNICODE,
        measure: int = 0,
        cursor: bool = True,
        opening: bool = False,
    ) -> None:
        super().__init__(id=id)
        self.build = build
        self.signs = signs
        self.measure = measure
        self.with_cursor = cursor
        self.opening = opening
        self.lines: list[Line] = []
        self.keys: list[str] = []
        self.key = ""
        self._heads: dict[str, int] = {}
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._inks: dict[tuple[str, bool], Style] = {}
        self._built_for = 0
        self._wanted = False
        self.when_drawn: Callable[[], object] = lambda: None
        # called at once rather than posted as a message, so that list and detail share one frame
        self.when_selected: Callable[[], object] = lambda: None

    # what is shown

    def show(self, key: str | None = None, *, keep: bool = True) -> None:
        """Build the lines anew; the cursor stays on its thing, or goes to ``key`` if that is there."""
        width = self._width()
        if width < 1:
            self.key = key if key is not None else self.key
            self._wanted = True
            return
        old_at, old = self._heads.get(self.key, 0), self.key
        offset = old_at - round(self.scroll_offset.y)
        if key is not None:
            self.key = key
        self._built_for = width
        self.lines = self.build(width)
        self._index()
        if self.key not in self._heads and self.keys:
            self.key = next((one for one in self.keys if one == old), "") or self._nearest(old_at)
        self._strips.clear()
        self._resize(len(self.lines))
        if keep and self.key == old and self.key in self._heads and old_at:
            top = self._heads[self.key] - offset
            self.scroll_to(y=max(0, top), animate=False, force=True, immediate=True)
        self.refresh()
        self.reveal()
        if self.key != old:
            self.when_selected()

    def _index(self) -> None:
        self._heads = {}
        for at, one in enumerate(self.lines):
            if one.key and one.head:
                self._heads.setdefault(one.key, at)
        self.keys = list(self._heads)

    def _nearest(self, at: int) -> str:
        return min(self.keys, key=lambda key: abs(self._heads[key] - at))

    def _width(self) -> int:
        room = self.scrollable_content_region.width
        return min(room, self.measure) if self.measure else room

    def on_resize(self) -> None:
        """Build the lines for the new width, once they were asked for at all."""
        if self._wanted or (self._built_for and self._width() != self._built_for):
            self._wanted = False
            self.show()
            self.when_drawn()
        self.reveal()

    def notify_style_update(self) -> None:
        """Forget styles when the theme changes."""
        super().notify_style_update()
        self._inks.clear()
        self._strips.clear()

    def ink(self, name: str, cursor: bool = False) -> Style:
        """Return the style of an ink, on the cursor's background if asked."""
        found = self._inks.get((name, cursor))
        if found is None:
            background = self.background_colors[1]
            if cursor:
                background = resolve(self.app.theme_variables["cursor"], background)
            found = self._inks[name, cursor] = ink(name, self.app.theme_variables, background)
        return found

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        at = round(self.scroll_offset.y) + y
        width = self.scrollable_content_region.width
        if at >= len(self.lines):
            return Strip.blank(width, self.ink("text"))
        one = self.lines[at]
        lit = self.with_cursor and bool(one.key) and one.key == self.key
        strip = self._strips.get((at, lit))
        if strip is None:
            strip = self._strips[at, lit] = self._draw(one, lit, width)
        return strip

    def _draw(self, one: Line, lit: bool, width: int) -> Strip:
        on = lit and one.head and not one.prose
        segments = [Segment(part.text, self.ink(part.ink, on or part.lit)) for part in one.parts]
        if self.with_cursor:
            bar = self.signs.cursor if lit else " "
            segments.insert(0, Segment(bar, self.ink("accent" if on or one.prose else "line", on)))
        strip = Strip(segments)
        return strip.adjust_cell_length(width, self.ink("text", on))

    # moving

    def reveal(self) -> None:
        """Scroll so that the selected thing is in view, with what opened beneath it if that fits."""
        if self.key not in self._heads or not self.with_cursor:
            return
        first = self._heads[self.key]
        last = first
        while (
            last + 1 < len(self.lines)
            and self.lines[last + 1].key == self.key
            and not self.lines[last + 1].head
        ):
            last += 1
        if first == self._heads[self.keys[0]]:
            first = 0
        elif self.keys and self.key == self.keys[-1]:
            last = len(self.lines) - 1
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if last - first >= height:
            last = first + height - 1
        if first < top:
            self.scroll_to(y=first, animate=False, force=True, immediate=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True, immediate=True)

    def select(self, key: str) -> None:
        """Put the cursor on a thing."""
        if key not in self._heads or key == self.key:
            self.reveal()
            return
        old, self.key = self.key, key
        if self.opening:
            self._rebuild()
        else:
            self._redraw(old)
            self._redraw(key)
        self.reveal()
        self.when_selected()

    def _rebuild(self) -> None:
        self.lines = self.build(self._built_for or self._width())
        self._index()
        self._strips.clear()
        self._resize(len(self.lines))
        self.refresh()

    def _resize(self, rows: int) -> None:
        """Tell the scroll bar how many lines there are.

        Setting ``virtual_size`` lays the whole screen out anew, which takes several times longer than drawing it.
        A list whose height does not follow its content needs only its scroll bar brought up to date.
        """
        size = Size(self.size.width - self.scrollbar_size_vertical, rows)
        height = self.styles.height
        if size == self.virtual_size:
            return
        if height is None or height.is_auto or not self._built_for:
            self.virtual_size = size
        else:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _redraw(self, key: str) -> None:
        at = self._heads.get(key)
        while at is not None and at < len(self.lines) and self.lines[at].key == key:
            self.refresh(Region(0, at - round(self.scroll_offset.y), self.size.width, 1))
            at += 1

    def step(self, by: int) -> None:
        """Move the cursor by some things, up or down; without a cursor, scroll by lines."""
        if not self.keys or not self.with_cursor:
            self.scroll_relative(y=by, animate=False)
            return
        at = self.keys.index(self.key) if self.key in self.keys else 0
        if by > 0 and at == len(self.keys) - 1 and self.max_scroll_y > self.scroll_offset.y:
            self.scroll_relative(y=by, animate=False)
            return
        self.select(self.keys[min(max(at + by, 0), len(self.keys) - 1)])

    def page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        height = max(1, self.scrollable_content_region.height - 2)
        if not self.keys or not self.with_cursor:
            self.scroll_relative(y=pages * height, animate=False)
            return
        goal = self._heads.get(self.key, 0) + pages * height
        self.select(self._nearest(goal))

    def edge(self, last: bool) -> None:
        """Move the cursor to the first or the last thing."""
        if not self.keys or not self.with_cursor:
            self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)
            return
        self.select(self.keys[-1 if last else 0])
        self.reveal()

    # the mouse

    def key_at(self, place: Offset) -> str:
        """Return the key of what stands at a place of the view, or nothing."""
        at = round(self.scroll_offset.y) + place.y
        return self.lines[at].key if 0 <= at < len(self.lines) else ""

    def on_click(self, event: events.Click) -> None:
        """Select what is clicked; open it when it is selected already; mark it by its sign."""
        place = event.get_content_offset(self)
        if place is None or not self.with_cursor:
            return
        key = self.key_at(place)
        if not key:
            return
        event.stop()
        one = self.lines[round(self.scroll_offset.y) + place.y]
        start, end = one.sign
        was = self.key
        self.select(key)
        if start <= place.x < end and one.head:
            self.post_message(SignClicked(key, self.id or ""))
        elif was == key or event.chain == 2:
            self.post_message(Opened(key, self.id or ""))


class ClickList(LineList):
    """A list of answers, where one click answers as long as ``at_once`` holds."""

    at_once = True

    def on_click(self, event: events.Click) -> None:
        """Select what is clicked, and open it at once."""
        if not self.at_once:
            return
        place = event.get_content_offset(self)
        key = self.key_at(place) if place is not None else ""
        event.prevent_default()
        if key:
            event.stop()
            self.select(key)
            self.post_message(Opened(key, self.id or ""))
