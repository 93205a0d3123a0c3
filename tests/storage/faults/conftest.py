"""Where the tests of faults work: in memory where that is possible, since they save thousands of times."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def in_memory() -> Path | None:
    """A folder that no disk has to confirm, or None for the usual place."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK | os.X_OK) else None


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder for one test."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as name:
        yield Path(name)
