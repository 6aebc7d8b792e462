"""Turns: what a sentence lets become of a measure, by a class of verb and by its time.

A measure begins, changes, is prolonged, suspended, ended, kept, resumed, proposed or asked for. The ending
of the verb and the words before it say whether that has happened, is to come, is wished for or is denied;
both together settle the status. Only a verb that governs the measure's noun counts: right before it as its
object, or after it, with no other who acts between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.policies.noun_phrases import is_hidden
from travesia.record.reading.nouns import Extent
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import (
    Trigger,
    find_triggers,
    phrase_pattern,
    phrases,
    phrases_at_end,
    within,
)

_TOPIC = "policies"

_BEFORE = 6
"""How many words may stand between a verb and its object, dates left out."""

_AFTER = 14
"""How many words may stand between a subject and its verb, what commas set apart left out."""

_BESIDE = 6
"""How many words may stand between a noun that something leads to and what is said of it."""

_COMPLEMENT = 12
"""How far after a measure's noun another may stand that only says of what it is, in code points."""

_DAY = "\0"
"""What stands for a date where the words around it are looked at."""

_LEAD = 80
"""How far before a verb the words that give its time are looked for, in code points."""

_LED, _LED_THAT = 5, 9
"""How many words may stand between a verb and what gives its time; more after "that"."""

_THAT = re.compile(r"\s*(?:that\b|que\b|qu')", re.IGNORECASE)

_WISHED = {
    "planned": "announced",
    "proposed": "proposed",
    "advocated": "advocated",
    "threatened": "conditional",
}

_KEPT = dict.fromkeys(("past", "planned", "scheduled", "proposed"), "in_force")

OUTCOMES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "start": {"past": "in_force", "scheduled": "announced", **_WISHED},
    "change": {"past": "in_force", "scheduled": "announced", **_WISHED},
    "resume": {"past": "in_force", "scheduled": "announced", "negated": "ended", **_WISHED},
    "announce": {
        "past": "announced", "planned": "announced", "scheduled": "announced", "advocated": "advocated",
    },
    "extend": _KEPT,
    "keep": _KEPT,
    "suspend": {
        "past": "suspended", "planned": "announced", "scheduled": "announced", "proposed": "in_force",
        "threatened": "in_force", "negated": "in_force",
    },
    "end": {**_KEPT, "past": "ended", "threatened": "in_force", "negated": "in_force"},
    "ease": dict.fromkeys(
        ("past", "planned", "scheduled", "proposed", "advocated", "threatened", "negated"), "in_force"
    ),
    "propose": dict.fromkeys(("past", "planned", "scheduled", "open"), "proposed"),
    "negotiate": {
        "past": "in_progress",
        **dict.fromkeys(("planned", "scheduled", "proposed", "advocated", "open"), "proposed"),
    },
    "advocate": {"past": "advocated", "planned": "advocated"},
    "fail": dict.fromkeys(("past", "negated", "open"), "absent"),
})  # fmt: skip
"""The status of a measure by the class of verb and its time; what is not there settles nothing."""

_TO_COME, _FATES = {"announced", "proposed", "advocated"}, {"end", "suspend", "resume", "extend"}

_SLOTS = {
    "start": "start",
    "announce": "start",
    "resume": "start",
    "change": "start",
    "extend": "expected_end",
}

_ORDER = (
    "fail", "negotiate", "extend", "end", "resume", "suspend", "keep", "ease", "start", "change", "announce",
    "propose", "advocate",
)  # fmt: skip


def turns(scene: Scene) -> tuple[Trigger, ...]:
    """Return what the verbs of a sentence let become of measures, each with the status that it gives."""
    return once(scene, _turns)


def _turns(scene: Scene) -> tuple[Trigger, ...]:
    found = scene.outside_names(find_triggers(scene.found.text, _TOPIC, "turns", scene.sentence))
    return tuple(one for verb in found if (one := settled(scene, verb, str(verb.says["turn"]))) is not None)


def _leads(scene: Scene) -> tuple[Trigger, ...]:
    return scene.outside_names(find_triggers(scene.found.text, _TOPIC, "leads", scene.sentence))


