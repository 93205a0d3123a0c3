"""Many addresses: one request at a time for each host, hosts side by side, and stopping."""

from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.authoring.links import visiting
from roadmap.authoring.links.addresses import WebAddress
from roadmap.authoring.links.visiting import THREAD, Manners, visit

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE = 0.1


def addresses(*urls: str) -> list[WebAddress]:
    return [WebAddress(url, ()) for url in urls]


def test_one_host_is_asked_one_thing_at_a_time_with_pauses(site: Any) -> None:
    site.pages |= {"/0": (301, {"Location": "/1"}), "/1": (200, {}), "/2": (405, {}), "/3": (200, {})}
    found = list(visit(addresses(*(site.url(f"/{n}") for n in range(4))), Manners(PAUSE, local=True)))
    assert [one.state for one in found] == ["moved", "ok", "refused", "ok"]
    assert len(site.asked) == 6
    assert site.most_at_once == 1
    # Redirects and second tries wait as well. A pause begins when the answer is there, so it is never shorter.
    gaps = [after.at - before.at for before, after in itertools.pairwise(site.asked)]
    assert min(gaps) >= PAUSE


def test_hosts_are_asked_side_by_side(site: Any) -> None:
    both = threading.Barrier(2)

    def meet(_method: str) -> tuple[int, dict[str, str]]:
        both.wait(timeout=20)
        return 200, {}

    site.pages["/"] = meet
    two = addresses(site.url(), site.url(host="localhost"))
    assert {one.state for one in visit(two, Manners(0.0, hosts=2, local=True))} == {"ok"}


def test_as_many_hosts_as_allowed(site: Any) -> None:
    site.pages["/"] = (200, {})
    two = addresses(site.url(), site.url(host="localhost"))
    assert len(list(visit(two, Manners(0.0, hosts=1, local=True)))) == 2
    assert site.most_at_once == 1


def test_who_stops_listening_stops_the_asking(site: Any) -> None:
    site.pages |= {f"/{n}": (200, {}) for n in range(50)}
    going = visit(addresses(*(site.url(f"/{n}") for n in range(50))), Manners(5.0, local=True))
    assert next(going).state == "ok"
    going.close()
    deadline = time.monotonic() + 20
    while any(one.name == THREAD for one in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [one.name for one in threading.enumerate() if one.name == THREAD] == []
    assert len(site.asked) == 1


def test_a_fault_of_the_program_is_told_instead_of_waited_for(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(visiting, "look", broken)
    with pytest.raises(ZeroDivisionError):
        list(visit(addresses(site.url()), Manners(local=True)))


def test_nothing_to_do() -> None:
    assert list(visit([], Manners())) == []


@pytest.mark.parametrize("url", ["", "http://[", "nothing"])
def test_addresses_without_a_host_do_not_stop_the_others(
    site: Any, url: str, looked: Callable[..., Any]
) -> None:
    site.pages["/"] = (200, {})
    found = {one.url: one.state for one in visit(addresses(url, site.url()), Manners(0.0, local=True))}
    assert found == {url: "unreachable", site.url(): "ok"}
