"""Names whose first noun alone has a capital, as "Cour constitutionnelle lettone"; titles in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.heads import named
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_STATUTES = frozenset(["act", "law"])
"""A line that names one only heads what says it again."""

_ARTICLES = frozenset(["a", "o", "as", "os", "el", "la", "los", "las", "le", "les", "l"])
"""These follow a preposition, and none opens what a name is about: "Assinaram a Declaração a Bolívia e"."""

_AFTER_A_STATE = frozenset(["sur", "pour", "relative", "relatif", "sobre", "para"])
"""After a place only these go on with a name: "Convention de Genève relative au statut"."""

_TYPES = ("ORG", "EVENT", "DOC")
_LONGEST = 9
_SHORTEST, _LONGEST_LINE = 8, 160
"""Between these a title has its characters."""

_SIDES = 2
"""How many a war has."""

_SHORT = 2
"""A title of so many words is that of many texts: "JOINT COMMUNIQUÉ"."""


@dataclass(frozen=True)
class _Cues:
    """First nouns of names with their types, and what may follow them, folded."""

    nouns: Mapping[str, str]
    governments: frozenset[str]
    opposition: frozenset[str]
    opposed: frozenset[str]
    courts: frozenset[str]
    wars: frozenset[str]
    against: frozenset[str]
    adjectives: frozenset[str]
    links: frozenset[str]
    ands: frozenset[str]
    matters: frozenset[str]
    articles: frozenset[str]
    titles: Mapping[str, str]


@cache
def _cues(language: str) -> _Cues:
    names = cues(language, "names")
    heads, after = names["heads"], names["complements"]
    titles = {
        fold(word): type_ for type_ in _TYPES for word in (*heads[type_]["first"], *heads[type_]["last"])
    }

    def folded(topic: str) -> frozenset[str]:
        return frozenset(map(fold, after[topic]))

    return _Cues(
        nouns={fold(word): type_ for type_ in _TYPES for word in after[type_]},
        governments=frozenset(map(fold, names["government_words"])),
        opposition=folded("opposition"),
        opposed=folded("opposed"),
        courts=folded("courts"),
        wars=folded("wars"),
        against=folded("against"),
        adjectives=folded("adjectives"),
        links=folded("links"),
        ands=frozenset(heads["and"].split("|")),
        matters=folded("matters"),
        articles=frozenset(map(fold, names["articles"])),
        titles=titles,
    )


def complements(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield bodies, meetings and instruments by a first noun in capitals and the small words after it.

    "Le Conseil fédéral", "la Conférence internationale sur les déplacés haïtiens": adjectives belong to the
    name wherever it stands; what it is about does so after an adjective, or where the capital is no
    sentence's.
    """
    words, cue = known.words, _cues(known.language)
    for word, folded in enumerate(words.folds):
        if folded in cue.wars:
            yield from _war(known, word, cue)
        if folded in cue.opposition:
            yield from _opposition(known, word, cue)
        type_ = cue.nouns.get(folded)
        if type_ is None or not words.capital(word) or words.shouted(word):
            if folded in cue.courts and not words.capital(word):
                yield from _court(known, word, cue)
            continue
        last = _adjectives(known, word + 1, cue)
        about = last > word + 1 or words.fold(word - 1) in cue.articles
        if about and folded not in cue.governments:
            last = _about(known, last, word, cue)
        if last > word + 1:
            yield _entity(known, word, last, type_)


def _entity(known: Known, first: int, last: int, type_: str) -> tuple[Find, Entity]:
    """Return a name as what it starts with, if that is known: "Convention de Genève relative au statut …"."""
    find = Find(known.words.starts[first], known.words.ends[last - 1], type_, "")
    inner = known.at(first, type_)
    if inner is None or inner.sense.entity not in known.gazetteer.entities:
        return named(known, find)
    return replace(find, entity=inner.sense.entity), known.gazetteer.entities[inner.sense.entity]


def _adjectives(known: Known, word: int, cue: _Cues) -> int:
    """Return where adjectives and nationalities that start at a word end."""
    words = known.words
    # In capitals they are part of a name that its head tells whole: "la Cumbre Ministerial de Movilidad".
    while words.gap(word) in (" ", "-") and not words.capital(word):
        nationality = known.at(word, "NORP")
        if nationality is not None:
            word = nationality.last
        elif words.fold(word) in cue.adjectives:
            word += 1
        else:
            break
    return word