def settled(scene: Scene, verb: Trigger, turn: str) -> Trigger | None:
    """Return a verb with the status that its class and time give a measure, ``None`` if they give none."""
    time = time_of(scene, verb)
    if time == "past" and "time" in verb.says:
        time = str(verb.says["time"])
    if verb.says.get("noun") and turn == "end":
        return None
    if verb.says.get("noun") and time == "past":
        time = "planned" if turn in {"start", "resume"} else "past"
    if scene.sentence.kind == "heading" and time == "past" and turn in {"start", "change", "resume"}:
        time = "planned"
    if verb.says.get("begun") and time == "past":
        time = "scheduled"
    status = OUTCOMES[turn].get(time)
    if status is None:
        return None
    says: dict[str, Any] = {"status": status, "turn": turn, "time": time}
    says |= {"date": _SLOTS[turn]} if turn in _SLOTS else {}
    if turn == "extend" and time != "negated":
        says["extends"] = True
    if turn == "end" and time in {"past", "planned", "scheduled"}:
        says |= {"date": "end" if time == "past" else "expected_end"}
        says |= {"expiry": "actual" if time == "past" else "scheduled"}
    return Trigger(verb.start, verb.end, MappingProxyType(says))


def time_of(scene: Scene, verb: Extent) -> str:
    """Return when a verb happens: past, planned, scheduled, proposed, advocated, threatened or negated.

    What happens now is past too. An infinitive that nothing leads is ``open``: what for, not what.
    """
    known = once(scene, _no_times)
    place = verb.start, verb.end
    if place not in known:
        known[place] = _time_of(scene, verb)
    return known[place]


def _no_times(_: Scene) -> dict[tuple[int, int], str]:
    return {}


def _time_of(scene: Scene, verb: Extent) -> str:
    language, words = scene.found.text.language, scene.words(verb)
    start = max(scene.sentence.start, verb.start - _LEAD)
    leads = [
        one
        for one in once(scene, _leads)
        if start <= one.start
        and one.end <= verb.start
        and _is_led(language, scene.words(Extent(one.end, verb.start)), str(one.says["time"]))
    ]
    times = [str(one.says["time"]) for one in leads]
    if "negated" in times and any(one.relation == "before" and _is_behind(one, verb) for one in scene.dates):
        return "planned"  # "Will not be laid before 15 January"
    for settling in ("negated", "open"):
        if settling in times:
            return settling
    said = phrases(language, _TOPIC, "reported").search(scene.words(Extent(start, verb.start))) is not None
    carrier = _carrier(scene, verb)
    for form in ("futures", "conditionals", "begun"):
        if phrases(language, _TOPIC, form).match(carrier):
            if form == "conditionals" and said:
                return "planned"
            return {"futures": "planned", "conditionals": "proposed", "begun": "scheduled"}[form]
    if times:
        would = scene.words(leads[-1]).casefold() == "would"
        return "planned" if said and would else times[-1]
    if _is_item(scene, verb):
        return "planned"
    if _infinitive(language).search(scene.words(Extent(start, verb.start)) + words.split()[0]):
        return _far(scene, verb)
    return "past"


def _is_behind(date: Extent, verb: Extent) -> bool:
    return 0 <= date.start - verb.end <= _COMPLEMENT


def _carrier(scene: Scene, verb: Extent) -> str:
    """Return the words that carry a verb's ending: its auxiliary in a passive, no denial before it."""
    language, words = scene.found.text.language, scene.words(verb)
    auxiliary = phrases_at_end(language, "clauses", "passives").search(scene.before(verb, 40))
    if auxiliary is not None and phrases(language, _TOPIC, "futures").match(auxiliary[0].lstrip()):
        return auxiliary[0].lstrip()
    return re.sub(r"^(?:ya |já |mais )*(?:no |não |ne |n')", "", words, flags=re.IGNORECASE)


def _is_led(language: str, between: str, time: str) -> bool:
    """Tell whether words reach as far as a verb: a denial reaches no second part of its sentence."""
    if time == "negated" and ("," in between or phrases(language, "clauses", "joiners").search(between)):
        return False
    most = _LED_THAT if _THAT.match(between) else _LED
    return len(between.split()) <= most and re.search(r"[;:]|\.\s", between) is None


