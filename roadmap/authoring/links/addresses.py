"""The web addresses that tracks name: each once, with every place it is used in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urlsplit

from roadmap.authoring.drafts import address_of, drafts_of
from roadmap.loading.clean import clean
from roadmap.loading.outline import item_ids, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from roadmap.loading.diagnostics import Fault
    from roadmap.loading.sources import Source


class Use(NamedTuple):
    """One place that names an address. ``line`` counts from 1. ``address`` and ``title`` are the resource's."""

    file: str
    line: int
    address: str
    title: str


class WebAddress(NamedTuple):
    """One address, without the fragment, which is never sent, and every place it is used in."""

    url: str
    uses: tuple[Use, ...]

    @property
    def host(self) -> str:
        """The name of its host; empty when it names none."""
        return host_of(self.url)


def gather(sources: Iterable[Source]) -> tuple[list[WebAddress], list[Fault]]:
    """Return the addresses of all resources in the order of the files, and the faults of files that say nothing.

    A file with other faults is used all the same: an address in it can be looked at.
    """
    found: dict[str, list[Use]] = {}
    drafts, faults = drafts_of(sources)
    for draft in drafts:
        for stage in draft.outline.stages:
            whole = address_of(draft, stage)
            for entry, id in zip(stage.entries, item_ids(stage.entries), strict=True):
                url = urldefrag_of(words(entry.data, "url")) if entry.kind == "resource" else ""
                if url:
                    line, _column = draft.spans.place(draft.spans.find((*entry.path, "url")).start)
                    use = Use(draft.file, line, clean(f"{whole}/{id}"), clean(words(entry.data, "title")))
                    found.setdefault(url, []).append(use)
    return [WebAddress(url, tuple(uses)) for url, uses in found.items()], faults


def urldefrag_of(url: str) -> str:
    """Return an address without its fragment; one that cannot be taken apart as it is."""
    try:
        return urldefrag(url).url
    except ValueError:
        return url


def host_of(url: str) -> str:
    """Return the host that an address names, in lower case, or an empty text."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def on_host(address: WebAddress, hosts: Iterable[str]) -> bool:
    """Tell whether an address is on one of the hosts, or on a host under one of them."""
    names = [name.lower().strip(".") for name in hosts]
    return any(address.host == name or address.host.endswith(f".{name}") for name in names)
