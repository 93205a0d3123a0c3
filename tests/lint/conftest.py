from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roadmap.lint.files import Library
from roadmap.lint.run import Report, lint
from roadmap.loading.sources import Source, bundled

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def library() -> Library:
    return Library([bundled()])


@pytest.fixture
def lint_texts(library: Library) -> Callable[..., Report]:
    """Lint texts, each under the id that is its keyword; bundled tracks may be referred to."""

    def run(**texts: str) -> Report:
        names = {key.replace("_", "-"): text for key, text in texts.items()}
        return lint([Source(id, f"{id}.toml", text) for id, text in names.items()], library)

    return run
