"""Numbers in digits: which mark groups thousands, and which begins the decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_FOLLOWS = r"(?![.,]?\d)"
_GROUPED = r"\d{1,3}(?P<mark>[.,'])\d{3}(?:(?P=mark)\d{3})*(?P<rest>(?!(?P=mark))[.,]\d+)?"
_SPACED = r"\d{1,3}(?: \d{3})+(?P<comma>,\d+)?"
_SIMPLE = r"\d+(?P<decimals>[.,]\d+)?"
_OTHER = r"\d+(?:[.,]\d+)*"
_LONGEST = 30

DIGITS = rf"(?P<grouped>{_GROUPED}{_FOLLOWS})|(?P<simple>{_SIMPLE}{_FOLLOWS})|(?P<other>{_OTHER})"
"""Digits and marks; ``other`` is no number: a date, a version, an address."""

SPACED_DIGITS = rf"(?P<spaced>{_SPACED}{_FOLLOWS}(?! \d{{3}}(?!\d)))|{DIGITS}"
"""The same where a space may group thousands."""


class Figure(NamedTuple):
    """Digits as found, and what they say with each mark; ``None`` where they cannot mean that."""

    start: int
    end: int
    grouped: Decimal | None
    decimal: Decimal | None
    mark: str | None


def figure(found: re.Match[str]) -> Figure | None:
    """Return what the digits can mean, ``None`` for such as are no number.

    ``1,234`` is both 1234 and 1.234; which of the two depends on the language, on the text's other numbers,
    and on what follows.
    """
    start, end = found.span()
    if found["other"] or end - start > _LONGEST:
        return None
    if found["simple"]:
        decimals = found["decimals"]
        value = Decimal(found["simple"].replace(",", "."))
        return (
            Figure(start, end, None, value, decimals[0])
            if decimals
            else Figure(start, end, value, None, None)
        )
    if not found["grouped"]:
        value = Decimal(found[0].replace(" ", "").replace(",", "."))
        return Figure(start, end, value, None, None)
    mark, rest = found["mark"], found["rest"]
    whole = found["grouped"][: -len(rest)] if rest else found["grouped"]
    value = Decimal(whole.replace(mark, "") + (rest.replace(",", ".") if rest else ""))
    ambiguous = not rest and whole.count(mark) == 1 and mark != "'"
    decimal = Decimal(whole.replace(mark, ".")) if ambiguous else None
    if decimal is not None and whole[0] == "0":
        return Figure(start, end, None, decimal, mark)
    return Figure(start, end, value, decimal, rest[0] if rest else mark if ambiguous else None)


def decimal_mark(figures: Iterator[Figure], default: str) -> str | None:
    """Return the mark that begins decimals in this text, by its numbers that leave no choice.

    The language's own mark where none speaks against it; ``None`` where the language has two customs (the
    Spanish of Spain and of Mexico) and no number of the text decides.
    """
    votes = {".": 0, ",": 0}
    for one in figures:
        if one.mark and (one.grouped is None or one.decimal is None):
            votes[one.mark] += 1
    if votes["."] != votes[","]:
        return max(votes, key=lambda mark: votes[mark])
    return default or None


def value_of(one: Figure, mark: str | None, default: str, *, scaled: bool) -> Decimal:
    """Settle a number by the text's decimal mark, and the language's; `scaled` where a million follows.

    Three digits after a single mark are thousands, but for the point in English, and for the text's decimal
    mark before a word such as million ("1,234 milliard").
    """
    if one.grouped is None or one.decimal is None:
        settled = one.grouped if one.decimal is None else one.decimal
        assert settled is not None
        return settled
    return one.decimal if one.mark == mark and (scaled or mark == default == ".") else one.grouped
