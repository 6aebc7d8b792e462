"""Ensembles: the same bytes for any number of threads and runs, and runs that agree with expected flows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_regions import (
    parameters,
    plan_of,
    policy,
    scenario_of,
    simple_region,
)

from travesia.movement import (
    OUTCOMES,
    Demand,
    Flows,
    Options,
    Plan,
    build_plan,
    expected_flows,
    first_day_apart,
    simulate,
)
from travesia.region import Region
from travesia.scenario import load_scenario
from travesia.terms import Amount, Span

DAILY = ("stock", "departed", "crossings")
FIELDS = ("total", "squares", "least", "most")


@pytest.fixture(scope="module")
def plans(toy: Region, toy_fitted: tuple[Demand, Plan]) -> list[Plan]:
    demand, plan = toy_fitted
    stays, ends = (load_scenario(toy, name) for name in ("expulsion-stays", "expulsion-ends"))
    return [build_plan(plan.frame, scenario, demand, stays) for scenario in (stays, ends)]


def same(one: Flows, other: Flows) -> bool:
    whole = all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("counts", "people", "lawful")
    )
    return whole and all(
        np.array_equal(getattr(getattr(one, name), field), getattr(getattr(other, name), field))
        for name in DAILY
        for field in FIELDS
    )


@pytest.mark.parametrize("runs", [1, 7, 23])
def test_threads_change_nothing(plans: list[Plan], runs: int):
    alone = simulate(plans, Options(runs=runs, seed=5, threads=1))
    for threads in (2, 3):
        together = simulate(plans, Options(runs=runs, seed=5, threads=threads))
        assert all(same(a, b) for a, b in zip(alone, together, strict=True))


def test_a_run_does_not_depend_on_how_many_there_are(plans: list[Plan]):
    few, many = (simulate(plans, Options(runs=runs, seed=5)) for runs in (5, 20))
    for a, b in zip(few, many, strict=True):
        assert np.array_equal(a.counts, b.counts[:5])
        assert np.array_equal(a.people, b.people[:5])


def test_other_seeds_lead_to_other_runs_and_runs_differ(plans: list[Plan]):
    one, other = (simulate(plans[:1], Options(runs=4, seed=seed))[0] for seed in (5, 6))
    assert not np.array_equal(one.counts, other.counts)
    totals = one.total("encounters")
    assert len(set(totals.tolist())) == 4


def test_progress_tells_every_run_once(plans: list[Plan]):
    told: list[int] = []
    simulate(plans[:1], Options(runs=23, threads=2), told.append)
    assert sorted(told) == [3, 10, 10]


def test_the_order_of_branches_changes_nothing(plans: list[Plan]):
    first, second = plans
    options = Options(runs=3, seed=9)
    once, twice = simulate([first, second], options), simulate([first, first, second, second], options)
    assert same(once[0], twice[1])
    assert same(once[1], twice[2])
    assert same(once[1], twice[3])


def test_paired_scenarios_differ_far_less_than_unpaired_ones(plans: list[Plan]):
    options = Options(runs=40, seed=3, central=True)
    a, b = (flows.total("encounters") for flows in simulate(plans, options))
    apart = simulate(plans[1:], replace(options, seed=4))[0].total("encounters")
    assert (b - a).std() < 0.75 * (apart - a).std()


def z_scores(flows: Flows, expected: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return how many standard errors the mean over runs lies from what is expected, where that is enough."""
    mean, error = values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(flows.runs)
    big = expected > 5.0
    assert big.sum() > 5
    return ((mean - expected)[big] / error[big]).ravel()


@pytest.mark.parametrize("which", [0, 1])
def test_the_mean_of_many_draws_is_the_expected_flow(plans: list[Plan], which: int):
    # Departures that respond draw a factor; its central value is not the mean of a lopsided range.
    plan = replace(plans[which], scenario=replace(plans[which].scenario, departures=()))
    flows = simulate([plan], Options(runs=300, seed=2, central=True))[0]
    expected = expected_flows(plan)
    for found in (
        z_scores(flows, expected.counts, flows.counts.astype(float)),
        z_scores(flows, expected.people, flows.people.astype(float)),
    ):
        assert np.abs(found).max() < 4.5
        assert abs(found.mean()) < 1.0


