"""One question to one server: a connection, a request, and the head of the answer. The body is never read.

Written on sockets, since only then everything a server can do has a bound: the whole answer has one deadline,
its head one size, and the machine that is asked is the very one whose address was looked at.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from roadmap import __version__
from roadmap.loading.clean import clean

AGENT = f"role-roadmap/{__version__} (roadmap track links; looks whether the links of a learning track still work)"
"""What the program calls itself."""

MAX_HEAD = 64_000
"""The most bytes of an answer that are read."""

MAX_URL = 2000
"""Characters of the longest address that is asked for, escapes included."""

_INTERIM = 5
_MACHINES = 3
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
_PATH = "%/:=&?~+!$,;'@()*[]|"
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: |\r|\n)")


class NoAnswerError(Exception):
    """There was no answer. ``why`` says so in words; ``silent`` when the server hung up without a word."""

    def __init__(self, why: str, *, silent: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.silent = silent


class Answer(NamedTuple):
    """The head of an answer: its status, and two headers as the server wrote them."""

    status: int
    location: str = ""
    retry_after: str = ""


class Target(NamedTuple):
    """An address taken apart, with everything in it safe to send."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host as the request names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def target_of(url: str) -> Target:
    """Take an address apart. Raises NoAnswerError for one that is not asked for at all."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NoAnswerError("this is not a web address") from None
    if parts.scheme not in ("http", "https"):
        raise NoAnswerError("only http and https addresses are asked for")
    if parts.username is not None:
        raise NoAnswerError("the address holds a user name, which hides its host")
    if not host.isascii():
        try:
            host = host.encode("idna").decode().lower()
        except UnicodeError:
            raise NoAnswerError("the address names no host") from None
    if not (_HOST.fullmatch(host) or _ip(host)):
        raise NoAnswerError("the address names no host")
    path = quote(parts.path or "/", safe=_PATH) + (
        f"?{quote(parts.query, safe=_PATH)}" if parts.query else ""
    )
    if len(path) > MAX_URL:
        raise NoAnswerError(f"the address is longer than {MAX_URL} characters")
    secure = parts.scheme == "https"
    return Target(secure, host, (443 if secure else 80) if port is None else port, path)


class Asker:
    """Asks servers. ``timeout`` seconds are for one whole answer. ``local``: machines of local networks too."""

    def __init__(self, timeout: float, *, local: bool = False) -> None:
        self.timeout = timeout
        self.local = local
        self._tls = ssl.create_default_context()

    def ask(self, method: str, url: str) -> Answer:
        """Send one request, ``HEAD`` or ``GET``, and return the head of the answer. Raises NoAnswerError."""
        target = target_of(url)
        deadline = time.monotonic() + self.timeout
        try:
            with self._connected(target, deadline) as connection:
                connection.settimeout(_left(deadline))
                connection.sendall(_request(method, target))
                return _head(connection, deadline)
        except TimeoutError:
            raise NoAnswerError(f"no answer within {self.timeout:g} seconds") from None
        except ssl.SSLCertVerificationError as error:
            raise NoAnswerError(f"its certificate is not valid: {_said(error.verify_message)}") from None
        except ssl.SSLError as error:
            raise NoAnswerError(f"no secure connection: {_said(error.reason)}") from None
        except (ConnectionResetError, BrokenPipeError):
            raise NoAnswerError("the server hung up without an answer", silent=True) from None
        except OSError as error:
            raise NoAnswerError(f"no connection: {_said(error.strerror)}") from None

    def _connected(self, target: Target, deadline: float) -> socket.socket:
        machines = self._machines(target)
        for index, (family, address) in enumerate(machines):
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(_left(deadline))
                connection.connect(address)
                if target.secure:
                    return self._tls.wrap_socket(connection, server_hostname=target.host)
            except OSError as error:
                connection.close()
                if isinstance(error, ssl.SSLError) or index == len(machines) - 1:
                    raise
            else:
                return connection
        raise NoAnswerError(f"the name {target.host} is not known")

    def _machines(self, target: Target) -> list[tuple[int, tuple[str, int]]]:
        """Return the machines behind a name. Raises NoAnswerError when one of them is in a local network."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NoAnswerError(f"the name {target.host} is not known") from None
        for _family, _type, _protocol, _name, address in found:
            if not self.local and not _is_public(str(address[0])):
                raise NoAnswerError("the address is in a local network; --allow-local asks there as well")
        return [(family, address) for family, *_more, address in found[:_MACHINES]]  # type: ignore[misc]


def _request(method: str, target: Target) -> bytes:
    lines = [
        f"{method} {target.path} HTTP/1.1",
        f"Host: {target.named}",
        f"User-Agent: {AGENT}",
        "Accept: */*",
    ]
    if method == "GET":
        lines.append("Range: bytes=0-0")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("ascii")


def _head(connection: socket.socket, deadline: float) -> Answer:
    """Read the head of an answer, past interim ones such as early hints."""
    data = b""
    for _ in range(_INTERIM):
        while not (end := re.search(rb"\r?\n\r?\n", data)):
            if len(data) >= MAX_HEAD:
                raise NoAnswerError(f"the head of its answer is longer than {MAX_HEAD:,} bytes")
            connection.settimeout(_left(deadline))
            more = connection.recv(4096)
            if not more:
                raise NoAnswerError("the server hung up without an answer", silent=True)
            data += more
        status = _STATUS.match(data)
        if not status:
            raise NoAnswerError("the server does not speak HTTP")
        if not status[1].startswith(b"1"):
            return _parsed(int(status[1]), data[: end.end()])
        data = data[end.end() :]
    raise NoAnswerError("the server never comes to its answer")


def _parsed(status: int, head: bytes) -> Answer:
    try:
        headers = http.client.parse_headers(io.BytesIO(head.partition(b"\n")[2]))
    except http.client.HTTPException:  # too many, or a line that is too long
        return Answer(status)
    return Answer(status, str(headers.get("Location") or ""), str(headers.get("Retry-After") or ""))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _is_public(text: str) -> bool:
    address = _ip(text)
    if address is None:
        return False
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(inner.is_global and not inner.is_multicast and not inner.is_reserved)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _said(words: object) -> str:
    """Return what a library says of an error, short and on one line."""
    return " ".join(clean(str(words or "no reason given")).split())[:120].lower().replace("_", " ")
