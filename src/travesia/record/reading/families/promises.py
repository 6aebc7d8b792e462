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

from travesia.record.reading.families.actions import action_of, helps_at_once, is_article, is_strong, unit_of
from travesia.record.reading.families.binding import TOPIC, Case, Promise
from travesia.record.reading.families.deeds import deeds, first_verb, future_of_doing
from travesia.record.reading.families.resolved import resolutions
from travesia.record.reading.families.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene, quoted_in
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, within

FURTHEST = 300
"""Longest stretch after a binder in which its deeds are looked for, in code points."""

_LONGEST = 10_000
"""Longest sentence that is read, in code points: what is longer is no sentence."""

_OBJECT = 40
"""How near the start of a deed its object stands, in code points."""

_NEXT = 16
"""How long the verb is that opens a deed, in code points, with room for "to"."""

_CLOSE = 120
"""How near a binder what it announces stands, in code points."""

_TAKES_IN = (
    "admit", "resettle", "welcome_migrants", "facilitate_access_to_protection_and_services",
    "support_host_communities",
)  # fmt: skip
_NEEDS_SUBJECT = ("pledged", "offered", "planned")
_BESIDE = ("give", "may", "given", "assure", "noun")


def promises(voices: Voices) -> Iterator[Promise]:
    """Yield the promises of a text, in the order of their binders within each sentence."""
    resolved = {case.scene.number: case for case in resolutions(voices)}
    for scene in voices.every:
        no_sentence = scene.sentence.end - scene.sentence.start > _LONGEST
        if no_sentence or scene.sentence.kind in {"dateline", "speaker"}:
            continue
        binders = find_triggers(scene.found.text, TOPIC, "verbs", scene.sentence)
        claimed: list[Quantity | str] = []
        opening = tuple(_firm(resolved[scene.number])) if scene.number in resolved else ()
        for promise in opening:
            claimed += [promise.quantity] if promise.quantity else []
            yield promise
        for number, binder in enumerate(binders):
            following = (one.start for one in binders[number + 1 :] if one.says["class"] not in _BESIDE)
            end = min(scene.sentence.end, binder.end + FURTHEST, next(following, scene.sentence.end))
            case = Case(voices, scene, binder, Extent(binder.start, max(end, binder.end)))
            if opening and binder.says["class"] not in {"share", "not"}:
                continue
            for promise in _READERS[str(binder.says["class"])](case):
                told = promise.quantity or ("not" if promise.kind == "not" else None)
                if told not in claimed and _binds(case, promise) and not _is_denied(case):
                    claimed += [told] if told else []
                    yield promise
        yield from _ceilings(voices, scene, claimed)


def _binds(case: Case, promise: Promise) -> bool:
    """Tell whether somebody is bound who can be: smugglers and analysts promise too, but bind no state."""
    start = case.scene.clause_of(case.binder).start
    if promise.kind in {"may", "given", "noun", "share"}:
        return True
    if promise.kind == "start":
        voucher = case.voices.voucher(case.scene, case.binder, case.binder.end, promise.subject)
        return bool(voucher.ids)
    others = [*phrases(case.language, TOPIC, "unbound").finditer(case.plain, start, case.binder.start)]
    named = promise.subject.extent
    if others and (named is None or named.start < others[0].start() or named.end < start):
        return False
    if promise.quantity is None:
        return (
            promise.negative
            or promise.subject != NOBODY
            or (promise.kind in {"firm", "plan"} and case.is_ours)
        )
    return promise.subject != NOBODY or promise.status not in _NEEDS_SUBJECT


