"""Parts and multiples among the numbers of a text: per cents, fractions, "half", "one in five", "triple"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.numbers import Number, find_numbers

_PAUSE = r"\s?[,.;:)!?]|\s?$"
_WHOLE = frozenset({"count", "rounded", "vague", "ordinal"})


@dataclass(frozen=True)
class _Cues:
    """What tells parts and multiples in a language."""

    percent: re.Pattern[str]
    part: re.Pattern[str]
    single_part: re.Pattern[str]
    sure_part: re.Pattern[str]
    pause: re.Pattern[str]
    parts: dict[str, int]
    halves: tuple[re.Pattern[str], ...]
    one_in: re.Pattern[str]
    times: re.Pattern[str]
    times_before: re.Pattern[str]
    multiples: tuple[tuple[re.Pattern[str], Decimal], ...]
    any_multiple: re.Pattern[str]


@cache
def _cues(language: str) -> _Cues:
    known = cues(language, "numbers")
    parts = {
        word.replace("_", " "): int(value)
        for word, value in (pair.split(":") for pair in known["denominators"].split())
    }
    denominators = "|".join(sorted(parts, key=len, reverse=True))
    pause = rf"(?=\s(?:{known['after_fraction']})\b|{_PAUSE})"
    multiples = [pair.rsplit(":", 1) for pair in known["multiples"].split()]
    stop = rf"(?!{known['not_multiples']})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Cues(
        percent=compiled(rf"[\s-]?(?:{known['percent']})"),
        part=compiled(rf"[\s-](?P<part>{denominators})\b"),
        single_part=compiled(
            rf"\b(?:{known['fraction_articles']})[\s-](?P<part>{denominators})\b(?:{pause}|(?<= parte))"
        ),
        sure_part=compiled(known["sure_parts"]),
        pause=compiled(pause),
        parts=parts,
        halves=tuple(map(compiled, known["halves"])),
        one_in=compiled(rf"\s(?:{known['one_in']})\s"),
        times=compiled(known["times"]),
        times_before=compiled(rf"(?:{known['times_before']})\s$"),
        multiples=tuple((compiled(rf"{pattern}"), Decimal(value)) for pattern, value in multiples),
        any_multiple=compiled(rf"\b(?:{'|'.join(pattern for pattern, _ in multiples)})(?!\w){stop}"),
    )


def _parts(plain: str, numbers: Sequence[Number], known: _Cues) -> Iterator[Number]:
    """Yield the numbers that are parts or multiples by what stands after or before them."""
    for at, number in enumerate(numbers):
        if number.value is None or number.form != "count":
            continue
        value, end = number.value, number.end
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if found := known.percent.match(plain, end):
            yield replace(number, end=found.end(), value=value / 100, form="percent")
        elif found := known.part.match(plain, end):
            whole = known.parts[found["part"].lower()]
            hyphen = plain[end] == "-"
            alone = hyphen or known.pause.match(plain, found.end()) or known.sure_part.match(plain, end + 1)
            if 1 < value < whole or (value == 1 and alone):
                yield replace(number, end=found.end(), value=value / whole, form="fraction")
        elif found := known.times.match(plain, end):
            yield replace(number, end=found.end(), form="multiple")
        elif found := known.times_before.search(plain[max(0, number.start - 24) : number.start]):
            yield replace(number, form="multiple")
        elif (
            following
            and following.value
            and 0 < value < following.value <= 100
            and known.one_in.fullmatch(plain, end, following.start)
        ):
            yield replace(number, end=following.end, value=value / following.value, form="fraction")


def _words(plain: str, known: _Cues) -> Iterator[Number]:
    """Yield parts and multiples that are said without a number: half, a third, triple."""
    for found in known.single_part.finditer(plain):
        whole = known.parts[found["part"].lower()]
        yield Number(*found.span(), Decimal(1) / whole, "fraction")
    for pattern in known.halves:
        for found in pattern.finditer(plain):
            yield Number(*found.span(), Decimal("0.5"), "fraction")
    for found in known.any_multiple.finditer(plain):
        value = next(value for pattern, value in known.multiples if pattern.match(plain, found.start()))
        yield Number(*found.span(), value, "multiple")


def find_all_numbers(plain: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of a text as `find_numbers` does, parts and multiples told from counts.

    A part or a multiple takes the place of the counts that it is made of.
    """
    if language not in LANGUAGES:
        return ()
    numbers = find_numbers(plain, language)
    known = _cues(language)
    found = [*_parts(plain, numbers, known), *_words(plain, known)]
    kept: list[Number] = []
    for number in sorted([*found, *numbers], key=lambda one: (one.start, -one.end, one.form in _WHOLE)):
        if kept and number.start < kept[-1].end:
            continue
        kept.append(number)
    return tuple(kept)
