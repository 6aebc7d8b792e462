"""People: by office and name, by full name, by surname once introduced, or by office alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.cast import PARTICLES, Cast, Person, Run, entity_of, power
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.titles import Cues, Title, person_cues, titles_in
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity
from travesia.record.reading.triggers import phrases

_LONGEST_NAME = 6
_LONGEST_UNKNOWN = 3
_FULL_NAME = 2
_QUOTED = (",", '",', ',"', '"', '" ,')
"""Between what is said and a verb of saying; who follows the verb said it."""

_OFFICES_OF_ONE = frozenset(
    ["spokesperson", "moderator", "minister", "ambassador", "governor", "mayor", "attorney-general"]
)
"""Offices that one person holds at a time, whoever it is."""

_OFFICES_OF_A_POWER = frozenset(["leader", "diplomat", "official", "charge-d-affaires", "commissioner"])
"""Offices that tell a person only with the state or body that they are of: "a Colombian diplomat"."""

_ASIDE, _AGE = 3, 2
"""How many words of an aside are looked at, and how many digits an age has."""

_LINE = 200
"""How long a line or a sentence of a signature block is at most, in code points."""

_YEARS = frozenset(["ans", "anos"])

_AT = frozenset(
    [
        "in",
        "at",
        "from",
        "to",
        "near",
        "of",
        "en",
        "em",
        "no",
        "na",
        "de",
        "do",
        "da",
        "del",
        "du",
        "des",
        "a",
        "au",
    ]
)
"""After these a name is rather that of a place."""

_PLACES = frozenset(
    ["san", "santa", "santo", "sao", "saint", "sainte", "st", "ciudad", "puerto", "port", "calle"]
)
"""After these a given name is part of a place's."""


