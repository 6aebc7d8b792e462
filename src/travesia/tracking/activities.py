"""Money commitments as IATI activities, version 2.03: what was promised, and what was seen to be paid.

A promise becomes a transaction of type 12 (outgoing pledge), or 2 (outgoing commitment) where the record
says that it binds; only a delivery that a publisher reported becomes 3 (disbursement) or 4 (expenditure).
The order of elements is that of the standard's schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as Xml

import polars as pl

from travesia.record import Ledger
from travesia.terms import UsageError
from travesia.tracking.commitment import Commitment, commitments_of
from travesia.tracking.deliveries import with_links
from travesia.tracking.states import State

VERSION = "2.03"
_LONGEST_BUDGET_DAYS = 366
"""A budget of IATI covers a year at most; a longer window has none, as nothing says how it divides."""
_UNSPECIFIED_REGION, _UNSPECIFIED_SECTOR = "998", "99810"
"""OECD DAC codes for what the record leaves open."""
_STATUS: Mapping[State, str] = MappingProxyType(
    {
        "announced": "1", "pledged": "1", "formalised": "2", "in_progress": "2", "unverifiable": "2",
        "unreported": "2", "met": "4", "exceeded": "4", "lapsed": "4", "blocked": "6",
    }
)  # fmt: skip
"""Activity status by state: 1 pipeline, 2 implementation, 4 closed, 6 suspended."""
_GONE = frozenset({"superseded", "withdrawn"})
_TRANSACTIONS = MappingProxyType({"committed": "2", "disbursed": "3", "spent": "4"})
_RELATED = MappingProxyType({"part_of": "1", "total_of": "2", "adds_to": "3"})
_BOUNDS = MappingProxyType({"up_to": "up to ", "at_least": "at least ", "about": "about "})
_BINDING = frozenset({"committed", "agreed"})
_PLAIN: Mapping[str, str] = MappingProxyType({})
_CONTROL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold, as a form feed between the pages of a PDF."""
_REPORTER = re.compile(r"(?P<ref>[A-Za-z0-9][^\s/&|?]*)\s+(?P<type>[1-9][0-9])\s+(?P<name>\S.*)")


@dataclass(frozen=True)
class Reporter:
    """Who publishes the file: organisation identifier, IATI organisation type, name."""

    ref: str
    type: str
    name: str

    @staticmethod
    def of(text: str) -> Reporter:
        """Read ``XI-IATI-EXAMPLE 80 Name of it``; raises `UsageError` for anything else."""
        found = _REPORTER.fullmatch(text.strip())
        if found is None:
            raise UsageError(
                f"--reporter {text}: is not an identifier, an organisation type and a name; "
                "write it like 'XI-IATI-EXAMPLE 80 Example University'"
            )
        return Reporter(found["ref"], found["type"], found["name"])


@dataclass(frozen=True)
class Activities:
    """The file, and the commitments that are not in it, by the reason."""

    xml: bytes
    written: int
    left_out: Mapping[str, tuple[str, ...]]


def iati_activities(
    ledger: Ledger,
    states: Mapping[str, State],
    deliveries: pl.DataFrame,
    countries: pl.DataFrame,
    reporter: Reporter,
) -> Activities:
    """Write money commitments as a file of IATI activities, the same bytes for the same arguments.

    Parameters
    ----------
    ledger
        With the commitments; those that name no money are left out, and those that no longer stand.
    states
        The state of each on the day of the export, by its id.
    deliveries
        Table of the schema `Deliveries`; rows that name a commitment and are told by who pays become its
        transactions, with the currency and day that they state. A pledge in a file becomes none.
    countries
        Table ``countries`` of a region: iso3, iso2, name_en.
    reporter
        Who publishes. The file says that it reports on others.
    """
    left_out: dict[str, list[str]] = {}
    money: list[Commitment] = []
    for one in commitments_of(ledger):
        reason = _why_not(one, states)
        if reason is None:
            money.append(one)
        else:
            left_out.setdefault(reason, []).append(one.id)
    linked = with_links(deliveries, ledger).sort("last_day", "series", "id")
    writer = _Writer(reporter, countries, {one.id for one in money}, _held_by_others(money))
    root = Xml.Element("iati-activities", {"version": VERSION})
    for one in money:
        rows = linked.filter(pl.col("commitment") == one.id).iter_rows(named=True)
        root.append(writer.activity(one, states[one.id], rows))
    Xml.indent(root)
    text = Xml.tostring(root, encoding="unicode")
    return Activities(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(),
        len(money),
        {reason: tuple(names) for reason, names in left_out.items()},
    )


