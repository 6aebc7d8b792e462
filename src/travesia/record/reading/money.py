"""Which currency an amount is in, by the sign before it and the word after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.nouns import Candidate

_ISO = (
    "USD|EUR|GBP|CAD|MXN|BRL|COP|PEN|CLP|ARS|CRC|GTQ|HNL|NIO|DOP|UYU|BOB|PYG|VES|CHF|JPY|AUD|SEK|NOK|DKK"
    "|HTG|TTD|NZD|SGD|HKD|JMD|BBD|GYD|XCD|XOF|XAF|MAD|TND|DZD|EGP|NGN|GHS|KES|UGX|TZS|ETB|RWF|ZAR|NAD|MZN|AOA"
    "|CVE|MRU|INR|BDT|PKR|LKR|PHP|THB|RUB|PLN|CZK|HUF|RON|CNY|KRW|JOD|LBP|FCFA|CFA"
)
_SAME = MappingProxyType({"FCFA": "XOF", "CFA": "XOF"})
# A bare dollar sign is open: Canada, Mexico and others write it too; C$ is Canada's and Nicaragua's.
_CODES = """
$=USD? US$=USD U.S.$=USD U$S=USD U$=USD USD$=USD \u20ac=EUR \u00a3=GBP R$=BRL CA$=CAD CAN$=CAD CAD$=CAD C$=?
A$=AUD AU$=AUD NZ$=NZD S$=SGD SG$=SGD HK$=HKD NT$=TWD TT$=TTD J$=JMD JA$=JMD BDS$=BBD BBD$=BBD BZ$=BZD
EC$=XCD G$=GYD GY$=GYD N$=NAD B$=BSD FJ$=FJD $CA=CAD $CAN=CAD $US=USD $A=AUD K\u010d=CZK \u20b9=INR \u20a6=NGN
\u20b1=PHP \u20ba=TRY \u20bd=RUB \u20b2=PYG KSh=KES TSh=TZS USh=UGX MT=MZN Kz=AOA
Rs=? Rs.=? MX$=MXN MEX$=MXN RD$=DOP COP$=COP COL$=COP AR$=ARS S/=PEN S/.=PEN
\u20a1=CRC Bs.=? Bs=? \u00a5=?
"""
_SIGNS = MappingProxyType(dict(pair.split("=") for pair in _CODES.split()))
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_BEFORE = re.compile(rf"(?:^|(?<![\w$])|(?<=[\w](?=[$\u20ac\u00a3])))(?P<sign>(?i:{_SIGN})|{_ISO})\s?$")
_AFTER = re.compile(
    rf"\s?(?P<sign>US\$|CAD?\$|\$(?:\s?(?:US|CAN?|A)\b)?|\u20ac|\u00a3)(?!\d)|\s(?P<iso>{_ISO})\b"
)
_LONGEST_SIGN = 8
_SUMMIT = re.compile(r"\d\d?")  # COP 30 is no sum of pesos
_MORE = r"(?:\s(?:adicionales|adicionais|suppl\u00e9mentaires|additional|m\u00e1s|mais|de plus))?"


# In a text that a dateline or a masthead sets in one of these, a dollar is the country's own.
_HOMES = tuple(
    (
        code,
        re.compile(
            rf"^ *(?:(?:{cities})\b[^.\n]{{0,40}}?(?: --? | \(|, (?:\w+ )?\d)|(?:{offices})\b)",
            re.IGNORECASE | re.MULTILINE,
        ),
    )
    for code, cities, offices in (
        (
            "CAD",
            "ottawa|toronto|winnipeg|montr[e\u00e9]al|qu[e\u00e9]bec|vancouver|calgary|edmonton|halifax|gatineau",
            r"immigration, r[^,\n]{5,20} (?:and|et) cit\w+ canada|canada gazette|la gazette du canada",
        ),
        ("AUD", "canberra|sydney|melbourne|brisbane|perth|adelaide|darwin", "australian government"),
        ("NZD", "wellington|auckland|christchurch", "new zealand gazette|immigration new zealand"),
    )
)
_HEAD = 600
_DOUBT = (
    Candidate("USD", "a bare dollar is the United States' where others are marked"),
    Candidate(None, "the text also names another currency with the dollar's sign"),
)


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
    of_dollars = {"CAD", "AUD", "MXN", "COP", "CLP", "ARS", "DOP"}
    patterns = [pattern for code, pattern in _currencies(language) if code in of_dollars]
    patterns.append("pesos?")
    return re.compile(
        rf"\b(?:{'|'.join(patterns)})\b|\b(?:CAD?|CAN|MX|MEX|AU?|COL)\$|\b(?:CAD|MXN)\b", re.IGNORECASE
    )


class Currencies:
    """Reads currencies in one text, which settles what its bare dollars are."""

    def __init__(self, plain: str, language: str) -> None:
        self.plain, self.language = plain, language

    @cached_property
    def home(self) -> str | None:
        """Whose dollar a bare one is, by where the text was written."""
        return next((code for code, home in _HOMES if home.search(self.plain, 0, _HEAD)), None)

    @cached_property
    def doubt(self) -> tuple[Candidate, ...]:
        """What else a bare dollar may be."""
        if self.home or self.language not in LANGUAGES:
            return ()
        return _DOUBT if _other_dollars(self.language).search(self.plain) else ()

    def around(self, start: int, end: int, taken: int = 0) -> Currency | None:
        """Return the currency of the number at ``[start, end)``, ``None`` where it is no money.

        What stands before `taken` belongs to an amount before it: the euro of "5 € 20" is that of the five.
        """
        near = max(taken, start - _LONGEST_SIGN)
        sign = _BEFORE.search(self.plain[near:start])
        first = near + sign.start("sign") if sign else start
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
        summit = code == "COP" and _SUMMIT.fullmatch(self.plain, start, end)
        if summit or (not sign and not after):
            return None
        return self._settled(code, first, end)

    def _code(self, sign: str) -> str:
        sign = sign.replace(" ", "").replace("\u00a0", "")
        return _SIGNS.get(sign) or _SIGNS.get(sign.upper()) or _SAME.get(sign.upper()) or sign.upper()

    def _settled(self, code: str | None, start: int, end: int) -> Currency:
        if code == "?":
            return Currency("other", start, end)
        if code != "USD?":
            return Currency(code, start, end)
        if self.home:
            return Currency(self.home, start, end)
        return Currency("USD", start, end, self.doubt)
