"""What a person can get wrong: each one clear line that names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from small_regions import (
    SIMPLE_LINKS,
    SIMPLE_PLACES,
    counted,
    demand_of,
    gate,
    numbers,
    parameters,
    region_of,
    simple_region,
)

from travesia.forecast import fit_demand
from travesia.movement import Demand, Plan, build_frame, plan_itineraries
from travesia.region import Region
from travesia.scenario import Scenario, load_scenario
from travesia.terms import Span, TravesiaError

USED = ("speed-road-km-day", "speed-border-desert-km-day", "frontier-days", "wait-border-town-days")


def one_line(caught: pytest.ExceptionInfo[TravesiaError]) -> str:
    text = str(caught.value)
    assert "\n" not in text
    assert len(text) < 300
    return text


@pytest.mark.parametrize("name", USED)
def test_a_parameter_of_the_way_that_is_missing(name: str):
    values = numbers(parameters())
    del values[name]
    with pytest.raises(TravesiaError, match=name) as caught:
        plan_itineraries(simple_region(), values)
    assert "parameters.toml" in one_line(caught)


@pytest.mark.parametrize("value", [0.0, -3.0])
@pytest.mark.parametrize("name", ["speed-road-km-day", "frontier-days"])
def test_a_speed_of_nought(name: str, value: float):
    values = numbers(parameters()) | {name: value}
    with pytest.raises(TravesiaError, match=name) as caught:
        plan_itineraries(simple_region(), values)
    one_line(caught)


def test_a_speed_that_no_link_needs_may_be_missing():
    values = numbers(parameters())
    del values["speed-sea-km-day"]
    assert plan_itineraries(simple_region(), values).sources


def test_a_pack_without_counts_at_the_border(toy: Region):
    empty = replace(toy, observations=toy.observations.filter(pl.col("series") != "toy-border"))
    scenario = load_scenario(toy, "expulsion-stays")
    with pytest.raises(TravesiaError, match="border") as caught:
        fit_demand(empty, scenario, toy.default_span)
    one_line(caught)


def test_a_span_without_counts(toy: Region):
    scenario = load_scenario(toy, "expulsion-stays")
    with pytest.raises(TravesiaError, match="nothing was counted") as caught:
        fit_demand(toy, scenario, Span(date(2031, 1, 1), date(2031, 3, 1)))
    one_line(caught)


def test_a_pack_without_counts_routes_nobody_and_says_why():
    region = replace(simple_region(), observations=simple_region().observations.clear())
    found = plan_itineraries(region, numbers(parameters()))
    assert found.sources == ()
    assert [name for name, _ in found.not_routed] == ["AAA"]


def test_a_pack_without_checkpoints_has_direct_routes_only():
    found = plan_itineraries(simple_region(), numbers(parameters()))
    assert (found.corridor, [item.route for item in found.sources]) == (None, ["direct"])


def test_a_gate_without_places_before_it_is_one_clear_line():
    gates = [gate("g", "sector", ("d", "DDD"), "n"), gate("h", "sector", ("d", "DDD"), None)]
    rows = [counted("border", "2022-01", "g", "AAA", 9.0, "T8")]
    region = region_of(SIMPLE_PLACES, SIMPLE_LINKS, gates, [("AAA", "a", "home")], rows)
    with pytest.raises(TravesiaError, match="approach") as caught:
        plan_itineraries(region, numbers(parameters()))
    assert "gates.csv" in one_line(caught)


def test_shares_that_are_no_shares_are_refused():
    region = simple_region()
    found = plan_itineraries(region, numbers(parameters()))
    frame = build_frame(region, found, Span(date(2022, 1, 1), date(2022, 2, 1)))
    with pytest.raises(ValueError, match="sum to 1"):
        demand_of(frame, {}, choice=np.array([[0.7]]))
    with pytest.raises(ValueError, match="between 0 and 1"):
        demand_of(frame, {}, turned_back=1.2)


def test_departures_of_a_route_that_nobody_has_do_not_appear(happened: Scenario, fitted: tuple[Demand, Plan]):
    demand, plan = fitted
    routed = {(item.nationality, item.route) for item in plan.frame.itineraries.sources}
    assert {key for key, people in demand.departures_people.items() if people.sum() > 0} <= routed
