"""What becomes of one address: classes, redirects, second tries, and what is never asked for."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest

from roadmap import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def to(location: str, status: int = 301) -> tuple[int, dict[str, str]]:
    return status, {"Location": location}


def test_one_request_is_enough_and_says_who_asks(site: Any, looked: Callable[..., Any]) -> None:
    site.pages["/a?b=%C3%A4"] = (200, {"Set-Cookie": "x=1"})
    found = looked(site.url("/a?b=ä"))
    assert (found.state, found.status, found.why, found.moved_to) == ("ok", 200, "", "")
    assert site.said == ["HEAD /a?b=%C3%A4"]
    headers = site.asked[0].headers
    assert headers.pop("User-Agent").startswith(f"role-roadmap/{__version__} (")
    assert headers == {"Host": f"127.0.0.1:{site.port}", "Accept": "*/*", "Connection": "close"}


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501])
def test_where_head_is_refused_one_byte_is_asked_for(
    site: Any, looked: Callable[..., Any], status: int
) -> None:
    site.pages["/"] = lambda method: (status if method == "HEAD" else 206, {})
    assert looked(site.url()).state == "ok"
    assert site.said == ["HEAD /", "GET /"]
    assert site.asked[1].headers["Range"] == "bytes=0-0"


def test_a_server_that_hangs_up_on_head_is_asked_again(raw: Any, looked: Callable[..., Any]) -> None:
    calls: list[int] = []

    def behave(connection: socket.socket) -> None:
        calls.append(1)
        if len(calls) == 2:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    assert looked(raw(behave)).state == "ok"
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "ok"), (204, "ok"), (206, "ok"), (416, "ok"), (404, "gone"), (410, "gone"), (401, "refused"),
     (403, "refused"), (451, "refused"), (418, "refused"), (999, "unreachable"), (500, "unreachable"),
     (502, "unreachable"), (300, "unreachable"), (304, "unreachable")],
)  # fmt: skip
def test_the_classes(site: Any, looked: Callable[..., Any], status: int, state: str) -> None:
    site.pages["/"] = (status, {})
    found = looked(site.url())
    assert (found.state, found.status) == (state, status)
    assert found.why == "" if state == "ok" else found.why.startswith(str(status))


def test_a_move_for_good_is_told_with_the_new_address(site: Any, looked: Callable[..., Any]) -> None:
    site.pages |= {"/old": to("/new#part"), "/new": (200, {})}
    found = looked(site.url("/old"))
    assert (found.state, found.moved_to, found.final) == ("moved", site.url("/new"), site.url("/new"))
    assert site.said == ["HEAD /old", "HEAD /new"]


@pytest.mark.parametrize(
    ("first", "second", "state", "moved"),
    [(301, 308, "moved", "/c"), (308, 302, "moved", "/b"), (302, 301, "ok", ""), (307, 303, "ok", "")],
)
def test_only_what_is_for_good_counts(
    site: Any, looked: Callable[..., Any], first: int, second: int, state: str, moved: str
) -> None:
    site.pages |= {"/a": to("/b", first), "/b": to(site.url("/c"), second), "/c": (200, {})}
    found = looked(site.url("/a"))
    assert (found.state, found.final) == (state, site.url("/c"))
    assert found.moved_to == (site.url(moved) if moved else "")


def test_a_move_to_nothing_is_gone(site: Any, looked: Callable[..., Any]) -> None:
    site.pages["/old"] = to("/new")
    found = looked(site.url("/old"))
    assert (found.state, found.final) == ("gone", site.url("/new"))


def test_a_move_to_the_front_page_is_told(site: Any, looked: Callable[..., Any]) -> None:
    site.pages |= {"/post/7": to("/"), "/": (200, {})}
    found = looked(site.url("/post/7"))
    assert found.state == "moved"
    assert "front page" in found.why


def test_five_redirects_are_followed_and_no_sixth(site: Any, looked: Callable[..., Any]) -> None:
    site.pages |= {f"/{n}": to(f"/{n + 1}", 302) for n in range(9)}
    site.pages["/5"] = (200, {})
    assert looked(site.url("/0")).state == "ok"
    del site.asked[:]
    site.pages["/5"] = to("/6", 302)
    found = looked(site.url("/0"))
    assert (found.state, found.why) == ("unreachable", "it redirects more than 5 times")
    assert len(site.asked) == 6


@pytest.mark.parametrize("location", ["/a", "/b", "/b#part", "http://127.0.0.1:{port}/a"])
def test_a_circle_ends(site: Any, looked: Callable[..., Any], location: str) -> None:
    site.pages |= {"/a": to("/b"), "/b": to(location.format(port=site.port))}
    found = looked(site.url("/a"))
    assert (found.state, found.why, found.moved_to) == ("unreachable", "it redirects in a circle", "")
    assert site.said == ["HEAD /a", "HEAD /b"]


def test_a_redirect_that_names_nothing_is_no_answer(site: Any, looked: Callable[..., Any]) -> None:
    site.pages["/"] = to(" ")
    assert looked(site.url()).state == "unreachable"


@pytest.mark.parametrize(
    "location",
    ["ftp://127.0.0.1/x", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "gopher://x/",
     "http://", "http://[::1", "http://user:secret@127.0.0.1/", "//", "http://a b/", "http://127.0.0.1:99999/",
     "http://x.example/" + "y" * 2100],
)  # fmt: skip
def test_redirects_to_anything_else_are_not_followed(
    site: Any, looked: Callable[..., Any], location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = to(location)
    monkeypatch.setattr(socket, "getaddrinfo", only_numbers(socket.getaddrinfo))
    found = looked(site.url())
    assert found.state == "unreachable"
    assert found.why
    assert site.said == ["HEAD /"]


def only_numbers(real: Callable[..., Any]) -> Callable[..., Any]:
    """Look up the address of this machine, and fail for any name: a test must not ask a name server."""

    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        if host != "127.0.0.1":
            raise AssertionError(f"{host} was looked up")
        return real(host, *arguments, **options)

    return look_up


def test_a_hostile_location_is_escaped(raw: Any, looked: Callable[..., Any]) -> None:
    calls: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        calls.append(b"")
        if len(calls) == 1:
            connection.sendall(b"HTTP/1.1 301 M\r\nLocation: /\x1b[2J\xc3\xa4\xff x\r\nX: y\r\n\r\n")
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    url = raw(behave)
    found = looked(url)
    assert found.moved_to == url.replace("/page", "/%1B[2J%C3%A4%FF%20x")


def test_a_server_that_asks_for_patience_gets_it_once(site: Any, looked: Callable[..., Any]) -> None:
    site.pages["/"] = [(429, {"Retry-After": "1"}), (200, {})]
    assert looked(site.url()).state == "ok"
    first, second = site.asked
    assert second.at - first.at >= 1
    site.pages["/"] = (429, {"Retry-After": "0"})
    del site.asked[:]
    found = looked(site.url())
    assert (found.state, site.said) == ("refused", ["HEAD /", "HEAD /"])
    assert found.why == "429 Too Many Requests, and asks to be left alone for a while"


@pytest.mark.parametrize(
    "words",
    ["3600", "9" * 4000, formatdate(time.time() + 86_400 * 365 * 20, usegmt=True)],
    ids=["an hour", "a number without end", "twenty years"],  # the same in every process that collects
)
def test_a_server_that_asks_for_much_patience_is_left_alone(
    site: Any, looked: Callable[..., Any], words: str
) -> None:
    site.pages["/"] = (429, {"Retry-After": words})
    assert looked(site.url()).state == "refused"
    assert site.said == ["HEAD /"]


def test_a_date_that_has_passed_is_no_wait(site: Any, looked: Callable[..., Any]) -> None:
    site.pages["/"] = [(503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}), (200, {})]
    assert looked(site.url()).state == "ok"
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "mailto:a@example.org", "example.org", "", "http://",
     "http:///x", "http://[::1", "http://example.org:x/", "http://a@example.org/", "http://-/", "http://a..b\x00/",
     "http://" + "ä" * 80 + "/", "http://example.org/" + "x" * 2100],
)  # fmt: skip
def test_what_is_no_web_address_is_not_asked_for(
    looked: Callable[..., Any], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", only_numbers(socket.getaddrinfo))
    found = looked(url)
    assert (found.state, found.status) == ("unreachable", None)
    assert found.why


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "2130706433",
     "0x7f.1", "[::ffff:127.0.0.1]", "[fe80::1]", "100.64.0.1", "224.0.0.1", "[2002:7f00:1::]"],
)  # fmt: skip
def test_machines_of_local_networks_are_left_alone(site: Any, looked: Callable[..., Any], host: str) -> None:
    found = looked(f"http://{host}:{site.port}/", local=False)
    assert found.state == "unreachable"
    assert "local network" in found.why or "is not known" in found.why
    assert site.asked == []


def test_a_public_name_for_a_local_machine_is_seen_through(
    site: Any, looked: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **more: real("127.0.0.1", port, **more))
    assert "local network" in looked(site.url(host="public.example"), local=False).why
    assert site.asked == []
    site.pages["/"] = (200, {})
    assert looked(site.url(host="public.example")).state == "ok"


def test_a_name_nobody_knows(looked: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    found = looked("https://nowhere.example/x")
    assert (found.state, found.why) == ("unreachable", "the name nowhere.example is not known")


def test_nobody_listens(looked: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert looked(f"http://127.0.0.1:{port}/").why.startswith("no connection: ")


def test_tls_is_not_given_up(site: Any, looked: Callable[..., Any]) -> None:
    found = looked(site.url().replace("http:", "https:"))
    assert found.state == "unreachable"
    assert found.why.startswith(("no secure connection: ", "the server hung up"))
    assert site.asked == []


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("sent", "state", "why"),
    [
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + b"\r\n", "ok", ""),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9, "unreachable", "the server never comes to its answer"),
        (OK + b"X: " + b"y" * 60_000 + b"\r\n\r\n", "ok", ""),
        (OK + b"X: " + b"y" * 90_000, "unreachable", "the head of its answer is longer than 64,000 bytes"),
        (OK + b"X: y\r\n" * 5000 + b"\r\n", "ok", ""),
        (OK + b"X: y\r\n" * 20_000, "unreachable", "the head of its answer is longer than 64,000 bytes"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "unreachable", "the server does not speak HTTP"),
        (b"HTTP/1.1 OK\r\n\r\n", "unreachable", "the server does not speak HTTP"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "unreachable", "the server does not speak HTTP"),
        (b"\x00\xff\r\n\r\n", "unreachable", "the server does not speak HTTP"),
        (OK + b"no colon\r\n\r\n", "ok", ""),
        (b"HTTP/1.0 404 \x1b[2J\n\n", "gone", "404 Not Found"),
    ],
)
def test_whatever_a_server_sends(
    raw: Any, looked: Callable[..., Any], sent: bytes, state: str, why: str
) -> None:
    found = looked(raw(lambda connection: connection.sendall(sent)))
    assert (found.state, found.why) == (state, why)


def test_an_endless_body_is_not_read(raw: Any, looked: Callable[..., Any]) -> None:
    hung_up = threading.Event()

    def behave(connection: socket.socket) -> None:
        connection.sendall(OK + b"\r\n")
        try:
            while True:
                connection.sendall(b"x" * 65_536)
        except OSError:
            hung_up.set()

    assert looked(raw(behave)).state == "ok"
    assert hung_up.wait(20)


def test_a_head_that_drips_has_one_deadline(raw: Any, looked: Callable[..., Any]) -> None:
    def behave(connection: socket.socket) -> None:
        connection.sendall(OK)
        for _ in range(600):
            connection.sendall(b"X: y\r\n")
            time.sleep(0.05)

    started = time.monotonic()
    found = looked(raw(behave), timeout=0.4)
    assert found.why == "no answer within 0.4 seconds"
    assert time.monotonic() - started < 15  # and not the half minute that the dripping takes


@pytest.mark.skipif(shutil.which("openssl") is None, reason="nothing here makes a certificate")
def test_a_certificate_has_to_be_trusted_and_to_name_the_host(
    site: Any, looked: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key -out cert"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=DNS:localhost"],
        cwd=tmp_path, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    site.server.socket = tls.wrap_socket(site.server.socket, server_side=True)
    site.pages["/"] = (200, {})
    named, other = (site.url(host=host).replace("http:", "https:") for host in ("localhost", "127.0.0.1"))
    assert looked(named).why.startswith("its certificate is not valid: self")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert"))
    assert looked(named).state == "ok"
    assert looked(other).why.startswith("its certificate is not valid: ")
    assert site.said == ["HEAD /"]
