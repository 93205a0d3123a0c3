"""The ``roadmap`` command, also as ``python -m roadmap``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit status: 0 done, 1 the answer is no, 2 wrong input."""
    # Collecting garbage while importing and answering finds nothing to free and costs a tenth of a short command.
    # The terminal UI turns it on again after its first frame.
    gc.disable()
    from roadmap.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
