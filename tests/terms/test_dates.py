from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.terms import (
    Span,
    add_months,
    first_day,
    fiscal_year,
    fiscal_year_span,
    month_of,
    month_span,
    months_in,
    parse_day,
    parse_month,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
months = st.builds(lambda y, m: f"{y:04d}-{m:02d}", st.integers(1900, 2199), st.integers(1, 12))
spans = st.builds(lambda start, length: Span(start, start + timedelta(length)), days, st.integers(0, 4000))
open_spans = st.one_of(spans, st.builds(Span, days))


def test_a_span_holds_its_start_and_not_its_end():
    span = Span(date(2022, 12, 21), date(2023, 5, 12))
    assert date(2022, 12, 21) in span
    assert date(2023, 5, 11) in span
    assert date(2023, 5, 12) not in span
    assert date(2022, 12, 20) not in span
    assert span.days == 142


def test_an_inclusive_last_day_becomes_the_next_day():
    assert Span.from_last_day(date(2020, 3, 21), date(2023, 5, 11)).end == date(2023, 5, 12)
    assert Span.from_last_day(date(2020, 3, 21), None).end is None
    assert Span.from_last_day(date(2020, 3, 21), date(2020, 3, 21)).days == 1


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before its start"):
        Span(date(2023, 1, 2), date(2023, 1, 1))


def test_an_open_span_has_no_length_and_no_list_of_months():
    span = Span(date(2023, 1, 1))
    assert date(9999, 12, 31) in span
    with pytest.raises(ValueError, match="no end"):
        _ = span.days
    with pytest.raises(ValueError, match="no end"):
        months_in(span)
    assert str(span) == "2023-01-01/.."


@given(st.lists(open_spans, max_size=8))
def test_spans_sort_by_start_and_then_by_end_with_the_open_end_last(some):
    shuffled = random.Random(1).sample(some, len(some))
    assert sorted(shuffled) == sorted(some, key=lambda s: (s.start, s.end is None, s.end or s.start))


@given(open_spans, open_spans, days)
def test_a_clipped_span_holds_the_days_that_both_hold(a, b, day):
    both = a.clip(b)
    assert (both is not None and day in both) == (day in a and day in b)
    assert both == b.clip(a)


@given(spans)
def test_a_span_has_as_many_days_as_lie_in_it(span):
    around = [span.start + timedelta(n) for n in range(-2, span.days + 2)]
    assert sum(day in span for day in around) == span.days


@given(spans)
def test_months_of_a_span_are_those_of_its_days(span):
    inside = {month_of(span.start + timedelta(n)) for n in range(span.days)}
    assert months_in(span) == sorted(inside)


@given(months, st.integers(-1200, 1200), st.integers(-1200, 1200))
def test_adding_months_adds_up(month, a, b):
    assert add_months(month, 0) == month
    assert add_months(add_months(month, a), -a) == month
    assert add_months(add_months(month, a), b) == add_months(month, a + b)


@given(months)
def test_months_meet_without_gap_or_overlap(month):
    span = month_span(month)
    assert span.start == first_day(month)
    assert span.end == first_day(add_months(month, 1))
    assert 28 <= span.days <= 31
    assert months_in(span) == [month]


@given(days)
def test_every_day_lies_in_the_span_of_its_month_and_of_its_fiscal_year(day):
    assert day in month_span(month_of(day))
    assert day in fiscal_year_span(fiscal_year(month_of(day)))


@given(st.integers(1900, 2199))
def test_a_fiscal_year_is_twelve_months_from_october(year):
    inside = months_in(fiscal_year_span(year))
    assert len(inside) == 12
    assert inside[0] == f"{year - 1}-10"
    assert inside[-1] == f"{year}-09"
    assert {fiscal_year(month) for month in inside} == {year}


@given(days)
def test_a_day_is_read_as_it_is_written(day):
    assert parse_day(day.isoformat()) == day
    assert parse_month(month_of(day)) == month_of(day)


def test_a_month_before_the_year_1000_has_four_figures_for_the_year():
    assert month_of(date(999, 1, 1)) == "0999-01"


@pytest.mark.parametrize(
    "text",
    [
        "2022-13-01",
        "2022-02-30",
        "2022-2-3",
        "20220203",
        "2022-02-03T00:00",
        " 2022-02-03",
        "2022-02-03\n",
        "",
        "2022-02",
        "٢٠٢٢-02-03",
        "03/02/2022",
        "2022-W05-4",
    ],
)
def test_what_is_not_a_day_is_refused(text):
    with pytest.raises(ValueError, match=r"day|month"):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-00", "2022-1", "2022", "2022-01-01", "2022-01\n", "٢٠٢٢-01", ""]
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        parse_month(text)
