"""What is promised: for whom, from where, on which condition, under which instrument."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.allocations import is_share
from travesia.record.reading.families.commitments.binding import FURTHEST, TOPIC, Promise
from travesia.record.reading.families.commitments.deeds import first_verb
from travesia.record.reading.families.commitments.reaches import reach_of, rest_of
from travesia.record.reading.nouns import Extent, Found, Mention
from travesia.record.reading.once import once
from travesia.record.reading.triggers import phrase_pattern, phrases, phrases_at_end

Slot = tuple[str, tuple[Any, Extent]]

_LONGEST = 90
"""Longest words that stand for a beneficiary without a name, in code points."""

_NO_ARTICLE = 4
_GIVING = ("help", "fund", "support_host_communities", "strengthen_efforts")


def beneficiary_and_target(promise: Promise) -> Iterator[Slot]:
    """Yield for whom a deed is, and what it is for: people and places are the one, crises the other."""
    scene = promise.scene
    money = promise.quantity is not None and promise.quantity.kind == "MONEY"
    if promise.kind == "tie":
        return
    if promise.kind == "receive" and money:
        yield from _receiver(promise)
        return
    if not money:
        people = _people_in(promise)
        if people is not None:
            yield "beneficiary", (_name_of(promise, people), people)
        if people is not None or promise.negative:
            return
    for phrase in _phrases_for(promise, money):
        crisis = phrases(scene.found.text.language, TOPIC, "crises").search(
            scene.found.text.plain, phrase.start, phrase.end
        )
        if crisis:
            events = [
                one
                for one in scene.mentions
                if one.type == "EVENT" and phrase.start <= one.start < phrase.end
            ]
            yield "target", (events[0].entity if events else _quoted(promise, phrase), phrase)
            return
        named = _named_in(promise, phrase)
        if not money and not named and not _are_people(promise, phrase):
            continue
        yield (
            "beneficiary",
            (_all_named(promise, named) if named else _quoted(promise, phrase), named or phrase),
        )
        return


def _all_named(promise: Promise, first: Mention) -> str | list[str]:
    """Return whom a phrase names: one, or each of a list."""
    listed = promise.scene.listed_with(first)
    ids = list(dict.fromkeys(one.entity for one in listed[listed.index(first) :])) if first in listed else []
    return ids if len(ids) > 1 else first.entity


def _receiver(promise: Promise) -> Iterator[Slot]:
    found = [one for one in promise.scene.actors() if one.end <= promise.binder.start]
    clear = [one for one in found if not promise.scene.is_hidden(one)]
    if clear:
        yield "beneficiary", (clear[0].entity, clear[0])


def _name_of(promise: Promise, people: Extent) -> str:
    """Return whom an action is for; of people who are counted the nationality says it, if there is one."""
    if not isinstance(people, Mention):
        return _quoted(promise, people)
    counted = promise.quantity.counted if promise.quantity else None
    if people.type == "GROUP" and counted is not None and counted.overlaps(people):
        inside = [one for one in promise.scene.nested if one.type == "NORP" and people.holds(one)]
        if len(inside) == 1:
            return inside[0].entity
    return people.entity


def _people_in(promise: Promise) -> Extent | None:
    """Return the people right after an action or a count: whom it takes in, or whose status it settles."""
    scene, reach = promise.scene, reach_of(promise)
    start = (
        promise.quantity.end
        if promise.quantity
        else (promise.action.start if promise.action else reach.start)
    )
    named = [
        one for one in scene.mentions if one.type in {"GROUP", "NORP"} and start <= one.start < reach.end
    ]
    if not named:
        return _counted(promise)
    between = scene.found.text.plain[start : named[0].start]
    near = len(between.split()) <= (2 if promise.quantity else _NO_ARTICLE * 2)
    return named[0] if near and not set(between) & set(",;:") else _counted(promise)


def _counted(promise: Promise) -> Extent | None:
    """Return the words for the people that are counted, unless they say no more than that they are people."""
    counted = promise.quantity.counted if promise.quantity else None
    if counted is None:
        return None
    plain, language = promise.scene.found.text.plain, promise.scene.found.text.language
    generic = phrases(language, TOPIC, "generic_people").search(plain, counted.start, counted.end)
    return counted if _are_people(promise, counted) and not generic else None


def _are_people(promise: Promise, phrase: Extent) -> bool:
    scene = promise.scene
    words = phrases(scene.found.text.language, TOPIC, "people_words")
    return words.search(scene.found.text.plain, phrase.start, phrase.end) is not None


def _phrases_for(promise: Promise, money: bool) -> Iterator[Extent]:
    """Yield the noun phrases after "for" and its like, then after "to" where something is given."""
    scene, rest = promise.scene, rest_of(promise)
    plain, language = scene.found.text.plain, scene.found.text.language
    matches = [*phrases(language, TOPIC, "beneficiaries").finditer(plain, rest.start, rest.end)]
    gives = promise.action is not None and promise.action.says["action"] in _GIVING
    if money or gives or (promise.unit or "").startswith("authorization"):
        joined = phrases_at_end(language, "clauses", "joiners")
        receivers = phrases(language, TOPIC, "receivers").finditer(plain, rest.start, rest.end)
        matches += [one for one in receivers if not joined.search(plain, rest.start, one.start())]
        matches.sort(key=lambda one: one.start())
    conditions = phrases(language, TOPIC, "conditions")
    lasting = phrases(language, TOPIC, "durations")
    held = [*conditions.finditer(plain, rest.start, rest.end)]
    held += [*phrases(language, TOPIC, "no_receivers").finditer(plain, rest.start, rest.end)]
    for match in matches:
        start = match.end() + len(plain[match.end() : rest.end]) - len(plain[match.end() : rest.end].lstrip())
        stop = _phrase_end(language).search(plain, start, min(rest.end, start + _LONGEST))
        dates = [one.start for one in scene.dates if one.start > start]
        end = min([stop.start() if stop else rest.end, rest.end, start + _LONGEST, *dates])
        words = plain[start:end].rstrip(' ,.;:"')
        dated = any(one.start <= start < one.end for one in scene.dates)
        if first_verb(scene.found.text, Extent(start, end)) or any(
            one.start() <= match.start() < one.end() for one in held
        ):
            continue
        counted = any(one.start <= start < one.end and one.kind == "MONEY" for one in scene.quantities)
        if len(words) > 2 and not dated and not counted and not lasting.search(words):
            yield Extent(start, start + len(words))


@cache
def _phrase_end(language: str) -> re.Pattern[str]:
    section = cues(language, TOPIC)
    return re.compile(rf"[,;:.\n]|\s{phrase_pattern(section['phrase_ends'])}", re.IGNORECASE)


def _named_in(promise: Promise, phrase: Extent) -> Mention | None:
    """Return the people, state or body that a phrase starts with, past an article and an adjective."""
    types = {"GROUP", "NORP", "GPE", "ORG"}
    named = [
        one for one in promise.scene.mentions if one.type in types and phrase.start <= one.start < phrase.end
    ]
    if not named:
        return None
    between = promise.scene.found.text.plain[phrase.start : named[0].start]
    nested = phrases(promise.scene.found.text.language, "clauses", "prepositions").search(between)
    return named[0] if len(between.split()) < _NO_ARTICLE and not nested else None


def _quoted(promise: Promise, place: Extent) -> str:
    return promise.scene.found.text.original[place.start : place.end]


def origin_of(promise: Promise) -> Iterator[Slot]:
    """Yield the states or regions that people come from: named after "from", where people are taken in."""
    quantity = promise.quantity
    if quantity is None or quantity.kind == "MONEY":
        return
    scene, reach = promise.scene, reach_of(promise)
    end = max(reach.end, min(scene.sentence.end, quantity.end + FURTHEST // 2))
    for match in phrases(scene.found.text.language, TOPIC, "origins").finditer(
        scene.found.text.plain, quantity.end, end
    ):
        near = [
            one for one in scene.mentions
            if one.type in {"GPE", "LOC"} and 0 <= one.start - match.end() <= 40 and one.start < end
        ]  # fmt: skip
        between = scene.words(Extent(match.end(), near[0].start)) if near else ","
        joiners = phrases(scene.found.text.language, "clauses", "joiners")
        if not re.search(r"[\d,;:.()]", between) and not joiners.search(between):
            listed = scene.listed_with(near[0])
            yield "origin", ([one.entity for one in listed], Extent(listed[0].start, listed[-1].end))
            return


def is_numbered(promise: Promise) -> bool:
    """Tell whether a promise stands in a numbered item, as the articles of a declaration do."""
    plain, start = promise.scene.found.text.plain, promise.scene.sentence.start
    line = plain[max(plain.rfind("\n", 0, start) + 1, start - FURTHEST) : start]
    return promise.scene.sentence.kind == "item" and re.match(r"\s*\d{1,2}[.)]\s", line) is not None


def condition_of(promise: Promise) -> str | None:
    """Return the words of a condition: after the deed in its sentence, or at the sentence's start."""
    scene = promise.scene
    plain, original = scene.found.text.plain, scene.found.text.original
    known = phrases(scene.found.text.language, TOPIC, "conditions")
    opening = known.match(plain, scene.sentence.start)
    if opening is not None and opening.end() < promise.binder.start:
        end = plain.find(",", opening.end(), promise.binder.start)
        return original[opening.end() : end].strip() if end > 0 else None
    if promise.kind in {"tie", "hang"}:
        stop = re.compile(r'[.;"]').search(plain, promise.binder.end, scene.sentence.end)
        return original[promise.binder.end : stop.start() if stop else scene.sentence.end].strip() or None
    anchor = promise.quantity or promise.action
    start = (
        max(anchor.end, promise.binder.end if promise.kind != "may" else 0) if anchor else promise.binder.end
    )
    if promise.kind == "may":
        start = anchor.end if anchor else promise.binder.end
        who = phrases(scene.found.text.language, TOPIC, "eligible").search(plain, start, scene.sentence.end)
        if who is not None and who.end() < promise.binder.start:
            return original[who.end() : promise.binder.start].strip(" ,") or None
    match = known.search(plain, start, scene.sentence.end)
    if match is None or _is_of_next(promise, Extent(start, match.start())):
        return None
    end = next(
        (at for at in range(match.end(), scene.sentence.end) if plain[at] in '.;"'), scene.sentence.end
    )
    return original[match.end() : end].strip() or None


