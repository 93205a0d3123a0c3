"""Checks that read rows. Each says what it found, or raises Unseen with what is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from roadmap.analysis.proof.folder import Unseen, shown
from roadmap.analysis.proof.rows import (
    Row,
    chosen,
    field_of,
    is_of,
    load,
    moment,
    parsed,
    plain,
    rows_at,
    same,
    truth,
)
from roadmap.analysis.proof.rows import number as as_number
from roadmap.analysis.proof.schemas import fault_of, schema_fault
from roadmap.analysis.proof.stats import figure
from roadmap.analysis.proof.wording import count, listed, many, number, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roadmap.analysis.proof.folder import Folder

RESULTS = "evals/results/*.json"
CLOSE = 1e-9
"""How far two figures may differ that are the same, for the sake of floating point."""

RECOMPUTED = 0.005
"""How far a recorded figure may be from the one worked out again, when a check does not say."""


def rows(folder: Folder, params: Mapping[str, Any]) -> str:
    """Enough rows are there, and every one of them conforms."""
    found = 0
    seen: set[tuple[str, ...]] = set()
    for path in folder.need(params.get("path")):
        text_file = path.lower().endswith(".csv")
        for at, row in enumerate(parsed(folder.text(path), path), 1):
            if not chosen([row], params.get("where")):
                continue
            found += 1
            if reason := _unfit(row, params, text_file):
                raise Unseen(f"in {shown(path)}, row {at}: {reason}")
            if "unique" in params:
                key = tuple(plain(row.get(str(name))) for name in many(params["unique"]))
                if key in seen:
                    raise Unseen(
                        f"in {shown(path)}, {listed(params['unique'])} {shown(', '.join(key))} occurs twice"
                    )
                seen.add(key)
    least, most = number(params.get("min")), params.get("max")
    such = " of this kind" if table(params.get("where")) else ""
    if found < least:
        raise Unseen(f"{count(found, 'row')}{such}, {least:g} are needed")
    if most is not None and found > number(most):
        raise Unseen(f"{count(found, 'row')}{such}, at most {number(most):g} may be")
    return f"{count(found, 'row')}{such}"


def _unfit(row: Row, params: Mapping[str, Any], text_file: bool) -> str:
    """Say what is wrong with one row, or nothing."""
    for name, kind in table(params.get("fields")).items():
        if name not in row or row[name] is None:
            return f"there is no {shown(name)}"
        if not is_of(row[name], kind, text_file):
            return f"{shown(name)} is {shown(row[name])}, not of type {shown(kind)}"
    for name in many(params.get("unique", [])):
        if row.get(str(name)) in (None, ""):
            return f"there is no {shown(name)}"
    for name, values in table(params.get("one_of")).items():
        if not any(same(row.get(name), one) for one in many(values)):
            return f"{shown(name)} is {shown(row.get(name))}"
    most = number(params.get("max_chars"), float("inf"))
    for name, value in row.items():
        if isinstance(value, str) and len(value) > most:
            return f"{shown(name)} has {count(len(value), 'character')}"
    return ""


def grouped(found: Iterable[Row], by: list[Any]) -> dict[tuple[str, ...], list[Row]]:
    """Sort rows by the values of some fields; a row without one of them is in no group."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in found:
        if all(row.get(str(name)) not in (None, "") for name in by):
            groups.setdefault(tuple(plain(row[str(name)]) for name in by), []).append(row)
    return groups


def groups(folder: Folder, params: Mapping[str, Any]) -> str:
    """The rows fall into enough groups, or those named, each large enough and alike where told."""
    by = many(params.get("by"))
    every = grouped(rows_at(folder, params.get("path")), by)
    least_rows = number(params.get("rows"))
    if names := many(params.get("names", [])):
        wanted = {
            plain(name): [key for key in every if plain(name) in ("/".join(key), *key[:1])] for name in names
        }
        if lacking := [name for name, keys in wanted.items() if not keys]:
            raise Unseen(f"no row has {listed(lacking, 'or')} for {listed(by)}")
        taken = {key: every[key] for keys in wanted.values() for key in keys}
        if small := [key for key, inside in taken.items() if len(inside) < least_rows]:
            raise Unseen(_small(every, small, least_rows))
    else:
        taken = {key: inside for key, inside in every.items() if len(inside) >= least_rows}
        if len(taken) < number(params.get("min")):
            small = [key for key in every if key not in taken]
            few = f"; {_small(every, small, least_rows)}" if small else ""
            raise Unseen(f"{count(len(taken), 'group')}, {number(params.get('min')):g} are needed{few}")
    if "max" in params and len(every) > number(params["max"]):
        raise Unseen(f"{count(len(every), 'group')}, at most {number(params['max']):g} may be")
    for name in many(params.get("same", [])):
        _alike(taken, str(name), params)
    return f"{count(len(taken), 'group')}: {listed(['/'.join(key) for key in taken])}"