def test_the_mean_stock_of_many_draws_is_the_expected_stock(plans: list[Plan]):
    flows = simulate(plans[:1], Options(runs=300, seed=2, central=True))[0]
    expected = expected_flows(plans[0])
    big = expected.stock > 20.0
    z = (flows.stock.mean - expected.stock)[big] / (flows.stock.sd[big] / np.sqrt(300))
    assert np.abs(z).max() < 5.0


def test_draws_spread_as_chance_does_not_more():
    # One gate that meets everybody, no retries: encounters are a Poisson number of departures.
    still = parameters(retry_after_return=0.0, retry_after_expulsion=0.0, returned_share_others=0.0)
    scenario = scenario_of((), Span(date(2022, 1, 1), date(2022, 6, 1)), with_parameters=still)
    plan = plan_of(simple_region(kind="port"), scenario, {("AAA", "direct"): [900.0, 900.0, 0.0, 0.0, 0.0]})
    totals = simulate([plan], Options(runs=400, seed=8))[0].total("encounters")
    assert totals.mean() == pytest.approx(1800.0, abs=4.5 * np.sqrt(1800 / 400))
    # The variance of 400 Poisson numbers lies within 4.5 of its own standard errors.
    assert totals.var(ddof=1) == pytest.approx(1800.0, rel=4.5 * np.sqrt(2 / 400))


def test_systematic_sampling_admits_whole_people_at_the_right_rate():
    number = policy("app", "appointments", ("d",), amount=Amount(2.6, "appointments per day"))
    region = simple_region(0.0, ("AAA", "BBB"), kind="port")
    scenario = scenario_of((number,), Span(date(2022, 1, 1), date(2022, 3, 1)))
    plan = plan_of(region, scenario, {("AAA", "direct"): 620.0, ("BBB", "direct"): 310.0}, by_day=True)
    flows = simulate([plan], Options(runs=100, seed=8))[0]
    admitted = flows.counts[:, 10:, :, 0, OUTCOMES.index("admitted")].astype(float)
    assert set(np.unique(admitted.sum(axis=2))) == {2.0, 3.0}
    assert admitted.sum(axis=2).mean() == pytest.approx(2.6, abs=0.03)
    assert admitted[:, :, 0].mean() / admitted[:, :, 1].mean() == pytest.approx(2.0, rel=0.08)


def test_a_seed_may_be_any_integer(plans: list[Plan]):
    for seed in (0, -1, 2**63 - 1):
        assert simulate(plans[:1], Options(runs=1, seed=seed))[0].total("people")[0] > 0


def test_a_pathway_for_other_nationalities_is_another_pathway():
    number = Amount(5.0, "persons per day")
    one, other = (
        policy("path", "quota-pathway", ("a--n--road",), date(2022, 1, 11), None, (name,), number)
        for name in ("AAA", "BBB")
    )
    span = Span(date(2022, 1, 1), date(2022, 2, 1))
    region = simple_region(0.0, ("AAA", "BBB"))
    plans = [plan_of(region, scenario_of((act,), span), {}) for act in (one, other)]
    assert first_day_apart(plans[0], plans[1]) == 10
    a, b = simulate(plans, Options(runs=2, seed=1))
    for own, flows in enumerate((a, b)):
        admitted = flows.lawful.sum(axis=(0, 1, 2))
        assert 0.97 * 210 < admitted[own] <= 210
        assert admitted[1 - own] == 0


def test_draws_do_not_depend_on_what_else_a_region_holds():
    span = Span(date(2022, 1, 1), date(2022, 3, 1))
    counts = []
    for names in (("MMM",), ("AAA", "MMM"), ("MMM", "ZZZ")):
        plan = plan_of(simple_region(0.0, names), scenario_of((), span), {("MMM", "direct"): 500.0})
        flows = simulate([plan], Options(runs=2, seed=1))[0]
        counts.append(flows.counts[:, :, flows.frame.itineraries.nationalities.index("MMM")])
    assert np.array_equal(counts[0], counts[1])
    assert np.array_equal(counts[0], counts[2])
