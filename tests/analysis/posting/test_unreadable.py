"""What cannot be read: nothing, other languages, far too much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roadmap.analysis.posting.coverage import coverage
from roadmap.analysis.posting.language import language_of
from roadmap.analysis.posting.scoring import NONE
from roadmap.model.progress import Progress

if TYPE_CHECKING:
    from roadmap.model.catalog import Catalog

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "posting.txt"


GERMAN = """Wir suchen eine Person, die mit uns Modelle trainiert und für die Kunden da ist. Du bist Teil von einem
Team und arbeitest bei uns in Berlin oder remote. RAG und LLM sind dir nicht fremd."""
FRENCH = """Nous cherchons une personne pour entraîner des modèles avec les équipes et pour aider nos clients dans le
monde. Vous êtes au cœur de la production et de la recherche. LLM et RAG."""
SPANISH = """Buscamos una persona para entrenar los modelos con el equipo y ayudar a los clientes en la empresa. Es una
oportunidad para crecer con nosotros y que tus ideas se hagan realidad. RAG."""
JAPANESE = (
    "機械学習エンジニアを募集しています。モデルの学習と評価を担当していただきます。RAG の経験を歓迎します。"
)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "\x00\x00"])
def test_an_empty_posting(text: str, read: Any) -> None:
    reading = read(text)
    assert reading.top == NONE
    assert not reading.clear
    assert reading.evidence == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("German", GERMAN),
        ("French", FRENCH),
        ("Spanish", SPANISH),
        ("Japanese", JAPANESE),
    ],
)
def test_other_languages_are_named_and_not_guessed(
    language: str, text: str, read: Any, bundle: Catalog
) -> None:
    reading = read(text)
    assert reading.language == language
    assert (reading.top, reading.clear, reading.evidence) == (NONE, False, ())
    assert coverage(bundle, Progress(), reading) == ()


def test_english_with_foreign_names_stays_english() -> None:
    assert (
        language_of(EXAMPLE.read_text(encoding="utf-8") + " Zürich, São Paulo, Île-de-France, der Die das")
        is None
    )


def test_a_megabyte_is_read(read: Any) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    body = "\n".join(f"- Build retrieval number {n} and train model {n}" for n in range(20_000))
    long = f"{text}\n\nResponsibilities\n{body}"
    assert len(long) > 900_000
    assert sum(share for _, share in read(long).shares) == pytest.approx(1)


@pytest.mark.parametrize(
    "unit", ["<", "(", "- ", "* ", "**", "a ", "A. ", "\n", "&lt;p", "build ", "•", "-\n", "not "]
)
def test_repeated_signs_take_no_long_time(unit: str, read: Any, roles: tuple[str, ...]) -> None:
    assert read(unit * (100_000 // len(unit))).top in {*roles, NONE}
