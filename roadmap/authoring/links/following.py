"""What became of one address: redirects followed, and the last answer put into one of five classes."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol
from urllib.parse import quote, urljoin, urlsplit

from roadmap.authoring.links.addresses import urldefrag_of
from roadmap.authoring.links.asking import MAX_URL, NoAnswerError

if TYPE_CHECKING:
    from datetime import datetime

    from roadmap.authoring.links.asking import Answer

State = Literal["ok", "moved", "gone", "refused", "unreachable"]

STATES: tuple[State, ...] = ("gone", "unreachable", "refused", "moved", "ok")
"""The classes, what needs somebody most first."""

MAX_REDIRECTS = 5
MAX_WAIT = 60.0
"""The most seconds that a server may ask to be left alone before it is asked once more."""

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_USUAL_WAIT = 5.0


class Server(Protocol):
    """Whom ``look`` asks: politely, one request at a time for each host."""

    def ask(self, method: str, url: str) -> Answer:
        """Return an answer, or raise NoAnswerError."""

    def back_off(self, url: str, seconds: float) -> None:
        """Leave the host of an address alone that long."""

    def now(self) -> datetime:
        """Return the time, with its zone."""


class Finding(NamedTuple):
    """What became of one address.

    ``status`` is the last one, None without an answer. ``final`` is where redirects ended; ``moved_to`` the new
    address if the server says that the move is for good. ``why`` says in words what is the matter.
    """

    url: str
    state: State
    status: int | None = None
    why: str = ""
    final: str = ""
    moved_to: str = ""


def look(url: str, server: Server) -> Finding:
    """Ask for an address and follow it to its end. Never raises for what a server does."""
    here, moved, seen = url, "", [url]
    permanent = True
    while True:
        try:
            answer = _answer(here, server)
            following = _location(here, answer)
        except NoAnswerError as error:
            where = f" (at {here})" if here != url else ""
            return Finding(url, "unreachable", None, error.why + where, here, moved)
        if not following:
            return _judged(url, answer, here, moved)
        permanent = permanent and answer.status in _PERMANENT
        if permanent:
            moved = following
        if following in seen:
            return Finding(url, "unreachable", answer.status, "it redirects in a circle", here, "")
        if len(seen) > MAX_REDIRECTS:
            why = f"it redirects more than {MAX_REDIRECTS} times"
            return Finding(url, "unreachable", answer.status, why, here, "")
        seen.append(following)
        here = following


def _answer(url: str, server: Server) -> Answer:
    """Ask for the head alone; where that is not welcome, for the first byte. Once more after a while if told so."""
    method = "HEAD"
    try:
        answer = server.ask(method, url)
    except NoAnswerError as error:
        if not error.silent:
            raise
        method = "GET"
        answer = server.ask(method, url)
    wait = _wait(answer, server)
    if wait is not None:
        server.back_off(url, wait)
        answer = server.ask(method, url)
    busy = answer.status == 429 or (answer.status == 503 and answer.retry_after)
    if method == "HEAD" and answer.status >= 400 and not busy:
        answer = server.ask("GET", url)
    return answer


def _wait(answer: Answer, server: Server) -> float | None:
    """Return for how many seconds a server asks to be left alone, if it does and if that is not too long."""
    if answer.status != 429 and not (answer.status == 503 and answer.retry_after):
        return None
    text = answer.retry_after.strip()
    if not text:
        return _USUAL_WAIT
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            seconds = (parsedate_to_datetime(text) - server.now()).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return _USUAL_WAIT
    return max(0.0, seconds) if seconds <= MAX_WAIT else None


def _location(here: str, answer: Answer) -> str:
    """Return where an answer redirects to; empty when it does not. Raises NoAnswerError for what is not followed."""
    if answer.status not in _REDIRECTS or not answer.location.strip():
        return ""
    text = answer.location.strip()
    try:
        # Servers write bytes; what is not ASCII is taken for UTF-8, as browsers do, and escaped.
        raw = text.encode("latin-1", "replace") if not text.isascii() else text.encode()
        url = urldefrag_of(urljoin(here, quote(raw, safe="%/:=&?#~+!$,;'@()*[]|")))
        parts = urlsplit(url)
    except ValueError:
        raise NoAnswerError("it redirects to what is not a web address") from None
    if parts.scheme not in ("http", "https"):
        raise NoAnswerError("it redirects to what is neither http nor https")
    if len(url) > MAX_URL:
        raise NoAnswerError(f"it redirects to an address of more than {MAX_URL} characters")
    return url if parts.path else parts._replace(path="/").geturl()


def _judged(url: str, answer: Answer, final: str, moved: str) -> Finding:
    status = answer.status
    words = f"{status} {_phrase(status)}".strip()
    if 200 <= status < 300 or status == 416:  # 416: there is something, but not a first byte
        if not moved:
            return Finding(url, "ok", status, "", final, "")
        why = "it leads to the front page now: what was meant is probably gone" if _front(url, moved) else ""
        return Finding(url, "moved", status, why, final, moved)
    if status in (404, 410):
        return Finding(url, "gone", status, words, final, moved)
    if status in (429, 503) and answer.retry_after.strip():
        words += ", and asks to be left alone for a while"
    return Finding(url, "refused" if 400 <= status < 500 else "unreachable", status, words, final, moved)


def _front(url: str, moved: str) -> bool:
    was, now = urlsplit(url), urlsplit(moved)
    return now.path.strip("/") == "" and not now.query and was.path.strip("/") != ""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
