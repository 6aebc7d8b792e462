"""A spreadsheet that reviewers filled in, as entries for the ledger: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from travesia.record.ledger.content import edited_fields
from travesia.record.ledger.deciding import accepted, rejected
from travesia.record.ledger.folding import PROPOSAL, MisplacedError, Proposed, same_person
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry
from travesia.record.record import Record
from travesia.record.review.drafts import (
    as_of_entry,
    drafted,
    value_of,
    versions_waiting,
    with_field,
)
from travesia.record.review.history import outcome_of
from travesia.record.review.merging import merging
from travesia.record.review.sheet import COLUMNS, DECISIONS, field_names
from travesia.record.review.values import ABOUT, WrongValueError, parse_value, written
from travesia.record.schema import FIELDS, FIELDS_OF_ALL
from travesia.terms import InputError, read_rows

_CALCULATED = ("=", "+", "-", "@")
_OPEN_DIFFERS = "take that back first with `travesia ledger review`, or empty the decision"


@dataclass(frozen=True)
class Taken:
    """What a spreadsheet came to: entries to write, and how many decisions the ledger held already."""

    entries: tuple[Entry, ...]
    known_before: int


@dataclass(frozen=True)
class _Row:
    """One row: where it stands, its cells, and the ledger with what the rows above came to."""

    path: Path
    number: int
    cells: Mapping[str, str]
    ledger: Ledger
    standing: Mapping[str, Record]
    by: str
    at: str

    def cell(self, column: str) -> str:
        return " ".join(self.cells.get(column, "").split())

    def fault(self, column: str, problem: str, remedy: str) -> InputError:
        value = self.cell(column) or None
        return InputError(self.path, problem, remedy, row=self.number, column=column, value=value)


def decisions_in(ledger: Ledger, path: Path, *, by: str, at: str) -> Taken:
    """Return the entries by which a filled-in spreadsheet (CSV or workbook) decides on proposals.

    A row decides with ``accept`` (with whatever fields were changed in it), ``reject`` (with ``why``),
    ``merge`` (with ``merge_with``, the id of a record or proposal) or, with ``skip`` or nothing, does not.
    What the ledger holds already by this person is passed over, so that reading a file twice adds nothing.

    Parameters
    ----------
    ledger
        As it stands.
    path
        What `sheet_of` gives, filled in; columns may be left out, except ``id`` and ``decision``.
    by, at
        Who decides, and when (``YYYY-MM-DDTHH:MM:SSZ``).

    Raises
    ------
    InputError
        Naming row and column: an unknown column, id, decision or value, a decision without what it needs, a
        change without a decision, or one that does not fit what the ledger holds.
    """
    header, rows = read_rows(path)
    standing = {record.id: record for record in ledger.accepted()}
    used = {name for record in standing.values() for name in record.fields}
    used |= {name for one in ledger.proposals() for name in one.record.fields}
    _check_header(path, header, used)
    _check_ids(path, rows)
    entries: list[Entry] = []
    known_before = 0
    for number, cells in rows:
        bare = {name: _bare(cell) for name, cell in cells.items()}
        row = _Row(path, number, bare, ledger, standing, by, at)
        try:
            entry = _entry(row, row.cell("id"))
            if entry is not None:
                ledger = ledger.with_entries(entry)
                entries.append(entry)
        except MisplacedError as error:
            raise row.fault("decision", f"{error.name} {error.problem}", error.remedy) from None
        known_before += entry is None and row.cell("decision").casefold() not in ("", "skip")
    return Taken(tuple(entries), known_before)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula in a CSV file: documents are foreign."""
    if text[:1] not in _CALCULATED:
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def _check_header(path: Path, header: list[str], used: set[str]) -> None:
    for name in ("id", "decision"):
        if name not in header:
            raise InputError(path, "column is missing", "take a file that `export` wrote", row=1, column=name)
    known = {*COLUMNS, *field_names(), *used}
    for name in header:
        if name not in known and not name.endswith(("_note", "_span", " (field)")):
            remedy = "name it as the field is named, or remove it"
            raise InputError(path, "is no field of a record", remedy, row=1, column=name)


