"""From what a date expression says to the periods it may mean, seen from the document's date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from travesia.record.reading.dates import periods, tense
from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.periods import Period
from travesia.record.reading.dates.views import Choice, View

# Newspapers leave out the year only within the document's year or close to it (AP style): a date of another
# year gives way to one that is this many times nearer, whatever the verb.
_NEARER = 5


def choices(phrase: said.Phrase, view: View) -> list[Choice]:
    """Return the readings of a phrase, the likeliest first; none where the text does not settle it."""
    try:
        found = _READERS[type(phrase)](phrase, view)
    except (ValueError, OverflowError):
        return []
    kept: dict[str, Choice] = {}
    for choice in found:
        kept.setdefault(choice.period.text, choice)
    return list(kept.values())


def _calendar(phrase: said.Calendar, view: View) -> list[Choice]:
    if phrase.year is not None:
        return [Choice(_in_year(phrase, phrase.year), "the year stands beside it")]
    if phrase.year_shift is not None:
        return [
            Choice(_in_year(phrase, view.day.year + phrase.year_shift), "counted from the document's year")
        ]
    if phrase.weekday is not None and phrase.day is not None:
        settled = _by_weekday(phrase, view)
        if settled:
            return settled
    day = view.day
    options = _existing(lambda year: _in_year(phrase, year), range(day.year - 4, day.year + 5))
    return _either_side(options, view, phrase.side)


def _in_year(phrase: said.Calendar, year: int) -> Period:
    if phrase.day is not None:
        return periods.dates_of(year, phrase.month, phrase.day, phrase.last_day)
    start = periods.month(year, phrase.month)
    if phrase.last_month is None:
        return start
    return periods.between(start, periods.month(year + (phrase.last_month < phrase.month), phrase.last_month))


def _existing(period: Callable[[int], Period], years: Sequence[int]) -> list[Period]:
    found = []
    for year in years:
        try:
            found.append(period(year))
        except ValueError:  # 29 February, or a year out of reach
            continue
    return found


def _first(options: Sequence[Period], fits: Callable[[Period], bool]) -> Period:
    for option in options:
        if fits(option):
            return option
    raise ValueError("no such date")  # 31 February


def _by_weekday(phrase: said.Calendar, view: View) -> list[Choice]:
    """Settle the year by the weekday: the nearest one in which the two agree."""
    middle = view.day.year if view.published else max(view.years, default=0)
    if not middle:
        raise ValueError("no year to start from")
    options = [
        option
        for option in _existing(lambda year: _in_year(phrase, year), range(middle - 6, middle + 7))
        if option.first.weekday() == phrase.weekday
    ]
    if view.published is None:
        options.sort(key=lambda option: abs(option.first.year - middle))
    else:
        options.sort(key=lambda option: option.distance(view.day))
    return [Choice(option, "the nearest year in which day and weekday agree") for option in options[:1]]


def _either_side(options: list[Period], view: View, side: str | None) -> list[Choice]:
    """Choose among the same date in neighbouring years."""
    day = view.day
    if side == "this":
        return [Choice(option, "of this year") for option in options if option.first.year == day.year]
    if side == "last":
        return [Choice(_first(options[::-1], lambda one: one.last < day), "the last one before")]
    if side == "next":
        return [Choice(_first(options, lambda one: one.first > day), "the next one")]
    past = _first(options[::-1], lambda one: one.first <= day)
    future = _first(options, lambda one: one.last >= day)
    return _by_tense(past, future, view, "such date")


def _by_tense(past: Period, future: Period, view: View, what: str) -> list[Choice]:
    day = view.day
    back = Choice(past, f"{tense.WORDS['past']}: the last {what} up to the document's date")
    ahead = Choice(future, f"{tense.WORDS['future']}: the next {what} from the document's date on")
    if past == future:
        return [back._replace(reason="it holds the document's date")]
    first = {"past": back, "future": ahead}.get(view.leaning or "")
    if first is not None:
        other = ahead if first is back else back
        nearer = first.period.distance(day) > _NEARER * other.period.distance(day)
        if view.sure or first.period.first.year == day.year or not nearer:
            return [first, other]
    near, other = sorted((back, ahead), key=lambda choice: choice.period.distance(day))
    if past.first.year == day.year and past.distance(day) <= _NEARER * future.distance(day):
        return [back._replace(reason=f"{tense.WORDS[None]}: the same year as the document's"), ahead]
    return [near._replace(reason=f"{tense.WORDS[None]}: the nearest {what} to the document's date"), other]


def _years(phrase: said.Years, view: View) -> list[Choice]:
    calendar = periods.between(periods.year(phrase.first), periods.year(phrase.last))
    fiscal = periods.between(periods.fiscal_year(phrase.first), periods.fiscal_year(phrase.last))
    plain = Choice(calendar, "calendar years")
    by_budget = Choice(fiscal, "fiscal years of the United States, October to September", fiscal=True)
    if phrase.fiscal:
        if not view.us and phrase.by_noun:
            return [plain, by_budget]
        return [by_budget] if view.us else [by_budget, plain]
    return [plain, by_budget] if view.us and phrase.last > phrase.first else [plain]


def _numeric(phrase: said.Numeric, view: View) -> list[Choice]:
    found = []
    for of_year, of_month, number in phrase.readings:
        try:
            found.append(
                Choice(periods.day(date(of_year, of_month, number)), "customary order of day and month")
            )
        except ValueError:
            continue
    return found[:1] + [other._replace(reason="the other order of day and month") for other in found[1:]]


def _weekday(phrase: said.Weekday, view: View) -> list[Choice]:
    day = view.exact_day
    week = timedelta(days=7)
    if phrase.day is not None:
        return _weekday_and_day(phrase, view)
    past = periods.weekday_near(day, phrase.weekday, past=True)
    future = periods.weekday_near(day, phrase.weekday, past=False)
    if phrase.side == "last":
        return [
            Choice(
                periods.weekday_near(day - timedelta(days=1), phrase.weekday, past=True),
                "the last one before",
            )
        ]
    if phrase.side == "next":
        coming = periods.weekday_near(day + timedelta(days=1), phrase.weekday, past=False)
        return [
            Choice(coming, "the next one"),
            Choice(periods.day(coming.first + week), "the one of next week"),
        ]
    leaning = view.leaning or ("future" if phrase.side == "this" else None)
    if past == future:
        other = periods.day(day + (week if leaning == "future" else -week))
        return [Choice(past, "the document's own weekday"), Choice(other, "a week away")]
    back = Choice(past, f"{tense.WORDS['past']}: the last such weekday before the document's date")
    ahead = Choice(future, f"{tense.WORDS['future']}: the next such weekday after the document's date")
    if leaning is None:
        # News names the weekdays just past; a coming one takes a verb that says so.
        return [back._replace(reason=f"{tense.WORDS[None]}: weekdays of news are mostly past"), ahead]
    return [ahead, back] if leaning == "future" else [back, ahead]


def _weekday_and_day(phrase: said.Weekday, view: View) -> list[Choice]:
    day = view.exact_day
    found = [
        periods.day(on)
        for offset in range(-400, 401)
        if (on := day + timedelta(days=offset)).day == phrase.day and on.weekday() == phrase.weekday
    ]
    found.sort(key=lambda option: option.distance(day))
    return [Choice(option, "the nearest day on which number and weekday agree") for option in found[:1]]


def _month_day(phrase: said.MonthDay, view: View) -> list[Choice]:
    day = view.day if phrase.month_shift is not None else view.exact_day

    def in_month(number: int) -> Period:
        of = periods.month(day.year, number)
        return periods.dates_of(of.first.year, of.first.month, phrase.day, phrase.last_day)

    if phrase.month_shift is not None:
        return [Choice(in_month(day.month + phrase.month_shift), "counted from the document's month")]
    options = _existing(in_month, range(day.month - 2, day.month + 3))
    past = _first(options[::-1], lambda one: one.first <= day)
    future = _first(options, lambda one: one.last >= day)
    return _by_tense(past, future, view, "such day")


def _shift(phrase: said.Shift, view: View) -> list[Choice]:
    if phrase.fiscal:
        number = view.day.year + (view.day.month >= 10) + phrase.offset
        return _years(said.Years(number, number, fiscal=True), view)
    if phrase.unit in {"day", "week", "weekend"}:
        if phrase.unit == "day" and phrase.offset == 0 and view.published is not None:
            return [Choice(view.published, "the document's date")]
        return [
            Choice(
                periods.unit_of(view.exact_day, phrase.unit, phrase.offset),
                "counted from the document's date",
            )
        ]
    return [Choice(periods.unit_of(view.day, phrase.unit, phrase.offset), "counted from the document's date")]


def _ago(phrase: said.Ago, view: View) -> list[Choice]:
    short = phrase.unit in {"day", "week", "weekend"}
    on = periods.moved(view.exact_day if short else view.day, phrase.unit, -phrase.count)
    reason = "counted from the document's date"
    if phrase.unit == "week":
        week = periods.unit_of(on, "week")
        return [Choice(periods.day(on), reason), Choice(week, "the whole week")]
    # "A year ago" compares with the same month, "five years ago" does not know the month.
    months = phrase.unit in {"month", "quarter", "half"} or (phrase.unit == "year" and phrase.count == 1)
    grain = "day" if short else "month" if months else "year"
    return [Choice(periods.unit_of(on, grain), reason)]


def _apart(phrase: said.Apart, view: View) -> list[Choice]:
    """Count from the day named last, or the month; without one, back from the document's date."""
    short = phrase.unit in {"day", "week"}
    last = view.before if short else view.last
    if last is None or last.unit not in {"day", "month"}:
        return _ago(said.Ago(phrase.unit, -phrase.count), view) if phrase.count < 0 else []
    on = periods.moved(last.first, phrase.unit, phrase.count)
    grain = "day" if short else "month" if phrase.unit == "month" else "year"
    return [Choice(periods.unit_of(on, grain), "counted from the date named before")]


