"""Everything that has an address in a set of tracks, and what can be asked of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from roadmap.loading.outline import Outline, Stage
    from roadmap.loading.spans import Path


class Names:
    """The addresses of a set of tracks, each with its place in its file."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self.outlines = outlines
        self.milestones: dict[str, Path] = {}
        self.skills: dict[str, Path] = {}
        self._others: dict[str, str] = {}
        self._references: set[str] = set()
        self._mentions: set[str] | None = None
        self._ids: dict[str, set[str]] = {}
        self._endings: dict[int, dict[str, list[str]]] = {}
        for one in outlines.values():
            self._add(one)

    def _add(self, outline: Outline) -> None:
        for stage in outline.stages:
            if stage.ref:
                self._references.add(f"{outline.id}/{stage.ref.rpartition('/')[2]}")
                continue
            if not stage.id:
                continue
            home = f"{outline.id}/{stage.id}"
            self.milestones.setdefault(home, stage.path)
            for entry in stage.entries:
                if entry.kind == "skill" and not entry.ref and entry.id:
                    self.skills.setdefault(f"{home}/{entry.id}", entry.path)
                elif entry.kind == "skill" and entry.ref:
                    self._references.add(f"{home}/{entry.ref.rpartition('/')[2]}")
                elif entry.id:
                    self._others.setdefault(f"{home}/{entry.id}", entry.kind)

    def other_kind(self, address: str, wanted: str) -> str:
        """Say what stands at an address where something of the wanted kind should; empty when nothing does."""
        if address in self._others:
            return f"a {self._others[address]}"
        if address in self._references:
            return "itself a reference"
        if address in self.skills and wanted != "skill":
            return "a skill"
        return "a milestone" if address in self.milestones and wanted != "milestone" else ""

    def ending(self, short: str, known: Mapping[str, Path]) -> list[str]:
        """Return all known addresses that end with a short one."""
        table = self._endings.get(id(known))
        if table is None:
            table = self._endings.setdefault(id(known), {})
            for address in known:
                parts = address.split("/")
                for start in range(1, len(parts)):
                    table.setdefault("/".join(parts[start:]), []).append(address)
        return table.get(short, [])

    def chain(self, track: str) -> list[str]:
        """Return a track and those it extends, as far as they are known; stops where a circle closes."""
        found: list[str] = []
        while track in self.outlines and track not in found:
            found.append(track)
            track = self.outlines[track].extends
        return found

    def mentioned(self, id: str) -> bool:
        """Tell whether any track refers to something by this id, in whichever part of an address."""
        if self._mentions is None:
            self._mentions = {
                part
                for one in self.outlines.values()
                for text in one.mentions()
                for part in (text, *text.split("/"))
            }
        return id in self._mentions

    def is_written(self, track: str, id: str) -> bool:
        """Tell whether a milestone or an item of a track has this id."""
        if track not in self._ids:
            stages = self.outlines[track].stages
            self._ids[track] = {stage.id for stage in stages}
            self._ids[track].update(entry.id for stage in stages for entry in stage.entries)
        return id in self._ids[track]

    def prerequisites(self) -> dict[str, list[str]]:
        """Return which milestones each milestone waits for, as far as they exist."""
        edges: dict[str, list[str]] = {}
        for one in self.outlines.values():
            for stage in one.stages:
                if stage.id and not stage.ref:
                    wanted = [
                        text if "/" in text else f"{one.id}/{text}"
                        for group in stage.after
                        for _, text in group
                    ]
                    known = [address for address in wanted if address in self.milestones]
                    edges.setdefault(f"{one.id}/{stage.id}", known)  # of two with one id, the first
        return edges

    def where(self, address: str, wanted: str) -> Path:
        """Return the place where a milestone names another one that it waits for."""
        track = address.partition("/")[0]
        stage = self._stage(address)
        for group in stage.after if stage else ():
            for path, text in group:
                if text == wanted or f"{track}/{text}" == wanted:
                    return path
        return (*self.milestones[address], "after")

    def _stage(self, address: str) -> Stage | None:
        track = address.partition("/")[0]
        path = self.milestones[address]
        return next((stage for stage in self.outlines[track].stages if stage.path == path), None)
