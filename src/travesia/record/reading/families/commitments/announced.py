"""Announced: what a verb of announcing or offering promises, as amounts or as a deed named by a noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import action_of, helps_at_once, is_strong
from travesia.record.reading.families.commitments.amounts import (
    amounts_in,
    from_amount,
    multiple_in,
    of_own,
    offered,
)
from travesia.record.reading.families.commitments.binding import CLOSE, TOPIC, Case, Promise
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Extent
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases, within

_NEXT = 16
"""How far behind a verb a day may stand before its object, in code points."""

_IN_NAME = 4
"""How many words may stand before the noun of a measure."""

_COUNT = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}\d")
"""A count right behind a verb."""


def said(case: Case) -> Iterator[Promise]:
    """Yield what a verb announces, and the measure that is joined to it without its verb."""
    made = tuple(_said(case))
    yield from made
    if made and made[-1].subject != NOBODY and not case.scene.is_passive(case.binder):
        yield from _second_object(case, made[-1])


def _second_object(case: Case, first: Promise) -> Iterator[Promise]:
    """Yield the new measure behind "and": "promised visas and a telephone line", "and tighter checks"."""
    start = first.quantity.end if first.quantity else case.binder.end
    end = min(case.reach.end, start + CLOSE)
    for joint in _joint(case.language).finditer(case.plain, start, end):
        noun = _measure_at(case, joint.end(), min(case.scene.sentence.end, joint.end() + CLOSE // 2))
        if noun is not None and not case.has("conditions", start, joint.start()):
            deed = Extent(joint.end(), max(case.reach.end, noun))
            made = case.promise(deed, None, action_of(case.actions(deed), None))
            yield replace(made, subject=first.subject, alone=False)
            return


@cache
def _joint(language: str) -> re.Pattern[str]:
    joiners = phrase_pattern(cues(language, TOPIC)["deed_joiners"][:3])
    return re.compile(rf",?\s+{joiners}\s+", re.IGNORECASE)


def _measure_at(case: Case, at: int, end: int) -> int | None:
    """Return where a new measure ends that is named at a place: "a joint campaign", "more patrols"."""
    lead = phrases(case.language, TOPIC, "new_ones").match(case.plain, at, end)
    if lead is None:
        return None
    for group in ("measures", "laws"):
        named = phrases(case.language, TOPIC, group).search(case.plain, lead.end(), end)
        between = case.plain[lead.end() : named.start()] if named else ""
        if named and len(between.split()) <= _IN_NAME and not set(between) & set(",;:."):
            return named.end()
    return None


def _said(case: Case) -> Iterator[Promise]:
    """Yield what a verb announces: its amounts, or a deed named by a noun where the verb binds by itself."""
    if case.binder.says.get("turn") and not case.voices.speakers.has_turns:
        return
    passive = case.scene.is_passive(case.binder)
    before = Extent(case.scene.clause_of(case.binder).start, case.binder.start)
    reach = before if passive else Extent(case.binder.end, case.reach.end)
    actions = case.actions(reach)
    amounts = amounts_in(case, reach, actions)
    if passive and not amounts:
        # "Se destinarán 5 millones": in Romance what is given may stand after its passive.
        reach = Extent(case.binder.end, case.reach.end)
        amounts = amounts_in(case, reach, case.actions(reach))
    counted = [] if passive else offered(case)
    if not amounts:
        amounts = counted
    elif (
        counted and counted[0].end <= amounts[0].start and case.has("sums", counted[0].end, amounts[0].start)
    ):
        # "Promised 4,000 places and a further $30 million": the count comes first.
        amounts = [*counted, *amounts]
    for number, quantity in enumerate(amounts):
        place = Extent(case.binder.start, case.reach.end) if not number else from_amount(reach, quantity)
        place = Extent(quantity.start, case.binder.end) if quantity.end <= case.binder.start else place
        yield of_own(case, amounts, number, case.promise(place, quantity, action_of(actions, quantity)))
    multiple = None if amounts or passive else multiple_in(case, reach)
    if multiple is not None:
        yield case.promise(Extent(case.binder.start, case.reach.end), multiple, action_of(actions, multiple))
        return
    close = [one for one in actions if one.start - case.binder.end < CLOSE // 2]
    binds = case.binder.says["status"] != "announced" and is_strong(close)
    binds = binds or (
        case.binder.says["status"] in {"pledged", "offered"} and helps_at_once(case.binder, actions)
    )
    binds = binds or names_a_deed(case) or _counts_at_once(case) or _is_for_people(case)
    binds = binds or _is_new_measure(case)
    binds = binds or bool(case.binder.says.get("deed") and _is_measure(case, close) and _is_dated(case))
    if binds and not amounts and (case.subject() != NOBODY or case.speaks):
        yield case.promise(case.reach, None, action_of(close, None))


def names_a_deed(case: Case) -> bool:
    """Tell whether what is announced is the noun of a deed: "announced the opening of two centres"."""
    if case.binder.says.get("turn"):
        return False
    named = phrases(case.language, TOPIC, "deed_nouns").search(
        case.plain, case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 3)
    )
    between = case.plain[case.binder.end : named.start()] if named else ""
    return named is not None and len(between.split()) <= 3 and not set(between) & set(",;:")


def _is_new_measure(case: Case) -> bool:
    """Tell whether a new measure is what is announced: "announced a joint campaign on the radio"."""
    firm = case.binder.says["status"] in {"announced", "pledged", "offered"}
    if not firm or case.subject() == NOBODY or case.binder.says.get("turn"):
        return False
    before = max(case.scene.sentence.start, case.binder.start - CLOSE // 3)
    if case.has("conditions", before, case.binder.start):
        return False
    end = min(case.reach.end, case.binder.end + CLOSE // 2)
    return _measure_at(case, _object(case), end) is not None


def _object(case: Case) -> int:
    """Return where the object of a binder begins, past a day that is told before it."""
    days = (one.end for one in within(case.scene.dates, case.reach) if one.start - case.binder.end < _NEXT)
    return max([case.binder.end, *days]) + 1


def _counts_at_once(case: Case) -> bool:
    """Tell whether an offer is of so many of something: "offered 40 doctors"."""
    if case.binder.says["status"] not in {"pledged", "offered", "mobilised"}:
        return False
    count = _COUNT.match(case.plain, case.binder.end, case.reach.end)
    return count is not None and not any(one.start < count.end() <= one.end for one in case.scene.dates)


def _is_for_people(case: Case) -> bool:
    """Tell whether what is promised or offered is for people: "promised free advice for every child"."""
    end = min(case.reach.end, case.binder.end + CLOSE // 2)
    promised = case.binder.says["status"] in {"pledged", "offered"}
    return promised and case.has("people_words", case.binder.end, end)


def _is_dated(case: Case) -> bool:
    """Tell whether a present tells until when or on which condition: "prolongs the permits until May"."""
    ahead = any(one.value for one in within(case.scene.dates, case.reach))
    return ahead or case.has("conditions", case.binder.end, case.scene.sentence.end)


def _is_measure(case: Case, close: Sequence[Trigger]) -> bool:
    """Tell whether a measure is what a verb has right behind it: "prolongs the regularisation"."""
    return is_strong(close) or case.has(
        "measures", case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 2)
    )