def persons(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each mention of a person, by name or by office."""
    cue = person_cues(known.language)
    titles = list(titles_in(known, cue))
    runs = runs_in(known, titles, cue)
    cast = Cast(known)
    longest_first = sorted(runs, key=lambda run: (run.first - run.last, run.first))
    found = [(run, cast.person(run)) for run in longest_first]
    taken = {word for run, _ in found for word in range(run.first, run.last)}
    found += [(Run(first, last), person) for first, last, person in cast.short_forms(taken)]
    named = [(known.words.starts[run.first], _end(known, run.last), person) for run, person in found]
    roles = list(_by_office(known, titles, found, cast))
    for start, end, person in named:
        yield Find(start, end, "PER", person.id, opaque=True), entity_of(person)
    yield from roles


def _end(known: Known, last: int) -> int:
    """Return where a name ends, with the full stop of "Jr."."""
    end = known.words.ends[last - 1]
    return end + (known.words.word(last - 1) in ("Jr", "Sr") and known.words.plain[end : end + 1] == ".")


def _by_office(
    known: Known, titles: list[Title], found: list[tuple[Run, Person]], cast: Cast
) -> Iterator[tuple[Find, Entity]]:
    """Yield people named by office only, as who held it on the document's day or was last said to hold it."""
    words = known.words
    of_bodies = {(row.office, row.of) for row in known.gazetteer.tenures}
    held = {office for office, _ in of_bodies} | _OFFICES_OF_ONE
    bureaus = frozenset(map(fold, cues(known.language, "names")["offices_of"]))
    beside = _beside_names(known, titles, found)
    for title in titles:
        capital = title.office == "secretary" and words.capital(title.last - 1)
        told = title.office in held or capital or (title.office in _OFFICES_OF_A_POWER and title.of)
        if title.first in beside or not told or words.shouted(title.first):
            continue
        if not title.determined or words.fold(title.first - 2) in bureaus:
            continue
        start, end = words.starts[title.first], words.ends[title.last - 1]
        body = known.at(title.last, "ORG") if words.gap(title.last) == " (" else None
        closed = body is not None and words.plain.startswith(")", body.end)
        if body is not None and closed and (title.office, body.sense.entity) in of_bodies:
            # "The United Nations High Commissioner for Refugees (UNHCR)" is the office, not who holds it.
            find = Find(start, body.end + len(")"), "ORG", body.sense.entity)
            yield find, known.gazetteer.entities[find.entity]
            continue
        person = cast.in_office(title)
        if person is None:
            id_ = f"per:{title.office}" + (f"-of-{title.of.removeprefix('org:').lower()}" if title.of else "")
            roles = ((title.office, power(title.of)),) if title.of else ()
            entity = Entity(id_, "person", words.plain[start:end], roles=roles, named=False)
        else:
            entity = entity_of(person)
        yield Find(start, end, "PER_ROLE", entity.id), entity


def _beside_names(known: Known, titles: list[Title], found: list[tuple[Run, Person]]) -> set[int]:
    """Return the first words of the offices that stand beside a name: before it, or after it and a comma."""
    words, conjunctions = known.words, person_cues(known.language).conjunctions
    firsts, lasts = {run.first for run, _ in found}, {run.last for run, _ in found}
    beside: set[int] = set()
    for title in reversed(titles):
        after = title.last in firsts and known.joint(title.last) in ("", ",", ":")
        before = any(start in lasts and "," in words.gap(start) for start in (title.first, title.first - 1))
        coupled = words.fold(title.last) in conjunctions and title.last + 1 in beside
        if after or before or coupled:
            beside.add(title.first)
    return beside


def runs_in(known: Known, titles: Iterable[Title], cue: Cues) -> list[Run]:
    """Return the stretches that name people, each with the office beside it, none twice."""
    words = known.words
    found: dict[int, Run] = {}
    for title in titles:
        last = _name(known, title.last, cue)
        gap = known.joint(title.last)
        enough = 1 if gap == ("." if title.abbreviated else "") else 2
        if gap in ("", ",", ":", "." if title.abbreviated else "") and last - title.last >= enough:
            found[title.last] = Run(title.last, last, title.office, title.of)
        before = _name_before(known, title.first, cue)
        if before is not None and before.first not in found:
            found[before.first] = replace(before, office=title.office, of=title.of)
    for hit in known.of_kind("holder", "surname"):
        if hit.first not in found or hit.last > found[hit.first].last:
            found.setdefault(hit.first, Run(hit.first, hit.last))
    for word in range(len(words)):
        if word in found or not words.capital(word):
            continue
        first_name = words.word(word) in known.gazetteer.given_names
        last = _name(known, word, cue)
        quoted = words.fold(word - 1) in cue.said and words.gap(word - 1).strip(" ") in _QUOTED
        said = words.fold(last) in cue.said and words.fold(word - 1) not in _AT | cue.bodies
        evident = first_name or said or (quoted and last - word == _FULL_NAME)
        evident = evident or (
            last - word <= _LONGEST_UNKNOWN
            and (_is_called(known, word, last, cue) or _signs(known, word, last))
        )
        if last - word < 2 or not evident or words.shouted(word):
            continue
        if words.fold(word - 1) not in _PLACES:
            found[word] = Run(word, last, of=_people_of(known, word, cue))
    kept: list[Run] = []
    for run in sorted(found.values(), key=lambda run: (run.first, -run.last)):
        if not kept or run.first >= kept[-1].last:
            kept.append(run)
    return kept


def _signs(known: Known, first: int, last: int) -> bool:
    """Tell whether a name stands where somebody signs for a state: behind it, or in the line below."""
    words, plain = known.words, known.words.plain
    ended = plain[words.ends[last - 1] : words.ends[last - 1] + 1] in ("", "\n", ",", ".")
    behind = words.gap(first) == ", " and known.before(first, "GPE") is not None
    if not ended or not (behind or "\n" in words.gap(first)):
        return False
    reach = max(0, words.starts[first] - _LINE)
    above = plain[reach : words.starts[first]].rstrip()
    if above.endswith("."):
        return False
    line = reach + max(above.rfind("\n"), above.rfind(". ") + 1) + 1
    return phrases(known.language, "participation", "signs_for").match(plain, line) is not None


def _is_called(known: Known, first: int, last: int, cue: Cues) -> bool:
    """Tell whether words beside a name say that it is a person's: a calling, a nationality, an age."""
    words = known.words
    beside = words.gap(first) in (" ", ", ") and not words.capital(first - 1)
    called = beside and words.fold(first - 1) in cue.callings
    return called or _people_of(known, first, cue) is not None or _is_told_of(known, first, last, cue)


def _is_told_of(known: Known, first: int, last: int, cue: Cues) -> bool:
    """Tell whether an aside after a name is of a person: ", a seamstress", ", 34,", ", who"."""
    words = known.words
    if words.gap(last) != ", " or words.fold(first - 1) in _AT:
        return False
    end = last + 1
    while end < last + _ASIDE and words.gap(end) == " ":
        end += 1
    aside = [words.fold(at) for at in range(last, end)]
    number = aside[1] if aside[0] == "de" and len(aside) > 1 else aside[0]
    aged = words.gap(end) == "," or words.gap(end).startswith(", ") or set(aside) & _YEARS
    age = number.isdigit() and len(number) == _AGE and aged
    return bool(age) or aside[0] == "who" or not cue.callings.isdisjoint(aside)


def _people_of(known: Known, name: int, cue: Cues) -> str | None:
    """Return the country of "el guatemalteco Rodolfo Batres": of the nationality that alone leads a name."""
    people = known.before(name, "NORP")
    if people is None or known.words.plain[people.end : known.words.starts[name]] != " ":
        return None
    alone = known.words.fold(people.first - 1) in cue.articles | cue.of
    return known.country_of(people) if alone else None


def _name(known: Known, first: int, cue: Cues) -> int:
    """Return where the name that starts at a word ends; the word itself where none does."""
    words = known.words
    last = first
    while last < min(len(words), first + _LONGEST_NAME) and (last == first or _goes_on(known, last)):
        if not _is_name_word(known, last, cue, inside=last > first):
            step = last
            while last > first and words.fold(step) in PARTICLES and words.gap(step + 1) == " ":
                step += 1
            if step == last or not _is_name_word(known, step, cue, inside=True):
                break
            last = step
        last += 1
    return last


def _goes_on(known: Known, word: int) -> bool:
    """Tell whether a word can continue a name, as after a hyphen or an initial's full stop."""
    gap = known.words.gap(word)
    initial = len(known.words.word(word - 1)) == 1 and gap in (". ", ".")
    return gap in (" ", "-", "'") or initial


def _is_name_word(known: Known, word: int, cue: Cues, *, inside: bool) -> bool:
    words = known.words
    written = words.word(word)
    if not words.capital(word) or words.folds[word] in cue.not_names or word in known.in_longer_names:
        return False
    if not written.isalpha() or (len(written) > 1 and written.isupper()):
        return False
    if not inside and words.folds[word] in cue.bodies:  # "Red Tránsito Digno"
        return False
    if not inside and words.gap(word) == "." and len(words.word(word - 1)) == 1:  # "H.E. Ana Lima"
        return False
    if not inside and known.at(word, "NORP", "ORG", "LOC", "EVENT", "DOC"):
        return written in known.gazetteer.given_names
    if inside and words.word(word - 1) in known.gazetteer.given_names:
        return not known.at(word, "TITLE", "NORP", "ORG")  # "Jim Jordan"
    return not known.at(word, "TITLE", "GPE", "NORP", "ORG")


def _name_before(known: Known, title: int, cue: Cues) -> Run | None:
    """Return the name of "Marta Youth, Deputy Assistant Secretary": capitalised words and a comma before."""
    words = known.words
    start = title - 1 if words.fold(title - 1) in cue.articles and "," in words.gap(title - 1) else title
    if words.gap(start).strip() != "," or start == 0:
        return None
    for first in range(max(0, start - _LONGEST_NAME), start - 1):
        introduced = words.word(first) in known.gazetteer.given_names
        plain = start - first <= _LONGEST_UNKNOWN and all(map(words.capital, range(first, start)))
        listed = not words.capital(first - 1) or "," in words.gap(first) or "." in words.gap(first)
        apart = words.fold(first - 1) not in cue.conjunctions and listed
        if not words.capital(first) or not (introduced or (plain and apart)):
            continue
        if _name(known, first, cue) == start:
            return Run(first, start)
    return None
