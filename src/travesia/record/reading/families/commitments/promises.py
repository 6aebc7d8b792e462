"""Promises: the words that bind somebody, the deeds that they bind to, and the amounts of these.

A binder is a verb or noun of the cue file; its class tells where the deeds stand: after it as infinitives
("pledged to"), in itself ("will", the Romance future), as what it announces, or before it in a passive.
One binder may have several deeds ("to regularise 18,000 people and not to detain children") and one deed
several amounts; each is a promise of its own. Parts of an amount, totals and comparisons are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, is_strong
from travesia.record.reading.families.commitments.amounts import (
    after_deed_noun,
    amounts_in,
    from_amount,
    multiple_in,
)
from travesia.record.reading.families.commitments.announced import said
from travesia.record.reading.families.commitments.bare_items import bare_items
from travesia.record.reading.families.commitments.becoming import becomes, counted, lodges
from travesia.record.reading.families.commitments.binders import binders_in
from travesia.record.reading.families.commitments.binding import CLOSE, FURTHEST, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.conditional import hangs, might, stands, vows
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
from travesia.record.reading.families.commitments.guards import binds, is_denied
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
        if promise.quantity in claimed or not binds(case, promise) or is_denied(case):
            continue
        parts = second_parts(case, promise)
        for one in (each_of(case, cut_before(promise, parts), parts), *parts):
            if one.quantity is None or one.quantity not in claimed:
                claimed += [one.quantity] if one.quantity else []
                yield one


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
        if case.binder.says.get("counted") and first is None:
            continue
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
    yield from tuple(counted(case)) or tuple(starts(case)) or lodges(case)


def _may(case: Case) -> Iterator[Promise]:
    """Yield how many may come, or else that people will be taken in."""
    yield from tuple(may(case)) or lodges(case)


def _might(case: Case) -> Iterator[Promise]:
    """Yield what somebody could do under a condition."""
    yield from might(case, _firm)


_READERS: Mapping[str, Callable[[Case], Iterator[Promise]]] = MappingProxyType({
    "firm": _firm, "plan": _firm, "work": _firm, "say": said, "will": _will, "give": _gives, "not": refusals,
    "may": _may, "given": given, "noun": contribution, "receive": receives, "assure": _assures,
    "tie": ties, "share": _shares, "become": becomes, "start": _starts, "rise": rises, "cap": caps,
    "that": that, "hang": hangs, "might": _might, "stand": stands, "vow": vows,
})  # fmt: skip
