"""Amounts: which numbers of a deed are promised, and whose each of them is.

Parts of an amount, totals and what it is compared with are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import before_amount, is_article, unit_of
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.elliptic import more_of_them
from travesia.record.reading.families.who import Who, all_of
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases, within

_RAISED_TO = 4
"""How many words a verb of raising has before its count, with its preposition."""

TAKES_IN = (
    "admit", "resettle", "welcome_migrants", "facilitate_access_to_protection_and_services",
    "support_host_communities",
)  # fmt: skip
"""Actions whose people are an amount that is promised."""


def amounts_in(case: Case, reach: Extent, actions: Sequence[Trigger], direct: bool = False) -> list[Quantity]:
    """Return the amounts that are promised in a stretch: money, or people where people are taken in.

    `direct` says that the stretch begins with a verb, whose object people may be. What comes after
    "including" or "compared with" is part of another amount.
    """
    takes = any(one.says["action"] in TAKES_IN for one in actions)
    kept: list[Quantity] = []
    for one in within(case.scene.quantities, reach):
        unit = (unit_of(case.scene, one) or "").partition(" per ")[0]
        counts = (
            one.kind == "MONEY"
            or unit == "authorization"
            or (unit in {"person", "other"} and direct and _near(case, reach, one) < OBJECT)
            or (unit == "person" and takes)
            or (direct and not kept and _is_object(case, reach, one, takes))
        )
        if one.value is None or not counts or is_article(case.scene, one):
            continue
        last = kept[-1].end if kept else reach.start
        if case.has("not_promised", last, one.start) or case.has("conditions", last, one.start):
            break
        if unit == "person" and not kept and is_told_of(case, Extent(reach.start, one.start)):
            break
        if kept and (one.kind != "MONEY" or not _joined(case, kept[-1], one)):
            break
        kept.append(_of_them(case, one))
    other = None if kept else (_reached(case, reach) if direct else None) or more_of_them(case, reach)
    return [other] if other else kept


def is_told_of(case: Case, before: Extent) -> bool:
    """Tell whether a relative clause in the present tells a count: "the card, which benefits 210,000"."""
    relative = [*_after_comma(case.language).finditer(case.plain, before.start, before.end)]
    return bool(relative) and not case.has("futures", relative[-1].end(), before.end)


@cache
def _after_comma(language: str) -> re.Pattern[str]:
    return re.compile(rf",\s+{phrase_pattern(cues(language, TOPIC)['relatives'])}\s", re.IGNORECASE)


def _of_them(case: Case, one: Quantity) -> Quantity:
    """Return how many of a number are meant: "take 90 of the 140 people on board"."""
    number = _partitive(case.language).search(case.scene.before(one, OBJECT))
    if number is None or one.kind != "QUANTITY" or one.value is None:
        return one
    value = int(re.sub(r"\D", "", number[1]))
    start = one.start - (len(number.string) - number.start(1))
    return replace(one, start=start, value=value) if 0 < value < one.value else one


@cache
def _partitive(language: str) -> re.Pattern[str]:
    """Match a number and "of the" at the end of a stretch."""
    clauses = cues(language, "clauses")
    of, article = phrase_pattern(clauses["of"]), phrase_pattern(clauses["determiners"])
    return re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:[., ]\d{{3}})*)\s+{of}\s*(?:{article}\s*)?$", re.IGNORECASE)


def _reached(case: Case, deed: Extent) -> Quantity | None:
    """Return the people whom the object of a deed goes to: "issue cards to at least 9,000 refugees"."""
    for one in within(case.scene.quantities, deed):
        if one.value is None or not (unit_of(case.scene, one) or "").startswith("person"):
            continue
        start = max(deed.start, one.start - OBJECT)
        goes = leading_to_amount(case.language, "reaching").search(case.plain, start, one.start)
        aside = case.has("asides", deed.start, one.start) or case.has("conditions", deed.start, one.start)
        aside = aside or is_told_of(case, Extent(deed.start, one.start))
        return one if goes and not aside else None
    return None


@cache
def leading_to_amount(language: str, group: str) -> re.Pattern[str]:
    """Match a word of a group and the small words between it and an amount, at the end of a stretch."""
    words = phrase_pattern(cues(language, TOPIC)[group])
    return re.compile(rf"{words}\s*{before_amount(language)}$", re.IGNORECASE)


def right_behind(case: Case, at: int) -> Quantity | None:
    """Return the amount that stands right behind a place, with no more than small words between."""
    gap = _small(case.language).match(case.plain, at, case.reach.end)
    first = gap.end() if gap else at
    return next(
        (
            one
            for one in within(case.scene.quantities, Extent(at, case.reach.end))
            if at <= one.start <= first
        ),
        None,
    )


def after_deed_noun(case: Case, at: int) -> Quantity | None:
    """Return the amount right behind the noun of a deed at a place: "the training of 400 guards"."""
    named = _noun_and_small(case.language).match(case.plain, at, case.reach.end)
    if named is None:
        return None
    return next((one for one in within(case.scene.quantities, case.reach) if one.start == named.end()), None)


@cache
def deed_noun(language: str, more: int = 2) -> re.Pattern[str]:
    """Match the noun of a deed that opens a part, with its preposition: "the rehabilitation of".

    `more` words may stand between its article and it.
    """
    section = cues(language, TOPIC)
    article, noun = (
        phrase_pattern(cues(language, "clauses")["determiners"]),
        phrase_pattern(section["deed_openings"]),
    )
    return re.compile(rf"\W*(?:{article}\s*)?(?:[^\W\d_]+(?:-\w+)?\s){{0,{more}}}{noun}", re.IGNORECASE)


@cache
def _noun_and_small(language: str) -> re.Pattern[str]:
    return re.compile(rf"{deed_noun(language).pattern}\s*{before_amount(language)}", re.IGNORECASE)


def offered(case: Case) -> list[Quantity]:
    """Return the count that a verb of offering has right behind it: "offers another 300 scholarships".

    Of what is only announced, the count of a deed: "announced the training of 400 guards".
    """
    named = after_deed_noun(case, case.binder.end)
    if named is not None and named.value is not None:
        return [named]
    opens = case.scene.clause_of(case.binder).start
    project = phrases(case.language, TOPIC, "undertakings").search(case.plain, opens, case.binder.end)
    if case.binder.says["status"] not in {"pledged", "offered", "mobilised"} and project is None:
        return []
    gap = _small(case.language).match(case.plain, case.binder.end, case.reach.end)
    at = gap.end() if gap else case.binder.end
    near = within(case.scene.quantities, case.reach)
    return [one for one in near if one.kind == "QUANTITY" and one.value is not None and one.start <= at][:1]


@cache
def _small(language: str) -> re.Pattern[str]:
    """Match the small words that may stand before a count."""
    return re.compile(rf"\s*{before_amount(language)}", re.IGNORECASE)


def _near(case: Case, deed: Extent, one: Quantity) -> int:
    """Return how far into a deed an amount stands, past the terms that are told before it."""
    terms = [each for each in case.scene.dates if deed.start <= each.start and each.end <= one.start]
    return one.start - deed.start - sum(each.end - each.start for each in terms)


def _is_object(case: Case, deed: Extent, one: Quantity, takes: bool) -> bool:
    """Tell whether a count or share is what a deed begins with, past its verb: "decide 30,000 claims"."""
    told = takes or whole_of_share(case.scene, deed.start) is not None
    share = told and one.kind == "RATIO" and one.value is not None and 0 < one.value < 1
    if one.kind != "QUANTITY" and not share:
        return False
    if _before_object(case.language).fullmatch(_without_terms(case, deed.start, one.start)):
        return True
    # "Raise to 11,000 the number of places": what is raised stands behind its count.
    end = min(case.scene.sentence.end, one.end + OBJECT)
    few = len(case.plain[deed.start : one.start].split()) <= _RAISED_TO
    return (
        few and not share and case.has("raised", one.end, end) and case.has("reaching", deed.start, one.start)
    )


def whole_of_share(scene: Scene, at: int) -> Quantity | None:
    """Return of what a share is: "6 million, of which Ghana will contribute a third"."""
    before = [one for one in scene.quantities if one.end <= at and one.value and one.kind != "RATIO"]
    if not before:
        return None
    between = scene.words(Extent(before[-1].end, at))
    parts = (phrases(scene.found.text.language, TOPIC, group) for group in ("of_it", "part_leads"))
    return before[-1] if any(one.search(between) for one in parts) else None


def _without_terms(case: Case, start: int, end: int) -> str:
    """Return a stretch without the days that stand in it: "will open, by May, two centres"."""
    kept, at = "", start
    for when in case.scene.dates:
        if at <= when.start and when.end <= end and when.value:
            before = case.plain[at : when.start].rstrip(" ,")
            kept, at = kept + _opening_term(case.language).sub("", before), when.end
    return kept + re.sub(r"^\s*,", "", case.plain[at:end])


@cache
def _opening_term(language: str) -> re.Pattern[str]:
    """Match the prepositions before a day."""
    return re.compile(rf"(?:[\s,]+{phrase_pattern(cues(language, TOPIC)['before_terms'])})+$", re.IGNORECASE)


@cache
def _before_object(language: str) -> re.Pattern[str]:
    """Match a verb, with a pronoun or adverb, and the small words before a count."""
    return re.compile(rf"[^\W\d_]+(?:-\w+)?\s+(?:[^\W\d_]+\s+)?{before_amount(language)}", re.IGNORECASE)


def _joined(case: Case, first: Extent, second: Extent) -> bool:
    between = case.plain[first.end : second.start]
    return ";" not in between and case.has("sums", first.end, second.start)


def multiple_in(case: Case, deed: Extent) -> Quantity | None:
    """Return by how much something is to be multiplied, where that is the deed ("to triple admissions")."""
    near = within(case.scene.quantities, Extent(deed.start, min(deed.end, deed.start + OBJECT)))
    return next((one for one in near if one.kind == "RATIO" and not 0 <= (one.value or 0) < 2), None)


def of_own(case: Case, amounts: Sequence[Quantity], number: int, made: Promise) -> Promise:
    """Give an amount after the first the actor of its own clause: "Canada offered 5 million, Chile 2"."""
    if not number:
        return made
    between = Extent(amounts[number - 1].end, amounts[number].start)
    own = [one for one in within(case.scene.seen_actors(), between) if between.end - one.end < OBJECT]
    if not own:
        return replace(made, alone=False)
    subject = Who((own[-1].entity,), Extent(own[-1].start, own[-1].end))
    return replace(made, alone=False, subject=subject)


def from_amount(deed: Extent, quantity: Quantity | None) -> Extent:
    """Return a deed from one of its later amounts on."""
    return Extent(quantity.start, deed.end) if quantity else deed


def named_after(case: Case, prepositions: re.Pattern[str], at: int) -> Who | None:
    """Return who is named after the first of some prepositions that stands near a place."""
    for match in prepositions.finditer(case.plain, at, min(at + CLOSE, case.reach.end)):
        near = [one for one in case.scene.actors() if 0 <= one.start - match.end() <= 8]
        if near:
            return all_of(near[:1])
    return None
