"""Proposals and records as the rows of a spreadsheet, for people who review in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from travesia.record.ledger.duplicates import merge_candidates
from travesia.record.ledger.folding import Proposed
from travesia.record.ledger.index import name_of
from travesia.record.ledger.ledger import Ledger
from travesia.record.reading.nouns import Text
from travesia.record.record import Record
from travesia.record.review.drafts import drafted, open_proposals, value_of
from travesia.record.review.history import decisions
from travesia.record.review.values import ABOUT, SEPARATOR, written
from travesia.record.review.view import passages_of, printable
from travesia.record.schema import FIELDS

DECISIONS = ("accept", "reject", "merge", "skip")
"""What may stand in the column ``decision``."""

FILLED_IN = ("decision", "why", "merge_with")
"""The columns that are empty for a reviewer to fill in; the fields are there to be corrected."""

COLUMNS = (
    "id", "type", "state", *FILLED_IN, "sentence", "quote", "doubts", "same_as", "left_open", "document",
    "who", "record",
)  # fmt: skip
"""The columns before the fields."""


@dataclass(frozen=True)
class Sheet:
    """A table of texts: its columns, and a row for each proposal or record."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def sheet_of(ledger: Ledger, status: str | None, text_of: Callable[[str], Text | None]) -> Sheet:
    """Return proposals and records as a table: values as written, those of a list with semicolons.

    Parameters
    ----------
    ledger
        As it stands.
    status
        Only what is ``proposed`` (open), ``accepted`` (records that stand), ``rejected``, ``merged`` or
        ``split``; ``None`` for all of it.
    text_of
        Gives the text of a document by its id, ``None`` where it is not at hand.
    """
    made = decisions(ledger)
    names = {name: SEPARATOR.join(dict.fromkeys(one.by for one in entries)) for name, entries in made.items()}
    rows: list[dict[str, str]] = []
    if status in (None, "accepted"):
        by_record = {into: names.get(one.id, "") for one in ledger.proposals() for into in one.into}
        for record in ledger.accepted():
            rows.append(_row(record.id, "accepted", record) | {"who": by_record.get(record.id, "")})
    # What became of an accepted proposal is a record above.
    for one in _in_order(ledger):
        if one.status != "accepted" and status in (None, one.status):
            rows.append(_proposed(ledger, one, text_of) | {"who": names.get(one.id, "")})
    return Sheet((*COLUMNS, *_field_columns(rows)), tuple(rows))


def field_names() -> tuple[str, ...]:
    """Return the names of all fields that a record can have, those of every type first."""
    fields = (name for kind in FIELDS.values() for name in kind.split())
    return tuple(dict.fromkeys((*fields, "note", "relevance", *ABOUT)))


def _in_order(ledger: Ledger) -> Iterable[Proposed]:
    """Give open proposals as they are reviewed, whoever reviews them, and then the others."""
    first = open_proposals(ledger, "")
    seen = {one.id for one in first}
    return (*first, *(one for one in ledger.proposals() if one.id not in seen))


def _proposed(ledger: Ledger, one: Proposed, text_of: Callable[[str], Text | None]) -> dict[str, str]:
    record, proposal = drafted(ledger, one.id), one.proposal
    doubts = (
        f"{doubt.slot}: " + " or ".join(f"{written(way.value)} ({way.reason})" for way in doubt.candidates)
        for doubt in proposal.doubts
    )
    # Doubles matter only as long as they can be merged.
    found = merge_candidates(ledger, one) if one.status == "proposed" else ()
    passages = passages_of(proposal, text_of(record.cites[0].source), record.cites)
    open_slots = [name for name in proposal.abstained if name not in record.fields]
    empty = dict.fromkeys((*open_slots, *(doubt.slot for doubt in proposal.doubts)), "")
    return empty | _row(one.id, one.status, record) | {
        "why": one.why or "",
        "sentence": " ".join(passage.text for passage in passages),
        "doubts": SEPARATOR.join(doubts),
        "same_as": SEPARATOR.join(f"{each.id} {name_of(each.record)} ({each.reason})" for each in found),
        "left_open": SEPARATOR.join(proposal.abstained),
    }  # fmt: skip


def _row(name: str, state: str, record: Record) -> dict[str, str]:
    quotes = (printable(cite.quote) for cite in record.cites if cite.quote)
    row = {
        "id": name, "type": record.type, "state": state, "quote": " … ".join(quotes),
        "document": SEPARATOR.join(dict.fromkeys(cite.source for cite in record.cites)),
        "record": record.id,
    }  # fmt: skip
    fields = {each: written(value_of(record, each)) for each in (*record.fields, *ABOUT)}
    return {_column(each): text for each, text in fields.items()} | row


def _column(name: str) -> str:
    """Return the column of a field; records made by hand may have fields that are named as other columns."""
    return f"{name} (field)" if name in COLUMNS else name


def _field_columns(rows: Iterable[Mapping[str, str]]) -> list[str]:
    used = {name for row in rows for name in row} - set(COLUMNS)
    known = [name for name in field_names() if name in used]
    others = sorted(used - set(known))
    about = [name for name in known if name in ABOUT]
    return [*(name for name in known if name not in ABOUT), *others, *about]
