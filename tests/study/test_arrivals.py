"""Tables by month: what was counted stands beside what was simulated, in whole months only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from travesia.study import comparing
from travesia.terms import Span

SUMMER = Span(date(2022, 4, 1), date(2022, 10, 1))


def test_observed_months_equal_the_observations(ready, runs):
    table = comparing.arrivals(runs, ready.region, SUMMER).filter(source="observed")
    seen = ready.region.observations.filter(series="toy-border").group_by("period").agg(pl.col("value").sum())
    counted = dict(seen.iter_rows())
    assert dict(table.select("month", "mean").iter_rows()) == {
        month: counted[month] for month in ("2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09")
    }
    assert set(table["measure"]) == {"encounters"}
    assert set(table["scenario"]) == {"expulsion-stays"}
    assert table["p50"].null_count() == table.height


def test_months_that_are_cut_are_left_out(ready, runs):
    shown = Span(date(2022, 4, 15), date(2022, 9, 20))
    table = comparing.arrivals(runs, ready.region, shown)
    for source in ("observed", "simulated"):
        months = sorted(set(table.filter(source=source)["month"]))
        assert months == ["2022-05", "2022-06", "2022-07", "2022-08"]


def test_a_month_cut_by_a_window_is_put_together_again(ready, runs):
    """Periods may end within a month; the month's total is that of its periods."""
    flows = runs.flows[0]
    june = [i for i, period in enumerate(flows.frame.periods) if period.start.month == 6]
    a = flows.frame.periods[june[0]]
    halves = (Span(a.start, date(2022, 6, 11)), Span(date(2022, 6, 11), a.end))
    periods = (*flows.frame.periods[: june[0]], *halves, *flows.frame.periods[june[0] + 1 :])

    def split(totals):
        before, here, after = np.split(totals.astype(np.float64), [june[0], june[0] + 1], axis=1)
        return np.concatenate([before, here * 0.25, here * 0.75, after], axis=1)

    parts = {name: split(getattr(flows, name)) for name in ("counts", "people", "lawful")}
    cut = replace(flows, frame=replace(flows.frame, periods=periods), **parts)
    assert comparing.months_of(cut, SUMMER)["2022-06"] == [june[0], june[0] + 1]
    told = comparing.arrivals(
        replace(runs, flows=(cut, runs.flows[1]), central=(cut, runs.flows[1])), ready.region, SUMMER
    )
    before = comparing.arrivals(runs, ready.region, SUMMER)
    match = {
        "month": "2022-06",
        "measure": "encounters",
        "source": "simulated",
        "scenario": "expulsion-stays",
    }
    assert told.filter(**match)["mean"].item() == pytest.approx(before.filter(**match)["mean"].item())


def test_simulated_ranges_are_quantiles_over_runs(ready, runs):
    table = comparing.arrivals(runs, ready.region, SUMMER)
    row = table.row(
        by_predicate=(pl.col("month") == "2022-07")
        & (pl.col("measure") == "people")
        & (pl.col("scenario") == "expulsion-ends"),
        named=True,
    )
    flows = runs.flows[1]
    july = next(i for i, period in enumerate(flows.frame.periods) if period.start == date(2022, 7, 1))
    border = flows.frame.gates.index("gate-sector-duna")
    by_run = flows.people[:, july, :, border].sum(axis=1)
    assert row["mean"] == pytest.approx(by_run.mean())
    assert [row[q] for q in ("p05", "p25", "p50", "p75", "p95")] == pytest.approx(
        np.quantile(by_run, [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    )


def test_draws_alone_spread_less_than_draws_and_parameters(ready):
    """Told apart: `draw_p05` to `draw_p95` come from runs whose parameters are all at their central value."""
    from travesia.movement import Options, simulate

    options = Options(runs=40, seed=5, threads=1)
    flows = simulate(ready.plans, options)
    central = simulate(ready.plans, replace(options, central=True))
    runs = comparing.Runs(ready.scenarios, tuple(flows), tuple(central), ready.window, 5)
    table = comparing.arrivals(runs, ready.region, SUMMER)
    people = table.filter(source="simulated", measure="people", scenario="expulsion-ends")
    assert ((people["draw_p95"] - people["draw_p05"]).sum()) < (people["p95"] - people["p05"]).sum()


def test_before_the_first_difference_scenarios_are_bit_identical(ready, runs):
    table = comparing.arrivals(runs, ready.region, SUMMER).filter(source="simulated")
    early = table.filter(pl.col("month") < "2022-06").drop("scenario")
    half = early.height // 2
    assert half == 4
    assert early[:half].equals(early[half:])
    late = table.filter(pl.col("month") == "2022-07").drop("scenario")
    assert not late[:2].equals(late[2:])


def test_outcomes_add_up_to_arrivals(ready, runs):
    table = comparing.outcomes(runs, SUMMER)
    met = ["let_in", "expelled", "returned", "admitted"]
    parts = table.filter((pl.col("gate") == "gate-sector-duna") & pl.col("outcome").is_in(met))
    by_month = parts.group_by("scenario", "month").agg(pl.col("mean").sum()).sort("scenario", "month")
    arrivals = comparing.arrivals(runs, ready.region, SUMMER).filter(source="simulated", measure="encounters")
    assert by_month["mean"].to_list() == pytest.approx(arrivals.sort("scenario", "month")["mean"].to_list())


def test_links_carry_people_as_the_window_says(ready, runs):
    """People a month over the window, in the direction of the link; the link to the border by hand."""
    table = comparing.link_flows(runs, ready.region).filter(scenario="expulsion-stays")
    row = table.row(by_predicate=pl.col("link") == "xb-cruce--xc-duna--border_desert", named=True)
    assert (row["from"], row["to"], row["kind"]) == ("xb-cruce", "xc-duna", "border_desert")
    frame = ready.frame
    days = slice(frame.day(ready.window.start), frame.day(ready.window.end))
    at = frame.links.index(("xb-cruce--xc-duna--border_desert", True))
    people = runs.flows[0].crossings.mean[days, at].sum()
    assert row["people_per_month"] == pytest.approx(people / ready.window.days * 365.25 / 12)
    assert table["people_per_month"].min() > 0.0
