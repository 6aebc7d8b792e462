"""Events that have no name: announcements, rulings, signings, displacement, starts of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from travesia.record.reading.families.events.movements import (
    MOVED,
    has_come,
    is_own,
    moved_in,
    moved_on,
    moving,
    weight,
)
from travesia.record.reading.families.events.starts_and_ends import terms
from travesia.record.reading.families.events.told import told_of
from travesia.record.reading.families.hearsay import WRITER, told_by
from travesia.record.reading.families.meetings.documents import signings
from travesia.record.reading.families.meetings.gatherings import TOPIC, Gatherings, is_told_at
from travesia.record.reading.families.participation.part import Part
from travesia.record.reading.families.when import date_near, held_at, opening_of, status_of
from travesia.record.reading.families.who import NOBODY, Who, states, who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal, When
from travesia.record.reading.scenes import PERSONS, Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_ONCE = ("crisis", "arrivals_crisis", "displacement", "mixed_movement", "political_dialogue", "boycott")
"""Kinds of which a text tells one that it comes back to."""

_AT_ONCE = ("announcement", "signing", "court_decision", "press_briefing", "bilateral_meeting")
"""Kinds that happen on a day: "until April" is no day of theirs."""

_NO_DAY = ("until", "by", "since")
"""Relations of days on which nothing happens."""

_ONGOING = ("crisis", "arrivals_crisis", "displacement", "mixed_movement")
_AMONG_FIRST = 6
"""Sentences at the head of a text in which an announcement needs no day."""

_LISTED = 3
"""How many sentences from a signing its signatures are listed at most."""

_FURTHEST = 100
_OPENING = 60
"""How far before its subject an event's day and place may open the sentence, in code points."""


@dataclass(frozen=True)
class _Told:
    """A place where a text tells of an event, and how much it says of it."""

    scene: Scene
    cue: Trigger
    kind: str
    subject: Who
    date: When | None
    weight: int = 0


def events(found: Found) -> Iterator[Proposal]:
    """Propose the events of a text that bear no name, in order; what is told twice is one event."""
    every = scenes(found)
    met, took = told_of(found).met, told_of(found).took
    told = _below_headings([one for scene in every for one in _told(every, scene, met)])
    once: dict[str, _Told] = {}
    for one in told:
        if one.kind in _ONCE and (one.kind not in once or one.weight > once[one.kind].weight):
            once[one.kind] = one
    kept: list[tuple[_Told, list[_Told]]] = []
    for one in told:
        main = once.get(one.kind, one)
        if main is not one and not (one.kind in MOVED and is_own(one.scene, one.cue, main.date)):
            continue
        known = next((held for held in kept if _is_again(held[0], one)), None)
        if known is None:
            kept.append((one, []))
        else:
            known[1].append(one)
    for one, more in kept:
        signed = _signed(one, took) if one.kind == "signing" else ()
        yield _proposal(every, one, more, met, signed)
    yield from terms(every, met)


def _below_headings(told: Sequence[_Told]) -> Sequence[_Told]:
    """Leave out what a heading tells of a kind that the text below tells again."""
    below = {one.kind for one in told if one.scene.sentence.kind != "heading"}
    return [one for one in told if one.scene.sentence.kind != "heading" or one.kind not in below]


def _told(every: Sequence[Scene], scene: Scene, met: Gatherings) -> Iterator[_Told]:
    if scene.sentence.kind in {"dateline", "speaker"} or scene.is_endless:
        return
    seen: set[str] = set()
    cues = find_triggers(scene.found.text, TOPIC, "kinds", scene.sentence)
    signed = [
        Trigger(one.start, one.end, {"kind": "signing", "onward": onward}) for one, onward in signings(scene)
    ]
    for cue in (*cues, *signed):
        kind = str(cue.says["kind"])
        if kind in seen or any(name.overlaps(cue) for name in scene.mentions if name.type == "EVENT"):
            continue
        subject = _subject(every, scene, cue, kind)
        date = moved_on(scene, cue) if kind in _ONGOING else date_near(scene, cue)
        if kind == "signing":
            date = _right_after(scene, cue) or date
        if date is not None and kind in _AT_ONCE and (date.relation in _NO_DAY or _is_late(scene, cue, date)):
            date = None
        one = _Told(scene, cue, kind, subject, date, weight(scene, cue) if kind in MOVED else 0)
        if _counts(one, met):
            seen.add(kind)
            yield one


def _subject(every: Sequence[Scene], scene: Scene, cue: Trigger, kind: str) -> Who:
    if kind in _ONGOING:
        return NOBODY
    after = _after(scene, cue) if kind == "announcement" else NOBODY
    subject = after if after != NOBODY else who(every, scene, cue)
    return NOBODY if all(one.startswith("plc:") for one in subject.ids) else subject


