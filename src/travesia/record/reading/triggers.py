"""Triggers: where a cue of some topic stands in a text, with what the cue file says of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from travesia.record.reading.cue_files import cues
from travesia.record.reading.initials import initials
from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.once import once

_T = TypeVar("_T", bound=Extent)

_COPIES = 2
"""How many letters the phrases of a group may begin with on average to be tried letter by letter."""

_LONGEST = 20_000
"""Longest stretch given to one search, in code points: a line of ten megabytes is read piece by piece."""

_MOST_KEPT = 4_096
"""Answers that are kept of a text: families ask the same of a sentence again and again, then of the next."""


@dataclass(frozen=True)
class Trigger(Extent):
    """A cue that was found; `says` holds what its entry in the cue file says besides the patterns."""

    says: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def phrase_pattern(phrases: Sequence[str]) -> str:
    """Return one pattern for phrases of a cue file, the longest first, each at the limits of words.

    A phrase is a regular expression; its spaces match any run of blanks. One that ends in an apostrophe is
    part of the word that follows.
    """
    spaced = [phrase.strip() for phrase in sorted(phrases, key=len, reverse=True)]
    joined = "|".join(_bounded(phrase) for phrase in spaced)
    return rf"(?<!\w)(?:{joined})(?:(?<=')|(?!\w))"


def _bounded(phrase: str) -> str:
    r"""Let any blanks stand for a space, and nothing be endless: ``\S+`` in a line without blanks is long."""
    spaced = re.sub(r" +", r"\\s+", phrase)
    words = re.sub(r"\\([Sw])\+", r"\\\1{1,60}", spaced)
    return re.sub(r"(?<!\\)\)\+", r"){1,8}", re.sub(r"(?<!\\)\)\*", r"){0,8}", words))


@cache
def phrases(language: str, topic: str, group: str) -> re.Pattern[str]:
    """Return the compiled pattern of a list of phrases in a cue file, without regard to case."""
    return re.compile(phrase_pattern(cues(language, topic)[group]), re.IGNORECASE)


@cache
def phrases_at_end(language: str, topic: str, group: str) -> re.Pattern[str]:
    """Return the compiled pattern of text that ends in one of a list of phrases."""
    return re.compile(rf"{phrases(language, topic, group).pattern}\s*$", re.IGNORECASE)


@cache
def _entries(language: str, topic: str, group: str) -> tuple[re.Pattern[str], tuple[Mapping[str, Any], ...]]:
    entries = cues(language, topic)[group]
    says = tuple(
        MappingProxyType({key: value for key, value in entry.items() if key != "find"}) for entry in entries
    )
    # Inside a word no cue is tried: one look for all of them is twice as fast as one for each.
    branches = _branches([entry["find"] for entry in entries])
    return re.compile(rf"(?<!\w)(?=\S)(?:{'|'.join(branches) or '(?!)'})", re.IGNORECASE), says


def _branches(entries: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a pattern for each letter with which phrases begin: at a word only those of its letter are tried.

    Where too many phrases begin with many letters, one pattern for each entry, as their copies are compiled.
    """
    starts = [[(phrase, initials([phrase])) for phrase in entry] for entry in entries]
    copies = sum(len(own) if own else 1_000 for entry in starts for _, own in entry)
    if copies > _COPIES * sum(map(len, starts)):
        for number, entry in enumerate(entries):
            yield f"{_only_before(entry)}(?P<cue0_{number}>{phrase_pattern(entry)})"
        return
    for letter in sorted({one for entry in starts for _, letters in entry for one in letters or ()}):
        kept = [[phrase for phrase, own in entry if own and letter in own] for entry in starts]
        parts = [
            f"(?P<cue{ord(letter)}_{number}>{phrase_pattern(own)})" for number, own in enumerate(kept) if own
        ]
        yield f"(?={letter})(?:{'|'.join(parts)})"


def _only_before(phrases: Sequence[str]) -> str:
    """Return what lets a pattern be tried at the words only that begin with a letter of its phrases."""
    letters = initials(phrases)
    return "" if letters is None else f"(?=[{''.join(sorted(letters))}])"


def find_triggers(text: Text, topic: str, group: str, within: Extent | None = None) -> tuple[Trigger, ...]:
    """Find the cues of one group of a topic, an array of tables in the cue file.

    Each table has ``find``, a list of phrases, and whatever else the family of rules needs to know of it.
    Where several match at one place, the table that stands first wins.
    """
    start, end = (0, len(text.plain)) if within is None else (within.start, within.end)
    kept, asked = once(text, _nothing_kept), (topic, group, start, end)
    if asked not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[asked] = tuple(_triggers(text, topic, group, start, end))
    return kept[asked]


def _nothing_kept(_: Text) -> dict[tuple[str, str, int, int], tuple[Trigger, ...]]:
    return {}


def _triggers(text: Text, topic: str, group: str, start: int, end: int) -> Iterator[Trigger]:
    pattern, says = _entries(text.language, topic, group)
    for at in range(start, end, _LONGEST):
        for match in pattern.finditer(text.plain, at, min(end, at + _LONGEST)):
            number = int((match.lastgroup or "_0").partition("_")[2])
            yield Trigger(match.start(), match.end(), says[number])


def within(ordered: Sequence[_T], extent: Extent) -> tuple[_T, ...]:
    """Return those of some extents, in the order of their starts, that lie inside another."""
    first = bisect_left(ordered, extent.start, key=_start)
    after = bisect_left(ordered, extent.end, lo=first, key=_start)
    return tuple(one for one in ordered[first:after] if one.end <= extent.end)


def _start(extent: Extent) -> int:
    return extent.start
