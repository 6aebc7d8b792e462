"""A bar for irregular entry is a policy by itself: dated, only with its pathway, and taken out alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from small_regions import START, demand_of, plan_of, policy, reacting, scenario_of, simple_region

from travesia.movement import Plan, build_plan, expected_flows, first_day_apart
from travesia.movement.effects import BAR, PLACES
from travesia.scenario import Policy, Scenario
from travesia.terms import Amount, Span

SPAN = Span(START, date(2022, 6, 1))
FIRST, LAST = date(2022, 2, 1), date(2022, 4, 1)
PATHWAY = policy(
    "path", "quota-pathway", ("a--n--road",), START, nationalities=("AAA",),
    amount=Amount(3.0, "persons per day"),
)  # fmt: skip
BARRED = replace(policy("bar", "pathway-bar", ("d",), FIRST, LAST, nationalities=("AAA",)), part_of="path")
UTILITY, STAYING = -0.5, 0.5


def planned(baseline: tuple[Policy, ...], scenario: tuple[Policy, ...]) -> Plan:
    """Return the plan of a scenario beside a baseline, with 900 departures a month of AAA and of BBB."""
    base = scenario_of(baseline, SPAN, with_parameters=reacting())
    people: dict[tuple[str, str], float | list[float]] = {(name, "direct"): 900.0 for name in ("AAA", "BBB")}
    plan = plan_of(simple_region(0.0, ("AAA", "BBB")), base, people)
    other = replace(base, name="other", policies=scenario)
    return build_plan(plan.frame, other, demand_of(plan.frame, people), base)


def departed(plan: Plan) -> np.ndarray:
    """Return float64[day, source]."""
    return expected_flows(plan).departed


def days(plan: Plan) -> tuple[slice, slice, slice]:
    """Return the days before, under and after the bar."""
    first, last = plan.frame.day(FIRST), plan.frame.day(LAST)
    return slice(0, first), slice(first, last), slice(last, None)


def test_taken_out_by_itself_it_leaves_the_pathway_and_acts_on_its_days_and_people_only():
    plan = planned((PATHWAY, BARRED), (PATHWAY,))
    assert set(plan.change.parts) == {BAR}
    before, under, after = days(plan)
    ratio = departed(plan) / plan.departures
    assert ratio[before] == pytest.approx(1.0, abs=0)
    assert ratio[under, 0] == pytest.approx(np.exp(-UTILITY))
    assert ratio[after] == pytest.approx(1.0, abs=0)
    assert ratio[:, 1] == pytest.approx(1.0, abs=0)
    assert first_day_apart(planned((PATHWAY, BARRED), (PATHWAY, BARRED)), plan) == plan.frame.day(FIRST)
    # The pathway goes on as it was.
    assert expected_flows(plan).lawful.sum() == pytest.approx(3.0 * SPAN.days)


def test_added_it_keeps_people_at_home():
    plan = planned((PATHWAY,), (PATHWAY, BARRED))
    _, under, _ = days(plan)
    assert (departed(plan) / plan.departures)[under, 0] == pytest.approx(np.exp(UTILITY))


def test_the_pathway_taken_out_takes_its_bar_along():
    plan = planned((PATHWAY, BARRED), (BARRED,))
    assert set(plan.change.parts) == {BAR, PLACES}
    reasons = {name: why for name, _, why in plan.timetable.not_modelled}
    assert reasons["bar"].startswith("bars from a pathway that the scenario does not hold")
    before, under, after = days(plan)
    more = departed(plan)[:, 0]
    stayed = 3.0 * STAYING
    assert more[before] == pytest.approx(plan.departures[before, 0] + stayed)
    assert more[under] == pytest.approx(plan.departures[under, 0] * np.exp(-UTILITY) + stayed)
    assert more[after] == pytest.approx(plan.departures[after, 0] + stayed)


def test_a_pathway_that_ends_early_ends_its_bar_on_that_day():
    early = replace(PATHWAY, span=Span(START, date(2022, 3, 1)))
    plan = planned((PATHWAY, BARRED), (early, BARRED))
    part = plan.change.parts[BAR][:, 0]
    ended, last = plan.frame.day(date(2022, 3, 1)), plan.frame.day(LAST)
    assert not part[:ended].any()
    assert (part[ended:last] == -1.0).all()
    assert not part[last:].any()


def test_where_it_stands_in_both_nothing_changes():
    plan = planned((PATHWAY, BARRED), (PATHWAY, BARRED))
    assert not plan.change.parts
    assert np.array_equal(departed(plan), plan.departures)


def test_without_its_coefficient_it_says_so():
    given = tuple(item for item in reacting() if item.id != BAR)
    base: Scenario = scenario_of((PATHWAY, BARRED), SPAN, with_parameters=given)
    plan = plan_of(simple_region(0.0, ("AAA",)), base, {("AAA", "direct"): 900.0})
    reasons = {name: why for name, _, why in plan.timetable.not_modelled}
    assert BAR in reasons["bar"]
