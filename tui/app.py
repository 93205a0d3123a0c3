"""The application: its screens, which of them comes first, and how it is opened and left.

Imports here are what the first frame needs; everything else is imported when it is first used, since imports
are nearly all of a start.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from roadmap.model.errors import ProgressError
from roadmap.storage.config import Config, load_config
from roadmap.storage.places import config_dir
from roadmap.storage.workspace import Workspace
from tui import signs, themes
from tui.keeping import Keeping
from tui.session import Session, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.widget import Widget

    from roadmap.authoring.preview import TrackFile
    from tui.screens.base import Frame
    from tui.widgets.lines import Part

SHEETS = ("map", "roles", "milestone", "project", "first_run", "problem", "find", "ask", "help")
"""The screens' style sheets, each beside its screen."""


def _screen(module: str, name: str) -> Callable[[], Screen[Any]]:
    """Return what makes a screen, importing it only then."""

    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"tui.screens.{module}"), name)()
        return made

    return make


def _actions() -> type[Provider]:
    from tui.palette import Actions

    return Actions


class RoadmapApp(Keeping):
    """The terminal UI over one session.

    ``hours_per_week`` is what the person answered at the first run, until the file is written.
    """

    TITLE = "roadmap"
    CSS_PATH = [  # noqa: RUF012 - all at once: a sheet read later means parsing every one again
        "app.tcss",
        *(f"screens/{name}.tcss" for name in SHEETS),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "map": _screen("map", "MapScreen"),
        "roles": _screen("roles", "RolesScreen"),
        "first": _screen("first_run", "FirstRunScreen"),
        "problem": _screen("problem", "ProblemScreen"),
    }
    DEFAULT_MODE = "start"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_actions}
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"),
        (40, "-narrow"),
        (76, "-normal"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (10, "-low"),
        (20, "-high"),
        (30, "-tall"),
    ]
    ENABLE_SELECT_AUTO_SCROLL = False
    AROUND_TEXTS: ClassVar[int] = 1
    """Rows of the screen that stay in view above and below a text too long for the terminal."""
    LOOK_EVERY: ClassVar[float] = 0.5
    """Seconds between two looks at whether the file changed on disk."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find anything", id="app.find"),
        Binding("question_mark,f1", "help", "help and keys", id="app.help"),
        Binding("u", "undo", "take the last change back", id="app.undo"),
        Binding("U", "redo", "make it again", id="app.redo"),
        Binding("r", "roles", "roles", id="app.roles"),
        Binding("m", "map", "map", id="app.map"),
        Binding("ctrl+p", "command_palette", "every action", id="app.palette", priority=True),
        Binding("ctrl+r", "retry", "try to save again", id="app.retry"),
        Binding("q", "quit", "quit, saving", id="app.quit"),
        Binding("ctrl+c,ctrl+q", "quit", "quit, saving", id="app.leave", priority=True, show=False),
        Binding("ctrl+z", "suspend_process", "suspend", id="app.suspend", show=False),
    ]

    def __init__(self, session: Session, config: Config, trouble: ProgressError | None = None) -> None:
        self.session = session
        self.config = config
        self.signs = signs.choose(config.ascii)
        self.start_trouble = trouble
        self.hours_per_week: float | None = None
        self._first = self._first_view()
        super().__init__()
        for theme in themes.OURS:
            self.register_theme(theme)
        wanted = config.theme or themes.DEFAULT
        known = wanted if wanted in self.available_themes else themes.DEFAULT
        # without the watcher, which would apply all styles a second time
        self.set_reactive(App.theme, known)
        self.stylesheet.set_variables(self.get_css_variables())
        if config.reduced_motion:
            self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables, for themes that do not set them."""
        return dict(themes.FALLBACK)

    def _first_view(self) -> str:
        if self.start_trouble is not None:
            return "problem"
        if not self.session.workspace.snapshot.exists:
            return "first"
        return "map" if self.session.role else "roles"

    def get_default_screen(self) -> Screen[Any]:
        """Return the first view. It is the default mode's, which starts quicker than a mode of its own."""
        make = self.MODES[self._first]
        assert not isinstance(make, str)
        return make()

    @property
    def view(self) -> str:
        """Which of the main views is in front: map, roles, first or problem."""
        return self._first if self.current_mode == self.DEFAULT_MODE else self.current_mode

    def on_mount(self) -> None:
        """Bind the person's keys, watch the file, and let the garbage collector work again after the first frame."""
        self.add_mode(self.DEFAULT_MODE, self.MODES[self._first])
        self.set_keymap(self.config.keys)
        self.set_interval(self.LOOK_EVERY, self._look)
        self.call_after_refresh(self._started)
        if not self.is_headless and sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.exit, None, 128 + number)

    def _started(self) -> None:
        gc.enable()
        gc.freeze()
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        for notice in self.config.notices[:1]:
            self.say(notice, "warning")

    def _remember_theme(self, _: object) -> None:
        from roadmap.storage.config import save_choice

        folder, name = config_dir(), self.theme

        def work() -> None:
            save_choice(folder, "theme", name)

        async def remember() -> None:
            try:
                await asyncio.get_running_loop().run_in_executor(None, work)
            except (OSError, ValueError) as error:
                self.say(f"the theme could not be remembered: {error}", "warning")

        self.run_worker(remember(), exclusive=True, group="theme")

    # the screens

    @property
    def room(self) -> Size:
        """The cells that a screen has for itself."""
        return self.size

    def beside(self) -> Iterable[Widget]:
        """Yield what stands beside every screen: nothing, here."""
        return ()

    def tag(self) -> Sequence[Part]:
        """Return what is said at the right end of every headline: nothing, here."""
        return ()

    def purpose(self, about: Frame) -> Sequence[str]:
        """Return what a screen is for, in paragraphs: the top of its help."""
        return (about.PURPOSE,)

    def go(self, mode: str) -> None:
        """Show one of the main views."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_mode(self.DEFAULT_MODE if mode == self._first else mode)

    def open_address(self, address: str) -> None:
        """Show a milestone; for an item, the milestone it is written in with that item selected."""
        from tui.screens.milestone import MilestoneScreen

        milestone = self.session.catalog.home(address)
        if milestone is None:
            return
        if isinstance(self.screen, MilestoneScreen):
            self.screen.visit(milestone.address, address)
            return
        if self.session.role is not None:
            self.go("map")
        self.push_screen(MilestoneScreen(milestone.address, address))

    def action_find(self) -> None:
        """Find anything by words."""
        from tui.screens.find import FindScreen

        def found(address: str | None) -> None:
            if address:
                self.open_address(address)

        self.push_screen(FindScreen(), found)

    def action_help(self) -> None:
        """Explain the screen in front."""
        from tui.screens.help import HelpScreen

        if (frame := self.frame) is not None:
            self.push_screen(HelpScreen(frame))

    def action_roles(self) -> None:
        """Show the roles."""
        if self.view in ("map", "roles"):
            self.go("roles")

    def action_map(self) -> None:
        """Show the map of the role that is followed."""
        if self.session.role is None:
            self.say("choose a role first: enter on one of them")
        elif self.view in ("map", "roles"):
            self.go("map")

    # leaving

    async def action_quit(self) -> None:
        """Save and leave; with changes that cannot be saved, ask first."""
        from tui.screens.base import Frame

        await self.session.save()
        if not self.session.unsaved:
            self.exit()
            return
        if not isinstance(self.screen, Frame) and self.screen.id == "unsaved":
            self.exit(return_code=1)
            return
        from tui.screens.unsaved import UnsavedScreen

        self.push_screen(UnsavedScreen())

    def action_suspend_process(self) -> None:
        """Save, then go to the background as other programs do."""

        async def suspend() -> None:
            await self.save()
            App.action_suspend_process(self)

        self.run_worker(suspend(), exclusive=True, group="suspend")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Return nothing: all actions come from our own provider, which shows titles as plain text."""
        del screen
        return ()


