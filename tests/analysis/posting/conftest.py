"""The bundled tracks' reader of postings, and short ways to ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.analysis.posting.reading import read_posting, scorer_of
from roadmap.loading.beside import read_other_work
from roadmap.loading.sources import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

    from roadmap.analysis.posting.reading import Reading
    from roadmap.analysis.posting.scoring import Scorer
    from roadmap.model.catalog import Catalog


@pytest.fixture(scope="session")
def roles(bundle: Catalog) -> tuple[str, ...]:
    """The roles of the bundled tracks."""
    return tuple(bundle.tracks)


@pytest.fixture(scope="session")
def scorer(bundle: Catalog) -> Scorer:
    """The signals of the bundled tracks and of other work."""
    return scorer_of(bundle, read_other_work([bundled()]))


@pytest.fixture(scope="session")
def read(roles: tuple[str, ...], scorer: Scorer) -> Callable[[str], Reading]:
    """Read a posting."""
    return lambda text: read_posting(text, roles, scorer)


@pytest.fixture(scope="session")
def shares(read: Callable[[str], Reading]) -> Callable[[str], dict[str, float]]:
    """The shares of a posting, by role."""
    return lambda text: dict(read(text).shares)


@pytest.fixture(scope="session")
def posting() -> Callable[..., str]:
    """Write a posting that has nothing but duties."""

    def write(*duties: str, title: str = "Engineer") -> str:
        return f"{title}\n\nResponsibilities\n\n" + "\n".join(f"- {one}" for one in duties)

    return write
