"""Records that may say the same: found for a reviewer to merge, never merged by themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from travesia.record.ledger.folding import Proposed
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.validity import days_of
from travesia.record.reading.plain import without_accents
from travesia.record.record import Record

LEAST_DIGITS = 2
"""Two numbers agree where they are equal once rounded to the digits of the rounder one, at least two."""

_ARTICLES = frozenset({"the", "el", "la", "los", "las", "le", "les", "l", "o", "a", "os", "as"})
_SAME = MappingProxyType({
    "commitment": "the same actor, action and unit", "figure": "the same measured in the same unit",
})  # fmt: skip
_NAMED = ("instrument", "policy", "event", "actor")


@dataclass(frozen=True)
class MergeCandidate:
    """A proposal (``pro:``) or accepted record that may say the same, and why one would think so."""

    id: str
    record: Record
    reason: str


def merge_candidates(ledger: Ledger, proposal: Proposed) -> tuple[MergeCandidate, ...]:
    """Return what may say the same as a proposal: accepted records first, then open proposals.

    A candidate has the same type and either the same name, or the same actor and action and a quantity in
    the same unit that agrees by rounding, or periods that overlap; of participations, the same part in the
    same thing.
    """
    others: list[tuple[str, Record]] = [(record.id, record) for record in ledger.accepted()]
    others += [(one.id, one.record) for one in ledger.proposed() if one.id != proposal.id]
    found = []
    for name, other in others:
        if other.type == proposal.record.type and (reason := _reason(ledger, proposal.record, other)):
            found.append(MergeCandidate(name, other, reason))
    return tuple(found)


def agree(one: float, other: float) -> bool:
    """Tell whether two numbers may be the same, one of them rounded: 407 and 406.9, not 20,000 and 24,000."""
    if one == other:
        return True
    digits = max(LEAST_DIGITS, min(_digits(one), _digits(other)))
    return _rounded(one, digits) == _rounded(other, digits)


def _reason(ledger: Ledger, one: Record, other: Record) -> str | None:
    mine, theirs = one.fields, other.fields
    if one.type == "participation":
        same = ledger.resolved(str(mine.get("of"))) == ledger.resolved(str(theirs.get("of")))
        alike = same and mine.get("role") == theirs.get("role") and _actors(mine) & _actors(theirs)
        return "the same part in the same thing" if alike else None
    if one.type in _NAMED:
        alike = _base(one.id) == _base(other.id) or _names(mine) & _names(theirs)
        return f"the same name: {theirs.get('name') or other.id}" if alike else None
    if not _same_doing(one.type, mine, theirs):
        return None
    quantities = (_number(mine), _number(theirs))
    if None not in quantities and mine.get("unit") == theirs.get("unit"):
        if agree(quantities[0] or 0, quantities[1] or 0):
            return f"{_SAME.get(one.type, 'the same')}, and {quantities[0]:,} is about {quantities[1]:,}"
        if _overlap(mine, theirs):
            told = f"{quantities[0]:,} against {quantities[1]:,}"
            return f"{_SAME.get(one.type, 'the same')}, in periods that overlap: {told}"
        return None
    if quantities == (None, None) and _overlap(mine, theirs):
        return "the same actor and action in periods that overlap"
    return None


def _same_doing(kind: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Tell whether two records are by the same actor and of the same doing, as far as both name one."""
    names = {
        "commitment": ("action", "kind"), "figure": ("measures", "place"), "statement": ("stance", "topic"),
        "relation": ("kind", "source", "target"),
    }.get(kind, ())  # fmt: skip
    both = [name for name in names if mine.get(name) and theirs.get(name)]
    if any(_folded(mine[name]) != _folded(theirs[name]) for name in both):
        return False
    if kind in ("commitment", "statement"):
        return bool(_actors(mine) & _actors(theirs))
    return bool(both)


def _actors(fields: Mapping[str, Any]) -> set[str]:
    found = fields.get("iso3") or fields.get("actor") or fields.get("speaker") or []
    many = [found] if isinstance(found, str) else found
    return {str(one).removeprefix("cty:").casefold() for one in many}


def _base(name: str) -> str:
    """Return the id as the reader gave it, without the document that proposing may have put behind it."""
    return re.sub(r"-[0-9a-f]{8}(-\d+)?$", "", name)


def _names(fields: Mapping[str, Any]) -> set[str]:
    found = [fields.get("name"), *(fields.get("aliases") or ())]
    return {folded for one in found if one and (folded := _folded(one))}


def _folded(value: object) -> str:
    """Return a name without case, accents, articles and signs."""
    parts = [value] if not isinstance(value, list) else sorted(map(str, value))
    plain = without_accents(" ".join(map(str, parts)))
    return " ".join(word for word in re.findall(r"[^\W_]+", plain) if word not in _ARTICLES)


def _number(fields: Mapping[str, Any]) -> float | None:
    value = fields.get("quantity", fields.get("value"))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _overlap(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    one, other = _period(mine), _period(theirs)
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _period(fields: Mapping[str, Any]) -> tuple[str, str] | None:
    texts: Iterable[Any] = (fields.get("period"), fields.get("period_start"), fields.get("as_of"))
    first = next((days_of(text)[0] for text in texts if text), None)
    last = days_of(fields.get("period_end") or fields.get("period") or fields.get("as_of"))[1]
    if first is None and last is None:
        return None
    return (first.isoformat() if first else "0000", last.isoformat() if last else "9999")


def _digits(value: float) -> int:
    text = f"{abs(value):.15g}".split("e")[0].replace(".", "").strip("0")
    return max(len(text), 1)


def _rounded(value: float, digits: int) -> float:
    if not value or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))
