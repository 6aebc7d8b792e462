"""Make the ledger of the Americas pack (`ledger.jsonl`) from the raw tables, byte for byte reproducibly.

    python tools/build_ledger.py --raw DIR [--out PACK]
    python tools/build_ledger.py --toy [--out PACK]

One accepted record a line: the Los Angeles Declaration, its signatories, and the commitments. In `fields`
periods keep the last day as printed; `valid_to` is half-open. Money is in whole US dollars.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from travesia.record import Entry, Record, entry_line
from travesia.terms import Cite

Row = dict[str, str]

PACK = Path(__file__).parents[1] / "src" / "travesia" / "packs" / "americas"
BY = ORIGIN = "hand:pack"
INSTRUMENT = "la-declaration"
UNITS = {
    "": (None, 1), "persons": ("person", 1), "visas": ("visa", 1),
    "persons per month": ("person per month", 1), "million USD": ("USD", 1_000_000),
}  # fmt: skip
SERIES = {
    "": None,
    "us-refugee-admissions-by-nationality": "us-refugee-admissions",
    "unhcr-population-americas": "unhcr-population",
    "totals-to-verify": None,
    "toy-admissions": "toy-admissions",
}
"""The pack's series that measures a commitment; totals that nobody verified measure none."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `ledger.jsonl` of the pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--raw", type=Path, help="folder of commitments.csv and policies.csv")
    source.add_argument("--toy", action="store_true", help="the invented ledger of the toy pack")
    parser.add_argument("--out", type=Path, help="pack folder")
    chosen = parser.parse_args(arguments)
    text = toy_text() if chosen.toy else ledger_text(chosen.raw)
    out = chosen.out or (PACK.parent / "toy" if chosen.toy else PACK)
    out.mkdir(parents=True, exist_ok=True)
    (out / "ledger.jsonl").write_text(text, encoding="utf-8", newline="")


def ledger_text(raw: Path) -> str:
    """Return the text of the ledger."""
    groups: dict[str, list[str]] = {}
    for row in _read(raw / "policy-nationalities.csv"):
        groups.setdefault(row["group"], []).append(row["iso3"])
    declaration = next(row for row in _read(raw / "policies.csv") if row["id"] == INSTRUMENT)
    records = _declaration(INSTRUMENT, "Los Angeles Declaration on Migration and Protection", declaration)
    return _text(records + [_commitment(row, groups) for row in _read(raw / "commitments.csv")])


def toy_text() -> str:
    """Return the invented ledger of the toy pack: a pact of three states and one pledge of places."""
    row = dict.fromkeys(("partners", "relation", "related_to"), "") | {
        "id": "xc-places", "date": "2022-03-01", "actor": "XCC", "kind": "places",
        "commitment": "Take in people from Alberia in the year", "amount": "60", "unit": "persons",
        "bound": "exact", "basis": "pledged", "period_start": "2022-01-01", "period_end": "2022-12-31",
        "beneficiaries": "XAA", "measured_by": "toy-admissions", "certainty": "asserted",
        "source": "invented", "start": "2022-03-01", "authority": "XAA|XBB|XCC",
        "description": "Invented for tests and examples",
    }  # fmt: skip
    return _text([*_declaration("toy-pact", "Pact of the three (invented)", row), _commitment(row, {})])


def _text(records: list[Record]) -> str:
    return "".join(f"{entry_line(Entry('accept', BY, record))}\n" for record in records)


def _declaration(instrument: str, title: str, row: Row) -> list[Record]:
    states = sorted(row["authority"].split("|"))
    day = date.fromisoformat(row["start"])
    fields = {
        "name": title, "kind": "political_declaration",
        "binding": False, "adopted": row["start"], "n_signatories": len(states), "open_to_others": True,
        "note": row["description"],
    }  # fmt: skip
    out = [_record(f"ins:{instrument}", "instrument", fields, row, modality="actual", start=day, known=day)]
    for state in states:
        mine = {"actor": f"cty:{state}", "iso3": state, "role": "signatory", "of": f"ins:{instrument}"}
        name = f"par:{instrument}-{state.lower()}"
        out.append(_record(name, "participation", mine, row, modality="actual", start=day, known=day))
    return out


def _commitment(row: Row, groups: dict[str, list[str]]) -> Record:
    unit, factor = UNITS[row["unit"]]
    quantity = Decimal(row["amount"]) * factor if row["amount"] else None
    fields: dict[str, Any] = {
        "actor": row["actor"].split("|"), "partners": _codes(row["partners"], groups), "kind": row["kind"],
        "commitment": row["commitment"], "quantity": None if quantity is None else _number(quantity),
        "unit": unit, "bound": row["bound"] or None, "basis": row["basis"],
        "period_start": row["period_start"] or None, "period_end": row["period_end"] or None,
        "beneficiaries": _codes(row["beneficiaries"], groups), "measured_by": SERIES[row["measured_by"]],
        "relation": row["relation"] or None,
        "related_to": f"com:{row['related_to']}" if row["related_to"] else None,
    }  # fmt: skip
    known = date.fromisoformat(row["date"])
    start = min(known, date.fromisoformat(row["period_start"])) if row["period_start"] else known
    last = date.fromisoformat(row["period_end"]) if row["period_end"] else None
    record_id = f"com:{row['id']}"
    return _record(
        record_id, "commitment", fields, row, modality="intended", start=start, last=last, known=known
    )


def _record(
    name: str, kind: str, fields: dict[str, Any], row: Row, *, modality: str, start: date, known: date,
    last: date | None = None,
) -> Record:  # fmt: skip
    return Record(
        id=name, type=kind, fields=fields, cites=(Cite(row["source"]),), certainty=row["certainty"],
        modality=modality, attribution=(), valid_from=start,
        valid_to=None if last is None else last + timedelta(days=1), known_from=known, origin=ORIGIN,
    )  # fmt: skip


def _codes(text: str, groups: dict[str, list[str]]) -> list[str]:
    out: list[str] = []
    for name in filter(None, text.split("|")):
        out += groups[name[1:]] if name.startswith("@") else [name]
    return out


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    main()
