"""Partners: with whom an agreement was signed, "the memorandum with Ghana", or who undertakes what in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.meetings.documents import Instruments
from travesia.record.reading.families.participation.turned import is_only_wished, participants
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrase_pattern, phrases

_TOPIC = "participation"

_NEAREST = 100
"""How far from an agreement the words for signing stand at most, in code points."""

_SMALL = 8
"""How long what stands between such a list and its verb is at most, in code points."""


def partners(scene: Scene, written: Instruments) -> Iterator[tuple[Trigger, Mention, str]]:
    """Yield who signed an agreement as its partner, with the words for signing and the agreement's id."""
    for extent, instrument in written.told_in(scene):
        for cue, name in _undertaking(scene, extent):
            yield cue, name, instrument.id
    cues_here = find_triggers(scene.found.text, _TOPIC, "roles", scene.sentence)
    signing = [one for one in cues_here if one.says["role"] == "signatory" and not _is_denied(scene, one)]
    if not signing:
        return
    for extent, instrument in written.told_in(scene):
        cue = min(signing, key=lambda one: one.distance(extent))
        if cue.distance(extent) > _NEAREST:
            continue
        declared = instrument.kind == "political_declaration"
        # "A declaration with Chile as its first signatory": only who signs one with somebody is its partner.
        for start in (cue,) if declared else (extent, cue):
            for name in _named_after(scene, start):
                yield cue, name, instrument.id
        for name in () if declared else _named_inside(scene, extent):
            yield cue, name, instrument.id


def _undertaking(scene: Scene, text: Extent) -> Iterator[tuple[Trigger, Mention]]:
    """Yield the states that bind themselves: "the Charter, in which Chile and Peru undertake"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    found = phrases(language, _TOPIC, "in_which").search(plain, text.end, scene.sentence.end)
    between = plain[text.end : found.start()] if found else "."
    if found is None or len(between) > _NEAREST or re.search(r"[.;:]", between):
        return
    after = [one for one in scene.actors() if one.start >= found.end() and one.type not in PERSONS]
    if not after or after[0].start - found.end() > _SMALL:
        return
    names = participants(scene.listed_with(after[0]))
    for verb in find_triggers(scene.found.text, "commitments", "verbs", scene.sentence):
        if len(names) > 1 and 0 <= verb.start - names[-1].end <= _SMALL:
            yield from ((Trigger(verb.start, verb.end), one) for one in names)
            return


def _named_inside(scene: Scene, name: Extent) -> tuple[Mention, ...]:
    """Return the states within an agreement's name: "Acuerdo entre la República del Perú y la de Chile"."""
    match = _with(scene.found.text.language).search(scene.found.text.plain, name.start, name.end)
    states = [one for one in scene.nested if name.holds(one) and one.type == "GPE"]
    return participants([one for one in states if match and one.start >= match.end()])


def _is_denied(scene: Scene, cue: Trigger) -> bool:
    return scene.is_negated(cue) or is_only_wished(scene, cue)


def _named_after(scene: Scene, extent: Extent) -> tuple[Mention, ...]:
    """Return the list of names after "with" or "between" that follows some words closely."""
    match = _with(scene.found.text.language).match(scene.found.text.plain, extent.end, scene.sentence.end)
    named = [one for one in scene.actors() if one.type not in PERSONS and one.start >= extent.end]
    # "The Republic of" is both small and the beginning of a name.
    after = [one for one in named if match and one.end > match.end() and match.end() - one.start >= -1]
    return participants(scene.listed_with(after[0])) if after else ()


@cache
def _with(language: str) -> re.Pattern[str]:
    """Match "of understanding with the government of the": a few words, "with" and what is small."""
    section = cues(language, "clauses")
    small = phrase_pattern([*section["determiners"], *section["of"], *section["heads"]])
    between = phrase_pattern(cues(language, _TOPIC)["with"])
    return re.compile(rf"(?:\s+[^\s,.;:]{{1,30}}){{0,4}}?\s+{between}\s*(?:{small}\s*)*", re.IGNORECASE)
