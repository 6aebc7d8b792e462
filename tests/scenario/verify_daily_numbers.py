"""Daily numbers worked out by hand from the numbers that the notices print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from travesia.scenario import Policy, Scenario, people_a_day
from travesia.terms import Amount, Span

INFINITE = float("inf")


def policy(happened: Scenario, name: str) -> Policy:
    return next(policy for policy in happened.policies if policy.id == name)


@pytest.mark.parametrize(
    ("name", "people", "why"),
    [
        ("ven-parole", 300.0, "24,000 over 80 days: 18 October 2022 to 5 January 2023"),
        ("chnv-parole", 30000 / 30.4375, "30,000 a month of 30.4375 days"),
        ("h2b-2021", 6000 / 129, "129 days: 25 May to 30 September 2021"),
        ("h2b-2022", 6500 / 246, "246 days: 28 January to 30 September 2022"),
        ("h2b-2023", 20000 / 290, "290 days: 15 December 2022 to 30 September 2023"),
        ("us-refugee-pledge", 20000 / 731, "731 days: fiscal years 2023 and 2024, with a leap day"),
        ("col-pan-quota", 650.0, "650 a day"),
        ("cbp-one-1450", 1450.0, "1,450 a day"),
        ("t42-chn-expulsions", 30000 / 30.4375, "30,000 a month"),
        ("u4u", INFINITE, "no numerical limit"),
        ("cbp-one-t42", INFINITE, "daily number not found"),
    ],
)
def test_daily_number(happened: Scenario, name: str, people: float, why: str) -> None:
    assert people_a_day(policy(happened, name)) == pytest.approx(people, rel=1e-12), why


def test_total_is_kept(happened: Scenario) -> None:
    parole = policy(happened, "ven-parole")
    quota = people_a_day(parole)
    assert quota is not None
    assert quota * parole.span.days == pytest.approx(24000)


def test_total_uses_the_planned_end_where_there_is_no_other(happened: Scenario) -> None:
    open_end = replace(
        policy(happened, "ven-parole"), span=Span(date(2022, 10, 18)), planned_end=date(2022, 10, 28)
    )
    assert people_a_day(open_end) == 2400.0
    assert people_a_day(replace(open_end, planned_end=None)) is None


def test_an_amount_without_a_value_is_no_limit(happened: Scenario) -> None:
    missing = replace(policy(happened, "u4u"), effect={"amount": Amount(None, "persons per month")})
    assert people_a_day(missing) == INFINITE
