"""What one departure leads to, worked out by hand for the toy pack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from travesia.forecast import counted, responses, targets
from travesia.movement import build_plan, expected_flows

NOT_MET, RETURNED, RETRY_RETURNED, RETRY_EXPELLED, DELAY_DAYS = 0.2, 0.8, 0.1, 0.4, 10
"""Central values of the toy's parameters; XBB are neighbours of the border."""


@pytest.fixture(scope="module")
def ways(toy):
    """The responses of both routes while nobody is turned back before the border."""
    nobody = replace(toy.demand, turned_back=np.zeros_like(toy.demand.turned_back))
    plan = build_plan(toy.plan.frame, toy.scenario, nobody)
    return {route: responses(plan, route, toy.demand.months) for route in ("corridor", "direct")}


def at(toy, name):
    return toy.demand.nationalities.index(name)


def test_the_toys_parameters_are_those_of_this_page(toy):
    values = {item.id: item.amount.value for item in toy.scenario.parameters}
    assert values["not-met-share"] == NOT_MET
    assert values["returned-share-mexicans"] == RETURNED
    assert values["retry-after-return"] == RETRY_RETURNED
    assert values["retry-after-expulsion"] == RETRY_EXPELLED
    assert values["retry-delay-days"] == DELAY_DAYS


def test_encounters_of_one_who_is_never_expelled(toy, ways):
    """Met with 0.8; of these 0.8 are returned, 0.1 of them come again: 0.8 (1 + 0.064 + 0.064 ** 2 + ...)."""
    met = 1.0 - NOT_MET
    expected = met / (1.0 - met * RETURNED * RETRY_RETURNED)
    early = ways["direct"].border[at(toy, "XBB"), :, 2]
    assert early.sum() == pytest.approx(expected, rel=1e-6)


def test_who_passes_the_corridor_passes_it_once(toy, ways):
    months = len(toy.demand.months)
    for name in ("XAA", "OTHER"):
        passed = ways["corridor"].corridor[at(toy, name)]
        # Nobody is counted there before departure, and all are two months later.
        assert np.triu(passed.T, 0).sum() == pytest.approx(passed.sum())
        assert passed[:, : months - 2].sum(axis=0) == pytest.approx(1.0)
    assert ways["direct"].corridor.sum() == 0.0


def test_an_expulsion_makes_more_encounters_of_one_departure(toy, ways):
    """Half of XAA were expelled in March, and 0.4 of those try again: a departure of March leads to more."""
    border = ways["corridor"].border[at(toy, "XAA")]
    month = toy.demand.months.index
    assert border[:, month("2022-03")].sum() > 1.1 * border[:, month("2021-10")].sum()


def test_responses_add_up_to_the_flows_of_a_demand(toy, ways):
    """Linear: departures times responses are the encounters of one pass with all departures together."""
    people = {
        ("XAA", "corridor"): np.linspace(100.0, 300.0, 17),
        ("XBB", "direct"): np.linspace(500.0, 50.0, 17),
    }
    nobody = np.zeros_like(toy.demand.turned_back)
    demand = replace(toy.demand, departures_people=people, turned_back=nobody)
    plan = build_plan(toy.plan.frame, toy.scenario, demand)
    passed, met = counted(plan, expected_flows(plan))
    for (name, route), departures in people.items():
        c = at(toy, name)
        assert met[:, c].sum(axis=1) == pytest.approx(ways[route].border[c] @ departures)
    assert passed[:, at(toy, "XAA")] == pytest.approx(
        ways["corridor"].corridor[at(toy, "XAA")] @ people["XAA", "corridor"]
    )


def test_targets_are_what_was_counted_and_missing_where_nobody_counted(toy):
    target = targets(toy.region, toy.plan.frame, toy.demand.months, None)
    month = toy.demand.months.index
    gate = toy.plan.frame.gates.index("gate-sector-duna")
    assert target.border[at(toy, "XAA"), gate, month("2022-05")] == 194 + 236
    assert target.corridor[at(toy, "XAA"), month("2022-05")] == 368
    # Nobody was counted in 2021: missing, not zero. Boscanians were never counted at the checkpoint: zero.
    assert np.isnan(target.border[..., : month("2022-01")]).all()
    assert np.isnan(target.corridor[:, : month("2022-01")]).all()
    assert target.corridor[at(toy, "XBB"), month("2022-05")] == 0.0


def test_targets_as_of_a_month_hold_nothing_later(toy):
    target = targets(toy.region, toy.plan.frame, toy.demand.months, "2022-05")
    june = toy.demand.months.index("2022-06")
    assert np.isnan(target.border[..., june:]).all()
    assert np.isnan(target.corridor[:, june:]).all()
    assert not np.isnan(target.corridor[:, june - 1]).any()


def test_nationalities_that_the_border_does_not_name_are_counted_as_other(americas):
    """Children of Haitians born in Chile are Chileans at the corridor; the border names no Chileans."""
    rows = americas.region.observations.filter(series="darien-transits", period="2022-08")
    named = set(americas.demand.nationalities)
    assert "CHL" not in named
    assert "CHL" in set(rows["nationality"])
    expected = sum(
        value
        for name, value in rows.select("nationality", "value").iter_rows()
        if name not in named - {"OTHER"}
    )
    target = targets(americas.region, americas.plan.frame, americas.demand.months, None)
    other = americas.demand.nationalities.index("OTHER")
    assert target.corridor[other, americas.demand.months.index("2022-08")] == expected
    assert target.corridor[:, americas.demand.months.index("2022-08")].sum() == rows["value"].sum()
