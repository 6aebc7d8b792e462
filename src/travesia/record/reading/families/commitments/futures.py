"""Futures: what somebody will do or receive, and what will become of a measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, is_strong, unit_of
from travesia.record.reading.families.commitments.amounts import (
    amounts_in,
    from_amount,
    multiple_in,
    named_after,
    of_own,
)
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.deeds import deeds, first_verb, future_of_doing
from travesia.record.reading.families.commitments.recipients import (
    before_condition,
    opening_amount,
    recipients_in,
)
from travesia.record.reading.families.who import NOBODY, all_of, resumed
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.triggers import Trigger, phrases, phrases_at_end, within

_LEAST = 5
"""Shortest object of a deed, in code points, with its space."""

_FEW = 6
"""How many words may belong to people who are counted."""

_STATES = ("cty:", "org:", "grp:")


def will(case: Case) -> Iterator[Promise]:
    """Yield what somebody will do, where the verb is one of doing and its subject can bind itself."""
    if case.binder.says.get("reported") and not (case.is_reported or _is_offered(case)):
        return
    if case.has("comes", case.binder.start, case.binder.end) and case.subject() == NOBODY:
        # "Another 2 million would come from foundations": money gives nothing itself.
        return
    head = _future_verb(case)
    subject = case.subject()
    if head is None or (subject == NOBODY and not (case.voices.ours or case.is_ours or _is_of_issuer(case))):
        return
    reach = Extent(head.start, case.reach.end)
    parts = [deed for deed, _ in deeds(case.scene.found.text, reach)] or [reach]
    if case.language == "en":
        # "Will admit 750 people, giving priority to women": a gerund says how.
        parts = [
            parts[0],
            *(one for one in parts[1:] if not case.scene.words(_first_word(case, one)).endswith("ing")),
        ]
    for number, deed in enumerate(parts):
        verb = head if not number else _first_word(case, deed)
        for made in _done(case, deed, verb):
            yield replace(made, alone=made.alone and len(parts) == 1) if number else made


def _is_offered(case: Case) -> bool:
    """Tell whether the conditional tense is of money under a condition: "would give 35 million if"."""
    behind = Extent(case.binder.end, min(case.reach.end, case.binder.end + CLOSE))
    money = [one for one in within(case.scene.quantities, behind) if one.kind == "MONEY" and one.value]
    return bool(money) and case.has("conditions", money[0].end, case.scene.sentence.end)


def _is_of_issuer(case: Case) -> bool:
    """Tell whether an office that is no name will do a counted thing, in a text that a state issues."""
    near = within(
        case.scene.quantities, Extent(case.binder.end, min(case.reach.end, case.binder.end + CLOSE))
    )
    return bool(case.voices.host) and not case.is_reported and any(one.value is not None for one in near)


def _first_word(case: Case, deed: Extent) -> Extent:
    words = case.scene.words(deed).split(maxsplit=1)
    return Extent(deed.start, deed.start + len(words[0]) if words else deed.end)


def _done(case: Case, deed: Extent, verb: Extent) -> Iterator[Promise]:
    """Yield the amounts of one deed, or the deed itself where it is one that binds."""
    actions = case.actions(deed)
    if case.has("urges", verb.start, min(deed.end, verb.end + OBJECT)):
        return
    alone = before_condition(case, deed)
    amounts = amounts_in(case, alone, actions, direct=True) or recipients_in(case, alone)
    amounts = amounts or opening_amount(case)
    multiple = None if amounts else multiple_in(case, deed)
    funded = case.has("funds", case.scene.sentence.start, case.binder.start)
    if case.binder.says.get("able") and not (amounts or funded):
        return
    if not (amounts or multiple or _binds_itself(case, deed, verb)):
        return
    first = Extent(case.binder.start, deed.end) if deed.start - case.binder.end < OBJECT // 2 else deed
    for number, quantity in enumerate(amounts or [multiple]):
        place = first if not number else from_amount(deed, quantity)
        refrains = case.has("refrains", verb.start, min(deed.end, verb.end + OBJECT // 2))
        made = case.promise(place, quantity, None if refrains else action_of(actions, quantity))
        yield of_own(case, amounts, number, replace(made, negative=refrains))


def _binds_itself(case: Case, deed: Extent, verb: Extent) -> bool:
    """Tell whether a deed without an amount binds: one of migration, or any that a state will do."""
    subject = case.subject()
    if subject == NOBODY and not case.is_ours:
        return False
    if deed.end - verb.end < _LEAST and not _has_pronoun(case, verb):
        return False
    actions = case.actions(deed)
    close = [one for one in actions if one.start - verb.end < CLOSE]
    strengthens = any(
        one.says["action"] == "strengthen_efforts" and one.start <= verb.start for one in actions
    )
    diary = case.has("agenda", verb.start, verb.end)
    if (is_strong(close) and not (diary and close[0].says["action"] == "support_dialogue")) or strengthens:
        return True
    acting = any(one.startswith(_STATES) or ":" not in one for one in subject.ids)
    acting = acting or case.is_ours or case.is_of_state
    return (acting and not diary) or (diary and _lays_down(case, deed, verb))


def _has_pronoun(case: Case, verb: Extent) -> bool:
    """Tell whether the object of a deed is a pronoun, "lo acataremos", or needs none: "will comply"."""
    if phrases(case.language, TOPIC, "complying").match(case.plain, verb.start, verb.end):
        return True
    if case.language == "en":
        after = case.plain[verb.end : verb.end + _LEAST].strip(' ,.;"')
        return phrases(case.language, TOPIC, "object_pronouns").fullmatch(after) is not None
    before = case.scene.before(Extent(min(verb.start, case.binder.start), verb.end), _LEAST * 2)
    clitic = phrases_at_end(case.language, TOPIC, "object_pronouns").search(before)
    return clitic is not None or "-" in case.scene.words(verb)


def _lays_down(case: Case, deed: Extent, verb: Extent) -> bool:
    """Tell whether a bill or a plan is laid before others by a day: "will present a bill by May"."""
    if phrases(case.language, TOPIC, "parliaments").match(case.plain, verb.end + 1, deed.end):
        return True
    if not case.has("laws", verb.end, min(deed.end, verb.end + CLOSE)):
        return False
    return any(one.value and one.relation != "since" for one in within(case.scene.dates, deed))


def starts(case: Case) -> Iterator[Promise]:
    """Yield a deed named by a noun that is to begin: "a joint campaign on the radio will start"."""
    clause = case.scene.clause_of(case.binder)
    own = case.subject().extent
    doing = _of_doing(case)
    if own is not None and own.start >= clause.start and doing is not None:
        yield from will(replace(case, binder=doing))
        return
    place = Extent(clause.start, case.binder.start)
    actions = case.actions(place)
    if is_strong(actions) and actions[0].start - clause.start < CLOSE // 2:
        yield case.promise(Extent(clause.start, case.reach.end), None, action_of(actions, None))
        return
    first = max(case.scene.sentence.start, case.binder.start - CLOSE)
    named = phrases(case.language, TOPIC, "measures").search(case.plain, first, case.binder.start)
    if named:
        opening = case.scene.clause_of(Extent(named.start(), named.end()))
        reach = Extent(min(opening.start, clause.start), case.reach.end)
        yield case.promise(reach, None, action_of(case.actions(reach), None))
        return
    after = case.actions(Extent(case.binder.end, case.reach.end))
    strong = own is None and is_strong(after) and after[0].start - case.binder.end < CLOSE // 2
    near = Extent(case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 4))
    if strong or case.has("measures", near.start, near.end):
        # "Em fevereiro arranca uma campanha": what begins stands behind its verb.
        yield case.promise(Extent(clause.start, case.reach.end), None, action_of(after, None))


def _of_doing(case: Case) -> Trigger | None:
    """Return a binder as a future of doing: "Panama will open two centres", "Chile reabrirá"."""
    words, says = case.scene.words(case.binder), {"class": "will", "status": "planned"}
    if " " not in words:
        return Trigger(case.binder.start, case.binder.end, MappingProxyType({**says, "inside": True}))
    last = case.binder.start + words.rindex(" ")
    doing = first_verb(case.scene.found.text, Extent(last, case.binder.end))
    return Trigger(case.binder.start, last, MappingProxyType(says)) if doing else None


def that(case: Case) -> Iterator[Promise]:
    """Yield what it is agreed that somebody does: "acordaron que Lima pague la obra"."""
    plain, end = case.plain, case.scene.sentence.end
    for actor in case.scene.actors():
        small = phrases(case.language, "clauses", "determiners")
        between = plain[case.binder.end : actor.start].strip()
        if actor.start < case.binder.end or (between and not small.fullmatch(between)):
            continue
        listed = case.scene.listed_with(actor)
        reach = Extent(listed[-1].end, min(case.reach.end, end))
        actions = case.actions(reach)
        amounts = amounts_in(case, reach, actions, direct=True)
        first = amounts[0] if amounts else None
        made = case.promise(Extent(actor.start, reach.end), first, action_of(actions, first))
        yield replace(made, subject=all_of(listed), alone=False)
        return


def receives(case: Case) -> Iterator[Promise]:
    """Yield what somebody will receive: from a giver who is named, else from the state that speaks."""
    money = [one for one in within(case.scene.quantities, case.reach) if one.kind == "MONEY" and one.value]
    givers = phrases(case.language, TOPIC, "givers")
    for quantity in money:
        giver = named_after(case, givers, quantity.end)
        if giver is not None:
            yield replace(case.promise(case.reach, quantity, None), subject=giver)
            return
    clause = case.scene.clause_of(case.binder)
    people = case.has("people_words", clause.start, case.binder.start) or _entitles(case, clause) is not None
    paid = bool(money) and case.subject().extent is None
    if (people or paid) and case.speaks:
        yield from _entitled(case, money)
    elif not money:
        yield from will(case)


def _entitled(case: Case, money: Sequence[Quantity]) -> Iterator[Promise]:
    """Yield what people will get: money, or a permit and the like."""
    clause = case.scene.clause_of(case.binder)
    reach = Extent(case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 2))
    actions, place = case.actions(reach), Extent(clause.start, case.reach.end)
    if money:
        yield replace(case.promise(place, money[0], action_of(actions, money[0])), subject=NOBODY)
    elif _entitles(case, clause) is not None:
        people = _entitles(case, clause)
        yield replace(case.promise(place, people, action_of(actions, people)), subject=NOBODY)
    elif (
        bool(case.voices.host)
        or is_strong(actions)
        or any(case.has(one, reach.start, reach.end) for one in ("measures", "raised"))
    ):
        yield replace(case.promise(place, None, action_of(actions, None)), subject=NOBODY)


def _entitles(case: Case, clause: Extent) -> Quantity | None:
    """Return how many people are the subject of what they will get: "up to 12,000 minors will receive"."""
    # "Up to 20,000 people who are registered will be able to apply": the relative clause is theirs.
    related = phrases(case.language, TOPIC, "relatives").match(case.plain, clause.start, case.binder.start)
    first = case.scene.sentence.start if related else clause.start
    near = within(case.scene.quantities, Extent(first, case.binder.start))
    counted = [one for one in near if (unit_of(case.scene, one) or "").startswith("person") and one.value]
    gap = case.plain[counted[0].end : case.binder.start] if counted else ""
    return counted[0] if counted and len(gap.split()) <= _FEW and not set(gap) & set(",;:") else None


def _future_verb(case: Case) -> Extent | None:
    """Return the verb of a future: one of doing, any with an amount, any that a state is the subject of."""
    text, inside, sentence = case.scene.found.text, case.binder.says.get("inside"), case.scene.sentence
    after = Extent(case.binder.end, sentence.end)
    doing = future_of_doing(text, case.binder) if inside else first_verb(text, after)
    if doing is not None:
        return doing
    words = case.scene.words(Extent(case.binder.start if inside else after.start, after.start + 20)).split()
    verb = next(iter(words), "")
    near = within(case.scene.quantities, Extent(after.start, min(after.end, after.start + CLOSE // 2)))
    counted = any(
        one.kind == "MONEY" or (unit_of(case.scene, one) or "").startswith(("person", "auth")) for one in near
    )
    named = not verb.islower() and case.binder.start > sentence.start
    if not (counted or _is_state_of_clause(case)) or not verb.isalpha() or named:
        return None
    if phrases(case.language, TOPIC, "stative").search(verb):
        return None
    return (
        Extent(case.binder.start, case.binder.end)
        if inside
        else Extent(after.start + 1, after.start + 1 + len(verb))
    )


def _is_state_of_clause(case: Case) -> bool:
    """Tell whether a state or its government is named as the subject in the clause of a verb."""
    subject, clause = case.subject(), case.scene.clause_of(case.binder)
    if case.has("governments", clause.start, case.binder.start):
        return subject != NOBODY
    here = subject.extent is not None and clause.start <= subject.extent.start
    return (here or resumed(case.scene, case.binder) is not None) and case.is_of_state
