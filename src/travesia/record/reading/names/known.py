"""What is known of a text before its topics are read: its words, and the names of the gazetteer that hold."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from travesia.record.reading.names.gazetteer import Gazetteer
from travesia.record.reading.names.phrases import Hit, Sense
from travesia.record.reading.names.words import Words

_LONGEST_NAME = 200
_WRAPPED = 50
"""A line of so many characters may go on in the next one."""


OPAQUE = ("", "GPE", "NORP", "LOC")
"""What these hold is no mention of its own: "Guinea" in "Guinea-Bissau", "Mexico" in "New Mexico"."""


def seen(words: Words, hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the hits that no longer name hides, by place, the longer first."""
    kept: list[Hit] = []
    hidden_to, hidden = 0, Hit(0, 0, 0, 0, Sense("", "", ""))
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end <= hidden_to and (hit.start, hit.end) != (hidden.start, hidden.end):
            continue
        if hit.sense.type in OPAQUE and hit.end > hidden_to:
            hidden_to, hidden = hit.end, hit
        kept.append(hit)
    longer = {(hit.end, hit.sense.type): hit.start for hit in reversed(kept)}
    return tuple(hit for hit in kept if not _is_tail(words, hit, longer))


def _is_tail(words: Words, hit: Hit, first_start: Mapping[tuple[int, str], int]) -> bool:
    """Tell whether an organisation's name is the end of a longer one: "Security Council" in "National …"."""
    goes_on = words.gap(hit.first) == " " and words.capital(hit.first - 1)
    return hit.sense.type == "ORG" and goes_on and first_start[hit.end, "ORG"] < hit.start


@dataclass(frozen=True, eq=False)
class Known:
    """The words of a text, its language and date, and what the gazetteer finds in it, by place."""

    words: Words
    language: str
    published: str | None
    gazetteer: Gazetteer
    hits: tuple[Hit, ...]

    @cached_property
    def _starting(self) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.first, []).append(hit)
        return found

    @cached_property
    def _ending(self) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.last, []).append(hit)
        return found

    def at(self, word: int, *types: str) -> Hit | None:
        """Return the longest hit of these types that starts at a word."""
        return _longest(hit for hit in self._starting.get(word, ()) if hit.sense.type in types)

    def before(self, word: int, *types: str) -> Hit | None:
        """Return the longest hit of these types that ends where a word starts."""
        return _longest(hit for hit in self._ending.get(word, ()) if hit.sense.type in types)

    @cached_property
    def _offsets(self) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.start, []).append(hit)
        return found

    def starting_at(self, offset: int, *types: str) -> bool:
        """Tell whether a hit of these types starts at an offset."""
        return any(hit.sense.type in types for hit in self._offsets.get(offset, ()))

    def hits_at(self, offset: int) -> Sequence[Hit]:
        """Return the hits that start at an offset."""
        return self._offsets.get(offset, ())

    def _near(self, start: int, end: int) -> Iterator[Hit]:
        """Yield the hits that may touch a stretch: no name is longer than `_LONGEST_NAME`."""
        first = bisect_left(self.hits, start - _LONGEST_NAME, key=lambda hit: hit.start)
        return takewhile(lambda hit: hit.start < end, islice(self.hits, first, None))

    def inside(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies in a name that the gazetteer knows."""
        named = ("ORG", "EVENT", "DOC", "GPE")
        return any(h.start <= start and end <= h.end for h in self._near(start, end) if h.sense.type in named)

    def within(self, start: int, end: int, type_: str) -> Hit | None:
        """Return a hit of a type that lies in a stretch."""
        found = (hit for hit in self._near(start, end) if start <= hit.start and hit.end <= end)
        return next((hit for hit in found if hit.sense.type == type_), None)

    def of_kind(self, *kinds: str) -> tuple[Hit, ...]:
        """Return hits of these kinds of forms, by place, the longest of those that start alike."""
        found: dict[int, Hit] = {}
        for hit in self.hits:
            if hit.sense.kind in kinds and (hit.first not in found or hit.last > found[hit.first].last):
                found[hit.first] = hit
        kept: list[Hit] = []
        for hit in found.values():
            if not kept or hit.first >= kept[-1].last:
                kept.append(hit)
        return tuple(kept)

    def country_of(self, hit: Hit) -> str | None:
        """Return the code of the country that a hit names or lies in."""
        entity = self.gazetteer.entities[hit.sense.entity]
        return entity.iso3 or entity.country

    @cached_property
    def in_offices(self) -> Mapping[int, int]:
        """Where the office ends to which a word belongs, such as "High Commissioner for Refugees"."""
        return {word: hit.last for hit in self.of_kind("office") for word in range(hit.first, hit.last)}

    def joint(self, word: int) -> str:
        """Return what stands before a word, spaces aside; ``|`` at the end of a line that is not wrapped."""
        gap = self.words.gap(word)
        if word >= len(self.words) or "\n\n" in gap:
            return "|"
        if "\n" in gap:
            end = self.words.ends[word - 1]
            if self.words.plain.find("\n", max(0, end - _WRAPPED), end) >= 0 or end < _WRAPPED:
                return "|"
        return gap.strip(" \n")

    @cached_property
    def in_longer_names(self) -> frozenset[int]:
        """The words of names of several words: countries, places, organisations, events, instruments."""
        named = ("", "GPE", "LOC", "ORG", "EVENT", "DOC")
        longer = (hit for hit in self.hits if hit.sense.type in named and hit.last > hit.first + 1)
        return frozenset(word for hit in longer for word in range(hit.first, hit.last))

    def power_of(self, hit: Hit) -> str:
        """Return the code of the state, or the id of the organisation, that a hit names."""
        return self.gazetteer.entities[hit.sense.entity].iso3 or hit.sense.entity

    @cached_property
    def countries(self) -> Counter[str]:
        """How often each country is named, itself or by its places and institutions."""
        named = (self.country_of(hit) for hit in self.hits if hit.sense.entity in self.gazetteer.entities)
        return Counter(country for country in named if country)


def _longest(hits: Iterable[Hit]) -> Hit | None:
    return max(hits, key=lambda hit: hit.last - hit.first, default=None)
