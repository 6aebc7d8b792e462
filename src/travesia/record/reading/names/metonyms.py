"""Capitals and seats that stand for a government: where they act, not where something happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,25})?(?: ?\([^)\n]{1,25}\))?(?:, [^\n-]{1,30})? ?--? ")
_INDENT = 20
_GENITIVE = frozenset(["of", "de", "du", "d", "del", "do", "da", "for", "by", "par", "por", "pour", "para"])
_BRUSSELS = {"plc:brussels": "org:eu"}


@dataclass(frozen=True)
class _Cues:
    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    prepositions: frozenset[str]
    towards: frozenset[str]
    between: frozenset[str]
    conjunctions: frozenset[str]
    routes: frozenset[str]
    governments: frozenset[str]
    policies: frozenset[str]
    addressed: frozenset[str]
    verb_endings: frozenset[str]


@cache
def _cues(language: str) -> _Cues:
    acting = cues(language, "names")["acting"]
    return _Cues(*(frozenset(map(fold, acting[field.name])) for field in fields(_Cues)))


def metonyms(known: Known) -> Iterator[Find]:
    """Yield the capitals and seats that act, each as the state or union that it stands for."""
    cue = _cues(known.language)
    for chain in _chains(known, cue):
        if _acts(known, chain, cue):
            for hit in chain:
                if not _is_dateline(known, hit):
                    entity = _BRUSSELS.get(hit.sense.entity, f"cty:{known.country_of(hit)}")
                    yield Find(hit.start, hit.end, "GPE_METONYM", entity, opaque=True)


def seats(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield the seats of governments: as places where something happens there, else as bodies."""
    cue = _cues(known.language)
    articles = frozenset(map(fold, cues(known.language, "names")["articles"]))
    for hit in known.of_kind("seat"):
        entity = known.gazetteer.entities[hit.sense.entity]
        before = known.words.fold(hit.first - 1)
        if before in articles and before not in cue.prepositions:
            before = known.words.fold(hit.first - 2)
        if before in cue.prepositions - cue.conjunctions - _GENITIVE:
            id_ = entity.id.replace("org:", "plc:")
            yield Find(hit.start, hit.end, "LOC", id_, opaque=True), replace(entity, id=id_, type="place")
        else:
            yield Find(hit.start, hit.end, "ORG", entity.id), entity


def _chains(known: Known, cue: _Cues) -> Iterator[list[Hit]]:
    """Yield capitals and seats, those joined by "and" together: they act together or not at all."""
    chain: list[Hit] = []
    for hit in known.of_kind("capital", "seat"):
        joined = (
            chain and hit.first == chain[-1].last + 1 and known.words.fold(chain[-1].last) in cue.conjunctions
        )
        if chain and not joined:
            yield chain
            chain = []
        chain.append(hit)
    if chain:
        yield chain


def _is_dateline(known: Known, hit: Hit) -> bool:
    plain = known.words.plain
    line_start = plain.rfind("\n", max(0, hit.start - _INDENT), hit.start) + 1
    if not line_start and hit.start > _INDENT:
        return False
    return not plain[line_start : hit.start].strip(" (") and bool(_DATELINE.match(plain, hit.end))


def _acts(known: Known, chain: list[Hit], cue: _Cues) -> bool:
    words, first, last = known.words, chain[0].first, chain[-1].last
    before, further, after = words.fold(first - 1), words.fold(first - 2), words.fold(last)
    if before in cue.between or (before in cue.conjunctions and _after_between(known, first, cue)):
        return _is_pair(known, chain, cue)
    if words.gap(first) == " " and (
        before in cue.towards or before in cue.addressed or further in cue.addressed
    ):
        return True
    article = chain[0].sense.kind == "seat" and before in ("a", "o")
    if before in cue.prepositions and not article:
        return further in cue.governments and before in _GENITIVE
    if words.gap(last) == "'" and after == "s":
        return words.fold(last + 1) in cue.policies
    if words.gap(last) != " ":
        return False
    if after in cue.governments and known.language == "en":
        return True
    opens = before in cue.conjunctions or words.gap(first).strip(" ") != "" or first == 0
    inflected = opens and after.endswith(tuple(cue.verb_endings)) and words.word(last).islower()
    return after in cue.verbs or inflected or (after in cue.auxiliaries and not words.capital(last))


def _after_between(known: Known, first: int, cue: _Cues) -> bool:
    """Tell whether what stands before "and X" is "between Y"."""
    before = known.before(first - 1, "LOC", "GPE", "ORG")
    return before is not None and known.words.fold(before.first - 1) in cue.between


def _is_pair(known: Known, chain: list[Hit], cue: _Cues) -> bool:
    """Tell whether "between X and Y" pairs two powers, not the ends of a road."""
    words, first, last = known.words, chain[0], chain[-1]
    if words.fold(first.first - 1) not in cue.between:
        first = known.before(first.first - 1, "LOC", "GPE", "ORG") or first
    elif first is last:
        paired = words.fold(last.last) in cue.conjunctions
        last = (known.at(last.last + 1, "LOC", "GPE", "ORG") if paired else None) or last
    powers = {known.country_of(first), known.country_of(last)} - {None}
    return len(powers) > 1 and words.fold(first.first - 2) not in cue.routes
