"""What was counted at the border gates: encounters, and the share of them that ended in expulsion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.region import Region
from travesia.terms import add_months, month_of

EXPULSION_AUTHORITIES = ("T42",)
"""Authorities of the observations under which an encounter ends in expulsion."""
MIN_ENCOUNTERS = 50.0
"""Encounters that a gate needs in a month for a share of its own; below, the nationality's share at all
gates of the same kind is used."""


@dataclass(frozen=True)
class Encounters:
    """float64[nationality, gate, month] encounters at border gates, in all and ending in expulsion."""

    months: tuple[str, ...]
    nationalities: tuple[str, ...]
    gates: tuple[str, ...]
    total: npt.NDArray[np.float64]
    expelled: npt.NDArray[np.float64]

    def until(self, month: str | None) -> Encounters:
        """Return what had been counted by the end of a month; all of it for ``None``."""
        keep = sum(1 for name in self.months if month is None or name <= month)
        return Encounters(
            self.months[:keep],
            self.nationalities,
            self.gates,
            self.total[..., :keep],
            self.expelled[..., :keep],
        )


def last_month_known(known: date) -> str:
    """Return the last month that is known at the end of a day: the last one that is over by then."""
    return add_months(month_of(known + timedelta(days=1)), -1)


def encounters_at_gates(region: Region, nationalities: tuple[str, ...]) -> Encounters:
    """Read the monthly encounters of a region's border gates; months that no gate reports are left out."""
    gates = tuple(region.gates["id"])
    border = region.border_gates
    rows = (
        region.observations.lazy()
        .filter(pl.col("series").is_in(border["series"].drop_nulls().unique().implode()))
        .filter(pl.col("place").is_in(border["id"].implode()), pl.col("nationality").is_in(nationalities))
        .group_by("period", "place", "nationality", "authority")
        .agg(pl.col("value").sum())
        .collect()
    )
    months = tuple(sorted(rows["period"].unique()))
    total = np.zeros((len(nationalities), len(gates), len(months)))
    expelled = np.zeros_like(total)
    for period, place, nationality, authority, value in rows.iter_rows():
        at = nationalities.index(nationality), gates.index(place), months.index(period)
        total[at] += value
        if authority in EXPULSION_AUTHORITIES:
            expelled[at] += value
    return Encounters(months, nationalities, gates, total, expelled)


def expelled_share(seen: Encounters, kinds: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """Return float64[gate, nationality, month], the share of encounters that ended in expulsion.

    Cells with fewer than `MIN_ENCOUNTERS` take the share of the nationality at all gates of the same
    kind (`kinds` by gate) in that month; NaN where it was not met there at all.
    """
    share = np.full((len(seen.gates), len(seen.nationalities), len(seen.months)), np.nan)
    for kind in set(kinds):
        same = [g for g, name in enumerate(kinds) if name == kind]
        total, out = seen.total[:, same].sum(axis=1), seen.expelled[:, same].sum(axis=1)
        pooled = np.divide(out, total, out=np.full_like(total, np.nan), where=total > 0)
        for g in same:
            enough = seen.total[:, g] >= MIN_ENCOUNTERS
            share[g] = np.where(enough, seen.expelled[:, g] / np.maximum(seen.total[:, g], 1.0), pooled)
    return share


def carried(values: npt.NDArray[np.float64], usable: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Fill the last axis: each place takes the nearest usable value, the earlier one of two; 0 with none."""
    out = np.zeros_like(values)
    places = np.arange(values.shape[-1])
    for at in np.ndindex(values.shape[:-1]):
        good = np.flatnonzero(usable[at] & ~np.isnan(values[at]))
        if len(good):
            nearest = good[np.argmin(np.abs(places[:, None] - good[None, :]), axis=1)]
            out[at] = values[at][nearest]
    return out
