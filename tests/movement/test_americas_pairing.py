"""The shipped pack: what a policy cannot have touched yet is the same to the last bit; draws are paired."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from travesia.movement import (
    Demand,
    Flows,
    Frame,
    Options,
    Plan,
    build_frame,
    build_plan,
    drawn_parameters,
    expected_flows,
    first_day_apart,
    simulate,
)
from travesia.region import Region
from travesia.scenario import Scenario, load_scenario, without
from travesia.terms import Span

SPAN = Span(date(2022, 4, 1), date(2023, 2, 1))


@pytest.fixture(scope="module")
def frame(americas: Region, fitted: tuple[Demand, Plan]) -> Frame:
    return build_frame(americas, fitted[1].frame.itineraries, SPAN)


@pytest.fixture(scope="module")
def by_day(americas: Region, fitted: tuple[Demand, Plan]) -> Frame:
    days = tuple(date.fromordinal(SPAN.start.toordinal() + day) for day in range(SPAN.days))
    return build_frame(americas, fitted[1].frame.itineraries, SPAN, days)


@pytest.fixture(scope="module")
def baseline(frame: Frame, happened: Scenario, fitted: tuple[Demand, Plan]) -> Plan:
    return build_plan(frame, happened, fitted[0])


def taken_out(happened: Scenario, name: str) -> tuple[Scenario, int]:
    """Return the scenario without a policy and the first day on which one of those taken out is in force."""
    other = without(happened, name)
    kept = {policy.id for policy in other.policies}
    starts = [policy.span.start for policy in happened.policies if policy.id not in kept and policy.in_model]
    return other, max(0, min((start - SPAN.start).days for start in starts))


def test_taking_out_any_acting_policy_leaves_what_was_before_it(
    by_day: Frame, happened: Scenario, fitted: tuple[Demand, Plan]
):
    base = build_plan(by_day, happened, fitted[0])
    whole = expected_flows(base)
    acting = base.timetable.acting
    assert len(acting) > 8
    touched, late = 0, 0
    for name in acting:
        other, first = taken_out(happened, name)
        plan = build_plan(by_day, other, fitted[0], happened)
        out = expected_flows(plan)
        for field in ("counts", "people", "departed", "under_way"):
            assert np.array_equal(getattr(out, field)[:first], getattr(whole, field)[:first]), (name, field)
        assert first_day_apart(base, plan) >= first, name
        touched += not np.array_equal(out.counts, whole.counts) or out.lawful.sum() != whole.lawful.sum()
        late += first > 0
    # The test would say nothing if no policy mattered, or all were in force from the first day on.
    assert touched >= 4
    assert late >= 4


@pytest.mark.parametrize("name", ["t42-venezuela-expulsions", "t42-original", "chnv-parole"])
def test_a_scenario_run_alone_is_the_branch_bit_for_bit(
    frame: Frame, baseline: Plan, happened: Scenario, fitted: tuple[Demand, Plan], name: str
):
    other, first = taken_out(happened, name)
    plan = build_plan(frame, other, fitted[0], happened)
    options = Options(runs=2, seed=7, central=True)
    a, b = simulate([baseline, plan], options)
    alone = simulate([plan], options)[0]
    for field in ("counts", "people", "lawful"):
        assert np.array_equal(getattr(b, field), getattr(alone, field)), field
    for field in ("total", "squares", "least", "most"):
        for daily in ("stock", "departed", "crossings"):
            one, two, three = (getattr(getattr(flows, daily), field) for flows in (a, b, alone))
            assert np.array_equal(two, three)
            if daily == "stock":  # people admitted by pathways are beyond the gates
                one, two = one[:, :-1], two[:, :-1]
            assert np.array_equal(one[:first], two[:first])


@pytest.fixture(scope="module")
def wide(baseline: Plan) -> Flows:
    return simulate([baseline], Options(runs=16, seed=7))[0]


def test_encounters_stay_what_was_fitted_while_people_move(baseline: Plan, wide: Flows):
    parameters = baseline.scenario.parameters
    retry = drawn_parameters(parameters, 7, range(16))["retry-after-expulsion"]
    assert retry.std() > 0.02
    settled = Span(date(2022, 8, 1), date(2022, 12, 1))
    encounters, people = wide.total("encounters", settled), wide.total("people", settled)
    assert encounters.std(ddof=1) / encounters.mean() < 0.006
    assert people.std(ddof=1) / people.mean() > 2 * encounters.std(ddof=1) / encounters.mean()
    assert (people < encounters).all()


def test_chance_alone_moves_encounters_by_a_third_of_a_percent(baseline: Plan):
    central = simulate([baseline], Options(runs=8, seed=7, central=True))[0]
    settled = Span(date(2022, 8, 1), date(2022, 12, 1))
    encounters = central.total("encounters", settled)
    assert 0 < encounters.std(ddof=1) / encounters.mean() < 0.004


def test_runs_reproduce_what_was_counted(americas: Region, baseline: Plan, wide: Flows):
    series = "cbp-southwest"
    rows = americas.series(series)
    for month in ("2022-09", "2022-10", "2022-11"):
        seen = rows.filter(rows["period"] == month)["value"].sum()
        start = date.fromisoformat(f"{month}-01")
        span = next(period for period in wide.frame.periods if period.start == start)
        assert wide.total("encounters", span).mean() == pytest.approx(seen, rel=0.05), month


def test_people_are_conserved_in_every_run_of_the_pack(baseline: Plan, wide: Flows):
    stock, departed = wide.stock.total.sum(axis=1), wide.departed.total.sum(axis=1).cumsum()
    last_days = [wide.frame.day(period.end) - 1 for period in wide.frame.periods if period.end]
    lawful = wide.lawful.sum(axis=(0, 2, 3), dtype=float).cumsum()
    assert (stock - departed)[last_days].tolist() == lawful.tolist()
    assert (wide.stock.least >= 0).all()


def test_departures_that_respond_change_nothing_before_their_day(
    americas: Region, frame: Frame, happened: Scenario, baseline: Plan, fitted: tuple[Demand, Plan]
):
    other = load_scenario(americas, "title-42-ends-mexico-accepts-responding")
    plan = build_plan(frame, other, fitted[0], happened)
    assert first_day_apart(baseline, plan) == frame.day(date(2022, 12, 21))
    a, b = simulate([baseline, plan], Options(runs=3, seed=7))
    assert np.array_equal(a.counts[:, :8], b.counts[:, :8])
    assert not np.array_equal(a.counts[:, 8:], b.counts[:, 8:])
    first = frame.day(date(2022, 12, 21))
    assert np.array_equal(a.departed.total[:first], b.departed.total[:first])
    assert b.departed.total[first:].sum() > 1.02 * a.departed.total[first:].sum()


def test_without_stated_departures_only_those_whom_the_pathway_kept_set_out_as_well(
    americas: Region, frame: Frame, happened: Scenario, baseline: Plan, fitted: tuple[Demand, Plan]
):
    other = load_scenario(americas, "title-42-ends-mexico-refuses")
    plan = build_plan(frame, replace(other, departures=()), fitted[0], happened)
    a, b = simulate([baseline, plan], Options(runs=2, seed=7))
    more = (b.departed.total - a.departed.total).sum(axis=0)
    named = [source.nationality in ("CUB", "HTI", "NIC", "VEN") for source in frame.itineraries.sources]
    assert (more[named] >= 0.0).all()
    assert more.sum() > 0.0
    assert not more[~np.array(named)].any()
    january = Span(date(2023, 1, 1), date(2023, 2, 1))
    # Nobody is expelled any more, fewer come back: people need fewer encounters.
    assert b.total("expulsions", january).sum() == 0 < a.total("expulsions", january).sum()
    rate = [
        flows.total("encounters", january).sum() / flows.total("people", january).sum() for flows in (a, b)
    ]
    assert rate[1] < rate[0]
