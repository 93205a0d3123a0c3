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
    """Lint texts, each under the id that is its keyword; bundled tracks may be referred to.

    A keyword that ends in ``.overlay`` means an overlay.
    """

    def run(**texts: str) -> Report:
        names = {key.replace("_", "-"): text for key, text in texts.items()}
        return lint([source(id, text) for id, text in names.items()], library)

    return run


def source(id: str, text: str) -> Source:
    return Source(id.removesuffix(".overlay"), f"{id}.toml", text, overlay=id.endswith(".overlay"))
