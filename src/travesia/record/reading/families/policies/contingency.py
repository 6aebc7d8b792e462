"""Contingencies: what a measure's end still hangs on, a court or a parliament, and who decides it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.standings import Standing, courts
from travesia.record.reading.families.policies.turns import turns
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

_DECIDED = {"ended", "suspended"}
_EFFECT = 90
"""Longest effect, in code points."""

_MODAL = 16
"""How far before its verb "may" stands, in code points."""

_LABEL = 6
"""How far into its sentence a condition that opens it stands, a mark of a list before it, in code points."""

_OPENS = re.compile(r"[,;:]\s+|\b(?:that|which|que)\s+|\bqu'")
"""What opens the words that tell what holds for now."""

_STEM = 5

_FATES = {"extend", "end", "suspend"}


def contingency(
    scenes: Sequence[Scene], measure: Measure, places: Sequence[Standing], settled: str | None
) -> dict[str, Any] | None:
    """Return what a court has decided or may decide of a measure, or a parliament may.

    `places` are those that settle most first. The court stands in the sentence that keeps, stops or ends the
    measure or, under a condition, in the one after it.
    """
    if settled not in {"in_force", "suspended", "ended"}:
        return None
    told = [one for one in places if one.status is not None and one.scene.sentence.kind != "heading"]
    told = told or [one for one in places if one.status is not None]
    for one in told if measure.is_main else told[:1]:
        decided = one.status is not None and (one.is_kept or one.status.says["status"] in _DECIDED)
        if one.status is None or not (decided or one is told[0]):
            continue
        if (here := _court(one.scene, one.status)) is not None and (decided or settled != "ended"):
            if (effect := _conditional(one.scene, here)) is not None:
                return _told(scenes, one.scene, here, effect)
            pending, effect = _meanwhile(scenes, one.scene)
            return _told(scenes, one.scene, here, effect or _deed(one), pending)
    if not told or settled == "ended":
        return None
    number = told[0].scene.number + 1
    after = scenes[number] if number < len(scenes) else None
    if after is None or "\n" in after.found.text.plain[told[0].scene.sentence.end : after.sentence.start]:
        after = told[0].scene
    if courts(after) and (effect := _conditional(after, courts(after)[0])) is not None:
        return _told(scenes, after, courts(after)[0], effect)
    found = _parliament(scenes, after) or _parliament(scenes, told[0].scene)
    return found or next(filter(None, map(_executive, places)), None)


def _parliament(scenes: Sequence[Scene], scene: Scene) -> dict[str, Any] | None:
    """Return what a parliament may do: "Parliament may extend it by a year"."""
    language, words = scene.found.text.language, scene.words(scene.sentence)
    found = phrases(language, TOPIC, "parliaments").search(words)
    if found is None or not any(one.says["turn"] in _FATES for one in turns(scene)):
        return None
    house = Extent(scene.sentence.start + found.start(), scene.sentence.start + found.end())
    may = phrases(language, TOPIC, "may").match(words[found.end() :].lstrip())
    if may is None and _condition(scene, house) is None:
        return None
    skipped = may.end() + 1 if may else 0
    effect = _effect(scene, Extent(min(house.end + skipped, scene.sentence.end), scene.sentence.end))
    return {**_told(scenes, scene, house, effect), "kind": "parliament"}


def _executive(place: Standing) -> dict[str, Any] | None:
    """Return what may become of a measure before its day: "it may be ended earlier by the ministry"."""
    scene, plain = place.scene, place.scene.found.text.plain
    if scene.sentence.kind == "heading":
        return None
    for turn in turns(scene):
        near = Extent(max(place.anchor.start, turn.start - _MODAL), turn.start)
        may = phrases(scene.found.text.language, TOPIC, "may").search(plain, near.start, near.end)
        if turn.says["turn"] in {*_FATES, "change"} and turn.says["time"] == "proposed" and may:
            effect = _effect(scene, Extent(may.start(), scene.sentence.end))
            agents = [one for one in scene.agents_of(turn) if one.type in {"ORG", "PER", "PER_ROLE"}]
            told: dict[str, Any] = {"kind": "executive"}
            told |= {"decided_by": agents[0].entity} if agents else {}
            return told | ({"effect": scene.found.text.original[effect.start : effect.end]} if effect else {})
    return None


def _court(scene: Scene, status: Extent) -> Extent | None:
    """Return the court that acts: before the words that tell its act, a named one first."""
    found = courts(scene)
    before = [one for one in found if one.start < status.start] or list(found)
    named = [
        one for one in before if any(each.overlaps(one) for each in scene.mentions if each.type == "ORG")
    ]
    return next(iter(named or before), None)


def _condition(scene: Scene, court: Extent) -> Extent | None:
    """Return the word that puts what a court does under a condition: "unless the court ..."."""
    start = max(scene.sentence.start, court.start - 60)
    pattern = phrases(scene.found.text.language, TOPIC, "contingent")
    found = list(pattern.finditer(scene.found.text.plain, start, court.end))
    return Extent(found[-1].start(), found[-1].end()) if found else None


def _conditional(scene: Scene, court: Extent) -> Extent | None:
    """Return what a court may do, or what then follows; ``None`` where no condition is told.

    After an "if" that opens the sentence its main clause tells that, before the court's name what it may
    decide ("sauf décision contraire de la cour"), otherwise the words after it.
    """
    condition = _condition(scene, court)
    if condition is None:
        return None
    rest = Extent(court.end, scene.sentence.end)
    if condition.start - scene.sentence.start <= _LABEL:
        comma = scene.found.text.plain.find(", ", court.end, scene.sentence.end)
        return _effect(scene, Extent(comma + 2, rest.end) if comma > 0 else rest)
    between = Extent(condition.end, court.start)
    words = re.sub(r"(?:\s+\S{1,3})*\s*$|\s+\w'$", "", scene.words(between))
    if len(words.split()) > 1:
        return _effect(scene, Extent(between.start, between.start + len(words)))
    return _effect(scene, rest)


def _effect(scene: Scene, rest: Extent) -> Extent | None:
    """Return what the decision would do: the clause after the court and its abbreviation."""
    plain = scene.found.text.plain
    aside = re.match(r"\s*\([^()]{1,12}\)", plain[rest.start : rest.end])
    rest = Extent(rest.start + aside.end(), rest.end) if aside else rest
    ends = [at for at in (plain.find(mark, rest.start + 3, rest.end) for mark in (",", ";")) if at > 0]
    words = plain[rest.start : min([rest.end, rest.start + _EFFECT, *ends])]
    start = rest.start + len(words) - len(words.lstrip(" ,"))
    end = start + len(words.strip(" ,.;"))
    return Extent(start, end) if end - start > 3 else None


def _meanwhile(scenes: Sequence[Scene], scene: Scene) -> tuple[bool, Extent | None]:
    """Tell whether a court's act holds until the case is decided, and return the clause that says so."""
    for after in scenes[scene.number : scene.number + 3]:
        pending = next(iter(after.stretches(TOPIC, "pending_case")), None)
        if pending is not None:
            before = after.words(Extent(after.sentence.start, pending.start))
            opened = [one.end() for one in _OPENS.finditer(before)]
            start = after.sentence.start + (opened[-1] if opened else 0)
            alone = pending.start - start < len("it is ") or pending.start - start > _EFFECT
            return True, None if alone else Extent(start, pending.end)
    return False, None


