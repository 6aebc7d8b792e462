"""Commitments: who promises what to whom by when.

A commitment needs somebody who binds himself by a verb of the cue file, and an amount or an action that the
verb's object names. Past deliveries ("provided 213 million") are none, announcements of new money are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from travesia.record.reading.families.who import NOBODY, Who, states, who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Doubt, Extent, Found, Mention, Proposal, Quantity, When
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, within

TOPIC = "commitments"

_FURTHEST = 300
"""Longest stretch after the verb in which its object is looked for, in code points."""

_BOUNDS = MappingProxyType({"up_to": "up_to", "limit": "up_to", "more_than": "more_than"})
_PEOPLE_UNITS = ("person", "authorization")


@dataclass(frozen=True)
class _Promise:
    """A verb that binds, the stretch of its object, and what that stretch holds."""

    scene: Scene
    verb: Trigger
    object: Extent
    who: Who
    quantity: Quantity | None
    action: Trigger | None


def commitments(found: Found) -> Iterator[Proposal]:
    """Propose the commitments of a text, in order."""
    every = scenes(found)
    seen: set[tuple[object, ...]] = set()
    for scene in every:
        for promise in _promises(every, scene):
            key = _same(promise)
            if key not in seen:
                seen.add(key)
                yield _proposal(promise)


def _same(promise: _Promise) -> tuple[object, ...]:
    """Return what makes two promises of one text the same: the amount, or the words of the action."""
    quantity = promise.quantity
    if quantity is not None and quantity.value is not None:
        return (quantity.value, quantity.unit)
    return (promise.scene.number, promise.action.says["action"] if promise.action else None)


def _promises(every: Sequence[Scene], scene: Scene) -> Iterator[_Promise]:
    if scene.sentence.kind in {"dateline", "speaker"}:
        return
    verbs = find_triggers(scene.found.text, TOPIC, "verbs", scene.sentence)
    for number, verb in enumerate(verbs):
        following = [one for one in verbs[number + 1 :] if one.says["class"] != "give"]
        end = min(following[0].start if following else scene.sentence.end, verb.end + _FURTHEST)
        # Where the future is an ending, the verb itself says what will be done.
        reach = Extent(verb.start if verb.says["class"] == "do" else verb.end, max(end, verb.end))
        promise = _promise(every, scene, verb, reach)
        if promise is not None:
            yield promise


def _promise(every: Sequence[Scene], scene: Scene, verb: Trigger, reach: Extent) -> _Promise | None:
    kind = verb.says["class"]
    actions = find_triggers(scene.found.text, TOPIC, "actions", reach)
    quantity = _amount(scene, reach, actions)
    passive = scene.is_passive(verb)
    if quantity is None and passive:
        clause = scene.clause_of(verb)
        before = Extent(clause.start, verb.start)
        actions = find_triggers(scene.found.text, TOPIC, "actions", before) or actions
        quantity = _amount(scene, before, actions)
    action = _action(actions, quantity)
    subject = who(every, scene, verb)
    needs_amount = kind == "give"
    if (needs_amount and quantity is None) or (quantity is None and action is None):
        return None
    if quantity is None and (subject == NOBODY or _is_weak(kind, action)):
        return None
    return _Promise(scene, verb, reach, subject, quantity, action)


def _is_weak(kind: str, action: Trigger | None) -> bool:
    """Tell whether a verb of the future has an object that any sentence might hold: it binds nobody."""
    return kind == "do" and (action is None or action.says["action"] in {"fund", "help", "attend"})


def _amount(scene: Scene, reach: Extent, actions: Sequence[Trigger]) -> Quantity | None:
    """Return the first amount of money in a stretch, or of people where an action takes people in."""
    takes = any(one.says["action"] in {"admit", "resettle", "welcome_migrants"} for one in actions)
    for one in within(scene.quantities, reach):
        unit = (one.unit or "").removesuffix(" per month")
        if one.kind == "MONEY" or (unit in _PEOPLE_UNITS and takes) or unit == "authorization":
            return one
    return None


def _action(actions: Sequence[Trigger], quantity: Quantity | None) -> Trigger | None:
    if quantity is not None and quantity.kind == "MONEY":
        money = [one for one in actions if one.says["action"] == "fund"]
        return money[0] if money else None
    known = [one for one in actions if one.says["action"] not in {"other", "fund"}]
    return next(iter(known or actions), None)


def _proposal(promise: _Promise) -> Proposal:
    scene, verb, quantity = promise.scene, promise.verb, promise.quantity
    evidence = _evidence(promise)
    fields, slots, doubts, open_slots = _slots(promise)
    speaker, actors = _speaker_and_actors(promise)
    fields = {"actor": list(actors) or None, **fields}
    if actors and promise.who.extent:
        slots["actor"] = promise.who.extent
    else:
        open_slots += [] if actors else ["actor"]
    kept = {name: value for name, value in fields.items() if value is not None}
    kept["measurable"] = quantity is not None and quantity.value is not None
    if verb.says["class"] == "deny" or (verb.says["class"] == "do" and scene.is_negated(verb)):
        kept["polarity"] = "negative"
    return Proposal(
        id=record_id(scene.found, "commitment", evidence), type="commitment", fields=kept,
        evidence=(evidence,), certainty="reported" if speaker else "asserted", modality=_modality(promise),
        attribution=speaker, doubts=tuple(doubts), abstained=tuple(open_slots), slots=slots,
    )  # fmt: skip


def _modality(promise: _Promise) -> str:
    if _condition(promise) is not None:
        return "conditional"
    return "ongoing" if promise.verb.says["status"] == "in_progress" else "intended"


def _speaker_and_actors(promise: _Promise) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who vouches for it and who is bound: a state is, by the word of its official."""
    persons = tuple(one for one in promise.who.ids if one.startswith("per:"))
    return persons, states(promise.scene, promise.who.ids)


