"""Recipients: the people counted behind a deed, where it counts nothing else.

"Open its scheme to at least 5,000 Bangladeshis", "emitir cartões a 9 mil refugiados": so many people are
promised, though they are not what the verb takes. "Raise the permits by 40%" promises the share.
"""

from __future__ import annotations

import re
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import before_amount, unit_of
from travesia.record.reading.families.commitments.amounts import is_told_of
from travesia.record.reading.families.commitments.binding import OBJECT, TOPIC, Case, Promise
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.triggers import phrase_pattern, phrases, within


def before_condition(case: Case, deed: Extent) -> Extent:
    """Return a deed up to its condition, whose amounts are not promised."""
    first = min(deed.start + OBJECT // 4, deed.end)
    stop = phrases(case.language, TOPIC, "conditions").search(case.plain, first, deed.end)
    return Extent(deed.start, stop.start()) if stop else deed


def recipients_in(case: Case, deed: Extent) -> list[Quantity]:
    """Return how many people a deed is for, or by which share it raises something."""
    near = within(case.scene.quantities, deed)
    for one in near:
        if one.value is None:
            continue
        if (
            one.kind == "RATIO"
            and 0 < one.value < 1
            and _raises(case.language).match(case.plain, deed.start, one.start)
        ):
            return [one]
        unit = unit_of(case.scene, one) or ""
        told = _recipient(case.language).search(case.plain, deed.start, one.start)
        if unit.startswith("person") and told and told.end() == one.start:
            other = case.has("not_promised", deed.start, told.start())
            return [] if other or is_told_of(case, Extent(deed.start, one.start)) else [one]
        if one.kind != "RATIO":
            return []
    return []


def opening_amount(case: Case) -> list[Quantity]:
    """Return the money with which a sentence opens: "With 6 million euros, Germany will digitise"."""
    start, end = case.scene.sentence.start, case.scene.sentence.end
    opening = _with(case.language).match(case.plain, start, min(end, start + OBJECT))
    money = [one for one in case.scene.quantities if opening and one.start == opening.end()]
    binder = case.binder.start
    return [one for one in money if one.kind == "MONEY" and one.value and "," in case.plain[one.end : binder]]


def supports_hosts(promise: Promise) -> bool:
    """Tell whether money is for those alone who house the people: "12 million for host communities"."""
    scene, amount = promise.scene, promise.quantity
    if amount is None:
        return False
    plain, language = scene.found.text.plain, scene.found.text.language
    end = min(scene.sentence.end, amount.end + 3 * OBJECT)
    later = [one.start for one in scene.quantities if amount.end < one.start < end]
    found = _to_hosts(language).search(plain, amount.end, min([end, *later]))
    people = phrases(language, TOPIC, "people_words")
    if found is None:
        told = phrases(language, TOPIC, "hosts").search(plain, promise.binder.end, amount.start)
        return told is not None and plain[told.end() : amount.start].isspace()
    if people.search(plain, amount.end, found.start()) or set(plain[amount.end : found.start()]) & set(";:"):
        return False
    return _and_people(language).match(plain, found.end(), scene.sentence.end) is None


@cache
def _to_hosts(language: str) -> re.Pattern[str]:
    """Match the preposition, article and one more word before those who house people."""
    section, clauses = cues(language, TOPIC), cues(language, "clauses")
    to = phrase_pattern([*section["beneficiaries"], *section["receivers"], *clauses["prepositions"]])
    article, hosts = phrase_pattern(clauses["determiners"]), phrase_pattern(section["hosts"])
    return re.compile(rf"{to}\s*(?:{article}\s*)?(?:[^\W\d_]+\s)?{hosts}", re.IGNORECASE)


@cache
def _and_people(language: str) -> re.Pattern[str]:
    """Match what adds other people to those: "and the refugees"."""
    joiner = phrase_pattern(cues(language, "clauses")["joiners"])
    people = phrase_pattern(cues(language, TOPIC)["people_words"])
    return re.compile(rf",?\s+{joiner}\s+(?:[^\W\d_]+\s){{0,2}}?{people}", re.IGNORECASE)


@cache
def _with(language: str) -> re.Pattern[str]:
    opening = phrase_pattern(cues(language, TOPIC)["with"])
    return re.compile(rf"{opening}\s+{before_amount(language)}", re.IGNORECASE)


@cache
def _recipient(language: str) -> re.Pattern[str]:
    """Match the preposition of whom a deed is for, up to their number."""
    before = phrase_pattern(cues(language, TOPIC)["recipients"])
    return re.compile(rf"{before}\s+{before_amount(language)}$", re.IGNORECASE)


@cache
def _raises(language: str) -> re.Pattern[str]:
    """Match a verb of raising or lowering, what it changes, and what leads to the share."""
    verb = phrase_pattern(cues(language, TOPIC)["raises"])
    return re.compile(rf"(?:\S+\s)?{verb}\s(?:[^\s.;:]+\s){{0,6}}?{before_amount(language)}", re.IGNORECASE)
