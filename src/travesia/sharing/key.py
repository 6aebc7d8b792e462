"""Keys: by what a responsibility is divided. A key is data, so that a new one needs no new code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from travesia.terms import Cite, Source, UsageError

Direction = Literal["direct", "inverse"]
Scale = Literal["part", "index", "mean"]
Cap = Literal["sum", "base"]
"""What a cap is a fraction of: the sum of a state's parts in the base factors, or its base share."""

CAPS: Mapping[Cap, str] = MappingProxyType(
    {
        "sum": "the sum of the state's parts in the factors without a cap",
        "base": "the state's base share, the weighted mean of those parts",
    }
)
SIZES = ("population", "gdp", "tax_revenue", "area_km2")
"""Indicators that count how large a state is: nothing stands in for one that is missing."""

_COLUMN = re.compile(r"^[a-z][a-z0-9_]*$")


@dataclass(frozen=True)
class Factor:
    """One indicator of a key with its weight.

    `scale` says what becomes of a value v among the members; `inverse` gives less where v is high:

    =====  ===================================  ==========================================
    scale  direct                               inverse
    =====  ===================================  ==========================================
    part   v / sum of v                         (1 / v) / sum of (1 / v)
    index  (v - lowest) / (highest - lowest)    (highest - v) / (highest - lowest)
    mean   v / mean of v - 1                    1 - v / mean of v
    =====  ===================================  ==========================================

    `cap` limits a factor of the sum, before its weight, to that fraction of what `Key.cap_reading`
    names; what caps cut off is shared by the base, which is the part of the sum made of direct factors
    without a cap. Where `fallback` is ``median``, a missing value is the median of the other members',
    and the share says so; otherwise it is refused.
    """

    column: str
    weight: Fraction
    direction: Direction = "direct"
    cap: Fraction | None = None
    scale: Scale = "part"
    fallback: Literal["median"] | None = None

    @property
    def is_base(self) -> bool:
        """Whether the factor belongs to the base share."""
        return self.direction == "direct" and self.cap is None


@dataclass(frozen=True)
class Adjustment:
    """A multiplier of a score: ``constant`` plus the weighted factors, and never below 0."""

    factors: tuple[Factor, ...]
    constant: Fraction = Fraction(0)


@dataclass(frozen=True)
class LeftOut:
    """A state that the text of a key leaves out before anything is computed."""

    iso3: str
    reason: str


@dataclass(frozen=True)
class Solidarity:
    """What a law adds to a key: from what multiple of its share a state is relieved, what a refusal costs.

    `threshold` is a multiple of the reference share, `eur_per_person` the contribution for each person
    not taken, in euros; ``None`` where the law has no such rule.
    """

    id: str
    title: str
    cites: tuple[Cite, ...]
    threshold: Fraction | None = None
    eur_per_person: int | None = None


