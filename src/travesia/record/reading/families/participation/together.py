"""Together: whom "both governments", "the parties" or "the six countries" mean that sign something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from travesia.record.reading.families.who import numbers_in
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, phrases

_TOPIC = "participation"

_BESIDE = 30
"""How far from the words for signing such words stand at most, in code points."""

_PAIR = 2

_NAMED = {"GPE", "GPE_METONYM", "ORG", *PERSONS}

FAR = 60
"""How many sentences before those who sign together it is told at most who they are."""

_EARLIER = 4
"""In how many sentences before they are named, where no list of two names them."""


def together(
    every: Sequence[Scene], scene: Scene, words: Extent, met: Iterable[Mention]
) -> tuple[Mention, ...]:
    """Return the names behind words for those who sign, which `spoken_of` finds.

    Those named in the sentence or before it, as many as the words say; of more than two, those of `met`, who
    took part in the meeting.
    """
    language, told = scene.found.text.language, scene.words(words)
    persons = phrases(language, _TOPIC, "together_persons").search(told) is not None
    number = _number(language, told)
    present = _by_state(scene, [one for one in met if (one.type in PERSONS) == persons])
    if number not in (None, _PAIR):
        names = _by_state(scene, met)
        return names if len(names) == number else ()
    if len(present) == _PAIR:
        return present
    pair = _pair(every, scene, words, persons)
    return pair or (present if number is None and len(present) > 1 else ())


def spoken_of(scene: Scene, cue: Trigger) -> Extent | None:
    """Return the words that stand for the names, right before the verb or after "by"."""
    clause = scene.clause_of(cue)
    for one in reversed(scene.stretches(_TOPIC, "together")):
        between = one.between(cue)
        named = any(each.overlaps(between) for each in scene.actors())
        if named or between.end - between.start > _BESIDE:
            continue
        by = phrases(scene.found.text.language, _TOPIC, "by")
        passive = cue.end <= one.start and by.search(scene.words(Extent(cue.start, one.start)))
        if passive or (clause.start <= one.start and one.end <= cue.start):
            return one
    return None


def _number(language: str, told: str) -> int | None:
    """Return how many are meant; ``None`` where the words do not say."""
    if phrases(language, "commitments", "pairs").search(told):
        return _PAIR
    return next((one for one in numbers_in(language, told) if one), None)


def _pair(every: Sequence[Scene], scene: Scene, words: Extent, persons: bool) -> tuple[Mention, ...]:
    """Return the two who were named together last: all whom a sentence names, or a list of two."""
    before = [one for one in scene.actors() if one.end <= words.start]
    earlier = every[max(scene.number - _EARLIER, 0) : scene.number]
    whole = [before, scene.actors(), *(one.actors() for one in reversed(earlier))]
    for row in (*_lists(reversed(earlier)), *whole):
        named = _by_state(scene, [one for one in row if (one.type in PERSONS) == persons])
        if len(named) == _PAIR:
            return named
    return () if persons else next(_lists(reversed(every[max(scene.number - FAR, 0) : scene.number])), ())


def _lists(every: Iterable[Scene]) -> Iterator[tuple[Mention, ...]]:
    """Yield the lists of two that sentences hold: "Peru and Chile"."""
    for scene in every:
        for first in scene.actors():
            listed = scene.listed_with(first)
            if len(listed) == _PAIR and listed[0] is first and all(one.type in _NAMED for one in listed):
                yield listed


def _by_state(scene: Scene, names: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return one name of each state, persons as they are; a body of a state signs for it."""
    held: dict[str, Mention] = {}
    for one in sorted(names, key=lambda one: not one.entity.startswith("cty:")):
        own = one.entity if one.type in PERSONS else None
        state = scene.country_of(one.entity) or own
        if state is not None and not one.entity.startswith("plc:"):
            held.setdefault(state, one if one.type in PERSONS else replace(one, entity=state))
    return tuple(sorted(held.values(), key=lambda one: one.start))
