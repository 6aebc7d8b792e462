"""Bare items: lines of a list that promise an amount without a verb.

"New funding" then "$92 million for UNHCR", or "Partners" then "Norway: 12 million dollars": what the heading
or the title of the list calls new, announced or promised its items need not say again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, before_amount, unit_of
from travesia.record.reading.families.commitments.binding import TOPIC, Case, Promise
from travesia.record.reading.families.commitments.sheets import sheet_lines
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who, all_of
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_LINE = re.compile(r"(?:^|\n)[^\w\n]*(?:\w{1,3}[.)]|\([a-z0-9]{1,3}\))?[^\w\n]*$")
"""What stands between the start of a line and its first word: a bullet or number."""

_LABEL = 60
"""Longest label of an item, in code points: "European Union:"."""

_ROWS = 12
"""How many rows may stand under a lead before one that is looked at."""

_WORDS = 8
"""How many words the label of a row has at most."""

_TITLES = 4
"""How many sentences may hold the title of a text."""

_OPENING = 30
"""How far from the start of an item the noun of its deed may stand, in code points."""

_CLOSE = 40
"""How far after an amount the words "has been paid" make it one of the past, in code points."""


def bare_items(voices: Voices, scene: Scene, told: bool) -> Iterator[Promise]:
    """Yield the deeds of an item without a verb; `told` says that a promise was read in it already."""
    if told:
        return
    says = MappingProxyType({"class": "bare", "status": "announced"})
    binder = Trigger(scene.sentence.start, scene.sentence.start, says)
    case = Case(voices, scene, binder, Extent(scene.sentence.start, scene.sentence.end))
    plain = scene.found.text.plain
    found: tuple[Promise, ...] = ()
    if _is_row(case):
        found = tuple(_row(case))
    elif scene.sentence.kind != "item":
        found = tuple(_after_colon(case))
    elif _LINE.search(plain, max(0, scene.sentence.start - 12), scene.sentence.start) and _is_promised(case):
        found = tuple(_item(case))
    yield from found or sheet_lines(case)


def _is_row(case: Case) -> bool:
    """Tell whether a short line stands under a lead that allots places or money and names no amount."""
    scene = case.scene
    if scene.sentence.kind == "prose" or len(scene.quantities) != 1:
        return False
    for one in reversed(case.voices.every[max(0, scene.number - _ROWS) : scene.number]):
        if one.words(one.sentence).rstrip().endswith(":"):
            allots = find_triggers(scene.found.text, TOPIC, "allocations", one.sentence)
            # Where an amount stands before the table, its rows take over what that promise says.
            whole = case.voices.every[max(0, one.number - 2) : one.number + 1]
            counted = any(each.quantities for each in whole)
            return any(each.says["label"] == "origin" for each in allots) and not counted
        if len(one.quantities) != 1:
            return False
    return False


def _row(case: Case) -> Iterator[Promise]:
    """Yield the amount behind the label of a row, of who allots."""
    amount = case.scene.quantities[0]
    label = case.plain[case.scene.sentence.start : amount.start]
    if amount.value is not None and 0 < len(label.split()) <= _WORDS:
        yield _of(case, case.reach, NOBODY, amount)


def _item(case: Case) -> Iterator[Promise]:
    """Yield the amounts that an item opens with, or the noun of a deed that it opens with."""
    scene = case.scene
    first = next((one for one in scene.quantities if _counts(case, one)), None)
    subject = _label(scene, first) if first else None
    if first is not None and subject is not None:
        end = min(scene.sentence.end, first.end + _CLOSE)
        if not case.has("bare_past", first.end, end):
            yield _of(case, case.reach, subject, first)
            yield from _next(case, subject, first)
        return
    named = phrases(case.language, TOPIC, "deed_nouns").search(
        case.plain, scene.sentence.start, min(scene.sentence.end, scene.sentence.start + _OPENING)
    )
    if named and not case.has("bare_past", named.end(), min(scene.sentence.end, named.end() + 2 * _CLOSE)):
        yield _of(case, case.reach, NOBODY, first)


def _next(case: Case, subject: Who, first: Quantity) -> Iterator[Promise]:
    """Yield the amounts joined to the first: "1,200 places in 2025 and 1,400 in 2026"."""
    before = first
    for one in case.scene.quantities:
        if one.start <= before.end:
            continue
        joined = phrases(case.language, TOPIC, "sums").search(case.plain, before.end, one.start)
        other = phrases(case.language, TOPIC, "not_promised").search(case.plain, before.end, one.start)
        if one.kind != first.kind or one.unit != first.unit or not joined or other:
            return
        yield _of(case, Extent(one.start, case.reach.end), subject, one)
        before = one


def _of(case: Case, place: Extent, subject: Who, amount: Quantity | None) -> Promise:
    unit = unit_of(case.scene, amount) if amount else None
    action = action_of(case.actions(place), amount)
    binder = Trigger(place.start, place.start, case.binder.says)
    return Promise(case.scene, binder, place, subject, amount, unit, action)


def _after_colon(case: Case) -> Iterator[Promise]:
    """Yield the amount of who is named before a colon: "the largest pledge is Germany's: 40 million"."""
    scene = case.scene
    for one in scene.actors():
        gap = _after_label(case.language).match(case.plain, one.end, scene.sentence.end)
        amount = next((each for each in scene.quantities if gap and each.start == gap.end()), None)
        promised = case.has("bare_leads", scene.sentence.start, one.start)
        if amount is not None and _counts(case, amount) and promised:
            yield _of(case, Extent(one.start, case.reach.end), Who((one.entity,), one), amount)


def _label(scene: Scene, amount: Quantity) -> Who | None:
    """Return who is the label of an item that opens with an amount; `None` where other words stand before."""
    language, start = scene.found.text.language, scene.sentence.start
    named = [one for one in scene.actors() if one.end <= amount.start]
    opening = _before_amount(language).match(scene.found.text.plain, start, amount.start)
    if opening and opening.end() == amount.start:
        return NOBODY
    if len(named) == 0 or amount.start - start > _LABEL:
        return None
    after = _after_label(language).match(scene.found.text.plain, named[-1].end, amount.start)
    if after is None or after.end() != amount.start or named[0].start - start > 5:
        return None
    return all_of(named)


def _counts(case: Case, amount: Quantity) -> bool:
    """Tell whether an amount may be promised by itself: money, permits, or places for people."""
    unit = unit_of(case.scene, amount) or ""
    if amount.value is None:
        return False
    places = unit.startswith("person") and case.has("raised", amount.start, amount.end + _OPENING)
    return amount.kind == "MONEY" or unit.startswith("authorization") or places


def _is_promised(case: Case) -> bool:
    """Tell whether the heading of a list, or else the title of the text, promises what it lists."""
    voices, scene, plain, language = case.voices, case.scene, case.plain, case.language
    lead = next((one for one in reversed(voices.every[: scene.number]) if one.sentence.kind != "item"), None)
    if lead is None:
        return False
    promised, past = (phrases(language, TOPIC, group) for group in ("bare_leads", "bare_facts"))
    if past.search(plain, lead.sentence.start, lead.sentence.end):
        return False
    titles = [one for one in voices.every[:_TITLES] if one.sentence.kind in {"heading", "prose"}]
    return any(promised.search(plain, one.sentence.start, one.sentence.end) for one in (lead, *titles))


@cache
def _before_amount(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{before_amount(language)}", re.IGNORECASE)


@cache
def _after_label(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\([^()\n]{{1,20}}\)\s*)?[:,-]\s*{before_amount(language)}", re.IGNORECASE)
