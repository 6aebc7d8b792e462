"""Conditional promises: money that hangs on something, and what somebody could do if something is done.

"Another 2 million is subject to the vote of the budget" is of whoever gave the rest; "Norway could close its
crossing if Finland does" hints at a deed. What a state stays committed to, and what somebody promises that
others will see done, stand here too, as neither has an infinitive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from travesia.record.reading.families.commitments.actions import action_of, is_article, is_money
from travesia.record.reading.families.commitments.amounts import amounts_in
from travesia.record.reading.families.commitments.becoming import becomes
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.triggers import find_triggers, within

_OPENS = 4
"""How many words may stand between the start of a clause and the money that opens it."""

_TELLING = ("will", "not", "start", "share", "receive", "may")
"""Classes of verbs that tell themselves what is promised that will be."""


def hangs(case: Case) -> Iterator[Promise]:
    """Yield the money that opens a clause whose verb says on what it hangs."""
    clause = case.scene.clause_of(case.binder)
    first = max(case.scene.sentence.start, clause.start)
    money = [
        one
        for one in within(case.scene.quantities, Extent(first, case.binder.start))
        if one.value is not None and is_money(case.scene, one)
    ]
    if not money or is_article(case.scene, money[0]):
        return
    lead, gap = case.plain[first : money[0].start], case.plain[money[0].end : case.binder.start]
    # "A second phase, of 400 million, is subject to": what is set between commas is one with the money.
    aside = lead.count(",") == gap.count(",") == 1
    if len(lead.split()) > _OPENS or set(lead + gap) & set(";:") or not (aside or "," not in lead):
        return
    if not aside and gap.count(",") == 1:
        return
    giver = case.voices.giver(case.scene, case.binder)
    if not giver:
        return
    place = Extent(first, case.reach.end)
    actions = case.actions(Extent(first, case.binder.start))
    yield replace(case.promise(place, money[0], action_of(actions, money[0])), subject=Who(giver))


def might(case: Case, firm: Callable[[Case], Iterator[Promise]]) -> Iterator[Promise]:
    """Yield what somebody could do under a condition that the sentence goes on with."""
    if case.subject() != NOBODY and case.has("conditions", case.binder.end, case.scene.sentence.end):
        yield from firm(case)


def stands(case: Case) -> Iterator[Promise]:
    """Yield that a state stays committed to some people."""
    end = min(case.reach.end, case.binder.end + OBJECT)
    named = any(
        one.type in {"GROUP", "NORP"} for one in within(case.scene.mentions, Extent(case.binder.end, end))
    )
    if case.subject() != NOBODY and (named or case.has("people_words", case.binder.end, end)):
        yield case.promise(case.reach, None, None)


def vows(case: Case) -> Iterator[Promise]:
    """Yield what somebody promises that others will see done, where its verb does not tell it by itself."""
    sentence = case.scene.sentence
    behind = Extent(case.binder.end, min(sentence.end, case.binder.end + CLOSE))
    verbs = find_triggers(case.scene.found.text, TOPIC, "verbs", behind)
    if case.subject() == NOBODY or any(one.says["class"] in _TELLING for one in verbs):
        return
    passives = (one for one in verbs if one.says["class"] == "become")
    if any(tuple(becomes(replace(case, binder=one))) for one in passives):
        return
    actions = case.actions(behind)
    amounts = amounts_in(case, behind, actions)
    first = amounts[0] if amounts else None
    yield case.promise(Extent(case.binder.start, case.reach.end), first, action_of(actions, first))
