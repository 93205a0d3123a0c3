"""Looking at many addresses without being a burden: one request at a time for each host, with pauses between."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from roadmap.authoring.links.addresses import host_of
from roadmap.authoring.links.asking import Asker
from roadmap.authoring.links.following import Finding, look

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from roadmap.authoring.links.addresses import WebAddress
    from roadmap.authoring.links.asking import Answer

THREAD = "roadmap-track-links"
"""The name of the threads that ask. They end soon after the round does."""

_LOOK_UP = 0.2
"""Seconds between two looks of the waiting thread at whether somebody pressed ctrl+c, where that needs looking."""


class Manners(NamedTuple):
    """How to behave. Seconds between two requests to one host, and for one whole answer; hosts at once."""

    pause: float = 1.0
    timeout: float = 15.0
    hosts: int = 4
    local: bool = False


class StoppedError(Exception):
    """Nobody waits for the answer any more."""


class Visit:
    """One round over all addresses. What servers are asked goes through here, redirects to other hosts as well."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._asker = Asker(manners.timeout, local=manners.local)
        self._stop = threading.Event()
        self._guard = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}

    def stop(self) -> None:
        """Ask for nothing more; threads that wait give up."""
        self._stop.set()

    def now(self) -> datetime:
        """Return the time, for what servers say about it."""
        return datetime.now(UTC)

    def ask(self, method: str, url: str) -> Answer:
        """Ask when it is this host's turn. Raises NoAnswerError, or StoppedError."""
        with self._turn(host_of(url)):
            return self._asker.ask(method, url)

    def back_off(self, url: str, seconds: float) -> None:
        """Leave a host alone for so many seconds."""
        host = host_of(url)
        with self._guard:
            self._free_at[host] = max(self._free_at.get(host, 0.0), time.monotonic() + seconds)

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._guard:
            turn = self._turns.setdefault(host, threading.Lock())
        with turn:
            while (left := self._free_at.get(host, 0.0) - time.monotonic()) > 0:
                if self._stop.wait(left):
                    break
            if self._stop.is_set():
                raise StoppedError
            try:
                yield
            finally:
                with self._guard:
                    free = time.monotonic() + self.manners.pause
                    self._free_at[host] = max(self._free_at.get(host, 0.0), free)


def visit(addresses: Sequence[WebAddress], manners: Manners) -> Generator[Finding, None, None]:
    """Look at every address and yield what became of it, in the order of the answers.

    Whoever stops listening (ctrl+c, or closing the generator) stops it: nothing more is asked for.
    """
    by_host: dict[str, list[WebAddress]] = {}
    for one in addresses:
        by_host.setdefault(one.host, []).append(one)
    waiting: queue.SimpleQueue[list[WebAddress]] = queue.SimpleQueue()
    # The host with the most addresses first: it decides when all is done.
    for group in sorted(by_host.values(), key=len, reverse=True):
        waiting.put(group)
    found: queue.SimpleQueue[Finding | BaseException] = queue.SimpleQueue()
    tour = Visit(manners)

    def work() -> None:
        try:
            while True:
                for address in waiting.get_nowait():
                    found.put(look(address.url, tour))
        except (queue.Empty, StoppedError):
            pass
        except BaseException as error:  # told by the thread that waits, which would otherwise wait for good
            found.put(error)

    for _ in range(min(manners.hosts, len(by_host))):
        threading.Thread(target=work, daemon=True, name=THREAD).start()
    try:
        for _ in addresses:
            finding = _next(found)
            if isinstance(finding, BaseException):
                raise finding
            yield finding
    except KeyboardInterrupt:
        tour.stop()
        while not found.empty():  # what came in meanwhile was asked for, and is told
            late = found.get_nowait()
            if isinstance(late, Finding):
                yield late
        raise
    finally:
        tour.stop()


def _next(found: queue.SimpleQueue[Finding | BaseException]) -> Finding | BaseException:
    while True:
        try:
            return found.get(timeout=_LOOK_UP)  # without a timeout, ctrl+c would not be noticed everywhere
        except queue.Empty:
            continue