def _check_ids(path: Path, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    seen: dict[str, int] = {}
    for number, cells in rows:
        name = cells["id"].strip()
        if not name:
            remedy = "put back what `export` wrote, or remove the row"
            raise InputError(path, "is missing", remedy, row=number, column="id")
        if name in seen:
            problem, remedy = f"stands in row {seen[name]} too", "decide once on each"
            raise InputError(path, problem, remedy, row=number, column="id", value=name)
        seen[name] = number


def _entry(row: _Row, name: str) -> Entry | None:
    """Return what a row decides; nothing where it decides nothing, or nothing new."""
    decision = row.cell("decision").casefold()
    if decision not in ("", *DECISIONS):
        raise row.fault("decision", "is no decision", f"write one of {', '.join(DECISIONS)}, or nothing")
    if not name.startswith(PROPOSAL):
        _check_record(row, name, decision)
        return None
    try:
        proposal = row.ledger.proposal(name)
    except MisplacedError:
        remedy = "take the file that `export` wrote here"
        raise row.fault("id", "was never proposed in this project", remedy) from None
    if row.cell("merge_with") and decision != "merge":
        raise row.fault("merge_with", "goes with no decision to merge", "write merge, or empty the cell")
    if decision == "accept":
        return _accept(row, proposal)
    if decision == "reject":
        return _reject(row, proposal)
    if decision == "merge":
        return _merge(row, proposal)
    versions = [version.records[0] for version in versions_waiting(row.ledger, name)]
    changed = [_changed(row, record) for record in (proposal.record, *versions)]
    if all(changed):
        raise row.fault(min(changed[0]), "was changed without a decision", "write accept, or put it back")
    return None


def _check_record(row: _Row, name: str, decision: str) -> None:
    record = row.standing.get(name)
    if record is None:
        raise row.fault("id", "is no proposal and no record", "put back what `export` wrote")
    if decision or _changed(row, record):
        column = "decision" if decision else min(_changed(row, record))
        raise row.fault(column, "is about a record that stands, shown to be read", "put it back")


def _accept(row: _Row, proposal: Proposed) -> Entry | None:
    ledger, name = row.ledger, proposal.id
    record = _edited(row, drafted(ledger, name), dated=proposal.proposal.dated)
    mine = [
        version.records[0]
        for version in versions_waiting(ledger, name)
        if any(same_person(row.by, other) for other in version.names)
    ]
    done = [version for into in proposal.into for version in ledger.versions(into)] or mine
    if proposal.status == "accepted" or mine:
        if any(_same(record, version) for version in done):
            return None
        raise row.fault("decision", f"{outcome_of(ledger, name)} already, with other fields", _OPEN_DIFFERS)
    _check_open(row, proposal)
    waiting = versions_waiting(ledger, name)
    if record == drafted(ledger, name) and len(waiting) < 2:
        return accepted(ledger, name, by=row.by, at=row.at)
    day = Entry(proposal.proposal, row.by, row.at).day
    made = as_of_entry(record, day, dated=proposal.proposal.dated)
    return accepted(ledger, name, by=row.by, at=row.at, record=made)


def _reject(row: _Row, proposal: Proposed) -> Entry | None:
    if not row.cell("why"):
        raise row.fault("why", "is missing", "say why it is rejected")
    if proposal.status == "rejected":
        return None
    _check_open(row, proposal)
    return rejected(row.ledger, proposal.id, by=row.by, at=row.at, why=row.cell("why"))


def _merge(row: _Row, proposal: Proposed) -> Entry | None:
    ledger, name, other = row.ledger, proposal.id, row.cell("merge_with")
    if not other:
        raise row.fault("merge_with", "is missing", "write the id of a record or proposal, as in same_as")
    into = ledger.resolved(other)
    if other.startswith(PROPOSAL):
        into = next((one.into[0] for one in ledger.proposals() if one.id == other and one.into), other)
    if proposal.status == "merged" and into in proposal.into:
        return None
    _check_open(row, proposal)
    for version in versions_waiting(ledger, name):
        if version.op == "merge" and (other in version.takes or into == version.records[0].id):
            if any(same_person(row.by, by) for by in version.names):
                return None
            return accepted(ledger, name, by=row.by, at=row.at)
    draft = _edited(row, drafted(ledger, name), dated=proposal.proposal.dated)
    try:
        return merging(ledger, name, draft, other, by=row.by, at=row.at)
    except MisplacedError as error:
        raise row.fault("merge_with", error.problem, error.remedy) from None


def _check_open(row: _Row, proposal: Proposed) -> None:
    if proposal.status != "proposed":
        raise row.fault("decision", f"{outcome_of(row.ledger, proposal.id)} already", _OPEN_DIFFERS)


def _edited(row: _Row, record: Record, *, dated: bool) -> Record:
    """Return a record with what was changed in its row."""
    for name, value in _changed(row, record).items():
        record = with_field(record, name, value, dated=dated)
    return record


def _changed(row: _Row, record: Record) -> dict[str, object]:
    """Return the fields in which a row says otherwise than a record, with their new values."""
    changed: dict[str, object] = {}
    for column, name in _field_columns(row):
        text, old = row.cell(column), value_of(record, name)
        if text == written(old):
            continue
        allowed = (*FIELDS.get(record.type, "").split(), *FIELDS_OF_ALL, *ABOUT, *record.fields)
        if name not in allowed and not name.endswith(("_note", "_span")):
            raise row.fault(column, f"is no field of a {record.type}", "empty the cell")
        try:
            value = parse_value(record.type, name, text, old)
        except WrongValueError as error:
            raise row.fault(column, error.problem, error.remedy) from None
        if value != old:
            changed[name] = value
    return changed


def _field_columns(row: _Row) -> Iterator[tuple[str, str]]:
    for column in row.cells:
        if column not in COLUMNS:
            yield column, column.removesuffix(" (field)")


def _same(one: Record, other: Record) -> bool:
    """Tell whether two records say the same; the day of entry is no part of it."""
    return set(edited_fields(one, other)) <= {"known_from"}


def _bare(cell: str) -> str:
    """Take off the sign that keeps a spreadsheet from calculating a text."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _CALCULATED else cell
