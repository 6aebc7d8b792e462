"""Whose an institution is, and its whole name with the state: "Corte Suprema de Chile"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import fold, words_of
from travesia.record.reading.nouns import Entity

_RULERS = frozenset(["rulers", "leaders", "led", "regime", "junta", "officials", "government"])
"""After these nouns of bodies a state's people are meant, and no body: "Myanmar's military rulers"."""


@dataclass(frozen=True)
class _Whole:
    """A name with the state beside it: offsets, and the state's code where one stands there."""

    start: int
    end: int
    country: str | None


def institutions(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each institution that every state has as that of the state named beside it.

    Where none is, it is that of the United States if the text names no state more often, else nobody's.
    """
    for hit in known.of_kind("institution"):
        country = _with_state(known, hit.start, hit.end).country
        if country is None and known.countries and known.countries.most_common(1)[0][0] == "USA":
            country = "USA"
        name = hit.sense.entity.removeprefix("org:")
        prefix = {"USA": "us-", None: ""}.get(country, f"{str(country).lower()}-")
        id_ = f"org:{prefix}{name}"
        general = known.gazetteer.entities[hit.sense.entity]
        entity = known.gazetteer.entities.get(id_) or replace(general, id=id_, country=country)
        yield Find(hit.start, hit.end, "ORG", id_), entity


def state_bodies(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield "Gobierno paraguayo", "the Dominican Government", "armée congolaise": bodies by nationality."""
    names = cues(known.language, "names")
    for hit in known.hits:
        if hit.sense.type != "NORP" or hit.sense.entity not in known.gazetteer.entities:
            continue
        for kind, topic in (("government", "government_words"), (None, "state_bodies")):
            found = _body_beside(known, hit, names[topic])
            if found:
                yield _state_body(known, *found, known.country_of(hit), kind)
                break


def embassies(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield "Embassy of Spain in Lebanon", "Mexico's foreign ministry", "Government of Canada" whole."""
    words, names = known.words, cues(known.language, "names")
    small = {*map(fold, names["genitive"]), *map(fold, names["articles"]), "d", "l"}
    heads = {tuple(words_of(name).folds) for name in names["embassies"]}
    owned = {tuple(words_of(name).folds) for name in names["owned_bodies"]}
    where = frozenset(map(fold, names["embassy_in"]))
    for hit in known.hits:
        if hit.sense.type != "GPE" or hit.sense.entity not in known.gazetteer.entities:
            continue
        country = known.country_of(hit)
        if words.gap(hit.last) == "'" and words.fold(hit.last) == "s":
            size = next((n for n in (3, 2, 1) if words.folds[hit.last + 1 : hit.last + 1 + n] in owned), 0)
            ruled = words.fold(hit.last + 1 + size) in _RULERS
            if size and words.gap(hit.last + 1) == " " and not ruled:
                yield _state_body(known, hit.first, hit.last + 1 + size, country, None)
            continue
        first = hit.first
        while words.fold(first - 1) in small and words.gap(first) in (" ", "'") and hit.first - first < 3:
            first -= 1
        size = next((n for n in (2, 1) if n <= first and words.folds[first - n : first] in heads), 0)
        if size and first < hit.first and words.gap(first) == " ":
            yield _state_body(known, first - size, _host(known, hit.last, where, small), country, "embassy")
        elif (
            known.language == "en"
            and words.word(first - 1) == "Government"
            and hit.first - first in (1, 2)
            and words.fold(first - 2) != "of"  # "Heads of Government of Barbados, Belize and Panama"
        ):
            yield _state_body(known, first - 1, hit.last, country, "government")


def _host(known: Known, last: int, where: frozenset[str], small: set[str]) -> int:
    """Return where an embassy's name ends with the place that it is in, if that follows."""
    words = known.words
    if words.fold(last) not in where or words.gap(last) != " ":
        return last
    step = last + 1
    while words.fold(step) in small and step < last + 3:
        step += 1
    place = known.at(step, "GPE", "LOC")
    return place.last if place and "\n" not in words.gap(step) else last


def _state_body(
    known: Known, first: int, last: int, country: str | None, kind: str | None
) -> tuple[Find, Entity]:
    words = known.words
    start, end = words.starts[first], words.ends[last - 1]
    id_ = f"org:{str(country).lower()}-{kind or '-'.join(words.folds[first:last])}"
    state_kind = kind if kind == "government" else None
    entity = Entity(id_, "organisation", words.plain[start:end], country=country, kind=state_kind)
    return Find(start, end, "ORG", id_), known.gazetteer.entities.get(id_) or entity


@cache
def _size(name: str) -> int:
    return len(words_of(name))


def _body_beside(known: Known, hit: Hit, bodies: Sequence[str]) -> tuple[int, int] | None:
    """Return from where to where a body's noun and its nationality reach, ``None`` where there is no such."""
    words = known.words
    for body in bodies:
        size = _size(body)
        first = hit.last if known.language == "en" else hit.first - size
        last = first + size
        gap = words.gap(first) if known.language == "en" else words.gap(hit.first)
        if gap == " " and first >= 0 and last <= len(words):
            written = words.plain[words.starts[first] : words.ends[last - 1]]
            if written == body:
                return min(first, hit.first), max(last, hit.last)
    return None


def whole(known: Known, find: Find, entity: Entity | None) -> Find:
    """Return a state's organisation with the state in its name, any other find as it is."""
    if find.type != "ORG" or entity is None or entity.kind not in (None, "government", "institution"):
        return find
    found = _with_state(known, find.start, find.end)
    if found.country is None or entity.country not in (None, found.country):
        return find
    return replace(find, start=found.start, end=found.end)


def _with_state(known: Known, start: int, end: int) -> _Whole:
    words, names = known.words, cues(known.language, "names")
    first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
    if words.fold(first - 1) == "s" and words.gap(first - 1) == "'":
        owner = known.before(first - 1, "GPE")
        return _Whole(start, end, known.country_of(owner) if owner else None)
    before = known.before(first, "NORP", "GPE") if known.language == "en" else None
    if before and known.words.plain[before.end : start] == " ":
        return _Whole(before.start, end, known.country_of(before))
    adjective = known.at(last, "NORP") if known.language != "en" and words.gap(last) == " " else None
    if adjective:
        return _Whole(start, adjective.end, known.country_of(adjective))
    step = last
    small = {*map(fold, names["genitive"]), *map(fold, names["articles"])}
    if words.fold(step) in map(fold, names["genitive"]):
        while words.gap(step) in (" ", "'") and words.fold(step) in small and not known.at(step, "GPE"):
            step += 1
    state = known.at(step, "GPE") if step > last and words.gap(step) in (" ", "'") else None
    return _Whole(start, state.end, known.country_of(state)) if state else _Whole(start, end, None)
