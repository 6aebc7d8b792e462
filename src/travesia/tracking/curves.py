"""How much of a commitment was to be delivered by a day, under the curve that it states.

Time is counted in months, each of the same length, and days evenly within their month: two fiscal years are
half over at the end of the first. With x the part of the window's months that is over, the part that was to
be delivered is

==============  ==============================================================================
linear          x, the default
front_loaded    1 - (1 - x)²: twice the even speed at first, none at the end
back_loaded     x²: none at first, twice the even speed at the end
parallel_year   each month as much as the same month of a year that is named, in the same series
==============  ==============================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from travesia.region import Region
from travesia.terms import Span, add_months, month_span, months_in
from travesia.tracking.commitment import Commitment
from travesia.tracking.measures import flow_rows

_YEAR_MONTHS = 12


@dataclass(frozen=True)
class Curve:
    """A curve over a window, by its name above; `weights` of months 1 to 12 are for a parallel year."""

    name: str
    window: Span
    weights: Mapping[int, float] | None = None

    def elapsed(self, day: date) -> float:
        """Return the part of the window's months that is over before a day, a fraction of 1."""
        return _part(self.window, day, None)

    def expected(self, day: date) -> float:
        """Return the part that was to be delivered before a day, a fraction of 1."""
        x = _part(self.window, day, self.weights)
        if self.name == "front_loaded":
            return 1 - (1 - x) ** 2
        return x * x if self.name == "back_loaded" else x


def curve_of(region: Region, commitment: Commitment) -> Curve | str:
    """Return the curve of a commitment, or in words why it has none."""
    if commitment.last_day is None:
        return "no pace: no end was named"
    if commitment.curve != "parallel_year":
        return Curve(commitment.curve, commitment.window)
    first, series = commitment.curve_from or "", commitment.curve_series or ""
    months = [add_months(first, number) for number in range(_YEAR_MONTHS)]
    rows = flow_rows(region, commitment, series)
    missing = [month for month in months if month not in set(rows["period"])]
    if missing:
        return f"no pace: {series or 'no series'} does not cover {missing[0]} of the parallel year"
    counted = rows.filter(pl.col("nationality").is_in(list(commitment.beneficiaries)))
    sums = {month: float(counted.filter(pl.col("period") == month)["value"].sum()) for month in months}
    weights = {int(month[5:]): value for month, value in sums.items()}
    if not any(weights[int(month[5:])] for month in months_in(commitment.window)):
        return f"no pace: nothing was counted in {series} in the parallel year from {first}"
    return Curve("parallel_year", commitment.window, weights)


def _part(window: Span, day: date, weights: Mapping[int, float] | None) -> float:
    done = whole = 0.0
    for month in months_in(window):
        span = month_span(month)
        inside = span.clip(window) or Span(span.start, span.start)
        weight = 1.0 if weights is None else weights[int(month[5:])]
        over = inside.clip(Span(window.start, max(day, window.start)))
        whole += weight * inside.days / span.days
        done += weight * (over.days if over else 0) / span.days
    return done / whole
