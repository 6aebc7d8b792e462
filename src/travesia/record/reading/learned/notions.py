"""Notions: what the words of a unit say of a measure's life in any of the languages, and its verbs' times.

Words of four languages share few stems; that something is off, still there or hangs on an "if" is said in
all of them. The cue files list how, so that a text in one language teaches what one in another means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.dates.tense import verbs_of
from travesia.record.reading.learned.units import Unit, folded
from travesia.record.reading.once import once

_WORD = re.compile(r"[^\W_]+|[$%\"?]")
_SMALL, _STEM = 4, 5


def status_signs(unit: Unit, kind: str | None) -> frozenset[str]:
    """Return the signs by which the status of a measure of some kind is known where a unit tells it."""
    return told_signs(unit) | {f"of {kind}"}


def told_signs(unit: Unit) -> frozenset[str]:
    """Return the signs of a unit, its notions, small words and verbs' times among them."""
    return once(unit, _signs)


def _signs(unit: Unit) -> frozenset[str]:
    words = unit.scene.words(unit)
    small = (f"small {one}" for one in _WORD.findall(words.casefold()) if len(one) <= _SMALL)
    return unit.signs | {*small, *_notions(unit, words), *_times(unit)}


def modality_signs(unit: Unit, kind: str | None, status: str | None) -> frozenset[str]:
    """Return the signs of whether a measure of some status is there, goes on or is only meant."""
    return status_signs(unit, kind) | {f"status {status}"}


def _notions(unit: Unit, words: str) -> Iterator[str]:
    language, plain = unit.scene.found.text.language, folded(words)
    for name, pattern in _patterns(language).items():
        if pattern.search(plain):
            yield f"notion {name}"
            yield f"notion {name} {language}"


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<![\w'])(?:{words})(?!\w)") for name, words in cues(language, "notions").items()
    }


def _times(unit: Unit) -> Iterator[str]:
    """Yield the times that the forms of a unit's verbs tell: of each, of the first and the last."""
    text, times = unit.scene.found.text, []
    for verb in verbs_of(text.language).finditer(text.plain, unit.start, unit.end):
        times.append(str(verb.lastgroup))
        yield f"verb {times[-1]}"
        yield f"verb {times[-1]} {folded(verb[0])[:_STEM]}"
    yield f"times {' '.join(sorted(set(times)))}"
    yield f"first time {times[0] if times else None}"
    yield f"last time {times[-1] if times else None}"
