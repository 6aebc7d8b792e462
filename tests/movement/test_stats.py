"""Tables of what becomes of people: what they add up to, and how two scenarios are set beside each other."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from small_displacements import counted, displacement_of, site
from small_regions import Case, cases, plan_of, policy, scenario_of, simple_region

import travesia
from travesia.movement import (
    JOURNEYS,
    Flows,
    Options,
    SiteLink,
    Walked,
    build_terrain,
    simulate,
    stats,
    walk_displacement,
)
from travesia.movement.kernel import JOINED
from travesia.terms import Span

few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SPAN = Span(date(2022, 1, 1), date(2022, 3, 16))
RUNS = 9


@pytest.fixture(scope="module")
def pair() -> list[Flows]:
    region = simple_region(0.5, ("AAA", "BBB"))
    people: dict[tuple[str, str], float | list[float]] = {("AAA", "direct"): 600.0, ("BBB", "direct"): 90.0}
    plans = [
        plan_of(region, scenario_of(acts, SPAN, name=name), people)
        for name, acts in (("stays", (policy("t42", "expulsion", ("d",)),)), ("ends", ()))
    ]
    return simulate(plans, Options(runs=RUNS, seed=4, threads=1))


def test_the_names_come_through_the_front_door():
    assert travesia.stats is stats
    from travesia import stats as imported

    assert imported.attempts is stats.attempts


@given(case=cases())
@few
def test_attempts_add_up_to_encounters_and_the_first_ones_to_people(case: Case):
    for flows in simulate([case.plan, case.other], Options(runs=2, seed=case.seed, threads=1)):
        layout, met = flows.frame.layout, flows.met_later.astype(float)
        later = np.zeros(flows.people.shape)
        for k in range(len(layout.cls)):
            at = layout.cls[k], layout.gate[k]
            if layout.attempt[k] == 0:
                assert not met[:, :, k].any()
                continue
            later[:, :, *at] += met[:, :, k]
        border = flows.frame.at_border
        assert ((later + flows.people)[..., border] == flows.at_border("encounters")).all()
        # Who comes again is met or not, or first waits: nobody is met again without having come.
        not_yet = (flows.again - later).cumsum(axis=1)
        assert (not_yet >= 0).all()
        assert (not_yet <= (flows.counts[..., 0] + flows.queue[..., JOINED]).cumsum(axis=1)).all()


@given(case=cases())
@few
def test_nobody_waits_or_is_exposed_less_than_not_at_all(case: Case):
    for flows in simulate([case.plan, case.other], Options(runs=1, seed=case.seed, threads=1)):
        for values in (flows.waited, flows.again, flows.met_later, flows.set_out):
            assert (values >= 0).all()
            assert (values == np.floor(values)).all()
        # More cannot wait than are at places at the ends of days.
        assert flows.waited.sum(dtype=float) <= flows.stock.total[:, :-2].sum()
        starts = flows.set_out[:, :, len(flows.frame.layout.move_target) :].sum(dtype=float)
        assert starts <= flows.departed.total.sum()


def test_the_table_is_quantiles_of_runs(pair):
    flows = pair[0]
    found = stats.attempts(flows).filter(nationality="AAA", attempt=1)
    first = flows.at_border("people")[:, :, 0].sum(axis=(1, 2))
    assert found["mean"].item() == pytest.approx(first.mean())
    low, middle, high = np.quantile(first, [0.05, 0.5, 0.95])
    assert found.select("p05", "p50", "p95").row(0) == pytest.approx((low, middle, high))


def test_a_paired_difference_is_the_second_less_the_first_run_by_run(pair):
    one, two = pair
    totals = [flows.total("encounters") for flows in pair]
    found = stats.people_and_encounters(one, two).filter(nationality="all", measure="encounters")
    expected = np.quantile(totals[1] - totals[0], [0.05, 0.5, 0.95])
    names = ("difference_p05", "difference_p50", "difference_p95")
    assert found.select(names).row(0) == pytest.approx(tuple(expected))
    assert found["baseline_mean"].item() == pytest.approx(totals[0].mean())
    assert found["scenario_mean"].item() == pytest.approx(totals[1].mean())


def test_without_expulsion_fewer_come_again_and_a_person_is_met_less_often(pair):
    found = stats.journeys(*pair).rows_by_key("measure", named=True)
    assert found["later_attempts"][0]["difference_p95"] < 0
    assert found["encounters_per_person"][0]["difference_p95"] < 0
    assert found["days_on_the_way"][0]["difference_p05"] == 0


def test_the_same_world_differs_in_nothing(pair):
    for name, table in JOURNEYS.items():
        found = table(pair[0], pair[0], SPAN)
        assert (
            not found.select(pl.col("^difference_.*$").fill_null(0.0).abs().sum()).sum_horizontal().item()
        ), name


def test_sums_over_periods_are_those_of_the_window(pair):
    flows = pair[0]
    by_period, whole = stats.attempts(flows, by_period=True), stats.attempts(flows)
    assert by_period["start"].dtype == pl.Date
    assert by_period["start"].unique().sort().to_list() == [p.start for p in flows.frame.periods]
    keys = ("nationality", "gate", "attempt")
    summed = by_period.group_by(keys).agg(pl.col("mean").sum()).sort(keys)
    assert summed["mean"].to_list() == pytest.approx(whole.sort(keys)["mean"].to_list())


def test_a_window_is_whole_periods_of_the_run(pair):
    february = Span(date(2022, 2, 1), date(2022, 3, 1))
    by_period = stats.people_and_encounters(pair[0], by_period=True).filter(start=date(2022, 2, 1))
    assert by_period.drop("start").equals(stats.people_and_encounters(pair[0], window=february))
    with pytest.raises(ValueError, match="cuts a period"):
        stats.waiting(pair[0], window=Span(date(2022, 2, 2), date(2022, 3, 1)))


def test_runs_that_do_not_belong_together_are_refused(pair):
    people: dict[tuple[str, str], float | list[float]] = {("AAA", "direct"): 600.0}
    plan = plan_of(simple_region(0.5), scenario_of((), SPAN), people)
    for runs in (RUNS, RUNS - 1):
        (stranger,) = simulate([plan], Options(runs=runs, seed=4, threads=1))
        with pytest.raises(ValueError, match="simulate them together"):
            stats.diverted(pair[0], stranger)


def test_a_ratio_that_a_run_does_not_have_is_missing_and_not_zero(pair):
    # In the first days nobody has come to the border yet.
    early = stats.people_and_encounters(pair[0], by_period=True)
    assert early.filter(pl.col("mean").is_nan()).is_empty()
    flows = simulate(
        [plan_of(simple_region(0.5), scenario_of((), SPAN), {("AAA", "direct"): 1.0})],
        Options(runs=RUNS, seed=4, threads=1),
    )[0]
    ratio = stats.people_and_encounters(flows).filter(nationality="all", measure="encounters_per_person")
    some_run_empty = (flows.total("encounters") == 0).any()
    assert some_run_empty == (ratio.is_empty() or ratio["mean"].item() is None)


@pytest.fixture(scope="module")
def walked() -> Walked:
    sites = [site("Z", "conflict_zone", 1000), site("T"), site("C", "camp", -1)]
    links = [SiteLink("Z", "T", 150.0), SiteLink("Z", "C", 300.0), SiteLink("T", "C", 250.0)]
    displacement = displacement_of(sites, links, [counted("total", (0, 50), (20, 400))], days=20)
    return walk_displacement(build_terrain(displacement, "travesia"), Options(runs=5, seed=2, threads=1))


def test_net_arrivals_at_camps_add_up_to_their_people(walked):
    table = stats.arrivals_by_camp(walked)
    assert table["name"].unique().to_list() == ["C"]
    last = table.filter(day=19)
    at = walked.terrain.places.index("c")
    assert table["net_arrivals"].sum() == pytest.approx(last["mean"].item())
    assert last["mean"].item() == walked.stock.mean[19, at] > 0


def test_time_on_links_of_a_displacement(walked):
    table = stats.person_days_on_links(walked)
    assert table["mean"].sum() == pytest.approx(walked.person_days.mean(axis=0).sum())
    ground = walked.terrain.ground
    days = walked.set_out.mean.sum(axis=0) * ground.link_km / ground.link_speed
    assert table["mean"].sum() == pytest.approx(days.sum(), rel=1e-6)
    assert {"from", "to", "km", "mean", "p05", "p50", "p95"} == set(table.columns)


def test_people_under_way_are_those_on_links(walked):
    table = stats.people_under_way(walked)
    assert table["mean"].to_list() == walked.stock.mean[:, -1].tolist()
    assert table["date"].to_list()[0] == walked.terrain.displacement.start
