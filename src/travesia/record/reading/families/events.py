"""Events that have no name: announcements, rulings, meetings, displacement, starts of measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.when import date_near, status_of
from travesia.record.reading.families.who import NOBODY, Who, who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers

_ONCE = ("crisis", "arrivals_crisis", "displacement", "mixed_movement", "political_dialogue", "boycott")
"""Kinds of which a text tells one that it comes back to."""

_ONGOING = ("crisis", "arrivals_crisis", "displacement", "mixed_movement")
_FURTHEST = 100


def events(found: Found) -> Iterator[Proposal]:
    """Propose the events of a text that bear no name, in order."""
    every = scenes(found)
    told: set[tuple[object, ...]] = set()
    for scene in every:
        if scene.sentence.kind in {"dateline", "speaker"}:
            continue
        for cue in find_triggers(found.text, "events", "kinds", scene.sentence):
            if any(name.overlaps(cue) for name in scene.mentions if name.type == "EVENT"):
                continue
            kind = str(cue.says["kind"])
            subject = who(every, scene, cue) if kind not in _ONGOING else NOBODY
            if cue.says.get("actor") and subject == NOBODY:
                continue
            key = (kind,) if kind in _ONCE else (kind, scene.number)
            if key not in told:
                told.add(key)
                yield _proposal(scene, cue, subject)


def _proposal(scene: Scene, cue: Trigger, subject: Who) -> Proposal:
    kind = str(cue.says["kind"])
    fields: dict[str, Any] = {"kind": kind}
    slots: dict[str, Extent] = {"kind": Extent(cue.start, cue.end)}
    date = date_near(scene, cue)
    if date is not None and kind not in _ONGOING:
        fields["date"], slots["date"] = date.value, Extent(date.start, date.end)
    participants = subject.ids or _groups(scene, cue) if kind in _ONGOING else subject.ids
    if participants:
        fields["participants"] = list(participants)
    status, modality = _status(scene, cue, kind, fields.get("date"))
    fields["status"] = status
    evidence = _evidence(scene, cue, subject)
    return Proposal(
        id=record_id(scene.found, "event", evidence, kind), type="event", fields=fields,
        evidence=(evidence,), modality=modality, slots=slots,
        abstained=() if "date" in fields or kind in _ONGOING else ("date",),
    )  # fmt: skip


def _status(scene: Scene, cue: Trigger, kind: str, date: str | None) -> tuple[str, str]:
    if kind in _ONGOING:
        return "ongoing", "ongoing"
    if scene.is_negated(cue):
        return "did_not_happen", "did_not_happen"
    status = status_of(scene, cue, date)
    modality = scene.modality(cue)
    if status == "actual" and modality in {"scheduled", "intended"} and kind != "announcement":
        status = "scheduled" if date else "prospective"
    return status, {"scheduled": "scheduled", "prospective": "intended"}.get(status, "actual")


def _groups(scene: Scene, cue: Trigger) -> Sequence[str]:
    """Return the people whom a movement is told of: groups and nationalities of its clause."""
    clause = scene.clause_of(cue)
    near = [one for one in scene.mentions if one.type in {"GROUP", "NORP"} and clause.holds(one)]
    return tuple(dict.fromkeys(one.entity for one in near))


def _evidence(scene: Scene, cue: Trigger, subject: Who) -> Extent:
    start, end = cue.start, cue.end
    if subject.extent is not None and abs(subject.extent.start - cue.start) < _FURTHEST:
        start, end = min(start, subject.extent.start), max(end, subject.extent.end)
    clause = scene.clause_of(cue)
    return Extent(start, max(end, min(clause.end, cue.end + _FURTHEST)) if end <= clause.end else end)