def _small(every: Mapping[tuple[str, ...], list[Row]], small: list[tuple[str, ...]], least: float) -> str:
    one = small[0]
    return f"{shown('/'.join(one))} has {count(len(every[one]), 'row')} of {least:g}"


def _alike(taken: Mapping[tuple[str, ...], list[Row]], name: str, params: Mapping[str, Any]) -> None:
    """Every group has the same set of values in a field, or figures that differ by no more than told."""
    first: tuple[tuple[str, ...], set[str]] | None = None
    figures = []
    for key, inside in taken.items():
        if any(row.get(name) is None for row in inside):
            raise Unseen(f"a row of {shown('/'.join(key))} has no {shown(name)}")
        values = {plain(row[name]) for row in inside}
        if "within" in params:
            figures += [value for row in inside if (value := as_number(row[name])) is not None]
        elif first is None:
            first = (key, values)
        elif values != first[1]:
            odd = next(iter(sorted(values ^ first[1])))
            where = key if odd in values else first[0]
            raise Unseen(f"{shown(name)} {shown(odd)} is in {shown('/'.join(where))} and not in every group")
    if figures and max(figures) - min(figures) > number(params["within"]) + CLOSE:
        raise Unseen(f"{shown(name)} goes from {min(figures):g} to {max(figures):g}")


def baseline(folder: Folder, params: Mapping[str, Any]) -> str:
    """A baseline row stands in the results, for each metric and each name."""
    bases = [row for row in rows_at(folder, params.get("path")) if row.get("baseline") is True]
    if not bases:
        raise Unseen(f"no row of {shown(params.get('path'))} has `baseline` true")
    for metric in many(params.get("metric")) if "metric" in params else [None]:
        those = bases if metric is None else [row for row in bases if same(row.get("metric"), metric)]
        of = f" of {shown(metric)}" if metric is not None else ""
        if not those:
            raise Unseen(f"no baseline row is{of or ' there'}")
        for name in many(params.get("names", [])):
            if not any(same(row.get("system"), name) for row in those):
                raise Unseen(f"no baseline row{of} is for {shown(name)}")
        if not all(as_number(row.get("value")) is not None for row in those):
            raise Unseen(f"a baseline row{of} has no value")
    return count(len(bases), "baseline row")


def interval(folder: Folder, params: Mapping[str, Any]) -> str:
    """In every such row the value lies inside its interval."""
    where = table(params.get("where"))
    found = chosen(rows_at(folder, params.get("path")), where)
    if not where:
        found = [row for row in found if "ci_low" in row or "ci_high" in row]
    if not found:
        raise Unseen("there is no such row")
    for row in found:
        low, value, high = (as_number(row.get(name)) for name in ("ci_low", "value", "ci_high"))
        which = f"of {shown(row.get('metric'))} for {shown(row.get('system'))}"
        if low is None or value is None or high is None:
            raise Unseen(f"the row {which} has no interval")
        if not low <= value <= high:
            raise Unseen(f"the value {which} is {value:g}, and its interval {low:g} to {high:g}")
    return count(len(found), "row")


def bound(folder: Folder, params: Mapping[str, Any]) -> str:
    """A figure lies between the bounds."""
    found = chosen(rows_at(folder, params.get("path")), params.get("where"))
    if not found:
        raise Unseen("there is no such row")
    values = []
    for row in found:
        cell = row.get(field_of(row, ("value", "success", "score")) or "value")
        value = as_number(cell)
        if value is None:
            value = None if (yes := truth(cell)) is None else float(yes)
        if value is None:
            raise Unseen(f"a row of {shown(params.get('path'))} has no value")
        values.append(value)
    of = params.get("of")
    figures = values if of == "value" else [sum(values) if of == "sum" else sum(values) / len(values)]
    low, high = number(params.get("min"), -float("inf")), number(params.get("max"), float("inf"))
    for value in figures:
        if not low - CLOSE <= value <= high + CLOSE:
            raise Unseen(f"it is {value:g}")
    return f"it is {figures[0]:g}" if len(figures) == 1 else f"{count(len(figures), 'value')}"


