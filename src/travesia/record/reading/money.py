"""Which currency an amount is in, by the sign before it and the word after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.nouns import Candidate

_ISO = (
    "USD|EUR|GBP|CAD|MXN|BRL|COP|PEN|CLP|ARS|CRC|GTQ|HNL|NIO|DOP|UYU|BOB|PYG|VES|CHF|JPY|AUD|SEK|NOK|DKK"
    "|HTG|TTD"
)
# A bare dollar sign is open: Canada, Mexico and others write it too; C$ is Canada's and Nicaragua's.
_CODES = """
$=USD? US$=USD U.S.$=USD U$S=USD U$=USD USD$=USD \u20ac=EUR \u00a3=GBP R$=BRL CA$=CAD CAN$=CAD CAD$=CAD C$=?
A$=AUD AU$=AUD MX$=MXN MEX$=MXN RD$=DOP COP$=COP COL$=COP AR$=ARS S/=PEN S/.=PEN
\u20a1=CRC Bs.=? Bs=? \u00a5=?
"""
_SIGNS = MappingProxyType(dict(pair.split("=") for pair in _CODES.split()))
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:^|(?<![\w$])|(?<=[\w](?=[$\u20ac\u00a3])))(?P<sign>{_SIGN}|{_ISO})\s?$", re.IGNORECASE
)
_AFTER = re.compile(rf"\s?(?P<sign>US\$|CAD?\$|\$|\u20ac|\u00a3)(?!\d)|\s(?P<iso>{_ISO})\b")
_LONGEST_SIGN = 8
_MORE = r"(?:\s(?:adicionales|adicionais|suppl\u00e9mentaires|additional|m\u00e1s|mais|de plus))?"


@dataclass(frozen=True)
class Currency:
    """A currency told by a sign or a word: its code, ``None`` if open; the amount's stretch with them."""

    code: str | None
    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()


@cache
def _names(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, _name(pattern)) for code, pattern in _currencies(language))


@cache
def _any_name(language: str) -> re.Pattern[str]:
    return _name("|".join(pattern for _, pattern in _currencies(language)))


def _name(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_MORE}[\s-]\s?(?:(?:de|des)\s|d')?(?:{pattern})\b", re.IGNORECASE)


def _currencies(language: str) -> list[list[str]]:
    return [line.split(" ", 1) for line in cues(language, "quantities")["currencies"].strip().splitlines()]


@cache
def _other_dollars(language: str) -> re.Pattern[str]:
    """Return what shows that a text counts in another currency with the dollar's sign."""
    of_dollars = {"CAD", "AUD", "MXN", "COP", "CLP", "ARS", "DOP", "?"}
    patterns = [pattern for code, pattern in _currencies(language) if code in of_dollars]
    return re.compile(
        rf"\b(?:{'|'.join(patterns)})\b|\b(?:CAD?|CAN|MX|MEX|AU?|COL)\$|\b(?:CAD|MXN)\b", re.IGNORECASE
    )


class Currencies:
    """Reads currencies in one text, which settles what its bare dollars are."""

    def __init__(self, plain: str, language: str) -> None:
        self.plain, self.language = plain, language
        self.bare_dollar = None if language in LANGUAGES and _other_dollars(language).search(plain) else "USD"

    def around(self, start: int, end: int) -> Currency | None:
        """Return the currency of the number at ``[start, end)``, ``None`` where it is no money."""
        sign = _BEFORE.search(self.plain[max(0, start - _LONGEST_SIGN) : start])
        first = start - (min(start, _LONGEST_SIGN) - sign.start("sign")) if sign else start
        code = self._code(sign["sign"]) if sign else None
        after = _AFTER.match(self.plain, end)
        if after:
            code = code or self._code(after["sign"] or after["iso"])
            end = after.end()
        names = _names(self.language) if _any_name(self.language).match(self.plain, end) else ()
        for named, pattern in names:
            if found := pattern.match(self.plain, end):
                code, end = named if named != "USD?" or code in {None, "USD?"} else code, found.end()
                after = found
                break
        if not sign and not after:
            return None
        return self._settled(code, first, end)

    def _code(self, sign: str) -> str:
        return _SIGNS.get(sign) or _SIGNS.get(sign.upper()) or sign.upper()

    def _settled(self, code: str | None, start: int, end: int) -> Currency:
        if code == "USD?":
            if self.bare_dollar:
                return Currency("USD", start, end)
            reason = "the text also names another currency with the dollar's sign"
            return Currency(None, start, end, (Candidate("USD", reason),))
        return Currency(None if code == "?" else code, start, end)
