"""From the record to the model: what was promised with a number is a target, the rest a list to check off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from travesia.terms import Cite, Span
from travesia.tracking.commitment import Commitment

TargetBound = Literal["ceiling", "floor", "level"]

_BOUNDS: Mapping[str, TargetBound] = MappingProxyType(
    {"up_to": "ceiling", "at_least": "floor", "exact": "level", "about": "level"}
)


@dataclass(frozen=True)
class Target:
    """A number to be held to, and the record that it comes from.

    `amount` is in `unit`; "up to" is a ceiling, "at least" a floor, a bare number or "about" a level.
    `window` has no end where none was named. People can bound a capacity, money a purse.
    """

    record: str
    actor: str | None
    unit: str
    amount: float
    bound: TargetBound
    window: Span
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class ChecklistItem:
    """A commitment that names no amount, or none that can be measured: shown, never scored."""

    record: str
    actor: str | None
    title: str
    cites: tuple[Cite, ...]


def target_bound(commitment: Commitment) -> TargetBound | None:
    """Return how a commitment binds as a target; ``None`` for one that belongs on the checklist."""
    if commitment.amount is None or commitment.unit is None or not commitment.measurable:
        return None
    return _BOUNDS[commitment.bound]


def targets_of(commitments: Sequence[Commitment]) -> tuple[Target, ...]:
    """Return the commitments that name an amount, as targets, in their order."""
    found = []
    for one in commitments:
        bound = target_bound(one)
        if bound is not None and one.amount is not None and one.unit is not None:
            found.append(Target(one.record, one.iso3, one.unit, one.amount, bound, one.window, one.cites))
    return tuple(found)


def checklist_of(commitments: Sequence[Commitment]) -> tuple[ChecklistItem, ...]:
    """Return the commitments that are no targets, in their order."""
    return tuple(
        ChecklistItem(one.record, one.iso3, one.title, one.cites)
        for one in commitments
        if target_bound(one) is None
    )
