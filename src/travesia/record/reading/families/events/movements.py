"""Movements and crises: people who flee, cross or arrive, and what drives them, with when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travesia.record.reading.families.meetings.gatherings import TOPIC
from travesia.record.reading.families.when import date_near
from travesia.record.reading.nouns import Extent, Mention, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

MOVED = ("displacement", "mixed_movement")

_FURTHEST = 100
_OPENING = 60
"""How far before and after the words for a movement those who move and where they do stand at most."""


def weight(scene: Scene, cue: Extent) -> int:
    """Return how much a place says of a movement of people: how many, and which."""
    near = _around(scene, cue)
    counted = any(one.unit == "person" and near.holds(one) for one in scene.quantities)
    named = any(one.type in {"NORP", "GPE"} and near.holds(one) for one in (*scene.mentions, *scene.nested))
    grouped = any(one.type == "GROUP" and near.holds(one) for one in scene.mentions)
    return 4 * counted + 2 * named + grouped


def is_own(scene: Scene, cue: Extent, main: When | None) -> bool:
    """Tell whether a place tells a movement beside the main one: so many people, in days of its own."""
    when = moved_on(scene, cue)
    if when is None or when.relation == "since" or len(str(when.value)) == 4:
        return False
    near = _around(scene, cue)
    counted = any(one.unit == "person" and near.holds(one) for one in scene.quantities)
    return counted and (main is None or main.value != when.value)


def _around(scene: Scene, cue: Extent) -> Extent:
    return Extent(
        max(scene.sentence.start, cue.start - _FURTHEST), min(scene.sentence.end, cue.end + _FURTHEST)
    )


def moved_on(scene: Scene, cue: Extent) -> When | None:
    """Return when people moved: the day or period of the clause, or the one since which they do."""
    near = [one for one in scene.dates if one.value and one.distance(cue) <= _FURTHEST]
    dates = [one for one in near if one.start < cue.start or "," not in _between(scene, cue, one)]
    since = [one for one in dates if str(one.value).endswith("~")]
    date = date_near(scene, cue)
    return date if date in dates else next(iter(since), None)


def _between(scene: Scene, cue: Extent, when: When) -> str:
    return scene.words(Extent(cue.end, max(cue.end, when.start)))


def moved_in(scene: Scene, cue: Extent) -> Mention | None:
    """Return where: the place that the words go on with, else one that opens the clause."""
    clause = scene.clause_of(cue)
    places = [one for one in scene.mentions if one.type in {"GPE", "LOC", "BORDER"}]
    after = [one for one in places if 0 <= one.start - cue.end <= _OPENING or cue.holds(one)]
    free = [one for one in after if not re.search(r"[,;:.(]\s", scene.words(Extent(cue.end, one.start)))]
    before = [one for one in places if clause.start <= one.start and one.end <= cue.start]
    return next(iter([*free, *reversed(before)]), None)


def has_come(scene: Scene, cue: Extent, when: When | None) -> bool:
    """Tell whether a movement or a crisis is over: told of a day, with a verb of what happened then."""
    if when is None or when.relation == "since" or str(when.value).endswith("~"):
        return False
    lasting = phrases(scene.found.text.language, TOPIC, "stays")
    return lasting.search(scene.found.text.plain, cue.start, cue.end) is None


def moving(scene: Scene, cue: Extent) -> Iterator[Extent]:
    """Yield how many people and whom a cue of movement speaks of, right before it."""
    for each in (*scene.quantities, *scene.mentions):
        people = getattr(each, "unit", None) == "person" or getattr(each, "type", "") in {"GROUP", "NORP"}
        if people and each.end <= cue.start and cue.start - each.start <= _OPENING:
            yield Extent(each.start, each.end)
