"""Whole people and whole cents from fractional shares, in integer arithmetic.

`PROPERTIES` says what each method keeps. No method keeps all (M. L. Balinski and H. P. Young, *Fair
Representation*, 2nd ed., 2001). Ties go to the larger weight, then to the id that comes first in the
alphabet, so the order in which states are listed never matters.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, get_args

from travesia.sharing.bounds import bounded_shares
from travesia.terms import NotModelledError, UsageError

Rounding = Literal["hamilton", "webster", "huntington-hill", "jefferson", "adams", "quota"]
"""Ways to round shares to whole numbers."""

ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)


@dataclass(frozen=True)
class Properties:
    """What a rounding keeps.

    `above_floor` and `below_ceiling`: no state gets less than its exact share rounded down, or more than
    it rounded up (both: it "stays within quota"). `house_monotone`: one more person to share takes nobody
    from any state. `population_monotone`: a state that grows loses nobody to one that grows less.
    `everyone_one`: each state that takes part has at least one, where there are enough. `bounds`: takes
    least and most people of a state.
    """

    above_floor: bool
    below_ceiling: bool
    house_monotone: bool
    population_monotone: bool
    everyone_one: bool
    bounds: bool


PROPERTIES: Mapping[Rounding, Properties] = MappingProxyType(
    {
        "hamilton": Properties(True, True, False, False, False, True),
        "webster": Properties(False, False, True, True, False, True),
        "huntington-hill": Properties(False, False, True, True, True, True),
        "jefferson": Properties(True, False, True, True, False, True),
        "adams": Properties(False, True, True, True, True, True),
        "quota": Properties(True, True, True, False, False, False),
    }
)
"""What each rounding keeps; the tests hold every entry, and find a counterexample to every ``False``."""

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
    weights: Mapping[str, Fraction | int],
    people: int,
    rounding: Rounding = "hamilton",
    *,
    least: Mapping[str, int] | None = None,
    most: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Divide whole people by weights.

    Parameters
    ----------
    weights
        Weight of each state, not negative; only their ratios count.
    people
        How many to divide.
    rounding
        One of `ROUNDINGS`; `PROPERTIES` says what each keeps.
    least, most
        Fewest and most people of a state, where it has such bounds. What a bound adds or cuts off goes
        to the others by the same method: Hamilton rounds the exact shares within the bounds, divisor
        methods award seats only from the least up to the most.

    Returns
    -------
    dict
        People of each state, in the order of `weights`; they add up to `people` exactly.

    Raises
    ------
    UsageError
        For fewer than no people, a negative weight, weights that are all zero, an unknown method, or
        bounds that leave no answer.
    NotModelledError
        For the quota method above `QUOTA_LIMIT` or with bounds.
    """
    if people < 0:
        raise UsageError(f"people {people}: is below 0; give how many people are to be shared")
    if rounding not in ROUNDINGS:
        raise UsageError(f"rounding {rounding}: is unknown; use {', '.join(ROUNDINGS)}")
    whole = _whole_weights(weights)
    bounds = _bounds(whole, people, least or {}, most or {})
    if rounding == "quota" and (least or most):
        raise NotModelledError("rounding quota: takes no bounds; use hamilton or webster")
    if rounding == "quota":
        return _quota(whole, people)
    exact = _exact(whole, people, bounds)
    if rounding == "hamilton":
        return largest_remainders(whole, exact, people)
    return _divisor(whole, exact, people, bounds, _SIGNPOSTS[rounding])


def share_usd(weights: Mapping[str, Fraction | int], usd: Decimal) -> dict[str, Decimal]:
    """Divide money by weights to the cent, by largest remainder.

    Raises
    ------
    UsageError
        For a negative amount or one finer than a cent, and as `share_people` does.
    """
    cents = in_cents(usd, "usd", 1790000000, below=10**16)
    parts = share_people(weights, cents, "hamilton")
    return {state: Decimal(part).scaleb(-2) for state, part in parts.items()}


def in_cents(usd: Decimal, name: str, example: int, *, below: int) -> int:
    """Return an amount of dollars in whole cents; raises `UsageError`, with its name, where it is none."""
    # Far out of this range an exponent is a slip, and could cost hours.
    if usd.is_finite() and 0 <= usd < below and (not usd or usd.adjusted() >= -2):
        cents = Fraction(usd) * 100
        if cents.denominator == 1:
            return cents.numerator
    raise UsageError(f"{name} {usd}: is not an amount of dollars and cents; give for example {example}")


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


