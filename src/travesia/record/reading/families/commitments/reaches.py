"""Reaches: the stretch of a sentence in which the details of a deed stand."""

from __future__ import annotations

from travesia.record.reading.families.commitments.binding import FURTHEST, Promise
from travesia.record.reading.nouns import Extent


def reach_of(promise: Promise) -> Extent:
    """Return the stretch in which the details of a deed stand: from its first word to where it ends."""
    anchor = promise.quantity or promise.action or promise.deed
    start = min(promise.deed.start, anchor.start)
    return Extent(start, min(max(promise.deed.end, anchor.end), start + FURTHEST))


def rest_of(promise: Promise) -> Extent:
    """Return the stretch after the amount or the action of a deed."""
    anchor = promise.quantity or promise.action
    reach = reach_of(promise)
    return Extent(min(anchor.end if anchor else reach.start, reach.end), reach.end)
