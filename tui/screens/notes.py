"""Notes, links and pages: what a person adds to a thing, the same on every screen that shows one."""

from __future__ import annotations

import os
from typing import ClassVar, NoReturn

from textual.binding import Binding, BindingType

from roadmap.analysis import marks
from roadmap.loading.clean import clean
from roadmap.model.catalog import title_of
from tui.screens.base import Frame
from tui.views.common import host_of


class Noting(Frame):
    """A screen on which the selected thing can be given a note and links, and its page opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "note", "edit your note", id="notes.edit"),
        Binding("plus", "link", "add a link of your own", id="notes.link"),
        Binding("minus", "unlink", "take your last link away", id="notes.unlink"),
    ]

    @property
    def note_on(self) -> str:
        """The address that notes and links go to."""
        raise NotImplementedError

    async def action_note(self) -> None:
        """Edit the note in the person's editor; the file is saved first."""
        if not self.app.may_edit:
            return
        from textual.app import SuspendNotSupported

        from tui.editor import edit_text, editor_command

        address = self.note_on
        before = self.session.records.entry(address).note
        if (command := editor_command()) is None:
            self.app.say("no editor found: set $EDITOR", "error")
            return
        await self.app.save()
        try:
            with self.app.suspend():
                after, ended_by = edit_text(before, command)
                if ended_by:  # perhaps the terminal is gone; what was written must not go with it
                    self._leave(address, before, after, ended_by)
        except SuspendNotSupported:
            self.app.say("an editor cannot be opened in this terminal", "error")
            return
        except OSError as error:
            self.app.say(f"the editor did not start: {error.strerror or error}", "error")
            return
        if after is None:
            self.app.say("the editor ended with an error; the note is as it was", "error")
        elif clean(after).strip() == before.strip():
            self.app.say("the note is as it was")
        else:
            self.app.mark(marks.note(self.session.catalog, self.session.progress, address, clean(after)))

    def _leave(self, address: str, before: str, after: str | None, number: int) -> NoReturn:
        """Save the note and leave as the signal asks, without touching a terminal that may be gone."""
        session = self.session
        if after is not None and clean(after).strip() != before.strip():
            session.mark(marks.note(session.catalog, session.progress, address, clean(after)))
        session.save_now()
        os._exit(128 + number)

    def action_link(self) -> None:
        """Ask for a link and add it."""
        if not self.app.may_mark:
            return
        from tui.screens.ask import AskScreen

        address = self.note_on

        def answered(url: str | None) -> None:
            if url:
                session = self.session
                self.app.mark(marks.link(session.catalog, session.progress, address, url))

        title = title_of(self.session.catalog.things[address])
        self.app.push_screen(AskScreen("A link of your own", title, "https://"), answered)

    def action_unlink(self) -> None:
        """Take the last of the person's own links away."""
        links = self.session.records.entry(self.note_on).links
        if not links:
            self.app.say("there is no link of yours here")
            return
        session = self.session
        self.app.mark(marks.link(session.catalog, session.progress, self.note_on, links[-1], remove=True))

    def open_web(self, url: str, kind: str = "line") -> None:
        """Open an address in the browser if it is a web address, and say which host that is."""
        if not url:
            self.app.say(f"this {kind} has no page to open")
        elif host := host_of(url):
            self.app.open_url(url)
            self.app.say(f"opening {host} in your browser", "text")
        else:
            self.app.say("not opened: only http and https addresses are", "warning")
