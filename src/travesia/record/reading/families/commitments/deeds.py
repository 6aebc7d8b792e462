"""Deeds: the infinitives, gerunds and futures by which a text says what will be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.triggers import phrase_pattern

TOPIC = "commitments"

_ANY = re.compile(r"(?P<negative>(?!))?(?!(?:the|an?|its|their|this|that|these|such|all|any)\b)[a-z]+")
_DOUBLED = frozenset({"admit", "cut", "put", "stop"})
"""English verbs that double their last letter in the gerund."""


def deeds(text: Text, reach: Extent, any_verb: bool = False) -> Iterator[tuple[Extent, bool]]:
    """Yield the deeds that a stretch begins with, each with whether it is one not to do.

    `any_verb` says that only a verb can stand at the start, whichever it is ("vowed to").

    A deed goes on to the comma or "and" before the next verb; a verb without an object shares the next one's
    ("to prevent, fight and punish smuggling" is one deed).
    """
    plain, start = text.plain, _start(text.language)
    at = _skip(plain, reach.start)
    first = start.match(plain, at, reach.end) or (_ANY.match(plain, at, reach.end) if any_verb else None)
    if first is None:
        return
    found, ends = [first], []
    joints = [*_joint(text.language).finditer(plain, first.end(), reach.end)]
    if any_verb:
        joints += _again(text.language).finditer(plain, first.end(), reach.end)
    for joint in sorted(joints, key=lambda one: one.start()):
        following = start.match(plain, joint.end(), reach.end) or _ANY.match(plain, joint.end(), reach.end)
        has_object = len(plain[found[-1].end() : joint.start()].split()) >= 1
        if (
            following
            and following.start() > found[-1].start()
            and has_object
            and _object(text.language).match(plain, following.end(), reach.end)
        ):
            found.append(following)
            ends.append(joint.start())
    for one, end in zip(found, [*ends, reach.end], strict=True):
        yield Extent(one.start(), end), one["negative"] is not None


def first_verb(text: Text, reach: Extent) -> Extent | None:
    """Return the verb of a deed that a stretch begins with."""
    at = _skip(text.plain, reach.start)
    found = _start(text.language).match(text.plain, at, reach.end)
    return Extent(found.start(), found.end()) if found else None


def future_of_doing(text: Text, reach: Extent) -> Extent | None:
    """Return the Romance future of a verb of doing in a stretch."""
    found = _future(text.language).search(text.plain, reach.start, reach.end)
    return Extent(*found.span()) if found else None


def gerund_of_doing(text: Text, reach: Extent) -> Extent | None:
    """Return the gerund of a verb of doing that goes on after a comma: ", welcoming 2,000 people"."""
    found = _gerund(text.language).search(text.plain, reach.start, reach.end)
    return Extent(found.start("deed"), found.end()) if found else None


def _skip(plain: str, at: int) -> int:
    while at < len(plain) and plain[at] in " ,":
        at += 1
    return at


@cache
def _object(language: str) -> re.Pattern[str]:
    """Match what goes on after a verb; a noun of a list ("food, support and shelter") has nothing."""
    section = cues(language, TOPIC)
    # A Romance infinitive is no noun: a phrase between commas may part it from its object.
    comma = ",?" if "infinitives" in section else ""
    return re.compile(rf"{comma}\s+(?!{phrase_pattern(section['deed_joiners'])})\w", re.IGNORECASE)


@cache
def _opening(language: str) -> str:
    """Return what a deed begins with: an infinitive or gerund, with what may stand before it."""
    section = cues(language, TOPIC)
    before, stop = "|".join(section["before_deed"]), "|".join(section["no_deeds"])
    romance = "infinitives" in section
    forms = "|".join(section["infinitives"]) if romance else _english_forms(section["doing"])
    deed = rf"(?:(?:{before})\s*)*(?!(?:{stop})\b)(?:{forms})(?!\w)"
    denied = deed if romance else rf"(?:(?:{before})\s*)*[^\W\d_]+"
    return rf"(?:(?P<negative>{'|'.join(section['not_to'])})\s*{denied}|{deed})"


def _english_forms(verbs: str) -> str:
    """Return a pattern for English verbs as infinitives and gerunds."""
    forms = []
    for verb in verbs.split():
        doubled = verb[-1] if verb in _DOUBLED else ""
        forms.append(rf"{verb[:-1]}(?:e|ing)" if verb.endswith("e") else rf"{verb}(?:{doubled}ing)?")
    return "|".join(sorted(forms, key=len, reverse=True))


@cache
def _start(language: str) -> re.Pattern[str]:
    return re.compile(_opening(language), re.IGNORECASE)


@cache
def _joint(language: str) -> re.Pattern[str]:
    """Match what joins one deed to the next: a comma, a semicolon, "and", with the preposition after it."""
    section = cues(language, TOPIC)
    joiners, prepositions = (phrase_pattern(section[name]) for name in ("deed_joiners", "deed_prepositions"))
    opening = _opening(language).replace("?P<negative>", "?:")
    return re.compile(
        rf"(?:\s*[;,]\s*(?:{joiners}\s+)?|\s+{joiners}\s+)(?:{prepositions}\s*)?(?={opening})", re.IGNORECASE
    )


@cache
def _again(language: str) -> re.Pattern[str]:
    """Match "and to" before any verb whose object shows it: "and to place 120 more officers"."""
    section = cues(language, TOPIC)
    if "infinitives" in section:
        return re.compile(r"(?!)")
    joiners, object_ = phrase_pattern(section["deed_joiners"]), phrase_pattern(section["objects_open"])
    return re.compile(rf",?\s+{joiners}\s+to\s+(?=[a-z]+\s+{object_})(?![a-z]+s\s)", re.IGNORECASE)


@cache
def _gerund(language: str) -> re.Pattern[str]:
    section = cues(language, TOPIC)
    stems = sorted((verb.removesuffix("e") for verb in section["doing"].split()), key=len, reverse=True)
    if "infinitives" in section:
        stems = [re.sub(r"[aeio]?i?r$", "", stem) for stem in stems]
    lead, ending = section["gerunds"]
    return re.compile(rf",\s+(?P<deed>{lead}(?:{'|'.join(stems)})(?:{ending}))(?!\w)", re.IGNORECASE)


@cache
def _future(language: str) -> re.Pattern[str]:
    section = cues(language, TOPIC)
    stems = sorted((verb.removesuffix("e") for verb in section["doing"].split()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?:{section['future_endings']})(?!\w)", re.IGNORECASE)
