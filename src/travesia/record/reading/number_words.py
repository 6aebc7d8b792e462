"""The digits and the number words of a text, looked up one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from travesia.record.reading.cue_files import cues
from travesia.record.reading.digits import DIGITS, SPACED_DIGITS, Figure, figure

_WORD = r"(?P<word>[^\W\d_]+)"
_CURRENCY_SIGNS = frozenset("$\u20ac\u00a3")


class Token(NamedTuple):
    """Digits, or a word that is part of a number: `kind` says how it counts."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    figure: Figure | None = None


@dataclass(frozen=True)
class Lexicon:
    """The cues of a language; words stand without accents."""

    words: Mapping[str, tuple[str, Decimal | None]]
    short_scales: Mapping[str, Decimal]
    scales_alone: frozenset[str]
    decimal_mark: str
    token: re.Pattern[str]
    gap: re.Pattern[str]
    joins_after: frozenset[str]
    half_added: re.Pattern[str]
    article: re.Pattern[str]
    between: re.Pattern[str]
    half_gap: re.Pattern[str]
    plurals: frozenset[str]
    few: re.Pattern[str]
    of: re.Pattern[str]
    suffix: re.Pattern[str]
    ordinal_tail: re.Pattern[str]
    french: bool


def _pairs(words: str) -> Iterator[tuple[str, Decimal]]:
    for pair in words.split():
        word, value = pair.split(":")
        yield word, Decimal(value)


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the cues of a language, compiled."""
    known = cues(language, "numbers")
    words: dict[str, tuple[str, Decimal | None]] = dict.fromkeys(known["plurals"].split(), ("plural", None))
    words |= dict.fromkeys(known["ordinals"].split(), ("ordinal", None))
    words |= {word: ("half", Decimal("0.5")) for word in known["half_before"].split()}
    words |= {word: ("collective", value) for word, value in _pairs(known["collectives"])}
    for word, value in _pairs(known["below_hundred"]):
        words[word] = ("unit" if value < 10 else "tens" if value >= 20 and value % 10 == 0 else "teen", value)
    words |= {word: ("hundreds", value) for word, value in _pairs(known["hundreds"])}
    words |= dict.fromkeys(known["hundred"].split(), ("hundred", Decimal(100)))
    words |= {word: ("scale", value) for word, value in _pairs(known["scales"])}
    spaced = language in {"es", "fr", "pt"}
    shorts = dict(_pairs(known["short_scales"]))
    any_short = "|".join(sorted(shorts, key=len, reverse=True))
    articles = "|".join([*known["articles"].split(), "(?!)"])
    return Lexicon(
        words=MappingProxyType(words),
        short_scales=MappingProxyType(shorts),
        scales_alone=frozenset(known["scales_alone"].split()),
        decimal_mark=known["decimal_mark"],
        token=re.compile(f"{SPACED_DIGITS if spaced else DIGITS}|{_WORD}"),
        gap=re.compile(rf"(?:-|[ ]?\n?[ ]?|,[ ]?\n?)(?:(?P<join>{known['joins']})[\s-]{{1,2}})?"),
        joins_after=frozenset(known["joins_after"].split()),
        half_added=re.compile(rf"\s(?:{known['half_added']})\b"),
        article=re.compile(rf"(?:^|[\s(\"'-])(?P<word>{articles})[\s-]$", re.IGNORECASE),
        between=re.compile(rf"\b(?:{known['between']})\s(?:[^\W\d_]{{2,4}}\s)?$", re.IGNORECASE),
        few=re.compile(rf"\b(?P<word>(?:{known['few']}))\s$", re.IGNORECASE),
        of=re.compile(rf"\s(?:{known['of']})\s?"),
        half_gap=re.compile(rf"[\s-](?:(?:{articles}|un|um|one)\s)?"),
        plurals=frozenset(known["plurals"].split()),
        suffix=re.compile(
            rf"(?P<ordinal>(?:{known['ordinal_endings']})(?![^\W_]))|(?P<short>[ ]?(?:{any_short}))(?!\w)"
        ),
        ordinal_tail=re.compile(known["ordinal_tail"]),
        french=language == "fr",
    )


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Return a word in lower case without accents."""
    word = word.lower()
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _looked_up(word: str, lexicon: Lexicon) -> tuple[str, Decimal | None] | None:
    plain = bare(word)
    found = lexicon.words.get(plain)
    if found or len(plain) < 5:
        return found
    return ("ordinal", None) if lexicon.ordinal_tail.search(plain) else None


def tokens_of(plain: str, lexicon: Lexicon) -> Sequence[Token]:
    """Return the digits and the number words of a text, in order."""
    tokens: list[Token] = []
    for found in lexicon.token.finditer(plain):
        start, end = found.span()
        if word := found["word"]:
            entry = _looked_up(word, lexicon)
            if entry and not (start and (plain[start - 1].isdigit() or plain[start - 1] == "_")):
                tokens.append(Token(start, end, *entry))
        else:
            tokens.append(_digits(plain, found, lexicon))
    return tokens


def _digits(plain: str, found: re.Match[str], lexicon: Lexicon) -> Token:
    """Return a token for digits: kind ``digits``, ``ordinal``, or ``label`` for what counts nothing."""
    start, end = found.span()
    before = plain[max(0, start - 2) : start]
    one = figure(found)
    if one is None or _is_label(before, plain[end : end + 2]):
        return Token(start, end, "label", None)
    suffix = lexicon.suffix.match(plain, end)
    if suffix and suffix["ordinal"]:
        return Token(start, suffix.end(), "ordinal", None)
    if suffix and _is_scale(suffix["short"], before, plain[suffix.end() : suffix.end() + 2]):
        return Token(start, suffix.end(), "short", lexicon.short_scales[suffix["short"].strip()], one)
    if plain[end : end + 1].isalpha():
        return Token(start, end, "label", None)
    return Token(start, end, "digits", None, one)


def _is_label(before: str, after: str) -> bool:
    """Tell whether digits stand in a name, a clock time or a fraction bar: U4U, COVID-19, 10:30, 24/7."""
    last = before[-1:]
    return (
        last.isalnum()
        or last in {"_", "#", "\u00a7"}
        or (last in {"-", "."} and before[0].isalpha() and len(before) == 2)
        or (last in {":", "/"} and before[0].isdigit())
        or (after[:1] in {":", "/"} and after[1:].isdigit())
    )


def _is_scale(short: str, before: str, after: str) -> bool:
    """Tell whether a letter after digits stands for a scale; m may be metres but beside a currency."""
    money = before.strip()[-1:] in _CURRENCY_SIGNS or after.strip()[:1] in _CURRENCY_SIGNS
    return money or (short.strip() not in {"m", "b", "B", "mm"} and (short[0] != " " or len(short) > 2))
