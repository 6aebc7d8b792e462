"""Refusals: what somebody says not to do, which binds as a promise does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, unit_of
from travesia.record.reading.families.commitments.amounts import TAKES_IN
from travesia.record.reading.families.commitments.binding import OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.vouching import Voucher
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.triggers import Trigger, phrases, within

_HEAD = re.compile(r"\s*(?:[^\W\d_]+ly\s+)?([^\W\d_]+)")

_SURNAME = re.compile(r"(?:^|[.;:,\s])[A-Z\u00c0-\u00de][\w'-]+ $")
"""A capitalised word right before a verb: a person whom the text names once in full."""


def refusals(case: Case) -> Iterator[Promise]:
    """Yield what somebody says not to do: the deed must be one of doing, not of being or knowing."""
    ceiling = _ceiling(case)
    if ceiling is not None:
        yield ceiling
        return
    after = case.plain[case.binder.end : min(case.scene.sentence.end, case.binder.end + 30)]
    head = _HEAD.match(after)
    inside = case.binder.says.get("inside", False)
    verb = case.scene.words(case.binder) if inside else (head[1] if head else "")
    sure = case.binder.says.get("nobody", False) or case.binder.says.get("passive", False)
    if not verb or (not sure and _is_state(case, verb)):
        return
    near = max(case.scene.sentence.start, case.binder.start - OBJECT)
    if case.binder.says.get("present") and case.has("conditions", near, case.binder.start):
        return
    if (
        case.subject() == NOBODY
        and not case.is_ours
        and case.has("habits", case.binder.start, case.binder.end)
    ):
        return
    if not _is_said(case) or _is_unbound(case) or _is_state_of_things(case, verb):
        return
    end = case.binder.end if inside or head is None else case.binder.end + head.end()
    actions = [one for one in case.actions(Extent(case.binder.start, end)) if one.says["action"] in TAKES_IN]
    made = case.promise(Extent(case.binder.start, max(end, case.reach.end)), None, next(iter(actions), None))
    yield replace(made, negative=True)


def _is_state(case: Case, verb: str) -> bool:
    """Tell whether a verb is one of being or knowing; what a state takes no part in, it refuses."""
    stem = verb.removesuffix("ing") if case.language == "en" else verb
    stative = phrases(case.language, TOPIC, "stative")
    if not any(stative.search(one) for one in {stem, f"{stem}e", verb}):
        return False
    future = case.binder.says.get("inside") or case.has("future_words", case.binder.start, case.binder.end)
    # "He will not attend the summit": that is the person's diary, not the state's word.
    diary = phrases(case.language, TOPIC, "attending").search(verb) is not None
    states = case.voices.states(case.scene, case.subject(), Voucher())
    speaks_for = not diary and any(one.startswith("cty:") for one in states)
    own = future and (speaks_for or case.is_of_state or case.is_ours)
    return not (own and phrases(case.language, TOPIC, "taking_part").search(verb))


def _is_said(case: Case) -> bool:
    """Tell whether somebody who can says so: by name or as "we", in a quote, or as the state that speaks."""
    if case.subject() != NOBODY or case.is_ours or case.binder.says.get("nobody", False):
        return True
    if any(one.holds(case.binder) for one in quoted_in(case.scene)) or case.is_attributed:
        return True
    clause = case.scene.clause_of(case.binder)
    if _SURNAME.search(case.plain, clause.start, case.binder.start):
        return True
    end = min(case.scene.sentence.end, case.binder.end + OBJECT // 2)
    return case.speaks and case.has("going_on", case.binder.start, end)


def _is_state_of_things(case: Case, verb: str) -> bool:
    """Tell whether "will not be" goes on with no participle: "will not be able", "will not be in"."""
    if not case.scene.words(case.binder).endswith(" be"):
        return False
    return phrases(case.language, TOPIC, "no_participles").fullmatch(verb) is not None


def _is_unbound(case: Case) -> bool:
    """Tell whether it is only smugglers, critics or courts who say so: they open the sentence."""
    start, nobody = case.scene.sentence.start, case.subject() == NOBODY
    end = min(case.binder.start, start + OBJECT // 2)
    return nobody and not case.is_ours and case.has("unbound", start, end)


def _ceiling(case: Case) -> Promise | None:
    """Return the ceiling that a refusal sets: "no more than 4,000 permits", where the verb is denied.

    It may be the subject of the verb: "no more than 450 permits will be granted".
    """
    end = min(case.scene.sentence.end, case.binder.end + OBJECT)
    more = phrases(case.language, TOPIC, "more_than").search(case.plain, case.binder.start, end)
    if more is None:
        return None
    reach = Extent(more.end(), min(case.scene.sentence.end, more.end() + OBJECT // 2))
    for one in within(case.scene.quantities, reach):
        unit = unit_of(case.scene, one) or ""
        if one.value is not None and unit.startswith(("person", "authorization")):
            nobody = case.binder.says.get("nobody", False)
            says = MappingProxyType({"class": "cap", "status": "announced", "nobody": nobody})
            binder = Trigger(case.binder.start, case.binder.end, says)
            action = action_of(case.actions(Extent(case.binder.start, case.scene.sentence.end)), one)
            place = Extent(case.binder.start, max(case.binder.end, one.end))
            made = replace(case, binder=binder).promise(place, one, action)
            return replace(made, subject=case.subject())
    return None
