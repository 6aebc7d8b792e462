"""Measures whose noun no list holds, told by what becomes of them: they are prolonged, expire, stay in force.

What only befalls a measure tells that a noun names one: "the cards, which were to expire on Sunday", "the
office will remain in service until 30 September". Which noun that is follows from the sentence: the object of
the verb, or its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from travesia.record.reading.families.policies.turns import governing, turns
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_TOPIC = "policies"

_FEW = 4
"""How many words a noun has at most beside its article."""

_STOPS = (
    ("clauses", "prepositions"), ("clauses", "passives"), ("clauses", "joiners"), (_TOPIC, "relatives"),
)  # fmt: skip
"""Where a noun phrase ends."""

_NEAR = 60
"""How far from the words of an end its day stands, in code points."""


def fated(scene: Scene, told: Sequence[Extent]) -> Iterator[tuple[Extent, Trigger]]:
    """Yield each noun that only its fate tells to be a measure, with the verb; `told` are the others."""
    nouns: list[Extent] | None = None
    for verb in turns(scene):
        if not _is_of_measures(scene, verb) or any(_is_told(scene, verb, one) for one in told):
            continue
        nouns = list(_nouns(scene)) if nouns is None else nouns
        noun = next((one for one in nouns if verb in governing(scene, one)), None)
        if noun is not None:
            told = [*told, noun]
            yield noun, verb


def _is_told(scene: Scene, verb: Trigger, other: Extent) -> bool:
    return verb.overlaps(other) or verb in governing(scene, other)


def _is_of_measures(scene: Scene, verb: Trigger) -> bool:
    """Tell whether what a verb says befalls measures only: an end with its day, being in force."""
    language, words, turn = scene.found.text.language, scene.words(verb), verb.says["turn"]
    near = [one for one in scene.dates if one.distance(verb) <= _NEAR]
    lasting = any(one.relation in {"until", "by"} for one in near)
    if turn == "extend":
        return lasting or _for_long(scene, verb)
    if turn == "suspend":
        return verb.says["time"] == "past" and scene.is_passive(verb)
    if turn == "keep":
        return lasting or phrases(language, _TOPIC, "in_force").search(words) is not None
    if turn == "start":
        return phrases(language, _TOPIC, "into_force").search(words) is not None
    ends = turn == "end" and phrases(language, _TOPIC, "expires").search(words) is not None
    return ends and bool(near)


def _for_long(scene: Scene, verb: Extent) -> bool:
    """Tell whether something is prolonged by or to a time: "extended to three years"."""
    after = scene.words(Extent(verb.end, min(scene.sentence.end, verb.end + _NEAR)))
    return phrases(scene.found.text.language, _TOPIC, "lengths").match(after.lstrip()) is not None


def _nouns(scene: Scene) -> Iterator[Extent]:
    """Yield the noun phrases of a sentence: from an article to the first preposition, mark or verb."""
    language, plain, last = scene.found.text.language, scene.found.text.plain, scene.sentence.end
    verbs = [one.start for one in find_triggers(scene.found.text, _TOPIC, "turns", scene.sentence)]
    first, opening = scene.sentence.start, phrases(language, _TOPIC, "articles")
    opened = [one.span() for one in opening.finditer(plain, first, last)]
    bare = phrases(language, _TOPIC, "bare_subjects").match(plain, first)
    if bare is not None and opening.match(plain, first) is None:
        opened.insert(0, (first, first))
    for start, after in opened:
        stops = [re.compile(r"[^\w\s'-]|$").search(plain, after, last)]
        stops += [phrases(language, topic, group).search(plain, after, last) for topic, group in _STOPS]
        ends = [one.start() for one in stops if one] + [one for one in verbs if one >= after]
        words = plain[after : min(ends)]
        noun = Extent(start, after + len(words.rstrip()))
        if len(words.strip()) > 2 and len(words.split()) <= _FEW and not _is_other(scene, noun):
            yield noun


def _is_other(scene: Scene, noun: Extent) -> bool:
    """Tell whether a noun is a name, a number, who acts, or something else that lasts and ends."""
    language, words = scene.found.text.language, scene.words(noun)
    names = (one for one in (*scene.mentions, *scene.dates) if getattr(one, "type", None) != "DOC")
    if re.search(r"\d", words) or any(one.overlaps(noun) for one in names):
        return True
    others = ((_TOPIC, "no_measures"), (_TOPIC, "again"), (_TOPIC, "own"), ("clauses", "heads"))
    return any(phrases(language, *one).search(words) is not None for one in others)