def _counts(one: _Told, met: Gatherings) -> bool:
    """Tell whether a cue tells of an event: some kinds need somebody who acts, a day, people or a meeting."""
    if one.cue.says.get("actor") and one.subject == NOBODY:
        return False
    if one.cue.says.get("dated") and one.date is None:
        return False
    if one.kind in MOVED:
        return one.weight > 0 and not one.scene.is_question
    if one.kind == "signing":
        placed = one.subject != NOBODY or bool(met.told_in(one.scene))
        told = one.date is not None or (placed and bool(one.cue.says.get("onward")))
        return told and not one.scene.is_negated(one.cue)
    if one.kind == "announcement":
        return _is_announced(one)
    if one.kind == "bilateral_meeting":
        return not met.told_in(one.scene)
    if one.kind == "public_criticism":
        floor = phrases(one.scene.found.text.language, TOPIC, "floor")
        spoken = floor.search(one.scene.words(one.scene.sentence)) is not None
        return (spoken or bool(met.told_in(one.scene))) and one.subject != NOBODY
    if one.kind in {"crisis", "political_dialogue"}:
        before = one.scene.found.text.plain[max(one.scene.sentence.start, one.cue.start - 40) : one.cue.start]
        near = Extent(one.cue.start - _OPENING, one.cue.end + _OPENING)
        placed = any(each.type in {"GPE", "NORP"} and near.holds(each) for each in one.scene.mentions)
        answers = phrases(one.scene.found.text.language, TOPIC, "answers")
        return (placed or one.kind != "crisis") and not answers.search(before)
    return True


def _is_announced(one: _Told) -> bool:
    """Tell whether something was announced, on a day or at the head of the text, not a pledge among others.

    Nobody announced what a question asks for, or where "nothing" follows.
    """
    scene = one.scene
    if scene.is_question or scene.sentence.kind == "heading":
        return False
    nothing = phrases(scene.found.text.language, TOPIC, "nothing")
    if nothing.search(scene.found.text.plain, one.cue.start, min(scene.sentence.end, one.cue.end + 20)):
        return False
    if scene.is_negated(one.cue):
        return False
    own = scene.found.author in {*one.subject.ids, *states(scene, one.subject.ids)}
    return one.date is not None or own or scene.number < _AMONG_FIRST


