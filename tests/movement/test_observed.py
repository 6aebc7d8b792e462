"""What was counted: encounters by gate and month, shares of expulsion, and what a plan makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_regions import START, counted, demand_of, gate, numbers, parameters, policy, region_of, scenario_of

from travesia.movement import Plan, build_frame, build_plan, encounters_at_gates, plan_itineraries
from travesia.movement.observed import carried, expelled_share, last_month_known
from travesia.region import Region
from travesia.terms import Span

PLACES = [("a", "AAA"), ("n", "NNN"), ("d", "DDD"), ("e", "DDD"), ("p", "DDD")]
LINKS = [("a", "n", "road", 100.0)] + [("n", end, "border_desert", 10.0) for end in ("d", "e", "p")]
GATES = [
    gate("big", "sector", ("d", "DDD"), "n"),
    gate("small", "sector", ("e", "DDD"), "n"),
    gate("port", "port", ("p", "DDD"), "n"),
]
COUNTED = [
    # January: 200 of 400 at the big one; 40 of 49 at the small one, which is too few for a share of its own.
    ("2022-01", "big", "T42", 200.0), ("2022-01", "big", "T8", 200.0),
    ("2022-01", "small", "T42", 40.0), ("2022-01", "small", "T8", 9.0),
    # February: the small one has just enough.
    ("2022-02", "big", "T42", 300.0), ("2022-02", "big", "T8", 100.0),
    ("2022-02", "small", "T42", 10.0), ("2022-02", "small", "T8", 40.0),
    ("2022-02", "port", "T8", 500.0),
    # March: expulsions as they trickle out.
    ("2022-03", "big", "T42", 1.0), ("2022-03", "big", "T8", 399.0),
]  # fmt: skip
SHARED_JANUARY = 240 / 449


def region() -> Region:
    rows = [counted("border", month, at, "AAA", value, authority) for month, at, authority, value in COUNTED]
    return region_of(PLACES, LINKS, GATES, [("AAA", "a", "home")], rows)


def test_a_month_is_known_from_its_last_day_on():
    assert last_month_known(date(2022, 2, 27)) == "2022-01"
    assert last_month_known(date(2022, 2, 28)) == "2022-02"
    assert last_month_known(date(2022, 12, 31)) == "2022-12"


def test_encounters_are_read_by_gate_month_and_authority():
    seen = encounters_at_gates(region(), ("AAA",))
    assert (seen.months, seen.gates) == (("2022-01", "2022-02", "2022-03"), ("big", "small", "port"))
    assert seen.total[0].tolist() == [[400, 400, 400], [49, 50, 0], [0, 500, 0]]
    assert seen.expelled[0].tolist() == [[200, 300, 1], [40, 10, 0], [0, 0, 0]]


def test_what_had_been_counted_by_a_month():
    seen = encounters_at_gates(region(), ("AAA",))
    assert seen.until("2022-02").months == ("2022-01", "2022-02")
    assert seen.until("2022-02").total.shape == (1, 3, 2)
    assert seen.until(None).months == seen.months
    assert seen.until("2021-01").months == ()


def test_shares_of_expulsion_and_where_they_are_pooled():
    seen = encounters_at_gates(region(), ("AAA",))
    share = expelled_share(seen, ("sector", "sector", "port"))[:, 0]
    assert share[0] == pytest.approx([0.5, 0.75, 1 / 400])
    assert share[1] == pytest.approx([SHARED_JANUARY, 0.2, 1 / 400])
    # Ports are a kind of their own: nothing is known of them in January.
    assert np.isnan(share[2]).tolist() == [True, False, True]
    assert share[2, 1] == 0.0


@given(
    values=st.lists(st.floats(0, 1) | st.just(float("nan")), min_size=1, max_size=9),
    usable=st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_carried_values_are_the_nearest_usable_ones(values: list[float], usable: list[bool]):
    kept = [i for i, value in enumerate(values) if usable[i] and not np.isnan(value)]
    found = carried(np.array([values]), np.array([usable[: len(values)]]))[0]
    for at, value in enumerate(found):
        if not kept:
            assert value == 0.0
        else:
            nearest = min(kept, key=lambda i, at=at: (abs(i - at), i))
            assert value == values[nearest]


def planned(
    end: date | None, last: date = date(2022, 4, 1), start: date = START, known: date | None = None
) -> Plan:
    found = region()
    act = (policy("t42", "expulsion", ("d", "e", "p"), start=start, end=end),)
    scenario = replace(scenario_of(act, Span(START, last)), known=known)
    itineraries = plan_itineraries(found, numbers(parameters()))
    frame = build_frame(found, itineraries, scenario.span)
    return build_plan(frame, scenario, demand_of(frame, {}))


def test_shares_hold_in_their_months_while_the_policy_is_in_force():
    plan = planned(None)
    assert plan.rules.expel[[0, 30, 31, 58, 59], 0, 0] == pytest.approx([0.5, 0.5, 0.75, 0.75, 1 / 400])
    assert plan.rules.expel[[0, 31], 1, 0] == pytest.approx([SHARED_JANUARY, 0.2])


def test_a_month_cut_by_the_end_takes_the_share_of_the_nearest_full_month():
    plan = planned(date(2022, 3, 12))
    # March counts both ways of sending people back; up to the eleventh February's share holds, then none.
    assert plan.rules.expel[[58, 59, 69, 70], 0, 0] == pytest.approx([0.75, 0.75, 0.75, 0.0])
    # Who would have been sent out can be taken back under ordinary law at the share that went before.
    assert plan.expelled[0, 0, [69, 70, 89]] == pytest.approx([0.75, 0.75, 0.75])


def test_before_a_policy_nobody_is_expelled():
    plan = planned(None, start=date(2022, 2, 1))
    assert (plan.rules.expel[:31] == 0).all()
    assert (plan.expelled[:, :, :31] == 0).all()
    assert plan.rules.expel[31, 0, 0] == pytest.approx(0.75)


def test_a_run_as_of_a_month_reads_no_later_share():
    plan = planned(None, known=date(2022, 1, 31))
    assert plan.rules.expel[[0, 31, 60], 0, 0] == pytest.approx([0.5, 0.5, 0.5])


def test_a_month_that_is_not_over_is_not_known():
    plan = planned(None, known=date(2022, 2, 27))
    assert plan.rules.expel[[0, 31, 60], 0, 0] == pytest.approx([0.5, 0.5, 0.5])
    assert planned(None, known=date(2022, 2, 28)).rules.expel[31, 0, 0] == pytest.approx(0.75)


def test_a_run_shorter_than_a_month_takes_the_share_of_its_month():
    plan = planned(None, last=date(2022, 1, 20))
    assert plan.rules.expel[:, 0, 0] == pytest.approx(0.5)


def test_shares_are_those_of_the_baseline_not_of_the_scenario():
    found = region()
    span = Span(START, date(2022, 4, 1))
    act = policy("t42", "expulsion", ("d", "e", "p"))
    base = scenario_of((act,), span)
    early = scenario_of((replace(act, span=Span(START, date(2022, 1, 11))),), span, name="early")
    frame = build_frame(found, plan_itineraries(found, numbers(parameters())), span)
    plan = build_plan(frame, early, demand_of(frame, {}), base)
    assert plan.rules.expel[[0, 9, 10], 0, 0] == pytest.approx([0.5, 0.5, 0.0])


def test_a_border_that_never_counted_expels_nobody():
    rows = [counted("border", "2022-01", "big", "AAA", 100.0, None)]
    found = region_of(PLACES, LINKS, GATES, [("AAA", "a", "home")], rows)
    frame = build_frame(found, plan_itineraries(found, numbers(parameters())), Span(START, date(2022, 4, 1)))
    plan = build_plan(frame, scenario_of((policy("t42", "expulsion", ("d",)),)), demand_of(frame, {}))
    assert (plan.rules.expel == 0).all()


def test_the_counts_of_the_americas_add_up(americas: Region):
    names = tuple(sorted(americas.origins["nationality"].unique()))
    seen = encounters_at_gates(americas, names)
    assert seen.total.sum() == americas.series("cbp-southwest")["value"].sum()
    assert (seen.expelled <= seen.total).all()
    share = expelled_share(seen, tuple(americas.gates["kind"]))
    assert np.nanmin(share) >= 0
    assert np.nanmax(share) <= 1
    # Title 42 ended on 11 May 2023; nothing is expelled under it from June on.
    after = [i for i, month in enumerate(seen.months) if month >= "2023-06"]
    assert after
    assert seen.expelled[..., after].sum() == 0
