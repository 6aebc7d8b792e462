"""Options of an assignment: ``params.toml``, every one with a default."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from travesia.terms import InputError, PackError


@dataclass(frozen=True)
class Params:
    """Options. Penalties are in score; an infinite one makes its condition hard."""

    unplaced_penalty: float = 0.0
    floor_penalty: float = math.inf
    group_penalty: float = math.inf
    group_per: str = "case"
    floors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


_PENALTIES = ("unplaced_penalty", "floor_penalty", "group_penalty")
_KEYS = (*_PENALTIES, "group_per", "group_floors")


def read_params(path: Path) -> Params:
    """Read the options; a file that is not there leaves all at their defaults.

    Raises
    ------
    InputError
        For a file that is no TOML, an unknown option, or a value that cannot be.
    """
    if not path.exists():
        return Params()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path, f"is no TOML ({error})", "correct it") from None
    for key in table:
        if key not in _KEYS:
            raise InputError(path, "option is unknown", f"the options are {', '.join(_KEYS)}", column=key)
    penalties = {key: _number(path, key, table[key]) for key in _PENALTIES if key in table}
    for key, value in penalties.items():
        if value < 0:
            raise InputError(path, "is negative", "give 0 or more", column=key, value=value)
    per = table.get("group_per", "case")
    if not isinstance(per, str):
        raise InputError(path, "is no name", "give case or a resource", column="group_per", value=per)
    floors = table.get("group_floors", {})
    if not isinstance(floors, dict):
        raise InputError(path, "is no table", "write [group_floors] and GROUP = FLOOR", column="group_floors")
    named = {str(name): _number(path, f"group_floors.{name}", value) for name, value in floors.items()}
    return Params(group_per=per, floors=MappingProxyType(named), **penalties)


def _number(path: Path, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(path, "is not a number", "correct it", column=key, value=value)
    return float(value)
