"""Countries and nationalities: which of the forms found mean a country where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import Words, fold, words_of

_MONEY = re.compile(r" ?\$")


@dataclass(frozen=True)
class _Cues:
    """What the cue file says of countries, folded: words are compared without accents."""

    enumerated: re.Pattern[str]
    settled_by: Mapping[str, frozenset[str]]
    given_names: frozenset[str]
    titles: frozenset[str]
    continental: frozenset[str]
    languages: frozenset[str]
    language_before: frozenset[str]
    language_before_at_an_end: frozenset[str]
    language_after: frozenset[str]
    conjunctions: frozenset[str]
    also_words: frozenset[str]
    state_words: frozenset[str]


@cache
def _cues(language: str) -> _Cues:
    names = cues(language, "names")

    def folded(key: str) -> frozenset[str]:
        return frozenset(map(fold, names[key]))

    return _Cues(
        enumerated=re.compile(names["enumerated"]),
        settled_by={
            " ".join(words_of(form).folds): frozenset(map(fold, row["settled_by"]))
            for form, row in names["doubtful"].items()
        },
        given_names=folded("countries_as_given_names"),
        titles=folded("words_after_a_country"),
        continental=folded("continental"),
        languages=folded("languages"),
        language_before=folded("language_before"),
        language_before_at_an_end=folded("language_before_at_an_end"),
        language_after=folded("language_after"),
        conjunctions=folded("conjunctions"),
        also_words=frozenset(names["also_words"]),
        state_words=folded("state_words"),
    )


def countries(words: Words, language: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits that mean a country or its people where they stand; all other hits as they are."""
    known = _cues(language)
    found = list(hits)
    named = [hit for hit in found if hit.sense.type in ("GPE", "NORP")]
    sure = {hit.first: hit for hit in named if _form(words, hit) not in known.settled_by}
    ends = {hit.last: hit for hit in sure.values()}
    for hit in found:
        if _is_shouted_word(words, hit, known):
            continue
        if hit.sense.type == "GPE":
            marks = known.settled_by.get(_form(words, hit))
            settled = (
                marks is None or not marks.isdisjoint(words.folds) or _listed(words, hit, known, sure, ends)
            )
            if settled and _is_country(words, hit, known):
                yield hit
        elif hit.sense.type != "NORP" or _is_nationality(words, hit, known):
            yield _state(words, hit, known) if hit.sense.type == "NORP" else hit


def _form(words: Words, hit: Hit) -> str:
    return " ".join(words.folds[hit.first : hit.last])


def _state(words: Words, hit: Hit, known: _Cues) -> Hit:
    """Return a nationality as a state where it makes a state's name: "Togolese Republic"."""
    if not words.capital(hit.first):
        return hit
    state = replace(hit.sense, type="GPE", kind="official")
    if words.fold(hit.first - 1) in known.state_words and words.gap(hit.first) == " ":
        return replace(hit, first=hit.first - 1, start=words.starts[hit.first - 1], sense=state)
    if words.fold(hit.last) in known.state_words and words.gap(hit.last) == " " and words.capital(hit.last):
        return replace(hit, last=hit.last + 1, end=words.ends[hit.last], sense=state)
    return hit


def _is_shouted_word(words: Words, hit: Hit, known: _Cues) -> bool:
    """Tell whether an acronym may be an ordinary word in capitals: "JOIN US"."""
    one_word = hit.last == hit.first + 1 and hit.end == words.ends[hit.first]
    if not one_word or words.word(hit.first) not in known.also_words:
        return False
    return words.shouted(hit.first) and words.fold(hit.first - 1) != "the"


def _is_country(words: Words, hit: Hit, known: _Cues) -> bool:
    """Tell whether a country's name is not money or somebody's given name."""
    if hit.sense.kind == "abbreviation":
        return not _MONEY.match(words.plain, hit.end)
    one_word = hit.last == hit.first + 1
    if one_word and words.folds[hit.first] in known.given_names:
        follows = words.gap(hit.last) == " " and words.capital(hit.last) and not words.shouted(hit.first)
        return not follows or words.fold(hit.last) in known.titles
    return True


def _listed(words: Words, hit: Hit, known: _Cues, sure: Mapping[int, Hit], ends: Mapping[int, Hit]) -> bool:
    """Tell whether a doubtful name stands beside a country in a list."""
    before, after = ends.get(hit.first), sure.get(hit.last)
    gap_before = words.plain[before.end : hit.start] if before else ""
    return bool(
        (before and before.sense.type == "GPE" and known.enumerated.fullmatch(gap_before))
        or (after and after.sense.type == "GPE" and known.enumerated.fullmatch(words.gap(hit.last)))
    )


def _is_nationality(words: Words, hit: Hit, known: _Cues) -> bool:
    """Tell whether a nationality is neither a language nor a word for the whole continent."""
    before, after = words.fold(hit.first - 1), words.fold(hit.last)
    if hit.sense.entity == "cty:USA" and (before in known.continental or after in known.continental):
        return False
    if words.folds[hit.first] in known.languages:
        ended = not after or words.gap(hit.last) not in (" ", "-") or after in known.conjunctions
        spoken = before in known.language_before or (ended and before in known.language_before_at_an_end)
        return not spoken and after not in known.language_after
    return True