def _window(phrase: said.Window, view: View) -> list[Choice]:
    day = view.exact_day
    on = periods.moved(day, phrase.unit, phrase.count if phrase.ahead else -phrase.count)
    ends = (day, on) if phrase.ahead else (on, day)
    whole = periods.between(periods.day(ends[0]), periods.day(ends[1]))
    return [
        Choice(
            whole, "counted from the document's date" if phrase.ahead else "counted to the document's date"
        )
    ]


def _now(phrase: said.Now, view: View) -> list[Choice]:
    if view.published is None:
        return []
    return [Choice(replace(view.published, text=f"{view.published.text}~"), "up to the document's date")]


def _vague(phrase: said.Vague, view: View) -> list[Choice]:
    return []


def _other_year(phrase: said.OtherYear, view: View) -> list[Choice]:
    last = view.last
    if last is None and phrase.offset > 0:
        return []
    number = (last.first.year if last else view.day.year) + phrase.offset
    monthly = phrase.same_month and last is not None and last.unit in {"day", "month"}
    period = periods.month(number, last.first.month) if last and monthly else periods.year(number)
    return [Choice(period, "counted from the date named before")]


def _same_period(phrase: said.SamePeriod, view: View) -> list[Choice]:
    years = choices(phrase.year, view)
    if not years:
        return []
    number = years[0].period.first.year
    if view.last is None or view.last.unit == "year":
        return years
    last = view.last
    ends = [periods.month(number, day.month) for day in (last.first, last.last)]
    if last.unit == "day":
        ends = [periods.day(day.replace(year=number)) for day in (last.first, last.last)]
    return [Choice(periods.between(*ends), "the months named before, of another year")]


