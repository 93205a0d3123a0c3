"""The command that asks the quiz, or reads its answers, and says which role fits."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from roadmap.analysis.fit import fit as fit_answers
from roadmap.analysis.fit import shuffled
from roadmap.analysis.sentences import fit_text
from roadmap.cli.context import Context, fail, interactive, json_option, pass_context, say_json
from roadmap.cli.text import columns, count, hours_text, wrap
from roadmap.loading.beside import BesideError
from roadmap.loading.clean import quote
from roadmap.model.catalog import title_of
from roadmap.storage.choosing import quiz_of

if TYPE_CHECKING:
    from roadmap.analysis.fit import Fit
    from roadmap.model.catalog import Catalog
    from roadmap.model.choosing import Quiz, QuizQuestion

MAX_BYTES = 100_000
"""The largest file of answers that is read."""


@click.command(
    epilog="""\b
Examples:
  roadmap fit                         asks; a number answers, b goes back, s skips, q ends
  roadmap fit --answers mine.toml     lines such as: saturday = "b"
  roadmap fit --questions             the questions and their letters, to write such a file"""
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    help="A TOML or JSON file with a letter for each question; `-` reads standard input.",
)
@click.option("--questions", is_flag=True, help="Print the questions with the letters of their answers.")
@click.option("--seed", type=int, help="The order of the answers; the same number gives the same order.")
@json_option
@pass_context
def fit(context: Context, answers: Path | None, questions: bool, seed: int | None, as_json: bool) -> None:
    """Find the role that fits you, by a short quiz. Skip what you like; nothing is recorded."""
    try:
        quiz = quiz_of(context.workspace)
    except BesideError as error:
        fail(f"The quiz cannot be used: {error}.", "Mend that file, or remove it to use the bundled quiz.")
    catalog = context.workspace.catalog
    if not quiz.questions or not any(track.quiz for track in catalog.tracks.values()):
        fail("These tracks have no quiz.", "Leave out --tracks to use the bundled ones.")
    if questions:
        _print_questions(quiz, as_json)
        return
    if answers is not None:
        given = _read(answers, quiz)
    elif interactive():
        given = _ask(quiz, secrets.randbelow(1_000_000) if seed is None else seed)
    else:
        fail(
            "There is nobody to ask: standard input is not a terminal.",
            "Give the answers with --answers FILE; `roadmap fit --questions` prints the questions.",
        )
    result = fit_answers(catalog, quiz, given)
    if as_json:
        say_json(fit_data(result))
    else:
        _print_result(catalog, quiz, result)
    if result.top is None:
        raise SystemExit(1)


def fit_data(result: Fit) -> dict[str, Any]:
    """The answer of ``fit``."""
    return {
        "roles": [
            {"role": one.role, "score": one.score, "share": round(one.share, 4)} for one in result.roles
        ],
        "top": result.top,
        "lead": result.lead,
        "close": result.close,
        "reasons": [
            {"question": one.question, "answer": one.letter, "role": one.role, "weight": one.weight}
            for one in result.reasons
        ],
        "try": [{"role": one.role, "project": one.project.address} for one in result.trials],
        "background": dict(result.background),
        "advice": list(result.advice),
        "answered": result.answered,
    }


def _read(path: Path, quiz: Quiz) -> dict[str, str]:
    """Read a file of answers. Every id and letter must be one of the quiz, so that no slip goes unseen."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        text = data.decode()
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror}.", "Name a file of answers, TOML or JSON.")
    except UnicodeDecodeError:
        fail(f"{name} is not UTF-8 text.", "Write the answers as TOML or JSON.")
    if len(data) > MAX_BYTES:
        fail(
            f"{name} is larger than {MAX_BYTES:,} bytes.", "A file of answers has one line for each question."
        )
    table = _parse(text, name)
    inner = table.get("answers", table)
    if not isinstance(inner, dict):
        fail(f"`answers` in {name} should be a table.", 'Write lines such as: saturday = "b"')
    given = {}
    for id, letter in inner.items():
        question = quiz.question(str(id))
        if question is None:
            fail(f"There is no question {quote(str(id))} ({name}).", "`roadmap fit --questions` lists them.")
        if not isinstance(letter, str) or (letter and letter.lower() not in question.answers):
            letters = ", ".join(question.answers)
            fail(
                f"The answer to `{question.id}` in {name} should be one of {letters}.",
                "Leave a question out to skip it.",
            )
        if letter:
            given[question.id] = letter.lower()
    return given


