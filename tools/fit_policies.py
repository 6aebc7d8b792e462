"""What annotated policies teach beyond their units: which of the days near a policy ends it.

Each annotated policy is read as it would be: by the rules that find it, or from its unit where none does.
Each day near it is a row: its signs, and the slot that it fills in the annotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from travesia.record.reading.families.policies.likely import likely_policy
from travesia.record.reading.families.policies.policies import policies
from travesia.record.reading.learned import Unit
from travesia.record.reading.learned.dates import ENDS, days
from travesia.record.reading.learned.weighing import is_told_in, trimmed
from travesia.record.reading.nouns import Extent, Found, Proposal


def policy_days(
    found: Found, records: Sequence[Mapping[str, Any]], cut: Sequence[Unit]
) -> Iterator[tuple[frozenset[str], str]]:
    """Yield the signs of each day near an annotated policy, with the slot that it fills or ``none``."""
    every = list(policies(found))
    for one in records:
        if one["type"] != "policy":
            continue
        fields, span = one["fields"], Extent(one["evidence"][0]["start"], one["evidence"][0]["end"])
        unit = max(cut, key=lambda each: _shared(each, span))
        read = _read(every, span) or likely_policy(unit.scene, trimmed(unit), fields.get("kind", "other"))
        for day in days(unit, read, fields.get("status")):
            yield day.signs, next((name for name in ENDS if fields.get(name) == day.value), "none")


def _read(every: Sequence[Proposal], span: Extent) -> Proposal | None:
    """Return what the rules read where a record is told."""
    there = [one for one in every if is_told_in(span, one.evidence[0])]
    return max(there, key=lambda one: _shared(one.evidence[0], span), default=None)


def _shared(one: Extent, other: Extent) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
