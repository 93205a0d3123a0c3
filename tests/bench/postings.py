"""Judge the posting reader on folders of labeled postings. Run by hand: the postings are not part of the project.

    python tests/bench/postings.py FOLDER... [--part dev|held|all] [--wrong] [--brief]

Several folders are reported one by one and then together; ``--brief`` leaves the tables out. A folder holds
``<id>.txt`` files and ``labels.csv`` with the columns id, primary, second_label, ambiguous and title_misleads. On an
ambiguous posting either label is right. The parts split a folder by a hash of the id, 60 in 100 for developing signals
and the rest for judging them. Prints accuracy with its interval, precision and recall for each role, how far ``clear``
can be trusted, the confusion table, and the processor time a posting takes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import time
from collections import Counter
from pathlib import Path

from roadmap.analysis.posting.reading import Reading, read_posting, scorer_of
from roadmap.analysis.posting.scoring import NONE
from roadmap.loading.beside import read_other_work
from roadmap.loading.sources import bundled
from roadmap.loading.tracks import load_tracks

Row = dict[str, str]


def rows_of(folder: Path, part: str) -> list[Row]:
    """Return the labels of one part of a folder."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())
    cut = len(rows) * 60 // 99
    return {"all": rows, "dev": rows[:cut], "held": rows[cut:]}[part]


def right(row: Row, top: str) -> bool:
    """Tell whether an answer is one of the accepted ones."""
    return top == row["primary"] or (row["ambiguous"] == "true" and top == row["second_label"])


def interval(hits: int, total: int) -> str:
    """Write a proportion with its 95 % Wilson interval."""
    if not total:
        return "0 of 0"
    p, z = hits / total, 1.96
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return (
        f"{hits:3} of {total:3}  {p:4.0%}  (95 %: {max(0, middle - half):.0%} to {min(1, middle + half):.0%})"
    )


def report(results: list[tuple[Row, Reading]], roles: list[str], brief: bool) -> None:
    """Print the figures of a folder, or of all of them together."""
    groups = {
        "all": results,
        "unambiguous": [one for one in results if one[0]["ambiguous"] != "true"],
        "title misleads": [one for one in results if one[0]["title_misleads"] == "yes"],
        "  or partly": [one for one in results if one[0]["title_misleads"] != "no"],
        "clear": [one for one in results if one[1].clear],
        "not clear": [one for one in results if not one[1].clear],
    }
    for name, group in groups.items():
        print(f"{name:<16}{interval(sum(right(row, reading.top) for row, reading in group), len(group))}")
    debatable = [reading.clear for row, reading in results if row["ambiguous"] == "true"]
    print(f"{'not clear':<16}{interval(debatable.count(False), len(debatable))} of the ambiguous")
    scores = [_scores(results, role) for role in roles]
    if not brief:
        print(f"\n{'role':<28}precision  recall    F1")
        for role, (precision, recall, score) in zip(roles, scores, strict=True):
            print(f"{role:<28}{precision:9.2f}{recall:8.2f}{score:6.2f}")
    print(f"{'macro-F1':<28}{sum(score for _, _, score in scores) / len(scores):23.3f}")
    if brief:
        return
    table = Counter(
        (reading.top if right(row, reading.top) else row["primary"], reading.top) for row, reading in results
    )
    print("\nlabel \\ answer".ljust(29) + "".join(f"{role[:8]:>9}" for role in roles))
    for label in roles:
        print(f"{label:<28}" + "".join(f"{table[label, answer] or '.':>9}" for answer in roles))


def _scores(results: list[tuple[Row, Reading]], role: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of one role."""
    hit = sum(reading.top == role and right(row, role) for row, reading in results)
    said = sum(reading.top == role for _, reading in results)
    there = hit + sum(row["primary"] == role and not right(row, reading.top) for row, reading in results)
    return (
        hit / said if said else 0.0,
        hit / there if there else 0.0,
        2 * hit / (said + there) if hit else 0.0,
    )


def main() -> None:
    """Read the folders and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--part", choices=["dev", "held", "all"], default="all")
    parser.add_argument("--wrong", action="store_true", help="list the ids that are wrong")
    parser.add_argument("--brief", action="store_true", help="leave the tables out")
    options = parser.parse_args()
    catalog, _ = load_tracks([bundled()])
    start = time.process_time()
    scorer = scorer_of(catalog, read_other_work([bundled()]))
    compiled = time.process_time() - start
    roles = tuple(catalog.tracks)
    every: list[tuple[Row, Reading]] = []
    spent, size = 0.0, 0
    for folder in options.folders:
        rows = rows_of(folder, options.part)
        texts = [(folder / f"{row['id']}.txt").read_text(encoding="utf-8") for row in rows]
        start = time.process_time()
        results = [(row, read_posting(text, roles, scorer)) for row, text in zip(rows, texts, strict=True)]
        spent += time.process_time() - start
        size += sum(map(len, texts))
        every += results
        print(f"== {folder}")
        report(results, [*roles, NONE], options.brief)
        if options.wrong:
            for row, reading in results:
                if not right(row, reading.top):
                    share = f"{reading.shares[0][1]:.2f}"
                    print(row["id"], "label", row["primary"], "answer", reading.top, share)
        print()
    if len(options.folders) > 1:
        print("== all together")
        report(every, [*roles, NONE], options.brief)
    print(
        f"\n{1000 * compiled:.1f} ms to compile the signals, {1000 * spent / size * 10_000:.1f} ms for each 10 kB"
    )


if __name__ == "__main__":
    main()
