"""What was delivered, as counted by the monthly series that a commitment names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from travesia.region import Region
from travesia.terms import Span, month_span, months_in
from travesia.tracking.commitment import Commitment

_UNITS: Mapping[str, str] = MappingProxyType({"person": "people"})
"""Unit of observations that counts each unit of a commitment; no other pair is ever compared."""

_MONTH_LENGTH = len("2022-10")


@dataclass(frozen=True)
class Delivered:
    """What was counted in the whole months of a window, in the commitment's unit.

    `months` is how many whole months are over, `reported_to` the last one up to which the series has no
    gap; `amount` sums up to there and is ``None`` where there is none. `complete` tells whether all of the
    months are reported.
    """

    amount: int | None
    months: int
    reported_to: str | None
    complete: bool


def count_delivered(region: Region, commitment: Commitment, to: date) -> Delivered | None:
    """Count what was delivered on a commitment up to and with a day, months whole.

    Counted are the rows of its series of the state that made it, for its beneficiaries by nationality.
    A month that the series covers without such a row counts 0; the first month that the series does not
    cover at all ends the count, so that a gap is never taken for nothing.

    Returns
    -------
    Delivered or None
        ``None`` if no monthly flow in the commitment's own unit measures it.
    """
    rows = region.series(commitment.measured_by or "").filter(
        pl.col("measure") == "flow",
        pl.col("country") == (commitment.iso3 or ""),
        pl.col("unit") == _UNITS.get(commitment.unit or "", ""),
        pl.col("period").str.len_bytes() == _MONTH_LENGTH,
    )
    if rows.is_empty():
        return None
    months = _whole_months(commitment, to)
    covered = set(rows["period"])
    gap = next((at for at, month in enumerate(months) if month not in covered), len(months))
    reported = months[:gap]
    counted = rows.filter(
        pl.col("period").is_in(reported), pl.col("nationality").is_in(list(commitment.beneficiaries))
    )
    return Delivered(
        amount=round(counted["value"].sum()) if reported else None,
        months=len(months),
        reported_to=reported[-1] if reported else None,
        complete=len(reported) == len(months),
    )


def _whole_months(commitment: Commitment, to: date) -> list[str]:
    """Return the months that lie in the window and are over by a day."""
    last = to if commitment.last_day is None else min(to, commitment.last_day)
    if last < commitment.first_day:
        return []
    window = Span(commitment.first_day, last + timedelta(days=1))
    return [month for month in months_in(window) if month_span(month).clip(window) == month_span(month)]
