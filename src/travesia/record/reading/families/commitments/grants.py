"""Grants: amounts that a noun, a participle, a share or a ceiling promises without a verb of promising."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, is_money, unit_of
from travesia.record.reading.families.commitments.amounts import named_after, right_behind
from travesia.record.reading.families.commitments.binding import CLOSE, OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who, all_of
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases, phrases_at_end, within


def may(case: Case) -> Iterator[Promise]:
    """Yield how many may come: an amount in the clause before a verb of leave, or right after it."""
    before = Extent(case.scene.sentence.start, case.binder.start)
    agent = named_after(case, phrases(case.language, "clauses", "agents"), case.binder.end)
    behind = Extent(case.binder.end, case.reach.end)
    first = right_behind(case, case.binder.end)
    listed = first is None and ":" in case.scene.words(behind)
    for reach in (before, behind) if listed else (behind, before):
        for quantity in within(case.scene.quantities, reach):
            unit = unit_of(case.scene, quantity) or ""
            if quantity.value and (
                unit.startswith(("person", "authorization"))
                or _is_of_requests(case, quantity)
                or (reach is before and _is_what_is_issued(case, quantity))
                or (reach is not before and quantity == right_behind(case, case.binder.end))
            ):
                end = case.reach.end if quantity.start > case.binder.end else case.binder.end
                place = Extent(min(quantity.start, case.binder.start), max(quantity.end, end))
                made = case.promise(place, quantity, action_of(case.actions(place), quantity))
                # "Run by Mercy Corps, it will allow 85,000 people to": a pronoun is no one who lets them in.
                taken_up = phrases_at_end(case.language, "clauses", "they").search(
                    case.scene.before(case.binder, OBJECT // 2)
                )
                yield replace(made, subject=agent or (NOBODY if taken_up else made.subject))
                return


def _is_of_requests(case: Case, quantity: Quantity) -> bool:
    """Tell whether a count is one of applications, by the word right behind it."""
    end = min(case.scene.sentence.end, quantity.end + OBJECT // 2)
    return quantity.kind == "QUANTITY" and case.has("requests", quantity.start, end)


def _is_what_is_issued(case: Case, quantity: Quantity) -> bool:
    """Tell whether so many of something stand right before a verb of issuing: "2,000 movement passes"."""
    gap = case.plain[quantity.end : case.binder.start]
    return quantity.kind == "QUANTITY" and len(gap.split()) <= 4 and not set(gap) & set(",;:.")


def ties(case: Case) -> Iterator[Promise]:
    """Yield what is given on a condition that the verb names: "made its loan conditional on"."""
    inside = within(case.scene.quantities, Extent(case.binder.start, case.binder.end))
    money = next((one for one in inside if one.kind == "MONEY" and one.value), None)
    actions = case.actions(Extent(case.binder.start, case.binder.end))
    if case.subject() != NOBODY and (money or actions):
        yield case.promise(case.reach, money, action_of(actions, money))


def shares(case: Case) -> Iterator[Promise]:
    """Yield the share of something that is to go to somebody: "at least a third will go to hosts"."""
    clause = case.scene.clause_of(case.binder)
    near = Extent(max(clause.start, case.binder.start - CLOSE // 2), case.binder.start)
    parts = [one for one in within(case.scene.quantities, near) if one.value is not None]
    share = parts[-1] if parts else None
    if share and case.has("conditions", max(case.scene.sentence.start, share.start - OBJECT), share.start):
        return
    if share is None or not (_is_fraction(share) or _may_go(case, share)):
        return
    place = Extent(share.start, case.reach.end)
    yield case.promise(place, share, action_of(case.actions(place), share))
    last = share
    for one in within(case.scene.quantities, Extent(case.binder.end, case.scene.sentence.end)):
        # "13 million will go to the WFP and 5 million to the IOM": the next goes where its own "to" says.
        between = phrases(case.language, TOPIC, "next_share").search(
            case.plain, max(last.end, one.start - OBJECT // 2), one.start
        ) or re.compile(r",\s").search(case.plain, one.start - 2, one.start)
        goes = phrases(case.language, TOPIC, "goes_to").match(case.plain, one.end + 1)
        if (
            one.kind == share.kind
            and one.value is not None
            and between
            and between.end() >= one.start - 1
            and goes
        ):
            place = Extent(one.start, case.scene.sentence.end)
            yield replace(case.promise(place, one, action_of(case.actions(place), one)), alone=False)
            last = one


def _is_fraction(share: Quantity) -> bool:
    return share.kind == "RATIO" and share.value is not None and share.value < 1


def _may_go(case: Case, share: Quantity) -> bool:
    """Tell whether money or a count right before a verb is what goes somewhere: "£13 million will go to"."""
    gap = case.plain[share.end : case.binder.start]
    unit = unit_of(case.scene, share) or ""
    if case.binder.says.get("bare"):
        return False
    places = unit.startswith("person") and case.has("raised", share.start, share.end + OBJECT // 2)
    counts = (
        is_money(case.scene, share)
        or unit.startswith("authorization")
        or places
        or _is_of_requests(case, share)
    )
    return counts and len(gap.split()) <= 6 and not set(gap) & set(".;:")


def given(case: Case) -> Iterator[Promise]:
    """Yield the amount that a participle right after it says was promised ("$20 million, pledged in May")."""
    reach = Extent(max(case.scene.sentence.start, case.binder.start - CLOSE), case.binder.start)
    money = [one for one in within(case.scene.quantities, reach) if one.kind == "MONEY" and one.value]
    if money:
        place = Extent(money[-1].start, case.reach.end)
        yield case.promise(place, money[-1], action_of(case.actions(place), money[-1]))


def contribution(case: Case) -> Iterator[Promise]:
    """Yield an amount that a noun names with its giver: "a contribution of 3 million dollars from Spain"."""
    for quantity in within(case.scene.quantities, Extent(case.binder.end, case.reach.end)):
        if quantity.kind != "MONEY" or quantity.start - case.binder.end > 25:
            return
        giver = named_after(case, phrases(case.language, TOPIC, "givers"), quantity.end)
        giver = giver or _announcer(case, quantity)
        if giver is not None:
            place = Extent(case.binder.start, giver.extent.end if giver.extent else quantity.end)
            made = case.promise(place, quantity, action_of(case.actions(place), quantity))
            yield replace(made, subject=giver)
        elif _opens(case):
            yield case.promise(case.reach, quantity, action_of(case.actions(case.reach), quantity))
        return


def _announcer(case: Case, quantity: Quantity) -> Who | None:
    """Return who follows the participle behind an amount: "a grant of $5 million announced by Norway"."""
    end = min(case.scene.sentence.end, quantity.end + OBJECT // 2)
    by = phrases(case.language, "clauses", "agents").search(case.plain, quantity.end, end)
    alone = by is not None and len(case.plain[quantity.end : by.start()].split()) == 1
    near = [one for one in case.scene.actors() if by and alone and 0 <= one.start - by.end() <= OBJECT // 4]
    return all_of(near[:1]) if near else None


def _opens(case: Case) -> bool:
    """Tell whether a sentence of who speaks for a state opens with the binder: "First, a grant of"."""
    return case.speaks and case.binder.start - case.scene.sentence.start < OBJECT // 2


def caps(case: Case) -> Iterator[Promise]:
    """Yield the ceiling that a rule sets: "the number of permits shall not exceed 6,000"."""
    reach = Extent(case.binder.end, min(case.reach.end, case.binder.end + OBJECT))
    start = case.scene.sentence.start
    for quantity in within(case.scene.quantities, reach):
        unit = unit_of(case.scene, quantity) or ""
        counts = unit.startswith(("authorization", "person")) or quantity.kind == "QUANTITY"
        if counts and quantity.value and _is_measure(case, start) and not _is_used(case, quantity):
            place = Extent(case.scene.clause_of(case.binder).start, case.reach.end)
            yield case.promise(place, quantity, action_of(case.actions(place), quantity))
        return


def _is_used(case: Case, quantity: Quantity) -> bool:
    """Tell whether a text says right behind a ceiling how much of it has been used: it is told, not set."""
    after = [one for one in case.scene.quantities if one.start > quantity.end]
    following = case.voices.every[case.scene.number + 1 : case.scene.number + 2]
    same_line = [
        one for one in following if "\n" not in case.plain[case.scene.sentence.end : one.sentence.start]
    ]
    after += [one for scene in same_line for one in scene.quantities]
    return any(
        one.value
        and one.value < (quantity.value or 0)
        and case.has("bare_past", one.end, one.end + OBJECT * 2)
        for one in after
    )


def _is_measure(case: Case, start: int) -> bool:
    return any(case.has(group, start, case.binder.start) for group in ("raised", "measures"))


def rises(case: Case) -> Iterator[Promise]:
    """Yield what an aid, a quota or the number of permits is raised to."""
    clause = Extent(case.scene.sentence.start, case.binder.start)
    reach = Extent(case.binder.end, min(case.reach.end, case.binder.end + OBJECT))
    for quantity in within(case.scene.quantities, reach):
        unit = unit_of(case.scene, quantity) or ""
        counts = quantity.kind in {"MONEY", "QUANTITY"} or unit.startswith(("authorization", "person"))
        raised = any(case.has(one, clause.start, clause.end) for one in ("raised", "requests", "same_number"))
        summed = quantity.kind == "MONEY" and case.has("summed", clause.start, clause.end)
        if counts and quantity.value and raised and not summed:
            place = Extent(case.scene.clause_of(case.binder).start, case.reach.end)
            yield case.promise(place, quantity, action_of(case.actions(place), quantity))
        return


def ceilings(voices: Voices, scene: Scene, claimed: Sequence[Quantity]) -> Iterator[Promise]:
    """Yield ceilings a month or year that are set without a verb that binds: they are in force."""
    for quantity in scene.quantities:
        unit = unit_of(scene, quantity) or ""
        people = unit.startswith(("person", "authorization"))
        if (
            quantity in claimed
            or not (people and unit.endswith((" per month", " per year")))
            or quantity.qualifier not in {"limit", "up_to"}
        ):
            continue
        binder = Trigger(
            quantity.start, quantity.end, MappingProxyType({"class": "cap", "status": "in_force"})
        )
        case = Case(voices, scene, binder, Extent(quantity.start, scene.sentence.end))
        if not case.has("ended", quantity.end, scene.clause_of(quantity).end):
            yield case.promise(Extent(quantity.start, quantity.end), quantity,
                               action_of(case.actions(scene.sentence), quantity))  # fmt: skip
