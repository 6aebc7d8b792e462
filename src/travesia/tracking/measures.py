"""What was delivered, as counted by the monthly series that a commitment names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

import polars as pl

from travesia.region import Region
from travesia.terms import Span, month_span, months_in
from travesia.tracking.commitment import Commitment

_UNITS: Mapping[str, str] = MappingProxyType({"person": "people"})
"""Unit of observations that counts each unit of a commitment; no other pair is ever compared."""

_MONTH_LENGTH = len("2022-10")

MismatchKind = Literal["period", "region", "bound", "currency", "prices", "amount", "source", "restated"]


@dataclass(frozen=True)
class Mismatch:
    """Where what is counted is not quite what was promised: shown beside the figures, never smoothed."""

    kind: MismatchKind
    text: str


@dataclass(frozen=True)
class Delivered:
    """What was counted in the window, in the commitment's unit.

    `amount` is ``None`` where nothing is reported. `by` is the series that counts, `reported_to` the last
    month or day up to which it does, `covered` the days counted. `begun` tells whether anything of the
    window could have been counted by the day, `complete` whether all of it is reported.
    """

    amount: float | None
    by: str
    reported_to: str | None
    covered: Span | None
    begun: bool
    complete: bool
    mismatches: tuple[Mismatch, ...] = field(default=())


def flow_rows(region: Region, commitment: Commitment, series: str) -> pl.DataFrame:
    """Return the monthly flows of a series by the state that promised, in the commitment's own unit."""
    return region.series(series).filter(
        pl.col("measure") == "flow",
        pl.col("country") == (commitment.iso3 or ""),
        pl.col("unit") == _UNITS.get(commitment.unit or "", ""),
        pl.col("period").str.len_bytes() == _MONTH_LENGTH,
    )


def unit_counted(commitment: Commitment) -> str | None:
    """Return the unit in which delivery on a commitment is counted; ``None`` where none is comparable."""
    return commitment.unit if commitment.is_money else _UNITS.get(commitment.unit or "")


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
    series = commitment.measured_by or ""
    rows = flow_rows(region, commitment, series)
    if rows.is_empty():
        return None
    months = _whole_months(commitment, to)
    covered = set(rows["period"])
    gap = next((at for at, month in enumerate(months) if month not in covered), len(months))
    reported = months[:gap]
    window = rows.filter(pl.col("period").is_in(reported))
    counted = window.filter(pl.col("nationality").is_in(list(commitment.beneficiaries)))
    days = Span(month_span(reported[0]).start, month_span(reported[-1]).end) if reported else None
    return Delivered(
        amount=round(counted["value"].sum()) if reported else None,
        by=series,
        reported_to=reported[-1] if reported else None,
        covered=days,
        begun=bool(months),
        complete=len(reported) == len(months),
        mismatches=tuple(_mismatches(commitment, counted, reported, to)),
    )


def _mismatches(
    commitment: Commitment, counted: pl.DataFrame, reported: list[str], to: date
) -> list[Mismatch]:
    found = []
    if reported and month_span(reported[0]).start > commitment.first_day:
        text = f"its window opens on {commitment.first_day}; whole months count, from {reported[0]}"
        found.append(Mismatch("period", text))
    last = commitment.last_day
    if last is not None and last <= to and (last + timedelta(days=1)).day != 1:
        found.append(Mismatch("period", f"its window closes on {last}, within a month that is not counted"))
    silent = sorted(set(commitment.beneficiaries) - set(counted["nationality"]))
    if reported and silent:
        first = ", ".join(silent[:3]) + (", ..." if len(silent) > 3 else "")
        text = f"{len(silent)} of its nationalities add 0, having no row in {commitment.measured_by}: {first}"
        found.append(Mismatch("region", text))
    return found


def _whole_months(commitment: Commitment, to: date) -> list[str]:
    """Return the months that lie in the window and are over by a day."""
    last = to if commitment.last_day is None else min(to, commitment.last_day)
    if last < commitment.first_day:
        return []
    window = Span(commitment.first_day, last + timedelta(days=1))
    return [month for month in months_in(window) if month_span(month).clip(window) == month_span(month)]