def _deed(place: Standing) -> Extent | None:
    """Return what a court did, in the words of the text: its verb and the few words after it."""
    if place.status is None:
        return None
    scene, status = place.scene, place.status
    after = re.match(r"(?:\s+[\w'-]+){0,4}", scene.words(Extent(status.end, scene.sentence.end)))
    return Extent(status.start, status.end + (after.end() if after else 0))


def _told(
    scenes: Sequence[Scene], scene: Scene, court: Extent, effect: Extent | None, pending: bool = False
) -> dict[str, Any]:
    original = scene.found.text.original
    told: dict[str, Any] = {"kind": "court"}
    told["decided_by"] = _named(scenes, scene, court) or original[court.start : court.end]
    if effect is not None:
        told["effect"] = original[effect.start : effect.end]
    if pending or phrases(scene.found.text.language, TOPIC, "reversible").search(
        scene.found.text.plain, scene.sentence.start, scene.sentence.end
    ):
        told["reversible"] = True
    return told


def _named(scenes: Sequence[Scene], scene: Scene, court: Extent) -> str | None:
    """Return the id of a court: named there, or before by the same noun."""
    noun = scene.words(court).casefold().split()[-1][:_STEM]
    for earlier in reversed(scenes[: scene.number + 1]):
        for one in earlier.mentions:
            if one.type not in {"ORG", "PER", "PER_ROLE"}:
                continue
            if one.overlaps(court) if earlier is scene else _is_called(earlier, one, noun):
                return one.entity
    return None


def _is_called(scene: Scene, body: Mention, noun: str) -> bool:
    named = body.type == "ORG" and any(one.overlaps(body) for one in courts(scene))
    return named and noun in scene.words(body).casefold()
