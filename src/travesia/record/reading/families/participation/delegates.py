"""Delegates: persons listed each with an office, "Ana Lima, and the minister of Peru, Juan Paz"."""

from __future__ import annotations

import re
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers, phrase_pattern, phrases

_TOPIC = "participation"

_OFFICE = 140
"""How much may stand between two delegates, the office of one of them, in code points."""

_COMMAS = 3
"""How many commas an office and what sets it apart have at most."""

_VERB = 25
"""How far after a delegate the verb that he has for himself begins at most, in code points."""


def with_fellows(scene: Scene, cue: Extent, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Add the persons who stand in one list with those found, with nothing but an office between them."""
    persons = [one for one in scene.mentions if one.type == "PER"]
    if not names or names[0] not in persons or names[-1] not in persons:
        return names
    kept = list(names)
    for one in persons[persons.index(kept[-1]) + 1 :]:
        if not _is_fellow(scene, kept[-1], one) or (cue.end <= one.start and _has_own_verb(scene, one)):
            break
        kept.append(one)
    for one in reversed(persons[: persons.index(kept[0])]):
        if not _is_fellow(scene, one, kept[0]) or (one.end <= cue.start and _is_of_verb(scene, one)):
            break
        kept.insert(0, one)
    return tuple(kept) if not any(cue.overlaps(one) for one in kept) else names


def _is_fellow(scene: Scene, left: Mention, right: Mention) -> bool:
    """Tell whether what stands between two persons joins them and tells an office, a state or a nation."""
    text, between = scene.found.text, Extent(left.end, right.start)
    words = scene.words(between)
    if len(words) > _OFFICE or words.count(",") > _COMMAS or re.search(r"[:?!\"«»“”()\n]|\.\s(?!$)", words):
        return False
    if phrases(text.language, _TOPIC, "relatives").search(words):
        return False
    if find_triggers(text, _TOPIC, "roles", between) or find_triggers(text, "statements", "verbs", between):
        return False
    opened = _opens(text.language).match(words)
    if opened is None:
        return False
    rest = Extent(left.end + opened.end(), right.start)
    told = [one for one in (*scene.mentions, *scene.nested) if one.type in {"NORP", "GPE", "PER_ROLE"}]
    office = _office(text.language).match(words, opened.end())
    return office is not None or any(abs(one.start - rest.start) <= 2 for one in told)


def _has_own_verb(scene: Scene, one: Mention) -> bool:
    """Tell whether a verb of its own follows a person: "attended by Ana Lima, and Juan Paz stayed away"."""
    near = Extent(one.end, min(scene.sentence.end, one.end + _VERB))
    return any(
        cue.says.get("side") == "before" for cue in find_triggers(scene.found.text, _TOPIC, "roles", near)
    )


def _is_of_verb(scene: Scene, one: Mention) -> bool:
    """Tell whether a person belongs to a verb that stands before: "Spain sent Ana, and Juan Paz came"."""
    before = Extent(scene.sentence.start, one.start)
    roles = find_triggers(scene.found.text, _TOPIC, "roles", before)
    return any(cue.start - scene.sentence.start > 2 for cue in roles)


@cache
def _opens(language: str) -> re.Pattern[str]:
    """Match a comma or "and", with what is small after it."""
    section = cues(language, "clauses")
    joiner = phrase_pattern(section["joiners"])
    small = phrase_pattern([*section["determiners"], *section["of"]])
    return re.compile(rf"\s*(?:[,;]\s*(?:{joiner})?|{joiner})\s*(?:{small}\s*)*", re.IGNORECASE)


@cache
def _office(language: str) -> re.Pattern[str]:
    """Match an office, at most two words before it."""
    section = cues(language, "clauses")
    office = phrase_pattern([*section["titles"], *section["heads"]])
    return re.compile(rf"(?:[\w'-]+\s+){{0,2}}?{office}", re.IGNORECASE)
