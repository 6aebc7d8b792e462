"""Who is sent out tries again by nationality and channel: across the border, by air home, by ordinary law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_regions import START, instead, parameters, plan_of, policy, scenario_of, simple_region

from travesia.movement import (
    CENTRAL,
    OUTCOMES,
    Options,
    Out,
    Plan,
    drawn_parameters,
    expected_flows,
    simulate,
)
from travesia.movement.draws import people_given_encounters
from travesia.scenario import Parameter
from travesia.terms import ScenarioError, Span

HALF_A_YEAR = Span(START, date(2022, 7, 1))
AT_GATE, DELAY = 6, 10
"""Days from home to the gate (see `verify_expected_flows`), and between two tries."""
FLOWN, ACROSS, BY_AIR, BY_LAW, SENT_BACK, EXPELLED = 0.25, 0.5, 0.2, 0.1, 0.3, 0.6
GIVEN = {
    "flown_share": FLOWN, "retry_after_expulsion": ACROSS, "retry_after_flight": BY_AIR,
    "retry_after_return": BY_LAW, "returned_share_others": SENT_BACK, "not_met_share": 0.2,
    "retry_delay_days": float(DELAY),
}  # fmt: skip


def thousand_each(given: tuple[Parameter, ...], span: Span = HALF_A_YEAR) -> Plan:
    """Send out 1,000 people of AAA and of BBB on the first day."""
    scenario = scenario_of((policy("t42", "expulsion", ("d",)),), span, with_parameters=given)
    people = {("AAA", "direct"): 0.0, ("BBB", "direct"): 0.0}
    plan = plan_of(simple_region(EXPELLED, ("AAA", "BBB")), scenario, people)
    departures = np.zeros_like(plan.departures)
    departures[0] = 1000.0
    return replace(plan, departures=departures)


def met(out: Out, cls: int) -> np.ndarray:
    columns = [OUTCOMES.index(name) for name in ("let_in", "expelled", "returned", "admitted")]
    return out.counts[:, cls, 0, columns].sum(axis=1)


def test_they_come_again_by_the_way_they_were_sent_out():
    out = expected_flows(thousand_each(parameters(**GIVEN)), by_day=True)
    first = met(out, 0)[AT_GATE]
    soon = first * (EXPELLED * (1 - FLOWN) * ACROSS + (1 - EXPELLED) * SENT_BACK * BY_LAW) * 0.8
    late = first * EXPELLED * FLOWN * BY_AIR * 0.8
    assert first == pytest.approx(800)
    assert met(out, 0)[AT_GATE + DELAY] == pytest.approx(soon)
    # Who was flown home needs the whole journey again, beside the delay.
    assert met(out, 0)[2 * AT_GATE + DELAY] == pytest.approx(late)


def test_who_is_flown_out_is_at_home_and_not_in_the_border_town():
    plan = thousand_each(parameters(**GIVEN | {"returned_share_others": 0.0}))
    out = expected_flows(plan, by_day=True)
    home, town = (plan.frame.places.index(name) for name in ("a", "n"))
    sent_out = 2 * 800 * EXPELLED
    assert out.stock[AT_GATE, home] == pytest.approx(sent_out * FLOWN)
    assert out.stock[AT_GATE, town] == pytest.approx(sent_out * (1 - FLOWN))
    # Those who do not try again stay, wherever they were sent; nobody is lost.
    again = 800 * EXPELLED * ((1 - FLOWN) * ACROSS + FLOWN * BY_AIR) / 1000
    encounters = 2 * 800 / (1 - 0.8 * again / 0.8)
    assert out.stock[-1, home] == pytest.approx(encounters * EXPELLED * FLOWN * (1 - BY_AIR), rel=1e-3)
    assert out.stock[-1, town] == pytest.approx(encounters * EXPELLED * (1 - FLOWN) * (1 - ACROSS), rel=1e-3)
    assert out.stock[-1].sum() == pytest.approx(2000)


def test_a_nationality_may_have_chances_of_its_own():
    own = (
        instead("retry-after-expulsion", "BBB", 0.9),
        instead("flown-share", "BBB", 0.0),
        instead("retry-after-return", "BBB", 0.3),
    )
    plain = expected_flows(thousand_each(parameters(**GIVEN)), by_day=True)
    out = expected_flows(thousand_each((*parameters(**GIVEN), *own)), by_day=True)
    assert met(out, 0).tolist() == met(plain, 0).tolist()
    again = EXPELLED * 0.9 + (1 - EXPELLED) * SENT_BACK * 0.3
    assert met(out, 1)[AT_GATE + DELAY] == pytest.approx(800 * again * 0.8)
    assert met(out, 1)[2 * AT_GATE + DELAY] == pytest.approx(0.0)


def test_a_pack_without_flights_is_one_in_which_nobody_is_flown():
    given = parameters(**GIVEN | {"flown_share": 0.0})
    silent = tuple(item for item in given if item.id not in ("flown-share", "retry-after-flight"))
    options = Options(runs=3, seed=11)
    one, other = (simulate([thousand_each(of)], options)[0] for of in (given, silent))
    assert np.array_equal(one.counts, other.counts)
    assert np.array_equal(one.stock.total, other.stock.total)


def test_a_share_flown_without_a_chance_to_come_again_is_refused():
    given = tuple(item for item in parameters(**GIVEN) if item.id != "retry-after-flight")
    with pytest.raises(ScenarioError, match="parameter retry-after-flight is missing"):
        expected_flows(thousand_each(given))


def test_draws_have_the_mean_of_expected_flows():
    own = (instead("retry-after-flight", "BBB", 0.8), instead("flown-share", "BBB", 0.7))
    plan = thousand_each((*parameters(**GIVEN), *own))
    expected, flows = expected_flows(plan), simulate([plan], Options(runs=400, seed=3, central=True))[0]
    seen = flows.counts.sum(axis=1, dtype=float)
    want = expected.counts.sum(axis=0)
    error = seen.std(axis=0, ddof=1) / np.sqrt(400)
    assert (np.abs(seen.mean(axis=0) - want) <= 4.5 * error + 1e-9).all()


def test_people_given_encounters_know_who_was_flown_and_when_they_come_again():
    scenario = scenario_of(
        (policy("t42", "expulsion", ("d",)),), HALF_A_YEAR,
        with_parameters=(*parameters(**GIVEN), instead("flown-share", "BBB", 1.0)),
    )  # fmt: skip
    region = simple_region(EXPELLED, ("AAA", "BBB"))
    plan = plan_of(region, scenario, {(name, "direct"): 0.0 for name in ("AAA", "BBB")}, by_day=True)
    plan = replace(plan, departures=np.full_like(plan.departures, 100.0))
    central = drawn_parameters(scenario.parameters, 0, CENTRAL)
    values = {name: np.repeat(value, 2) for name, value in central.items()}
    values["retry-after-flight"] = np.array([BY_AIR, 0.9])
    scale = people_given_encounters(plan, expected_flows(plan, by_day=True), values, central)

    def first(flown: float, by_air: float) -> float:
        again = (1 - flown) * ACROSS + flown * by_air
        return 1 / (1 - 0.2) - (EXPELLED * again + (1 - EXPELLED) * SENT_BACK * BY_LAW)

    assert scale[0] == pytest.approx(1.0)
    for source, flown in enumerate((FLOWN, 1.0)):
        assert scale[1, 80:120, source] == pytest.approx(first(flown, 0.9) / first(flown, BY_AIR), rel=5e-3)
