"""The command palette: every action of the screen in front, and what has no key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content
from textual.style import Style

from tui.keys import NAMES
from tui.troubles import faulty, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits

    from tui.app import RoadmapApp

MATCH = Style(bold=True, underline=True)

NOT_LISTED = ("list.", "app.palette", "app.leave", "app.suspend")
"""Beginnings of the ids of bindings that are no use in a list of actions."""

CHOOSING = {
    "Compare roles": "compare",
    "Find what fits: a short quiz": "fit",
    "Read a job posting": "posting",
}
"""Actions of the roles, offered everywhere."""


class Actions(Provider):
    """Actions by name. Titles from files are shown as they are, never as markup."""

    def _all(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Yield every action: its name, a word of help, and what it does."""
        app = cast("RoadmapApp", self.app)
        seen: set[str] = set()
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if not binding.id or not binding.description or binding.id in seen:
                continue
            if binding.id.startswith(NOT_LISTED):
                continue
            seen.add(binding.id)
            name = app.signs.key(NAMES.get(key, key))

            async def act(action: str = binding.action, node: object = active.node) -> None:
                await app.run_action(action, node)  # type: ignore[arg-type]

            yield binding.description[:1].upper() + binding.description[1:], name, act
        if app.view in ("map", "roles") and "roles.compare" not in seen:
            for name, action in CHOOSING.items():
                yield name, "from the roles", partial(choosing, app, action)
        yield "Theme", "choose the colors", app.search_themes
        yield "Faults of tracks", "what is wrong with which track file, and where", lambda: faults(app)
        yield "Records without a track", "what your file says about things no track has", lambda: orphans(app)
        yield (
            "Decided while saving",
            "where somebody else changed the same, and what was kept",
            lambda: decided(app),
        )
        yield "Which file is this", "where your progress is, and why there", lambda: which(app)
        yield (
            "Picture of this screen",
            "save it as an SVG file",
            lambda: app.set_timer(0.1, app.deliver_screenshot),
        )

    async def discover(self) -> Hits:
        """Yield everything when nothing was typed."""
        for name, help_text, act in self._all():
            yield DiscoveryHit(Content(name), act, text=name, help=_plain(help_text))

    async def search(self, query: str) -> Hits:
        """Yield what matches, with the letters that match."""
        matcher = self.matcher(query)
        for name, help_text, act in self._all():
            score, offsets = matcher.fuzzy_search.match(query, name)
            if score > 0:
                shown = Content(name)
                for at in offsets:
                    shown = shown.stylize(MATCH, at, at + 1)
                yield Hit(score, shown, act, text=name, help=_plain(help_text))


def _plain(text: str) -> str:
    """Return text that Textual's markup leaves alone."""
    return Content(text).markup


def choosing(app: RoadmapApp, action: str) -> None:
    """Go to the roles, and on from there."""
    app.go("roles")
    app.call_after_refresh(lambda: app.run_action(action, app.frame))


def faults(app: RoadmapApp) -> None:
    """Show all faults of all tracks."""
    from tui.screens.reading import TextScreen

    found = in_order(app.session.workspace.faults)
    title = faulty(found) if found else "All tracks are sound"
    app.push_screen(TextScreen(title, [fault.render() for fault in found]))


def orphans(app: RoadmapApp) -> None:
    """Show the records that belong to no track."""
    from tui.screens.reading import TextScreen

    found = app.session.records.orphans
    title = "Records that no track has now; they are kept" if found else "Every record belongs to a track"
    notices = list(app.session.progress.notices)
    app.push_screen(TextScreen(title, ["\n".join(found), *notices] if found or notices else []))


def decided(app: RoadmapApp) -> None:
    """Show what saving had to decide since the program was opened."""
    from tui.screens.reading import TextScreen

    found = app.session.decided
    app.push_screen(TextScreen("Decided while saving" if found else "Nothing had to be decided", found))


def which(app: RoadmapApp) -> None:
    """Show which progress file is open."""
    from tui.screens.reading import TextScreen

    place = app.session.workspace.place
    app.push_screen(TextScreen("Your progress", [str(place.path), f"It is used because it is {place.how}."]))
