"""The language of a text, found by the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import LANGUAGES, cues

UNKNOWN = "unknown"
"""What a text in none of the four languages is said to be in."""

_WORD = re.compile(r"[^\W\d_]+")
_READ_AT_MOST = 40_000
_LEAST_SCORE = 1.0
_LEAST_LEAD = 1.15
# In running prose a third to a half of the words are function words; in a text of another language that
# shares some of them, about a tenth. Lists and headlines have fewer.
_LEAST_SHARE = 0.19


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Return each word's weight for each language: a word of one language says more than one of three."""
    words = {language: frozenset(cues(language, "language")["words"].split()) for language in LANGUAGES}
    shared_by = Counter(word for known in words.values() for word in known)
    return MappingProxyType(
        {
            language: {word: 1.0 / shared_by[word] for word in known}
            | dict.fromkeys(cues(language, "language")["foreign"].split(), -1.0)
            for language, known in words.items()
        }
    )


@cache
def _endings() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {language: tuple(cues(language, "language")["endings"].split()) for language in LANGUAGES}
    )


def language_of(plain: str) -> str:
    """Return ``en``, ``es``, ``fr`` or ``pt``, or `UNKNOWN` where the words speak for none of them.

    A text is in the language whose function words it holds most of, each weighed by how many of the four
    languages share it; typical endings count for half a word. Only the first 40,000 characters are read.
    """
    words = Counter(word.casefold() for word in _WORD.findall(plain[:_READ_AT_MOST]))
    total = sum(words.values())
    if not total:
        return UNKNOWN
    scores, shares = {}, {}
    for language, weights in _weights().items():
        endings = _endings()[language]
        known = {word: weights[word] * times for word, times in words.items() if word in weights}
        ended = sum(times for word, times in words.items() if word not in known and word.endswith(endings))
        scores[language] = sum(known.values()) + ended / 2
        shares[language] = (sum(words[w] for w, weight in known.items() if weight > 0) + ended / 2) / total
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    convinces = (
        scores[best] >= _LEAST_SCORE
        and scores[best] >= _LEAST_LEAD * scores[second]
        and shares[best] >= _LEAST_SHARE
    )
    return best if convinces else UNKNOWN