def _about(known: Known, last: int, noun: int, cue: _Cues) -> int:
    """Return where a name ends with what it is about: "sur les déplacés haïtiens", "aux réfugiés"."""
    words, step, allowed = known.words, last, cue.links - _ARTICLES
    while step < noun + _LONGEST and words.gap(step) in (" ", "'", "-"):
        if words.fold(step) in allowed:
            step, allowed = step + 1, cue.links
            continue
        state = known.at(step, "GPE", "LOC", "NORP", "ORG") if step > last else None
        if state is not None:
            if words.fold(last) in cue.ands:
                break  # "l'Union européenne et la Tunisie" are two
            step = last = state.last
            allowed = cue.links & _AFTER_A_STATE
            continue
        matter = words.fold(step) in cue.matters
        if not matter or (step == last and words.fold(step - 1) not in cue.links):
            break
        step = last = _adjectives(known, step + 1, cue)
    return last


def _court(known: Known, noun: int, cue: _Cues) -> Iterator[tuple[Find, Entity]]:
    """Yield "tribunal administratif de La Canée", "cour d'appel d'Iquique": a court with its town."""
    words = known.words
    step = _adjectives(known, noun + 1, cue)
    while step < noun + _LONGEST and words.gap(step) in (" ", "'"):
        town = known.at(step, "LOC") if step > noun + 1 else None
        if town is not None or (step > noun + 1 and words.capital(step) and not known.at(step, "GPE", "PER")):
            yield named(known, Find(words.starts[noun], town.end if town else words.ends[step], "ORG", ""))
            return
        if not (words.fold(step) in cue.links or words.fold(step) in cue.matters):
            return
        step += 1


def _opposition(known: Known, noun: int, cue: _Cues) -> Iterator[tuple[Find, Entity]]:
    """Yield "the opposition", "l'opposition de droite", but no opposition to something."""
    words = known.words
    last = noun + 1
    if words.fold(last) in cue.links and words.fold(last + 1) in cue.matters:
        last += 2
    last = _adjectives(known, last, cue)
    if words.fold(noun - 1) in cue.articles and words.fold(last) not in cue.opposed:
        find, entity = named(known, Find(words.starts[noun], words.ends[last - 1], "ORG", ""))
        yield replace(find, entity="org:opposition"), replace(entity, id="org:opposition", kind="party")


def _war(known: Known, noun: int, cue: _Cues) -> Iterator[tuple[Find, Entity]]:
    """Yield "guerra de Rusia contra Ucrania", "Russia's war against Ukraine"."""
    words, sides = known.words, []
    first, step = noun, noun + 1
    owner = known.before(noun - 1, "GPE") if words.fold(noun - 1) == "s" else known.before(noun, "NORP")
    if owner is not None:
        sides, first = [owner], owner.first
    while step < noun + _LONGEST and words.gap(step) in (" ", "'") and len(sides) < _SIDES:
        side = known.at(step, "GPE", "NORP") if step > noun + 1 or known.language != "en" else None
        if side is not None:
            sides.append(side)
            step = side.last
        elif words.fold(step) in cue.links | cue.against | cue.articles:
            step += 1
        else:
            return
    if len(sides) == _SIDES:
        yield named(known, Find(words.starts[first], sides[-1].end, "EVENT", ""))


def titles(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield lines all in capitals that are the name of an instrument, a meeting or a body."""
    cue, plain = _cues(known.language), known.words.plain
    start = 0
    for line in plain.splitlines(keepends=True):
        written, first = line.strip(), start + len(line) - len(line.lstrip())
        start += len(line)
        if not (_SHORTEST < len(written) < _LONGEST_LINE and written.isupper()) or ":" in written:
            continue
        ends = re.findall(r"\w+", written)
        type_ = cue.titles.get(fold(ends[0]))
        if type_ is None and known.language == "en" and fold(ends[-1]) not in _STATUTES:
            type_ = cue.titles.get(fold(ends[-1]))
        if type_ is not None and len(ends) > _SHORT:
            yield named(known, Find(first, first + len(written), type_, ""))
