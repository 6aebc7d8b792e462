"""What annotated policies teach beyond their units: their status, and which of the days near them is an end.

Each annotated policy is read as it would be: by the rules that find it, or from its unit where none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fit_rows import first_span, shared, unit_of
from travesia.record.reading.families.policies.likely import likely_policy
from travesia.record.reading.families.policies.policies import policies
from travesia.record.reading.learned import Unit
from travesia.record.reading.learned.dates import ENDS, days
from travesia.record.reading.learned.notions import modality_signs, status_signs
from travesia.record.reading.learned.units import is_told_in, trimmed
from travesia.record.reading.nouns import Extent, Found, Proposal

Row = tuple[frozenset[str], str]
Told = tuple[Mapping[str, Any], Unit, Proposal]


def told_policies(found: Found, records: Sequence[Mapping[str, Any]], cut: Sequence[Unit]) -> Iterator[Told]:
    """Yield the fields of each annotated policy, the unit that tells most of it, and what is read there."""
    every = list(policies(found))
    for one in records:
        if one["type"] == "policy":
            span = first_span(one)
            fields = one["fields"] | {"modality": one["modality"]}
            unit = unit_of(cut, span)
            kind = str(fields.get("kind", "other"))
            yield (
                fields,
                unit,
                _read(every, span) or likely_policy(unit.scene, trimmed(unit.scene, unit), kind),
            )


def status_rows(told: Sequence[Told]) -> Iterator[Row]:
    """Yield the signs of each policy that has a status, with it."""
    for fields, unit, read in told:
        if fields.get("status"):
            yield status_signs(unit, read.fields.get("kind")), fields["status"]


def modality_rows(told: Sequence[Told]) -> Iterator[Row]:
    """Yield the signs of each policy, its status among them, with its modality."""
    for fields, unit, read in told:
        signs = modality_signs(unit, read.fields.get("kind"), fields.get("status"))
        yield signs, fields["modality"]


def day_rows(told: Sequence[Told]) -> Iterator[Row]:
    """Yield the signs of each day near a policy, with the slot that it fills or ``none``."""
    for fields, unit, read in told:
        for day in days(unit, read, fields.get("status")):
            yield day.signs, next((name for name in ENDS if fields.get(name) == day.value), "none")


def _read(every: Sequence[Proposal], span: Extent) -> Proposal | None:
    """Return what the rules read where a record is told."""
    there = [one for one in every if is_told_in(span, one.evidence[0])]
    return max(there, key=lambda one: shared(one.evidence[0], span), default=None)
