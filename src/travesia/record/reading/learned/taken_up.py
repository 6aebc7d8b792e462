"""Taken up: what a text says next of a measure, "the decree lapses in May", is told of the measure before it.

A bare noun that tells no kind of measure is none of its own: its day goes to the last measure of its
paragraph where that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from travesia.record.reading.learned.dates import ENDS
from travesia.record.reading.nouns import Found, Proposal

_BARE = 3
"""How many words a noun has at most that takes up what was told before: "the new decree"."""

_STORY = 4
"""In how many places a text tells of what it is about at least."""


def taken_up(found: Found, policies: Sequence[Proposal]) -> list[Proposal]:
    """Return the policies without those that are no more than a noun, whose days go to the one before."""
    kept: list[Proposal] = []
    for one in sorted(policies, key=lambda one: one.evidence[0].start):
        if not _is_bare(found, one):
            kept.append(one)
        elif kept and not found.text.plain.count("\n", kept[-1].evidence[0].start, one.evidence[0].start):
            kept[-1] = _with_days(kept[-1], one)
    return kept


def _is_bare(found: Found, one: Proposal) -> bool:
    first = one.evidence[0]
    few = len(found.text.plain[first.start : first.end].split()) <= _BARE
    return few and one.fields.get("kind") == "other" and not is_story(one)


def _with_days(before: Proposal, one: Proposal) -> Proposal:
    """Return a policy with the days of what takes it up, where it has none that end it."""
    days = {slot: one.fields[slot] for slot in ENDS if one.fields.get(slot)}
    if not days or any(before.fields.get(slot) for slot in ENDS):
        return before
    slots = {slot: one.slots[slot] for slot in days if slot in one.slots}
    return replace(
        before, fields={**before.fields, **days}, slots={**before.slots, **slots},
        evidence=(*before.evidence, one.evidence[0]),
        abstained=tuple(slot for slot in before.abstained if slot not in days),
    )  # fmt: skip


def is_story(read: Proposal) -> bool:
    """Tell whether a record is what a text is about: told of in many places."""
    return len(read.evidence) >= _STORY
