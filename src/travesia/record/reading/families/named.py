"""Events and instruments that a text calls by their name: summits, assemblies, declarations, treaties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.when import date_near, status_of
from travesia.record.reading.nouns import Extent, Found, Mention, Proposal
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers, phrases

TOPIC = "events"

_TYPES = {"evt": "event", "ins": "instrument"}


def named(found: Found) -> Iterator[Proposal]:
    """Propose one record for each named event and instrument, by the id that its mentions bear."""
    places: dict[str, list[tuple[Scene, Mention]]] = {}
    for scene in scenes(found):
        for mention in (*scene.mentions, *scene.nested):
            if mention.type in {"EVENT", "DOC"} and mention.entity[:3] in _TYPES:
                places.setdefault(mention.entity, []).append((scene, mention))
    for name, held in places.items():
        yield _event(name, held) if name.startswith("evt:") else _instrument(name, held)


def _longest(held: Sequence[tuple[Scene, Mention]]) -> Mention:
    return max((mention for _, mention in held), key=lambda one: one.end - one.start)


def _name_and_kind(held: Sequence[tuple[Scene, Mention]], group: str) -> tuple[str, str]:
    found, place = held[0][0].found, _longest(held)
    cues = find_triggers(found.text, TOPIC, group, place)
    return found.text.original[place.start : place.end], str(cues[0].says["kind"]) if cues else "other"


def _event(name: str, held: Sequence[tuple[Scene, Mention]]) -> Proposal:
    title, kind = _name_and_kind(held, "named")
    fields: dict[str, Any] = {"name": title, "kind": kind}
    slots: dict[str, Extent] = {"name": _plain(held[0][1])}
    for scene, mention in held:
        date = date_near(scene, mention)
        if date is not None:
            fields["date"], slots["date"] = date.value, _plain(date)
            break
    fields["status"] = status_of(held[0][0], held[0][1], fields.get("date"))
    place = next((one for scene, mention in held if (one := _place(scene, mention))), None)
    if place is not None:
        fields["place"], slots["place"] = place.entity, _plain(place)
    modality = {"scheduled": "scheduled", "did_not_happen": "did_not_happen"}.get(fields["status"], "actual")
    return Proposal(
        id=name, type="event", fields=fields, evidence=_evidence(held), modality=modality, slots=slots,
        abstained=tuple(slot for slot in ("date", "place") if slot not in fields),
    )  # fmt: skip


def _place(scene: Scene, mention: Mention) -> Mention | None:
    """Return where an event is held: a place right after its name and a preposition."""
    plain, language = scene.found.text.plain, scene.found.text.language
    match = phrases(language, TOPIC, "places").match(plain, _skip(plain, mention.end))
    if match is None:
        return None
    near = [one for one in scene.mentions if one.type in {"LOC", "GPE"} and 0 <= one.start - match.end() <= 5]
    return near[0] if near else None


def _skip(plain: str, at: int) -> int:
    while at < len(plain) and plain[at] in " ,":
        at += 1
    return at


def _instrument(name: str, held: Sequence[tuple[Scene, Mention]]) -> Proposal:
    title, kind = _name_and_kind(held, "instruments")
    fields: dict[str, Any] = {"name": title, "kind": kind}
    slots: dict[str, Extent] = {"name": _plain(held[0][1])}
    binding = next((one for scene, _ in held if (one := _binding(scene)) is not None), None)
    if binding is not None:
        fields["binding"] = binding
    return Proposal(
        id=name, type="instrument", fields=fields, evidence=_evidence(held), slots=slots,
        abstained=() if binding is not None else ("binding",),
    )  # fmt: skip


def _binding(scene: Scene) -> bool | None:
    language, plain = scene.found.text.language, scene.found.text.plain
    where = (plain, scene.sentence.start, scene.sentence.end)
    if phrases(language, "commitments", "binding_no").search(*where):
        return False
    return True if phrases(language, "commitments", "binding_yes").search(*where) else None


def _evidence(held: Sequence[tuple[Scene, Mention]]) -> tuple[Extent, ...]:
    return tuple(dict.fromkeys(_plain(mention) for _, mention in held))


def _plain(extent: Extent) -> Extent:
    return Extent(extent.start, extent.end)
