"""``travesia ledger show`` and ``as-of``."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from travesia.cli.ledger_files import LedgerPack, ledger_files
from travesia.cli.options import Json, day_of
from travesia.cli.output import emit_json, plain_cite, say
from travesia.cli.tables import show_table

if TYPE_CHECKING:
    from travesia.record import Ledger, Record

RecordType = Literal[
    "actor", "event", "participation", "instrument", "policy", "commitment", "figure", "statement", "relation"
]
LONGEST_NAME = 70


def show(
    pack: LedgerPack = "americas",
    kind: Annotated[RecordType | None, typer.Option("--type", help="Only records of this type.")] = None,
    status: Annotated[
        Literal["proposed", "accepted", "rejected", "merged", "split"] | None,
        typer.Option("--status", help="Only these."),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ISO3", help="Only records in which this state acts.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="Only records that cite this source.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--words", metavar="TEXT", help="Only where name or quotes hold these."),
    ] = None,
    json: Json = False,
) -> None:
    """List the records that stand, and proposals, in the order of entry."""
    from travesia.record import Wanted, find_items, load_ledger, open_index

    files, acceptances = ledger_files(pack)
    ledger = load_ledger(*files, acceptances=acceptances)
    with closing(open_index(*files, acceptances=acceptances)) as index:
        found = find_items(index, Wanted(kind, status, actor, document, words))
    items = {record.id: ("accepted", record) for record in ledger.accepted()}
    items |= {one.id: (one.status, one.record) for one in ledger.proposals()}
    rows = [(name, *items[name]) for name in found]
    if json:
        records = [
            {"id": name, "type": record.type, "status": state, **_plain(record), **_more(ledger, name)}
            for name, state, record in rows
        ]
        emit_json({"records": records, "proposed": len(ledger.proposed())})
        return
    cells = [
        [name, state, record.type, str(record.known_from), _told(record)] for name, state, record in rows
    ]
    if cells:
        show_table(["id", "status", "type", "known from", "name"], cells)
    say(f"{len(rows)} shown; {len(ledger.proposed())} proposals are open: they reach no model")


def as_of(
    pack: LedgerPack = "americas",
    valid: Annotated[
        str | None, typer.Option("--valid", metavar="D", help="In force on this day; default: today.")
    ] = None,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="D", help="As known at its end; default: today."),
    ] = None,
    json: Json = False,
) -> None:
    """Tell what was in force on a day, as known on a day: each accepted record in the version of then.

    Versions that a later one had replaced by then are left out, and so are records retracted, merged or
    superseded by then.
    """
    from travesia.record import load_ledger

    today = date.today()
    valid_day, known_day = day_of("--valid", valid) or today, day_of("--known", known) or today
    files, acceptances = ledger_files(pack)
    standing = load_ledger(*files, acceptances=acceptances).as_of(valid=valid_day, known=known_day)
    if json:
        records = [
            {"id": one.record.id, "type": one.record.type, "in_force": one.in_force, **_plain(one.record)}
            for one in standing
        ]
        emit_json({"valid": valid_day, "known": known_day, "records": records})
        return
    cells = [
        [one.record.id, "yes" if one.in_force else "no", *_days(one.record), _told(one.record)]
        for one in standing
    ]
    say(f"On {valid_day}, as known at the end of {known_day}")
    show_table(["id", "in force", "from", "to", "known from", "name"], cells)


def _plain(record: Record) -> dict[str, Any]:
    return {
        "fields": record.fields, "cites": [plain_cite(cite) for cite in record.cites],
        "valid_from": record.valid_from, "valid_to": record.valid_to, "known_from": record.known_from,
        "certainty": record.certainty, "modality": record.modality, "attribution": record.attribution,
        "origin": record.origin,
    }  # fmt: skip


def _more(ledger: Ledger, name: str) -> dict[str, Any]:
    """Return what a list says further: notes; of a proposal its doubts, who accepted it, why not."""
    notes = [{"by": by, "text": text} for by, text in ledger.notes(name)]
    if not name.startswith("pro:"):
        return {"notes": notes}
    proposal = ledger.proposal(name)
    doubts = [
        {"slot": doubt.slot, "candidates": [vars(one) for one in doubt.candidates]}
        for doubt in proposal.proposal.doubts
    ]
    names = [by for version in ledger.waiting() if name in version.takes for by in version.names]
    return {
        "record": proposal.record.id, "doubts": doubts, "abstained": proposal.proposal.abstained,
        "accepted_by": names, "why": proposal.why, "into": proposal.into, "notes": notes,
    }  # fmt: skip


def _days(record: Record) -> list[str]:
    days = (record.valid_from, record.valid_to, record.known_from)
    return ["" if day is None else str(day) for day in days]


def _told(record: Record) -> str:
    """Return one short line on a record: its name, and where it has none of its own the words cited."""
    from travesia.record import name_of

    quote = next((cite.quote for cite in record.cites if cite.quote), None)
    text = name_of(record)
    if quote and not {"name", "commitment"} & set(record.fields):
        text = f"{text}: {quote}"
    # A document may hold what steers a terminal.
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 3]}..."
