"""Borders: between whom, or on which side of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_STATES = ("GPE", "NORP", "GPE_METONYM")
_NEIGHBOURS = {
    ("USA", "south"): "MEX",
    ("MEX", "north"): "USA",
    ("USA", "southwest"): "MEX",
    ("USA", "north"): "CAN",
}
_REACH = 6


@dataclass(frozen=True)
class _Cues:
    nouns: frozenset[str]
    sides: Mapping[str, str]
    prefixes: Mapping[str, str]
    modifiers: frozenset[str]
    links: frozenset[str]
    conjunctions: frozenset[str]


@dataclass
class _Border:
    first: int
    last: int
    states: list[str]
    side: str | None = None


@cache
def _cues(language: str) -> _Cues:
    border = cues(language, "names")["border"]
    return _Cues(
        nouns=frozenset(map(fold, border["nouns"])),
        sides={fold(word): side for side, words in border["sides"].items() for word in words},
        prefixes={fold(word): code for word, code in border["prefixes"].items()},
        modifiers=frozenset(map(fold, border["modifiers"])),
        links=frozenset(map(fold, border["links"])),
        conjunctions=frozenset(map(fold, cues(language, "names")["conjunctions"])),
    )


def borders(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each border whose states or side the text names."""
    cue = _cues(known.language)
    for noun, folded in enumerate(known.words.folds):
        if folded not in cue.nouns:
            continue
        border = _Border(noun, noun + 1, [])
        _read_before(known, border, cue)
        _read_after(known, border, cue)
        if border.states or border.side:
            yield _named(known, border)


def _read_before(known: Known, border: _Border, cue: _Cues) -> None:
    """Take in what stands before the noun: "the U.S.-Mexico", "Mexico's southern"."""
    words = known.words
    while border.first > 0 and _adjoins(known, border.first):
        state = known.before(border.first, *_STATES)
        before = words.folds[border.first - 1]
        if state is not None:
            border.states.insert(0, state.sense.entity.removeprefix("cty:"))
            border.first = state.first
        elif before in cue.prefixes:
            border.states.insert(0, cue.prefixes[before])
            border.first -= 1
        elif before in cue.sides:
            border.side, border.first = cue.sides[before], border.first - 1
        elif before in cue.modifiers or (before == "s" and words.gap(border.first - 1) == "'"):
            border.first -= 1
        else:
            break
    # What was skipped on the way to nothing is no part of the name.
    while border.first + 1 < border.last and words.folds[border.first] in (*cue.modifiers, "s"):
        border.first += 1


def _adjoins(known: Known, word: int) -> bool:
    """Tell whether a word goes on from the one before it, as in "U.S.-Mexico border"."""
    gap = known.words.gap(word).strip(" -\n/")
    possessive = gap == "'" and known.words.folds[word] == "s"
    return not gap or possessive or (gap == "." and len(known.words.folds[word - 1]) == 1)


def _read_after(known: Known, border: _Border, cue: _Cues) -> None:
    """Take in what stands after the noun: "between Haiti and …", "sud du Mexique", "colombo-venezolana"."""
    words = known.words
    word = border.last
    before = len(border.states)
    while word < min(border.last + _REACH, len(words)) and words.gap(word).strip(" -\n'") == "":
        state = known.at(word, *_STATES)
        folded = words.folds[word]
        if state is not None and (known.language != "en" or word > border.last):
            border.states.append(state.sense.entity.removeprefix("cty:"))
            word = border.last = state.last
        elif folded in cue.prefixes:
            border.states.append(cue.prefixes[folded])
            word = border.last = word + 1
        elif folded in cue.sides and not border.side:
            border.side = cue.sides[folded]
            word = border.last = word + 1
        elif folded in cue.links or (folded in cue.conjunctions and len(border.states) > before):
            word += 1
        else:
            break


def _named(known: Known, border: _Border) -> tuple[Find, Entity]:
    words = known.words
    states = sorted(set(border.states))
    side = border.side
    if not states and side == "southwest":
        states = ["USA"]
    if len(states) == 1 and (states[0], side) in _NEIGHBOURS:
        states, side = sorted([states[0], _NEIGHBOURS[states[0], str(side)]]), None
    elif states == ["MEX"] and side is None and known.countries["USA"]:
        states = ["MEX", "USA"]
    side = None if len(states) > 1 else side
    parts = [state.lower() for state in states[:2]] + ([side] if side else [])
    start, end = words.starts[border.first], words.ends[border.last - 1]
    id_ = f"plc:border-{'-'.join(parts)}"
    return Find(start, end, "BORDER", id_), Entity(id_, "place", words.plain[start:end], kind="border")
