"""Which of many overlapping finds are mentions, and which of them lie inside a longer one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from travesia.record.reading.nouns import Mention

_RANK = ("", "PER", "GPE_METONYM", "DOC", "EVENT", "ORG", "BORDER", "GROUP", "PER_ROLE", "GPE", "LOC", "NORP")
"""Of finds of one extent the first type wins."""


_NO_GROUP_IN = ("ORG", "EVENT", "DOC", "PER_ROLE")
"""A group in such a name is no mention of its own: "High Commissioner for Refugees"."""


_NAMES = ("ORG", "EVENT", "DOC")


@dataclass(frozen=True)
class Find:
    """A stretch that may be a mention; an empty `type` only keeps others out.

    An `opaque` one hides what lies inside: "New Mexico" is no mention of Mexico.
    """

    start: int
    end: int
    type: str
    entity: str
    opaque: bool = False


def mentions(finds: Iterable[Find]) -> tuple[Mention, ...]:
    """Return the mentions in the order of the text: the longest wins, what crosses it is dropped.

    What lies wholly inside is nested, unless the longer one is opaque or means the same.
    """
    kept: list[tuple[Find, bool]] = []
    open_: list[Find] = []
    for find in _without_crossings(finds):
        while open_ and open_[-1].end <= find.start:
            open_.pop()
        if any(holder.opaque or holder.entity == find.entity for holder in open_):
            continue
        if find.type == "GROUP" and any(holder.type in _NO_GROUP_IN for holder in open_):
            continue
        if open_ and (open_[-1].start, open_[-1].end) == (find.start, find.end):
            continue
        kept.append((find, any(holder.type for holder in open_)))
        open_.append(find)
    return tuple(Mention(f.start, f.end, f.type, f.entity, nested) for f, nested in kept if f.type)


def longest(finds: Iterable[Find]) -> list[Find]:
    """Return finds without bodies, meetings and instruments that start a longer one of their type."""
    finds = list(finds)
    ends: dict[tuple[int, str], int] = {}
    for find in finds:
        ends[find.start, find.type] = max(find.end, ends.get((find.start, find.type), 0))
    return [find for find in finds if find.type not in _NAMES or find.end == ends[find.start, find.type]]


def _without_crossings(finds: Iterable[Find]) -> list[Find]:
    """Return finds by place, the holder before the held, none crossing a longer one."""
    order = sorted(dict.fromkeys(finds), key=lambda f: (f.start - f.end, _RANK.index(f.type), f.start))
    claimed: dict[int, int] = {}
    kept = []
    for number, find in enumerate(order):
        # An offset claimed by a longer find shows who holds it; two holders at its ends mean a crossing.
        first, last = claimed.get(find.start), claimed.get(find.end - 1)
        if first != last:
            continue
        kept.append(find)
        claimed.update(dict.fromkeys(range(find.start, find.end), number))
    return sorted(kept, key=lambda f: (f.start, -f.end, _RANK.index(f.type)))