def _part_of_year(phrase: said.PartOfYear, view: View) -> list[Choice]:
    if phrase.year is None:
        years = [periods.year(view.day.year + offset) for offset in (-1, 0, 1)]
        options = [periods.part_of_year(one, phrase.number, phrase.months) for one in years]
        past = _first(options[::-1], lambda one: one.first <= view.day)
        return _by_tense(past, _first(options, lambda one: one.last >= view.day), view, "such part of a year")
    return [
        choice._replace(period=periods.part_of_year(choice.period, phrase.number, phrase.months))
        for choice in choices(phrase.year, view)
    ]


def _season(phrase: said.Season, view: View) -> list[Choice]:
    def of_year(year: int, month: int) -> Period:
        return periods.between(periods.month(year, month), periods.month(year, month + 2))

    if phrase.year is not None:
        year = phrase.year
    else:
        day = view.day
        options = [of_year(day.year + offset, phrase.month) for offset in range(-2, 3)]
        if phrase.offset < 0:
            year = _first(options[::-1], lambda one: one.last < day).first.year
        elif phrase.offset > 0:
            year = _first(options, lambda one: one.first > day).first.year
        else:
            year = day.year
    north = Choice(of_year(year, phrase.month), "the season of the north")
    return [north, Choice(of_year(year, (phrase.month + 5) % 12 + 1), "the season of the south")]


