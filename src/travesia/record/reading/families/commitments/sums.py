"""Sums: amounts told without a verb of promising, by who they come from or whose answer they are.

"Another 30 million will come from Norway and 5 from Japan", "Colombia's answer: 5,000 permits a year", and
in a passage of pledges an amount right behind the state that gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import action_of, before_amount, unit_of
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import all_of
from travesia.record.reading.nouns import Extent, Mention, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases

_ACTING = ("GPE", "GPE_METONYM", "ORG")

_SAYS = MappingProxyType({"class": "sum", "status": "announced"})


def sums(voices: Voices, scene: Scene, claimed: Sequence[Quantity], pledging: bool) -> Iterator[Promise]:
    """Yield the amounts of a sentence that nothing else claimed, where the text says whose they are.

    `pledging` says that the sentence or the one before it holds a promise of money.
    """
    free = [one for one in scene.quantities if one.value is not None and one not in claimed]
    listed = _listed(scene, free)
    yield from (_of(voices, scene, amount, actor) for amount, actor in listed)
    places = {amount.start for amount, _ in listed}
    free = [one for one in free if _counts(scene, one) and one.start not in places]
    last: Quantity | None = None
    for amount in free:
        actor = _source(scene, amount) or _answering(scene, amount) or _next_source(scene, amount, last)
        if actor is None and pledging and amount.kind == "MONEY":
            actor = _beside(scene, amount)
        if actor is not None:
            last = amount
            yield _of(voices, scene, amount, actor)


def _listed(scene: Scene, free: Sequence[Quantity]) -> list[tuple[Quantity, Mention]]:
    """Return from whom each amount of a list of promises comes: "so far: $15 million from Chile, 4 from"."""
    plain, language, sentence = scene.found.text.plain, scene.found.text.language, scene.sentence
    colon = plain.find(":", sentence.start, sentence.end)
    if colon < 0 or not phrases(language, TOPIC, "promised_sums").search(plain, sentence.start, colon):
        return []
    money = next((one for one in scene.quantities if one.kind == "MONEY"), None)
    found = []
    for amount in (one for one in free if one.start > colon):
        giver = _right_from(language).match(plain, amount.end, sentence.end)
        actor = _starting(scene, giver.end()) if giver else None
        if actor is not None and money is not None:
            same = amount if amount.kind == "MONEY" else replace(amount, kind=money.kind, unit=money.unit)
            found.append((same, actor))
    return found if len(found) > 1 else []


def _counts(scene: Scene, amount: Quantity) -> bool:
    """Tell whether an amount may be promised by itself: money, people, permits."""
    unit = unit_of(scene, amount) or "other"
    return amount.kind == "MONEY" or unit.startswith(("person", "authorization", "other"))


def _of(voices: Voices, scene: Scene, amount: Quantity, actor: Mention) -> Promise:
    subject = all_of(scene.listed_with(actor))
    place = Extent(min(amount.start, actor.start), max(amount.end, actor.end))
    binder = Trigger(place.start, place.end, _SAYS)
    case = Case(voices, scene, binder, Extent(place.start, scene.sentence.end))
    actions = case.actions(case.reach)
    return Promise(scene, binder, place, subject, amount, unit_of(scene, amount), action_of(actions, amount))


def _source(scene: Scene, amount: Quantity) -> Mention | None:
    """Return from whom an amount will come: "will be paid by Japan", or "from Norway will come" before it."""
    plain, language = scene.found.text.plain, scene.found.text.language
    comes = _comes(language).match(plain, amount.end, min(scene.sentence.end, amount.end + CLOSE))
    if comes is not None:
        return _starting(scene, comes.end())
    paid = _paid(language).match(plain, amount.end, min(scene.sentence.end, amount.end + CLOSE))
    if paid is not None:
        return _starting(scene, paid.end())
    for actor in _actors(scene):
        if actor.end < amount.start and _came(language).fullmatch(plain, actor.end, amount.start):
            before = scene.before(actor, OBJECT // 2)
            if _from(language).search(before):
                return actor
    return None


def _next_source(scene: Scene, amount: Quantity, last: Quantity | None) -> Mention | None:
    """Return from whom the next amount comes, where its verb is not said again: "and 15 from Norway"."""
    if last is None:
        return None
    plain, language = scene.found.text.plain, scene.found.text.language
    giver = _giver(language).match(plain, amount.end, min(scene.sentence.end, amount.end + CLOSE))
    return _starting(scene, giver.end()) if giver else None


def _answering(scene: Scene, amount: Quantity) -> Mention | None:
    """Return whose answer an amount is: "Colombia's answer:", "la respuesta de Chile es de"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    for actor in _actors(scene):
        if not 0 < amount.start - actor.end <= OBJECT + OBJECT // 2:
            continue
        if _answer(language).fullmatch(plain, actor.end, amount.start):
            return actor
        before = scene.before(actor, OBJECT)
        if _answer_of(language).search(before) and _is(language).fullmatch(plain, actor.end, amount.start):
            return actor
    return None


