"""What stands beside a date: its relation, and what shows that it is no date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.dates import phrases as said
from travesia.record.reading.dates.words import Token

# How many characters before a date are looked at.
_BEFORE = 40
_RELATIONS = ("since", "starting", "until", "by", "before", "after", "during")
_SURE_YEARS = range(1900, 2061)


@dataclass(frozen=True)
class Surroundings:
    """What the words around dates say, in one language."""

    relations: tuple[tuple[str, re.Pattern[str]], ...]
    leads: re.Pattern[str]
    weekday_leads: re.Pattern[str]
    never_year_after: re.Pattern[str]
    never_weekday_after: re.Pattern[str]
    never_date_after: re.Pattern[str]
    counted: frozenset[str]
    doubtful_months: frozenset[str]
    doubtful_weekdays: frozenset[str]
    frames: re.Pattern[str]
    capitalised: bool

    def relation(self, plain: str, start: int) -> str | None:
        """Return the relation that the words before a date state."""
        before = plain[max(0, start - _BEFORE) : start]
        for name, pattern in self.relations:
            if pattern.search(before):
                return name
        return None

    def starts(self, plain: str, start: int) -> bool:
        """Tell whether the words before a date may say that something starts then."""
        pattern = dict(self.relations)["starting"]
        return pattern.search(plain[max(0, start - _BEFORE) : start]) is not None

    def counts(self, plain: str, token: Token) -> bool:
        """Tell whether a number counts the thing named right after it."""
        following = _NEXT_WORD.match(plain, token.end)
        return following is not None and (
            following.group(1).casefold() in self.counted or following.group(1) in {"%", "$", "€"}
        )

    def may_be_year(self, plain: str, start: int, token: Token) -> bool:
        """Tell whether a number of four digits is a year here."""
        before, after = plain[max(0, start - _BEFORE) : start], plain[token.end : token.end + 2]
        if _GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after) or self.counts(plain, token):
            return False
        if self.never_year_after.search(before):
            return False
        return (token.value in _SURE_YEARS and token.value % 100 != 0) or self.leads.search(
            before
        ) is not None

    def may_be_month(self, plain: str, start: int, token: Token) -> bool:
        """Tell whether the bare name of a month is one here."""
        before = plain[max(0, start - _BEFORE) : start]
        if self.never_date_after.search(before):
            return False
        named = plain[token.start : token.end]
        if named.casefold() not in self.doubtful_months and (self.capitalised or named[0].islower()):
            return True
        return plain.startswith("'s", token.end) or self.leads.search(before) is not None

    def may_be_weekday(self, plain: str, start: int, token: Token) -> bool:
        """Tell whether the bare name of a weekday is one here."""
        before = plain[max(0, start - _BEFORE) : start]
        if self.never_weekday_after.search(before):
            return False
        if plain[token.start : token.end].casefold() not in self.doubtful_weekdays:
            return True
        return self.weekday_leads.search(before) is not None and _STOP.match(plain, token.end) is not None

    def may_be_day(self, plain: str, start: int) -> bool:
        """Tell whether a day of a month is one here and not the name of a street."""
        return self.never_date_after.search(plain[max(0, start - _BEFORE) : start]) is None


_NEXT_WORD = re.compile(r"[ -]{1,2}([^\W\d_]+|%|\$|€)")
_GLUED_BEFORE = re.compile(r"[\w§#$€£.+_/]$|[$€£]\s?$|[^\s(]-$|\d,$|US ?\$ ?$")
_GLUED_AFTER = re.compile(r"[\w%]|[-/.,:]\d|/\w")
_STOP = re.compile(r"\s*[,.;:()]|\s+\(?\d|\s*$|\s+(?:e|que|o|a)\s")


@cache
def surroundings(language: str) -> Surroundings:
    """Return what the cue file of a language says about the neighbours of dates."""
    cue = cues(language, "dates")
    beside = cue["beside"]
    between = _any(beside["between"])
    return Surroundings(
        relations=tuple(
            (
                name,
                re.compile(
                    rf"(?<!\w){_any(beside[name])}(?:\W{{1,2}}{between}){{0,3}}\W{{0,2}}$", re.IGNORECASE
                ),
            )
            for name in _RELATIONS
        ),
        leads=_ending(beside["leads"], r"[\s-]{1,2}(?:\W{0,2})"),
        weekday_leads=_ending(beside.get("weekday_leads", ()), r"\s{1,2}"),
        never_year_after=_ending(beside["never_year_after"], r"\W{0,3}"),
        never_weekday_after=_ending(beside["never_weekday_after"], r"\s{1,2}"),
        never_date_after=_ending(beside["never_date_after"], r"\.?\s{1,2}"),
        counted=frozenset(word.casefold() for word in beside["counted"]),
        doubtful_months=frozenset(cue["doubtful_months"]),
        doubtful_weekdays=frozenset(cue["doubtful_weekdays"]),
        capitalised=cue["capitalised"],
        frames=_ending(beside["frames"], r"\s{1,2}"),
    )


def _any(words: Sequence[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in longest_first) + ")"


def _ending(words: Sequence[str], gap: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any(words)}{gap}$" if words else "(?!)", re.IGNORECASE)


def admissible(phrase: said.Phrase, plain: str, tokens: Sequence[Token], around: Surroundings) -> bool:
    """Tell whether what reads like a date is one, by its neighbours."""
    inner = phrase.start if isinstance(phrase, said.Range) else phrase
    start = tokens[0].start
    if isinstance(inner, said.Years) and not inner.fiscal and tokens[0].code == "Y":
        return around.may_be_year(plain, start, tokens[-1]._replace(value=tokens[0].value))
    if isinstance(inner, said.Decade) and inner.first >= 1900 and tokens[0].end - tokens[0].start == 3:
        return plain[max(0, start - 4) : start].casefold().endswith(("'", "the "))
    if isinstance(inner, said.Weekday) and inner.day is None and tokens[0].code == "W":
        return around.may_be_weekday(plain, start, tokens[0])
    if isinstance(inner, said.Calendar):
        if inner.day is None and inner.year is None and tokens[0].code == "M" and len(tokens) == 1:
            return around.may_be_month(plain, start, tokens[0])
        return around.may_be_day(plain, start)
    return True
