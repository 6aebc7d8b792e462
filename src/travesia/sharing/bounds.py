"""Shares between floors and ceilings: what a bound takes from one state goes to the others in proportion."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import polars as pl

from travesia.sharing.showing import shown
from travesia.terms import UsageError

Bound = Literal["lower", "upper"]
"""Which bound holds a share where it is."""


@dataclass(frozen=True)
class BoundedShares:
    """Shares that add up to exactly 1, and for each state the bound that binds (``None`` where none does)."""

    shares: Mapping[str, Fraction]
    binding: Mapping[str, Bound | None]

    @property
    def table(self) -> pl.DataFrame:
        """One row a state: its share as a fraction of 1, and the bound that binds."""
        shares = [float(share) for share in self.shares.values()]
        bound = [self.binding[state] for state in self.shares]
        return pl.DataFrame(
            {"state": list(self.shares), "share": shares, "bound": pl.Series(bound, dtype=pl.String)}
        )

    def _repr_html_(self) -> str:
        return shown(self.table)


def bounded_shares(
    weights: Mapping[str, Fraction], lower: Mapping[str, Fraction], upper: Mapping[str, Fraction]
) -> BoundedShares:
    """Solve ``share = clip(t * weight, lower, upper)`` with shares that add up to 1.

    The sum grows with t and bends only where a state meets a bound, so a bisection over those points
    finds the stretch that holds the answer, and a division finds it exactly.

    Parameters
    ----------
    weights
        Weight of each state, not negative.
    lower, upper
        Bounds of its share, fractions of 1; a state not named has 0 and 1. An upper bound of 0 is a
        state that takes no part.

    Raises
    ------
    UsageError
        If the lower bounds exceed 1, the upper bounds cannot reach 1, or a pair is crossed.
    """
    low = {state: lower.get(state, Fraction(0)) for state in weights}
    high = {state: upper.get(state, Fraction(1)) for state in weights}
    _check_bounds(weights, low, high)

    def shares(t: Fraction) -> dict[str, Fraction]:
        return {state: min(max(t * weight, low[state]), high[state]) for state, weight in weights.items()}

    bends = {bound[state] / weight for bound in (low, high) for state, weight in weights.items() if weight}
    points = sorted({Fraction(0), *bends})
    at = points[bisect_right(points, Fraction(1), key=lambda t: sum(shares(t).values(), Fraction(0))) - 1]
    free = sum((w for s, w in weights.items() if w and low[s] <= at * w < high[s]), Fraction(0))
    t = at + (1 - sum(shares(at).values())) / free if free else at
    return BoundedShares(
        shares(t),
        {
            state: "upper" if t * weight > high[state] else "lower" if t * weight < low[state] else None
            for state, weight in weights.items()
        },
    )


def _check_bounds(
    weights: Mapping[str, Fraction], low: Mapping[str, Fraction], high: Mapping[str, Fraction]
) -> None:
    for state in weights:
        if not 0 <= low[state] <= high[state] <= 1:
            raise UsageError(
                f"bounds of {state}: {float(low[state])} to {float(high[state])} is no range within 0 and 1; "
                "give the smaller first"
            )
    if sum(low.values()) > 1:
        raise UsageError(f"lower bounds: add up to {float(sum(low.values())):.4f}; lower them to at most 1")
    reach = sum(high[state] if weight else low[state] for state, weight in weights.items())
    if reach < 1:
        raise UsageError(
            f"upper bounds: the states that take part can carry {float(reach):.4f} of the whole; "
            "raise a bound or exempt fewer states"
        )
