"""Beginning to follow a role, from whichever screen it was chosen on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.analysis import marks
from roadmap.analysis.path import path_of
from roadmap.model.errors import ProgressError
from tui.text import count, hours

if TYPE_CHECKING:
    from tui.app import RoadmapApp


async def follow(app: RoadmapApp, role: str) -> None:
    """Follow a role, and show its map; at the first run, this creates the progress file."""
    session = app.session
    if role not in session.catalog.tracks or not app.may_mark:
        return
    path = path_of(session.catalog, role)
    whole = f"{count(len(path.milestones), 'milestone')}, {hours(path.hours)}"
    title = session.catalog.tracks[role].title
    if not session.workspace.snapshot.exists:
        try:
            await session.create(role, app.hours_per_week)
        except ProgressError as error:
            app.say(str(error), "error")
            return
        app.go("map")
        place = session.workspace.place.path.name
        app.call_after_refresh(app.say, f"{place} created for {title}: {whole}", "done")
        return
    if session.progress.role != role:
        app.mark(marks.choose_role(session.catalog, session.progress, role))
    app.go("map")
    app.call_after_refresh(app.say, f"you follow {title}: {whole}", "text")


def ask_to_follow(app: RoadmapApp, role: str) -> None:
    """Say what following a role means, and follow it when the person says so."""
    from tui.screens.follow import FollowScreen

    async def answered(yes: bool | None) -> None:
        if yes:
            await follow(app, role)

    if role in app.session.catalog.tracks and app.may_mark:
        app.push_screen(FollowScreen(role), answered)
