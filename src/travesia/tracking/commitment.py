"""A commitment as tracking needs it, read from the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from travesia.record import Ledger, Record
from travesia.terms import Cite, InputError, Span, month_span, parse_day, parse_month

BASES = ("announced", "offered", "pledged", "committed", "agreed")
"""How firmly a commitment was said, from the least to the most."""

BOUNDS = ("exact", "about", "at_least", "up_to")
"""How an amount is meant; ``up_to`` is a ceiling, which promises no floor."""

RELATIONS = ("part_of", "total_of", "adds_to", "amends", "supersedes", "withdraws", "blocks")
"""What a commitment does to another one."""

COUNTED_STAGES = ("committed", "disbursed", "spent")
"""Stages of money that may count as delivered, if the commitment says so; a pledge never does."""

CURVES = ("linear", "front_loaded", "back_loaded", "parallel_year")
"""How delivery was to come over the window; see `travesia.tracking.curves`."""

_PREFIX = "com:"
_STATE = re.compile(r"(?:cty:)?([A-Z]{3})")
_AS_READ: Mapping[str, str] = MappingProxyType(
    {
        "stated": "announced", "assured": "announced", "hinted": "announced", "planned": "announced",
        "agreed_need": "announced", "mobilised": "committed", "in_progress": "committed",
        "in_force": "committed",
    }
)  # fmt: skip
"""Basis of a commitment by its ``status_at_document`` as read from a text, where the words differ."""
_RESTATED = ("quantity", "unit", "bound", "period_start", "period_end", "period", "beneficiaries",
             "beneficiary", "scope")  # fmt: skip
"""Fields of which a later version may change what was promised."""


@dataclass(frozen=True)
class Commitment:
    """Who promised what, to whom, by when.

    `made` is the day on which the commitment first became known. `iso3` is the state that made it (``None``
    for several or none). `amount` is ``None`` where the text names none; `last_day` is inclusive, as texts
    state it, and ``None`` where no end was named. `measured_by` is the series that counts delivery, `stage`
    the stage of money that counts as delivered. `held_by` is the condition on which it still waits.
    `curve` names how delivery was to come; `curve_series` and `curve_from` (a month) are for a parallel
    year. `restated` tells what a later version changed. `notes` are doubts that the record states, by kind.
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
    measurable: bool = True
    stage: str = "disbursed"
    held_by: str | None = None
    curve: str = "linear"
    curve_series: str | None = None
    curve_from: str | None = None
    restated: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether the amount is money: its unit is a currency."""
        return bool(re.fullmatch("[A-Z]{3}", self.unit or ""))

    @property
    def record(self) -> str:
        """Id of the record in the ledger."""
        return f"{_PREFIX}{self.id}"

    @property
    def window(self) -> Span:
        """The days over which delivery was promised; without an end where none was named."""
        return Span.from_last_day(self.first_day, self.last_day)


def commitments_of(ledger: Ledger, known: date | None = None) -> list[Commitment]:
    """Read the commitments of a ledger, by the day they were made and id.

    A record that another one supersedes is kept, as it stood, with the other one named as what ended it.

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
    records = records_of(ledger, known)
    read = [_read(record, _first(ledger, record.id)) for record in _with_replaced(ledger, records)]
    found = [
        one if one.related_to is None else replace(one, related_to=resolved_id(ledger, one.related_to))
        for one in read
    ]
    return sorted(found, key=lambda one: (one.made, one.id))


def records_of(ledger: Ledger, known: date | None) -> tuple[Record, ...]:
    """Return the records of a ledger as known at the end of a day, by default the newest."""
    if known is None:
        return ledger.accepted()
    return tuple(standing.record for standing in ledger.as_of(valid=known, known=known))


def short_id(name: str) -> str:
    """Return the id of a commitment without the prefix of its record."""
    return name.removeprefix(_PREFIX)


def resolved_id(ledger: Ledger, name: str) -> str:
    """Return the id of the commitment that one was merged into, or its own, without the prefix."""
    return short_id(ledger.resolved(f"{_PREFIX}{short_id(name)}"))


def _first(ledger: Ledger, name: str) -> Record:
    """Return the version of a record that was known first."""
    return min(ledger.versions(name), key=lambda version: version.known_from)


def _with_replaced(ledger: Ledger, records: tuple[Record, ...]) -> list[Record]:
    """Return the commitments among records, and those that they supersede, as they last stood."""
    found = {record.id: record for record in records if record.type == "commitment"}
    waiting = list(found.values())
    while waiting:
        record = waiting.pop()
        name = None if record.supersedes is None else ledger.resolved(record.supersedes)
        if name is None or name in found:
            continue
        stood = [version for version in ledger.versions(name) if version.known_from <= record.known_from]
        if stood and stood[-1].type == "commitment":
            found[name] = max(reversed(stood), key=lambda version: version.known_from)
            waiting.append(found[name])
    return list(found.values())


