"""The noun phrase of a measure: from its article, and whether a preposition leads to it."""

from __future__ import annotations

import re

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.small_words import hiding
from travesia.record.reading.triggers import find_triggers, phrases, phrases_at_end, within

_TOPIC = "policies"


def is_hidden(scene: Scene, noun: Extent) -> bool:
    """Tell whether a preposition right before a noun phrase keeps it from being a subject."""
    if not scene.words(Extent(scene.sentence.start, noun.start)).strip(" -*()0123456789.\u2022"):
        return False
    before = scene.before(noun, 40)
    return hiding(scene.found.text.language).search(before) is not None


def phrase_of(scene: Scene, head: Extent) -> Extent:
    """Return a head noun with its article and what stands between the two."""
    language, plain = scene.found.text.language, scene.found.text.plain
    most = int(cues(language, _TOPIC)["modifiers"])
    start = max(scene.sentence.start, head.start - 45)
    verbs = find_triggers(scene.found.text, _TOPIC, "turns", scene.sentence)
    found = [
        one.start()
        for one in phrases(language, _TOPIC, "articles").finditer(plain, start, head.start)
        if re.fullmatch(rf"\s*(?:[\w'-]+\s+){{0,{most}}}", gap := plain[one.end() : head.start])
        and not phrases(language, "clauses", "prepositions").search(gap)
        and not within(verbs, Extent(one.end(), head.start))
    ]
    carrier = phrases_at_end(language, _TOPIC, "carriers").search(scene.before(head, 30))
    if carrier is not None:
        return phrase_of(scene, Extent(head.start - len(carrier[0]), head.end))
    return Extent(found[-1] if found else head.start, head.end)