def _is_item(scene: Scene, verb: Extent) -> bool:
    """Tell whether a verb without a person opens an item of a list: "(c) establish", "Crear un fondo"."""
    before = scene.words(Extent(scene.sentence.start, verb.start))
    if not re.fullmatch(r"[\W\d]*(?:\b\w\b[\W\d]+)?", before):
        return False
    if " " in scene.words(verb).strip() and scene.sentence.kind != "item":
        return False
    bare = cues(scene.found.text.language, _TOPIC)["bare"]
    return re.match(rf"(?:{'|'.join(bare)})\b", scene.words(verb), re.IGNORECASE) is not None


def _far(scene: Scene, verb: Extent) -> str:
    """Return the time of an infinitive far from what leads it: a second part of "undertake to ... and to"."""
    reach = Extent(scene.sentence.start, verb.start)
    leads = within(once(scene, _leads), reach)
    led = [one for one in (str(each.says["time"]) for each in leads) if one in {*_WISHED, "open"}]
    return led[-1] if led else "open"


@cache
def _infinitive(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cues(language, _TOPIC)['infinitives'])})$", re.IGNORECASE)


def governing(scene: Scene, noun: Extent, rivals: Sequence[Extent] = ()) -> tuple[Trigger, ...]:
    """Return the turns that a measure's noun takes in its sentence, those that settle most first.

    `rivals` are the other measures of the sentence: a verb beyond one belongs to it.
    """
    kept = [one for one in turns(scene) if _governs(scene, one, noun, rivals)]
    kept.sort(key=lambda one: (_ORDER.index(_class(one)), one.distance(noun)))
    return tuple(kept)


def is_to_stop(scene: Scene, noun: Extent) -> bool:
    """Tell whether somebody wants a measure ended or suspended: "asks that returns be suspended"."""
    found = find_triggers(scene.found.text, _TOPIC, "turns", scene.sentence)
    return any(
        one.says["turn"] in {"suspend", "end"}
        and time_of(scene, one) in {"advocated", "proposed"}
        and _governs(scene, one, noun, ())
        for one in found
    )


def _class(turn: Trigger) -> str:
    """Return the class that a turn ranks by: what is to come, or denied, settles less than what was."""
    kind = str(turn.says["turn"])
    if kind in {"end", "suspend"} and turn.says["time"] == "negated":
        return "keep"
    return "start" if kind in {"resume", "end"} and turn.says["status"] in _TO_COME else kind


def _governs(scene: Scene, turn: Trigger, noun: Extent, rivals: Sequence[Extent]) -> bool:
    if turn.overlaps(noun):
        return False
    if turn.end <= noun.start:
        if turn.says["turn"] in {"advocate", "propose"} and _is_wished_away(scene, turn, noun):
            return False
        between = without_dates(scene, Extent(_after_partners(scene, turn.end, noun.start), noun.start))
        return _is_object(scene.found.text.language, between)
    rest = Extent(noun.end, turn.start)
    if is_hidden(scene, noun):
        led = any(0 <= noun.start - one.end <= _COMPLEMENT for one in rivals)
        return not led and _is_beside(scene, turn, rest)
    if any(noun.end <= one.start and one.end <= turn.start and not is_hidden(scene, one) for one in rivals):
        return False
    return not _acts_on_another(scene, turn, rest) and _is_predicate(scene, noun, rest)


def _acts_on_another(scene: Scene, turn: Trigger, rest: Extent) -> bool:
    """Tell whether a noun does to another what its clause says: "a decree that ended the reception"."""
    if turn.says["turn"] not in _FATES or scene.is_passive(turn):
        return False
    opened = phrases(scene.found.text.language, "clauses", "relatives").match(scene.words(rest).lstrip())
    return opened is not None and has_object(scene, turn)


def has_object(scene: Scene, verb: Extent) -> bool:
    """Tell whether an article right after a verb opens its object, and no date."""
    if any(0 <= one.start - verb.end <= _COMPLEMENT for one in scene.dates):
        return False
    after = scene.words(Extent(verb.end, min(scene.sentence.end, verb.end + 12))).lstrip()
    return phrases(scene.found.text.language, _TOPIC, "articles").match(after) is not None


def _is_wished_away(scene: Scene, turn: Extent, noun: Extent) -> bool:
    """Tell whether what is asked for is the end of a measure: "asked that the decree be withdrawn"."""
    found = find_triggers(scene.found.text, _TOPIC, "turns", scene.sentence)
    ends = (one for one in found if one.says["turn"] in {"end", "suspend"})
    return any(turn.end <= one.start and one.end <= noun.start for one in ends)


