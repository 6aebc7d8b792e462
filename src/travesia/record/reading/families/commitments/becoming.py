"""What becomes of a measure in the passive: "applications will be decided", "24 offices will be set up".

A text that a state issues need not say who does it: the state does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from travesia.record.reading.families.commitments.actions import action_of, is_article, unit_of
from travesia.record.reading.families.commitments.amounts import (
    after_deed_noun,
    leading_to_amount,
    right_behind,
)
from travesia.record.reading.families.commitments.binding import CLOSE, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.issuers import LETTERHEAD
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.once import once
from travesia.record.reading.triggers import phrases, phrases_at_end, within

_SUBJECT = ("measures", "raised", "requests")
"""Groups of words for what a state may do something to."""

_LEAD = 3
"""How many words stand before what opens a line: "the about"."""

_THERE = 8
"""How near behind a verb the state stands to which people are brought, in code points."""

_BEFORE = 5
"""How many words may stand between what is counted and its verb."""


def becomes(case: Case) -> Iterator[Promise]:
    """Yield what is to be done with a measure, or with so many of something."""
    clause, binder = case.scene.clause_of(case.binder), case.binder
    if binder.says.get("notice") and not once(case.voices, _are_of_a_notice):
        return
    first = max(clause.start, binder.start - CLOSE)
    taken_in = case.has("taken_in", binder.start, binder.end)
    sent = taken_in or case.has("dispatched", binder.start, binder.end)
    amount = _counted_after(case) or _counted_before(case, first, sent) or _paid(case, first) or _worth(case)
    related = _relative(case)
    if amount is None and related is not None:
        amount = _antecedent(case, related)
        if amount is None:
            return
    if amount is None and case.scene.is_negated(binder):
        return
    near = Extent(binder.end, min(case.reach.end, binder.end + CLOSE // 2))
    behind = bool(binder.says.get("behind")) and any(case.has(one, near.start, near.end) for one in _SUBJECT)
    if (
        amount is None
        and not behind
        and not case.has("entitled", binder.start, binder.end)
        and not any(case.has(one, first, binder.start) for one in _SUBJECT)
        and not (taken_in and case.has("people_words", first, binder.start))
    ):
        return
    place = Extent(min(clause.start, amount.start) if amount else clause.start, case.reach.end)
    if amount is not None and amount.start < binder.start:
        place = Extent(amount.start, case.reach.end)
    made = case.promise(place, amount, action_of(case.actions(place), amount))
    host = _host(case) if taken_in else None
    made = replace(made, subject=host) if host else made
    yield replace(made, subject=NOBODY) if related is not None else made


def _relative(case: Case) -> int | None:
    """Return where the pronoun stands of which a verb is: "12 claims received, which will be decided"."""
    start = max(case.scene.sentence.start, case.binder.start - CLOSE // 6)
    relative = phrases_at_end(case.language, TOPIC, "relatives").search(case.plain[start : case.binder.start])
    return start + relative.start() if relative else None


def _antecedent(case: Case, at: int) -> Quantity | None:
    """Return the count or money that opens a line and for which a relative pronoun stands."""
    near = within(case.scene.quantities, Extent(case.scene.sentence.start, at))
    if len(near) != 1 or near[0].value is None or near[0].kind == "RATIO":
        return None
    lead = case.plain[case.scene.sentence.start : near[0].start]
    gap = case.plain[near[0].end : at].rstrip(" ,")
    opens = len(lead.split()) <= _LEAD and case.scene.sentence.kind == "item"
    return near[0] if opens and len(gap.split()) <= _BEFORE and not set(gap) & set(",;:(") else None


def _host(case: Case) -> Who | None:
    """Return the state to which people are brought: "will be welcomed to Ireland"."""
    for one in case.scene.mentions:
        if one.type == "GPE" and one.entity.startswith("cty:") and 0 <= one.start - case.binder.end <= _THERE:
            return Who((one.entity,), Extent(one.start, one.end))
    return None


def lodges(case: Case) -> Iterator[Promise]:
    """Yield that people who open a clause will be taken in: "the families will be housed in Porto"."""
    clause = case.scene.clause_of(case.binder)
    people = case.has("people_words", max(clause.start, case.binder.start - CLOSE), case.binder.start)
    if case.speaks and people and case.has("taken_in", case.binder.start, case.reach.end):
        place = Extent(clause.start, case.reach.end)
        yield case.promise(place, None, action_of(case.actions(place), None))


def _are_of_a_notice(voices: Voices) -> bool:
    """Tell whether a text says in its head that it is a notice or an act: its present tense rules."""
    pattern = phrases(voices.found.text.language, TOPIC, "notices")
    head = voices.every[:LETTERHEAD]
    return any(pattern.search(one.words(one.sentence)) for one in head if one.sentence.kind != "dateline")


def counted(case: Case) -> Iterator[Promise]:
    """Yield so many of something that are to begin, where nobody named is said to begin them."""
    own = case.subject().extent
    if own is None or own.start < case.scene.clause_of(case.binder).start:
        yield from (one for one in becomes(case) if one.quantity is not None)


def _counts(case: Case, one: Quantity, object_: bool = False) -> bool:
    """Tell whether a count is of what a state may do something to: people and money only as the object."""
    person = (unit_of(case.scene, one) or "").startswith("person")
    counted = (one.kind == "QUANTITY" and person <= object_) or (one.kind == "MONEY" and object_)
    return counted and one.value is not None and not is_article(case.scene, one)


def _counted_before(case: Case, start: int, people: bool) -> Quantity | None:
    """Return the count that opens the subject of the verb; `people` where they are sent somewhere."""
    near = within(case.scene.quantities, Extent(start, case.binder.start))
    if not near or not _counts(case, near[-1], people):
        return None
    gap = case.plain[near[-1].end : case.binder.start]
    alone = not set(gap) & set(",;:(") and not phrases(case.language, "clauses", "joiners").search(gap)
    return near[-1] if alone and len(gap.split()) <= _BEFORE else None


def _paid(case: Case, start: int) -> Quantity | None:
    """Return the money right before the passive of a verb of paying: "a tranche of 4 million is released"."""
    if not case.has("paid_out", case.binder.start, case.binder.end):
        return None
    near = within(case.scene.quantities, Extent(start, case.binder.start))
    if not near or near[-1].kind != "MONEY" or near[-1].value is None or is_article(case.scene, near[-1]):
        return None
    gap = case.plain[near[-1].end : case.binder.start]
    return near[-1] if len(gap.split()) <= _BEFORE and not set(gap) & set(",;:(") else None


def _worth(case: Case) -> Quantity | None:
    """Return the money with which something is set up: "a fund endowed with 6 million will be created"."""
    clause = case.scene.clause_of(case.binder)
    reach = Extent(clause.start, min(case.scene.sentence.end, case.binder.end + 2 * CLOSE))
    leads = leading_to_amount(case.language, "worth")
    for one in within(case.scene.quantities, reach):
        if one.kind == "MONEY" and one.value is not None and leads.search(case.plain, reach.start, one.start):
            return one
    return None


def _counted_after(case: Case) -> Quantity | None:
    """Return the count right behind a Romance verb of what is done: "se habilitarán 24 puntos"."""
    if not case.binder.says.get("behind") and case.binder.says["class"] != "start":
        return None
    found = right_behind(case, case.binder.end) or after_deed_noun(case, case.binder.end)
    return found if found is not None and _counts(case, found, True) else None
