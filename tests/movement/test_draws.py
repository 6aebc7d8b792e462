"""What a run draws before its first day: parameters, responses of departures, people given encounters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_regions import START, VALUES, parameters, plan_of, policy, scenario_of, simple_region

from travesia.movement import (
    CENTRAL,
    OUTCOMES,
    Options,
    Plan,
    draw,
    draw_runs,
    drawn_parameters,
    expected_flows,
    simulate,
)
from travesia.movement.draws import people_given_encounters
from travesia.scenario import DepartureChange
from travesia.terms import Amount, ScenarioError, Span, TravesiaError, chance

HALF_A_YEAR = Span(START, date(2022, 7, 1))
PEOPLE: dict[tuple[str, str], float | list[float]] = {("AAA", "direct"): 1000.0, ("BBB", "direct"): 500.0}


def ratio(value: float, low: float | None = None, high: float | None = None) -> Amount:
    basis = "cited" if low is None else "assumed"
    return Amount(value, "ratio", low, high, basis=basis)  # type: ignore[arg-type]


def response(**fields: object) -> DepartureChange:
    base = DepartureChange("more", "More leave", ("AAA",), date(2022, 2, 1), ratio(1.5))
    return replace(base, **fields)  # type: ignore[arg-type]


def planned(*departures: DepartureChange, span: Span = HALF_A_YEAR, **changed: float) -> Plan:
    acts = (policy("t42", "expulsion", ("d",)),)
    scenario = scenario_of(acts, span, departures, parameters(**changed))
    return plan_of(simple_region(0.6, ("AAA", "BBB")), scenario, PEOPLE)


def departures_of(plan: Plan, runs: range | None = CENTRAL, seed: int = 3) -> np.ndarray:
    values = drawn_parameters(plan.scenario.parameters, seed, runs)
    count = 1 if runs is None else len(runs)
    drawn = draw_runs(plan, values, np.ones((count, *plan.departures.shape)), seed, runs)
    return np.stack([one.departures for one in drawn])


@given(seed=st.integers(0, 2**32), value=st.floats(0.3, 0.6), name=st.text(min_size=1, max_size=9))
def test_draws_lie_within_the_range_and_depend_on_name_seed_and_run_only(seed: int, value: float, name: str):
    amount = ratio(value, 0.3, 0.6)
    drawn = draw(amount, seed, name, range(40))
    assert (drawn >= 0.3).all()
    assert (drawn <= 0.6).all()
    assert np.array_equal(drawn[5:9], draw(amount, seed, name, range(5, 9)))
    assert not np.array_equal(drawn, draw(amount, seed + 1, name, range(40)))
    assert not np.array_equal(drawn, draw(amount, seed, name + "x", range(40)))


def test_a_draw_is_the_triangular_quantile_of_its_keyed_uniform():
    drawn = draw(ratio(0.40, 0.30, 0.55), 7, "retry-after-expulsion", range(2000))
    u = np.array([chance.uniform(7, "parameter", "retry-after-expulsion", run) for run in range(2000)])
    assert np.array_equal(drawn, chance.triangular_quantile(u, 0.30, 0.40, 0.55))
    # Mean and variance of a triangular law, with four and a half standard errors.
    sd = np.sqrt((0.3**2 + 0.4**2 + 0.55**2 - 0.3 * 0.4 - 0.3 * 0.55 - 0.4 * 0.55) / 18)
    assert drawn.mean() == pytest.approx((0.3 + 0.4 + 0.55) / 3, abs=4.5 * sd / np.sqrt(2000))
    assert drawn.std() == pytest.approx(sd, rel=0.08)


def test_central_values_and_amounts_without_a_range():
    assert draw(ratio(0.4, 0.3, 0.55), 1, "x", CENTRAL).tolist() == [0.4]
    assert draw(ratio(0.4), 1, "x", range(3)).tolist() == [0.4, 0.4, 0.4]
    with pytest.raises(ValueError, match="x has no value"):
        draw(Amount(None, "ratio"), 1, "x", CENTRAL)


def test_a_change_begins_on_its_day_and_for_its_nationalities():
    plan = planned(response())
    changed = departures_of(plan)[0]
    own = [source.nationality == "AAA" for source in plan.frame.itineraries.sources]
    factor = changed / plan.departures
    assert (factor[:31] == 1.0).all()
    assert (factor[31:, own] == 1.5).all()
    assert (factor[:, np.logical_not(own)] == 1.0).all()


def factors(change: DepartureChange, span: Span = HALF_A_YEAR) -> np.ndarray:
    plan = planned(change, span=span)
    return (departures_of(plan)[0] / plan.departures)[:, 0]


def test_a_ramp_reaches_its_shares_every_thirty_days():
    found = factors(response(start=START, ramp=(0.2, 0.6)))
    assert found[[0, 29, 30, 59, 60, 150]] == pytest.approx([1.1, 1.1, 1.3, 1.3, 1.5, 1.5])


def test_a_ramp_that_began_before_the_run_goes_on_from_where_it_is():
    found = factors(response(start=date(2021, 12, 2), ramp=(0.2, 0.6)))
    assert found[[0, 29, 30]] == pytest.approx([1.3, 1.3, 1.5])
    assert factors(response(start=date(2021, 6, 1), ramp=(0.2, 0.6)))[0] == pytest.approx(1.5)


def test_a_change_after_the_end_changes_nothing():
    assert (factors(response(start=date(2023, 1, 1))) == 1.0).all()


def test_a_base_month_holds_its_level():
    plan = planned(response(base_month="2022-01", start=date(2022, 4, 1)))
    level = plan.departures[:31, 0].mean()
    changed = departures_of(plan)[0][:, 0]
    assert changed[90:] == pytest.approx(1.5 * level)
    assert changed[:90].tolist() == plan.departures[:90, 0].tolist()


def test_a_base_month_takes_a_ramp_too():
    plan = planned(response(base_month="2022-01", start=date(2022, 4, 1), ramp=(0.5,)))
    level = plan.departures[:31, 0].mean()
    assert departures_of(plan)[0][[90, 119, 120], 0] == pytest.approx(
        [1.25 * level, 1.25 * level, 1.5 * level]
    )


def test_a_base_month_outside_the_run_is_one_clear_line():
    with pytest.raises(ScenarioError, match="2019-01") as caught:
        departures_of(planned(response(base_month="2019-01")))
    assert "\n" not in str(caught.value)


def test_both_scenarios_draw_the_same_parameters_and_the_same_factor():
    change = response(amount=ratio(1.4, 1.0, 1.9))
    one = planned(change)
    other = replace(one, scenario=replace(one.scenario, name="other", policies=()))
    assert np.array_equal(departures_of(one, range(9)), departures_of(other, range(9)))
    assert len(np.unique(departures_of(one, range(9))[:, 40, 0])) == 9


@pytest.mark.parametrize(
    "name", [name for name in VALUES if not name.startswith(("speed", "travel", "frontier", "wait"))]
)
def test_a_parameter_that_is_missing_is_one_clear_line(name: str):
    plan = planned()
    values = dict(drawn_parameters(plan.scenario.parameters, 1, CENTRAL))
    del values[name]
    with pytest.raises(TravesiaError, match=name) as caught:
        draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 1, CENTRAL)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("delay", [0.0, -1.0, 65.0, 400.0])
def test_a_delay_that_the_days_kept_cannot_hold_is_one_clear_line(delay: float):
    with pytest.raises(TravesiaError, match="retry-delay-days") as caught:
        departures_of(planned(retry_delay_days=delay))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("delay", [1, 10, 64])
def test_people_try_again_after_the_delay(delay: int):
    plan = planned(retry_delay_days=float(delay))
    departures = np.zeros_like(plan.departures)
    departures[0, 0] = 1000.0
    out = expected_flows(replace(plan, departures=departures), by_day=True)
    days = out.counts[:, 0, 0, OUTCOMES.index("expelled")].nonzero()[0]
    assert (days[:3] - days[0]).tolist() == [0, delay, 2 * delay]


def test_people_given_encounters_by_hand_in_a_steady_state():
    # With E met a day, X = E / (1 - e) - E (r q + r' s) come for the first time.
    plan = planned(span=HALF_A_YEAR)
    central = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    values = {name: np.repeat(value, 2) for name, value in central.items()}
    values["retry-after-expulsion"] = np.array([0.4, 0.55])
    expected = expected_flows(plan, by_day=True)
    scale = people_given_encounters(plan, expected, values, central)
    assert scale[0] == pytest.approx(1.0)

    def first(retry: float) -> float:
        return 1 / (1 - 0.2) - (0.6 * retry + 0.4 * 0.1 * 0.1)

    assert scale[1, 80:120, 0] == pytest.approx(first(0.55) / first(0.4), rel=2e-3)


def test_encounters_stay_and_people_move_when_more_come_back():
    plan = planned()
    fixed = {"retry_after_return": 0.1, "not_met_share": 0.2, "returned_share_others": 0.1}
    scenario = replace(plan.scenario, parameters=parameters(**fixed))
    plan = replace(plan, scenario=scenario)
    flows = simulate([plan], Options(runs=60, seed=4))[0]
    settled = Span(date(2022, 3, 1), date(2022, 7, 1))
    retry = drawn_parameters(scenario.parameters, 4, range(60))["retry-after-expulsion"]
    encounters, people = flows.total("encounters", settled), flows.total("people", settled)
    assert np.corrcoef(retry, people)[0, 1] < -0.8
    assert encounters.std() / encounters.mean() < 0.02
    low, high = np.argsort(retry)[:15], np.argsort(retry)[-15:]
    assert encounters[high].mean() / encounters[low].mean() == pytest.approx(1.0, abs=0.012)
    assert people[high].mean() / people[low].mean() < 0.95


@pytest.mark.parametrize("days", [1, 3, 8, 12])
def test_a_run_shorter_than_the_delay(days: int):
    short = Span(START, date(2022, 1, 1 + days))
    flows = simulate([planned(span=short)], Options(runs=2))[0]
    assert flows.departed.total.sum() > 0