def make_app(progress: Path | None = None, tracks: Path | None = None) -> RoadmapApp:
    """Find the workspace and make the application for it; a file that cannot be read becomes its first screen."""
    session = Session(Workspace.find(progress, tracks))
    trouble: ProgressError | None = None
    try:
        session.open()
    except ProgressError as error:
        trouble = error
        session.trouble = Trouble.of(error, closed=True)
    return RoadmapApp(session, load_config(config_dir()), trouble)


def run(progress: Path | None = None, tracks: Path | None = None, preview: TrackFile | None = None) -> int:
    """Open the terminal UI and return the exit status when it is closed.

    ``progress`` and ``tracks`` are what the options of the same names were given. What was marked is saved
    however the program ends. With ``preview`` it shows that track while it is written, and saves nothing.
    """
    gc.disable()  # worth a tenth of the start; on again after the first frame
    code = 0
    try:
        if preview is not None:
            from tui.preview.app import make_preview

            app: RoadmapApp = make_preview(preview)
        else:
            app = make_app(progress, tracks)
        try:
            app.run()
            code = app.return_code or 0
        except KeyboardInterrupt:
            code = 130
        finally:
            left = app.session.unsaved
            if not app.session.save_now() and left and code == 0:
                code = 1
    finally:
        gc.enable()
    return code
