"""The kinds of check a project may declare: what each looks for, its parameters, and what is wrong with one.

This table is the only place that knows. The shape of track files and their schema are made from it, the reference
lists it, and `roadmap verify` passes nothing that it does not understand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from roadmap.loading import check_values as form
from roadmap.loading.clean import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roadmap.loading.check_values import Form


class Parameter(NamedTuple):
    """One parameter of a kind: the form of its value, an example as it is written, and what it means."""

    form: Form
    example: str
    meaning: str


class Kind(NamedTuple):
    """One kind of check. Of each inner group of ``needs`` there has to be one."""

    meaning: str
    needs: tuple[tuple[str, ...], ...]
    parameters: Mapping[str, Parameter]


class CheckFault(NamedTuple):
    """Something wrong with a check. ``path`` leads to the value from the check; when empty, something is missing."""

    path: tuple[str | int, ...]
    message: str
    help: str = ""
    words: tuple[str, ...] = ()


_RESULTS = '"evals/results/*.json"'
_PATH = Parameter(form.PATH, 'path = "docs/*.md"', "The files it looks at.")
_ROWS = Parameter(form.DATA_PATH, f"path = {_RESULTS}", "The files whose rows it looks at.")
_MAX = Parameter(form.whole(0), "max = 25", "How many there may be.")
_WHERE = Parameter(
    form.WHERE, 'where = { metric = "kappa", split = ["test", "held-out"] }', "Only rows like these count."
)


def _least(least: int, what: str = "How many there have to be; 1 when absent.") -> Parameter:
    return Parameter(form.whole(least), "min = 3", what)


KINDS: dict[str, Kind] = {
    "file": Kind(
        "That many files that are not empty match the path; `max = 0` means that none may.",
        (("path",),),
        {"path": _PATH, "min": _least(0), "max": _MAX},
    ),
    "text": Kind(
        "The phrase occurs that often in the files; `max = 0` means that it must not occur.",
        (("path",), ("has",)),
        {
            "path": _PATH,
            "has": Parameter(form.PHRASES, 'has = "test certificate"', "What it looks for; any one of them."),
            "min": _least(0),
            "max": _MAX,
        },
    ),
    "headings": Kind(
        "The headings stand in the document, and what is under them is long enough.",
        (("path",), ("names", "min_words", "max_words", "max_lines")),
        {
            "path": _PATH,
            "names": Parameter(form.NAMES, 'names = ["Context", "Choice"]', "The headings, all of them."),
            "min_words": Parameter(form.whole(0), "min_words = 80", "Words under each heading, at least."),
            "max_words": Parameter(form.whole(1), "max_words = 700", "Words of the document, at most."),
            "max_lines": Parameter(form.whole(1), "max_lines = 60", "Lines of the document, at most."),
        },
    ),
    "rows": Kind(
        "The rows of a CSV, JSON or JSON Lines file have the fields, and there are enough of them.",
        (("path",),),
        {
            "path": _ROWS,
            "fields": Parameter(
                form.FIELDS,
                'fields = { task_id = "string", seconds = "number" }',
                "Fields that every row has, with their types: `string`, `integer`, `number`, `boolean`, `date`.",
            ),
            "min": _least(0),
            "max": _MAX,
            "where": _WHERE,
            "unique": Parameter(form.NAMES, 'unique = ["id"]', "Fields that no two rows have alike."),
            "one_of": Parameter(
                form.ONE_OF, 'one_of = { verdict = ["better", "worse"] }', "What a field may hold."
            ),
            "max_chars": Parameter(form.whole(1), "max_chars = 400", "Characters of each text, at most."),
        },
    ),
    "groups": Kind(
        "The rows fall into enough groups, each large enough, and alike where told.",
        (("path",), ("by",), ("names", "min", "max")),
        {
            "path": _ROWS,
            "by": Parameter(form.NAMES, 'by = ["system", "slice"]', "Fields that make the groups."),
            "names": Parameter(form.VALUES, 'names = ["before", "after"]', "Groups that have to be there."),
            "min": _least(0),
            "max": Parameter(form.whole(1), "max = 1", "How many there may be."),
            "rows": Parameter(form.whole(1), "rows = 20", "Rows of each group, at least."),
            "same": Parameter(form.NAMES, 'same = ["task_id"]', "Fields whose values all groups share."),
            "within": Parameter(
                form.NOT_NEGATIVE, "within = 0.05", "How far apart the figures in `same` may be instead."
            ),
        },
    ),
    "baseline": Kind(
        "A row for the baseline stands in the results, for each metric that is named.",
        (("path",),),
        {
            "path": _ROWS,
            "metric": Parameter(form.NAMES, 'metric = "recall"', "The metrics, each of them."),
            "names": Parameter(form.NAMES, 'names = ["one-prompt"]', "The systems to beat, all of them."),
        },
    ),
    "interval": Kind(
        "In every row with an interval, the value lies inside it.",
        (("path",),),
        {"path": _ROWS, "where": _WHERE},
    ),
    "bound": Kind(
        "A figure worked out from the rows lies between `min` and `max`.",
        (("path",), ("of",), ("min", "max")),
        {
            "path": _ROWS,
            "of": Parameter(form.FIGURE, 'of = "sum"', "Which figure; `value` is that of every row."),
            "where": _WHERE,
            "min": Parameter(form.NUMBER, "min = 0.95", "The smallest it may be."),
            "max": Parameter(form.NUMBER, "max = 1.05", "The largest it may be."),
        },
    ),
    "cited": Kind(
        "Numbers that the text quotes occur in the results.",
        (("text",), ("in",)),
        {
            "text": Parameter(form.DOCUMENT, 'text = "PROOF.md#Explained"', "The document, or one section."),
            "in": Parameter(form.DATA_PATH, f"in = {_RESULTS}", "Where the numbers have to stand."),
            "min": _least(1),
        },
    ),
    "links": Kind(
        "Everything that is referred to exists: fields, paths, headings, commits.",
        (("from",), ("to",)),
        {
            "from": Parameter(form.ORIGINS, 'from = "answers.csv#evidence"', "What refers to something."),
            "to": Parameter(form.TO, 'to = "evidence.csv#id"', "What it may refer to."),
        },
    ),
    "recompute": Kind(
        "The figure that was recorded follows from the rows.",
        (("path",), ("stat",), ("into",)),
        {
            "path": Parameter(
                form.DATA_PATH, 'path = "evals/trials/*.jsonl"', "The rows it is worked out from."
            ),
            "stat": Parameter(form.STATISTIC, 'stat = "kappa"', "How it is worked out."),
            "by": Parameter(form.NAMES, 'by = ["system"]', "Fields by which a record and its rows match."),
            "into": Parameter(form.NAME, 'into = "right_share"', "The `metric` under which it is recorded."),
            "within": Parameter(
                form.NOT_NEGATIVE, "within = 0.05", "How far the two may be apart; 0.005 when absent."
            ),
        },
    ),
    "order": Kind(
        "The first commit of one thing is older than the first commit of the other.",
        (("first", "field"), ("then",)),
        {
            "first": Parameter(form.PLACE, 'first = "evals/plan.md"', "What came first: files or a tag."),
            "then": Parameter(
                form.MOMENT, f"then = {_RESULTS}", "What came later; beside `field`, a date too."
            ),
            "field": Parameter(
                form.FIELD, 'field = "forecasts.csv#date"', "Instead of `first`: dates not before `then`."
            ),
        },
    ),
    "unchanged": Kind(
        "The content is still what was recorded, or what it was at a commit.",
        (("path",), ("hash_in", "since")),
        {
            "path": _PATH,
            "hash_in": Parameter(form.PATH, 'hash_in = "docs/scope.md"', "Where its SHA-256 is written."),
            "since": Parameter(form.NAME, 'since = "frozen"', "A tag or a commit, 7 digits or more."),
        },
    ),
    "dates": Kind(
        "The dates in a field are as many, as far apart and as late as told.",
        (("path",), ("field",)),
        {
            "path": _ROWS,
            "field": Parameter(form.NAME, 'field = "sent_at"', "The field with the dates."),
            "distinct": Parameter(form.whole(1), "distinct = 4", "Different days, at least."),
            "span_days": Parameter(form.NOT_NEGATIVE, "span_days = 7", "Days from first to last, at least."),
            "within_hours": Parameter(
                form.NOT_NEGATIVE, "within_hours = 2", "Hours after `after`, or from first to last, at most."
            ),
            "after": Parameter(form.NAME, 'after = "drawn_at"', "A date, or a field, that comes before."),
        },
    ),
    "schema": Kind(
        "The file is a valid JSON Schema, or is valid against one.",
        (("path",),),
        {
            "path": Parameter(form.PATH, 'path = "policy/*.json"', "The files it looks at."),
            "schema": Parameter(
                form.PATH, 'schema = "schemas/policy.json"', "The schema they are held against."
            ),
        },
    ),
    "test": Kind(
        "Tests with such names exist. They are found, never run.",
        (("names",),),
        {
            "names": Parameter(form.NAMES, 'names = ["*limit*"]', "Names of tests, with wildcards."),
            "min": _least(1),
        },
    ),
    "ci": Kind(
        "A workflow mentions the command. It is found, never run.",
        (("mentions",),),
        {
            "mentions": Parameter(form.PHRASES, 'mentions = ["replay"]', "What it mentions, all of them."),
            "on": Parameter(form.NAMES, 'on = "schedule"', "The events it runs on."),
        },
    ),
    "clean": Kind(
        "Nothing looks like a secret or a personal address, and no file is too large.",
        (("secrets", "personal", "max_mb"),),
        {
            "secrets": Parameter(form.TRUTH, "secrets = true", "Look for keys and tokens."),
            "personal": Parameter(form.TRUTH, "personal = true", "Look for addresses and telephone numbers."),
            "max_mb": Parameter(form.POSITIVE, "max_mb = 50", "Megabytes of each file, at most."),
        },
    ),
    "authors": Kind(
        "That many people committed there.",
        (("path",), ("min",)),
        {
            "path": Parameter(form.PATH, 'path = "review/*.csv"', "Where they committed."),
            "min": _least(1, "How many people."),
            "since_days": Parameter(
                form.POSITIVE, "since_days = 30", "Only in so many days before the last commit."
            ),
        },
    ),
}
"""Every kind by its name."""


def example_of(parameter: Parameter) -> Any:
    """Return the value of a parameter's example, as a program has it."""
    import tomli

    (value,) = tomli.loads(parameter.example).values()
    return value


