"""Records as reviewers make them from proposals: a field edited, two made one, one made several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from travesia.record.ledger.folding import Proposed, Version, same_person
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.validity import valid_days
from travesia.record.record import Record
from travesia.record.review.values import ABOUT


def versions_waiting(ledger: Ledger, name: str) -> tuple[Version, ...]:
    """Return what others have put their names to of a proposal, and what waits for further names."""
    return tuple(version for version in ledger.waiting() if name in version.takes)


def waits_with(ledger: Ledger, name: str, by: str) -> bool:
    """Tell whether a person has put a name to a proposal already, so that another one is needed."""
    return any(
        same_person(by, other) for version in versions_waiting(ledger, name) for other in version.names
    )


def open_proposals(ledger: Ledger, by: str) -> tuple[Proposed, ...]:
    """Return the proposals that a person can decide: document by document, in the order of each text."""
    found = [one for one in ledger.proposed() if not waits_with(ledger, one.id, by)]
    documents = {name: place for place, name in enumerate(dict.fromkeys(map(document_of, found)))}
    return tuple(
        sorted(found, key=lambda one: (documents[document_of(one)], one.record.cites[0].start or 0, one.id))
    )


def document_of(proposed: Proposed) -> str:
    """Return the id of the document that a proposal cites."""
    return proposed.record.cites[0].source


def drafted(ledger: Ledger, name: str) -> Record:
    """Return what is laid before a reviewer: the record as edited by who accepted it, or as proposed."""
    for version in versions_waiting(ledger, name):
        if version.op == "accept":
            return version.records[0]
    return ledger.proposal(name).record


def with_field(record: Record, name: str, value: Any, *, dated: bool) -> Record:
    """Return a record with another value in a field; where its dates change, so do the days it holds."""
    if name in ABOUT:
        about: Any = {name: tuple(value) if name == "attribution" else value}
        return replace(record, **about)
    fields = {**record.fields, name: value}
    if value is None:
        del fields[name]
    made = replace(record, fields=MappingProxyType(fields))
    known = record.known_from if dated else None
    before, after = (valid_days(record.type, one, known) for one in (record.fields, fields))
    return made if before == after else replace(made, valid_from=after[0], valid_to=after[1])


def value_of(record: Record, name: str) -> Any:
    """Return the value of a field, or of what every record has beside its fields."""
    if name in ABOUT:
        held = getattr(record, name)
        return list(held) if isinstance(held, tuple) else held
    return record.fields.get(name)


def one_of(kept: Record, other: Record) -> Record:
    """Return one record of two: the first, its open fields filled from the other, the cites of both.

    It is known from the later day of the two, for before that nobody could have known all of it.
    """
    missing = {name: value for name, value in other.fields.items() if kept.fields.get(name) is None}
    cites = (*kept.cites, *(cite for cite in other.cites if cite not in kept.cites))
    start = kept.valid_from or other.valid_from
    end = kept.valid_to or other.valid_to
    if start and end and end < start:
        start, end = kept.valid_from, kept.valid_to
    return replace(
        kept, fields=MappingProxyType({**kept.fields, **missing}), cites=cites, valid_from=start,
        valid_to=end, known_from=max(kept.known_from, other.known_from),
    )  # fmt: skip


def parts_of(
    record: Record, parts: Mapping[str, Sequence[Any]], *, taken: set[str], dated: bool
) -> tuple[Record, ...]:
    """Return a record for each place in the lists of values; ids have the number of the part behind them."""
    made = []
    count = max(len(values) for values in parts.values())
    for at in range(count):
        part = record
        for name, values in parts.items():
            part = with_field(part, name, values[at], dated=dated)
        number = at + 1
        while (new := f"{record.id}-{number}") in taken:
            number += count
        taken = {*taken, new}
        made.append(replace(part, id=new))
    return tuple(made)


def as_of_entry(record: Record, day: date, *, dated: bool) -> Record:
    """Return a record that comes from a document without a date as known from the day of its entry."""
    return record if dated else replace(record, known_from=day)
