"""What is promised by its own subject: money, a project or so many of something that will do a thing.

"Of this, $21 million will expand job training", "the programme will reach 14,000 families", "eighty mobile
offices will serve the south": nobody is named, as who speaks or gave the money is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, is_article, unit_of
from travesia.record.reading.families.commitments.amounts import right_behind
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.triggers import Trigger, phrases, within

_NEAR = 3
"""How many words may stand between money and the verb of which it is the subject."""

_OF_A_COUNT = 6
"""How many words may belong to what is counted."""

_PEOPLE = 16
"""How long a verb is behind which people are told whom money reaches, in code points."""


def by_themselves(case: Case) -> Iterator[Promise]:
    """Yield the amount that is the subject of a future, or the people whom a project will reach."""
    if not case.speaks:
        return
    amount = _money_before(case) or _counted_before(case)
    place = Extent(amount.start, case.reach.end) if amount is not None else case.reach
    if amount is None:
        amount = _reached_by_a_project(case)
        place = Extent(case.scene.clause_of(case.binder).start, case.reach.end)
    if amount is None:
        return
    says = MappingProxyType({"class": "share", "status": "announced"})
    binder = Trigger(case.binder.start, case.binder.end, says)
    made = replace(case, binder=binder).promise(place, amount, action_of(case.actions(place), amount))
    yield replace(made, subject=NOBODY)


def _money_before(case: Case) -> Quantity | None:
    """Return the money right before a verb, at the start of its clause: "$21 million will expand"."""
    clause = case.scene.clause_of(case.binder)
    money = [one for one in _before(case, clause.start) if one.kind == "MONEY" and one.value is not None]
    if not money or case.scene.is_negated(case.binder):
        return None
    gap, lead = case.plain[money[-1].end : case.binder.start], case.plain[clause.start : money[-1].start]
    alone = not set(gap) & set(",;:.") and len(gap.split()) <= _NEAR
    return money[-1] if alone and len(lead.split()) <= _OF_A_COUNT else None


def _counted_before(case: Case) -> Quantity | None:
    """Return the count of things of a state that open the clause of a verb: "eighty mobile offices will"."""
    clause = case.scene.clause_of(case.binder)
    for one in _before(case, clause.start):
        unit = unit_of(case.scene, one) or ""
        gap = case.plain[one.end : case.binder.start]
        near = len(gap.split()) <= _OF_A_COUNT and case.has("measures", one.end, case.binder.start)
        if (
            one.kind == "QUANTITY" and one.value is not None and not unit.startswith("person") and near
            and one.start - clause.start < OBJECT // 2 and not is_article(case.scene, one)
        ):  # fmt: skip
            return one
    return None


def _before(case: Case, start: int) -> tuple[Quantity, ...]:
    return within(case.scene.quantities, Extent(max(start, case.binder.start - CLOSE), case.binder.start))


def _reached_by_a_project(case: Case) -> Quantity | None:
    """Return the count right behind the verb of a clause that a project or its money opens."""
    start = case.scene.clause_of(case.binder).start
    first = next((at for at in range(start, case.binder.start) if case.plain[at].isalpha()), start)
    opens = any(
        phrases(case.language, TOPIC, group).match(case.plain, first, case.binder.start)
        for group in ("funds", "undertakings")
    )
    if not opens:
        return None
    at = case.binder.end
    found = right_behind(case, at)
    while found is None and at < min(case.reach.end, case.binder.end + _PEOPLE):
        # "Will reach", "beneficiará a": the verb may be a word of its own.
        at = next(
            (here + 1 for here in range(at + 1, case.reach.end) if case.plain[here] == " "), case.reach.end
        )
        found = right_behind(case, at)
    return found if found is not None and found.kind == "QUANTITY" and found.value is not None else None
