"""Draw the pictures of the README by driving the real UI: ``uv run python docs/pictures.py``.

Works in a folder of its own and touches no progress of anybody.
"""

import asyncio
import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

PICTURES = Path(__file__).resolve().parent / "pictures"
POSTING = PICTURES.parent / "examples" / "posting.txt"
SIZE = (100, 32)
WIDE = (124, 40)

DONE = """
    estimate-a-call sampling-effects stream-and-cancel classify-failures reasoning-effort one-interface
    where-prompts-go representative-traces error-analysis cheapest-check agreed-criteria held-out-rarely
    ai-engineer/first-evals/error-bars evals-in-ci read-a-benchmark prompt-ablation choose-examples prompt-ids
    cacheable-order length-and-position compaction data-is-not-instruction prompt-optimizer
    ai-engineer/prompt-and-context/choose-the-remedy long-thread-assistant schema-for-unknowns
    constrained-decoding three-bad-endings triage-evals
"""

PROVEN = {"triage-endpoint": "triage", "triage-evals": "triage-evals"}


def prepare(progress: Path) -> None:
    """Record the state of somebody a few months into the path of the Agentic AI Engineer."""
    from roadmap.analysis import marks
    from roadmap.model.address import resolve
    from roadmap.model.progress import State
    from roadmap.storage.places import Place
    from roadmap.storage.workspace import Workspace

    workspace = Workspace(Place(progress, "for the pictures"))
    workspace.create("agentic-ai-engineer", 6)

    def full(text: str) -> str:
        found = resolve(text, workspace.catalog.addresses(), workspace.catalog.addresses())
        if found.address is None:
            raise SystemExit(f"{text} is not one address: {found.candidates or found.near}")
        return found.address

    day = date(2026, 11, 20)
    for text in DONE.split():
        workspace.apply(marks.mark(workspace.catalog, workspace.progress, [full(text)], State.DONE, day))
    for text, name in PROVEN.items():
        home = f"https://github.com/me/{name}"
        evidence = {
            "built": [home],
            "evaluated": [f"{home}/tree/main/evals"],
            "explained": [f"{home}/blob/main/PROOF.md"],
        }
        workspace.apply(marks.prove(workspace.catalog, workspace.progress, full(text), evidence, day))
    begun = {"built": ["https://github.com/me/filings"]}
    workspace.apply(marks.prove(workspace.catalog, workspace.progress, full("filing-extractor"), begun, day))


async def draw(progress: Path) -> None:
    """Walk through the screens and save each one."""
    from textual.events import Paste

    from tui.app import make_app
    from tui.screens.posting import PostingScreen

    app = make_app(progress, None)
    async with app.run_test(size=SIZE) as pilot:

        async def save(name: str, *keys: str) -> None:
            await pilot.press(*keys)
            await pilot.pause(0.4)
            svg = app.export_screenshot(title="roadmap")
            # Without an outside font a picture looks the same everywhere.
            svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
            (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
            print(f"drew {name}.svg")

        await save("map")
        await save("milestone", "enter", "g", "j", "j", "j", "a")
        app.screen.items.select("ai-engineer/structured-outputs/filing-extractor")
        await save("project", "enter")
        await save("roles", "b", "b", "r")
        for role in ("ai-engineer", "ml-engineer"):
            app.screen.picture.select(role)
            await pilot.press("space")
        await save("compare", "c")
        await pilot.resize_terminal(*WIDE)  # here the result stands beside the text
        await pilot.press("b", "d")
        await pilot.pause()
        app.screen.focused.post_message(Paste(POSTING.read_text(encoding="utf-8")))
        while not isinstance(app.screen, PostingScreen):
            await pilot.pause(0.05)
        await save("posting")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("ROADMAP_PROGRESS", None)
        os.environ.pop("NO_COLOR", None)
        for name in ("CONFIG", "STATE", "CACHE"):
            os.environ[f"ROADMAP_{name}_DIR"] = str(Path(folder) / name.lower())
        progress = Path(folder) / "progress.toml"
        prepare(progress)
        asyncio.run(draw(progress))


if __name__ == "__main__":
    sys.exit(main())
