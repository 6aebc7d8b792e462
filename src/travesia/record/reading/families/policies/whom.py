"""Whom a measure is for: the people, or under sanctions and at borders the states, that its words lead to.

They stand inside the measure's words or right after them, with only what leads to people between; where a
verb tells a measure and nobody stands before it who does it, they are its subject: "nationals of Mali are
turned back".
People without a name are kept in the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.policies.turns import turns
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.small_words import joining
from travesia.record.reading.triggers import phrase_pattern, phrases, within

_TOPIC = "policies"

_REACH = 110
"""How far after a measure's words those whom it is for may stand, in code points."""

_WORDS = 6
"""How many words may stand between a measure and whom it is for."""

_LONGEST = 90
"""Longest words for people without a name, in code points."""

_PEOPLE = {"NORP", "GROUP"}

_FOR_NOBODY = {"policy_gap", "institutional_reform", "enforcement_cooperation"}
"""Kinds of what states agree among themselves."""

_AGAINST_STATES = {"sanctions", "agreement", "externalised_cooperation", "diplomatic_exclusion"}

_NO_TARGETS = (
    "smugglers", "traffickers", "gangs", "swindlers", "recruiters", "intermediaries", "donors", "signatories",
    "officials", "relief-agencies", "civil-society", "non-governmental-organizations", "leaders", "soldiers",
    "financial-institutions", "lawmakers", "ministers", "delegation", "diplomats",
)  # fmt: skip
"""Groups that act, or that a measure is against: nobody's papers or journeys are theirs."""


def named_targets(scene: Scene, measure: Extent, kind: str) -> tuple[str, ...]:
    """Return by id whom the words of a measure name, or those right after them."""
    if kind in _FOR_NOBODY:
        return ()
    return tuple(dict.fromkeys(one.entity for one in _named(scene, measure, kind)))


def unnamed_targets(scene: Scene, measure: Extent, kind: str, verbal: bool) -> tuple[str, ...]:
    """Return whom a measure is for where its words name nobody: people in words, or a verb's subject."""
    if kind in _FOR_NOBODY or kind == "information_campaign":
        return ()
    words = _in_words(scene, measure)
    return (words,) if words else subjects(scene, measure) if verbal else ()


def subjects(scene: Scene, measure: Extent) -> tuple[str, ...]:
    """Return the people who stand before what a verb tells, where nobody stands there who does it."""
    before = [one for one in scene.mentions if one.end <= measure.start]
    if before and _is_people(scene, before[-1]) and scene.words(before[-1]).endswith(("s", "ese")):
        listed = [one for one in before if _is_people(scene, one)]
        return tuple(dict.fromkeys(one.entity for one in _row(scene, listed, listed[-1])))
    if before:
        return ()
    opening = _people(scene.found.text.language).match(
        scene.words(Extent(scene.sentence.start, measure.start))
    )
    return (opening["people"].strip(),) if opening else ()


def _named(scene: Scene, measure: Extent, kind: str) -> list[Mention]:
    """Return the mentions of those whom a measure is for, with the rest of their list."""
    reach = Extent(measure.start, min(scene.sentence.end, measure.end + _REACH))
    kept: list[Mention] = []
    for one in within(scene.mentions, reach):
        if not (_is_people(scene, one) or _is_state_hit(scene, one, kind)):
            continue
        if one.start >= measure.end and not _is_led(scene, measure, kept, one):
            break
        if not _is_agent(scene, one):
            kept.append(one)
    return kept


def _is_people(scene: Scene, one: Mention) -> bool:
    """Tell whether a mention is of people for whom a measure can be, not of those who act."""
    if one.type == "NORP":
        return one not in scene.actors()
    entity = scene.found.entities.get(one.entity)
    kinds = str(entity.kind if entity else "").split("-and-")
    return one.type == "GROUP" and not any(each in _NO_TARGETS for each in kinds)


def _is_state_hit(scene: Scene, one: Mention, kind: str) -> bool:
    """Tell whether a measure is against or with a state: "sanctions on Mali", "the border with Haiti"."""
    if one.type == "BORDER":
        return kind == "entry_restriction"
    return one.type == "GPE" and kind in _AGAINST_STATES and one.entity.startswith("cty:")


