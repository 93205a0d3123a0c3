"""A place to paste a job posting into, or the path of a file with one. Nothing of it is written anywhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, getters, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from roadmap.analysis.posting.coverage import coverage
from roadmap.analysis.posting.reading import read_posting
from roadmap.analysis.sentences import foreign_text
from roadmap.loading.beside import BesideError
from roadmap.loading.clean import clean
from roadmap.storage.choosing import scorer_for
from roadmap.storage.posting_file import PostingError, named_file, read_file
from tui.screens.base import Frame
from tui.text import MEASURE, flow
from tui.views.common import BLANK
from tui.widgets.lines import Line, LineList, Part, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.widget import Widget

    from roadmap.analysis.posting.coverage import Covered
    from roadmap.analysis.posting.reading import Reading
    from tui.session import Session

MOST = 60_000
"""How many characters of a posting are taken: three times the longest real one."""

LONGEST = 2_000
"""How many characters a line may have before it is broken: wrapping a longer one makes each key slow."""

CUT = f"only the first {MOST:,} characters are read; a posting has a tenth of that"


class Outcome(NamedTuple):
    """A posting that was read. ``name`` is the file it came from, if any; ``cut`` when only its beginning was read."""

    reading: Reading
    covered: tuple[Covered, ...]
    name: str
    cut: bool


def fitting(text: str) -> str:
    """Return as much of a text as is taken, cleaned, with lines short enough to be edited."""
    text = clean(text[:MOST].replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= LONGEST:
        return text
    return "\n".join(piece for one in text.split("\n") for piece in _broken(one))


def _broken(text: str) -> Iterator[str]:
    """Break a line that is far too long, at the end of a sentence or a tag if there is one."""
    while len(text) > LONGEST:
        ends = [text.rfind(end, LONGEST // 2, LONGEST) for end in (". ", ">", " ")]
        at = next((end + 1 for end in ends if end > 0), LONGEST)
        yield text[:at]
        text = text[at:].lstrip(" ")
    yield text


def read(session: Session, text: str) -> Outcome:
    """Read a posting, or the file that the text names. Raises PostingError and BesideError.

    It may take a second: call it from another thread.
    """
    path = named_file(text)
    whole = read_file(path) if path is not None else text
    if not whole.strip():
        raise PostingError("There is nothing to read yet.", "Paste a posting first.")
    catalog = session.catalog
    reading = read_posting(fitting(whole), tuple(catalog.tracks), scorer_for(session.workspace))
    if reading.language is not None:
        raise PostingError(foreign_text(reading.language), "")
    covered = coverage(catalog, session.progress, reading)
    return Outcome(reading, covered, path.name if path is not None else "", len(whole) > MOST)


class PostingArea(TextArea):
    """Where the posting is pasted."""

    class Pasted(Message):
        """Something was pasted. ``alone`` when nothing else is there; ``cut`` when it was too long."""

        def __init__(self, alone: bool, cut: bool) -> None:
            super().__init__()
            self.alone, self.cut = alone, cut

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted: no more than is read, and nothing that could steer a terminal."""
        event.stop()
        event.prevent_default()
        alone = not self.text.strip()
        result = self.replace(fitting(event.text), *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        self.post_message(self.Pasted(alone, len(event.text) > MOST))


class DecodeScreen(Frame):
    """Paste a posting here."""

    CSS_PATH = "decode.tcss"
    PURPOSE = (
        "Read a job posting: which roles it mixes, the words that say so, and what of it is not yet yours. Paste "
        "it, or type the path of a file; a file dropped on the terminal works too. Everything is worked out here, "
        "by the signals in the tracks. The text is kept in memory while the program runs, and nowhere else."
    )
    SHOWS_SIGNS = False
    HINTS: ClassVar[Sequence[tuple[str, str]]] = (
        ("decode.read", "read it"),
        ("decode.clear", "clear"),
        ("decode.help", "help"),
        ("app.back", "back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "read", "read the posting", id="decode.read"),
        Binding("ctrl+l", "clear", "clear the text", id="decode.clear"),
        Binding("f1", "app.help", "help and keys", id="decode.help"),
        Binding("escape", "back", "back to the roles", id="app.back"),
    ]

    about = getters.query_one("#about", LineList)
    area = getters.query_one("#area", PostingArea)

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._text, self._keep = text, keep
        self._notice = ""
        self._reading = self._cut = False

    @property
    def listing(self) -> LineList:
        """The sentences above the text."""
        return self.about

    def body(self) -> Iterator[Widget]:
        """Yield what to do, and the place to do it."""
        yield LineList(self._lines, id="about", signs=self.signs, cursor=False)
        yield PostingArea(
            self._text, id="area", compact=True, placeholder="the posting, or the path of a file"
        )

    def _lines(self, width: int) -> list[Line]:
        room = min(width - 2, MEASURE)
        if self._notice:
            rows = [line(" ", Part(row, "warning")) for row in flow(self._notice, room)]
        else:
            todo = "Paste a job posting, or type the path of a file that holds one."
            more = "Text, Markdown or HTML. Read on this machine, neither sent nor kept."
            rows = [line(" ", Part(row)) for row in flow(todo, room)]
            rows += [line(" ", Part(row, "muted")) for row in flow(more, room)]
        return [*rows, BLANK]

    def fill(self) -> None:
        """Draw everything."""
        left = [Part(f"{self.signs.back} ", "muted"), Part("Read a posting", "title")]
        self.headline.say(left, [Part("reading..." if self._reading else "", "muted")])
        self.about.show()
        self.about.styles.height = max(1, len(self.about.lines))
        self.area.focus()

    def on_resize(self) -> None:
        """Keep the cursor in the text: a window too small for the text takes it away."""
        self.call_after_refresh(self.fill)

    def on_screen_resume(self) -> None:
        """Be ready for another posting."""
        super().on_screen_resume()
        self.area.focus()

    def _tell(self, notice: str) -> None:
        self._notice = notice
        self.fill()

    @on(PostingArea.Changed)
    def _changed(self) -> None:
        if self._notice:
            self._tell("")

    @on(PostingArea.Pasted)
    def _pasted(self, event: PostingArea.Pasted) -> None:
        """Read what was pasted into the empty place; with something before it, more may follow."""
        self._cut = event.cut or (self._cut and not event.alone)
        if event.cut:
            self.say(CUT, "warning")
        if event.alone:
            self.action_read()

    def action_read(self) -> None:
        """Read the posting, away from the event loop."""
        self.run_worker(self._read(self.area.text), exclusive=True, group="posting")

    async def _read(self, text: str) -> None:
        self._keep(text)
        self._reading = True
        self.fill()
        session = self.session
        outcome: Outcome | None = None
        notice = ""
        try:
            outcome = await asyncio.get_running_loop().run_in_executor(None, lambda: read(session, text))
        except PostingError as error:
            notice = f"{error.message} {error.help}".strip()
        except BesideError as error:
            notice = f"The signals of other work cannot be used: {error}."
        self._reading = False
        self._tell(notice)
        if outcome is not None and self.is_current:
            from tui.screens.posting import PostingScreen

            self.app.push_screen(PostingScreen(outcome._replace(cut=outcome.cut or self._cut)))

    def action_clear(self) -> None:
        """Empty the place."""
        self.area.clear()
        self._keep("")
        self._cut = False
        self.fill()

    def action_back(self) -> None:
        """Go back to the roles; the text stays while the program runs."""
        self._keep(self.area.text)
        self.app.pop_screen()
