"""The first text of an overlay: nothing but comments, with examples that fit the track it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadmap.authoring.schema import OVERLAY_FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from roadmap.model.track import Milestone, Track

_HEAD = """\
#:schema ./{schema}
# An overlay: what you change of the track {id}, without copying it. Updates of the track still arrive.
# Nothing here has an effect yet. Take the # off in front of an example to use it, put in what you mean, and run
#   roadmap track lint
# which says what is wrong, where, and what to do. Things are named by `milestone` or `milestone/item`, as listed by
#   roadmap path {id}
#   roadmap show MILESTONE
"""

_HIDE = """
# Hide what you do not need. It counts in no total and is never suggested; what you recorded of it stays in your file.
#hide = ["{item}"]
"""

_NOTE = """
# A remark of your own. It is shown with the thing.
#[[notes]]
#at = "{at}"
#text = "Ask the team which account to use before you begin."
"""

_MOVE = """
# Another order on the screens. Milestones move in the track, items among their like in their milestone.
#[[move]]
#what = "{what}"
#before = "{beside}"
"""

_MILESTONE = """
# A milestone of your own, written as in a track. `place_after` is where it stands, `after` what has to be done first.
#[[milestones]]
#id = "{id}"
#title = "What our team does on its own"
#place_after = "{place}"
#after = ["{place}"]
#
#[[milestones.skills]]
#id = "find-the-owner"
#can = "find out who owns a service, and show how long the answer took"
"""

_ADD = """
# Items of your own for a milestone of the track: skills, resources, projects, written as in a track.
#[[add]]
#to = "{at}"
#
#[[add.skills]]
#id = "{id}"
#can = "send one call through our own gateway, and show its line in the log"
"""


def starter(track: Track, added: Collection[str] = ()) -> str:
    """Return the text of an overlay for a track. What is in ``added`` is of other overlays, and not named."""
    own = [one for one in track.milestones if one.track == track.id and one.address not in added]
    text = _HEAD.format(schema=OVERLAY_FILE, id=track.id)
    if not own:
        return text
    first = own[0]
    items = [address for one in own for address in _items(one) if address not in added]
    if items:
        text += _HIDE.format(item=_name(items[-1]))
    text += _NOTE.format(at=first.id)
    if len(own) > 1:
        text += _MOVE.format(what=own[1].id, beside=first.id)
    text += _MILESTONE.format(id=_free("our-own-way", [one.id for one in track.milestones]), place=own[-1].id)
    taken = [address.rpartition("/")[2] for address in _items(first)]
    return text + _ADD.format(at=first.id, id=_free("use-our-gateway", taken))


def _items(milestone: Milestone) -> list[str]:
    """Return the addresses of the items of a milestone that are written in it."""
    return [
        *(one.address for one in milestone.projects),
        *(entry.skill.address for entry in milestone.skills if not entry.shared),
        *(one.address for one in milestone.resources),
    ]


def _name(address: str) -> str:
    return address.partition("/")[2]


def _free(id: str, taken: Sequence[str]) -> str:
    """Return an id that nothing has yet."""
    found, number = id, 2
    while found in taken:
        found = f"{id}-{number}"
        number += 1
    return found
