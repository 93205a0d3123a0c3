"""The head of a milestone's screen: why it is there, and what comes before it."""

from __future__ import annotations

import pytest

from tui.app import make_app

LONG = "Look at outputs, name failures, count them and decide what to mend first"

TRACK = f"""
title = "Proof"

[[milestones]]
id = "look"
title = "{LONG}"
hours = 2

[[milestones]]
id = "mend"
title = "Mend what counts"
hours = 2
after = ["look"]

[[milestones]]
id = "again"
title = "Look again"
hours = 2
after = ["look", "mend"]
why = "What was mended may have broken something else."
"""


@pytest.fixture
def proof(home):
    (home / "tracks" / "proof.toml").write_text(TRACK)
    (home / "progress.toml").write_text('schema = 1\nrole = "proof"\n')
    return make_app(home / "progress.toml")


async def test_what_comes_before_is_named_in_full_where_there_is_room(proof, shown):
    async with proof.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        proof.open_address("proof/again")
        await pilot.pause()
        assert f"after  ○ {LONG}" in shown(proof)
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        row = next(row for row in shown(proof).splitlines() if "after  " in row)
        assert row.rstrip().endswith("…")
        assert len(row.rstrip()) > 50, "it is cut where the room ends"
        assert "Mend what counts" in shown(proof)


async def test_without_a_why_the_title_stands_once(proof, shown):
    async with proof.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        proof.open_address("proof/mend")
        await pilot.pause()
        assert shown(proof).count("Mend what counts") == 1
        assert proof.screen.items.keys == ["proof/mend"], "it can still be selected and marked"
        await pilot.press("space")
        await pilot.pause()
        assert proof.session.records.state("proof/mend") == "learning"
        proof.open_address("proof/look")
        await pilot.pause()
        assert shown(proof).count(LONG) == 1
        assert "Nothing says why it is here." in shown(proof)
        assert proof.screen.items.keys == ["proof/look"]
