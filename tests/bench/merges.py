"""How often two laptops' progress files conflict in plain git, and whether the merge of this program settles them.

Run by hand: ``uv run python tests/bench/merges.py [MERGES]`` (default 100 for each row; git 2.38 or newer).
Each merge is a real one (`git merge-tree`) of two versions made by the program's own marks on the bundled
tracks. A text that git calls clean is compared with what the two sides meant: ``wrong`` says something else,
``invalid`` is no TOML. ``unsettled`` counts the conflicts (and the rest) that the field-wise merge could not
write as a text that says exactly what was decided, ``lost`` the comments of either side that are not in it.

The layout ``whole`` is the program's: every item has its table from the first day. ``milestones`` has only
those of the milestones then, and items get theirs when their milestone is begun, for comparison.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from roadmap.analysis import marks
from roadmap.analysis.merge import merge
from roadmap.analysis.path import items_of, order_of, outline_of, path_of
from roadmap.loading.progress_text import parse_progress, read_toml
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks
from roadmap.model.progress import State
from roadmap.storage.combine import combine
from roadmap.storage.edits import apply_edits, outline

ROLE, OTHER = "agentic-ai-engineer", "genai-developer"
CATALOG, _ = load_tracks([bundled()])
MILESTONES = list(path_of(CATALOG, ROLE).milestones)
ORDER = order_of(CATALOG, ROLE)
DAY = date(2026, 11, 1)

KINDS = {
    "different items of milestones that are begun": "items",
    "each begins another milestone": "different",
    "each begins another, next to each other": "adjacent",
    "one begins a milestone, one chooses another role": "role",
    "both begin the same milestone, no more": "same",
    "both begin the same, and mark different items": "same and marks",
    "one begins it, one writes a note on it": "begin and note",
    "overlapping edits of the same items": "overlap",
}


class Repo:
    """A repository without files on disk: commits of one file, and merges of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q")

    def git(self, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        names = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        return subprocess.run(
            ["git", *names, *words], cwd=self.folder, input=text, capture_output=True, text=True, check=False
        )

    def commit(self, text: str, parent: str | None = None) -> str:
        blob = self.git("hash-object", "-w", "--stdin", text=text).stdout.strip()
        tree = self.git("mktree", text=f"100644 blob {blob}\tprogress.toml\n").stdout.strip()
        return self.git("commit-tree", tree, "-m", "x", *(["-p", parent] if parent else [])).stdout.strip()

    def merge(self, base: str, one: str, two: str) -> tuple[bool, str]:
        start = self.commit(base)
        done = self.git("merge-tree", "--write-tree", self.commit(one, start), self.commit(two, start))
        tree = done.stdout.split("\n")[0]
        return done.returncode == 0, self.git("show", f"{tree}:progress.toml").stdout


def do(text: str, marked: marks.Marked) -> str:
    return apply_edits(text, marked.edits, ORDER)


def begin(text: str, milestone: Any) -> str:
    return do(text, marks.mark(CATALOG, parse_progress(text), [milestone.address], State.LEARNING, DAY))


def work(rng: random.Random, text: str, addresses: list[str]) -> str:
    """Do to each thing what people do, and write a comment now and then."""
    for address in addresses:
        progress = parse_progress(text)
        way = rng.random()
        if way < 0.6:
            state = rng.choice([State.DONE, State.DONE, State.LEARNING, State.SKIPPED, State.TODO])
            day = DAY + timedelta(days=rng.randrange(28))
            text = do(text, marks.mark(CATALOG, progress, [address], state, day))
        elif way < 0.85:
            text = do(text, marks.note(CATALOG, progress, address, f"note {rng.randrange(10**6)}"))
        else:
            link = f"https://example.org/{rng.randrange(10**6)}"
            text = do(text, marks.link(CATALOG, progress, address, link))
    return text


def commented(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    for place in rng.sample(range(len(lines)), 2):
        if lines[place].startswith("["):
            lines[place] = f"# {rng.randrange(10**9)}\n{lines[place]}"
    return "".join(lines)


def versions(kind: str, layout: str, rng: random.Random) -> tuple[str, str, str]:
    """Return a file and what two people made of it."""
    whole = outline_of(CATALOG, ROLE)
    base = outline(ROLE, 6, whole if layout == "whole" else [one.address for one in MILESTONES])
    begun = rng.sample(range(len(MILESTONES)), 3)
    for place in begun:
        base = begin(base, MILESTONES[place])
    items = [item for place in begun for item in items_of(MILESTONES[place])]
    base = work(rng, base, rng.sample(items, 5))
    fresh = [place for place in range(len(MILESTONES)) if place not in begun]
    many = rng.choice([1, 3, 8])
    rng.shuffle(items)
    if kind == "items":
        half = len(items) // 2
        return base, work(rng, base, items[:half][:many]), work(rng, base, items[half:][:many])
    if kind == "overlap":
        pool = items[: many + 2]
        one, two = (commented(rng, work(rng, base, rng.sample(pool, many))) for _ in range(2))
        return base, one, two
    first, second = rng.sample(fresh, 2)
    if kind == "adjacent":
        first = rng.choice([place for place in fresh if place + 1 in fresh])
        second = first + 1
    if rng.random() < 0.5:
        first, second = second, first
    if kind.startswith("same"):
        second = first
    mine, yours = items_of(MILESTONES[first]), items_of(MILESTONES[second])
    rng.shuffle(mine)
    yours = mine[len(mine) // 2 :] if first == second else rng.sample(yours, len(yours))
    mine = mine[: len(mine) // 2] if first == second else mine
    many = 0 if kind == "same" else many
    one = work(rng, begin(base, MILESTONES[first]), mine[:many])
    if kind == "begin and note":
        return (
            base,
            one,
            do(base, marks.note(CATALOG, parse_progress(base), MILESTONES[first].address, "hello")),
        )
    if kind == "role":
        return base, one, do(base, marks.choose_role(CATALOG, parse_progress(base), OTHER))
    return base, one, work(rng, begin(base, MILESTONES[second]), yours[:many])


def trial(repo: Repo, kind: str, layout: str, seed: int) -> list[str]:
    base, one, two = versions(kind, layout, random.Random(seed))
    meant = merge(*map(read_toml, (base, one, two))).data
    clean, text = repo.merge(base, one, two)
    said = ["conflict"]
    if clean:
        try:
            said = ["clean" if read_toml(text) == meant else "wrong"]
        except Exception:
            said = ["invalid"]
    try:
        combined = combine(base, one, two).text
    except Exception:
        return [*said, "unsettled"]
    if (
        parse_progress(combined) != parse_progress(combine(base, two, one).text)
        or read_toml(combined) != meant
    ):
        said.append("unsettled")
    lost = [
        line
        for line in (*one.splitlines(), *two.splitlines())
        if line.startswith("# ") and line not in combined
    ]
    return said + ["lost"] * len(lost)


def main() -> None:
    merges = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        repo = Repo(Path(folder))
        print(f"{merges} merges a row; percent of them in plain git; then the merge of this program")
        print(f"{'':50} {'layout':10} conflict  wrong  invalid  unsettled  lost comments")
        for label, kind in KINDS.items():
            for layout in ("milestones", "whole"):
                found = Counter(one for seed in range(merges) for one in trial(repo, kind, layout, seed))
                conflict, wrong, invalid = (
                    100 * found[name] / merges for name in ("conflict", "wrong", "invalid")
                )
                print(
                    f"{label:50} {layout:10} {conflict:7.0f}% {wrong:5.0f}% {invalid:7.0f}%"
                    f" {found['unsettled']:10} {found['lost']:14}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
