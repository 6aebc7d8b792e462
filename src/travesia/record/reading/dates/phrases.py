"""What a date expression says, before anybody knows when it was said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Calendar:
    """A month, or a day or days in it; ``None`` is what the words leave out.

    `month` to `last_month`, `day` to `last_day`. `side` is ``this``, ``last`` or ``next`` where a word
    says so, `year_shift` an offset ("of last year").
    """

    month: int
    last_month: int | None = None
    day: int | None = None
    last_day: int | None = None
    year: int | None = None
    weekday: int | None = None
    side: str | None = None
    year_shift: int | None = None


@dataclass(frozen=True)
class Years:
    """A year or years; `fiscal` where the words say so, `by_noun` where only a noun such as exercice does."""

    first: int
    last: int
    fiscal: bool = False
    by_noun: bool = False


@dataclass(frozen=True)
class Numeric:
    """A date in numbers: year, month and day of each reading, the customary one first."""

    readings: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Weekday:
    """A weekday, with the day of the month where it stands beside ("Friday the 10th")."""

    weekday: int
    side: str | None = None
    day: int | None = None


@dataclass(frozen=True)
class MonthDay:
    """A day of a month that is not named, or days: "no dia 10", "el 10 de este mes"."""

    day: int
    last_day: int | None = None
    month_shift: int | None = None


@dataclass(frozen=True)
class Shift:
    """A whole unit counted from the one that holds the document's date: "last year", "today"."""

    unit: str
    offset: int
    fiscal: bool = False


@dataclass(frozen=True)
class Ago:
    """So many units before or, if negative, after the document's date."""

    unit: str
    count: int


@dataclass(frozen=True)
class Apart:
    """So many units after or, if negative, before the date named last: "two days earlier"."""

    unit: str
    count: int


@dataclass(frozen=True)
class Window:
    """So many units up to the document's date, or from it on: "the past two years"."""

    unit: str
    count: int
    ahead: bool


@dataclass(frozen=True)
class Vague:
    """Time around the document's date that no number bounds: "in the coming years"."""

    ahead: bool


@dataclass(frozen=True)
class Now:
    """The document's date as an open end: "to date"."""


@dataclass(frozen=True)
class OtherYear:
    """So many years from the date named last; `same_month` where months are compared ("a year earlier")."""

    offset: int
    same_month: bool


@dataclass(frozen=True)
class PartOfYear:
    """A quarter, a half, or so many first or last months of a year; of one not named if ``None``."""

    number: int
    months: int
    year: Years | Shift | None


@dataclass(frozen=True)
class Season:
    """A season of a year; `month` is the one in which it starts in the north."""

    month: int
    year: int | None = None
    offset: int = 0


@dataclass(frozen=True)
class Decade:
    """A decade by its first year."""

    first: int


@dataclass(frozen=True)
class SamePeriod:
    """The months or days of the period named last, in another year."""

    year: Years | Shift


@dataclass(frozen=True)
class Anaphor:
    """The date just named, or so many days after it."""

    offset: int


@dataclass(frozen=True)
class Part:
    """The beginning, middle or end of a period."""

    name: str
    of: Phrase


@dataclass(frozen=True)
class Range:
    """From one date to another."""

    start: Phrase
    end: Phrase


Phrase = (
    Calendar | Years | Numeric | Weekday | MonthDay | Shift | Ago | Apart | Window | Vague | Now | PartOfYear
    | Season | Decade | OtherYear | SamePeriod | Anaphor | Part | Range
)  # fmt: skip