def _after_partners(scene: Scene, start: int, end: int) -> int:
    """Return where the words after a verb go on behind those with whom it is done: "negotiates with Iraq"."""
    partnered = phrases(scene.found.text.language, _TOPIC, "partnered")
    if partnered.match(scene.words(Extent(start, end)).lstrip()) is None:
        return start
    return max([start, *(one.end for one in within(scene.actors(), Extent(start, end)))])


def _is_beside(scene: Scene, turn: Trigger, rest: Extent) -> bool:
    """Tell whether words or a clause right after a noun are said of it, though something leads to it.

    "Against the moratorium, in force since May", "part of an agreement that runs until 2028".
    """
    language, between = scene.found.text.language, scene.words(rest)
    if len(between.split()) > _BESIDE or re.search(r"[;:.()]|,.*,", between):
        return False
    relative = phrases_at_end(language, "clauses", "relatives").search(between)
    if relative is not None:
        to_come = turn.says["turn"] == "end" and turn.says.get("time") in {"planned", "scheduled"}
        return to_come or turn.says["turn"] in {"keep", "extend"}
    return phrases(language, _TOPIC, "apposed").match(scene.words(turn)) is not None


def without_dates(scene: Scene, extent: Extent) -> str:
    """Return a stretch without the dates in it, the words that lead to them, and what commas set apart."""
    words, at = "", extent.start
    for one in scene.dates:
        if at <= one.start and one.end <= extent.end:
            words += re.sub(r"(?:(?:^|\s)\S{1,7}){1,2}\s*$", " ", scene.words(Extent(at, one.start))) + _DAY
            at = one.end
    words += scene.words(Extent(at, extent.end))
    words = re.sub(
        rf",[^,]{{0,60}}{_DAY}[^,]{{0,60}},|^\s*{_DAY}?\s*,[^,]{{1,60}},|\([^()]{{0,40}}\)", " ", words
    )
    words = phrases(scene.found.text.language, _TOPIC, "durations").sub(_DAY, words)
    return re.sub(rf"[\s,]*{_DAY}\s*,?", " ", words)


def _is_object(language: str, between: str) -> bool:
    """Tell whether only an article and a few other words stand between a verb and its object."""
    if re.search(r"[,;:.()?]", between) or len(between.split()) > _BEFORE:
        return False
    if phrases(language, _TOPIC, "untils").search(between):
        return False
    rest = _of(language).sub("", between, count=1)
    if phrases(language, "clauses", "joiners").search(rest):
        return False
    return phrases(language, "clauses", "prepositions").search(rest) is None


def _is_predicate(scene: Scene, noun: Extent, rest: Extent) -> bool:
    """Tell whether a verb after a noun is the noun's: what commas or "which" set apart may stand between."""
    words = scene.words(rest)
    if re.search(r"[;:]|\.\s", words) or len(words) > 220:
        return False
    kept = re.sub(r",[^,]{0,150},", " ", words)
    if len(kept.split()) > _AFTER or kept.count(",") > 1:
        return False
    language = scene.found.text.language
    if phrases(language, _TOPIC, "others").search(kept):
        return False
    if phrases(language, "clauses", "joiners").search(kept) and not _opens(scene, noun):
        return False
    actors = [one for one in scene.seen_actors() if rest.start <= one.start and one.end <= rest.end]
    if phrases(language, "clauses", "relatives").match(words.lstrip()):
        actors = actors[1:]  # "The permits that Mexico handed out are suspended"
    aside = [one.span() for one in re.finditer(r",[^,]{0,150},", words)]
    for one in actors:
        at = one.start - rest.start
        if one.type != "NORP" and not any(first <= at < last for first, last in aside):
            return False
    return True


def _opens(scene: Scene, noun: Extent) -> bool:
    """Tell whether a noun opens its sentence or a part of it, as a subject does."""
    before = scene.words(Extent(scene.sentence.start, noun.start)).rstrip()
    opener = phrases(scene.found.text.language, _TOPIC, "opening")
    return (
        not before
        or before[-1] in ',;:-("\u2022.'
        or any(one.end() == len(before) for one in opener.finditer(before))
    )


@cache
def _of(language: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{phrase_pattern(cues(language, _TOPIC)['objects'])}\s*", re.IGNORECASE)
