"""Standings: what each place says of a measure, the words that settle its status and the date beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.stories import contents, dues, is_adjective
from travesia.record.reading.families.policies.turns import governing, is_to_stop, time_of
from travesia.record.reading.nouns import Extent, When
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, phrases_at_end

NEAR = 160
"""How far from a name what is said of it may stand, in code points; `BESIDE` from a description."""

BESIDE = 70

PLANNED = {"announced", "proposed", "advocated"}
"""Statuses of what is not yet there."""

_APART = 8
"""How far behind a verb a day stands that commas set apart: "expirará, el 30 de mayo,", in code points."""

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

    @property
    def is_kept(self) -> bool:
        """Whether it says that an end was put off or stopped, by a court above all."""
        if self.still_applies or (self.status is not None and self.status.says.get("kept")):
            return True
        if self.status is None:
            return False
        if self.status.says.get("extends"):
            return self.date is not None and not self._is_past(self.date)
        turn, time = self.status.says.get("turn"), self.status.says.get("time")
        stopped = (turn == "keep" and not is_adjective(self.scene, self.status)) or (
            turn in {"end", "suspend"} and time == "negated"
        )
        return stopped and bool(courts(self.scene)) and not _is_under_condition(self.scene, self.status)

    def _is_past(self, date: When) -> bool:
        published, last = self.scene.found.published or "", str(date.last or "")
        return last[: len(published)] < published[: len(last)]

    @property
    def is_ruled(self) -> bool:
        """Whether it tells only what became of a ruling against the measure."""
        return "ruled" in self.anchor.says

    @property
    def tells_end(self) -> bool:
        """Whether it says that a measure ended, or until when it is prolonged."""
        said = self.status.says if self.status else {}
        return bool(said) and (bool(said.get("extends")) or said["status"] == "ended")

    @property
    def still_applies(self) -> bool:
        """Whether it says that what a measure lets be done can still be done."""
        if not {"content", "clause"} & set(self.anchor.says):
            return False
        still = phrases(self.scene.found.text.language, TOPIC, "still")
        return still.search(self.scene.words(self.anchor)) is not None


def courts(scene: Scene) -> tuple[Extent, ...]:
    """Return where a sentence speaks of a court or its judges."""
    return once(scene, _courts)


def _courts(scene: Scene) -> tuple[Extent, ...]:
    return tuple(scene.stretches(TOPIC, "courts"))


def _is_under_condition(scene: Scene, status: Extent) -> bool:
    """Tell whether "if" or "unless" opens the sentence before some words."""
    before = scene.words(Extent(scene.sentence.start, status.start))
    return phrases(scene.found.text.language, TOPIC, "hypothetical").search(before) is not None


def standings(measure: Measure, anchor: Anchor) -> Iterator[Standing]:
    """Yield what a place says of a measure: that it was to end and that this was stopped are two things."""
    scene = anchor.scene
    if scene.is_question:
        yield Standing(anchor, None, None)
        return
    statuses = _statuses(measure, anchor)
    status = _settling(measure, anchor, statuses)
    day = _date(scene, anchor, status) if status else None
    yield Standing(anchor, status, day)
    ahead = day is not None and (day.first or "") > (scene.found.published or "")
    due = status is not None and status.says.get("expiry") == "scheduled"
    further = (*anchor.turns, *(governing(scene, anchor) if measure.is_main or due else ()))
    for one in (*further, *statuses):
        if status is None or one.overlaps(status) or not _is_fate(measure, status, one, ahead):
            continue
        if any(each.overlaps(one) for each in contents(scene)):
            continue
        date = _date(scene, anchor, one)
        if date is not None or one.says.get("expiry") != "scheduled":
            yield Standing(anchor, one, date)


def _is_fate(measure: Measure, first: Trigger, other: Trigger, ahead: bool) -> bool:
    """Tell whether further words tell one more step: the day set for an end, or that this end was stopped."""
    if other.says.get("date") == "expected_end":
        return True
    if other.says["status"] == "suspended" and first.says.get("turn") == "resume":
        return ahead or str(first.says["status"]) == "announced" or first.says.get("time") == "negated"
    stopped = other.says.get("kept") or other.says.get("turn") == "keep"
    # What is suspended until further notice is not kept by it.
    return (
        bool(stopped)
        and first.says.get("turn") != "suspend"
        and (measure.is_main or first.says.get("expiry") == "scheduled")
    )


def _settling(measure: Measure, anchor: Anchor, statuses: Sequence[Trigger]) -> Trigger | None:
    """Return the words that say most of a measure in one place."""
    scene = anchor.scene
    if anchor.turns and anchor.turns[0].says.get("turn") == "negotiate":
        return anchor.turns[0]
    if anchor.turns and _is_noun(anchor) and (told := governing(scene, anchor)):
        return told[0]
    statuses = [one for one in statuses if not _is_reported(scene, anchor, one)]
    if anchor.turns and (
        ("head" in anchor.says and not anchor.again) or "ruled" in anchor.says or _is_wished(anchor)
    ):
        return _due_if_set(scene, anchor.turns[0])
    if measure.kind not in _STATED:
        restored = (one for one in governing(scene, anchor) if one.says["turn"] == "resume")
        before = next((one for one in restored if one.end <= anchor.start), None)
        if before is not None and not any(one.says.get("extends") for one in statuses):
            return before
    status = min(statuses, key=lambda one: _weight(scene, one, anchor), default=None)
    if status is None or status.says.get("weak"):
        further = anchor.turns or (() if measure.kind in _STATED else governing(scene, anchor))
        return next((one for one in further if not _is_vague(measure, one)), status)
    if measure.is_main and not ({"expiry", "extends"} & set(status.says)):
        stops = (one for one in governing(scene, anchor) if one.says["turn"] in {"end", "suspend"})
        return next((one for one in stops if one.says["time"] == "past"), status)
    return status


def _is_reported(scene: Scene, anchor: Anchor, status: Trigger) -> bool:
    """Tell whether words only announce what the clause after them says: "announces that it is extending"."""
    if status.says["status"] != "announced" or status.start > anchor.start:
        return False
    after = scene.words(Extent(status.end, anchor.start)).lstrip()
    that = phrases(scene.found.text.language, "commitments", "that").match(after)
    inner = (one for one in governing(scene, anchor) if one.start >= status.end)
    return that is not None and next(inner, None) is not None


def _due_if_set(scene: Scene, turn: Trigger) -> Trigger:
    """Return a verb with the day that it sets for an end: "would end on 21 December" is no proposal."""
    if turn.says["turn"] != "end" or turn.says["time"] != "proposed":
        return turn
    return next((one for one in dues(scene) if one.overlaps(turn)), turn)


def _is_noun(anchor: Anchor) -> bool:
    """Tell whether what looks like a verb and its object stands with an article: "the waiver of visas"."""
    if not any(one.start == anchor.start for one in anchor.turns):
        return False
    before = anchor.scene.before(anchor, 12)
    return phrases_at_end(anchor.scene.found.text.language, TOPIC, "definite").search(before) is not None


def _statuses(measure: Measure, anchor: Anchor) -> list[Trigger]:
    """Return the words of status in a sentence that may be meant for a measure."""
    scene, reach = anchor.scene, NEAR if measure.name or measure.is_main or anchor.again else BESIDE
    found = [
        one
        for one in find_triggers(scene.found.text, TOPIC, "statuses", scene.sentence)
        if one.distance(anchor) <= reach and _concerns(measure, anchor, one)
    ]
    if measure.kind not in _STATED and not any(one.says.get("extends") for one in found):
        done = contents(scene)
        found += [
            one
            for one in governing(scene, anchor)
            if one.says.get("extends") and not any(each.overlaps(one) for each in done)
        ]
    if measure.is_main or anchor.again or anchor.turns:
        found += [
            one
            for one in dues(scene)
            if one.distance(anchor) <= reach and not any(each.overlaps(one) for each in found)
        ]
    return found


def _is_wished(anchor: Anchor) -> bool:
    """Tell whether the verb that tells a measure says that it is still to come, or only asked for."""
    return anchor.turns[0].says["time"] not in {"past", "scheduled"}


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
    if any(one.overlaps(status) for one in contents(anchor.scene)) and not status.says.get("weak"):
        return False
    if (status.says.get("kept") or status.says.get("extends")) and time_of(anchor.scene, status) == "negated":
        return False
    if anchor.holds(status) and status.says["status"] in {"ended", "proposed", "advocated"}:
        return False
    if measure.kind == "sanctions" and anchor.holds(status):
        return False  # To freeze assets suspends nothing.
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


def _date(scene: Scene, anchor: Anchor, status: Trigger) -> When | None:
    told = {"clause", "holding"} & set(anchor.says)
    named = [] if told else [one for one in scene.dates if anchor.holds(one)]
    dates = [one for one in scene.dates if one.value and one not in named and not _names(scene, one)]
    inside = [one for one in dates if one.distance(status) == 0]
    near = [one for one in dates if one.distance(status) <= NEAR // 2]
    if status.says.get("expiry") == "scheduled":
        # "Four days before it was to lapse, the court said on Wednesday": the day is that of the main clause.
        near = [
            one
            for one in near
            if one.relation in {"until", "by"}
            or scene.words(one.between(status)).count(",") != 1
            or (one.start > status.end and one.start - status.end <= _APART)
        ]
    beside = [one for one in near if _is_weekday_before(scene, one, status)]
    after = inside or beside or [one for one in near if one.start >= status.end]
    return min(after or near, key=lambda one: one.distance(status), default=None)


def _is_weekday_before(scene: Scene, date: When, status: Extent) -> bool:
    """Tell whether a day of the week stands right before a verb: "on Monday quashed"."""
    between = scene.words(Extent(date.end, max(date.end, status.start)))
    return between == " " and not re.search(r"\d", scene.words(date))


def _names(scene: Scene, date: When) -> bool:
    """Tell whether a date belongs to the name of a document: "No. 29 of 25 February 2022"."""
    before, language = scene.before(date, 30), scene.found.text.language
    of = re.search(r",?\s+(?:of|de|del|du|da|dated|en date du)\s+$", before)
    if of is None:
        return False
    norm = phrases_at_end(language, TOPIC, "norms").search(before[: of.start()])
    return norm is not None or re.search(r"\d$", before[: of.start()]) is not None
