"""How a number is meant: exact, a bound, about; in what time; a rise or a fall."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import cues

_KINDS = ("up_to", "more_than", "less_than", "almost", "approximate", "about", "limit", "exact")
_AFTER = ("more_than", "up_to", "limit", "about")
_LOOK_BACK = 70
_FALL_BACK = 160
_ENDS_CUE = frozenset(".,:'")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Cues:
    before: re.Pattern[str]
    after: re.Pattern[str]
    per: re.Pattern[str]
    per_before: re.Pattern[str]
    periods: Mapping[str, str]
    fall_by: re.Pattern[str]
    fall_after: re.Pattern[str]
    fall_to_half: re.Pattern[str]
    rise: re.Pattern[str]
    labels: re.Pattern[str]
    labels_after: re.Pattern[str]
    definite: re.Pattern[str]
    money_words: re.Pattern[str]


@cache
def _cues(language: str) -> _Cues:
    known = cues(language, "quantities")

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    before = "|".join(f"(?P<{kind}>{known[kind]})" for kind in _KINDS)
    after = "|".join(f"(?P<{kind}>{known['after_' + kind]})" for kind in _AFTER)
    fill = rf"(?:(?:{known['fill']})\s?){{0,3}}"
    return _Cues(
        before=compiled(rf"(?<!\w)(?:{before}),?\s?{fill}$"),
        after=compiled(rf"\s?(?:{after})(?!\w)"),
        per=compiled(rf"\s(?:[^\W\d_]+\s){{0,4}}?(?:{known['per']})\b"),
        per_before=compiled(rf"\b(?:{known['per_before']})\b[^.;:,\d]{{0,40}}$"),
        periods=MappingProxyType(dict(pair.split(":") for pair in known["periods"].split())),
        fall_by=compiled(rf"\b(?:{known['fall_by']})(?:\s{fill})?\s?$"),
        fall_to_half=compiled(rf"\b(?:{known['fall_to_half']})\s?$"),
        fall_after=compiled(rf"\s(?:{known['fall_after']})"),
        rise=compiled(rf"\b(?:{known['rise']})\b"),
        labels=compiled(rf"(?<!\w)(?:{known['labels']}):?\s?$"),
        definite=compiled(rf"\b(?:{known['definite']})\s$"),
        money_words=compiled(rf"\b(?:{known['money_words']})\b"),
        labels_after=compiled(rf"\s(?:{known['labels_after']})"),
    )


def _after_word(plain: str, start: int) -> bool:
    """Tell whether a word ends before `start`: only then is it worth to look for cues there."""
    before = plain[max(0, start - 4) : start].rstrip()
    return before[-1:].isalpha() or (before[-1:] in _ENDS_CUE and before[-2:-1].isalpha())


def qualifier_before(plain: str, first: int, start: int, language: str) -> tuple[str | None, int]:
    """Return how the number at `start` is meant by the words before it, and where those begin.

    `first` is where its sentence begins.
    """
    begin = max(first, start - _LOOK_BACK)
    found = _cues(language).before.search(plain[begin:start]) if _after_word(plain, start) else None
    if not found:
        return None, start
    return next(kind for kind in _KINDS if found[kind] is not None), begin + found.start()


def qualifier_after(plain: str, at: int, end: int, language: str) -> str | None:
    """Return how a number is meant by the words at `at`, behind it or behind what it counts."""
    found = _cues(language).after.match(plain, at, end)
    return next(kind for kind in _AFTER if found[kind] is not None) if found else None


def period_of(plain: str, first: int, start: int, at: int, end: int, language: str) -> str | None:
    """Return ``month``, ``day``, ``week`` or ``year`` where a number is a count in such a period."""
    known = _cues(language)
    found = known.per.match(plain, at, end) or known.per_before.search(
        plain[max(first, start - _LOOK_BACK) : start]
    )
    if not found:
        return None
    return next(known.periods[word.lower()] for word in found.groups() if word)


def falls(plain: str, first: int, start: int, at: int, end: int, language: str) -> bool:
    """Tell whether a ratio is by how much something fell: "down by 85%", "an 89 percent drop"."""
    known = _cues(language)
    if known.fall_after.match(plain, at, end):
        return True
    if not _after_word(plain, start):
        return False
    found = known.fall_by.search(plain[max(first, start - _FALL_BACK) : start])
    return bool(found) and not known.rise.search(found[0] if found else "")


def halves(plain: str, first: int, start: int, language: str) -> bool:
    """Tell whether a half is what something fell to, and so by how much: "cut in half"."""
    return bool(_cues(language).fall_to_half.search(plain[max(first, start - _FALL_BACK) : start]))


def is_label(plain: str, start: int, end: int, language: str) -> bool:
    """Tell whether a number names a thing and counts nothing: section 207, Title 42, 8 U.S.C. 1157."""
    known = _cues(language)
    return bool(
        known.labels.search(plain[max(0, start - 24) : start]) or known.labels_after.match(plain, end)
    )


def is_definite(plain: str, first: int, start: int, language: str) -> bool:
    """Tell whether an article before a number says that what it counts is known already."""
    return bool(_cues(language).definite.search(plain[max(first, start - 10) : start]))


def is_of_money(plain: str, first: int, start: int, language: str) -> bool:
    """Tell whether words shortly before a number speak of money: "a loan of up to 40 million"."""
    return bool(_cues(language).money_words.search(plain, max(first, start - _LOOK_BACK), start))


def is_day(plain: str, start: int, end: int, language: str) -> bool:
    """Tell whether a number stands beside a month's name."""
    months = cues(language, "sentences")["months"].split()
    around = (
        _WORDS.findall(plain[max(0, start - 14) : start])[-1:] + _WORDS.findall(plain[end : end + 20])[:2]
    )
    return any(word.lower() in months for word in around)
