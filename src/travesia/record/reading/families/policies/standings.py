"""Standings: what each place says of a measure, the words that settle its status and the date beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.turns import governing, is_to_stop, time_of
from travesia.record.reading.nouns import Extent, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

NEAR = 160
"""How far from a name what is said of it may stand, in code points; `BESIDE` from a description."""

BESIDE = 70

PLANNED = {"announced", "proposed", "advocated"}
"""Statuses of what is not yet there."""

_DENIABLE = {*PLANNED, "in_progress"}

_STATED = {"policy_gap", "diplomatic_exclusion", "cap_amendment"}
"""Kinds whose words say their status themselves."""


@dataclass(frozen=True)
class Standing:
    """One place where a measure is spoken of, and the words that settle its status, if any."""

    anchor: Anchor
    status: Trigger | None
    date: When | None

    @property
    def scene(self) -> Scene:
        """The sentence."""
        return self.anchor.scene


def standings(measure: Measure, anchor: Anchor) -> Iterator[Standing]:
    """Yield what a place says of a measure: that it was to end and that this was stopped are two things."""
    scene = anchor.scene
    if scene.is_question:
        yield Standing(anchor, None, None)
        return
    if anchor.turns and (("head" in anchor.says and not anchor.again) or _is_wished(anchor)):
        yield Standing(anchor, anchor.turns[0], _date(scene, anchor, anchor.turns[0]))
        for turn in anchor.turns[1:]:
            if turn.says["turn"] == "keep" and anchor.turns[0].says.get("expiry") == "scheduled":
                yield Standing(anchor, turn, _date(scene, anchor, turn))
        return
    reach = NEAR if measure.name or anchor.again else BESIDE
    statuses = [
        one
        for one in find_triggers(scene.found.text, TOPIC, "statuses", scene.sentence)
        if one.distance(anchor) <= reach and _concerns(measure, anchor, one)
    ]
    if measure.kind not in _STATED and not any(one.says.get("extends") for one in statuses):
        statuses += [one for one in governing(scene, anchor) if one.says.get("extends")]
    restored = [
        one for one in governing(scene, anchor) if one.says["turn"] == "resume" and one.end <= anchor.start
    ]
    if restored and measure.kind not in _STATED:
        yield Standing(anchor, restored[0], _date(scene, anchor, restored[0]))
        return
    status = min(statuses, key=lambda one: _weight(scene, one, anchor), default=None)
    if status is None or status.says.get("weak"):
        further = anchor.turns or (() if measure.kind in _STATED else governing(scene, anchor))
        status = next((one for one in further if not _is_vague(measure, one)), status)
    yield Standing(anchor, status, _date(scene, anchor, status) if status else None)
    if status is not None:
        yield from _ends(anchor, [one for one in statuses if one is not status])
    stopped = [one for one in statuses if one.says.get("kept")]
    if stopped and status is not None and status.says.get("expiry") == "scheduled":
        yield Standing(anchor, stopped[0], None)


def _is_wished(anchor: Anchor) -> bool:
    """Tell whether the verb that tells a measure says that it is still to come, or only asked for."""
    return anchor.turns[0].says["time"] not in {"past", "scheduled"}


def _ends(anchor: Anchor, statuses: Sequence[Trigger]) -> Iterator[Standing]:
    """Yield the other ends that a sentence sets a measure: "which was to end in May, is extended to July"."""
    for one in statuses:
        if one.says.get("date") == "expected_end" and (date := _date(anchor.scene, anchor, one)) is not None:
            yield Standing(anchor, one, date)


def _is_vague(measure: Measure, turn: Trigger) -> bool:
    """Tell whether a turn says no more than that something grows: "expand legal pathways"."""
    return turn.says["turn"] == "change" and measure.kind == "legal_pathway"


def _concerns(measure: Measure, anchor: Anchor, status: Trigger) -> bool:
    """Tell whether words of status may be meant for a measure."""
    only = status.says.get("only", measure.kind)
    if measure.kind not in ([only] if isinstance(only, str) else only):
        return False
    if status.says.get("weak") and (measure.name is None or anchor.again):
        return False
    if anchor.holds(status) and status.says["status"] in {"ended", "proposed", "advocated"}:
        return False
    if status.says["status"] in _DENIABLE and time_of(anchor.scene, status) == "negated":
        return False
    if status.says["status"] in PLANNED and is_to_stop(anchor.scene, anchor):
        return False
    if status.says["status"] == "ended" and time_of(anchor.scene, status) == "advocated":
        return False
    if status.says["status"] == "ended" and _is_hypothetical(anchor.scene, status):
        return False
    if measure.kind in _STATED and (anchor.holds(status) or status.says["status"] == "ended"):
        return False
    return measure.kind != "policy_gap" and anchor.says.get("status") != "applied"


def _is_hypothetical(scene: Scene, status: Extent) -> bool:
    words = scene.before(status, 90)
    found = list(phrases(scene.found.text.language, TOPIC, "hypothetical").finditer(words))
    return bool(found) and not re.search(r"[,;:]", words[found[-1].end() :])


def _weight(scene: Scene, status: Trigger, anchor: Anchor) -> tuple[int, int, int]:
    """Order words of status: an end or its being stopped first, then those of the clause, the nearest."""
    if status.says.get("weak"):
        return (3, 0, status.distance(anchor))
    here = scene.clause_of(anchor) == scene.clause_of(status)
    return (
        0 if status.says.get("extends") else 1 if "expiry" in status.says else 2,
        1 - here,
        status.distance(anchor),
    )


def _date(scene: Scene, anchor: Extent, status: Trigger) -> When | None:
    dates = [one for one in scene.dates if one.value and not anchor.holds(one) and not _names(scene, one)]
    inside = [one for one in dates if one.distance(status) == 0]
    near = [one for one in dates if one.distance(status) <= NEAR // 2]
    after = inside or [one for one in near if one.start >= status.end]
    return min(after or near, key=lambda one: one.distance(status), default=None)


def _names(scene: Scene, date: When) -> bool:
    """Tell whether a date belongs to the name of a document: "No. 29 of 25 February 2022"."""
    before = scene.before(date, 12)
    return re.search(r"\d,?\s+(?:of|de|del|du|da|dated|en date du)\s+$", before) is not None
