"""Events that a date tells: what starts, ends, is decided or happens on a day, by the words around it.

The rules know the verbs and nouns of events; most that they miss are told beside a date. Each date of a unit
is weighed: which kind of event it tells, or none. Nothing is proposed on a day that the text does not name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from travesia.record.reading.families.when import held_at
from travesia.record.reading.learned.dates import around
from travesia.record.reading.learned.notions import told_signs
from travesia.record.reading.learned.units import Unit, is_told_in, trimmed, units, when_of
from travesia.record.reading.learned.weights import EVENT, EVENT_STATUS, Learned
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Found, Proposal, When
from travesia.record.reading.scenes import scenes
from travesia.record.reading.triggers import within

NONE = "none"
"""What a date tells that tells no event."""

LEAST = 0.6
"""From which chance on a date tells an event (`bench/learned.py --bounds`)."""

_MODALITIES = MappingProxyType({
    "scheduled": "scheduled", "prospective": "intended", "ongoing": "ongoing",
    "did_not_happen": "did_not_happen",
})  # fmt: skip


@dataclass(frozen=True)
class Dated(Extent):
    """A stretch of a unit around one of its dates, up to its neighbours, and the signs of both."""

    unit: Unit
    date: When
    signs: frozenset[str]


def dated(found: Found) -> Iterator[Dated]:
    """Yield the dates of a text that its units hold, in order, each with its signs."""
    for unit in units(found):
        here = [one for one in within(unit.scene.dates, unit) if one.value]
        for number, date in enumerate(here):
            start = here[number - 1].end if number else unit.start
            end = here[number + 1].start if date is not here[-1] else unit.end
            yield Dated(start, end, unit, date, _signs(unit, date, f"order {number} of {len(here)}"))


def _signs(unit: Unit, date: When, order: str) -> frozenset[str]:
    first, _, last = str(date.value).partition("/")
    when = when_of(unit.scene, first, last or first)
    own = (f"when {when}", f"{date.relation} {when}", f"length {len(str(date.value))}", order)
    return told_signs(unit) | around(unit.scene, date) | {*own}


def likely_events(found: Found, read: Sequence[Proposal], learned: Learned) -> Iterator[Proposal]:
    """Yield an event for each date that likely tells one and tells none of the events read."""
    told = _by_sentence(found, read)
    for one in dated(found) if learned.settles(EVENT) else ():
        chances = dict(learned.chances(EVENT, one.signs))
        chance = 1.0 - chances.pop(NONE)
        here = told.get(one.unit.scene.number, ())
        if chance >= LEAST and not any(_tells(one, event) for event in here):
            kind = max(chances, key=chances.__getitem__)
            yield _event(one, kind, learned.likeliest(EVENT_STATUS, one.signs), chance)


def _by_sentence(found: Found, read: Sequence[Proposal]) -> Mapping[int, Sequence[Proposal]]:
    """Return the events that each sentence tells of, by its number."""
    starts = [one.sentence.start for one in scenes(found)]
    told = defaultdict[int, list[Proposal]](list)
    for event in read:
        for each in event.evidence:
            first, after = bisect_right(starts, each.start) - 1, bisect_left(starts, each.end)
            for number in range(max(first, 0), after):
                told[number].append(event)
    return told


def _tells(one: Dated, event: Proposal) -> bool:
    """Tell whether an event tells of a date: it cites it, or has the same or none and stands there."""
    if any(each.overlaps(one.date) for each in event.evidence):
        return True
    return event.fields.get("date", one.date.value) == one.date.value and is_told_in(
        event.evidence[0], one.unit
    )


def _event(one: Dated, kind: str, status: str, chance: float) -> Proposal:
    scene, date = one.unit.scene, one.date
    evidence = trimmed(scene, one)
    place = held_at(scene, Extent(evidence.start, evidence.start + 1))
    fields = {"kind": kind, "date": str(date.value), "status": status}
    slots = {"date": Extent(date.start, date.end)}
    if place is not None and evidence.holds(place):
        fields["place"], slots["place"] = place.entity, Extent(place.start, place.end)
    likely = Candidate(kind, f"likely on this date ({chance:.0%}), by the words around it")
    return Proposal(
        id=record_id(scene.found, "event", evidence, f"{kind} {date.value}"), type="event", fields=fields,
        evidence=(evidence,), modality=_MODALITIES.get(status, "actual"), doubts=(Doubt("kind", (likely,)),),
        abstained=("participants",), slots=slots,
    )  # fmt: skip
