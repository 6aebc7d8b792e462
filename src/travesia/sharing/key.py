"""Keys: by what a responsibility is divided. A key is data, so that a new one needs no new code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import entry_points
from typing import Literal

from travesia.terms import Cite, Source, UsageError

COLUMNS = ("population", "gdp", "unemployment_pct", "asylum_per_million")
"""Indicators that a factor may name."""


@dataclass(frozen=True)
class Factor:
    """One indicator of a key with its weight.

    A ``direct`` factor gives a state its part of the members' total, an ``inverse`` one its part of the
    total of 1 / value (less where the value is high). `cap` limits a factor to that multiple of the base
    share, which is the part of the key made of direct factors without a cap; what caps cut off is shared
    by the base.
    """

    column: str
    weight: Fraction
    direction: Literal["direct", "inverse"] = "direct"
    cap: Fraction | None = None

    @property
    def is_base(self) -> bool:
        """Whether the factor belongs to the base share."""
        return self.direction == "direct" and self.cap is None


@dataclass(frozen=True)
class Key:
    """A rule that gives each member a share.

    Weights of `factors` add up to 1; without factors all members count the same. `floor` and `ceiling`
    bound every share (fractions of 1), `excluded` states take no part. `cites` point into `sources`.
    """

    id: str
    title: str
    factors: tuple[Factor, ...]
    sources: tuple[Source, ...]
    cites: tuple[Cite, ...]
    floor: Fraction = Fraction(0)
    ceiling: Fraction = Fraction(1)
    excluded: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if unknown := [f.column for f in self.factors if f.column not in COLUMNS]:
            raise ValueError(f"key {self.id}: factor {unknown[0]} is none of {', '.join(COLUMNS)}")
        if self.factors and sum(factor.weight for factor in self.factors) != 1:
            raise ValueError(f"key {self.id}: the weights must add up to 1")
        if any(f.weight <= 0 or (f.cap is not None and f.cap < 0) for f in self.factors):
            raise ValueError(f"key {self.id}: weights must be above 0 and caps not below")
        if any(f.cap is not None for f in self.factors) and not any(f.is_base for f in self.factors):
            raise ValueError(f"key {self.id}: a cap needs a direct factor without one to measure it by")
        if {cite.source for cite in self.cites} - {source.id for source in self.sources}:
            raise ValueError(f"key {self.id}: a cite names a source that the key does not list")

    @property
    def columns(self) -> tuple[str, ...]:
        """Indicators that the key needs of every member."""
        return tuple(factor.column for factor in self.factors)


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
        if key.id in found:
            raise UsageError(f"entry point {entry.value}: key {key.id} exists already; rename it there")
        found[key.id] = key
    return found


def find_key(name: str) -> Key:
    """Return a key by id; raises `UsageError` naming those that exist."""
    known: Mapping[str, Key] = keys()
    if name not in known:
        raise UsageError(f"key {name}: is not available in this version; use {' or '.join(known)}")
    return known[name]


_EU_REUSE = "reuse with attribution (Commission Decision 2011/833/EU)"


def _shipped() -> tuple[Key, ...]:
    half = Fraction(1, 2)
    return (
        Key(
            id="population-gdp",
            title="Half by population, half by gross domestic product",
            factors=(Factor("population", half), Factor("gdp", half)),
            sources=(
                Source(
                    "eu-2024-1351",
                    "Regulation (EU) 2024/1351 on asylum and migration management, article 66",
                    "European Parliament and Council",
                    _EU_REUSE,
                    published="2024-05-22",
                    lang="en",
                ),
                Source(
                    "com-2016-270",
                    "Proposal for a recast Dublin Regulation, COM(2016) 270 final (reference key)",
                    "European Commission",
                    _EU_REUSE,
                    published="2016-05-04",
                    lang="en",
                ),
            ),
            cites=(Cite("eu-2024-1351"), Cite("com-2016-270")),
        ),
        Key(
            id="equal",
            title="The same for every member",
            factors=(),
            sources=(),
            cites=(),
        ),
    )
