"""The UI on a track that is being written: it follows each save, with the faults in a panel beside the screen.

Nothing is written to disk: marks live in memory, a theme lasts as long as the preview.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakSet

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size

import tui.app
from roadmap.storage.config import load_config
from roadmap.storage.places import config_dir
from tui.app import RoadmapApp
from tui.preview.lines import KEPT_NOWHERE, banner, clock_text, hidden_tag, keyed
from tui.preview.place import Place, place_of
from tui.preview.rehearsal import PreviewSession
from tui.screens.base import Frame
from tui.widgets.chrome import Headline
from tui.widgets.lines import Part, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.command import Provider
    from textual.screen import Screen
    from textual.widget import Widget

    from roadmap.authoring.preview import Reading, TrackFile
    from roadmap.storage.config import Config
    from tui.preview.panel import FaultPanel

HINTS = (("preview.open", "explain"), ("preview.panel", "in and out"), ("preview.faults", "hide"))
"""The keys at the foot of the panel."""


def _empty() -> Screen[Any]:
    from tui.preview.screens import EmptyScreen

    return EmptyScreen()


def _actions() -> type[Provider]:
    from tui.preview.actions import PreviewActions

    return PreviewActions


class PreviewApp(RoadmapApp):
    """The ordinary UI over a track file that somebody is writing."""

    CSS_PATH = [  # noqa: RUF012 - as in the application this one extends
        *(Path(tui.app.__file__).parent / str(sheet) for sheet in RoadmapApp.CSS_PATH),
        "preview.tcss",
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {**RoadmapApp.MODES, "empty": _empty}
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_actions}
    AROUND_TEXTS = 0
    LOOK_EVERY = 0.2
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "faults", "show or hide the faults", id="preview.faults"),
        Binding("tab", "panel", "into the faults, and back", id="preview.panel", priority=True),
        Binding("ctrl+r", "retry", "read the track again", id="app.retry"),
        Binding("q", "quit", "quit", id="app.quit"),
    ]

    session: PreviewSession

    def __init__(self, session: PreviewSession, config: Config) -> None:
        self.with_panel = True
        self._panels: WeakSet[FaultPanel] = WeakSet()
        self._waiting: Reading | None = None
        super().__init__(session, config)

    def _first_view(self) -> str:
        return "map" if self.session.role else "empty"

    def _started(self) -> None:
        super()._started()
        self.say(f"a preview of {self.session.name}: {KEPT_NOWHERE[:1].lower()}{KEPT_NOWHERE[1:-1]}", "text")

    # the panel, and the room it leaves

    @property
    def panel_place(self) -> Place:
        """Where the panel is now."""
        return self._place_on(self.size)

    def _place_on(self, size: Size) -> Place:
        return place_of(size.width, size.height, len(self.session.faults), self.with_panel)

    @property
    def room(self) -> Size:
        """The cells that a screen has for itself."""
        width, height = self.size
        place = self.panel_place
        return Size(width - place.cells, height) if place.beside else Size(width, height - place.cells)

    @property
    def HORIZONTAL_BREAKPOINTS(self) -> list[tuple[int, str]]:  # type: ignore[override]  # noqa: N802
        """The widths at which screens change, measured on what the panel leaves them."""
        return _moved(RoadmapApp.HORIZONTAL_BREAKPOINTS, self.size.width - self.room.width)

    @property
    def VERTICAL_BREAKPOINTS(self) -> list[tuple[int, str]]:  # type: ignore[override]  # noqa: N802
        """The heights at which screens change, measured on what the panel leaves them."""
        return _moved(RoadmapApp.VERTICAL_BREAKPOINTS, self.size.height - self.room.height)

    def beside(self) -> Iterable[Widget]:
        """Yield the panel of one screen."""
        from tui.preview.panel import FaultPanel

        panel = FaultPanel(self.session, self.signs)
        self._panels.add(panel)
        return (panel,)

    def tag(self) -> Sequence[Part]:
        """Return the sign that this is a preview; while the panel is hidden, with the faults it would show."""
        if self.panel_place.cells:
            return (Part("preview", "accent"),)
        key = self.key_name(self.screen, "preview.faults")
        return (Part(hidden_tag(self.session, key), "accent"),)

    def purpose(self, about: Frame) -> Sequence[str]:
        """Return what a preview is for and its keys, then what the screen is for in it."""
        from tui.preview.words import preview_text, purpose_of

        keys = [self.key_name(about, id) for id in ("preview.faults", "preview.panel")]
        shown = [self.signs.key(key) for key in keys]
        return (preview_text(self.session.name, *shown), purpose_of(about))

    def panel_keys(self) -> list[tuple[str, str]]:
        """Return the keys at the foot of the panel."""
        owners = {"preview.open": "enter"} if "preview.open" not in self.config.keys else {}
        return [
            (owners.get(id) or self.key_name(self.screen, id), word)
            for id, word in HINTS
            if self.session.faults or id == "preview.faults"
        ]

    def _mounted(self) -> list[FaultPanel]:
        """Return the panels of all screens there are, in front or behind."""
        return [one for one in self._panels if one.is_attached and one.is_mounted]

    def _arrange(self) -> None:
        """Give every panel its place and its faults; screens whose room changed are laid out anew."""
        for panel in self._mounted():
            moved = panel.fit(self.panel_place)
            panel.fill()
            if moved:
                panel.screen.post_message(events.Resize(self.size, self.size))
        if (frame := self.frame) is not None and frame.is_mounted:
            frame.headline.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Give the panels their place on a terminal of another size, before the screens learn of it."""
        for panel in self._mounted():
            panel.fit(self._place_on(event.size))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the panel's keys to dialogs while one is open."""
        if action in ("panel", "faults") and not isinstance(self.screen, Frame):
            return False
        return super().check_action(action, parameters)

    def action_faults(self) -> None:
        """Show or hide the panel."""
        self.with_panel = not self.with_panel
        self._arrange()
        if self.with_panel and not self.panel_place.cells:
            self.say("the panel needs a larger terminal: 14 rows, or 100 columns")

    def action_panel(self) -> None:
        """Move the keys into the panel, or back to the screen."""
        if not isinstance(self.screen, Frame):
            return
        from tui.preview.panel import FaultPanel

        panel = self.screen.query_one(FaultPanel)
        if panel.faults.has_focus:
            self.screen.set_focus(None)
            return
        if not self.with_panel:
            self.action_faults()
        if self.panel_place.cells:
            if self.session.faults:
                panel.faults.focus(scroll_visible=False)
            else:
                self.say("there are no faults to go to")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Give the keys back to the screen when it is clicked."""
        focused = self.screen.focused
        if isinstance(self.screen, Frame) and focused is not None and event.widget is not focused:
            self.screen.set_focus(None)

    def on_click(self, event: events.Click) -> None:
        """Show or hide the panel by a click on the sign in the headline."""
        if isinstance(event.widget, Headline) and isinstance(self.screen, Frame):
            place = event.get_content_offset(event.widget)
            if place is not None and place.x >= event.widget.size.width - 1 - width_of(self.tag()):
                self.action_faults()

    # following the file

    @property
    def banner_text(self) -> str:
        """Which save the view is of, when it is not the latest."""
        return banner(self.session)

    def note_text(self, screen: Screen[Any]) -> str:
        """Return nothing: the faults of all tracks are in the panel."""
        del screen
        return ""

    async def _look(self) -> None:
        """See whether the file was saved, on the disk's thread; show it as soon as no dialog is open."""
        await self._read()

    async def action_retry(self) -> None:
        """Read the file now, whether it changed or not."""
        await self._read(at_once=True)
        self.say(f"{self.session.name} was read again", "text")

    async def _read(self, *, at_once: bool = False) -> None:
        if self._looking:
            return
        self._looking = True
        try:
            self._waiting = await self.session.read_again(at_once=at_once) or self._waiting
        finally:
            self._looking = False
        from tui.preview.screens import FaultScreen

        if self._waiting is not None and isinstance(self.screen, Frame | FaultScreen):
            reading, self._waiting = self._waiting, None
            self._take(reading)

    def _take(self, reading: Reading) -> None:
        """Show a reading: the screen and the cursor stay where they are, if that is still there."""
        from tui.preview.screens import FaultScreen

        before = self.session.catalog
        self.session.take(reading)
        if isinstance(self.screen, FaultScreen):
            fault = keyed(self.session.faults).get(self.screen.key)
            if fault is None:
                self.pop_screen()
            else:
                self.screen.again(fault)
        if self.view == "empty" and self.session.role is not None:
            self.go("map")
            self.call_after_refresh(self._tell, reading, False)
        else:
            fewer = bool(before.things.keys() - self.session.catalog.things.keys())
            lost = reading.shown and self._drop_lost(fewer)
            self.refill()
            self._tell(reading, lost)
        self._arrange()

    def _tell(self, reading: Reading, lost: bool) -> None:
        if lost:
            self.say("what you were looking at is no longer in the track", "warning")
        else:
            self.say(f"shown as saved at {clock_text(self.session.good_at)}" if reading.shown else "", "text")

    def _drop_lost(self, fewer: bool) -> bool:
        """Close the screens that are about something the track has no more; tell whether there were any.

        With ``fewer`` something is gone. Then a screen that cannot tell whether it was about that is closed too.
        """
        stack = list(self.screen_stack)

        def lost(at: int, one: Screen[Any]) -> bool:
            if not isinstance(one, Frame):
                return False
            knows = at == 0 or type(one).follow is not Frame.follow
            return not one.follow() or (fewer and not knows)

        at = next((at for at, one in enumerate(stack) if lost(at, one)), None)
        if at is None:
            return False
        for _ in stack[at:]:
            self.pop_screen()
        return True

    # nothing is kept

    def told(self, what: str) -> str:
        """Return what is said after a mark."""
        return f"{what} (in this preview only; {self.key_name(self.screen, 'app.undo')} undoes)"

    @property
    def may_edit(self) -> bool:
        """Tell that no text is opened in an editor: that would need a file."""
        self.say("notes are not written in a preview")
        return False

    def _remember_theme(self, _: object) -> None:
        self.say(f"{self.theme} for this preview; your own choice stays as it is", "text")


def _moved(breakpoints: Sequence[tuple[int, str]] | None, by: int) -> list[tuple[int, str]]:
    return [(at + by if at else 0, name) for at, name in breakpoints or ()]


def make_preview(track: TrackFile, clock: Callable[[], datetime] = datetime.now) -> PreviewApp:
    """Read a track file for the first time and make the application for it. ``clock`` gives the local time."""
    return PreviewApp(PreviewSession(track, clock), load_config(config_dir()))
