"""Offices in a text: which, of what state or organisation, and whether one person is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.words import fold


@dataclass(frozen=True)
class Title:
    """An office in the text: its words with whose it is, and what it is the office of."""

    first: int
    last: int
    office: str
    of: str | None
    determined: bool
    abbreviated: bool


@dataclass(frozen=True)
class Cues:
    """What the cue file says of offices and of what names a person, folded."""

    articles: frozenset[str]
    of: frozenset[str]
    said: frozenset[str]
    former: frozenset[str]
    not_names: frozenset[str]
    conjunctions: frozenset[str]
    bodies: frozenset[str]
    callings: frozenset[str]


@cache
def person_cues(language: str) -> Cues:
    """Return a language's cues for people."""
    names = cues(language, "names")
    topics = ("articles", "of", "said", "former", "not_names", "conjunctions")
    lists = [*(names[topic] for topic in topics), names["heads"]["ORG"]["first"], names["callings"].split()]
    return Cues(*(frozenset(map(fold, words)) for words in lists))


def titles_in(known: Known, cue: Cues) -> Iterator[Title]:
    """Yield the offices in a text with the state or organisation beside them."""
    words = known.words
    for hit in known.of_kind("office"):
        first, last, of = hit.first, hit.last, None
        owner = known.before(first, "NORP", "GPE", "ORG") if known.language == "en" else None
        if owner is not None and words.plain[owner.end : hit.start] == " ":
            of, first = known.power_of(owner), owner.first
        elif words.fold(first - 1) == "s" and words.gap(first - 1) == "'" and words.gap(first) == " ":
            owner = known.before(first - 1, "GPE", "ORG")
            if owner is not None:
                of, first = known.power_of(owner), owner.first
        last, of_after = _complement(known, last, cue)
        speaker = words.gap(hit.last).startswith(":") and (first == 0 or "\n" in words.gap(first))
        determined = first < hit.first or last > hit.last or words.fold(first - 1) in cue.articles or speaker
        abbreviated = words.plain[hit.end - 1] == "."
        former = {words.fold(first - 1), words.fold(hit.first - 1)} & cue.former
        office = "mister" if former else hit.sense.entity
        yield Title(first, last, office, of or of_after, determined, abbreviated)


def _complement(known: Known, last: int, cue: Cues) -> tuple[int, str | None]:
    """Return where an office ends with what it is the office of: "of Mexico", "to the UN", "mexicano"."""
    words = known.words
    of = None
    adjective = known.at(last, "NORP") if known.language != "en" and words.gap(last) == " " else None
    if adjective is not None:
        of, last = known.power_of(adjective), adjective.last
    word = last
    for _ in range(3):
        step = _past_small(known, word, cue)
        complement = known.at(step, "ORG", "GPE") if step > word else None
        if complement is None or words.gap(step).strip(" '\n"):
            break
        of, word = of or known.power_of(complement), complement.last
        last = word
    if not of or known.language != "en":
        last, of = _portfolio(known, last, of)
    return (last, of) if of else _state_after(known, last, cue)


def _past_small(known: Known, step: int, cue: Cues) -> int:
    """Return the first word that is neither "of" nor an article, or that begins a name: "El Salvador"."""
    words = known.words
    while words.gap(step) in (" ", "'") and words.fold(step) in cue.of | cue.articles:
        if known.at(step, "ORG", "GPE"):
            break
        step += 1
    return step


_CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][\w'-]{1,30}"


@cache
def _portfolios(language: str) -> re.Pattern[str]:
    """Return the pattern of what an office is for: "of Justice and Peace", "del Interior"."""
    known = cues(language, "names")["portfolio"]
    link, joint = rf" (?:{known['of']}) ?", _joint(known["joints"])
    named = rf"(?: {known['adjective']})?{link}(?:{known['lower']}|{_CAPITAL}(?:{joint}{_CAPITAL}){{0,5}})"
    ends = r"(?=[.,;:)\u201d\"]|\s?\n|\s?$| [a-z\u00e0-\u00ff(])"
    holder = rf"(?=, {_CAPITAL} (?:[A-Z]\. )?{_CAPITAL})"
    plain = rf"(?: {known['adjective']}|{link}[^\W\d_]{{3,20}}){holder}"
    # "La ministre sénégalaise des Affaires étrangères, Aïssatou Mbengue"
    told = rf"{named} [a-z\u00e0-\u00ff]{{4,20}}{holder}|" if language != "en" else ""
    return re.compile(rf"(?:{told}{named}{ends}|{plain})")


def _joint(joints: str) -> str:
    """Return what joins the words of an office's matter; a person's name after them is none of it."""
    ends, more = rf"(?={_CAPITAL}(?! {_CAPITAL}))", rf"(?={_CAPITAL} (?:{joints}) ?{_CAPITAL})"
    return rf"(?: (?:{joints}) ?| {ends}|, {more})"


def _state_after(known: Known, last: int, cue: Cues) -> tuple[int, str | None]:
    """Return where the state of an office ends that follows its matter: "de Seguridad Nacional de Perú"."""
    step = _past_small(known, last, cue)
    state = known.at(step, "GPE") if step > last else None
    if state is None or known.words.gap(step).strip(" '"):
        return last, None
    return state.last, known.power_of(state)


def _portfolio(known: Known, last: int, of: str | None) -> tuple[int, str | None]:
    """Return where an office ends with what it is for, and the state that an adjective after it names."""
    words = known.words
    found = _portfolios(known.language).match(words.plain, words.ends[last - 1])
    if found is None:
        return last, of
    end = bisect_left(words.starts, found.end())
    inside = next(filter(None, (known.at(at, "GPE", "ORG", "PER", "LOC") for at in range(last, end))), None)
    if inside is not None:
        # "Subsecretaria de Seguridad Nacional del Perú"
        state = inside.sense.type == "GPE" and inside.last == end
        return (end, of or known.power_of(inside)) if state else (last, of)
    adjective = known.at(end, "NORP") if known.language != "en" and words.gap(end) == " " else None
    if adjective is not None:
        return adjective.last, of or known.power_of(adjective)
    return end, of
