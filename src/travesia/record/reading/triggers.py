"""Triggers: where a cue of some topic stands in a text, with what the cue file says of it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.once import once
from travesia.record.reading.openings import LONGEST, folded, openings

_T = TypeVar("_T", bound=Extent)

_LONGEST = 20_000
"""How far from its first word a cue reaches at most, in code points, in a line of ten megabytes too."""

_WORD = re.compile(r"(?<!\w)\S")

_START = attrgetter("start")

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
    spaced = re.sub(r" +", r"\\s+", phrase.replace(" ?", r"\s{0,9}"))
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


@dataclass(frozen=True)
class _Cue:
    """A cue, with what the file says of it; its pattern is compiled where it is first tried."""

    find: Sequence[str]
    says: Mapping[str, Any]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(phrase_pattern(self.find), re.IGNORECASE)


@cache
def _cues(language: str, topic: str, group: str) -> tuple[_Cue, ...]:
    return tuple(
        _Cue(entry["find"], MappingProxyType({key: value for key, value in entry.items() if key != "find"}))
        for entry in cues(language, topic)[group]
    )


@cache
def _opening(language: str, topic: str, group: str) -> Mapping[str, tuple[int, ...]]:
    """Return which cues of a group, by their numbers, may stand where a word opens with some letters."""
    found: dict[str, tuple[int, ...]] = {}
    for number, cue in enumerate(_cues(language, topic, group)):
        for begun in openings(cue.find):
            found[begun] = (*found.get(begun, ()), number)
    return found


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
    known, plain = _cues(text.language, topic, group), text.plain
    places, tried = _likely(text, topic, group)
    for at in range(bisect_left(places, start), bisect_left(places, end)):
        place = places[at]
        if place < start:
            continue
        for number in tried[at]:
            match = known[number].pattern.match(plain, place, min(end, place + _LONGEST))
            if match is not None:
                yield Trigger(place, match.end(), known[number].says)
                start = max(match.end(), place + 1)
                break


def all_triggers_at(text: Text, topic: str, group: str, place: int, end: int) -> Iterator[Trigger]:
    """Yield every cue of a group that stands at the begin of a word, in the order of the file.

    `find_triggers` gives the first alone; a verb can be of several classes.
    """
    places, tried = _likely(text, topic, group)
    at = bisect_left(places, place)
    for number in tried[at] if at < len(places) and places[at] == place else ():
        cue = _cues(text.language, topic, group)[number]
        match = cue.pattern.match(text.plain, place, end)
        if match is not None:
            yield Trigger(place, match.end(), cue.says)


def _likely(text: Text, topic: str, group: str) -> tuple[Sequence[int], Sequence[tuple[int, ...]]]:
    """Return at which words of a text a cue of a group may stand, and which cues, in order."""
    kept = once(text, _nothing_likely)
    if (topic, group) not in kept:
        opening, words = _opening(text.language, topic, group), once(text, _words)
        tried: dict[int, tuple[int, ...]] = {}
        for begun in opening.keys() & words.keys():
            for place in words[begun]:
                known = tried.get(place)
                tried[place] = tuple(sorted({*known, *opening[begun]})) if known else opening[begun]
        for number in opening.get("", ()):
            for place in _standing(text.plain, _cues(text.language, topic, group)[number].pattern):
                tried[place] = tuple(sorted({*tried.get(place, ()), number}))
        places = sorted(tried)
        kept[topic, group] = array("I", places), [tried[place] for place in places]
    return kept[topic, group]


def _standing(plain: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield the words at which a cue stands that may open with anything."""
    match = pattern.search(plain)
    while match is not None:
        at = match.start()
        if not plain[at].isspace():
            yield at
        match = pattern.search(plain, at + 1)


def _nothing_likely(_: Text) -> dict[tuple[str, str], tuple[Sequence[int], Sequence[tuple[int, ...]]]]:
    return {}


def _words(text: Text) -> Mapping[str, Sequence[int]]:
    """Return where the words of a text begin, by their first letters: one, two and so on."""
    letters, found = folded(text.plain), defaultdict[str, list[int]](list)
    for match in _WORD.finditer(text.plain):
        at = match.start()
        for length in range(1, LONGEST + 1):
            found[letters[at : at + length]].append(at)
    return found


def within(ordered: Sequence[_T], extent: Extent) -> tuple[_T, ...]:
    """Return those of some extents, in the order of their starts, that lie inside another."""
    first = bisect_left(ordered, extent.start, key=_START)
    after = bisect_left(ordered, extent.end, lo=first, key=_START)
    return tuple(one for one in ordered[first:after] if one.end <= extent.end)