def recompute(folder: Folder, params: Mapping[str, Any]) -> str:
    """Every record of the figure agrees with what follows from the rows."""
    by = [str(name) for name in many(params.get("by", []))]
    into = str(params.get("into"))
    records = [row for row in rows_at(folder, RESULTS) if same(row.get("metric"), into)]
    if not records:
        raise Unseen(f"no record of {shown(into)} stands in {shown(RESULTS)}")
    source = rows_at(folder, params.get("path"))
    within = number(params.get("within"), RECOMPUTED)
    for record in records:
        narrowed = {name: record[name] for name in by if name in record}
        if lacking := [name for name in by if name not in record]:
            raise Unseen(f"a record of {shown(into)} has no {shown(lacking[0])}")
        for name in ("slice", "split"):
            if name in record and any(name in row for row in source):
                narrowed[name] = record[name]
        those = chosen(source, narrowed)
        which = f" for {listed(list(narrowed.values()))}" if narrowed else ""
        if not those:
            raise Unseen(f"{shown(params.get('path'))} has no rows{which}")
        again = figure(str(params.get("stat")), into, those)
        value = as_number(record.get("value"))
        if value is None or abs(value - again) > within + CLOSE:
            raise Unseen(
                f"{shown(into)}{which} is recorded as {shown(record.get('value'))}; the rows give {again:.4g}"
            )
    return f"{count(len(records), 'record')} agree" if len(records) > 1 else "it agrees"


def dates(folder: Folder, params: Mapping[str, Any]) -> str:
    """The dates in a field are as many, as far apart and as late as told."""
    field = str(params.get("field"))
    found = []
    for row in rows_at(folder, params.get("path")):
        at = moment(row.get(field))
        if at is None:
            raise Unseen(f"{shown(field)} is {shown(row.get(field))}, which is no date")
        found.append(at)
        _late_enough(row, field, params)
    if not found:
        raise Unseen("there are no rows")
    days = {at.date() for at in found}
    span = max(found) - min(found)
    if len(days) < number(params.get("distinct"), 1):
        raise Unseen(f"{count(len(days), 'different day')}, {number(params['distinct']):g} are needed")
    if (max(days) - min(days)).days < number(params.get("span_days"), 0):
        raise Unseen(
            f"they span {count((max(days) - min(days)).days, 'day')}, {number(params['span_days']):g} are needed"
        )
    if (
        "within_hours" in params
        and "after" not in params
        and span > timedelta(hours=number(params["within_hours"]))
    ):
        raise Unseen(f"they span {span.total_seconds() / 3600:.1f} hours")
    return f"{count(len(days), 'different day')}, {min(days)} to {max(days)}"


def _late_enough(row: Row, field: str, params: Mapping[str, Any]) -> None:
    """A row's date comes after that of another field, or after a fixed day, by no more than told."""
    if "after" not in params:
        return
    after = params["after"]
    start, at = moment(after) or moment(row.get(str(after))), moment(row.get(field))
    if start is None or at is None:
        raise Unseen(f"{shown(after)} is {shown(row.get(str(after)))}, which is no date")
    if at < start:
        raise Unseen(f"{shown(field)} {shown(row[field])} is before {shown(after)}")
    if "within_hours" in params and at - start > timedelta(hours=number(params["within_hours"])):
        raise Unseen(
            f"{shown(field)} {shown(row[field])} is {(at - start).total_seconds() / 3600:.1f} hours later"
        )


def schema(folder: Folder, params: Mapping[str, Any]) -> str:
    """The file is a valid JSON Schema, or valid against one."""
    judged = None
    if "schema" in params:
        (path, *_) = folder.need(params["schema"])
        judged = load(folder.text(path), shown(path))
        if reason := schema_fault(judged):
            raise Unseen(f"{shown(path)} is no JSON Schema: {reason}")
    paths = folder.need(params.get("path"))
    for path in paths:
        data = load(folder.text(path), shown(path))
        reason = schema_fault(data) if judged is None else fault_of(data, judged)
        if reason:
            raise Unseen(f"{shown(path)}: {reason}")
    return f"{shown(paths[0])} is valid" if len(paths) == 1 else f"{count(len(paths), 'file')} are valid"
