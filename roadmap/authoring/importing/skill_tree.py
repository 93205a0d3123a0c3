"""Reading a skill-tree TOML file: groups become milestones, items become skills, `requires` becomes `after`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from roadmap.authoring.importing.found import (
    Found,
    ImportRefused,
    Learn,
    Link,
    Stage,
    address,
    line,
    tables,
    texts,
    without_circles,
)

MAX_GROUPS = 1000
MAX_ITEMS = 500

KNOWN = {"name", "label", "cluster", "requires", "description", "items", "width", "status", "href",
         "header_color", "description_color"}  # fmt: skip


def read(data: dict[str, Any], title: str) -> Found:
    """Return what a skill tree holds. Raises ImportRefused when it has no group with a name."""
    groups = [one for one in tables(data.get("group"), MAX_GROUPS) if line(one.get("name"))]
    if not groups:
        raise ImportRefused("No `[[group]]` with a `name` is in the file.", "Is it a skill-tree file?")
    lost: list[str] = []
    names = [line(one["name"]) for one in groups]
    if len(names) > len(set(names)):
        lost.append("groups that have the name of an earlier one")
    by_name: dict[str, dict[str, Any]] = {}
    for name, group in zip(names, groups, strict=True):
        by_name.setdefault(name, group)
    after, circles = without_circles(
        {name: _requires(name, one, by_name, lost) for name, one in by_name.items()}
    )
    lost += [f'"{who}" requires "{what}", which would close a circle' for who, what in circles]
    states: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    stages = tuple(_stage(name, group, after[name], states, columns, lost) for name, group in by_name.items())
    if states:
        lost.append(f"your progress ({_counted(states)}): a track holds none; mark it with `roadmap done`")
    if columns:
        lost.append(f"columns of items: {_counted(columns)}")
    lost += _rest(data, by_name)
    return Found(title, stages, "Imported from a skill-tree file.", lost=tuple(lost))


def _requires(name: str, group: dict[str, Any], known: dict[str, Any], lost: list[str]) -> list[str]:
    """Return the groups that a group requires. The older form ``group:port`` is understood too."""
    found = []
    for wanted in texts(group.get("requires"), 40):
        target = wanted if wanted in known else wanted.partition(":")[0]
        if target in known:
            found.append(target)
        else:
            lost.append(f'"{name}" requires "{line(wanted, 60)}", which is not in the file')
    return found


def _stage(
    name: str,
    group: dict[str, Any],
    after: list[str],
    states: Counter[str],
    columns: Counter[str],
    lost: list[str],
) -> Stage:
    label = line(group.get("label"), 100) or line(name, 100)
    skills, links = [], []
    items = group.get("items")
    if isinstance(items, list) and len(items) > MAX_ITEMS:
        lost.append(f'{len(items) - MAX_ITEMS} items of "{label}" beyond the first {MAX_ITEMS}')
    for item in tables(items, MAX_ITEMS):
        text = line(item.get("label"))
        if not text:
            lost.append(f'an item of "{label}" without a `label`')
            continue
        skills.append(Learn(text))
        if url := address(item.get("href")):
            links.append(Link(text, url))
        elif item.get("href") is not None:
            lost.append(f'the address of "{line(text, 60)}", which is not http or https')
        for column, value in list(item.items())[:40]:
            if column == "status":
                states[line(value, 40) or "unknown"] += 1
            elif column == "requires":
                wanted = ", ".join(f'"{line(one, 40)}"' for one in texts(value, 10))
                lost.append(f'"{line(text, 60)}" requires {wanted}: only milestones can wait for others')
            elif column not in ("label", "href"):
                columns[line(column, 40)] += 1
    if status := line(group.get("status"), 40):
        states[status] += 1
    if url := address(group.get("href")):
        links.append(Link(label, url))
    elif group.get("href") is not None:
        lost.append(f'the address of "{label}", which is not http or https')
    unknown = [line(key, 40) for key in list(group)[:200] if key not in KNOWN]
    if unknown:
        lost.append(f'keys of "{label}" that mean nothing here: {", ".join(unknown[:10])}')
    why = line(" ".join(texts(group.get("description"), 100)), 2000)
    if not skills:  # a milestone needs something to do
        skills.append(Learn(label, "the group had no items; this stands for it"))
    return Stage(
        name, label, tuple(skills), tuple(links), why, tuple(after), source=_cluster(group), name=name
    )


def _cluster(group: dict[str, Any]) -> str:
    cluster = line(group.get("cluster"), 80)
    return f"cluster: {cluster}" if cluster else ""


def _rest(data: dict[str, Any], groups: dict[str, Any]) -> list[str]:
    """List what else the file holds, which a track has no place for."""
    lost = []
    total = len(data["group"]) if isinstance(data.get("group"), list) else 0
    if total > MAX_GROUPS:
        lost.append(f"{total - MAX_GROUPS} groups beyond the first {MAX_GROUPS}")
    doc = data.get("doc")
    doc = doc if isinstance(doc, dict) else {}
    lost += [
        f'the included file "{line(file, 80)}": import it by itself' for file in texts(doc.get("include"), 20)
    ]
    if clusters := tables(data.get("cluster"), 100):
        names = ", ".join(line(one.get("label"), 40) or line(one.get("name"), 40) for one in clusters[:10])
        lost.append(f"the clusters ({names}): kept as a comment above each milestone")
    if any(
        key in group for group in groups.values() for key in ("width", "header_color", "description_color")
    ):
        lost.append("widths and colors of groups")
    if "graphviz" in data:
        lost.append("the settings for drawing (`graphviz`)")
    return lost


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counter.most_common(10))
