"""Records that contradict one another or themselves: named for a reviewer, never corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from travesia.record.ledger.duplicates import agree
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.validity import days_of
from travesia.record.record import Record

_ROUGH = ("about", "approximate", "almost", "up_to", "vague")


@dataclass(frozen=True)
class LintFinding:
    """What is wrong with a record; an ``error`` contradicts itself, a ``warning`` is worth a look."""

    id: str
    check: str
    level: Literal["error", "warning"]
    text: str


def lint(ledger: Ledger, *, proposals: bool = True) -> tuple[LintFinding, ...]:
    """Look for contradictions among the accepted records, and the open `proposals` beside them.

    Parts against their total, lists against the count stated, an end before a start, one actor both
    signatory and not invited (errors); a period over before its document appeared (a warning).
    """
    records = [*ledger.accepted(), *(one.record for one in ledger.proposed() if proposals)]
    checks = (_parts(records), _lists(ledger, records), _spans(records), _guests(ledger, records))
    return tuple(finding for check in checks for finding in check)


def _parts(records: Sequence[Record]) -> Iterator[LintFinding]:
    """Hold parts against the total that they, or the total, name."""
    by_id = {record.id: record for record in records}
    parts: dict[str, list[Record]] = {}
    for record in records:
        fields = record.fields
        whole, part = (
            (record.id, fields.get("related_to")) if fields.get("relation") == "total_of"
            else (fields.get("related_to"), record.id) if fields.get("relation") == "part_of"
            else (fields.get("target"), fields.get("source")) if fields.get("kind") == "part_of_total"
            else (None, None)
        )  # fmt: skip
        if whole in by_id and part in by_id:
            parts.setdefault(whole, []).append(by_id[part])
    for name, members in parts.items():
        total, unit = _quantity(by_id[name].fields)
        amounts = [_quantity(member.fields) for member in members]
        if total is None or any(amount is None or of != unit for amount, of in amounts):
            continue
        added = sum(amount for amount, _ in amounts if amount is not None)
        rough = by_id[name].fields.get("bound", by_id[name].fields.get("qualifier")) in _ROUGH
        at_least = by_id[name].fields.get("bound") in ("at_least", "more_than")
        if added > total and not at_least and not (rough and agree(added, total)):
            told = ", ".join(member.id for member in members)
            text = f"its parts ({told}) come to {added:,} {unit}, more than {total:,}"
            yield LintFinding(name, "parts", "error", text)


def _lists(ledger: Ledger, records: Sequence[Record]) -> Iterator[LintFinding]:
    """Hold lists against the count that the record states."""
    signed: dict[str, set[str]] = {}
    for record in records:
        if record.type == "participation" and record.fields.get("role") == "signatory":
            signed.setdefault(ledger.resolved(str(record.fields.get("of"))), set()).add(_actor(record.fields))
    for record in records:
        fields = record.fields
        for name in ("signatories", "participants"):
            stated, listed = fields.get(f"n_{name}"), fields.get(name)
            count = len(set(map(str, listed))) if isinstance(listed, list) and listed else None
            if name == "signatories" and count is None and record.id in signed:
                count = len(signed[record.id])
            if isinstance(stated, int) and count is not None and count != stated:
                yield LintFinding(record.id, "count", "error", f"states {stated} {name}, {count} are listed")


def _spans(records: Iterable[Record]) -> Iterator[LintFinding]:
    """Find an end before a start, and a commitment whose period was over before it was known."""
    for record in records:
        fields = record.fields
        period = days_of(fields.get("period") or fields.get("date_range"))
        first = days_of(fields.get("start") or fields.get("period_start"))[0] or period[0]
        last = days_of(fields.get("end") or fields.get("period_end"))[1] or period[1]
        if first and last and last < first:
            yield LintFinding(record.id, "span", "error", f"ends on {last}, before its start {first}")
        elif record.type == "commitment" and last and last < record.known_from:
            text = f"its period ends on {last}, before its document of {record.known_from}"
            yield LintFinding(record.id, "period", "warning", text)


def _guests(ledger: Ledger, records: Iterable[Record]) -> Iterator[LintFinding]:
    """Find an actor that signed what it was not invited to."""
    roles: dict[tuple[str, str], dict[str, str]] = {}
    for record in records:
        if record.type == "participation" and record.fields.get("of"):
            key = (ledger.resolved(str(record.fields["of"])), _actor(record.fields))
            roles.setdefault(key, {}).setdefault(str(record.fields.get("role")), record.id)
    for (thing, actor), held in roles.items():
        if {"signatory", "not_invited"} <= set(held):
            text = f"{actor} signed {thing}, and by {held['not_invited']} was not invited to it"
            yield LintFinding(held["signatory"], "invited", "error", text)


def _actor(fields: Mapping[str, Any]) -> str:
    return str(fields.get("iso3") or fields.get("actor")).removeprefix("cty:")


def _quantity(fields: Mapping[str, Any]) -> tuple[float | None, str | None]:
    value = fields.get("quantity", fields.get("value"))
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return value if known else None, fields.get("unit")
