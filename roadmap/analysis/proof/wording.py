"""What a check looks for, in one sentence of plain words that is safe to show and to put into Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roadmap.loading.check_values import OF, TYPES
from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from roadmap.model.track import Check

MOST = 12
"""How many names of a list are told; the rest are counted."""


def sentence(check: Check) -> str:
    """Say what a check looks for, without a capital and without a full stop: "`a.md` has the headings ..."."""
    return _SENTENCES[check.kind](check.params)


def code(value: object, limit: int = 120) -> str:
    """Return any value between backticks: cleaned, shortened, on one line, and with no backtick inside."""
    if isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: "null"}[value]
    elif isinstance(value, dict):
        text = ", ".join(f"{key} = {one}" for key, one in list(value.items())[:MOST])
    else:
        text = str(value)
    text = text.replace("`", "'").replace("<!--", "<!- -")  # neither ends the code nor looks like a comment
    return f"`{quote(text, limit)[1:-1].strip() or ' '}`"


def listed(value: object, joint: str = "and") -> str:
    """Return one value or several between backticks, the last two with a word between them."""
    names = [code(one) for one in many(value)]
    if len(names) > MOST:
        names = [*names[:MOST], f"{len(names) - MOST} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}" if names else "` `"


def many(value: object) -> list[Any]:
    """Return a parameter that may be one value or a list of them as a list."""
    return value if isinstance(value, list) else list(value) if isinstance(value, tuple) else [value]


def number(value: object, default: float = 1) -> float:
    """Return a parameter that should be a number, or the default."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else default


def table(value: object) -> Mapping[str, Any]:
    """Return a parameter that should be a table, or an empty one."""
    return value if isinstance(value, dict) else {}


def count(value: float, noun: str) -> str:
    """Write a number with its noun: "1 row", "20 rows"."""
    return f"{value:g} {noun}" if value == 1 else f"{value:g} {noun}s"


def _span(params: Mapping[str, Any], noun: str, default: float = 1) -> str:
    """Say how many there have to be: "at least 3 rows", "2 to 5 rows", "at most 5 rows"."""
    least, most = number(params.get("min"), default), number(params.get("max"))
    if params.get("max") is None:
        return f"at least {count(least, noun)}"
    if least == most:
        return f"exactly {count(least, noun)}"
    return f"at most {count(most, noun)}" if least <= 0 else f"{least:g} to {count(most, noun)}"


def _where(params: Mapping[str, Any]) -> str:
    parts = [f"{code(key)} is {listed(value, 'or')}" for key, value in table(params.get("where")).items()]
    return f" where {' and '.join(parts)}" if parts else ""


def _file(params: Mapping[str, Any]) -> str:
    path = str(params.get("path"))
    if params.get("max") == 0:
        return f"there is no file {code(path)}"
    if not ("*" in path or "?" in path) and number(params.get("min")) == 1:
        return f"{code(path)} is there, with something in it"
    verb = "is" if number(params.get("min")) == 1 else "are"
    return f"there {verb} {_span(params, 'file')} {code(path)} with something in it"


def _text(params: Mapping[str, Any]) -> str:
    path, has = code(params.get("path")), listed(params.get("has"), "or")
    if params.get("max") == 0:
        return f"{has} does not occur in {path}"
    return f"{has} occurs in {path} {_span(params, 'time').replace('1 time', 'once')}"


def _headings(params: Mapping[str, Any]) -> str:
    parts = []
    if names := many(params.get("names", [])):
        parts.append(f"has {'the heading' if len(names) == 1 else 'the headings'} {listed(names)}, "
                     f"{'' if len(names) == 1 else 'each '}with something under it")  # fmt: skip
    if "min_words" in params:
        parts.append(f"has at least {count(number(params['min_words']), 'word')} under each of them")
    if "max_words" in params:
        parts.append(f"has at most {count(number(params['max_words']), 'word')}")
    if "max_lines" in params:
        parts.append(f"has at most {count(number(params['max_lines']), 'line')}")
    return f"{code(params.get('path'))} {' and '.join(parts)}"


def _rows(params: Mapping[str, Any]) -> str:
    parts = [f"{code(params.get('path'))} has {_span(params, 'row')}{_where(params)}"]
    if fields := table(params.get("fields")):
        parts.append("each with " + ", ".join(f"{code(key)} ({_type(kind)})" for key, kind in fields.items()))
    if "unique" in params:
        parts.append(f"no two with the same {listed(params['unique'])}")
    for field, values in table(params.get("one_of")).items():
        parts.append(f"{code(field)} one of {listed(values, 'or')}")
    if "max_chars" in params:
        parts.append(f"no text longer than {count(number(params['max_chars']), 'character')}")
    return "; ".join(parts)


def _type(kind: object) -> str:
    return str(kind) if kind in TYPES else code(kind)


def _groups(params: Mapping[str, Any]) -> str:
    by = listed(params.get("by"))
    if names := many(params.get("names", [])):
        what = f"{code(params.get('path'))} has rows with {listed(names)} for {by}"
        each = "every one of these"
    else:
        what = f"the rows of {code(params.get('path'))} fall into {_span(params, 'group')} by {by}"
        each = "every one"
    parts = [what]
    if "rows" in params:
        parts.append(f"{each} with at least {count(number(params['rows']), 'row')}")
    if "same" in params:
        parts.append(f"all with the same {listed(params['same'])}")
    return "; ".join(parts) + _within(params)


