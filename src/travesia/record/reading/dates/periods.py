"""Periods of the calendar, written as records write them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1000, 2999
# Dates of one text fall into few months and years.
_KEPT = 4_096
_TENTHS = {"early": (0.0, 0.35), "middle": (0.35, 0.65), "late": (0.65, 1.0)}


@dataclass(frozen=True)
class Period:
    """From a first to a last day, both included.

    `text` is the value of a record's date; `unit` the finest grain that the words gave: ``day``, ``month``
    or ``year``.
    """

    first: date
    last: date
    text: str
    unit: str

    def distance(self, day: date) -> int:
        """Return how many days lie between this period and a day; 0 for a day inside it."""
        return max((self.first - day).days, (day - self.last).days, 0)

    def part(self, name: str) -> Period:
        """Narrow the days to the ``early``, ``middle`` or ``late`` part; the value stays as written."""
        length = (self.last - self.first).days + 1
        start, end = (round(length * share) for share in _TENTHS[name])
        first = self.first + timedelta(days=start)
        return replace(self, first=first, last=self.first + timedelta(days=max(start, end - 1)))


@lru_cache(maxsize=_KEPT)
def year(number: int) -> Period:
    """Return a calendar year; raises ``ValueError`` for one that no report would name."""
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(number)
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number:04}", "year")


@lru_cache(maxsize=_KEPT)
def fiscal_year(number: int) -> Period:
    """Return the US fiscal year: October of the year before to September (31 U.S.C. 1102)."""
    return between(month(number - 1, 10), month(number, 9))


@lru_cache(maxsize=_KEPT)
def month(of_year: int, number: int) -> Period:
    """Return a month; months below 1 and above 12 lie in the years around."""
    of_year, number = of_year + (number - 1) // 12, (number - 1) % 12 + 1
    year(of_year)
    last = monthrange(of_year, number)[1]
    return Period(date(of_year, number, 1), date(of_year, number, last), f"{of_year:04}-{number:02}", "month")


def day(on: date) -> Period:
    """Return a single day."""
    year(on.year)
    return Period(on, on, on.isoformat(), "day")


def between(start: Period, end: Period) -> Period:
    """Return the period from the start of one to the end of the other.

    Raises
    ------
    ValueError
        If the second ends before the first begins.
    """
    if end.last < start.first:
        raise ValueError(f"{start.text} to {end.text}")
    left, right = start.text.rstrip("~").split("/")[0], end.text.split("/")[-1]
    return Period(start.first, end.last, left if left == right else f"{left}/{right}", start.unit)


def unit_of(on: date, unit: str, offset: int = 0) -> Period:
    """Return the week, month and so on that holds a day, or one that many before or after it.

    Weeks start on Monday; a weekend is Saturday and Sunday.
    """
    if unit == "day":
        return day(_shifted(on, offset))
    if unit in {"week", "weekend"}:
        start = _shifted(on - timedelta(days=on.weekday()), 7 * offset + (5 if unit == "weekend" else 0))
        return between(day(start), day(start + timedelta(days=1 if unit == "weekend" else 6)))
    if unit == "month":
        return month(on.year, on.month + offset)
    if unit in {"quarter", "half"}:
        length = 3 if unit == "quarter" else 6
        start_month = (on.month - 1) // length * length + 1 + offset * length
        return between(month(on.year, start_month), month(on.year, start_month + length - 1))
    if unit == "decade":
        start_year = on.year // 10 * 10 + 10 * offset
        return between(year(start_year), year(start_year + 9))
    if unit == "century":
        start_year = (on.year - 1) // 100 * 100 + 1 + 100 * offset
        return between(year(start_year), year(start_year + 99))
    return year(on.year + offset)


def moved(on: date, unit: str, count: int) -> date:
    """Return the day that many units later; the last day of a shorter month where the day is missing."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is None:
        return _shifted(on, count * (1 if unit == "day" else 7))
    target = month(on.year, on.month + months * count)
    return target.first.replace(day=min(on.day, target.last.day))


def _shifted(on: date, days: int) -> date:
    if abs(days) > 1_000_000:
        raise ValueError(days)
    return on + timedelta(days=days)


def dates_of(of_year: int, of_month: int, number: int, through: int | None = None) -> Period:
    """Return a day of a month, or the days from one to another; raises ``ValueError`` if there is none."""
    start = day(date(of_year, of_month, number))
    return start if through is None else between(start, day(date(of_year, of_month, through)))


def weekday_near(on: date, weekday: int, past: bool) -> Period:
    """Return the last such weekday up to a day, or the first from it on."""
    if past:
        return day(on - timedelta(days=(on.weekday() - weekday) % 7))
    return day(on + timedelta(days=(weekday - on.weekday()) % 7))


def part_of_year(of: Period, number: int, months: int) -> Period:
    """Return the quarter, half or the like of a year, calendar or fiscal, that starts with `of`."""
    start = of.first.month + (number - 1) * months
    if number < 1 or number * months > 12:
        raise ValueError(number)
    return between(month(of.first.year, start), month(of.first.year, start + months - 1))


def written(value: str) -> Period:
    """Return the period that a record's value stands for; raises ``ValueError`` for anything else."""
    left, _, right = value.rstrip("~").partition("/")
    start = _written(left)
    end = _written(right) if right else start
    return Period(start.first, end.last, value, start.unit)


def _written(text: str) -> Period:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return year(parts[0])
    if len(parts) == 2:
        if not 1 <= parts[1] <= 12:
            raise ValueError(text)
        return month(*parts)
    of_year, of_month, number = parts
    return day(date(of_year, of_month, number))
