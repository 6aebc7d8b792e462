"""Keys as files: those shipped, those of installed packages, and one of a user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from travesia.sharing.key import Adjustment, Cap, Direction, Factor, Key, LeftOut, Scale, Solidarity
from travesia.terms import Cite, ScenarioError, Source, UsageError
from travesia.terms.toml import read_toml, validated

CUSTOM = "custom"
"""Stands for a key in a file of one's own."""
SHIPPED = (
    "eu-2015-05",
    "eu-2015-09",
    "grech",
    "population-gdp",
    "koenigstein",
    "svr-swp",
    "bovens-bartsch",
    "equal",
)
"""Keys of the package, each a file of the folder ``shipped``."""


_TEXT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15}|/[0-9]{1,15})?")


def _fraction(value: object) -> Fraction:
    """Read 0.4, "2/5" or 1 as the exact number that is written."""
    try:
        # A text such as "1e999999999" is short and would fill the memory; a float has its range.
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Fraction(str(value))
        if isinstance(value, str) and _TEXT.fullmatch(value):
            return Fraction(value)
    except (ValueError, ZeroDivisionError):
        pass
    raise ValueError('is no number; write for example 0.4 or "2/5"')


_Number = Annotated[Fraction, BeforeValidator(_fraction)]
_Iso3 = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Factor(_Table):
    column: str
    weight: _Number
    direction: Direction = "direct"
    cap: _Number | None = None
    scale: Scale = "part"
    fallback: Literal["median"] | None = None

    def made(self) -> Factor:
        return Factor(self.column, self.weight, self.direction, self.cap, self.scale, self.fallback)


class _Adjustment(_Table):
    factors: list[_Factor]
    constant: _Number = Fraction(0)


class _LeftOut(_Table):
    iso3: _Iso3
    reason: str


class _Source(_Table):
    id: str
    title: str
    publisher: str
    licence: str
    published: str | None = None
    lang: str | None = None
    faults: str | None = None


class _Solidarity(_Table):
    id: str
    title: str
    cites: list[str]
    threshold: _Number | None = None
    eur_per_person: int | None = None

    def made(self) -> Solidarity:
        return Solidarity(
            self.id, self.title, tuple(map(Cite, self.cites)), self.threshold, self.eur_per_person
        )


class _KeyFile(_Table):
    id: str = Field(pattern="^[a-z][a-z0-9-]*$")
    title: str
    cap_reading: Cap | None = None
    floor: _Number = Fraction(0)
    ceiling: _Number = Fraction(1)
    excluded: list[_Iso3] = []
    cites: list[str] = []
    years: dict[str, str] = {}
    factors: list[_Factor] = []
    adjustments: list[_Adjustment] = []
    left_out: list[_LeftOut] = []
    solidarity: list[_Solidarity] = []
    sources: list[_Source] = []


def read_key(path: Path) -> Key:
    """Read a key from a TOML file, in the form of those shipped.

    Raises
    ------
    ScenarioError
        For the first fault, with file and line.
    """
    file = validated(read_toml(path), _KeyFile)
    try:
        return Key(
            id=file.id,
            title=file.title,
            factors=tuple(factor.made() for factor in file.factors),
            sources=tuple(Source(**source.model_dump()) for source in file.sources),
            cites=tuple(map(Cite, file.cites)),
            floor=file.floor,
            ceiling=file.ceiling,
            excluded=tuple(file.excluded),
            adjustments=tuple(
                Adjustment(tuple(factor.made() for factor in adjustment.factors), adjustment.constant)
                for adjustment in file.adjustments
            ),
            cap_reading=file.cap_reading,
            years=tuple(file.years.items()),
            left_out=tuple(LeftOut(each.iso3, each.reason) for each in file.left_out),
            solidarity=tuple(each.made() for each in file.solidarity),
        )
    except ValueError as error:
        raise ScenarioError(path, str(error), "correct the file") from None


@cache
def _shipped() -> tuple[Key, ...]:
    folder = files("travesia.sharing").joinpath("shipped")
    found = []
    for name in SHIPPED:
        with as_file(folder.joinpath(f"{name}.toml")) as path:
            found.append(read_key(path))
    return tuple(found)


def keys() -> dict[str, Key]:
    """Return every key by id: those shipped, then those of installed packages (group ``travesia.keys``).

    An entry point is named like its key and gives a `Key`.

    Raises
    ------
    UsageError
        If an installed package offers something that is no key, or takes an id that is in use.
    """
    found = {key.id: key for key in _shipped()}
    for entry in entry_points(group="travesia.keys"):
        key = entry.load()
        if not isinstance(key, Key) or key.id != entry.name:
            raise UsageError(f"entry point {entry.value}: is no key named {entry.name}; correct that package")
        if key.id in found or key.id == CUSTOM:
            raise UsageError(f"entry point {entry.value}: key {key.id} exists already; rename it there")
        found[key.id] = key
    return found


def find_key(name: str, file: Path | None = None) -> Key:
    """Return a key by id, or for ``custom`` the key of a file.

    Raises
    ------
    UsageError
        For an unknown id, naming those that exist, or where id and file do not belong together.
    ScenarioError
        As `read_key` does.
    """
    if (name == CUSTOM) != (file is not None):
        raise UsageError(
            f"--key-file {file}: is for --key custom; leave it out or give --key custom"
            if file is not None
            else "--key custom: is a key in a file of your own; give --key-file FILE"
        )
    known: Mapping[str, Key] = keys()
    if file is not None:
        own = read_key(file)
        if own.id in known:
            raise ScenarioError(file, f"id {own.id} is that of another key", "give your key an id of its own")
        return own
    if name not in known:
        raise UsageError(f"key {name}: is unknown; use {', '.join(known)} or {CUSTOM}")
    return known[name]
