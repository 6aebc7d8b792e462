"""Later, shorter names of what a text names in full: acronyms in brackets, "the Declaration"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.words import fold, words_of

_ACRONYM = re.compile(r" ?\((?P<quote>\"?)(?P<name>[A-Z][A-Za-zÀ-ÿ0-9]{1,9})\"?\)")


_SHORT_NAME = 4
"""A meeting by its noun and place has no more words: "conférence de Port-au-Prince"."""

_BESIDE = 300
"""How far from the full name of a meeting the city where it is may stand, in code points."""

_NUMBERED = re.compile(r"[ivxlc]+|\d+\S{0,3}")
"""Before a meeting's name, which of a row it is: "II Cumbre"."""

_CUT_SHORT = ("EVENT", "DOC")
_SHORTENED = ("ORG", "EVENT", "DOC")


@cache
def _heads(language: str, type_: str) -> frozenset[str]:
    """Return the words that can stand alone for a named instrument, event or body that is no ministry."""
    heads = cues(language, "names")["heads"][type_]
    alone = heads.get("alone") or (*heads["first"], *heads["last"])
    return frozenset(" ".join(words_of(head).folds) for head in alone)


@cache
def _articles(language: str) -> frozenset[str]:
    return frozenset(map(fold, cues(language, "names")["articles"]))


def with_acronym(known: Known, find: Find) -> Find:
    """Return a name with the acronym in brackets after it: "World Food Programme (WFP)" is one mention.

    What no table knows by its full name may be known by the acronym.
    """
    brackets = _acronym_after(known, find) if find.type in _SHORTENED else None
    if brackets is None or brackets["quote"]:
        return find
    entity = find.entity
    if find.type == "ORG" and entity not in known.gazetteer.entities:
        same = (hit for hit in known.hits_at(brackets.start("name")) if hit.end == brackets.end("name"))
        entity = next((hit.sense.entity for hit in same if hit.sense.type == "ORG"), entity)
    return replace(find, end=brackets.end(), entity=entity)


def _acronym_after(known: Known, find: Find) -> re.Match[str] | None:
    found = _ACRONYM.match(known.words.plain, find.end)
    return found if found and sum(map(str.isupper, found["name"])) > 1 else None


def shortened_once(known: Known, finds: list[Find]) -> list[Find]:
    """Return finds with a meeting or an instrument by the first words of its name as the one named in full.

    "La Cumbre del Caribe" is "la Cumbre del Caribe sobre Migración" where no other name begins so.
    """
    longer: dict[tuple[str, str], set[str]] = {}
    for find in finds:
        if find.type in _CUT_SHORT:
            words = _words(known, find)
            numbered = _NUMBERED.fullmatch(words[0]) is not None
            words = words[numbered:]
            for length in range(2, len(words) + numbered):
                longer.setdefault((find.type, " ".join(words[:length])), set()).add(find.entity)
    return [_in_full(known, find, longer) if find.type in _CUT_SHORT else find for find in finds]


def _in_full(known: Known, find: Find, longer: Mapping[tuple[str, str], set[str]]) -> Find:
    others = longer.get((find.type, " ".join(_words(known, find))), set())
    return replace(find, entity=next(iter(others))) if len(others) == 1 else find


def _words(known: Known, find: Find) -> list[str]:
    return known.words.plain[find.start : find.end].casefold().split()


def meetings_once(known: Known, finds: list[Find]) -> list[Find]:
    """Return finds with "the Kampala conference" as the one conference that the text names otherwise.

    It is another one where the longer name holds a city of its own.
    """
    named: dict[str, dict[str, Find]] = {}
    for find in finds:
        if find.type == "EVENT":
            for head in _heads_in(known, find):
                named.setdefault(head, {}).setdefault(find.entity, find)
    return [_same_meeting(known, find, named) if find.type == "EVENT" else find for find in finds]


def _same_meeting(known: Known, find: Find, named: Mapping[str, Mapping[str, Find]]) -> Find:
    written = known.words.plain[find.start : find.end]
    heads = [head for head in _heads_in(known, find) if head in written]
    if len(written.split()) > _SHORT_NAME or not heads:  # the noun without a capital
        return find
    others = [other for head in heads for other in named[head].values() if other.entity != find.entity]
    cities = _cities(known, find.start, find.end)
    if len({one.entity for one in others}) != 1 or _cities(known, others[0].start, others[0].end) - cities:
        return find
    # That is where the meeting is if it stands near the full name too.
    if not any(cities & _cities_near(known, other, find) for other in others):
        return find
    return replace(find, entity=others[0].entity)


def _cities_near(known: Known, full: Find, short: Find) -> frozenset[str]:
    """Return the cities that stand near a name, those in a shorter one left out."""
    first, last = full.start - _BESIDE, full.end + _BESIDE
    before = _cities(known, first, min(last, short.start))
    return before | _cities(known, max(first, short.end), last)


def _cities(known: Known, start: int, end: int) -> frozenset[str]:
    """Return the cities named in a stretch."""
    found = (hit for at in range(start, end) for hit in known.hits_at(at))
    return frozenset(hit.sense.entity for hit in found if hit.sense.kind in ("city", "capital"))


def echoes(known: Known, finds: Iterable[Find]) -> Iterator[Find]:
    """Yield what acronyms and bare heads name, given what is named in full."""
    named = sorted((f for f in finds if f.type in _SHORTENED), key=lambda f: (f.start, -f.end))
    yield from _acronyms(known, named)
    yield from _bare_heads(known, named)


def _acronyms(known: Known, named: Iterable[Find]) -> Iterator[Find]:
    introduced: dict[str, Find] = {}
    for find in named:
        brackets = _acronym_after(known, find)
        if brackets:
            introduced.setdefault(brackets["name"], with_acronym(known, find))
    words = known.words
    for word in range(len(words)) if introduced else ():
        full = introduced.get(words.word(word))
        if full is not None and not known.at(word, "ORG", "EVENT", "DOC", "GPE"):
            yield Find(words.starts[word], words.ends[word], full.type, full.entity)


def _bare_heads(known: Known, named: list[Find]) -> Iterator[Find]:
    words = known.words
    articles = _articles(known.language)
    inside = {
        word
        for find in named
        for word in range(bisect_left(words.starts, find.start), bisect_left(words.starts, find.end))
    }
    last: dict[str, Find] = {}
    waiting = deque(named)
    opening: set[str] = set()
    for word, first in enumerate(words.folds):
        while waiting and waiting[0].start <= words.starts[word]:
            full = waiting.popleft()
            last |= dict.fromkeys(_heads_in(known, full), full)
            opening = {head.partition(" ")[0] for head in last}
        if first not in opening:
            continue
        length = 2 if word + 1 < len(words) and " ".join(words.folds[word : word + 2]) in last else 1
        folded = " ".join(words.folds[word : word + length])
        if word in inside or folded not in last:
            continue
        if words.fold(word - 1) not in articles and not (length > 1 and words.capital(word)):
            continue
        after = word + length
        goes_on = words.gap(after) == " " and words.capital(after)
        if (length > 1 or words.capital(word)) and not goes_on and not words.shouted(word):
            yield Find(words.starts[word], words.ends[after - 1], last[folded].type, last[folded].entity)


def _heads_in(known: Known, full: Find) -> Iterator[str]:
    """Yield the heads that a full name holds."""
    heads = _heads(known.language, full.type)
    folds = words_of(known.words.plain[full.start : full.end]).folds
    yield from (name for name in (*folds, *map(" ".join, pairwise(folds))) if name in heads)
