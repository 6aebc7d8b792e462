"""Expected flows worked out on paper: one way, one gate, one chain of retries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_regions import (
    SIMPLE_LINKS,
    SIMPLE_PLACES,
    START,
    counted,
    gate,
    parameters,
    plan_of,
    policy,
    region_of,
    scenario_of,
    simple_region,
)

from travesia.movement import OUTCOMES, Out, Plan, expected_flows
from travesia.movement.kernel import crossings
from travesia.terms import Amount, Span

HALF_A_YEAR = Span(START, date(2022, 7, 1))
UNMET, RETRY, AGAIN, SENT_BACK, EXPELLED = 0.2, 0.4, 0.1, 0.3, 0.6
DAY_AT_GATE = 6
"""To the town in 2.5 days (400 km at 200 a day, half a day at the frontier), rounded to 2; 3 days of waiting
and a day across."""
ENOUGH = parameters(
    retry_after_expulsion=RETRY, retry_after_return=AGAIN, not_met_share=UNMET,
    returned_share_others=SENT_BACK, retry_delay_days=10.0,
)  # fmt: skip


def thousand_on_day_nought(plan: Plan) -> Plan:
    departures = np.zeros_like(plan.departures)
    departures[0] = 1000.0
    return replace(plan, departures=departures)


def one_gate(kind: str = "sector", expelled: float = EXPELLED, **changed: float) -> Plan:
    acts = (policy("t42", "expulsion", ("d",)),) if expelled else ()
    values = {item.id.replace("-", "_"): float(item.amount.value or 0) for item in ENOUGH} | changed
    scenario = scenario_of(acts, HALF_A_YEAR, with_parameters=parameters(**values))
    return thousand_on_day_nought(
        plan_of(simple_region(expelled, kind=kind), scenario, {("AAA", "direct"): 0.0})
    )


def of(out: Out, outcome: str) -> np.ndarray:
    return out.counts[:, 0, 0, OUTCOMES.index(outcome)]


def met(out: Out) -> np.ndarray:
    return of(out, "let_in") + of(out, "expelled") + of(out, "returned") + of(out, "admitted")


def test_every_step_of_a_chain_of_retries():
    out = expected_flows(one_gate(), by_day=True)
    chance_of_coming_back = EXPELLED * RETRY + (1 - EXPELLED) * SENT_BACK * AGAIN
    come = 1000.0
    for attempt in range(5):
        day = DAY_AT_GATE + 10 * attempt
        here = come * (1 - UNMET)
        assert met(out)[day] == pytest.approx(here)
        assert of(out, "passed")[day] == pytest.approx(come * UNMET)
        assert of(out, "expelled")[day] == pytest.approx(here * EXPELLED)
        assert of(out, "returned")[day] == pytest.approx(here * (1 - EXPELLED) * SENT_BACK)
        come = here * chance_of_coming_back
    assert np.flatnonzero(met(out))[:3].tolist() == [DAY_AT_GATE, DAY_AT_GATE + 10, DAY_AT_GATE + 20]


def test_sums_of_a_chain_of_retries():
    plan = one_gate()
    out = expected_flows(plan)
    back = EXPELLED * RETRY + (1 - EXPELLED) * SENT_BACK * AGAIN
    encounters = 1000 * (1 - UNMET) / (1 - (1 - UNMET) * back)
    assert met(out).sum() == pytest.approx(encounters)
    assert out.people.sum() == pytest.approx(1000 * (1 - UNMET))
    assert of(out, "expelled").sum() == pytest.approx(encounters * EXPELLED)
    # In the end everybody is beyond the gate, or sent back to the town and not trying again.
    town = out.stock[-1, plan.frame.places.index("n")]
    stay = encounters * (EXPELLED * (1 - RETRY) + (1 - EXPELLED) * SENT_BACK * (1 - AGAIN))
    assert town == pytest.approx(stay)
    assert out.stock[-1].sum() == pytest.approx(1000)
    assert out.stock[-1, -2] == pytest.approx(0, abs=1e-9)


def test_an_expelled_person_who_returns_is_two_encounters_and_one_person():
    plan = one_gate(expelled=1.0, not_met_share=0.0, retry_after_expulsion=1.0)
    out = expected_flows(plan, by_day=True)
    assert met(out)[[6, 16, 26]] == pytest.approx([1000, 1000, 1000])
    assert out.people[:, 0, 0].nonzero()[0].tolist() == [6]
    assert out.people.sum() == pytest.approx(1000)


def test_a_port_meets_everybody():
    out = expected_flows(one_gate(kind="port"))
    assert of(out, "passed").sum() == 0
    assert out.people.sum() == pytest.approx(1000)


def test_those_turned_back_are_never_met_and_stay_in_the_town():
    region = simple_region(EXPELLED)
    scenario = scenario_of((policy("t42", "expulsion", ("d",)),), HALF_A_YEAR, with_parameters=ENOUGH)
    plan = thousand_on_day_nought(plan_of(region, scenario, {("AAA", "direct"): 0.0}, turned_back=0.25))
    out = expected_flows(plan)
    assert of(out, "turned_back").sum() == pytest.approx(250)
    assert out.people.sum() == pytest.approx(750 * (1 - UNMET))


def test_nobody_is_turned_back_where_nobody_would_be_sent_back():
    plan = plan_of(simple_region(), scenario_of((), HALF_A_YEAR), {("AAA", "direct"): 100.0}, turned_back=0.5)
    assert of(expected_flows(plan), "turned_back").sum() == 0


def test_a_return_policy_sends_back_whom_the_ended_expulsion_would_have():
    end = date(2022, 2, 1)
    acts = (policy("t42", "expulsion", ("d",), end=end), policy("back", "return", ("d",), start=end))
    plan = plan_of(simple_region(EXPELLED), scenario_of(acts, HALF_A_YEAR, with_parameters=ENOUGH), {})
    departures = np.zeros_like(plan.departures)
    departures[40] = 1000.0  # at the gate in the middle of February
    out = expected_flows(replace(plan, departures=departures), by_day=True)
    share = EXPELLED + (1 - EXPELLED) * SENT_BACK
    assert of(out, "expelled").sum() == 0
    assert of(out, "returned")[46] == pytest.approx(1000 * (1 - UNMET) * share)
    assert of(out, "returned")[56] == pytest.approx(1000 * (1 - UNMET) * share * AGAIN * (1 - UNMET) * share)


def test_the_mean_wait_at_a_checkpoint_that_is_a_hub_is_its_parameter():
    gates = [gate("g", "port", ("d", "DDD"), "n"), gate("near", "checkpoint", ("n", "NNN"), "a")]
    seen = [
        counted("border", "2022-01", "g", "AAA", 10.0, "T8"),
        counted("near", "2022-01", "near", "AAA", 10.0),
    ]
    region = region_of(SIMPLE_PLACES, SIMPLE_LINKS, gates, [("AAA", "a", "home")], seen)
    scenario = scenario_of((), HALF_A_YEAR, with_parameters=(*parameters(wait_n_days=8.0),))
    out = expected_flows(thousand_on_day_nought(plan_of(region, scenario, {})), by_day=True)
    met_by_day = (
        out.counts[:, 0, 0, OUTCOMES.index("let_in")] + out.counts[:, 0, 0, OUTCOMES.index("returned")]
    )
    first = out.people[:, 0, 0]
    assert met_by_day.sum() > 999
    day = (np.arange(len(first)) * first).sum() / first.sum()
    assert day == pytest.approx(DAY_AT_GATE + 8.0, abs=0.01)


def test_appointments_admit_their_number_from_all_classes_alike():
    region = simple_region(0.0, ("AAA", "BBB"), kind="port")
    number = policy("app", "appointments", ("d",), amount=Amount(12.0, "appointments per day"))
    people = {("AAA", "direct"): 31.0 * 30, ("BBB", "direct"): 31.0 * 10}
    scenario = scenario_of((number,), Span(START, date(2022, 2, 1)))
    out = expected_flows(plan_of(region, scenario, people), by_day=True)
    admitted = out.counts[:, :, 0, OUTCOMES.index("admitted")]
    # From the seventh day on 30 and 10 people come a day; later a few come again.
    assert admitted[DAY_AT_GATE].tolist() == pytest.approx([9.0, 3.0])
    assert admitted.sum(axis=1)[DAY_AT_GATE:] == pytest.approx(12.0)


def test_a_lawful_pathway_admits_its_quota_and_no_more():
    number = policy("path", "quota-pathway", ("a--n--road",), amount=Amount(5.0, "persons per day"))
    scenario = scenario_of(
        (number,), Span(START, date(2022, 2, 1)), with_parameters=parameters(applicants_per_place=3.0)
    )
    out = expected_flows(plan_of(simple_region(), scenario, {}), by_day=True)
    assert out.lawful[:, 0, 0] == pytest.approx(5.0)
    assert out.departed.sum() == 0
    assert out.stock[-1, -1] == pytest.approx(31 * 5.0)


def test_fewer_applicants_than_places_leave_places_empty():
    number = policy("path", "quota-pathway", ("a--n--road",), amount=Amount(5.0, "persons per day"))
    scenario = scenario_of(
        (number,), Span(START, date(2022, 2, 1)), with_parameters=parameters(applicants_per_place=0.5)
    )
    out = expected_flows(plan_of(simple_region(), scenario, {}), by_day=True)
    assert out.lawful[:, 0, 0] == pytest.approx(2.5)


def crossed_on(plan: Plan, link: str) -> list[int]:
    """Return the days on which anybody crosses a link."""
    out = expected_flows(plan, by_day=True)
    crossed = crossings(out.under_way, plan.frame.layout, len(plan.frame.links))
    at = [name for name, _ in plan.frame.links].index(link)
    assert crossed[:, at].sum() == pytest.approx(1000)
    return [int(day) for day in crossed[:, at].nonzero()[0]]


def test_people_cross_each_link_on_the_day_on_which_they_reach_its_end():
    plan = one_gate(expelled=0.0)
    assert crossed_on(plan, "a--n--road") == [2]
    # They wait in the town and then cross: on the day on which they are met.
    assert crossed_on(plan, "n--d--border_desert") == [DAY_AT_GATE]


def test_who_waits_on_the_way_crosses_the_links_behind_it_later():
    places = [*SIMPLE_PLACES, ("m", "AAA")]
    links = [("a", "m", "road", 400.0), ("m", "n", "road", 600.0), SIMPLE_LINKS[1]]
    seen = [counted("border", "2022-01", "g", "AAA", 10.0, "T8")]
    region = region_of(places, links, [gate("g", "port", ("d", "DDD"), "n")], [("AAA", "a", "home")], seen)
    scenario = scenario_of((), HALF_A_YEAR, with_parameters=parameters(wait_m_days=20.0))
    plan = thousand_on_day_nought(plan_of(region, scenario, {}))
    assert crossed_on(plan, "a--m--road") == [2]
    assert crossed_on(plan, "m--n--road") == [2 + 20 + 4]  # 3.5 days, to the even number of 25.5
