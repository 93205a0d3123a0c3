"""Marking things, saving what was marked, taking it back: what the application does over one session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from roadmap.model.errors import ProgressError
from tui.keys import key_of
from tui.session import SAVE_AFTER
from tui.troubles import fault_note, trouble_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from roadmap.analysis.marks import Marked
    from roadmap.storage.config import Config
    from tui.screens.base import Frame
    from tui.session import Session
    from tui.signs import Signs


class Keeping(App[None]):
    """An application over one session: it marks and saves, and tells the screen in front how that went.

    Which screens there are is its subclass's business. A subclass sets ``session``, ``config`` and ``signs``
    before it calls the constructor.
    """

    session: Session
    config: Config
    signs: Signs

    def __init__(self) -> None:
        super().__init__()
        self._save_timer: Timer | None = None
        self._looking = False

    @property
    def view(self) -> str:
        """Which of the main views is in front."""
        raise NotImplementedError

    def go(self, mode: str) -> None:
        """Show one of the main views."""
        raise NotImplementedError

    # the screen in front

    @property
    def frame(self) -> Frame | None:
        """The screen in front, or the first one below a dialog."""
        from tui.screens.base import Frame

        return next((one for one in reversed(self.screen_stack) if isinstance(one, Frame)), None)

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a message at the bottom of the screen in front."""
        if (frame := self.frame) is not None and frame.is_mounted:
            frame.say(text, tone)

    def refill(self) -> None:
        """Show the present state on the screen in front; the others catch up when they come back."""
        if (frame := self.frame) is not None and frame.is_mounted:
            frame.refill()

    def key_name(self, screen: Screen[Any], id: str) -> str:
        """Return the first key that a binding has now, as people know it."""
        return self.signs.key(key_of(id, (*type(screen).__mro__, *type(self).__mro__), self.config.keys))

    @property
    def banner_text(self) -> str:
        """What is wrong with the progress file, for the top of every screen; nothing when all is well."""
        return trouble_text(self.session, self.key_name(self.screen, "app.retry"))

    def note_text(self, screen: Screen[Any]) -> str:
        """Return the quiet line about tracks with faults, for a screen; nothing when there are none."""
        return fault_note(self.session, self.key_name(screen, "app.palette"))

    # marking and saving

    @property
    def may_mark(self) -> bool:
        """Tell whether marking is on; when it is off, say why."""
        trouble = self.session.trouble
        if trouble is not None and trouble.closed:
            self.say("marking is off until the file is mended", "error")
            return False
        return True

    @property
    def may_edit(self) -> bool:
        """Tell whether a text may be opened in the person's editor; when it may not, say why."""
        return self.may_mark

    def told(self, what: str) -> str:
        """Return what is said after a mark."""
        return f"{what} ({self.key_name(self.screen, 'app.undo')} undoes)"

    def mark(self, marked: Marked) -> bool:
        """Show a mark now, and save it soon. Returns False when it changes nothing or marking is off."""
        if not self.may_mark:
            return False
        if not self.session.mark(marked):
            self.say("nothing to change")
            return False
        self.say(self.told(marked.what), "text")
        self.refill()
        self._save_soon()
        return True

    def _save_soon(self) -> None:
        if self._save_timer is not None:
            self._save_timer.stop()
        self._save_timer = self.set_timer(SAVE_AFTER, self.save)

    async def save(self) -> None:
        """Write what waits, and tell how that went when it is worth telling."""
        if self._save_timer is not None:
            self._save_timer.stop()
            self._save_timer = None
        before = self.session.trouble
        if warnings := await self.session.save():
            more = f" (and {len(warnings) - 1} more: {self.key_name(self.screen, 'app.palette')}, decided)"
            self.say(warnings[0] + (more if len(warnings) > 1 else ""), "warning")
        if self.session.trouble != before or self.session.trouble is not None:
            self.refill()
            if before is not None and self.session.trouble is None:
                self.say("saved", "done")

    async def action_retry(self) -> None:
        """Try to save again; where a merge conflict is in the way, offer to settle it."""
        trouble = self.session.trouble
        if trouble is not None and trouble.conflict:
            from tui.screens.settle import SettleScreen

            self.push_screen(SettleScreen())
            return
        if not self.session.unsaved:
            self.say("everything is saved")
            return
        await self.save()

    async def settled(self, told: str) -> None:
        """Go on with a file whose conflict was settled just now; ``told`` says what came of it."""
        if self.view == "problem":
            await self.run_action("again", self.frame)
        else:
            await self.session.look()
            self.refill()
        self.call_after_refresh(self.say, told, "done")
        if self.session.unsaved:
            self._save_soon()

    async def action_undo(self) -> None:
        """Take the last change back."""
        await self._step(self.session.undo, "undone", "nothing to take back")

    async def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        await self._step(self.session.redo, "again", "nothing was taken back")

    async def _step(self, step: Callable[[], Any], word: str, nothing: str) -> None:
        if self.view not in ("map", "roles") or not self.may_mark:
            return
        try:
            what = await step()
        except ProgressError as error:
            self.refill()
            self.say(str(error), "error")
            return
        if self.session.role is None and self.view == "map":
            self.go("roles")
        self.refill()
        self.say(f"{word}: {what}" if what else nothing, "text")

    async def _look(self) -> None:
        """See whether somebody else changed the file. Runs every second, on the disk's thread."""
        if self._looking or self.view not in ("map", "roles"):
            return
        if not self.session.workspace.snapshot.exists:
            return
        self._looking = True
        try:
            changed = await self.session.look()
        finally:
            self._looking = False
        if changed:
            if self.session.role is None and self.view == "map" and self.session.trouble is None:
                self.go("roles")
            self.refill()
            if self.session.trouble is None:
                if self.session.unsaved:
                    self._save_soon()
                name = self.session.workspace.place.path.name
                self.say(f"{name} changed on disk; showing the new state", "text")
