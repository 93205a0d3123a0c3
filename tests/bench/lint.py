"""How long linting a clean track takes, as a ratio to parsing its text, both in this process after start-up.

Run by hand: ``uv run python tests/bench/lint.py``. Prints best-of ratios. Target: at most 3 for a clean 200 kB
track. The same for all bundled tracks together, and for the span index that only a fault makes necessary.
"""

import gc
import re
import time
from pathlib import Path

import tomli

from roadmap.lint.files import Library, find_files, read_files
from roadmap.lint.run import lint
from roadmap.loading.sources import Source, bundled
from roadmap.loading.spans import SpanIndex

_BORROWED = re.compile(
    r"^after = .*\n|^\[\[milestones\.skills\]\]\nref = .*\n(?:optional = .*\n)?", re.MULTILINE
)

ROUNDS = 30
SIZE = 200_000


def best(*actions) -> list[float]:
    """Return the least seconds of each action; they take turns, so that a busy machine slows them alike."""
    least = [float("inf")] * len(actions)
    gc.disable()  # as the command itself does
    for _ in range(ROUNDS):
        for index, action in enumerate(actions):
            gc.collect()
            start = time.process_time()
            action()
            least[index] = min(least[index], time.process_time() - start)
    return least


def large_track() -> Source:
    """Put milestones of the bundled tracks together to a clean track of about 200 kB."""
    head, text = 'title = "Large"\n', ""
    for path in find_files([bundled()]):
        body = path.read_text(encoding="utf-8")
        first = body.index("[[milestones]]")
        tail = min(
            (at for mark in ("\n[[signals]]", "\n[quiz") if (at := body.find(mark, first)) > 0),
            default=len(body),
        )
        for part in body[first:tail].split("[[milestones]]\n")[1:]:
            if len(text) < SIZE:
                text += "[[milestones]]\n" + _BORROWED.sub("", part)
    return Source("large", "large.toml", head + text)


def report(name: str, sources: list[Source], library: Library) -> None:
    texts = [source.text for source in sources]
    found = lint(sources, library)
    parse, all_rules, spans = best(
        lambda: [tomli.loads(text) for text in texts],
        lambda: lint(sources, library),
        lambda: [SpanIndex(text) for text in texts],
    )
    size = sum(len(text.encode()) for text in texts) / 1000
    print(f"{name}: {size:.0f} kB, {len(found.faults)} faults; parsing {parse * 1000:.1f} ms")
    for fault in found.faults:
        print(f"  {fault.brief()}")
    print(f"  lint / parsing   {all_rules / parse:.2f}   (target: at most 3)")
    print(f"  spans / parsing  {spans / parse:.2f}   (only when there is a fault)")


def main() -> None:
    library = Library([Path(bundled())])
    bundled_sources = read_files(find_files([bundled()]))
    report("one clean track", [large_track()], library)
    report("all bundled tracks", bundled_sources, library)


if __name__ == "__main__":
    main()
