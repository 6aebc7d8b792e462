"""Allocations: rows of a table under a promise, each a promise of its own that inherits from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Proposal, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers

TOPIC = "commitments"

_INHERITED = (
    "actor", "action", "unit", "bound", "beneficiary", "period", "under", "binding", "measurable",
    "status_at_document",
)  # fmt: skip
_LABEL = re.compile(r"[\s.:\u2026_\t|-]*$")
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
