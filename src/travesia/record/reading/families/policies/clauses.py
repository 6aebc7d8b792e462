"""Clauses: measures that no noun names, told by a verb of a class and what it is done to.

"Malaysia will let registered refugees work", "departures will be capped at 45 a month", "the camp is to be
closed": the cue file pairs classes of verbs with lists of objects, and each pair with a kind. The object
stands after the verb or, in a passive, before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from travesia.record.reading.families.policies.noun_phrases import phrase_of
from travesia.record.reading.families.policies.turns import settled, without_dates
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, all_triggers_at, find_triggers, phrases, within

_TOPIC = "measures"

_REACH = 130
"""How far from its verb an object is looked for, in code points."""

_WORDS_AFTER = 8
"""How many words may stand between a verb and its object, dates left out."""

_WORDS_BEFORE = 14
"""How many may stand between the subject of a passive and its verb, what commas set apart left out."""

_CLOSE = 5
"""How many between a subject and a verb in the active."""

_FAR = 40
"""How far after its verb a number of people a month may stand, in code points."""

_LIMIT = 25
"""How far after its words the number of a limit may stand, in code points."""

_TAIL = 60
"""How far beyond its object a clause still tells of it, in code points: to its first mark or date."""

_WISHED = {"announced", "proposed", "advocated", "conditional"}


@dataclass(frozen=True)
class Told(Extent):
    """A clause that tells a measure: its kind, the last word of its object, what its verb says, for whom."""

    kind: str
    head: str
    turn: Trigger
    whom: tuple[str, ...] = ()


def told_by_clauses(scene: Scene) -> Iterator[Told]:
    """Yield the measures that a verb of a sentence and its object tell."""
    text, end, last = scene.found.text, scene.sentence.end, None
    for cue in scene.outside_names(find_triggers(text, _TOPIC, "clauses", scene.sentence)):
        # A verb can be of several classes, and its object says of which.
        every = (_told(scene, verb) for verb in all_triggers_at(text, _TOPIC, "clauses", cue.start, end))
        told = next((one for one in every if one is not None), None)
        if told is None:
            continue
        if last is not None and last.overlaps(told) and last.kind == told.kind:
            if _settles(told) > _settles(last):
                last = replace(last, turn=told.turn)
            continue
        if last is not None:
            yield last
        last = told
    if last is not None:
        yield last


def _settles(told: Told) -> int:
    """Return how much a verb settles of what others also say: "the crossing, which we closed, reopened"."""
    return {"end": 2, "keep": 1}.get(str(told.turn.says["turn"]), 0)


def _told(scene: Scene, verb: Trigger) -> Told | None:
    found = _whole(scene, verb)
    if found is None:
        return None
    kind, whole, last = found
    if verb.says.get("people") and not _names_people(scene, verb, whole):
        return None
    if verb.says.get("uncounted") and _counts_people(scene, whole):
        return None
    turn = settled(scene, verb, str(verb.says.get("turn", "start")))
    if turn is None or (verb.says.get("wished") and turn.says["status"] not in _WISHED):
        return None
    if "status" in verb.says:
        turn = Trigger(turn.start, turn.end, MappingProxyType({**turn.says, "status": verb.says["status"]}))
    if verb.says.get("asked") and turn.says["status"] not in {"proposed", "advocated"}:
        return None
    if turn.says["time"] == "past" and _is_bygone(scene, verb, whole):
        return None
    end = _end_of(scene, whole)
    return Told(whole.start, end, kind, last.casefold(), turn, _whom(scene, verb, Extent(whole.start, end)))


def _whom(scene: Scene, verb: Trigger, whole: Extent) -> tuple[str, ...]:
    """Return for whom a measure is: who is named in its clause or, of a right, right before its verb."""
    inside = [one for one in within(scene.mentions, whole) if one.type in {"NORP", "GROUP"}]
    if not inside and verb.says.get("people"):
        start = max(scene.sentence.start, verb.start - _REACH)
        before = within(scene.mentions, Extent(start, verb.start))
        inside = [one for one in before if one.type in {"NORP", "GROUP"}][-1:]
    return tuple(dict.fromkeys(one.entity for one in inside))


def _is_bygone(scene: Scene, verb: Trigger, whole: Extent) -> bool:
    """Tell whether a verb tells what used to be, or how many somebody has been let do something so far."""
    if phrases(scene.found.text.language, _TOPIC, "bygone").match(scene.words(verb)):
        return True
    if verb.says.get("actor") and not any(one.end <= verb.start for one in scene.seen_actors()):
        return True
    return bool(verb.says.get("people")) and _counts_people(scene, whole)


def is_given_to_so_many(scene: Scene, cue: Trigger) -> bool:
    """Tell whether a verb and its object tell what so many people are given: a promise, no rule."""
    last = min(scene.sentence.end, cue.end + _TAIL)
    counts = [one for one in scene.quantities if cue.start <= one.start < last]
    return bool(cue.says.get("uncounted")) and any((one.unit or "").startswith("person") for one in counts)


def _counts_people(scene: Scene, whole: Extent) -> bool:
    """Tell whether a clause says for how many people: what is given to so many is promised, no rule."""
    last = min(scene.sentence.end, whole.end + _TAIL)
    counts = [one for one in scene.quantities if whole.start <= one.start < last]
    return any(one.start < whole.end or (one.unit or "").startswith("person") for one in counts)


def _end_of(scene: Scene, whole: Extent) -> int:
    """Return where a clause ends: at its first mark or date after the object, or some words on."""
    last = min(scene.sentence.end, whole.end + _TAIL)
    dates = [one.start for one in scene.dates if one.start >= whole.end]
    last = min([last, *dates])
    mark = re.compile(r'[,.](?!\d)|[;:"()?!\n]').search(scene.found.text.plain, whole.end, last)
    if mark is not None:
        last = mark.start()
    elif last == whole.end + _TAIL:
        last = scene.found.text.plain.rfind(" ", whole.end, last)
    kept = scene.words(Extent(whole.end, max(last, whole.end))).rstrip()
    return whole.end + len(kept)


def _whole(scene: Scene, verb: Trigger) -> tuple[str, Extent, str] | None:
    """Return the kind of a measure, its verb with the object, and the last word of the object."""
    if "alone" in verb.says:
        return str(verb.says["alone"]), verb, scene.words(verb).split()[-1]
    if "rated" in verb.says:
        rate = [one for one in scene.quantities if 0 <= one.start - verb.end <= _FAR]
        if not rate or " per " not in (rate[0].unit or "") or not _is_of_people(scene, rate[0]):
            return None
        return str(verb.says["rated"]), Extent(verb.start, rate[0].end), scene.words(verb).split()[0]
    if "counted" in verb.says:
        limit = [one for one in scene.quantities if 0 <= one.start - verb.end <= _LIMIT]
        if not limit or not _is_of_people(scene, limit[0]):
            return None
        end = max(limit[0].end, limit[0].counted.end if limit[0].counted else 0)
        return str(verb.says["counted"]), Extent(_subject(scene, verb), end), scene.words(verb).split()[0]
    after = None if verb.says.get("subject") else _after(scene, verb)
    if after is not None:
        kind, thing = after
        return kind, Extent(verb.start, thing.end), scene.words(thing).split()[-1]
    before = _before(scene, verb)
    if before is not None:
        kind, thing = before
        return kind, Extent(phrase_of(scene, thing).start, verb.end), scene.words(thing).split()[-1]
    return None


def _is_of_people(scene: Scene, limit: Quantity) -> bool:
    """Tell whether a limit is one of people, or of what they are given, and not of money or days."""
    if limit.kind != "QUANTITY" or (limit.unit or "other").partition(" ")[0] in {"km", "ratio", "USD"}:
        return False
    if limit.unit is not None and limit.unit != "other":
        return True
    reach = Extent(limit.start, min(scene.sentence.end, limit.end + _TAIL))
    return any(
        phrases(scene.found.text.language, _TOPIC, name).search(
            scene.found.text.plain, reach.start - _REACH // 2, reach.end
        )
        for name in ("papers", "visas", "people")
    )


def _subject(scene: Scene, verb: Extent) -> int:
    """Return where the words begin that a verb is said of: at the last mark before it, if that is near."""
    before = scene.before(verb, _REACH // 2)
    marks = [one.end() for one in re.finditer(r"[,;:.]\s+", before)]
    near = marks[-1] if marks else 0
    opened = bool(marks) or len(before) < _REACH // 2
    return verb.start - len(before) + near if opened else verb.start


def _after(scene: Scene, verb: Trigger) -> tuple[str, Extent] | None:
    """Return the object that follows a verb, the nearest of its lists."""
    plain, end = scene.found.text.plain, min(scene.sentence.end, verb.end + _REACH)
    stop = re.compile(r'[;:)]|\.\s|" ').search(plain, verb.end, end)
    first: tuple[str, Extent] | None = None
    for name, kind in verb.says["with"].items():
        match = phrases(scene.found.text.language, _TOPIC, name).search(plain, verb.end, end)
        reached = match is not None and (stop is None or match.start() < stop.start())
        if match and reached and (first is None or match.start() < first[1].start):
            first = str(kind), Extent(match.start(), match.end())
    if first is None:
        return None
    between = without_dates(scene, Extent(verb.end, first[1].start))
    if phrases(scene.found.text.language, "clauses", "negations").search(between):
        return None
    return first if len(between.split()) <= verb.says.get("reach", _WORDS_AFTER) else None


def _before(scene: Scene, verb: Trigger) -> tuple[str, Extent] | None:
    """Return the subject of a passive that stands before it, the nearest of its lists."""
    passive = scene.is_passive(verb) or _is_reflexive(scene, verb)
    if not passive and not verb.says.get("before"):
        return None
    start = max(scene.sentence.start, verb.start - _REACH)
    last: tuple[str, Extent] | None = None
    for name, kind in verb.says["with"].items():
        found = phrases(scene.found.text.language, _TOPIC, name).finditer(
            scene.found.text.plain, start, verb.start
        )
        for match in found:
            if last is None or match.start() > last[1].start:
                last = str(kind), Extent(match.start(), match.end())
    if last is None:
        return None
    between = scene.words(Extent(last[1].end, verb.start))
    kept = re.sub(r",[^,]{0,80},", " ", between)
    far = len(kept.split()) > (_WORDS_BEFORE if passive else _CLOSE)
    return None if far or re.search(r"[;:]|\.\s", between) else last


def _is_reflexive(scene: Scene, verb: Extent) -> bool:
    before = scene.before(verb, 4).casefold()
    return before.endswith((" se ", "se ")) or scene.words(verb).endswith("-se")


def _names_people(scene: Scene, verb: Extent, whole: Extent) -> bool:
    """Tell whether people are named in a clause or as its subject: rights are given to somebody."""
    end = min(scene.sentence.end, whole.end + _TAIL)
    reach = Extent(max(scene.sentence.start, verb.start - _REACH), end)
    if any(one.type in {"GROUP", "NORP"} for one in within(scene.mentions, reach)):
        return True
    people = phrases(scene.found.text.language, _TOPIC, "people")
    return people.search(scene.found.text.plain, reach.start, reach.end) is not None
