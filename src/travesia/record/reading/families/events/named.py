"""Events and instruments that records point at: named ones, meetings, declarations and agreements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.events.told import told_of
from travesia.record.reading.families.meetings.documents import Instrument, signings
from travesia.record.reading.families.meetings.gatherings import (
    TOPIC,
    Gathering,
    Gatherings,
    event_names,
    noun_phrase,
)
from travesia.record.reading.families.participation.part import Part, proposal
from travesia.record.reading.families.when import date_near, date_of, held_at, opening_of, status_of
from travesia.record.reading.nouns import Extent, Found, Mention, Proposal, When
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers, phrases

_TOOK_PART = ("host", "attended", "expected")

_OF = 8
"""How far after a meeting's noun the city that it is of stands at most, in code points."""

_SIGNED = 40
"""How far after an instrument the words for signing it, and after them its day, stand at most."""

_SOLEMN = ("treaty", "bilateral_agreement")
"""Kinds of instruments that are political declarations where they bind nobody."""

Held = Sequence[tuple[Scene, Extent]]


def named(found: Found, took: Sequence[Part] | None = None) -> Iterator[Proposal]:
    """Propose the events and instruments that a text names, its meetings, and who took part in them.

    `took` says who did; by default whom the rules told, whose records are made once.
    """
    yield from once(found, _by_rules) if took is None else _taken(found, took)


def _by_rules(found: Found) -> tuple[Proposal, ...]:
    return tuple(_taken(found, told_of(found).took))


def _taken(found: Found, took: Sequence[Part]) -> Iterator[Proposal]:
    every = scenes(found)
    told = told_of(found)
    met, written = told.met, told.written
    ahead = {one.id for one in met.every if one.ahead}
    known = {one.id for one in met.every}
    yield from (_other(name, held) for name, held in _others(every, known).items())
    signed = _signed_at(met.every, took)
    meant = {part.of for part in took}
    for one in met.every:
        event = _event(every, one, met, took, signed)
        if one.named or one.id in meant or _tells(event):
            yield event
    for instrument in written.every:
        if instrument.id.startswith("pol:"):
            continue
        signatures = [part for part in took if part.of == instrument.id]
        if instrument.named or instrument.sealed or signatures or len(instrument.told) > 1:
            yield _instrument(every, instrument, signatures, signed)
    for part in took:
        yield proposal(part, part.of in ahead)


def _tells(event: Proposal) -> bool:
    """Tell whether a meeting without a name is worth a record: when, where or who."""
    return any(event.fields.get(name) for name in ("date", "place", "participants", "host"))


def _others(every: Sequence[Scene], known: set[str]) -> dict[str, list[tuple[Scene, Extent]]]:
    """Return named events that are no meetings, such as days of remembrance and crises."""
    places: dict[str, list[tuple[Scene, Extent]]] = {}
    for scene in every:
        for one in event_names(scene):
            if one.entity not in known:
                places.setdefault(one.entity, []).append((scene, Extent(one.start, one.end)))
    return places


def _name_and_kind(held: Held, group: str) -> tuple[str, str]:
    found = held[0][0].found
    place = max((extent for _, extent in held), key=lambda one: one.end - one.start)
    kinds = find_triggers(found.text, TOPIC, group, place)
    return found.text.original[place.start : place.end], str(kinds[0].says["kind"]) if kinds else "other"


def _other(name: str, held: Held) -> Proposal:
    title, kind = _name_and_kind(held, "named")
    fields: dict[str, Any] = {"name": title, "kind": kind}
    slots: dict[str, Extent] = {"name": held[0][1]}
    date = next((one for scene, extent in held if (one := date_near(scene, extent)) is not None), None)
    if date is not None:
        fields["date"], slots["date"] = date.value, Extent(date.start, date.end)
    fields["status"] = "ongoing" if kind == "crisis" else status_of(*held[0], fields.get("date"))
    return Proposal(
        id=name, type="event", fields=fields, evidence=_evidence(held), slots=slots,
        modality=_modality(fields["status"]), abstained=() if date is not None else ("date",),
    )  # fmt: skip


def _signed_at(met: Sequence[Gathering], took: Sequence[Part]) -> str | None:
    """Return the meeting at which a text's instrument was signed: the one held that it speaks of most."""
    if not any(part.role == "signatory" for part in took):
        return None
    held = [one for one in met if not one.ahead]
    main = max(held, key=lambda one: len(one.told), default=None)
    return main.id if main else None


