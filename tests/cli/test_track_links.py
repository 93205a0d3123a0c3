"""`roadmap track links` against a site on this machine. No test asks anybody else."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEAD = 'title = "T"\n[[milestones]]\nid = "one"\ntitle = "One"\n'
FAST = ("--allow-local", "--pause", "0")
SHAPE = {
    "complete": bool,
    "total": int,
    "counts": {"gone": int, "unreachable": int, "refused": int, "moved": int, "ok": int},
    "results": [
        {
            "url": str, "state": str, "status": (int, None), "why": str, "final": str, "moved_to": str,
            "uses": [{"file": str, "line": int, "address": str, "title": str}],
        }
    ],
}  # fmt: skip


class Pages(BaseHTTPRequestHandler):
    """Pages by their path: ``/200/x`` answers 200, ``/301/x`` moves to ``/200/x``, ``/wait`` never answers."""

    forever = threading.Event()
    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        if self.path == "/wait":
            self.forever.wait(60)
        self.send_response_only(int(self.path[1:4]))
        if self.path.startswith("/301"):
            self.send_header("Location", self.path.replace("/301", "/200") + "\x1b[31m")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[tuple[str, list[str]]]:
    """Start the site; return its address and the list of what it is asked."""
    asked: list[str] = []
    handler = type("Own", (Pages,), {"asked": asked, "forever": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    handler.forever.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def resources(*urls: str) -> str:
    return HEAD + "".join(
        f'[[milestones.resources]]\nid = "r{n}"\ntitle = "P\\u001b[2J{n}"\nurl = "{url}"\n'
        for n, url in enumerate(urls)
    )


def test_the_report_by_class_with_lines(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    url, asked = site
    paths = ["/200/a", "/404/b", "/301/c", "/403/d", "/500/e"]
    write_tracks(
        home / "tracks", one=resources(*(url + path for path in paths)), two=resources(url + "/404/b")
    )
    answer = roadmap("track", "links", *FAST)
    assert (answer.code, answer.err) == (1, "")
    assert answer.out == (
        "Gone: the page is not there any more. Find its new place, or another page.\n\n"
        f"  {url}/404/b\n    404 Not Found\n    tracks/one.toml:12  one/one/r1\n    tracks/two.toml:8  two/one/r0\n\n"
        "Unreachable: no useful answer today. Try again on another day before you replace it.\n\n"
        f"  {url}/500/e\n    500 Internal Server Error\n    tracks/one.toml:24  one/one/r4\n\n"
        "Refused: the site turns programs away, which says nothing of the page. Look yourself.\n\n"
        f"  {url}/403/d\n    403 Forbidden\n    tracks/one.toml:20  one/one/r3\n\n"
        "Moved for good: write the new address.\n\n"
        f"  {url}/301/c\n    now {url}/200/c%1B[31m\n    tracks/one.toml:16  one/one/r2\n\n"
        "5 addresses: 1 ok, 1 moved, 1 refused, 1 unreachable, 1 gone\n"
    )
    assert asked.count("/404/b") == 2  # for its head, and then for one byte; not for each place that names it


def test_json(
    roadmap: Any,
    write_tracks: Callable[..., Path],
    home: Path,
    site: tuple[str, list[str]],
    check: Callable[..., None],
) -> None:
    url, _asked = site
    write_tracks(home / "tracks", one=resources(url + "/200/a", url + "/301/c"))
    answer = roadmap("track", "links", *FAST, "--json")
    assert (answer.code, answer.out.isascii()) == (0, True)
    found = json.loads(answer.out)
    check(found, SHAPE)
    assert (found["complete"], found["total"]) == (True, 2)
    assert [one["state"] for one in found["results"]] == ["moved", "ok"]
    assert found["results"][1]["uses"] == [
        {"file": "tracks/one.toml", "line": 8, "address": "one/one/r0", "title": "P\ufffd[2J0"}
    ]


def test_only_and_limit(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    url, asked = site
    other = url.replace("127.0.0.1", "localhost")
    write_tracks(home / "tracks", one=resources(url + "/404/a", other + "/200/b", other + "/404/c"))
    answer = roadmap("track", "links", "tracks/one.toml", *FAST, "--only", "localhost", "--limit", "1")
    assert (answer.code, answer.out) == (0, "1 address: 1 ok\n")
    assert asked == ["/200/b"]
    answer = roadmap("track", "links", *FAST, "--only", "example.org")
    assert (answer.code, answer.err.count("Error: There is no address to look at.")) == (2, 1)


def test_without_leave_nobody_in_a_local_network_is_asked(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    url, asked = site
    write_tracks(home / "tracks", one=resources(url + "/200/a"))
    answer = roadmap("track", "links", "--pause", "0")
    assert answer.code == 1
    assert "the address is in a local network; --allow-local asks there as well" in answer.out
    assert "Is this machine online" not in answer.out
    assert asked == []


def test_a_machine_that_is_offline_is_suspected(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    write_tracks(home / "tracks", one=resources("https://a.example/", "https://b.example/"))
    answer = roadmap("track", "links", "--pause", "0")
    assert answer.code == 1
    assert "the name a.example is not known" in answer.out
    assert answer.out.endswith("Is this machine online, and without a proxy?\n\n2 addresses: 2 unreachable\n")


def test_a_file_that_says_nothing_is_named_and_the_others_are_looked_at(
    roadmap: Any, write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    url, _asked = site
    write_tracks(home / "tracks", one=resources(url + "/200/a"), broken="x = ")
    answer = roadmap("track", "links", *FAST)
    assert (answer.code, answer.out) == (2, "1 address: 1 ok\n")
    assert answer.err.startswith("tracks/broken.toml:1:5: error[T001]")
    assert answer.err.endswith("1 file could not be read, and may name more addresses\n")
    answer = roadmap("track", "links", *FAST, "tracks/broken.toml")
    assert (answer.code, answer.out) == (2, "")
    assert "Error: 1 file could not be read; nothing was looked at.\n" in answer.err


def test_nothing_to_look_at(roadmap: Any, write_tracks: Callable[..., Path], home: Path) -> None:
    assert roadmap("track", "links").code == 2
    assert roadmap("track", "links", "nowhere.toml").code == 2
    write_tracks(home / "tracks", one=HEAD)
    answer = roadmap("track", "links")
    assert (answer.code, answer.out) == (2, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_tells_what_was_found_so_far(
    write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    url, asked = site
    write_tracks(home / "tracks", one=resources(url + "/404/a", url + "/wait"))
    command = [sys.executable, "-m", "roadmap", "track", "links", *FAST]
    with subprocess.Popen(
        command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ), text=True
    ) as going:
        waited = threading.Event()
        for _ in range(600):
            if "/wait" in asked or waited.wait(0.05) or going.poll() is not None:
                break
        time.sleep(0.3)  # the first finding is on its way from one thread to another
        going.send_signal(signal.SIGINT)
        out, err = going.communicate(timeout=30)
    assert (going.returncode, err) == (130, "")
    assert f"  {url}/404/a\n    404 Not Found\n" in out
    assert out.endswith("stopped after 1 of 2 addresses: 1 gone\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminal")
def test_progress_is_shown_to_a_person(
    write_tracks: Callable[..., Path], home: Path, site: tuple[str, list[str]]
) -> None:
    import pty

    url, _asked = site
    write_tracks(home / "tracks", one=resources(url + "/200/a"))
    leader, follower = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", "track", "links", *FAST],
            cwd=home, stdout=subprocess.PIPE, stderr=follower, timeout=60, check=False,
        )  # fmt: skip
        shown = os.read(leader, 4096).decode()
    finally:
        os.close(leader)
        os.close(follower)
    assert (done.returncode, done.stdout) == (0, b"1 address: 1 ok\n")
    assert "asking for 1 address on 1 host" in shown
    assert "1 of 1: 127.0.0.1" in shown


def test_help_says_that_it_goes_online_and_what_it_sends(roadmap: Any) -> None:
    text = " ".join(roadmap("track", "links", "--help").out.split())
    assert "This goes online" in text
    assert "one HEAD request" in text
    assert "The name and version of this program go with it" in text
