"""What taking a policy out, or adding one, does to small regions: direction, people, earlier days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from small_regions import (
    START,
    counted,
    days_of,
    demand_of,
    gate,
    numbers,
    policy,
    reacting,
    region_of,
    scenario_of,
    stock_of_all,
)

from travesia.movement import (
    OUTCOMES,
    Options,
    Plan,
    build_frame,
    build_plan,
    deterred,
    expected_flows,
    first_day_apart,
    plan_itineraries,
    simulate,
    weighed,
)
from travesia.movement.expected import central_rules
from travesia.region import Region
from travesia.scenario import DepartureChange, Parameter, Policy
from travesia.terms import Amount, Span

SPAN = Span(START, START + timedelta(days=90))
CHANGE = date(2022, 2, 1)
FIRST = (CHANGE - START).days
AIR, JUNGLE = "a--hub--air", "a--gap--jungle"


def region() -> Region:
    """Return a home with a corridor by land and a flight, one town before a line and two ports."""
    places = [("a", "AAA"), ("gap", "BBB"), ("mid", "CCC"), ("hub", "NNN"), ("n", "NNN")]
    places += [("d", "DDD"), ("p", "DDD"), ("q", "DDD")]
    links = [("a", "gap", "jungle", 30.0), ("gap", "mid", "road", 400.0), ("mid", "hub", "road", 400.0)]
    links += [("a", "hub", "air", 3000.0), ("hub", "n", "road", 200.0)]
    links += [("n", end, "border_desert", 25.0) for end in ("d", "p", "q")]
    gates = [gate("line", "sector", ("d", "DDD"), "n"), gate("port", "port", ("p", "DDD"), "n")]
    gates += [gate("port2", "port", ("q", "DDD"), "n")]
    gates += [gate("corridor", "checkpoint", ("gap", "BBB"), "a"), gate("near", "checkpoint", ("hub", "NNN"))]
    rows = [
        counted("border", month, at, "AAA", 500.0, authority)
        for month in ("2022-01", "2022-02", "2022-03")
        for at in ("line", "port", "port2")
        for authority in ("T8", "T42")
    ]
    rows.append(counted("corridor", "2022-01", "gap", "AAA", 50.0))
    return region_of(places, links, gates, [("AAA", "a", "home")], rows)


CHOICE = np.array([[0.6, 0.3, 0.1, 0.0, 0.0]])


def pair(
    before: tuple[Policy, ...],
    after: tuple[Policy, ...],
    with_parameters: tuple[Parameter, ...] | None = None,
    departures: tuple[DepartureChange, ...] = (), people: tuple[float, float] = (3000.0, 6000.0),
) -> tuple[Plan, Plan]:  # fmt: skip
    """Return the plan of a baseline and that of a scenario against it, with people by corridor and flight."""
    base = scenario_of(before, SPAN, with_parameters=with_parameters or reacting(wait_hub_days=4.0))
    other = replace(base, name="other", policies=after, departures=departures)
    found = region()
    frame = build_frame(found, plan_itineraries(found, numbers(base.parameters)), SPAN, days_of(SPAN))
    sent = {("AAA", "corridor"): people[0], ("AAA", "direct"): people[1]}
    demand = demand_of(frame, sent, choice=CHOICE)
    return build_plan(frame, base, demand), build_plan(frame, other, demand, base)


def columns(plan: Plan) -> tuple[int, int]:
    routes = [source.route for source in plan.frame.itineraries.sources]
    return routes.index("corridor"), routes.index("direct")


def departed(plan: Plan) -> np.ndarray:
    return expected_flows(plan).departed[FIRST:, columns(plan)].sum(axis=0)


def at_gates(plan: Plan) -> np.ndarray:
    """Return float64[gate], all who came to a gate from the change on."""
    return expected_flows(plan).counts[FIRST:].sum(axis=(0, 1, 3))


KINDS = {
    "visa": policy("x", "visa", (AIR,), CHANGE),
    "closure-of-a-link": policy("x", "closure", (JUNGLE,), CHANGE),
    "closure-of-a-port": policy("x", "closure", ("p",), CHANGE),
    "metering": policy("x", "capacity", ("p", "q"), CHANGE),
    "ceiling-at-a-port": policy("x", "capacity", ("p",), CHANGE, amount=Amount(20.0, "persons per day")),
    "ceiling-on-a-link": policy("x", "capacity", (JUNGLE,), CHANGE, amount=Amount(20.0, "persons per day")),
    "fee": policy("x", "cost-risk", ("mid",), CHANGE, amount=Amount(150.0, "USD per person")),
    "checks": policy("x", "transit-enforcement", ("mid",), CHANGE),
    "checks-before-the-gates": policy("x", "transit-enforcement", ("n",), CHANGE),
    "papers": policy("x", "transit-facilitation", ("n",), CHANGE),
    "stricter-rule": policy("x", "deterrence", ("d",), CHANGE),
    "campaign": policy("x", "information", ("a",), CHANGE),
    "shock": policy("x", "origin-shock", ("a",), CHANGE),
    "sanction": policy("x", "sanction", ("a",), CHANGE),
    "appointments": policy("x", "appointments", ("p",), CHANGE, amount=Amount(30.0, "persons per day")),
    "pathway": policy("x", "quota-pathway", (AIR,), CHANGE, amount=Amount(20.0, "persons per day")),
    "expulsion": policy("x", "expulsion", ("d",), CHANGE),
    "return-to-wait": replace(policy("x", "return", ("d",), CHANGE), legal_basis="wait-for-hearing"),
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("added", [True, False])
def test_people_are_conserved_and_earlier_days_untouched(name: str, added: bool):
    acts = (KINDS[name],)
    base, other = pair((), acts) if added else pair(acts, ())
    # A lifted ceiling frees nobody; the share that a first expulsion would send out was never observed.
    same = name.startswith("ceiling") if not added else name == "expulsion"
    assert (first_day_apart(base, other) == SPAN.days) == same
    flows = simulate([base, other], Options(runs=3, seed=4, threads=1))
    for one in flows:
        came = one.departed.total.sum(axis=1).cumsum()
        came += one.lawful.sum(axis=(0, 2, 3), dtype=float).cumsum()
        assert stock_of_all(one).tolist() == came.tolist()
    a, b = flows
    assert np.array_equal(a.counts[:, :FIRST], b.counts[:, :FIRST])
    assert np.array_equal(a.stock.total[:FIRST], b.stock.total[:FIRST])
    assert np.array_equal(a.counts, b.counts) == same


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_acts_and_is_listed(name: str):
    _, other = pair((), (KINDS[name],))
    assert other.timetable.acting == ("x",)
    assert other.timetable.not_modelled == ()


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("added", [True, False])
def test_nothing_is_changed_before_the_policy_begins_and_something_is_on_that_day(name: str, added: bool):
    acts = (KINDS[name],)
    base, other = pair((), acts) if added else pair(acts, ())
    assert base.change.first_day == 0
    assert other.change.first_day == (FIRST if other.change.parts else 0)
    # A plan has places a day for its own pathways only.
    before, after = (central_rules(plan)._replace(quota=np.zeros(SPAN.days)) for plan in (base, other))
    for one, two in zip(before, after, strict=True):
        assert np.array_equal(one[:FIRST], two[:FIRST])


def test_a_visa_moves_people_from_the_flight_to_the_land_and_keeps_some_at_home():
    base, other = pair((), (KINDS["visa"],))
    corridor, direct = departed(other) - departed(base)
    assert direct < 0.0 < corridor < -direct
    kept = deterred(other, numbers(other.scenario.parameters))
    assert kept.sum() == pytest.approx(-(corridor + direct))


def test_without_the_visa_they_come_back_to_the_flight():
    base, other = pair((KINDS["visa"],), ())
    corridor, direct = departed(other) - departed(base)
    assert corridor < 0.0 < direct


def test_a_flight_that_nobody_could_take_is_revived_by_the_share_before_the_visa():
    # January was open with 60 of 100 by air; from February on the counts say that nobody flew.
    base, _ = pair((KINDS["visa"],), ())
    people = {
        ("AAA", "corridor"): [800.0, 2000.0, 2000.0, 2000.0],
        ("AAA", "direct"): [1200.0, 0.0, 0.0, 0.0],
    }
    demand = demand_of(base.frame, {k: v[:3] for k, v in people.items()}, choice=CHOICE)
    free = replace(base.scenario, name="free", policies=())
    other = build_plan(base.frame, free, demand, base.scenario)
    corridor, direct = departed(other)
    assert direct / (corridor + direct) == pytest.approx(0.6 / 1.6, abs=0.02)


def test_all_who_lose_a_route_take_the_other_one_if_they_must_go():
    base, other = pair((), (KINDS["visa"],), reacting(going_elasticity=0.0))
    assert departed(other).sum() == pytest.approx(departed(base).sum())


def test_a_visa_of_another_nationality_moves_nobody_and_says_so():
    base, other = pair((), (replace(KINDS["visa"], nationalities=("ZZZ",)),))
    assert other.timetable.not_modelled[0][2] == "no nationality with an origin in the pack is under it"
    assert first_day_apart(base, other) == SPAN.days


def test_a_pack_without_the_coefficient_says_so():
    few = tuple(item for item in reacting() if item.id != "air-shut-utility")
    base, other = pair((), (KINDS["visa"],), few)
    assert other.timetable.not_modelled == (
        ("x", "visa", "the pack gives no parameter air-shut-utility, which weighs it"),
    )
    assert first_day_apart(base, other) == SPAN.days


def test_a_fee_makes_people_avoid_a_way():
    base, other = pair((), (KINDS["fee"],))
    corridor, direct = departed(other) - departed(base)
    assert corridor < 0.0 < direct


def test_a_closed_port_sends_people_to_the_other_gates():
    base, other = pair((), (KINDS["closure-of-a-port"],))
    before, after = at_gates(base), at_gates(other)
    assert after[1] < 0.5 * before[1]
    assert after[0] > before[0]
    assert after[2] > before[2]
    # The others keep their ratio but for people on the way when it closed.
    assert after[0] / after[2] == pytest.approx(before[0] / before[2], rel=0.02)


def test_a_ceiling_holds_on_every_day_and_those_above_it_wait_or_turn_elsewhere():
    base, other = pair((), (KINDS["ceiling-at-a-port"],))
    flows = simulate([base, other], Options(runs=4, seed=9, threads=1))
    a_day = [one.counts[:, FIRST:, 0, 1].sum(axis=2) for one in flows]
    assert a_day[0].mean() > 25.0
    assert a_day[1].max() <= 20.0
    town = other.frame.places.index("n")
    assert flows[1].stock.mean[-1, town] > flows[0].stock.mean[-1, town]
    assert flows[1].counts[:, FIRST:, 0, 0].sum() > flows[0].counts[:, FIRST:, 0, 0].sum()


def test_a_quota_on_the_corridor_holds_back_but_for_those_who_pass_outside_it():
    passed = OUTCOMES.index("passed")
    for outside in (0.0, 0.5, 1.0):
        base, other = pair((), (KINDS["ceiling-on-a-link"],), reacting(outside_quota_share=outside))
        days = expected_flows(other).counts[FIRST + 5 :, 0, 3, passed]
        free = expected_flows(base).counts[FIRST + 5 :, 0, 3, passed]
        assert days.max() <= 20.0 + 1e-9 if outside == 0.0 else days.max() > 20.0
        assert np.allclose(days, free) == (outside == 1.0)


def test_a_quota_from_tuesday_to_saturday_lets_nobody_through_on_other_days():
    quota = replace(
        KINDS["ceiling-on-a-link"], effect={"amount": Amount(20.0, "persons per day, Tuesday to Saturday")}
    )
    _, other = pair((), (quota,), reacting(outside_quota_share=0.0))
    days = expected_flows(other).counts[:, 0, 3, OUTCOMES.index("passed")]
    weekday = np.array([(START + timedelta(days=day)).weekday() for day in range(SPAN.days)])
    later = np.arange(SPAN.days) > FIRST
    assert days[later & np.isin(weekday, (6, 0))].max() == 0.0
    assert days[later & ~np.isin(weekday, (6, 0))].max() == pytest.approx(20.0)


def test_checks_stop_some_for_good_and_delay_others():
    for name in ("checks", "checks-before-the-gates"):
        base, other = pair((), (KINDS[name],))
        assert at_gates(other)[:3].sum() < at_gates(base)[:3].sum()
        place = {"checks": "gap", "checks-before-the-gates": "hub"}[name]
        at = other.frame.places.index(place)
        assert expected_flows(other).stock[-1, at] > expected_flows(base).stock[-1, at]
        # With everybody going on later nobody is lost for good.
        _, again = pair((), (KINDS[name],), reacting(retry_after_stop=1.0))
        assert at_gates(other)[:3].sum() < at_gates(again)[:3].sum() <= at_gates(base)[:3].sum()


def test_without_checks_more_come_through():
    base, other = pair((KINDS["checks"],), ())
    assert departed(other)[0] > departed(base)[0]


def test_papers_shorten_the_wait_at_the_hub():
    held = reacting(wait_hub_days=6.0)
    base, other = pair((), (KINDS["papers"],), held)
    hub = other.frame.places.index("hub")
    assert expected_flows(other).stock[-1, hub] < 0.8 * expected_flows(base).stock[-1, hub]


def test_what_weighs_a_change_is_named_and_nothing_else():
    base, other = pair((), (KINDS["visa"],))
    assert weighed([base]) == frozenset()
    assert weighed([base, other]) == {"air-shut-utility", "going-elasticity", "known-route-share"}


def test_information_off_recovers_the_plain_choice_exactly():
    acts = (KINDS["expulsion"], replace(KINDS["stricter-rule"], id="y"))
    off = reacting(belief_gate_utility=0.0, belief_departure_utility=0.0)
    base, other = pair((), acts, off)
    bare = tuple(item for item in off if not item.id.startswith(("belief", "smuggler", "experience")))
    _, plain = pair((), acts[:1], bare)
    one, two = (simulate([plan], Options(runs=3, seed=2, threads=1))[0] for plan in (other, plain))
    assert np.array_equal(one.counts, two.counts)
    assert np.array_equal(one.stock.total, two.stock.total)
    assert np.array_equal(other.rules.choice, base.rules.choice)


def test_where_people_are_sent_back_fewer_go_once_word_has_come():
    acts = tuple(policy("t42", "expulsion", ("d",), end=end) for end in (CHANGE, None))
    base, other = pair(acts[1:], acts[:1], reacting(retry_after_expulsion=0.0))
    # Nobody is sent back at the line any more: more go there, once word has come.
    a, b = expected_flows(other).counts.sum(axis=(1, 3)), expected_flows(base).counts.sum(axis=(1, 3))
    share = [days[:, 0] / np.maximum(days[:, :3].sum(axis=1), 1e-9) for days in (a, b)]
    soon, late = FIRST - 1, SPAN.days - 1
    assert share[1][soon] == pytest.approx(share[0][soon], abs=1e-9)
    assert share[1][late] < share[0][late] - 0.02


def test_smugglers_who_are_believed_by_all_keep_beliefs_where_they_were():
    calm = reacting(smuggler_reach=1.0, smuggler_trust=1.0)
    base, other = pair((), (KINDS["stricter-rule"],), calm)
    assert np.array_equal(expected_flows(base).counts, expected_flows(other).counts)


def test_a_campaign_fades_when_it_is_over():
    told = replace(KINDS["campaign"], span=Span(CHANGE, date(2022, 2, 10)))
    base, other = pair((), (told,))
    missing = 1.0 - expected_flows(other).departed.sum(axis=1) / expected_flows(base).departed.sum(axis=1)
    assert missing[FIRST] == 0.0
    assert missing.argmax() in range(FIRST + 1, FIRST + 15)
    assert 0.0 < missing[-1] < 0.3 * missing.max()


def test_an_announced_rule_makes_people_hurry():
    rule = replace(KINDS["visa"], announced=CHANGE - timedelta(days=10))
    base, other = pair((), (rule,))
    flight = columns(base)[1]
    a, b = (expected_flows(plan).departed[:, flight] for plan in (base, other))
    assert np.array_equal(a[: FIRST - 10], b[: FIRST - 10])
    assert b[FIRST - 10 : FIRST] == pytest.approx(a[FIRST - 10 : FIRST] * np.exp(0.05))
    assert first_day_apart(base, other) == FIRST - 10


def test_a_pathway_keeps_some_from_setting_out():
    base, other = pair((), (KINDS["pathway"],))
    per_day = (departed(base).sum() - departed(other).sum()) / (SPAN.days - FIRST)
    assert per_day == pytest.approx(0.5 * 20.0)


def test_departures_that_a_scenario_states_are_the_whole_response():
    stated = DepartureChange("all", "all", ("AAA",), CHANGE, Amount(1.0, "ratio"))
    _, other = pair((), (KINDS["pathway"], replace(KINDS["shock"], id="y")), departures=(stated,))
    base, _ = pair((), ())
    assert departed(other) == pytest.approx(departed(base))


def test_retries_choose_again_with_the_least_moves():
    acts = (policy("t42", "expulsion", ("d", "p", "q")),)
    port = KINDS["closure-of-a-port"]
    base, other = pair(acts, (*acts, port), reacting(retry_after_expulsion=1.0))
    again = at_gates(other) - at_gates(base)
    assert again[1] < 0.0 < min(again[0], again[2])


def test_a_shock_fades():
    base, other = pair((), (KINDS["shock"],))
    more = expected_flows(other).departed.sum(axis=1) / expected_flows(base).departed.sum(axis=1)
    assert more[FIRST] == pytest.approx(np.exp(0.4))
    assert more[FIRST + 30] == pytest.approx(np.exp(0.4 / np.e))
