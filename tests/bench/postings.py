"""Judge the posting reader on a folder of labeled postings. Run by hand: the postings are not part of the project.

    python tests/bench/postings.py FOLDER [--part dev|held|all] [--wrong]

The folder holds ``<id>.txt`` files and ``labels.csv`` with the columns id, primary, second_label, ambiguous and
title_misleads. On an ambiguous posting either label is right. The parts split the folder by a hash of the id, 60 in
100 for developing signals and the rest for judging them. Prints accuracy with its interval, precision and recall for
each role, how far ``clear`` can be trusted, the confusion table, and the processor time a posting takes.
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


def report(results: list[tuple[Row, Reading]], roles: list[str]) -> None:
    """Print all figures."""
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
    print(f"\n{'role':<28}precision  recall    F1")
    scores = []
    for role in roles:
        hit = sum(reading.top == role and right(row, role) for row, reading in results)
        said = sum(reading.top == role for _, reading in results)
        there = hit + sum(row["primary"] == role and not right(row, reading.top) for row, reading in results)
        scores.append(2 * hit / (said + there) if hit else 0.0)
        print(
            f"{role:<28}{hit / said if said else 0:9.2f}{hit / there if there else 0:8.2f}{scores[-1]:6.2f}"
        )
    print(f"{'macro-F1':<28}{sum(scores) / len(scores):23.3f}")
    table = Counter(
        (reading.top if right(row, reading.top) else row["primary"], reading.top) for row, reading in results
    )
    print("\nlabel \\ answer".ljust(29) + "".join(f"{role[:8]:>9}" for role in roles))
    for label in roles:
        print(f"{label:<28}" + "".join(f"{table[label, answer] or '.':>9}" for answer in roles))


def main() -> None:
    """Read the folder and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["dev", "held", "all"], default="all")
    parser.add_argument("--wrong", action="store_true", help="list the ids that are wrong")
    options = parser.parse_args()
    catalog, _ = load_tracks([bundled()])
    start = time.process_time()
    scorer = scorer_of(catalog, read_other_work([bundled()]))
    compiled = time.process_time() - start
    roles = tuple(catalog.tracks)
    results, size = [], 0
    start = time.process_time()
    for row in rows_of(options.folder, options.part):
        text = (options.folder / f"{row['id']}.txt").read_text(encoding="utf-8")
        size += len(text)
        results.append((row, read_posting(text, roles, scorer)))
    spent = time.process_time() - start
    report(results, [*roles, NONE])
    print(
        f"\n{1000 * compiled:.1f} ms to compile the signals, {1000 * spent / size * 10_000:.1f} ms for each 10 kB"
    )
    if options.wrong:
        for row, reading in results:
            if not right(row, reading.top):
                print(
                    row["id"], "label", row["primary"], "answer", reading.top, f"{reading.shares[0][1]:.2f}"
                )


if __name__ == "__main__":
    main()