def _parse(text: str, name: str) -> dict[str, Any]:
    """Parse JSON when it looks like it, else TOML."""
    try:
        if text.lstrip().startswith("{"):
            data = json.loads(text)
        else:
            import tomli

            data = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        fail(
            f"{name} is neither TOML nor JSON: {quote(str(error), 120)}.",
            'Write lines such as: saturday = "b"',
        )
    return data if isinstance(data, dict) else {}


def _ask(quiz: Quiz, seed: int) -> dict[str, str]:
    """Ask one question after the other; every answer can be changed by going back."""
    given: dict[str, str] = {}
    place = 0
    click.echo(f"{count(len(quiz.questions), 'question')}. A number answers; b goes back, s skips, q ends.\n")
    while place < len(quiz.questions):
        question = quiz.questions[place]
        letters = shuffled(question, seed)
        click.echo(wrap(question.text, f"{place + 1}/{len(quiz.questions)}  ", "      "))
        for number, letter in enumerate(letters, 1):
            mark = "*" if given.get(question.id) == letter else " "
            click.echo(wrap(question.answers[letter], f"  {mark} {number}  ", "       "))
        step = _one_answer(question, letters, given)
        if step is None:
            break
        place = max(0, place + step)
        click.echo()
    return given


def _one_answer(question: QuizQuestion, letters: list[str], given: dict[str, str]) -> int | None:
    """Take one answer into ``given``; return where to go: 1 on, -1 back, None to end."""
    while True:
        try:
            reply = input("> ").strip().lower()
        except EOFError:
            return None
        if reply.isdigit() and 1 <= int(reply) <= len(letters):
            given[question.id] = letters[int(reply) - 1]
            return 1
        if reply in ("s", "skip"):
            given.pop(question.id, None)
            return 1
        if reply == "" and question.id in given:
            return 1
        if reply in ("b", "back"):
            return -1
        if reply in ("q", "quit"):
            return None
        click.echo(f"A number from 1 to {len(letters)}, b, s or q.")


def _print_questions(quiz: Quiz, as_json: bool) -> None:
    if as_json:
        say_json(
            [
                {"id": one.id, "text": one.text, "answers": dict(one.answers), "advises": one.advises or None}
                for one in quiz.questions
            ]
        )
        return
    for question in quiz.questions:
        click.echo(wrap(question.text, f"{question.id}: ", "  "))
        for letter, text in question.answers.items():
            click.echo(wrap(text, f"  {letter}  ", "     "))
        click.echo()


def _print_result(catalog: Catalog, quiz: Quiz, result: Fit) -> None:
    """The result in words: who leads and by how much, why, what to try, and where to begin."""
    if result.top is None:
        click.echo("Nothing is answered that decides, so nothing is decided.")
        click.echo("`roadmap roles` tells the roles apart in words.")
        return
    click.echo(fit_text(catalog, result))
    rows = [
        [f"  {catalog.tracks[one.role].title}", f"{one.score}", "#" * round(40 * one.share)]
        for one in result.roles
    ]
    click.echo("\n" + columns(rows, right=(1,)))
    click.echo("\nThe answers that decided it")
    for reason in result.reasons[:5]:
        question = quiz.question(reason.question)
        if question is not None:
            click.echo(
                wrap(f"{question.answers[reason.letter]} ({question.id}, {reason.weight})", "  - ", "    ")
            )
    if result.trials:
        click.echo("\nWhat would tell: build a small thing of each, and see which one you want to go on with")
        for trial in result.trials:
            size = hours_text(trial.project.hours)
            click.echo(
                wrap(f"{catalog.tracks[trial.role].title}: {title_of(trial.project)}, {size}", "  - ", "    ")
            )
            click.echo(f"    {trial.project.address}")
    if result.advice:
        click.echo("\nWhere to begin, whichever it is")
        for line in result.advice:
            click.echo(wrap(line, "  - ", "    "))
    click.echo(f"\n`roadmap role {result.top}` says more of it; `roadmap role {result.top} --follow` begins.")
