"""The mode "as of a month": nothing later is used, and how later departures come about."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from travesia.forecast import fit_demand, responses, score_as_of
from travesia.forecast import scores as scores_module
from travesia.movement import build_plan
from travesia.region import load_region
from travesia.scenario import load_scenario
from travesia.terms import Span, month_span

KNOWN = {"toy": "2022-06", "americas": "2022-09"}


def as_of(worked, region, known):
    scenario = load_scenario(region, worked.scenario.name, known=month_span(known).end - timedelta(days=1))
    return scenario, *fit_demand(region, scenario, Span(worked.span.start, worked.span.end), until=known)


def same(one, other):
    """Tell whether two demands agree in every bit."""
    assert one.nationalities == other.nationalities
    assert one.months == other.months
    assert one.departures_people.keys() == other.departures_people.keys()
    pairs = [(one.turned_back, other.turned_back), (one.choice, other.choice)]
    pairs += [(people, other.departures_people[key]) for key, people in one.departures_people.items()]
    return all(a.tobytes() == b.tobytes() for a, b in pairs)


def poisons(region, known):
    """Return observations whose months after `known` are nonsense in several ways."""
    later, seen = pl.col("period") > known, region.observations

    def poisoned(when, column, value):
        return pl.when(later & when).then(value).otherwise(pl.col(column)).alias(column)

    huge = poisoned(True, "value", pl.col("value") * 1e9 + 12345.0)
    swapped = poisoned(pl.col("authority") == "T8", "authority", pl.lit("T42"))
    # A nationality that was never counted before turns up everywhere.
    strangers = poisoned(pl.col("nationality") == "OTHER", "nationality", pl.lit("CHL"))
    none = poisoned(True, "value", 0.0)
    return [
        seen.with_columns(huge, swapped, strangers),
        seen.filter(~later),
        *(seen.with_columns(poison) for poison in (huge, swapped, strangers, none)),
        seen.sort("value", descending=True),
    ]


@pytest.mark.parametrize(("pack", "tried"), [("toy", slice(None)), ("americas", slice(2))])
def test_no_later_observation_is_used(pack, tried, request):
    worked = request.getfixturevalue(pack)
    known = KNOWN[pack]
    scenario, demand, plan = as_of(worked, worked.region, known)
    for number, seen in enumerate(poisons(worked.region, known)[tried]):
        region = replace(worked.region, observations=seen)
        found, its_plan = fit_demand(region, scenario, worked.span, until=known)
        assert same(demand, found), f"poison {number}"
        for name, values in plan.rules._asdict().items():
            assert values.tobytes() == getattr(its_plan.rules, name).tobytes(), f"poison {number}: {name}"


def test_an_earlier_observation_is(toy):
    """The counterpart: the comparison would see a change."""
    scenario, demand, _ = as_of(toy, toy.region, "2022-06")
    once = (pl.col("period") == "2022-06") & (pl.col("nationality") == "XBB")
    seen = toy.region.observations.with_columns(
        value=pl.col("value") + pl.when(once).then(1.0).otherwise(0.0)
    )
    found, _ = fit_demand(replace(toy.region, observations=seen), scenario, toy.span, until="2022-06")
    assert not same(demand, found)


def test_mode_rule_and_month_stand_in_the_demand(toy):
    _, demand, _ = as_of(toy, toy.region, "2022-06")
    assert (demand.mode, demand.known) == ("as-of", "2022-06")
    assert "mean of the last 3 months" in demand.rule
    assert demand.rule != toy.demand.rule


@pytest.mark.parametrize("pack", ["toy", "americas"])
def test_later_departures_are_the_mean_of_the_last_three_determined_months(pack, request):
    worked = request.getfixturevalue(pack)
    scenario, demand, plan = as_of(worked, worked.region, KNOWN[pack])
    known = sum(1 for month in demand.months if month <= KNOWN[pack])
    bare = build_plan(plan.frame, scenario, replace(demand, turned_back=np.zeros_like(demand.turned_back)))
    carried = 0
    for route in ("corridor", "direct"):
        way = responses(bare, route, demand.months).border
        for c, name in enumerate(demand.nationalities):
            people = demand.departures_people.get((name, route))
            if people is None:
                continue
            # How far the choice of gates moves what a departure leads to must not decide this test.
            counted = way[c, :known].sum(axis=0) / way[c, :known].sum(axis=0).max()
            if (np.abs(counted - 0.5) < 0.05).any():
                continue
            last = int(np.flatnonzero(counted[:known] > 0.5)[-1])
            assert people[last + 1 :] == pytest.approx(people[last - 2 : last + 1].mean(), rel=1e-12), name
            carried += 1
    assert carried >= 3


def test_shares_turned_back_and_the_choice_of_gates_are_carried_too(americas):
    _, demand, _ = as_of(americas, americas.region, "2022-09")
    known = sum(1 for month in demand.months if month <= "2022-09")
    assert demand.turned_back[:, known - 1 :] == pytest.approx(
        demand.turned_back[:, known - 4 : known - 1]
        .mean(axis=1, keepdims=True)
        .repeat(len(demand.months) - known + 1, 1)
    )
    assert (demand.choice[:, :, known - 1 :] == demand.choice[:, :, known - 1 : known]).all()
    assert demand.choice.sum(axis=1) == pytest.approx(1.0)


def border(region, nationality, month):
    rows = region.observations.filter(series="toy-border", nationality=nationality, period=month)
    return rows["value"].sum()


def test_the_naive_forecast_by_hand(toy):
    table = score_as_of(toy.region, "expulsion-stays", "2022-06", "2022-12")
    row = table.row(by_predicate=(pl.col("level") == "nationality") & (pl.col("key") == "XAA"), named=True)
    # 460 were met in June; then 480, 470, 440, 400, 520, 560: off by 20 + 10 + 20 + 60 + 60 + 100 = 270.
    months = ["07", "08", "09", "10", "11", "12"]
    assert [border(toy.region, "XAA", f"2022-{m}") for m in months] == [480, 470, 440, 400, 520, 560]
    assert (row["months"], row["observed"]) == (6, 2870.0)
    assert row["wape_naive"] == pytest.approx(270 / 2870)


def test_only_months_after_the_known_one_are_scored(toy):
    """Counts of earlier months move the forecast, but they are not part of the score."""
    table = score_as_of(toy.region, "expulsion-stays", "2022-09", "2022-11")
    row = table.row(by_predicate=(pl.col("level") == "nationality") & (pl.col("key") == "XBB"), named=True)
    assert (row["months"], row["observed"]) == (2, 190.0 + 185.0)
    # September had 200.
    assert row["wape_naive"] == pytest.approx((10 + 15) / 375)


def test_scores_pool_errors_not_sums(toy):
    """The row of all nationalities adds absolute errors, so that errors of two nationalities never cancel."""
    table = score_as_of(toy.region, "expulsion-stays", "2022-06", "2022-12")
    each = table.filter((pl.col("level") == "nationality") & (pl.col("key") != "all"))
    all_of_them = table.row(
        by_predicate=(pl.col("level") == "nationality") & (pl.col("key") == "all"), named=True
    )
    pooled = (each["wape_model"] * each["observed"]).sum() / each["observed"].sum()
    assert all_of_them["wape_model"] == pytest.approx(pooled)
    total = table.filter(level="total")["wape_model"].item()
    assert total <= all_of_them["wape_model"] + 1e-12


def test_the_scenario_is_loaded_as_known_on_the_last_day_of_the_month(toy, monkeypatch):
    asked = []

    def spy(region, name, **how):
        asked.append((name, how["known"]))
        return load_scenario(region, name, **how)

    monkeypatch.setattr(scores_module, "load_scenario", spy)
    score_as_of(toy.region, "expulsion-stays", "2022-06", "2022-12")
    assert asked == [("expulsion-stays", date(2022, 6, 30))]


POLICY = """
[[policies]]
id = "toy-later-expulsion"
kind = "expulsion"
description = "Invented: an expulsion of Boscanians"
authority = ["XCC"]
start = 2022-08-15
announced = {announced}
nationalities = ["XBB"]
where = ["@border"]
legal_basis = "public-health-order"
in_model = true
certainty = "invented"
source = "Invented for tests and examples"
"""


@pytest.mark.parametrize(("announced", "unchanged"), [("2022-07-01", True), ("2022-06-30", False)])
def test_a_policy_announced_later_does_not_act(toy, tmp_path, announced, unchanged):
    pack = shutil.copytree(toy.region.folder, tmp_path / "mine")
    policies = pack / "policies.toml"
    policies.write_text(policies.read_text() + POLICY.format(announced=announced))
    table = score_as_of(load_region(str(pack)), "expulsion-stays", "2022-06", "2022-12")
    before = score_as_of(toy.region, "expulsion-stays", "2022-06", "2022-12")
    row = pl.col("key") == "XBB"
    assert table.filter(row).equals(before.filter(row)) == unchanged