def _is_of_next(promise: Promise, between: Extent) -> bool:
    """Tell whether another actor with its own amount stands before a condition: that one makes it."""
    quantity = promise.quantity
    if quantity is None:
        return False
    if any(between.holds(one) and is_share(promise.scene, one) for one in promise.scene.quantities):
        return True
    actors = [one for one in promise.scene.seen_actors() if between.holds(one)]
    amounts = [one for one in promise.scene.quantities if between.holds(one) and one.kind == quantity.kind]
    return any(one.end <= other.start for one in actors for other in amounts)


def instrument_of(promise: Promise) -> str | None:
    """Return the instrument under which a promise stands: named in its sentence, or the declaration's own.

    A promise of "the signatories", of "we" or in a numbered article stands under the text's main instrument.
    """
    scene = promise.scene
    language = scene.found.text.language
    for one in (*scene.mentions, *scene.nested):
        if one.type == "DOC" and one.entity.startswith("ins:"):
            before = scene.before(one, 25)
            if phrases_at_end(language, TOPIC, "unders").search(before):
                return one.entity
    together = any(":" not in one for one in promise.subject.ids)
    if not (together or is_numbered(promise) or len(promise.subject.ids) > 1):
        return None
    return once(scene.found, _main_instrument)


def _main_instrument(found: Found) -> str | None:
    """Return the instrument that a text names most often."""
    named = Counter(
        one.entity for one in found.mentions if one.type == "DOC" and one.entity.startswith("ins:")
    )
    return named.most_common(1)[0][0] if named else None
