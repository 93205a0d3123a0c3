"""What became of the addresses, for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.authoring.links.following import STATES
from roadmap.loading.clean import clean

if TYPE_CHECKING:
    from roadmap.authoring.links.addresses import WebAddress
    from roadmap.authoring.links.following import Finding, State

MEANINGS: dict[State, str] = {
    "gone": "Gone: the page is not there any more. Find its new place, or another page.",
    "unreachable": "Unreachable: no useful answer today. Try again on another day before you replace it.",
    "refused": "Refused: the site turns programs away, which says nothing of the page. Look yourself.",
    "moved": "Moved for good: write the new address.",
    "ok": "In order.",
}
"""What each class means, and what to do about it."""


class Report(NamedTuple):
    """What was found of which addresses. ``complete`` when all of them were looked at."""

    addresses: tuple[WebAddress, ...]
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to look at."""
        return len(self.findings) == len(self.addresses)

    @property
    def good(self) -> bool:
        """Whether no address is gone or unreachable."""
        return all(one.state not in ("gone", "unreachable") for one in self.findings)

    def of(self, state: State) -> list[tuple[Finding, WebAddress]]:
        """Return the findings of one class, in the order of the files, each with its address."""
        by_url = {one.url: one for one in self.findings}
        pairs = [(by_url[one.url], one) for one in self.addresses if one.url in by_url]
        return [(finding, address) for finding, address in pairs if finding.state == state]


def human(report: Report) -> str:
    """Write what needs somebody, by class, each address with the lines that name it; and a count at the end."""
    parts = []
    for state in STATES[:-1]:
        found = report.of(state)
        if found:
            parts.append("\n\n".join([MEANINGS[state], *(_told(*one) for one in found)]))
    if len(report.findings) > 1 and all(one.status is None for one in report.findings):
        parts.append("No server answered at all. Is this machine online, and without a proxy?")
    return "\n\n".join([*parts, summary(report)])


def summary(report: Report) -> str:
    """Say in one line how many addresses are in which class."""
    total = len(report.addresses)
    noun = "address" if total == 1 else "addresses"
    looked = (
        f"{total} {noun}" if report.complete else f"stopped after {len(report.findings)} of {total} {noun}"
    )
    counts = [f"{number} {state}" for state in reversed(STATES) if (number := len(report.of(state)))]
    return f"{looked}: {', '.join(counts)}" if counts else looked


def _told(finding: Finding, address: WebAddress) -> str:
    lines = [f"  {clean(finding.url)}"]
    if finding.state == "moved":
        lines.append(f"    now {clean(finding.moved_to)}")
    elif finding.final and finding.final != finding.url:
        lines.append(f"    which leads to {clean(finding.final)}")
    if finding.why:
        lines.append(f"    {clean(finding.why)}")
    lines += [f"    {clean(use.file)}:{use.line}  {use.address}" for use in address.uses]
    return "\n".join(line.replace("\n", " ") for line in lines)


def data(report: Report) -> dict[str, Any]:
    """Return the report for ``--json``."""
    pairs = [pair for state in STATES for pair in report.of(state)]
    return {
        "complete": report.complete,
        "total": len(report.addresses),
        "counts": {state: len(report.of(state)) for state in STATES},
        "results": [
            {
                "url": finding.url,
                "state": finding.state,
                "status": finding.status,
                "why": finding.why,
                "final": finding.final,
                "moved_to": finding.moved_to,
                "uses": [use._asdict() for use in address.uses],
            }
            for finding, address in pairs
        ],
    }