def _read(record: Record, first: Record) -> Commitment:
    fields = record.fields
    start, last = _period(record)
    quantity = fields.get("quantity")
    if quantity is not None and (isinstance(quantity, bool) or not isinstance(quantity, int | float)):
        raise _fault(record, "quantity", "is not a number")
    related, relation = fields.get("related_to"), _one_of(record, "relation", RELATIONS)
    if relation is None and record.supersedes is not None:
        related, relation = record.supersedes, "supersedes"
    bound = "at_least" if fields.get("bound") == "more_than" else _one_of(record, "bound", BOUNDS)
    waits = record.modality == "conditional" and fields.get("condition")
    read = Commitment(
        id=short_id(record.id),
        made=first.known_from,
        iso3=_actor(fields),
        title=str(fields.get("commitment") or fields.get("action") or short_id(record.id)),
        amount=quantity,
        unit=fields.get("unit"),
        bound=bound or "exact",
        basis=_basis(record),
        first_day=start or first.known_from,
        last_day=last,
        beneficiaries=_states(fields.get("beneficiaries") or fields.get("beneficiary")),
        measured_by=fields.get("measured_by"),
        relation=relation,
        related_to=None if related is None else short_id(related),
        cites=record.cites,
        measurable=fields.get("measurable") is not False,
        held_by=str(waits) if waits else None,
        restated=_restated(record, first),
        notes=_notes(record),
    )
    return _with_curve(read, record)


def _with_curve(read: Commitment, record: Record) -> Commitment:
    """Return the commitment with what the record says of its pace, and of the stage that counts."""
    month = record.fields.get("curve_from")
    curve = _one_of(record, "curve", CURVES) or "linear"
    try:
        month = None if month is None else parse_month(str(month))
    except ValueError:
        raise _fault(record, "curve_from", "is not a month written YYYY-MM") from None
    if curve == "parallel_year" and month is None:
        raise _fault(record, "curve_from", "is missing, and a parallel year needs its first month")
    series = record.fields.get("curve_series") or read.measured_by
    stage = _one_of(record, "stage", COUNTED_STAGES) or "disbursed"
    return replace(read, curve=curve, curve_series=series, curve_from=month, stage=stage)


def _actor(fields: Mapping[str, Any]) -> str | None:
    actor = fields.get("actor") or []
    actors = [actor] if isinstance(actor, str) else list(actor)
    states = _states(actors)
    return states[0] if len(actors) == len(states) == 1 else None


def _states(named: object) -> tuple[str, ...]:
    """Return the codes of states among what a record names, once each; groups and persons are no states."""
    names = [named] if isinstance(named, str) else list(named) if isinstance(named, list | tuple) else []
    return tuple(dict.fromkeys(match[1] for name in names if (match := _STATE.fullmatch(str(name)))))


def _basis(record: Record) -> str:
    said = record.fields.get("status_at_document")
    return _one_of(record, "basis", BASES) or _AS_READ.get(str(said), said if said in BASES else "announced")


def _notes(record: Record) -> tuple[tuple[str, str], ...]:
    """Return doubts that the record itself states about its scope, each with its kind."""
    fields, told = record.fields, []
    for name, kind in (("period_note", "period"), ("scope_note", "region")):
        if fields.get(name):
            told.append((kind, str(fields[name])))
    if year := fields.get("currency_year"):
        told.append(("prices", f"the amount is in prices of {year}; what is paid is counted as paid"))
    return tuple(told)


def _restated(record: Record, first: Record) -> str | None:
    """Tell what a later version changed in what was promised."""
    told = []
    for name in _RESTATED:
        was, now = first.fields.get(name), record.fields.get(name)
        if was == now:
            continue
        long = any(isinstance(value, list | tuple) for value in (was, now))
        told.append(name if long else f"{name} from {_shown(was)} to {_shown(now)}")
    return f"restated on {record.known_from}: {', '.join(told)}" if told else None


def _shown(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.10g}"
    return "none" if value is None else str(value)


def _period(record: Record) -> tuple[date | None, date | None]:
    """Return first and last day of the period, of its two fields or of the text ``period``."""
    start, last = _day(record, "period_start"), _day(record, "period_end")
    whole = record.fields.get("period")
    if start is None and last is None and isinstance(whole, str):
        begin, slash, end = whole.partition("/")
        start = _span_of(record, begin)[0]
        last = _span_of(record, end if slash else begin)[1]
    if start and last and last < start:
        raise _fault(record, "period_end", "is before the start of the period")
    return start, last


def _span_of(record: Record, text: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of a year, month or day as texts write them; of an open end none."""
    plain = text.strip().removesuffix("~")
    if plain in ("", ".."):
        return None, None
    try:
        if re.fullmatch("[0-9]{4}", plain):
            return date(int(plain), 1, 1), date(int(plain), 12, 31)
        if re.fullmatch("[0-9]{4}-[0-9]{2}", plain):
            month = month_span(parse_month(plain))
            return month.start, month.start + timedelta(days=month.days - 1)
        return parse_day(plain), parse_day(plain)
    except ValueError:
        raise _fault(record, "period", "is no day, month or year, or two of them with / between") from None


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