def _ranks(weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """Order in which ties are settled: larger weight first, then the alphabet."""
    return {state: at for at, state in enumerate(sorted(weights, key=lambda s: (-weights[s], s)))}


_Bounds = Mapping[str, tuple[int, int]]


def _bounds(
    weights: Mapping[str, int], people: int, least: Mapping[str, int], most: Mapping[str, int]
) -> _Bounds:
    """Return least and most of every state; raises `UsageError` where they leave no answer."""
    if strangers := (least.keys() | most.keys()) - weights.keys():
        raise UsageError(f"bounds of {min(strangers)}: is no state that shares; leave it out")
    bounds = {
        state: (least.get(state, 0), min(most.get(state, people if weight else 0), people))
        for state, weight in weights.items()
    }
    for state, (low, high) in bounds.items():
        if low < 0 or most.get(state, low) < low:
            raise UsageError(f"bounds of {state}: {low} to {high} people is no range; give the fewer first")
        if low and not weights[state]:
            raise UsageError(f"bounds of {state}: it has no share, and so takes nobody; leave it out")
    lowest, highest = (sum(bound[at] for bound in bounds.values()) for at in (0, 1))
    if not lowest <= people <= highest:
        raise UsageError(
            f"bounds: {people} people are to be shared and the bounds allow {lowest} to {highest}; "
            "change them"
        )
    return bounds


def _exact(weights: Mapping[str, int], people: int, bounds: _Bounds) -> dict[str, Fraction]:
    """Return the people of each state within the bounds before rounding, as exact fractions."""
    total = sum(weights.values())
    exact = {state: Fraction(weight * people, total) for state, weight in weights.items()}
    if all(low <= exact[state] <= high for state, (low, high) in bounds.items()):
        return exact
    low = {state: Fraction(bound[0], people) for state, bound in bounds.items()}
    high = {state: Fraction(bound[1], people) for state, bound in bounds.items()}
    shares = bounded_shares({s: Fraction(w) for s, w in weights.items()}, low, high).shares
    return {state: share * people for state, share in shares.items()}


def largest_remainders(
    weights: Mapping[str, Fraction | int], exact: Mapping[str, Fraction], whole: int
) -> dict[str, int]:
    """Round exact parts of a whole down, and up where the remainder is largest; ties as `_ranks` has them."""
    rank = _ranks(weights)
    parts = {state: math.floor(part) for state, part in exact.items()}
    left = whole - sum(parts.values())
    for state in sorted(exact, key=lambda s: (parts[s] - exact[s], rank[s]))[:left]:
        parts[state] += 1
    return parts


def _divisor(
    weights: Mapping[str, int],
    exact: Mapping[str, Fraction],
    people: int,
    bounds: _Bounds,
    signpost: Callable[[int], Fraction],
) -> dict[str, int]:
    """Award seats in the order of weight / signpost without going through them one by one.

    All awards above the exact quota's multiplier are made at once: they are a prefix of that order, so
    adding the next awards or taking back the last ones (at most about one a state) ends where the
    seat-by-seat method would. States at a bound do not move past it.
    """
    rank = _ranks(weights)

    def claim(state: str, seat: int) -> tuple[Fraction | float, int]:
        point = signpost(seat)
        return (-(weights[state] ** 2) / point if point else -math.inf), rank[state]

    multiplier = _multiplier(weights, exact, bounds)
    seats = {
        state: min(max(_awards_below(multiplier * weight, signpost), bounds[state][0]), bounds[state][1])
        for state, weight in weights.items()
    }
    while sum(seats.values()) < people:
        open_ = [s for s, w in weights.items() if w and seats[s] < bounds[s][1]]
        seats[min(open_, key=lambda s: claim(s, seats[s]))] += 1
    while sum(seats.values()) > people:
        held = [s for s, w in weights.items() if w and seats[s] > bounds[s][0]]
        seats[max(held, key=lambda s: claim(s, seats[s] - 1))] -= 1
    return seats


def _multiplier(weights: Mapping[str, int], exact: Mapping[str, Fraction], bounds: _Bounds) -> Fraction:
    """Return the t for which the exact shares are t x weight, clipped to the bounds."""
    levels = {state: share / weights[state] for state, share in exact.items() if weights[state]}
    free = [level for state, level in levels.items() if bounds[state][0] < exact[state] < bounds[state][1]]
    # Where every state is at a bound, t is any level from the upper bounds' to the lower bounds'.
    full = [level for state, level in levels.items() if bounds[state][0] < exact[state]]
    return free[0] if free else max(full, default=min(levels.values()))


def _awards_below(share: Fraction, signpost: Callable[[int], Fraction]) -> int:
    """Return how many signposts lie below an exact share."""
    seats = max(math.floor(share) - 1, 0)
    while signpost(seats) < share**2:
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
