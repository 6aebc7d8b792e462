"""Countries and nationalities: which of the forms found mean a country where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import Words, fold, words_of

# So many words, articles and "of", may stand between two names of a list.
_SMALL = 3
_NEXT_LINE = re.compile(
    r"[;,.]?\s?\n[-\u2022*\s]{0,3}(?:(?:the|el|la|los|las|le|les|o|a|os|as)\s)?", re.IGNORECASE
)
# So many words, "Democratic People's" among them, a formal name has from "Republic" to "of".
_ADJECTIVES = 4
_MONEY = re.compile(r" ?\$")


@dataclass(frozen=True)
class _Cues:
    """What the cue file says of countries, folded: words are compared without accents."""

    enumerated: re.Pattern[str]
    settled_by: Mapping[str, frozenset[str]]
    settled_outside_lists: Mapping[str, frozenset[str]]
    in_lists: Mapping[str, str]
    given_names: frozenset[str]
    titles: frozenset[str]
    continental: frozenset[str]
    languages: frozenset[str]
    language_before: frozenset[str]
    language_before_at_an_end: frozenset[str]
    lessons: frozenset[str]
    language_after: frozenset[str]
    conjunctions: frozenset[str]
    also_words: frozenset[str]
    state_words: frozenset[str]
    small: frozenset[str]


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
        settled_outside_lists={
            " ".join(words_of(form).folds): frozenset(map(fold, row.get("settled_outside_lists", ())))
            for form, row in names["doubtful"].items()
        },
        in_lists={
            " ".join(words_of(form).folds): row["in_lists"]
            for form, row in names["doubtful"].items()
            if "in_lists" in row
        },
        given_names=folded("countries_as_given_names"),
        titles=folded("words_after_a_country"),
        continental=folded("continental"),
        languages=folded("languages"),
        language_before=folded("language_before"),
        language_before_at_an_end=folded("language_before_at_an_end"),
        lessons=folded("language_lessons"),
        language_after=folded("language_after"),
        conjunctions=folded("conjunctions"),
        also_words=frozenset(names["also_words"]),
        state_words=folded("state_words"),
        small=folded("of") | folded("articles"),
    )


def countries(words: Words, language: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the hits that mean a country or its people where they stand; all other hits as they are."""
    known = _cues(language)
    found = list(hits)
    named = [hit for hit in found if hit.sense.type in ("GPE", "NORP")]
    sure = {hit.first: hit for hit in named if _form(words, hit) not in known.settled_by}
    ends = {hit.last: hit for hit in sure.values()}
    listed = {
        _form(words, hit)
        for hit in named
        if hit.sense.type == "GPE" and _listed(words, hit, known, sure, ends)
    }
    for hit in found:
        if _is_shouted_word(words, hit, known):
            continue
        if hit.sense.type == "GPE":
            form = _form(words, hit)
            marks = known.settled_by.get(form)
            outside = (
                known.settled_outside_lists.get(form, frozenset()) if form not in listed else frozenset()
            )
            formal = _formal(words, hit, known, sure)
            told = marks is None or formal is not hit or not (marks | outside).isdisjoint(words.folds)
            if (told or form in listed) and _is_country(words, hit, known):
                other = None if told else known.in_lists.get(form)
                yield replace(hit, sense=replace(hit.sense, entity=f"cty:{other}")) if other else formal
        elif hit.sense.type != "NORP" or _is_nationality(words, hit, known):
            yield _state(words, hit, known) if hit.sense.type == "NORP" else hit


def _form(words: Words, hit: Hit) -> str:
    return " ".join(words.folds[hit.first : hit.last])


def _formal(words: Words, hit: Hit, known: _Cues, sure: Mapping[int, Hit]) -> Hit:
    """Return a state with the words of its formal name before it: "Democratic Republic of Timor-Leste"."""
    first = hit.first - 1
    while words.fold(first) in known.small and words.gap(first + 1) in (" ", "'"):
        first -= 1
    adjectives = range(first, first - _ADJECTIVES, -1) if first < hit.first - 1 else ()
    for at in adjectives:
        if not words.capital(at) or words.gap(at + 1) != " " or any(one in sure for one in (at, at + 1)):
            break
        if words.fold(at) in known.state_words:
            return replace(hit, first=at, start=words.starts[at])
    return hit


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
    """Tell whether a doubtful name stands beside a country in a list, or on a line beside one's line."""
    before = next((ends[at] for at in range(hit.first, hit.first - _SMALL, -1) if at in ends), None)
    after = next((sure[at] for at in range(hit.last, hit.last + _SMALL) if at in sure), None)
    neighbours = (
        (before, words.plain[before.end : hit.start] if before else ""),
        (after, words.plain[hit.end : after.start] if after else ""),
    )
    return any(
        one is not None
        and one.sense.type == "GPE"
        and (known.enumerated.fullmatch(gap) or _NEXT_LINE.fullmatch(gap))
        for one, gap in neighbours
    )


def _is_nationality(words: Words, hit: Hit, known: _Cues) -> bool:
    """Tell whether a nationality is neither a language nor a word for the whole continent."""
    before, after = words.fold(hit.first - 1), words.fold(hit.last)
    if hit.sense.entity == "cty:USA" and (before in known.continental or after in known.continental):
        return False
    if words.folds[hit.first] in known.languages:
        ended = not after or words.gap(hit.last) not in (" ", "-") or after in known.conjunctions
        spoken = before in known.language_before or (ended and before in known.language_before_at_an_end)
        taught = words.fold(hit.first - 2) in known.lessons
        return not spoken and not taught and after not in known.language_after
    return True
