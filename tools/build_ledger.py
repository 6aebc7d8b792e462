"""Make the ledger of the Americas pack (`ledger.jsonl`) from the raw tables, byte for byte reproducibly.

    python tools/build_ledger.py --raw DIR [--out PACK]
    python tools/build_ledger.py --toy [--out PACK]
    python tools/build_ledger.py --texts DIR

The Los Angeles Declaration, its signatories, the policies and the commitments: each accepted as first known,
then amended as its end, or a new wording, became known; then what was reviewed of the public texts in the
pack's ``documents`` (`tools/reviewed.py`), which ``--texts`` takes in and reads anew. In `fields` periods
keep the last day as printed; `valid_to` is half-open. Money is in whole US dollars. A shock at an origin
is an event, not a policy.
"""

from __future__ import annotations

import argparse
import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import reviewed
from travesia.record import Accept, Amend, Entry, Merge, Operation, Propose, Record, chain_text
from travesia.record.ledger.content import edited_fields
from travesia.terms import Cite

Row = dict[str, str]

PACK = Path(__file__).parents[1] / "src" / "travesia" / "packs" / "americas"
BY = ORIGIN = "hand:pack"
ENTERED = "2026-11-22T00:00:00Z"
"""When the lines were entered: a fixed time, so that the same tables give the same file."""

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

TITLE_42 = "t42-original"
RENAMED = {TITLE_42: "title-42"}
"""Policies whose record has a name of its own."""

KINDS = {
    "expulsion": "expulsion_or_return", "return": "expulsion_or_return", "deterrence": "entry_restriction",
    "capacity": "entry_restriction", "closure": "entry_restriction", "visa": "entry_restriction",
    "pathway-bar": "entry_restriction",
    "appointments": "legal_pathway", "quota-pathway": "legal_pathway", "resettlement": "legal_pathway",
    "status": "regularisation", "sanction": "sanctions", "sanction-relief": "sanctions",
    "information": "information_campaign",
}  # fmt: skip
"""Kind of a policy record by kind of the pack's policies; all others are `other`."""

POLICY_UNITS = {
    "persons in total": "person", "persons over two fiscal years": "person",
    "persons per day": "person per day",
    "persons per month": "person per month", "persons per month accepted by Mexico": "person per month",
    "visas in the fiscal year": "visa", "appointments per day": "appointment per day",
    "cards issued": "card",
}  # fmt: skip
"""Singular units; any other stands as printed."""

PLANS: tuple[tuple[str, str | None, dict[str, Any]], ...] = (
    ("t42-planned-end-1", "2022-05-23", {"expected_end": "2022-05-23"}),
    ("t42-louisiana-injunction", None, {}),
    ("t42-dc-ruling", "2022-12-21", {"expected_end": "2022-12-21"}),
    ("t42-admin-stay", None, {}),
    ("t42-scotus-stay", None, {}),
    ("t42-end-announced", "2023-05-12", {"expected_end": "2023-05-11"}),
)
"""What became known of the end of Title 42: the row that says so, the end from then on, half-open, fields."""

EXPIRIES = {
    "2022-05-23": (
        ("t42-planned-end-1", "scheduled", "scheduled"),
        ("t42-louisiana-injunction", "did_not_happen", "did_not_happen"),
    ),
    "2022-12-21": (
        ("t42-dc-ruling", "scheduled", "scheduled"),
        ("t42-admin-stay", "conditional", "prospective"),
        ("t42-scotus-stay", "did_not_happen", "did_not_happen"),
    ),
}
"""Days on which Title 42 was to end and did not: what each row made of it, as modality and status."""

COURTS = {
    "t42-louisiana-injunction": "US District Court, Western District of Louisiana",
    "t42-dc-ruling": "US District Court, District of Columbia",
    "t42-admin-stay": "Chief Justice of the United States",
    "t42-scotus-stay": "Supreme Court of the United States",
}
"""Rows on which a court decided whether Title 42 ends."""

ENDS_WITH = {
    "us-2022-ven-parole": "ven-parole", "us-2023-chnv": "chnv-parole",
    "mx-2023-chnv-returns": "t42-chn-expulsions",
}  # fmt: skip
"""Open-ended commitments and the policy whose row says when their end became known."""

PATHWAYS: dict[str, dict[str, Any]] = {
    "ven-parole": {"replaced_by": "pol:chnv-parole"},
    "chnv-parole": {
        "replaces": "pol:ven-parole",
        "contingency": {"kind": "partner", "decided_by": ["MEX"], "record": "com:mx-2023-chnv-returns"},
    },
}
"""What joins the parole for Venezuelans with the one for four nationalities that took its place."""

