"""What was known when: the end of Title 42 on three days, and what must hold on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.region import Region
from travesia.scenario import Policy, Scenario, as_known, load_policy_set, load_scenario, timetable
from travesia.scenario.policies import PolicySet
from travesia.terms import Span

DAYS = st.dates(date(2017, 1, 1), date(2026, 1, 1))


@pytest.fixture(scope="module")
def recorded(americas: Region) -> PolicySet:
    return load_policy_set(americas.folder)


def stays(region: Region, known: date) -> dict[str, Policy]:
    scenario = load_scenario(region, "title-42-stays", known=known)
    return {policy.id: policy for policy in scenario.policies}


@pytest.mark.parametrize(
    ("known", "end"),
    [
        (date(2022, 3, 31), None),
        (date(2022, 4, 1), date(2022, 5, 23)),
        (date(2022, 5, 20), None),
        (date(2022, 11, 14), None),
        (date(2022, 11, 15), date(2022, 12, 21)),
        (date(2022, 12, 18), date(2022, 12, 21)),
        (date(2022, 12, 19), None),
        (date(2022, 12, 20), None),
        (date(2022, 12, 28), None),
        (date(2023, 1, 29), None),
        (date(2023, 1, 30), date(2023, 5, 12)),
        (date(2023, 6, 15), date(2023, 5, 12)),
    ],
)
def test_the_end_of_title_42_as_known_on_a_day(americas: Region, known: date, end: date | None) -> None:
    assert stays(americas, known)["t42-original"].span.end == end


def test_what_rests_on_title_42_ends_with_it_as_known(americas: Region) -> None:
    before, after = stays(americas, date(2022, 12, 18)), stays(americas, date(2022, 12, 20))
    for name in ("t42-lateral-flights", "t42-venezuela-expulsions", "mex-tamaulipas-families"):
        assert before[name].span.end == date(2022, 12, 21)
        assert after[name].span.end is None


def test_a_policy_not_yet_announced_is_unknown(americas: Region) -> None:
    assert "chnv-parole" not in stays(americas, date(2023, 1, 4))
    assert "chnv-parole" in stays(americas, date(2023, 1, 5))


def test_a_policy_announced_before_its_start_is_known_but_not_in_force(americas: Region) -> None:
    pledge = stays(americas, date(2022, 6, 10))["us-refugee-pledge"]
    assert pledge.span == Span(date(2022, 10, 1), date(2024, 10, 1))


def test_an_end_that_nobody_knew_is_no_end(americas: Region) -> None:
    assert stays(americas, date(2022, 11, 1))["ven-parole"].span.end is None
    assert stays(americas, date(2023, 1, 5))["ven-parole"].span.end == date(2023, 1, 6)


def test_an_end_fixed_then_and_moved_later_counts_as_fixed_then(americas: Region) -> None:
    assert stays(americas, date(2022, 10, 1))["tps-ven-1"].span.end == date(2024, 3, 11)
    assert stays(americas, date(2023, 9, 20))["tps-ven-1"].span.end == date(2025, 9, 11)


def test_an_end_without_a_day_of_knowledge_is_known_on_the_last_day(recorded: PolicySet) -> None:
    closed = next(policy for policy in recorded.policies if policy.id == "covid-gtm")
    last = date(2020, 9, 17)
    assert closed.end_known is None
    assert as_known([closed], (), last - timedelta(days=1))[0].span.end is None
    assert as_known([closed], (), last)[0].span.end == last + timedelta(days=1)


def test_a_total_without_a_known_end_is_listed_not_guessed(americas: Region) -> None:
    scenario = load_scenario(americas, "title-42-stays", known=date(2022, 11, 1))
    made = timetable(scenario, americas, date(2022, 10, 1), 92)
    assert "ven-parole" not in made.acting
    assert [reason for name, _, reason in made.not_modelled if name == "ven-parole"] == [
        "a total without a known end cannot be spread over days"
    ]


def test_overrides_of_what_is_not_yet_known_have_nothing_to_do(americas: Region) -> None:
    scenario = load_scenario(americas, "title-42-ends-mexico-refuses", known=date(2022, 12, 20))
    assert "chnv-parole" not in {policy.id for policy in scenario.policies}
    assert "without chnv-parole" not in scenario.changes


@given(day=DAYS, later=st.integers(0, 900))
def test_knowledge_only_grows(recorded: PolicySet, day: date, later: int) -> None:
    first = {policy.id for policy in as_known(recorded.policies, recorded.plans, day)}
    second = {
        policy.id for policy in as_known(recorded.policies, recorded.plans, day + timedelta(days=later))
    }
    assert first <= second


@given(day=DAYS)
def test_a_day_knows_nothing_of_the_future(recorded: PolicySet, day: date) -> None:
    by_id = {policy.id: policy for policy in recorded.policies}
    for policy in as_known(recorded.policies, recorded.plans, day):
        assert (policy.announced or policy.span.start) <= day
        truth = by_id[policy.id]
        if truth.end_known is not None and truth.end_known > day and policy.span.end is not None:
            fixed = {
                truth.planned_end,
                *(p.end for p in recorded.plans if p.policy == policy.id and p.known <= day),
            }
            assert policy.span.end in fixed


@given(later=st.integers(0, 4000))
def test_long_after_everything_is_as_recorded(recorded: PolicySet, later: int) -> None:
    day = date(2026, 1, 1) + timedelta(days=later)
    assert as_known(recorded.policies, recorded.plans, day) == recorded.policies


@settings(max_examples=15, deadline=None)
@given(day=st.dates(date(2021, 10, 1), date(2023, 9, 30)))
def test_until_the_day_itself_a_view_as_known_acts_as_it_happened(
    americas: Region, happened: Scenario, day: date
) -> None:
    known = load_scenario(americas, "title-42-stays", known=day)
    start = date(2021, 10, 1)
    days = (day - start).days + 1
    a, b = timetable(happened, americas, start, days), timetable(known, americas, start, days)
    assert (a.expulsion == b.expulsion).all()
    assert (a.returns == b.returns).all()
