"""A progress file that cannot be read at the start: what is the matter, where, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType

from roadmap.model.errors import ProgressError
from tui.screens.base import Frame
from tui.screens.first_run import tilde
from tui.session import Trouble
from tui.text import flow, wrap
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget


class ProblemScreen(Frame):
    """Say what is wrong with the file, and try again when the person has mended it."""

    CSS_PATH = "problem.tcss"
    PURPOSE = (
        "Your progress file cannot be used as it is. It is untouched, and nothing will write to it until it can "
        "be read again. Mend it in another window, then try again here."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("problem.retry", "try again"),
        ("app.help", "help"),
        ("app.quit", "quit"),
    )
    SETTLE: ClassVar[tuple[str, str]] = ("app.retry", "settle the conflict")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("r,enter", "again", "read it again", id="problem.retry")]

    what = getters.query_one("#what", LineList)

    @property
    def listing(self) -> LineList:
        """The sentences."""
        return self.what

    def body(self) -> Iterator[Widget]:
        """Yield the sentences."""
        yield LineList(self._lines, id="what", signs=self.signs, cursor=False)

    def show_trouble(self) -> None:
        """Show no banner: the whole screen is about the trouble."""

    def _lines(self, width: int) -> list[Line]:
        room = min(width - 2, 78)
        trouble = self.session.trouble or Trouble("", "")
        path = self.session.workspace.place.path
        rows = [line(Part(row, "error")) for row in flow(trouble.message, room)]
        where = tilde(path) + (f", line {trouble.line}" if trouble.line else "")
        rows += [Line(), *(line(Part(row, "muted")) for row in wrap(where, room))]
        rows += [Line(), *(line(row) for row in flow(trouble.help, room))]
        safe = "The file is as it was. Mend it in another window, then try again here."
        if trouble.conflict:
            key = self.app.key_name(self, "app.retry")
            offer = f"{key} does the same here: it shows what would be decided, and writes it when you agree."
            rows += [Line(), *(line(row) for row in flow(offer, room))]
        return [*rows, Line(), *(line(Part(row, "muted")) for row in flow(safe, room))]

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys for the footer; in a conflict, the one that settles it comes first."""
        trouble = self.session.trouble
        return (self.SETTLE, *self.HINTS) if trouble and trouble.conflict else self.HINTS

    def fill(self) -> None:
        """Draw everything."""
        self.headline.say([Part("roadmap", "title")], [Part("the progress file cannot be used", "muted")])
        self.what.show()

    async def action_again(self) -> None:
        """Read the file again; go on when it is well."""
        session = self.session
        try:
            await session.reopen()
        except ProgressError as error:
            session.trouble = Trouble.of(error, closed=True)
            self.fill()
            self.say("still the same" if str(error) == str(self.app.start_trouble) else "not yet", "error")
            return
        session.trouble = None
        if not session.workspace.snapshot.exists:
            self.app.go("first")
        else:
            self.app.go("map" if session.role else "roles")
