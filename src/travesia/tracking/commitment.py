"""A commitment as tracking needs it, read from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from travesia.record import Ledger, Record
from travesia.terms import Cite, InputError, parse_day

BASES = ("announced", "offered", "pledged", "committed", "agreed")
"""How firmly a commitment was said, from the least to the most."""

BOUNDS = ("exact", "about", "at_least", "up_to")
"""How an amount is meant; ``up_to`` is a ceiling, which promises no floor."""

RELATIONS = ("part_of", "total_of", "adds_to", "amends", "supersedes", "withdraws", "blocks")
"""What a commitment does to another one."""

_PREFIX = "com:"


@dataclass(frozen=True)
class Commitment:
    """Who promised what, to whom, by when.

    `made` is the day on which the commitment first became known. `iso3` is the state that made it (``None``
    for several or none). `amount` is ``None`` where the text names none; `last_day` is inclusive, as texts
    state it, and ``None`` where no end was named. `measured_by` is the series that counts delivery.
    """

    id: str
    made: date
    iso3: str | None
    title: str
    amount: float | None
    unit: str | None
    bound: str
    basis: str
    first_day: date
    last_day: date | None
    beneficiaries: tuple[str, ...]
    measured_by: str | None
    relation: str | None
    related_to: str | None
    cites: tuple[Cite, ...]

    @property
    def is_money(self) -> bool:
        """Whether the amount is money."""
        return self.unit == "USD"


def commitments_of(ledger: Ledger, known: date | None = None) -> list[Commitment]:
    """Read the commitments of a ledger, by the day they were made and id.

    Parameters
    ----------
    ledger
        Records of type commitment; other records are passed over.
    known
        Take the versions known at the end of this day; by default the newest.

    Raises
    ------
    InputError
        For a record whose fields are not as a commitment's must be, naming record and field.
    """
    if known is None:
        records = ledger.accepted()
    else:
        records = tuple(standing.record for standing in ledger.as_of(valid=known, known=known))
    found = [
        _read(record, ledger.first_known(record.id)) for record in records if record.type == "commitment"
    ]
    return sorted(found, key=lambda one: (one.made, one.id))


def _read(record: Record, made: date) -> Commitment:
    fields = record.fields
    start, last = _day(record, "period_start"), _day(record, "period_end")
    if start and last and last < start:
        raise _fault(record, "period_end", "is before the start of the period")
    quantity = fields.get("quantity")
    if quantity is not None and (isinstance(quantity, bool) or not isinstance(quantity, int | float)):
        raise _fault(record, "quantity", "is not a number")
    related = fields.get("related_to")
    return Commitment(
        id=_short(record.id),
        made=made,
        iso3=_actor(fields),
        title=str(fields.get("commitment") or fields.get("action") or _short(record.id)),
        amount=quantity,
        unit=fields.get("unit"),
        bound=_one_of(record, "bound", BOUNDS) or "exact",
        basis=_one_of(record, "basis", BASES) or "announced",
        first_day=start or made,
        last_day=last,
        beneficiaries=tuple(fields.get("beneficiaries") or ()),
        measured_by=fields.get("measured_by"),
        relation=_one_of(record, "relation", RELATIONS),
        related_to=None if related is None else _short(related),
        cites=record.cites,
    )


def _short(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _actor(fields: Mapping[str, Any]) -> str | None:
    actor = fields.get("actor") or []
    actors = [actor] if isinstance(actor, str) else list(actor)
    return actors[0].removeprefix("cty:") if len(actors) == 1 else None


def _day(record: Record, name: str) -> date | None:
    text = record.fields.get(name)
    if text is None:
        return None
    try:
        return parse_day(str(text))
    except ValueError:
        raise _fault(record, name, "is not a day written YYYY-MM-DD") from None


def _one_of(record: Record, name: str, allowed: tuple[str, ...]) -> str | None:
    value = record.fields.get(name)
    if value is not None and value not in allowed:
        raise _fault(record, name, f"is none of {', '.join(allowed)}")
    return None if value is None else str(value)


def _fault(record: Record, name: str, problem: str) -> InputError:
    return InputError(record.id, problem, "amend the record", column=name, value=record.fields.get(name))
