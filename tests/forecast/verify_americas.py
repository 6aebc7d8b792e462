"""How well departures worked back reproduce the real counts: bars that no change may break unnoticed."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from travesia.forecast import counted, fit_table, score_as_of, wape
from travesia.movement import expected_flows

MONTHS = 24


@pytest.fixture(scope="module")
def fit(americas):
    months = americas.demand.months[-MONTHS:]
    assert (months[0], months[-1]) == ("2021-10", "2023-09")
    return fit_table(americas.region, americas.demand, americas.plan, months)


@pytest.mark.parametrize(
    ("level", "bar"), [("total", 0.01), ("nationality", 0.03), ("gate", 0.03), ("corridor", 0.07)]
)
def test_the_past_is_reproduced(fit, level, bar):
    assert fit.filter(level=level, key="all")["wape"].item() < bar


def test_the_fit_counts_what_was_published(fit):
    """Southwest encounters of fiscal years 2022 and 2023, as published by the border authority."""
    assert fit.filter(level="total", key="all")["observed"].item() == 2_378_944 + 2_475_669


def test_every_level_adds_up_to_the_same_encounters(fit):
    total = fit.filter(level="total")["observed"].item()
    for level in ("nationality", "gate"):
        parts = fit.filter((pl.col("level") == level) & (pl.col("key") != "all"))
        assert parts["observed"].sum() == total
        assert parts["simulated"].sum() == pytest.approx(fit.filter(level="total")["simulated"].item())


def test_the_table_says_what_the_flows_say(americas, fit):
    """One row worked out again from the flows: Venezuelans by month at all border gates."""
    months = americas.demand.months[-MONTHS:]
    _, met = counted(americas.plan, expected_flows(americas.plan))
    at = [americas.demand.months.index(month) for month in months]
    simulated = met[at, americas.demand.nationalities.index("VEN")].sum(axis=1)
    rows = americas.region.observations.filter(series="cbp-southwest", nationality="VEN")
    by_month = dict(rows.group_by("period").agg(pl.col("value").sum()).iter_rows())
    observed = np.array([by_month[month] for month in months])
    row = fit.row(by_predicate=(pl.col("level") == "nationality") & (pl.col("key") == "VEN"), named=True)
    assert row["observed"] == observed.sum()
    assert row["simulated"] == pytest.approx(simulated.sum())
    assert row["wape"] == pytest.approx(wape(observed, simulated))


def test_the_forecast_is_much_worse_than_the_fit_and_says_so(americas, fit):
    """A past fit proves little: the errors after the known month are of another order."""
    scores = score_as_of(americas.region, americas.scenario.name, "2022-09", "2023-09")
    row = scores.row(by_predicate=(pl.col("level") == "nationality") & (pl.col("key") == "all"), named=True)
    assert row["observed"] == 2_475_669
    assert row["wape_model"] > 5 * fit.filter(level="nationality", key="all")["wape"].item()
    # Not worse than the naive forecast by more than a tenth.
    assert row["wape_model"] < 1.1 * row["wape_naive"]
