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
_RULING = ("gob", "gouv", "gov", "admin", "regim")
_SITED = frozenset(["in", "en", "em", "a"])
"""After a government these say no more than whose it is: "o governo em Washington"."""

_PAUSES = frozenset([".", ",", ";", "\n"])
_PAUSED = re.compile(r"[,\"\u2019\u00bb'] ?(?:[^\W\d_]{1,4} )?\Z")
_NEAR = 12
_FUTURES = ("ara", "era", "ira", "aran", "eran", "iran", "arao", "erao", "irao")
"""How a verb to come ends, folded; such a noun hardly follows a capital's name."""

_OBJECTS = frozenset(["le", "la", "les", "lo", "se", "s", "l", "lui"])
_QUOTES = " \"'\u00ab\u00bb"
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
    openers: frozenset[str]
    reported: frozenset[str]
    asked: frozenset[str]
    to: frozenset[str]
    not_verbs: frozenset[str]
    money: frozenset[str]
    addressed: frozenset[str]
    verb_endings: frozenset[str]
    ready: frozenset[str]


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
    if _is_asked(before, further, cue):
        return True
    article = chain[0].sense.kind == "seat" and before in ("a", "o")
    # "... and Kinshasa denies it" opens a clause; "in Bogotá and Quito said" is none.
    clause = before in cue.conjunctions and words.gap(first - 1)[:1] in _PAUSES
    if before in cue.conjunctions and _is_clause(known, first, last, cue):
        return True
    if before in cue.prepositions and not article and not clause:
        apart = words.gap(first - 1)[:1] in _PAUSES  # "la Casa de Gobierno, en Lima"
        sited = before in _SITED and further.startswith(_RULING)
        return not apart and further in cue.governments and (sited or before in _GENITIVE | {"from"})
    if words.gap(last) == "'" and after == "s":
        return words.fold(last + 1) in cue.policies
    if before in cue.reported and words.gap(last)[:1] in _PAUSES:
        verb = words.starts[first - 1]
        return _PAUSED.search(words.plain, max(0, verb - _NEAR), verb) is not None
    if words.gap(last).strip(_QUOTES):
        return False
    return _governs(known, first, last, cue)


def _is_clause(known: Known, first: int, last: int, cue: _Cues) -> bool:
    """Tell whether "and" opens a clause: a verb follows the capital, and no place stands before the "and"."""
    words = known.words
    if known.before(first - 1, "LOC", "GPE", "ORG") is not None or words.gap(last) != " ":
        return False
    after = words.fold(last)
    return after in cue.verbs or after in cue.auxiliaries or after.endswith(_FUTURES)


def _is_asked(before: str, further: str, cue: _Cues) -> bool:
    """Tell whether something is asked of a capital, or money goes to it: "demandons à Bakou de"."""
    return before in cue.to and (further.startswith(tuple(cue.asked)) or further in cue.money)


def _governs(known: Known, first: int, last: int, cue: _Cues) -> bool:
    """Tell whether a capital is what a verb after it speaks of: "Ottawa doubles", "Bogotá ne cédera pas"."""
    words = known.words
    beside = known.at(last + 1, "GPE") if words.fold(last) in cue.conjunctions else None
    if beside is not None and words.fold(beside.last) in cue.verbs | cue.auxiliaries:
        return True  # "Washington and Mexico have launched"
    before, after = words.fold(first - 1), words.fold(last)
    if after in cue.governments and known.language == "en":
        return True
    if after in cue.verbs or (after in cue.auxiliaries and not words.capital(last)):
        return True
    opens = before in cue.conjunctions | cue.openers or words.gap(first).strip(" ") != "" or first == 0
    if before in cue.openers and after in _OBJECTS:
        return True  # "si Erevan le souhaite"
    if opens and words.fold(last + 1) in cue.ready:
        return True  # "Washington está dispuesto"
    if not opens or not words.word(last).islower() or after in cue.not_verbs:
        return False
    if known.language != "en":
        return True
    # "Ottawa doubles places", but "Ottawa officials said".
    return after.endswith(tuple(cue.verb_endings)) or (after.endswith("s") and words.gap(last + 1) == " ")


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
