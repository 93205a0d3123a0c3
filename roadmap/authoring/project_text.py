"""The words of a project's first files, and track text made safe for Markdown."""

from __future__ import annotations

import re
import textwrap

from roadmap.loading.clean import clean

WIDTH = 100
"""How many characters a line of a quotation may have."""

_SPECIAL = re.compile(r"[\\`*\[\]<>|~$&]|(?<![^\W_])_|_(?![^\W_])")
_BEGINS = re.compile(r"(?:[-+#=]|\d{1,9}[.)])")
_CODE = re.compile(r"(`[^`<>]+`)")


def markdown(text: str) -> str:
    """Return a text of a track as one line that Markdown shows as it is; code between backticks stays code."""
    line = " ".join(clean(text).split())
    parts = _CODE.split(line)
    safe = "".join(
        part if odd % 2 and not _beside_backticks(parts, odd) else _SPECIAL.sub(r"\\\g<0>", part)
        for odd, part in enumerate(parts)
    )
    safe = _begun(safe)
    return safe[:-1] + "\\#" if safe.endswith("#") and not safe.endswith("\\#") else safe


def quotation(text: str) -> str:
    """Return a text that is safe for Markdown already as a quotation, wrapped."""
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"> {_begun(line)}" for line in lines) or ">"


def _begun(line: str) -> str:
    """Keep the beginning of a line from being a list, a heading or a rule."""
    found = _BEGINS.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


def _beside_backticks(parts: list[str], at: int) -> bool:
    """Tell whether a piece of code touches another backtick, by which it would end somewhere else."""
    return parts[at - 1].endswith(("`", "\\")) or parts[at + 1].startswith("`")


README = """\
# {title}

{brief}
>
> The brief of `{address}`.
> Write what this is in your own words below, and take the brief out when you have.

## For whom

<!-- Who has the problem, and what it costs them. Two or three sentences. -->

## Run

<!-- At most three commands, from a fresh clone to something one can see. -->

## Not for

<!-- What it must not be used for, and where it is known to fail. -->
"""

PROOF = """\
# Proof: {title}

> What `{address}` asks for.
> Tick a line when anybody can look at what stands after "Evidence": a path in this folder, or a link. Prompts are in
> comments; replace them.

## Built

> What one can see happen.

{built}

## Evaluated

> Which data, how many, which number, against which baseline. The figures themselves are records in `evals/results/`.

{evaluated}

{evidence}

## Explained

> Questions whose answer could have gone the other way. 80 words or more each, with a number from `evals/results/`, and
> the option you did not take.

{questions}
"""

EVIDENCE = """\
<!-- The table of results: one line for each system, the baseline first, with n and the interval, and the name of the
file in evals/results/ it comes from. A miss that was measured is a result; say so. -->"""

QUESTION = (
    '<!-- Your answer. Which number decided it? After "Rejected:", the option you did not take, and why. -->'
)

CHECKS_HEAD = """\
# What checks look for

> In `{address}`.
> `roadmap verify` reads this folder; it runs nothing. It can say that something is there and that files agree with each
> other, and never that a number is true. Whether the criteria in PROOF.md are met is for people to judge.
> Folders that are still empty hold a `.gitkeep`, which counts as nothing.
"""

EVALS = """\
# Evaluation

| file | what it is |
|---|---|
| `DATASET.md` | where the cases come from, their license, size, labels, splits and gaps |
| `dataset.jsonl` or `.csv` | one case a line: `id`, `input`, and `expected`, `criteria` or `check`; `split`, `slice` |
| `plan.md` | metric, smallest effect, sample size, stop rule; committed before the first result, where it is asked for |
| `trials/*.jsonl` | one line for each trial: `task_id`, `trial`, `system`, `success` or `score`, `stop_reason` |
| `results/*.json` | the figures, as lists of records; see `results/README.md` |

Data that are too large, or not yours to give away, stay outside: `DATASET.md` then has their address and SHA-256.
"""

DATASET = """\
# The data

## Origin

<!-- Who made or collected the cases, when, and how you came by them. Real, public or synthetic? -->

## License

<!-- What may be done with them, and where it says so. -->

## Size

<!-- How many cases, in which files; for data kept elsewhere their address and SHA-256. -->

## Labels

<!-- Who labeled them, by which instruction; where two people did, how often they agreed. -->

## Splits

<!-- Which part was used for building, and which was kept back; how they were parted. -->

## Gaps

<!-- Which cases of real use are missing, and which way that bends the figures. -->
"""

TEMPLATES = """\
# Templates

Each file here has the path it is meant for: copy `templates/docs/memo.md` to `docs/memo.md`, say, and fill it in. It
stands here and not there because an empty form is no evidence. Take a template out once you have used it.
"""

DOCUMENT = """\
# {title}

<!-- A template. Copy it to the place its path under templates/ names, and fill it in: {path} -->

{heads}"""

STANDARD = {
    "docs/decisions/": ("Context", "Options", "Numbers", "Choice", "Revisit when"),
    "evals/plan.md": ("Metric", "Smallest effect", "Sample size", "Stop rule"),
    "MODEL_CARD.md": ("Intended use", "Excluded use", "Evaluation data", "Known failures"),
}
"""The layout's own documents by the start of their path, with the headings each has."""

PROMPTS = {
    "context": "What made a decision necessary, and what could not be changed.",
    "options": "At least two that somebody would defend, with what each costs.",
    "numbers": "The figures that bear on it, each with the file in evals/results/ it comes from.",
    "choice": "What was chosen, and what was given up for it.",
    "revisit when": "The figure or the event that would make you decide again.",
    "metric": "The one figure that decides, with its unit, and how it is worked out.",
    "guardrail metrics": "What must not get worse, and by how much at most.",
    "smallest effect": "The smallest difference that would change what you do.",
    "sample size": "How many cases, and how you arrived at that.",
    "stop rule": "When you stop, and what you then say, whatever the figures are.",
    "intended use": "What it is for, and for whom.",
    "excluded use": "What it must not be used for, and why.",
    "evaluation data": "Which data it was measured on, and how they differ from real use.",
    "known failures": "Where it fails, how often, with an example of each.",
    "slices": "The groups it was measured on, and the weakest of them.",
}
"""What to write under a heading, by its name in lower case."""
