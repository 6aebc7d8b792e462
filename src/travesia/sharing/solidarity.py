"""What laws add to a key: relief for who hosts far more than its share, and money for who takes fewer.

The Dublin proposal of 2016 (COM(2016) 270, articles 34 to 37) relieves a state above 150 % of its reference
share and lets others pay for each person whom they do not take; Regulation (EU) 2024/1351 (article 12)
counts a relocation not made at 20,000 euros. The rates stand with the key, see `Key.solidarity`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from travesia.sharing.key import Key, Solidarity
from travesia.sharing.rounding import share_people
from travesia.sharing.shares import Shares
from travesia.sharing.showing import Listed
from travesia.terms import UsageError


@dataclass(frozen=True)
class Relief:
    """One member before and after relief, in people; `reference` is its share of all who are hosted."""

    iso3: str
    reference: Fraction
    hosted: int
    triggered: bool
    gives: int
    receives: int

    @property
    def after(self) -> int:
        """Whom it hosts after relief, people."""
        return self.hosted - self.gives + self.receives


@dataclass(frozen=True)
class Contribution:
    """What one member pays for those not taken; ``None`` where it is not reported how many it took."""

    iso3: str
    due: int
    taken: int | None
    not_taken: int | None
    eur: int | None


def find_solidarity(key: Key, name: str) -> Solidarity:
    """Return a rule of a key by id; raises `UsageError` naming those that exist."""
    for rule in key.solidarity:
        if rule.id == name:
            return rule
    known = ", ".join(rule.id for rule in key.solidarity) or "none"
    raise UsageError(f"rule {name}: key {key.id} has {known}; choose one of them")


def corrective_allocation(shares: Shares, hosted: Mapping[str, int], rule: Solidarity) -> Listed[Relief]:
    """Relieve each member that hosts more than the rule's multiple of its reference share.

    Whole people above the multiple move to members below their reference share, in proportion to the key,
    and lift none of them above it (but for less than a person). Nobody is moved where none is relieved.

    Parameters
    ----------
    shares
        Shares by the key.
    hosted
        People hosted by every member; missing is not zero.
    rule
        With a threshold.

    Raises
    ------
    UsageError
        For a member without a number or with one below 0, or a rule without a threshold.
    """
    if rule.threshold is None:
        raise UsageError(f"rule {rule.id}: has no threshold; choose another")
    if silent := [state for state in shares.members if hosted.get(state, -1) < 0]:
        raise UsageError(f"hosted {silent[0]}: is missing or below 0; give how many people it hosts")
    whole = sum(hosted[state] for state in shares.members)
    reference = {row.iso3: row.share * whole for row in shares.rows}
    triggered = {s for s in shares.members if hosted[s] > rule.threshold * reference[s]}
    gives = {s: math.floor(hosted[s] - rule.threshold * reference[s]) for s in triggered}
    room = {s: math.ceil(reference[s]) - hosted[s] for s in shares.members if hosted[s] < reference[s]}
    moved = sum(gives.values())
    weights = {row.iso3: row.share for row in shares.rows if row.iso3 in room}
    receives = share_people(weights, moved, most=room) if moved else {}
    return Listed(
        Relief(s, reference[s], hosted[s], s in triggered, gives.get(s, 0), receives.get(s, 0))
        for s in shares.members
    )


def buy_out(shares: Shares, taken: Mapping[str, int], rule: Solidarity) -> Listed[Contribution]:
    """Return what each member pays for the people of its share whom it does not take, in euros.

    Parameters
    ----------
    shares
        Shares of people by the key.
    taken
        People taken by each member; one that is not named is not reported, and owes an unknown amount.
    rule
        With a rate for each person.

    Raises
    ------
    UsageError
        For shares without people, a number below 0, or a rule without a rate.
    """
    if rule.eur_per_person is None:
        raise UsageError(f"rule {rule.id}: has no rate for a person; choose another")
    found = []
    for row in shares.rows:
        if row.people is None:
            raise UsageError("people: none were shared; share people before money for them")
        took = taken.get(row.iso3)
        if took is not None and took < 0:
            raise UsageError(f"taken {row.iso3}: {took} people are below 0; give how many it took")
        short = None if took is None else max(0, row.people - took)
        owed = None if short is None else short * rule.eur_per_person
        found.append(Contribution(row.iso3, row.people, took, short, owed))
    return Listed(found)