def _event(
    every: Sequence[Scene], one: Gathering, met: Gatherings, took: Sequence[Part], signed: str | None
) -> Proposal:
    own = [part for part in took if part.of == one.id and part.role in _TOOK_PART]
    if one.id == signed:
        own += [part for part in took if part.role == "signatory"]
    fields: dict[str, Any] = {}
    slots: dict[str, Extent] = {}
    if one.named:
        fields["name"], slots["name"] = _name_and_kind(one.told, "named")[0], one.told[0][1]
    fields["kind"] = _kind(one, [part for part in took if part.of == one.id])
    date, place = _date(one.told, met), _place(one.told)
    head = opening_of(every)
    if head is not None and _is_headed(every, one, head, date):
        date = date or head.when
        place = head.place or (place if place is not None and place.type == "GPE" else None)
    if date is not None:
        fields["date"], slots["date"] = date.value, Extent(date.start, date.end)
    if place is not None:
        fields["place"], slots["place"] = place.entity, Extent(place.start, place.end)
    hosts = [state for part in own if part.role == "host" for state in _states(part)]
    if hosts:
        fields["host"] = list(dict.fromkeys(hosts))
    if own:
        fields["participants"] = list(dict.fromkeys(part.actor for part in own))
    status = "scheduled" if one.ahead else status_of(*one.told[0], fields.get("date"))
    fields["status"] = status
    evidence = _evidence(one.told)
    if not one.named:
        evidence = (one.evidence, *(extent for _, extent in one.told[1:]))
    return Proposal(
        id=one.id, type="event", fields=fields, evidence=evidence, modality=_modality(status), slots=slots,
        abstained=tuple(slot for slot in ("date", "place") if slot not in fields),
    )  # fmt: skip


def _modality(status: str) -> str:
    return {"scheduled": "scheduled", "did_not_happen": "did_not_happen", "ongoing": "ongoing"}.get(
        status, "actual"
    )


def _states(part: Part) -> list[str]:
    state = part.scene.country_of(part.actor) or part.state
    return [state or part.actor]


def _kind(one: Gathering, own: Sequence[Part]) -> str:
    """Return what a meeting is: of ministers where ministers meet, else as its noun says."""
    if one.kind not in {"other", "any"}:
        return one.kind
    scene = one.told[0][0]
    near = [part.scene for part in own] + [scene for scene, _ in one.told]
    pattern = phrases(scene.found.text.language, TOPIC, "ministers")
    officials = any(pattern.search(each.words(each.sentence)) for each in near)
    return "ministerial_meeting" if officials else "other"


def _is_headed(every: Sequence[Scene], one: Gathering, head: Any, date: When | None) -> bool:
    """Tell whether the place and day at the head of a text are those of a meeting.

    They are where its name stands right above them, or where it was held within days of them.
    """
    if one.ahead:
        return False
    scene = one.told[0][0]
    if scene.number < head.number and every[scene.number].sentence.kind == "heading":
        return True
    if date is None or date.first is None or head.when is None or head.when.first is None:
        return False
    return date.first[:8] == head.when.first[:8] and abs(int(date.first[8:]) - int(head.when.first[8:])) <= 3


def _date(held: Held, met: Gatherings) -> When | None:
    dates = (date_of(scene, extent, [other for other, _ in met.told_in(scene)]) for scene, extent in held)
    return next((date for date in dates if date is not None), None)


def _place(held: Held) -> Mention | None:
    places = (held_at(scene, extent) or _city_of(scene, extent) for scene, extent in held)
    return next((one for one in places if one is not None), None)


def _city_of(scene: Scene, extent: Extent) -> Mention | None:
    """Return the city that a meeting is of: "la conferencia de Kingston"."""
    inside = [one for one in scene.nested if one.type == "GPE" and extent.holds(one)]
    after = [one for one in scene.mentions if one.type == "GPE" and 0 <= one.start - extent.end <= _OF]
    of = phrases(scene.found.text.language, TOPIC, "attribute")
    near = [one for one in after if of.search(scene.words(Extent(extent.end, one.start)))]
    cities = [one for one in (*inside, *near) if one.entity.startswith("plc:")]
    return cities[0] if cities else None


def _instrument(
    every: Sequence[Scene], one: Instrument, signatures: Sequence[Part], signed: str | None
) -> Proposal:  # fmt: skip
    title, kind = _name_and_kind(one.told, "instruments")
    evidence = _evidence(one.told)
    if not one.named:
        place = noun_phrase(*one.told[0])
        title, evidence = one.told[0][0].found.text.original[place.start : place.end], (place, *evidence[1:])
    fields: dict[str, Any] = {"name": title, "kind": kind if one.named else one.kind}
    slots: dict[str, Extent] = {"name": evidence[0]}
    near = _with_next(every, [scene for scene, _ in one.told])
    binding = next((said for scene in near if (said := _binding(scene)) is not None), None)
    if binding is not None:
        fields["binding"] = binding
    if binding is False and fields["kind"] in _SOLEMN:
        fields["kind"] = "political_declaration"
    principle = next((words for scene in near if (words := _principle(scene))), None)
    if principle is not None:
        fields["principle"] = principle
    if any(_says(scene, "open_to_others") for scene in near):
        fields["open_to_others"] = True
    fields |= _adoption(every, signatures) or _headed(every, one) or _dated(one)
    return Proposal(
        id=one.id, type="instrument", fields=fields, evidence=evidence, slots=slots,
        abstained=() if binding is not None else ("binding",),
    )  # fmt: skip


