"""Days, months, US fiscal years and half-open spans.

Months are text, ``YYYY-MM``; days are ``datetime.date``; a span holds its start and not its end.
The US fiscal year N runs from October of N-1 to September of N.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Span:
    """Days from `start` up to but not including `end`; `end` is ``None`` while no end is known.

    Spans sort by start, then by end; an end that is not known comes last.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"span ends on {self.end}, before its start {self.start}")

    @classmethod
    def from_last_day(cls, start: date, last: date | None) -> Self:
        """Make a span from an inclusive last day, as laws and notices state it."""
        return cls(start, None if last is None else last + timedelta(days=1))

    @property
    def days(self) -> int:
        """Number of days; raises ``ValueError`` for a span without an end."""
        if self.end is None:
            raise ValueError(f"span from {self.start} has no end")
        return (self.end - self.start).days

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end or date.max) < (other.start, other.end or date.max)

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def clip(self, other: Span) -> Span | None:
        """Return the part of this span inside `other`, or ``None`` where they do not meet."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Span(start, end)

    def __str__(self) -> str:
        return f"{self.start}/{self.end or '..'}"


def parse_day(text: str) -> date:
    """Read ``YYYY-MM-DD``; raises ``ValueError`` for anything else, also for days that do not exist."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day written YYYY-MM-DD")
    return date.fromisoformat(text)


def parse_month(text: str) -> str:
    """Check ``YYYY-MM`` and return it; raises ``ValueError`` for anything else."""
    if not _MONTH.fullmatch(text):
        raise ValueError(f"{text!r} is not a month written YYYY-MM")
    return text


def month_of(day: date) -> str:
    """Return the month of a day, ``YYYY-MM``."""
    return day.isoformat()[:7]


def add_months(month: str, count: int) -> str:
    """Return the month `count` months later (earlier if negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def first_day(month: str) -> date:
    """Return the first day of a month."""
    return date(int(month[:4]), int(month[5:7]), 1)


def month_span(month: str) -> Span:
    """Return the span of a month."""
    return Span(first_day(month), first_day(add_months(month, 1)))


def months_in(span: Span) -> list[str]:
    """Return every month that a span touches, in order; raises ``ValueError`` for a span without an end."""
    if span.end is None:
        raise ValueError(f"span from {span.start} has no end")
    if span.end == span.start:
        return []
    first = month_of(span.start)
    last = month_of(span.end - timedelta(days=1))
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
    return [add_months(first, number) for number in range(count + 1)]


def fiscal_year(month: str) -> int:
    """Return the US fiscal year of a month."""
    year, number = int(month[:4]), int(month[5:7])
    return year + 1 if number >= 10 else year


def fiscal_year_span(year: int) -> Span:
    """Return the span of a US fiscal year."""
    return Span(date(year - 1, 10, 1), date(year, 10, 1))
