"""Allocations: rows of a table under a promise, each a promise of its own that inherits from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import before_amount, is_money
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Mention, Proposal, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers, phrase_pattern, phrases

TOPIC = "commitments"

_INHERITED = (
    "actor", "action", "unit", "bound", "beneficiary", "period", "under", "binding", "measurable",
    "status_at_document",
)  # fmt: skip
_LABEL = re.compile(r"[\s.:\u2026_\t|-]*$")
_NEAR = 60
"""How near a part of an amount those stand whom it is for, in code points."""

_CLOSE = 6
"""How near behind a part of an amount its year stands, in code points."""

_RECEIVING = ("GROUP", "NORP", "ORG", "GPE")
_AFTER = 3
"""How many sentences after a promise its table may be introduced."""


def allocations(voices: Voices, scene: Scene, promise: Proposal) -> Iterator[Proposal]:
    """Propose the rows of the table that follows a promise of an amount, where a sentence introduces it.

    The label of a row is where people come from, or who promises, as the words of the introduction say.
    """
    if promise.fields.get("quantity") is None:
        return
    for number in range(scene.number, min(scene.number + _AFTER, len(voices.every))):
        opening = voices.every[number]
        cues = find_triggers(scene.found.text, TOPIC, "allocations", opening.sentence)
        if cues:
            for row in voices.every[number + 1 :]:
                amount = _amount(row)
                if amount is None:
                    return
                yield _row(row, amount, promise, str(cues[-1].says["label"]))


def parts_of(scene: Scene, promise: Proposal) -> Iterator[Proposal]:
    """Propose what part of an amount is for whom: "15 million euros, of which 6 million for schools"."""
    amount = next((one for one in scene.quantities if one.value == promise.fields.get("quantity")), None)
    whole = amount
    for one in scene.quantities:
        if amount is None or whole is None or one.start < amount.end or one.value is None:
            continue
        plain, language = scene.found.text.plain, scene.found.text.language
        if is_share(scene, one) and whole.kind != "RATIO":
            yield _part(scene, one, promise, None)
            return
        leads = phrases(language, TOPIC, "part_leads" if amount is whole else "sums")
        small = _led(leads.pattern, language).search(plain, amount.end, one.start) or (
            amount is whole and _listed(language).search(plain, amount.end, one.start)
        )
        like = is_money(scene, whole) and is_money(scene, one)
        part = (like or one.kind == whole.kind != "RATIO") and one.value < (whole.value or 0)
        dated = any(when.value and 0 <= when.start - one.end <= _CLOSE for when in scene.dates)
        goes = dated or phrases(language, TOPIC, "part_goes").match(plain, one.end + 1) is not None
        comes = phrases(language, TOPIC, "part_from").match(plain, one.end + 1)
        giver = next((each for each in scene.actors() if comes and 0 <= each.start - comes.end() <= 12), None)
        people = (one.unit or "").startswith("person")
        told = _of_it(language).match(plain, one.end) is not None
        if not part or not (goes or giver or people or told) or not (small or told):
            return
        yield _part(scene, one, promise, giver)
        amount = one


def is_share(scene: Scene, one: Quantity) -> bool:
    """Tell whether a ratio is a share of what is told right before it: "a third of it for schools"."""
    if one.kind != "RATIO" or one.value is None or not 0 < one.value < 1:
        return False
    plain, language = scene.found.text.plain, scene.found.text.language
    if _of_it(language).match(plain, one.end, scene.sentence.end):
        return True
    goes = phrases(language, TOPIC, "beneficiaries").match(plain, one.end + 1, scene.sentence.end)
    return goes is not None and scene.before(one, 2) == ", "


def _part(scene: Scene, amount: Quantity, promise: Proposal, giver: Mention | None) -> Proposal:
    """Return a part of an amount as a promise of its own, of whom it comes from where that is said."""
    fields: dict[str, Any] = {
        name: promise.fields[name] for name in _INHERITED if name in promise.fields and name != "beneficiary"
    }
    counted = amount.unit in {None, "other"} and amount.kind != "MONEY"
    fields |= {"quantity": amount.value, "unit": fields.get("unit") if counted else amount.unit}
    after = [one for one in scene.mentions if 0 <= one.start - amount.end <= _NEAR and one.type in _RECEIVING]
    if giver is not None:
        fields["actor"] = [scene.country_of(giver.entity) or giver.entity]
    elif after:
        fields["beneficiary"] = after[0].entity
    evidence = Extent(amount.start, after[0].end if after else min(scene.sentence.end, amount.end + _NEAR))
    end = len(scene.found.text.plain[evidence.start : evidence.end].rstrip(" ,.;"))
    evidence = Extent(evidence.start, evidence.start + end)
    return Proposal(
        id=record_id(scene.found, "commitment", evidence), type="commitment", fields=fields,
        evidence=(evidence,), certainty=promise.certainty, modality=promise.modality,
        attribution=promise.attribution, slots={"quantity": Extent(amount.start, amount.end)},
        abstained=() if after else ("beneficiary",),
    )  # fmt: skip


@cache
def _of_it(language: str) -> re.Pattern[str]:
    """Match "of which" behind a share, and what the share goes to."""
    section = cues(language, TOPIC)
    of, goes = (
        phrase_pattern(section["of_it"]),
        phrase_pattern(section["part_goes"]),
    )
    return re.compile(rf"\s+{of},?\s+{goes}", re.IGNORECASE)


@cache
def _listed(language: str) -> re.Pattern[str]:
    """Match a colon and the small words before the first part of an amount, at the end of a stretch."""
    return re.compile(rf":\s*{before_amount(language)}$", re.IGNORECASE)


@cache
def _led(leads: str, language: str) -> re.Pattern[str]:
    """Match what leads to a part of an amount, with the small words before it, at the end of a stretch."""
    return re.compile(rf"{leads}\s*{before_amount(language)}$", re.IGNORECASE)


def _amount(row: Scene) -> Quantity | None:
    """Return the amount of a row: the only one of a line that holds little else than its label."""
    if row.sentence.kind == "prose" or len(row.quantities) != 1:
        return None
    amount = row.quantities[0]
    label = _label(row, amount)
    return amount if amount.value is not None and 0 < len(row.words(label).split()) <= 8 else None


def _label(row: Scene, amount: Quantity) -> Extent:
    words = row.found.text.plain[row.sentence.start : amount.start]
    return Extent(row.sentence.start, row.sentence.start + len(_LABEL.sub("", words)))


def _row(row: Scene, amount: Quantity, promise: Proposal, slot: str) -> Proposal:
    label = _label(row, amount)
    fields: dict[str, Any] = {name: promise.fields[name] for name in _INHERITED if name in promise.fields}
    fields["quantity"] = amount.value
    fields["unit"] = amount.unit or fields.get("unit")
    named = [one.entity for one in row.mentions if one.end <= amount.start]
    if named:
        fields[slot] = list(dict.fromkeys(named))
    evidence = Extent(label.start, amount.end)
    return Proposal(
        id=record_id(row.found, "commitment", evidence), type="commitment", fields=fields,
        evidence=(evidence,), certainty=promise.certainty, modality=promise.modality,
        attribution=promise.attribution, slots={"quantity": Extent(amount.start, amount.end)},
        abstained=() if named else (slot,),
    )  # fmt: skip