def _with_next(every: Sequence[Scene], told: Sequence[Scene]) -> list[Scene]:
    """Return the sentences that speak of an instrument, each with the next one, which may say "it"."""
    numbers = dict.fromkeys(number for scene in told for number in (scene.number, scene.number + 1))
    return [every[number] for number in numbers if number < len(every)]


def _adoption(every: Sequence[Scene], signatures: Sequence[Part]) -> dict[str, Any]:
    """Return who signed, when and where; a count is one of the list."""
    if not signatures:
        return {}
    fields: dict[str, Any] = {}
    signers = list(dict.fromkeys(part.actor for part in signatures))
    if all(part.whole for part in signatures) and len(signers) > 1:
        fields = {"signatories": signers, "n_signatories": len(signers)}
        fields["n_signatories_note"] = "derived: the list counted"
    dates = [date for part in signatures[:1] if (date := date_near(part.scene, part.cue)) is not None]
    dates = dates or _signing_day(every)
    head = opening_of(every)
    if dates:
        fields["adopted"] = dates[0].value
    elif head is not None and head.when is not None and len(signers) > 1:
        fields["adopted"] = head.when.value
    if head is not None and head.place is not None and "adopted" in fields:
        fields["place"] = head.place.entity
    return fields


def _signing_day(every: Sequence[Scene]) -> list[When]:
    """Return the day on which a text tells that something was signed, where it is one only."""
    near = (date_near(scene, cue) for scene in every for cue, _ in signings(scene))
    days = {date.value: date for date in near if date is not None and date.first == date.last}
    return list(days.values()) if len(days) == 1 else []


def _headed(every: Sequence[Scene], one: Instrument) -> dict[str, Any]:
    """Return the day and place at the head of a text that is an instrument itself."""
    first, head = one.told[0][0], opening_of(every)
    if not one.sealed or first.sentence.kind != "heading" or head is None or head.when is None:
        return {}
    place = {"place": head.place.entity} if head.place is not None else {}
    return {"adopted": head.when.value} | place if first.number < head.number else {}


def _dated(one: Instrument) -> dict[str, Any]:
    """Return the day that stands in an instrument's name, or on which it was signed, and where it was."""
    for scene, extent in one.told:
        inside = [when for when in scene.dates if when.value and extent.holds(when)]
        if inside:
            return {"adopted": inside[-1].value}
        signs = phrases(scene.found.text.language, TOPIC, "signs")
        sign = signs.search(scene.found.text.plain, extent.end, min(scene.sentence.end, extent.end + _SIGNED))
        if sign is None:
            continue
        after = [when for when in scene.dates if when.value and 0 <= when.start - sign.end() <= _SIGNED]
        if after:
            near = [name for name in scene.mentions if sign.end() <= name.start < after[0].start]
            place = next((name.entity for name in near if name.type == "GPE"), None)
            return {"adopted": after[0].value} | ({"place": place} if place else {})
    return {}


def _binding(scene: Scene) -> bool | None:
    if _says(scene, "not_binding") or _says(scene, "binding_no", "commitments"):
        return False
    return True if _says(scene, "binding_yes", "commitments") else None


def _says(scene: Scene, group: str, topic: str = TOPIC) -> re.Match[str] | None:
    pattern = phrases(scene.found.text.language, topic, group)
    return pattern.search(scene.found.text.plain, scene.sentence.start, scene.sentence.end)


def _principle(scene: Scene) -> str | None:
    match = _says(scene, "principles")
    if match is None:
        return None
    group = "principle" if match["principle"] else "named"
    held = Extent(*match.span(group))
    if any(one.overlaps(held) for one in scene.mentions if one.type == "DOC"):
        return None
    return str(match[group]).strip()


def _evidence(held: Held) -> tuple[Extent, ...]:
    """Return where a record is told, its fullest name first."""
    told = list(dict.fromkeys(Extent(one.start, one.end) for _, one in held))
    fullest = max(told, key=lambda one: one.end - one.start)
    return (fullest, *(one for one in told if one != fullest))
