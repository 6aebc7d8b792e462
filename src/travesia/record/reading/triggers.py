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

from travesia.record.reading.cue_files import cues, every_cue
from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.once import once
from travesia.record.reading.openings import LONGEST, folded, openings

_T = TypeVar("_T", bound=Extent)

_LONGEST = 20_000
"""How far from its first word a cue reaches at most, in code points, in a line of ten megabytes too."""

_WORD = re.compile(r"(?<!\w)\S")
_BLANKS = re.compile(" {2,}")

_START = attrgetter("start")

_LISTS = {
    "commitments": ("said",),
    "events": ("measures", "numbered", "signs"),
    "participation": ("together",),
    "policies": (
        "away", "carries", "coded", "courts", "expelling", "expels", "forces", "grounds", "legal_bases",
        "lets", "own", "pending_case", "preambles", "rulings", "story_nouns",
    ),
    "relations": ("depended_on", "falsehoods", "parts", "recruiters", "recruits", "trade_partners"),
    "statements": ("figures_show", "general", "governments", "offices", "sources", "speakers"),
}  # fmt: skip
"""Lists of phrases that are sought in every sentence, as the tables of cues are."""

_MOST_KNOWN = 65_536
"""Beginnings of words of which is kept what may stand at them."""

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
    words = re.sub(r"(\\[Sw]|(?<!\\)\])\+", r"\1{1,60}", spaced)
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
class _Phrase:
    """A phrase of a cue, and what the file says of the cue; it is compiled where it is first tried."""

    cue: int
    words: str
    says: Mapping[str, Any]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(phrase_pattern([self.words]), re.IGNORECASE)


@cache
def _phrases(language: str, topic: str, group: str) -> tuple[_Phrase, ...]:
    """Return the phrases of a group in the order in which they are tried: by cue, the longest first."""
    held = cues(language, topic)[group]
    tables = [{"find": held}] if group in _LISTS.get(topic, ()) else held
    return tuple(
        _Phrase(number, phrase, MappingProxyType({key: said for key, said in cue.items() if key != "find"}))
        for number, cue in enumerate(tables)
        for phrase in sorted(cue["find"], key=len, reverse=True)
    )


class _Openings:
    """Which phrases of which group of a language may stand where a word begins with some letters."""

    def __init__(self, language: str) -> None:
        self.groups = [
            (topic, group)
            for topic, section in every_cue(language).items()
            for group, held in section.items()
            if (isinstance(held, list) and held and isinstance(held[0], dict))
            or group in _LISTS.get(topic, ())
        ]
        self._begun = defaultdict[str, list[tuple[int, int]]](list)
        self._known: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
        for at, (topic, group) in enumerate(self.groups):
            for number, phrase in enumerate(_phrases(language, topic, group)):
                for begun in openings([phrase.words]):
                    self._begun[begun].append((at, number))

    @cached_property
    def anywhere(self) -> Mapping[int, Sequence[int]]:
        """The numbers of the phrases that may begin with anything, by group."""
        found = defaultdict[int, list[int]](list)
        for at, number in self._begun.get("", ()):
            found[at].append(number)
        return found

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each group."""
        return {group: number for number, group in enumerate(self.groups)}

    def at(self, word: str) -> list[tuple[int, tuple[int, ...]]]:
        """Return the numbers of the phrases that may stand at a word, by group; `word` is how it begins."""
        if word not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = defaultdict[int, list[int]](list)
            for length in range(1, len(word) + 1):
                for at, number in self._begun.get(word[:length], ()):
                    found[at].append(number)
            self._known[word] = [(at, tuple(sorted(numbers))) for at, numbers in found.items()]
        return self._known[word]


@cache
def _openings(language: str) -> _Openings:
    return _Openings(language)


def find_triggers(text: Text, topic: str, group: str, within: Extent | None = None) -> tuple[Trigger, ...]:
    """Find the cues of one group of a topic, an array of tables in the cue file or one of some lists.

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
    known, plain = _phrases(text.language, topic, group), text.plain
    places, tried = once(text, _Likely).of(topic, group)
    for at in range(bisect_left(places, start), bisect_left(places, end)):
        place = places[at]
        if place < start:
            continue
        last = min(end, place + _LONGEST)
        for number in tried[at]:
            match = known[number].pattern.match(plain, place, last)
            if match is not None:
                yield Trigger(place, match.end(), known[number].says)
                start = max(match.end(), place + 1)
                break


