"""Departures worked back: known ones are found again, and the rules that hold on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from travesia.forecast import fit_demand, fit_table, responses, targets
from travesia.movement import build_plan, first_day_apart
from travesia.scenario import load_scenario
from travesia.terms import InputError, Span

YEAR = Span(date(2022, 1, 1), date(2023, 1, 1))
ALL_CORRIDOR, EACH_CORRIDOR, ALL_DIRECT, EACH_DIRECT = 0.002, 0.01, 0.01, 0.05
"""Largest error of departures found again, over departures. The steps stop early on purpose, and smooth: real
counts are not exact."""


def known_departures(worked):
    """Return a demand like the one worked back, but with departures that swing by two fifths."""
    months = np.arange(len(worked.demand.months))
    people = {
        key: max(values.mean(), 100.0) * (1.0 + 0.4 * np.sin(months / 3.0 + number))
        for number, (key, values) in enumerate(sorted(worked.demand.departures_people.items()))
    }
    nobody = np.zeros_like(worked.demand.turned_back)
    return replace(worked.demand, departures_people=people, turned_back=nobody)


@pytest.mark.parametrize("pack", ["toy", "americas"])
def test_known_departures_are_found_again(pack, request, observed_as):
    worked = request.getfixturevalue(pack)
    truth = known_departures(worked)
    region = observed_as(worked.region, build_plan(worked.plan.frame, worked.scenario, truth), truth.months)
    found, _ = fit_demand(region, worked.scenario, worked.span)
    assert sorted(found.departures_people) == sorted(truth.departures_people)
    # Nothing was counted before the first months of departure, and of the last ones little is known.
    determined = slice(3, -2)
    for route, bar_of_all, bar_of_each in (
        ("corridor", ALL_CORRIDOR, EACH_CORRIDOR),
        ("direct", ALL_DIRECT, EACH_DIRECT),
    ):
        keys = [key for key in truth.departures_people if key[1] == route]
        known = np.array([truth.departures_people[key][determined] for key in keys])
        errors = np.abs(known - [found.departures_people[key][determined] for key in keys])
        assert errors.sum() < bar_of_all * known.sum()
        worst = (errors.sum(axis=1) / known.sum(axis=1)).max()
        assert worst < bar_of_each, keys[int((errors.sum(axis=1) / known.sum(axis=1)).argmax())]
    # In this truth nobody is turned back.
    assert found.turned_back.max() < 0.1


@pytest.mark.parametrize("pack", ["toy", "americas"])
def test_a_demand_keeps_its_bounds(pack, request):
    demand = request.getfixturevalue(pack).demand
    assert demand.choice.sum(axis=1) == pytest.approx(1.0)
    assert demand.choice.min() >= 0.0
    assert demand.turned_back.min() >= 0.0
    assert demand.turned_back.max() < 1.0
    assert all(
        (people >= 0.0).all() and np.isfinite(people).all() for people in demand.departures_people.values()
    )
    assert (demand.mode, demand.known) == ("past", None)


def test_nobody_chooses_a_gate_that_is_a_checkpoint(americas):
    kinds = americas.region.gates["kind"].to_list()
    checkpoints = [g for g, kind in enumerate(kinds) if kind == "checkpoint"]
    assert checkpoints
    assert americas.demand.choice[:, checkpoints].max() == 0.0


def test_departures_begin_five_months_before_the_span(toy):
    assert toy.demand.months[0] == "2021-08"
    assert toy.demand.months[-1] == "2022-12"


def test_people_are_turned_back_only_where_more_come_than_are_met(americas):
    demand, frame = americas.demand, americas.plan.frame
    nobody = np.zeros_like(demand.turned_back)
    plan = build_plan(frame, americas.scenario, replace(demand, turned_back=nobody))
    way = responses(plan, "corridor", demand.months).border
    people = [
        demand.departures_people.get((name, "corridor"), np.zeros(len(demand.months)))
        for name in demand.nationalities
    ]
    coming = np.einsum("cij,cj->ci", way, np.array(people))
    met = targets(americas.region, frame, demand.months, None).border.sum(axis=1)
    # Whom an expulsion surprised, of those also people of the direct route are coming.
    expulsions = [
        policy for policy in americas.scenario.policies if policy.kind == "expulsion" and policy.in_model
    ]
    surprised = {name for policy in expulsions for name in policy.nationalities or ()}
    assert {"VEN", "HTI"} < surprised
    foreseen = np.array([name not in surprised for name in demand.nationalities])
    # Shares that choose each gate move what comes by a few per cent, for not all are met between ports.
    fewer, more = (coming < 0.95 * met) & foreseen[:, None], (coming > 1.1 * met) & (coming > 50.0)
    assert fewer.sum() > 100
    assert more.sum() > 5
    assert demand.turned_back[fewer].max() == 0.0
    assert demand.turned_back[more].min() > 0.0
    share = 1.0 - met[more] / coming[more]
    assert (demand.turned_back[more] > np.minimum(share, 0.98) - 0.1).all()


def test_a_month_with_few_met_lowers_no_departures_of_the_corridor(toy):
    """Fewer at the border than came through the corridor were turned back; they did set out."""
    fewer = pl.when((pl.col("series") == "toy-border") & (pl.col("period") == "2022-09"))
    seen = toy.region.observations.with_columns(
        value=fewer.then(pl.col("value") * 0.1).otherwise(pl.col("value"))
    )
    found, _ = fit_demand(replace(toy.region, observations=seen), toy.scenario, toy.span)
    key = ("XAA", "corridor")
    assert found.departures_people[key].tolist() == toy.demand.departures_people[key].tolist()
    at = found.nationalities.index("XAA"), found.months.index("2022-09")
    assert toy.demand.turned_back[at] < 0.1
    assert found.turned_back[at] > 0.7


def surprised(toy, factor):
    """Work back departures where XBB are expelled from July on and `factor` times as many are met then."""
    named = replace(
        toy.scenario.policies[0], nationalities=("XBB",), excepted=(), span=Span(date(2022, 7, 1), None)
    )
    assert named.kind == "expulsion"
    scenario = replace(toy.scenario, policies=(named, *toy.scenario.policies[1:]))
    later = (
        (pl.col("series") == "toy-border")
        & (pl.col("nationality") == "XBB")
        & (pl.col("period") >= "2022-07")
    )
    seen = toy.region.observations.with_columns(
        value=pl.col("value") * pl.when(later).then(factor).otherwise(1.0)
    )
    return fit_demand(replace(toy.region, observations=seen), scenario, toy.span)[0]


@pytest.mark.parametrize("factor", [0.25, 4.0])
def test_nobody_leaves_more_or_less_before_an_expulsion_that_nobody_knew_of(toy, factor):
    as_it_was, changed = surprised(toy, 1.0), surprised(toy, factor)
    july = as_it_was.months.index("2022-07")
    before, after = as_it_was.departures_people["XBB", "direct"], changed.departures_people["XBB", "direct"]
    assert after[:july].tolist() == before[:july].tolist()
    # Who was on the way in July comes either way; from September on all who come set out knowing.
    assert after[july + 2 :] == pytest.approx(factor * before[july + 2 :], rel=0.1)


def test_without_an_expulsion_that_names_them_they_do(toy):
    """The counterpart of the test before: otherwise counts of July do say something of departures in June."""
    later = (
        (pl.col("series") == "toy-border")
        & (pl.col("nationality") == "XBB")
        & (pl.col("period") >= "2022-07")
    )
    seen = toy.region.observations.with_columns(
        value=pl.col("value") * pl.when(later).then(0.2).otherwise(1.0)
    )
    changed, _ = fit_demand(replace(toy.region, observations=seen), toy.scenario, toy.span)
    june = changed.months.index("2022-06")
    people = changed.departures_people["XBB", "direct"]
    assert people[june] < 0.5 * toy.demand.departures_people["XBB", "direct"][june]


def test_a_pack_without_checkpoints_has_direct_routes_only(toy):
    region = replace(toy.region, gates=toy.region.gates.filter(pl.col("kind") != "checkpoint"))
    scenario = load_scenario(region, toy.scenario.name, span=toy.span)
    demand, plan = fit_demand(region, scenario, toy.span)
    assert {route for _, route in demand.departures_people} == {"direct"}
    fit = fit_table(region, demand, plan, demand.months[5:])
    assert "corridor" not in fit["level"].to_list()
    assert fit.filter(level="nationality", key="all")["wape"].item() < 0.03


def test_a_corridor_that_was_not_counted_in_the_months_asked_for_has_no_departures(toy):
    """Neither does it end in a warning about an empty mean."""
    series = pl.when(pl.col("series") == "toy-checkpoint")
    earlier = series.then(pl.col("period").str.replace("2022", "2019")).otherwise(pl.col("period"))
    region = replace(toy.region, observations=toy.region.observations.with_columns(period=earlier))
    demand, _ = fit_demand(region, toy.scenario, toy.span)
    assert [key for key in demand.departures_people if key[1] == "corridor"] == []


def test_months_in_which_nothing_was_counted_are_one_clear_line(toy):
    with pytest.raises(InputError, match=r"toy: nothing was counted .*; choose other months"):
        fit_demand(toy.region, toy.scenario, Span(date(2019, 1, 1), date(2019, 7, 1)))


def test_the_plan_that_comes_with_a_demand_is_the_scenarios_plan_with_it(toy):
    again = build_plan(toy.plan.frame, toy.scenario, toy.demand)
    assert first_day_apart(again, toy.plan) == toy.plan.frame.span.days
    assert again.departures.sum() == pytest.approx(
        sum(p.sum() for p in toy.demand.departures_people.values())
    )
