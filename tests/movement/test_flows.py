"""Flows: measures, windows and tables, against sums made by hand from single runs."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from small_regions import parameters, plan_of, policy, scenario_of, simple_region

from travesia.movement import (
    BEYOND,
    MEASURES,
    ON_LINKS,
    OUTCOMES,
    Flows,
    Options,
    Plan,
    advance,
    crossings_table,
    draw_runs,
    drawn_parameters,
    empty_out,
    empty_state,
    outcomes_table,
    simulate,
    spawned_table,
    stock_table,
)
from travesia.movement.kernel import Out, crossings
from travesia.terms import Amount, Span

RUNS, SEED = 6, 21
SPAN = Span(date(2022, 1, 1), date(2022, 3, 16))


@pytest.fixture(scope="module")
def plan() -> Plan:
    acts = (
        policy("t42", "expulsion", ("d",)),
        policy("path", "quota-pathway", ("a--n--road",), amount=Amount(4.0, "persons per day")),
    )
    people: dict[tuple[str, str], float | list[float]] = {("AAA", "direct"): 60.0, ("BBB", "direct"): 30.0}
    return plan_of(simple_region(0.5, ("AAA", "BBB")), scenario_of(acts, SPAN), people)


@pytest.fixture(scope="module")
def flows(plan: Plan) -> Flows:
    return simulate([plan], Options(runs=RUNS, seed=SEED, central=True))[0]


@pytest.fixture(scope="module")
def single(plan: Plan) -> list[Out]:
    """The same runs, one by one, straight from the kernel."""
    values = drawn_parameters(plan.scenario.parameters, SEED, None)
    drawn = draw_runs(plan, values, np.ones((1, *plan.departures.shape)), SEED, None)[0]
    outs = []
    for run in range(RUNS):
        state, out = empty_state(plan), empty_out(plan)
        frame = plan.frame
        advance(
            0, frame.span.days, SEED, run, frame.layout, plan.rules, frame.sources, drawn, state, out, False
        )
        outs.append(out)
    return outs


def test_totals_are_those_of_single_runs(flows: Flows, single: list[Out]):
    assert np.array_equal(flows.counts, np.stack([out.counts for out in single]))
    assert np.array_equal(flows.people, np.stack([out.people for out in single]))
    assert np.array_equal(flows.lawful, np.stack([out.lawful for out in single]))


def test_mean_and_spread_are_those_of_single_runs(flows: Flows, single: list[Out]):
    stock = np.stack([out.stock for out in single])
    assert flows.stock.mean == pytest.approx(stock.mean(axis=0))
    assert flows.stock.sd == pytest.approx(stock.std(axis=0, ddof=1), abs=1e-6)
    assert np.array_equal(flows.stock.least, stock.min(axis=0))
    assert np.array_equal(flows.stock.most, stock.max(axis=0))
    crossed = np.stack(
        [crossings(out.under_way, flows.frame.layout, len(flows.frame.links)) for out in single]
    )
    assert flows.crossings.mean == pytest.approx(crossed.mean(axis=0))


def test_one_run_has_no_spread(plan: Plan):
    assert (simulate([plan], Options(runs=1))[0].stock.sd == 0).all()


def test_measures_by_hand(flows: Flows, single: list[Out]):
    outcome = {name: sum(out.counts[..., OUTCOMES.index(name)].sum() for out in single) for name in OUTCOMES}
    wanted = {
        "encounters": outcome["let_in"] + outcome["expelled"] + outcome["returned"] + outcome["admitted"],
        "people": sum(out.people.sum() for out in single),
        "expulsions": outcome["expelled"],
        "returns": outcome["returned"],
        "let_in": outcome["let_in"] + outcome["admitted"],
        "not_met": outcome["passed"],
        "turned_back": outcome["turned_back"],
        "lawful_admissions": sum(out.lawful.sum() for out in single),
    }
    assert set(wanted) == set(MEASURES)
    assert {name: flows.total(name).sum() for name in MEASURES} == wanted
    assert wanted["expulsions"] > 0
    # Half as many again apply as there are places; only the first days have some to spare.
    assert 0.97 < wanted["lawful_admissions"] / (RUNS * 4 * SPAN.days) <= 1.0


def test_periods_are_months_cut_at_the_end_of_the_span(flows: Flows):
    assert [str(period) for period in flows.frame.periods] == [
        "2022-01-01/2022-02-01", "2022-02-01/2022-03-01", "2022-03-01/2022-03-16",
    ]  # fmt: skip


def test_a_window_takes_whole_periods(flows: Flows):
    february = Span(date(2022, 2, 1), date(2022, 3, 1))
    assert flows.periods_in(february) == [1]
    assert flows.total("people", february).tolist() == flows.people[:, 1].sum(axis=(1, 2)).tolist()
    assert flows.periods_in(Span(date(2022, 2, 1), date(2022, 3, 16))) == [1, 2]
    assert flows.periods_in(None) == [0, 1, 2]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2022, 1, 1), date(2022, 2, 10)),
        (date(2022, 1, 10), date(2022, 3, 1)),
        (date(2022, 2, 3), date(2022, 2, 20)),
        (date(2022, 1, 20), date(2022, 3, 16)),
    ],
)
def test_a_window_that_cuts_a_period_is_refused(flows: Flows, start: date, end: date):
    with pytest.raises(ValueError, match="cuts a period"):
        flows.total("people", Span(start, end))


def test_the_table_of_stock(flows: Flows):
    table = stock_table(flows)
    assert table.columns == ["day", "place", "mean", "sd", "min", "max"]
    assert table.schema["day"] == pl.Date
    assert len(table) == SPAN.days * (len(flows.frame.places) + 2)
    assert table["day"].is_sorted()
    assert set(table["place"]) == {*flows.frame.places, ON_LINKS, BEYOND}
    last = table.filter(pl.col("day") == date(2022, 3, 15), pl.col("place") == BEYOND).row(0, named=True)
    assert last["mean"] == flows.stock.total[-1, -1] / RUNS
    assert (table["min"] <= table["mean"]).all()
    assert (table["mean"] <= table["max"]).all()


def test_tables_from_a_later_day_on(flows: Flows):
    assert stock_table(flows, 31).equals(stock_table(flows).filter(pl.col("day") >= date(2022, 2, 1)))
    assert crossings_table(flows, 31)["day"].min() == date(2022, 2, 1)
    assert spawned_table(flows, 31)["day"].to_list()[0] == date(2022, 2, 1)


def test_the_table_of_crossings(flows: Flows):
    table = crossings_table(flows)
    assert table.columns == ["day", "link", "direction", "mean", "sd", "min", "max"]
    assert set(table["direction"]) <= {"forward", "reverse"}
    assert table.filter(pl.col("link") == "a--n--road")["mean"].sum() > 100


def test_the_table_of_departures(flows: Flows):
    table = spawned_table(flows)
    assert table.columns == ["day", "new", "total"]
    assert table["new"].sum() == pytest.approx(flows.departed.total.sum() / RUNS)
    assert table["total"].to_list() == pytest.approx(np.cumsum(table["new"].to_numpy()).tolist())


def test_the_table_of_outcomes(flows: Flows):
    table = outcomes_table(flows)
    assert table.columns == ["start", "gate", "nationality", "outcome", "mean", "p05", "p95"]
    assert table["mean"].sum() == pytest.approx(flows.counts.sum(dtype=float) / RUNS)
    assert (table["mean"] > 0).all()
    row = table.row(0, named=True)
    c, o = flows.frame.itineraries.nationalities.index(row["nationality"]), OUTCOMES.index(row["outcome"])
    runs = flows.counts[:, 0, c, 0, o].astype(float)
    assert (row["mean"], row["p05"]) == (runs.mean(), np.quantile(runs, 0.05))


def test_tables_of_a_world_without_departures():
    still = plan_of(simple_region(), scenario_of((), SPAN, with_parameters=parameters()), {})
    empty = simulate([still], Options(runs=2))[0]
    assert outcomes_table(empty).is_empty()
    assert stock_table(empty)["mean"].sum() == 0
    assert empty.total("encounters").tolist() == [0.0, 0.0]