def all_triggers_at(text: Text, topic: str, group: str, place: int, end: int) -> Iterator[Trigger]:
    """Yield every cue of a group that stands at the begin of a word, in the order of the file.

    `find_triggers` gives the first alone; a verb can be of several classes.
    """
    places, tried = once(text, _Likely).of(topic, group)
    at, last = bisect_left(places, place), -1
    for number in tried[at] if at < len(places) and places[at] == place else ():
        phrase = _phrases(text.language, topic, group)[number]
        match = phrase.pattern.match(text.plain, place, end) if phrase.cue != last else None
        if match is not None:
            last = phrase.cue
            yield Trigger(place, match.end(), phrase.says)


class _Likely:
    """At which words of a text a cue of each group may stand, and which phrases of it, in order."""

    def __init__(self, text: Text) -> None:
        self._text, self._known = text, _openings(text.language)
        self._places = [array("I") for _ in self._known.groups]
        self._tried: list[list[tuple[int, ...]]] = [[] for _ in self._known.groups]
        self._anywhere = dict(self._known.anywhere)
        for place, word in _words(text.plain):
            for group, numbers in self._known.at(word):
                self._places[group].append(place)
                self._tried[group].append(numbers)

    def of(self, topic: str, group: str) -> tuple[Sequence[int], Sequence[tuple[int, ...]]]:
        """Return the words at which a cue of a group may stand, and the numbers of the phrases that may."""
        number = self._known.numbers[topic, group]
        # A search through the whole text, so only for what is asked.
        anywhere = self._anywhere.pop(number, None)
        if anywhere:
            self._add(number, _phrases(self._text.language, topic, group), anywhere)
        return self._places[number], self._tried[number]

    def _add(self, group: int, known: Sequence[_Phrase], anywhere: Sequence[int]) -> None:
        more = defaultdict[int, list[int]](list)
        for number in anywhere:
            for place in _standing(self._text.plain, known[number].pattern):
                more[place].append(number)
        found = dict(zip(self._places[group], self._tried[group], strict=True))
        found |= {place: tuple(sorted({*found.get(place, ()), *numbers})) for place, numbers in more.items()}
        self._places[group] = array("I", sorted(found))
        self._tried[group] = [found[place] for place in self._places[group]]


def _standing(plain: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield the words at which a phrase stands that may open with anything."""
    match = pattern.search(plain)
    while match is not None:
        at = match.start()
        if not plain[at].isspace():
            yield at
        match = pattern.search(plain, at + 1)


def _words(plain: str) -> Iterator[tuple[int, str]]:
    """Yield where the words of a text begin, and how: their first letters and what follows, blanks as one."""
    letters = folded(plain)
    squeezed, blanks, fewer = _BLANKS.sub(" ", letters), _BLANKS.finditer(letters), 0
    blank = next(blanks, None)
    for match in _WORD.finditer(plain):
        at = match.start()
        while blank is not None and blank.end() <= at:
            fewer += blank.end() - blank.start() - 1
            blank = next(blanks, None)
        yield at, squeezed[at - fewer : at - fewer + LONGEST]


def within(ordered: Sequence[_T], extent: Extent) -> tuple[_T, ...]:
    """Return those of some extents, in the order of their starts, that lie inside another."""
    first = bisect_left(ordered, extent.start, key=_START)
    after = bisect_left(ordered, extent.end, lo=first, key=_START)
    return tuple(one for one in ordered[first:after] if one.end <= extent.end)
