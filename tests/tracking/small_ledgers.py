"""Ledgers and regions small enough to count by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from travesia.record import Accept, Amend, Entry, Ledger, Record
from travesia.region import Region
from travesia.terms import Cite, Span, schemas

PLACES = {
    "actor": ["USA"], "partners": [], "kind": "places", "commitment": "Take in people", "quantity": 100,
    "unit": "person", "bound": "exact", "basis": "pledged", "period_start": "2022-01-01",
    "period_end": "2022-06-30", "beneficiaries": ["VEN", "HTI"], "measured_by": "admissions",
    "relation": None, "related_to": None,
}  # fmt: skip
"""A pledge of 100 places over six months; tests change single fields of it."""

ENTERED = "2024-01-01T00:00:00Z"


def record(
    name: str = "places", known: str = "2021-12-01", *, fields: Mapping[str, Any] = PLACES, **changes: Any
) -> Record:
    return Record(
        id=f"com:{name}",
        type="commitment",
        fields={**fields, **changes},
        cites=(Cite(f"source of {name}"),),
        certainty="asserted",
        modality="intended",
        attribution=(),
        valid_from=None,
        valid_to=None,
        known_from=date.fromisoformat(known),
        origin="hand:test",
    )


def ledger_of(*records: Record) -> Ledger:
    seen: set[str] = set()
    entries = []
    for one in records:
        operation = Amend(one) if one.id in seen else Accept(record=one)
        entries.append(Entry(operation, "hand:test", ENTERED))
        seen.add(one.id)
    return Ledger(tuple(entries))


Counts = Mapping[tuple[str, str, str], float]
"""People by month, state and nationality."""


def region_of(counts: Counts, *, unit: str = "people", measure: str = "flow") -> Region:
    empty = dict.fromkeys(schemas.Observations.columns())
    rows = [
        empty
        | {
            "series": "admissions",
            "period": month,
            "country": country,
            "nationality": nationality,
            "measure": measure,
            "unit": unit,
            "value": value,
            "source": "test",
        }
        for (month, country, nationality), value in counts.items()
    ]
    need = {
        "series": "rmrp-requirements",
        "period": "2022",
        "channel": "launch",
        "measure": "flow",
        "unit": "usd",
    }
    rows.append(empty | need | {"value": 1790e6, "source": "test"})
    nothing = pl.DataFrame()
    return Region(
        name="small", version="1", title={}, folder=Path("small"), restricted=False, default_scenarios=(),
        default_span=Span(date(2022, 1, 1), date(2023, 1, 1)), sources=(), places=nothing, routes=nothing,
        gates=nothing, origins=nothing, countries=nothing, indicators=nothing,
        observations=schemas.Observations.validate(pl.DataFrame(rows, infer_schema_length=None), cast=True),
        shapes={}, digest="",
    )  # fmt: skip


def admissions(by_month: Mapping[str, float]) -> Region:
    """A region that counts people from Venezuela admitted by the United States, by month."""
    return region_of({(month, "USA", "VEN"): people for month, people in by_month.items()})


def deliveries_of(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Payments of the United States in dollars, unless a row says otherwise; days as text."""
    usual = {
        "series": "fts-flows", "commitment": "places", "country": "USA", "stage": "disbursed",
        "direction": "out", "measure": "flow", "unit": "USD", "file": "flows.json",
    }  # fmt: skip
    filled = []
    for number, row in enumerate(rows, 1):
        day = row.get("day")
        whole = {**usual, "id": str(number), "row": number, "first_day": day, "last_day": day, **row}
        whole.pop("day", None)
        filled.append(whole)
    days = {name for name, column in schemas.Deliveries.columns().items() if column.dtype == pl.Date}
    cells = [
        {
            name: date.fromisoformat(row[name]) if name in days and row.get(name) else row.get(name)
            for name in schemas.Deliveries.columns()
        }
        for row in filled
    ]
    types = {name: column.dtype for name, column in schemas.Deliveries.columns().items()}
    return schemas.Deliveries.validate(pl.DataFrame(cells, schema=types))


def paid(*rows: Mapping[str, Any], region: Region | None = None) -> Region:
    """A region in which payments are reported and nothing else."""
    return replace(region or admissions({}), deliveries=deliveries_of(*rows))


MONEY: Mapping[str, Any] = {"unit": "USD", "measured_by": None, "beneficiaries": ["VEN"], "quantity": 1000}
"""A pledge of 1,000 dollars over the same six months."""


def kinds(mismatches: Sequence[Any]) -> list[str]:
    return [each.kind for each in mismatches]
