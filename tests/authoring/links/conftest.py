"""Real servers on this machine: one that answers as a test says, and one that sends whatever bytes it likes."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from roadmap.authoring.links.following import look
from roadmap.authoring.links.visiting import Manners, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from roadmap.authoring.links.following import Finding


class Asked(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


class Site:
    """A web site. ``pages`` maps a path to ``(status, headers)``, to a list of those, one for each visit, or to
    what returns one when it is given the method. What is not there is 404.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.guard = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                site.answer(self)

            do_GET = do_HEAD  # noqa: N815

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self.guard:
            self.asked.append(
                Asked(handler.command, handler.path, dict(handler.headers.items()), time.monotonic())
            )
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        page = self.pages.get(handler.path, (404, {}))
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        status, headers = page(handler.command) if callable(page) else page
        with self.guard:
            self.at_once -= 1  # before the answer: once it is sent, the next request may come at any time
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    @property
    def said(self) -> list[str]:
        """The requests so far, as ``METHOD /path``."""
        return [f"{one.method} {one.path}" for one in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Start a server that does anything it likes with each connection; return its address."""
    listening: list[socket.socket] = []

    def start(behave: Callable[[socket.socket], None]) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def one(connection: socket.socket) -> None:
            try:
                with connection:
                    connection.recv(4096)
                    behave(connection)
            except OSError:
                pass  # the client had enough

        def serve() -> None:
            while True:
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{server.getsockname()[1]}/page"

    yield start
    for server in listening:
        server.close()


@pytest.fixture
def looked() -> Callable[..., Finding]:
    """Look at an address of this machine, without a pause unless told."""

    def run(url: str, *, pause: float = 0.0, timeout: float = 20.0, local: bool = True) -> Finding:
        return look(url, Visit(Manners(pause, timeout, 1, local)))

    return run
