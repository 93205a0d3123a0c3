"""The user's choices about looks and keys, in ``config.toml`` of the config folder."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """What the user chose. ``theme`` is the name of a Textual theme; ``keys`` maps a binding's id to keys.

    ``notices`` tells of values that were not understood; the defaults are used for those.
    """

    theme: str | None = None
    ascii: bool = False
    reduced_motion: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def load_config(folder: Path) -> Config:
    """Read the config file. A missing one is empty; a broken one gives defaults and a notice, never an error."""
    path = folder / "config.toml"
    try:
        data: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Config()
    except (OSError, ValueError, RecursionError) as error:
        return Config(notices=(f"config.toml is not used: {str(error)[:200]}",))
    notices = [f"config.toml: unknown key `{key[:40]}`" for key in data if key not in _KINDS]
    known = {}
    for key, kind in _KINDS.items():
        if key in data:
            if isinstance(data[key], kind):
                known[key] = data[key]
            else:
                notices.append(f"config.toml: `{key}` should be a {kind.__name__}")
    keys = {id: bound for id, bound in known.pop("keys", {}).items() if isinstance(bound, str)}
    return replace(Config(**known), keys=keys, notices=tuple(notices))


_KINDS: dict[str, type] = {"theme": str, "ascii": bool, "reduced_motion": bool, "keys": dict}


def save_choice(folder: Path, key: str, value: str | bool) -> None:
    """Remember one choice, leaving the rest of the file as it is. Raises OSError when that is impossible.

    A config file that cannot be read as TOML is left alone.
    """
    import tomlrt

    path = folder / "config.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        document = tomlrt.loads(text)
    except ValueError:
        return
    document[key] = value
    folder.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".toml.part")
    partial.write_text(tomlrt.dumps(document), encoding="utf-8")
    partial.replace(path)