def _decade(phrase: said.Decade, view: View) -> list[Choice]:
    return [Choice(periods.between(periods.year(phrase.first), periods.year(phrase.first + 9)), "a decade")]


def _anaphor(phrase: said.Anaphor, view: View) -> list[Choice]:
    if phrase.offset < 0 and view.published is not None and view.published.unit == "day":
        # "On the eve" of news is yesterday.
        eve = Choice(
            periods.day(view.exact_day + timedelta(days=phrase.offset)), "the day before the document's"
        )
        if view.before is None or view.before.first > view.exact_day:
            return [eve]
    if view.before is None:
        return []
    on = view.before.last + timedelta(days=phrase.offset)
    return [Choice(periods.day(on), "counted from the date named before")]


def _part(phrase: said.Part, view: View) -> list[Choice]:
    return [choice._replace(period=choice.period.part(phrase.name)) for choice in choices(phrase.of, view)]


def _range(phrase: said.Range, view: View) -> list[Choice]:
    """Read both ends; an end that names no year takes it from the other."""
    start, end = phrase.start, phrase.end
    if isinstance(start, said.Calendar) and isinstance(end, said.Calendar):
        start, end = _sharing_year(start, end)
    if isinstance(start, said.Weekday) and isinstance(end, said.Weekday) and view.leaning != "future":
        return _weekdays_back(start, end, view)
    starts = choices(start, view)
    found = []
    for first in starts:
        onward = replace(view, published=first.period, leaning="future") if _open(end) else view
        for last in choices(end, onward):
            if last.period.last >= first.period.first:
                whole = periods.between(first.period, last.period)
                found.append(Choice(whole, first.reason, first.fiscal or last.fiscal))
                break
    return found


def _weekdays_back(start: said.Weekday, end: said.Weekday, view: View) -> list[Choice]:
    """Read "from Tuesday to Thursday" of what is past: the last Thursday, and the Tuesday before it."""
    found = []
    for last in choices(end, view):
        first = choices(start, replace(view, published=last.period, leaning="past"))[0]
        found.append(last._replace(period=periods.between(first.period, last.period)))
    return found


def _open(phrase: said.Phrase) -> bool:
    """Tell whether a date gets its year or week from the one before it."""
    inner = phrase.of if isinstance(phrase, said.Part) else phrase
    if isinstance(inner, said.Calendar):
        return inner.year is None and inner.year_shift is None
    return isinstance(inner, said.Weekday | said.MonthDay)


def _sharing_year(start: said.Calendar, end: said.Calendar) -> tuple[said.Calendar, said.Calendar]:
    if start.year is None and end.year is not None and start.year_shift is None:
        return replace(start, year=end.year - (start.month > end.month)), end
    return start, end


_READERS: dict[type, Callable[..., list[Choice]]] = {
    said.Calendar: _calendar, said.Years: _years, said.Numeric: _numeric, said.Weekday: _weekday,
    said.MonthDay: _month_day, said.Shift: _shift, said.Ago: _ago, said.Apart: _apart, said.Window: _window,
    said.Now: _now,
    said.Vague: _vague, said.PartOfYear: _part_of_year, said.Season: _season, said.Decade: _decade,
    said.OtherYear: _other_year, said.SamePeriod: _same_period, said.Anaphor: _anaphor, said.Part: _part,
    said.Range: _range,
}  # fmt: skip
