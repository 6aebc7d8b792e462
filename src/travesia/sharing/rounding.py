"""Whole people and whole cents from fractional shares, in integer arithmetic.

==================  ==================  ==============  ===================
method              stays within quota  house monotone  population monotone
==================  ==================  ==============  ===================
hamilton            yes                 no              no
webster             no                  yes             yes
huntington-hill     no                  yes             yes
jefferson           no (never below)    yes             yes
adams               no (never above)    yes             yes
quota               yes                 yes             no
==================  ==================  ==============  ===================

No method has all three (M. L. Balinski and H. P. Young, *Fair Representation*, 2nd ed., 2001). "Within
quota" means the exact share rounded down or up. Ties go to the larger weight, then to the id that comes
first in the alphabet, so the order in which states are listed never matters.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, get_args

from travesia.terms import NotModelledError, UsageError

Rounding = Literal["hamilton", "webster", "huntington-hill", "jefferson", "adams", "quota"]
"""Ways to round shares to whole numbers."""

ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)

QUOTA_LIMIT = 1_000_000
"""The quota method deals seat by seat, from the first: past this number it would take minutes."""

_SIGNPOSTS: Mapping[str, Callable[[int], Fraction]] = MappingProxyType(
    {
        "webster": lambda k: Fraction((2 * k + 1) ** 2, 4),
        "huntington-hill": lambda k: Fraction(k * (k + 1)),
        "jefferson": lambda k: Fraction((k + 1) ** 2),
        "adams": lambda k: Fraction(k * k),
    }
)
"""Square of the point between k and k + 1 at which a divisor method rounds up (squares keep roots exact)."""


def share_people(
    weights: Mapping[str, Fraction | int], people: int, rounding: Rounding = "hamilton"
) -> dict[str, int]:
    """Divide whole people by weights.

    Parameters
    ----------
    weights
        Weight of each state, not negative; only their ratios count.
    people
        How many to divide.
    rounding
        One of `ROUNDINGS`; the table above says what each keeps.

    Returns
    -------
    dict
        People of each state, in the order of `weights`; they add up to `people` exactly.

    Raises
    ------
    UsageError
        For fewer than no people, a negative weight, weights that are all zero, or an unknown method.
    NotModelledError
        For the quota method above `QUOTA_LIMIT`.
    """
    if people < 0:
        raise UsageError(f"people {people}: is below 0; give how many people are to be shared")
    if rounding not in ROUNDINGS:
        raise UsageError(f"rounding {rounding}: is unknown; use {', '.join(ROUNDINGS)}")
    whole = _whole_weights(weights)
    if rounding == "hamilton":
        return _hamilton(whole, people)
    if rounding == "quota":
        return _quota(whole, people)
    return _divisor(whole, people, _SIGNPOSTS[rounding])


def share_usd(weights: Mapping[str, Fraction | int], usd: Decimal) -> dict[str, Decimal]:
    """Divide money by weights to the cent, by largest remainder.

    Raises
    ------
    UsageError
        For a negative amount or one finer than a cent, and as `share_people` does.
    """
    cents = usd.scaleb(2) if usd.is_finite() else Decimal("NaN")
    if not cents.is_finite() or cents < 0 or cents != cents.to_integral_value():
        raise UsageError(f"usd {usd}: is not an amount of dollars and cents; give for example 1790000000")
    parts = share_people(weights, int(cents), "hamilton")
    return {state: Decimal(part).scaleb(-2) for state, part in parts.items()}


def _whole_weights(weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Scale weights to integers with the same ratios."""
    exact = {state: Fraction(weight) for state, weight in weights.items()}
    negative = [state for state, weight in exact.items() if weight < 0]
    if negative:
        raise UsageError(f"weight of {negative[0]}: is below 0; weights count what a state can carry")
    if not any(exact.values()):
        raise UsageError("weights: are all zero; at least one state must take part")
    common = math.lcm(*(weight.denominator for weight in exact.values()))
    return {state: int(weight * common) for state, weight in exact.items()}


def _ranks(weights: Mapping[str, int]) -> dict[str, int]:
    """Order in which ties are settled: larger weight first, then the alphabet."""
    return {state: at for at, state in enumerate(sorted(weights, key=lambda s: (-weights[s], s)))}


def _hamilton(weights: Mapping[str, int], people: int) -> dict[str, int]:
    total, rank = sum(weights.values()), _ranks(weights)
    seats = {state: weight * people // total for state, weight in weights.items()}
    left = people - sum(seats.values())
    by_remainder = sorted(weights, key=lambda s: (-(weights[s] * people % total), rank[s]))
    for state in by_remainder[:left]:
        seats[state] += 1
    return seats


def _divisor(weights: Mapping[str, int], people: int, signpost: Callable[[int], Fraction]) -> dict[str, int]:
    """Award seats in the order of weight / signpost without going through them one by one.

    All awards above the exact quota's multiplier are made at once: they are a prefix of that order, so
    adding the next awards or taking back the last ones (at most about one a state) ends where the
    seat-by-seat method would.
    """
    total, rank = sum(weights.values()), _ranks(weights)

    def claim(state: str, seat: int) -> tuple[Fraction | float, int]:
        point = signpost(seat)
        return (-(weights[state] ** 2) / point if point else -math.inf), rank[state]

    seats = {state: _awards_below(weight * people, total, signpost) for state, weight in weights.items()}
    taking_part = [state for state, weight in weights.items() if weight]
    while sum(seats.values()) < people:
        seats[min(taking_part, key=lambda s: claim(s, seats[s]))] += 1
    while sum(seats.values()) > people:
        held = [state for state in taking_part if seats[state]]
        seats[max(held, key=lambda s: claim(s, seats[s] - 1))] -= 1
    return seats


def _awards_below(share: int, total: int, signpost: Callable[[int], Fraction]) -> int:
    """Return how many signposts lie below the quota `share / total`."""
    seats = max(share // total - 1, 0)
    while signpost(seats) * total**2 < share**2:
        seats += 1
    return seats


def _quota(weights: Mapping[str, int], people: int) -> dict[str, int]:
    """Award each seat to the largest weight / (seats + 1) among states still below their upper quota.

    M. L. Balinski and H. P. Young, "The quota method of apportionment", Amer. Math. Monthly 82, 1975.
    """
    if people > QUOTA_LIMIT:
        raise NotModelledError(
            f"rounding quota: {people} people are more than the {QUOTA_LIMIT} it can deal one by one; "
            "use hamilton, or webster"
        )
    total, rank = sum(weights.values()), _ranks(weights)
    seats = dict.fromkeys(weights, 0)
    # A state may take seat k + 1 from the house at which its quota first exceeds k; until then it waits.
    waiting = [(1, rank[state], state) for state, weight in weights.items() if weight]
    ready: list[tuple[Fraction, int, str]] = []
    heapq.heapify(waiting)
    for house in range(1, people + 1):
        while waiting and waiting[0][0] <= house:
            _, order, state = heapq.heappop(waiting)
            heapq.heappush(ready, (Fraction(seats[state] + 1, weights[state]), order, state))
        _, order, state = heapq.heappop(ready)
        seats[state] += 1
        heapq.heappush(waiting, (seats[state] * total // weights[state] + 1, order, state))
    return seats
