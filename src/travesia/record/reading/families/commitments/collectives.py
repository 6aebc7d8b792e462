"""Collectives: who "the signatories", "both countries" or "the governments" of a sentence are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from travesia.record.reading.families.events.told import told_of
from travesia.record.reading.families.who import (
    Who,
    listed_before,
    lists_of_states,
    numbers_in,
    pair_before,
)
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

TOPIC = "commitments"

_FAR = 60
"""In how many sentences before them the same words name the states that they mean."""

_LONG = 5
"""How many states a list holds at least that "the governments" of a text are."""


def collective(every: Sequence[Scene], scene: Scene, place: Extent) -> Who:
    """Return whom words such as "both countries" mean: a list told before, who signed, or these words."""
    found = scene.found
    pair = _cue(found, "pairs").search(found.text.plain, place.start, place.end)
    listed = pair_before(every, scene) if pair else listed_before(every, scene)
    listed = listed or _signed(found, place) or _counted(scene, place) or _named_so(every, scene, place)
    if listed:
        return Who(listed, place)
    named = [one for one in scene.mentions if one.type in {"GROUP", "ORG"} and one.overlaps(place)]
    if named:
        return Who((named[0].entity,), Extent(named[0].start, named[0].end))
    return Who((found.text.original[place.start : place.end],), place)


def _signed(found: Found, place: Extent) -> tuple[str, ...]:
    """Return who signed the one instrument whose signatories a text tells, for "its authors"."""
    if not _cue(found, "signers").search(found.text.plain, place.start, place.end):
        return ()
    signed = [one for one in told_of(found).took if one.role == "signatory"]
    names = tuple(dict.fromkeys(one.for_state or one.actor for one in signed))
    return names if len({one.of for one in signed}) == 1 and len(names) > 1 else ()


def _counted(scene: Scene, place: Extent) -> tuple[str, ...]:
    """Return the states of the list that a text gives of "sixteen countries" or "the governments"."""
    lists, found = lists_of_states(scene.found), scene.found
    words = found.text.plain[place.start : place.end]
    if not lists or not _cue(found, "bodies").search(words):
        return ()
    counted = [one.value for one in scene.quantities if one.unit == "state" and one.overlaps(place)]
    number = next(iter([*counted, *numbers_in(found.text.language, words)]), None)
    if number is None:
        return lists[0] if len(lists) == 1 and len(lists[0]) >= _LONG else ()
    return next((one for one in lists if len(one) == number), ())


def _named_so(every: Sequence[Scene], scene: Scene, place: Extent) -> tuple[str, ...]:
    """Return the states that the same words were followed by: "the Heads of State of Mali and Niger"."""
    words = re.compile(re.escape(scene.words(place)), re.IGNORECASE)
    for earlier in reversed(every[max(scene.number - _FAR, 0) : scene.number]):
        told = words.search(scene.found.text.plain, earlier.sentence.start, earlier.sentence.end)
        if told and (states := states_after(earlier, told.end())):
            return states
    return ()


def states_after(scene: Scene, start: int) -> tuple[str, ...]:
    """Return the list of states whose "the ministers" are: "the ministers of labour of A, B and C"."""
    after = [one for one in scene.actors() if one.start >= start]
    near = bool(after) and ("," not in scene.found.text.plain[start : after[0].start])
    row = scene.listed_with(after[0]) if near else ()
    states = len(row) > 1 and all(one.type == "GPE" for one in row)
    return tuple(one.entity for one in row) if states else ()


def _cue(found: Found, group: str) -> re.Pattern[str]:
    return phrases(found.text.language, TOPIC, group)
