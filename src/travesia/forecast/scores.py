"""How well a demand reproduces what was counted, and how well one forecasts it, beside the naive forecast.

The measure is WAPE: the sum of absolute errors over months (and cells) over the sum of what was counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.forecast.departures import fit_demand, targets
from travesia.forecast.response import counted
from travesia.movement import Demand, Plan, expected_flows
from travesia.region import Region
from travesia.scenario import load_scenario
from travesia.terms import Span, add_months, first_day, months_in

Floats = npt.NDArray[np.float64]
_DAY = timedelta(days=1)


def wape(observed: Floats, simulated: Floats) -> float | None:
    """Return the sum of absolute errors over the sum observed; ``None`` where nothing was observed."""
    total = float(np.nansum(observed))
    return float(np.nansum(np.abs(simulated - observed))) / total if total > 0.0 else None


def fit_table(region: Region, demand: Demand, plan: Plan, months: Sequence[str]) -> pl.DataFrame:
    """Return level, key, first, last, observed, simulated and wape over `months`.

    Levels are total, nationality, gate and corridor.
    """
    observed, simulated = _series(region, demand, plan, months)
    rows = [
        {
            "level": level,
            "key": key,
            "first": months[0],
            "last": months[-1],
            "observed": float(np.nansum(observed[level, key])),
            "simulated": float(
                np.nansum(np.where(np.isnan(observed[level, key]), 0.0, simulated[level, key]))
            ),
            "wape": wape(observed[level, key], simulated[level, key]),
        }
        for level, key in observed
    ]
    return pl.DataFrame(rows)


def score_as_of(region: Region, scenario: str, known: str, last: str) -> pl.DataFrame:
    """Forecast from what was known at the end of a month, and score the months after it.

    Parameters
    ----------
    region, scenario
        The pack and the name of the scenario of what happened; it is loaded as known then.
    known, last
        Last month whose data may be used, and last month to be scored.

    Returns
    -------
    DataFrame
        level, key, known, first, last, months, observed, wape_model, wape_naive. The naive forecast carries
        the last observed
        month forward. Level ``nationality`` with key ``all`` pools the errors of all nationalities by
        month, and so on.
    """
    end = first_day(add_months(last, 1))
    as_known = load_scenario(region, scenario, known=first_day(add_months(known, 1)) - _DAY)
    span = Span(first_day(known), end)
    demand, plan = fit_demand(region, as_known, span, until=known)
    months = [month for month in months_in(span) if month > known]
    observed, simulated = _series(region, demand, plan, months)
    before, _ = _series(region, demand, plan, [known])
    rows = []
    for level, key in observed:
        naive = np.repeat(before[level, key], observed[level, key].shape[-1], axis=-1)
        rows.append(
            {
                "level": level,
                "key": key,
                "known": known,
                "first": months[0] if months else None,
                "last": months[-1] if months else None,
                "months": len(months),
                "observed": float(np.nansum(observed[level, key])),
                "wape_model": wape(observed[level, key], simulated[level, key]),
                "wape_naive": wape(observed[level, key], naive),
            }
        )
    return pl.DataFrame(rows)


def _series(
    region: Region, demand: Demand, plan: Plan, months: Sequence[str]
) -> tuple[dict[tuple[str, str], Floats], dict[tuple[str, str], Floats]]:
    """Return observed and expected counts by (level, key), float64[cell, month]."""
    passed, met = counted(plan, expected_flows(plan))
    at = [demand.months.index(month) for month in months]
    target = targets(region, plan.frame, demand.months, None)
    seen, gates = target.border[..., at], np.moveaxis(met, 0, 2)[..., at]
    corridor_seen, corridor = target.corridor[:, at], passed.T[:, at]
    border = [int(g) for g in np.flatnonzero(plan.frame.at_border)]
    observed: dict[tuple[str, str], Floats] = {}
    simulated: dict[tuple[str, str], Floats] = {}

    def put(level: str, key: str, counts: Floats, flows: Floats) -> None:
        observed[level, key], simulated[level, key] = np.atleast_2d(counts), np.atleast_2d(flows)

    put("total", "all", seen[:, border].sum(axis=(0, 1)), gates[:, border].sum(axis=(0, 1)))
    put("nationality", "all", seen[:, border].sum(axis=1), gates[:, border].sum(axis=1))
    put("gate", "all", seen[:, border].sum(axis=0), gates[:, border].sum(axis=0))
    if plan.frame.itineraries.corridor:
        put("corridor", "all", corridor_seen, corridor)
    for c, nationality in enumerate(demand.nationalities):
        put("nationality", nationality, seen[c, border].sum(axis=0), gates[c, border].sum(axis=0))
    for g in border:
        put("gate", plan.frame.gates[g], seen[:, g].sum(axis=0), gates[:, g].sum(axis=0))
    if plan.frame.itineraries.corridor:
        for c, nationality in enumerate(demand.nationalities):
            put("corridor", nationality, corridor_seen[c], corridor[c])
    return observed, simulated
