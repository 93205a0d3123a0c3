"""Reading what stands beside the tracks: ``quiz/questions.toml`` and ``decoder/none.toml`` in a tracks folder.

Both are small and read only by the commands that need them, so they are checked by hand: pydantic would cost
these commands more than all their work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from roadmap.loading.clean import clean_tree, quote
from roadmap.model.choosing import Advice, OtherWork, Quiz, QuizQuestion
from roadmap.model.track import Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_Built = TypeVar("_Built")

QUIZ = "quiz/questions.toml"
OTHER_WORK = "decoder/none.toml"

MAX_BYTES = 500_000
"""The largest of these files that is read."""


class BesideError(Exception):
    """A file beside the tracks cannot be used; the message names the file and what is wrong."""


def read_quiz(folders: Iterable[Path]) -> Quiz:
    """Return the quiz of the first folder that has one, an empty quiz when none has. Raises BesideError."""
    return _read(folders, QUIZ, _quiz) or Quiz()


def read_other_work(folders: Iterable[Path]) -> OtherWork:
    """Return the signs of other work of the first folder that has them, none when none has. Raises BesideError."""
    return _read(folders, OTHER_WORK, _other_work) or OtherWork()


def _read(folders: Iterable[Path], name: str, build: Callable[[dict[str, Any]], _Built]) -> _Built | None:
    import tomli

    for folder in folders:
        path = folder / name
        if not path.is_file():
            continue
        try:
            if path.stat().st_size > MAX_BYTES:
                raise BesideError(f"{path} is larger than {MAX_BYTES:,} bytes")
            return build(clean_tree(tomli.loads(path.read_bytes().decode())))
        except (OSError, UnicodeDecodeError, RecursionError) as error:
            raise BesideError(f"{path} cannot be read: {error}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BesideError(f"{path} is not as it should be: {_reason(error)}") from error
    return None


def _reason(error: Exception) -> str:
    return f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)


def _quiz(data: dict[str, Any]) -> Quiz:
    questions = []
    for one in data["questions"]:
        answers = {_text(letter): _text(answer) for letter, answer in one["answers"].items()}
        points = {_text(letter): int(value) for letter, value in one.get("points", {}).items()}
        if len(answers) < 2 or not points.keys() <= answers.keys():
            raise ValueError(
                f"the question {quote(_text(one['id']))} has too few answers, or points for none"
            )
        if any(len(letter) != 1 or not "a" <= letter <= "z" for letter in answers):
            raise ValueError(f"an answer of {quote(_text(one['id']))} is not named by a letter from a to z")
        questions.append(
            QuizQuestion(_text(one["id"]), _text(one["text"]), answers, _text(one.get("advises", "")), points)
        )
    if len({one.id for one in questions}) < len(questions):
        raise ValueError("two questions have the same id")
    advice = [
        Advice(_text(one["about"]), int(one["up_to"]), _text(one["text"])) for one in data.get("advice", [])
    ]
    return Quiz(tuple(questions), tuple(sorted(advice, key=lambda one: one.up_to)))


def _other_work(data: dict[str, Any]) -> OtherWork:
    signals = [
        Signal(
            _text(one["means"]),
            min(3.0, max(0.25, float(one["weight"]))),
            _texts(one["phrases"]),
            _texts(one.get("unless", [])),
            _texts(one.get("parts", [])),
            one.get("leads", False) is True,
        )
        for one in data["signals"]
    ]
    return OtherWork(tuple(signals), _texts(data.get("neutral", [])), _texts(data.get("broad", [])))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{quote(repr(value))} should be text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{quote(repr(value))} should be a list of texts")
    return tuple(_text(one) for one in value)
