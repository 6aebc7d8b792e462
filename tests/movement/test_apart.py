"""What a scenario shares with its leader is not computed again, by day and nationality; nothing shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from small_regions import (
    START,
    counted,
    demand_of,
    families,
    gate,
    numbers,
    policy,
    reacting,
    region_of,
    scenario_of,
)

from travesia.movement import (
    Demand,
    Options,
    Plan,
    Written,
    branches,
    build_frame,
    build_plan,
    days_apart,
    expected_as_flows,
    paired_runs,
    plan_itineraries,
)
from travesia.region import Region
from travesia.scenario import Policy, Scenario, without
from travesia.terms import Amount, Span

DAYS = 80
NAMES = ("AAA", "BBB", "CCC")


def both_ways(plans: Sequence[Plan], options: Options) -> list[tuple[Written, Written]]:
    """Return what each scenario writes in each run, computed as far as it is apart, and computed whole."""
    job = paired_runs(plans, options, plans[0])
    whole = job.apart.copy()
    whole[1:] = 0
    numbers = range(options.runs)
    found = zip(job.run(numbers), replace(job, apart=whole).run(numbers), strict=True)
    return [pair for one, two in found for pair in zip(one, two, strict=True)]


def assert_same(plans: Sequence[Plan], options: Options) -> None:
    for part, whole in both_ways(plans, options):
        for name, values in (*whole.by_run.items(), *whole.daily.items()):
            found = {**part.by_run, **part.daily}[name]
            assert found.shape == values.shape
            assert np.array_equal(found, values), name
            assert not np.signbit(found).any(), name


def test_no_bit_shows_what_was_computed_again():
    seen: Counter[str] = Counter()

    @given(family=families())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def compare(family: tuple[list[Plan], int]) -> None:
        plans, seed = family
        apart, days = days_apart(plans)[1:], plans[0].frame.span.days
        seen["for some only"] += bool(((apart < days).any(axis=1) & (apart == days).any(axis=1)).any())
        seen["unlike each other"] += len(np.unique(apart, axis=0)) > 1
        assert_same(plans, Options(runs=2, seed=seed))

    compare()
    # This would say nothing if scenarios were apart for all or for none.
    assert min(seen["for some only"], seen["unlike each other"]) >= 3, seen


def region() -> Region:
    """Return three nationalities who come through one town to a port and a sector."""
    homes = [(f"home-{name.lower()}", name) for name in NAMES]
    places = [*homes, ("town", "NNN"), ("line", "DDD"), ("port", "DDD")]
    links = [(home, "town", "road", 300.0) for home, _ in homes]
    links += [("town", place, "border_desert", 20.0) for place in ("line", "port")]
    gates = [
        gate("line", "sector", ("line", "DDD"), approach="town"),
        gate("port", "port", ("port", "DDD"), approach="town"),
    ]
    months = ("2022-01", "2022-02", "2022-03")
    seen = [
        counted("border", month, at, name, 500.0, authority)
        for month in months for at in ("line", "port") for name in NAMES for authority in ("T8", "T42")
    ]  # fmt: skip
    return region_of(places, links, gates, [(name, home, "home") for home, name in homes], seen)


def small_plans(
    base: tuple[Policy, ...], *more: Policy, happened: tuple[Policy, ...] | None = None
) -> list[Plan]:
    """Return a leader, and it with more policies; the leader is what happened, unless that is given."""
    first = scenario_of(base, Span(START, on(DAYS)), with_parameters=reacting())
    itineraries = plan_itineraries(region(), numbers(first.parameters))
    frame = build_frame(region(), itineraries, first.span)
    demand = demand_of(frame, {(name, "direct"): 900.0 for name in NAMES})
    scenarios = (first, replace(first, name="other", policies=(*base, *more)))
    baseline = first if happened is None else replace(first, name="happened", policies=happened)
    return [build_plan(frame, scenario, demand, baseline) for scenario in scenarios]


def on(day: int) -> date:
    return START + timedelta(days=day)


EXPULSION = policy("expelled", "expulsion", ("line",), START, None, ("AAA", "BBB"))


def test_one_nationality_is_apart_from_its_day_on():
    plans = small_plans((EXPULSION,), policy("shut", "closure", ("line",), on(30), None, ("CCC",)))
    assert days_apart(plans).tolist() == [[DAYS] * 3, [DAYS, DAYS, 30]]
    assert_same(plans, Options(runs=3, seed=4))


@pytest.mark.parametrize(
    ("shared", "coupled", "first"),
    [
        (
            policy("few", "appointments", ("port",), on(50), None, None, Amount(7.0, "persons per day")),
            NAMES, 50,
        ),
        (
            policy("places", "quota-pathway", ("town--line--border_desert",), on(40), None, ("AAA", "CCC"),
                   Amount(4.0, "persons per day")), ("AAA", "CCC"), 40,
        ),
    ],
    ids=["appointments", "pathway"],
)  # fmt: skip
def test_who_shares_numbers_with_one_apart_is_apart_from_then_on(
    shared: Policy, coupled: tuple[str, ...], first: int
):
    shut = policy("shut", "closure", ("line",), on(30), None, ("CCC",))
    plans = small_plans((EXPULSION, shared), shut)
    wanted = [30 if name == "CCC" else first if name in coupled else DAYS for name in NAMES]
    assert days_apart(plans)[1].tolist() == wanted
    assert_same(plans, Options(runs=4, seed=4))
    if shared.kind == "appointments":
        # Without that, the numbers of the others are wrong: this is no caution, but what couples them.
        # (Who applies for a pathway does not depend on who departs, so that here the closure moves nobody.)
        job = paired_runs(plans, Options(4, seed=4), plans[0])
        alone = job.apart.copy()
        alone[1, :2] = DAYS
        pairs = zip(job.run(range(4)), replace(job, apart=alone).run(range(4)), strict=True)
        assert any(not np.array_equal(a[1].by_run["counts"], b[1].by_run["counts"]) for a, b in pairs)


def test_a_ceiling_for_all_of_a_gate_is_for_all_who_come_there():
    ceiling = policy("few", "capacity", ("port",), on(20), on(40), None, Amount(5.0, "persons per day"))
    plans = small_plans((), ceiling)
    assert days_apart(plans)[1].tolist() == [20, 20, 20]
    assert_same(plans, Options(runs=3, seed=1))


def test_those_held_before_a_full_gate_are_taken_along():
    ceiling = policy("few", "capacity", ("port",), on(20), on(40), None, Amount(5.0, "persons per day"))
    shut = policy("shut", "closure", ("line",), on(30), None, ("CCC",))
    plans = small_plans((ceiling,), shut, happened=())
    assert days_apart(plans)[1].tolist() == [30, 30, 30]
    assert_same(plans, Options(runs=3, seed=1))
    # Once the ceiling is gone, those whom it holds are not coupled any more.
    plans = small_plans((ceiling,), replace(shut, span=Span(on(40))), happened=())
    assert days_apart(plans)[1].tolist() == [DAYS, DAYS, 40]
    assert_same(plans, Options(runs=3, seed=1))


def met_by_plan(plans: Sequence[Plan], apart: np.ndarray | None = None) -> list[int]:
    """Return by plan the cohorts met on all days of a run: those due, those who wait, and departures."""
    job = paired_runs(plans, Options(1, seed=2, central=True), plans[0])
    met: Counter[int] = Counter()
    real = branches.advance

    def counting(first: int, last: int, *others: object) -> None:
        _, rules, _, drawn, state = others[2:7]
        plan = next(i for i, keys in enumerate(holds) if keys is rules)
        for day in range(first, last):
            real(day, day + 1, *others)
            waiting = state.waiting.people[: state.waiting.used[0]]
            met[plan] += int(state.today.used[0]) + int((waiting > 0).sum())
            met[plan] += int((drawn.departures[day] > 0).sum())

    holds: list[object] = []
    together = branches.run_together

    def noting(*words: object) -> object:
        holds[:] = [rules for _, rules in words[3]]
        return together(*words)

    with (
        mock.patch.object(branches, "advance", counting),
        mock.patch("travesia.movement.paired.run_together", noting),
    ):
        list((job if apart is None else replace(job, apart=apart)).run([0]))
    return [met[i] for i in range(len(plans))]


SPAN = Span(date(2022, 4, 1), date(2023, 1, 10))


@pytest.fixture(scope="module")
def americas_plans(americas: Region, fitted: tuple[Demand, Plan], happened: Scenario) -> list[Plan]:
    """The baseline, it without the expulsions of Venezuelans, and without the parole that goes with them."""
    frame = build_frame(americas, fitted[1].frame.itineraries, SPAN)
    names = ("t42-venezuela-expulsions", "ven-parole")
    scenarios = (happened, *(replace(without(happened, name), name=name) for name in names))
    return [build_plan(frame, scenario, fitted[0], happened) for scenario in scenarios]


def test_the_americas_without_a_policy_for_one_nationality(americas_plans: list[Plan]):
    apart, frame = days_apart(americas_plans), americas_plans[0].frame
    venezuelans = frame.itineraries.nationalities.index("VEN")
    early = np.flatnonzero(apart[1] < frame.day(date(2023, 1, 6)))
    assert early.tolist() == [venezuelans]
    assert apart[1, venezuelans] == frame.day(date(2022, 10, 12))
    for central in (True, False):
        assert_same(americas_plans, Options(runs=2, seed=7, central=central))


def test_expected_flows_computed_together_are_those_of_each_alone(americas_plans: list[Plan]):
    for plan, flows in zip(americas_plans, expected_as_flows(americas_plans), strict=True):
        alone = expected_as_flows([plan])[0]
        for name in ("counts", "people", "lawful", "met_later", "again", "waited", "set_out", "exposed"):
            assert np.array_equal(getattr(flows, name), getattr(alone, name)), name
        for name in ("departed", "crossings", "stock"):
            one, two = getattr(flows, name).total, getattr(alone, name).total
            np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-9)


def test_a_scenario_for_one_nationality_costs_its_share_of_the_work(americas_plans: list[Plan]):
    base, one, _ = americas_plans
    days = base.frame.span.days
    leader, part = met_by_plan([base, one])
    assert leader == met_by_plan([base])[0]
    _, whole = met_by_plan([base, one], np.array([[days] * 22, [0] * 22]))
    late = days - base.frame.day(date(2022, 10, 12))
    assert part < 0.2 * whole * late / days, (part, whole)
    assert part > 0.02 * whole * late / days
