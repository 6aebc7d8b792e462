"""Policies, parameters and changes of departures: what a scenario is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from travesia.terms import Amount, Span


@dataclass(frozen=True)
class Policy:
    """A dated change at gates, links, places or beliefs.

    `where` holds ids of places and links, groups already resolved. `nationalities` is ``None`` for all,
    less those in `excepted`; `demographics` likewise. `planned_end` is half-open like the span.
    `part_of` names a policy on which this one rests: it ends with it.
    """

    id: str
    kind: str
    authority: tuple[str, ...]
    span: Span
    where: tuple[str, ...]
    nationalities: tuple[str, ...] | None
    excepted: tuple[str, ...]
    demographics: tuple[str, ...] | None
    effect: Mapping[str, Amount]
    in_model: bool
    description: str
    certainty: str
    source: str
    announced: date | None = None
    planned_end: date | None = None
    end_known: date | None = None
    part_of: str | None = None
    legal_basis: str | None = None
    record: str | None = None

    def concerns(self, nationality: str) -> bool:
        """Tell whether people of a nationality are under this policy."""
        named = self.nationalities is None or nationality in self.nationalities
        return named and nationality not in self.excepted


LATER = MappingProxyType({"later": True})
"""Of a field: studies were saved before it was there, so that it is in a digest only where it is given."""


@dataclass(frozen=True)
class Parameter:
    """A number that the model needs, with the reason to believe it; drawn once a run if it has a range."""

    id: str
    title: str
    amount: Amount
    why: str
    instead_of: str | None = field(default=None, metadata=LATER)
    """The parameter that it replaces for `nationalities`; it applies by itself for ``None``."""
    nationalities: tuple[str, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class DepartureChange:
    """A factor on departures of some nationalities from a day on.

    `amount` is the factor (unit ``ratio``), its range drawn once a run. `ramp` are the shares of the change
    reached in the first, second, ... 30 days; 1 afterwards. With `base_month` the factor applies to
    the departures of that month, held level, instead of to the departures of the day itself.
    """

    id: str
    title: str
    nationalities: tuple[str, ...]
    start: date
    amount: Amount
    ramp: tuple[float, ...] = ()
    base_month: str | None = None
