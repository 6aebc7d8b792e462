"""Rules for dates that are told from the document's date, for weekdays, and for parts of years."""

from __future__ import annotations

import re
from typing import TypeGuard

from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.parser import Item, Parser, Rule, full_year

_SIDES = {"T": "this", "L": "last", "X": "next"}
_OFFSETS = {"T": 0, "L": -1, "X": 1}
_THIS_UNIT = re.compile(r"U|FU?|x")
_MORE_YEARS = re.compile(r",?[&|t-]?[oa]{0,2}Y")
_DAYS = r"(?P<days>D(?:(?:,U?D){0,6},?[&t-][aoU]{0,3}D)?)"


def _items(phrase: said.Phrase, match: re.Match[str]) -> list[Item]:
    return [Item(phrase, match.start(), match.end())]


def _named(match: re.Match[str], group: str) -> str | None:
    """Return what a group holds; ``None`` also for a pattern that has no such group."""
    found: str | None = match.groupdict().get(group)
    return found


def _numeric(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read a date in numbers; day and month change places where both readings exist."""
    text = str(parser.run.tokens[match.start()].value)
    separator = next(mark for mark in text if not mark.isdigit())
    first, second, third = text.split(separator)
    if len(first) == 4 and len(third) <= 2:
        return _items(said.Numeric(((int(first), int(second), int(third)),)), match)
    if len(first) > 2 or len(third) not in ({2, 4} if separator == "/" else {4}):
        return None
    year = full_year(int(third)) if len(third) == 2 else int(third)
    orders = [(year, int(second), int(first)), (year, int(first), int(second))]
    if parser.words.month_first:
        orders.reverse()
    readings = tuple(order for order in dict.fromkeys(orders) if 1 <= order[1] <= 12 and 1 <= order[2] <= 31)
    return _items(said.Numeric(readings), match) if readings else None


def _weekday(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    before, after = _named(match, "pre"), _named(match, "post")
    if after and not parser.words.adjectives_follow:
        end, after = match.start("post"), None
    else:
        end = match.end()
    side = before[-1] if before else after
    weekday = parser.value(match.start("weekday"))
    return [Item(said.Weekday(weekday, _SIDES[side] if side else None), match.start(), end)]


def _weekday_day(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "Friday the 10th", "viernes 10", "sexta-feira (10)"."""
    at = match.start("day")
    token = parser.run.tokens[at]
    plain_number = token.code == "D" and not match.group().endswith(")")
    if parser.counts(token) or (plain_number and not parser.words.adjectives_follow):
        return None
    before = _named(match, "pre")
    side = _SIDES[before[-1]] if before else None
    return _items(said.Weekday(parser.value(match.start("weekday")), side, token.value), match)


def _weekday_slash(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "quinta-feira (22/12)"."""
    day, month = parser.value(match.start("day")), parser.value(match.start("month"))
    if parser.words.month_first or month > 12:
        return None
    return _items(said.Calendar(month, day=day, weekday=parser.value(match.start("weekday"))), match)


def _month_day(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "el día 10", "no último dia 10", "los días 9 y 10"; not the English "day 10"."""
    unit = match.start("unit")
    start, end = match.span("days")
    at = [place for place in range(start, end) if parser.run.codes[place] == "D"]
    if (
        not parser.words.adjectives_follow
        or parser.unit(unit) != "day"
        or parser.counts(parser.run.tokens[at[-1]])
    ):
        return None
    if len(at) > 1 and parser.value(at[0]) >= parser.value(at[-1]):
        return None
    last = parser.value(at[-1]) if len(at) > 1 else None
    return [Item(said.MonthDay(parser.value(at[0]), last, _month_shift(parser, match)), unit, match.end())]


def _day_of_month(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    shift = _month_shift(parser, match)
    return (
        None
        if shift is None
        else _items(said.MonthDay(parser.value(match.start("days")), None, shift), match)
    )


def _month_shift(parser: Parser, match: re.Match[str]) -> int | None:
    shift = _named(match, "shift")
    if not shift or parser.unit(match.start("shift") + shift.index("U")) != "month":
        return None
    return next((_OFFSETS[code] for code in shift if code in _OFFSETS), 0)


def _shift(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "this year", "la semana pasada", "past year"."""
    before, after = _named(match, "pre"), _named(match, "post")
    at = match.start("unit")
    unit = parser.unit(at)
    if after and not parser.words.adjectives_follow:
        return None
    side = before[-1] if before else after
    adjective = match.start("unit") - 1 if before else match.end() - 1
    kind = parser.run.tokens[adjective].value
    if parser.plural(at):
        return None if side == "T" else _items(said.Vague(side == "X"), match)
    if kind == "recent":
        return None
    if kind == "trailing" or (kind == "either" and before):
        return None if unit == "day" else _items(said.Window(unit, 1, ahead=False), match)
    # "The last day" is mostly the end of something, not yesterday.
    return None if unit == "day" and side != "T" else _items(said.Shift(unit, _OFFSETS[str(side)]), match)


def _quarter_shift(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "this quarter", "el trimestre pasado"; halves may be halves of anything."""
    after = _named(match, "post")
    if parser.value(match.start("division")) != 3 or (after and not parser.words.adjectives_follow):
        return None
    return _items(said.Shift("quarter", _OFFSETS[str(after or match["pre"])]), match)


def _window(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "the past two years", "los próximos tres meses", "deux dernières années"."""
    count = parser.value(match.start("count"))
    ahead = "X" in match.group()
    # "Permits last ten years": without its article, the English word is a verb.
    first = parser.run.tokens[match.start()]
    article = parser.run.codes[max(0, match.start() - 1) : match.start()] == "a"
    if parser.words.month_first and first.value == "last" and not article:
        return None
    phrase = said.Window(parser.unit(match.end() - 1), count, ahead) if count > 0 else said.Vague(ahead)
    return _items(phrase, match)


def _ago(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    count = parser.value(match.start("count"))
    back = -1 if {"j", "J"} & set(match.group()) else 1
    unit = match.group().index("U") + match.start()
    start = match.start() + (match.group()[0] == "S")
    phrase: said.Phrase = said.Ago(parser.unit(unit), back * count) if count > 0 else said.Vague(back < 0)
    return [Item(phrase, start, match.end())]


def _apart(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "two days earlier" and "un mois plus tard", but not "tres días antes de la cumbre"."""
    count = parser.value(match.start("count"))
    if count <= 0:
        return None
    back = match.group().endswith("V")
    return _items(said.Apart(parser.unit(match.start("unit")), -count if back else count), match)


def _part(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "early June", "a finales de 2022", "the end of the year"."""
    codes = parser.run.codes
    # "Later this year" is some time in it.
    name = "any" if codes[match.start()] in "Vv" else str(parser.run.tokens[match.start()].value)
    # "Prendre fin cette semaine" and "will end this week" hold a verb, "final deste ano" does not.
    if codes.startswith("T", match.end()) and "o" not in match.group():
        of_this = parser.run.tokens[match.end()].value == "of_this"
        if not of_this and (codes[match.start()] == "e" or parser.words.adjectives_follow):
            return None
    inner = parser.inner(match.end())
    if len(inner) != 1:
        return _part_of_this(parser, match, name)
    phrase = inner[0].phrase
    if isinstance(phrase, _NO_PARTS):
        return None
    narrow = name != "any" and not isinstance(phrase, said.Weekday | said.Numeric | said.MonthDay)
    if isinstance(phrase, said.Calendar) and phrase.day is not None:
        narrow = False
    return [Item(said.Part(name, phrase) if narrow else phrase, match.start(), inner[0].end)]


def _part_of_this(parser: Parser, match: re.Match[str], name: str) -> list[Item] | None:
    unit = _THIS_UNIT.match(parser.run.codes, match.end())
    if unit is None or "o" not in match.group():
        return None
    fiscal = unit.group()[0] in "Fx" or parser.run.codes.startswith("UF", unit.start())
    if not fiscal and (parser.unit(unit.start()) == "day" or parser.plural(unit.start())):
        return None
    end = unit.end() + (unit.group() == "U" and fiscal)
    whole = said.Shift("year" if fiscal else parser.unit(unit.start()), 0, fiscal)
    return [Item(said.Part(name, whole) if name != "any" else whole, match.start(), end)]


def _part_of_year(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "second quarter of 2022", "first six months of the year", "T1 2022"."""
    number, months = _which_part(parser, match)
    if not 1 <= months <= 12 or not (number == -1 or 1 <= number * months <= 12):
        return None
    found = parser.inner(match.end()) or _part_of_this(parser, match, "any")
    if not found or len(found) > 1 or not _one_year(found[0].phrase):
        return None
    part = said.PartOfYear(12 // months if number == -1 else number, months, found[0].phrase)
    return [Item(part, match.start(), found[0].end)]


def _which_part(parser: Parser, match: re.Match[str]) -> tuple[int, int]:
    """Return which part of a year and how many months it has; 0 months if it is none."""
    if _named(match, "label"):
        at = match.start("label")
        months = 6 if parser.run.tokens[at].value == "half_label" else 3
        return parser.value(match.start("number")), months if parser.joined(at, at + 2) else 0
    if _named(match, "count"):
        months = parser.value(match.start("count")) if parser.unit(match.start("unit")) == "month" else 0
    else:
        months = parser.value(match.start("division"))
    return _ordinal(parser, match.start("ordinal")), months


def _one_year(phrase: said.Phrase) -> TypeGuard[said.Years | said.Shift]:
    if isinstance(phrase, said.Years):
        return phrase.first == phrase.last
    return isinstance(phrase, said.Shift) and phrase.unit == "year"


def _ordinal(parser: Parser, position: int) -> int:
    token = parser.run.tokens[position]
    return -1 if token.code in "LEe" else int(token.value)


def _season(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    month = parser.value(match.start("season"))
    if _named(match, "year"):
        return _items(said.Season(month, parser.year(match)), match)
    before, after = _named(match, "pre"), _named(match, "post")
    if after and not parser.words.adjectives_follow:
        return None
    return _items(said.Season(month, offset=_OFFSETS[str(before or after)]), match)


def _decade(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "1990s", "los años noventa", "la década de 1990"; not "los años 2020 y 2021"."""
    value = parser.value(match.end() - 1)
    units = match.group().count("U")
    if units and not (parser.plural(match.start()) or parser.unit(match.start()) == "decade"):
        return None
    if units and parser.unit(match.start()) not in {"year", "decade"}:
        return None
    listed = _MORE_YEARS.match(parser.run.codes, match.end())
    if value % 10 or (units and listed):
        return None
    if value < 100 and not 20 <= value <= 90:
        return None
    return _items(said.Decade(value + 1900 if value < 100 else value), match)


def _deictic(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    offset = parser.value(match.start("day"))
    before = parser.run.codes[match.start() - 1 : match.start()] if match.start() else ""
    if match.group()[0] == "T":
        return _items(said.Shift("day", 0), match)
    # "la mañana" is the morning, "mañana" alone is tomorrow.
    return None if offset == 1 and before in {"a", "N"} else _items(said.Shift("day", offset), match)


def _feast(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "Christmas", "Navidad de 2025": where the language writes it with a capital or a day follows."""
    month, day = divmod(parser.value(match.start()), 100)
    return _items(said.Calendar(month, day=day, year=parser.year(match)), match)


def _now(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    return _items(said.Now(), match)


def _anaphor(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    return _items(said.Anaphor(parser.value(match.start())), match)


def _other_year(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "the previous year" and "a year earlier"; the latter counts something that stands before."""
    token = parser.run.tokens[match.start()]
    return _items(said.OtherYear(int(token.value[0]), bool(token.value[1])), match)


def _same_period(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "the same period of 2024", "même période de l'an dernier"."""
    found = parser.inner(match.end())
    if len(found) != 1 or not _one_year(found[0].phrase):
        return None
    return [Item(said.SamePeriod(found[0].phrase), match.start(), found[0].end)]


def _bare_part(parser: Parser, match: re.Match[str]) -> list[Item] | None:
    """Read "in the second quarter", "no primeiro semestre"; not "first half of the season"."""
    months = parser.value(match.start("division"))
    number = _ordinal(parser, match.start("ordinal"))
    named = parser.run.tokens[match.start("division")]
    # Only quarters and "semestre" are of a year wherever they stand; a half may be half of anything.
    whole = months == 3 or (months == 6 and named.end - named.start > len("metade"))
    if not whole or number * months > 12 or parser.run.codes.startswith("o", match.end()):
        return None
    return _items(said.PartOfYear(12 // months if number == -1 else number, months, None), match)


_NO_PARTS = (said.Vague, said.Now, said.Anaphor, said.Part, said.Window, said.Ago, said.Apart)
_COUNT = r"(?P<count>[NDR])"
_REST = r"[oa]{0,3}"
RELATIVE: tuple[Rule, ...] = (
    ("9", re.compile("9"), _numeric),
    ("TLXW", re.compile(r"[TLX]{0,2}(?P<weekday>W)[TLX]?,?\((?P<day>D)/(?P<month>D)\)"), _weekday_slash),
    ("TLXW", re.compile(r"(?P<pre>[TLX]{1,2})?(?P<weekday>W),?a?(?P<day>O|D)(?!/)"), _weekday_day),
    ("TLXW", re.compile(r"(?P<pre>[TLX]{1,2})?(?P<weekday>W)[TLX]?,?\(U?(?P<day>D)\)"), _weekday_day),
    ("TLXW", re.compile(r"(?P<pre>[TLX]{1,2})?(?P<weekday>W)(?P<post>[TLX])?"), _weekday),
    ("U", re.compile(rf"(?P<unit>U)(?>{_DAYS})(?![oa]{{0,2}}[Mm])(?:o(?P<shift>[TLX]?U[LX]?))?"), _month_day),
    ("DO", re.compile(r"(?P<days>[DO])o(?P<shift>a?U[LX]?|[TLX]U)"), _day_of_month),
    ("TLX", re.compile(rf"T?[LX]h?{_COUNT}U"), _window),
    ("ND", re.compile(rf"{_COUNT}[LX]U"), _window),
    ("TLX", re.compile(r"(?P<pre>T?[TLX])(?P<unit>U)"), _shift),
    ("U", re.compile(r"(?P<unit>U)(?P<post>[TLX])"), _shift),
    ("TLX", re.compile(r"(?P<pre>[TLX])(?P<division>q)"), _quarter_shift),
    ("q", re.compile(r"(?P<division>q)(?P<post>[TLX])"), _quarter_shift),
    ("ND", re.compile(rf"{_COUNT}U[GJ]"), _ago),
    ("ND", re.compile(rf"{_COUNT}(?P<unit>U)[Vv](?!o)"), _apart),
    ("gjS", re.compile(rf"[gjS]h?{_COUNT}U"), _ago),
    ("s", re.compile(rf"(?P<season>s){_REST}(?P<year>Y)"), _season),
    ("TLX", re.compile(r"(?P<pre>[TLX])(?P<season>s)"), _season),
    ("s", re.compile(r"(?P<season>s)(?P<post>[TLX])"), _season),
    ("R", re.compile("(?P<ordinal>R)(?P<division>q)"), _bare_part),
    ("z", re.compile("z"), _decade),
    ("U", re.compile(r"U[oa]{0,3}[YDNz]"), _decade),
    ("Z", re.compile(r"(?P<day>Z),?W(?!,?[DOMm(])"), _deictic),
    ("TZ", re.compile("T?(?P<day>Z)"), _deictic),
    ("K", re.compile(r"K(?:[oa]{0,2}(?P<year>Y))?"), _feast),
    ("~", re.compile("~"), _now),
    ("=", re.compile("="), _anaphor),
    ("+", re.compile(r"\+"), _other_year),
)  # fmt: skip
NESTING: tuple[Rule, ...] = (
    ("%", re.compile(rf"%{_REST}"), _same_period),
    ("RO", re.compile(rf"(?P<ordinal>[RO])(?P<division>q){_REST}"), _part_of_year),
    ("LEe", re.compile(rf"(?P<ordinal>[LEe])(?P<division>q){_REST}"), _part_of_year),
    ("Q", re.compile(rf"(?P<label>Q)(?P<number>D),?{_REST}"), _part_of_year),
    ("RL", re.compile(rf"(?P<ordinal>[RL])(?P<count>[ND])(?P<unit>U){_REST}"), _part_of_year),
    ("ND", re.compile(rf"(?P<count>[ND])(?P<ordinal>[RL])(?P<unit>U){_REST}"), _part_of_year),
    ("E", re.compile(r"E-?(?:o[oa]{0,2})?"), _part),
    ("e", re.compile(r"e(?:-|[oa]{1,3}|(?=T))"), _part),
    ("Vv", re.compile(r"[Vv](?!o)"), _part),
)  # fmt: skip
