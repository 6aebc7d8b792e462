"""The queue for appointments at a port: served by lot, given up by some, and gone where nobody waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import walk
from small_regions import (
    START,
    counted,
    demand_of,
    gate,
    instead,
    numbers,
    parameters,
    plan_of,
    policy,
    reacting,
    region_of,
    scenario_of,
    simple_region,
)

from travesia.movement import (
    CENTRAL,
    OUTCOMES,
    Options,
    Plan,
    build_frame,
    build_plan,
    draw_runs,
    drawn_parameters,
    expected_flows,
    plan_itineraries,
    simulate,
    stats,
)
from travesia.movement.kernel import GAVE_UP, JOINED, NIGHTS, SERVED, hypergeometric
from travesia.scenario import Parameter, Policy
from travesia.terms import Amount, ScenarioError, Span

SPAN = Span(START, date(2022, 4, 1))
ADMITTED, MET_OTHERWISE = OUTCOMES.index("admitted"), [1, 2, 3]
PLACES = [("a", "AAA"), ("n", "NNN"), ("d", "DDD"), ("p", "DDD")]
LINKS = [("a", "n", "road", 400.0), ("n", "d", "border_desert", 20.0), ("n", "p", "border_desert", 20.0)]
LINE, PORT = 0, 1
GATES = [gate("line", "sector", ("d", "DDD"), "n"), gate("port", "port", ("p", "DDD"), "n")]


def appointments(a_day: float, end: date | None = None) -> Policy:
    return policy("app", "appointments", ("p",), end=end, amount=Amount(a_day, "appointments per day"))


def two_gates(
    given: tuple[Parameter, ...], acts: tuple[Policy, ...], people: float, turned_back: float = 0.0
) -> Plan:
    """Return a plan of two nationalities who all choose the port; who gives up has the line."""
    region = region_of(PLACES, LINKS, GATES, [("AAA", "a", "home"), ("BBB", "a", "home")], seen())
    scenario = scenario_of(acts, SPAN, with_parameters=given)
    frame = build_frame(region, plan_itineraries(region, numbers(given)), SPAN, ())
    choice = np.tile([1e-9, 1.0 - 1e-9], (2, 1))
    departures = {("AAA", "direct"): people, ("BBB", "direct"): people / 2.0}
    return build_plan(frame, scenario, demand_of(frame, departures, turned_back, choice), scenario)


def seen() -> list[dict[str, Any]]:
    names, at = ("AAA", "BBB"), ("line", "port")
    return [counted("border", "2022-01", gate_, name, 100.0, "T8") for gate_ in at for name in names]


def waiting(**changed: float) -> tuple[Parameter, ...]:
    given = {"appointment_wait_share": 1.0, "leave_queue_share": 0.0, "switch_gate_days": 3.0}
    return reacting(**given | {"returned_share_others": 0.0} | changed)


@given(
    marked=st.integers(1, 30),
    others=st.integers(0, 30),
    data=st.data(),
)
def test_the_lot_is_exact(marked: int, others: int, data: st.DataObject):
    taken = data.draw(st.integers(0, marked + others))
    law = [
        Fraction(comb(marked, k) * comb(others, taken - k), comb(marked + others, taken))
        for k in range(min(marked, taken) + 1)
        if taken - k <= others
    ]
    first, below = max(0, taken - others), Fraction(0)
    for k, mass in enumerate(law):
        # Just inside both ends of the stretch of u that belongs to a number.
        low, high = float(below) + 1e-9, float(below + mass) - 1e-9
        for u in (low, high) if low < high else ():
            assert hypergeometric(float(marked), float(others), float(taken), u) == first + k
        below += mass


def test_the_lot_of_many_people_has_the_mean_and_variance_of_the_law():
    marked, others, taken = 60_000.0, 90_000.0, 20_000.0
    u = (np.arange(20_000) + 0.5) / 20_000
    drawn = np.array([hypergeometric(marked, others, taken, at) for at in u])
    assert all(a <= b for a, b in pairwise(drawn))
    whole = marked + others
    variance = taken * marked / whole * (others / whole) * (whole - taken) / (whole - 1)
    assert drawn.mean() == pytest.approx(taken * marked / whole, abs=0.05)
    assert drawn.var() == pytest.approx(variance, rel=0.01)


def test_a_queue_worked_out_on_paper():
    # 1,000 people come on day 6 for 100 places a day: 100 are let in, half of the others wait, half are met.
    plan = one_port(waiting(appointment_wait_share=0.5), 100.0)
    out = expected_flows(plan, by_day=True)
    admitted = out.counts[:, 0, 0, ADMITTED]
    assert admitted[6:12] == pytest.approx([100, 100, 100, 100, 100, 50])
    assert out.counts[6, 0, 0, MET_OTHERWISE].sum() == pytest.approx(450)
    assert out.queue[:, 0, 0, NIGHTS][6:12] == pytest.approx([450, 350, 250, 150, 50, 0])
    assert out.queue[:, 0, 0].sum(axis=0)[[JOINED, SERVED, GAVE_UP]] == pytest.approx([450, 450, 0])
    # Who waits is in the town before the port, and one encounter once served.
    town = plan.frame.places.index("n")
    assert out.stock[6:12, town] == pytest.approx([450, 350, 250, 150, 50, 0])
    assert out.people.sum() == pytest.approx(1000)


def one_port(given: tuple[Parameter, ...], a_day: float, end: date | None = None) -> Plan:
    app = policy("app", "appointments", ("d",), end=end, amount=Amount(a_day, "appointments per day"))
    scenario = scenario_of((app,), SPAN, with_parameters=given)
    plan = plan_of(simple_region(0.0, kind="port"), scenario, {("AAA", "direct"): 0.0})
    departures = np.zeros_like(plan.departures)
    departures[0] = 1000.0
    return replace(plan, departures=departures)


def test_who_gives_up_goes_to_another_gate():
    plan = two_gates(waiting(leave_queue_share=0.25), (appointments(10.0),), 0.0)
    departures = np.zeros_like(plan.departures)
    departures[0] = [400.0, 0.0]
    out = expected_flows(replace(plan, departures=departures), by_day=True)
    queue, come = out.queue[:, 0, PORT], out.counts[:, 0, LINE].sum(axis=1)
    day = int(queue[:, JOINED].argmax())
    assert queue[day : day + 3, NIGHTS] == pytest.approx([390, 285, 206.25])
    assert queue[day : day + 3, GAVE_UP] == pytest.approx([0, 95, 68.75])
    assert come[day + 4 : day + 6] == pytest.approx([95, 68.75])


def test_when_appointments_end_all_who_wait_come_to_the_gate():
    plan = one_port(waiting(), 100.0, end=date(2022, 1, 9))
    out = expected_flows(plan, by_day=True)
    assert out.counts[6:9, 0, 0, ADMITTED] == pytest.approx([100, 100, 0])
    assert out.counts[8, 0, 0, MET_OTHERWISE].sum() == pytest.approx(800)
    assert out.stock[8].sum() == pytest.approx(1000)
    assert out.queue[8, 0, 0, [GAVE_UP, NIGHTS]] == pytest.approx([800, 0])


def test_where_nobody_waits_all_is_as_without_a_queue():
    acts = (appointments(7.5), policy("t42", "expulsion", ("d", "p")))
    given = waiting(appointment_wait_share=0.0)
    silent = tuple(item for item in given if item.id != "appointment-wait-share")
    one, other = (
        simulate([two_gates(of, acts, 900.0, 0.2)], Options(runs=5, seed=3))[0] for of in (given, silent)
    )
    assert np.array_equal(one.counts, other.counts)
    assert np.array_equal(one.stock.total, other.stock.total)
    assert one.queue.sum() == 0
    # Nor is there a queue where a number is never reached, though all would wait.
    wide = (appointments(1e6), acts[1])
    one, other = (
        simulate([two_gates(of, wide, 900.0, 0.2)], Options(runs=5, seed=3))[0] for of in (waiting(), silent)
    )
    assert np.array_equal(one.counts, other.counts)


def test_a_queue_without_what_is_needed_to_leave_it_is_refused():
    given = (*parameters(), *(item for item in waiting() if item.id == "appointment-wait-share"))
    with pytest.raises(ScenarioError, match="parameter leave-queue-share is missing"):
        expected_flows(two_gates(given, (appointments(5.0),), 100.0))


def test_a_nationality_may_wait_more_than_others():
    given = (*waiting(appointment_wait_share=0.0), instead("appointment-wait-share", "BBB", 1.0))
    out = expected_flows(two_gates(given, (appointments(2.0),), 900.0))
    joined = out.queue[..., JOINED].sum(axis=(0, 2))
    assert joined[0] == 0.0
    assert joined[1] > 100.0


def test_the_lot_is_the_same_for_all_and_conserves_people():
    plan = two_gates(waiting(leave_queue_share=0.05), (appointments(6.5),), 900.0)
    flows = simulate([plan], Options(runs=60, seed=9))[0]
    queue = flows.queue[:, :, :, PORT].sum(axis=1, dtype=float)
    left = queue[..., SERVED] + queue[..., GAVE_UP]
    assert (queue[..., JOINED] >= left).all()
    share = queue[..., SERVED].mean(axis=0) / queue[..., JOINED].mean(axis=0)
    assert share[0] == pytest.approx(share[1], rel=0.05)
    assert flows.stock.total.sum(axis=1).tolist() == flows.departed.total.sum(axis=1).cumsum().tolist()


def test_the_table_says_who_waits_and_how_long():
    plan = one_port(waiting(appointment_wait_share=0.5), 100.0)
    flows = simulate([plan], Options(runs=20, seed=1, central=True))[0]
    table = stats.queues(flows)
    found = dict(table.filter(nationality="AAA", gate="g").select("measure", "mean").iter_rows())
    assert found["served"] == pytest.approx(found["joined"])
    assert "gave_up" not in found
    assert found["in_queue"] * 90 == pytest.approx(found["mean_days"] * found["joined"], rel=0.05)
    nights = dict(
        stats.waiting(flows).filter(at="gate", measure="person_days").select("id", "mean").iter_rows()
    )
    assert nights["g"] == pytest.approx(found["in_queue"] * 90)
    assert found["served"] == pytest.approx(450, rel=0.1)


@pytest.fixture(scope="module")
def both() -> tuple[np.ndarray, np.ndarray]:
    """Return float64[run, number] of the reference and of the kernel: counts, people, and queues."""
    acts = (appointments(5.5, end=date(2022, 3, 10)), policy("t42", "expulsion", ("d", "p")))
    given = waiting(appointment_wait_share=0.7, leave_queue_share=0.15, retry_after_expulsion=0.5)
    plan = two_gates(given, acts, 300.0, 0.2)
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    drawn = draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]
    rng = np.random.default_rng(2022)
    worlds = [walk(plan, drawn, rng) for _ in range(250)]
    slow = [np.concatenate([w.counts.ravel(), w.people.ravel(), w.queue.ravel()]) for w in worlds]
    flows = simulate([plan], Options(runs=1000, seed=5, central=True))[0]
    fast = [of.sum(axis=1, dtype=float).reshape(1000, -1) for of in (flows.counts, flows.people, flows.queue)]
    return np.stack(slow), np.concatenate(fast, axis=1)


def test_it_agrees_with_people_who_are_moved_one_by_one(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 0.2
    assert often.sum() > 20
    error = np.sqrt(slow.var(axis=0) / len(slow) + fast.var(axis=0) / len(fast))[often]
    z = (slow.mean(axis=0) - fast.mean(axis=0))[often] / error
    assert np.abs(z).max() < 4.5, z


def test_spreads_agree_with_people_who_are_moved_one_by_one(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 5.0
    ratio = slow[:, often].var(axis=0, ddof=1) / fast[:, often].var(axis=0, ddof=1)
    assert np.abs(np.log(ratio)).max() < 4.5 * np.sqrt(2 / len(slow) + 2 / len(fast)), ratio
