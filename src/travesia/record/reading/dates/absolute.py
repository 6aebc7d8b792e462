"""Rules for dates that name their month or year."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.parser import Item, Parser, Rule, full_year

_SIDES = {"T": "this", "L": "last", "X": "next"}
_OFFSETS = {"T": 0, "L": -1, "X": 1}

_YEAR = r"(?P<year>Y|'[DN])"
_TAIL = (
    rf"(?:(?:,?[oa]{{0,3}}(?:Uo?)?|/){_YEAR}|[oa]{{0,3}}(?P<shift>[TLX]U|U[TLX])|(?P<side>[TLX])(?![UNDW]))?"
)
_DAYS = r"(?P<days>[DOR](?:(?:,[aU]{0,2}[DO]){0,6},?[&|t/-][aoU]{0,3}(?:W,?)?[DO])?)"
_MONTHS = r"(?P<months>[Mm](?:(?:,[Mm]){0,10},?[&|t/-][aof]{0,3}[Mm])?)"
_YEARS = r"(?P<years>Y(?:[-/][DN](?![/-])|(?:,Y){0,9},?[&|]Y|[-/]Y)?)"
_FISCAL = r"(?:FU?F?|UF|xF?)(?:\(F\))?"
_FISCAL_YEARS = (
    rf"(?P<years>(?:Y|'?[DN])(?:(?:,Y){{0,9}},?[&|t/-][oa]{{0,2}}(?:{_FISCAL}[oa]?)?(?:Y|'?[DN]))?)"
)


def _sorted_out(parser: Parser, match: re.Match[str], group: str, wanted: str) -> tuple[list[int], bool]:
    """Return the tokens of a list that count, and whether they make one period rather than several dates."""
    start, end = match.span(group)
    found = [at for at in range(start, end) if parser.run.codes[at] in wanted]
    values = [parser.value(at) for at in found]
    joiners = parser.run.codes[start:end]
    running = all(later == earlier + 1 for earlier, later in pairwise(values))
    through = any(mark in joiners for mark in "t-/") or (
        "&" in joiners and (running or parser.between(start))
    )
    return found, len(found) == 1 or (through and values[0] < values[-1])


def _side(parser: Parser, match: re.Match[str]) -> str | None:
    before = match.groupdict().get("pre")
    if before:
        return _SIDES[before[0]]
    after = match.group("side")
    return _SIDES[after] if after and parser.words.adjectives_follow else None


def _tail_end(parser: Parser, match: re.Match[str]) -> int:
    """Return where a date ends; a word after it that does not belong to it stays outside."""
    if match.group("side") and not parser.words.adjectives_follow:
        return match.start("side")
    return match.end()


def _year_shift(match: re.Match[str], parser: Parser) -> int | None:
    shift = match.group("shift")
    if not shift:
        return None
    unit = match.start("shift") + shift.index("U")
    return next(_OFFSETS[code] for code in shift if code in _OFFSETS) if parser.unit(unit) == "year" else None


def _days(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read days of a named month, whichever comes first."""
    days, one = _sorted_out(parser, match, "days", "DOR")
    values = [parser.value(at) for at in days]
    if any(not 1 <= value <= 31 for value in values) or not _plausible_ordinal(parser, match):
        return None
    if parser.counts(parser.run.tokens[days[-1]]) and days[-1] > match.start("month"):
        return None
    if match.group("shift") and _year_shift(match, parser) is None:
        return None
    end, year = _tail_end(parser, match), parser.year(match)
    if year is not None and year % 100 == 0 and parser.counts(parser.run.tokens[match.end("year") - 1]):
        end, year = max(days[-1], match.start("month")) + 1, None
    weekday = parser.value(match.start("weekday")) if match.group("weekday") else None
    whole = said.Calendar(
        month=parser.value(match.start("month")), day=values[0], last_day=values[-1] if one else None,
        year=year, weekday=weekday, side=_side(parser, match), year_shift=_year_shift(match, parser),
    )  # fmt: skip
    if one:
        single = replace(whole, last_day=None) if len(values) == 1 else whole
        return [Item(single, match.start(), end)]
    starts, ends = [match.start(), *days[1:]], [*(at + 1 for at in days[:-1]), end]
    return [
        Item(replace(whole, day=value, weekday=weekday if start == match.start() else None), start, until)
        for value, start, until in zip(values, starts, ends, strict=True)
    ]


