"""Taking policies out and moving ends: what changes, from when on, and what follows along."""

from __future__ import annotations

import timeit
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.region import Region
from travesia.scenario import (
    Policy,
    Scenario,
    Timetable,
    first_difference,
    load_policies,
    timetable,
    with_end,
    without,
)
from travesia.scenario.changes import capped, resting
from travesia.scenario.digests import digest_of
from travesia.terms import ScenarioError, Span, UnknownIdsError

START, DAYS = date(2018, 1, 1), 2190


def by_id(scenario: Scenario) -> dict[str, Policy]:
    return {policy.id: policy for policy in scenario.policies}


def assert_same_until(a: Timetable, b: Timetable, days: int) -> None:
    """Bit for bit, appointments and pathways included; a pathway that is not there is one with no places."""
    assert (a.gates, a.nationalities) == (b.gates, b.nationalities)
    assert (a.expulsion[..., :days] == b.expulsion[..., :days]).all()
    assert (a.returns[..., :days] == b.returns[..., :days]).all()
    # Not as bytes: a comparison that fails on purpose would have its difference worked out at length.
    assert np.array_equal(a.appointments_people[:, :days], b.appointments_people[:, :days], equal_nan=True)
    left, right = ({path.policy: path for path in made.pathways} for made in (a, b))
    nothing = np.zeros(days)
    for name in left.keys() | right.keys():
        ours = left[name].quota_people[:days] if name in left else nothing
        theirs = right[name].quota_people[:days] if name in right else nothing
        assert (ours == theirs).all(), name


@pytest.fixture(scope="module")
def whole(happened: Scenario, americas: Region) -> Timetable:
    return timetable(happened, americas, START, DAYS)


def test_taking_out_any_policy_changes_nothing_before_its_first_effect(
    americas: Region, happened: Scenario, whole: Timetable
) -> None:
    acting = [policy for policy in happened.policies if policy.in_model]
    assert len(acting) == 128
    for policy in acting:
        changed = without(happened, policy.id)
        first = changed.first_difference
        assert first is not None
        assert first <= policy.span.start
        assert policy.announced is None or first <= policy.announced
        days = max(0, min((first - START).days, DAYS))
        assert_same_until(whole, timetable(changed, americas, START, DAYS), days)


@pytest.mark.parametrize("name", ["t42-original", "t8-chnv-returns-mexico", "cbp-one-1000", "chnv-parole"])
def test_taking_out_a_policy_that_acts_changes_the_timetable(
    americas: Region, happened: Scenario, whole: Timetable, name: str
) -> None:
    with pytest.raises(AssertionError):
        assert_same_until(whole, timetable(without(happened, name), americas, START, DAYS), DAYS)


def test_without_title_42_nobody_is_expelled(americas: Region, happened: Scenario, whole: Timetable) -> None:
    changed = without(happened, "t42-original")
    assert whole.expulsion.any()
    assert not timetable(changed, americas, START, DAYS).expulsion.any()
    assert "t42-chn-expulsions" not in by_id(changed)
    assert "t42-chn-expulsions" in changed.changes[0]
    assert changed.base == "title-42-stays"
    assert changed.first_difference == date(2020, 3, 20)


def test_taking_out_what_is_not_in_the_model_makes_no_difference(happened: Scenario) -> None:
    assert without(happened, "t42-dc-ruling").first_difference is None


def test_taking_out_an_umbrella_takes_out_its_steps(happened: Scenario) -> None:
    gone = by_id(happened).keys() - by_id(without(happened, "cbp-one")).keys()
    assert gone == {"cbp-one", "cbp-one-t42", "cbp-one-1000", "cbp-one-1250", "cbp-one-1450"}


def test_what_only_begins_when_another_has_ended_does_not_rest_on_it(happened: Scenario) -> None:
    assert "hnd-fine-amnesty-2" in by_id(without(happened, "hnd-fine-amnesty"))
    assert "col-pan-quota-2" in by_id(happened)
    assert by_id(happened)["col-pan-quota-2"].span.end is None


def test_a_policy_without_an_end_ends_with_what_it_rests_on(americas: Region, happened: Scenario) -> None:
    recorded = {policy.id: policy for policy in load_policies(americas.folder)}
    for name in ("mex-tamaulipas-families", "t42-lateral-flights", "del-rio-haiti-flights"):
        assert recorded[name].span.end is None
        assert by_id(happened)[name].span.end == date(2023, 5, 12)


def test_moving_an_end_earlier_takes_along_what_rests_on_it(happened: Scenario) -> None:
    moved = by_id(with_end(happened, "t42-original", date(2022, 12, 21)))
    resting_on = [policy for policy in happened.policies if policy.part_of == "t42-original"]
    assert len(resting_on) == 14
    for policy in resting_on:
        if policy.span.start >= date(2022, 12, 21):
            assert policy.id not in moved
        else:
            end = moved[policy.id].span.end
            assert end is not None
            assert end <= date(2022, 12, 21)
    assert moved["t42-children-exempt"].span.end == date(2021, 1, 29)


def test_moving_an_end_later_prolongs_what_ended_on_the_same_day(happened: Scenario) -> None:
    moved = by_id(with_end(happened, "t42-original", date(2023, 9, 1)))
    assert moved["t42-venezuela-expulsions"].span.end == date(2023, 9, 1)
    assert moved["t42-ukraine-exemption"].span.end == date(2022, 4, 25)


def test_a_moved_end_differs_from_the_earlier_of_both(happened: Scenario) -> None:
    assert with_end(happened, "t42-original", date(2022, 12, 21)).first_difference == date(2022, 12, 21)
    assert with_end(happened, "t42-original", date(2023, 9, 1)).first_difference == date(2023, 5, 12)