PLAIN = "should be a string, a number below a trillion, true or false, or a list or table of these"
"""What the value of a check's parameter has to be, in words."""

_TOGETHER = {"order": ("first", "field"), "groups": ("names", "min")}
"""Parameters of which a check takes one or the other."""


def is_plain(value: object) -> bool:
    """Tell whether a value is one that the cache, and any program that reads JSON, can hold."""
    if isinstance(value, list):
        return all(is_plain(one) for one in value)
    if isinstance(value, dict):
        return all(is_plain(one) for one in value.values())
    if isinstance(value, int | float):
        return abs(value) < 1e12  # neither infinite nor nan
    return isinstance(value, str)


def check_faults(kind: str, params: Mapping[str, Any]) -> Iterator[CheckFault]:
    """Go through what is wrong with the parameters of a check, in the order they are written.

    A check without a fault is one that `roadmap verify` understands, every word of it. Names that the kind does not
    take are faults without help; who has words to offer finds the name at the end of the path.
    """
    known = KINDS[kind]
    unknown = False
    for name, value in params.items():
        taken = known.parameters.get(name)
        if taken is None:
            unknown = True
            yield CheckFault((name,), f"a check of kind `{kind}` has no parameter `{quote(name, 100)[1:-1]}`")
        elif not is_plain(value):
            yield CheckFault((name,), f"the parameter `{name}` of a check {PLAIN}")
        else:
            yield from _value_faults(name, value, taken)
    if not unknown:  # perhaps the misspelling of the very one
        yield from _missing(kind, params)
    yield from _contrary(kind, params)


