"""Which addresses are found in tracks, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.authoring.links.addresses import Use, WebAddress, gather, on_host
from roadmap.lint.files import find_files, read_files
from roadmap.loading.sources import bundled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roadmap.model.catalog import Catalog

TRACK = """title = "T"
[[milestones]]
id = "one"
title = "One"
[[milestones.resources]]
title = "A page"
url = "https://example.org/a#part"
[[milestones.resources]]
title = "Another"
url = "https://docs.example.org/b"
wrong_key = 1
"""


def test_each_address_once_with_all_its_places(write_tracks: Callable[..., Path]) -> None:
    folder = write_tracks(t=TRACK, u=TRACK.replace("#part", ""), broken="x = ")
    found, faults = gather(read_files(find_files([folder])))
    assert [fault.code for fault in faults] == ["T001"]
    assert [one.url for one in found] == ["https://example.org/a", "https://docs.example.org/b"]
    assert found[0].uses == (
        Use(str(folder / "t.toml"), 7, "t/one/a-page", "A page"),
        Use(str(folder / "u.toml"), 7, "u/one/a-page", "A page"),
    )


def test_overlays_have_addresses_too(tmp_path: Path) -> None:
    (tmp_path / "t.overlay.toml").write_text(
        '[[add]]\nto = "one"\n[[add.resources]]\ntitle = "Ours"\nurl = "https://example.org/ours"\n'
    )
    found, faults = gather(read_files(find_files([tmp_path])))
    assert faults == []
    assert found == [
        WebAddress(
            "https://example.org/ours", (Use(str(tmp_path / "t.overlay.toml"), 5, "t/one/ours", "Ours"),)
        )
    ]


def test_every_address_of_the_bundled_tracks_is_found_under_its_resource(bundle: Catalog) -> None:
    found, faults = gather(read_files(find_files([bundled()])))
    assert faults == []
    listed = {use.address: one.url for one in found for use in one.uses}
    resources = [
        one for track in bundle.tracks.values() for stage in track.milestones for one in stage.resources
    ]
    assert listed == {one.address: one.url.partition("#")[0] for one in resources}


def test_a_host_and_the_hosts_under_it() -> None:
    def on(url: str, *hosts: str) -> bool:
        return on_host(WebAddress(url, ()), hosts)

    assert on("https://example.org/x", "Example.org")
    assert on("https://docs.example.org:8000/x", "other.net", "example.org")
    assert not on("https://notexample.org/x", "example.org")
    assert not on("http://[broken", "example.org")
