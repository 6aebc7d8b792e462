"""Who has the floor at a gathering: persons who speak or act there, and so attended it."""

from __future__ import annotations

from collections.abc import Iterator

from travesia.record.reading.families.gatherings import TOPIC, Gatherings, at_meeting
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases


def speakers_at(scene: Scene, met: Gatherings) -> Iterator[tuple[Trigger, Mention]]:
    """Yield the persons who speak or act at a gathering: "At the summit, President Biden announced"."""
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