@dataclass(frozen=True)
class Key:
    """A rule that gives each member a share.

    A score is the weighted sum of `factors` (weights add up to 1; without factors all count the same)
    times every adjustment, divided by the members' total. `floor` and `ceiling` bound every share
    (fractions of 1). `excluded` states have a score and carry nothing. `cites` point into `sources`.

    `cap_reading` says what caps are a fraction of; a text that can be read both ways leaves it ``None``,
    and `with_cap` chooses. `years` tells of which years the text took its indicators, `left_out` which
    states it left out: both describe, and act only through `as_enacted`.
    """

    id: str
    title: str
    factors: tuple[Factor, ...]
    sources: tuple[Source, ...]
    cites: tuple[Cite, ...]
    floor: Fraction = Fraction(0)
    ceiling: Fraction = Fraction(1)
    excluded: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    cap_reading: Cap | None = None
    years: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    solidarity: tuple[Solidarity, ...] = ()

    def __post_init__(self) -> None:
        if fault := self._fault():
            raise ValueError(f"key {self.id}: {fault}")

    def _fault(self) -> str | None:
        """Return what is wrong with the key as a whole, if anything."""
        adjusting = [factor for adjustment in self.adjustments for factor in adjustment.factors]
        every = [*self.factors, *adjusting]
        listed = {source.id for source in self.sources}
        cites = [*self.cites, *(cite for rule in self.solidarity for cite in rule.cites)]
        faults = (
            (
                next(
                    (f"factor {f.column} is no column name" for f in every if not _COLUMN.match(f.column)), ""
                )
            ),
            self.factors and sum(f.weight for f in self.factors) != 1 and "the weights must add up to 1",
            any(f.weight <= 0 or (f.cap is not None and f.cap < 0) for f in every)
            and "weights must be above 0 and caps not below",
            self.is_capped
            and not any(f.is_base for f in self.factors)
            and "a cap needs a direct factor without one to measure it by",
            any(f.scale != "part" for f in self.factors)
            and "only adjustments take the scales index and mean",
            any(f.cap is not None for f in adjusting) and "an adjustment takes no cap",
            len(set(every)) < len(every) and "a factor stands twice",
            not all(a.factors for a in self.adjustments) and "an adjustment needs a factor",
            next(
                (f"no fallback for {f.column}, a size" for f in every if f.fallback and f.column in SIZES), ""
            ),
            not 0 <= self.floor <= self.ceiling <= 1 and "floor and ceiling are fractions of 1, floor first",
            {cite.source for cite in cites} - listed and "a cite names a source that the key does not list",
        )
        return next((str(fault) for fault in faults if fault), None)

    @property
    def is_capped(self) -> bool:
        """Whether any factor has a cap."""
        return any(factor.cap is not None for factor in self.factors)

    @property
    def every_factor(self) -> tuple[Factor, ...]:
        """Factors of the sum, then those of the adjustments."""
        return (*self.factors, *(factor for adjustment in self.adjustments for factor in adjustment.factors))

    @property
    def columns(self) -> tuple[str, ...]:
        """Indicators that the key needs of every member, each once."""
        return tuple(dict.fromkeys(factor.column for factor in self.every_factor))


def with_cap(key: Key, cap: str | None) -> Key:
    """Return the key with its cap read in one way; a key without a choice takes none.

    Raises
    ------
    UsageError
        If the key has no cap to read, or has one that must be read in one way or the other.
    """
    if not key.is_capped and cap is None:
        return key
    if not key.is_capped:
        raise UsageError(f"--cap {cap}: key {key.id} has no cap to read; leave --cap out")
    reading = cap or key.cap_reading
    for known in CAPS:
        if reading == known:
            return replace(key, cap_reading=known)
    said = " or ".join(f"--cap {name} ({what})" for name, what in CAPS.items())
    raise UsageError(f"--cap: the cap of key {key.id} can be read in two ways; give {said}")


def with_fallbacks(key: Key, columns: Mapping[str, str]) -> Key:
    """Return the key with a named fallback for missing values of some columns: ``{column: "median"}``.

    Raises
    ------
    UsageError
        For a column that the key does not weigh or that is a size, or an unknown fallback.
    """
    for column, name in columns.items():
        if column not in key.columns:
            raise UsageError(
                f"--fallback {column}: key {key.id} weighs {', '.join(key.columns) or 'nothing'}"
            )
        if column in SIZES:
            raise UsageError(f"--fallback {column}: nothing stands in for the size of a state; leave it out")
        if name != "median":
            raise UsageError(f"--fallback {column}={name}: is unknown; use {column}=median")

    def fallen(factors: tuple[Factor, ...]) -> tuple[Factor, ...]:
        return tuple(replace(f, fallback="median") if f.column in columns else f for f in factors)

    adjustments = tuple(replace(each, factors=fallen(each.factors)) for each in key.adjustments)
    return replace(key, factors=fallen(key.factors), adjustments=adjustments)
