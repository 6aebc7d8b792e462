"""Counts, amounts of money and ratios, as a text says them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from travesia.record.reading import counted, qualifiers
from travesia.record.reading.cue_files import LANGUAGES
from travesia.record.reading.money import Currencies, Currency
from travesia.record.reading.nouns import Candidate, Extent, Quantity, Sentence, Text
from travesia.record.reading.numbers import Number, plain_number
from travesia.record.reading.ratios import find_all_numbers

_PARTS = frozenset({"percent", "fraction", "multiple"})
_WHOLE = frozenset({"count", "rounded", "vague"})
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# A count of what the units do not hold is worth keeping when it is large; "four pillars" is no figure.
_LEAST_WITHOUT_UNIT = 100
_LARGEST_LABEL = 100_000
_LARGEST_LABEL_BEFORE_NOUN = 1000
_HALF = Decimal("0.5")
_FARTHEST_BACK = 250
_FARTHEST_AHEAD = 80
_FARTHEST_AMOUNT = 120
_INHERITED = frozenset({"person", "authorization", "other"})
_RATED = frozenset({"person", "authorization"})
_FARTHEST_OF_THEM = 1500
_COUNTS_BACK = 8
_MILLION = 1_000_000
# So many "of them", with nothing counted before, are people: states are fewer.
_MORE_THAN_STATES = 1000
_RANGE = re.compile(r"(?:\s?-\s?|\s(?:to|a|\u00e0|and|y|et|e)\s)(?:(?:US|R)?[$\u20ac\u00a3]\s?)?")
# "6,200 of the 15,000 people".
_OF_ALL = re.compile(r"\s(?:of|de|d[eo]s|das|sur)\s(?:(?:the|its|l[oae]s|[oa]s|sus)\s)?(?:some\s)?")
_AND = r"\s(?:and|y|et|e)\s"
_BETWEEN = re.compile(
    r"\b(?:between|entre)\s(?:the\s|los\s|las\s|les\s|os\s|as\s)?\S{0,4}\s?$", re.IGNORECASE
)
# Digits beside digits are a telephone's.
_DIGITS_BEFORE = re.compile(r"(?:\+|[\d)][ -]{1,2})$")
_DIGITS_AFTER = re.compile(r"\)? ?-?\d|-\d")


class _Reader:
    """Reads the quantities of one text."""

    def __init__(self, text: Text, dates: Sequence[Extent]) -> None:
        self.plain, self.language = text.plain, text.language
        self.sentences = text.sentences
        self.starts = [sentence.start for sentence in text.sentences]
        self.dates = sorted(dates)
        self.date_starts = [date.start for date in self.dates]
        self.currencies = Currencies(text.plain, text.language)
        self.found: list[Quantity] = []
        self.following: Number | None = None
        self.seat_unit: str | None = None

    def read(self) -> tuple[Quantity, ...]:
        """Return the quantities in order."""
        numbers = self._numbers()
        at = 0
        while at < len(numbers):
            number = numbers[at]
            sentence = self._sentence(number)
            at += 1
            if sentence is None or number.form == "ordinal":
                continue
            following = numbers[at] if at < len(numbers) and sentence.holds(numbers[at]) else None
            self.following = following
            if following and (merged := self._range(number, following, sentence)):
                at += 1
                if merged.value is None and merged.low is None:
                    continue
                self.found.append(merged)
            elif quantity := self._quantity(number, sentence):
                self.found.append(quantity)
        return tuple(self.found)

    def _numbers(self) -> list[Number]:
        """Return the numbers outside dates, "a record number" among them, in order."""
        records = counted.record_numbers(self.plain, self.language)
        vague = [Number(record.start, record.end, None, "vague") for record in records]
        every = sorted([*find_all_numbers(self.plain, self.language), *vague], key=lambda one: one.start)
        return [number for number in every if not self._in_date(number)]

    def _in_date(self, number: Number) -> bool:
        at = bisect_right(self.date_starts, number.start) - 1
        return any(date.overlaps(number) for date in self.dates[max(at, 0) : at + 2])

    def _sentence(self, number: Number) -> Sentence | None:
        at = bisect_right(self.starts, number.start) - 1
        return self.sentences[at] if at >= 0 and self.sentences[at].holds(number) else None

    def _quantity(self, number: Number, sentence: Sentence) -> Quantity | None:
        if number.form in _PARTS:
            return self._ratio(number, sentence)
        taken = self.found[-1].end if self.found else 0
        if money := self.currencies.around(number.start, number.end, taken):
            return self._money(number, money, sentence)
        return self._count(number, sentence)

    def _ratio(self, number: Number, sentence: Sentence) -> Quantity:
        assert number.value is not None
        before, begin = qualifiers.qualifier_before(self.plain, sentence.start, number.start, self.language)
        value = number.value
        first, language = sentence.start, self.language
        if number.form != "multiple" and (
            qualifiers.falls(self.plain, first, begin, number.end, sentence.end, language)
            or (value == _HALF and qualifiers.halves(self.plain, first, begin, language))
        ):
            value = -value
        return Quantity(number.start, number.end, "RATIO", plain_number(value), "ratio", before or "exact")

    def _money(self, number: Number, money: Currency, sentence: Sentence) -> Quantity:
        unit = money.code
        if unit and (period := self._period(money.start, money.end, sentence)):
            unit = f"{unit} per {period}"
        return Quantity(
            money.start,
            money.end,
            "MONEY",
            None if number.value is None else plain_number(number.value),
            unit,
            self._qualifier(number, money, money.end, sentence),
            candidates=money.candidates,
        )

    def _period(self, start: int, at: int, sentence: Sentence) -> str | None:
        return qualifiers.period_of(self.plain, sentence.start, start, at, sentence.end, self.language)

    def _qualifier(self, number: Number, stretch: Extent | Currency, at: int, sentence: Sentence) -> str:
        """Return how a number is meant: by the words before it, else after it, else by its own form."""
        if number.form == "vague":
            return "vague"
        before, _ = qualifiers.qualifier_before(self.plain, sentence.start, stretch.start, self.language)
        after = qualifiers.qualifier_after(self.plain, at, sentence.end, self.language) or (
            qualifiers.qualifier_after(self.plain, number.end, sentence.end, self.language)
        )
        return before or after or ("about" if number.form == "rounded" else "exact")

    def _count(self, number: Number, sentence: Sentence) -> Quantity | None:
        """Return the count that a number without a currency is, ``None`` where it is none worth keeping."""
        noun = counted.counted_after(self.plain, number.end, sentence.end, self.language)
        often = (number.value or 0) >= _LEAST_WITHOUT_UNIT and (
            counted.counts_occasions(self.plain, number.end, self.language)
        )
        if often or counted.counts_against(self.plain, number.start, self.language):
            return self._other(number, sentence)
        if noun.compound or noun.unit == "time" or self._is_name(number, noun):
            return None
        value = None if number.value is None else plain_number(number.value)
        if (
            noun.unit is None
            and noun.extent is None
            and not noun.deed
            and (inherited := self._inherited(number, noun, sentence))
        ):
            return inherited
        small = value is not None and value < _LEAST_WITHOUT_UNIT and number.scale == 1
        if noun.thing and small:
            small = number.value == 1 or self._is_definite(number, sentence)
        if noun.unit is None and not noun.deed and (small or number.form == "vague"):
            return None
        if number.value is not None and number.value <= 2 and self._is_pair(number, sentence):
            return None
        return self._counted(number, noun, sentence)

    def _other(self, number: Number, sentence: Sentence) -> Quantity:
        value = None if number.value is None else plain_number(number.value)
        qualifier = self._qualifier(number, number, number.end, sentence)
        return Quantity(number.start, number.end, "QUANTITY", value, "other", qualifier)

    def _is_name(self, number: Number, noun: counted.Counted) -> bool:
        """Tell whether a number is a year or names a section, a flight, a form."""
        value = number.value
        if value is None or number.scale > 1:
            return False
        written = self.plain[number.start : number.end]
        year = _FIRST_YEAR <= value <= _LAST_YEAR and written.isdigit()
        if year and not (noun.unit in {"person", "authorization"} and value % 100 == 0):
            return True
        if noun.unit is None and self._stands_in_digits(number):
            return True
        return value < (_LARGEST_LABEL if noun.unit is None else _LARGEST_LABEL_BEFORE_NOUN) and (
            qualifiers.is_label(self.plain, number.start, number.end, self.language)
        )

    def _stands_in_digits(self, number: Number) -> bool:
        before = self.plain[max(0, number.start - 3) : number.start]
        return bool(_DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(self.plain, number.end))

    def _is_pair(self, number: Number, sentence: Sentence) -> bool:
        """Tell whether a number is one or two of what the text already spoke of: "the two countries"."""
        return number.value == 1 or self._is_definite(number, sentence)

    def _is_definite(self, number: Number, sentence: Sentence) -> bool:
        return qualifiers.is_definite(self.plain, sentence.start, number.start, self.language)

    def _counted(self, number: Number, noun: counted.Counted, sentence: Sentence) -> Quantity:
        end = noun.extent.end if noun.extent else number.end
        unit = noun.unit
        if (
            unit is None
            and noun.extent is None
            and not noun.deed
            and (told := self._counted_elsewhere(number, sentence))
        ):
            unit, noun = told.unit, told
        if noun.deed or (noun.partitive and unit is None and (number.value or 0) >= _MORE_THAN_STATES):
            unit = "person"
        elif unit is None and noun.extent is not None:
            unit = "other"
        elif unit is None:
            unit = counted.named_before(
                self.plain, max(sentence.start, number.start - _FARTHEST_AHEAD), number.start, self.language
            )
        if noun.seat:
            unit = self._seats(unit)
        if unit and (period := self._period(number.start, end, sentence)):
            unit = f"{unit} per {period}"
        return Quantity(
            number.start,
            end if unit == "km" else number.end,
            "QUANTITY",
            None if number.value is None else plain_number(number.value),
            unit,
            self._qualifier(number, number, end, sentence),
            counted=noun.extent,
        )

    def _seats(self, unit: str | None) -> str | None:
        """Return what seats are: as the text's last ones were, where nothing beside them tells."""
        if unit == "authorization":
            return self.seat_unit or unit
        self.seat_unit = unit
        return unit

    def _counted_before(self, number: Number, first: int) -> counted.Counted | None:
        """Return what a bare number counts by "the number of refugees reached 70 million"."""
        first = max(first, number.start - _FARTHEST_BACK)
        return counted.counted_before(self.plain, first, number.start, self.language)

    def _counted_elsewhere(self, number: Number, sentence: Sentence) -> counted.Counted | None:
        """Return what a bare number counts by words before it, or as the next one does."""
        if before := self._counted_before(number, sentence.start):
            return before
        after = self.following
        if not after or after.scale != number.scale or after.start - number.end > _FARTHEST_AHEAD:
            return None
        between = self.plain[number.end : after.start]
        noun = counted.counted_after(self.plain, after.end, sentence.end, self.language)
        linked = re.search(_AND, between) or _RANGE.fullmatch(between) or _OF_ALL.fullmatch(between)
        return noun if linked and (noun.unit in _RATED or (noun.unit is None and noun.extent)) else None

    def _inherited(self, number: Number, noun: counted.Counted, sentence: Sentence) -> Quantity | None:
        """Return a bare number that counts what one before it counted ("120 million and 216")."""
        if number.value is None or number.form not in _WHOLE or not self.found:
            return None
        last = self.found[-1]
        near = sentence.holds(last) and number.start - last.end <= _FARTHEST_BACK
        if self._counted_before(number, max(sentence.start, last.end)):
            return None
        if last.kind == "MONEY" and near and last.value is not None and not noun.partitive:
            return self._next_amount(number, last, sentence)
        if not noun.partitive and (amount := self._as_money(number, sentence)):
            return amount
        large = number.value >= _LEAST_WITHOUT_UNIT or number.scale > 1
        return self._same_counted(number, noun, sentence) if large else None

    def _same_counted(self, number: Number, noun: counted.Counted, sentence: Sentence) -> Quantity | None:
        """Return a bare number as a count of what the last count counted, if that is near enough."""
        last = next((one for one in reversed(self.found[-_COUNTS_BACK:]) if one.kind == "QUANTITY"), None)
        unit = last.unit.split(" per ")[0] if last and last.unit else None
        if last is None or unit not in _INHERITED:
            return None
        row = sentence.kind == "item" and number.end == sentence.end and unit == "person"
        reach = _FARTHEST_OF_THEM if noun.partitive else _FARTHEST_BACK
        if not row and number.start - last.end > reach:
            return None
        qualifier = self._qualifier(number, number, number.end, sentence)
        if row and not sentence.holds(last) and last.qualifier in {"up_to", "limit"}:
            qualifier = "limit"
        if unit in _RATED and (period := self._period(number.start, number.end, sentence)):
            unit = f"{unit} per {period}"
        value = plain_number(number.value or Decimal(0))
        return Quantity(number.start, number.end, "QUANTITY", value, unit, qualifier, counted=last.counted)

    def _next_amount(self, number: Number, last: Quantity, sentence: Sentence) -> Quantity | None:
        """Return a bare number after an amount as one more amount, in its currency and its millions."""
        assert number.value is not None
        if number.start - last.end > _FARTHEST_AMOUNT:
            return None
        value, scale = number.value, 1
        candidates: tuple[Candidate, ...] = ()
        if number.scale == 1:
            scale = self._last_scale(last)
            day = qualifiers.is_day(self.plain, number.start, number.end, self.language)
            article = value == 1 and not number.digits
            if value >= 1000 or scale == 1 or day or article:
                return None
            candidates = (
                Candidate(plain_number(value * scale), "in the unit of the amount before it"),
                Candidate(plain_number(value), "as written"),
            )
        qualifier = self._qualifier(number, number, number.end, sentence)
        amount = plain_number(value * scale)
        return Quantity(
            number.start, number.end, "MONEY", amount, last.unit, qualifier, candidates=candidates
        )

    def _as_money(self, number: Number, sentence: Sentence) -> Quantity | None:
        """Return bare millions as money, in the currency named last, where money is what was spoken of."""
        counts = [one for one in self.found[-_COUNTS_BACK:] if one.kind != "RATIO"]
        last = next((one for one in reversed(counts) if one.kind == "MONEY"), None)
        if last is None or number.value is None or number.scale < _MILLION:
            return None
        told = qualifiers.is_of_money(self.plain, sentence.start, number.start, self.language)
        if last is not counts[-1] and not told:
            return None
        return Quantity(
            number.start,
            number.end,
            "MONEY",
            plain_number(number.value),
            last.unit.split(" per ")[0] if last.unit else None,
            self._qualifier(number, number, number.end, sentence),
        )

    def _last_scale(self, last: Quantity) -> int:
        written = find_all_numbers(self.plain[last.start : last.end], self.language)
        return written[0].scale if written else 1

    def _range(self, low: Number, high: Number, sentence: Sentence) -> Quantity | None:
        """Return two numbers that bound a third ("between 3 and 4 million"), ``None`` for two of their own.

        Digits joined by a hyphen that bound nothing (a docket's number) are returned without a value.
        """
        between = self.plain[low.end : high.start]
        joined = _RANGE.fullmatch(between)
        if not joined or low.value is None or high.value is None or low.form in {"fraction", "multiple"}:
            return None
        hyphen = "-" in between
        opened = _BETWEEN.search(self.plain[max(sentence.start, low.start - 24) : low.start])
        listed = re.search(_AND, between) or counted.is_start_of_change(self.plain, low.start, self.language)
        if not hyphen and not opened and listed:
            return None
        shared = Decimal(high.scale) if low.scale == 1 and high.scale > 1 and low.value < 1000 else Decimal(1)
        bottom = low.value * shared
        if high.form == "percent" and low.form == "count":
            bottom = low.value / 100
        whole = self._quantity(replace(high, start=low.start) if hyphen else high, sentence)
        if whole is None or whole.value is None or bottom >= abs(high.value) or _is_bare(whole, high):
            return Quantity(low.start, high.end, "QUANTITY", None, None) if hyphen else None
        first = self.currencies.around(low.start, low.end)
        return replace(
            whole,
            start=first.start if first else low.start,
            value=None,
            low=plain_number(bottom),
            high=plain_number(high.value),
            qualifier="exact" if whole.qualifier == "exact" else whole.qualifier,
        )


def find_quantities(text: Text, dates: Sequence[Extent] = ()) -> tuple[Quantity, ...]:
    """Return the counts, amounts of money and ratios of a text, in order.

    An extent is the number with its sign, currency or per cent, without its qualifier; what is counted is
    told apart. Of what the closed units do not hold (``other``) only large counts are kept; years, sections,
    ages, clock times and lengths of time are none.

    Parameters
    ----------
    text
        A prepared text; one in a language that the cue files do not hold has no quantities.
    dates
        The stretches that say dates; a number inside one is no quantity.
    """
    return _Reader(text, dates).read() if text.language in LANGUAGES else ()


def _is_bare(quantity: Quantity, number: Number) -> bool:
    return quantity.unit is None and quantity.kind == "QUANTITY" and number.scale == 1