def _value_faults(name: str, value: object, taken: Parameter) -> Iterator[CheckFault]:
    for path, should, found, words, help in taken.form.wrong(value):
        where = f"`{name}` of a check"
        for part in path:
            where = (
                f"an entry of {where}" if isinstance(part, int) else f"`{quote(part, 60)[1:-1]}` in {where}"
            )
        unlike = f", not {found}" if found else ""
        example = f"for example `{taken.example}`"
        yield CheckFault((name, *path), f"{where} should be {should}{unlike}", help or example, words)


def _missing(kind: str, params: Mapping[str, Any]) -> Iterator[CheckFault]:
    known = KINDS[kind]
    for group in known.needs:
        if not any(name in params for name in group):
            names = " or ".join(f"`{name}`" for name in group)
            example = known.parameters[group[0]].example
            yield CheckFault((), f"a check of kind `{kind}` needs {names}", f"for example `{example}`")


def _contrary(kind: str, params: Mapping[str, Any]) -> Iterator[CheckFault]:
    """Say which parameters cannot be told together, since one of them would mean nothing."""
    one, other = _TOGETHER.get(kind, ("", ""))
    if one in params and other in params:
        yield CheckFault(
            (other,), f"a check of kind `{kind}` takes `{one}` or `{other}`, not both", "delete one"
        )
    if kind == "groups" and "within" in params and "same" not in params:
        yield CheckFault(("within",), "`within` of a check needs `same` beside it",
                         "name the field: `same = [\"n\"]`")  # fmt: skip
    then = params.get("then")
    if kind == "order" and "first" in params and isinstance(then, str) and ":" in then:
        yield CheckFault(("then",), "`then` of a check should be a path or a tag beside `first`, not a time",
                         "a time goes with `field`")  # fmt: skip
    low: Any = params.get("min")
    high: Any = params.get("max")
    if form.is_number(low) and form.is_number(high) and low > high:
        yield CheckFault(("min",), "`min` of a check is larger than its `max`, so it can never pass")
    if kind == "rows" and low is None and form.is_number(high) and 0 <= high < 1:
        yield CheckFault(("max",), "`min` is 1 when it is absent, so a check with `max = 0` can never pass",
                         "write `min = 0` beside it")  # fmt: skip
