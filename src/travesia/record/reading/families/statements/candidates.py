"""Who may speak in a sentence: those who can act, and speakers without a name of their own."""

from __future__ import annotations

import re

from travesia.record.reading.families.statements.unlisted import apposed_name, with_name
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.once import once
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, phrases_at_end, within

_TOPIC = "statements"
_BEHIND = 70
"""How far after a state the person may be named whose office is of it, in code points."""

_NEARBY = 40
"""How far before a nationality the office may begin that it belongs to, in code points."""


def _cue(scene: Scene, group: str) -> re.Pattern[str]:
    return phrases(scene.found.text.language, _TOPIC, group)


def candidates(scene: Scene) -> tuple[Mention, ...]:
    """Return who may speak in a sentence: those who can act, and speakers without a name."""
    return once(scene, _candidates)


def _candidates(scene: Scene) -> tuple[Mention, ...]:
    if scene.is_too_long:
        return ()
    original = scene.found.text.original
    actors = [one for one in scene.actors() if not _in_office(scene, one) and not _of_officer(scene, one)]
    nouns: list[Mention] = []
    for group in ("governments", "offices", "general", "speakers"):
        for place in scene.stretches(_TOPIC, group):
            noun = _whole(scene, place)
            if group in {"general", "speakers"}:
                noun = apposed_name(scene, noun) or with_name(scene, noun)
            joined = next((one for one in nouns if one.end + 1 == noun.start or noun.holds(one)), None)
            if joined is not None and joined.entity != "government":
                nouns.remove(joined)
                noun = Extent(min(joined.start, noun.start), noun.end)
            taken = any(one.overlaps(noun) or _titles(noun, one) for one in (*actors, *nouns))
            if taken or scene.before(noun, 1) == "(":
                continue
            words = "government" if group == "governments" else original[noun.start : noun.end]
            whose = _whose(scene, noun) if group in {"offices", "governments"} else None
            if whose is not None and _cue(scene, "single").search(scene.words(noun)):
                noun, whose = _with_state(scene, noun), None
                words = original[noun.start : noun.end]
            nouns.append(Mention(noun.start, noun.end, "GROUP", whose or words))
    return tuple(sorted([*actors, *nouns], key=lambda one: one.start))


def _in_office(scene: Scene, state: Mention) -> bool:
    """Tell whether a state or body only says whose office a person after it holds: "Mexican President X"."""
    if state.type == "PER":
        return False
    for person in within(scene.mentions, Extent(state.end, state.end + _BEHIND)):
        if person.type == "PER":
            between = scene.words(Extent(state.end, person.start))
            before = scene.before(state, 60)
            office = _cue(scene, "offices")
            if re.fullmatch(r"(?:'s)?,? ?(?:[\w'-]+ ){0,6}", between) and office.search(between):
                return True
            return between in {", ", " "} and re.search(office.pattern + _OF, before, re.I) is not None
    return False


_OF = (
    r"\s+(?:\w+\s+){0,2}?(?:of|for|de|du|des|da|do|del|d'|of the|de la|de l')\s*(?:the\s+|la\s+|los\s+|l')?$"
)


def _whose(scene: Scene, office: Extent) -> str | None:
    """Return for whom an officer without a name speaks: "a spokesman for the White House", "its minister"."""
    for one in scene.mentions:
        if one.type in {"GPE", "ORG", "GPE_METONYM"} and office.end < one.start <= office.end + 30:
            between = scene.words(Extent(office.end, one.start))
            whole = not one.entity.startswith("plc:") and re.fullmatch(_OF, between, re.I)
            return one.entity if whole else None
        if one.type in {"GPE", "ORG", "NORP"} and (_touch(one, office) or office.holds(one)):
            return one.entity
        if one.type == "GPE" and 0 < office.start - one.end <= 25:
            between = scene.words(Extent(one.end, office.start))
            if re.fullmatch(r"'s?\s(?:[\w-]+\s){0,2}", between):
                return one.entity
    return None


def _of_officer(scene: Scene, state: Mention) -> bool:
    """Tell whether a nationality only says of which state somebody is: "Japanese diplomats"."""
    if state.type != "NORP":
        return False
    language, after = scene.found.text.language, scene.words(Extent(state.end, scene.sentence.end))
    if phrases(language, _TOPIC, "single").match(after.lstrip()):
        return True
    return phrases_at_end(language, _TOPIC, "single").search(scene.before(state, _NEARBY)) is not None


def _with_state(scene: Scene, office: Extent) -> Extent:
    """Return an office with the body or state after it whose it is: "official of the State Department"."""
    after = [one for one in scene.mentions if office.end < one.start <= office.end + _BEHIND // 2]
    between = scene.words(Extent(office.end, after[0].start)) if after else ""
    return Extent(office.start, after[0].end) if re.fullmatch(_OF, between, re.I) else office


def _titles(noun: Extent, name: Extent) -> bool:
    """Tell whether a noun is only the title of the name right after it."""
    return 0 <= name.start - noun.end <= 1


def together(scene: Scene, one: Mention) -> tuple[Mention, ...]:
    """Return the list that a speaker belongs to, or the speaker alone."""
    speakers = candidates(scene)
    return tuple(each for each in scene.listed_with(one) if each in speakers) or (one,)


def _whole(scene: Scene, noun: Extent) -> Extent:
    """Return a noun with the nationality beside it."""
    beside = [one for one in (*scene.mentions, *scene.nested) if one.type == "NORP" and _touch(one, noun)]
    return Extent(
        min([noun.start, *(one.start for one in beside)]), max([noun.end, *(one.end for one in beside)])
    )


def _touch(one: Extent, other: Extent) -> bool:
    return one.start - other.end == 1 or other.start - one.end == 1


def is_ours(scene: Scene, verb: Extent) -> bool:
    """Tell whether "we" is the subject of a verb, and no word of a quote before it: '"we leave," he said'."""
    over = max((one.end for one in quoted_in(scene) if one.end <= verb.start), default=scene.sentence.start)
    said = scene.words(Extent(over, verb.start))
    return (
        scene.is_author(verb) and phrases(scene.found.text.language, "clauses", "we").search(said) is not None
    )