def _beside(scene: Scene, amount: Quantity) -> Mention | None:
    """Return which state an amount among pledges follows, with no word of the past or of needs between."""
    states = (one for one in _actors(scene) if one.type != "ORG")
    before = [one for one in states if 0 < amount.start - one.end <= CLOSE // 2]
    if not before or scene.is_hidden(before[-1]):
        return None
    gap = Extent(before[-1].end, amount.start)
    between, language = scene.words(gap), scene.found.text.language
    others = any(gap.start < one.start < gap.end for one in (*scene.quantities, *scene.dates))
    guarded = any(
        phrases(language, TOPIC, group).search(between)
        for group in ("not_promised", "bare_past", "bare_facts", "said", "pluperfects")
    )
    after = scene.words(Extent(amount.end, min(scene.sentence.end, amount.end + OBJECT)))
    late = phrases(language, TOPIC, "bare_past").search(after)
    return None if others or guarded or late or set(between) & set(";:.") else before[-1]


def _actors(scene: Scene) -> list[Mention]:
    """Return the states and bodies of many states: an office of a state only tells where its money lies."""
    acting = (one for one in scene.mentions if one.type in _ACTING)
    return [one for one in acting if one.type != "ORG" or scene.country_of(one.entity) is None]


def _starting(scene: Scene, at: int) -> Mention | None:
    return next((one for one in _actors(scene) if one.start == at), None)


@cache
def _words(language: str, group: str) -> str:
    return phrase_pattern(cues(language, TOPIC)[group])


@cache
def _articles(language: str) -> str:
    return rf"(?:{phrase_pattern(cues(language, 'clauses')['determiners'])}\s*)?"


@cache
def _comes(language: str) -> re.Pattern[str]:
    """Match a verb of coming behind an amount, up to whom it comes from."""
    between = r"(?:\s(?!\d)[^\s,;:.]{1,20}){0,6}?"
    return re.compile(
        rf"{between}\s{_words(language, 'comes')}\s*{_words(language, 'sources')}\s*{_articles(language)}",
        re.IGNORECASE,
    )


@cache
def _paid(language: str) -> re.Pattern[str]:
    """Match a verb of paying behind an amount with who pays behind it: "que pagará Suiza"."""
    between = r"(?:\s(?!\d)[^\s,;:.]{1,20}){0,6}?"
    return re.compile(rf"{between},?\s{_words(language, 'pays')}\s+{_articles(language)}", re.IGNORECASE)


@cache
def _right_from(language: str) -> re.Pattern[str]:
    """Match "from" right behind an amount, or after what the money is called."""
    return re.compile(
        rf"\s(?:[^\W\d_]+\s)?{_words(language, 'sources')}\s*{_articles(language)}", re.IGNORECASE
    )


@cache
def _giver(language: str) -> re.Pattern[str]:
    between = r"(?:\s(?!\d)[^\s,;:.]{1,20}){0,3}?"
    return re.compile(rf"{between}\s{_words(language, 'sources')}\s*{_articles(language)}", re.IGNORECASE)


@cache
def _came(language: str) -> re.Pattern[str]:
    """Match a verb of coming between whom an amount comes from and the amount."""
    return re.compile(rf"\s+{_words(language, 'comes')}\s+{before_amount(language)}", re.IGNORECASE)


@cache
def _from(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_words(language, 'sources')}\s*{_articles(language)}$", re.IGNORECASE)


@cache
def _is(language: str) -> re.Pattern[str]:
    """Match what stands between whose answer it is and its amount: a colon, or a verb of being."""
    return re.compile(
        rf"\s*(?:[:-]|{_words(language, 'amounts_to')})\s*{before_amount(language)}", re.IGNORECASE
    )


@cache
def _answer(language: str) -> re.Pattern[str]:
    """Match an answer behind its owner, up to its amount: "'s answer was up to"."""
    return re.compile(
        rf"'s?\s+(?:[\w-]+\s+){{0,2}}?{_words(language, 'answers')}{_is(language).pattern}", re.IGNORECASE
    )


@cache
def _answer_of(language: str) -> re.Pattern[str]:
    answer, giver = _words(language, "answers"), _words(language, "givers")
    return re.compile(rf"{answer}\s+(?:[\w-]+\s+){{0,1}}?{giver}\s*{_articles(language)}$", re.IGNORECASE)