def _day_said(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "9th day of February 2026", "a los 9 días del mes de febrero de 2026"."""
    return _days(parser, match) if parser.unit(match.end("days")) == "day" else None


def _plausible_ordinal(parser: Parser, match: re.Match[str]) -> bool:
    """Tell whether an ordinal word may be a day: "first of June", "premier janvier"."""
    start, end = match.span("days")
    if "R" not in parser.run.codes[start:end]:
        return True
    follows = parser.run.codes[end : match.start("month")]
    return "o" in follows or (parser.words.adjectives_follow and parser.value(start) == 1)


def _month_days(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    # "En junio 10 migrantes": only English and a year make a day of a number after the month.
    if not (parser.words.month_first or match.group("year")) or "R" in match.group("days"):
        return None
    return _days(parser, match)


def _months(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    if match.group("unit") and parser.unit(match.start("unit")) != "month":
        return None
    months, one = _sorted_out(parser, match, "months", "Mm")
    values = [parser.value(at) for at in months]
    joiners = parser.run.codes[slice(*match.span("months"))]
    one = one or any(mark in joiners for mark in "t-/")
    end, year = _tail_end(parser, match), parser.year(match)
    if year is not None and year % 100 == 0 and parser.counts(parser.run.tokens[match.end("year") - 1]):
        end, year = match.end("months"), None
    shift = _year_shift(match, parser)
    if match.group("shift") and shift is None:
        end = match.end("months")
    if year is None and shift is None and "m" in match.group("months"):
        return None
    whole = said.Calendar(values[0], year=year, year_shift=shift, side=_side(parser, match))
    if one:
        last = values[-1] if len(values) > 1 else None
        return [Item(replace(whole, last_month=last), match.start(), end)]
    starts, ends = [match.start(), *months[1:]], [*(at + 1 for at in months[:-1]), end]
    return [
        Item(replace(whole, month=value), start, until)
        for value, start, until in zip(values, starts, ends, strict=True)
    ]


def _years(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    text, start = match.group("years"), match.start("years")
    if len(text) == 3 and text[1] in "-/" and text[2] in "DN":
        following = parser.value(start + 2)
        first = parser.value(start)
        last = first - first % 100 + following + 100 * (following < first % 100)
        # "2022-23" and "2014-20", but "2022-06" is a month.
        if not parser.joined(start, start + 3) or not (last == first + 1 or 12 < following > first % 100):
            return _year_and_month(parser, start)
        return [Item(said.Years(first, last), match.start(), match.end())]
    years, one = _sorted_out(parser, match, "years", "Y")
    values = [parser.value(at) for at in years]
    if one:
        return [Item(said.Years(values[0], values[-1]), match.start(), match.end())]
    return [
        Item(said.Years(value, value), match.start() if at == years[0] else at, at + 1)
        for value, at in zip(values, years, strict=True)
    ]


def _year_and_month(parser: Parser, start: int) -> list[Item]:
    token = parser.run.tokens[start + 2]
    if parser.joined(start, start + 3) and token.value <= 12 and token.end - token.start == 2:
        return [Item(said.Calendar(token.value, year=parser.value(start)), start, start + 3)]
    return [Item(said.Years(parser.value(start), parser.value(start)), start, start + 1)]


def _fiscal_years(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    start, end = match.span("years")
    at = [place for place in range(start, end) if parser.run.codes[place] in "YDN"]
    tokens = [parser.run.tokens[place] for place in at]
    if any(token.end - token.start not in {2, 4} or parser.counts(token) for token in tokens):
        return None
    values = [full_year(token.value) for token in tokens]
    if values[-1] < values[0]:
        return None
    by_noun = "F" not in match.group()
    several = "|" in match.group("years") or any(b != a + 1 for a, b in pairwise(values))
    if not several or any(mark in match.group("years") for mark in "t-/"):
        return [Item(said.Years(values[0], values[-1], True, by_noun), match.start(), match.end())]
    return [
        Item(said.Years(value, value, True, by_noun), match.start() if place == at[0] else place, place + 1)
        for value, place in zip(values, at, strict=True)
    ]


def _fiscal_shift(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    side = match.group("pre") or match.group("post")
    return [Item(said.Shift("year", _OFFSETS[side], fiscal=True), match.start(), match.end())]


_WEEKDAY = r"(?:(?P<weekday>[Ww])[,.]?\(?a?)?"
DAYS_AND_MONTHS: tuple[Rule, ...] = (
    (
        "WwTLXDOR",
        re.compile(rf"{_WEEKDAY}(?P<pre>[TLX]U?)?{_DAYS}(?:[oa]{{0,2}}|/)(?P<month>[Mm]){_TAIL}"),
        _days,
    ),
    (
        "DO",
        re.compile(rf"{_WEEKDAY}(?P<pre>[TLX]U?)?(?P<days>[DO])Uo(?:aU?o|Uo)?(?P<month>[Mm]){_TAIL}"),
        _day_said,
    ),
    ("WwMm", re.compile(rf"{_WEEKDAY}(?P<month>[Mm])a?{_DAYS}{_TAIL}"), _month_days),
    ("TLXMmU", re.compile(rf"(?P<pre>[TLX])?(?P<unit>Uo)?{_MONTHS}{_TAIL}"), _months),
    ("FUx", re.compile(rf"{_FISCAL}[oa]{{0,2}}{_FISCAL_YEARS}"), _fiscal_years),
    (
        "TLXFUx",
        re.compile(r"(?:(?P<pre>[TLX])(?:FU?|UF|xF?)|(?:FU?|UF|xF?)(?P<post>[TLX]))"),
        _fiscal_shift,
    ),
)
BARE_YEARS: tuple[Rule, ...] = (("YU", re.compile(rf"(?:U[oa]{{0,2}})?{_YEARS}"), _years),)