def _right_after(scene: Scene, cue: Trigger) -> When | None:
    """Return the day that follows words for signing: "signed at Brussels on 12 November"."""
    near = [one for one in scene.dates if one.value and 0 <= one.start - cue.end <= _OPENING // 2]
    return near[0] if near and near[0].relation is None else None


def _is_late(scene: Scene, cue: Trigger, date: When) -> bool:
    """Tell whether a court that has decided would do so on a day to come: that is the measure's day."""
    published = scene.found.published
    if cue.says["kind"] != "court_decision" or not published or date.first is None:
        return False
    future = phrases(scene.found.text.language, TOPIC, "rules_on")
    to_come = future.search(scene.found.text.plain, cue.start, max(cue.end, date.end))
    return (
        date.first[: len(published)] > published and to_come is None and scene.modality(cue) != "conditional"
    )


def _after(scene: Scene, cue: Trigger) -> Who:
    """Return who announced where the text says so behind: "anunció ayer en Lima la ministra, Ana Rey"."""
    opens = scene.before(cue, 2)
    near = [one for one in scene.actors() if 0 <= one.start - cue.end <= _OPENING]
    people = [one for one in near if one.type in {"PER", "PER_ROLE", "ORG"}]
    if not people or not re.search(r"[,\"\u201d»]\s?$", opens):
        return NOBODY
    named = [one for one in people if one.type == "PER"]
    actor = (named or people)[0]
    return Who((actor.entity,), Extent(actor.start, actor.end))


def _is_again(held: _Told, one: _Told) -> bool:
    """Tell whether an announcement is one told before: by the same state, of the same amount or of none."""
    if held.kind == one.kind == "signing":
        return held.date is None or one.date is None or held.date.value == one.date.value
    if held.kind != "announcement" or one.kind != "announcement":
        return False
    same = set(states(held.scene, held.subject.ids)) & set(states(one.scene, one.subject.ids))
    if not same and not _alike(held, one):
        return False
    if held.date and one.date and held.date.value != one.date.value:
        return False
    amounts, others = _amounts(held), _amounts(one)
    return bool(amounts & others) or (bool(same) and not others)


def _alike(held: _Told, one: _Told) -> bool:
    """Tell whether two announcers belong to one state."""
    first = {held.scene.country_of(each) for each in held.subject.ids} - {None}
    return bool(first & {one.scene.country_of(each) for each in one.subject.ids})


def _amounts(one: _Told) -> set[object]:
    after = [each for each in one.scene.quantities if 0 <= each.start - one.cue.end <= _FURTHEST]
    return {each.value for each in after[:1]}


def _signed(one: _Told, took: Sequence[Part]) -> tuple[str, ...]:
    """Return who signed, where the signatures are listed beside a signing."""
    near = [part for part in took if part.role == "signatory" and _beside(part.scene, one.scene)]
    return tuple(dict.fromkeys(part.actor for part in near))


def _beside(one: Scene, other: Scene) -> bool:
    return abs(one.number - other.number) <= _LISTED


def _proposal(
    every: Sequence[Scene], one: _Told, more: Sequence[_Told], met: Gatherings, signed: Sequence[str]
) -> Proposal:
    scene, cue, kind = one.scene, one.cue, one.kind
    fields: dict[str, Any] = {"kind": kind}
    slots: dict[str, Extent] = {"kind": Extent(cue.start, cue.end)}
    place = moved_in(scene, cue) if kind in _ONGOING else held_at(scene, cue)
    date = one.date
    if kind == "press_briefing" and (head := opening_of(every)) is not None and scene.number < _AMONG_FIRST:
        date, place = date or head.when, head.place or place
    if date is not None:
        fields["date"], slots["date"] = date.value, Extent(date.start, date.end)
    if place is not None:
        fields["place"], slots["place"] = place.entity, Extent(place.start, place.end)
    ids = list(signed) or [name for each in (one, *more) for name in _participants(each)]
    if ids:
        fields["participants"] = list(dict.fromkeys(ids))
    part_of = next((found for each in (one, *more) if (found := is_told_at(each.scene, each.cue, met))), None)
    if part_of is None and (kind == "public_criticism" or len(signed) > 1):
        part_of = met.meant(scene, cue, ahead=False)
    if part_of is not None and kind in {"announcement", "signing", "public_criticism", "bilateral_meeting"}:
        fields["part_of"] = part_of.id
    status, modality = _status(scene, cue, kind, date)
    fields["status"] = status
    evidence = _evidence(one)
    # Who announces or rules is no source of it; who counts people on the move is.
    voucher = told_by(scene, cue) if kind in MOVED else WRITER
    return Proposal(
        id=record_id(scene.found, "event", evidence, kind), type="event", fields=fields,
        evidence=(evidence, *map(_evidence, more)), certainty=voucher.certainty, modality=modality,
        attribution=voucher.ids, slots=slots,
        abstained=() if "date" in fields or kind in _ONGOING else ("date",),
    )  # fmt: skip


def _participants(one: _Told) -> Sequence[str]:
    """Return who acts: of a movement who moves, of a ruling the court, of a briefing who speaks."""
    scene, cue = one.scene, one.cue
    if one.kind in _ONGOING:
        clause = scene.clause_of(cue)
        near = [each for each in scene.mentions if each.type == "GROUP" and clause.holds(each)]
        return tuple(dict.fromkeys(each.entity for each in near if not cue.overlaps(each)))
    if one.kind == "court_decision":
        near = [each for each in scene.mentions if each.type == "ORG" and each.overlaps(cue)]
        return tuple(each.entity for each in near[:1]) or one.subject.ids
    if one.kind == "press_briefing" and one.subject == NOBODY:
        near = [each for each in scene.mentions if each.type in PERSONS and each.start >= cue.end]
        return tuple(each.entity for each in near[:1])
    return one.subject.ids


def _status(scene: Scene, cue: Trigger, kind: str, when: When | None) -> tuple[str, str]:
    if kind in _ONGOING:
        status = "actual" if has_come(scene, cue, when) else "ongoing"
        return status, status
    date = when.value if when is not None else None
    before = re.split(r"[,;:]", scene.found.text.plain[scene.clause_of(cue).start : cue.start])[-1]
    if scene.is_negated(cue) and phrases(scene.found.text.language, "clauses", "negations").search(before):
        return "did_not_happen", "did_not_happen"
    status = status_of(scene, cue, date)
    modality = scene.modality(cue)
    if kind == "court_decision" and modality == "conditional":
        return "prospective", "conditional"
    if status == "actual" and modality in {"scheduled", "intended"} and kind != "announcement":
        status = "scheduled" if date else "prospective"
    return status, {"scheduled": "scheduled", "prospective": "intended"}.get(status, "actual")


def _evidence(one: _Told) -> Extent:
    """Return who did it, when that opens the sentence, the verb and what follows it."""
    scene, cue, subject = one.scene, one.cue, one.subject
    start, end = cue.start, cue.end
    if subject.extent is not None and abs(subject.extent.start - cue.start) < _FURTHEST:
        start, end = min(start, subject.extent.start), max(end, subject.extent.end)
    if one.kind in MOVED:
        start = min([start, *(each.start for each in moving(scene, cue))])
    opening = scene.sentence.start
    if one.date is not None and one.date.end <= start and start - opening <= _OPENING:
        start = opening
    clause = scene.clause_of(cue)
    if one.kind == "signing":
        dated = one.date is not None and 0 <= one.date.start - end <= _OPENING
        return Extent(start, one.date.end if dated and one.date is not None else end)
    return Extent(start, max(end, min(clause.end, cue.end + _FURTHEST)) if end <= clause.end else end)