def _within(params: Mapping[str, Any]) -> str:
    return f", within {number(params['within']):g}" if "within" in params else ""


def _baseline(params: Mapping[str, Any]) -> str:
    metric = f" of {listed(params['metric'])}" if "metric" in params else ""
    names = f" for {listed(params['names'])}" if "names" in params else ""
    return f"{code(params.get('path'))} has a row{metric}{names} with `baseline` true"


def _interval(params: Mapping[str, Any]) -> str:
    return f"in {code(params.get('path'))}{_where(params)}, every value lies from `ci_low` to `ci_high`"


def _bound(params: Mapping[str, Any]) -> str:
    of = str(params.get("of"))
    what = "every value" if of == "value" else f"the {of if of in OF else code(of)} of the values"
    return f"in {code(params.get('path'))}{_where(params)}, {what} is {_limits(params)}"


def _limits(params: Mapping[str, Any]) -> str:
    low, high = params.get("min"), params.get("max")
    if low is None:
        return f"at most {number(high):g}"
    return f"at least {number(low):g}" if high is None else f"from {number(low):g} to {number(high):g}"


def _cited(params: Mapping[str, Any]) -> str:
    file, _, heading = str(params.get("text")).partition("#")
    where = f"under {code(heading)} in {code(file)}" if heading else f"in {code(file)}"
    return f"{_span(params, 'number')} {where} can be found in {code(params.get('in'))}"


def _links(params: Mapping[str, Any]) -> str:
    to = {"paths": "a file", "commits": "a commit", "headings": "a heading"}
    targets = [to.get(str(one), f"a value of {code(one)}") for one in many(params.get("to"))]
    return f"everything that {listed(params.get('from'))} refers to is {' or '.join(targets)} that exists"


def _recompute(params: Mapping[str, Any]) -> str:
    by = f" by {listed(params['by'])}" if "by" in params else ""
    return (
        f"the {code(params.get('into'))} in `evals/results/*.json` follows from {code(params.get('path'))} "
        f"({code(params.get('stat'))}{by}){_within(params)}"
    )


def _order(params: Mapping[str, Any]) -> str:
    if "first" in params:
        return f"{code(params['first'])} was committed before {code(params.get('then'))}"
    return f"{code(params.get('field'))} is not before {code(params.get('then'))}"


def _unchanged(params: Mapping[str, Any]) -> str:
    parts = [f"has the SHA-256 that {code(params['hash_in'])} names"] if "hash_in" in params else []
    parts += [f"is unchanged since {code(params['since'])}"] if "since" in params else []
    return f"{code(params.get('path'))} {' and '.join(parts)}"


def _dates(params: Mapping[str, Any]) -> str:
    parts = []
    if "distinct" in params:
        parts.append(f"has at least {count(number(params['distinct']), 'different day')}")
    if "span_days" in params:
        parts.append(f"spans at least {count(number(params['span_days']), 'day')}")
    if "after" in params:
        within = (
            f" by at most {count(number(params['within_hours']), 'hour')}" if "within_hours" in params else ""
        )
        parts.append(f"comes after {code(params['after'])}{within}")
    elif "within_hours" in params:
        parts.append(f"lies within {count(number(params['within_hours']), 'hour')}")
    return f"{code(params.get('field'))} in {code(params.get('path'))} {' and '.join(parts) or 'is a date'}"


def _schema(params: Mapping[str, Any]) -> str:
    against = f"valid against {code(params['schema'])}" if "schema" in params else "a valid JSON Schema"
    return f"{code(params.get('path'))} is {against}"


def _test(params: Mapping[str, Any]) -> str:
    least = number(params.get("min"))
    verb = "is" if least == 1 else "are"
    return f"there {verb} at least {count(least, 'test')} with a name such as {listed(params.get('names'), 'or')}"


def _ci(params: Mapping[str, Any]) -> str:
    on = f" and runs on {listed(params['on'], 'or')}" if "on" in params else ""
    return f"a workflow mentions {listed(params.get('mentions'))}{on}"


def _clean(params: Mapping[str, Any]) -> str:
    parts = ["looks like a secret"] if params.get("secrets") else []
    parts += ["looks like a person's address or telephone number"] if params.get("personal") else []
    parts += [f"is larger than {number(params['max_mb']):g} MB"] if "max_mb" in params else []
    return f"nothing in the folder {' or '.join(parts) or 'is amiss'}"


def _authors(params: Mapping[str, Any]) -> str:
    when = (
        f" in the {count(number(params['since_days']), 'day')} before the last commit"
        if "since_days" in params
        else ""
    )
    return f"at least {_people(number(params.get('min')))} committed to {code(params.get('path'))}{when}"


def _people(least: float) -> str:
    return "1 person" if least == 1 else f"{least:g} people"


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "file": _file,
    "text": _text,
    "headings": _headings,
    "rows": _rows,
    "groups": _groups,
    "baseline": _baseline,
    "interval": _interval,
    "bound": _bound,
    "cited": _cited,
    "links": _links,
    "recompute": _recompute,
    "order": _order,
    "unchanged": _unchanged,
    "dates": _dates,
    "schema": _schema,
    "test": _test,
    "ci": _ci,
    "clean": _clean,
    "authors": _authors,
}
"""For every kind that a track may name, what it looks for."""
