"""Dates beside a measure: which of them is its end, set or past, by the words around each.

The rules know the verbs that set an end; this weighs every date of the sentence that tells a measure, and
those that the rules chose elsewhere. A date without a year may be the next such day. Nothing is filled by a
day that the text does not name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from travesia.record.reading.families.policies.turns import time_of
from travesia.record.reading.learned.units import Unit, folded, when_of
from travesia.record.reading.nouns import Extent, Proposal, When
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers

ENDS = ("end", "expected_end")
"""The slots of a policy that a date may fill."""

_WORD = re.compile(r"\w+|[^\w\s]")
_STEM = 5

_BEFORE = 60
"""How far before a date its words are signs, in code points."""

_FROM_VERB, _FROM_RECORD, _FARTHEST = 20, 40, 4
"""How many code points make a step away from a verb, from a record's words; the farthest step."""


@dataclass(frozen=True)
class Day:
    """A day or period that may end a measure, where it stands, how it was read, and its signs."""

    value: str
    date: When
    signs: frozenset[str]


@dataclass(frozen=True)
class _Reading:
    value: str
    how: str
    date: When
    scene: Scene


@dataclass(frozen=True)
class _Step(Extent):
    """Words that tell what becomes of a measure: their class, and with their time."""

    kind: str
    told: str


def days(unit: Unit, read: Proposal, status: str | None) -> Iterator[Day]:
    """Yield the days that may end a measure of some status which a unit tells, each with its signs."""
    for one in _readings(unit, read):
        place = _place(unit, one)
        signs = (
            *around(one.scene, one.date),
            *_about(unit, read, one, place),
            *_together(one, place, status),
        )
        yield Day(one.value, one.date, frozenset(signs))


def _readings(unit: Unit, read: Proposal) -> Iterator[_Reading]:
    """Yield the readings of the dates of a sentence, and what the rules made of those that they chose."""
    made = {(read.slots[name].start, str(read.fields[name])) for name in ENDS if name in read.slots}
    for date in unit.scene.dates:
        for how, value in _values(unit.scene, date):
            made.discard((date.start, value))
            yield _Reading(value, how, date, unit.scene)
    for start, value in sorted(made):
        every = scenes(unit.scene.found)
        scene = every[bisect_right(every, start, key=lambda one: one.sentence.start) - 1]
        yield from (_Reading(value, "rule", one, scene) for one in scene.dates if one.start == start)


def _values(scene: Scene, date: When) -> Iterator[tuple[str, str]]:
    """Yield a date as it was found, the last day of a period, and the next such day where no year is told."""
    first, _, last = str(date.value or "").partition("/")
    if not first or last.endswith("~"):
        return
    yield "value", str(date.value)
    if last:
        yield "last", last
    last = last or first
    if len(last) > len("2026") and not re.search(r"\d{4}", scene.words(date)) and last[5:] != "02-29":
        yield "next", f"{int(last[:4]) + 1}{last[4:]}"


def _place(unit: Unit, one: _Reading) -> str:
    """Return where a date stands: in the unit, in its sentence, or before or after it."""
    if one.date.start < unit.start:
        return "sentence before" if one.scene is unit.scene else "before"
    if one.date.start >= unit.end:
        return "sentence after" if one.scene is unit.scene else "after"
    return "unit"


def around(scene: Scene, date: When) -> frozenset[str]:
    """Return the words and verbs around a date of a sentence as signs, whatever it tells."""
    return once(scene, _around_each)[date.start, date.end]


def _around_each(scene: Scene) -> Mapping[tuple[int, int], frozenset[str]]:
    return {(one.start, one.end): frozenset(_around(scene, one)) for one in scene.dates}


def _around(scene: Scene, date: When) -> Iterator[str]:
    before = _WORD.findall(folded(scene.before(date, _BEFORE)))[-4:]
    after = _WORD.findall(folded(scene.words(Extent(date.end, min(date.end + _BEFORE, scene.sentence.end)))))
    yield f"before {' '.join(before[-1:])}"
    yield f"pair {' '.join(word[:_STEM] for word in before[-2:])}"
    yield from (f"near {word[:_STEM]}" for word in before)
    yield f"after {' '.join(after[:1])[:_STEM]}"
    yield f"opens {' '.join(_WORD.findall(folded(scene.words(date)))[:1])[:_STEM]}"
    yield f"relation {date.relation}"
    yield from _steps_around(date, once(scene, _steps))


def _steps(scene: Scene) -> tuple[_Step, ...]:
    """Return the words of a sentence that tell what becomes of a measure, in order."""
    text, whole = scene.found.text, scene.sentence
    found = []
    for cue in find_triggers(text, "policies", "turns", whole):
        turn = str(cue.says["turn"])
        found.append(_Step(cue.start, cue.end, turn, f"{turn} {time_of(scene, cue)}"))
    for cue in find_triggers(text, "policies", "statuses", whole):
        status = str(cue.says["status"])
        told = cue.says.get("expiry") or cue.says.get("date") or status
        found.append(_Step(cue.start, cue.end, f"status {told}", f"status {status}"))
    return tuple(sorted(found))


def _steps_around(date: When, steps: Sequence[_Step]) -> Iterator[str]:
    before = [one for one in steps if one.end <= date.start][-1:]
    after = [one for one in steps if one.start >= date.end][:1]
    for side, there in (("left", before), ("right", after)):
        yield from (f"{side} {one.told}" for one in there)
        yield from (f"{side} {one.kind} {_far(one.distance(date), _FROM_VERB)}" for one in there)
    if not before:
        yield "left none"
    nearest = min((*before, *after), key=lambda one: one.distance(date), default=None)
    if nearest is not None:
        yield f"nearest {nearest.told}"
        yield f"nearest {nearest.kind}"


def _far(distance: int, step: int) -> int:
    return min(distance // step, _FARTHEST)


def _about(unit: Unit, read: Proposal, one: _Reading, place: str) -> Iterator[str]:
    """Yield where a date stands with a measure, and whether the rules chose it."""
    told = read.evidence[0]
    inside = told.start <= one.date.start < told.end
    side = "in" if inside else "before" if one.date.start < told.start else "after"
    yield f"side {side} {_far(told.distance(one.date), _FROM_RECORD)}"
    yield f"kind {read.fields.get('kind')}"
    for name in ENDS:
        chosen = read.fields.get(name)
        yield f"rules {name} {'this' if chosen == one.value else 'another' if chosen else 'none'}"
        if name in read.slots and read.slots[name].start == one.date.start:
            yield f"rules here {name}"
    here = [date for date in unit.scene.dates if unit.start <= date.start < unit.end]
    yield f"dates {min(len(here), 3)} {place}"
    if one.date in here:
        yield f"order {here.index(one.date)} of {len(here)}"


def _together(one: _Reading, place: str, status: str | None) -> Iterator[str]:
    """Yield how a date was read, whether it is past, and both with its place and the measure's status."""
    first, _, last = one.value.partition("/")
    when, relation = when_of(one.scene, first, last or first), one.date.relation
    yield f"how {one.how}"
    yield f"when {when}"
    yield f"status {status}"
    yield f"place {place}"
    yield f"length {len(one.value)}"
    yield from (f"{relation} {when}", f"{relation} {when} {status}", f"{when} {status}")
    yield from (f"{place} {when}", f"{place} {relation}", f"{place} {when} {status}")
    yield from (f"{one.how} {when}", f"{one.how} {relation}")
