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
_YEARS = range(1900, 2101)
# A count of what the units do not hold is worth keeping when it is large; "four pillars" is no figure.
_LEAST_WITHOUT_UNIT = 100
_LARGEST_LABEL = 10_000
_FARTHEST_BACK = 250
_RANGE = re.compile(r"\s?-\s?|\s(?:to|a|\u00e0|and|y|et|e)\s")
_BETWEEN = re.compile(
    r"\b(?:between|entre)\s(?:the\s|los\s|las\s|les\s|os\s|as\s)?\S{0,4}\s?$", re.IGNORECASE
)


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
        if money := self.currencies.around(number.start, number.end):
            return self._money(number, money, sentence)
        return self._count(number, sentence)

    def _ratio(self, number: Number, sentence: Sentence) -> Quantity:
        assert number.value is not None
        before, begin = qualifiers.qualifier_before(self.plain, sentence.start, number.start, self.language)
        value = number.value
        if number.form != "multiple" and qualifiers.falls(
            self.plain, sentence.start, begin, number.end, sentence.end, self.language
        ):
            value = -value
        return Quantity(
            number.start, number.end, "RATIO", plain_number(round(value, 6)), "ratio", before or "exact"
        )

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
        if noun.compound or noun.unit == "time" or self._is_name(number, noun):
            return None
        value = None if number.value is None else plain_number(number.value)
        if noun.unit is None and noun.extent is None and (inherited := self._inherited(number, sentence)):
            return inherited
        small = value is not None and value < _LEAST_WITHOUT_UNIT and number.scale == 1
        if noun.unit is None and (small or number.form == "vague"):
            return None
        if value is not None and value < 2 and not isinstance(value, float):
            return None
        return self._counted(number, noun, sentence)

    def _is_name(self, number: Number, noun: counted.Counted) -> bool:
        """Tell whether a number is a year or names a section, a flight, a form."""
        value = number.value
        if value is None or number.scale > 1:
            return False
        written = self.plain[number.start : number.end]
        year = value in _YEARS and written.isdigit()
        if year and not (noun.unit in {"person", "authorization"} and value % 100 == 0):
            return True
        return value < _LARGEST_LABEL and qualifiers.is_label(
            self.plain, number.start, number.end, self.language
        )

    def _counted(self, number: Number, noun: counted.Counted, sentence: Sentence) -> Quantity:
        end = noun.extent.end if noun.extent else number.end
        unit = noun.unit
        if unit and (period := self._period(number.start, end, sentence)):
            unit = f"{unit} per {period}"
        if unit is None and (persons := self._persons_before(number, noun, sentence)):
            unit, noun = "person", replace(noun, extent=persons)
        return Quantity(
            number.start,
            end if unit == "km" else number.end,
            "QUANTITY",
            None if number.value is None else plain_number(number.value),
            unit,
            self._qualifier(number, number, end, sentence),
            counted=noun.extent,
        )

    def _persons_before(self, number: Number, noun: counted.Counted, sentence: Sentence) -> Extent | None:
        """Return the persons of "the number of refugees reached 70 million"."""
        if noun.extent is not None:
            return None
        first = max(sentence.start, number.start - _FARTHEST_BACK)
        return counted.counted_before(self.plain, first, number.start, self.language)

    def _inherited(self, number: Number, sentence: Sentence) -> Quantity | None:
        """Return a bare number that counts what the one before it counted ("120 million and 216")."""
        last = self.found[-1] if self.found else None
        if not last or last.kind == "RATIO" or number.form not in _WHOLE or last.value is None:
            return None
        value = number.value
        table = sentence.kind == "item" and number.end == sentence.end and last.unit == "person"
        near = sentence.holds(last) and number.start - last.end <= _FARTHEST_BACK
        if (
            value is None
            or not (near or (table and value >= _LEAST_WITHOUT_UNIT))
            or self._persons_first(number, sentence)
        ):
            return None
        qualifier = self._qualifier(number, number, number.end, sentence)
        if table and not near and last.qualifier in {"up_to", "limit"}:
            qualifier = "limit"
        candidates: tuple[Candidate, ...] = ()
        scale = self._last_scale(last)
        if last.kind == "MONEY" and number.scale == 1:
            if (
                value >= 1000
                or scale == 1
                or qualifiers.is_day(self.plain, number.start, number.end, self.language)
            ):
                return None
            candidates = (
                Candidate(plain_number(value * scale), "in the unit of the amount before it"),
                Candidate(plain_number(value), "as written"),
            )
            value *= scale
        elif last.kind == "QUANTITY" and value < _LEAST_WITHOUT_UNIT and number.scale == 1:
            return None
        return replace(
            last,
            start=number.start,
            end=number.end,
            value=plain_number(value),
            qualifier=qualifier,
            low=None,
            high=None,
            candidates=candidates,
        )

    def _persons_first(self, number: Number, sentence: Sentence) -> bool:
        first = max(sentence.start, self.found[-1].end, number.start - _FARTHEST_BACK)
        return counted.counted_before(self.plain, first, number.start, self.language) is not None

    def _last_scale(self, last: Quantity) -> int:
        written = find_all_numbers(self.plain[last.start : last.end], self.language)
        return written[0].scale if written else 1

    def _range(self, low: Number, high: Number, sentence: Sentence) -> Quantity | None:
        """Return two numbers that bound a third ("between 3 and 4 million"), ``None`` for two of their own.

        Digits joined by a hyphen that bound nothing (a docket's number) are returned without a value.
        """
        between = self.plain[low.end : high.start]
        joined = _RANGE.fullmatch(between.rstrip("$\u20acUS "))
        if not joined or low.value is None or high.value is None:
            return None
        hyphen = "-" in between
        opened = _BETWEEN.search(self.plain[max(sentence.start, low.start - 24) : low.start])
        if not hyphen and not opened:
            return None
        shared = Decimal(high.scale) if low.scale == 1 and high.scale > 1 and low.value < 1000 else Decimal(1)
        bottom = low.value * shared
        if high.form == "percent" and low.form == "count":
            bottom = low.value / 100
        whole = self._quantity(replace(high, start=low.start) if hyphen else high, sentence)
        if whole is None or whole.value is None or bottom >= abs(high.value):
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
    told apart. Of what the closed units do not hold only large counts are kept; years, sections, ages,
    clock times and lengths of time are none.

    Parameters
    ----------
    text
        A prepared text; one in a language that the cue files do not hold has no quantities.
    dates
        The stretches that say dates; a number inside one is no quantity.
    """
    return _Reader(text, dates).read() if text.language in LANGUAGES else ()