def _evidence(promise: _Promise) -> Extent:
    parts: list[Extent] = [promise.verb]
    parts += [one for one in (promise.quantity, promise.action) if one is not None]
    subject = promise.who.extent
    if subject is not None and abs(promise.verb.start - subject.end) < _FURTHEST // 3:
        parts.append(subject)
    return Extent(min(one.start for one in parts), max(one.end for one in parts))


def _slots(
    promise: _Promise,
) -> tuple[dict[str, Any], dict[str, Extent], list[Doubt], list[str]]:
    quantity, action = promise.quantity, promise.action
    money = quantity is not None and quantity.kind == "MONEY"
    fields: dict[str, Any] = {
        "action": "fund" if money else (action.says["action"] if action else "other"),
        "status_at_document": promise.verb.says["status"],
        "binding": _binding(promise),
        "condition": _condition(promise),
    }
    slots: dict[str, Extent] = {} if action is None else {"action": _plain(action)}
    doubts: list[Doubt] = []
    open_slots: list[str] = []
    if quantity is not None:
        fields |= {
            "quantity": quantity.value,
            "unit": quantity.unit,
            "bound": _BOUNDS.get(quantity.qualifier),
        }
        slots["quantity"] = _plain(quantity)
        doubts += [Doubt("quantity", quantity.candidates)] if len(quantity.candidates) > 1 else []
    for slot, mentions in (("beneficiary", _after(promise, "beneficiaries")), ("origin", _origin(promise))):
        if mentions:
            ids = tuple(dict.fromkeys(one.entity for one in mentions))
            fields[slot] = ids[0] if len(ids) == 1 else list(ids)
            slots[slot] = Extent(mentions[0].start, mentions[-1].end)
    period = _period(promise)
    if period is not None:
        fields["period"] = period.value
        slots["period"] = _plain(period)
        doubts += [Doubt("period", period.candidates)] if len(period.candidates) > 1 else []
    open_slots += [slot for slot in ("beneficiary", "period") if slot not in fields]
    return fields, slots, doubts, open_slots


def _plain(extent: Extent) -> Extent:
    return Extent(extent.start, extent.end)


def _rest(promise: _Promise) -> Extent:
    """Return the stretch after the amount or the action, in which its details stand."""
    anchor = promise.quantity or promise.action or promise.verb
    return Extent(anchor.start, min(promise.scene.sentence.end, anchor.end + _FURTHEST))


def _after(promise: _Promise, group: str) -> tuple[Mention, ...]:
    """Return the people or states named right after a preposition of a group, with their list."""
    scene, rest = promise.scene, _rest(promise)
    plain = scene.found.text.plain
    for match in phrases(scene.found.text.language, TOPIC, group).finditer(plain, rest.start, rest.end):
        named = [
            one
            for one in scene.mentions
            if one.type in {"NORP", "GPE", "GROUP"} and 0 <= one.start - match.end() <= 25
        ]
        if named and len(plain[match.end() : named[0].start].split()) <= 3:
            return _people(scene, named[0])
    return ()


def _people(scene: Scene, mention: Mention) -> tuple[Mention, ...]:
    """Return a group's nationality where one stands inside it, as that is what is measured."""
    inside = [one for one in scene.nested if mention.holds(one) and one.type in {"NORP", "GPE"}]
    return tuple(inside) or (mention,)


def _origin(promise: _Promise) -> tuple[Mention, ...]:
    """Return the states that people come from: named after "from", only where people are taken in."""
    quantity = promise.quantity
    if quantity is None or quantity.kind == "MONEY":
        return ()
    scene, rest = promise.scene, _rest(promise)
    plain = scene.found.text.plain
    for match in phrases(scene.found.text.language, TOPIC, "origins").finditer(plain, rest.start, rest.end):
        near = [one for one in scene.mentions if one.type == "GPE" and 0 <= one.start - match.end() <= 12]
        if near:
            return scene.listed_with(near[0])
    return ()


def _period(promise: _Promise) -> When | None:
    """Return the date that the object names: a period before a day, the day of the announcement never."""
    scene = promise.scene
    reach = Extent(promise.verb.end, scene.sentence.end)
    dates = [one for one in within(scene.dates, reach) if one.value and one.relation != "since"]
    dates = [
        one for one in dates if not any(name.holds(one) for name in scene.mentions if name.type == "EVENT")
    ]
    long = [one for one in dates if one.fiscal or "/" in str(one.value) or len(str(one.value)) == 4]
    return next(iter(long or [one for one in dates if one.relation in {"by", "until", "during"}]), None)


def _binding(promise: _Promise) -> bool | None:
    language, sentence = promise.scene.found.text.language, promise.scene.sentence
    plain = promise.scene.found.text.plain
    if phrases(language, TOPIC, "binding_no").search(plain, sentence.start, sentence.end):
        return False
    return (
        True if phrases(language, TOPIC, "binding_yes").search(plain, sentence.start, sentence.end) else None
    )


def _condition(promise: _Promise) -> str | None:
    """Return the words of a condition that follows the object in its sentence."""
    scene, rest = promise.scene, _rest(promise)
    plain = scene.found.text.plain
    match = phrases(scene.found.text.language, TOPIC, "conditions").search(plain, rest.start, rest.end)
    if match is None:
        return None
    end = next((at for at in range(match.end(), scene.sentence.end) if plain[at] in ".;"), scene.sentence.end)
    return scene.found.text.original[match.start() : end].strip() or None