def _why_not(one: Commitment, states: Mapping[str, State]) -> str | None:
    if not one.is_money:
        return "no money"
    if one.amount is None:
        return "names no amount"
    if one.id not in states:
        return "made after the day"
    return "no longer stands" if states[one.id] in _GONE else None


def _held_by_others(money: Iterable[Commitment]) -> set[str]:
    """Return the commitments whose amount another one of them holds already."""
    known = {one.id: one for one in money}
    held = {one.id for one in known.values() if one.relation == "part_of" and one.related_to in known}
    return held | {
        str(one.related_to)
        for one in known.values()
        if one.relation == "total_of" and one.related_to in known and one.id not in held
    }


class _Writer:
    """Writes activities; `held` are those whose pledge stands in another one already."""

    def __init__(self, reporter: Reporter, countries: pl.DataFrame, known: set[str], held: set[str]) -> None:
        self.reporter, self.known, self.held = reporter, known, held
        rows = countries.select("iso3", "iso2", "name_en").iter_rows()
        self.countries = {iso3: (iso2, name) for iso3, iso2, name in rows}

    def activity(self, one: Commitment, state: State, rows: Iterable[Mapping[str, Any]]) -> Xml.Element:
        """Return one activity, its elements in the order of the schema."""
        activity = Xml.Element("iati-activity", {"default-currency": str(one.unit), "xml:lang": "en"})
        _add(activity, "iati-identifier", text=self._identifier(one.id))
        reporter = {"ref": self.reporter.ref, "type": self.reporter.type, "secondary-reporter": "1"}
        _narrated(activity, "reporting-org", self.reporter.name, reporter)
        _narrated(activity, "title", one.title)
        _narrated(activity, "description", self._told(one), {"type": "1"})
        sources = "; ".join(dict.fromkeys(cite.source for cite in one.cites))
        _narrated(activity, "description", f"Record {one.record}, cited from: {sources}", {"type": "4"})
        self._organisation(activity, "participating-org", one.iso3, None, {"role": "1"})
        _add(activity, "activity-status", {"code": _STATUS[state]})
        _add(activity, "activity-date", {"iso-date": one.first_day.isoformat(), "type": "1"})
        if one.last_day is not None:
            _add(activity, "activity-date", {"iso-date": one.last_day.isoformat(), "type": "3"})
        if one.id not in self.held:
            _budget(activity, one)
            self._pledge(activity, one)
        for row in rows:
            self._delivery(activity, row)
        kind = _RELATED.get(one.relation or "")
        if kind and one.related_to in self.known:
            _add(activity, "related-activity", {"ref": self._identifier(str(one.related_to)), "type": kind})
        return activity

    def _identifier(self, name: str) -> str:
        return f"{self.reporter.ref}-{name}"

    def _told(self, one: Commitment) -> str:
        amount = f"{_BOUNDS.get(one.bound, '')}{one.amount:,.10g} {one.unit}"
        held = ", an amount that a related activity holds already" if one.id in self.held else ""
        last = f" to {one.last_day}" if one.last_day else ", without a last day"
        return f"{one.basis}: {amount}{held}; from {one.first_day}{last}"

    def _pledge(self, activity: Xml.Element, one: Commitment) -> None:
        code = "2" if one.basis in _BINDING else "12"
        transaction = _transaction(activity, one.id, code, one.made, one.amount, str(one.unit))
        _narrated(transaction, "description", self._told(one))
        self._organisation(transaction, "provider-org", one.iso3, None)
        self._where(transaction, None, None)

    def _delivery(self, activity: Xml.Element, row: Mapping[str, Any]) -> None:
        code = _TRANSACTIONS.get(row["stage"] or "")
        if code is None or row["direction"] == "in":
            return
        name = f"{row['series']}:{row['id']}"
        transaction = _transaction(activity, name, code, row["last_day"], row["value"], row["unit"])
        days = (
            "" if row["first_day"] == row["last_day"] else f", from {row['first_day']} to {row['last_day']}"
        )
        _narrated(transaction, "description", f"{row['file']}, row {row['row']}{days}")
        self._organisation(transaction, "provider-org", row["country"], row["provider"])
        self._organisation(transaction, "receiver-org", None, row["receiver"])
        self._where(transaction, row["channel"], row["to_country"])

    def _organisation(
        self,
        parent: Xml.Element,
        tag: str,
        iso3: str | None,
        name: str | None,
        at: Mapping[str, str] = _PLAIN,
    ) -> None:
        """Add who pays or is paid; nobody where neither a state nor a name is known."""
        if iso3 is not None:
            known = self.countries.get(iso3)
            _narrated(parent, tag, f"Government of {known[1] if known else iso3}", {**at, "type": "10"})
        elif name is not None:
            _narrated(parent, tag, name, at)
        elif at:
            _narrated(parent, tag, "Not stated", at)

    def _where(self, transaction: Xml.Element, channel: str | None, iso3: str | None) -> None:
        sector = channel if re.fullmatch("[0-9]{5}", channel or "") else _UNSPECIFIED_SECTOR
        _add(transaction, "sector", {"vocabulary": "1", "code": str(sector)})
        known = self.countries.get(iso3 or "")
        if known and known[0]:
            _add(transaction, "recipient-country", {"code": known[0]})
        else:
            _add(transaction, "recipient-region", {"vocabulary": "1", "code": _UNSPECIFIED_REGION})


