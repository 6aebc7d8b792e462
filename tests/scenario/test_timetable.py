"""The timetable: which policies act where, on whom and when, and which are carried as not modelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.region import Region
from travesia.scenario import Scenario, Timetable, load_scenario, people_a_day, timetable, without
from travesia.terms import Amount, ScenarioError

START = date(2021, 10, 1)


@pytest.fixture(scope="module")
def made(americas: Region, happened: Scenario) -> Timetable:
    return timetable(happened, americas, START, 730)


def at(made: Timetable, gate: str, nationality: str, day: date) -> tuple[int, int, int]:
    return made.gates.index(gate), made.nationalities.index(nationality), (day - made.start).days


def test_gates_and_nationalities_stand_in_the_order_of_the_contract(
    americas: Region, made: Timetable
) -> None:
    assert made.gates == tuple(americas.gates["id"].to_list())
    assert list(made.nationalities) == sorted(set(americas.origins["nationality"].to_list()))
    assert made.expulsion.shape == made.returns.shape == (len(made.gates), len(made.nationalities), 730)
    assert made.appointments_people.shape == (len(made.gates), 730)


def test_expulsion_is_in_force_to_11_may_2023_and_not_after(made: Timetable) -> None:
    for day, expected in ((date(2023, 5, 11), True), (date(2023, 5, 12), False)):
        assert made.expulsion[at(made, "gate-sector-el-paso", "MEX", day)] == expected


def test_returns_to_mexico_of_four_nationalities_begin_when_title_42_ends(made: Timetable) -> None:
    for code in ("CUB", "HTI", "NIC", "VEN"):
        assert not made.returns[at(made, "gate-sector-yuma", code, date(2023, 5, 11))]
        assert made.returns[at(made, "gate-sector-yuma", code, date(2023, 5, 12))]
    assert not made.returns[at(made, "gate-sector-yuma", "COL", date(2023, 6, 1))]


def test_the_exemption_of_ukrainians_switches_expulsion_off_at_ports_only(made: Timetable) -> None:
    first, last = date(2022, 3, 11), date(2022, 4, 24)
    port, sector = "gate-port-san-diego", "gate-sector-san-diego"
    assert made.expulsion[at(made, port, "UKR", first - timedelta(days=1))]
    assert not made.expulsion[at(made, port, "UKR", first)]
    assert not made.expulsion[at(made, port, "UKR", last)]
    assert made.expulsion[at(made, port, "UKR", last + timedelta(days=1))]
    assert made.expulsion[at(made, sector, "UKR", first)]
    assert made.expulsion[at(made, port, "MEX", first)]


def test_an_exemption_of_some_demographic_groups_switches_nobody_off(made: Timetable) -> None:
    effects = {effect.policy.id: effect for effect in made.effects}
    for name in ("t42-children-policy", "mex-tamaulipas-families"):
        assert effects[name].in_force.any()
    assert made.expulsion[at(made, "gate-sector-rio-grande-valley", "HND", date(2022, 6, 1))]


def test_no_policy_acts_at_gates_on_the_way(made: Timetable) -> None:
    for gate in ("gate-darien", "gate-honduras", "gate-mexico"):
        assert not made.expulsion[made.gates.index(gate)].any()


def test_appointments_are_spread_over_the_eight_ports_named(made: Timetable) -> None:
    day = (date(2023, 5, 20) - START).days
    column = made.appointments_people[:, day]
    named = {gate: column[number] for number, gate in enumerate(made.gates) if not np.isnan(column[number])}
    assert named == {
        "gate-port-san-diego": 250.0, "gate-port-tucson": 125.0,
        "gate-port-el-paso": 125.0, "gate-port-laredo": 500.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "people"),
    [(date(2023, 5, 12), 1000), (date(2023, 5, 31), 1000), (date(2023, 6, 1), 1250),
     (date(2023, 6, 29), 1250), (date(2023, 6, 30), 1450), (date(2023, 9, 30), 1450)],
)  # fmt: skip
def test_the_daily_number_of_appointments(made: Timetable, day: date, people: int) -> None:
    assert np.nansum(made.appointments_people[:, (day - START).days]) == people


def test_before_a_published_number_of_appointments_there_is_none(made: Timetable) -> None:
    for day in (date(2023, 1, 11), date(2023, 1, 12), date(2023, 5, 11)):
        assert np.isnan(made.appointments_people[:, (day - START).days]).all()
    reasons = {name: reason for name, _, reason in made.not_modelled}
    assert reasons["cbp-one-t42"].startswith("names no number of appointments")


def test_the_umbrella_of_appointments_does_not_count_twice(made: Timetable) -> None:
    assert "cbp-one" not in made.acting
    assert "cbp-one-1000" in made.acting


def test_pathways_hold_their_links_nationalities_and_days(made: Timetable) -> None:
    chnv = next(path for path in made.pathways if path.policy == "chnv-parole")
    assert chnv.nationalities == ("CUB", "HTI", "NIC", "VEN")
    assert len(chnv.links) == 14
    assert "ve-caracas--us-miami--air_lawful" in chnv.links
    assert chnv.quota_people[(date(2023, 1, 5) - START).days] == 0
    assert chnv.quota_people[(date(2023, 1, 6) - START).days] == pytest.approx(985.626, abs=1e-3)


def test_a_pathway_without_a_number_admits_nobody_and_says_why(made: Timetable) -> None:
    assert "u4u" not in {path.policy for path in made.pathways}
    reasons = {name: reason for name, _, reason in made.not_modelled}
    assert reasons["u4u"] == "names no number of people, and nobody who came by it is counted at a gate"


def test_every_policy_in_the_model_and_in_force_is_listed_once(happened: Scenario, made: Timetable) -> None:
    window = {p.id for p in happened.policies if p.in_model and p.span.start < date(2023, 10, 1)
              and (p.span.end is None or p.span.end > START)}  # fmt: skip
    listed = [*made.acting, *(name for name, _, _ in made.not_modelled)]
    assert sorted(listed) == sorted(window)


def test_only_policies_in_the_model_act(americas: Region, happened: Scenario) -> None:
    said = replace(happened, policies=tuple(replace(p, in_model=False) for p in happened.policies))
    made = timetable(said, americas, START, 730)
    assert not made.expulsion.any()
    assert not made.returns.any()
    assert np.isnan(made.appointments_people).all()
    assert (made.pathways, made.acting, made.not_modelled) == ((), (), ())


def test_waiting_in_mexico_acts_at_the_sectors_it_names(made: Timetable) -> None:
    waiting = next(effect for effect in made.effects if effect.policy.id == "mpp-2")
    named = [gate for gate, share in zip(made.gates, waiting.at_gates, strict=True) if share]
    assert named == [
        f"gate-sector-{name}" for name in ("san-diego", "el-paso", "laredo", "rio-grande-valley")
    ]
    days = np.flatnonzero(waiting.in_force)
    assert (days[0], days[-1]) == ((date(2021, 12, 6) - START).days, (date(2022, 8, 7) - START).days)


def test_every_reason_is_given_in_words(made: Timetable) -> None:
    assert all(len(reason) > 15 for _, _, reason in made.not_modelled)
    reasons = {name: reason for name, _, reason in made.not_modelled}
    assert reasons["safe-mobility-co"].startswith("names no link to travel on")
    assert not [name for name, reason in reasons.items() if "later" in reason or "not yet" in reason]


def test_an_announced_policy_is_awaited_for_a_month_at_most(made: Timetable) -> None:
    effects = {effect.policy.id: effect for effect in made.effects}
    rule = np.flatnonzero(effects["clp-rule"].announced)
    assert rule.tolist() == list(range((date(2023, 4, 12) - START).days, (date(2023, 5, 12) - START).days))
    visa = np.flatnonzero(effects["mex-visa-ven"].announced)
    assert visa.tolist() == list(range((date(2022, 1, 6) - START).days, (date(2022, 1, 21) - START).days))
    assert not effects["mex-sae-bra"].announced.any()


def test_a_port_that_stands_for_five_is_named_in_part(made: Timetable) -> None:
    closed = np.zeros(len(made.gates))
    for effect in made.effects:
        if effect.policy.id == "ports-essential-travel":
            closed = effect.at_gates
    assert dict(zip(made.gates, closed, strict=True))["gate-port-laredo"] == 1.0
    assert not closed[:9].any()


@pytest.mark.parametrize(
    ("place", "acts"), [("us-poe-hidalgo", True), ("pa-canaan-membrillo", True), ("ve-caracas", False)]
)
def test_a_policy_acts_at_the_gate_that_stands_for_its_place(
    americas: Region, happened: Scenario, place: str, acts: bool
) -> None:
    elsewhere = tuple(replace(p, where=(place,)) if p.id == "t42-original" else p for p in happened.policies)
    made = timetable(replace(happened, policies=elsewhere), americas, START, 30)
    assert ("t42-original" in made.acting) == acts
    nowhere = ("t42-original", "expulsion", "no gate of the pack stands where it acts")
    assert (nowhere in made.not_modelled) != acts


def test_an_exemption_from_what_is_not_there_is_listed(americas: Region, happened: Scenario) -> None:
    kept = tuple(p for p in happened.policies if p.id != "t42-original")
    made = timetable(replace(happened, policies=kept), americas, START, 730)
    reasons = {name: reason for name, _, reason in made.not_modelled}
    assert reasons["t42-ukraine-exemption"] == "exempts from a policy that the scenario does not hold"


def test_a_unit_is_never_guessed(happened: Scenario) -> None:
    parole = next(policy for policy in happened.policies if policy.id == "chnv-parole")
    odd = replace(parole, effect={"amount": Amount(30000, "persons per quarter")})
    with pytest.raises(
        ScenarioError, match="policy chnv-parole: unit persons per quarter: unit is no number"
    ):
        people_a_day(odd)
    dollars = replace(parole, effect={"amount": Amount(150, "USD per person")})
    with pytest.raises(ScenarioError, match="unit USD per person"):
        people_a_day(dollars)


def test_the_toy_pack(toy: Region) -> None:
    made = timetable(load_scenario(toy, "expulsion-stays"), toy, date(2022, 4, 1), 183)
    assert made.nationalities == ("OTHER", "XAA", "XBB")
    days = made.expulsion.sum(axis=2)[made.gates.index("gate-sector-duna")]
    assert days.tolist() == [122, 122, 0]
    assert made.returns.sum(axis=2)[made.gates.index("gate-sector-duna")].tolist() == [0, 61, 0]
    assert not made.expulsion[made.gates.index("gate-bosque")].any()


@settings(max_examples=30)
@given(first=st.integers(0, 1600), days=st.integers(1, 300))
def test_a_window_is_a_slice_of_a_longer_one(
    americas: Region, happened: Scenario, first: int, days: int
) -> None:
    start = date(2019, 1, 1)
    long = timetable(happened, americas, start, 1900)
    short = timetable(happened, americas, start + timedelta(days=first), days)
    part = slice(first, first + days)
    assert (short.expulsion == long.expulsion[..., part]).all()
    assert (short.returns == long.returns[..., part]).all()
    assert short.appointments_people.tobytes() == long.appointments_people[:, part].tobytes()
    quotas = {path.policy: path.quota_people[part] for path in long.pathways}
    assert all((path.quota_people == quotas[path.policy]).all() for path in short.pathways)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 136), min_size=1, max_size=10, unique=True))
def test_taking_out_never_adds_an_expulsion_or_a_place(
    americas: Region, happened: Scenario, made: Timetable, which: list[int]
) -> None:
    kinds = {"exemption"}
    names = [happened.policies[n].id for n in which if happened.policies[n].kind not in kinds]
    changed = happened
    for name in names:
        if any(policy.id == name for policy in changed.policies):
            changed = without(changed, name)
    less = timetable(changed, americas, START, 730)
    assert not (less.expulsion & ~made.expulsion).any()
    assert not (less.returns & ~made.returns).any()
    assert {path.policy for path in less.pathways} <= {path.policy for path in made.pathways}
