"""Pace by hand: delivered / expected, as a band, under each curve."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledgers import MONEY, admissions, ledger_of, paid, record

from travesia.region import Region
from travesia.terms import Span
from travesia.tracking import Balance, Curve, track

HALF_YEAR = {f"2022-0{month}": 10.0 for month in range(1, 7)}


def one(day: str, region: Region, **changes: Any) -> Balance:
    (found,) = track(region, ledger_of(record(**changes)), as_of=date.fromisoformat(day))
    return found


def test_at_the_end_of_a_month_pace_is_one_number() -> None:
    found = one("2022-03-31", admissions(HALF_YEAR))
    assert found.pace is not None
    assert (found.pace.curve, found.pace.elapsed, found.reached) == ("linear", 0.5, 0.3)
    # 30 came, and half of 100 were to come.
    assert found.pace.expected_low == found.pace.expected_high == 50
    assert found.pace.low == found.pace.high == 0.6


def test_within_a_month_pace_is_a_band() -> None:
    found = one("2022-04-15", admissions(HALF_YEAR))
    assert found.delivered == 30
    assert found.pace is not None
    # Three months were counted, and three and a half are over.
    assert found.pace.expected_low == pytest.approx(50)
    assert found.pace.expected_high == pytest.approx(100 * 3.5 / 6)
    assert found.pace.high == pytest.approx(0.6)
    assert found.pace.low == pytest.approx(30 / (100 * 3.5 / 6))


def test_a_window_that_opens_within_a_month_widens_the_band() -> None:
    found = one("2022-03-31", admissions(HALF_YEAR), period_start="2022-01-17")
    # January has 15 days left of 31: the window is 5 months and 15/31; February and March are counted.
    whole = 5 + 15 / 31
    assert found.pace is not None
    assert found.pace.expected_low == pytest.approx(100 * 2 / whole)
    assert found.pace.expected_high == pytest.approx(100 * (2 + 15 / 31) / whole)
    assert "period" in [each.kind for each in found.mismatches]


@pytest.mark.parametrize(("curve", "expected"), [("linear", 50), ("front_loaded", 75), ("back_loaded", 25)])
def test_curves_at_half_time(curve: str, expected: float) -> None:
    found = one("2022-03-31", admissions(HALF_YEAR), curve=curve)
    assert found.pace is not None
    assert found.pace.curve == curve
    assert found.pace.expected_high == pytest.approx(expected)
    assert found.pace.high == pytest.approx(30 / expected)


def test_a_parallel_year_gives_each_month_its_own_part() -> None:
    before = {f"2019-{month:02d}": 0.0 for month in range(1, 13)} | {
        "2019-01": 30.0,
        "2019-02": 10.0,
        "2019-05": 40.0,
    }
    found = one("2022-02-28", admissions(HALF_YEAR | before), curve="parallel_year", curve_from="2019-01")
    # Of the 80 of those months of 2019, 40 had come by the end of February.
    assert found.pace is not None
    assert (found.pace.expected_high, found.pace.high) == (50, 0.4)
    assert found.pace.elapsed == pytest.approx(2 / 6)


def test_a_parallel_year_that_is_not_covered_gives_no_pace_and_says_why() -> None:
    found = one("2022-02-28", admissions(HALF_YEAR), curve="parallel_year", curve_from="2019-01")
    assert (found.pace, found.delivered) == (None, 20)
    assert "admissions does not cover 2019-01 of the parallel year" in found.why
    silent = {f"2019-{month:02d}": 0.0 for month in range(1, 13)}
    found = one("2022-02-28", admissions(HALF_YEAR | silent), curve="parallel_year", curve_from="2019-01")
    assert "nothing was counted in admissions in the parallel year" in found.why


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("curve", "quadratic", "curve quadratic: is none of linear"),
        ("curve", "parallel_year", "curve_from: is missing"),
        ("curve_from", "2019", "curve_from 2019: is not a month"),
    ],
)
def test_a_curve_that_is_not_stated_well_is_refused(field: str, value: str, says: str) -> None:
    with pytest.raises(Exception, match=says):
        one("2022-02-28", admissions(HALF_YEAR), **{field: value})


def test_without_an_end_there_is_no_pace() -> None:
    found = one("2022-06-30", admissions(HALF_YEAR), period_end=None)
    assert found.pace is None
    assert "no pace: no end was named" in found.why


def test_after_the_window_pace_is_what_was_reached() -> None:
    found = one("2023-01-31", admissions(HALF_YEAR))
    assert found.pace is not None
    assert (found.pace.elapsed, found.pace.low, found.pace.high, found.reached) == (1, 0.6, 0.6, 0.6)


def test_payments_are_held_against_the_day_they_are_known_to() -> None:
    row = {"day": "2022-01-31", "value": 100.0}
    found = one("2022-03-31", paid(row), **MONEY)
    assert found.pace is not None
    assert (found.pace.low, found.pace.high) == pytest.approx((100 / 500, 100 / (1000 / 6)))
    sure = one("2022-03-31", paid({**row, "covers_to": "2022-12-31"}), **MONEY)
    assert sure.pace is not None
    assert (sure.pace.low, sure.pace.high) == (0.2, 0.2)


@given(
    st.dates(date(2021, 6, 1), date(2025, 1, 1)),
    st.dates(date(2021, 1, 1), date(2022, 3, 1)),
    st.integers(1, 1000),
    st.sampled_from(["linear", "front_loaded", "back_loaded"]),
)
def test_curves_rise_from_nothing_to_all(day: date, start: date, days: int, name: str) -> None:
    window = Span(start, date.fromordinal(start.toordinal() + days))
    curve = Curve(name, window)
    later = date.fromordinal(day.toordinal() + 7)
    assert 0 <= curve.expected(day) <= curve.expected(later) + 1e-12
    assert curve.expected(start) == 0
    assert window.end is not None
    assert curve.expected(window.end) == pytest.approx(1)
    assert curve.elapsed(window.end) == pytest.approx(1)