def _is_led(scene: Scene, measure: Extent, kept: Sequence[Mention], one: Mention) -> bool:
    """Tell whether only what leads to people stands between a measure, or those it is for, and a name."""
    if kept:
        return _is_joined(scene, kept[-1], one)
    return _is_near(scene, Extent(measure.end, one.start))


def _is_near(scene: Scene, between: Extent) -> bool:
    """Tell whether few words and no mark stand in a stretch; a comma may set what leads to people apart."""
    words = scene.words(between)
    comma = re.match(r"\s*,\s*", words)
    leads = phrases(scene.found.text.language, _TOPIC, "for_whom")
    if comma is not None and (leads.match(words, comma.end()) or comma.end() == len(words)):
        words = words[comma.end() :]
    return len(words.split()) <= _WORDS and re.search(r"[;:)]|[.,](?!\d)", words) is None


def _is_joined(scene: Scene, first: Extent, second: Extent) -> bool:
    """Tell whether two names are of one list: a comma or "and", and at most an adjective between them."""
    between, language = scene.words(Extent(first.end, second.start)), scene.found.text.language
    joint = joining(language).match(between)
    rest = between[joint.end() :].strip() if joint else ""
    clause = phrases(language, "clauses", "relatives").match(rest)
    return joint is not None and len(rest.split()) <= 1 and clause is None


def _is_agent(scene: Scene, name: Mention) -> bool:
    before = scene.before(name, 12).rstrip()
    words = phrases(scene.found.text.language, "clauses", "agents").pattern
    article = r"(?:\s+(?:the|los|las|les|os|as))?\s*$"
    return re.search(words + article, before, re.I) is not None


def _row(scene: Scene, people: Sequence[Mention], last: Mention) -> list[Mention]:
    """Return the list of people that ends in one."""
    row = [last]
    for one in reversed(people[: people.index(last)]):
        if not _is_joined(scene, one, row[0]):
            break
        row.insert(0, one)
    return row


def _in_words(scene: Scene, measure: Extent) -> str | None:
    """Return people without a name that a preposition leads to, inside a measure's words or right after."""
    language, plain = scene.found.text.language, scene.found.text.plain
    end = min(scene.sentence.end, measure.end + _REACH)
    for match in _led_people(language).finditer(plain, measure.start, end):
        if not _is_near(scene, Extent(measure.end, max(measure.end, match.start()))):
            return None
        start, last = match.span("people")
        verbs = (one.start for one in turns(scene) if start < one.start < last)
        words = plain[start : min(verbs, default=last)].rstrip(" ,.;")
        if _says_who(language, words):
            return scene.found.text.original[start : start + len(words)]
    return None


def _says_who(language: str, words: str) -> bool:
    """Tell whether words are more than "people" or "persons a month"."""
    generic = phrases(language, "commitments", "generic_people").match(words)
    return generic is None or len(words[generic.end() :].split()) > 2


@cache
def _people(language: str) -> re.Pattern[str]:
    """Match people with what says which: "the holders of a visa issued before May"."""
    small = phrase_pattern([*cues(language, "clauses")["determiners"], r"[\d.,]+"])
    nouns = [one for one in cues(language, "measures")["people"] if not one.startswith(r"\w")]
    people = rf"(?=\w+s\b|{phrase_pattern(cues(language, _TOPIC)['who'])}){phrase_pattern(nouns)}"
    rest = rf"[^,;:.()\"\n]{{0,{_LONGEST}}}"
    return re.compile(rf"\s*(?:{small}\s*)*(?P<people>(?:[\w-]+\s+){{0,1}}?{people}{rest})", re.IGNORECASE)


@cache
def _led_people(language: str) -> re.Pattern[str]:
    """Match people after what leads to those whom something is for."""
    leads = phrase_pattern(cues(language, _TOPIC)["for_whom"])
    return re.compile(rf"{leads}{_people(language).pattern}", re.IGNORECASE)
