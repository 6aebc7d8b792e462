"""Who has the floor at a gathering: who speaks, acts or promises something there, and so attended it.

In a report of a meeting those who speak for a state are heard there, unless the text says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travesia.record.reading.families.meetings.gatherings import TOPIC, Gathering, Gatherings, at_meeting
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_OPENS = 3
"""How far into its sentence the meeting stands at which somebody promises, in code points."""

_BESIDE = 12
"""How far from a name its verb or its amount starts at most, in code points."""

_PROMISING = ("say", "firm", "give")
"""Classes of the verbs of commitments by which one who is present gives."""


def speakers_at(scene: Scene, met: Gatherings) -> Iterator[tuple[Trigger, Mention]]:
    """Yield those who speak or give at a gathering: "At the summit, President Biden announced"."""
    told = [extent for extent, one in met.told_in(scene) if not one.ahead]
    if not told:
        return
    plain, language = scene.found.text.plain, scene.found.text.language
    pattern = at_meeting(language)
    spans = [
        (match, one) for one in told if (match := pattern.search(plain[scene.sentence.start : one.start]))
    ]
    verbs = find_triggers(scene.found.text, TOPIC, "kinds", scene.sentence)
    spoken = [cue for cue in verbs if cue.says.get("actor")]
    spoken += find_triggers(scene.found.text, "statements", "verbs", scene.sentence)
    aside = phrases(language, TOPIC, "aside")
    for match, gathering in spans[:1]:
        if aside.search(match[0]):
            return
        cue = Trigger(scene.sentence.start + match.start(), gathering.end)
        for verb in spoken:
            for one in scene.subjects_of(verb):
                if one.type in PERSONS and not cue.overlaps(one):
                    yield cue, one
        if cue.start - scene.sentence.start <= _OPENS:
            yield from ((cue, one) for one in _givers(scene, cue))


def _givers(scene: Scene, cue: Trigger) -> Iterator[Mention]:
    """Yield the states and bodies that promise something there: "Spain pledged 5 million and Norway 2"."""
    verbs = find_triggers(scene.found.text, "commitments", "verbs", scene.sentence)
    firm = [one for one in verbs if one.says.get("class") in _PROMISING and one.start >= cue.end]
    if not firm:
        return
    conditional = phrases(scene.found.text.language, "clauses", "conditional")
    for one in scene.seen_actors():
        if one.start < cue.end or one.type in PERSONS or one.entity.startswith("plc:"):
            continue
        beside = [*firm, *scene.quantities]
        if conditional.search(scene.found.text.plain, cue.end, one.start):
            return
        if any(0 <= other.start - one.end <= _BESIDE for other in beside):
            yield one


def heard_at(every: Sequence[Scene], met: Gathering) -> Iterator[tuple[Scene, Trigger, Mention]]:
    """Yield who speaks for a state in the report of a meeting, from where it first tells of it."""
    told = [scene.number for scene, _ in met.told]
    for scene in every[min(told) :]:
        if scene.sentence.kind not in {"prose", "item"} or scene.is_too_long:
            continue
        for verb in find_triggers(scene.found.text, "statements", "verbs", scene.sentence):
            for one in scene.subjects_of(verb):
                if one.type == "PER" and scene.country_of(one.entity) is not None:
                    yield scene, verb, one
