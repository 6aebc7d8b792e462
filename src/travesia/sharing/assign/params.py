"""Options of an assignment: ``params.toml``, or a table of options and values; every one with a default."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from travesia.sharing.assign.sheets import read_cells
from travesia.terms import InputError, PackError


@dataclass(frozen=True)
class Params:
    """Options. Penalties are in score; an infinite one makes its condition hard.

    ``file`` and ``rows`` say where they stand; a TOML file has no rows.
    """

    unplaced_penalty: float = 0.0
    floor_penalty: float = math.inf
    group_penalty: float = math.inf
    group_per: str = "case"
    leximin: bool = False
    raise_worst: float | None = None
    floors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    file: Path = Path("params.toml")
    rows: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def fault(self, option: str, problem: str, remedy: str, value: object = None) -> InputError:
        """Return the error for an option."""
        row = self.rows.get(option)
        return InputError(self.file, problem, remedy, row=row, column=option, value=value)


_FLOORS = "group_floors"
_PENALTIES = ("unplaced_penalty", "floor_penalty", "group_penalty")
_KEYS = (*_PENALTIES, "group_per", _FLOORS, "leximin", "raise_worst")


def read_params(path: Path | None) -> Params:
    """Read the options; without a file all have their defaults.

    In a table (columns ``option`` and ``value``) a group's floor is the option ``group_floors.GROUP``.

    Raises
    ------
    InputError
        For a file that is no TOML, an unknown option, or a value that cannot be.
    """
    if path is None:
        return Params()
    values, rows = _of_toml(path) if path.suffix == ".toml" else _of_table(path)
    at = Params(file=path, rows=MappingProxyType(rows))
    for key in values:
        if key not in _KEYS and not key.startswith(f"{_FLOORS}."):
            raise at.fault(key, "option is unknown", f"the options are {', '.join(_KEYS)}")
    unplaced, floor, group = (_penalty(at, key, values) for key in _PENALTIES)
    per = values.get("group_per", "case")
    if not isinstance(per, str):
        raise at.fault("group_per", "is no name", "give case or a resource", per)
    floors = {
        key.removeprefix(f"{_FLOORS}."): _number(at, key, value)
        for key, value in values.items()
        if key.startswith(f"{_FLOORS}.")
    }
    params = Params(unplaced, floor, group, per, floors=MappingProxyType(floors), file=path, rows=at.rows)
    return _with_aim(params, values.get("leximin", False), values.get("raise_worst"))


def _penalty(at: Params, key: str, values: Mapping[str, object]) -> float:
    if key not in values:
        return float(getattr(at, key))
    value = _number(at, key, values[key])
    if value < 0:
        raise at.fault(key, "is negative", "give 0 or more", value)
    return value


def _with_aim(params: Params, leximin: object, points: object) -> Params:
    """Return the options with what groups are promised."""
    if not isinstance(leximin, bool):
        raise params.fault("leximin", "is neither true nor false", "correct it", leximin)
    if leximin and points is not None:
        raise params.fault("raise_worst", "stands beside leximin", "keep one of them")
    if leximin and math.isfinite(params.group_penalty):
        raise params.fault(
            "group_penalty", "stands beside leximin", "leave it out: leximin is kept, not paid"
        )
    if points is None:
        return replace(params, leximin=leximin)
    raised = _number(params, "raise_worst", points)
    if raised <= 0:
        raise params.fault("raise_worst", "is not above 0", "give for example 0.02", points)
    return replace(params, raise_worst=raised)


def _of_toml(path: Path) -> tuple[dict[str, object], dict[str, int]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path, f"is no TOML ({error})", "correct it") from None
    floors = table.pop(_FLOORS, {})
    if not isinstance(floors, dict):
        raise InputError(path, "is no table", f"write [{_FLOORS}] and GROUP = FLOOR", column=_FLOORS)
    return table | {f"{_FLOORS}.{name}": value for name, value in floors.items()}, {}


def _of_table(path: Path) -> tuple[dict[str, object], dict[str, int]]:
    values: dict[str, object] = {}
    rows: dict[str, int] = {}
    for cells in read_cells(path, ["option", "value"])[1]:
        option, text = cells.name("option"), cells.cells["value"].strip()
        if option in values:
            raise cells.fault("option", "row stands twice", "keep one")
        if not text:
            raise cells.fault("value", "is empty", "give the option's value, or leave the row out")
        values[option], rows[option] = _typed(text), cells.row
    return values, rows


def _typed(text: str) -> object:
    """Return what a cell means as TOML would write it: a truth, a number, or a name."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return float(text)
    except ValueError:
        return text


def _number(at: Params, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise at.fault(key, "is not a number", "correct it", value)
    return float(value)
