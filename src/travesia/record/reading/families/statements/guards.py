"""Guards: words that may be verbs of saying and tell no statement where they stand."""

from __future__ import annotations

import re
from functools import cache

from travesia.record.reading.families.statements.candidates import candidates
from travesia.record.reading.families.who import Who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, phrases_at_end

_TOPIC = "statements"
_BESIDE = 12
"""How far from a verb the words stand that tell what it is, in code points."""

_BEYOND = 60
"""How far before a verb the words begin that restrict it, in code points."""


def is_no_saying(scene: Scene, verb: Trigger) -> bool:
    """Tell whether a word is no verb of saying here: a noun, denied, or what a thing requires."""
    owned = verb.says.get("near") and re.search(r"'s\s|s'\s|\"\s", scene.before(verb, 3))
    return bool(owned) or _is_noun(scene, verb) or _is_denied(scene, verb) or _is_restricted(scene, verb)


def is_cited(scene: Scene, verb: Trigger, who: Who) -> bool:
    """Tell whether a verb only stands in a quote of who says it: 'hailed a ruling that "says that"'."""
    inside = [one for one in quoted_in(scene) if one.holds(verb)]
    if inside and who.extent is None:  # "They told us", says somebody else
        before = scene.words(Extent(inside[0].start, verb.start))
        return phrases_at_end(scene.found.text.language, "clauses", "they").search(before) is not None
    if not inside or who.extent is None:
        return False
    return not inside[0].overlaps(who.extent) and verb.start - inside[0].start > _BESIDE // 2


def is_ruling(scene: Scene, verb: Trigger, who: Who) -> bool:
    """Tell whether a court decides rather than says something: it rejects an appeal."""
    courts = phrases(scene.found.text.language, "policies", "courts")
    place = Extent(who.extent.start, max(who.extent.end, verb.start)) if who.extent else None
    if place is None or courts.match(scene.words(place)) is None:
        return False
    words = scene.words(Extent(verb.start, min(scene.sentence.end, verb.end + _BESIDE)))
    language = scene.found.text.language
    told = phrases(language, _TOPIC, "that").search(words) is not None or bool(quoted_in(scene))
    return not (verb.says.get("says") and (told or language == "en"))


def _is_restricted(scene: Scene, verb: Trigger) -> bool:
    """Tell whether a demand is only what a thing requires: "the visa that requires"."""
    if verb.says["stance"] != "demand":
        return False
    before = scene.before(verb, _BEYOND)
    language = scene.found.text.language
    if phrases(language, _TOPIC, "requirements").match(
        scene.words(Extent(verb.end, scene.sentence.end)).lstrip()
    ):
        return True
    follows = any(0 < one.start - verb.end <= _BESIDE // 2 for one in candidates(scene))
    either = "|".join(phrases(language, _TOPIC, group).pattern for group in ("oblique", "relatives"))
    found = None if follows else re.search(rf"(?:{either})\s+$", before, re.I)
    if found is None or before[: found.start()].rstrip().endswith(","):
        return False
    at = verb.start - len(before) + len(before[: found.start()].rstrip())
    ends = [
        one.end
        for one in (*candidates(scene), *find_triggers(scene.found.text, _TOPIC, "verbs", scene.sentence))
    ]
    return at not in ends


def _is_denied(scene: Scene, verb: Trigger) -> bool:
    """Tell whether somebody does not say it, which is no stance: "did not condemn", "does not rule out"."""
    words = scene.words(Extent(max(scene.clause_of(verb).start, verb.start - 12), verb.start))
    language = scene.found.text.language
    if verb.says["stance"] == "refuse":
        return phrases_at_end(language, "clauses", "negations").search(words) is not None
    inside = re.match(r"\S+\s+(?:pas|jamais|guère)\b", scene.words(verb))
    reflexive = verb.says.get("says") and re.search(r"(?<!\w)s'$", words)
    return bool(inside or reflexive or _denied(language).search(words))


@cache
def _denied(language: str) -> re.Pattern[str]:
    """Match text that ends in a negation and at most one word more."""
    negations = phrases(language, "clauses", "negations").pattern
    return re.compile(rf"{negations}(?:\s+[^\s,]+)?\s*$", re.IGNORECASE)


def _is_noun(scene: Scene, verb: Trigger) -> bool:
    """Tell whether a word that may be a verb is a noun here: an article or a preposition stands before it."""
    plain, language = scene.found.text.plain, scene.found.text.language
    before = plain[scene.sentence.start : verb.start].rstrip().rsplit(" ", 1)[-1]
    if before == "en" and language == "fr" and not scene.words(verb).endswith("ant"):
        return False  # the pronoun: "il en demande la suspension"
    if verb.says["stance"] == "accuse":
        return phrases(language, "clauses", "prepositions").fullmatch(before) is not None
    if phrases(language, _TOPIC, "finite").fullmatch(plain, verb.start, verb.end):
        return phrases(language, "clauses", "prepositions").fullmatch(before) is not None
    return any(
        phrases(language, "clauses", group).fullmatch(before) for group in ("determiners", "prepositions")
    )