def test_a_moved_end_says_in_words_what_goes_with_it(happened: Scenario) -> None:
    (words,) = with_end(happened, "t42-original", date(2022, 12, 21)).changes
    assert words.startswith("t42-original ends on 2022-12-21 instead of 2023-05-12; with it end ")
    assert words.endswith("never begun: t42-chn-expulsions")


def test_an_end_before_the_start_is_refused(happened: Scenario) -> None:
    with pytest.raises(
        ScenarioError, match=r"^scenario title-42-stays: t42-original 2020-03-21: would end before"
    ):
        with_end(happened, "t42-original", date(2020, 3, 21))


@pytest.mark.parametrize("change", [without, lambda s, name: with_end(s, name, date(2022, 1, 1))])
def test_an_unknown_policy_is_named(happened: Scenario, change: object) -> None:
    with pytest.raises(UnknownIdsError, match="unknown policy title-43; use an id of its policies"):
        change(happened, "title-43")  # type: ignore[operator]


def test_the_digest_is_that_of_the_content_by_any_way(happened: Scenario) -> None:
    assert happened.digest == digest_of(happened)
    for name in ("u4u", "t42-original", "slv-visa-ven"):
        assert without(happened, name).digest == digest_of(without(happened, name))
    moved = with_end(happened, "t42-original", date(2022, 12, 21))
    assert moved.digest == digest_of(moved)
    assert len({happened.digest, moved.digest, without(happened, "u4u").digest}) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x"},
        {"rules": "flee"},
        {"departures": ()},
        {"span": Span(date(2022, 1, 1), date(2022, 1, 2))},
    ],
)
def test_the_digest_sees_every_field(happened: Scenario, change: dict[str, object]) -> None:
    changed = replace(happened, **change)  # type: ignore[arg-type]
    assert (digest_of(changed) == happened.digest) == (changed == happened)


def test_taking_a_policy_out_costs_microseconds(happened: Scenario) -> None:
    best = min(timeit.repeat(lambda: without(happened, "clp-rule"), number=5, repeat=10)) / 5
    assert best < 0.002, "over ten times the usual 120 microseconds"


def test_a_scenario_never_differs_from_itself(happened: Scenario) -> None:
    assert first_difference(happened, happened) is None


def test_another_parameter_differs_from_the_first_day(happened: Scenario) -> None:
    other = replace(happened, parameters=happened.parameters[1:])
    assert first_difference(happened, other) == happened.span.start


@settings(max_examples=40)
@given(offset=st.integers(1, 1500))
def test_any_moved_end_leaves_the_days_before_alone(
    americas: Region, happened: Scenario, whole: Timetable, offset: int
) -> None:
    day = date(2020, 3, 21) + timedelta(days=offset)
    changed = with_end(happened, "t42-original", day)
    first = changed.first_difference or date(2100, 1, 1)
    assert_same_until(whole, timetable(changed, americas, START, DAYS), min((first - START).days, DAYS))
    for policy in changed.policies:
        if policy.part_of == "t42-original":
            assert policy.span.end is not None
            assert policy.span.end <= day


def invented(number: int, start: int, length: int | None, parent: int | None) -> Policy:
    first = date(2022, 1, 1) + timedelta(days=start)
    end = None if length is None else first + timedelta(days=length)
    return Policy(
        id=f"p{number}", kind="expulsion", authority=("XCC",), span=Span(first, end), where=("xc-duna",),
        nationalities=None, excepted=(), demographics=None, effect={}, in_model=True, description="",
        certainty="invented", source="invented", part_of=None if parent is None else f"p{parent}",
    )  # fmt: skip


@st.composite
def forests(draw: st.DrawFn) -> tuple[Policy, ...]:
    """Policies of which each may rest on an earlier one."""
    out: list[Policy] = []
    for number in range(draw(st.integers(1, 8))):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        length = draw(st.none() | st.integers(1, 200))
        out.append(invented(number, draw(st.integers(0, 200)), length, parent))
    return tuple(out)


@given(forests())
def test_no_policy_outlasts_what_it_rests_on(policies: tuple[Policy, ...]) -> None:
    rests = resting(policies)
    ends = {policy.id: policy.span.end or date.max for policy in capped(policies, rests)}
    starts = {policy.id: policy.span.start for policy in policies}
    for child, parent in rests.items():
        assert ends[child] <= ends[parent] or ends[parent] < starts[child]
    assert capped(capped(policies, rests), rests) == capped(policies, rests)


@given(forests(), st.integers(0, 7), st.integers(1, 400))
def test_moving_any_end_keeps_order_in_any_forest(
    policies: tuple[Policy, ...], which: int, offset: int
) -> None:
    policies = capped(policies, resting(policies))
    chosen = policies[which % len(policies)]
    span = Span(date(2022, 1, 1), date(2023, 6, 1))
    scenario = Scenario("s", "S", "toy", policies, (), (), span)
    scenario = replace(scenario, digest=digest_of(scenario))
    day = chosen.span.start + timedelta(days=offset)
    moved = with_end(scenario, chosen.id, day)
    assert by_id(moved)[chosen.id].span.end == day
    untouched = {policy.id for policy in policies} - {chosen.id}
    for child in resting(policies):
        if resting(policies)[child] == chosen.id and child in by_id(moved):
            end = by_id(moved)[child].span.end
            assert end is not None
            assert end <= day
            untouched.discard(child)
    assert moved.digest == digest_of(moved)
    gone = {policy.id for policy in policies} - by_id(moved).keys()
    assert all(by_id(scenario)[name].part_of is not None for name in gone)
