"""Accepted records as a flat table, for people who read: what each says, when it holds, what supports it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from travesia.record.exports.names import entries_by_record
from travesia.record.ledger.content import plain_record
from travesia.record.ledger.index import name_of
from travesia.record.ledger.ledger import Ledger
from travesia.record.record import Record
from travesia.record.review.sheet import Sheet, field_names
from travesia.record.review.values import SEPARATOR, written
from travesia.terms import Cite

_DAYS = ("valid_from", "valid_to", "known_from")
COLUMNS = (
    "id", "type", "title", *_DAYS, "certainty", "modality", "attribution", "origin", "supersedes", "names",
    "cites", "quotes",
)  # fmt: skip
"""The columns before the fields; `valid_to` is the first day on which a record no longer holds."""


def records_table(ledger: Ledger) -> Sheet:
    """Return the accepted records, each in its newest version, as a table of texts in the ledger's order.

    A field has its column, ``NAME (field)`` where one of the other columns is called so; what is unknown is
    empty. `names` are the people who put their names to it; `cites` name each source with the code points
    ``[start, end)`` of its text.
    """
    made = entries_by_record(ledger)
    rows = [_row(record, [entry.by for entry in made.get(record.id, ())]) for record in ledger.accepted()]
    used = {name for row in rows for name in row} - set(COLUMNS)
    known = [name for name in map(_column, field_names()) if name in used]
    return Sheet((*COLUMNS, *known, *sorted(used - set(known))), tuple(rows))


def _row(record: Record, people: Iterable[str]) -> Mapping[str, str]:
    plain = plain_record(record)
    about = {name: written(plain.get(name)) for name in COLUMNS if name in plain}
    return {_column(name): written(value) for name, value in record.fields.items()} | about | {
        "title": name_of(record),
        "names": SEPARATOR.join(dict.fromkeys(people)),
        "cites": SEPARATOR.join(_place(cite) for cite in record.cites),
        "quotes": SEPARATOR.join(cite.quote for cite in record.cites if cite.quote),
    }  # fmt: skip


def _place(cite: Cite) -> str:
    return cite.source if cite.start is None else f"{cite.source} [{cite.start}, {cite.end})"


def _column(name: str) -> str:
    return f"{name} (field)" if name in COLUMNS else name
