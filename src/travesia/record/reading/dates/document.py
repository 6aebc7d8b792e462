"""The document's own date: printed in its head, or bounded by what it tells as past and as to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.dates import periods
from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.finding import Dated, dated, said_in
from travesia.record.reading.dates.periods import Period
from travesia.record.reading.nouns import DocumentDate, Text

# A date of publication stands within so many characters of the start, in a line no longer than so many.
_HEAD, _LINE = 2_000, 100
# A text is signed within so many characters of its end.
_FOOT = 700
# And titled within so many of its start.
_TITLES = 500
# Bounds as near as this leave little doubt: a report mostly appears the day after what it tells.
_NEAR_DAYS = 7
# So many of the years that a text names settle those that it leaves out; more would only cost.
_MOST_YEARS = 100
# Before the date stand a place or a name ("WASHINGTON, D.C.,", "Paris, le", "By Ana Paz |"), and no prose.
_PROSE = re.compile(r"(?<![\w'-])[a-zà-þ][\w'-]{3,}")
_AFTER_LINE = re.compile(r"[\s.,;:|)\]•-]{0,6}(?:$|\d{1,2}[:h.]\d\d.{0,30}$|[|•(-].{0,50}$)")
# "Lima, 3 May 2024", "Paris, le ", "Asunci\u00f3n, ": a place that opens a line, or that ends a title.
_PLACE = re.compile(
    r"\W{0,3}[^\W\d_][^\d,;:()|]{1,40},\s(?:[A-Z]\.\s?[A-Z]\.,\s)?(?:(?:on|le|les|el|em|a|os|los)\s)?(?:the\s|d\u00edas?\s|dias?\s)?"
)
_TITLE_PLACE = re.compile(r"[-|,(]\s?" + _PLACE.pattern + "$")
_AFTER_PLACE = re.compile(r"\s?\([^()\n]{2,60}\)\s?[.:-]|\s?[.:]\s{1,2}[^\W\d_a-z]")
_AFTER_DATELINE = re.compile(r"\s{0,2}(?:\([\w ./-]{1,30}\))?\s{0,2}\.?\s{0,2}(?:-|\.-)")


# A line of the title is no longer than so many, and a date ends it where one of these sets it off.
_TITLE_LINE = 140
_SET_OFF = re.compile(r"(?:[|,;:.)\]]|\s-)\s{1,2}(?:(?:le|el|em|a|on)\s)?$")
_AFTER_TITLE = re.compile(r"[\s.)\]]{0,3}$|\s(?:by|por|par)\s.{0,80}$")
_DATELINE_PLACE = re.compile(r"\W{0,3}[A-ZÀ-Þ][^\d,;:()|\n]{1,40},\s(?:(?:on|le|el|em|a)\s)?")
# So many years at most lie between a dateline and the latest year that its text names.
_LEFT_OUT = 2


def document_date(text: Text) -> DocumentDate:
    """Find the date of a document in its own text.

    A whole date in the head, on a line of its own, after a label ("Release Date:"), in a news agency's
    dateline or at the end of a line of the title, a month there too, is ``stated``. Otherwise the date is
    ``inferred``: not before the latest day told as past, not after the earliest told as to come; each is
    ``None`` where the text does not say.
    """
    if text.language not in LANGUAGES:
        return DocumentDate(None, None, None, "inferred", "the language is not read")
    years = tuple(found for phrase in said_in(text) for found in _years_of(phrase))
    mentioned = list(dated(text, None, years[-_MOST_YEARS:]))
    days = [one for one in mentioned if one.when.value is not None and one.when.first == one.when.last]
    heads = [one for one in days if one.when.start <= _HEAD and _printed(text, one)]
    ends = [one for one in days if _signed(text, one)]
    # Of a meeting of several days, the last is when its text was adopted.
    meetings = [
        one for one in mentioned if one.when.start <= _HEAD and _is_run_of_days(one) and _printed(text, one)
    ]
    titles = [one for one in mentioned if one.when.value is not None and _titled(text, one)]
    if titles and (not heads or titles[0].when.start < heads[0].when.start):
        heads, ends = titles, []
    for one in (*heads[:1], *ends[-1:], *meetings[:1]):
        when = one.when
        value = when.value if one in titles and not _is_run_of_days(one) else when.last
        first = when.first if value == when.value else value
        return DocumentDate(value, first, when.last, "stated", f"printed: {_quote(text, one)}")
    return _by_dateline(text, mentioned) or _inferred(text, mentioned)


def _titled(text: Text, one: Dated) -> bool:
    """Tell whether a date ends a line of the title: "Policy brief 12 | May 2024", "Report, 3 May 2024".

    What stands before it on the line is a name, not a sentence; a bare month or day has its year beside it.
    """
    phrase = one.phrase.of if isinstance(one.phrase, said.Part) else one.phrase
    if not isinstance(phrase, said.Calendar | said.Numeric) or getattr(phrase, "year", True) is None:
        return False
    plain, when = text.plain, one.when
    start = plain.rfind("\n", 0, when.start) + 1
    end = plain.find("\n", when.end)
    before, after = plain[start : when.start], plain[when.end : end if end >= 0 else len(plain)]
    if when.end > _TITLES or max(map(len, plain[:start].split("\n"))) > _TITLE_LINE:
        return False
    if len(before) > _TITLE_LINE or not _AFTER_TITLE.match(after):
        return False
    if not before.strip() or _datings(text.language).search(before):
        return True
    return not after and bool(_SET_OFF.search(before))


@cache
def _datings(language: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w'-])(?:{cues(language, 'dates')['document']['datings']})\s(?:\S{{1,4}}\s)?$", re.IGNORECASE
    )


def _by_dateline(text: Text, mentioned: Sequence[Dated]) -> DocumentDate | None:
    """Settle a dateline without a year ("LIMA, May 3 -") by the weekdays that its paragraph tells as past."""
    told = [one.when.first for one in mentioned if one.when.first and one.leaning != "future"]
    latest = int(max(told, default="0")[:4])
    for one in mentioned:
        phrase, start = one.phrase, one.when.start
        line = text.plain.rfind("\n", 0, start) + 1
        if not isinstance(phrase, said.Calendar) or phrase.day is None or phrase.year is not None:
            continue
        if start > _HEAD or not _AFTER_DATELINE.match(text.plain, one.when.end):
            continue
        if not _DATELINE_PLACE.fullmatch(text.plain, line, start):
            continue
        end = text.plain.find("\n", start)
        weekdays = {
            other.phrase.weekday
            for other in mentioned
            if isinstance(other.phrase, said.Weekday)
            and other.leaning == "past"
            and start < other.when.start < (end if end >= 0 else len(text.plain))
        }
        found = [
            day
            for year in range(latest - _LEFT_OUT, latest + _LEFT_OUT + 1)
            for day in _days_of(year, phrase)
            if day.first.weekday() in weekdays
        ]
        if found:
            day = min(found, key=lambda one: (abs(one.first.year - latest), -one.first.year))
            return DocumentDate(
                day.text, day.text, day.text, "inferred", f"day and weekday agree: {_quote(text, one)}"
            )
    return None


def _is_run_of_days(one: Dated) -> bool:
    value = one.when.value or ""
    return (
        "/" in value
        and "~" not in value
        and isinstance(one.phrase, said.Calendar)
        and one.phrase.day is not None
    )


@cache
def _signing(language: str) -> re.Pattern[str]:
    signed = cues(language, "dates")["document"]["signed"]
    return re.compile(rf"(?:^|[.;]\s)\W{{0,4}}(?:{signed})\b[^.;\d]{{0,60}}$", re.IGNORECASE)


def _signed(text: Text, one: Dated) -> bool:
    """Tell whether a date stands where a text was signed: "Done at Lima, 3 May 2024", at its end."""
    plain = text.plain
    if one.when.start < len(plain) - _FOOT:
        return False
    start = plain.rfind("\n", 0, one.when.start) + 1
    before = plain[max(start, one.when.start - _LINE) : one.when.start]
    end = plain.find("\n", one.when.end)
    after = plain[one.when.end : end if end >= 0 else len(plain)]
    if _signing(text.language).search(before):
        return True
    return start > 0 and bool(_PLACE.fullmatch(before)) and not after.strip(" .")


def _years_of(phrase: said.Phrase) -> tuple[int, ...]:
    if isinstance(phrase, said.Calendar):
        return () if phrase.year is None else (phrase.year,)
    if isinstance(phrase, said.Range):
        return _years_of(phrase.start) + _years_of(phrase.end)
    return ()


def _quote(text: Text, one: Dated) -> str:
    return " ".join(text.plain[one.when.start : one.when.end].split())


@cache
def _labels(language: str) -> re.Pattern[str]:
    labels = sorted(cues(language, "dates")["document"]["labels"], key=len, reverse=True)
    named = "|".join(re.escape(label).replace(r"\ ", r"\s{1,2}") for label in labels)
    return re.compile(rf"^\W{{0,4}}(?:{named})\W{{0,4}}(?:(?:on|el|le|em|en)\s)?\W{{0,2}}$", re.IGNORECASE)


def _printed(text: Text, one: Dated) -> bool:
    """Tell whether a date stands where a document prints its own."""
    plain = text.plain
    start = plain.rfind("\n", 0, one.when.start) + 1
    end = plain.find("\n", one.when.end)
    before, after = plain[start : one.when.start], plain[one.when.end : end if end >= 0 else len(plain)]
    if len(before) > _LINE:
        return False
    if _labels(text.language).match(before) or "Federal Register Vol" in before:
        return True
    if _PLACE.fullmatch(before) and before.strip()[:1].isupper() and _AFTER_PLACE.match(after):
        return True
    if not after.strip(" .") and one.when.start <= _TITLES and _TITLE_PLACE.search(before):
        return True
    if _PROSE.search(before):
        return False
    short = len(before) + len(after) <= _LINE and _AFTER_LINE.match(after) is not None
    return short or _AFTER_DATELINE.match(after) is not None


@dataclass(frozen=True)
class _Bound:
    day: date
    period: Period
    quote: str


def _inferred(text: Text, mentioned: Sequence[Dated]) -> DocumentDate:
    past: list[_Bound] = []
    ahead: list[_Bound] = []
    year = _only_year(mentioned)
    for one in mentioned:
        period = _period(one, year)
        if period is None or one.when.relation in {"until", "by", "before"}:
            continue
        if one.leaning == "past" and period.unit != "year" and "/" not in period.text:
            past.append(_Bound(period.first, period, _quote(text, one)))
        elif one.leaning == "future" and one.when.value is not None:
            ahead.append(_Bound(period.last, period, _quote(text, one)))
    earliest = max(past, key=lambda bound: (bound.day, bound.period.unit == "day"), default=None)
    later = [bound for bound in ahead if earliest is None or bound.day >= earliest.day]
    latest = min(later, key=lambda bound: bound.day, default=None)
    return DocumentDate(
        _between(earliest, latest),
        earliest.day.isoformat() if earliest else None,
        latest.day.isoformat() if latest else None,
        "inferred",
        _basis(earliest, latest),
    )


def _period(one: Dated, year: int | None) -> Period | None:
    """Return the days of a date; one without a year takes the only year that the text keeps naming."""
    if one.when.value is not None:
        return periods.written(one.when.value)
    if year is None or not isinstance(one.phrase, said.Calendar) or one.phrase.day is None:
        return None
    try:
        return periods.dates_of(year, one.phrase.month, one.phrase.day, one.phrase.last_day)
    except ValueError:
        return None


def _days_of(year: int, phrase: said.Calendar) -> list[Period]:
    try:
        return [periods.dates_of(year, phrase.month, phrase.day or 1)]
    except ValueError:
        return []


def _only_year(mentioned: Sequence[Dated]) -> int | None:
    """Return the year that a text names more than once, if it names no other."""
    years = [one.when.first[:4] for one in mentioned if one.when.first and not one.when.fiscal]
    return int(years[0]) if len(years) > 1 and len(set(years)) == 1 else None


def _between(earliest: _Bound | None, latest: _Bound | None) -> str | None:
    """Guess the day; a month told as past says too little about when it was told."""
    if earliest is None or earliest.period.unit != "day":
        return None
    if latest is not None and 0 < (latest.day - earliest.day).days <= _NEAR_DAYS:
        return periods.day(earliest.day + timedelta(days=1)).text
    return earliest.period.text


def _basis(earliest: _Bound | None, latest: _Bound | None) -> str:
    told = [f"told as past: {earliest.quote}"] if earliest else []
    told += [f"told as to come: {latest.quote}"] if latest else []
    return "; ".join(told) or "no date in the text bounds it"
