"""Promises: the words that bind somebody, the deeds that they bind to, and the amounts of these.

A binder is a verb or noun of the cue file; its class tells where the deeds stand: after it as infinitives
("pledged to"), in itself ("will", the Romance future), as what it announces, or before it in a passive.
One binder may have several deeds ("to regularise 18,000 people and not to detain children") and one deed
several amounts; each is a promise of its own. Parts of an amount, totals and comparisons are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, helps_at_once, is_strong
from travesia.record.reading.families.commitments.amounts import (
    after_deed_noun,
    amounts_in,
    from_amount,
    multiple_in,
    of_own,
    offered,
)
from travesia.record.reading.families.commitments.bare_items import bare_items
from travesia.record.reading.families.commitments.becoming import becomes, counted
from travesia.record.reading.families.commitments.binders import binders_in
from travesia.record.reading.families.commitments.binding import CLOSE, FURTHEST, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.deeds import deeds
from travesia.record.reading.families.commitments.futures import receives, starts, that, will
from travesia.record.reading.families.commitments.grants import (
    caps,
    ceilings,
    contribution,
    given,
    may,
    rises,
    shares,
    ties,
)
from travesia.record.reading.families.commitments.presents import now
from travesia.record.reading.families.commitments.recipients import before_condition, recipients_in
from travesia.record.reading.families.commitments.refusals import refusals
from travesia.record.reading.families.commitments.resolved import resolutions, resolved_by
from travesia.record.reading.families.commitments.second_parts import cut_before, each_of, second_parts
from travesia.record.reading.families.commitments.sums import sums
from travesia.record.reading.families.commitments.undertakings import by_themselves
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases, within

_LONGEST = 10_000
"""Longest sentence that is read, in code points: what is longer is no sentence."""

_NEXT = 16
"""How long the verb is that opens a deed, in code points, with room for "to"."""

_COUNT = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}\d")
"""A count right behind a verb."""

_NEEDS_SUBJECT = ("pledged", "offered", "planned")
_BESIDE = ("give", "may", "given", "assure", "noun")


def promises(voices: Voices) -> Iterator[Promise]:
    """Yield the promises of a text, in the order of their binders within each sentence."""
    resolved = {case.scene.number: case for case in resolutions(voices)}
    asked: re.Match[str] | None = None
    gave = voices.pledging
    for scene in voices.every:
        if scene.sentence.kind == "speaker":
            asked = phrases(scene.found.text.language, TOPIC, "askers").match(
                scene.found.text.plain, scene.sentence.start
            )
        if asked or _says_nothing(scene):
            continue
        binders = binders_in(scene)
        claimed: list[Quantity] = []
        line = resolved.get(scene.number)
        opening = tuple(_firm(line)) if line else ()
        told = bool(opening)
        for promise in opening:
            claimed += [promise.quantity] if promise.quantity else []
            yield promise
        for number, binder in enumerate(binders):
            later = (one for one in binders[number + 1 :] if one.start > binder.start)
            following = (one.start for one in later if not _stands_beside(scene, one))
            end = min(scene.sentence.end, binder.end + FURTHEST, next(following, scene.sentence.end))
            named = resolved_by(line, binder) if line else binder
            case = Case(voices, scene, named, Extent(binder.start, max(end, binder.end)))
            if opening and binder.says["class"] not in {"share", "not"}:
                continue
            for promise in _of_binder(case, claimed):
                told = True
                yield promise
        gives = any(one.kind == "MONEY" for one in claimed)
        for promise in sums(voices, scene, claimed, gives or gave):
            claimed, told = [*claimed, *([promise.quantity] if promise.quantity else [])], True
            yield promise
        gave = any(one.kind == "MONEY" for one in claimed)
        yield from ceilings(voices, scene, claimed)
        yield from bare_items(voices, scene, told)


def _stands_beside(scene: Scene, binder: Trigger) -> bool:
    """Tell whether a binder ends no deed before it: by its class, or in a clause about what a deed is of."""
    if binder.says["class"] in _BESIDE:
        return True
    plain, start = scene.found.text.plain, max(scene.sentence.start, binder.start - _NEXT)
    relatives = phrases(scene.found.text.language, TOPIC, "relatives")
    return any(one.end() + 1 == binder.start for one in relatives.finditer(plain, start, binder.start))


def _says_nothing(scene: Scene) -> bool:
    """Tell whether a sentence can promise nothing: a question, a dateline, a line without end."""
    no_sentence = scene.sentence.end - scene.sentence.start > _LONGEST
    asks = scene.words(scene.sentence).rstrip("\"') \u00bb").endswith("?")
    return no_sentence or asks or scene.sentence.kind in {"dateline", "speaker"}


def _of_binder(case: Case, claimed: list[Quantity]) -> Iterator[Promise]:
    """Yield what a binder promises and what the actors after it promise likewise; each amount once."""
    for promise in _READERS[str(case.binder.says["class"])](case):
        if promise.quantity in claimed or not _binds(case, promise) or _is_denied(case):
            continue
        parts = second_parts(case, promise)
        for one in (each_of(case, cut_before(promise, parts), parts), *parts):
            if one.quantity is None or one.quantity not in claimed:
                claimed += [one.quantity] if one.quantity else []
                yield one


def _binds(case: Case, promise: Promise) -> bool:
    """Tell whether somebody is bound who can be: smugglers and analysts promise too, but bind no state."""
    start = case.scene.clause_of(case.binder).start
    if promise.kind in {"may", "given", "noun", "share"}:
        return True
    if promise.kind in {"start", "become", "rise", "cap"}:
        return case.speaks or case.has("collectives", case.scene.sentence.start, case.binder.start)
    if promise.kind == "receive" and promise.subject == NOBODY:
        return True
    if promise.kind == "not" and promise.subject == NOBODY:
        return True
    others = [*phrases(case.language, TOPIC, "unbound").finditer(case.plain, start, case.binder.start)]
    named = promise.subject.extent
    if others and (named is None or named.start <= others[0].start() or named.end < start):
        return False
    if promise.quantity is None:
        if _is_condition(case, promise) or _is_of_another(case, promise):
            return False
        return promise.negative or promise.subject != NOBODY or case.is_ours or _is_planned(case, promise)
    # Who issues a text is bound by what its offices will do (the future has asked who they are).
    bound = promise.subject != NOBODY or case.is_ours or promise.kind == "will"
    return bound or promise.status not in _NEEDS_SUBJECT or (promise.kind == "plan" and _is_of_project(case))


def _is_of_project(case: Case) -> bool:
    """Tell whether a project or its money aims at something, in the words of who can bind a state."""
    start = case.scene.clause_of(case.binder).start
    return case.speaks and any(case.has(one, start, case.binder.start) for one in ("undertakings", "funds"))


def _is_condition(case: Case, promise: Promise) -> bool:
    """Tell whether who seems to act stands in the condition that opens a sentence: "If the court agrees,"."""
    named, sentence = promise.subject.extent, case.scene.sentence
    opening = phrases(case.language, TOPIC, "conditions").match(case.plain, sentence.start)
    if opening is None or named is None or not sentence.start < named.start < case.binder.start:
        return False
    return named.start < case.plain.find(",", opening.end(), case.binder.start)


def _is_planned(case: Case, promise: Promise) -> bool:
    """Tell whether a plan or package that somebody presents is said to hold a deed."""
    return promise.kind == "say" and case.speaks and _names_a_deed(case)


def _is_denied(case: Case) -> bool:
    """Tell whether the words before a binder deny it: "denied that it had promised", "does not oblige"."""
    start, at = case.scene.sentence.start, case.binder.start
    if case.has("denials", max(start, at - CLOSE // 2), at):
        return True
    before = case.plain[max(start, at - _NEXT) : at]
    negated = phrases(case.language, "clauses", "negations").search(before)
    binds = case.binder.says["class"] in {"firm", "say", "plan", "give"}
    return binds and negated is not None and not set(before[negated.end() :]) & set(",;:")


def _is_of_another(case: Case, promise: Promise) -> bool:
    """Tell whether a state only owns what acts: "Canada's economy will grow"."""
    named = promise.subject.extent
    acts = promise.kind in {"will", "not", "plan"}
    if named is None or not acts or not case.plain.startswith("'s ", named.end):
        return False
    acting = phrases(case.language, "clauses", "heads")
    return acting.search(case.plain, named.end, min(case.binder.start, named.end + CLOSE // 3)) is None


def _firm(case: Case) -> Iterator[Promise]:
    """Yield the deeds of a verb that takes infinitives: each is promised."""
    reach = Extent(case.binder.end, case.reach.end)
    found = list(deeds(case.scene.found.text, reach, bool(case.binder.says.get("any"))))
    for deed, negative in found:
        actions = case.actions(deed)
        alone = before_condition(case, deed)
        amounts = amounts_in(case, alone, actions, direct=True) or recipients_in(case, alone)
        first = amounts[0] if amounts else multiple_in(case, deed)
        loose = case.binder.says["class"] in {"plan", "work"} and first is None
        helps = case.binder.says["class"] == "work" and any(one.says["action"] == "help" for one in actions)
        planned = loose and (case.is_ours or _is_dated(case, deed) or _is_of_state(case, deed))
        if loose and not (is_strong(actions) or helps or planned):
            continue
        for number, quantity in enumerate([first, *amounts[1:]]):
            refrains = negative or case.has("refrains", deed.start, deed.start + _NEXT)
            action = None if refrains else action_of(actions, quantity)
            made = case.promise(deed if not number else from_amount(deed, quantity), quantity, action)
            yield replace(made, negative=refrains, alone=len(found) == 1 and not number)


def _is_of_state(case: Case, deed: Extent) -> bool:
    """Tell whether it is a state that plans a deed, and not only hopes for it or puts it in its diary."""
    if case.binder.says["class"] != "plan" or case.has("past_plans", case.binder.start, case.binder.end):
        return False
    if phrases(case.language, TOPIC, "happening").match(case.plain, deed.start):
        return False
    together = any(":" not in one or one.startswith("grp:") for one in case.subject().ids)
    return (case.is_of_state or together) and not case.has("agenda", deed.start, deed.start + _NEXT)


def _is_dated(case: Case, deed: Extent) -> bool:
    """Tell whether a plan says by when, or from when: a deed with a day is more than a wish."""
    if case.binder.says["class"] != "plan" or case.has("agenda", deed.start, deed.start + _NEXT):
        return False
    return any(one.value for one in within(case.scene.dates, deed))


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
    if not amounts and not passive:
        amounts = offered(case)
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
    binds = binds or _names_a_deed(case) or _counts_at_once(case) or _is_for_people(case)
    binds = binds or _is_new_measure(case)
    binds = binds or bool(case.binder.says.get("deed") and _is_measure(case, close))
    if binds and not amounts and (case.subject() != NOBODY or case.speaks):
        yield case.promise(case.reach, None, action_of(close, None))


def _names_a_deed(case: Case) -> bool:
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
    lead = phrases(case.language, TOPIC, "new_ones").match(case.plain, _object(case), end)
    groups = (phrases(case.language, TOPIC, group) for group in ("measures", "laws"))
    named = next(
        (found for one in groups if lead and (found := one.search(case.plain, lead.end(), end))), None
    )
    if lead is None or named is None:
        return False
    between = case.plain[lead.end() : named.start()]
    return len(between.split()) <= 4 and not set(between) & set(",;:.")


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


def _is_measure(case: Case, close: Sequence[Trigger]) -> bool:
    """Tell whether a measure is what a verb has right behind it: "prolongs the regularisation"."""
    return is_strong(close) or case.has(
        "measures", case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 2)
    )


def _gives(case: Case) -> Iterator[Promise]:
    """Yield the amounts that somebody is giving now; who gives must be said."""
    subject = case.subject()
    if subject == NOBODY or case.scene.sentence.kind == "heading":
        return
    reach = Extent(case.binder.end, min(case.reach.end, case.scene.clause_of(case.binder).end))
    actions = case.actions(case.reach)
    named = after_deed_noun(case, case.binder.end)
    for quantity in amounts_in(case, reach, actions) or [one for one in (named,) if one is not None]:
        yield case.promise(case.reach, quantity, action_of(actions, quantity))


def _assures(case: Case) -> Iterator[Promise]:
    """Yield what somebody assures another of by name: "assured President Biden that..."."""
    told = [one for one in case.scene.actors() if 0 <= one.start - case.binder.end <= 40]
    that = phrases(case.language, TOPIC, "that").search(case.plain, case.binder.end, case.reach.end)
    named = told and that and told[0].end <= that.start()
    people = that is None and case.has("people_words", case.binder.end, case.binder.end + CLOSE // 4)
    if (named or people) and case.subject() != NOBODY:
        yield case.promise(case.reach, None, None)


def _will(case: Case) -> Iterator[Promise]:
    """Yield what somebody will do, or else an amount or project by itself."""
    if case.subject() == NOBODY:
        yield from tuple(by_themselves(case)) or will(case)
    else:
        yield from tuple(will(case)) or by_themselves(case)


def _shares(case: Case) -> Iterator[Promise]:
    """Yield the share that goes somewhere; or else whom a project reaches, or what goes to somebody."""
    yield from tuple(shares(case)) or tuple(by_themselves(case)) or _becomes(case)


def _becomes(case: Case) -> Iterator[Promise]:
    """Yield what becomes of a measure, where the verb is a future and who speaks can bind a state."""
    if case.speaks and case.has("futures", case.binder.start, case.binder.end):
        yield from becomes(case)


def _starts(case: Case) -> Iterator[Promise]:
    """Yield what is to begin: so many of something, or else a measure."""
    yield from tuple(counted(case)) or starts(case)


_READERS: Mapping[str, Callable[[Case], Iterator[Promise]]] = MappingProxyType({
    "firm": _firm, "plan": _firm, "work": _firm, "say": _said, "will": _will, "give": _gives, "not": refusals,
    "may": may, "given": given, "noun": contribution, "receive": receives, "assure": _assures,
    "tie": ties, "share": _shares, "become": becomes, "start": _starts, "rise": rises, "cap": caps,
    "now": now, "that": that,
})  # fmt: skip