RESTATED = {
    "us-2022-refugees": (
        date(2023, 1, 5),
        {"bound": "up_to", "region": "Latin America and the Caribbean", "period_note": "fiscal years"},
        "White House fact sheet of 5 January 2023",
    )
}
"""Commitments said again in other words: the day, the fields that changed, the source."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `ledger.jsonl` of the pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--raw", type=Path, help="folder of commitments.csv and policies.csv")
    source.add_argument("--toy", action="store_true", help="the invented ledger of the toy pack")
    source.add_argument("--texts", type=Path, help="folder of the public texts and their index.csv")
    parser.add_argument("--out", type=Path, help="pack folder")
    chosen = parser.parse_args(arguments)
    if chosen.texts:
        reviewed.keep_texts(chosen.texts, PACK)
        entries = reviewed.read_texts(chosen.texts, PACK / "places.csv", ENTERED)
        reviewed.keep_proposals(reviewed.pack_texts(PACK), entries)
        return
    text = toy_text() if chosen.toy else ledger_text(chosen.raw)
    out = chosen.out or (PACK.parent / "toy" if chosen.toy else PACK)
    out.mkdir(parents=True, exist_ok=True)
    (out / "ledger.jsonl").write_text(text, encoding="utf-8", newline="")


def ledger_text(raw: Path) -> str:
    """Return the text of the ledger."""
    groups: dict[str, list[str]] = {}
    for row in _read(raw / "policy-nationalities.csv"):
        groups.setdefault(row["group"], []).append(row["iso3"])
    policies = {row["id"]: row for row in (*_read(raw / "policies.csv"), *_bars())}
    declaration = policies.pop(INSTRUMENT)
    history = [
        [record]
        for record in _declaration(
            INSTRUMENT, "Los Angeles Declaration on Migration and Protection", declaration
        )
    ]
    history += [list(_policy(row, policies, groups)) for row in policies.values()]
    history += [list(_expiry(day, policies)) for day in EXPIRIES]
    for row in _read(raw / "commitments.csv"):
        history.append(list(_restated(_commitment(row, groups), row, policies)))
    texts = reviewed.pack_texts(PACK)
    proposed = reviewed.proposals_of(texts, reviewed.reviewed_proposals())
    for record in reviewed.new_records(texts, groups):
        origin = proposed[record.id].by if record.id in proposed else ORIGIN
        history.append([replace(record, origin=origin)])
    return _text([reviewed.supported(texts, versions) for versions in history], proposed)


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
    pact = _declaration("toy-pact", "Pact of the three (invented)", row)
    return _text([*([record] for record in pact), [_commitment(row, {})]])


def _text(history: list[list[Record]], proposed: Mapping[str, Entry] | None = None) -> str:
    """Return the lines: the first version of each record accepted, the others as amendments.

    Where a reader had proposed a record, its proposal comes before the first version that cites its document,
    which accepts it with edits, or merges it into what stood.
    """
    entries = []
    for versions in history:
        found = (proposed or {}).get(versions[0].id)
        for at, record in enumerate(versions):
            operation: Operation = Amend(record) if at else Accept(record=record)
            if found is not None and reviewed.takes(record, found):
                operation = _taken(found, record, stood=at > 0)
                entries.append(found)
                found = None
            entries.append(Entry(operation, BY, ENTERED))
    return chain_text(entries)[0]


def _taken(found: Entry, record: Record, *, stood: bool) -> Operation:
    assert isinstance(found.operation, Propose)
    name, edited = found.operation.id, edited_fields(found.operation.record, record)
    return Merge((name, record.id), record) if stood else Accept(of=name, record=record, edited=edited)


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


def _policy(row: Row, policies: dict[str, Row], groups: dict[str, list[str]]) -> Iterator[Record]:
    """Give a policy as it was first known, and again as its end became known."""
    known = date.fromisoformat(row["announced"] or row["start"])
    is_event = row["kind"] == "origin-shock"
    name = f"{'evt' if is_event else 'pol'}:{RENAMED.get(row['id'], row['id'])}"
    kind = "event" if is_event else "policy"
    fields = _event_fields(row) if is_event else _policy_fields(row, groups)
    first = _record(
        name, kind, fields, row, modality="actual", start=date.fromisoformat(row["start"]), known=known
    )
    if not row["end"]:
        planned = {"expected_end": row["planned_end"]} if row["planned_end"] else {}
        yield replace(first, fields={**fields, **planned})
        return
    last, end_known = date.fromisoformat(row["end"]), date.fromisoformat(row["end_known"] or row["end"])
    final = replace(first, fields={**fields, "end": row["end"]}, valid_to=last + timedelta(days=1))
    if end_known <= known:
        yield final
        return
    if row["planned_end"]:
        planned_to = date.fromisoformat(row["planned_end"]) + timedelta(days=1)
        first = replace(first, fields={**fields, "expected_end": row["planned_end"]}, valid_to=planned_to)
    yield first
    if row["id"] == TITLE_42:
        yield from _title_42(first, policies)
        end_known, final = (
            last + timedelta(days=1),
            replace(final, fields={**final.fields, "status": "ended"}),
        )
    yield replace(final, fields={**final.fields, **_replaced(row)}, known_from=end_known)


def _title_42(first: Record, policies: dict[str, Row]) -> Iterator[Record]:
    """Give Title 42 as each ruling or announcement on its end left it."""
    for said_by, end, fields in PLANS:
        row = policies[said_by]
        court = COURTS.get(said_by)
        effect = "moves the end" if end else "no end while the courts decide"
        contingency = {"kind": "court", "decided_by": court, "effect": effect} if court else None
        yield replace(
            first,
            fields={**first.fields, **fields} | ({"contingency": contingency} if contingency else {}),
            cites=(Cite(row["source"]),), certainty=row["certainty"],
            valid_to=date.fromisoformat(end) if end else None,
            known_from=date.fromisoformat(row["announced"] or row["start"]),
        )  # fmt: skip


def _bars() -> Iterator[Row]:
    """Give the policies that are written by hand in the pack, as rows of the raw table."""
    for table in tomllib.loads((PACK / "policies" / "bars.toml").read_text(encoding="utf-8"))["policies"]:
        row = dict.fromkeys(("planned_end", "except", "amount", "unit"), "")
        row |= {
            key: "|".join(value) if isinstance(value, list) else str(value) for key, value in table.items()
        }
        yield row | {"end": str(table["end"] - timedelta(days=1))}


def _expiry(day: str, policies: dict[str, Row]) -> Iterator[Record]:
    """Give a day on which Title 42 was to end, as what courts did made of it."""
    for said_by, modality, status in EXPIRIES[day]:
        row = policies[said_by]
        fields = {
            "name": f"Title 42 expires on {day}", "kind": "policy_expiry", "date": day, "status": status,
            "part_of": "pol:title-42", "cause": f"pol:{said_by}",
        }  # fmt: skip
        yield _record(
            f"evt:title-42-expiry-{day}", "event", fields, row, modality=modality,
            start=date.fromisoformat(day), last=date.fromisoformat(day),
            known=date.fromisoformat(row["announced"] or row["start"]),
        )  # fmt: skip


def _policy_fields(row: Row, groups: dict[str, list[str]]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": row["description"], "kind": KINDS.get(row["kind"], "other"), "policy": row["id"],
        "policy_kind": row["kind"], "authority": row["authority"].split("|"),
        "targets": _codes(row["nationalities"], groups),
    }  # fmt: skip
    if row["except"]:
        fields["except"] = _codes(row["except"], groups)
    if row["amount"]:
        fields["quantity"] = _number(Decimal(row["amount"]))
        fields["unit"] = POLICY_UNITS.get(row["unit"], row["unit"])
    if row["part_of"]:
        fields["part_of"] = f"pol:{RENAMED.get(row['part_of'], row['part_of'])}"
    if row["id"] == TITLE_42:
        fields |= {"name": "Title 42", "description": row["description"], "status": "in_force"}
        fields["legal_basis"] = "42 U.S.C. 265"
    joined = PATHWAYS.get(row["id"], {})
    return fields | {name: value for name, value in joined.items() if name != "replaced_by"}


def _replaced(row: Row) -> dict[str, Any]:
    joined = PATHWAYS.get(row["id"], {})
    return {"replaced_by": joined["replaced_by"]} if "replaced_by" in joined else {}


def _event_fields(row: Row) -> dict[str, Any]:
    return {
        "name": row["description"], "kind": "crisis", "place": row["authority"].split("|"),
        "start": row["start"], "policy": row["id"],
    }  # fmt: skip


def _restated(record: Record, row: Row, policies: dict[str, Row]) -> Iterator[Record]:
    """Give a commitment as made, then as its end became known or as it was said again."""
    if row["id"] in ENDS_WITH:
        said_by = policies[ENDS_WITH[row["id"]]]
        end_known = date.fromisoformat(said_by["end_known"])
        yield replace(record, fields={**record.fields, "period_end": None}, valid_to=None)
        yield replace(record, cites=(*record.cites, Cite(said_by["source"])), known_from=end_known)
    elif row["id"] in RESTATED:
        day, changed, source = RESTATED[row["id"]]
        yield record
        yield replace(record, fields={**record.fields, **changed}, cites=(Cite(source),), known_from=day)
    else:
        yield record


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
