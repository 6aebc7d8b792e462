"""Groups of people: migrants, refugees, those who smuggle them, with whose nationals they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_STATES_OWN = frozenset(
    f"grp:{name}"
    for name in ("delegation", "ministers", "diplomats", "officials", "lawmakers", "leaders", "soldiers")
)
"""What these are of are states that act: "heads of delegation of Barbados, Colombia and Peru"."""

_SEVERAL = ""
"""Stands for the country of a group whose people are of several."""


@dataclass(frozen=True)
class _Cues:
    modifiers: frozenset[str]
    conjunctions: frozenset[str]
    articles: frozenset[str]
    origin: frozenset[str]
    fled: frozenset[str]
    participle_after: frozenset[str]


@cache
def _cues(language: str) -> _Cues:
    names = cues(language, "names")
    topics = ("group_modifiers", "conjunctions", "articles", "origin_before", "fled", "participle_after")
    return _Cues(*(frozenset(map(fold, names[topic])) for topic in topics))


def groups(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each group named; "migrants and refugees" is one."""
    cue = _cues(known.language)
    heads = [hit for hit in known.of_kind("group", "national") if _is_noun(known, hit, cue)]
    taken = -1
    for number, head in enumerate(heads):
        if head.first < taken:
            continue
        first, left = _before(known, head.first, cue)
        end, right = _after(known, head.last, cue)
        if head.sense.kind == "national" and left is None and right is None:
            end, right = _countries_after(known, end, cue)
            if right is None or head.sense.entity in _STATES_OWN:
                continue
        if right is None and known.words.fold(end) in cue.fled and known.words.gap(end) == " ":
            reach, country = _countries_after(known, end + 1, cue)
            end, right = (reach, country) if country is not None else (end, right)
        taken = end
        kinds = [head.sense.entity]
        for other in heads[number + 1 :]:
            start, country = _before(known, other.first, cue)
            if start != _joined(known, taken, cue) or other.sense.kind == "national":
                break
            taken, right_too = _after(known, other.last, cue)
            right = right or right_too or country
            kinds.append(other.sense.entity)
        found = [country for country in (left, right, _origin(known, taken, cue)) if country is not None]
        yield _group(known, (first, taken), kinds, found[0] if found else None)


def _is_noun(known: Known, head: Hit, cue: _Cues) -> bool:
    """Tell whether a group is no participle ("foram deslocados") and no part of an office."""
    return head.first not in known.in_offices and known.words.fold(head.first - 1) not in cue.participle_after


def _group(
    known: Known, extent: tuple[int, int], kinds: list[str], country: str | None
) -> tuple[Find, Entity]:
    words = known.words
    kind = "-and-".join(sorted({kind.removeprefix("grp:") for kind in kinds}))
    id_ = f"grp:{country.lower()}-{kind}" if country else f"grp:{kind}"
    start, end = words.starts[extent[0]], words.ends[extent[1] - 1]
    entity = Entity(id_, "group", kind.replace("-", " "), country=country or None, kind=kind, named=False)
    return Find(start, end, "GROUP", id_), entity


def _before(known: Known, word: int, cue: _Cues) -> tuple[int, str | None]:
    """Return where a group starts with the adjectives before it, and the country that they name."""
    country = None
    while word > 0 and known.words.gap(word) == " ":
        nationality = known.before(word, "NORP")
        if nationality is not None:
            country, word = known.country_of(nationality), nationality.first
            word, several = _listed_before(known, word, cue)
            country = _SEVERAL if several else country
        elif known.words.folds[word - 1] in cue.modifiers:
            word -= 1
        else:
            break
    return word, country


def _listed_before(known: Known, word: int, cue: _Cues) -> tuple[int, bool]:
    """Return where "Cuban, Haitian and Venezuelan" starts, and whether there are several."""
    words = known.words
    several = False
    while word > 0:
        step = word - 1 if words.folds[word - 1] in cue.conjunctions else word
        other = known.before(step, "NORP")
        if (
            other is None
            or words.gap(step).strip() not in ("", ",")
            or (step == word and "," not in words.gap(word))
        ):
            break
        word, several = other.first, True
    return word, several


def _after(known: Known, word: int, cue: _Cues) -> tuple[int, str | None]:
    """Return where a group ends with the adjectives after it, and the country that they name."""
    country = None
    if known.language == "en":
        return word, None
    while word < len(known.words) and known.words.gap(word) == " ":
        nationality = known.at(word, "NORP")
        if nationality is not None:
            country, word = known.country_of(nationality), nationality.last
            word, several = _listed_after(known, word, cue)
            country = _SEVERAL if several else country
        elif known.words.folds[word] in cue.modifiers:
            word += 1
        else:
            break
    return word, country


def _listed_after(known: Known, word: int, cue: _Cues) -> tuple[int, bool]:
    """Return where "haitianos, cubanos y venezolanos" ends, and whether there are several."""
    words, end = known.words, word
    while words.gap(word).strip() in ("", ","):
        joined = words.fold(word) in cue.conjunctions
        other = known.at(word + joined, "NORP")
        if other is None or words.capital(other.first) or not (joined or "," in words.gap(word)):
            break
        word = other.last
        if joined:
            return word, True
    return end, False


def _joined(known: Known, word: int, cue: _Cues) -> int:
    """Return the word where the next member of a list may start."""
    words = known.words
    if words.gap(word).strip(" \n") not in ("", ",", "/"):
        return -1
    if words.fold(word) in cue.conjunctions:
        word += 1
    elif "," not in words.gap(word) and "/" not in words.gap(word):
        return -1
    return word + (words.fold(word) in cue.articles)


def _countries_after(known: Known, word: int, cue: _Cues) -> tuple[int, str | None]:
    """Return where "nationals of Cuba and Haiti" ends, and the country if it is one."""
    words = known.words
    named: list[str | None] = []
    step, end = word, word
    small = cue.origin | cue.articles | cue.conjunctions
    while words.gap(step).strip(" '") in ("", ","):
        state = known.at(step, "GPE")
        if state is not None and step > word:
            named.append(known.country_of(state))
            step = end = state.last
        elif words.fold(step) in small:
            step += 1
        else:
            break
    return end, None if not named else named[0] if len(named) == 1 else _SEVERAL


def _origin(known: Known, word: int, cue: _Cues) -> str | None:
    """Return the country of "migrants from Haiti"."""
    words = known.words
    if words.fold(word) not in cue.origin or words.gap(word) != " ":
        return None
    word += 1 + (words.fold(word + 1) in cue.articles)
    origin = known.at(word, "GPE")
    if (
        origin is None
        or words.gap(origin.last).startswith(",")
        or words.fold(origin.last) in cue.conjunctions
    ):
        return None
    return known.country_of(origin)
