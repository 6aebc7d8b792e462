"""Second parts: what the next actor promises where the verb is not said again.

"Norway pledged $30 million, Japan $12 million", "Canada agreed to resettle 3,000 people, and France at least
500", "Belgium undertook to open a centre and Spain to train guards": after a promise, an actor with its own
amount or infinitive right behind it promises the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import action_of, unit_of
from travesia.record.reading.families.commitments.amounts import amounts_in
from travesia.record.reading.families.commitments.binding import FURTHEST, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.deeds import deeds, gerund_of_doing
from travesia.record.reading.families.who import Who
from travesia.record.reading.nouns import Extent, Mention, Quantity
from travesia.record.reading.triggers import phrase_pattern

_ACTING = {"GPE", "GPE_METONYM", "ORG", "NORP", "PER_ROLE"}

_NUMBER = re.compile(r"\d{1,3}(?=[,;.)]?(?:\s|$))(?!\s?%)")
"""A number without anything that it counts."""

_BEFORE = 40
"""How far before an actor its joint and article stand, in code points."""


def second_parts(case: Case, first: Promise) -> tuple[Promise, ...]:
    """Return what other actors promise after a promise with the verb that it has."""
    if case.has("respectively", first.binder.end, case.scene.sentence.end):
        return _each_of_two(case, first)
    if first.negative or (first.quantity is None and first.kind not in {"firm", "plan"}):
        return ()
    start = first.quantity.end if first.quantity else first.deed.start
    reach = Extent(start, min(case.scene.sentence.end, start + FURTHEST))
    found: list[Promise] = []
    for actor in case.scene.mentions:
        if actor.type in _ACTING and reach.start < actor.start < reach.end and _joins(case, reach, actor):
            made = _amount(case, first, actor) or next(_deeds(case, first, actor), None)
            if made is not None:
                found.append(made)
    ends = [*(one.deed.start for one in found[1:]), reach.end]
    parts = [
        replace(one, deed=Extent(one.deed.start, max(end, one.deed.start)))
        for one, end in zip(found, ends, strict=False)
    ]
    return tuple(parts) or _going_on(case, first, reach)


def _going_on(case: Case, first: Promise, reach: Extent) -> tuple[Promise, ...]:
    """Return what the same actor does beside the first: "will triple places, welcoming 2,000 people"."""
    verb = gerund_of_doing(case.scene.found.text, reach)
    if verb is None or first.quantity is None or case.has("conditions", reach.start, verb.start):
        return ()
    deed = Extent(verb.start, case.scene.sentence.end)
    actions = case.actions(deed)
    amounts = amounts_in(case, deed, actions, direct=True)
    if not amounts or amounts[0].start - verb.end > _BEFORE:
        return ()
    made = case.promise(deed, amounts[0], action_of(actions, amounts[0]))
    return (replace(made, subject=first.subject, alone=False),)


def each_of(case: Case, first: Promise, parts: tuple[Promise, ...]) -> Promise:
    """Return the first of two promises that two actors make respectively as that of the first actor."""
    own = _ids_of(first)
    if not parts or len(own) != 2 or not case.has("respectively", first.binder.end, case.scene.sentence.end):
        return first
    return replace(first, subject=replace(first.subject, ids=own[:1]), unit=first.unit or parts[0].unit)


def _ids_of(first: Promise) -> tuple[str, ...]:
    return first.subject.ids if first.quantity is not None else ()


def _each_of_two(case: Case, first: Promise) -> tuple[Promise, ...]:
    """Return what the second of two actors promises: "pledged $20 million and $30 million respectively"."""
    own, amount = _ids_of(first), first.quantity
    if amount is None or len(own) != 2:
        return ()
    after = [one for one in case.scene.quantities if one.start >= amount.end and one.value is not None]
    if not after or not case.has("sums", amount.end, after[0].start) or not _is_like(case, amount, after[0]):
        return ()
    second = after[0]
    unit = unit_of(case.scene, second) or first.unit
    deed = Extent(second.start, case.scene.sentence.end)
    who_else = replace(first.subject, ids=own[1:])
    return (replace(first, subject=who_else, quantity=second, unit=unit, deed=deed, alone=False),)


def _joins(case: Case, reach: Extent, actor: Mention) -> bool:
    """Tell whether a comma or "and" stands right before an actor, with no more than its article."""
    before = case.plain[max(reach.start, actor.start - _BEFORE) : actor.start]
    return _joint(case.language).search(before) is not None


def _amount(case: Case, first: Promise, actor: Mention) -> Promise | None:
    """Return the amount that stands right behind an actor, of the kind of the first."""
    if first.quantity is None:
        return None
    gap = _gap(case.language).match(case.plain, actor.end, case.scene.sentence.end)
    at = gap.end() if gap else actor.end
    amount = next((one for one in case.scene.quantities if one.start == at), None)
    amount = amount or _bare(case, first.quantity, at)
    if amount is None or amount.value is None or not _is_like(case, first.quantity, amount):
        return None
    unit = unit_of(case.scene, amount)
    counted = first.quantity.kind != "MONEY" and unit in {None, "other"}
    return replace(
        first, subject=_who(actor), quantity=amount, unit=first.unit if counted else unit,
        deed=Extent(actor.start, max(amount.end, case.scene.sentence.end)), alone=False,
    )  # fmt: skip


def _bare(case: Case, like: Quantity, at: int) -> Quantity | None:
    """Return a number alone as so many of what the first amount counts: "Canada 40 million and Norway 12"."""
    number = _NUMBER.match(case.plain, at, case.scene.sentence.end)
    if number is None or like.value is None or any(one.start <= at < one.end for one in case.scene.dates):
        return None
    scale = 1_000_000 if like.value >= 1_000_000 else 1
    return replace(like, start=at, end=number.end(), value=int(number[0]) * scale)


def _is_like(case: Case, first: Quantity, second: Quantity) -> bool:
    if first.kind == "MONEY" or second.kind == "MONEY":
        return first.kind == second.kind
    return (unit_of(case.scene, second) or "other").startswith(("person", "authorization", "other"))


def _deeds(case: Case, first: Promise, actor: Mention) -> Iterator[Promise]:
    """Yield the infinitive that stands right behind an actor."""
    if first.kind not in {"firm", "plan"}:
        return
    opening = _infinitive(case.language).match(case.plain, actor.end, case.scene.sentence.end)
    if opening is None:
        return
    reach = Extent(opening.end(), min(case.scene.sentence.end, opening.end() + FURTHEST))
    for deed, negative in deeds(case.scene.found.text, reach, any_verb=True):
        actions = case.actions(deed)
        amount = next(iter(amounts_in(case, deed, actions, direct=True)), None)
        made = case.promise(Extent(actor.start, deed.end), amount, action_of(actions, amount))
        yield replace(made, subject=_who(actor), negative=negative, alone=False)


def _who(actor: Mention) -> Who:
    return Who((actor.entity,), Extent(actor.start, actor.end))


@cache
def _joint(language: str) -> re.Pattern[str]:
    section, clauses = cues(language, TOPIC), cues(language, "clauses")
    joiner = phrase_pattern([*clauses["joiners"], *section["while"]])
    article = phrase_pattern(clauses["determiners"])
    behind = phrase_pattern(section["behind"])
    return re.compile(
        rf"(?:[,;]\s*(?:{joiner}|{behind})?|\s(?:{joiner}|{behind}))\s*(?:{article}\s*)*$", re.IGNORECASE
    )


@cache
def _gap(language: str) -> re.Pattern[str]:
    small = phrase_pattern(cues(language, TOPIC)["before_amount"])
    return re.compile(rf"\s*,?\s*(?:{small}\s*,?\s*){{0,4}}", re.IGNORECASE)


@cache
def _infinitive(language: str) -> re.Pattern[str]:
    before = phrase_pattern(cues(language, TOPIC)["second_deeds"])
    return re.compile(rf",?\s+{before}\s*", re.IGNORECASE)


def cut_before(first: Promise, parts: tuple[Promise, ...]) -> Promise:
    """Return a promise whose deed ends where the second parts begin."""
    if not parts:
        return first
    return replace(first, deed=Extent(first.deed.start, max(first.deed.start, parts[0].deed.start)))