def _budget(activity: Xml.Element, one: Commitment) -> None:
    """Add what was planned for the window, where it is no longer than a budget may be."""
    if one.last_day is None or one.last_day - one.first_day >= timedelta(days=_LONGEST_BUDGET_DAYS):
        return
    status = "2" if one.basis in _BINDING else "1"
    budget = _add(activity, "budget", {"type": "1", "status": status})
    _add(budget, "period-start", {"iso-date": one.first_day.isoformat()})
    _add(budget, "period-end", {"iso-date": one.last_day.isoformat()})
    _value(budget, one.amount, str(one.unit), one.made)


def _transaction(
    activity: Xml.Element, ref: str, code: str, day: date, amount: float | None, currency: str
) -> Xml.Element:
    transaction = _add(activity, "transaction", {"ref": ref})
    _add(transaction, "transaction-type", {"code": code})
    _add(transaction, "transaction-date", {"iso-date": day.isoformat()})
    _value(transaction, amount, currency, day)
    return transaction


def _value(parent: Xml.Element, amount: float | None, currency: str, day: date) -> None:
    number = float(amount or 0)
    text = str(int(number)) if number.is_integer() else repr(number)
    _add(parent, "value", {"currency": currency, "value-date": day.isoformat()}, text)


def _narrated(parent: Xml.Element, tag: str, text: str, at: Mapping[str, str] = _PLAIN) -> None:
    _add(_add(parent, tag, at), "narrative", text=text)


def _add(
    parent: Xml.Element, tag: str, at: Mapping[str, str] = _PLAIN, text: str | None = None
) -> Xml.Element:
    element = Xml.SubElement(parent, tag, dict(at))
    element.text = None if text is None else _CONTROL.sub(" ", text)
    return element