def _is_denied(case: Case) -> bool:
    """Tell whether the words before a binder deny it: "denied that it had promised"."""
    return case.has(
        "denials", max(case.scene.sentence.start, case.binder.start - _CLOSE // 2), case.binder.start
    )


def _firm(case: Case) -> Iterator[Promise]:
    """Yield the deeds of a verb that takes infinitives: each is promised."""
    reach = Extent(case.binder.end, case.reach.end)
    found = list(deeds(case.scene.found.text, reach, bool(case.binder.says.get("any"))))
    for deed, negative in found:
        actions = case.actions(deed)
        amounts = _amounts(case, deed, actions, direct=True)
        first = amounts[0] if amounts else _multiple(case, deed)
        loose = case.binder.says["class"] in {"plan", "work"} and first is None
        helps = case.binder.says["class"] == "work" and any(one.says["action"] == "help" for one in actions)
        if loose and not (is_strong(actions) or helps or case.is_ours):
            continue
        for number, quantity in enumerate([first, *amounts[1:]]):
            action = action_of(actions, quantity)
            made = case.promise(deed if not number else _from(deed, quantity), quantity, action)
            yield replace(
                made,
                negative=negative or case.has("refrains", deed.start, deed.start + _NEXT),
                alone=len(found) == 1 and not number,
            )


def _said(case: Case) -> Iterator[Promise]:
    """Yield what a verb announces: its amounts, or a deed named by a noun where the verb binds by itself."""
    if case.binder.says.get("turn") and not case.voices.speakers.has_turns:
        return
    passive = case.scene.is_passive(case.binder)
    before = Extent(case.scene.clause_of(case.binder).start, case.binder.start)
    reach = before if passive else Extent(case.binder.end, case.reach.end)
    actions = case.actions(reach)
    amounts = _amounts(case, reach, actions)
    if passive and not amounts:
        # "Se destinarán 5 millones": in Romance what is given may stand after its passive.
        reach = Extent(case.binder.end, case.reach.end)
        amounts = _amounts(case, reach, case.actions(reach))
    for number, quantity in enumerate(amounts):
        place = Extent(case.binder.start, case.reach.end) if not number else _from(reach, quantity)
        place = Extent(quantity.start, case.binder.end) if quantity.end <= case.binder.start else place
        yield _of_own(case, amounts, number, case.promise(place, quantity, action_of(actions, quantity)))
    multiple = None if amounts or passive else _multiple(case, reach)
    if multiple is not None:
        yield case.promise(Extent(case.binder.start, case.reach.end), multiple, action_of(actions, multiple))
        return
    close = [one for one in actions if one.start - case.binder.end < _CLOSE // 2]
    binds = case.binder.says["status"] != "announced" and is_strong(close)
    binds = binds or (
        case.binder.says["status"] in {"pledged", "offered"} and helps_at_once(case.binder, actions)
    )
    if binds and not amounts and case.subject() != NOBODY:
        yield case.promise(case.reach, None, action_of(close, None))


def _will(case: Case) -> Iterator[Promise]:
    """Yield what somebody will do, where the verb is one of doing and its subject can bind itself."""
    if case.binder.says.get("reported") and not case.is_reported:
        return
    head = _future_verb(case)
    subject = case.subject()
    if head is None or (subject == NOBODY and not case.voices.ours):
        return
    deed = Extent(head.start, case.reach.end)
    actions = case.actions(deed)
    amounts = _amounts(case, deed, actions, direct=True)
    multiple = None if amounts else _multiple(case, deed)
    strengthens = any(
        one.says["action"] == "strengthen_efforts" and one.start <= head.start for one in actions
    )
    close = [one for one in actions if one.start - head.end < _CLOSE]
    if case.binder.says.get("able") and not amounts:
        return
    if amounts or multiple or (subject != NOBODY and (is_strong(close) or strengthens)):
        for number, quantity in enumerate(amounts or [multiple]):
            place = Extent(case.binder.start, deed.end) if not number else _from(deed, quantity)
            made = case.promise(place, quantity, action_of(actions, quantity))
            yield _of_own(case, amounts, number, made)


def _gives(case: Case) -> Iterator[Promise]:
    """Yield the amounts that somebody is giving now; who gives must be said."""
    subject = case.subject()
    if subject == NOBODY or case.scene.sentence.kind == "heading":
        return
    reach = Extent(case.binder.end, min(case.reach.end, case.scene.clause_of(case.binder).end))
    actions = case.actions(case.reach)
    for quantity in _amounts(case, reach, actions):
        yield case.promise(case.reach, quantity, action_of(actions, quantity))


def _not(case: Case) -> Iterator[Promise]:
    """Yield what somebody says not to do: the deed must be one of doing, not of being or knowing."""
    words = case.plain[case.binder.start : min(case.scene.sentence.end, case.binder.end + 30)]
    head = re.match(r"\s*(?:[^\W\d_]+ly\s+)?([^\W\d_]+)", words[case.binder.end - case.binder.start :])
    inside = case.binder.says.get("inside", False)
    verb = case.scene.words(case.binder) if inside else (head[1] if head else "")
    nobody = case.binder.says.get("nobody", False)
    if not verb or (not nobody and phrases(case.language, TOPIC, "stative").search(verb)):
        return
    told = any(one.holds(case.binder) for one in quoted_in(case.scene)) or case.is_attributed
    if case.subject() == NOBODY and not (told or nobody):
        return
    end = case.binder.end if inside or head is None else case.binder.end + head.end()
    actions = [one for one in case.actions(Extent(case.binder.start, end)) if one.says["action"] in _TAKES_IN]
    made = case.promise(Extent(case.binder.start, max(end, case.reach.end)), None, next(iter(actions), None))
    yield replace(made, negative=True)


def _may(case: Case) -> Iterator[Promise]:
    """Yield how many may come: an amount in the clause before a verb of leave, or right after it."""
    before = Extent(case.scene.sentence.start, case.binder.start)
    agent = _named_after(case, phrases(case.language, "clauses", "agents"), case.binder.end)
    for reach in (Extent(case.binder.end, case.reach.end), before):
        for quantity in within(case.scene.quantities, reach):
            unit = unit_of(case.scene, quantity) or ""
            if quantity.value and unit.startswith(("person", "authorization")):
                place = Extent(min(quantity.start, case.binder.start), max(quantity.end, case.binder.end))
                made = case.promise(place, quantity, action_of(case.actions(place), quantity))
                yield replace(made, subject=agent or made.subject)
                return


def _ties(case: Case) -> Iterator[Promise]:
    """Yield what is given on a condition that the verb names: "made its loan conditional on"."""
    inside = within(case.scene.quantities, Extent(case.binder.start, case.binder.end))
    money = next((one for one in inside if one.kind == "MONEY" and one.value), None)
    actions = case.actions(Extent(case.binder.start, case.binder.end))
    if case.subject() != NOBODY and (money or actions):
        yield case.promise(case.reach, money, action_of(actions, money))


def _shares(case: Case) -> Iterator[Promise]:
    """Yield the share of something that is to go to somebody: "at least a third will go to hosts"."""
    clause = case.scene.clause_of(case.binder)
    near = Extent(max(clause.start, case.binder.start - _CLOSE // 2), case.binder.start)
    parts = [one for one in within(case.scene.quantities, near) if one.kind == "RATIO"]
    share = parts[-1] if parts else None
    if share is not None and share.value is not None and share.value < 1:
        place = Extent(share.start, case.reach.end)
        yield case.promise(place, share, action_of(case.actions(place), share))


def _starts(case: Case) -> Iterator[Promise]:
    """Yield a deed named by a noun that is to begin: "a joint campaign on the radio will start"."""
    clause = case.scene.clause_of(case.binder)
    place = Extent(clause.start, case.binder.start)
    actions = case.actions(place)
    if is_strong(actions) and actions[0].start - clause.start < _CLOSE // 2:
        yield case.promise(Extent(clause.start, case.reach.end), None, action_of(actions, None))


def _given(case: Case) -> Iterator[Promise]:
    """Yield the amount that a participle right after it says was promised ("$20 million, pledged in May")."""
    reach = Extent(max(case.scene.sentence.start, case.binder.start - _CLOSE), case.binder.start)
    money = [one for one in within(case.scene.quantities, reach) if one.kind == "MONEY" and one.value]
    if money:
        place = Extent(money[-1].start, case.reach.end)
        yield case.promise(place, money[-1], action_of(case.actions(place), money[-1]))


def _contribution(case: Case) -> Iterator[Promise]:
    """Yield an amount that a noun names with its giver: "a contribution of 3 million dollars from Spain"."""
    for quantity in within(case.scene.quantities, Extent(case.binder.end, case.reach.end)):
        if quantity.kind != "MONEY" or quantity.start - case.binder.end > 25:
            return
        giver = _named_after(case, phrases(case.language, TOPIC, "givers"), quantity.end)
        if giver is not None:
            place = Extent(case.binder.start, giver.extent.end if giver.extent else quantity.end)
            made = case.promise(place, quantity, action_of(case.actions(place), quantity))
            yield replace(made, subject=giver)
        return


def _receives(case: Case) -> Iterator[Promise]:
    """Yield what somebody will receive from a giver who is named; taking people in is a deed of its own."""
    for quantity in within(case.scene.quantities, Extent(case.binder.end, case.reach.end)):
        giver = (
            _named_after(case, phrases(case.language, TOPIC, "givers"), quantity.end)
            if quantity.kind == "MONEY"
            else None
        )
        if giver is not None:
            made = case.promise(case.reach, quantity, None)
            yield replace(made, subject=giver)
            return
    if not any(one.kind == "MONEY" for one in within(case.scene.quantities, case.reach)):
        yield from _will(case)


def _assures(case: Case) -> Iterator[Promise]:
    """Yield what somebody assures another of by name: "assured President Biden that..."."""
    told = [one for one in case.scene.actors() if 0 <= one.start - case.binder.end <= 40]
    that = phrases(case.language, TOPIC, "that").search(case.plain, case.binder.end, case.reach.end)
    if told and that and told[0].end <= that.start() and case.subject() != NOBODY:
        yield case.promise(case.reach, None, None)


def _ceilings(voices: Voices, scene: Scene, claimed: Sequence[Quantity | str]) -> Iterator[Promise]:
    """Yield ceilings a month that are set without a verb that binds: they are in force."""
    for quantity in scene.quantities:
        unit = unit_of(scene, quantity) or ""
        monthly = unit.endswith(" per month") and unit.startswith(("person", "authorization"))
        if quantity in claimed or not monthly or quantity.qualifier not in {"limit", "up_to"}:
            continue
        binder = Trigger(
            quantity.start, quantity.end, MappingProxyType({"class": "cap", "status": "in_force"})
        )
        case = Case(voices, scene, binder, Extent(quantity.start, scene.sentence.end))
        if not case.has("ended", quantity.end, scene.clause_of(quantity).end):
            yield case.promise(Extent(quantity.start, quantity.end), quantity,
                               action_of(case.actions(scene.sentence), quantity))  # fmt: skip


_READERS: Mapping[str, Callable[[Case], Iterator[Promise]]] = MappingProxyType({
    "firm": _firm, "plan": _firm, "work": _firm, "say": _said, "will": _will, "give": _gives, "not": _not,
    "may": _may, "given": _given, "noun": _contribution, "receive": _receives, "assure": _assures,
    "tie": _ties, "share": _shares, "start": _starts,
})  # fmt: skip


def _of_own(case: Case, amounts: Sequence[Quantity], number: int, made: Promise) -> Promise:
    """Give an amount after the first the actor of its own clause: "Canada offered 5 million, Chile 2"."""
    if not number:
        return made
    between = Extent(amounts[number - 1].end, amounts[number].start)
    own = [one for one in within(case.scene.seen_actors(), between) if between.end - one.end < _OBJECT]
    if not own:
        return replace(made, alone=False)
    subject = Who((own[-1].entity,), Extent(own[-1].start, own[-1].end))
    return replace(made, alone=False, subject=subject)


def _from(deed: Extent, quantity: Quantity | None) -> Extent:
    return Extent(quantity.start, deed.end) if quantity else deed


def _amounts(case: Case, reach: Extent, actions: Sequence[Trigger], direct: bool = False) -> list[Quantity]:
    """Return the amounts that are promised in a stretch: money, or people where people are taken in.

    `direct` says that the stretch begins with a verb, whose object people may be. What comes after
    "including" or "compared with" is part of another amount.
    """
    takes = any(one.says["action"] in _TAKES_IN for one in actions)
    kept: list[Quantity] = []
    for one in within(case.scene.quantities, reach):
        unit = (unit_of(case.scene, one) or "").partition(" per ")[0]
        counts = (
            (one.kind == "MONEY" or unit == "authorization")
            or (unit in {"person", "other"} and direct and one.start - reach.start < _OBJECT)
            or (unit == "person" and takes)
        )
        if one.value is None or not counts or is_article(case.scene, one):
            continue
        if case.has("not_promised", kept[-1].end if kept else reach.start, one.start):
            break
        if kept and (one.kind != "MONEY" or not _joined(case, kept[-1], one)):
            break
        kept.append(one)
    return kept


def _joined(case: Case, first: Extent, second: Extent) -> bool:
    between = case.plain[first.end : second.start]
    return ";" not in between and case.has("sums", first.end, second.start)


def _multiple(case: Case, deed: Extent) -> Quantity | None:
    """Return by how much something is to be multiplied, where that is the deed ("to triple admissions")."""
    near = within(case.scene.quantities, Extent(deed.start, min(deed.end, deed.start + 40)))
    return next((one for one in near if one.kind == "RATIO" and (one.value or 0) >= 2), None)


def _named_after(case: Case, prepositions: re.Pattern[str], at: int) -> Who | None:
    """Return who is named after the first of some prepositions that stands near a place."""
    for match in prepositions.finditer(case.plain, at, min(at + _CLOSE, case.reach.end)):
        near = [one for one in case.scene.actors() if 0 <= one.start - match.end() <= 8]
        if near:
            return Who((near[0].entity,), Extent(near[0].start, near[0].end))
    return None


def _future_verb(case: Case) -> Extent | None:
    """Return the verb of a future: one of doing, or any that has an amount for its object."""
    text, inside = case.scene.found.text, case.binder.says.get("inside")
    after = Extent(case.binder.end, case.scene.sentence.end)
    doing = future_of_doing(text, case.binder) if inside else first_verb(text, after)
    if doing is not None:
        return doing
    near = within(case.scene.quantities, Extent(after.start, min(after.end, after.start + _OBJECT)))
    counted = any((unit_of(case.scene, one) or "").startswith(("person", "auth")) for one in near)
    words = case.scene.words(Extent(case.binder.start if inside else after.start, after.start + 20)).split()
    verb = next(iter(words), "")
    if not counted or phrases(case.language, TOPIC, "stative").search(verb):
        return None
    return (
        Extent(case.binder.start, case.binder.end)
        if inside
        else Extent(after.start + 1, after.start + 1 + len(verb))
    )
