"""The days over which scenarios are compared."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from travesia.movement import first_day_apart
from travesia.region import find_pack, load_region
from travesia.scenario import load_scenario
from travesia.study import Request, prepare
from travesia.study.comparing import reading_of, window_of
from travesia.terms import Span

RUN = Span(date(2022, 4, 1), date(2022, 10, 1))
FIRST = Span(date(2022, 6, 1), RUN.end)


@pytest.fixture(scope="module")
def scenarios():
    region = load_region("toy")
    return tuple(load_scenario(region, name, span=RUN) for name in region.default_scenarios)


def ending(scenario, end):
    """Return a scenario in which the toy's expulsion ends on another day."""
    policies = [
        replace(policy, span=Span(policy.span.start, end)) if policy.kind == "expulsion" else policy
        for policy in scenario.policies
    ]
    return replace(scenario, policies=tuple(policies))


def test_it_ends_where_the_ended_policy_stood_in_the_baseline(scenarios):
    assert window_of(scenarios, FIRST, RUN) == Span(date(2022, 6, 1), date(2022, 8, 1))


@pytest.mark.parametrize("end", [None, date(2023, 1, 1), RUN.end])
def test_it_ends_with_the_run_where_that_policy_stood_longer(scenarios, end):
    assert window_of((ending(scenarios[0], end), scenarios[1]), FIRST, RUN) == FIRST


def test_it_ends_with_the_run_where_no_policy_ends_early(scenarios):
    """A scenario that takes a policy out, or adds one, differs to the end of the run."""
    base = scenarios[0]
    without = replace(base, name="without", policies=base.policies[1:])
    assert window_of((base, without), FIRST, RUN) == FIRST
    assert window_of((base, replace(base, name="same")), FIRST, RUN) == FIRST


def test_a_policy_that_does_not_act_ends_no_window(scenarios):
    base = replace(
        scenarios[0], policies=tuple(replace(policy, in_model=False) for policy in scenarios[0].policies)
    )
    assert window_of((base, scenarios[1]), FIRST, RUN) == FIRST


def test_the_last_of_several_ends_decides(scenarios):
    base = scenarios[0]
    longer = replace(base.policies[0], id="toy-second", span=Span(date(2022, 2, 1), date(2022, 9, 1)))
    shorter = replace(longer, span=Span(date(2022, 2, 1), date(2022, 7, 1)))
    pair = (
        replace(base, policies=(*base.policies, longer)),
        replace(scenarios[1], policies=(*scenarios[1].policies, shorter)),
    )
    assert window_of(pair, FIRST, RUN) == Span(date(2022, 6, 1), date(2022, 9, 1))


def test_a_study_compares_from_the_first_day_apart(ready):
    assert ready.window == Span(date(2022, 6, 1), date(2022, 8, 1))
    assert ready.span == RUN
    assert ready.window.start in [period.start for period in ready.frame.periods]
    assert ready.window.end in [period.start for period in ready.frame.periods]


def test_scenarios_that_never_differ_are_compared_over_the_whole_run(tmp_path):
    pack = shutil.copytree(find_pack("toy").base, tmp_path / "mine")
    with (pack / "scenarios.toml").open("a") as file:
        file.write('[scenarios.same]\ntitle = "The same"\nbase = "expulsion-stays"\n')
    assert prepare(Request(str(pack), ("expulsion-stays", "same"), RUN)).window == RUN


def test_departures_are_worked_back_under_what_happened(ready):
    """Whichever scenario comes first: what was counted came about under the one without a base."""
    turned = prepare(Request("toy", ("expulsion-ends", "expulsion-stays")))
    assert turned.fitted.scenario.name == "expulsion-stays"
    assert turned.demand.departures_people.keys() == ready.demand.departures_people.keys()
    for key, people in ready.demand.departures_people.items():
        assert turned.demand.departures_people[key].tolist() == people.tolist()
    assert first_day_apart(turned.plans[0], ready.plans[1]) == ready.frame.span.days
    assert first_day_apart(turned.happened, ready.plans[0]) == ready.frame.span.days


def test_readings(scenarios):
    base, responding = scenarios
    assert reading_of(base, base) == "baseline"
    assert reading_of(responding, base) == "responding"
    assert reading_of(replace(responding, departures=()), base) == "holding"
